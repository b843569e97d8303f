"""Exercise `train_cnn`: fit a small network that finds digits wherever they stand."""

from functools import cache

import numpy as np

from utils.checking import Exercise, case
from utils.checking import keras_probes as probes
from utils.checking.keras_results import Examined, Model
from utils.checking.results import Fault
from utils.data.moved_digits import moved_digits
from utils.exercises.cnn.cnn_questions import ends_in_rows, is_small
from utils.exercises.cnn.train_cnn_otherwise import ALTERNATIVES
from utils.reference import cnn as reference

BAR = 0.90
KNOWN = 0.80  # of the digits in X: below it a model has learnt too little to have learnt places


@cache
def unseen():
    """Digits that the answer is not given, each at two places: (1000, 14, 14, 1) and (1000,)."""
    places = [moved_digits("test", seed=seed) for seed in (1, 2)]
    return tuple(np.concatenate(part) for part in zip(*places, strict=True))


def takes_images(examined: Examined):
    """Images of the size of X go in, and ten numbers come out."""
    model, (X, _) = examined.model, examined.args
    if isinstance(model.input_shape, list) or isinstance(model.output_shape, list):
        return Fault("shape", "several", "It has several inputs or outputs. One each is enough.")
    came, wanted = tuple(model.input_shape[1:]), X.shape[1:]
    free = tuple(n or size for n, size in zip(came, wanted, strict=False))  # None is any size
    if len(came) != len(wanted) or free != wanted:
        says = "It takes inputs of another shape than the images in X have."
        detail = f"Expected {wanted}, got {came}."
        return Fault("shape", "inputs", says, detail)
    if model.output_shape[-1] != 10:
        says = "Ten digits need ten outputs, one for each."
        return Fault("shape", "outputs", says, f"It has {model.output_shape[-1]}.")
    return None


def accuracy(examined: Examined, X, y):
    """The share of images whose largest output is that of the right digit."""
    return float(np.mean(probes.outputs(examined.model, X).argmax(axis=1) == y))


def finds_moved_digits(examined: Examined):
    """At least 90 of 100 unseen digits; if not, what may be the reason."""
    X, y = unseen()
    right = accuracy(examined, X, y)
    if right >= BAR:
        return None
    return _reason(examined, X, y, right)


def _reason(examined, X, y, right):
    detail = f"{right:.1%} of unseen digits are right, {BAR:.0%} are asked for."
    biases = [layer.bias for layer in examined.layers if getattr(layer, "bias", None) is not None]
    if biases and not any(np.any(bias) for bias in biases):
        says = "The model looks as if it had never been fitted: all its biases are still 0."
        return Fault("value", "not_fitted", says, detail)
    for changed in (1 - X, X * 16, X * 255, X / 255, (X - X.mean()) / X.std()):
        if accuracy(examined, changed, y) >= max(BAR, right + 0.02):
            says = "It was fitted to pixels of another scale than those it is asked about."
            return Fault("value", "changed_pixels", says, detail)
    seen = accuracy(examined, *examined.args)
    detail = f"Right: {right:.1%} of unseen digits, {seen:.1%} of those in X. Asked for: {BAR:.0%}."
    if seen >= max(KNOWN, right + 0.08):
        says = "It knows the digits it was trained on, and not those at other places."
        return Fault("value", "learns_places", says, detail)
    says = "Many digits are wrong, those it was trained on too."
    return Fault("value", "low_accuracy", says, detail)


train_cnn = Exercise(
    id="train_cnn",
    title="Train it on digits anywhere",
    points=3,
    reference=reference.train_cnn,
    returns=Model((ends_in_rows, takes_images, is_small, finds_moved_digits)),
    seconds=60,
    once=True,
    begin="Begin with the model of the last exercise: which shape has one image of X?",
    hints=(
        "Three steps: create, compile, fit. You have written a function for the first two.",
        "Make the model for images of the shape X.shape[1:] and for ten classes, fit it to X and y "
        "for a dozen epochs or two, and return the model itself.",
        "model = cnn_model(X.shape[1:], 10); model.fit(X, y, epochs=..., verbose=0). If it learns "
        "slowly: Adam takes a learning rate, and global max pooling forgets where.",
    ),
    cases=[case("digits anywhere", *moved_digits())],
    alternatives=ALTERNATIVES,
    equivalent={
        "model.fit(X, y, epochs=15, verbose=0) -> model.fit(X, y, epochs=15)": "it only says more",
        "15 -> 16": "one epoch more or less: trained all the same",
        "15 -> 14": "one epoch more or less: trained all the same",
        "0 -> 1": "it only says more",
        "0 -> -1": "it says as much or more",
    },
)


def _mistake(says, fault):
    return train_cnn.mistake(says, fault=fault)


@_mistake(
    "The model was created and compiled, and never fitted: all its biases are still 0. Which "
    "method is missing?",
    "not_fitted",
)
def never_fitted(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It returns what `fit` gives back: the history. The history keeps the losses; what keeps the "
    "weights?",
    "history",
)
def returns_the_history(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model.fit(X, y, epochs=1, verbose=0)


@_mistake("It returns None. Is the `return` missing, behind `fit`?", "none")
def return_forgotten(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(X, y, epochs=1, verbose=0)


@_mistake(
    "It has more than 30,000 parameters. Ask model.summary() where they sit. This chapter's point "
    "is that fewer, shared ones do better here.",
    "too_large",
)
def dense_net(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:]), keras.layers.Flatten()])
    model.add(keras.layers.Dense(128, activation="relu"))
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(X, y, epochs=1, verbose=0)
    return model


@_mistake(
    "It is right about the digits in X, and misses many at other places. Does it have a "
    "convolution, and which layer makes it forget *where* a feature was?",
    "learns_places",
)
def small_dense_net(X, y):
    import keras

    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input(X.shape[1:]), keras.layers.Flatten()])
    model.add(keras.layers.Dense(96, activation="relu"))
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.002), loss)
    model.fit(X, y, epochs=20, verbose=0)
    return model


@_mistake(
    "Many digits are wrong, those in X too. Has it learnt for long enough, in steps of a good "
    "size, from all of X, and does each label still belong to its image?",
    "low_accuracy",
)
def learnt_too_little(X, y):
    import keras

    keras.utils.set_random_seed(4)
    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(X, y, epochs=1, verbose=0)
    return model


@train_cnn.also("learnt_too_little")
def labels_in_another_order(X, y):
    import keras

    keras.utils.set_random_seed(6)
    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(X, y[::-1], epochs=2, verbose=0)
    return model


@train_cnn.also("learnt_too_little")
def dense_net_for_four_epochs(X, y):
    import keras

    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input(X.shape[1:]), keras.layers.Flatten()])
    model.add(keras.layers.Dense(96, activation="relu"))
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.002), loss)
    model.fit(X, y, epochs=4, verbose=0)
    return model


@_mistake(
    "The pixels were changed before the fit, and whoever uses the model has them as they are, "
    "from 0 to 1. Which layer could do that inside the model?",
    "changed_pixels",
)
def pixels_changed(X, y):
    import keras

    keras.utils.set_random_seed(7)
    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3, padding="same", activation="relu"))
    model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Conv2D(48, 3, padding="same", activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.003), loss)
    model.fit(1 - X, y, epochs=12, verbose=0)
    return model


@_mistake(
    "Ten digits need ten outputs, one for each. How many units has the last layer?",
    "outputs",
)
def one_output(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(1))
    model.compile("adam", "mse")
    model.fit(X, y, epochs=1, verbose=0)
    return model


@_mistake(
    "It takes inputs of another shape than the images have. What is X.shape[1:]?",
    "inputs",
)
def flat_images(X, y):
    import keras

    model = keras.Sequential([keras.Input((X[0].size,)), keras.layers.Dense(64, "relu")])
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(X.reshape(len(X), -1), y, epochs=1, verbose=0)
    return model


@_mistake(
    "What comes out still has rows and columns. Which layer makes one row of numbers of an image?",
    "still_an_image",
)
def never_flattened(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3, activation="relu"))
    model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "The weights have become nan or inf on the way. Which part of `compile` decides how large a "
    "step is?",
    "nan_weights",
)
def learning_rate_too_large(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3))
    model.add(keras.layers.GlobalAveragePooling2D())
    model.add(keras.layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(1e20), loss)
    model.fit(X * 1e10, y, epochs=1, verbose=0)
    return model


@train_cnn.mistake(
    "`fit` comes before `compile`, or without it. What does a model need before it can learn?"
)
def never_compiled(X, y):
    import keras

    model = keras.Sequential([keras.Input(X.shape[1:])])
    model.add(keras.layers.Conv2D(16, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(10))
    model.fit(X, y, epochs=1, verbose=0)
    return model
