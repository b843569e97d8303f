"""Keras models that this chapter's exercises are tried on, built anew for each call.

A model is named by what a student would write: `Dense(3), Softmax()` and
`CategoricalCrossentropy()`. Its weights come from a seed, so that two of a name are the same.
"""

import functools
import itertools

import numpy as np

from utils.checking import Made
from utils.checking.keras_models import Record, is_model, record, stacked

OUTPUTS = {
    "Dense(1)": lambda layers: [layers.Dense(1)],
    "Dense(1, 'linear')": lambda layers: [layers.Dense(1, "linear")],
    "Dense(1, 'sigmoid')": lambda layers: [layers.Dense(1, "sigmoid")],
    "Dense(1), Activation('sigmoid')": lambda layers: [
        layers.Dense(1), layers.Activation("sigmoid")],
    "Dense(1), Activation('linear')": lambda layers: [
        layers.Dense(1), layers.Activation("linear")],
    "Dense(3)": lambda layers: [layers.Dense(3)],
    "Dense(3, 'linear')": lambda layers: [layers.Dense(3, "linear")],
    "Dense(3, 'softmax')": lambda layers: [layers.Dense(3, "softmax")],
    "Dense(3, 'sigmoid')": lambda layers: [layers.Dense(3, "sigmoid")],
    "Dense(3), Softmax()": lambda layers: [layers.Dense(3), layers.Softmax()],
    "Dense(3), Activation('softmax')": lambda layers: [
        layers.Dense(3), layers.Activation("softmax")],
    "Dense(3), Activation('linear')": lambda layers: [
        layers.Dense(3), layers.Activation("linear")],
}  # fmt: skip

_CLASSES = ("BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy")
STRINGS = {
    "binary": "binary_crossentropy",
    "categorical": "categorical_crossentropy",
    "sparse": "sparse_categorical_crossentropy",
}


def loss_named(name):
    """The loss that a name such as ``BinaryCrossentropy(from_logits=True)`` stands for."""
    import keras

    kind, _, options = name.partition("(")
    if kind not in _CLASSES:
        return name.strip("'")
    return getattr(keras.losses, kind)(from_logits="True" in options)


def losses():
    """The names of all losses: each as a string, as an object, and as one that takes logits."""
    for string, kind in zip(STRINGS.values(), _CLASSES, strict=True):
        yield from (f"'{string}'", f"{kind}()", f"{kind}(from_logits=True)")


def fits(output, loss):
    """Whether an output layer has the units that a loss is meant for."""
    return ("Dense(1" in output or "sigmoid" in output) == ("inary" in loss)


def pairs():
    """All (output, loss) that fit one another, in a fixed order."""
    return [pair for pair in itertools.product(OUTPUTS, losses()) if fits(*pair)]


def compiled(output, loss, hidden="relu", functional=False, biases=True):
    """A compiled model with one hidden layer, as an input of an exercise."""

    def make():
        import keras

        layers = [keras.layers.Dense(4, hidden), *OUTPUTS[output](keras.layers)]
        model = stacked(layers, (2,), functional)
        model.compile(optimizer="sgd", loss=loss_named(loss))
        return seeded(model, biases=biases)

    before = "" if hidden == "relu" else f"Dense(4, '{hidden}'), "
    return Made(f"{before}{output} with {loss}", make)


def seeded(model, size=1.0, biases=True):
    """The model, its weights drawn from a seed of their own. It runs eagerly: no call compiles."""
    model.run_eagerly = True
    rng = np.random.default_rng(4)
    for layer in model.layers:
        if hasattr(layer, "kernel"):
            sizes = [size, size * biases]
            shapes = [w.shape for w in layer.get_weights()]
            layer.set_weights([s * rng.normal(size=n) for s, n in zip(sizes, shapes, strict=False)])
    return model


def left_alone(probe):
    """Whether the model that was passed has the layers, weights and loss that it came with."""
    before = _as_it_came(probe.case.args[0])
    after = _carried(probe.outcome.args[0])
    return (
        isinstance(after, Record)
        and _looks(after) == _looks(before)
        and len(after.weights) == len(before.weights)
        and all(map(np.array_equal, after.weights, before.weights))
    )


@functools.cache
def _as_it_came(made):
    return record(made())


def _carried(model):
    return record(model) if is_model(type(model)) else model


def _looks(carried):
    """What its layers and its loss are, and what of them decides about logits."""
    kinds = [(kind, config.get("activation")) for kind, config in carried.parts()]
    return kinds, carried.loss()
