"""Right answers to `option_2`, written otherwise."""


def nested_base_in_inference_mode(pretrained, K):
    import keras

    base = keras.models.clone_model(pretrained)
    base.set_weights(pretrained.get_weights())
    base = keras.Model(base.inputs, base.layers[-2].output)
    base.trainable = False
    base.trainable = True
    inputs = keras.Input(pretrained.input_shape[1:])
    model = keras.Model(inputs, keras.layers.Dense(K)(base(inputs, training=False)))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(1e-4), loss, metrics=["accuracy"])
    return model


def normalisation_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    copy.trainable = False
    copy.trainable = True
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(1e-3, momentum=0.9), loss)
    return model


def layer_by_layer(pretrained, K):
    import keras

    model = keras.Sequential([keras.Input(pretrained.input_shape[1:])])
    for layer in pretrained.layers[:-1]:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        copy = type(layer).from_config(layer.get_config())
        model.add(copy)
        copy.set_weights(layer.get_weights())
        copy.trainable = False
        copy.trainable = True
    model.add(keras.layers.Dense(K, kernel_initializer="zeros"))
    rate = keras.optimizers.schedules.CosineDecay(1e-3, 1000)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.RMSprop(rate), loss)
    return model


def string_optimizer(pretrained, K):
    import keras

    base = keras.Model(pretrained.inputs, pretrained.layers[-1].input)
    copy = keras.models.clone_model(base)
    copy.set_weights(base.get_weights())
    model = keras.Sequential([copy, keras.layers.Dense(K)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    model.trainable = False
    model.trainable = True
    return model


def deep_copy(pretrained, K):
    import copy

    import keras

    old = copy.deepcopy(pretrained)
    for layer in old.layers:
        layer.trainable = True
    old.trainable = False
    old.trainable = True
    model = keras.Model(old.inputs, keras.layers.Dense(K)(old.layers[-1].input))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(5e-4), loss)
    return model


ALTERNATIVES = [
    nested_base_in_inference_mode,
    normalisation_frozen,
    layer_by_layer,
    string_optimizer,
    deep_copy,
]
