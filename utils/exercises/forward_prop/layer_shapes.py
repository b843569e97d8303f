"""Exercise `layer_shapes`: the shapes of W and b in each layer of a network."""

import numpy as np

from utils.checking import Count, Exercise, Sequence, case
from utils.checking.results import Fault
from utils.checking.show import show
from utils.exercises.forward_prop.inputs import random_networks
from utils.reference import forward_prop as reference

PAIR = Sequence(
    of=(
        Sequence(of=Count(), wanted="a shape (n_in, n_out)"),
        Sequence(of=Count(), wanted="a shape (n_out,)"),
    ),
    wanted="a pair ((n_in, n_out), (n_out,))",
)
PAIRS = Sequence(of=PAIR, wanted="a list with one pair for each layer")


class Shapes:
    """A list of pairs of shapes, whose faults show the whole list: a place in it says little."""

    def fault(self, value, expected, given):
        """What is wrong with the list."""
        fault = PAIRS.fault(value, expected, given)
        if fault is None or not isinstance(value, (list, tuple)):
            return fault
        says = fault.says.replace("It returned", "The list holds")
        says = "The shapes differ." if fault.stage == "value" else says
        return Fault(
            fault.stage, fault.id, says, f"Expected {show(expected)}\n     got {show(value)}"
        )


layer_shapes = Exercise(
    id="layer_shapes",
    title="The shapes of a network",
    points=2,
    reference=reference.layer_shapes,
    returns=Shapes(),
    begin=(
        "Begin with the first layer: n inputs and units[0] units. What are the shapes of its W "
        "and b? Then, how many inputs has the second layer?"
    ),
    hints=(
        "A layer has as many inputs as the layer before it has units. Only the first one takes n.",
        "Keep the number of inputs in a variable, n at the start. For each number of units add "
        "the pair of shapes to a list, then let the variable be that number of units.",
        "shapes = []; n_in = n; for n_out in units: shapes.append(((..., ...), (...,))); then "
        "n_in = ... . Which of the two numbers goes where?",
    ),
    cases=[
        case("the coffee network", 2, [3, 1]),
        case("one layer", 4, [3]),
        case("one layer of one unit", 5, [1]),
        case("three layers", 4, [6, 2, 3]),
        case("one input", 1, [2, 5]),
        case("the same number of units in each layer", 2, [3, 3, 3]),
        case("six layers", 3, [5, 4, 2, 3, 1, 2]),
    ],
    hidden=[
        case("ones everywhere", 1, [1, 1]),
        case("as many units as inputs", 3, [3, 3]),
        case("a network for pictures", 784, [25, 15, 1]),
        case("narrower and narrower", 9, [7, 5, 3, 1]),
        case("wider and wider", 2, [4, 8, 16, 32]),
        case("a deep network", 3, [4, 2] * 12),
    ],
    draw=random_networks,
)


@layer_shapes.mistake(
    "Your W has its rows and columns swapped. In this course column j of W belongs to unit j: so "
    "how many columns, and how many rows?"
)
def transposed(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_out, n_in), (n_out,)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "Every layer gets n inputs. What does the second layer take in, if not the network's input?"
)
def input_to_every_layer(n, units):
    return [((n, n_out), (n_out,)) for n_out in units]


@layer_shapes.mistake(
    "The shape of b is a number, and a tuple of one entry is asked for. What makes (3,) a tuple "
    "where (3) is only a number?"
)
def bias_without_the_comma(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_in, n_out), (n_out)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "b has one entry for each input of its layer. Who adds a bias, the inputs or the units?"
)
def bias_for_each_input(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_in, n_out), (n_in,)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "b has a single entry in each layer. How many biases does a layer of several units have?"
)
def one_bias_a_layer(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_in, n_out), (1,)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "b has two dimensions in yours. One index is enough to name a unit's bias: which shape has "
    "an array with one index?"
)
def bias_as_a_row(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_in, n_out), (1, n_out)))
        n_in = n_out
    return shapes


@layer_shapes.also("bias_as_a_row")
def bias_as_a_column(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_in, n_out), (n_out, 1)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "The last layer is missing. The list should have one pair for each entry of units."
)
def last_layer_missing(n, units):
    shapes = []
    n_in = n
    for i in range(len(units) - 1):
        shapes.append(((n_in, units[i]), (units[i],)))
        n_in = units[i]
    return shapes


@layer_shapes.mistake(
    "The layer that takes the n inputs is missing. What stands before units[0] in the network?"
)
def first_layer_missing(n, units):
    return [((units[i], units[i + 1]), (units[i + 1],)) for i in range(len(units) - 1)]


@layer_shapes.mistake(
    "The input counts as a layer in yours. It has no weights and no biases: where does the list "
    "begin?"
)
def input_as_a_layer(n, units):
    shapes = []
    n_in = n
    for n_out in [n, *units]:
        shapes.append(((n_in, n_out), (n_out,)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "All shapes stand one after the other. Put those of one layer into a pair: (shape of W, "
    "shape of b)."
)
def without_pairs(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append((n_in, n_out))
        shapes.append((n_out,))
        n_in = n_out
    return shapes


@layer_shapes.mistake("The shapes of b are missing. Each entry is a pair: W's shape, then b's.")
def only_weights(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append((n_in, n_out))
        n_in = n_out
    return shapes


@layer_shapes.mistake("b's shape comes first in your pairs. Which comes first in (W, b)?")
def bias_first(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_out,), (n_in, n_out)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "It puts n into the list `units` that it was given, and whoever called it still needs that. "
    "How do you make a new list that begins with n?"
)
def changes_units(n, units):
    units.insert(0, n)
    return [((units[i], units[i + 1]), (units[i + 1],)) for i in range(len(units) - 1)]


@layer_shapes.mistake(
    "It returns inside the loop, after the first layer. Where should the `return` stand?"
)
def returns_in_the_loop(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_in, n_out), (n_out,)))
        n_in = n_out
        return shapes


@layer_shapes.mistake(
    "Only the last layer is left: the list is made anew each time round. How does a list grow?"
)
def only_the_last_layer(n, units):
    n_in = n
    for n_out in units:
        shapes = [((n_in, n_out), (n_out,))]
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "The last layer comes first in yours. In which order do the layers stand in units?"
)
def backwards(n, units):
    shapes = []
    n_in = n
    for n_out in units:
        shapes.insert(0, ((n_in, n_out), (n_out,)))
        n_in = n_out
    return shapes


@layer_shapes.mistake(
    "It returns arrays, not their shapes. Which attribute of an array gives its shape?"
)
def arrays_for_shapes(n, units):
    layers = []
    n_in = n
    for n_out in units:
        layers.append((np.zeros((n_in, n_out)), np.zeros(n_out)))
        n_in = n_out
    return layers


@layer_shapes.alternative
def by_zip(n, units):
    return [((n_in, n_out), (n_out,)) for n_in, n_out in zip([n, *units], units, strict=False)]


@layer_shapes.alternative
def by_index(n, units):
    sizes = [n, *units]
    return [((sizes[i], sizes[i + 1]), (sizes[i + 1],)) for i in range(len(units))]


@layer_shapes.alternative
def recursive(n, units):
    if not units:
        return []

    def shapes(n_in, n_out, rest):
        first = [((n_in, n_out), (n_out,))]
        return first + shapes(n_out, rest[0], rest[1:]) if rest else first

    return shapes(n, units[0], units[1:])


@layer_shapes.alternative
def lists_for_tuples(n, units):
    shapes = []
    for i, n_out in enumerate(units):
        shapes.append([[units[i - 1] if i else n, n_out], [n_out]])
    return shapes


@layer_shapes.alternative
def tuples_for_lists(n, units):
    before = (n, *units[:-1])
    return tuple(((n_in, n_out), (n_out,)) for n_in, n_out in zip(before, units, strict=True))


@layer_shapes.alternative
def shapes_of_arrays(n, units):
    shapes = []
    for n_out in units:
        W, b = np.zeros((n, n_out)), np.zeros(n_out)
        shapes.append((W.shape, b.shape))
        n = W.shape[1]
    return shapes


@layer_shapes.alternative
def shapes_as_arrays(n, units):
    sizes = np.array([n, *units])
    return [(sizes[i : i + 2], sizes[i + 1 : i + 2]) for i in range(len(units))]
