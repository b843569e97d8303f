"""Exercise `model_cost`: how far a linear model is off, and nothing else."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.reference import bias_variance as reference


def draw(rng):
    """Any number of examples and inputs, with weights that no term could hide."""
    for m, n in ((6, 3), (4, 4), (3, 5), (50, 2)):
        w = rng.uniform(0.5, 3, size=n) * rng.choice([-1, 1], size=n)
        b = float(rng.uniform(1, 3))
        yield case("a random model", rng.normal(size=(m, n)), rng.normal(size=m), w, b)
    X, y = rng.integers(-5, 6, size=(5, 2)), rng.integers(-5, 6, size=5)
    yield case("random whole numbers", X, y, rng.integers(1, 4, size=2), int(rng.integers(1, 4)))


_X, _Y = np.array([[1.0, 2.0], [0.5, -1.0], [-2.0, 0.5]]), np.array([2.0, -1.0, 0.5])
_W = np.array([1.5, -0.5])

model_cost = Exercise(
    id="model_cost",
    title="The cost that compares models",
    points=None,
    reference=reference.model_cost,
    returns=Number(),
    begin=(
        "Begin with the predictions, one number for each example. How far is each from its label?"
    ),
    hints=(
        "Half the mean of the squared errors: the same on training, cross-validation and test set.",
        "The prediction of all examples at once is X @ w + b, of shape (m,). Take y away, square, "
        "add up, and divide by 2 m.",
        "errors = X @ w + b - y, then np.sum(errors ** 2) / (2 * ...). Which length is m?",
    ),
    cases=[
        case("three examples", _X, _Y, _W, 0.25),
        case("one example", np.array([[2.0, 1.0, -1.0]]), np.array([0.5]),
             np.array([1.0, 0.5, -0.5]), 1.0),
        case("one input", np.array([[1.0], [2.0], [4.0], [-1.0]]),
             np.array([1.0, 1.5, 5.0, 0.0]), np.array([2.0]), -0.5),
        case("as many examples as inputs", np.array([[1.0, 3.0], [0.5, -1.0]]),
             np.array([0.0, 2.0]), _W, 1.5),
        case("whole numbers", np.array([[1, 2], [0, 1], [3, 1]]), np.array([2, 2, 1]),
             np.array([1, 2]), 3),
        case("no error at all", _X, _X @ np.array([1.0, 2.0]) + 3, np.array([1.0, 2.0]), 3.0),
    ],
    hidden=[
        case("one example, one input", np.array([[0.5]]), np.array([3.0]), np.array([2.0]), 1.0),
        case("all weights zero", _X, _Y, np.zeros(2), 0.5),
        case("only the bias is wrong", _X, _X @ _W, _W, 2.0),
        case("errors that cancel", np.array([[1.0], [-1.0]]), np.array([0.0, 0.0]),
             np.array([2.0]), 0.0),
        case("more inputs than examples", np.array([[1.0, 2.0, -1.0, 0.5], [0.0, 1.0, 3.0, -2.0]]),
             np.array([1.0, -1.0]), np.array([0.5, -0.25, 1.0, 0.75]), 0.5),
        case("small numbers, negative weights", 0.001 * _X, 0.001 * _Y, np.array([-1.5, -0.5]),
             -0.001),
        case("large errors", 1e5 * _X, -1e5 * _Y, _W, 1e4),
        case("a bias of NumPy's", _X, _Y, _W, np.float64(-1.5)),
        case("a whole bias of NumPy's", _X, _Y, _W, np.int64(2)),
        case("whole-number inputs only", np.array([[1, 2], [0, 3]]), np.array([0.5, -1.25]), _W,
             0.25),
        case("whole-number labels only", _X, np.array([2, -1, 0]), _W, 0.25),
        case("whole-number weights only", _X, _Y, np.array([2, -1]), 0.25),
        case("whole numbers, other weights", np.array([[1, 2], [0, 3]]), np.array([1, 2]),
             np.array([0.5, 0.25]), 0.75),
        case("whole numbers, other labels", np.array([[1, 2], [0, 3]]), np.array([1.5, 0.25]),
             np.array([2, -1]), 1),
        case("whole numbers, a fraction as bias", np.array([[1, 2], [0, 3]]), np.array([1, 2]),
             np.array([2, -1]), 0.75),
        case("float32", np.array([[0.5, 1.5], [2.0, -1.0]], dtype=np.float32),
             np.array([0.5, 4.0], dtype=np.float32), np.array([1.5, -0.5], dtype=np.float32), 0.25),
        case("arrays that are views", strided(_X), strided(_Y), strided(_W), 0.5),
        case("columns stored one after the other", np.asfortranarray(_X), _Y, _W, -0.5),
    ],
    draw=draw,
    equivalent={
        "X @ w + b - y -> y - (X @ w + b)": "the square forgets the sign",
        "y -> X #2": "it has m rows too",
        "y -> errors #2": "it has m entries too",
    },
)  # fmt: skip


@model_cost.mistake(
    "The sum of the squares is divided by m. This cost has a 2 below the line as well."
)
def half_forgotten(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2)


@model_cost.mistake(
    "It is half the sum. The cost should not grow with the number of examples: what is missing?"
)
def not_divided_by_m(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / 2


@model_cost.mistake(
    "It is the sum of the squares, divided by nothing. What makes it half the mean?"
)
def only_the_sum(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2)


@model_cost.mistake(
    "It divides by the number of inputs. m is the number of examples: how long is y?"
)
def divided_by_n(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / (2 * X.shape[1])


@model_cost.also("divided_by_n")
def divided_by_the_number_of_weights(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / (2 * len(w))


@model_cost.mistake(
    "A term for the weights is in it. It belongs to what is minimised. To compare models, which "
    "errors do they make?"
)
def term_for_the_weights(X, y, w, b):
    m = len(y)
    return np.sum((X @ w + b - y) ** 2) / (2 * m) + np.sum(w**2) / (2 * m)


@model_cost.also("term_for_the_weights")
def term_for_weights_and_bias(X, y, w, b):
    m = len(y)
    return (np.sum((X @ w + b - y) ** 2) + np.sum(w**2) + b**2) / (2 * m)


@model_cost.mistake("The bias is missing from the predictions.")
def bias_forgotten(X, y, w, b):
    return np.sum((X @ w - y) ** 2) / (2 * len(y))


@model_cost.mistake(
    "The errors are added up before they are squared, so those of opposite signs cancel. What "
    "comes first?"
)
def mean_then_square(X, y, w, b):
    return np.mean(X @ w + b - y) ** 2 / 2


@model_cost.also("mean_then_square")
def sum_then_square(X, y, w, b):
    return np.sum(X @ w + b - y) ** 2 / (2 * len(y))


@model_cost.mistake(
    "The errors are not squared, so those of opposite signs cancel. The cost is never below 0."
)
def not_squared(X, y, w, b):
    return np.sum(X @ w + b - y) / (2 * len(y))


@model_cost.mistake(
    "It takes the size of each error instead of its square. How much should an error twice as "
    "large cost?"
)
def size_instead_of_square(X, y, w, b):
    return np.sum(np.abs(X @ w + b - y)) / (2 * len(y))


@model_cost.mistake("A root is taken at the end. The cost is in squared units: leave it out.")
def root_taken(X, y, w, b):
    return np.sqrt(np.sum((X @ w + b - y) ** 2) / (2 * len(y)))


@model_cost.also("root_taken")
def root_of_the_mean(X, y, w, b):
    return np.sqrt(np.mean((X @ w + b - y) ** 2))


@model_cost.mistake(
    "A column of predictions (m, 1) less a row of labels (m,) is a table of m times m numbers: "
    "every prediction meets every label. Which shape should both have?"
)
def every_pair(X, y, w, b):
    prediction = X @ w.reshape(-1, 1) + b  # (m, 1)
    return np.mean((prediction - y) ** 2) / 2


@model_cost.also("every_pair")
def every_pair_summed(X, y, w, b):
    prediction = X @ w.reshape(-1, 1) + b  # (m, 1)
    return np.sum((prediction - y) ** 2) / (2 * len(y))


@model_cost.mistake(
    "There is one cost for each example. One number is asked for, over all of them."
)
def one_for_each_example(X, y, w, b):
    return (X @ w + b - y) ** 2 / (2 * len(y))


@model_cost.mistake(
    "The bias is added once for each input. How often does it count in one prediction?"
)
def bias_once_for_each_input(X, y, w, b):
    return np.sum(((X * w + b).sum(axis=1) - y) ** 2) / (2 * len(y))


@model_cost.mistake(
    "The distance from the mean label is in it: this tells how well the model does beside a "
    "constant. The cost alone is asked for."
)
def divided_by_the_spread(X, y, w, b):
    spread = np.sum((y - np.mean(y)) ** 2) or 1.0
    return np.sum((X @ w + b - y) ** 2) / (2 * spread)


@model_cost.alternative
def half_the_mean(X, y, w, b):
    return 0.5 * np.mean((X.dot(w) + b - y) ** 2)


@model_cost.alternative
def in_a_loop(X, y, w, b):
    total = 0.0
    for row, label in zip(X, y, strict=True):
        prediction = b
        for j in range(len(w)):
            prediction += w[j] * row[j]
        total += (prediction - label) ** 2
    return float(total / 2 / len(y))


@model_cost.alternative
def error_with_itself(X, y, w, b):
    error = y - np.einsum("ij,j->i", X, w) - b
    return error @ error / (2 * X.shape[0])


@model_cost.alternative
def in_columns(X, y, w, b):
    error = X @ np.reshape(w, (-1, 1)) + b - np.reshape(y, (-1, 1))
    return np.linalg.norm(error) ** 2 / (2 * y.size)


@model_cost.alternative
def by_variance_and_mean(X, y, w, b):
    error = (X * w).sum(axis=1) - (y - b)
    return np.array((np.var(error) + np.mean(error) ** 2) / 2)
