"""Exercise `keras_mse_ratio`: how Keras' mean squared error and our cost go together."""

import math
from fractions import Fraction

import numpy as np

from utils.checking import Exercise, Rejected
from utils.checking.plain import describe
from utils.reference import losses as reference

WITHIN = 1e-6


def one_number(value):
    """The value as an int or a float, if it is one real number, else None."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, np.floating):
        return float(value)
    if isinstance(value, np.integer):
        return int(value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def accept(value):
    """Right when it is the reference's number, but for 1e-6."""
    if isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim):
        detail = f"It is {describe(value)}."
        raise Rejected("type", "number", "One number is asked for, not several.", detail)
    ratio = one_number(value)
    if ratio is None:
        raise Rejected("type", "number", f"It is {describe(value)}. One number is asked for.")
    if isinstance(ratio, float) and not math.isfinite(ratio):
        raise Rejected("finite", "finite", "It is not finite. How many times is one the other?")
    if abs(ratio - 2) > 1.0001 * WITHIN:  # 2.000001 is within, though not in binary
        says = "That times the cost is not what Keras gives."
        detail = "Compute both for one prediction, 3, and one target, 1."
        raise Rejected("value", "ratio", says, detail)
    return "Keras takes the mean of the squares, the cost takes half of it."


def is_right(value):
    """Another way to tell: mean of squares and cost of a few exact numbers, held side by side."""
    if type(value) is bool or np.ndim(value):
        return False
    errors = [Fraction(1), Fraction(-3, 4), Fraction(5, 2)]
    squares = [error * error for error in errors]
    mean, cost = sum(squares) / len(squares), sum(squares) / (2 * len(squares))
    return math.isfinite(value) and abs(float(value) * float(cost) / float(mean) - 1) < 1e-6


keras_mse_ratio = Exercise(
    id="keras_mse_ratio",
    title="Keras' mean squared error against the cost",
    points=None,
    reference=reference.keras_mse_ratio,
    accept=accept,
    oracle=is_right,
    asks="the number that the cost above has to be multiplied by, to get what Keras gives",
    begin=(
        "Begin with one prediction and one target, 3 and 1 for instance: what does each of the two "
        "formulas give?"
    ),
    hints=(
        "Both add up the squares of the differences. What does each of them divide that by?",
        "Write the two formulas one under the other: one divides the sum by m, the other by 2 m. "
        "Then divide one by the other.",
        "ratio = (sum / m) / (sum / (2 * m)). What is left when sum and m drop out?",
    ),
)


def _number(value):
    """The value as a float; a list, a string or an array is none."""
    ratio = one_number(value)
    if ratio is None:
        raise TypeError
    return float(max(-(10**9), min(10**9, ratio)))  # an int may be beyond float64


@keras_mse_ratio.mistake(
    "It is the other way round: this takes Keras' number to the cost. Which of the two is larger?",
    when=lambda value: abs(_number(value) - 0.5) <= WITHIN,
)
def other_way_round():
    return 0.5


@keras_mse_ratio.mistake(
    "They are not the same. Does Keras halve the mean of the squares, as the cost does?",
    when=lambda value: abs(_number(value) - 1) <= WITHIN,
)
def the_same():
    return 1


@keras_mse_ratio.mistake(
    "The factor is counted twice. The cost has a single factor that Keras' mean lacks.",
    when=lambda value: abs(_number(value) - 4) <= WITHIN or abs(_number(value) - 0.25) <= WITHIN,
)
def squared():
    return 4


@keras_mse_ratio.mistake(
    "There is no square root in either of them. What does each divide the sum of squares by?",
    when=lambda value: (
        abs(_number(value) - math.sqrt(2)) <= 0.01 or abs(_number(value) - math.sqrt(0.5)) <= 0.01
    ),
)
def with_a_root():
    return math.sqrt(2)


@keras_mse_ratio.mistake(
    "Neither of the two is ever negative, so their ratio is not either.",
    when=lambda value: _number(value) < 0,
)
def negative():
    return -2


@keras_mse_ratio.mistake(
    "Neither of the two is 0 unless both are, so the ratio is not 0.",
    when=lambda value: _number(value) == 0,
)
def zero():
    return 0


@keras_mse_ratio.mistake(
    "It is close, but the ratio is exact. What is left when the sum and m drop out?",
    when=lambda value: WITHIN < abs(_number(value) - 2) < 0.5,
)
def measured_and_rounded():
    return 1.99


@keras_mse_ratio.mistake(
    "m drops out: both divide by it, so the ratio is the same for every number of examples.",
    when=lambda value: 4 < _number(value) < 10**9,  # where nan and inf end up
)
def times_the_examples():
    return 200


@keras_mse_ratio.mistake(
    "This is text, in quotes. The answer is the number itself.",
    when=lambda value: isinstance(value, str),
)
def text():
    return "2"


@keras_mse_ratio.mistake(
    "One number is asked for, and this holds several, or one in brackets. Write the number alone.",
    when=lambda value: np.ndim(value) > 0,
)
def in_brackets():
    return [2]


@keras_mse_ratio.alternative
def a_float():
    return 2.0


@keras_mse_ratio.alternative
def number_of_numpy():
    return np.float64(2)


@keras_mse_ratio.alternative
def array_without_dimensions():
    return np.array(2)


@keras_mse_ratio.alternative
def computed():
    errors = np.array([0.1, -0.7, 2.3])
    return np.mean(errors**2) / (np.sum(errors**2) / (2 * len(errors)))


@keras_mse_ratio.alternative
def computed_in_float32():
    errors = np.array([0.1, -0.7, 2.3], dtype=np.float32)
    return np.mean(errors**2) / (np.sum(errors**2) / (2 * len(errors)))


@keras_mse_ratio.alternative
def almost_exact():
    return 2.0000009
