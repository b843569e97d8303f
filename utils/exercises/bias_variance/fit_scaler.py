"""Exercise `fit_scaler`: mean and standard deviation of each column of the training set."""

import numpy as np

from utils.checking import Array, Exercise, Sequence, case, strided
from utils.reference import bias_variance as reference


def draw(rng):
    """Columns of any scale; constant ones among others; spreads of one order with their values."""
    for m, n in ((6, 3), (4, 4), (2, 5), (40, 2)):
        yield case("a random training set", rng.normal(size=n) + rng.normal(size=(m, n)))
    X = rng.uniform(1, 3, size=(7, 4)) * 10.0 ** rng.integers(-3, 6, size=4)
    yield case("random scales", X)
    X[:, rng.integers(4)] = rng.uniform(0.1, 0.9)
    yield case("random numbers, one column all equal", X)
    yield case("random numbers, all columns equal", np.tile(rng.uniform(0.1, 9, size=5), (10, 1)))
    yield case("random whole numbers", rng.integers(-9, 10, size=(5, 3)))


_X = np.array([[200.0, 12.0], [240.0, 15.0], [180.0, 13.0], [260.0, 12.0]])

fit_scaler = Exercise(
    id="fit_scaler",
    title="Mean and standard deviation of the training set",
    points=1,
    reference=reference.fit_scaler,
    returns=Sequence(
        of=(Array(shape="(n,)"), Array(shape="(n,)")), wanted="a tuple (mean, std)"
    ),
    begin=(
        "Begin with the mean of each column, an array of shape (n,). Then the standard deviation. "
        "Which columns can't be divided by theirs?"
    ),
    hints=(
        "There is one mean and one standard deviation for each column: over which axis do you go? "
        "And what would come of dividing by 0?",
        "Compute both with axis=0. Then put a 1 into std wherever a column's values are all equal: "
        "rounding can make its std a tiny number instead of 0, so ask the column, not the std.",
        "All values of a column are equal where its largest is its smallest: X_train.max(axis=0) "
        "== X_train.min(axis=0). np.where(..., 1.0, ...) picks from two arrays.",
    ),
    cases=[
        case("four examples", _X),
        case("a column whose values are all equal", np.array([[1.0, 5.0], [2.0, 5.0], [6.0, 5.0]])),
        case("ten times one tenth",
             np.column_stack([np.full(10, 0.1), np.arange(10.0), np.full(10, 0.7)])),
        case("one example", np.array([[2.0, -1.0, 0.5]])),
        case("one column", np.array([[1.0], [4.0], [4.0], [-1.0]])),
        case("as many examples as columns", np.array([[1.0, -2.0], [4.0, 0.5]])),
        case("whole numbers", np.array([[1, 7], [2, 7], [6, 7]])),
        case("a column that hardly varies", np.array([[1e-9, 1.0], [-2e-9, 3.0], [4e-9, 2.0]])),
    ],
    hidden=[
        case("all zeros", np.zeros((3, 2))),
        case("one example, one column", np.array([[0.3]])),
        case("every column equal", np.tile([0.1, 0.3, 1.1], (10, 1))),
        case("the first value occurs again", np.array([[1.0, 2.0], [5.0, 3.0], [1.0, 2.0]])),
        case("equal at both ends", np.array([[0.5, 1.0], [0.5, 4.0], [2.5, 1.0], [0.5, 1.0]])),
        case("equal, and large", np.column_stack([np.full(7, 1e9 + 0.1), np.arange(7.0)])),
        case("equal, and negative", np.column_stack([np.full(6, -0.7), np.arange(6.0)])),
        case("sums to zero, and is not equal", np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 3.0]])),
        case("a column that varies less than any threshold", np.array([[1e-14], [-1e-14]])),
        case("columns that vary little for their size",
             np.array([[131072.0, 1.0], [131073.0, 1.0 + 2.0**-42]])),
        case("very large", np.array([[1e100, 2.0], [3e100, 5.0], [-2e100, 1.0]])),
        case("float32", np.array([[0.5, 0.1], [1.5, 0.1], [0.25, 0.1]], dtype=np.float32)),
        case("an array that is a view", strided(_X)),
        case("columns stored one after the other", np.asfortranarray(_X)),
    ],
    draw=draw,
)  # fmt: skip


@fit_scaler.mistake(
    "A column whose values are all equal is not taken care of: its std is 0, and whoever divides "
    "by it gets nan. What should stand there instead?"
)
def zero_left(X_train):
    return X_train.mean(axis=0), X_train.std(axis=0)


@fit_scaler.mistake(
    "You ask whether the spread around the mean is 0. Of ten times 0.1 it is about 1e-17, by "
    "rounding, and so it stays. How can you tell from the column itself that its values are all "
    "equal?"
)
def std_compared_with_zero(X_train):
    std = X_train.std(axis=0)
    return X_train.mean(axis=0), np.where(std == 0, 1.0, std)


@fit_scaler.also("std_compared_with_zero")
def largest_distance_compared_with_zero(X_train):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    return mean, np.where(np.abs(X_train - mean).max(axis=0) == 0, 1.0, std)


@fit_scaler.mistake(
    "Every std below some threshold becomes 1, also that of a column that varies a little. Only a "
    "column whose values are all equal should get 1: what does the column itself tell?"
)
def threshold(X_train):
    std = X_train.std(axis=0)
    return X_train.mean(axis=0), np.where(std < 1e-8, 1.0, std)


@fit_scaler.also("threshold")
def higher_threshold(X_train):
    std = X_train.std(axis=0)
    return X_train.mean(axis=0), np.where(std < 1e-6, 1.0, std)


@fit_scaler.also("threshold")
def threshold_by_isclose(X_train):
    std = X_train.std(axis=0)
    std[np.isclose(std, 0)] = 1.0
    return X_train.mean(axis=0), std


@fit_scaler.mistake(
    "Something small is added to std, so it is a little wrong everywhere, and tiny where a column "
    "is all equal. A 1 should stand there, and nothing be added elsewhere."
)
def epsilon_added(X_train):
    return X_train.mean(axis=0), X_train.std(axis=0) + 1e-8


@fit_scaler.also("epsilon_added")
def larger_epsilon_added(X_train):
    return X_train.mean(axis=0), X_train.std(axis=0) + 1e-7


@fit_scaler.mistake(
    "1 is added to every std. Only a column whose values are all equal should get 1."
)
def one_added(X_train):
    return X_train.mean(axis=0), X_train.std(axis=0) + 1


@fit_scaler.mistake(
    "Every std below 1 becomes 1. A column can vary by less than 1 and be scaled all the same."
)
def never_below_one(X_train):
    return X_train.mean(axis=0), np.maximum(X_train.std(axis=0), 1.0)


@fit_scaler.mistake(
    "It divides by m - 1. The standard deviation of the population divides by m: what does ddof "
    "say?"
)
def sample_std(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    n = max(len(X_train) - 1, 1)
    squares = np.sum((X_train - X_train.mean(axis=0)) ** 2, axis=0)
    return X_train.mean(axis=0), np.where(constant, 1.0, np.sqrt(squares / n))


@fit_scaler.also("sample_std")
def sample_std_by_ddof(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    return X_train.mean(axis=0), np.where(constant, 1.0, np.std(X_train, axis=0, ddof=1))


@fit_scaler.mistake(
    "This is the variance, in squared units. What makes a standard deviation of it?"
)
def variance(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    return X_train.mean(axis=0), np.where(constant, 1.0, X_train.var(axis=0))


@fit_scaler.mistake(
    "This is the mean distance from the mean, without squares. Which mean is under the root?"
)
def mean_distance(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    distance = np.mean(np.abs(X_train - X_train.mean(axis=0)), axis=0)
    return X_train.mean(axis=0), np.where(constant, 1.0, distance)


@fit_scaler.mistake(
    "std is the root of the mean square, measured from 0. It should be measured from the mean."
)
def not_centred(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    return X_train.mean(axis=0), np.where(constant, 1.0, np.sqrt(np.mean(X_train**2, axis=0)))


@fit_scaler.mistake(
    "It takes the range, largest minus smallest, for the standard deviation. That is another way "
    "to scale."
)
def range_for_std(X_train):
    spread = X_train.max(axis=0) - X_train.min(axis=0)
    return X_train.mean(axis=0), np.where(spread == 0, 1.0, spread)


@fit_scaler.mistake("It takes the median. The mean of each column is asked for.")
def median(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    return np.median(X_train, axis=0), np.where(constant, 1.0, X_train.std(axis=0))


@fit_scaler.mistake(
    "There is one number for each example. Each column has its own: over which axis do you go?"
)
def each_example(X_train):
    constant = X_train.max(axis=1) == X_train.min(axis=1)
    return X_train.mean(axis=1), np.where(constant, 1.0, X_train.std(axis=1))


@fit_scaler.also("each_example")
def each_example_unguarded(X_train):
    return X_train.mean(axis=1), X_train.std(axis=1)


@fit_scaler.mistake(
    "Mean and std are taken over all numbers together. Columns have different units: each needs "
    "its own."
)
def all_together(X_train):
    return np.mean(X_train), np.std(X_train) or 1.0


@fit_scaler.also("all_together")
def all_together_in_each_column(X_train):
    n = X_train.shape[1]
    return np.full(n, np.mean(X_train)), np.full(n, np.std(X_train) or 1.0)


@fit_scaler.mistake("The two are swapped. A tuple (mean, std) is asked for, the mean first.")
def swapped(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    return np.where(constant, 1.0, X_train.std(axis=0)), X_train.mean(axis=0)


@fit_scaler.mistake(
    "It returns the scaled training set. The numbers to scale with are asked for, since the other "
    "sets will need the same ones."
)
def scaled_set(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    std = np.where(constant, 1.0, X_train.std(axis=0))
    return (X_train - X_train.mean(axis=0)) / std


@fit_scaler.mistake(
    "One column that is all equal turns every std into 1. The other columns keep theirs: any, or "
    "each by itself?"
)
def one_for_every_column(X_train):
    std = X_train.std(axis=0)
    if np.any(X_train.max(axis=0) == X_train.min(axis=0)):
        std = np.ones_like(std)
    return X_train.mean(axis=0), std


@fit_scaler.mistake(
    "A column gets 1 only when every column is all equal. Each is to be looked at by itself."
)
def only_when_all_are_equal(X_train):
    std = X_train.std(axis=0)
    if np.all(X_train == X_train[0]):
        std = np.ones_like(std)
    return X_train.mean(axis=0), std


@fit_scaler.mistake(
    "A column that begins and ends with the same number is taken for one that is all equal. What "
    "of the values between?"
)
def first_and_last_compared(X_train):
    std = X_train.std(axis=0)
    return X_train.mean(axis=0), np.where(X_train[0] == X_train[-1], 1.0, std)


@fit_scaler.mistake(
    "The mean of an all equal column is set to 0. Only its std is special: the mean is what it is."
)
def mean_set_to_zero(X_train):
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    mean = np.where(constant, 0.0, X_train.mean(axis=0))
    return mean, np.where(constant, 1.0, X_train.std(axis=0))


@fit_scaler.mistake(
    "The results have two dimensions, (1, n). They should have the shape (n,): what does keepdims "
    "do?"
)
def dimensions_kept(X_train):
    constant = np.ptp(X_train, axis=0, keepdims=True) == 0
    std = np.where(constant, 1.0, X_train.std(axis=0, keepdims=True))
    return X_train.mean(axis=0, keepdims=True), std


@fit_scaler.alternative
def by_the_range(X_train):
    std = np.std(X_train, axis=0)
    std[np.ptp(X_train, axis=0) == 0] = 1
    return np.mean(X_train, axis=0), std


@fit_scaler.alternative
def column_by_column(X_train):
    mean, std = [], []
    for column in X_train.T:
        mean.append(sum(column) / len(column))
        squares = sum((value - mean[-1]) ** 2 for value in column)
        std.append((squares / len(column)) ** 0.5 if len(set(column)) > 1 else 1)
    return np.array(mean), np.array(std, dtype=float)


@fit_scaler.alternative
def by_the_first_row(X_train):
    mean = np.ones(len(X_train)) @ X_train / len(X_train)
    std = np.sqrt(np.einsum("ij,ij->j", X_train - mean, X_train - mean) / len(X_train))
    return mean, np.where((X_train == X_train[0]).all(axis=0), 1.0, std)


@fit_scaler.alternative
def by_unique_values(X_train):
    m, n = X_train.shape
    mean, std = np.zeros(n), np.ones(n)
    for j in range(n):
        mean[j] = X_train[:, j].sum() / m
        if np.unique(X_train[:, j]).size > 1:
            std[j] = np.linalg.norm(X_train[:, j] - mean[j]) / np.sqrt(m)
    return [mean, std]
