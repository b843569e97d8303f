"""Chapter 7's references do what they promise, whatever the pretrained model is built of."""

import numpy as np
import pytest

import utils  # noqa: F401  # before Keras: it keeps TensorFlow quiet
from utils.reference.transfer_learning import (
    option_1,
    option_2,
    replace_head,
    trainable_parameters,
    unfreeze,
)

keras = pytest.importorskip("keras")
L = keras.layers
rng = np.random.default_rng(0)
X, y = rng.normal(size=(40, 6)), rng.integers(3, size=40)


def chain():
    return keras.Sequential([keras.Input((6,)), L.Dense(8, "relu"), L.Dense(8, "relu"), L.Dense(4)])


def normalised():
    body = [L.Dense(8), L.BatchNormalization(), L.Activation("relu"), L.Dropout(0.2)]
    return keras.Sequential([keras.Input((6,)), *body, L.Dense(4)])


def with_a_shortcut():
    inputs = keras.Input((6,))
    x = L.Dense(8, "tanh")(inputs)
    x = L.Add()([x, L.Dense(8, "tanh")(x)])
    return keras.Model(inputs, L.Dense(4)(x))


def nested():
    inner = keras.Sequential([L.Dense(7, "tanh")])
    body = keras.Sequential([L.Dense(8, "tanh"), L.BatchNormalization(), inner])
    return keras.Sequential([keras.Input((6,)), body, L.Dense(4)])


def nested_by_calls():
    inputs = keras.Input((6,))
    body = keras.Model(inputs, L.Dense(8, "tanh")(inputs))
    outer = keras.Input((6,))
    return keras.Model(outer, L.Dense(4)(body(outer)))


def with_convolution():
    body = [L.Reshape((6, 1)), L.Conv1D(4, 3, activation="tanh"), L.GlobalAveragePooling1D()]
    return keras.Sequential([keras.Input((6,)), *body, L.Dense(4)])


def frozen_by_its_layers():
    model = nested()
    model.layers[0].layers[0].trainable = False
    return model


def frozen_as_a_whole():
    model = nested()
    model.trainable = False
    return model


MODELS = (
    chain, normalised, with_a_shortcut, nested, nested_by_calls, with_convolution,
    frozen_by_its_layers, frozen_as_a_whole,
)  # fmt: skip


@pytest.fixture(params=MODELS, ids=lambda build: build.__name__)
def pretrained(request):
    return request.param()


def fit(model):
    """Which arrays of weights have moved. Trains eagerly, which spares the compiling."""
    model.run_eagerly = True
    before = model.get_weights()
    model.fit(X, y, epochs=2, verbose=0)
    after = model.get_weights()
    return [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]


def flags(model):
    inner = [flags(layer) for layer in getattr(model, "layers", [])]
    return model.trainable, inner


def test_replace_head_gives_copies_and_fresh_logits(pretrained):
    model = replace_head(pretrained, 3)
    assert model.output_shape == (None, 3)
    assert all(map(np.array_equal, model.get_weights()[:-2], pretrained.get_weights()[:-2]))
    assert model.layers[-1].activation is keras.activations.linear
    assert not {id(w) for w in model.weights} & {id(w) for w in pretrained.weights}


@pytest.mark.parametrize("option", [option_1, option_2])
def test_the_given_model_is_left_whole(pretrained, option):
    weights, were = pretrained.get_weights(), flags(pretrained)
    fit(option(pretrained, 3))
    assert all(map(np.array_equal, weights, pretrained.get_weights()))
    assert flags(pretrained) == were
    assert pretrained.predict(X[:2], verbose=0).shape == (2, 4)


def test_option_1_moves_the_head_only(pretrained):
    model = option_1(pretrained, 3)
    assert fit(model) == [False] * (len(model.weights) - 2) + [True, True]


def test_option_2_moves_everything(pretrained):
    assert all(fit(option_2(pretrained, 3)))


def test_unfreeze_moves_everything_in_the_same_model(pretrained):
    model = option_1(pretrained, 3)
    fit(model)
    assert unfreeze(model, 1e-3) is model
    assert float(model.optimizer.learning_rate) == pytest.approx(1e-3)
    assert all(fit(model))


def test_unfreeze_reaches_a_layer_inside_a_model_frozen_as_a_whole():
    model = option_2(nested(), 3)
    model.trainable = False
    body = next(layer for layer in model.layers if hasattr(layer, "layers"))
    body.trainable = True
    body.layers[-1].trainable = False
    assert all(fit(unfreeze(model, 1e-3)))


def test_trainable_parameters_counts_what_training_changes():
    # 6 -> 8 -> 8 -> 3
    assert trainable_parameters(option_2(chain(), 3)) == 6 * 8 + 8 + 8 * 8 + 8 + 8 * 3 + 3
    assert trainable_parameters(option_1(chain(), 3)) == 8 * 3 + 3
