"""Keras models are judged by what they do, whatever they are built of.

Each right model is a spelling that a check once might have refused, each wrong one a fault that
must be told by its own name.
"""

import subprocess
import sys

import numpy as np
import pytest

import utils  # noqa: F401  # before Keras: it keeps TensorFlow quiet
from utils.checking import keras_models as km
from utils.checking import keras_probes as probes
from utils.checking.keras_results import (
    binary_loss_fits_output,
    examine,
    has_units,
    hidden_is_not_linear,
    hidden_is_relu,
    is_compiled,
    learns,
    mean_squared_error,
    output_is_linear,
    takes,
)
from utils.checking.plain import plain
from utils.checking.quiet import silence
from utils.checking.results import Unjudgeable

keras = pytest.importorskip("keras")
L = keras.layers

BINARY = (
    takes(lambda n: (n,), lambda n: 1),
    has_units((25, 15, 1)),
    is_compiled,
    hidden_is_not_linear,
    binary_loss_fits_output,
    learns,
)
CURVE = (is_compiled, hidden_is_relu, output_is_linear, mean_squared_error)
N = 4


def fault(model, questions=BINARY):
    """The id of what the questions find."""
    with silence():
        found = examine(plain(model), questions, (N,))
    return found.id if found else None


def compiled(model, loss="binary_crossentropy", optimizer="adam"):
    model.compile(optimizer, loss)
    return model


def chain(*layers, loss="binary_crossentropy"):
    return compiled(keras.Sequential([keras.Input((N,)), *layers]), loss)


def three(last="sigmoid", hidden="relu", loss="binary_crossentropy"):
    return chain(L.Dense(25, hidden), L.Dense(15, hidden), L.Dense(1, last), loss=loss)


def by_operations():
    inputs = keras.Input((N,))
    x = keras.ops.maximum(L.Dense(15)(keras.ops.relu(L.Dense(25)(inputs))), 0.0)
    return compiled(keras.Model(inputs, keras.ops.exp(-keras.ops.softplus(-L.Dense(1)(x)))))


def built_by_fit():
    model = compiled(keras.Sequential([L.Dense(25, "relu"), L.Dense(15, "relu"), L.Dense(1)]))
    model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    model.fit(np.zeros((8, N)), np.zeros(8), verbose=0)
    return model


def logits_loss():
    return keras.losses.BinaryCrossentropy(from_logits=True)


def half():
    """Half precision up to the output."""
    hidden = [L.Dense(units, "relu", dtype="mixed_float16") for units in (25, 15)]
    return chain(*hidden, L.Dense(1, "sigmoid", dtype="float32"))


def by_name():
    """Inputs, outputs and losses in dicts."""
    inputs = keras.Input((N,), name="x")
    outputs = L.Dense(1, "sigmoid", name="p")(L.Dense(15, "relu")(L.Dense(25, "relu")(inputs)))
    return compiled(keras.Model({"x": inputs}, {"p": outputs}), {"p": "binary_crossentropy"})


def swish_by_hand():
    inputs = keras.Input((N,))
    z = L.Dense(25)(inputs)
    outputs = L.Dense(1, "sigmoid")(L.Dense(15, "relu")(z * keras.ops.sigmoid(z)))
    return compiled(keras.Model(inputs, outputs))


def own_metric(target, prediction):
    return keras.ops.mean(prediction)


def with_metric():
    model = three()
    model.compile("adam", "bce", metrics=[own_metric], weighted_metrics=[own_metric])
    return model


def own_initializer(shape, dtype=None):
    return 0.1 * keras.random.normal(shape, dtype=dtype)


RIGHT = {
    "Sequential": three,
    "logits": lambda: three(None, "tanh", logits_loss()),
    "softmax on hidden layers": lambda: three("sigmoid", "softmax"),
    "activations as layers": lambda: chain(
        L.Dense(25), L.ReLU(), L.Dense(15), L.PReLU(), L.Dense(1), L.Activation("sigmoid")
    ),
    "a loss in a list": lambda: three(loss=["binary_crossentropy"]),
    "a loss by function": lambda: three(loss=keras.losses.binary_crossentropy),
    "operations": by_operations,
    "nested": lambda: chain(
        keras.Sequential([L.Dense(25, "relu"), L.Dense(15, "relu")]), L.Dense(1, "sigmoid")
    ),
    "normalised inputs": lambda: chain(L.Normalization(mean=100.0, variance=4.0), *three().layers),
    "built by fit": built_by_fit,
    "half precision": half,
    "an activation with weights as argument": lambda: chain(
        L.Dense(25, L.PReLU()), L.Dense(15, L.LeakyReLU()), L.Dense(1, "sigmoid")
    ),
    "everything by name": by_name,
    "swish by hand": swish_by_hand,
    "a metric of one's own": with_metric,
    "an initializer of one's own": lambda: chain(
        *[L.Dense(units, "relu", kernel_initializer=own_initializer) for units in (25, 15)],
        L.Dense(1, "sigmoid"),
    ),
    "gradients of several batches": lambda: compiled(
        three(), optimizer=keras.optimizers.Adam(gradient_accumulation_steps=4)
    ),
    "a slow start": lambda: compiled(
        three(),
        optimizer=keras.optimizers.SGD(
            keras.optimizers.schedules.CosineDecay(0.0, 9, warmup_target=0.1, warmup_steps=9)
        ),
    ),
    "all weights zero but the output": lambda: chain(
        L.Dense(25, "relu", bias_initializer="ones"), L.Dense(15, "relu"), L.Dense(1, "sigmoid")
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_models_pass_however_they_are_spelled(name):
    assert fault(RIGHT[name]()) is None


def frozen():
    model = three()
    model.trainable = False
    return compiled(model)


def past_the_layers():
    inputs = keras.Input((N,))
    x = L.Dense(15, "relu")(L.Dense(25, "relu")(inputs))
    return compiled(keras.Model(inputs, L.Dense(1, "sigmoid")(keras.ops.append(x, inputs, axis=1))))


def descending(rate):
    return compiled(three(), optimizer=keras.optimizers.SGD(rate))


def with_nan():
    model = three()
    model.set_weights([np.full_like(w, np.nan) for w in model.get_weights()])
    return model


WRONG = {
    "none": lambda: None,
    "history": lambda: three().fit(np.zeros((8, N)), np.zeros(8), verbose=0),
    "no_model": lambda: [1, 2],
    "not_built": lambda: compiled(keras.Sequential([L.Dense(25), L.Dense(15), L.Dense(1)])),
    "not_compiled": lambda: keras.Sequential([keras.Input((N,)), *three().layers]),
    "nan_weights": with_nan,
    "outputs": lambda: chain(L.Dense(25, "relu"), L.Dense(15, "relu"), L.Dense(2, "softmax")),
    "inputs": lambda: compiled(keras.Sequential([keras.Input((N + 1,)), L.Dense(1)])),
    "units": lambda: chain(L.Dense(15, "relu"), L.Dense(25, "relu"), L.Dense(1, "sigmoid")),
    "between": lambda: chain(
        L.Dense(25, "relu"), L.Dropout(0.2), L.Dense(15, "relu"), L.Dense(1, "sigmoid")
    ),
    "hidden_linear": lambda: three(hidden=None),
    "other_loss": lambda: three(loss="mse"),
    "squashed_twice": lambda: three(loss=logits_loss()),
    "logits_as_probabilities": lambda: three(None),
    "softmax_of_one": lambda: three("softmax"),
    "output_other": lambda: three("hard_sigmoid"),
    "does_not_learn": frozen,
    "reduction": lambda: three(loss=keras.losses.BinaryCrossentropy(reduction="sum")),
    "smoothed": lambda: three(loss=keras.losses.BinaryCrossentropy(label_smoothing=0.1)),
    "climbs": lambda: descending(-0.1),
    "nan_after_a_step": lambda: descending(float("nan")),
    # the same faults once more, made otherwise
    "no_model: a class": lambda: keras.Sequential,
    "between: a convolution before": lambda: chain(
        L.Reshape((N, 1)), L.Conv1D(1, 1), L.Flatten(), *three().layers
    ),
    "between: past the layers": past_the_layers,
    "hidden_linear: half precision": lambda: chain(
        L.Dense(25, dtype="mixed_bfloat16"), L.Dense(15, "relu"), L.Dense(1, "sigmoid")
    ),
    "does_not_learn: all weights 0": lambda: chain(
        *[L.Dense(units, "relu", kernel_initializer="zeros") for units in (25, 15)],
        L.Dense(1, "sigmoid", kernel_initializer="zeros"),
    ),
    "other_loss: a focal one": lambda: three(loss="binary_focal_crossentropy"),
    "output_other: sigmoid twice": lambda: chain(*three().layers, L.Activation("sigmoid")),
}


@pytest.mark.parametrize("id", WRONG)
def test_wrong_models_get_the_fault_that_is_theirs(id):
    assert fault(WRONG[id]()) == id.partition(":")[0]


def test_a_class_is_told_from_a_model():
    with silence():
        found = examine(plain(keras.Sequential), BINARY, (N,))
    assert found.says.startswith("It is a class")


@pytest.mark.parametrize(
    ("layer", "found"),
    [
        (L.ReLU(), None),
        (L.ReLU(max_value=6.0), "hidden_other"),
        (L.ReLU(max_value=100.0), "hidden_other"),
        (L.ReLU(negative_slope=0.1), "hidden_other"),
        (L.LeakyReLU(), "hidden_other"),
        (L.Activation("gelu"), "hidden_other"),
        (L.Activation("linear"), "hidden_linear"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_relu_is_told_from_what_resembles_it(layer, found):
    assert fault(chain(L.Dense(9), layer, L.Dense(1), loss="mse"), CURVE) == found


@pytest.mark.parametrize(
    ("activation", "found"),
    [
        (L.ReLU(), None),
        (L.ReLU(negative_slope=0.5), "hidden_other"),
        (L.ReLU(max_value=6.0), "hidden_other"),
        (L.LeakyReLU(), "hidden_other"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_layer_as_activation_is_what_the_layer_is(activation, found):
    assert fault(chain(L.Dense(9, activation), L.Dense(1), loss="mse"), CURVE) == found


def test_relu_behind_a_normalisation_is_relu():
    model = chain(L.Dense(9), L.BatchNormalization(), L.ReLU(), L.Dense(1), loss="mse")
    assert fault(model, CURVE) is None


@pytest.mark.parametrize(
    ("activation", "kind"),
    [
        (None, probes.LOGITS),
        ("sigmoid", probes.PROBABILITIES),
        ("softmax", probes.PROBABILITIES),
        ("tanh", probes.OTHER),
        ("relu", probes.OTHER),
        ("softplus", probes.OTHER),
    ],
)
def test_output_kind_is_told_by_what_comes_out(activation, kind):
    model = keras.Sequential([keras.Input((N,)), L.Dense(8, "relu"), L.Dense(3, activation)])
    assert probes.output_kind(model, np.random.default_rng(0)) == kind


def sum_of_two():
    inputs = keras.Input((N,))
    return inputs, L.Dense(1)(L.Dense(8, "relu")(inputs)) + L.Dense(1)(inputs)


def difference_of_two():
    inputs = keras.Input((N,))
    z = L.Dense(2)(inputs)
    return inputs, z[:, 1:] - z[:, :1]


@pytest.mark.parametrize("make", [sum_of_two, difference_of_two])
@pytest.mark.parametrize(
    ("activation", "kind"),
    [("linear", probes.LOGITS), ("sigmoid", probes.PROBABILITIES), ("tanh", probes.OTHER)],
)
def test_output_kind_is_told_where_the_output_has_two_ways(make, activation, kind):
    inputs, z = make()
    model = keras.Model(inputs, L.Activation(activation)(z))
    with silence():
        carried = km.rebuilt(km.record(model))
    assert probes.output_kind(carried, np.random.default_rng(0)) == kind


def test_a_model_without_weights_gives_neither():
    model = keras.Sequential([keras.Input((N,)), L.Reshape((N, 1)), L.GlobalAveragePooling1D()])
    assert probes.output_kind(model, np.random.default_rng(0)) == probes.OTHER


def test_slices_can_be_carried():
    inputs, z = difference_of_two()
    assert km.record(keras.Model(inputs, z)).problem == ""


def sigmoid(z):
    """Of the student's own, by the name of one of Keras's."""
    return 2 * z


class Doubling(L.Layer):
    def call(self, inputs):
        return 2 * inputs


def own_loss(target, prediction):
    return keras.ops.mean((target - prediction) ** 2)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: three(sigmoid), "function sigmoid"),
        (lambda: chain(*three().layers, Doubling()), "Doubling"),
        (lambda: chain(*three().layers, L.Lambda(lambda x: x)), "lambda"),
        (lambda: three(loss=own_loss), "own_loss"),
    ],
    ids=["activation", "layer", "lambda", "loss"],
)
def test_what_cannot_be_carried_is_unjudged_and_says_why(make, word):
    with pytest.raises(Unjudgeable, match=word):
        fault(make())


def test_a_rebuilt_model_gives_the_same_outputs():
    X = np.random.default_rng(1).normal(3, 2, size=(5, N))
    scale = L.Normalization()
    scale.adapt(X)
    model = chain(scale, *three().layers)
    assert np.array_equal(probes.outputs(km.rebuilt(km.record(model)), X), probes.outputs(model, X))


QUIET = """
import utils, numpy as np
import keras
from utils.checking.keras_results import examine, is_compiled, learns
from utils.checking.plain import plain
from utils.checking.quiet import silence
model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid", input_shape=(2,))])
with silence():
    model.compile("adam", "categorical_crossentropy")
    examine(plain(model), (is_compiled, learns), ())
print("asked")
"""


def test_nothing_reaches_descriptor_2():
    script = QUIET.replace("model = keras.Seq", "with silence():\n    model = keras.Seq")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "asked\n"
    assert done.stderr == ""


def two_layers():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, kernel_regularizer="l2")])
    model.add(keras.layers.Dense(2))
    return model


def test_what_penalises_a_weight_now_is_carried_and_not_what_its_layer_says():
    model = two_layers()
    model.layers[1].kernel_regularizer = keras.regularizers.L2(0.5)  # too late: it is built
    model.layers[0].kernel.regularizer = None
    model.layers[1].bias.regularizer = keras.regularizers.L2(0.25)
    twin = km.rebuilt(km.record(model))
    penalties = [weight.regularizer for weight in twin.weights]
    assert penalties[:3] == [None, None, None]
    assert float(penalties[3].l2) == 0.25
    assert len(twin.losses) == len(model.losses) == 1


def test_the_optimizer_that_the_model_has_now_is_carried():
    model = two_layers()
    model.compile("adam", "mse")
    model.optimizer.learning_rate = 0.5
    assert float(km.rebuilt(km.record(model)).optimizer.learning_rate) == 0.5
    model.optimizer = keras.optimizers.SGD(0.25)
    twin = km.rebuilt(km.record(model))
    assert type(twin.optimizer) is keras.optimizers.SGD
    assert float(twin.optimizer.learning_rate) == 0.25


@pytest.mark.parametrize("change", [{"units": 3}, {"use_bias": False}])
def test_a_layer_changed_after_it_was_built_is_told(change):
    model = two_layers()
    for name, value in change.items():
        setattr(model.layers[1], name, value)
    with pytest.raises(km.Misfit):
        km.rebuilt(km.record(model))
