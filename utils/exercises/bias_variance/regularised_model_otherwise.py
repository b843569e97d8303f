"""Right answers to `regularised_model`, built otherwise."""


def one_layer(n, lam):
    import keras

    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(1, kernel_regularizer=keras.regularizers.l2(lam)))
    model.compile(optimizer="sgd", loss="mean_squared_error")
    return model


def functional(n, lam):
    import keras

    inputs = keras.Input((n,))
    a = inputs
    for units in (12, 6):
        penalty = keras.regularizers.L1L2(l1=0.0, l2=lam)
        a = keras.layers.Dense(units, kernel_regularizer=penalty)(a)
        a = keras.layers.Activation("tanh")(a)
    outputs = keras.layers.Dense(3, kernel_regularizer=keras.regularizers.L2(l2=lam))(a)
    model = keras.Model(inputs, outputs)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(1e-3), loss, metrics=["accuracy"])
    return model


def with_normalisation_and_dropout(n, lam):
    import keras

    layers = keras.layers
    model = keras.Sequential([keras.Input((n,))])
    for _ in range(2):
        model.add(layers.Dense(10, use_bias=False, kernel_regularizer=keras.regularizers.L2(lam)))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
        model.add(layers.Dropout(0.1))
    model.add(layers.Dense(1, "sigmoid", kernel_regularizer=keras.regularizers.L2(lam)))
    model.compile(loss="binary_crossentropy", optimizer="rmsprop")
    return model


def built_by_hand(n, lam):
    import keras

    model = keras.Sequential()
    for units, activation in ((16, "relu"), (8, "relu"), (1, None)):
        penalty = {"class_name": "L2", "config": {"l2": lam}}
        model.add(keras.layers.Dense(units, activation, kernel_regularizer=penalty))
    model.build((None, n))
    model.compile(loss="mae")
    return model


def nested(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    inner = keras.Sequential([keras.Input((n,))])
    inner.add(keras.layers.Dense(4, "relu", kernel_regularizer=penalty))
    model = keras.Sequential([inner, keras.layers.Dense(1, kernel_regularizer=penalty)])
    model.compile("adam", "mse")
    return model


def given_to_the_weights(n, lam):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(8, "relu")])
    model.add(keras.layers.Dense(1))
    for layer in model.layers:
        layer.kernel.regularizer = keras.regularizers.L2(lam)
    model.compile("adam", "mse")
    return model


ALTERNATIVES = [
    one_layer,
    functional,
    with_normalisation_and_dropout,
    built_by_hand,
    nested,
    given_to_the_weights,
]
