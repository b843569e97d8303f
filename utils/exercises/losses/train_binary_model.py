"""Exercise `train_binary_model`: create, compile and fit a model that tells zeros from ones."""

from functools import cache

import numpy as np

from utils.checking import Exercise, case
from utils.checking import keras_probes as probes
from utils.checking.keras_results import (
    Examined,
    Model,
    binary_loss_fits_output,
    is_compiled,
    takes,
)
from utils.checking.results import Fault
from utils.data.digits import digits
from utils.exercises.losses.train_binary_model_otherwise import ALTERNATIVES
from utils.reference import losses as reference

BAR = 0.98


@cache
def unseen():
    """Zeros and ones that the answer is not given: (400, 784) and (400,)."""
    _, _, X_cv, y_cv, X_test, y_test = digits((0, 1))
    return np.concatenate([X_cv, X_test]), np.concatenate([y_cv, y_test])


def accuracy(examined: Examined, X, y):
    """The share of examples on the right side of the threshold that fits the output."""
    threshold = 0.0 if examined.output_kind == probes.LOGITS else 0.5
    return float(np.mean((probes.outputs(examined.model, X)[:, 0] >= threshold) == y))


def tells_unseen_digits(examined: Examined):
    """At least 98 of 100 digits that it has never seen; if not, what may be the reason."""
    X, y = unseen()
    right = accuracy(examined, X, y)
    if right >= BAR:
        return None
    return _reason(examined, X, y, right)


def _reason(examined, X, y, right):
    detail = f"{right:.1%} of unseen zeros and ones are right, {BAR:.0%} are asked for."
    if not any(np.any(layer.bias) for layer in examined.layers if _has_bias(layer)):
        says = "The model looks as if it had never been fitted: all its biases are still 0."
        return Fault("value", "not_fitted", says, detail)
    for changed in (1 - X, X * 255, X / 255, (X - X.mean()) / X.std()):
        if accuracy(examined, changed, y) >= max(BAR, right + 0.02):
            says = "It was fitted to pixels of another scale than those it is asked about."
            return Fault("value", "changed_pixels", says, detail)
    if right <= 1 - BAR:
        says = "It takes nearly every zero for a one and every one for a zero."
        return Fault("value", "labels_swapped", says, detail)
    says = "Too many digits that it has not seen are wrong."
    return Fault("value", "low_accuracy", says, detail)


def _has_bias(layer):
    return getattr(layer, "bias", None) is not None


train_binary_model = Exercise(
    id="train_binary_model",
    title="Train it to tell zeros from ones",
    points=3,
    reference=reference.train_binary_model,
    returns=Model(
        (
            takes(lambda X, y: X.shape[1:], lambda X, y: 1),
            is_compiled,
            binary_loss_fits_output,
            tells_unseen_digits,
        )
    ),
    seconds=60,
    once=True,
    begin="Begin with the model of the last exercise: how many inputs has an image of X?",
    hints=(
        "Three steps: create, compile, fit. You have written a function for the first two.",
        "Make the model for as many inputs as X has columns, fit it to X and y for some epochs, "
        "and return the model itself.",
        "model = binary_model(X.shape[1]); model.fit(X, y, epochs=..., verbose=0). What does fit "
        "give back, and what should the function return?",
    ),
    cases=[case("zeros and ones", *digits((0, 1))[:2])],
    alternatives=ALTERNATIVES,
    equivalent={
        "1 -> -1": "X has two dimensions: the last one is dimension 1",
        "model.fit(X, y, epochs=60, batch_size=300, verbose=0) -> "
        "model.fit(X, y, epochs=60, verbose=0)": "smaller batches train it as well",
        "model.fit(X, y, epochs=60, batch_size=300, verbose=0) -> "
        "model.fit(X, y, epochs=60, batch_size=300)": "it only says more",
        "60 -> 61": "one epoch more or less: trained all the same",
        "60 -> 59": "one epoch more or less: trained all the same",
        "300 -> 301": "nearly the same batches",
        "300 -> 299": "nearly the same batches",
        "0 -> 1": "it only says more",
        "0 -> -1": "it says as much or more",
    },
)


@train_binary_model.mistake(
    "All its biases are still 0, as if it had never been fitted. Which method is missing, or is "
    "the learning rate 0?",
    fault="not_fitted",
)
def never_fitted(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@train_binary_model.mistake(
    "It returns what `fit` gives back: the history. The history keeps the losses; what "
    "keeps the weights?",
    fault="history",
)
def returns_the_history(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model.fit(X, y, epochs=5, verbose=0)


@train_binary_model.mistake(
    "It returns None. Is the `return` missing, behind `fit`?",
    fault="none",
)
def return_forgotten(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(X, y, epochs=5, verbose=0)


@train_binary_model.mistake(
    "The output is a sigmoid, and the loss has from_logits=True: it applies a second one. "
    "Which of the two should go?",
    fault="squashed_twice",
)
def sigmoid_and_from_logits(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    model.fit(X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "The output is linear, and the loss takes it for a probability. What tells the loss "
    "that it gets logits?",
    fault="logits_as_probabilities",
)
def linear_without_from_logits(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "The loss is not the binary cross-entropy, though the labels are 0 and 1. Which one did "
    "choose_loss('binary') name?",
    fault="other_loss",
)
def mean_squared_error(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="mse")
    model.fit(X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "The output is a softmax of a single unit: divided by itself, it is always 1. Which "
    "activation makes a probability of one number?",
    fault="softmax_of_one",
)
def softmax_of_one(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="softmax"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "The output is neither a probability nor linear. Which activation belongs to a yes or no?",
    fault="output_other",
)
def tanh_output(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="tanh"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "One output is enough for a yes or no: the probability of label 1. How many units has "
    "the last layer?",
    fault="outputs",
)
def two_outputs(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(2, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "It takes nearly every zero for a one and every one for a zero. Which label stands for "
    "which digit?",
    fault="labels_swapped",
)
def labels_swapped(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(X, 1 - y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "The pixels were changed before the fit, and whoever uses the model has them as they "
    "are, from 0 to 1. Is there a step with X to leave out?",
    fault="changed_pixels",
)
def pixels_changed(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(1 - X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "More than 2 of 100 unseen digits are wrong. Has it learnt enough: how many epochs, "
    "which learning rate, all the examples?",
    fault="low_accuracy",
)
def learnt_too_little(X, y):
    import keras

    keras.utils.set_random_seed(2)
    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer=keras.optimizers.SGD(1e-5), loss="binary_crossentropy")
    model.fit(X, y, epochs=2, verbose=0)
    return model


@train_binary_model.mistake(
    "The weights have become nan or inf on the way. Which part of `compile` decides how "
    "large a step is?",
    fault="nan_weights",
)
def learning_rate_too_large(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1))
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(1e20), loss=loss)
    model.fit(X * 1e10, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "`fit` comes before `compile`, or without it. What does a model need before it can learn?",
)
def never_compiled(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.fit(X, y, epochs=5, verbose=0)
    return model


@train_binary_model.mistake(
    "The labels have become text. Keras computes with them: which numbers should they be?",
)
def labels_as_text(X, y):
    import keras

    model = keras.Sequential(
        [keras.Input((X.shape[1],)), keras.layers.Dense(25, activation="relu")]
    )
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(X, y.astype(str), epochs=5, verbose=0)
    return model
