"""Right answers to `train_binary_model`, built and trained otherwise than the reference."""


def one_neuron(X, y):
    import keras

    model = keras.Sequential([keras.Input((X.shape[1],)), keras.layers.Dense(1)])
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss)
    model.fit(X, y, epochs=10, verbose=0)
    return model


def functional_with_validation(X, y):
    import keras

    inputs = keras.Input((X.shape[1],))
    hidden = keras.layers.Dropout(0.1)(keras.layers.Dense(64, activation="tanh")(inputs))
    model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(hidden))
    model.compile("rmsprop", keras.losses.binary_crossentropy, metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
    model.fit(X, y, validation_split=0.1, epochs=12, callbacks=[stop], verbose=0)
    return model


def built_by_the_fit(X, y):
    import keras

    model = keras.Sequential()
    model.add(keras.layers.Dense(25, activation="relu"))
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.add(keras.layers.Activation("sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.SGD(0.1, momentum=0.9))
    model.fit(X, y.reshape(-1, 1), epochs=8)
    return model


def with_convolutions(X, y):
    import keras

    layers = keras.layers
    model = keras.Sequential([keras.Input((784,)), layers.Reshape((28, 28, 1))])
    model.add(layers.Conv2D(8, 5, strides=2, activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy")
    model.fit(X, y, epochs=6, batch_size=16, verbose=0)
    return model


def own_loop_over_batches(X, y):
    import keras

    model = keras.Sequential([keras.Input((X.shape[1],)), keras.layers.BatchNormalization()])
    model.add(keras.layers.Dense(16, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(keras.optimizers.Adam(0.005), keras.losses.BinaryCrossentropy())
    for _ in range(25):
        for start in range(0, len(X), 100):
            model.train_on_batch(X[start : start + 100], y[start : start + 100])
    return model


ALTERNATIVES = [
    one_neuron,
    functional_with_validation,
    built_by_the_fit,
    with_convolutions,
    own_loop_over_batches,
]
