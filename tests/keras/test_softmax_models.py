"""Models for several classes: spellings that must pass, and faults that must be told."""

import json

import numpy as np
import pytest

import utils  # noqa: F401  # before Keras: it keeps TensorFlow quiet
from utils.checking.door import judge
from utils.checking.keras_results import examine
from utils.checking.plain import plain
from utils.checking.port import LocalPort
from utils.checking.quiet import silence
from utils.exercises.softmax.digit_model import digit_model
from utils.exercises.softmax.double_softmax import double_softmax

keras = pytest.importorskip("keras")
L = keras.layers
N, K = 4, 3


def fault(model):
    """The id of what the exercise's questions find."""
    with silence():
        found = examine(plain(model), digit_model.returns.questions, (N, K))
    return found.id if found else None


def logits_loss(**options):
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True, **options)


def compiled(model, loss=None):
    model.compile("adam", loss or logits_loss())
    return model


def chain(*layers, loss=None):
    return compiled(keras.Sequential([keras.Input((N,)), *layers]), loss)


def by(activation):
    """One hidden layer whose activation is written as a formula."""
    inputs = keras.Input((N,))
    return compiled(keras.Model(inputs, L.Dense(K)(activation(L.Dense(12)(inputs)))))


def two_branches():
    inputs = keras.Input((N,))
    first = L.Dense(8, "relu")(inputs)
    return compiled(keras.Model(inputs, L.Dense(K)(first + L.Dense(8, "relu")(first))))


RIGHT = {
    "a loss in a list": lambda: chain(L.Dense(9, "relu"), L.Dense(K), loss=[logits_loss()]),
    "ReLU as an object": lambda: chain(L.Dense(9, L.ReLU()), L.Dense(K)),
    "ReLU by minimum": lambda: by(lambda z: -keras.ops.minimum(-z, 0)),
    "ReLU by where": lambda: by(lambda z: keras.ops.where(z > 0, z, 0.0)),
    "ReLU by absolute values": lambda: by(lambda z: (z + keras.ops.abs(z)) / 2),
    "two branches added": two_branches,
    "normalised in all places": lambda: chain(
        L.LayerNormalization(), L.Dense(9), L.BatchNormalization(), L.ReLU(), L.Dense(K)
    ),
    "dropout before the activation": lambda: chain(
        L.Dense(9), L.Dropout(0.5), L.ReLU(), L.Dense(K)
    ),
    "half precision inside": lambda: chain(
        L.Dense(8, "relu", dtype="mixed_bfloat16"), L.Dense(K, dtype="float32")
    ),
    "another shape at the end": lambda: chain(L.Dense(9, "relu"), L.Dense(K), L.Reshape((K,))),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_models_pass_however_they_are_spelled(name):
    assert fault(RIGHT[name]()) is None


def test_two_inputs_can_be_normalised_by_the_row():
    """The fewest inputs that the check asks for: of one input a LayerNormalization leaves 0."""
    assert min(case.args[0] for case in [*digit_model.cases, *digit_model.hidden]) >= 2


WRONG = {
    "other_loss: one-hot": lambda: chain(
        L.Dense(9, "relu"), L.Dense(K), loss=keras.losses.CategoricalCrossentropy(from_logits=True)
    ),
    "ignores": lambda: chain(L.Dense(9, "relu"), L.Dense(K), loss=logits_loss(ignore_class=1)),
    "reduction": lambda: chain(L.Dense(9, "relu"), L.Dense(K), loss=logits_loss(reduction="sum")),
    "logits_as_probabilities": lambda: chain(
        L.Dense(9, "relu"), L.Dense(K), loss=keras.losses.sparse_categorical_crossentropy
    ),
    "hidden_other: a slope that is learnt": lambda: chain(L.Dense(9, L.PReLU()), L.Dense(K)),
    "hidden_other: the part below 0": lambda: by(lambda z: keras.ops.minimum(z, 0)),
    "hidden_other: capped far out": lambda: chain(
        L.Dense(9), L.ReLU(max_value=100.0), L.Dense(K)
    ),
    "hidden_other: a convolution with tanh": lambda: chain(
        L.Reshape((N, 1)), L.Conv1D(4, 1, activation="tanh"), L.Flatten(),
        L.Dense(9, "relu"), L.Dense(K),
    ),
    "hidden_linear: normalised": lambda: chain(L.Dense(9), L.BatchNormalization(), L.Dense(K)),
    "after_output": lambda: chain(L.Dense(9, "relu"), L.Dense(K), L.BatchNormalization()),
    "no_hidden": lambda: chain(L.ReLU(), L.Dense(K)),
}  # fmt: skip


@pytest.mark.parametrize("id", WRONG)
def test_wrong_models_get_the_fault_that_is_theirs(id):
    assert fault(WRONG[id]()) == id.partition(":")[0]


def test_nan_is_told_before_the_loss():
    model = chain(L.Dense(9, "relu"), L.Dense(K))
    model.set_weights([np.full_like(w, np.nan) for w in model.get_weights()])
    assert fault(model) == "nan_weights"


def disagree(model):
    """A right answer to `double_softmax`."""
    last, loss = model.layers[-1], model.loss
    is_linear = getattr(last, "activation", None) is keras.activations.linear
    return is_linear != (not isinstance(loss, str) and loss.from_logits)


def by_its_json(model):
    config = json.loads(model.to_json())
    last, loss = config["config"]["layers"][-1], config["compile_config"]["loss"]
    is_linear = last["config"].get("activation") == "linear"
    return is_linear != (isinstance(loss, dict) and loss["config"]["from_logits"])


def activation_exchanged(model):
    answer = disagree(model)
    if hasattr(model.layers[-1], "activation"):
        model.layers[-1].activation = keras.activations.linear
    return answer


def loss_turned(model):
    answer = disagree(model)
    if not isinstance(model.loss, str):
        model.loss.from_logits = True
    return answer


def left_out(kind):
    def function(model):
        return not isinstance(model.loss, getattr(keras.losses, kind)) and disagree(model)

    return function


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (disagree, "right"),
        (by_its_json, "right"),
        (activation_exchanged, "wrong"),
        (loss_turned, "wrong"),
        (left_out("BinaryCrossentropy"), "wrong"),
        (left_out("CategoricalCrossentropy"), "wrong"),
        (left_out("SparseCategoricalCrossentropy"), "wrong"),
    ],
)
def test_double_softmax_takes_any_right_function_that_leaves_the_model_alone(answer, verdict):
    port = LocalPort(answer, double_softmax.seconds)
    assert judge(double_softmax, port, hidden=True, seed=1).verdict == verdict
