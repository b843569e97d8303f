"""Exercise `break_rows`: an input on which a layer by the rows of W goes wrong unseen."""

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
    return a_in, W, b, linear


def is_right(value):
    """Another way to tell: some unit's row and column give different sums, by plain Python."""
    a_in, W, b = (np.asarray(part).tolist() for part in value)
    n = len(a_in)
    if any(len(row) != n for row in [*W, b]) or len(W) != n:
        return False
    by_rows = [sum(W[j][i] * a_in[i] for i in range(n)) for j in range(n)]
    by_columns = [sum(W[i][j] * a_in[i] for i in range(n)) for j in range(n)]
    return any(abs(r - c) > 1e-6 * max(abs(r), abs(c)) for r, c in zip(by_rows, by_columns))


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


def _arrays(value):
    a_in, W, b = value
    return np.asarray(a_in, float), np.asarray(W, float), np.asarray(b, float)


def _is_square(value):
    a_in, W, _ = _arrays(value)
    return W.ndim == 2 and W.shape == (len(a_in), len(a_in))


@break_rows.mistake(
    "W has another number of units than of inputs. There `dense_by_rows` raises or gives another "
    "shape, and anybody would notice. Find a square W.",
    when=lambda value: _arrays(value)[1].ndim == 2 and not _is_square(value),
)
def not_square():
    return [1, 2], [[1, -3, 5], [2, 4, -6]], [-1, 1, 2]


@break_rows.mistake(
    "a_in is all zeros, so no weight matters. What would let you see the weights?",
    when=lambda value: _is_square(value) and not np.any(_arrays(value)[0]),
)
def no_input():
    return [0, 0], [[1, 2], [3, 4]], [1, 1]


@break_rows.mistake(
    "With one input and one unit the row and the column are the same number. Take more.",
    when=lambda value: _is_square(value) and len(value[0]) == 1,
)
def one_by_one():
    return [3], [[2]], [1]


@break_rows.mistake(
    "This W is symmetric: its rows and its columns hold the same numbers. Which entries would "
    "have to differ?",
    when=lambda value: _is_square(value) and np.allclose(_arrays(value)[1], _arrays(value)[1].T),
)
def symmetric():
    return [1, 2], [[1, 5], [5, 2]], [0, 0]


@break_rows.mistake(
    "The rows and the columns of W differ, but on this a_in their weighted sums agree. Change a_in.",
    when=lambda value: _is_square(value) and _arrays(value)[2].shape == (len(value[0]),),
)
def sums_agree():
    return [1, 1, 1], [[0, 1, 2], [2, 0, 1], [1, 2, 0]], [0, 0, 0]


@break_rows.mistake(
    "b comes second and W third. The order is (a_in, W, b).",
    when=lambda value: _arrays(value)[1].ndim == 1 and _arrays(value)[2].ndim == 2,
)
def parts_swapped():
    return [1, 0], [0, 0], [[1, 2], [3, 4]]


@break_rows.alternative
def whole_number_lists():
    return [1, 2], [[1, -3], [2, 4]], [-1, 1]


@break_rows.alternative
def list_of_arrays():
    return [np.array([0.0, 0.0, 1.0]), np.arange(9.0).reshape(3, 3), np.zeros(3)]


@break_rows.alternative
def large_and_negative():
    return (np.array([-1e6, 2e6]), np.array([[1.0, -2.0], [3.0, 0.5]]), np.array([1e3, -5.0]))
