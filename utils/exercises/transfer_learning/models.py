"""Pretrained models that this chapter's exercises are tried on, built anew for each call.

Their weights come from a seed, so that two of a name are the same, and their statistics of batch
normalisation are far from 0 and 1, as after training.
"""

import functools
from dataclasses import dataclass, replace

import numpy as np

from utils.checking import Made, Property, case
from utils.checking import keras_models as km
from utils.checking import keras_probes as probes
from utils.checking.keras_models import Training

IMAGES = (7, 7, 1)  # the shape of one, where an example is an image


def four_hidden(layers):
    """The network of the chapter: four hidden layers and an output."""
    return [*(layers.Dense(8, "relu") for _ in range(4)), layers.Dense(5)]


def narrowing(layers):
    """Layers of several sizes, and an output that is a softmax."""
    hidden = [layers.Dense(units, "relu") for units in (9, 8, 7, 6)]
    return [*hidden, layers.Dense(4, "softmax")]


def normalised(layers):
    """Batch normalisation and dropout stand between."""
    return [
        layers.Dense(8), layers.BatchNormalization(), layers.Activation("relu"),
        layers.Dense(7, "tanh"), layers.Dropout(0.25),
        layers.Dense(7, "relu"), layers.BatchNormalization(), layers.Dense(6, "relu"),
        layers.Dense(4),
    ]  # fmt: skip


def of_images(layers):
    """Convolutions first."""
    return [
        layers.Conv2D(3, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(4, 2, activation="relu"), layers.Flatten(),
        layers.Dense(8, "relu"), layers.Dense(7, "relu"), layers.Dense(5),
    ]  # fmt: skip


def nested(layers):
    """Its first part is a model itself."""
    import keras

    inner = [keras.Input((6,)), layers.Dense(8, "relu"), layers.BatchNormalization()]
    return [keras.Sequential([*inner, layers.Dense(7, "relu")]), *four_hidden(layers)[2:]]


def one_layer_frozen(model):
    """Somebody has frozen the first layer."""
    model.layers[0].trainable = False


def all_but_the_head(model):
    """As option 1 leaves it. The flag of the inputs, which have no weights, does not travel."""
    for layer in model.layers[:-1]:
        layer.trainable = type(layer).__name__ == "InputLayer"


def every_layer(model):
    """Layer by layer."""
    for layer in model.layers:
        layer.trainable = False


def the_whole(model):
    """By the model's own flag."""
    model.trainable = False


def inside(model):
    """Only within the model that is its first layer."""
    model.layers[0].layers[0].trainable = False


@dataclass(frozen=True)
class Pretrained:
    """How to make one model.

    Attributes
    ----------
    parts : function of `keras.layers`
        Returns its layers.
    shape : tuple
        Of one example.
    freeze : function of the model, optional
    compiled : bool
    """

    parts: object
    shape: tuple = (6,)
    functional: bool = False
    freeze: object = None
    compiled: bool = False

    def __call__(self):
        """The model."""
        import keras

        model = km.stacked(self.parts(keras.layers), self.shape, self.functional)
        rng = np.random.default_rng(7)
        model.set_weights([_value(w, rng) for w in model.weights])
        if self.freeze is not None:
            self.freeze(model)
        if self.compiled:
            logits = probes.activation_of(model.layers[-1]) == "linear"
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=logits)
            adam = keras.optimizers.Adam(0.01)
            model.compile(optimizer=adam, loss=loss, run_eagerly=True)
        return model


def _value(weight, rng):
    """What a weight of this name may be after training."""
    shape = tuple(weight.shape)
    if weight.name in ("gamma", "moving_variance"):
        return rng.uniform(0.5, 2, size=shape)
    if weight.name == "kernel":
        return rng.normal(scale=np.sqrt(2 / np.prod(shape[:-1])), size=shape)
    return rng.normal(scale=0.3, size=shape)


def made(name, parts, shape=(6,), **options):
    """A pretrained model as an input of an exercise."""
    return Made(name, Pretrained(parts, shape, **options))


def fitted(name, parts, freeze, traced=False):
    """A model that a student has fitted, some of its layers frozen, with the weights from before.

    A traced one has been fitted as in a notebook, which takes longer.
    """
    seen = replace(batch(2), steps=1, traced=traced, keeps_weights=True)
    return Made(name, Pretrained(parts, freeze=freeze, compiled=True), seen)


def batch(K, shape=(6,), column=False):
    """A batch for a model of K classes to be trained on. Labels in a column suit every loss."""
    X = np.random.default_rng(1).normal(scale=2, size=(24, *shape))
    y = np.arange(24) % K
    return Training(X, y.reshape(-1, 1) if column else y, steps=3)


def another_number_of_classes(rng):
    """The case of the two options that is drawn: another number of classes each time."""
    K = int(rng.integers(6, 12))
    yield case("another number of classes", made("five classes", four_hidden), K, then=batch(K))


@dataclass(frozen=True)
class Facts:
    """What is known of a pretrained model before an answer has touched it."""

    record: km.Record
    shape: tuple  # of one example
    classes: int
    names: list  # of its weights: "kernel", "moving_mean"
    kept: int  # how many weights come before the output layer's
    kinds: list  # of its layers without weights, in order
    frozen: bool  # whether it came with frozen layers
    features: object  # a model that ends before the output layer


def facts(pretrained):
    """The facts of an input of an exercise. It is made once more for this."""
    return _facts(pretrained.make)


@functools.cache
def _facts(make):
    import keras

    model = make()
    head = model.layers[-1]
    before = km.layers_of(model)[:-1]
    return Facts(
        record=km.record(model),
        shape=tuple(model.input_shape[1:]),
        classes=head.units,
        names=[w.name for w in model.weights],
        kept=len(model.weights) - len(head.weights),
        kinds=[type(layer).__name__ for layer in before if not layer.weights],
        frozen=make.freeze is not None,
        features=keras.Model(model.inputs, head.input),
    )


def _left(probe):
    """The given model as it was left, and as it came. None behind a port that keeps it."""
    after = probe.outcome.args[0]
    if km.is_model(type(after)):
        after = km.record(after)
    if not isinstance(after, km.Record) or after.problem:
        return None
    return after, facts(probe.case.args[0]).record


def _same_parts(probe):
    left = _left(probe)
    if left is None:
        return True
    looks = [([kind for kind, _ in record.parts()], record.loss()) for record in left]
    return looks[0] == looks[1]


def _same_flags(probe):
    left = _left(probe)
    if left is None:
        return True
    flags = [[(k, config.get("trainable")) for k, config in record.parts()] for record in left]
    return flags[0] == flags[1]


def _same_values(probe):
    left = _left(probe)
    if left is None:
        return True
    after, before = (record.weights for record in left)
    return len(after) == len(before) and all(map(np.array_equal, after, before))


LEFT_WHOLE = [
    Property(
        "same_model",
        "It gives the pretrained model itself back. A new model is asked for: whoever passed this "
        "one still needs it.",
        lambda probe: probe.outcome.returned != 0,
    ),
    Property(
        "parts_changed",
        "The pretrained model has other layers afterwards, or another loss. It should be as it "
        "came: what would you have to copy first?",
        _same_parts,
    ),
    Property(
        "flags_changed",
        "Afterwards layers of the pretrained model have another `trainable` flag. Are they copies, "
        "or the very layers of the model that was passed?",
        _same_flags,
    ),
    Property(
        "values_changed",
        "When the new model is trained, the pretrained one changes with it. Do the two share their "
        "layers?",
        _same_values,
    ),
]
