"""Right answers to `option_1`, written otherwise."""

import numpy as np


def nested_base_frozen_whole(pretrained, K):
    import keras

    base = keras.models.clone_model(pretrained)
    base.set_weights(pretrained.get_weights())
    base = keras.Model(base.inputs, base.layers[-1].input)
    base.trainable = False
    model = keras.Sequential([base, keras.layers.Dense(K)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.02, momentum=0.9), loss, metrics=["accuracy"])
    return model


def called_in_inference_mode(pretrained, K):
    import keras

    base = keras.models.clone_model(pretrained)
    base.set_weights(pretrained.get_weights())
    base = keras.Model(base.inputs, base.layers[-2].output)
    base.trainable = False
    inputs = keras.Input(pretrained.input_shape[1:])
    hidden = keras.layers.Dropout(0.2)(base(inputs, training=False))
    model = keras.Model(inputs, keras.layers.Dense(K, activation="linear")(hidden))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.RMSprop(learning_rate=0.003), loss=loss)
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
    model.add(keras.layers.Dense(K))
    rate = keras.optimizers.schedules.ExponentialDecay(0.03, 100, 0.9)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss)
    return model


def frozen_behind_compile(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(0.01), loss)
    for layer in model.layers[:-1]:
        layer.trainable = False
    return model


def whole_frozen_and_head_thawed(pretrained, K):
    import copy

    import keras

    old = copy.deepcopy(pretrained)
    old.trainable = False
    model = keras.Model(old.inputs, keras.layers.Dense(K)(old.layers[-1].input))
    model.layers[-1].trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(1e-2), loss)
    return model


def frozen_after_training_and_compiled_again(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    model.fit(np.zeros((2, *pretrained.input_shape[1:])), np.zeros(2, dtype=int), verbose=0)
    model.set_weights(pretrained.get_weights()[:-2] + model.get_weights()[-2:])
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


def optimizer_assigned(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.optimizer = keras.optimizers.Adam(0.01)
    return model


ALTERNATIVES = [
    nested_base_frozen_whole,
    called_in_inference_mode,
    layer_by_layer,
    frozen_behind_compile,
    whole_frozen_and_head_thawed,
    frozen_after_training_and_compiled_again,
    optimizer_assigned,
]
