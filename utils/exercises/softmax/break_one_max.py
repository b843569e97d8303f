"""Exercise `break_one_max`: logits on which the maximum of the whole array is not enough."""

import math

import numpy as np

from utils.checking import Exercise, Rejected, numbers
from utils.checking.port import LocalPort
from utils.checking.show import show
from utils.reference import softmax as reference

SUM = 1e-6


def softmax_one_max(Z):
    """Looks like `stable_softmax`. It subtracts one maximum, that of the whole array."""
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e, axis=1, keepdims=True)


def accept(value):
    """Right when a row of the wrong function holds nan or does not sum to 1."""
    Z = numbers(value, "Z", 2).astype(float)
    wrong = LocalPort(softmax_one_max).call(Z).value
    bad = np.flatnonzero(~(np.abs(wrong.sum(axis=1) - 1) <= SUM))  # nan is not close to 1
    if bad.size == 0:
        says = "On these logits every row of `softmax_one_max` sums to 1."
        raise Rejected("value", "sums", says, f"It gives {show(wrong)}.")
    row, right = wrong[bad[0]], reference.stable_softmax(Z[bad[0]])
    return f"In row {bad[0]} the right one gives {show(right)}, the other {show(row)}."


def is_right(value):
    """Another way to tell: every exp of some row rounds to 0, by plain Python."""
    rows = np.asarray(value).tolist()
    if not all(isinstance(row, list) and len(row) == len(rows[0]) > 0 for row in rows):
        return False
    flat = [entry for row in rows for entry in row]
    if not all(isinstance(z, (int, float)) and math.isfinite(z) for z in flat):
        return False
    largest = max(flat)
    return any(math.exp(max(row) - largest) == 0.0 for row in rows)


break_one_max = Exercise(
    id="break_one_max",
    title="Break the softmax with one maximum",
    points=2,
    reference=reference.break_one_max,
    accept=accept,
    oracle=is_right,
    given=(softmax_one_max,),
    asks="finite logits Z of shape (m, K); nested lists of numbers will do",
    begin=(
        "Begin with two rows of two logits each, and follow what `Z - np.max(Z)` makes of the row "
        "that does not hold the maximum."
    ),
    hints=(
        "Subtracting any number from a row leaves its softmax the same, on paper. On the computer "
        "exp of a very negative number is 0. What is 0 divided by 0?",
        "One row needs the maximum of the whole array, another must lie so far below it that every "
        "exp of that row is 0.",
        "np.exp(-745) is still above 0 and np.exp(-746) is not. Put a large number in the first "
        "row: how large may the largest of the second row be?",
    ),
)


def _logits(value):
    """The logits as an array, or TypeError when the value is outside the contract."""
    try:
        return numbers(value, "Z", 2).astype(float)
    except Rejected:
        raise TypeError from None


def _gap(value):
    """How far the row that lies lowest has its maximum below that of the whole array."""
    largest = _logits(value).max(axis=1)
    return float(largest.max() - largest.min())


def _array(value):
    """The value as an array of numbers, whatever its dimensions, or TypeError."""
    array = np.asarray(value)
    if array.dtype.kind not in "iuf" or array.size == 0:
        raise TypeError
    return array


@break_one_max.mistake(
    "There is one row, so the maximum of the whole array is the maximum of the row. How many rows "
    "does it take?",
    when=lambda value: len(_logits(value)) == 1,
)
def one_row():
    return [[1000.0, 0.0]]


@break_one_max.mistake(
    "Each row has the same maximum, so one for all is right for each. Large numbers alone do no "
    "harm: in what must two rows differ?",
    when=lambda value: len(_logits(value)) > 1 and _gap(value) == 0,
)
def equal_maxima():
    return [[1000.0, 0.0], [0.0, 1000.0]]


@break_one_max.mistake(
    "Logits of ordinary size lie too close together: exp of the difference is an ordinary number. "
    "How far apart must two rows be for an exp to become 0?",
    when=lambda value: 0 < _gap(value) < 100,
)
def too_close():
    return [[1.0, 2.0], [3.0, 4.0]]


@break_one_max.mistake(
    "The rows lie apart, but not enough: exp of the difference is tiny and still above 0, so the "
    "division works. How much further does it take until it is 0?",
    when=lambda value: 100 <= _gap(value) < 745.2,
)
def not_far_enough():
    return [[700.0, 0.0], [0.0, 1.0]]


@break_one_max.mistake(
    "Z holds inf or nan. Finite logits are asked for, and they are enough: how far below the "
    "maximum must a row lie?",
    when=lambda value: _array(value).ndim == 2 and not np.isfinite(_array(value)).all(),
)
def not_finite():
    return [[np.inf, 0.0], [0.0, 1.0]]


@break_one_max.mistake(
    "These are logits of one example, with one pair of brackets. Z has a row for each example, "
    "shape (m, K).",
    when=lambda value: _array(value).ndim == 1,
)
def one_dimension():
    return [1000.0, 0.0, -1000.0]


@break_one_max.mistake(
    "This is one number. Z is an array of logits, with a row for each example, shape (m, K).",
    when=lambda value: _array(value).ndim == 0,
)
def one_number():
    return 1000.0


@break_one_max.mistake(
    "There are three dimensions. Z has two: a row for each example, a column for each class.",
    when=lambda value: _array(value).ndim == 3,
)
def three_dimensions():
    return [[[1000.0, 0.0], [-1000.0, 0.0]]]


@break_one_max.mistake(
    "The logits are text, in quotes. Numbers are asked for.",
    when=lambda value: np.asarray(value).dtype.kind == "U",
)
def text():
    return [["1000", "0"], ["-1000", "-1001"]]


@break_one_max.mistake(
    "The rows have different lengths. Each example has a logit for each class.",
    when=lambda value: len({len(row) for row in value}) > 1,
)
def ragged():
    return [[1000.0, 0.0], [-1000.0]]


@break_one_max.alternative
def whole_numbers():
    return [[0, -1], [-800, -900]]


@break_one_max.alternative
def just_far_enough():
    return np.array([[0.0, 1.0], [-745.0, -800.0]])


@break_one_max.alternative
def one_class():
    return ((1000.0,), (0.0,))


@break_one_max.alternative
def a_row_among_many():
    Z = np.zeros((5, 3))
    Z[3] = -2000.0
    return Z


@break_one_max.alternative
def two_rows_far_below():
    return [[5000, 1, 2, 3], [4, 5, 6, 7], [5000, 5000, 0, 0], [-5000, 0, 0, 0]]


@break_one_max.alternative
def enormous():
    return [np.array([1e300, 0.0]), np.array([-1e300, 0.5])]


@break_one_max.alternative
def beyond_the_largest_float():
    return [[1.7e308, 0.0], [-1.7e308, -1.7e308]]
