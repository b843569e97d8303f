"""Exercise `dead_units`: which ReLU units are 0 for every example."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import activations as reference


def outputs(rng, m, u):
    """ReLU outputs with some units dead, some that fire for one example only."""
    A = np.maximum(0, rng.normal(size=(m, u)))
    kind = np.append(rng.permutation([0, 1, 2]), rng.integers(3, size=u))[:u]
    A[:, kind == 0] = 0
    for j in np.flatnonzero(kind == 1):
        A[:, j] = 0
        A[rng.integers(m), j] = rng.uniform(0.1, 2)
    return A


def draw(rng):
    """Layers of every shape; dead, nearly dead and lively units in every order."""
    yield case("a random layer", outputs(rng, rng.integers(5, 9), rng.integers(3, 5)))
    yield case("a random wide layer", outputs(rng, 3, 9))
    yield case("a random layer, as many examples as units", outputs(rng, 4, 4))
    yield case("many random examples", outputs(rng, 300, 4))
    yield case("one random example", outputs(rng, 1, 6))
    yield case("random tiny outputs", outputs(rng, 4, 5) * 10.0 ** -rng.uniform(9, 250))
    yield case("random whole numbers", np.ceil(outputs(rng, 4, 5)).astype(int))
    yield case("random float32", outputs(rng, 5, 4).astype(np.float32))


dead_units = Exercise(
    id="dead_units",
    title="Which units are dead",
    points=1,
    reference=reference.dead_units,
    returns=Array(shape="(u,)", dtype="bool"),
    begin=(
        "Begin with one unit, one column of A: which question would you ask of all its entries? "
        "Then ask it of every column at once."
    ),
    hints=(
        "Each row is an example, each column a unit. A unit is dead when it is 0 in every row.",
        "A == 0 gives True or False for each entry. Which function of NumPy tells whether all of "
        "them are True, and along which axis leaves one answer for each column?",
        "One line: np.all(..., axis=...). Check it on an A of shape (4, 3): three answers should "
        "come out.",
    ),
    cases=[
        case("four examples, three units", np.array(
            [[0.0, 1.5, 0.0], [0.0, 0.0, 0.0], [0.0, 3.0, 0.0], [0.0, 0.25, 2.0]])),
        case("as many examples as units", np.array(
            [[0.0, 0.0, 1.0], [0.0, 2.0, 0.5], [0.0, 0.0, 0.0]])),
        case("one example", np.array([[0.0, 2.0, 0.0]])),
        case("one unit", np.array([[0.0], [0.0], [0.25]])),
        case("no unit dead", np.array([[0.0, 1.0, 0.5], [2.0, 0.0, 0.5]])),
        case("all zeros", np.zeros((3, 2))),
        case("tiny outputs", np.array([[1e-9, 0.0, 0.0], [0.0, 0.0, 1e-200]])),
        case("whole numbers", np.array([[0, 3, 0], [0, 0, 0]])),
    ],
    hidden=[
        case("one example, one unit, dead", np.array([[0.0]])),
        case("one example, one unit, alive", np.array([[0.5]])),
        case("one unit, dead", np.zeros((4, 1))),
        case("alive in the first example only", np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]])),
        case("alive in the last example only", np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 1.0]])),
        case("many examples", np.where(np.arange(450).reshape(150, 3) == 301, 0.5, 0.0)),
        case("no zero at all", np.array([[1.0, 2.0], [0.5, 3.0]])),
        case("minus zero", np.array([[-0.0, 1.0, 0.0], [0.0, -0.0, -0.0]])),
        case("large outputs", np.array([[1e12, 0.0, 1e300], [0.0, 0.0, 1e-12]])),
        case("a unit much smaller than the others",
             np.array([[1e-300, 0.0, 1e6], [0.0, 0.0, 1e6]])),
        case("float32", np.array([[0.0, 1e-6], [0.0, 0.0]], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))),
        case("columns stored one after the other",
             np.asfortranarray([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]])),
    ],
    draw=draw,
)  # fmt: skip


@dead_units.mistake(
    "Yours calls a unit dead that is 0 for some example. A unit that fires for one and rests for "
    "another is alive: is it any zero you ask for, or all?"
)
def any_instead_of_all(A):
    return np.any(A == 0, axis=0)


@dead_units.also("any_instead_of_all")
def smallest_is_zero(A):
    return np.min(A, axis=0) == 0


@dead_units.also("any_instead_of_all")
def product_is_zero(A):
    return np.prod(A, axis=0) == 0


@dead_units.mistake(
    "Yours gives one answer for each example. Units are the columns: along which axis do you ask?"
)
def one_answer_an_example(A):
    return np.all(A == 0, axis=1)


@dead_units.mistake(
    "Yours gives one answer for the whole layer. Each unit needs its own: what does `axis` do?"
)
def one_answer_in_all(A):
    return np.all(A == 0)


@dead_units.mistake("Yours marks the units that are alive. The exercise asks for the dead ones.")
def alive_instead(A):
    return np.any(A > 0, axis=0)


@dead_units.mistake(
    "It returns 0 and 1. True or False is asked for: does a comparison not give that already?"
)
def zeros_and_ones(A):
    return np.all(A == 0, axis=0).astype(int)


@dead_units.also("zeros_and_ones")
def zeros_and_ones_of_float(A):
    return np.where(np.all(A == 0, axis=0), 1.0, 0.0)


@dead_units.mistake(
    "It returns the numbers of the dead units. One answer for each unit is asked for, True or "
    "False."
)
def which_ones(A):
    return np.where(np.all(A == 0, axis=0))[0]


@dead_units.mistake("It returns how many units are dead. Which ones they are is asked for.")
def how_many(A):
    return np.sum(np.all(A == 0, axis=0))


@dead_units.mistake(
    "A tiny output counts as 0 in yours. A unit with any output above 0 still learns: compare with "
    "0 exactly."
)
def tolerance(A):
    return np.all(np.isclose(A, 0), axis=0)


@dead_units.also("tolerance")
def threshold(A):
    return np.all(A < 1e-6, axis=0)


@dead_units.also("tolerance")
def small_mean(A):
    return np.mean(A, axis=0) < 1e-8


@dead_units.mistake(
    "An output so small that its square is 0 in float64 (or it is itself in float32) counts as 0 "
    "in yours, yet the unit is alive. Compare the outputs themselves, with 0 exactly."
)
def squares_vanish(A):
    return np.sum(A**2, axis=0) == 0


@dead_units.mistake("Only the first example is looked at. Dead is what is 0 for every example.")
def first_example_only(A):
    return A[0] == 0


@dead_units.mistake("Only the last example is looked at. Dead is what is 0 for every example.")
def last_example_only(A):
    for row in A:
        dead = row == 0
    return dead


@dead_units.mistake(
    "It returns a table, an answer for each entry of A. How do you ask all entries of a column at "
    "once?"
)
def an_answer_for_each_entry(A):
    return A == 0


@dead_units.mistake(
    "The result has shape (1, u), a table with one row. One dimension is asked for: (u,)."
)
def one_row(A):
    return np.all(A == 0, axis=0, keepdims=True)


@dead_units.alternative
def largest_is_zero(A):
    return A.max(axis=0) == 0


@dead_units.alternative
def not_any(A):
    return ~A.any(axis=0)


@dead_units.alternative
def sum_is_zero(A):
    return np.sum(A, axis=0) == 0


@dead_units.alternative
def column_by_column(A):
    return np.array([all(value == 0 for value in column) for column in A.T])


@dead_units.alternative
def counted(A):
    return np.count_nonzero(A, axis=0) == 0


@dead_units.alternative
def by_elimination(A):
    dead = np.ones(A.shape[1], dtype=bool)
    for row in A:
        dead &= row == 0
    return dead


@dead_units.alternative
def by_reduce(A):
    return np.logical_and.reduce(A <= 0)
