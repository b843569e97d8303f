"""Exercise `dense_batch`: one layer for a whole batch, `g` called once."""

import numpy as np

from utils.checking import Array, Exercise, Property, case, strided
from utils.exercises.forward_prop.inputs import (
    SEED_B,
    SEED_W,
    linear,
    relu,
    sigmoid,
    square,
    tanh,
)
from utils.reference import forward_prop as reference


def calls_of_g(probe):
    """How often the activation was called."""
    return sum(probe.outcome.calls.values())


CALLED_ONCE = [
    Property(
        "g_called",
        "The numbers are right, but g itself is never called. Call it, whatever it is.",
        lambda probe: calls_of_g(probe) > 0,
    ),
    Property(  # on its own, so that "twice" is told from "for each number"
        "g_not_called_twice",
        "The numbers are right, but g is called twice. Once is enough: on which array?",
        lambda probe: calls_of_g(probe) != 2,
    ),
    Property(
        "g_called_once",
        "The numbers are right, but g is called many times. Compute the whole matrix of "
        "weighted sums first; how often does g have to run then?",
        lambda probe: calls_of_g(probe) <= 2,
    ),
]


def draw(rng):
    """Layers and batches of any shape, and square ones, where a mix-up raises nothing."""
    for g in (linear, sigmoid, relu, tanh, square):
        m, n, u = rng.permutation(np.arange(2, 8))[:3]
        yield case("a random batch", *layer(rng, m, n, u), g)
    yield case("as many examples as inputs as units", *layer(rng, 4, 4, 4), tanh)
    yield case("as many examples as inputs as units", *layer(rng, 4, 4, 4), tanh)
    yield case("many examples", *layer(rng, 200, 3, 2), sigmoid)


def layer(rng, m, n, u):
    """A batch, weights and biases."""
    return rng.normal(size=(m, n)), rng.normal(size=(n, u)), rng.normal(size=u)


W_2_BY_2 = np.array([[1.0, 0.5], [-1.5, 2.0]])
W_3_BY_2 = np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]])

dense_batch = Exercise(
    id="dense_batch",
    title="One layer, a whole batch",
    points=3,
    reference=reference.dense_batch,
    returns=Array(shape="(m, u)"),
    properties=CALLED_ONCE,
    begin=(
        "Begin with the shapes: A_in is (m, n), W is (n, u), and (m, u) is to come out. Which "
        "product does that in one step?"
    ),
    hints=(
        "In a matrix product, row i of the first meets column j of the second. Which rows and "
        "which columns should meet here?",
        "One matrix product gives all weighted sums, shape (m, u). Add b, which NumPy adds to "
        "every row, and hand the whole matrix to g.",
        "Z = ... @ ... + ... has shape (m, u). Then return ...(Z). No loop is needed. Which of "
        "the two matrices stands on the left?",
    ),
    cases=[
        case("the example by hand", np.array([[-2, 4], [0, 0]]), SEED_W, SEED_B, linear),
        case("one example", np.array([[0.5, -1.5, 2.0]]), W_3_BY_2, np.array([0.25, -0.5]),
             sigmoid),
        case("one unit", np.array([[1.0, -0.5], [2.0, 0.75], [-1.0, 1.5]]),
             np.array([[0.5], [-1.25]]), np.array([0.75]), tanh),
        case("one example, one unit", np.array([[1.0, 0.5]]), np.array([[0.5], [-2.0]]),
             np.array([1.5]), sigmoid),
        case("as many examples as inputs as units", np.array([[1.0, -2.0], [0.5, 0.25]]), W_2_BY_2,
             np.array([0.5, -1.0]), tanh),
        case("whole numbers, sigmoid", np.array([[1, 2], [-1, 1], [0, 2]]), SEED_W, SEED_B,
             sigmoid),
        case("an unusual activation", np.array([[1.5, -1.0], [0.5, 1.0], [-2.0, 0.25]]),
             SEED_W * 0.5, SEED_B * 0.5, square),
    ],
    hidden=[
        case("one example, one input, one unit", np.array([[3.0]]), np.array([[-0.5]]),
             np.array([1.0]), sigmoid),
        case("one input", np.array([[2.0], [-1.0]]), np.array([[1.0, -2.0, 0.5]]),
             np.array([0.5, 1.0, -3.0]), relu),
        case("as many examples as units", np.array([[1.0, -0.5, 0.25], [2.0, 0.75, -1.0]]),
             W_3_BY_2, np.array([1.0, -2.0]), linear),
        case("as many examples as inputs", np.array([[1.0, -0.5], [2.0, 0.75]]),
             np.array([[1.0, -0.5, 2.0], [0.25, 3.0, -1.0]]), np.array([0.5, 1.0, -0.5]), tanh),
        case("whole-number inputs only", np.array([[1, -2], [3, 0], [2, 5]]), W_2_BY_2,
             np.array([0.25, -0.5]), linear),
        case("whole-number weights only", np.array([[0.5, -1.25], [1.5, 0.25], [2.0, 0.75]]),
             SEED_W, np.array([0.25, -0.5, 1.75]), linear),
        case("whole-number biases only", np.array([[0.5, -1.25], [1.5, 0.25], [2.0, 0.75]]),
             W_2_BY_2, np.array([1, -2]), linear),
        case("whole numbers, fractions as inputs", np.array([[0.5, -1.25], [1.5, 0.25]]), SEED_W,
             SEED_B, linear),
        case("whole numbers, fractions as weights", np.array([[1, -2], [3, 1]]), W_2_BY_2,
             np.array([1, -2]), linear),
        case("whole numbers, fractions as biases", np.array([[1, -2], [3, 0]]), SEED_W,
             np.array([0.25, -0.5, 1.75]), linear),
        case("all zeros", np.zeros((2, 3)), np.zeros((3, 2)), np.zeros(2), sigmoid),
        case("large numbers", np.array([[1e6, -2e6], [3e6, 1e5]]),
             np.array([[1e5, 3.0], [-4e4, 2e5]]), np.array([1e7, -1.0]), relu),
        case("float32", np.array([[0.5, 2.0], [1.0, -0.25]], dtype=np.float32),
             np.array([[1.0, 2.0, 0.5], [0.25, 1.5, 3.0]], dtype=np.float32),
             np.array([0.5, 1.0, 0.125], dtype=np.float32), sigmoid),
        case("arrays that are views", strided(np.array([[1.0, -2.0, 0.5], [0.5, 1.0, 2.0]])),
             strided(W_3_BY_2), strided(np.array([0.5, -0.5])), tanh),
        case("columns stored one after the other",
             np.asfortranarray([[1.0, -2.0], [0.5, 0.25], [2.0, 1.0]]),
             np.asfortranarray([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0]]),
             np.array([0.0, 1.0, 2.0]), relu),
    ],
    draw=draw,
)  # fmt: skip


@dense_batch.mistake(
    "The numbers are right, but g is called for one example after the other. Which single "
    "product makes the weighted sums of all examples at once?"
)
def one_example_at_a_time(A_in, W, b, g):
    return np.array([g(a_in @ W + b) for a_in in A_in])


@dense_batch.also("one_example_at_a_time")
def filling_rows(A_in, W, b, g):
    A_out = np.zeros((A_in.shape[0], W.shape[1]))
    for i in range(A_in.shape[0]):
        A_out[i] = g(np.dot(A_in[i], W) + b)
    return A_out


@dense_batch.mistake(
    "The numbers are right, but g is called for one unit after the other. Which single product "
    "makes the weighted sums of all units at once?"
)
def one_unit_at_a_time(A_in, W, b, g):
    return np.column_stack([g(A_in @ W[:, j] + b[j]) for j in range(W.shape[1])])


@dense_batch.mistake(
    "The numbers are right, but g is called for every number by itself. It takes a whole array: "
    "what is the largest one you can hand to it?"
)
def one_number_at_a_time(A_in, W, b, g):
    m, units = A_in.shape[0], W.shape[1]
    A_out = np.zeros((m, units))
    for i in range(m):
        for j in range(units):
            A_out[i, j] = g(np.dot(A_in[i], W[:, j]) + b[j])
    return A_out


@dense_batch.also("one_number_at_a_time")
def by_vectorize(A_in, W, b, g):
    return np.vectorize(g)(A_in @ W + b)


@dense_batch.mistake(
    "Unit j should use column j of W, and yours uses row j. In `A_in @ W`, what meets what?"
)
def rows_for_columns(A_in, W, b, g):
    return g(A_in @ W.T + b)


@dense_batch.mistake(
    "The product is the wrong way round. Rows of the left matrix meet columns of the right one: "
    "where do the examples stand, where the units?"
)
def product_swapped(A_in, W, b, g):
    return g(W @ A_in + b)


@dense_batch.mistake(
    "The result is turned on its side, (u, m). In which direction should the examples run?"
)
def result_transposed(A_in, W, b, g):
    return g(A_in @ W + b).T


@dense_batch.also("result_transposed")
def units_in_rows(A_in, W, b, g):
    return g(W.T @ A_in.T + b.reshape(-1, 1))


@dense_batch.mistake(
    "A_in is turned on its side. Each of its rows is one example already; which shapes meet?"
)
def batch_transposed(A_in, W, b, g):
    return g(A_in.T @ W + b)


@dense_batch.mistake("The bias is missing. What does unit j add to its weighted sum?")
def bias_forgotten(A_in, W, b, g):
    return g(A_in @ W)


@dense_batch.mistake(
    "The bias runs down the examples. Each unit has a bias of its own: along which axis?"
)
def bias_for_each_example(A_in, W, b, g):
    return g(A_in @ W + b.reshape(-1, 1))


@dense_batch.mistake("Every unit adds the sum of all biases. Which one of them belongs to unit j?")
def all_biases(A_in, W, b, g):
    return g(A_in @ W + np.sum(b))


@dense_batch.mistake("Only the first example gets the bias. What about the other rows?")
def bias_for_the_first_example(A_in, W, b, g):
    Z = A_in @ W.astype(float)
    Z[0] += b
    return g(Z)


@dense_batch.mistake("The activation is missing. What happens to Z before the layer hands it on?")
def activation_forgotten(A_in, W, b, g):
    return A_in @ W + b


@dense_batch.mistake("Yours is g(product) + b. Is the bias added before or after the activation?")
def bias_after_activation(A_in, W, b, g):
    return g(A_in @ W) + b


@dense_batch.mistake("Yours applies g twice. How often does a layer apply its activation?")
def activation_twice(A_in, W, b, g):
    return g(g(A_in @ W + b))


@dense_batch.mistake(
    "The numbers are right, but g is called twice and one result is thrown away. Keep the first."
)
def called_and_called_again(A_in, W, b, g):
    g(A_in @ W + b)
    return g(A_in @ W + b)


@dense_batch.mistake("Yours applies sigmoid whatever g is. Which name should it call?")
def always_sigmoid(A_in, W, b, g):
    return 1 / (1 + np.exp(-(A_in @ W + b)))


@dense_batch.mistake(
    "Only the first example comes back. One row is expected for each row of A_in: where does "
    "the `return` stand, or which index is in the way?"
)
def first_example_only(A_in, W, b, g):
    return g(A_in[0] @ W + b)


@dense_batch.mistake("The examples are added up to one. Each of them should keep a row of its own.")
def examples_added_up(A_in, W, b, g):
    return g(np.sum(A_in @ W, axis=0) + b)


@dense_batch.mistake(
    "All numbers stand in one long row. Which shape should the result have, and what makes it flat?"
)
def flattened(A_in, W, b, g):
    return g(A_in @ W + b).ravel()


@dense_batch.mistake(
    "The result is an array of whole numbers, so everything after the point is cut off. "
    "What dtype has the array you fill?"
)
def whole_number_output(A_in, W, b, g):
    A_out = np.zeros((A_in.shape[0], W.shape[1]), dtype=int)
    A_out[:] = g(A_in @ W + b)
    return A_out


@dense_batch.alternative
def by_dot(A_in, W, b, g):
    return g(np.dot(A_in, W) + b)


@dense_batch.alternative
def by_einsum(A_in, W, b, g):
    return g(np.einsum("mn,nu->mu", A_in, W) + b.reshape(1, -1))


@dense_batch.alternative
def units_first(A_in, W, b, g):
    return g(W.T @ A_in.T + b[:, np.newaxis]).T


@dense_batch.alternative
def bias_as_a_weight(A_in, W, b, g):
    ones = np.ones((A_in.shape[0], 1))
    return g(np.hstack([A_in, ones]) @ np.vstack([W, b]))


@dense_batch.alternative
def loops_then_one_call(A_in, W, b, g):
    Z = np.empty((len(A_in), len(b)))
    for i, row in enumerate(A_in):
        for j, column in enumerate(W.T):
            Z[i, j] = sum(row * column) + b[j]
    return g(Z)


@dense_batch.alternative
def by_broadcasting(A_in, W, b, g):
    return g((A_in[:, :, None] * W[None, :, :]).sum(axis=1) + b)


@dense_batch.alternative
def flat_and_back(A_in, W, b, g):
    Z = np.matmul(A_in, W) + np.tile(b, (A_in.shape[0], 1))
    return g(Z.ravel()).reshape(Z.shape)


@dense_batch.alternative
def lists_then_one_array(A_in, W, b, g):
    Z = [[sum(a * w for a, w in zip(row, unit, strict=True)) for unit in W.T] for row in A_in]
    return g(np.array(Z) + np.array(b))
