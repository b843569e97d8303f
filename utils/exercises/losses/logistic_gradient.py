"""Exercise `logistic_gradient`: which way the weights and the bias should go."""

import numpy as np

from utils.checking import Array, Exercise, Number, Sequence, case, strided
from utils.exercises.losses.inputs import labels
from utils.reference import losses as reference


def draw(rng):
    """Batches of any size, with weighted sums from small to far beyond what exp can take."""
    for m, n in ((7, 3), (4, 4), (5, 1), (3, 6), (80, 5)):
        X, w = rng.normal(size=(m, n)), rng.normal(size=n)
        yield case("a random batch", w, float(rng.normal()), X, labels(rng, m))
    X, w = rng.integers(-5, 6, size=(6, 3)), rng.integers(-3, 4, size=3)
    yield case("random whole numbers", w, int(rng.integers(-3, 4)), X, labels(rng, 6))
    X = rng.normal(size=(6, 2)) * 3000
    yield case("random large inputs", rng.normal(size=2), float(rng.normal()), X, labels(rng, 6))
    X = rng.uniform(1, 3, size=(4, 2)).astype(np.float32)  # one sign throughout: nothing cancels
    w = -rng.uniform(0.2, 1, size=2).astype(np.float32)
    yield case("random float32", w, -0.5, X, np.zeros(4, dtype=np.float32))


_W, _X = np.array([0.5, -1.0]), np.array([[1.0, 2.0], [0.5, -1.0], [-2.0, 0.5]])

logistic_gradient = Exercise(
    id="logistic_gradient",
    title="The gradient of the cost",
    points=3,
    reference=reference.logistic_gradient,
    returns=Sequence(of=(Array(shape="(n,)"), Number()), wanted="a tuple (dw, db)"),
    begin=(
        "Begin with the predictions: the weighted sum of each example and the bias, then the "
        "sigmoid that does not overflow. How far is each from its label?"
    ),
    hints=(
        "For one example the derivative of the loss by z is p - y. By which number does z change "
        "when one weight grows by 1, and when the bias does?",
        "Compute all p, then error = p - y of shape (m,). db is the mean of the errors. The entry "
        "j of dw is the mean of the errors, each multiplied by the input j of its example.",
        "X.T @ error adds up, for each input, over the examples. dw = X.T @ ... / ..., "
        "db = np.mean(...). For p use a sigmoid that is safe for every z, such as the one of "
        "chapter 2.",
    ),
    cases=[
        case("three examples", _W, 0.25, _X, np.array([1, 0, 1])),
        case("one example", np.array([1.0, -0.5, 0.25]), -1.0, np.array([[2.0, 1.0, -3.0]]),
             np.array([1.0])),
        case("one input", np.array([1.5]), 0.5, np.array([[1.0], [-2.0], [0.5], [0.0]]),
             np.array([1, 1, 0, 0])),
        case("as many examples as inputs", _W, -0.5, np.array([[1.0, 3.0], [0.5, -1.0]]),
             np.array([0, 1])),
        case("whole numbers", np.array([1, -1]), 2, np.array([[1, 2], [0, 1], [3, 1]]),
             np.array([0, 1, 0])),
        case("all weights zero", np.zeros(2), 0.0, _X, np.array([0.0, 0.0, 1.0])),
        case("very sure, one right, one wrong", _W, 0.0, np.array([[2000.0, 0.0], [0.0, 1000.0]]),
             np.array([0, 0])),
        case("very sure and right", _W, 1.0, np.array([[2000.0, 0.0], [0.0, 1000.0]]),
             np.array([1, 0])),
    ],
    hidden=[
        case("one example, one input", np.array([-0.5]), 0.75, np.array([[2.0]]), np.array([0])),
        case("all labels zero", _W, -0.5, _X, np.zeros(3, dtype=int)),
        case("all labels one", _W, -0.5, _X, np.ones(3)),
        case("only the bias is not zero", np.zeros(2), 1.5, _X, np.array([1, 0, 0])),
        case("all inputs zero", _W, 0.5, np.zeros((3, 2)), np.array([1, 0, 1])),
        case("more inputs than examples", np.array([0.5, -0.25, 1.0, 0.75]), 0.5,
             np.array([[1.0, 2.0, -1.0, 0.5], [0.25, -1.0, 3.0, 2.0]]), np.array([0, 1])),
        case("very sure and wrong", _W, 0.0, np.array([[-2000.0, 3.0], [5.0, -1000.0]]),
             np.array([1, 0])),
        case("a very large bias", _W, 1000.0, _X, np.array([0, 1, 0])),
        case("a very negative bias", _W, -1000, _X, np.array([0, 1, 0])),
        case("rather sure and right", np.array([30.0, -35.0]), 0.0,
             np.array([[1.0, 0.0], [0.0, 1.0], [0.75, 0.0]]), np.array([1, 0, 1])),
        case("large whole numbers", np.array([100, -50]), 3, np.array([[10, 2], [1, 40]]),
             np.array([0, 1])),
        case("whole-number weights only", np.array([1, -1]), 0.25, _X, np.array([0.0, 1.0, 1.0])),
        case("whole-number inputs only", _W, 0.25, np.array([[1, 2], [0, 1], [3, 1]]),
             np.array([0.0, 1.0, 0.0])),
        case("a whole bias only", _W, 2, _X, np.array([1.0, 0.0, 0.0])),
        case("whole numbers, fractions as weights", _W, 1, np.array([[1, 2], [0, 1], [3, 1]]),
             np.array([0, 1, 0])),
        case("whole numbers, fractions as inputs", np.array([1, -1]), 1, _X, np.array([0, 1, 0])),
        case("whole numbers, a fraction as bias", np.array([1, -1]), 0.5,
             np.array([[1, 2], [0, 1]]), np.array([0, 1])),
        case("a bias of NumPy's", _W, np.float64(0.5), _X, np.array([0, 0, 1])),
        case("float32", np.array([-0.5, -0.25], dtype=np.float32), -0.5,
             np.array([[1.0, 2.0], [0.5, 1.5], [2.0, 0.25]], dtype=np.float32),
             np.zeros(3, dtype=np.float32)),
        case("arrays that are views", strided(_W), 0.5, strided(_X), strided(np.array([1, 0, 0]))),
        case("columns stored one after the other", _W, 0.5, np.asfortranarray(_X),
             np.array([1, 1, 0])),
    ],
    draw=draw,
    equivalent={
        "z >= 0 -> z > 0": "at z = 0 both formulas give a half",
        **{f"y -> {name} #2": "it has m entries too" for name in ("X", "z", "e", "p", "error")},
    },
)  # fmt: skip


@logistic_gradient.mistake(
    "Every sign is the wrong way round: this is y - p. When p is too large, should the gradient by "
    "the bias be above 0 or below?"
)
def sign_turned_round(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (y - p) / len(y), np.mean(y - p)


@logistic_gradient.mistake(
    "It is the gradient of the sum of the losses. The cost is their mean: what is missing, in dw "
    "and in db?"
)
def not_divided_by_m(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y), np.sum(p - y)


@logistic_gradient.mistake("db is right, and dw is not divided by m. Both are of the mean loss.")
def only_dw_not_divided(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y), np.mean(p - y)


@logistic_gradient.mistake("dw is right, and db is a sum. Both are of the mean loss.")
def only_db_not_divided(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / len(y), np.sum(p - y)


@logistic_gradient.mistake(
    "The numbers are right, but exp overflows when a weighted sum is very negative or very large. "
    "Which sigmoid never does?"
)
def overflows(w, b, X, y):
    p = 1 / (1 + np.exp(-(X @ w + b)))
    return X.T @ (p - y) / len(y), np.mean(p - y)


@logistic_gradient.also("overflows")
def both_branches_computed(w, b, X, y):
    z = X @ w + b
    p = np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
    return X.T @ (p - y) / len(y), np.mean(p - y)


@logistic_gradient.mistake(
    "p or z is clipped, so a sure and right prediction still pulls at the weights. The gradient "
    "has no logarithm in it: does p need to be clipped here?"
)
def probability_clipped(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return X.T @ (p - y) / len(y), np.mean(p - y)


@logistic_gradient.also("probability_clipped")
def weighted_sum_clipped_too_early(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -20, 20)))
    return X.T @ (p - y) / len(y), np.mean(p - y)


@logistic_gradient.mistake("The bias is missing from the weighted sums. What is z?")
def bias_forgotten(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w, -500, 500)))
    return X.T @ (p - y) / len(y), np.mean(p - y)


@logistic_gradient.mistake(
    "The sigmoid is missing: z is compared with the labels. What turns z into p?"
)
def sigmoid_forgotten(w, b, X, y):
    error = X @ w + b - y
    return X.T @ error / len(y), np.mean(error)


@logistic_gradient.mistake(
    "p * (1 - p) is in yours, as for the squared error. With the logarithm it drops out: what is "
    "left of the derivative by z?"
)
def slope_left_in(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    error = (p - y) * p * (1 - p)
    return X.T @ error / len(y), np.mean(error)


@logistic_gradient.mistake(
    "The predictions are rounded to 0 or 1 first, so nothing is learnt from how sure they were."
)
def rounded_first(w, b, X, y):
    error = np.where(X @ w + b >= 0, 1.0, 0.0) - y
    return X.T @ error / len(y), np.mean(error)


@logistic_gradient.mistake(
    "db has one number for each example. There is a single bias: how do its errors become one "
    "number?"
)
def db_not_averaged(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / len(y), p - y


@logistic_gradient.mistake(
    "db is an array that holds one number. The bias is a plain number, and its gradient should be "
    "one too: what keeps the brackets?"
)
def db_as_an_array_of_one(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / len(y), np.mean(p - y, keepdims=True)


@logistic_gradient.mistake(
    "dw has one row for each example. It should have one entry for each weight: over what do you "
    "take the mean?"
)
def dw_not_averaged(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return (p - y)[:, None] * X, np.mean(p - y)


@logistic_gradient.mistake(
    "dw is a single number. Each weight has its own entry: over which axis is the mean taken?"
)
def one_number_for_dw(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return np.mean((p - y)[:, None] * X), np.mean(p - y)


@logistic_gradient.mistake(
    "dw has a second dimension. It should have the shape of w, (n,), so that one can be taken from "
    "the other."
)
def dw_as_a_column(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y)[:, None] / len(y), np.mean(p - y)


@logistic_gradient.mistake(
    "The mean runs over the wrong axis: X has one example in each row. Which sum does the entry j "
    "of dw need?"
)
def rows_for_columns(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X @ (p - y) / len(y), np.mean(p - y)


@logistic_gradient.mistake(
    "The errors are not multiplied by the inputs. How much does z change when a weight grows by 1?"
)
def inputs_forgotten(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return np.full(len(w), np.mean(p - y)), np.mean(p - y)


@logistic_gradient.mistake(
    "The inputs are averaged before they meet the errors. Each example has its own error: multiply "
    "first, then take the mean."
)
def averaged_first(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return np.mean(X, axis=0) * np.mean(p - y), np.mean(p - y)


@logistic_gradient.mistake("db comes first in yours. The order is (dw, db).")
def order_turned_round(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return np.mean(p - y), X.T @ (p - y) / len(y)


@logistic_gradient.mistake("Only dw is returned. The bias has a gradient too: return (dw, db).")
def dw_alone(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / len(y)


@logistic_gradient.also("dw_alone")
def all_in_one_array(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return np.append(X.T @ (p - y) / len(y), np.mean(p - y))


@logistic_gradient.mistake(
    "Yours divides by the number of inputs. Over what is the mean loss taken?"
)
def divided_by_n(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / len(w), np.sum(p - y) / len(w)


@logistic_gradient.mistake(
    "It is divided by m more than once. Does your mean divide by it already?"
)
def divided_twice(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / len(y) ** 2, np.mean(p - y) / len(y)


@logistic_gradient.mistake(
    "There is a factor of 2 too much or too little, from a squared error perhaps. The mean loss "
    "has none."
)
def halved(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / (2 * len(y)), np.mean(p - y) / 2


@logistic_gradient.also("halved")
def doubled(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return 2 * X.T @ (p - y) / len(y), 2 * np.mean(p - y)


@logistic_gradient.mistake(
    "db is made from dw. The bias has no input of its own: by how much does z change when b grows "
    "by 1?"
)
def db_from_dw(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    dw = X.T @ (p - y) / len(y)
    return dw, np.sum(dw)


@logistic_gradient.also("db_from_dw")
def db_times_the_bias(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return X.T @ (p - y) / len(y), b * np.mean(p - y)


@logistic_gradient.mistake(
    "A step is taken already: these are new weights and a new bias. Return the gradient itself."
)
def a_step_taken(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    return w - X.T @ (p - y) / len(y), b - np.mean(p - y)


@logistic_gradient.mistake(
    "dw is an array of whole numbers: everything after the point is cut off. What dtype has the "
    "array you fill?"
)
def whole_number_output(w, b, X, y):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    dw = np.zeros_like(w)
    dw[:] = X.T @ (p - y) / len(y)
    return dw, np.mean(p - y)


@logistic_gradient.mistake(
    "Only the first example counts. Does the `return` stand inside the loop?"
)
def returns_in_the_loop(w, b, X, y):
    dw, db = np.zeros(len(w)), 0.0
    for x_i, y_i in zip(X, y, strict=True):
        p_i = 1 / (1 + np.exp(-np.clip(np.dot(w, x_i) + b, -500, 500)))
        dw, db = dw + (p_i - y_i) * x_i, db + p_i - y_i
        return dw / len(y), db / len(y)


@logistic_gradient.alternative
def one_example_at_a_time(w, b, X, y):
    dw, db = np.zeros(len(w)), 0.0
    for x_i, y_i in zip(X, y, strict=True):
        z = float(np.dot(x_i, w) + b)
        p_i = 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))
        dw += (p_i - y_i) * x_i
        db += p_i - y_i
    return dw / len(y), db / len(y)


@logistic_gradient.alternative
def averaged_over_the_rows(w, b, X, y):
    p = np.exp(-np.logaddexp(0, -(X @ w + b)))
    error = p - y
    return np.mean(error[:, None] * X, axis=0), error.mean()


@logistic_gradient.alternative
def by_einsum(w, b, X, y):
    z = np.einsum("ij,j->i", X, w) + b
    e = np.exp(-np.abs(z))
    error = np.where(z >= 0, 1, e) / (1 + e) - y
    return np.einsum("i,ij->j", error, X) / len(X), np.einsum("i->", error) / len(X)


@logistic_gradient.alternative
def bias_as_a_weight(w, b, X, y):
    X1 = np.column_stack([X, np.ones(len(X))])
    p = 1 / (1 + np.exp(-np.clip(X1 @ np.append(w, b), -700, 700)))
    gradient = X1.T @ (p - y) / len(y)
    return gradient[:-1], gradient[-1]


@logistic_gradient.alternative
def warning_silenced(w, b, X, y):
    with np.errstate(over="ignore"):
        p = 1 / (1 + np.exp(-(X @ w + b)))
    return (X * (p - y).reshape(-1, 1)).sum(axis=0) / len(y), np.average(p - y)


@logistic_gradient.alternative
def one_weight_at_a_time(w, b, X, y):
    z = (X * w).sum(axis=1) + b
    e = np.exp(np.minimum(z, 0))
    error = e / (e + np.exp(-np.maximum(z, 0))) - y
    return np.array([np.mean(error * X[:, j]) for j in range(len(w))]), np.mean(error)
