"""Exercise `count_parameters`: how many weights and biases a network has."""

import numpy as np

from utils.checking import Count, Exercise, case
from utils.exercises.forward_prop.inputs import random_networks
from utils.reference import forward_prop as reference

count_parameters = Exercise(
    id="count_parameters",
    title="Count the parameters",
    points=1,
    reference=reference.count_parameters,
    returns=Count(),
    begin=(
        "Begin with one layer on paper: n_in inputs and n_out units. How many numbers stand in W, "
        "how many in b?"
    ),
    hints=(
        "Count the entries of W and of b in one layer, and add them up over all layers. Your "
        "`layer_shapes` knows their shapes.",
        "Start a total at 0. For each layer add rows times columns of W, and then one bias for "
        "each unit. Return the total after the loop.",
        "total = 0; for (n_in, n_out), _ in layer_shapes(n, units): total += ... * ... + ... . "
        "Which number is the count of the biases?",
    ),
    cases=[
        case("the coffee network", 2, [3, 1]),
        case("one layer", 4, [3]),
        case("one layer of one unit", 5, [1]),
        case("three layers", 4, [6, 2, 3]),
        case("one input", 1, [2, 5]),
        case("as many units as inputs", 3, [3, 3]),
        case("six layers", 3, [5, 4, 2, 3, 1, 2]),
        case("a network for pictures", 784, [25, 15, 1]),
    ],
    hidden=[
        case("one input, one unit", 1, [1]),
        case("ones everywhere", 1, [1, 1, 1]),
        case("narrower and narrower", 9, [7, 5, 3, 1]),
        case("wider and wider", 2, [4, 8, 16, 32]),
        case("a deep network", 3, [4, 2] * 12),
        case("a large network", 1000, [300, 500, 10]),
    ],
    draw=random_networks,
)


@count_parameters.mistake("The biases are left out. How many biases has a layer of n_out units?")
def biases_left_out(n, units):
    total = 0
    for n_out in units:
        total += n * n_out
        n = n_out
    return total


@count_parameters.mistake(
    "One bias a layer is counted. How many biases has a layer of n_out units?"
)
def one_bias_a_layer(n, units):
    total = 0
    for n_out in units:
        total += n * n_out + 1
        n = n_out
    return total


@count_parameters.mistake(
    "A bias for each input of a layer is counted. Who adds a bias, the inputs or the units?"
)
def bias_for_each_input(n, units):
    total = 0
    for n_out in units:
        total += n * n_out + n
        n = n_out
    return total


@count_parameters.mistake(
    "The network's inputs are given biases too. An input only hands its number on."
)
def biases_for_the_input(n, units):
    total = n
    for n_out in units:
        total += n * n_out + n_out
        n = n_out
    return total


@count_parameters.mistake(
    "Every layer is counted with n inputs. What does the second layer take in, if not the "
    "network's input?"
)
def input_to_every_layer(n, units):
    return sum(n * n_out + n_out for n_out in units)


@count_parameters.mistake(
    "Only the biases are counted, one for each unit. What else does each unit have?"
)
def only_biases(n, units):
    return sum(units)


@count_parameters.mistake("Only the last layer is counted. How does a total keep what it has?")
def only_the_last_layer(n, units):
    for n_out in units:
        total = n * n_out + n_out
        n = n_out
    return total


@count_parameters.mistake(
    "It returns inside the loop, after the first layer. Where should the `return` stand?"
)
def returns_in_the_loop(n, units):
    total = 0
    for n_out in units:
        total += n * n_out + n_out
        n = n_out
        return total


@count_parameters.also("returns_in_the_loop")
def only_the_first_layer(n, units):
    return n * units[0] + units[0]


@count_parameters.mistake("The last layer is left out. How often should the loop run?")
def last_layer_left_out(n, units):
    total = 0
    for n_out in units[:-1]:
        total += n * n_out + n_out
        n = n_out
    return total


@count_parameters.mistake(
    "The layer that takes the n inputs is left out. What stands before units[0] in the network?"
)
def first_layer_left_out(n, units):
    return sum(units[i] * units[i + 1] + units[i + 1] for i in range(len(units) - 1))


@count_parameters.mistake(
    "The input counts as a layer in yours, with n times n weights. Where does the first W stand?"
)
def input_as_a_layer(n, units):
    total = 0
    for n_out in [n, *units]:
        total += n * n_out + n_out
        n = n_out
    return total


@count_parameters.mistake(
    "The numbers of all layers are multiplied with each other. W stands between two neighbouring "
    "layers only, and what the layers hold is added up."
)
def all_multiplied(n, units):
    total = n
    for n_out in units:
        total = total * n_out + n_out
    return total


@count_parameters.mistake(
    "Rows and columns of W are added up. How many numbers stand in a table of 2 rows and 3 columns?"
)
def sum_for_product(n, units):
    total = 0
    for n_out in units:
        total += n + n_out + n_out
        n = n_out
    return total


@count_parameters.mistake(
    "It returns the counts layer by layer. One number for the whole network is asked for."
)
def layer_by_layer(n, units):
    counts = []
    for n_out in units:
        counts.append(n * n_out + n_out)
        n = n_out
    return counts


@count_parameters.also("layer_by_layer")
def layer_by_layer_in_an_array(n, units):
    before = np.array([n, *units[:-1]])
    return (before + 1) * np.array(units)


@count_parameters.mistake(
    "The count is a float. Parameters are counted, so an int is asked for: which step makes it "
    "a float?"
)
def float_for_int(n, units):
    total = 0.0
    for n_out in units:
        total += n * n_out + n_out
        n = n_out
    return total


@count_parameters.mistake(
    "It returns weights and biases apart, as two numbers. Their sum is asked for."
)
def two_numbers(n, units):
    weights = 0
    for n_out in units:
        weights += n * n_out
        n = n_out
    return weights, sum(units)


@count_parameters.mistake(
    "It puts n into the list `units` that it was given, and whoever called it still needs that. "
    "How do you make a new list that begins with n?"
)
def changes_units(n, units):
    units.insert(0, n)
    return sum((units[i] + 1) * units[i + 1] for i in range(len(units) - 1))


@count_parameters.alternative
def bias_as_one_more_input(n, units):
    return sum((i + 1) * o for i, o in zip([n, *units], units, strict=False))


@count_parameters.alternative
def recursive(n, units):
    def count(n_in, rest):
        return n_in * rest[0] + rest[0] + count(rest[0], rest[1:]) if rest else 0

    return count(n, units)


@count_parameters.alternative
def by_dot(n, units):
    before = np.array([n, *units[:-1]])
    return np.dot(before, units) + np.sum(units)


@count_parameters.alternative
def by_building_it(n, units):
    count = 0
    for u in units:
        W, b = np.zeros((n, u)), np.zeros(u)
        count += W.size + b.size
        n = len(b)
    return count


@count_parameters.alternative
def weights_then_biases(n, units):
    weights = n * units[0]
    for i in range(1, len(units)):
        weights += units[i - 1] * units[i]
    biases = 0
    for u in units:
        biases += u
    return weights + biases


@count_parameters.alternative
def without_dimensions(n, units):
    from functools import reduce

    total, _ = reduce(lambda so_far, u: (so_far[0] + so_far[1] * u + u, u), units, (0, n))
    return np.array(total)
