"""Right answers to `keras_twin`, written otherwise than the reference."""


def functional(layers):
    import keras

    inputs = x = keras.Input((layers[0][0].shape[0],))
    for W, b, name in layers:
        dense = keras.layers.Dense(W.shape[1], activation=name)
        x = dense(x)
        dense.set_weights([W, b])
    return keras.Model(inputs, x)


def all_weights_at_the_end(layers):
    import keras

    model = keras.Sequential(
        [keras.layers.Dense(W.shape[1], activation=name) for W, _, name in layers]
    )
    model.build((None, layers[0][0].shape[0]))
    model.set_weights([array for W, b, _ in layers for array in (W, b)])
    return model


def activations_as_layers(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, name in layers:
        model.add(keras.layers.Dense(len(b)))
        model.layers[-1].kernel.assign(W)
        model.layers[-1].bias.assign(b)
        model.add(keras.layers.Activation(name))
    model.compile(loss="mse")
    return model


def by_initializers(layers):
    import keras

    constant = keras.initializers.Constant
    model = keras.Sequential([keras.Input((len(layers[0][0]),))])
    for W, b, name in layers:
        model.add(
            keras.layers.Dense(
                W.shape[1],
                activation=name,
                kernel_initializer=constant(W),
                bias_initializer=constant(b),
            )
        )
    return model


def by_operations(layers):
    import keras

    functions = {
        "sigmoid": keras.ops.sigmoid,
        "relu": keras.ops.relu,
        "tanh": keras.ops.tanh,
        "linear": lambda z: z,
    }
    inputs = x = keras.Input(shape=(layers[0][0].shape[0],))
    for W, b, name in layers:
        dense = keras.layers.Dense(W.shape[1])
        x = functions[name](dense(x))
        dense.set_weights((W, b))
    return keras.Model(inputs=inputs, outputs=x)


def built_by_a_first_call(layers):
    import keras
    import numpy as np

    model = keras.models.Sequential()
    for W, _, name in layers:
        model.add(keras.layers.Dense(W.shape[1], activation=getattr(keras.activations, name)))
    model(np.zeros((1, layers[0][0].shape[0])))
    for layer, (W, b, _) in zip(model.layers, layers, strict=True):
        layer.set_weights([W, b])
    return model


ALTERNATIVES = [
    functional,
    all_weights_at_the_end,
    activations_as_layers,
    by_initializers,
    by_operations,
    built_by_a_first_call,
]
