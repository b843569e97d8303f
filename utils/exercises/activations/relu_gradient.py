"""Exercise `relu_gradient`: 1.0 where z is positive, else 0.0."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import activations as reference


def draw(rng):
    """Arrays of every shape, with zeros strewn in."""
    for name, shape in (
        ("a random list of numbers", rng.integers(3, 9)),
        ("a random batch", rng.integers(2, 6, size=2)),
        ("a random array of four dimensions", (2, 1, 3, 2)),
    ):
        z = rng.normal(size=shape)
        z.flat[rng.integers(z.size)] = 0.0
        yield case(name, z)
    yield case("random whole numbers", rng.integers(-3, 4, size=(3, 4)))
    yield case(
        "random numbers of every size", rng.normal(size=8) * 10.0 ** rng.integers(-12, 12, 8)
    )
    yield case("random float32", rng.normal(size=(2, 5)).astype(np.float32))


relu_gradient = Exercise(
    id="relu_gradient",
    title="The slope of ReLU",
    points=1,
    reference=reference.relu_gradient,
    returns=Array(),
    begin=(
        "Begin with the picture of ReLU: how steep is it to the left of 0, and to the right? "
        "`z > 0` tells on which side each entry is."
    ),
    hints=(
        "ReLU has two straight parts, and each has one slope. At the corner itself the course "
        "takes 0.",
        "`z > 0` gives True or False for each entry. Make floats of that: 1.0 for True and 0.0 for "
        "False.",
        "np.where(condition, value_if_true, value_if_false) with `z > 0`. Which two floats go in?",
    ),
    cases=[
        case("both signs, and zero", np.array([-1.5, 2.5, 0.0, -0.25, 3.0])),
        case("a batch", np.array([[1.5, -2.0, 0.0], [-0.75, 4.0, 0.5]])),
        case("whole numbers", np.array([-3, 0, 2])),
        case("three dimensions", np.array([[[-1.5, 2.0], [0.5, 0.0]]])),
        case("next to zero", np.array([1e-12, -1e-12])),
        case("large numbers", np.array([-1000.0, 1000.0])),
    ],
    hidden=[
        case("one entry", np.array([0.5])),
        case("one example, one unit", np.array([[-1.5]])),
        case("an array without dimensions", np.array(2.5)),
        case("one column", np.array([[-1.5], [2.0], [0.0]])),
        case("all zeros", np.zeros((2, 3))),
        case("minus zero", np.array([-0.0, 0.0, 1.0])),
        case("closer still to zero", np.array([1e-300, -1e-300])),
        case("all positive", np.array([0.5, 1.5, 12.0])),
        case("all negative", np.array([-0.5, -1.5])),
        case("very large numbers", np.array([[-1e300, 1e300], [1e12, -1e12]])),
        case("large whole numbers", np.array([[-(10**9), 10**9], [0, -7]])),
        case("float32", np.array([-1.5, 0.0, 2.5], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[1.0, -2.0], [0.0, 3.0]]))),
        case("columns stored one after the other", np.asfortranarray([[1.0, -2.0], [0.0, 3.0]])),
    ],
    draw=draw,
    equivalent={
        "np.where(z > 0, 1.0, 0.0) -> np.where(1.0, z > 0, 0.0)": (
            "1.0 is true, so z > 0 is chosen, and the 0.0 beside it makes floats of that"
        ),
        "0.0 -> -0.0": "0.0 and -0.0 are the same number",
    },
)


@relu_gradient.mistake(
    "At z = 0 yours gives 1. There the course takes 0: which comparison is that?"
)
def one_at_zero(z):
    return np.where(z >= 0, 1.0, 0.0)


@relu_gradient.also("one_at_zero")
def heaviside_of_one(z):
    return np.heaviside(z, 1.0)


@relu_gradient.mistake(
    "At z = 0 yours gives a half, the mean of both sides. There the course takes 0."
)
def half_at_zero(z):
    return np.heaviside(z, 0.5)


@relu_gradient.mistake(
    "The result holds True and False, the answers to `z > 0`. A slope is a number: make floats of "
    "them."
)
def true_and_false(z):
    return z > 0


@relu_gradient.mistake(
    "The result holds the whole numbers 1 and 0. Slopes are floats: 1.0 and 0.0. Where do yours "
    "become int?"
)
def whole_numbers(z):
    return (z > 0).astype(int)


@relu_gradient.mistake(
    "This is ReLU itself. How steep is it where z = 2.5, and is it steeper where z = 3?"
)
def relu_itself(z):
    return np.maximum(0.0, z)


@relu_gradient.mistake(
    "Yours gives -1 for negative z, as if ReLU fell there. How steep is it on its left side?"
)
def minus_one_on_the_left(z):
    return np.sign(z) * 1.0


@relu_gradient.also("minus_one_on_the_left")
def minus_one_at_zero_too(z):
    return np.where(z > 0, 1.0, -1.0)


@relu_gradient.mistake("Yours is mirrored: 1 on the left. On which side does ReLU rise?")
def mirrored(z):
    return np.where(z < 0, 1.0, 0.0)


@relu_gradient.also("mirrored")
def mirrored_with_zero(z):
    return np.where(z > 0, 0.0, 1.0)


@relu_gradient.mistake(
    "Yours has a small slope on the left. That is leaky ReLU; ReLU is flat there, exactly 0."
)
def leaks(z):
    return np.where(z > 0, 1.0, 0.01)


@relu_gradient.mistake("Yours is 1 everywhere, the slope of a line. What is ReLU to the left of 0?")
def one_everywhere(z):
    return np.ones(z.shape)


@relu_gradient.mistake(
    "This is the slope of the sigmoid. ReLU is made of two straight parts: which slope has each?"
)
def slope_of_the_sigmoid(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


@relu_gradient.mistake("At z = 0 yours divides 0 by 0. Can you tell the side without dividing?")
def zero_by_zero(z):
    return np.maximum(0, z) / z


@relu_gradient.also("zero_by_zero")
def zero_by_zero_of_abs(z):
    return (1 + z / np.abs(z)) / 2


@relu_gradient.mistake(
    "A very small positive z counts as 0 in yours. Anything above 0 has slope 1, however small."
)
def tolerance(z):
    return np.where(z > 1e-6, 1.0, 0.0)


@relu_gradient.also("tolerance")
def tolerance_by_isclose(z):
    return np.where((z > 0) & ~np.isclose(z, 0), 1.0, 0.0)


@relu_gradient.mistake(
    "A difference over a small step blurs the corner: it also sees what is on the other side. What "
    "is the slope on each side, exactly?"
)
def measured_with_a_step(z):
    h = 1e-5
    return (np.maximum(0, z + h) - np.maximum(0, z - h)) / (2 * h)


@relu_gradient.also("measured_with_a_step")
def measured_to_the_right(z):
    h = 1e-5
    return (np.maximum(0, z + h) - np.maximum(0, z)) / h


@relu_gradient.mistake(
    "`if z > 0` asks one question about a whole array, and each entry needs its own answer. "
    "Which function of NumPy chooses entry by entry?"
)
def one_question_for_all(z):
    if z > 0:
        return 1.0
    return 0.0


@relu_gradient.mistake(
    "This works for one dimension only: in a batch the loop meets whole rows. What works for any "
    "shape?"
)
def one_dimension_only(z):
    return np.array([1.0 if value > 0 else 0.0 for value in z])


@relu_gradient.mistake("It writes into z itself, and whoever called it still needs z.")
def writes_into_z(z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return z


@relu_gradient.alternative
def comparison_as_floats(z):
    return (z > 0).astype(float)


@relu_gradient.alternative
def comparison_times_one(z):
    return 1.0 * (z > 0)


@relu_gradient.alternative
def by_heaviside(z):
    return np.heaviside(z, 0.0)


@relu_gradient.alternative
def sign_of_relu(z):
    return np.sign(np.maximum(0.0, z))


@relu_gradient.alternative
def fill_by_mask(z):
    slopes = np.zeros_like(z, dtype=float)
    slopes[z > 0] = 1
    return slopes


@relu_gradient.alternative
def entry_by_entry(z):
    return np.vectorize(lambda value: 1.0 if value > 0 else 0.0)(z)
