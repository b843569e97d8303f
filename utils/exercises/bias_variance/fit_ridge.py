"""Exercise `fit_ridge`: weights that are kept small, and a bias that is not."""

import numpy as np

from utils.checking import Array, Exercise, Number, Sequence, case, strided
from utils.reference import bias_variance as reference


def examples(rng, m, n):
    """Inputs and labels that are not centred, so that the bias has work to do."""
    X = rng.normal(size=(m, n)) + rng.uniform(1, 3, size=n)
    return X, X @ rng.normal(size=n) + rng.uniform(2, 5) + 0.3 * rng.normal(size=m)


def draw(rng):
    """Any number of examples and inputs, regularised from not at all to heavily."""
    for m, n in ((8, 3), (12, 4), (9, 1), (60, 5)):
        yield case("a random training set", *examples(rng, m, n), float(rng.uniform(0.5, 5)))
        yield case("a random training set, not regularised", *examples(rng, m, n), 0)
    yield case("random, more inputs than examples", *examples(rng, 3, 6), float(rng.uniform(1, 3)))
    yield case("random, as many examples as inputs", *examples(rng, 4, 4), float(rng.uniform(1, 3)))
    X, y = examples(rng, 20, 3)
    yield case("random whole numbers", np.rint(3 * X).astype(int), np.rint(3 * y).astype(int), 2)
    yield case("random, heavily regularised", *examples(rng, 9, 2), float(rng.uniform(50, 500)))


_X = np.array([[1.0, 2.0], [0.5, -1.0], [-2.0, 0.5], [3.0, 1.0]])
_Y = np.array([2.0, -1.0, 0.5, 6.0])
_LINE = np.array([[0.0], [1.0], [2.0], [3.0]])

fit_ridge = Exercise(
    id="fit_ridge",
    title="Fit with regularisation",
    points=3,
    reference=reference.fit_ridge,
    returns=Sequence(of=(Array(shape="(n,)"), Number()), wanted="a tuple (w, b)"),
    begin=(
        "Begin without the bias: which w makes the derivative of the cost zero? Then think about "
        "what b should be once w is known."
    ),
    hints=(
        "Set the derivatives to zero. For the weights: X.T @ (X @ w + b - y) + lam * w = 0, where "
        "1 / m has dropped out. For the bias the errors add up to zero: there is no lam in it.",
        "One way: a column of ones beside X, and a matrix that has lam on its diagonal, but 0 "
        "where the bias is. Another: take the means away from X and y, solve for w alone, and find "
        "b from the means.",
        "With A = X - X.mean(axis=0) the weights solve (A.T @ A + lam * np.eye(n)) @ w = A.T @ "
        "(y - ...): np.linalg.solve. The line goes through the means: y.mean() = X.mean(axis=0) @ "
        "w + b.",
    ),
    cases=[
        case("four examples", _X, _Y, 2.0),
        case("four examples, not regularised", _X, _Y, 0.0),
        case("labels on a line, not regularised", _LINE, 2 * _LINE[:, 0] + 1, 0),
        case("labels on a line, regularised", _LINE, 2 * _LINE[:, 0] + 1, 5.0),
        case("a high line that is flat", _LINE, np.full(4, 7.0), 3.0),
        case("whole numbers", np.array([[1, 2], [0, 1], [3, 1], [4, 0], [2, 5]]),
             np.array([3, 2, 4, 9, 1]), 2),
        case("heavily regularised", _X, _Y, 1e4),
        case("inputs far from zero", np.array([[200.0], [210.0], [190.0], [240.0]]),
             np.array([1.0, 2.0, 0.5, 4.0]), 50.0),
        case("two columns that are the same", np.column_stack([_LINE, _LINE]),
             np.array([1.0, 2.0, 2.5, 5.0]), 1.0),
    ],
    hidden=[
        case("one example", np.array([[2.0, -1.0]]), np.array([3.0]), 0.5),
        case("more inputs than examples", np.array([[1.0, 2.0, -1.0], [0.5, 1.0, 2.0]]),
             np.array([1.0, -1.0]), 0.75),
        case("as many examples as inputs", np.array([[1.0, 2.0], [0.5, -1.0]]),
             np.array([1.0, -1.0]), 2.0),
        case("a line through two examples", np.array([[1.0], [3.0]]), np.array([2.0, -4.0]), 0),
        case("a column that is all equal, regularised",
             np.column_stack([_LINE, np.full(4, 2.0)]), np.array([1.0, 2.0, 2.5, 5.0]), 1.0),
        case("a column of zeros, regularised", np.column_stack([np.zeros(4), _LINE]),
             np.array([1.0, 2.0, 2.5, 5.0]), 0.5),
        case("columns of zero mean", np.array([[1.0, -1.0], [-1.0, -1.0], [0.0, 2.0]]),
             np.array([4.0, 5.0, 9.0]), 1.5),
        case("labels of zero mean", _LINE, np.array([-1.0, 2.0, -3.0, 2.0]), 1.5),
        case("all labels zero", _X, np.zeros(4), 1.0),
        case("lightly regularised", _X, _Y, 0.01),
        case("columns of other scales", _X * np.array([100.0, 0.1]), _Y, 0.5),
        case("large inputs", 1000 * _X, _Y, 2e6),
        case("large labels", _X, 1e6 * _Y, 1.0),
        case("the same examples twice", np.vstack([_X, _X]), np.concatenate([_Y, _Y]), 2.0),
        case("a lam of NumPy's", _X, _Y, np.float64(1.5)),
        case("float32", _X.astype(np.float32), np.float32([1.0, -1.0, 0.5, 3.0]), 1.0),
        case("arrays that are views", strided(_X), strided(_Y), 1.0),
        case("columns stored one after the other", np.asfortranarray(_X), _Y, 1.0),
    ],
    draw=draw,
    equivalent={
        "1 -> -1": "the columns are the last axis too",
        **dict.fromkeys(
            ("y - y_mean -> y + y_mean", "y - y_mean -> y", "y_mean -> lam", "y_mean -> n"),
            "each column of A sums to 0, so a constant added to y drops out",
        ),
        **dict.fromkeys(
            ("A -> X", "A -> X #2", "A -> X #3"),
            "where one factor of a product is centred, the other need not be",
        ),
        "X_mean @ w -> w @ X_mean": "for two vectors the order does not matter",
    },
)  # fmt: skip


@fit_ridge.mistake(
    "The bias is regularised as well. A b kept small pulls every prediction towards 0: where does "
    "the identity matrix need a 0?"
)
def bias_regularised(X, y, lam):
    A = np.column_stack([X, np.ones(len(X))])
    solution = np.linalg.lstsq(A.T @ A + lam * np.eye(A.shape[1]), A.T @ y, rcond=None)[0]
    return solution[:-1], solution[-1]


@fit_ridge.mistake(
    "One weight goes free and the bias is regularised: the 0 stands in the wrong place of the "
    "diagonal. Which column is the column of ones?"
)
def wrong_place_on_the_diagonal(X, y, lam):
    A = np.column_stack([X, np.ones(len(X))])
    D = np.eye(A.shape[1])
    D[0, 0] = 0
    solution = np.linalg.lstsq(A.T @ A + lam * D, A.T @ y, rcond=None)[0]
    return solution[:-1], solution[-1]


@fit_ridge.mistake(
    "lam is multiplied by m. The squared errors and lam both have 1 / (2 m) before them: what is "
    "left of it when the derivative is set to zero?"
)
def lam_times_m(X, y, lam):
    A, m, n = X - X.mean(axis=0), len(y), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam * m * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.also("lam_times_m")
def errors_divided_by_m(X, y, lam):
    A, m, n = X - X.mean(axis=0), len(y), X.shape[1]
    w = np.linalg.lstsq(A.T @ A / m + lam * np.eye(n), A.T @ (y - y.mean()) / m, rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake(
    "lam is divided by m, and the squared errors are not. Both have the same factor in the cost."
)
def lam_divided_by_m(X, y, lam):
    A, m, n = X - X.mean(axis=0), len(y), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam / m * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake(
    "lam is divided by 2 m, and the squared errors are not. Both have the same factor in the cost."
)
def lam_divided_by_two_m(X, y, lam):
    A, m, n = X - X.mean(axis=0), len(y), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam / (2 * m) * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake(
    "lam counts half. The derivative of w ** 2 brings a 2, as that of the squared error does."
)
def half_of_lam(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam / 2 * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake(
    "lam counts twice. Both terms of the cost have a half: what does it become in the derivative?"
)
def twice_lam(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + 2 * lam * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake("lam is squared on the way. In the cost it stands to the power of one.")
def lam_squared(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam**2 * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.also("lam_squared")
def lam_in_extra_rows(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    A, target = np.vstack([A, lam * np.eye(n)]), np.append(y - y.mean(), np.zeros(n))
    w = np.linalg.lstsq(A, target, rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake(
    "lam has no effect: the fit is not regularised. Where does it enter the equations?"
)
def not_regularised(X, y, lam):
    A = np.column_stack([X, np.ones(len(X))])
    solution = np.linalg.lstsq(A, y, rcond=None)[0]
    return solution[:-1], solution[-1]


@fit_ridge.also("not_regularised")
def normal_equations_without_lam(X, y, lam):
    A = X - X.mean(axis=0)
    w = np.linalg.solve(A.T @ A, A.T @ (y - y.mean()))
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake("lam is taken away instead of added. Should large weights cost more or less?")
def sign_of_lam(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A - lam * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake(
    "lam is added to every entry of the matrix. A sum of squares puts it on the diagonal alone."
)
def lam_everywhere(X, y, lam):
    A = X - X.mean(axis=0)
    w = np.linalg.lstsq(A.T @ A + lam, A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.mistake(
    "There is no bias in the fit: the line is forced through 0. What lets it move up and down?"
)
def no_bias(X, y, lam):
    n = X.shape[1]
    return np.linalg.lstsq(X.T @ X + lam * np.eye(n), X.T @ y, rcond=None)[0], 0.0


@fit_ridge.mistake(
    "w is fitted as if there were no bias, and b is put on top. The best w with a bias is another: "
    "what changes when X and y are centred first?"
)
def bias_afterwards(X, y, lam):
    n = X.shape[1]
    w = np.linalg.lstsq(X.T @ X + lam * np.eye(n), X.T @ y, rcond=None)[0]
    return w, np.mean(y - X @ w)


@fit_ridge.mistake(
    "b is the mean label. It is the prediction where every input is 0, not where it is at its mean."
)
def mean_label_as_bias(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean()


@fit_ridge.mistake("The sign of b's second part is wrong: the line goes through the means.")
def bias_of_the_wrong_sign(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, y.mean() + X.mean(axis=0) @ w


@fit_ridge.mistake("The two are swapped. A tuple (w, b) is asked for, the weights first.")
def swapped(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return y.mean() - X.mean(axis=0) @ w, w


@fit_ridge.mistake(
    "Bias and weights come back in one array. A tuple is asked for: w of shape (n,), and b."
)
def all_in_one_array(X, y, lam):
    A = np.column_stack([np.ones(len(X)), X])
    D = np.eye(A.shape[1])
    D[0, 0] = 0
    return np.linalg.lstsq(A.T @ A + lam * D, A.T @ y, rcond=None)[0]


@fit_ridge.mistake(
    "The bias stands among the weights: w has one entry too many. Which of them is the bias?"
)
def bias_among_the_weights(X, y, lam):
    A = np.column_stack([X, np.ones(len(X))])
    D = np.eye(A.shape[1])
    D[-1, -1] = 0
    solution = np.linalg.lstsq(A.T @ A + lam * D, A.T @ y, rcond=None)[0]
    return solution, solution[-1]


@fit_ridge.mistake("w is a column, (n, 1). The shape (n,) is asked for.")
def column_of_weights(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam * np.eye(n), A.T @ (y - y.mean())[:, None], rcond=None)[0]
    return w, float(y.mean() - (X.mean(axis=0) @ w)[0])


@fit_ridge.mistake("b is an array that holds one number. The number itself is asked for.")
def bias_as_an_array(X, y, lam):
    A, n = X - X.mean(axis=0), X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0]
    return w, np.array([y.mean() - X.mean(axis=0) @ w])


@fit_ridge.mistake(
    "The columns are scaled first, so the weights of the scaled ones are kept small. X is to be "
    "used as it is."
)
def scaled_first(X, y, lam):
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    A, n = (X - mean) / std, X.shape[1]
    w = np.linalg.lstsq(A.T @ A + lam * np.eye(n), A.T @ (y - y.mean()), rcond=None)[0] / std
    return w, y.mean() - mean @ w


@fit_ridge.mistake(
    "The fit is made without lam, and its weights are shrunk afterwards. Where lam stands in the "
    "equations, each direction shrinks by its own amount."
)
def shrunk_afterwards(X, y, lam):
    A = np.column_stack([X, np.ones(len(X))])
    solution = np.linalg.lstsq(A, y, rcond=None)[0]
    w = solution[:-1] / (1 + lam)
    return w, y.mean() - X.mean(axis=0) @ w


@fit_ridge.alternative
def with_a_column_of_ones(X, y, lam):
    A = np.hstack([np.ones((len(X), 1)), X])
    D = lam * np.eye(A.shape[1])
    D[0, 0] = 0
    solution = np.linalg.solve(A.T @ A + D, A.T @ y)
    return solution[1:], solution[0]


@fit_ridge.alternative
def by_extra_rows(X, y, lam):
    m, n = X.shape
    A = np.vstack([np.column_stack([X, np.ones(m)]), np.eye(n, n + 1) * np.sqrt(lam)])
    solution = np.linalg.lstsq(A, np.concatenate([y, np.zeros(n)]), rcond=None)[0]
    return solution[:n], float(solution[n])


@fit_ridge.alternative
def by_the_cost_per_example(X, y, lam):
    m, n = X.shape
    A = np.column_stack([X, np.ones(m)])
    D = np.diag([lam / m] * n + [0.0])
    *w, b = np.linalg.pinv(A.T @ A / m + D) @ (A.T @ y / m)
    return np.array(w), b


@fit_ridge.alternative
def by_singular_values(X, y, lam):
    mean = X.mean(axis=0)
    U, s, V = np.linalg.svd(X - mean, full_matrices=False)
    shrink = np.zeros_like(s)
    large = s > 1e-9 * max(s.max(), 1e-300)
    shrink[large] = s[large] / (s[large] ** 2 + lam)
    w = V.T @ (shrink * (U.T @ (y - y.mean())))
    return w, np.mean(y) - mean @ w


@fit_ridge.alternative
def by_the_inverse(X, y, lam):
    m, n = X.shape
    H = np.eye(m) - np.ones((m, m)) / m  # takes the mean away
    w = np.linalg.inv(X.T @ H @ X + lam * np.identity(n)) @ X.T @ H @ y
    return w, (y - X @ w).mean()
