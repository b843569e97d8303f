"""Exercise `one_hot`: a row with a single 1 for each label, and no label let through unseen."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.exercises.softmax.inputs import labels
from utils.reference import softmax as reference


def draw(rng):
    """Labels of any number of classes; one bad label among many good ones, on either side."""
    for m, K in ((5, 3), (4, 6), (7, 7), (7, 7), (40, 10)):
        yield case("random labels", labels(rng, m, K), K)
    few = rng.integers(0, 4, size=6)
    yield case("random labels, classes that do not occur", few, int(rng.integers(6, 12)))
    for name, bad in (
        ("one label too large among many", 5),
        ("one negative label among many", -int(rng.integers(1, 5))),
        ("one label far too large among many", int(rng.integers(6, 1000))),
    ):
        y = labels(rng, 9, 5)
        y[rng.integers(9)] = bad
        yield case(name, y, 5, raises=ValueError)


_WORDS = (
    "'labels must lie in 0..' -> 'labels must lie in 0.'",
    "K - 1 -> K + 1",
    "K - 1 -> K * 1",
    "K - 1 -> K",
    "K - 1 -> 1",
    "K - 1 -> 1 - K",
    "K -> y #2",
    "1 -> 2",
    "1 -> 0",
    "1 -> -1",
)

one_hot = Exercise(
    id="one_hot",
    title="One-hot labels",
    points=1,
    reference=reference.one_hot,
    returns=Array(shape="(m, K)", kept=True),
    begin=(
        "Begin with an array of zeros of shape (m, K). Each row gets one 1.0: in which column? And "
        "which labels have no column?"
    ),
    hints=(
        "Row i is 1.0 in column y[i] and 0.0 elsewhere. NumPy counts negative indices from the "
        "end, so a bad label can go unnoticed: ask first.",
        "First: if any label is below 0 or not below K, raise a ValueError. Then set entry "
        "(i, y[i]) of an array of zeros for each i, or pick rows of the identity matrix.",
        "if np.any(y < 0) or np.any(...): raise ValueError(...). Then np.eye(K) is a matrix whose "
        "row k is the one-hot row of class k: which rows of it do you want?",
    ),
    cases=[
        case("four labels", np.array([2, 0, 1, 2]), 3),
        case("one example", np.array([1]), 4),
        case("a class that does not occur", np.array([0, 2, 2, 0]), 5),
        case("as many examples as classes", np.array([2, 0, 1]), 3),
        case("a label just too large", np.array([3, 0, 1]), 3, raises=ValueError),
        case("a negative label", np.array([0, -1, 2]), 3, raises=ValueError),
        case("every label too large", np.array([3, 4]), 3, raises=ValueError),
    ],
    hidden=[
        case("one class", np.array([0, 0]), 1),
        case("one example, one class", np.array([0]), 1),
        case("only the first class", np.array([0, 0, 0]), 4),
        case("only the last class", np.array([3, 3]), 4),
        case("more examples than classes", np.array([1, 0, 1, 1, 0, 1, 0]), 2),
        case("many classes", np.array([99, 0, 57]), 100),
        case("more classes than a byte counts", np.array([299, 0, 256]), 300),
        case("small unsigned labels", np.array([2, 0, 9], dtype=np.uint8), 10),
        case("32-bit labels", np.array([1, 2, 0], dtype=np.int32), 3),
        case("an array that is a view", strided(np.array([2, 0, 1, 1])), 3),
        case("every label far too large", np.array([70, 80]), 3, raises=ValueError),
        case("every label negative", np.array([-3, -1]), 3, raises=ValueError),
        case("a label far below zero", np.array([1, -100]), 3, raises=ValueError),
        case("a label far too large", np.array([10**6, 0]), 3, raises=ValueError),
        case("a bad label at the end", np.array([0, 1, 2, 3]), 3, raises=ValueError),
        case("one class, label one", np.array([1]), 1, raises=ValueError),
        case("a small unsigned label too large", np.array([0, 3], dtype=np.uint8), 3,
             raises=ValueError),
    ],
    draw=draw,
    equivalent=dict.fromkeys(_WORDS, "in the words of the exception, on which nothing depends"),
)  # fmt: skip


@one_hot.mistake(
    "Bad labels are not refused: a negative one counts from the end, and one that is too large "
    "stops with an error of NumPy's. Ask for both before you index, and raise a ValueError."
)
def unguarded(y, K):
    return np.eye(K)[y]


@one_hot.mistake(
    "A bad label gives a row of zeros, and nobody notices. Ask for bad labels, and raise a "
    "ValueError."
)
def all_zeros_for_a_bad_label(y, K):
    return (np.asarray(y)[:, None] == np.arange(K)).astype(float)


@one_hot.mistake(
    "A negative label gets through. NumPy counts negative indices from the end: label -1 becomes "
    "the last class. Which comparison is missing?"
)
def negative_let_through(y, K):
    if np.any(y >= K):
        raise ValueError("label too large")
    return np.eye(K)[y]


@one_hot.mistake(
    "A label that is too large is not refused with a ValueError. Which labels have no column in K "
    "columns?"
)
def too_large_let_through(y, K):
    if np.any(y < 0):
        raise ValueError("negative label")
    return np.eye(K)[y]


@one_hot.also("too_large_let_through")
def one_too_large_let_through(y, K):
    if np.any(y < 0) or np.any(y > K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(K)[y]


@one_hot.mistake(
    "It raises only when every label is bad. One bad label among good ones is enough: any or all?"
)
def all_for_any(y, K):
    if np.all(y < 0) or np.all(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(K)[y]


@one_hot.mistake(
    "Bad labels raise, but another exception than asked for. Which one says that a value is not "
    "allowed?"
)
def another_exception(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise IndexError("labels must lie in 0..K-1")
    return np.eye(K)[y]


@one_hot.also("another_exception")
def by_assert(y, K):
    assert np.all((y >= 0) & (y < K))
    return np.eye(K)[y]


@one_hot.mistake(
    "For a bad label something comes back. Whoever called it would go on with it: raise the "
    "ValueError instead."
)
def none_for_a_bad_label(y, K):
    if np.any(y < 0) or np.any(y >= K):
        return None
    return np.eye(K)[y]


@one_hot.also("none_for_a_bad_label")
def error_returned(y, K):
    if np.any(y < 0) or np.any(y >= K):
        return ValueError("labels must lie in 0..K-1")
    return np.eye(K)[y]


@one_hot.mistake("Bad labels are pushed to the nearest class. That hides a mistake in the data.")
def pushed_inside(y, K):
    return np.eye(K)[np.clip(y, 0, K - 1)]


@one_hot.mistake(
    "The 1 stands one column too far to the left. Labels begin at 0, and so do columns."
)
def labels_from_one(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(K)[y - 1]


@one_hot.also("labels_from_one")
def labels_from_one_refused(y, K):
    if np.any(y < 1) or np.any(y > K):
        raise ValueError("labels must lie in 1..K")
    return np.eye(K)[y - 1]


@one_hot.mistake("There is one column too many. Classes 0 to K - 1 are how many?")
def one_column_more(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(K + 1)[y]


@one_hot.mistake(
    "The number of columns comes from the largest label. A class that does not occur needs its "
    "column too: K says how many there are."
)
def columns_from_the_labels(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(np.max(y) + 1)[y]


@one_hot.mistake(
    "The result is turned: one column for each example. Each example should have a row, shape "
    "(m, K)."
)
def turned(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(K)[:, y]


@one_hot.mistake(
    "The numbers are whole numbers, or True and False. Floats are asked for: 1.0 and 0.0."
)
def whole_numbers(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(K, dtype=int)[y]


@one_hot.also("whole_numbers")
def true_and_false(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return y[:, None] == np.arange(K)


@one_hot.mistake(
    "All columns of the labels are set in every row. Each row gets one 1: which index goes with "
    "y[i]?"
)
def every_row_set(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    Y = np.zeros((len(y), K))
    Y[:, y] = 1
    return Y


@one_hot.mistake(
    "The label itself stands in its column. A 1 should stand there, whatever the label."
)
def label_in_its_column(y, K):
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError("labels must lie in 0..K-1")
    return np.eye(K)[y] * y[:, None]


@one_hot.alternative
def filled_in_a_loop(y, K):
    Y = np.zeros((len(y), K))
    for i, label in enumerate(y):
        if not 0 <= label < K:
            raise ValueError(f"label {label} is outside 0..{K - 1}")
        Y[i, label] = 1
    return Y


@one_hot.alternative
def by_comparison(y, K):
    if y.min() < 0 or y.max() > K - 1:
        raise ValueError("a label is out of range")
    return np.equal(y.reshape(-1, 1), np.arange(K)).astype(float)


@one_hot.alternative
def by_two_indices(y, K):
    if not np.all((y >= 0) & (y < K)):
        raise ValueError("a label is out of range")
    Y = np.zeros((y.shape[0], K))
    Y[np.arange(y.shape[0]), y] = 1.0
    return Y


@one_hot.alternative
def by_lists(y, K):
    rows = []
    for label in y.tolist():
        if label not in range(K):
            raise ValueError(label)
        rows.append([0.0] * label + [1.0] + [0.0] * (K - 1 - label))
    return np.array(rows)


@one_hot.alternative
def exception_of_its_own(y, K):
    class LabelError(ValueError):
        pass

    if set(y.tolist()) - set(range(K)):
        raise LabelError("no such class")
    return np.take(np.identity(K), y, axis=0)


@one_hot.alternative
def found_by_the_sum(y, K):
    Y = np.where(np.asarray(y, dtype=int)[:, None] - np.arange(K)[None, :] == 0, 1.0, 0.0)
    if Y.sum() != len(y):
        raise ValueError("a label is out of range")
    return Y
