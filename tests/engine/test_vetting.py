"""A model's config from a process that nobody trusts."""

import copy
from dataclasses import replace

import pytest

from autograder.engine.vetting import vetted
from utils.checking import keras_models

keras = pytest.importorskip("keras")
layers = keras.layers


def carried(*steps, shape=(4,), **compiled):
    model = keras.Sequential([keras.Input(shape), *steps])
    if compiled:
        model.compile(**compiled)
    return keras_models.record(model)


def functional():
    inputs = keras.Input((8, 8, 1))
    maps = keras.ops.relu(layers.Conv2D(4, 3)(inputs))
    row = keras.ops.max(maps, axis=(1, 2))
    model = keras.Model(inputs, layers.Dense(3)(row))
    rate = keras.optimizers.schedules.CosineDecay(0.1, 100)
    model.compile(keras.optimizers.Adam(rate), keras.losses.BinaryCrossentropy(from_logits=True))
    return keras_models.record(model)


def nested():
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(3, "relu")])
    inner.compile("sgd", "mse")
    inputs = keras.Input((4,))
    return keras_models.record(keras.Model(inputs, layers.Dense(1)(inner(inputs))))


GOOD = {
    "dense": lambda: carried(layers.Dense(3, "relu"), optimizer="adam", loss="mse"),
    "normalised": lambda: carried(
        layers.Normalization(), layers.Dense(3), layers.BatchNormalization(), layers.Dropout(0.3),
        layers.PReLU(), layers.LayerNormalization(), layers.Dense(1),
    ),
    "regularised": lambda: carried(
        layers.Dense(3, kernel_regularizer="l2", kernel_constraint="non_neg"), layers.Dense(1)
    ),
    "images": lambda: carried(
        layers.RandomFlip(), layers.Rescaling(2.0), layers.SeparableConv2D(4, 3), layers.Flatten(),
        layers.Dense(2), shape=(8, 8, 1),
    ),
    "sequences": lambda: carried(layers.LSTM(5), layers.Dense(2), shape=(8, 3)),
    "functional": functional,
    "nested": nested,
    "no layers": lambda: carried(),
    "not built": lambda: keras_models.record(keras.Sequential([layers.Dense(3)])),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_model_of_built_in_parts_passes(name):
    assert vetted(GOOD[name]()).problem == ""


def of(module, name, config):
    return {"module": module, "class_name": name, "config": config, "registered_name": None}


NAMES = [
    of("keras.layers", "Lambda", {"function": "print"}),
    of("keras.layers", "TFSMLayer", {"filepath": "/etc"}),
    of("keras.layers", "StringLookup", {"vocabulary": "/etc/passwd"}),
    of("keras.layers", "TextVectorization", {}),
    of("keras.utils", "get_file", {"origin": "http://example.org"}),
    of("keras.saving", "load_model", {"filepath": "/etc"}),
    of("keras.layers", "__init__", {}),
    of("keras.src.layers.core.lambda_layer", "Lambda", {}),
    of("keras", "Model", {}),
    of("os", "system", "true"),
    of("builtins", "eval", "1"),
    of("builtins", "function", "eval"),
    of("", "Dense", {"units": 3}),
    {"class_name": "Dense"},
    {"class_name": ["Dense"], "config": {}},
    {"class_name": "__lambda__", "config": {"value": "AAAA"}},
]


@pytest.mark.parametrize("step", NAMES, ids=lambda step: str(step["class_name"]))
@pytest.mark.parametrize(
    "place", ["layer", "activation", "initializer", "optimizer", "regularizer"]
)
def test_a_name_that_is_no_layers_is_refused_before_it_is_looked_up(step, place, monkeypatch):
    record = carried(layers.Dense(3, "relu"), optimizer="adam", loss="mse")
    config = copy.deepcopy(record.config)
    if place == "layer":
        config["config"]["layers"][1] = step
    elif place == "optimizer":
        config["compile_config"]["optimizer"] = step
    elif place == "regularizer":
        config["regularizers"] = [step]
    else:
        key = "activation" if place == "activation" else "kernel_initializer"
        config["config"]["layers"][1]["config"][key] = step

    def never(*_, **__):
        raise AssertionError("it was rebuilt")

    monkeypatch.setattr(keras.saving, "deserialize_keras_object", never)
    assert "which is not one of Keras's own" in vetted(replace(record, config=config)).problem


@pytest.mark.parametrize(
    "steps",
    [
        [layers.UpSampling2D(100), layers.Conv2D(1, 100, padding="same")],
        [layers.Conv2D(1, 8, padding="same"), layers.UpSampling2D(130)],
        [layers.Conv2D(300, 3, padding="same") for _ in range(6)],
        [layers.UpSampling2D(16), *(layers.Conv2D(1, 9, padding="same") for _ in range(40))],
    ],
    ids=["a large kernel", "a large image", "many channels", "many layers"],
)
def test_what_takes_too_much_to_compute_is_refused(steps):
    record = carried(*steps, layers.GlobalMaxPooling2D(), layers.Dense(10), shape=(14, 14, 1))
    assert "too m" in vetted(record).problem


def test_a_number_or_a_product_that_is_too_large_is_refused():
    record = carried(layers.Dense(3), layers.Dense(2))
    for units in (10**9, 9_999_999, -(10**9)):
        config = copy.deepcopy(record.config)
        config["config"]["layers"][1]["config"]["units"] = units
        assert vetted(replace(record, config=config)).problem


def test_outputs_without_weights_are_counted_too():
    record = carried(layers.RepeatVector(2))
    config = copy.deepcopy(record.config)
    config["config"]["layers"][1]["config"]["n"] = 9_000_000
    assert "outputs" in vetted(replace(record, config=config)).problem


@pytest.mark.parametrize("config", [{}, {"class_name": "Sequential"}, {"module": "keras"}])
def test_a_config_that_is_none_is_a_problem_and_no_error(config):
    assert vetted(replace(carried(layers.Dense(1)), config=config)).problem


def test_counting_leaves_nothing_to_be_made_later():
    from keras.src.backend.common import global_state

    vetted(carried(layers.Dense(3)))
    assert not global_state.get_global_attribute("uninitialized_variables")
