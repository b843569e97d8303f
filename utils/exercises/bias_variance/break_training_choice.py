"""Exercise `break_training_choice`: data on which the training set chooses badly."""

from fractions import Fraction

import numpy as np

from utils.checking import Exercise, Rejected, numbers
from utils.checking.breaking import parts
from utils.checking.results import Unjudgeable
from utils.checking.show import show
from utils.reference import bias_variance as reference
from utils.reference.bias_variance import select_degree

DEGREES = range(1, 7)
NAMES = ("x_train", "y_train", "x_cv", "y_cv")
MOST = 20_000  # examples in a set
CLOSEST = 1e8  # a fit that magnifies rounding more than this tells nothing


def degree_by_training(x_train, y_train, x_cv, y_cv):
    """Looks like a way to choose the degree. It takes the one with the lowest J_train."""
    degrees = [1, 2, 3, 4, 5, 6]
    _, J_train, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    return degrees[int(np.argmin(J_train))]


def contract(value):
    """The four arrays as float64: pairs of one length, and enough for degree 6."""
    arrays = [numbers(p, n, 1) for p, n in zip(parts(value, NAMES), NAMES, strict=True)]
    x_train, y_train, x_cv, y_cv = (array.astype(float) for array in arrays)
    for x, y, name in ((x_train, y_train, "train"), (x_cv, y_cv, "cv")):
        if len(x) != len(y):
            says = f"Each x has one y: x_{name} and y_{name} have the same length."
            detail = f"x_{name} has {len(x)} numbers, y_{name} has {len(y)}."
            raise Rejected("shape", "lengths", says, detail)
        if len(x) > MOST:
            raise Unjudgeable(f"{len(x):,} examples take too long; {MOST:,} are the most")
    for pair, limit in (((x_train, x_cv), 1e12), ((y_train, y_cv), 1e100)):
        size = max(np.abs(part).max() for part in pair)
        if size and not 1 / limit < size < limit:
            says = "Powers of numbers as large or as small as these overflow or vanish."
            raise Rejected("finite", "overflow", says, "Numbers around 1 will do.")
    different = len(np.unique(x_train))
    if different < 7:
        says = (
            "A curve of degree 6 has seven numbers to fit. With fewer than seven different x_train "
            "many curves fit equally well, and nothing says which of them is meant."
        )
        raise Rejected("value", "too_few", says, f"Different numbers in x_train: {different}.")
    return x_train, y_train, x_cv, y_cv


def bounds(x_train, y_train, x_cv, y_cv):
    """J_train and J_cv of the six degrees, each as the lowest and the highest it may be.

    The fit does not depend on how x is measured, nor the ratio of two costs on how y is. So x is
    moved to [-1, 1] and y scaled to 1, and Chebyshev's polynomials stand for the powers, so that
    little cancels. What rounding is left lies between the bounds.
    """
    middle, half = x_train.min() / 2 + x_train.max() / 2, x_train.max() / 2 - x_train.min() / 2
    size = max(np.abs(y_train).max(), np.abs(y_cv).max()) or 1.0
    y_train, y_cv = y_train / size, y_cv / size
    A, A_cv = (np.polynomial.chebyshev.chebvander((x - middle) / half, 6) for x in (x_train, x_cv))
    magnified = np.linalg.cond(A)
    if magnified > CLOSEST:
        says = "Some of the x_train lie so close together that rounding decides the fit."
        raise Rejected("value", "close", says)
    J_train, J_cv = [], []
    for degree in DEGREES:
        c = np.linalg.lstsq(A[:, : degree + 1], y_train, rcond=None)[0]
        for B, y, costs in ((A, y_train, J_train), (A_cv, y_cv, J_cv)):
            B = B[:, : degree + 1]
            rounding = 1e-14 * magnified * (np.abs(B) @ np.abs(c) + np.abs(y))
            error, lost = _root(B @ c - y), _root(rounding)
            costs.append((max(error - lost, 0.0) ** 2, (error + lost) ** 2))
    return np.array(J_train), np.array(J_cv), size


def _root(errors):
    """The root of the cost of these errors: a length, so it grows by at most theirs."""
    return float(np.sqrt(np.mean(errors**2) / 2))


def accept(value):
    """Right when every degree that J_train may choose costs twice as much on the cv set."""
    J_train, J_cv, size = _bounds_of(contract(value))
    J_best = J_cv[:, 1].min()
    best = np.flatnonzero(J_cv[:, 0] <= J_best)[0]
    chosen = np.flatnonzero(J_train[:, 0] <= J_train[:, 1].min())  # several, where rounding decides
    bad = (J_cv[chosen, 1] >= 2 * J_best * (1 - 1e-6)) & (J_cv[chosen, 0] > J_best)
    tied = f"degrees {chosen[0] + 1} to {chosen[-1] + 1} alike"
    degree = tied if len(chosen) > 1 else f"degree {chosen[0] + 1}"
    said = (
        f"By J_train: {degree}, J_cv {_shown(J_cv[chosen[-1]], size)}. "
        f"By J_cv: degree {best + 1}, J_cv {_shown(J_cv[best], size)}."
    )
    if bad.all():
        return said
    if bad.any():
        says = "Several degrees fit the training set perfectly, so rounding chooses among them."
        raise Rejected("value", "ties", says, said)
    if J_cv[chosen, 0].max() <= J_best:
        raise Rejected("value", "agree", "Chosen by J_train, J_cv is the lowest there is.", said)
    raise Rejected("value", "hardly", "Chosen by J_train, J_cv is not twice as large.", said)


def _bounds_of(arrays):
    with np.errstate(all="ignore"):
        return bounds(*arrays)


def _shown(cost, size):
    """A cost as the student would compute it; below what rounding leaves, it is 0."""
    low, high = float(cost[0]), float(cost[1])
    return "0" if low == 0 else show((low + high) / 2 * float(size) * float(size))


def is_right(value):
    """Another way to tell: the six fits in exact fractions, by the normal equations."""
    if not isinstance(value, (tuple, list)) or len(value) != 4:
        return False
    if not all(np.isfinite(part).all() for part in value):
        return False
    x, y, x_cv, y_cv = ([Fraction(v) for v in np.asarray(p).tolist()] for p in value)
    if len(x) != len(y) or len(x_cv) != len(y_cv) or not x_cv or len(set(x)) < 7:
        return False
    fits = [_fit(x, y, degree) for degree in DEGREES]
    J_train = [_cost(x, y, c) for c in fits]
    J_cv = [_cost(x_cv, y_cv, c) for c in fits]
    chosen = [J for J, J_t in zip(J_cv, J_train, strict=True) if J_t == min(J_train)]
    return all(J > 0 and min(J_cv) <= J / 2 for J in chosen)


def _fit(x, y, degree):
    """The coefficients of the polynomial of least squares, from the constant on."""
    n = degree + 1
    sums = [sum(v**k for v in x) for k in range(2 * n - 1)]
    rows = [
        [sums[i + j] for j in range(n)] + [sum(v**i * t for v, t in zip(x, y, strict=True))]
        for i in range(n)
    ]
    for i in range(n):  # the matrix is positive definite: no entry to divide by is 0
        rows[i] = [entry / rows[i][i] for entry in rows[i]]
        for j in range(n):
            if j != i:
                rows[j] = [a - rows[j][i] * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[n] for row in rows]


def _cost(x, y, coefficients):
    errors = [
        sum(c * v**k for k, c in enumerate(coefficients)) - t for v, t in zip(x, y, strict=True)
    ]
    return sum(error * error for error in errors) / (2 * len(errors))


break_training_choice = Exercise(
    id="break_training_choice",
    title="Break the choice by training error",
    points=2,
    reference=reference.break_training_choice,
    accept=accept,
    oracle=is_right,
    given=(degree_by_training,),
    asks="a tuple (x_train, y_train, x_cv, y_cv): lists of numbers will do, seven or more to train",
    begin=(
        "Begin with a line, y = x, and nine numbers x_train between -1 and 1. Then add a little "
        "to some of y_train, as noise would: what does a curve of degree 6 make of that?"
    ),
    hints=(
        "J_train never gets larger when the degree grows. So which degree does J_train choose, "
        "whatever the data?",
        "You need data on which the largest degree is a bad choice: few training examples, a "
        "simple rule, and noise that degree 6 runs after. The cross-validation set follows the "
        "rule.",
        "Take about nine x_train from -1 to 1, y_train = x_train with 0.2 added to one and taken "
        "from the next, and so on. For x_cv take numbers in between, and y_cv = x_cv.",
    ),
)


def _arrays(value):
    """The four arrays, or TypeError when the value is outside the contract."""
    try:
        return contract(value)
    except Rejected:
        raise TypeError from None


def _same(a, b):
    return a.shape == b.shape and np.array_equal(np.sort(a), np.sort(b))


def _shapes(value):
    return [np.shape(part) for part in value]


@break_training_choice.mistake(
    "The cross-validation set is the training set again. So J_cv is J_train, and both choose the "
    "same degree. What would new examples of the same rule look like?",
    when=lambda value: (
        _same(_arrays(value)[0], _arrays(value)[2]) and _same(_arrays(value)[1], _arrays(value)[3])
    ),
)
def the_same_twice():
    x, y = [-3, -2, -1, 0, 1, 2, 3, 4], [1, 0, 2, 1, 3, 1, 4, 2]
    return x, y, x, y


@break_training_choice.mistake(
    "All y_train are the same number. Every degree fits that perfectly, so there is nothing to "
    "choose by.",
    when=lambda value: np.ptp(_arrays(value)[1]) == 0,
)
def constant_labels():
    return list(range(8)), [2] * 8, [0.5, 1.5, 2.5], [2, 3, 2]


@break_training_choice.mistake(
    "Some curve of degree 5 or less runs through all your training examples, and the larger "
    "degrees fit no better. Rounding then decides which is chosen. What could y_train hold "
    "besides the rule?",
    when=lambda value: _perfect_below_six(value),
)
def no_noise_in_training():
    x = np.linspace(-1, 1, 9)
    return x, x**2, np.array([-0.5, 0.1, 0.6]), np.array([0.5, -0.2, 0.1])


@break_training_choice.mistake(
    "There are too few x_train, or the same ones again: a curve of degree 6 needs seven different "
    "ones at least.",
    fault="too_few",
)
def too_few_examples():
    return [-1, 0, 1, 2], [0, 1, 0, 3], [0.5, 1.5], [0.5, 1]


@break_training_choice.mistake(
    "An x and its y belong together, so x_train and y_train have the same length, and x_cv and "
    "y_cv too.",
    fault="lengths",
)
def lengths_differ():
    return list(range(8)), [0, 1, 0, 2, 1, 3, 2], [0.5], [1]


@break_training_choice.mistake(
    "Degree 6 is a good choice here for the cross-validation set as well. Is the rule behind your "
    "data simpler than that, and is there noise in y_train that the curve can run after?",
    fault="agree",
)
def a_rule_of_degree_six():
    x, x_cv = np.linspace(-1, 1, 15), np.linspace(-0.95, 0.95, 12)
    noise = 0.01 * np.array([1, -1, -1, 1, 1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1])
    return (
        x,
        32 * x**6 - 48 * x**4 + 18 * x**2 + noise,
        x_cv,
        32 * x_cv**6 - 48 * x_cv**4 + (18 * x_cv**2),
    )


@break_training_choice.mistake(
    "The two choices differ, but not by enough: J_cv is less than twice as large. More noise in "
    "y_train, or fewer training examples, would make the difference larger. Does y_cv hold noise?",
    fault="hardly",
)
def too_many_examples():
    x, x_cv = np.linspace(-1, 1, 60), np.linspace(-0.97, 0.97, 30)
    return x, x + 0.3 * np.sin(40 * x), x_cv, x_cv + 0.3 * np.cos(50 * x_cv)


@break_training_choice.mistake(
    "Some of the x_train lie too close together for a reliable fit. Spread them evenly.",
    fault="close",
)
def crowded():
    x = np.array([0, 1e-9, 2e-9, 3e-9, 4e-9, 5e-9, 1.0, 2.0])
    return x, [0, 1, 0, 1, 0, 1, 0, 1], [0.5, 1.5], [0, 1]


@break_training_choice.mistake(
    "One of the parts has a second dimension. Each is a plain row of numbers, such as [1, 2, 3].",
    when=lambda value: len(value) == 4 and any(len(shape) == 2 for shape in _shapes(value)),
)
def columns():
    x = np.linspace(-1, 1, 8)
    return x[:, None], x, x[:3, None], x[:3]


@break_training_choice.mistake(
    "These are two pairs. Write the four one after the other: (x_train, y_train, x_cv, y_cv).",
    when=lambda value: isinstance(value, (tuple, list)) and len(value) == 2,
)
def two_pairs():
    x = np.linspace(-1, 1, 8)
    return (x, x), (x[:3], x[:3])


@break_training_choice.mistake(
    "There are six parts. The test set has no say in this: (x_train, y_train, x_cv, y_cv).",
    when=lambda value: isinstance(value, (tuple, list)) and len(value) == 6,
)
def with_a_test_set():
    x = np.linspace(-1, 1, 8)
    return x, x, x, x, x, x


def _perfect_below_six(value):
    """Whether J_train of degree 5 is 0 but for rounding."""
    try:
        return _bounds_of(_arrays(value))[0][4, 0] == 0
    except Rejected:
        return False


@break_training_choice.alternative
def lists_of_whole_numbers():
    return [-4, -3, -2, -1, 1, 2, 3, 4], [-3, -4, -1, -3, 2, 1, 4, 2], [-3, 0, 3, 5], [-3, 0, 3, 5]


@break_training_choice.alternative
def noise_on_a_parabola():
    rng = np.random.default_rng(3)
    x, x_cv = rng.uniform(-1, 1, size=10), rng.uniform(-1, 1, size=50)
    return x, x**2 + 0.4 * rng.normal(size=10), x_cv, x_cv**2 + 0.1 * rng.normal(size=50)


@break_training_choice.alternative
def one_example_to_validate():
    return [np.arange(7), np.array([0, 1, 0, 1, 0, 1, 0]), [20], [0.5]]


@break_training_choice.alternative
def years():
    x = np.arange(2010, 2020)
    y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]
    return x, y, [2020, 2021, 2022], [4, 4, 4]


@break_training_choice.alternative
def through_every_point():
    return (-3, -2, -1, 0, 1, 2, 3), (1, 0, 0, 1, 0, 0, 2), (-2.5, 2.5), (0.5, 0.5)


@break_training_choice.alternative
def far_away():
    return list(range(8)), [0, 1, 0, 1, 0, 1, 0, 1], [10**6], [1]
