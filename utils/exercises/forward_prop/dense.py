"""Exercise `dense`: one layer, one example, unit j by column j of W."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
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

FRACTIONS = np.array([[0.75, 1.5], [0.25, -1.25]])


def draw(rng):
    """Layers of any shape, with any activation, on numbers of any size."""
    for g in (linear, sigmoid, relu, tanh, square):
        n, u = rng.integers(2, 7, size=2)
        if n == u:
            u += 1
        yield case(
            "a random layer", rng.normal(size=n), rng.normal(size=(n, u)), rng.normal(size=u), g
        )
    for n, u in ((4, 4), (4, 4), (40, 25)):  # two of one shape, for an answer that remembers
        w = rng.normal(size=(n, u)) / np.sqrt(n)
        yield case("a random larger layer", rng.normal(size=n), w, rng.normal(size=u), tanh)


dense = Exercise(
    id="dense",
    title="One dense layer",
    points=3,
    reference=reference.dense,
    returns=Array(shape="(u,)"),
    begin=(
        "Begin with one unit: take its column `W[:, j]` and do what `neuron` does. "
        "Then repeat it for every unit."
    ),
    hints=(
        "A layer is several neurons side by side. Each has its own column of W and its own entry "
        "of b. How many are there?",
        "Make an array of u zeros of floats. For each j compute the weighted sum of a_in with "
        "column j, add b[j], apply g, and store it at j. Return the array after the loop.",
        "u = W.shape[1]; a_out = np.zeros(u); in the loop over range(u): z = np.dot(..., a_in) "
        "+ ..., then a_out[j] = g(z). Which column goes into np.dot, which entry of b is added?",
    ),
    cases=[
        case("the seed's layer", np.array([-2, 4]), SEED_W, SEED_B, linear),
        case("one unit", np.array([0.5, -1.5, 2.0]), np.array([[1.0], [2.0], [-0.5]]),
             np.array([0.25]), sigmoid),
        case("one input", np.array([2.0]), np.array([[1.0, -2.0, 0.5]]),
             np.array([0.5, 1.0, -3.0]), relu),
        case("as many units as inputs", np.array([1.0, -2.0]), np.array([[1.0, 0.5], [-1.5, 2.0]]),
             np.array([0.5, -1.0]), tanh),
        case("whole numbers, sigmoid", np.array([1, 2]), SEED_W, SEED_B, sigmoid),
        case("an unusual activation", np.array([1.5, -1.0]), SEED_W * 0.5, SEED_B * 0.5, square),
    ],
    hidden=[
        case("one input, one unit", np.array([3.0]), np.array([[-0.5]]), np.array([1.0]), relu),
        case("all zeros", np.zeros(3), np.zeros((3, 2)), np.zeros(2), sigmoid),
        case("large numbers", np.array([1e6, -2e6]), np.array([[1e5, 3.0], [-4e4, 2e5]]),
             np.array([1e7, -1.0]), linear),
        case("float32", np.array([0.5, 2.0], dtype=np.float32),
             np.array([[1.0, 2.0, 0.5], [0.25, 1.5, 3.0]], dtype=np.float32),
             np.array([0.5, 1.0, 0.125], dtype=np.float32), sigmoid),
        case("arrays that are views", strided(np.array([1.0, -2.0, 0.5])),
             strided(np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]])),
             strided(np.array([0.5, -0.5])), tanh),
        case("columns stored one after the other", np.array([1.0, -2.0]),
             np.asfortranarray([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0]]),
             np.array([0.0, 1.0, 2.0]), relu),
        case("whole-number inputs only", np.array([1, -2]), FRACTIONS, np.array([0.75, 0.5]),
             linear),
        case("whole-number weights only", np.array([0.5, -1.25]), SEED_W,
             np.array([0.25, -0.5, 1.75]), linear),
        case("whole-number biases only", np.array([0.5, -1.5]), FRACTIONS, np.array([1, -2]),
             linear),
        case("whole numbers, fractions as inputs", np.array([0.5, -1.25]), SEED_W, SEED_B, linear),
        case("whole numbers, fractions as weights", np.array([1, 3]), FRACTIONS, np.array([1, -2]),
             linear),
        case("whole numbers, fractions as biases", np.array([1, -2]), SEED_W,
             np.array([0.25, -0.5, 1.75]), linear),
    ],
    draw=draw,
    functions_travel=True,
    equivalent={
        "1 -> -1": "W has two dimensions: the last one is dimension 1",
        "np.zeros(units) -> np.ones(units)": "every entry is overwritten",
        "np.dot(W[:, j], a_in) -> np.dot(a_in, W[:, j])": "for vectors the order does not matter",
    },
)  # fmt: skip


@dense.mistake(
    "Unit j should use column j of W, and yours uses row j. In `W[...]`, which of the two "
    "indices counts the units?"
)
def rows_for_columns(a_in, W, b, g):
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units):
        a_out[j] = g(np.dot(W[j], a_in) + b[j])
    return a_out


@dense.also("rows_for_columns")
def product_from_the_left(a_in, W, b, g):
    return g(W @ a_in + b)


@dense.also("rows_for_columns")
def transposed(a_in, W, b, g):
    return g(a_in @ W.T + b)


@dense.mistake("The bias is missing. What does unit j add to its weighted sum?")
def bias_forgotten(a_in, W, b, g):
    return g(a_in @ W)


@dense.mistake("Every unit adds the sum of all biases. Which one of them belongs to unit j?")
def all_biases(a_in, W, b, g):
    return g(a_in @ W + np.sum(b))


@dense.mistake("Every unit adds the first bias. Which one of them belongs to unit j?")
def first_bias(a_in, W, b, g):
    return g(a_in @ W + b[0])


@dense.mistake("The activation is missing. What happens to z before the layer hands it on?")
def activation_forgotten(a_in, W, b, g):
    return a_in @ W + b


@dense.mistake("Yours is g(weighted sum) + b. Is the bias added before or after the activation?")
def bias_after_activation(a_in, W, b, g):
    return g(a_in @ W) + b


@dense.mistake("Yours applies g twice. How often does a layer apply its activation?")
def activation_twice(a_in, W, b, g):
    return g(g(a_in @ W + b))


@dense.mistake("Yours applies sigmoid whatever g is. Which name should it call?")
def always_sigmoid(a_in, W, b, g):
    return 1 / (1 + np.exp(-(a_in @ W + b)))


@dense.mistake(
    "The result is an array of whole numbers, so everything after the point is cut off. "
    "What dtype has the array you fill?"
)
def whole_number_output(a_in, W, b, g):
    a_out = np.zeros_like(b)
    for j in range(W.shape[1]):
        a_out[j] = g(np.dot(W[:, j], a_in) + b[j])
    return a_out


@dense.also("whole_number_output")
def whole_numbers_always(a_in, W, b, g):
    a_out = np.zeros(W.shape[1], dtype=int)
    for j in range(W.shape[1]):
        a_out[j] = g(np.dot(W[:, j], a_in) + b[j])
    return a_out


@dense.mistake(
    "The result has two dimensions, (1, u). One example went in as (n,); which shape comes out?"
)
def a_batch_of_one(a_in, W, b, g):
    return g(a_in.reshape(1, -1) @ W + b)


@dense.mistake("The loop ends one unit early, so the last entry stays 0. How many units are there?")
def last_unit_missing(a_in, W, b, g):
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units - 1):
        a_out[j] = g(np.dot(W[:, j], a_in) + b[j])
    return a_out


@dense.mistake("It returns inside the loop, after the first unit. Where should the `return` stand?")
def returns_in_the_loop(a_in, W, b, g):
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units):
        a_out[j] = g(np.dot(W[:, j], a_in) + b[j])
        return a_out


@dense.mistake("It repeats for each input, `W.shape[0]`. One output for each what?")
def loops_over_inputs(a_in, W, b, g):
    units = W.shape[0]
    a_out = np.zeros(units)
    for j in range(units):
        a_out[j] = g(np.dot(W[:, j], a_in) + b[j])
    return a_out


@dense.alternative
def vectorised(a_in, W, b, g):
    return g(a_in @ W + b)


@dense.alternative
def transposed_product(a_in, W, b, g):
    return g(W.T @ a_in + b)


@dense.alternative
def by_einsum(a_in, W, b, g):
    return g(np.einsum("i,ij->j", a_in, W) + b)


@dense.alternative
def plain_python(a_in, W, b, g):
    n, units = W.shape
    return np.array([g(sum(W[i, j] * a_in[i] for i in range(n)) + b[j]) for j in range(units)])


@dense.alternative
def by_appending(a_in, W, b, g):
    out = []
    for column, bias in zip(W.T, b, strict=True):
        out.append(float(g(np.sum(column * a_in) + bias)))
    return np.array(out)


@dense.alternative
def bias_as_a_weight(a_in, W, b, g):
    return g(np.append(a_in, 1) @ np.vstack([W, b]))


@dense.mistake(
    "Unit j gives a whole array where one number belongs. Are the products of inputs and weights "
    "added up, and is only its own entry of b added?"
)
def array_for_one_unit(a_in, W, b, g):
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units):
        a_out[j] = g(np.dot(W[:, j], a_in) + b)
    return a_out


@dense.also("array_for_one_unit")
def products_not_added_up(a_in, W, b, g):
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units):
        a_out[j] = g(W[:, j] * a_in + b[j])
    return a_out
