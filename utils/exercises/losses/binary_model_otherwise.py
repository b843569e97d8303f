"""Right answers to `binary_model`, built otherwise than the reference."""


def logits(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="tanh")])
    model.add(keras.layers.Dense(15, activation="gelu"))
    model.add(keras.layers.Dense(1, activation="linear"))
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.9), loss=loss)
    return model


def functional(n):
    import keras

    inputs = keras.Input((n,))
    x = keras.layers.Dense(25, activation="relu")(inputs)
    x = keras.layers.Dense(15, activation="relu")(x)
    model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(x))
    model.compile(loss=keras.losses.binary_crossentropy, metrics=["accuracy"])
    return model


def activations_as_layers(n):
    import keras

    layers = keras.layers
    model = keras.Sequential()
    for units, activation in ((25, layers.ReLU()), (15, layers.LeakyReLU()), (1, "sigmoid")):
        model.add(layers.Dense(units))
        model.add(layers.Activation(activation) if activation == "sigmoid" else activation)
    model.build((None, n))
    model.compile("rmsprop", ["binary_crossentropy"])
    return model


def by_operations(n):
    import keras

    inputs = keras.Input((n,))
    x = keras.ops.maximum(keras.layers.Dense(25)(inputs), 0.0)
    x = keras.ops.tanh(keras.layers.Dense(15)(x))
    z = keras.layers.Dense(1)(x)
    model = keras.Model(inputs, keras.ops.exp(-keras.ops.softplus(-z)))
    model.compile("adam", keras.losses.BinaryCrossentropy())
    return model


def a_model_in_a_model(n):
    import keras

    layers = keras.layers
    hidden = keras.Sequential([layers.Dense(25, "sigmoid"), layers.Dense(15, "sigmoid")])
    model = keras.Sequential([keras.Input((n,)), hidden, layers.Dense(1, use_bias=False)])
    model.compile("adamw", keras.losses.BinaryCrossentropy(from_logits=True))
    return model


ALTERNATIVES = [
    logits,
    functional,
    activations_as_layers,
    by_operations,
    a_model_in_a_model,
]
