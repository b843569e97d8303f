"""Exercise `gradient_step`: one step downhill, the old weights left as they are."""

import numpy as np

from utils.checking import Array, Exercise, Number, Sequence, case, strided
from utils.exercises.losses.inputs import labels
from utils.reference import losses as reference


def draw(rng):
    """Batches of any size, with steps of any length."""
    for m, n in ((7, 3), (4, 4), (5, 1), (3, 6), (80, 5)):
        X, w, alpha = rng.normal(size=(m, n)), rng.normal(size=n), rng.uniform(0.2, 2)
        yield case("a random batch", w, float(rng.normal()), X, labels(rng, m), float(alpha))
    X, w = rng.integers(-5, 6, size=(6, 3)), rng.integers(-3, 4, size=3)
    yield case("random whole numbers", w, int(rng.integers(-3, 4)), X, labels(rng, 6), 2)
    X = rng.normal(size=(6, 2)) * 3000
    yield case("random large inputs", rng.normal(size=2), 0.5, X, labels(rng, 6), 0.01)
    X = rng.uniform(1, 3, size=(4, 2)).astype(np.float32)  # one sign throughout: nothing cancels
    w = -rng.uniform(0.2, 1, size=2).astype(np.float32)
    yield case("random float32", w, -0.5, X, np.zeros(4, dtype=np.float32), 0.5)


_W, _X = np.array([0.5, -1.0]), np.array([[1.0, 2.0], [0.5, -1.0], [-2.0, 0.5]])

gradient_step = Exercise(
    id="gradient_step",
    title="One step of gradient descent",
    points=2,
    reference=reference.gradient_step,
    returns=Sequence(of=(Array(shape="(n,)"), Number()), wanted="a tuple (w, b)"),
    begin=(
        "Begin with the gradient: `logistic_gradient` gives dw and db. In which direction does the "
        "cost fall, and how far does the step go?"
    ),
    hints=(
        "The gradient points uphill. What does one step take away from w, and what from b?",
        "Compute dw and db first, both from the old w and b. Then make a new w and a new b: each "
        "old value minus alpha times its gradient. Return the two.",
        "dw, db = logistic_gradient(...); then return w - ..., b - .... Don't write `w -= ...`: "
        "which array would that change?",
    ),
    cases=[
        case("three examples", _W, 0.25, _X, np.array([1, 0, 1]), 0.5),
        case("one example", np.array([1.0, -0.5, 0.25]), -1.0, np.array([[2.0, 1.0, -3.0]]),
             np.array([1.0]), 2.0),
        case("one input", np.array([1.5]), 0.5, np.array([[1.0], [-2.0], [0.5], [0.0]]),
             np.array([1, 1, 0, 0]), 0.1),
        case("whole numbers", np.array([1, -1]), 2, np.array([[1, 2], [0, 1], [3, 1]]),
             np.array([0, 1, 0]), 1),
        case("all weights zero", np.zeros(2), 0.0, _X, np.array([0.0, 0.0, 1.0]), 0.5),
        case("a step of no length", _W, 0.25, _X, np.array([1, 0, 1]), 0.0),
        case("very sure, one right, one wrong", _W, 0.0, np.array([[2000.0, 0.0], [0.0, 1000.0]]),
             np.array([0, 0]), 0.5),
        case("very sure and right", _W, 1.0, np.array([[2000.0, 0.0], [0.0, 1000.0]]),
             np.array([1, 0]), 10.0),
    ],
    hidden=[
        case("one example, one input", np.array([-0.5]), 0.75, np.array([[2.0]]), np.array([0]),
             0.25),
        case("as many examples as inputs", _W, -0.5, np.array([[1.0, 3.0], [0.5, -1.0]]),
             np.array([0, 1]), 1.5),
        case("all labels one", _W, -0.5, _X, np.ones(3), 1.0),
        case("all inputs zero", _W, 0.5, np.zeros((3, 2)), np.array([1, 0, 1]), 1.0),
        case("more inputs than examples", np.array([0.5, -0.25, 1.0, 0.75]), 0.5,
             np.array([[1.0, 2.0, -1.0, 0.5], [0.25, -1.0, 3.0, 2.0]]), np.array([0, 1]), 0.3),
        case("a long step", _W, 0.25, _X, np.array([1, 0, 1]), 50.0),
        case("a short step", _W, 0.25, _X, np.array([1, 0, 0]), 1e-3),
        case("a step that ends near zero", np.array([0.5]), 0.0, np.array([[1.0]]), np.array([0]),
             0.499995 / 0.6224593312018546),
        case("a very large bias", _W, 1000.0, _X, np.array([0, 1, 0]), 0.5),
        case("a very negative bias", _W, -1000, _X, np.array([0, 1, 0]), 0.5),
        case("large whole numbers", np.array([100, -50]), 3, np.array([[10, 2], [1, 40]]),
             np.array([0, 1]), 1),
        case("numbers of NumPy's", _W, np.float64(0.5), _X, np.array([0, 0, 1]), np.float64(0.75)),
        case("float32", np.array([-0.5, -0.25], dtype=np.float32), -0.5,
             np.array([[1.0, 2.0], [0.5, 1.5], [2.0, 0.25]], dtype=np.float32),
             np.zeros(3, dtype=np.float32), 0.5),
        case("arrays that are views", strided(_W), 0.5, strided(_X), strided(np.array([1, 0, 0])),
             0.4),
        case("columns stored one after the other", _W, 0.5, np.asfortranarray(_X),
             np.array([1, 1, 0]), 0.4),
    ],
    draw=draw,
)  # fmt: skip


@gradient_step.mistake(
    "It steps uphill, where the cost grows. The gradient points uphill: is it added or taken away?"
)
def uphill(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w + alpha * X.T @ error / len(y), b + alpha * np.mean(error)


@gradient_step.mistake(
    "Only one of the two goes downhill. w and b both lose alpha times their gradient."
)
def only_bias_uphill(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y), b + alpha * np.mean(error)


@gradient_step.also("only_bias_uphill")
def only_weights_uphill(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w + alpha * X.T @ error / len(y), b - alpha * np.mean(error)


@gradient_step.mistake(
    "One of the two is updated with the new value of the other. Both gradients belong to the point "
    "where the step begins: which lines have to come before the first update?"
)
def bias_from_the_new_weights(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    w = w - alpha * X.T @ error / len(y)
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w, b - alpha * np.mean(error)


@gradient_step.also("bias_from_the_new_weights")
def weights_from_the_new_bias(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    b = b - alpha * np.mean(error)
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y), b


@gradient_step.mistake(
    "More than one step is taken: each example, or each weight, moves on from where the one before "
    "arrived. Here all of them begin at the old w and b."
)
def one_example_after_the_other(w, b, X, y, alpha):
    for x_i, y_i in zip(X, y, strict=True):
        error = 1 / (1 + np.exp(-np.clip(x_i @ w + b, -500, 500))) - y_i
        w, b = w - alpha * error * x_i, b - alpha * error
    return w, b


@gradient_step.also("one_example_after_the_other")
def one_weight_after_the_other(w, b, X, y, alpha):
    w = np.array(w, dtype=float)
    for j in range(len(w)):
        error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
        w[j] -= alpha * np.mean(error * X[:, j])
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w, b - alpha * np.mean(error)


@gradient_step.also("one_example_after_the_other")
def two_steps(w, b, X, y, alpha):
    for _ in range(2):
        error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
        w, b = w - alpha * X.T @ error / len(y), b - alpha * np.mean(error)
    return w, b


@gradient_step.mistake(
    "It writes the new weights into the array that it was given. `w -= ...` and `w[...] = ...` "
    "change the caller's w. What makes a new array instead?"
)
def in_place(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    w -= alpha * X.T @ error / len(y)
    b -= alpha * np.mean(error)
    return w, b


@gradient_step.also("in_place")
def written_into_w(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    w[:] = w - alpha * X.T @ error / len(y)
    return w, b - alpha * np.mean(error)


@gradient_step.mistake("The bias stays where it was. It takes a step too: which gradient is its?")
def bias_left_out(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y), b


@gradient_step.mistake("The weights stay where they were. They take a step too.")
def weights_left_out(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w, b - alpha * np.mean(error)


@gradient_step.mistake(
    "The learning rate is not used, in w, in b or in both. How far does a step with alpha = 0 go?"
)
def alpha_forgotten(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - X.T @ error / len(y), b - np.mean(error)


@gradient_step.also("alpha_forgotten")
def alpha_for_the_weights_only(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y), b - np.mean(error)


@gradient_step.also("alpha_forgotten")
def alpha_for_the_bias_only(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - X.T @ error / len(y), b - alpha * np.mean(error)


@gradient_step.also("alpha_forgotten")
def an_alpha_of_its_own(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - 0.1 * X.T @ error / len(y), b - 0.1 * np.mean(error)


@gradient_step.also("alpha_forgotten")
def a_small_alpha_of_its_own(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - 0.01 * X.T @ error / len(y), b - 0.01 * np.mean(error)


@gradient_step.mistake(
    "This is the gradient, or the step itself. Return where the step arrives: the new w and b."
)
def gradient_alone(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return X.T @ error / len(y), np.mean(error)


@gradient_step.also("gradient_alone")
def step_alone(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return alpha * X.T @ error / len(y), alpha * np.mean(error)


@gradient_step.also("gradient_alone")
def minus_the_step_alone(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return -alpha * X.T @ error / len(y), -alpha * np.mean(error)


@gradient_step.mistake(
    "The step is too long: dw, db or both are sums over the examples. The cost is a mean."
)
def not_divided_by_m(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error, b - alpha * np.sum(error)


@gradient_step.also("not_divided_by_m")
def only_weights_not_divided(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error, b - alpha * np.mean(error)


@gradient_step.also("not_divided_by_m")
def only_bias_not_divided(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y), b - alpha * np.sum(error)


@gradient_step.mistake(
    "It is divided by m once too often. Does the gradient of the mean loss divide by it already?"
)
def divided_twice(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y) ** 2, b - alpha * np.mean(error) / len(y)


@gradient_step.mistake("Only w is returned. The next step needs b as well: return (w, b).")
def weights_alone(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y)


@gradient_step.mistake(
    "w and b come back in one array. Two things are asked for, w with the shape it had and b as a "
    "number: return (w, b)."
)
def all_in_one_array(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return np.append(w - alpha * X.T @ error / len(y), b - alpha * np.mean(error))


@gradient_step.mistake("b comes first in yours. The order is (w, b).")
def order_turned_round(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return b - alpha * np.mean(error), w - alpha * X.T @ error / len(y)


@gradient_step.mistake(
    "The step is right, but exp overflows when a weighted sum is very negative or very large. "
    "Which sigmoid never does?"
)
def overflows(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-(X @ w + b))) - y
    return w - alpha * X.T @ error / len(y), b - alpha * np.mean(error)


@gradient_step.mistake(
    "Sure and right predictions still move the weights: p or z is clipped in your gradient, closer "
    "than it needs to be. What does `logistic_gradient` give there?"
)
def probability_clipped(w, b, X, y, alpha):
    p = np.clip(1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))), 1e-7, 1 - 1e-7)
    return w - alpha * X.T @ (p - y) / len(y), b - alpha * np.mean(p - y)


@gradient_step.mistake(
    "The gradient is another one: the sigmoid, the bias in z, or the slope p * (1 - p) is not as "
    "it should be. What does `logistic_gradient` give here?"
)
def sigmoid_forgotten(w, b, X, y, alpha):
    error = X @ w + b - y
    return w - alpha * X.T @ error / len(y), b - alpha * np.mean(error)


@gradient_step.also("sigmoid_forgotten")
def bias_forgotten(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w, -500, 500))) - y
    return w - alpha * X.T @ error / len(y), b - alpha * np.mean(error)


@gradient_step.also("sigmoid_forgotten")
def slope_left_in(w, b, X, y, alpha):
    p = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500)))
    error = (p - y) * p * (1 - p)
    return w - alpha * X.T @ error / len(y), b - alpha * np.mean(error)


@gradient_step.mistake(
    "b has become an array. There is a single bias: how do the errors become one number?"
)
def errors_not_averaged(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * X.T @ error / len(y), b - alpha * error


@gradient_step.mistake(
    "All weights move by the same amount. Each has its own entry of dw: which inputs belong in it?"
)
def same_step_for_all(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    return w - alpha * np.mean(error), b - alpha * np.mean(error)


@gradient_step.mistake(
    "The new weights are whole numbers: everything after the point is cut off. What dtype has the "
    "array you fill?"
)
def whole_number_output(w, b, X, y, alpha):
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -500, 500))) - y
    new = w.copy()
    new[:] = w - alpha * X.T @ error / len(y)
    return new, b - alpha * np.mean(error)


@gradient_step.alternative
def gradient_first(w, b, X, y, alpha):
    z = X @ w + b
    e = np.exp(-np.abs(z))
    error = np.where(z >= 0, 1 / (1 + e), e / (1 + e)) - y
    dw, db = X.T @ error / len(y), np.mean(error)
    w = w - alpha * dw
    b = b - alpha * db
    return w, b


@gradient_step.alternative
def one_example_at_a_time(w, b, X, y, alpha):
    new_w, new_b = [float(w_j) for w_j in w], float(b)
    for x_i, y_i in zip(X, y, strict=True):
        error = np.exp(-np.logaddexp(0, -(np.dot(w, x_i) + b))) - y_i
        for j in range(len(w)):
            new_w[j] -= alpha / len(y) * error * x_i[j]
        new_b -= alpha / len(y) * error
    return np.array(new_w), new_b


@gradient_step.alternative
def copied_first(w, b, X, y, alpha):
    new_w = w.astype(np.result_type(w, X, np.float32))
    error = 1 / (1 + np.exp(-np.clip(X @ w + b, -700, 700))) - y
    new_w -= alpha * np.mean(X * error[:, None], axis=0)
    return [new_w, np.asarray(b - alpha * error.mean())]


@gradient_step.alternative
def uphill_the_other_way(w, b, X, y, alpha):
    missing = y - 0.5 * (1 + np.tanh(0.5 * (X @ w + b)))
    return w + alpha * (missing @ X) / len(X), float(b + alpha * np.average(missing))


@gradient_step.alternative
def bias_as_a_weight(w, b, X, y, alpha):
    X1, w1 = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    with np.errstate(over="ignore"):
        p = 1 / (1 + np.exp(-X1 @ w1))
    w1 = w1 - alpha * X1.T @ (p - y) / len(y)
    return w1[:-1], w1[-1]
