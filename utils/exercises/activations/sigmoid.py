"""Exercise `sigmoid`: for any shape and any z, exact far out, and never a warning."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import activations as reference

RTOL, RTOL_FLOAT32 = 1e-6, 1e-5
EXACT_FROM = -700.0  # below, float64 runs out of small numbers and right forms differ
NOTHING = 1e-300


def near(got, expected, args):
    """Relatively close for z from -700 on, next to nothing below."""
    z = np.asarray(args[0], dtype=np.float64)
    rtol = RTOL_FLOAT32 if got.dtype == np.float32 else RTOL
    got = got.astype(np.float64)
    close = np.abs(got - expected) <= rtol * expected
    return np.where(z >= EXACT_FROM, close, (got >= 0) & (got <= NOTHING))


def draw(rng):
    """Every shape, and every z from next to 0 to far beyond what exp can take."""
    yield case("a random number", float(rng.normal()))
    yield case("a random batch", 4 * rng.normal(size=rng.integers(2, 6, size=2)))
    yield case("a random array of three dimensions", 4 * rng.normal(size=(2, 3, 2)))
    yield case("random whole numbers", rng.integers(-30, 30, size=7))
    yield case("random numbers of every size", rng.uniform(-690, 690, size=9))
    yield case("random numbers on both slopes", rng.uniform(-14, 14, size=12))
    small, large = rng.normal(size=4), rng.uniform(760, 5000, size=(2, 3))
    mixed = np.concatenate([small, large[0], -large[1]])
    yield case("small and very large numbers together", rng.permutation(mixed))
    yield case("random float32", rng.uniform(-8, 8, size=(3, 2)).astype(np.float32))


_SMALL = "differs on unsigned and 8- or 16-bit integers only, which no exercise passes"

sigmoid = Exercise(
    id="sigmoid",
    title="A sigmoid that does not overflow",
    points=2,
    reference=reference.sigmoid,
    returns=Array(close=near),
    begin=(
        "Begin with the formula `1 / (1 + np.exp(-z))` as it stands, and see what the check says. "
        "One case will need a second thought."
    ),
    hints=(
        "`np.exp` of a large positive number overflows; of a negative number it never does. For "
        "which z does exp(-z) have a large positive argument?",
        "Multiply the fraction above and below by exp(z): that is a second formula for the same "
        "number. One is safe for z >= 0, the other for z < 0. Feed np.exp something that is never "
        "positive, then choose with np.where.",
        "e = np.exp(-np.abs(z)) is safe for every z. For z >= 0 the answer is 1 / (1 + e). What is "
        "it for z < 0, written with the same e? np.where(z >= 0, ..., ...) puts them together, and "
        "[()] at the end makes a number of an array without dimensions.",
    ),
    cases=[
        case("both signs", np.array([-2.0, -0.5, 0.0, 0.5, 2.0])),
        case("one number", -1.5),
        case("a batch", np.array([[0.0, 1.0, -1.0], [3.0, -3.0, 0.25]])),
        case("whole numbers", np.array([-3, 0, 4])),
        case("far to the left", np.array([-30.0, -40.0, -100.0, -600.0])),
        case("very negative", np.array([-1000.0])),
        case("very large", np.array([1000.0])),
        case("very far out on both sides", np.array([-1000.0, 1000.0])),
    ],
    hidden=[
        case("one very negative number", -1000.0),
        case("one very large number", 1000.0),
        case("one whole number", 2),
        case("zero", 0),
        case("a number of NumPy's", np.float64(-0.25)),
        case("an array without dimensions", np.array(1.25)),
        case("one example, one unit", np.array([[-0.75]])),
        case("one column", np.array([[0.5], [-1.5], [2.0]])),
        case("three dimensions", np.array([[[-1.0, 2.0]], [[0.5, -0.5]]])),
        case("all zeros", np.zeros((2, 3))),
        case("next to zero", np.array([1e-12, -1e-12, 1e-300, -0.0])),
        case("on the way to the left", np.array([-8.0, -10.0, -11.5, -12.5, -13.5])),
        case("on the way to the right", np.array([8.0, 10.0, 11.5, 12.5, 13.5])),
        case("far to the right", np.array([30.0, 40.0, 700.0])),
        case("where float64 still holds the value", np.array([-690.0, -699.5, -700.0])),
        case("where float64 runs out of small numbers", np.array([-712.0, -740.0, 712.0, 740.0])),
        case("beyond all bounds", np.array([-746.0, -1e6, 1e6, -1e300, 1e300])),
        case("large whole numbers", np.array([[-1000, 1000], [-800, 3]])),
        case("float32", np.array([-4.0, -0.5, 0.0, 0.5, 4.0], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[1.0, -2.0], [-800.0, 0.5]]))),
        case("columns stored one after the other", np.asfortranarray([[1.0, -2.0], [0.5, -3.0]])),
    ],
    draw=draw,
    equivalent={
        "np.where(z >= 0, 1 / (1 + e), e / (1 + e))[()] -> "
        "np.where(z >= 0, 1 / (1 + e), e / (1 + e))": "an array without dimensions is a number too",
        "z >= 0 -> z > 0": "at z = 0 both formulas give a half",
        "z = np.asarray(z, dtype=float) -> (nothing)": _SMALL,
        "np.asarray(z, dtype=float) -> z": _SMALL,
        "np.asarray(z, dtype=float) -> np.asarray(z)": _SMALL,
    },
)


@sigmoid.mistake(
    "The values are right, but far to the left exp(-z) is larger than any float64 and NumPy "
    "warns. Which formula gives the same number with exp(z)?"
)
def overflows(z):
    return 1 / (1 + np.exp(-z))


@sigmoid.mistake(
    "np.where computes both formulas for every z and then chooses, so the formula that it leaves "
    "out overflows all the same. Which argument of exp is safe for every z?"
)
def both_branches_computed(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@sigmoid.mistake(
    "For very large z this is infinity divided by infinity. Where is exp(z) / (1 + exp(z)) safe, "
    "and where is the other form?"
)
def infinity_by_infinity(z):
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.mistake(
    "Far to the left yours is exactly 0, or a rounded number. The sigmoid there is small, but "
    "adding to 1 or subtracting from 1 rounds it away. Can you do without that?"
)
def small_values_rounded_away(z):
    return 0.5 * (1 + np.tanh(z / 2))


@sigmoid.also("small_values_rounded_away")
def one_minus_the_rest(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), 1 - 1 / (1 + e))[()]


@sigmoid.also("small_values_rounded_away")
def one_minus_its_mirror(z):
    return 1 - 1 / (1 + np.exp(z))


@sigmoid.mistake(
    "Far to the left yours stops falling and stays at one value. Do you clip? The sigmoid of -600 "
    "still is a number that float64 holds."
)
def clipped_too_early(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@sigmoid.also("clipped_too_early")
def clipped_at_20(z):
    return 1 / (1 + np.exp(-np.clip(z, -20, 20)))


@sigmoid.also("clipped_too_early")
def clipped_at_10(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))


@sigmoid.mistake(
    "Negative z gives the same as positive z. An abs inside exp makes it safe, but the result "
    "still has to know on which side z was."
)
def sign_lost(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@sigmoid.mistake(
    "Yours falls where the sigmoid rises: large z should give nearly 1. Which sign has z in exp?"
)
def falls(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, e / (1 + e), 1 / (1 + e))[()]


@sigmoid.also("falls")
def minus_forgotten(z):
    return 1 / (1 + np.exp(z))


@sigmoid.mistake(
    "Python reads 1 / 1 + np.exp(-z) as (1 / 1) + np.exp(-z). What should stand in parentheses?"
)
def parentheses_forgotten(z):
    return 1 / 1 + np.exp(-z)


@sigmoid.mistake("This is tanh. It runs from -1 to 1; the sigmoid runs from 0 to 1.")
def tanh_instead(z):
    return np.tanh(z)


@sigmoid.mistake(
    "This is the slope of the sigmoid, a * (1 - a). The exercise asks for the sigmoid itself."
)
def slope_instead(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


@sigmoid.mistake(
    "Yours divides by a sum over all entries, as softmax does. Each entry's sigmoid depends on "
    "that entry alone."
)
def shared_among_entries(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


@sigmoid.mistake("Yours jumps from 0 to 1. The sigmoid rises smoothly: what is it at z = 0.5?")
def step(z):
    return np.where(z >= 0, 1.0, 0.0)


@sigmoid.mistake(
    "The result is an array of whole numbers, so everything after the point is cut off. What "
    "dtype has the array you fill?"
)
def whole_number_output(z):
    a = np.zeros_like(z)
    e = np.exp(-np.abs(z))
    a[...] = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return a


@sigmoid.mistake(
    "`if z >= 0` asks one question about a whole array, and each entry needs its own answer. "
    "Which function of NumPy chooses entry by entry?"
)
def one_question_for_all(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.also("one_question_for_all")
def one_number_only(z):
    e = np.exp(-abs(float(np.asarray(z).item())))
    return 1 / (1 + e) if z >= 0 else e / (1 + e)


@sigmoid.mistake(
    "All entries take the same of two formulas. That overflows when one is very large and another "
    "very negative. How does each entry get the formula that is safe for it?"
)
def one_formula_for_all(z):
    if np.all(z >= 0):
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.mistake(
    "z may be a plain number, which has no shape, no length and no entries. What works for "
    "numbers and arrays alike?"
)
def arrays_only(z):
    a = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        e = np.exp(-np.abs(z[index]))
        a[index] = 1 / (1 + e) if z[index] >= 0 else e / (1 + e)
    return a


@sigmoid.also("arrays_only")
def row_by_row(z):
    rows = []
    for row in z:
        e = np.exp(-np.abs(row))
        rows.append(np.where(row >= 0, 1 / (1 + e), e / (1 + e)))
    return np.array(rows)


@sigmoid.mistake("A number in should give a number out. Yours gives an array of one entry.")
def array_for_a_number(z):
    z = np.atleast_1d(z)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


@sigmoid.alternative
def by_masks(z):
    z = np.asarray(z, dtype=float)
    a = np.empty(z.shape)
    right = z >= 0
    a[right] = 1 / (1 + np.exp(-z[right]))
    e = np.exp(z[~right])
    a[~right] = e / (1 + e)
    return a


@sigmoid.alternative
def clipped_where_it_does_not_matter(z):
    return 1 / (1 + np.exp(-np.clip(z, -709, 709)))


@sigmoid.alternative
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z))


@sigmoid.alternative
def warning_silenced(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


@sigmoid.alternative
def by_minimum(z):
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


@sigmoid.alternative
def number_by_number(z):
    def one(x):
        if x >= 0:
            return 1 / (1 + np.exp(-x))
        return np.exp(x) / (1 + np.exp(x))

    return np.vectorize(one, otypes=[float])(z)
