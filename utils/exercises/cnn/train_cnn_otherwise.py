"""Right answers to `train_cnn`, built and trained otherwise than the reference."""


def functional_with_global_pooling(X, y):
    import keras
    from keras import layers

    keras.utils.set_random_seed(1)
    inputs = keras.Input(X.shape[1:])
    x = layers.Conv2D(32, 5, activation="relu")(inputs)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.GlobalMaxPooling2D()(x)
    model = keras.Model(inputs, layers.Dense(10, activation="softmax")(x))
    loss = keras.losses.SparseCategoricalCrossentropy()
    model.compile(keras.optimizers.Nadam(0.002), loss, metrics=["accuracy"])
    model.fit(X, y, batch_size=32, epochs=14, verbose=0)
    return model


def flattened(X, y):
    import keras
    from keras import layers

    keras.utils.set_random_seed(2)
    model = keras.Sequential([keras.Input(X.shape[1:])])
    for filters in (24, 48):
        model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.003), loss)
    model.fit(X, y, epochs=30, verbose=0)
    return model


def normalised_and_separable(X, y):
    import keras
    from keras import layers

    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input(X.shape[1:])])
    for filters in (16, 32, 64):
        model.add(layers.SeparableConv2D(filters, 3, use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.Activation("relu"))
    model.add(layers.GlobalMaxPooling2D())
    model.add(layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.005), loss)
    model.fit(X, y, epochs=20, batch_size=32, verbose=0)
    return model


def with_validation_and_early_stopping(X, y):
    import keras
    from keras import layers

    keras.utils.set_random_seed(4)
    model = keras.Sequential([layers.Conv2D(32, 5, padding="same", activation="relu")])
    model.add(layers.MaxPooling2D())
    model.add(layers.Conv2D(32, 5, padding="same", activation="relu"))
    model.add(layers.GlobalMaxPooling2D())
    model.add(layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.RMSprop(0.002), loss)
    stop = keras.callbacks.EarlyStopping(patience=6, restore_best_weights=True)
    model.fit(X, y, epochs=18, validation_split=0.1, callbacks=[stop], verbose=0)
    return model


ALTERNATIVES = [
    functional_with_global_pooling,
    flattened,
    normalised_and_separable,
    with_validation_and_early_stopping,
]
