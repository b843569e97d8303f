"""Exercise `break_shapes`: a row against a column, and NumPy says nothing."""

from fractions import Fraction

import numpy as np

from utils.checking import Exercise, Rejected, breaking, numbers
from utils.checking.breaking import parts
from utils.checking.port import LocalPort
from utils.checking.results import Unjudgeable
from utils.reference import losses as reference

MOST = 2000  # examples; the table of differences then takes 32 MB


def naive_mse(prediction, target):
    """Looks like the mean squared error. For some shapes it gives another number."""
    return np.mean((prediction - target) ** 2)


def mean_squared_error(prediction, target):
    """Each prediction against its own target, whatever the two shapes."""
    return 2 * reference.squared_error_cost(prediction, target)


def contract(value):
    """Two arrays of shape (m,) or (m, 1) with the same number of values."""
    both = parts(value, ("prediction", "target"))
    prediction, target = (
        numbers(part, name, 2 if _ndim(part) == 2 else 1)
        for part, name in zip(both, ("prediction", "target"), strict=True)
    )
    detail = f"prediction has shape {prediction.shape}, target {target.shape}."
    if any(part.ndim == 2 and part.shape[1] != 1 for part in (prediction, target)):
        raise Rejected("shape", "contract", "The shapes are (m,) and (m, 1), no others.", detail)
    if prediction.size != target.size:
        says = "There are as many predictions as targets: m of each."
        raise Rejected("shape", "sizes", says, detail)
    # as float64, since differences of small or unsigned integer types would wrap round
    return prediction.astype(float), target.astype(float)


def _ndim(part):
    """How many dimensions; 1 for what makes no array, about which `numbers` will complain."""
    try:
        return np.ndim(part)
    except ValueError:
        return 1


compare = breaking(mean_squared_error, naive_mse, contract)


def accept(value):
    """Right when the two give different numbers, and neither of them warns."""
    args = contract(value)
    if args[0].size > MOST:
        raise Unjudgeable(f"the table of {args[0].size:,} by {args[0].size:,} is too large to make")
    if any(LocalPort(f).call(*args).warned for f in (mean_squared_error, naive_mse)):
        raise Rejected("value", "warned", "On this input NumPy warns: the squares overflow.")
    return compare(value)


def _exactly(prediction, target):
    """The mean over all pairs, and over those that belong together, without rounding."""
    p, t = ([Fraction(x) for x in np.ravel(part).tolist()] for part in (prediction, target))
    m = len(p)
    squares = sum(a * a for a in p + t) / m
    products = sum(a * b for a, b in zip(p, t, strict=True)) / m
    return squares - 2 * (sum(p) / m) * (sum(t) / m), squares - 2 * products


def is_right(value):
    """Another way to tell: by exact fractions, for one (m,) and one (m, 1)."""
    prediction, target = (np.asarray(part) for part in value)
    m = prediction.size
    if m < 2 or {prediction.shape, target.shape} != {(m,), (m, 1)}:
        return False
    if not (np.isfinite(prediction).all() and np.isfinite(target).all()):
        return False
    if max(np.abs(prediction).max(), np.abs(target).max()) > 1e150:
        return False  # the squares overflow
    table, right = _exactly(prediction, target)
    return abs(table - right) > 1e-6 * max(table, right)


break_shapes = Exercise(
    id="break_shapes",
    title="Break the mean squared error",
    points=2,
    reference=reference.break_shapes,
    accept=accept,
    oracle=is_right,
    given=(naive_mse,),
    asks="a tuple (prediction, target) of arrays or lists, each of shape (m,) or (m, 1)",
    begin=(
        "Begin with two predictions and two targets. Write them down in the shapes that are "
        "allowed, and look at (prediction - target).shape each time."
    ),
    hints=(
        "Four combinations of shapes are allowed. For which of them has the difference more than m "
        "entries?",
        "Give one as (m,) and the other as (m, 1): the difference is an m by m table. Then choose "
        "numbers for which the mean of the table is not the mean of its diagonal.",
        "With perfect predictions, such as 1 and 2 for 1 and 2, the right value is 0. Write one of "
        "the two as [1, 2] and the other as a column: what does the table hold?",
    ),
)


def _shapes(value):
    return [np.shape(part) for part in value]


def _fitting(value):
    """The two arrays; TypeError when the value is outside the contract."""
    try:
        return contract(value)
    except Rejected:
        raise TypeError from None


def _is_number(part):
    return np.ndim(part) == 0 and isinstance(part, (int, float, np.number, np.ndarray))


def _has_a_constant_part(value):
    return any(np.ptp(part) == 0 for part in _fitting(value))


@break_shapes.mistake(
    "With one example there is only one pair, so nothing can go wrong. Take more.",
    when=lambda value: _fitting(value)[0].size == 1,
)
def one_example():
    return [1], [[3]]


@break_shapes.mistake(
    "Both have the same shape, so each prediction meets its own target, and `naive_mse` is right. "
    "Which other shape is allowed?",
    when=lambda value: _fitting(value)[0].shape == _fitting(value)[1].shape,
)
def same_shape():
    return [1, 2, 3], [3, 2, 5]


@break_shapes.mistake(
    "One of them is a row of shape (1, m). A column has one number in each row: [[1], [2]].",
    when=lambda value: any(len(s) == 2 and s[0] == 1 and s[1] > 1 for s in _shapes(value)),
)
def row_for_a_column():
    return [[1, 2]], [1, 2]


@break_shapes.mistake(
    "One of them is a table with several columns. Allowed are (m,) and (m, 1).",
    when=lambda value: any(len(s) == 2 and s[1] > 1 for s in _shapes(value)),
)
def a_table():
    return [[1, 2], [3, 4]], [1, 2]


@break_shapes.mistake(
    "There is another number of predictions than of targets. Each prediction has one target.",
    when=lambda value: (
        len(value) == 2 and all(len(s) in (1, 2) for s in _shapes(value))
        and np.size(value[0]) != np.size(value[1])
    ),
)  # fmt: skip
def different_numbers():
    return [1, 2, 3], [[1], [2]]


@break_shapes.mistake(
    "The shapes are the right idea. But all predictions, or all targets, are the same number, so "
    "each pair counts as often as it should. Let both vary.",
    when=_has_a_constant_part,
)
def all_the_same():
    return [2, 2, 2], [[1], [2], [3]]


@break_shapes.mistake(
    "Such large numbers overflow when they are squared, and a warning is not silent. Small ones "
    "will do.",
    fault="warned",
)
def too_large():
    return [1e200, -1e200], [[1e200], [0]]


@break_shapes.mistake(
    "The shapes are the right idea, but on these numbers the table has the same mean as its "
    "diagonal. What if larger predictions went with larger targets?",
    when=lambda value: len(set(_exactly(*_fitting(value)))) == 1,
)
def unrelated():
    return [1, -1, 1, -1], [[1], [1], [-1], [-1]]


@break_shapes.mistake(
    "The two values differ, but only by what could be rounding. Take numbers that differ more "
    "among themselves, and are neither tiny nor huge.",
    when=lambda value: len(set(_exactly(*_fitting(value)))) == 2,
)
def hardly_any_difference():
    return [5, 5 + 1e-9], [[1], [1 + 1e-9]]


@break_shapes.mistake(
    "Only the shapes are given. Give the arrays themselves, numbers and all.",
    when=lambda value: len(value) == 2 and all(isinstance(part, str) for part in value),
)
def in_words():
    return "(m,)", "(m, 1)"


@break_shapes.mistake(
    "These are single numbers. An array or a list of several is asked for, for each of the two.",
    when=lambda value: len(value) == 2 and any(_is_number(part) for part in value),
)
def single_numbers():
    return 1, 3


@break_shapes.mistake(
    "There is another number of parts. The answer is a tuple of two: (prediction, target).",
    when=lambda value: isinstance(value, (tuple, list)) and len(value) != 2,
)
def three_parts():
    return [1, 2], [[1], [2]], 1.5


@break_shapes.alternative
def whole_number_lists():
    return [1, 2], [[1], [2]]


@break_shapes.alternative
def the_prediction_as_a_column():
    return [np.array([[0.5], [-1.5], [2.0]]), np.array([0.25, -1.0, 3.0])]


@break_shapes.alternative
def perfect_predictions():
    y = np.arange(5)
    return y.reshape(-1, 1), y


@break_shapes.alternative
def wrong_where_the_table_is_better():
    return [1.0, -1.0], ((-1.0,), (1.0,))


@break_shapes.alternative
def small_integers():
    return np.array([1, 200], dtype=np.uint8), np.array([[3], [100]], dtype=np.uint8)


@break_shapes.alternative
def many_examples():
    x = np.linspace(-1.0, 1.0, 300)
    return 1e6 * x, 1e6 * np.sin(x)[:, None]


@break_shapes.alternative
def float32():
    return np.array([0.1, 0.7, 0.2], dtype=np.float32), [[0.0], [1.0], [1.0]]
