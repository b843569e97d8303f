"""Exercise `select_lambda`: how much to regularise, chosen on the cross-validation set."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.reference import bias_variance as reference
from utils.reference.bias_variance import fit_ridge, model_cost

CLEAR = 1.02  # the second lowest J_cv is so many times the lowest: no way of fitting decides


def draw(rng):
    """Problems of any size in which one lambda is clearly the best."""
    for m, n, m_cv in ((8, 3, 5), (12, 2, 30), (5, 5, 4), (40, 6, 9)):
        yield case("a random problem", *problem(rng, m, n, m_cv))
    yield case("a random problem of large numbers", *problem(rng, 9, 3, 6, scale=300.0))
    yield case("a random problem with one input", *problem(rng, 6, 1, 6))


def problem(rng, m, n, m_cv, scale=1.0):
    """Noisy linear data with uneven columns, and lambdas in any order of which one is best."""
    while True:
        uneven = scale * 4.0 ** rng.integers(-2, 2, size=n)
        w = rng.normal(size=n) / uneven
        X, X_cv = (uneven * (rng.normal(size=(k, n)) + 1) for k in (m, m_cv))
        y, y_cv = X @ w + 3 + 2 * rng.normal(size=m), X_cv @ w + 3 + 0.3 * rng.normal(size=m_cv)
        lambdas = (scale**2 * rng.permutation([0.01, 0.3, 1.0, 3.0, 10.0, 40.0])).tolist()
        if _clear(X, y, X_cv, y_cv, lambdas):
            return X, y, X_cv, y_cv, lambdas


def _clear(X, y, X_cv, y_cv, lambdas):
    """Whether one lambda is clearly the best, and neither the smallest nor the largest."""
    costs = [model_cost(X_cv, y_cv, *fit_ridge(X, y, lam)) for lam in lambdas]
    best, second = np.argsort(costs)[:2]
    inside = min(lambdas) < lambdas[best] < max(lambdas)
    return inside and costs[second] > CLEAR * costs[best]


def _problem(seed, *sizes):
    return problem(np.random.default_rng(seed), *sizes)


_X, _y = np.array([[1.0, 4.0], [2.0, 0.0], [3.0, 2.0], [4.0, 6.0]]), np.array([2.0, 7.0, 4.0, 9.0])
_X_cv, _y_cv = np.array([[1.0, 1.0], [2.5, 5.0], [4.0, 3.0]]), np.array([4.0, 5.0, 6.5])
_lambdas = [0.1, 1.0, 4.0, 16.0, 100.0]
# whole numbers on which nothing may be cut off: neither of the inputs nor of the labels
_whole = np.array([[1, 2], [-2, -4], [-1, 0], [-4, -1], [0, 3]]), np.array([0, 2, -1, 6, 2])
_whole_cv = np.array([[-4, 0], [1, -3], [-4, 4], [5, -1]]), np.array([4, -2, 5, -4])
# At the cross-validation examples, all zeros, every lambda predicts the mean of y.
_tied = np.array([[-1.0], [1.0]]), np.array([1.0, 1.0]), np.zeros((2, 1)), np.array([2e6, 4e6])

select_lambda = Exercise(
    id="select_lambda",
    title="Choose lambda",
    points=2,
    reference=reference.select_lambda,
    returns=Number(),
    begin=(
        "Begin with one lambda: fit w and b on the training set by `fit_ridge`, and ask "
        "`model_cost` what they cost on the cross-validation set."
    ),
    hints=(
        "lambda = 0 always has the lowest J_train. Which set can tell whether a larger one would "
        "do better on new examples?",
        "For each lambda: fit on the training set, then compute J_cv, without any term for the "
        "weights. Keep the costs in a list, in the order of lambdas, and find the lowest.",
        "w, b = fit_ridge(..., lam), then costs.append(model_cost(...)). At last "
        "lambdas[np.argmin(costs)]. Which of the sets goes into which call?",
    ),
    cases=[
        case("a few lambdas", _X, _y, _X_cv, _y_cv, _lambdas),
        case("in another order", _X, _y, _X_cv, _y_cv, [16.0, 0.1, 100.0, 1.0, 4.0]),
        case("more inputs", *_problem(272, 6, 3, 4)),
        case("columns of different size", *_problem(290, 12, 2, 8)),
        case("one lambda", _X, _y, _X_cv, _y_cv, [5.0]),
        case("a tie", *_tied, [2.0, 1.0, 4.0, 3.0]),
        case("costs above a thousand", 100 * _X, 100 * _y, 100 * _X_cv, 100 * _y_cv, [
            1e3, 1e4, 4e4, 1.6e5, 1e6]),
        case("the same example in both sets", _X, _y, _X, _y, [1.0, 0.25, 3.0]),
        case("one example to validate", _X, _y, np.array([[2.0, 3.0]]), np.array([5.0]), _lambdas),
    ],
    hidden=[
        case("a tie, the smallest first", *_tied, [0.5, 1.0, 2.0]),
        case("no regularisation is best", _X, _X @ np.array([2.0, -1.0]) + 5, _X_cv,
             _X_cv @ np.array([2.0, -1.0]) + 5, [10.0, 0.0, 1.0, 100.0]),
        case("no regularisation among them", _X, _y, _X_cv, _y_cv, [0.0, 2.0, 20.0]),
        case("the largest is best", _X, np.array([-3.0, 5.0, -4.0, 2.0]), _X_cv, np.zeros(3),
             [0.1, 1.0, 1e4, 10.0]),
        case("very large and very small", _X, _y, _X_cv, _y_cv, [1e-6, 1e6, 5.0]),
        case("costs nearly as low as the lowest", _X, _y, _X_cv, _y_cv, [40.0, 5.3, 5.6, 5.9, 0.3]),
        case("two valleys in the list", _X, _y, _X_cv, _y_cv, [40.0, 0.3, 100.0, 12.0, 60.0]),
        case("as many inputs as examples", *_problem(3, 4, 4, 5)),
        case("more inputs than examples", *_problem(4, 3, 5, 6)),
        case("two lambdas", _X, _y, _X_cv, _y_cv, [1.0, 4.0]),
        case("one input", *_problem(5, 7, 1, 5)),
        case("many more to validate", *_problem(6, 5, 2, 60)),
        case("many more to train", *_problem(7, 60, 3, 4)),
        case("whole numbers", np.array([[1, 4], [2, 0], [3, 2], [4, 6]]), np.array([2, 7, 4, 9]),
             np.array([[1, 1], [2, 5], [4, 3]]), np.array([4, 5, 6]), [1, 100, 10, 0]),
        case("more whole numbers", *_whole, *_whole_cv, [1, 100, 10, 0, 30]),
        case("whole-number inputs only", _whole[0], 0.5 * _whole[1], _whole_cv[0],
             0.5 * _whole_cv[1], [1.0, 100.0, 10.0, 0.0, 30.0]),
        case("whole-number labels only", 0.5 * _whole[0], _whole[1], 0.5 * _whole_cv[0],
             _whole_cv[1], [0.25, 25.0, 2.5, 0.0, 7.5]),
        case("arrays that are views", strided(_X), strided(_y), strided(_X_cv), strided(_y_cv),
             _lambdas),
        case("very small costs", _X, 1e-3 * _y, _X_cv, 1e-3 * _y_cv, [16.0, 0.1, 4.0, 1.0]),
        case("the same lambda twice", _X, _y, _X_cv, _y_cv, [4.0, 1.0, 4.0, 1.0]),
    ],
    draw=draw,
    equivalent={
        "int(np.argmin(costs)) -> np.argmin(costs)": "an int of NumPy's is a place in a list too",
    },
)  # fmt: skip


@select_lambda.mistake(
    "Yours always takes the smallest lambda. So does every choice by the set that w and b were "
    "fitted on. Which set have w and b not seen?"
)
def chosen_by_training(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_train, y_train, w, b))
    return lambdas[np.argmin(costs)]


@select_lambda.also("chosen_by_training")
def always_the_smallest(X_train, y_train, X_cv, y_cv, lambdas):
    return min(lambdas)


@select_lambda.mistake(
    "J_cv has a term for the weights in yours. That term steers the fit; what the model costs on "
    "new examples is the error alone."
)
def weights_in_the_cost(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_cv, y_cv, w, b) + lam / (2 * len(y_cv)) * np.sum(w**2))
    return lambdas[np.argmin(costs)]


@select_lambda.also("weights_in_the_cost")
def weights_over_m_train(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_cv, y_cv, w, b) + lam / (2 * len(y_train)) * np.sum(w**2))
    return lambdas[np.argmin(costs)]


@select_lambda.also("chosen_by_training")
def fitted_on_cv(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_cv, y_cv, lam)
        costs.append(model_cost(X_cv, y_cv, w, b))
    return lambdas[np.argmin(costs)]


@select_lambda.mistake(
    "The two sets are swapped: w and b come from the cross-validation set, and the training set "
    "chooses."
)
def sets_swapped(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_cv, y_cv, lam)
        costs.append(model_cost(X_train, y_train, w, b))
    return lambdas[np.argmin(costs)]


@select_lambda.mistake(
    "Yours fits on both sets together. What is left then that the model has not seen?"
)
def fitted_on_both(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(np.vstack([X_train, X_cv]), np.concatenate([y_train, y_cv]), lam)
        costs.append(model_cost(X_cv, y_cv, w, b))
    return lambdas[np.argmin(costs)]


@select_lambda.mistake("It returns the lowest cost. Which lambda belongs to that?")
def the_cost(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_cv, y_cv, w, b))
    return min(costs)


@select_lambda.mistake(
    "It returns where in the list the best lambda stands, not the lambda itself."
)
def the_place(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_cv, y_cv, w, b))
    return np.argmin(costs)


@select_lambda.mistake("Yours finds the highest J_cv. Which function finds the lowest?")
def highest(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_cv, y_cv, w, b))
    return lambdas[np.argmax(costs)]


@select_lambda.mistake("On a tie yours takes the last lambda. The first is asked for: is it <=?")
def last_on_a_tie(X_train, y_train, X_cv, y_cv, lambdas):
    best, lowest = None, np.inf
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        if model_cost(X_cv, y_cv, w, b) <= lowest:
            best, lowest = lam, model_cost(X_cv, y_cv, w, b)
    return best


@select_lambda.mistake(
    "On a tie yours takes the smallest or the largest of them. The one that comes first in the "
    "list is asked for."
)
def smallest_on_a_tie(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append((model_cost(X_cv, y_cv, w, b), lam))
    return min(costs)[1]


@select_lambda.also("smallest_on_a_tie")
def largest_on_a_tie(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append((model_cost(X_cv, y_cv, w, b), -lam))
    return -min(costs)[1]


@select_lambda.mistake(
    "Yours stops at the first lambda that does worse than the one before. In what order may the "
    "list be?"
)
def stops_at_the_first_rise(X_train, y_train, X_cv, y_cv, lambdas):
    best, lowest = lambdas[0], np.inf
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        if model_cost(X_cv, y_cv, w, b) > lowest:
            break
        best, lowest = lam, model_cost(X_cv, y_cv, w, b)
    return best


@select_lambda.mistake(
    "Yours scales the inputs first. That changes what one lambda means. Here X is used as it is."
)
def scaled(X_train, y_train, X_cv, y_cv, lambdas):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    costs = []
    for lam in lambdas:
        w, b = fit_ridge((X_train - mean) / std, y_train, lam)
        costs.append(model_cost((X_cv - mean) / std, y_cv, w, b))
    return lambdas[np.argmin(costs)]


@select_lambda.mistake(
    "The costs stand in the order of the sorted lambdas, and the answer is looked up in the list "
    "as it was given. Keep to one order."
)
def two_orders(X_train, y_train, X_cv, y_cv, lambdas):
    costs = []
    for lam in sorted(lambdas):
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_cv, y_cv, w, b))
    return lambdas[np.argmin(costs)]


@select_lambda.mistake(
    "Your search starts from a cost of its own, and costs above it are never found. Which can it "
    "start from?"
)
def starts_at_one(X_train, y_train, X_cv, y_cv, lambdas):
    best, lowest = lambdas[0], 1.0
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        J_cv = model_cost(X_cv, y_cv, w, b)
        if J_cv < lowest:
            best, lowest = lam, J_cv
    return best


@select_lambda.also("starts_at_one")
def starts_at_a_hundred(X_train, y_train, X_cv, y_cv, lambdas):
    best, lowest = lambdas[0], 100.0
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        J_cv = model_cost(X_cv, y_cv, w, b)
        if J_cv < lowest:
            best, lowest = lam, J_cv
    return best


@select_lambda.mistake(
    "In this fit b costs something too. Only the weights do: does `fit_ridge` leave b free?"
)
def bias_regularised(X_train, y_train, X_cv, y_cv, lambdas):
    A, A_cv = (np.column_stack([X, np.ones(len(X))]) for X in (X_train, X_cv))
    costs = []
    for lam in lambdas:
        w = np.linalg.solve(A.T @ A + max(lam, 1e-12) * np.eye(A.shape[1]), A.T @ y_train)
        costs.append(np.mean((A_cv @ w - y_cv) ** 2) / 2)
    return lambdas[np.argmin(costs)]


@select_lambda.mistake(
    "Yours takes the lambda at which J_cv and J_train lie closest. A small gap is no low cost: "
    "which number is to be as low as possible?"
)
def smallest_gap(X_train, y_train, X_cv, y_cv, lambdas):
    gaps = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        gaps.append(abs(model_cost(X_cv, y_cv, w, b) - model_cost(X_train, y_train, w, b)))
    return lambdas[np.argmin(gaps)]


@select_lambda.alternative
def by_a_loop(X_train, y_train, X_cv, y_cv, lambdas):
    best, lowest = None, float("inf")
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        J_cv = np.mean((X_cv @ w + b - y_cv) ** 2)
        if J_cv < lowest:
            best, lowest = lam, J_cv
    return best


@select_lambda.alternative
def by_min(X_train, y_train, X_cv, y_cv, lambdas):
    return min(lambdas, key=lambda lam: model_cost(X_cv, y_cv, *fit_ridge(X_train, y_train, lam)))


@select_lambda.alternative
def by_least_squares_with_more_rows(X_train, y_train, X_cv, y_cv, lambdas):
    m, n = X_train.shape
    costs = np.zeros(len(lambdas))
    for i, lam in enumerate(lambdas):
        A = np.block([[X_train, np.ones((m, 1))], [np.sqrt(lam) * np.eye(n), np.zeros((n, 1))]])
        solution = np.linalg.lstsq(A, np.concatenate([y_train, np.zeros(n)]), rcond=None)[0]
        costs[i] = np.sum((X_cv @ solution[:n] + solution[n] - y_cv) ** 2)
    return np.array(lambdas)[costs.argmin()]


@select_lambda.alternative
def by_one_system(X_train, y_train, X_cv, y_cv, lambdas):
    m, n = X_train.shape
    A = np.column_stack([np.ones(m), X_train])
    costs = {}
    for lam in lambdas:
        penalty = np.diag([0.0] + [float(lam)] * n)
        b, *w = np.linalg.solve(A.T @ A + penalty, A.T @ y_train)
        costs.setdefault(lam, float(np.mean((X_cv @ np.array(w) + b - y_cv) ** 2)))
    return float(min(costs, key=costs.get))
