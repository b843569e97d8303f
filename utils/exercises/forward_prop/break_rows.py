"""Exercise `break_rows`: an input on which a layer by the rows of W goes wrong unseen."""

import math

import numpy as np

from utils.checking import Exercise, Rejected, breaking, numbers
from utils.checking.breaking import parts
from utils.reference import forward_prop as reference


def linear(z):
    return z


def dense_by_rows(a_in, W, b, g):
    """Looks like `dense`. It takes row j of W where unit j needs column j."""
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units):
        a_out[j] = g(np.dot(W[j], a_in) + b[j])
    return a_out


def contract(value):
    """The arguments of `dense`: as many units as inputs, g linear."""
    a_in, W, b = parts(value, ("a_in", "W", "b"))
    a_in, W, b = numbers(a_in, "a_in", 1), numbers(W, "W", 2), numbers(b, "b", 1)
    n = len(a_in)
    if W.shape != (n, n) or b.shape != (n,):
        says = "With n inputs and n units, W has shape (n, n) and b has shape (n,)."
        detail = f"a_in has shape {a_in.shape}, W {W.shape}, b {b.shape}."
        raise Rejected("shape", "contract", says, detail)
    # as float64, since sums of small integer types would wrap round
    a_in, W, b = a_in.astype(float), W.astype(float), b.astype(float)
    sizes = np.abs(a_in) @ np.abs(W), np.abs(W) @ np.abs(a_in), b
    if not all(np.isfinite(size).all() for size in sizes):
        says = "On numbers as large as these the sums overflow to infinity. Take smaller ones."
        raise Rejected("finite", "overflow", says)
    return a_in, W, b, linear


def is_right(value):
    """Another way to tell: some unit's row and column give different sums, by plain Python."""
    a_in, W, b = (np.asarray(part).tolist() for part in value)
    n = len(a_in)
    if any(len(row) != n for row in [*W, b]) or len(W) != n:
        return False
    if not all(math.isfinite(number) for row in [a_in, *W, b] for number in row):
        return False
    by_rows = [sum(W[j][i] * a_in[i] for i in range(n)) + b[j] for j in range(n)]
    by_columns = [sum(W[i][j] * a_in[i] for i in range(n)) + b[j] for j in range(n)]
    pairs = zip(by_rows, by_columns, strict=True)
    return any(abs(r - c) > 1e-6 * max(abs(r), abs(c)) for r, c in pairs)


break_rows = Exercise(
    id="break_rows",
    title="Break the layer that takes rows",
    points=2,
    reference=reference.break_rows,
    accept=breaking(reference.dense, dense_by_rows, contract),
    oracle=is_right,
    given=(dense_by_rows,),
    asks="a tuple (a_in, W, b): as many units as inputs; lists of numbers will do",
    begin=(
        "Begin with two inputs and two units. Write down any W, and compute by hand what its "
        "first row and what its first column give."
    ),
    hints=(
        "With as many rows as columns nothing raises, so only the numbers can tell. For which W "
        "are its rows and its columns the same?",
        "Take a 2 by 2 W whose two off-diagonal entries differ, and an a_in that lets you see it.",
        "With a_in = [1, 0] the columns give W[0, 0] and W[0, 1]; the rows give W[0, 0] and "
        "W[1, 0]. Choose W so that the last two differ.",
    ),
)


def _shapes(value):
    return tuple(np.shape(part) for part in value)


def _fitting(value):
    """The three arrays, or None when the value is outside the contract."""
    try:
        return contract(value)[:3]
    except Rejected:
        return None


def _is_symmetric(W):
    return np.array_equal(W, W.T)


def _differs(value):
    """Whether the weighted sums differ by more than rounding, whatever the biases."""
    a_in, W, _ = _fitting(value)
    by_columns, by_rows = a_in @ W, W @ a_in
    rounding = 1e-12 * np.max(np.abs(a_in) @ np.abs(W) + np.abs(W) @ np.abs(a_in))
    return np.max(np.abs(by_columns - by_rows)) > rounding


def _units_differ_from_inputs(value):
    a_in, W, _ = _shapes(value)
    return len(a_in) == 1 and len(W) == 2 and W[0] == a_in[0] != W[1]


@break_rows.mistake(
    "W has another number of units than of inputs. There `dense_by_rows` raises or gives another "
    "shape, and anybody would notice. Find a square W.",
    when=_units_differ_from_inputs,
)
def not_square():
    return [1, 2], [[1, -3, 5], [2, 4, -6]], [-1, 1, 2]


@break_rows.mistake(
    "W has another number of rows than a_in has entries. Each input needs a row of W.",
    when=lambda value: (
        _shapes(value)[0][:1] != _shapes(value)[1][:1]
        and [len(shape) for shape in _shapes(value)] == [1, 2, 1]
    ),
)
def rows_do_not_fit():
    return [1, 2, 3], [[1, 2], [3, 4]], [0, 0]


@break_rows.mistake(
    "a_in is all zeros, so no weight matters. What would let you see the weights?",
    when=lambda value: not np.any(_fitting(value)[0]),
)
def no_input():
    return [0, 0], [[1, 2], [3, 4]], [1, 1]


@break_rows.mistake(
    "With one input and one unit the row and the column are the same number. Take more.",
    when=lambda value: len(_fitting(value)[0]) == 1,
)
def one_by_one():
    return [3], [[2]], [1]


@break_rows.mistake(
    "This W is symmetric: its rows and its columns hold the same numbers. Which entries would "
    "have to differ?",
    when=lambda value: _is_symmetric(_fitting(value)[1]),
)
def symmetric():
    return [1, 2], [[1, 5], [5, 2]], [0, 0]


@break_rows.mistake(
    "The rows and the columns of W differ, and the sums do too, but only by what could be "
    "rounding beside such large numbers. Take small ones.",
    when=_differs,
)
def lost_beside_the_bias():
    return [1, 0], [[1, 2], [3, 4]], [1e12, 1e12]


@break_rows.mistake(
    "The rows and the columns of W differ, but on this a_in their weighted sums agree. Change "
    "a_in.",
    when=lambda value: not _differs(value),
)
def sums_agree():
    return [1, 1, 1], [[0, 1, 2], [2, 0, 1], [1, 2, 0]], [0, 0, 0]


@break_rows.mistake(
    "b comes second and W third. The order is (a_in, W, b).",
    when=lambda value: [len(shape) for shape in _shapes(value)] == [1, 1, 2],
)
def parts_swapped():
    return [1, 0], [0, 0], [[1, 2], [3, 4]]


@break_rows.mistake(
    "W comes first. The order is (a_in, W, b).",
    when=lambda value: [len(shape) for shape in _shapes(value)] == [2, 1, 1],
)
def weights_first():
    return [[1, 2], [3, 4]], [1, 0], [0, 0]


@break_rows.mistake(
    "a_in has a second dimension. One example is a single row of numbers, shape (n,).",
    when=lambda value: [len(shape) for shape in _shapes(value)] == [2, 2, 1],
)
def input_as_a_column():
    return [[1], [0]], [[1, 2], [3, 4]], [0, 0]


@break_rows.mistake(
    "There is a fourth part. g is linear here and no part of the answer: give (a_in, W, b).",
    when=lambda value: isinstance(value, (list, tuple)) and len(value) == 4,
)
def with_an_activation():
    return [1, 0], [[1, 2], [3, 4]], [0, 0], linear


@break_rows.alternative
def whole_number_lists():
    return [1, 2], [[1, -3], [2, 4]], [-1, 1]


@break_rows.alternative
def list_of_arrays():
    return [np.array([0.0, 0.0, 1.0]), np.arange(9.0).reshape(3, 3), np.zeros(3)]


@break_rows.alternative
def large_and_negative():
    return (np.array([-1e6, 2e6]), np.array([[1.0, -2.0], [3.0, 0.5]]), np.array([1e3, -5.0]))


@break_rows.alternative
def small_integers():
    return np.array([1, 2], dtype=np.int8), np.array([[0, 1], [2, 0]], dtype=np.int8), (0, 0)


@break_rows.alternative
def rows_as_arrays():
    return (0.5, -1.5), [np.array([1.0, 2.0]), np.array([-2.0, 1.0])], (3, 4)
