"""Exercise `sequential`: layers one after the other, each with its own W, b and g."""

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

SUM_OF_THREE = (np.array([[1], [1], [1]]), np.array([4]), sigmoid)
TWO_TO_THREE = (np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5]]), np.array([0.25, 0.5, -1.0]), tanh)
THREE_TO_TWO = (np.array([[1.0, -0.5], [0.5, 2.0], [-1.5, 1.0]]), np.array([0.75, -0.25]), sigmoid)
SQUARE_TANH = (np.array([[1.0, -0.5], [2.0, 0.25]]), np.array([0.5, -1.0]), tanh)
SQUARE_SIGMOID = (np.array([[-1.5, 1.0], [0.5, 2.0]]), np.array([-0.25, 0.75]), sigmoid)
SQUARE_LINEAR = (np.array([[0.5, 1.5], [-2.0, 1.0]]), np.array([1.0, -0.5]), linear)


def network(rng, sizes, activations):
    """An example and layers of these sizes; weights small enough that nothing saturates."""
    layers = [
        (rng.normal(size=(n, u)) / np.sqrt(n), rng.normal(size=u) * 0.5, g)
        for n, u, g in zip(sizes[:-1], sizes[1:], activations, strict=True)
    ]
    return rng.normal(size=sizes[0]), layers


def draw(rng):
    """Networks of any depth, narrow and wide, in which every layer has another activation."""
    for _ in range(2):
        sizes = rng.permutation(np.arange(2, 7))[:4]
        yield case("a random network", *network(rng, sizes, (tanh, linear, sigmoid)))
        yield case("a random square network", *network(rng, (3,) * 4, (relu, sigmoid, square)))
    mixed = [(tanh, sigmoid, linear)[i % 3] for i in range(12)]
    yield case("a random deep network", *network(rng, rng.integers(2, 6, size=13), mixed))
    yield case("a random single layer", *network(rng, (4, 3), (square,)))


sequential = Exercise(
    id="sequential",
    title="A network, layer by layer",
    points=3,
    reference=reference.sequential,
    returns=Array(shape="(u,)"),
    begin=(
        "Begin with a network of one layer: unpack its W, b and g, and do what `dense` does. "
        "Which input does the next layer get?"
    ),
    hints=(
        "Each layer takes what the layer before it gave. Keep that in one variable, which is x "
        "at the start. How often does it change?",
        "Loop over layers, and unpack W, b and g in the loop. Compute the layer's output from "
        "the variable and store it in the same variable. Return it after the loop.",
        "a = x; for W, b, g in layers: a = dense(...); after the loop return ... . Which four "
        "arguments does dense get, and which of them changes from layer to layer by itself?",
    ),
    cases=[
        case("the example by hand", np.array([-2, 4]), [(SEED_W, SEED_B, linear), SUM_OF_THREE]),
        case("one layer", np.array([0.5, -1.0]), [TWO_TO_THREE]),
        case("two layers", np.array([0.5, -1.0]), [TWO_TO_THREE, THREE_TO_TWO]),
        case("two square layers", np.array([1.0, -0.5]), [SQUARE_TANH, SQUARE_SIGMOID]),
        case("three square layers, three activations", np.array([0.5, 1.0]),
             [SQUARE_TANH, SQUARE_SIGMOID, SQUARE_LINEAR]),
        case("four layers", np.array([-0.5, 0.25]),
             [SQUARE_LINEAR, SQUARE_TANH, SQUARE_SIGMOID, SQUARE_TANH]),
        case("an unusual activation", np.array([1.0, 0.5]),
             [(*SQUARE_TANH[:2], square), SQUARE_LINEAR]),
    ],
    hidden=[
        case("one layer of one unit, one input", np.array([2.0]),
             [(np.array([[0.75]]), np.array([-0.5]), sigmoid)]),
        case("one unit in each layer", np.array([0.5]), [
            (np.array([[2.0]]), np.array([0.25]), tanh),
            (np.array([[-1.5]]), np.array([0.5]), linear),
            (np.array([[0.5]]), np.array([-0.25]), sigmoid),
        ]),
        case("a narrow middle", np.array([0.5, -1.5, 2.0, 1.0]), [
            (np.array([[1.0], [-0.5], [0.25], [0.75]]), np.array([0.5]), tanh),
            (np.array([[1.0, -2.0, 0.5]]), np.array([0.25, 0.0, -1.0]), linear),
        ]),
        case("all zeros", np.zeros(2), [
            (np.zeros((2, 3)), np.zeros(3), sigmoid), (np.zeros((3, 1)), np.zeros(1), tanh),
        ]),
        case("whole numbers, linear", np.array([2, -1]), [
            (SEED_W, SEED_B, linear),
            (np.array([[1, -2], [3, 0], [2, 1]]), np.array([5, -4]), relu),
        ]),
        case("large numbers", np.array([1e6, -2e6]), [
            (np.array([[3e4, -1e5], [5e4, 2e4]]), np.array([1e9, -3e10]), relu),
            (np.array([[2.0, 1.0], [-0.5, 4.0]]), np.array([1e10, 2e10]), linear),
        ]),
        case("float32", np.array([0.5, 2.0], dtype=np.float32), [
            (np.array([[1.0, 2.0, 0.5], [0.25, 1.5, 3.0]], dtype=np.float32),
             np.array([0.5, 1.0, 0.125], dtype=np.float32), relu),
            (np.array([[0.25], [0.125], [0.25]], dtype=np.float32),
             np.array([-0.5], dtype=np.float32), sigmoid),
        ]),
        case("arrays that are views", strided(np.array([1.0, -2.0])), [
            (strided(TWO_TO_THREE[0]), strided(TWO_TO_THREE[1]), tanh),
            (np.asfortranarray(THREE_TO_TWO[0]), strided(THREE_TO_TWO[1]), sigmoid),
        ]),
        case("whole-number inputs only", np.array([2, -1]), [TWO_TO_THREE, THREE_TO_TWO]),
        case("whole-number inputs only, nothing bent", np.array([3, -1]), [SQUARE_LINEAR] * 2),
        case("whole numbers behind a sigmoid", np.array([0.5, -1.0]),
             [SQUARE_SIGMOID, (SEED_W, SEED_B, linear)]),
        case("whole numbers before a sigmoid", np.array([0.5, -1.0]),
             [(np.array([[1, -2], [3, 0]]), np.array([1, -1]), linear), SQUARE_SIGMOID]),
        case("whole numbers, a fraction as bias", np.array([2, -1]),
             [(SEED_W, np.array([0.25, -0.5, 1.75]), linear)]),
        case("the same layer three times", np.array([0.25, -0.75]), [SQUARE_TANH] * 3),
    ],
    draw=draw,
    functions_travel=True,
)  # fmt: skip


@sequential.mistake(
    "Every layer gets x, the network's own input. Which input does the second layer get?"
)
def input_to_every_layer(x, layers):
    for W, b, g in layers:
        a = g(x @ W + b)
    return a


@sequential.mistake(
    "The first layer's activation is used in every layer. Each layer brings its own: where is it?"
)
def first_activation_everywhere(x, layers):
    g = layers[0][2]
    a = x
    for W, b, _ in layers:
        a = g(a @ W + b)
    return a


@sequential.mistake(
    "The last layer's activation is used in every layer. Each layer brings its own: where is it?"
)
def last_activation_everywhere(x, layers):
    g = layers[-1][2]
    a = x
    for W, b, _ in layers:
        a = g(a @ W + b)
    return a


@sequential.mistake("The last layer is left out. How many times does the loop have to run?")
def last_layer_skipped(x, layers):
    a = x
    for W, b, g in layers[:-1]:
        a = g(a @ W + b)
    return a


@sequential.mistake("The first layer is left out. At which index does a list begin?")
def first_layer_skipped(x, layers):
    a = x
    for W, b, g in layers[1:]:
        a = g(a @ W + b)
    return a


@sequential.mistake(
    "It returns inside the loop, after the first layer. Where should the `return` stand?"
)
def returns_in_the_loop(x, layers):
    a = x
    for W, b, g in layers:
        a = g(a @ W + b)
        return a


@sequential.mistake("The layers run backwards, the last one first. In which order do they stand?")
def backwards(x, layers):
    a = x
    for W, b, g in reversed(layers):
        a = g(a @ W + b)
    return a


@sequential.mistake("Only two layers are computed. A network may have any number of them.")
def two_layers_only(x, layers):
    W1, b1, g1 = layers[0]
    W2, b2, g2 = layers[1]
    return g2(g1(x @ W1 + b1) @ W2 + b2)


@sequential.also("two_layers_only")
def at_most_two_layers(x, layers):
    a = x
    for W, b, g in layers[:2]:
        a = g(a @ W + b)
    return a


@sequential.mistake("The activation is missing in every layer. What happens to z in a layer?")
def activation_forgotten(x, layers):
    a = x
    for W, b, _ in layers:
        a = a @ W + b
    return a


@sequential.mistake(
    "The activation is applied once, after the last layer. What does each layer do to its z "
    "before the next one gets it?"
)
def activation_only_at_the_end(x, layers):
    a = x
    for W, b, _ in layers:
        a = a @ W + b
    return layers[-1][2](a)


@sequential.mistake("The biases are missing. What does a unit add to its weighted sum?")
def bias_forgotten(x, layers):
    a = x
    for W, _, g in layers:
        a = g(a @ W)
    return a


@sequential.mistake("Yours is g(weighted sum) + b. Is the bias added before or after g?")
def bias_after_activation(x, layers):
    a = x
    for W, b, g in layers:
        a = g(a @ W) + b
    return a


@sequential.mistake("Every layer uses sigmoid, whatever its g is. Which name should it call?")
def always_sigmoid(x, layers):
    a = x
    for W, b, _ in layers:
        a = 1 / (1 + np.exp(-(a @ W + b)))
    return a


@sequential.mistake(
    "Unit j of a layer should use column j of W, and yours uses row j. Is it your `dense`, or a "
    "product written the other way round?"
)
def rows_for_columns(x, layers):
    a = x
    for W, b, g in layers:
        a = g(W @ a + b)
    return a


@sequential.also("rows_for_columns")
def transposed(x, layers):
    a = x
    for W, b, g in layers:
        a = g(a @ W.T + b)
    return a


@sequential.mistake(
    "It returns the outputs of all layers. Only the last layer's output is the network's."
)
def all_outputs(x, layers):
    outputs = []
    a = x
    for W, b, g in layers:
        a = g(a @ W + b)
        outputs.append(a)
    return outputs


@sequential.mistake(
    "It returns one number, the first unit's. A layer gives an array, also when it has one unit."
)
def number_for_array(x, layers):
    a = x
    for W, b, g in layers:
        a = g(a @ W + b)
    return a[0]


@sequential.mistake(
    "The result has two dimensions, (1, u). One example went in as (n,); which shape comes out?"
)
def a_batch_of_one(x, layers):
    a = x.reshape(1, -1)
    for W, b, g in layers:
        a = g(a @ W + b)
    return a


@sequential.mistake(
    "It takes the layers out of the list that it was given, and leaves that empty. Whoever "
    "called it still needs the list. How do you look at its entries without taking them out?"
)
def empties_the_list(x, layers):
    a = x
    while layers:
        W, b, g = layers.pop(0)
        a = g(a @ W + b)
    return a


@sequential.mistake("Everything after the point is cut off between layers. Which dtype is chosen?")
def whole_numbers_between_layers(x, layers):
    a = x
    for W, b, g in layers:
        a_out = np.zeros(W.shape[1], dtype=int)
        for j in range(W.shape[1]):
            a_out[j] = g(np.dot(W[:, j], a) + b[j])
        a = a_out
    return a


@sequential.alternative
def by_matrix_products(x, layers):
    a = x
    for W, b, g in layers:
        a = g(a @ W + b)
    return a


@sequential.alternative
def recursive(x, layers):
    def run(a, rest):
        if not rest:
            return a
        W, b, g = rest[0]
        return run(g(np.dot(a, W) + b), rest[1:])

    return run(x, layers)


@sequential.alternative
def by_reduce(x, layers):
    from functools import reduce

    return reduce(lambda a, layer: layer[2](layer[0].T @ a + layer[1]), layers, x)


@sequential.alternative
def unit_by_unit(x, layers):
    for W, b, g in layers:
        x = np.array([g(np.dot(W[:, j], x) + b[j]) for j in range(W.shape[1])])
    return x


@sequential.alternative
def plain_python(x, layers):
    a = list(x)
    for W, b, g in layers:
        n, units = W.shape
        a = [g(sum(a[i] * W[i, j] for i in range(n)) + b[j]) for j in range(units)]
    return np.array(a)


@sequential.alternative
def by_index(x, layers):
    a = np.asarray(x, dtype=float)
    for i in range(len(layers)):
        a = layers[i][2](np.einsum("i,ij->j", a, layers[i][0]) + layers[i][1])
    return a


@sequential.alternative
def as_a_batch_inside(x, layers):
    A = x[np.newaxis, :]
    for W, b, g in layers:
        A = g(np.matmul(A, W) + b)
    return A[0]


@sequential.alternative
def taking_from_a_copy(x, layers):
    left, a = list(layers), x
    while left:
        W, b, g = left.pop(0)
        a = g(a @ W + b)
    return a
