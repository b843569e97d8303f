"""Exercise `collapse_linear`: a stack of linear layers is one linear layer."""

from itertools import pairwise

import numpy as np

from utils.checking import Array, Exercise, Sequence, case, strided
from utils.exercises.forward_prop.inputs import SEED_B, SEED_W
from utils.reference import activations as reference


def stack(rng, widths):
    """Linear layers of those widths, whose product neither explodes nor vanishes."""
    return [(rng.normal(size=(n, u)) / np.sqrt(n), rng.normal(size=u)) for n, u in pairwise(widths)]


def draw(rng):
    """Stacks of every depth; the square ones never raise, whatever the order."""
    for depth in (1, 2, 3, 5):
        yield case(f"a random stack of {depth}", stack(rng, rng.integers(2, 7, size=depth + 1)))
    yield case("a random stack of square layers", stack(rng, [3] * 5))
    narrow = [int(rng.integers(2, 5)), 1, int(rng.integers(2, 5)), 1]
    yield case("a random stack with narrow layers", stack(rng, narrow))
    whole = [(rng.integers(-3, 4, size=(3, 3)), rng.integers(-3, 4, size=3)) for _ in range(3)]
    yield case("random whole numbers", whole)


W1, B1 = np.array([[1.0, -2.0, 0.5], [3.0, 1.0, -1.0]]), np.array([0.5, -1.0, 2.0])
W2, B2 = np.array([[2.0, 1.0], [-1.0, 0.5], [4.0, -2.0]]), np.array([1.0, -3.0])
W3, B3 = np.array([[1.5], [-0.5]]), np.array([0.25])
SQUARE = [
    (np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([0.5, -1.0])),
    (np.array([[0.0, 3.0], [1.0, -2.0]]), np.array([2.0, 1.0])),
    (np.array([[2.0, -1.0], [0.5, 1.0]]), np.array([-0.5, 4.0])),
]

collapse_linear = Exercise(
    id="collapse_linear",
    title="A stack of lines is a line",
    points=3,
    reference=reference.collapse_linear,
    returns=Sequence((Array(shape="(n, u)"), Array(shape="(u,)")), "a tuple (W, b)"),
    begin=(
        "Begin with two layers, on paper: write (a @ W1 + b1) @ W2 + b2 without the parentheses. "
        "What stands beside a, and what is left?"
    ),
    hints=(
        "Two linear layers in a row are one. If you can make one of two, you can make one of a "
        "whole stack: the one so far and the next.",
        "Start with the W and b of the first layer. For each further layer multiply out "
        "(a @ W + b) @ W_next + b_next: what stands beside a is the new W, the rest is the new b.",
        "W, b = layers[0]; then for W_next, b_next in layers[1:]: W = W @ ... and b = ... + "
        "b_next. Which product does the old b take on its way through the next layer?",
    ),
    cases=[
        case("two layers", [(W1, B1), (W2, B2)]),
        case("three layers", [(W1, B1), (W2, B2), (W3, B3)]),
        case("one layer", [(W1, B1)]),
        case("two square layers", SQUARE[:2]),
        case("three square layers", SQUARE),
        case("one input, one unit at the end",
             [(np.array([[1.0, -2.0]]), np.array([0.5, 1.0])), (W3, B3)]),
        case("whole numbers", [(SEED_W, SEED_B), (np.array([[1, 0], [-2, 3], [1, 1]]),
                                                  np.array([2, -1]))]),
    ],
    hidden=[
        case("one input, one unit, one layer", [(np.array([[2.0]]), np.array([-1.0]))]),
        case("one input, one unit, four layers",
             [(np.array([[w]]), np.array([b]))
              for w, b in ((2.0, 1.0), (-0.5, 3.0), (4.0, -1.0), (0.25, 0.5))]),
        case("all zeros", [(np.zeros((3, 2)), np.zeros(2)), (np.zeros((2, 4)), np.zeros(4))]),
        case("no biases", [(W1, np.zeros(3)), (W2, np.zeros(2))]),
        case("a bias in the first layer only", [(W1, B1), (W2, np.zeros(2)), (W3, np.zeros(1))]),
        case("square layers of one width and another", [*SQUARE, (W1, B1), (W2, B2)]),
        case("large numbers", [(1e6 * W1, 1e6 * B1), (1e3 * W2, 1e9 * B2)]),
        case("a deep stack", SQUARE[:1] * 12),
        case("layers of every kind of number", [(SEED_W, SEED_B), (W2, B2)]),
        case("whole numbers in the last layer", [(W1, B1), (np.array([[1, 0], [-2, 3], [1, 1]]),
                                                            np.array([2, -1]))]),
        case("whole numbers in the middle", [(W3.T, B2), (np.array([[1, -2], [3, 1]]),
                                                          np.array([1, 0])), (W3, B3)]),
        case("whole biases first, whole weights last",
             [(W1, np.array([1, -2, 3])), (np.array([[1, 0], [-2, 3], [1, 1]]),
                                           np.array([0.5, -0.25]))]),
        case("float32", [(W1.astype(np.float32), B1.astype(np.float32)),
                         (W2.astype(np.float32), B2.astype(np.float32))]),
        case("arrays that are views", [(strided(W1), strided(B1)), (strided(W2), strided(B2))]),
        case("columns stored one after the other",
             [(np.asfortranarray(W1), B1), (np.asfortranarray(W2), B2)]),
    ],
    draw=draw,
)  # fmt: skip


@collapse_linear.mistake(
    "The biases are only added up. The first layer's bias still goes through the second layer: "
    "what happens to it there?"
)
def biases_not_carried(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W = W @ W_next
        b = b + b_next
    return W, b


@collapse_linear.mistake(
    "Only the last layer's bias is left. What do the earlier ones become on their way through "
    "the later layers?"
)
def last_bias_only(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b_next
    return W, b


@collapse_linear.mistake("The bias of the first layer is missing. Where does b start?")
def first_bias_missing(layers):
    W, b = layers[0][0], np.zeros(len(layers[0][1]))
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse_linear.mistake(
    "The first bias is carried through, but the later layers' own biases are missing. What does "
    "each layer add?"
)
def later_biases_missing(layers):
    W, b = layers[0]
    for W_next, _ in layers[1:]:
        W, b = W @ W_next, b @ W_next
    return W, b


@collapse_linear.mistake(
    "All biases are missing: b is 0. What does the stack give for an input of zeros?"
)
def biases_missing(layers):
    W = layers[0][0]
    for W_next, _ in layers[1:]:
        W = W @ W_next
    return W, np.zeros(W.shape[1])


@collapse_linear.mistake(
    "The product is in the wrong order. The input comes from the left, a @ W: which layer's W does "
    "it meet first?"
)
def product_reversed(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W, b @ W_next + b_next
    return W, b


@collapse_linear.also("product_reversed")
def product_and_bias_reversed(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W_next @ W, W_next @ b + b_next
    return W, b


@collapse_linear.mistake(
    "The layers are taken from the last to the first. The input goes through `layers[0]` first."
)
def layers_backwards(layers):
    W, b = layers[-1]
    for W_next, b_next in layers[-2::-1]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse_linear.mistake(
    "b is multiplied by the W of the whole stack so far. Through which layer does it go next, and "
    "through that one only?"
)
def bias_times_whole_product(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W = W @ W_next
        b = b @ W + b_next
    return W, b


@collapse_linear.mistake(
    "b is multiplied from the wrong side: it is a row like a, so it takes the same product as "
    "a does."
)
def bias_from_the_right(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, W_next @ b + b_next
    return W, b


@collapse_linear.mistake("Row and column are swapped in W. It should have shape (n, u).")
def transposed(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W.T, b


@collapse_linear.mistake("b comes first and W second. The order is (W, b).")
def parts_swapped(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return b, W


@collapse_linear.mistake("It returns W alone. A layer also has a bias: return (W, b).")
def weights_alone(layers):
    W = layers[0][0]
    for W_next, _ in layers[1:]:
        W = W @ W_next
    return W


@collapse_linear.mistake(
    "b has shape (1, u), a row of a table. A bias has shape (u,): one number a unit."
)
def bias_as_a_row(layers):
    W, b = layers[0][0], layers[0][1][None, :]
    for W_next, b_next in layers[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse_linear.mistake(
    "It expects two layers. The list may hold one, or many. What do you start with, and what do "
    "you repeat?"
)
def exactly_two_layers(layers):
    (W1, b1), (W2, b2) = layers
    return W1 @ W2, b1 @ W2 + b2


@collapse_linear.also("exactly_two_layers")
def first_two_layers(layers):
    W1, b1 = layers[0]
    W2, b2 = layers[1]
    return W1 @ W2, b1 @ W2 + b2


@collapse_linear.also("exactly_two_layers")
def at_least_two_matrices(layers):
    W, b = np.linalg.multi_dot([W for W, _ in layers]), layers[0][1]
    for W_next, b_next in layers[1:]:
        b = b @ W_next + b_next
    return W, b


@collapse_linear.mistake("The last layer is left out. Where does your loop end?")
def last_layer_missing(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:-1]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse_linear.mistake(
    "The first layer goes in twice: you start with it, and the loop meets it again. Where should "
    "the loop begin?"
)
def first_layer_twice(layers):
    W, b = layers[0]
    for W_next, b_next in layers:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse_linear.mistake(
    "`*` multiplies entry by entry. To send every input through a layer takes another product: "
    "which sign is that?"
)
def entry_by_entry(layers):
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W, b = W * W_next, b @ W_next + b_next
    return W, b


@collapse_linear.mistake(
    "Afterwards `layers` is not what it was: something was taken out of it or written into it. "
    "Whoever called still needs it."
)
def takes_layers_out(layers):
    W, b = layers.pop(0)
    for W_next, b_next in layers:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@collapse_linear.alternative
def from_the_last_layer(layers):
    W, b = layers[-1]
    for W_before, b_before in reversed(layers[:-1]):
        W, b = W_before @ W, b_before @ W + b
    return W, b


@collapse_linear.alternative
def by_probing_the_stack(layers):
    def through(a):
        for W, b in layers:
            a = a @ W + b
        return a

    n = layers[0][0].shape[0]
    b = through(np.zeros(n))
    return through(np.eye(n)) - b, b


@collapse_linear.alternative
def by_recursion(layers):
    if len(layers) == 1:
        return layers[0]
    (W1, b1), (W2, b2), *rest = layers
    return by_recursion([(W1 @ W2, b1 @ W2 + b2), *rest])


@collapse_linear.alternative
def bias_as_a_weight(layers):
    whole = None
    for W, b in layers:
        corner = np.zeros((len(W) + 1, 1))
        corner[-1] = 1
        layer = np.hstack([np.vstack([W, b]), corner])
        whole = layer if whole is None else whole @ layer
    return whole[:-1, :-1], whole[-1, :-1]


@collapse_linear.alternative
def identity_first_and_a_list(layers):
    n = layers[0][0].shape[0]
    W, b = np.eye(n), np.zeros(n)
    for W_next, b_next in layers:
        W, b = np.einsum("ij,jk->ik", W, W_next), np.dot(W_next.T, b) + b_next
    return [W, b]


@collapse_linear.alternative
def plain_python(layers):
    W, b = [list(row) for row in layers[0][0]], list(layers[0][1])
    for W_next, b_next in layers[1:]:
        middle, units = range(len(b)), range(len(b_next))
        W = [[sum(row[k] * W_next[k, j] for k in middle) for j in units] for row in W]
        b = [sum(b[k] * W_next[k, j] for k in middle) + b_next[j] for j in units]
    return np.array(W), np.array(b)
