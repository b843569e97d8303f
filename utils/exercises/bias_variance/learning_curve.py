"""Exercise `learning_curve`: J_train and J_cv as the training set grows."""

import numpy as np

from utils.checking import Exercise, Number, Sequence, case, strided
from utils.reference import bias_variance as reference
from utils.reference.bias_variance import (
    fit_ridge,
    fit_scaler,
    model_cost,
    polynomial_features,
)

SCALE = "without regularisation the fit does not depend on the scale, if both sets share it"
RTOL = 1e-4
_COSTS = Sequence(of=Number(rtol=RTOL), wanted="a list of costs, one for each size")


def draw(rng):
    """Curves of moderate degree through noisy data, x in no order."""
    for degree, m in ((1, 9), (2, 14), (3, 20), (4, 30)):
        x, y = _noisy(rng, m)
        sizes = np.sort(rng.choice(np.arange(degree + 2, m + 1), size=4, replace=False))
        yield case("random data", x, y, *_noisy(rng, 8), degree, sizes.tolist())
    x, y = _noisy(rng, 16)
    sizes = rng.permutation(np.arange(4, 17))[:5].tolist()
    yield case("random sizes in any order", 3 * x, 20 * y, *_noisy(rng, 6), 2, sizes)


def _noisy(rng, m):
    """A cubic on [-1, 1] with noise. The first x lie far apart: no fit is ill-conditioned."""
    x = np.concatenate([[0.1, -0.9, 0.9, -0.4, 0.5, -0.65], rng.uniform(-1, 1, size=m)])[:m]
    return x, 1.2 * x - 2.5 * x**2 + 3 * x**3 - 0.3 + 0.3 * rng.normal(size=m)


_x = np.array([0.0, 2.0, -1.0, 1.0, -2.0, 3.0, 0.5, -1.5])
_y = np.array([1.0, 4.0, 2.0, 1.5, 3.0, 10.0, 0.5, 3.5])
_x_cv, _y_cv = np.array([-0.5, 1.5, 2.5, -1.25]), np.array([1.0, 2.5, 7.0, 2.75])

learning_curve = Exercise(
    id="learning_curve",
    title="Draw a learning curve",
    points=None,
    reference=reference.learning_curve,
    returns=Sequence(of=(_COSTS, _COSTS), wanted="a pair of lists (J_train, J_cv)"),
    begin=(
        "Begin with one size: take the first `size` examples, fit a polynomial to those, and "
        "compute its cost on those."
    ),
    hints=(
        "For each size a new model is fitted. Which examples may it see, and on which is J_train "
        "measured, on which J_cv?",
        "In a loop over sizes: polynomial features of x[:size], scaled with their own statistics, "
        "fitted with lambda 0. Then one cost on the same examples and one on the whole "
        "cross-validation set. Append each to its list.",
        "X = polynomial_features(x[:size], degree); mean, std = fit_scaler(X); "
        "w, b = fit_ridge((X - mean) / std, y[...], 0). Two calls of model_cost follow: the same "
        "mean and std scale the other set.",
    ),
    cases=[
        case("a line", _x, _y, _x_cv, _y_cv, 1, [3, 5, 8]),
        case("a parabola", _x, _y, _x_cv, _y_cv, 2, [4, 6, 8]),
        case("a cubic", _x, _y, _x_cv, _y_cv, 3, [5, 8]),
        case("one size", _x, _y, _x_cv, _y_cv, 1, [4]),
        case("one example to validate", _x, _y, np.array([1.0]), np.array([2.0]), 2, [5, 7]),
        case("whole numbers", np.array([1, -2, 0, 3, 2]), np.array([2, 1, 0, 5, 4]),
             np.array([-1, 4]), np.array([1, 9]), 1, [3, 5]),
        case("labels far from zero", _x, 100 + _y, _x_cv, 100 + _y_cv, 1, [3, 8]),
    ],
    hidden=[
        case("sizes in another order", _x, _y, _x_cv, _y_cv, 1, [8, 3, 5]),
        case("the same size twice", _x, _y, _x_cv, _y_cv, 2, [5, 5, 8]),
        case("no sizes", _x, _y, _x_cv, _y_cv, 1, []),
        case("as few as may be", _x, _y, _x_cv, _y_cv, 4, [6]),
        case("every size", _x, _y, _x_cv, _y_cv, 2, [4, 5, 6, 7, 8]),
        case("a perfect fit", _x, 2 * _x - 1, _x_cv, 2 * _x_cv - 1, 1, [3, 6]),
        case("a perfect fit, another rule to validate", _x, 2 * _x - 1, _x_cv, _y_cv, 2, [5, 8]),
        case("x far from zero", _x + 10, _y, _x_cv + 10, _y_cv, 2, [5, 8]),
        case("large labels", _x, 1000 * _y, _x_cv, 1000 * _y_cv, 2, [4, 8]),
        case("small labels", _x, _y / 1000, _x_cv, _y_cv / 1000, 2, [4, 8]),
        case("large x", 50 * _x, _y, 50 * _x_cv, _y_cv, 2, [4, 8]),
        case("more to validate than to train", _x[:5], _y[:5], _x, _y, 2, [4, 5]),
        case("the same examples in both sets", _x, _y, _x, _y, 1, [4, 8]),
        case("an x that comes twice", np.array([0.0, 1.0, 0.0, 2.0, -1.0, 1.0]), _y[:6], _x_cv,
             _y_cv, 2, [5, 6]),
        case("arrays that are views", strided(_x), strided(_y), strided(_x_cv), strided(_y_cv), 2,
             [5, 8]),
        case("whole numbers, a cubic", np.array([1, -2, 0, 3, 2, -1, 4, -3]),
             np.array([2, 1, 0, 5, 4, 3, 3, -9]), np.array([-1, 4]), np.array([1, 9]), 3, [5, 8]),
    ],
    draw=draw,
    equivalent={
        "X, X_cv = ((X - mean) / std, (X_cv - mean) / std) -> (nothing)": SCALE,
        "X -> x": SCALE,
        "X -> y": SCALE,
        "X -> x_cv": SCALE,
        "X -> y_cv": SCALE,
        "X -> X_cv": SCALE,
    },
)  # fmt: skip


@learning_curve.mistake(
    "J_train is measured on all training examples. A model that was fitted on the first few has "
    "not seen the others: on which is J_train meant to be?"
)
def train_cost_on_all(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        X, X_all = polynomial_features(x[:size], degree), polynomial_features(x, degree)
        mean, std = fit_scaler(X)
        w, b = fit_ridge((X - mean) / std, y[:size], 0)
        J_train.append(model_cost((X_all - mean) / std, y, w, b))
        J_cv.append(model_cost((polynomial_features(x_cv, degree) - mean) / std, y_cv, w, b))
    return J_train, J_cv


@learning_curve.mistake(
    "Each model is fitted on all examples, and only the cost is measured on the first few. What "
    "would a model know that has been shown just those?"
)
def fitted_on_all(x, y, x_cv, y_cv, degree, sizes):
    X, X_cv = polynomial_features(x, degree), polynomial_features(x_cv, degree)
    mean, std = fit_scaler(X)
    w, b = fit_ridge((X - mean) / std, y, 0)
    J_train = [model_cost((X[:size] - mean) / std, y[:size], w, b) for size in sizes]
    return J_train, [model_cost((X_cv - mean) / std, y_cv, w, b) for size in sizes]


@learning_curve.mistake(
    "J_cv is measured on the first few of the cross-validation set. That set does not grow: how "
    "much of it should judge each model?"
)
def cv_cut_too(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        X, X_cv = polynomial_features(x[:size], degree), polynomial_features(x_cv[:size], degree)
        mean, std = fit_scaler(X)
        w, b = fit_ridge((X - mean) / std, y[:size], 0)
        J_train.append(model_cost((X - mean) / std, y[:size], w, b))
        J_cv.append(model_cost((X_cv - mean) / std, y_cv[:size], w, b))
    return J_train, J_cv


@learning_curve.mistake(
    "The cross-validation set is scaled with statistics of its own. w and b belong to the "
    "training set's scale: which mean and std go with them?"
)
def cv_scaled_afresh(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        X, X_cv = polynomial_features(x[:size], degree), polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X)
        w, b = fit_ridge((X - mean) / std, y[:size], 0)
        J_train.append(model_cost((X - mean) / std, y[:size], w, b))
        mean, std = fit_scaler(X_cv)
        J_cv.append(model_cost((X_cv - mean) / std, y_cv, w, b))
    return J_train, J_cv


@learning_curve.mistake(
    "The training examples are scaled and the cross-validation set is not. Both have to be "
    "measured in the same way."
)
def cv_not_scaled(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        X, X_cv = polynomial_features(x[:size], degree), polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X)
        w, b = fit_ridge((X - mean) / std, y[:size], 0)
        J_train.append(model_cost((X - mean) / std, y[:size], w, b))
        J_cv.append(model_cost(X_cv, y_cv, w, b))
    return J_train, J_cv


@learning_curve.mistake(
    "The fit is regularised. Here lambda is 0: only the number of examples is to change."
)
def regularised(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        X, X_cv = polynomial_features(x[:size], degree), polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X)
        w, b = fit_ridge((X - mean) / std, y[:size], 1)
        J_train.append(model_cost((X - mean) / std, y[:size], w, b))
        J_cv.append(model_cost((X_cv - mean) / std, y_cv, w, b))
    return J_train, J_cv


@learning_curve.mistake(
    "The costs are twice as large as they should be. What does the squared error cost divide by, "
    "besides the number of examples?"
)
def half_forgotten(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], degree)
        J_train.append(np.mean((np.polyval(c, x[:size]) - y[:size]) ** 2))
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2))
    return J_train, J_cv


@learning_curve.mistake(
    "J_train is divided by the number of all training examples. How many errors are in the sum?"
)
def divided_by_all(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], degree)
        J_train.append(np.sum((np.polyval(c, x[:size]) - y[:size]) ** 2) / (2 * len(x)))
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.mistake("The two lists are swapped: J_train comes first.")
def lists_swapped(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], degree)
        J_train.append(np.mean((np.polyval(c, x[:size]) - y[:size]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_cv, J_train


@learning_curve.mistake(
    "It gives one pair for each size. Two lists are asked for: all of J_train, then all of J_cv."
)
def pairs(x, y, x_cv, y_cv, degree, sizes):
    found = []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], degree)
        J_train = np.mean((np.polyval(c, x[:size]) - y[:size]) ** 2) / 2
        found.append((J_train, np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2))
    return found


@learning_curve.mistake(
    "Yours takes other examples than the first `size`: the last ones, or those of the smallest x. "
    "Which does x[:size] take?"
)
def the_last_ones(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[-size:], y[-size:], degree)
        J_train.append(np.mean((np.polyval(c, x[-size:]) - y[-size:]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.also("the_last_ones")
def sorted_first(x, y, x_cv, y_cv, degree, sizes):
    order = np.argsort(x)
    x, y = x[order], y[order]
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], degree)
        J_train.append(np.mean((np.polyval(c, x[:size]) - y[:size]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.mistake("Yours takes one example too few or too many. How many are in x[:size]?")
def one_too_few(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[: size - 1], y[: size - 1], degree)
        J_train.append(np.mean((np.polyval(c, x[: size - 1]) - y[: size - 1]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.also("one_too_few")
def one_too_many(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[: size + 1], y[: size + 1], degree)
        J_train.append(np.mean((np.polyval(c, x[: size + 1]) - y[: size + 1]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.mistake("The `return` stands inside the loop, so it ends after the first size.")
def returns_in_the_loop(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], degree)
        J_train.append(np.mean((np.polyval(c, x[:size]) - y[:size]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
        return J_train, J_cv
    return J_train, J_cv


@learning_curve.mistake(
    "The degree is left out: yours fits a straight line whatever the degree. Which features does "
    "a curve need?"
)
def always_a_line(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], 1)
        J_train.append(np.mean((np.polyval(c, x[:size]) - y[:size]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.mistake(
    "The model has no bias, so every curve goes through the origin. Which column, or which number, "
    "is missing?"
)
def without_bias(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        X, X_cv = polynomial_features(x[:size], degree), polynomial_features(x_cv, degree)
        w = np.linalg.lstsq(X, y[:size], rcond=None)[0]
        J_train.append(np.mean((X @ w - y[:size]) ** 2) / 2)
        J_cv.append(np.mean((X_cv @ w - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.alternative
def by_polyfit(x, y, x_cv, y_cv, degree, sizes):
    J_train, J_cv = [], []
    for size in sizes:
        c = np.polyfit(x[:size], y[:size], degree)
        J_train.append(np.mean((np.polyval(c, x[:size]) - y[:size]) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(c, x_cv) - y_cv) ** 2) / 2)
    return J_train, J_cv


@learning_curve.alternative
def without_scaling(x, y, x_cv, y_cv, degree, sizes):
    costs = np.zeros((2, len(sizes)))
    for i, size in enumerate(sizes):
        X, X_cv = polynomial_features(x[:size], degree), polynomial_features(x_cv, degree)
        w, b = fit_ridge(X, y[:size], 0)
        costs[0, i] = model_cost(X, y[:size], w, b)
        costs[1, i] = model_cost(X_cv, y_cv, w, b)
    return costs[0], costs[1]


@learning_curve.alternative
def by_the_normal_equations(x, y, x_cv, y_cv, degree, sizes):
    def powers(v):
        return np.vander(v.astype(float), degree + 1)

    J_train, J_cv = [], []
    for size in sizes:
        A = powers(x[:size])
        c = np.linalg.solve(A.T @ A, A.T @ y[:size])
        J_train.append(np.sum((A @ c - y[:size]) ** 2) / (2 * size))
        J_cv.append(np.sum((powers(x_cv) @ c - y_cv) ** 2) / (2 * len(y_cv)))
    return [J_train, J_cv]


@learning_curve.alternative
def scaled_by_all_of_it(x, y, x_cv, y_cv, degree, sizes):
    mean, std = fit_scaler(polynomial_features(x, degree))

    def costs(size):
        X, X_cv = ((polynomial_features(v, degree) - mean) / std for v in (x, x_cv))
        w, b = fit_ridge(X[:size], y[:size], 0)
        return model_cost(X[:size], y[:size], w, b), model_cost(X_cv, y_cv, w, b)

    both = [costs(size) for size in sizes]
    return [J for J, _ in both], [J for _, J in both]


@learning_curve.alternative
def by_polynomial_objects(x, y, x_cv, y_cv, degree, sizes):
    fits = [np.polynomial.Polynomial.fit(x[:size], y[:size], degree) for size in sizes]
    J_train = [
        float(np.mean((f(x[:size]) - y[:size]) ** 2) / 2)
        for f, size in zip(fits, sizes, strict=True)
    ]
    return J_train, tuple(float(np.mean((f(x_cv) - y_cv) ** 2) / 2) for f in fits)
