"""Exercise `polynomial_features`: the powers of x, one in each column."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import bias_variance as reference


def draw(rng):
    """Any number of examples, any degree, both signs."""
    for m, degree in ((5, 3), (4, 4), (2, 7), (30, 6)):
        yield case("random numbers", rng.uniform(-2, 2, size=m), degree)
    whole = rng.integers(-6, 7, size=rng.integers(3, 7))
    yield case("random whole numbers", whole, int(rng.integers(2, 6)))
    yield case("random large numbers", rng.uniform(100, 1000, size=4), int(rng.integers(2, 5)))


# whole numbers whose powers do not fit into 64 bits are not asked about
WHOLE = "whole numbers may give whole numbers, and here all of them fit"

polynomial_features = Exercise(
    id="polynomial_features",
    title="Powers of x as features",
    points=1,
    reference=reference.polynomial_features,
    returns=Array(shape="(m, degree)"),
    begin=(
        "Begin with one column: x itself. The next one holds x ** 2. How many are there, and how "
        "do columns become one array?"
    ),
    hints=(
        "The row of one example is its x, x squared, x cubed ... Which power comes first, and "
        "which comes last?",
        "Make a list of columns, one for each power from 1 to degree, both of them in it. Then "
        "put them side by side, so that each example has a row.",
        "np.column_stack([... for power in range(1, ...)]) puts columns side by side. What does "
        "range leave out at its end?",
    ),
    cases=[
        case("three numbers", np.array([-2.0, 0.5, 3.0]), 4),
        case("degree one", np.array([1.5, -1.0, 4.0]), 1),
        case("one example", np.array([-3.0]), 3),
        case("as many examples as powers", np.array([2.0, -1.5, 0.25]), 3),
        case("whole numbers", np.array([2, -1, 3, 0]), 3),
    ],
    hidden=[
        case("one example, degree one", np.array([0.5]), 1),
        case("a high degree", np.array([1.25, -0.75]), 12),
        case("all zeros", np.zeros(3), 2),
        case("the same number twice", np.array([0.5, 0.5, -0.5]), 2),
        case("large numbers", np.array([5000.0, -3000.0]), 5),
        case("small numbers", np.array([0.002, -0.001]), 3),
        case("one whole number", np.array([-2]), 5),
        case("float32", np.array([0.5, -1.3, 2.1], dtype=np.float32), 3),
        case("an array that is a view", strided(np.array([0.5, -1.5, 2.0])), 3),
        case("an array that is turned round", np.array([0.5, -1.5, 2.0])[::-1], 2),
    ],
    draw=draw,
    equivalent={
        "x = np.asarray(x, dtype=float) -> (nothing)": WHOLE,
        "np.asarray(x, dtype=float) -> x": WHOLE,
        "np.asarray(x, dtype=float) -> np.asarray(x)": WHOLE,
    },
)


@polynomial_features.mistake(
    "A column of ones comes first. The bias does its work already: which power should be first?"
)
def column_of_ones(x, degree):
    return np.column_stack([x**power for power in range(degree + 1)])


@polynomial_features.mistake(
    "The powers begin at 0 and stop one too early. Which is the first, and which the last?"
)
def one_power_too_low(x, degree):
    return np.column_stack([x**power for power in range(degree)])


@polynomial_features.mistake(
    "The highest power is missing. `range` stops before its end: is `degree` itself in it?"
)
def highest_missing(x, degree):
    return np.column_stack([x] + [x**power for power in range(2, degree)])


@polynomial_features.also("highest_missing")
def highest_missing_filled(x, degree):
    X = np.zeros((len(x), degree))
    for power in range(1, degree):
        X[:, power - 1] = x**power
    return X


@polynomial_features.mistake(
    "Only the highest power is there. The lower ones are features too: how many columns are there?"
)
def only_the_highest(x, degree):
    return (x**degree).reshape(-1, 1)


@polynomial_features.also("only_the_highest")
def only_the_highest_flat(x, degree):
    return x**degree


@polynomial_features.mistake(
    "The powers stand in falling order. The first column should be x itself."
)
def falling_order(x, degree):
    return np.vander(x, degree + 1)[:, :-1]


@polynomial_features.mistake(
    "The result is turned: it has one row for each power. Each example should have a row."
)
def turned(x, degree):
    return np.array([x**power for power in range(1, degree + 1)])


@polynomial_features.mistake(
    "All numbers stand in one row. An array of shape (m, degree) is asked for: a row for each "
    "example."
)
def all_in_one_row(x, degree):
    return np.concatenate([x**power for power in range(1, degree + 1)])


@polynomial_features.also("all_in_one_row")
def example_after_example(x, degree):
    return np.array([value**power for value in x for power in range(1, degree + 1)])


@polynomial_features.mistake(
    "The right numbers are there, in the wrong places. What `reshape` fills is row by row: in "
    "which order do the numbers come?"
)
def reshaped(x, degree):
    return np.array([x**power for power in range(1, degree + 1)]).reshape(len(x), degree)


@polynomial_features.mistake("The columns are x, 2x, 3x ... These are multiples. What are powers?")
def multiples(x, degree):
    return np.column_stack([x * power for power in range(1, degree + 1)])


@polynomial_features.mistake(
    "Base and exponent are swapped: yours holds 1, 2, 3 ... to the power of x."
)
def base_and_exponent_swapped(x, degree):
    return np.column_stack([float(power) ** x for power in range(1, degree + 1)])


@polynomial_features.mistake(
    "Each column is the square of the one before: x, x ** 2, x ** 4 ... By what does the power "
    "grow from one column to the next?"
)
def squared_again(x, degree):
    columns = [x * 1.0]
    for _ in range(degree - 1):
        columns.append(columns[-1] ** 2)
    return np.column_stack(columns)


@polynomial_features.mistake(
    "Signs are lost on the way: an odd power of a negative number is negative."
)
def signs_lost(x, degree):
    return np.column_stack([np.abs(x) ** power for power in range(1, degree + 1)])


@polynomial_features.mistake(
    "The powers are added up from column to column. Each column should hold one power alone."
)
def added_up(x, degree):
    powers = np.column_stack([x**power for power in range(1, degree + 1)])
    return np.cumsum(powers, axis=1)


@polynomial_features.mistake(
    "The numbers are right, but x itself is multiplied on the way: `*=` changes the array that "
    "was given. Work on a copy."
)
def multiplied_in_place(x, degree):
    columns, first = [x.copy()], x.copy()
    for _ in range(degree - 1):
        x *= first
        columns.append(x.copy())
    return np.column_stack(columns)


@polynomial_features.mistake(
    "Every column holds the same numbers. They are one array, changed again and again: what does "
    "the list hold, copies or that array?"
)
def same_array_in_every_column(x, degree):
    power, columns = np.ones(len(x)), []
    for _ in range(degree):
        power *= x
        columns.append(power)
    return np.column_stack(columns)


@polynomial_features.mistake(
    "The array that is filled holds whole numbers only, so all behind the decimal point is cut "
    "off. Which dtype should it have?"
)
def cut_to_whole_numbers(x, degree):
    X = np.zeros((len(x), degree), dtype=int)
    for power in range(1, degree + 1):
        X[:, power - 1] = x**power
    return X


@polynomial_features.alternative
def by_broadcasting(x, degree):
    return x[:, None] ** np.arange(1, degree + 1)


@polynomial_features.alternative
def by_vandermonde(x, degree):
    return np.vander(x, degree + 1, increasing=True)[:, 1:]


@polynomial_features.alternative
def by_running_product(x, degree):
    return np.cumprod(np.tile(x.reshape(-1, 1), (1, degree)), axis=1)


@polynomial_features.alternative
def filled_column_by_column(x, degree):
    X = np.ones((x.size, degree))
    for column in range(degree):
        X[:, column:] *= x.reshape(-1, 1)
    return X


@polynomial_features.alternative
def by_lists(x, degree):
    return np.array([[float(value) ** p for p in range(1, degree + 1)] for value in x])


@polynomial_features.alternative
def by_recursion(x, degree):
    column = np.asarray(x)[:, np.newaxis]
    if degree == 1:
        return column
    lower = by_recursion(x, degree - 1)
    return np.hstack([lower, lower[:, -1:] * column])


@polynomial_features.alternative
def stacked_and_turned(x, degree):
    return np.stack([np.power(x, p) for p in range(1, degree + 1)]).T
