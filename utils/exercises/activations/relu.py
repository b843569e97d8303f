"""Exercise `relu`: the positive part, entry by entry."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import activations as reference


def draw(rng):
    """Arrays of every shape and size."""
    yield case("a random list of numbers", rng.normal(size=rng.integers(3, 9)))
    yield case("a random batch", 3 * rng.normal(size=rng.integers(2, 6, size=2)))
    yield case("a random array of four dimensions", rng.normal(size=(2, 1, 3, 2)))
    yield case("random whole numbers", rng.integers(-20, 20, size=(3, 4)))
    yield case("random large numbers", 1e6 * rng.normal(size=8))
    yield case("random float32", rng.normal(size=(2, 5)).astype(np.float32))


relu = Exercise(
    id="relu",
    title="The rectified linear unit",
    points=1,
    reference=reference.relu,
    returns=Array(moved=True),
    begin=(
        "Begin by hand: what does max(0, z) give for -1.5, for 0 and for 2.5? Then look for a "
        "function of NumPy that compares two things entry by entry."
    ),
    hints=(
        "Every entry is looked at on its own: what is below 0 becomes 0, everything else stays.",
        "np.maximum(a, b) compares entry by entry, and one of the two may be a plain number. "
        "np.max, another function, gives the largest entry of all.",
        "One line will do: return np.maximum(..., z). Which number does z have to beat?",
    ),
    cases=[
        case("both signs, and zero", np.array([-1.5, 2.5, 0.0, -0.25, 3.0])),
        case("a batch", np.array([[1.5, -2.0, 0.5], [-0.75, 4.0, -3.0]])),
        case("whole numbers", np.array([-3, 0, 2, 5])),
        case("all negative", np.array([-2.0, -0.5])),
        case("all positive", np.array([0.5, 1.5, 12.0])),
        case("three dimensions", np.array([[[-1.5, 2.0], [0.5, -0.5]]])),
        case("large numbers", np.array([-1000.0, 800.0])),
    ],
    hidden=[
        case("one entry", np.array([-0.5])),
        case("one example, one unit", np.array([[1.5]])),
        case("an array without dimensions", np.array(-2.5)),
        case("one column", np.array([[-1.5], [2.0], [0.25]])),
        case("all zeros", np.zeros((2, 3))),
        case("next to zero", np.array([1e-9, -1e-9, 1e-12, -1e-12, 1e-300])),
        case("very large numbers", np.array([[-1e300, 1e300], [1e12, -1e12]])),
        case("large whole numbers", np.array([[-(10**9), 10**9], [7, -7]])),
        case("float32", np.array([-1.5, 0.0, 2.5], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[1.0, -2.0], [-0.5, 3.0]]))),
        case("columns stored one after the other", np.asfortranarray([[1.0, -2.0], [-0.5, 3.0]])),
    ],
    draw=draw,
    equivalent={
        "np.maximum(0, z) -> np.maximum(z, 0)": "the larger of two is the same either way",
    },
)


@relu.mistake(
    "Yours turns negative numbers into positive ones of the same size. What should a negative "
    "number become?"
)
def abs_instead(z):
    return np.abs(z)


@relu.mistake(
    "Yours keeps the negative numbers and turns the positive ones into 0. Which of 0 and z should "
    "win?"
)
def the_smaller_one(z):
    return np.minimum(0, z)


@relu.mistake("Yours mirrors it: negative z gives something and positive z nothing. Look at signs.")
def mirrored(z):
    return np.maximum(0, -z)


@relu.mistake(
    "Yours gives 1 where z is positive, which is ReLU's slope. Positive entries should stay what "
    "they are."
)
def slope_instead(z):
    return np.where(z > 0, 1.0, 0.0)


@relu.mistake("A little of each negative number leaks through. ReLU gives exactly 0 there.")
def leaks(z):
    return np.where(z > 0, z, 0.01 * z)


@relu.also("leaks")
def leaks_a_tenth(z):
    return np.maximum(0.1 * z, z)


@relu.mistake("Yours also stops large numbers. ReLU has a floor at 0; does it have a ceiling?")
def ceiling_at_one(z):
    return np.clip(z, 0, 1)


@relu.also("ceiling_at_one")
def ceiling_at_six(z):
    return np.clip(z, 0, 6)


@relu.mistake(
    "np.max gives the one largest entry of the whole array. Which function of NumPy compares entry "
    "by entry?"
)
def largest_entry(z):
    return np.max([0, np.max(z)])


@relu.also("largest_entry")
def largest_entry_second_argument(z):
    return np.max(z, 0)


@relu.mistake(
    "Python's `max` and `if` ask one question about a whole array, and each entry needs its own "
    "answer. Which function of NumPy compares entry by entry?"
)
def one_question_for_all(z):
    return max(0, z)


@relu.also("one_question_for_all")
def one_if_for_all(z):
    if z > 0:
        return z
    return 0


@relu.mistake(
    "The negative entries are gone instead of being 0, so the shape is lost. The result has as "
    "many entries as z."
)
def negatives_dropped(z):
    return z[z > 0]


@relu.mistake(
    "This works for one dimension only: in a batch the loop meets whole rows. What works for any "
    "shape?"
)
def one_dimension_only(z):
    return np.array([max(0.0, value) for value in z])


@relu.mistake(
    "np.vectorize takes its dtype from the first result. When that is the whole number 0, "
    "everything after the point is cut off. What could that 0 be instead?"
)
def first_result_decides(z):
    return np.vectorize(lambda value: max(0, value))(z)


@relu.mistake(
    "The result holds whole numbers, so everything after the point is cut off. Where does it "
    "become int?"
)
def whole_number_output(z):
    return np.maximum(0, z).astype(int)


@relu.mistake(
    "Python reads `z * z > 0` as `(z * z) > 0`. Where would parentheses make it what you mean?"
)
def parentheses_forgotten(z):
    return z * z > 0


@relu.mistake("It writes into z itself, and whoever called it still needs z. Make a new array.")
def writes_into_z(z):
    z[z < 0] = 0
    return z


@relu.mistake("Yours is a smooth curve, log(1 + exp(z)). ReLU is 0 up to the corner, then z.")
def softplus(z):
    return np.logaddexp(0, z)


@relu.alternative
def by_where(z):
    return np.where(z > 0, z, 0)


@relu.alternative
def by_comparison(z):
    return z * (z > 0)


@relu.alternative
def half_of_both(z):
    return (z + np.abs(z)) / 2


@relu.alternative
def by_clip(z):
    return np.clip(z, 0, None)


@relu.alternative
def copy_and_mask(z):
    a = z.copy()
    a[a < 0] = 0
    return a


@relu.alternative
def entry_by_entry(z):
    a = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        if z[index] > 0:
            a[index] = z[index]
    return a


@relu.alternative
def flat_list(z):
    return np.array([max(0.0, value) for value in z.ravel()]).reshape(z.shape)
