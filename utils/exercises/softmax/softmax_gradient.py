"""Exercise `softmax_gradient`: of the mean cross-entropy, with respect to the logits."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.exercises.softmax.inputs import HUGE, huge_logits, labels, logits
from utils.reference import softmax as reference


def draw(rng):
    """Logits of any size, and labels whose class is often not the likeliest."""
    for m, K in ((4, 3), (1, 5), (3, 3), (3, 3), (5, 2), (20, 10)):
        yield case("random logits", logits(rng, m, K, size=1.5), labels(rng, m, K))
    yield case("random huge logits", huge_logits(rng, 5, 4), labels(rng, 5, 4))
    Z = rng.uniform(-1e4, 1e4, size=(6, 5))
    yield case("random logits of every size", Z, labels(rng, 6, 5))
    Z = rng.integers(-4, 5, size=(4, 3))
    yield case("random whole numbers", Z, labels(rng, 4, 3))
    Z = rng.uniform(-1, 1, size=(4, 3)).astype(np.float32)
    yield case("random float32", Z, labels(rng, 4, 3))


softmax_gradient = Exercise(
    id="softmax_gradient",
    title="The gradient at the logits",
    points=3,
    reference=reference.softmax_gradient,
    returns=Array(shape="(m, K)"),
    begin=(
        "Begin with one example, and with its probabilities. A little more of which logit would "
        "raise the loss, and of which would lower it?"
    ),
    hints=(
        "The gradient of one example's loss is what was predicted minus what is true: "
        "probabilities minus a one-hot row. And the loss is a mean.",
        "Softmax of each row, safely. Subtract 1 in the column of the label, in a copy. Divide by "
        "the number of examples.",
        "P = stable_softmax(Z); the gradient is (P - ...) divided by len(y). The missing array has "
        "a 1 in each row: which function makes it from y?",
    ),
    cases=[
        case("three examples", np.array([[1.0, 3.0], [0.5, -1.0], [2.0, 2.0]]),
             np.array([0, 0, 1])),
        case("one example", np.array([[1.0, 3.0, 2.0]]), np.array([2])),
        case("as many examples as classes",
             np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.5], [3.0, 1.0, 0.0]]), np.array([0, 2, 1])),
        case("very large", np.array([[10000.0, 9999.0, -10000.0], [0.5, 1.0, 0.0]]),
             np.array([2, 1])),
        case("rows far apart", np.array([[10000.0, 9998.0], [-10000.0, -9999.0]]),
             np.array([1, 0])),
        case("whole numbers", np.array([[1, 0, 2], [-2, 3, 1]]), np.array([0, 2])),
    ],
    hidden=[
        case("one class", np.array([[2.5], [-1e4]]), np.array([0, 0])),
        case("one example, one class", np.array([[7.0]]), np.array([0])),
        case("all zeros", np.zeros((3, 4)), np.array([0, 3, 1])),
        case("all equal and very negative", np.full((2, 3), -1e4), np.array([2, 0])),
        case("certain and right", np.array([[1e4, 0.0], [-1e4, 1e4]]), np.array([0, 1])),
        case("certain and wrong", np.array([[1e4, 0.0], [-1e4, 1e4]]), np.array([1, 0])),
        case("rows of every size", HUGE, np.array([1, 2, 0])),
        case("one label for all", np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.5]]), np.array([1, 1])),
        case("more classes than examples", np.array([[1.0, 0.0, 2.0, -1.0, 0.5]] * 2),
             np.array([4, 0])),
        case("a million and a little", np.array([[1e6 + 1, 1e6, 1e6 - 2], [0.5, -1e6, 2.0]]),
             np.array([0, 1])),
        case("far apart, and none of them huge", np.array([[400.0, -380.0], [0.0, 5.0]]),
             np.array([1, 0])),
        case("many classes", np.linspace(-1, 1, 24).reshape(2, 12), np.array([11, 3])),
        case("very large whole numbers", np.array([[10000, 9999], [-10000, -10003]]),
             np.array([1, 1])),
        case("small unsigned labels", np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.5]]),
             np.array([2, 1], dtype=np.uint8)),
        case("32-bit labels", np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.5]]),
             np.array([0, 1], dtype=np.int32)),
        case("float32", np.array([[0.5, -1.5, 1.0], [1.0, 0.25, -0.5]], dtype=np.float32),
             np.array([0, 2])),
        case("arrays that are views", strided(np.array([[1.0, -2.0, 0.5], [800.0, 0.0, 1.0]])),
             strided(np.array([2, 1]))),
        case("columns stored one after the other",
             np.asfortranarray([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), np.array([1, 0])),
    ],
    draw=draw,
    equivalent={
        "y -> Z": "there are as many labels as rows",
        "1 -> -1": "Z has two dimensions: the last one is dimension 1",
    },
)  # fmt: skip


@softmax_gradient.mistake(
    "The gradient is m times too large: it belongs to the sum of the losses. What makes the sum a "
    "mean?"
)
def not_divided(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return P - np.eye(Z.shape[1])[y]


@softmax_gradient.mistake("Yours divides by m times K. The loss is a mean over how many examples?")
def divided_by_all_entries(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - np.eye(Z.shape[1])[y]) / Z.size


@softmax_gradient.mistake(
    "Yours divides by the number of classes. The loss is a mean over the examples."
)
def divided_by_classes(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - np.eye(Z.shape[1])[y]) / Z.shape[1]


@softmax_gradient.mistake(
    "The sign is turned round. More of the label's logit lowers the loss: which sign has the "
    "gradient there?"
)
def sign_turned(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (np.eye(Z.shape[1])[y] - P) / len(y)


@softmax_gradient.mistake(
    "exp of a large logit is infinity, and infinity by infinity is nan. Which of your functions "
    "gives the probabilities without that?"
)
def overflows(Z, y):
    e = np.exp(Z)
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - np.eye(Z.shape[1])[y]) / len(y)


@softmax_gradient.mistake(
    "Yours subtracts the largest logit of the whole batch. A row that lies far below it becomes "
    "all zeros after exp. Which maximum belongs to a row?"
)
def one_maximum(Z, y):
    e = np.exp(Z - np.max(Z))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - np.eye(Z.shape[1])[y]) / len(y)


@softmax_gradient.mistake(
    "Yours subtracts in the column before the label. Labels begin at 0, and so do columns."
)
def labels_from_one(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - np.eye(Z.shape[1])[y.astype(int) - 1]) / len(y)


@softmax_gradient.mistake(
    "[:, y] reaches those columns in every row. In row i only the column y[i] should change: what "
    "goes in the place of the colon?"
)
def every_row_changed(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    P[:, y] -= 1
    return P / len(y)


@softmax_gradient.mistake(
    "These are the probabilities. What is true has not been subtracted from them yet."
)
def labels_forgotten(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return P / len(y)


@softmax_gradient.also("labels_forgotten")
def probabilities_alone(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


@softmax_gradient.mistake(
    "1 is subtracted everywhere. In each row one entry only has a 1 to subtract: which?"
)
def one_everywhere(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - 1) / len(y)


@softmax_gradient.mistake(
    "The gradient is 0 except at the labels. The other logits have a part in the loss as well: in "
    "which direction do they push it?"
)
def labels_only(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    Y = np.eye(Z.shape[1])[y]
    return (P - Y) * Y / len(y)


@softmax_gradient.mistake(
    "Yours multiplies by P * (1 - P), the slope of a sigmoid. With softmax and cross-entropy "
    "together that factor cancels."
)
def slope_too_many(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return (P - np.eye(Z.shape[1])[y]) * P * (1 - P) / len(y)


@softmax_gradient.mistake(
    "This is the gradient with respect to the probabilities, -Y / P. One step further back are the "
    "logits, and there the formula becomes simpler."
)
def gradient_at_the_probabilities(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return -np.eye(Z.shape[1])[y] / np.clip(P, 1e-7, 1) / len(y)


@softmax_gradient.mistake(
    "The softmax is missing: yours subtracts the labels from the logits. From what should they be "
    "subtracted?"
)
def logits_for_probabilities(Z, y):
    return (Z - np.eye(Z.shape[1])[y]) / len(y)


@softmax_gradient.mistake(
    "The sigmoid of each logit is used. In softmax the classes of one example share one "
    "probability of 1."
)
def sigmoid_of_each(Z, y):
    e = np.exp(-np.abs(Z))
    P = np.where(Z >= 0, 1 / (1 + e), e / (1 + e))
    return (P - np.eye(Z.shape[1])[y]) / len(y)


@softmax_gradient.mistake(
    "The softmax goes along the examples. The classes of one example stand in one row: which axis "
    "is that?"
)
def over_the_examples(Z, y):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    P = e / np.sum(e, axis=0, keepdims=True)
    return (P - np.eye(Z.shape[1])[y]) / len(y)


@softmax_gradient.mistake(
    "One row comes back, a mean over the examples. Each logit of each example has an entry, shape "
    "(m, K)."
)
def mean_of_the_rows(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return np.mean(P - np.eye(Z.shape[1])[y], axis=0)


@softmax_gradient.mistake(
    "It writes into its argument Z. Whoever called it still needs those logits: work on a copy."
)
def in_place(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    if Z.dtype.kind == "f":
        Z[...] = P
    return (P - np.eye(Z.shape[1])[y]) / len(y)


@softmax_gradient.mistake(
    "Whole numbers come out, so everything after the point is cut off. What dtype has the array "
    "that you fill when Z holds whole numbers?"
)
def whole_number_output(Z, y):
    G = np.zeros_like(Z)
    for i in range(len(y)):
        e = np.exp(Z[i] - np.max(Z[i]))
        G[i] = (e / np.sum(e) - np.eye(Z.shape[1])[y[i]]) / len(y)
    return G


@softmax_gradient.alternative
def subtracted_at_the_labels(Z, y):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    G = e / e.sum(axis=1, keepdims=True)
    G[np.arange(len(y)), y] -= 1
    return G / len(y)


@softmax_gradient.alternative
def entry_by_entry(Z, y):
    m, K = Z.shape
    G = np.zeros((m, K))
    for i in range(m):
        e = [np.exp(z - max(Z[i])) for z in Z[i]]
        for k in range(K):
            G[i, k] = (e[k] / sum(e) - (1 if k == y[i] else 0)) / m
    return G


@softmax_gradient.alternative
def through_the_logarithm(Z, y):
    logs = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    Y = (y[:, None] == np.arange(Z.shape[1])).astype(float)
    return np.mean([1.0 / len(y)]) * (np.exp(logs) - Y)


@softmax_gradient.alternative
def by_the_chain_rule(Z, y):
    rows = []
    for z, label in zip(Z, y, strict=True):
        e = np.exp(z - z.max())
        p = e / e.sum()
        column = np.eye(len(z))[label] - p  # the slope of log p[label], by each logit
        rows.append(-column / len(y))
    return np.array(rows)


@softmax_gradient.alternative
def by_differences(Z, y):
    m, K = Z.shape
    with np.errstate(over="ignore"):
        P = 1 / np.exp((Z[:, None, :] - Z[:, :, None]).astype(float)).sum(axis=2)
    return np.where(np.arange(K) == y.reshape(m, 1), P - 1, P) / m
