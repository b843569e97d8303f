"""Exercise `predict_probabilities`: from a model that returns logits to probabilities."""

from dataclasses import dataclass, replace

import numpy as np

from utils.checking import Array, Exercise, Made, Property, case
from utils.checking.keras_models import stacked
from utils.checking.results import Fault
from utils.exercises.softmax.models import left_alone, seeded
from utils.reference import softmax as reference


@dataclass(frozen=True)
class Probabilities:
    """An array (m, K) of float32 or float64, as near as float32 logits allow."""

    def fault(self, value, expected, given):
        """What is wrong with it, if anything."""
        kind = Array(shape="(m, K)", rtol=1e-4, atol=1e-6)
        fault = kind.fault(value, expected, replace(given, float32=True, whole=False))
        if fault or np.allclose(np.sum(value, axis=1), 1, rtol=0, atol=1e-5):
            return fault
        return Fault("value", "sum", "The rows do not sum to 1.")


def logits_of(n, K, *between, hidden=5, size=0.5, functional=False, name=""):
    """A model with one hidden layer; `between` gives the layers that stand behind it."""

    def make():
        import keras

        made = [build(keras.layers) for build in between]
        layers = [keras.layers.Dense(hidden, "relu"), *made, keras.layers.Dense(K)]
        return seeded(stacked(layers, (n,), functional), size)

    return Made(name or f"a model for {n} inputs and {K} classes", make)


def doubling(scale, n):
    """A model without hidden layer whose logits are the inputs times a number."""

    def make():
        import keras

        model = stacked([keras.layers.Dense(n, use_bias=False)], (n,))
        model.run_eagerly = True
        model.layers[-1].set_weights([scale * np.eye(n)])
        return model

    return Made(f"a model whose logits are {scale:g} times its inputs", make)


def dropout(layers):
    """Half of the units, and the same ones in each new model."""
    return layers.Dropout(0.5, seed=7)


def normalised(layers):
    """Batch normalisation by statistics that it was given, not by those of the batch."""
    return layers.BatchNormalization(
        moving_mean_initializer="ones", moving_variance_initializer="ones"
    )


X = np.array([[1.0, -0.5], [0.25, 2.0], [-1.5, 0.75]])


def draw(rng):
    """Models of any size, with and without the layers that behave otherwise in training."""
    for between in ((dropout,), (normalised,)):
        n, K, m = (int(k) for k in rng.integers((3, 3, 5), (8, 9, 12)))
        yield case(
            "a random model", logits_of(n, K, *between, functional=rng.random() < 0.5),
            rng.normal(size=(m, n)),
        )  # fmt: skip


predict_probabilities = Exercise(
    id="predict_probabilities",
    title="Probabilities from a model that gives logits",
    points=None,
    reference=reference.predict_probabilities,
    returns=Probabilities(),
    seconds=20,
    begin=(
        "Begin with `model.predict(X, verbose=0)` and look at one row: what are these numbers, "
        "and which function of this chapter makes probabilities of them?"
    ),
    hints=(
        "The softmax is in the loss now, so the model does not apply it. Who does?",
        "Ask the model for its logits, with predict, which leaves dropout out. Apply a stable "
        "softmax over the classes of each row. Return a NumPy array.",
        "Z = model.predict(X, verbose=0); then e = np.exp(Z - ...) with the largest logit of each "
        "row, and e divided by ... of each row. Which axis, and which keepdims?",
    ),
    cases=[
        case("three examples", logits_of(2, 3, size=1.0), X),
        case("as many examples as classes", doubling(2, 3), np.array(
            [[1.0, 0.0, -1.0], [0.5, 2.0, 0.25], [-1.0, 1.5, 1.0]])),
        case("rows far from each other", doubling(1000, 2), np.array(
            [[1.0, 1.001], [-1.0, -1.0005], [0.002, 0.0]])),
        case("a model with dropout", logits_of(2, 3, dropout, size=1.0), X),
        case("a model with batch normalisation", logits_of(2, 3, normalised, size=1.0), X),
    ],
    hidden=[
        case("one example", logits_of(3, 4), np.array([[0.5, -1.0, 2.0]])),
        case("two classes, functional", logits_of(2, 2, functional=True), X),
        case("more examples than a batch", logits_of(2, 3), np.outer(
            np.linspace(-1, 1, 70), [1.0, -2.0])),
        case("whole numbers", logits_of(2, 3), np.array([[1, 2], [0, -3]])),
        case("float32", logits_of(2, 3), X.astype(np.float32)),
    ],
    draw=draw,
    properties=[
        Property(
            "changes_model",
            "It changes the model that it is given: afterwards a layer, the weights or the loss "
            "are others, and somebody still needs them. Leave the model as it is.",
            left_alone,
        )
    ],
    equivalent={
        "model.predict(X, verbose=0) -> model.predict(X)": "it only prints a bar",
        "0 -> 1": "it only prints a bar",
        "0 -> -1": "a value of verbose that prints nothing else",
    },
)  # fmt: skip


@predict_probabilities.mistake(
    "These are the logits. The softmax was moved into the loss, and prediction has no loss: what "
    "is left to do?"
)
def logits_returned(model, X):
    return model.predict(X, verbose=0)


@predict_probabilities.mistake(
    "A sigmoid looks at each logit alone, so the rows do not sum to 1. Which function looks at "
    "all classes together?"
)
def sigmoid_for_softmax(model, X):
    Z = model.predict(X, verbose=0)
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + e), e / (1 + e))


@predict_probabilities.mistake(
    "Each column sums to 1, and each row should. Along which axis are the classes?"
)
def over_the_examples(model, X):
    Z = model.predict(X, verbose=0)
    e = np.exp(Z - np.max(Z, axis=0))
    return e / np.sum(e, axis=0)


@predict_probabilities.mistake(
    "All numbers together sum to 1, and each row should. What does np.sum need to know?"
)
def over_everything(model, X):
    Z = model.predict(X, verbose=0)
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e)


@predict_probabilities.mistake(
    "exp overflows where a logit is large. What may be subtracted from a row without changing its "
    "softmax?"
)
def overflow(model, X):
    e = np.exp(model.predict(X, verbose=0))
    return e / np.sum(e, axis=1, keepdims=True)


@predict_probabilities.mistake(
    "The largest logit of all examples is subtracted from every row: in a row far below it every "
    "exp is 0. Which largest logit belongs to a row?"
)
def one_maximum(model, X):
    Z = model.predict(X, verbose=0)
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e, axis=1, keepdims=True)


@predict_probabilities.mistake(
    "The model runs as if in training: dropout leaves units out, and normalisation looks at the "
    "batch. Which way of asking a model leaves that away?"
)
def training_mode(model, X):
    Z = np.asarray(model(X, training=True))
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@predict_probabilities.mistake(
    "It returns a tensor of TensorFlow's. What makes a NumPy array of it?"
)
def tensor_returned(model, X):
    import keras

    return keras.ops.softmax(model(X, training=False))


@predict_probabilities.mistake(
    "The softmax is applied twice: the rows sum to 1, but all classes come near to each other. "
    "How many are there between the logits and the probabilities?"
)
def softmax_twice(model, X):
    P = model.predict(X, verbose=0)
    for _ in range(2):
        e = np.exp(P - np.max(P, axis=1, keepdims=True))
        P = e / np.sum(e, axis=1, keepdims=True)
    return P


@predict_probabilities.mistake(
    "These are labels, one for each example. The probability of every class is asked for."
)
def labels(model, X):
    return np.argmax(model.predict(X, verbose=0), axis=1)


@predict_probabilities.mistake(
    "These are the logarithms of the probabilities. Which function undoes a logarithm?"
)
def log_probabilities(model, X):
    Z = model.predict(X, verbose=0)
    Z = Z - np.max(Z, axis=1, keepdims=True)
    return Z - np.log(np.sum(np.exp(Z), axis=1, keepdims=True))


@predict_probabilities.mistake(
    "The logits are divided by their sum. They may be negative: what makes them positive first?"
)
def exp_forgotten(model, X):
    Z = model.predict(X, verbose=0)
    return Z / np.sum(Z, axis=1, keepdims=True)


@predict_probabilities.mistake(
    "The probabilities are right, but the model that was passed is not what it was: a layer, an "
    "activation or the loss is another one now. Can the softmax be applied outside of it?"
)
def layer_added(model, X):
    import keras

    if isinstance(model, keras.Sequential):
        model.add(keras.layers.Softmax())
        return model.predict(X, verbose=0)
    return np.asarray(keras.ops.softmax(model.predict(X, verbose=0)))


@predict_probabilities.also("layer_added")
def activation_exchanged(model, X):
    import keras

    model.layers[-1].activation = keras.activations.softmax
    return model.predict(X, verbose=0)


@predict_probabilities.alternative
def by_a_layer_behind(model, X):
    import keras

    return keras.Sequential([model, keras.layers.Softmax()]).predict(X, verbose=0)


@predict_probabilities.alternative
def by_operation(model, X):
    import keras

    return keras.ops.convert_to_numpy(keras.ops.softmax(model(X, training=False), axis=-1))


@predict_probabilities.alternative
def in_float64(model, X):
    Z = model.predict_on_batch(X).astype(np.float64)
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@predict_probabilities.alternative
def by_logsumexp(model, X):
    Z = model.predict(X, batch_size=8, verbose=0).astype(float)
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@predict_probabilities.alternative
def row_by_row(model, X):
    rows = []
    for z in np.array(model(X), dtype=np.float64):
        e = np.exp(z - max(z))
        rows.append(e / sum(e))
    return np.array(rows)
