"""Right answers to `replace_head`, written otherwise."""


def cut_behind_the_last_but_one(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    outputs = keras.layers.Dense(K, activation="linear")(copy.layers[-2].output)
    return keras.Model(inputs=copy.inputs, outputs=outputs)


def cut_first_and_cloned_then(pretrained, K):
    import keras

    base = keras.Model(pretrained.inputs, pretrained.layers[-1].input)
    copy = keras.models.clone_model(base)
    copy.set_weights(base.get_weights())
    return keras.Sequential([copy, keras.layers.Dense(K)])


def layer_by_layer(pretrained, K):
    import keras

    model = keras.Sequential([keras.Input(shape=pretrained.input_shape[1:])])
    for layer in pretrained.layers[:-1]:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        copy = type(layer).from_config(layer.get_config())
        model.add(copy)
        copy.set_weights(layer.get_weights())
    model.add(keras.layers.Dense(K))
    return model


def from_the_config(pretrained, K):
    import keras

    copy = type(pretrained).from_config(pretrained.get_config())
    for new, old in zip(copy.weights, pretrained.weights, strict=True):
        new.assign(old)
    hidden = keras.Model(copy.inputs, copy.layers[-1].input)
    inputs = keras.Input(copy.input_shape[1:])
    return keras.Model(inputs, keras.layers.Dense(K)(hidden(inputs, training=False)))


def through_a_file(pretrained, K):
    import tempfile
    from pathlib import Path

    import keras

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        pretrained.save(path)
        copy = keras.models.load_model(path)
    return keras.Model(copy.inputs, keras.layers.Dense(K, name="head")(copy.layers[-1].input))


def pop_on_a_clone(pretrained, K):
    import keras

    layers = keras.models.clone_model(pretrained).layers
    copy = keras.Sequential([keras.Input(pretrained.input_shape[1:])])
    for layer in layers:
        if not isinstance(layer, keras.layers.InputLayer):
            copy.add(layer)
    copy.set_weights(pretrained.get_weights())
    copy.pop()
    copy.add(keras.layers.Dense(K))
    copy.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return copy


def deep_copy(pretrained, K):
    import copy

    import keras

    model = copy.deepcopy(pretrained)
    logits = keras.layers.Activation("linear")(keras.layers.Dense(K)(model.layers[-1].input))
    return keras.Model(model.inputs, logits)


ALTERNATIVES = [
    cut_behind_the_last_but_one,
    cut_first_and_cloned_then,
    layer_by_layer,
    from_the_config,
    through_a_file,
    pop_on_a_clone,
    deep_copy,
]
