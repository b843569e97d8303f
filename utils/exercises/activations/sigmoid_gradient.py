"""Exercise `sigmoid_gradient`: the slope at z, exact in the tails too."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import activations as reference

RTOL, RTOL_FLOAT32 = 1e-6, 1e-5
EXACT_WITHIN = 15.0  # beyond, a * (1 - a) has too few digits left to be compared relatively
ATOL_BEYOND = 1e-12


def near(got, expected, args):
    """Relatively close for |z| up to 15, absolutely beyond."""
    z = np.abs(np.asarray(args[0], dtype=np.float64))
    rtol = RTOL_FLOAT32 if got.dtype == np.float32 else RTOL
    off = np.abs(got.astype(np.float64) - expected)
    return np.where(z <= EXACT_WITHIN, off <= rtol * expected, off <= ATOL_BEYOND)


def draw(rng):
    """Every shape; in the middle, in the tails, and far beyond."""
    yield case("a random list of numbers", 2 * rng.normal(size=rng.integers(3, 9)))
    yield case("a random batch", 3 * rng.normal(size=rng.integers(2, 6, size=2)))
    yield case("a random array of three dimensions", rng.normal(size=(2, 3, 2)))
    yield case("random whole numbers", rng.integers(-12, 13, size=(2, 4)))
    tails = rng.uniform(11, 15, size=8) * rng.choice([-1, 1], size=8)
    yield case("where the curve is nearly flat", tails)
    small, large = rng.normal(size=4), rng.uniform(16, 5000, size=(2, 3))
    mixed = np.concatenate([small, large[0], -large[1]])
    yield case("small and very large numbers together", rng.permutation(mixed))
    yield case("random float32", rng.uniform(-2, 2, size=(3, 2)).astype(np.float32))


sigmoid_gradient = Exercise(
    id="sigmoid_gradient",
    title="The slope of the sigmoid",
    points=2,
    reference=reference.sigmoid_gradient,
    returns=Array(close=near),
    begin=(
        "Begin with the activation: a = sigmoid(z), with the sigmoid that you have written above. "
        "The slope can be said with a alone."
    ),
    hints=(
        "The slope is largest where the curve is steepest, at z = 0, and goes to 0 on both sides. "
        "Where a is nearly 0 or nearly 1, the curve is flat.",
        "First compute a = sigmoid(z), with a sigmoid that does not overflow. Then multiply a by "
        "what is missing to 1. Mind which of the two, z or a, stands in the formula.",
        "a = sigmoid(z), then return a * (...). At z = 0, where a is 0.5, it should give 0.25.",
    ),
    cases=[
        case("both signs", np.array([-2.0, -0.5, 0.0, 0.5, 2.0])),
        case("a batch", np.array([[0.0, 1.0, -1.0], [3.0, -3.0, 0.25]])),
        case("whole numbers", np.array([-3, 0, 4])),
        case("three dimensions", np.array([[[-1.5, 2.0]], [[0.75, -0.25]]])),
        case("nearly flat", np.array([-15.0, -12.5, 12.5, 14.0, 14.5, 15.0])),
        case("very negative", np.array([-1000.0])),
        case("very large", np.array([1000.0])),
        case("float32", np.array([-2.0, -0.5, 0.0, 0.5, 2.0], dtype=np.float32)),
    ],
    hidden=[
        case("one entry", np.array([-0.5])),
        case("one example, one unit", np.array([[1.5]])),
        case("an array without dimensions", np.array(-2.5)),
        case("one column", np.array([[-1.5], [2.0], [0.25]])),
        case("all zeros", np.zeros((2, 3))),
        case("next to zero", np.array([1e-12, -1e-12, 1e-300, -0.0])),
        case("flat", np.array([-16.0, 16.0, -20.0, 20.0, -40.0, 40.0])),
        case("far out, but not yet flat", np.array([-26.0, -22.0, 22.0, 26.0])),
        case("flat on both sides and steep between", np.array([[-1000.0, 0.5], [-1.0, 1000.0]])),
        case("beyond all bounds", np.array([-1e6, 1e6, -1e300, 1e300])),
        case("large whole numbers", np.array([[-1000, 1000], [-800, 3]])),
        case("float32, a batch", np.array([[-1.5, 0.0], [0.25, 2.0]], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[1.0, -2.0], [-800.0, 0.5]]))),
        case("columns stored one after the other", np.asfortranarray([[1.0, -2.0], [0.5, -3.0]])),
    ],
    draw=draw,
)


@sigmoid_gradient.mistake(
    "Yours is z * (1 - z). The formula is written for the activation a, and what comes in is z. "
    "What has to happen to z first?"
)
def fed_the_activation(z):
    return z * (1 - z)


@sigmoid_gradient.mistake(
    "The slope is right, but far out exp overflows and NumPy warns. Which argument of exp is safe "
    "for every z, and have you written a sigmoid that keeps to it?"
)
def overflows(z):
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a)


@sigmoid_gradient.also("overflows")
def overflows_on_both_sides(z):
    return 0.25 / np.cosh(z / 2) ** 2


@sigmoid_gradient.also("overflows")
def overflows_as_two_factors(z):
    return 1 / ((1 + np.exp(-z)) * (1 + np.exp(z)))


@sigmoid_gradient.mistake(
    "Far out, exp is infinite above and below, and infinity by infinity is no number. The slope is "
    "the same at z and at -z. Which of the two would you rather give to exp?"
)
def infinity_by_infinity(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


@sigmoid_gradient.also("infinity_by_infinity")
def infinity_on_the_right(z):
    return np.exp(z) / (1 + np.exp(z)) ** 2


@sigmoid_gradient.mistake(
    "This is the sigmoid itself. Its slope is largest at z = 0 and goes to 0 on both sides."
)
def activation_instead(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


@sigmoid_gradient.mistake(
    "Yours takes the sigmoid twice: what stands in a * (1 - a) is the sigmoid of the sigmoid."
)
def sigmoid_twice(z):
    e = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    a = 1 / (1 + np.exp(-a))
    return a * (1 - a)


@sigmoid_gradient.mistake(
    "This is 1 - a. What is it multiplied by, so that it goes to 0 on the left as well?"
)
def one_factor_forgotten(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, e / (1 + e), 1 / (1 + e))


@sigmoid_gradient.mistake(
    "1 - a * a belongs to tanh, where a runs from -1 to 1. At z = 0 the sigmoid's slope is 0.25."
)
def slope_of_tanh(z):
    e = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return 1 - a * a


@sigmoid_gradient.also("slope_of_tanh")
def slope_of_tanh_at_z(z):
    return 1 - np.tanh(z) ** 2


@sigmoid_gradient.mistake(
    "The sign is wrong: the sigmoid rises everywhere, so its slope is never negative."
)
def wrong_sign(z):
    e = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return a * (a - 1)


@sigmoid_gradient.mistake(
    "One of the two factors takes z where it should take the activation. Is each letter in "
    "your formula a?"
)
def half_in_z(z):
    e = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return a * (1 - z)


@sigmoid_gradient.also("half_in_z")
def other_half_in_z(z):
    e = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return z * (1 - a)


@sigmoid_gradient.mistake(
    "A difference of two sigmoids over a small step loses digits: good enough to test a formula, "
    "not to replace it. What is the slope, said with a?"
)
def measured_with_a_step(z):
    h = 1e-5
    right = np.exp(-np.logaddexp(0, -(z + h)))
    left = np.exp(-np.logaddexp(0, -(z - h)))
    return (right - left) / (2 * h)


@sigmoid_gradient.also("measured_with_a_step")
def measured_with_a_larger_step(z):
    h = 1e-3
    right = np.exp(-np.logaddexp(0, -(z + h)))
    left = np.exp(-np.logaddexp(0, -(z - h)))
    return (right - left) / (2 * h)


@sigmoid_gradient.also("measured_with_a_step")
def measured_to_the_right(z):
    h = 1e-4
    right = np.exp(-np.logaddexp(0, -(z + h)))
    return (right - np.exp(-np.logaddexp(0, -z))) / h


@sigmoid_gradient.mistake(
    "Far out yours stays at one small value. Do you clip z? The slope goes on falling towards 0."
)
def clipped_too_early(z):
    a = 1 / (1 + np.exp(-np.clip(z, -10, 10)))
    return a * (1 - a)


@sigmoid_gradient.also("clipped_too_early")
def clipped_at_20(z):
    a = 1 / (1 + np.exp(-np.clip(z, -20, 20)))
    return a * (1 - a)


@sigmoid_gradient.mistake(
    "The result is an array of whole numbers, so everything after the point is cut off. What "
    "dtype has the array you fill?"
)
def whole_number_output(z):
    slopes = np.zeros_like(z)
    e = np.exp(-np.abs(z))
    slopes[...] = e / (1 + e) ** 2
    return slopes


@sigmoid_gradient.mistake(
    "`if` asks one question about a whole array, and each entry needs its own answer. Can you do "
    "without asking?"
)
def one_question_for_all(z):
    a = 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))
    return a * (1 - a)


@sigmoid_gradient.alternative
def from_the_activation(z):
    e = np.exp(-np.abs(z))
    a = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return a - a**2


@sigmoid_gradient.alternative
def without_the_activation(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


@sigmoid_gradient.alternative
def by_tanh(z):
    return (1 - np.tanh(z / 2) ** 2) / 4


@sigmoid_gradient.alternative
def by_masks(z):
    a = np.empty(z.shape)
    right = z >= 0
    a[right] = 1 / (1 + np.exp(-z[right]))
    e = np.exp(z[~right])
    a[~right] = e / (1 + e)
    return a * (1 - a)


@sigmoid_gradient.alternative
def clipped_where_it_does_not_matter(z):
    a = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
    return a * (1 - a)


@sigmoid_gradient.alternative
def entry_by_entry(z):
    slopes = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        e = np.exp(-abs(z[index]))
        slopes[index] = 1 / (1 + e) * (e / (1 + e))
    return slopes
