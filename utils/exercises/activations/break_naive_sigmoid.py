"""Exercise `break_naive_sigmoid`: a number at which the formula as it stands overflows."""

import math

import numpy as np

from utils.checking import Exercise, Rejected
from utils.checking.plain import describe
from utils.checking.port import LocalPort
from utils.checking.show import show
from utils.reference import activations as reference


def naive_sigmoid(z):
    """Looks like `sigmoid`. For some z it warns."""
    return 1 / (1 + np.exp(-z))


def real(value):
    """The value if it is one real number, Python's or NumPy's, else None."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, np.integer):
        return int(value)
    is_real = isinstance(value, (int, float, np.floating)) and not isinstance(value, bool)
    return value if is_real else None


def contract(value):
    """The number, which is finite."""
    if isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim):
        detail = f"It is {describe(value)}."
        raise Rejected("type", "number", "One number is asked for, not several.", detail)
    z = real(value)
    if z is None:
        raise Rejected("type", "number", f"It is {describe(value)}. One float is asked for.")
    if not isinstance(z, int) and not np.isfinite(z):
        says = "It is not finite. There are finite numbers that do it, and the answer is one."
        raise Rejected("finite", "finite", says)
    return z


def accept(value):
    """Right when the formula as it stands warns there, and the reference does not."""
    z = contract(value)
    naive, right = LocalPort(naive_sigmoid).call(z), LocalPort(reference.sigmoid).call(z)
    if naive.failure or right.failure:
        says = "NumPy can't compute with a whole number of so many digits. Fewer will do."
        raise Rejected("value", "raises", says)
    if not naive.warned:
        detail = f"Both give {show(naive.value)}."
        raise Rejected("value", "quiet", "On this z the naive formula does not warn.", detail)
    if right.warned:
        raise Rejected("value", "both_warn", "On this z the right sigmoid warns as well.")
    return f"The naive formula warns: {naive.warned[0]}. The right one gives {show(right.value)}."


def is_right(value):
    """Another way to tell: is -z above the logarithm of the largest number of its type."""
    z = real(value)
    if z is None or (isinstance(z, int) and abs(z) >= 2**63) or not np.isfinite(z):
        return False
    kind = np.float64 if isinstance(z, int) else np.result_type(z)
    return -z > np.log(np.finfo(kind).max)


break_naive_sigmoid = Exercise(
    id="break_naive_sigmoid",
    title="Break the naive sigmoid",
    points=1,
    reference=reference.break_naive_sigmoid,
    accept=accept,
    oracle=is_right,
    given=(naive_sigmoid,),
    asks="one finite number z at which naive_sigmoid(z) warns",
    begin=(
        "Begin with -10.0 and look at np.exp(-z): how large is it? Then go on, and watch it grow."
    ),
    hints=(
        "The largest float64 is about 1.8e308. Which part of the formula could become larger than "
        "that, and on which side of 0 is z then?",
        "np.exp(-z) grows when z goes to the left. Try numbers ten times as large each time, until "
        "NumPy warns.",
        "np.exp(709) still is a float64, and np.exp(710) is not. The formula takes exp of -z: "
        "which z makes that argument too large?",
    ),
)


def _number(value):
    """The value as a float; a list, a string or an array is none."""
    z = real(value)
    if z is None or (isinstance(z, int) and abs(z) >= 2**63):
        raise TypeError
    return float(z)


@break_naive_sigmoid.mistake(
    "On the right exp(-z) becomes very small, and too small a number is 0 without a warning. On "
    "which side does exp(-z) become very large?",
    when=lambda value: 100 <= _number(value) < math.inf,
)
def wrong_side():
    return 1000.0


@break_naive_sigmoid.mistake(
    "The side is right, but exp(-z) still is a number that float64 holds. How large is the largest "
    "float64, and how much further do you have to go?",
    when=lambda value: -710 < _number(value) <= -100,
)
def not_far_enough():
    return -700.0


@break_naive_sigmoid.mistake(
    "z is infinite. exp takes infinity without a warning, and a finite z is asked for. How far "
    "does it have to be?",
    when=lambda value: math.isinf(_number(value)),
)
def infinite():
    return -np.inf


@break_naive_sigmoid.mistake(
    "nan is no number, and everything computed from it is nan, without a warning. Which numbers "
    "does exp find too large?",
    when=lambda value: math.isnan(_number(value)),
)
def not_a_number():
    return np.nan


@break_naive_sigmoid.mistake(
    "At z = 0 every part of the formula is an ordinary number. Which part grows without bound, and "
    "in which direction?",
    when=lambda value: _number(value) == 0,
)
def zero():
    return 0.0


@break_naive_sigmoid.mistake(
    "So close to 0 every part of the formula is an ordinary number. How large is np.exp(-z) here, "
    "and which z would make it larger?",
    when=lambda value: 0 < abs(_number(value)) < 100,
)
def close_to_zero():
    return -10.0


@break_naive_sigmoid.mistake(
    "This is text, in quotes. The answer is z itself, a number.",
    when=lambda value: isinstance(value, str),
)
def text():
    return "-1000"


@break_naive_sigmoid.mistake(
    "One number is asked for, and this holds several, or one in brackets. Write the number alone.",
    when=lambda value: np.ndim(value) > 0,
)
def in_brackets():
    return [-1000.0]


@break_naive_sigmoid.alternative
def whole_number():
    return -1000


@break_naive_sigmoid.alternative
def just_enough():
    return -709.8


@break_naive_sigmoid.alternative
def enormous():
    return -1e300


@break_naive_sigmoid.alternative
def number_of_numpy():
    return np.float64(-750)


@break_naive_sigmoid.alternative
def array_without_dimensions():
    return np.array(-1e6)


@break_naive_sigmoid.alternative
def whole_number_of_numpy():
    return np.int64(-800)


@break_naive_sigmoid.alternative
def the_smallest_of_all():
    return np.finfo(float).min
