"""Exercise `softmax_regression`: the probability of each class for each example."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import softmax as reference


def draw(rng):
    """Batches of any size: one example, as many as classes, one input, many classes."""
    for m, n, K in ((4, 3, 2), (1, 5, 3), (5, 2, 5), (3, 1, 4), (3, 4, 3), (3, 4, 3), (30, 12, 10)):
        X, b = rng.normal(size=(m, n)), rng.normal(size=K)
        yield case("a random batch", X, rng.normal(size=(n, K)) / np.sqrt(n), b)
    X, W = rng.integers(-3, 4, size=(4, 2)), rng.integers(-2, 3, size=(2, 3))
    yield case("random whole numbers", X, W, rng.integers(-3, 4, size=3))


softmax_regression = Exercise(
    id="softmax_regression",
    title="Softmax regression for a batch",
    points=2,
    reference=reference.softmax_regression,
    returns=Array(shape="(m, K)"),
    begin=(
        "Begin with the logits of all examples at once: `X @ W + b`, shape (m, K). Then each row "
        "becomes probabilities."
    ),
    hints=(
        "It is a dense layer whose activation is softmax. Each example has K logits, in one row; "
        "they share one probability of 1.",
        "Logits Z = X @ W + b; e = exp of Z; divide each row of e by the sum of that row. The sums "
        "must keep two dimensions, so that NumPy divides row by row.",
        "e = np.exp(X @ W + b), then e / np.sum(e, axis=..., keepdims=True). Which axis runs over "
        "the classes?",
    ),
    cases=[
        case("three classes", np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, 1.5], [2.0, -1.0]]),
             np.array([[1.0, -0.5, 0.25], [0.5, 1.0, -1.0]]), np.array([0.5, -1.0, 0.25])),
        case("one example", np.array([[1.0, -2.0]]),
             np.array([[0.5, 1.0, -1.0], [1.5, 0.25, 0.5]]), np.array([0.0, 1.0, -0.5])),
        case("as many examples as classes", np.array([[1.0, 0.0], [0.0, 2.0]]),
             np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([0.25, -0.5])),
        case("all numbers three", np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 1.0], [0.0, -1.5, 1.0]]),
             np.array([[1.0, 0.5, -1.0], [-0.5, 1.0, 2.0], [0.0, 1.5, -0.25]]),
             np.array([1.0, 0.0, -1.5])),
        case("one input", np.array([[2.0], [-1.0]]), np.array([[1.0, -2.0, 0.5]]),
             np.array([0.5, 1.0, -1.0])),
        case("whole numbers", np.array([[1, 2], [0, -1], [3, 1]]), np.array([[1, 0], [-1, 2]]),
             np.array([0, 1])),
    ],
    hidden=[
        case("one class", np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[0.5], [1.0]]),
             np.array([0.25])),
        case("one of everything", np.array([[2.0]]), np.array([[3.0]]), np.array([-1.0])),
        case("all zeros", np.zeros((3, 2)), np.zeros((2, 4)), np.zeros(4)),
        case("logits from end to end", np.array([[10.0, 0.0], [0.0, 10.0], [-10.0, -5.0]]),
             np.array([[2.0, -2.0, 0.5], [-1.0, 1.0, 2.0]]), np.array([0.0, -0.0, 0.0])),
        case("logits far below zero", np.array([[1.0, 1.0], [1.0, 0.5]]),
             np.array([[-10.0, -9.0, -9.5], [-9.0, -10.0, -10.0]]), np.array([-1.0, -0.5, 0.0])),
        case("large inputs, small weights", np.array([[1e5, -2e5], [3e5, 1e5]]),
             np.array([[1e-5, -2e-5, 0.0], [2e-5, 1e-5, -1e-5]]), np.array([0.5, 0.0, -0.5])),
        case("whole-number inputs, other weights", np.array([[1, 2], [-1, 0], [3, 1]]),
             np.array([[0.5, -0.75, 0.25], [1.5, 0.5, -1.0]]), np.array([0.25, -0.5, 1.5])),
        case("whole-number weights only", np.array([[0.5, 1.5], [0.25, -1.0]]),
             np.array([[1, 0], [-1, 2]]), np.array([0.25, -0.5])),
        case("whole-number biases only", np.array([[0.5, 1.5], [0.25, -1.0]]),
             np.array([[0.75, -0.5], [0.25, 1.5]]), np.array([2, -1])),
        case("whole numbers, fractions as inputs", np.array([[0.5, 1.5], [0.25, -1.0]]),
             np.array([[1, 0], [-1, 2]]), np.array([1, 0])),
        case("whole numbers, fractions as weights", np.array([[1, 2], [0, -1]]),
             np.array([[0.75, -0.5], [0.25, 1.5]]), np.array([1, 0])),
        case("whole numbers, fractions as biases", np.array([[1, 2], [0, -1], [3, 1]]),
             np.array([[1, 0], [-1, 2]]), np.array([0.5, 0.25])),
        case("many digits", np.array([[19.99999905, 16.00000094]]), np.eye(2), np.zeros(2)),
        case("the same example twice", np.array([[1.0, -1.0], [1.0, -1.0], [0.5, 2.0]]),
             np.array([[1.0, 0.5], [-0.5, 2.0]]), np.array([0.0, 1.0])),
        case("float32", np.array([[0.5, 1.0], [1.5, -0.25]], dtype=np.float32),
             np.array([[1.0, 0.5, -0.5], [0.25, 1.0, 2.0]], dtype=np.float32),
             np.array([0.5, 0.0, -0.25], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, 1.0]])),
             strided(np.array([[1.0, -0.5], [0.5, 1.0]])), strided(np.array([0.5, -1.0]))),
        case("columns stored one after the other",
             np.asfortranarray([[1.0, 2.0], [-1.0, 0.5], [0.0, 1.0]]),
             np.asfortranarray([[1.0, -0.5, 0.0], [0.5, 1.0, 2.0]]), np.array([0.5, -1.0, 0.0])),
    ],
    draw=draw,
    equivalent={"1 -> -1": "the logits have two dimensions: the last one is dimension 1"},
)  # fmt: skip


@softmax_regression.mistake(
    "Every column adds up to 1 where every row should. Which axis runs over the classes of one "
    "example?"
)
def over_the_examples(X, W, b):
    e = np.exp(X @ W + b)
    return e / np.sum(e, axis=0)


@softmax_regression.mistake(
    "All entries together add up to 1 where every row should. np.sum without an axis adds up the "
    "whole batch."
)
def over_everything(X, W, b):
    e = np.exp(X @ W + b)
    return e / np.sum(e)


@softmax_regression.mistake(
    "The row sums have shape (m,), so NumPy lines them up with the columns. How do they keep their "
    "second dimension?"
)
def keepdims_forgotten(X, W, b):
    e = np.exp(X @ W + b)
    return e / np.sum(e, axis=1)


@softmax_regression.mistake(
    "The bias has no effect: it is missing, or the same for every class. What does class k add to "
    "its weighted sum?"
)
def bias_forgotten(X, W, b):
    e = np.exp(X @ W)
    return e / np.sum(e, axis=1, keepdims=True)


@softmax_regression.also("bias_forgotten")
def sum_of_biases(X, W, b):
    e = np.exp(X @ W + np.sum(b))  # the same for all classes, so that it cancels
    return e / np.sum(e, axis=1, keepdims=True)


@softmax_regression.mistake("The bias is subtracted. Which sign has it in a layer?")
def bias_subtracted(X, W, b):
    e = np.exp(X @ W - b)
    return e / np.sum(e, axis=1, keepdims=True)


@softmax_regression.mistake(
    "The bias is added after the softmax. It is part of the logit, inside exp."
)
def bias_after_softmax(X, W, b):
    e = np.exp(X @ W)
    return e / np.sum(e, axis=1, keepdims=True) + b


@softmax_regression.mistake("These are the logits. What makes probabilities of them?")
def logits_only(X, W, b):
    return X @ W + b


@softmax_regression.mistake(
    "These are the exps of the logits. Divide each row by what it adds up to."
)
def not_normalised(X, W, b):
    return np.exp(X @ W + b)


@softmax_regression.mistake(
    "This is the sigmoid of each logit by itself. In softmax the classes of one example share one "
    "probability of 1."
)
def sigmoid_of_each(X, W, b):
    return 1 / (1 + np.exp(-(X @ W + b)))


@softmax_regression.mistake(
    "W is used by its rows. Class k has the weights in column k: on which side of @ does W stand, "
    "and does it need .T?"
)
def rows_for_columns(X, W, b):
    e = np.exp(X @ W.T + b)
    return e / np.sum(e, axis=1, keepdims=True)


@softmax_regression.mistake(
    "The result is turned: one row for each class. Row i should belong to example i, shape (m, K)."
)
def turned(X, W, b):
    e = np.exp(X @ W + b)
    return (e / np.sum(e, axis=1, keepdims=True)).T


@softmax_regression.mistake("The result has no second dimension. Each example has K probabilities.")
def best_class(X, W, b):
    return np.argmax(X @ W + b, axis=1)


@softmax_regression.also("best_class")
def first_example_only(X, W, b):
    e = np.exp(X[0] @ W + b)
    return e / np.sum(e)


@softmax_regression.mistake(
    "The largest logit gets the smallest probability. Which sign has the logit in exp?"
)
def smallest_first(X, W, b):
    e = np.exp(-(X @ W + b))
    return e / np.sum(e, axis=1, keepdims=True)


@softmax_regression.mistake(
    "Softmax is applied twice: the second one takes the probabilities for logits, and flattens "
    "them. Once is enough."
)
def softmax_twice(X, W, b):
    e = np.exp(X @ W + b)
    p = np.exp(e / np.sum(e, axis=1, keepdims=True))
    return p / np.sum(p, axis=1, keepdims=True)


@softmax_regression.mistake(
    "Each row is divided by its largest entry, so the best class has 1. All classes together "
    "should have 1."
)
def divided_by_the_largest(X, W, b):
    e = np.exp(X @ W + b)
    return e / np.max(e, axis=1, keepdims=True)


@softmax_regression.alternative
def row_by_row(X, W, b):
    P = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        e = np.exp(np.dot(X[i], W) + b)
        P[i] = e / np.sum(e)
    return P


@softmax_regression.alternative
def sums_with_a_new_axis(X, W, b):
    e = np.exp(np.matmul(X, W) + b)
    return e / e.sum(axis=1)[:, None]


@softmax_regression.alternative
def shifted(X, W, b):
    Z = X @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=-1).reshape(-1, 1)


@softmax_regression.alternative
def by_einsum(X, W, b):
    e = np.exp(np.einsum("in,nk->ik", X, W) + b)
    return np.einsum("ik,i->ik", e, 1 / np.einsum("ik->i", e))


@softmax_regression.alternative
def turned_and_back(X, W, b):
    e = np.exp(W.T @ X.T + b[:, None])
    return (e / e.sum(axis=0)).T


@softmax_regression.alternative
def bias_as_a_weight(X, W, b):
    e = np.exp(np.c_[X, np.ones(len(X))] @ np.vstack([W, b]))
    return np.array([row / sum(row) for row in e])
