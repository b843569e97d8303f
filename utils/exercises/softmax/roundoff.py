"""Exercise `roundoff`: how much is lost when 2x is computed as (1 + x) - (1 - x)."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import softmax as reference

ATOL = 4e-16  # two roundings in float64: right forms differ by as much


def draw(rng):
    """Numbers of every size and both signs, in every shape."""
    for name, shape, low in (
        ("a random list of numbers", rng.integers(4, 9), -14),
        ("a random batch", rng.integers(2, 6, size=2), -14),
        ("a random array of three dimensions", (2, 1, 3), -18),
        ("random numbers of one size", 6, -10),
        ("random numbers of one size", 6, -12),
    ):
        size = 10.0 ** rng.uniform(low, low + 6, size=shape)
        yield case(name, rng.choice([-1.0, 1.0], size=shape) * size)
    yield case("random large numbers", rng.normal(size=5) * 10.0 ** rng.integers(3, 12, size=5))


roundoff = Exercise(
    id="roundoff",
    title="What rounding takes away",
    points=None,
    reference=reference.roundoff,
    returns=Array(atol=ATOL),
    begin=(
        "Begin with `computed = (1 + x) - (1 - x)`. On paper that is 2x. How far from 2x is it on "
        "the computer, as a share of 2x?"
    ),
    hints=(
        "The relative error compares what came out with what should have come out, and divides by "
        "the size of the latter. It has no sign.",
        "Three steps: `computed`, exactly as the formula says, parentheses included; its distance "
        "from 2x; that distance divided by the absolute value of 2x.",
        "computed = (1 + x) - (1 - x); then np.abs(... - 2 * x) / np.abs(...). Which two things "
        "are still missing?",
    ),
    cases=[
        case("a billionth", np.array([1e-9])),
        case("smaller and smaller", np.array([0.1, 1e-4, 1e-7, 1e-10, 1e-13])),
        case("too small to change 1", np.array([1e-16, 1e-17, 1e-20])),
        case("negative numbers", np.array([-1e-10, 3e-12, -7e-14])),
        case("a batch", np.array([[1e-9, 0.5, -2e-11], [5e-13, -7e-12, 3e-8]])),
        case("whole numbers", np.array([1, -3, 100])),
        case("large numbers", np.array([12.5, -1048575.4, 131071.7, 1e17])),
    ],
    hidden=[
        case("an array without dimensions", np.array(3e-11)),
        case("one entry", np.array([[-4e-12]])),
        case("one column", np.array([[1e-8], [-6e-10], [2e-15]])),
        case("three dimensions", np.array([[[1e-9, -2e-12]], [[0.3, 5e-14]]])),
        case("around the precision of float64", np.array([1.1e-16, 1.2e-16, -2.3e-16, 3e-16])),
        case("as small as it gets", np.array([1e-100, -1e-140])),
        case("as large as it gets", np.array([1e300, -1e200, 2097151.6])),
        case("whole numbers in a batch", np.array([[2, -7], [1000, 1]])),
        case("next to 1", np.array([1.0 + 1e-10, 1.0 - 1e-10, -1.0])),
        case("arrays that are views", strided(np.array([[1e-9, -3e-10], [2e-12, 0.7]]))),
        case("columns stored one after the other", np.asfortranarray([[1e-9, 3.0], [2e-12, 4.0]])),
    ],
    draw=draw,
    equivalent={
        "computed - 2 * x -> 2 * x - computed": "np.abs takes the sign away",
        "2 -> -2": "in the divisor: np.abs takes the sign away",
    },
)  # fmt: skip


@roundoff.mistake(
    "This is the error itself. The relative error is a share: of what? Divide by its size."
)
def absolute_error(x):
    return np.abs((1 + x) - (1 - x) - 2 * x)


@roundoff.mistake(
    "Some of your errors are negative. An error of this kind has a size and no sign: which "
    "function of NumPy takes the sign away, and from which parts?"
)
def signed(x):
    return ((1 + x) - (1 - x) - 2 * x) / np.abs(2 * x)


@roundoff.also("signed")
def signed_by_both(x):
    return ((1 + x) - (1 - x) - 2 * x) / (2 * x)


@roundoff.also("signed")
def sign_of_x(x):
    return np.abs((1 + x) - (1 - x) - 2 * x) / (2 * x)


@roundoff.mistake("Your errors are twice as large. They are a share of 2x; yours a share of x.")
def share_of_x(x):
    return np.abs((1 + x) - (1 - x) - 2 * x) / np.abs(x)


@roundoff.mistake(
    "This is always 0: the formula is simplified before it is computed. Keep (1 + x) - (1 - x) as "
    "it stands; it is the detour that costs precision."
)
def simplified(x):
    computed = 2.0 * x
    return np.abs(computed - 2 * x) / np.abs(2 * x)


@roundoff.mistake(
    "Python computes 1 + x - 1 - x from left to right, which on paper is 0. What should stand in "
    "parentheses?"
)
def parentheses_forgotten(x):
    return np.abs((1 + x - 1 - x) - 2 * x) / np.abs(2 * x)


@roundoff.mistake(
    "Yours divides by the computed value, and for tiny x that is 0. The error is a share of the "
    "true value."
)
def share_of_the_computed(x):
    computed = (1 + x) - (1 - x)
    return np.abs(computed - 2 * x) / np.abs(computed)


@roundoff.mistake(
    "This is what the formula gives. The exercise asks how far that is from 2x, as a share of 2x."
)
def the_value_itself(x):
    return (1 + x) - (1 - x)


@roundoff.mistake("This is computed / 2x, near 1. How far is `computed` from 2x?")
def ratio_only(x):
    return np.abs((1 + x) - (1 - x)) / np.abs(2 * x)


@roundoff.mistake(
    "Here the two parts are added, which on paper is 2 whatever x is. Which sign stands between "
    "them?"
)
def parts_added(x):
    return np.abs((1 + x) + (1 - x) - 2 * x) / np.abs(2 * x)


@roundoff.mistake("Your errors are percentages. A share of 1 is asked for: 0.01, not 1 %.")
def in_percent(x):
    return 100 * np.abs((1 + x) - (1 - x) - 2 * x) / np.abs(2 * x)


@roundoff.mistake(
    "Yours computes in float32, which rounds much earlier. x is float64: what does the formula "
    "give when it stays so?"
)
def in_float32(x):
    x = np.asarray(x, dtype=np.float32)
    return (np.abs((1 + x) - (1 - x) - 2 * x) / np.abs(2 * x)).astype(float)


@roundoff.mistake(
    "One number comes back for the whole array. Each entry of x has an error of its own."
)
def largest_only(x):
    return np.max(np.abs((1 + x) - (1 - x) - 2 * x) / np.abs(2 * x))


@roundoff.also("largest_only")
def mean_only(x):
    return np.mean(np.abs((1 + x) - (1 - x) - 2 * x) / np.abs(2 * x))


@roundoff.mistake(
    "Yours compares with x. On paper (1 + x) - (1 - x) is not x: what is left after the 1s cancel?"
)
def compared_with_x(x):
    return np.abs((1 + x) - (1 - x) - x) / np.abs(x)


@roundoff.alternative
def from_the_ratio(x):
    return np.abs(((1 + x) - (1 - x)) / (2 * x) - 1)


@roundoff.alternative
def divided_once(x):
    true = 2.0 * x
    return np.abs((((x + 1) - (1 - x)) - true) / true)


@roundoff.alternative
def number_by_number(x):
    def one(v):
        v = float(v)
        return abs((1.0 + v) - (1.0 - v) - 2.0 * v) / abs(2.0 * v)

    return np.vectorize(one, otypes=[float])(x)


@roundoff.alternative
def entry_by_entry(x):
    errors = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        computed = (1 + x[index]) - (1 - x[index])
        errors[index] = abs(computed - 2 * x[index]) / abs(2 * x[index])
    return errors


@roundoff.alternative
def by_ufuncs(x):
    computed = np.subtract(np.add(1, x), np.subtract(1, x))
    distance = np.maximum(computed - (x + x), (x + x) - computed)
    return np.divide(distance, np.sqrt(np.square(1.0)) * np.absolute(x + x))
