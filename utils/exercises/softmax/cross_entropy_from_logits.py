"""Exercise `cross_entropy_from_logits`: no probability in between, so nothing is lost."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.exercises.softmax.inputs import HUGE, huge_logits, labels, logits
from utils.reference import softmax as reference

ATOL = 1e-9


def draw(rng):
    """Logits of any size, and labels whose class is often not the likeliest."""
    for m, K in ((4, 3), (1, 5), (3, 3), (3, 3), (5, 2), (20, 10)):
        yield case("random logits", logits(rng, m, K), labels(rng, m, K))
    yield case("random huge logits", huge_logits(rng, 5, 4), labels(rng, 5, 4))
    Z = rng.uniform(-1e4, 1e4, size=(6, 5))
    yield case("random logits of every size", Z, labels(rng, 6, 5))
    Z = rng.integers(-9, 10, size=(4, 3))
    yield case("random whole numbers", Z, labels(rng, 4, 3))
    Z = rng.uniform(-1, 1, size=(4, 3)).astype(np.float32)
    yield case("random float32", Z, labels(rng, 4, 3))


cross_entropy_from_logits = Exercise(
    id="cross_entropy_from_logits",
    title="Cross-entropy straight from the logits",
    points=3,
    reference=reference.cross_entropy_from_logits,
    returns=Number(atol=ATOL),
    begin=(
        "Begin with log_softmax(Z): it gives the logarithm of every probability without computing "
        "a probability. Which entry of row i is the loss of example i made of?"
    ),
    hints=(
        "The loss of one example is minus the logarithm of the probability of its label. "
        "log_softmax already is that logarithm, for every class.",
        "Compute the log-softmax of each row. From row i take the entry in column y[i]. Turn the "
        "sign, and take the mean over the m examples.",
        "Two index arrays pick one entry from each row: rows = np.arange(len(y)), and "
        "log_softmax(Z)[rows, ...]. Which array gives the columns?",
    ),
    cases=[
        case("three examples", np.array([[1.0, 3.0], [0.5, -1.0], [2.0, 2.0]]),
             np.array([0, 0, 1])),
        case("one example", np.array([[1.0, 3.0, 2.0]]), np.array([2])),
        case("as many examples as classes",
             np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.5], [3.0, 1.0, 0.0]]), np.array([0, 2, 1])),
        case("certain and wrong", np.array([[50.0, 0.0], [0.0, 1.0]]), np.array([1, 1])),
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
        case("rows of every size", HUGE, np.array([1, 2, 0])),
        case("one label for all", np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 1.5]]), np.array([1, 1])),
        case("the last class", np.array([[1.0, 0.0, 2.0, -1.0]]), np.array([3])),
        case("more classes than examples", np.array([[1.0, 0.0, 2.0, -1.0, 0.5]] * 2),
             np.array([4, 0])),
        case("nearly certain", np.array([[15.0, 0.0], [0.0, 16.0], [14.5, 0.0], [0.0, 15.5]]),
             np.array([0, 1, 0, 1])),
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
    equivalent={"y -> Z": "there are as many labels as rows"},
)  # fmt: skip


@cross_entropy_from_logits.mistake(
    "exp of a large logit is infinity, and infinity by infinity is nan. Which of your functions "
    "gives the logarithm of the softmax without that?"
)
def overflows(Z, y):
    e = np.exp(Z)
    P = e / np.sum(e, axis=1, keepdims=True)
    return np.mean(-np.log(P[np.arange(len(y)), y]))


@cross_entropy_from_logits.mistake(
    "Where the probability of the label rounds to 0 the loss becomes infinite. The true loss is an "
    "ordinary number: can you go from logits to logarithms without a probability in between?"
)
def log_of_the_softmax(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return np.mean(-np.log(P[np.arange(len(y)), y]))


@cross_entropy_from_logits.mistake(
    "The probability is held above a bound, so the loss stops growing: no example costs more than "
    "16 or so. The true loss grows with the logits. What if no probability is computed?"
)
def held_above_a_bound(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return np.mean(-np.log(np.clip(P[np.arange(len(y)), y], 1e-7, 1)))


@cross_entropy_from_logits.also("held_above_a_bound")
def held_at_1e_15(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return np.mean(-np.log(np.clip(P[np.arange(len(y)), y], 1e-15, 1)))


@cross_entropy_from_logits.also("held_above_a_bound")
def padded(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    return np.mean(-np.log(P[np.arange(len(y)), y] + 1e-12))


@cross_entropy_from_logits.mistake(
    "The losses of all examples are added up. The mean is asked for: divide by how many examples "
    "there are."
)
def sum_for_mean(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -np.sum(logs[np.arange(len(y)), y])


@cross_entropy_from_logits.mistake(
    "Yours divides by m times K. Each example has one loss, that of its label: how many losses are "
    "there?"
)
def mean_over_entries(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.mean(-logs * (y[:, None] == np.arange(Z.shape[1])))


@cross_entropy_from_logits.mistake(
    "Yours takes the class before the label. Labels begin at 0, and so do columns."
)
def labels_from_one(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.mean(-logs[np.arange(len(y)), y.astype(int) - 1])


@cross_entropy_from_logits.mistake(
    "[:, y] takes m columns of every row, m times m numbers. One number from each row is asked "
    "for: what goes in the place of the colon?"
)
def columns_for_entries(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.mean(-logs[:, y])


@cross_entropy_from_logits.mistake(
    "The loss is negative. The logarithm of a probability is 0 or less: which sign makes a loss of "
    "it?"
)
def sign_forgotten(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.mean(logs[np.arange(len(y)), y])


@cross_entropy_from_logits.mistake(
    "Yours takes the likeliest class of each example. The loss asks for the class that y names."
)
def likeliest_class(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.mean(-np.max(logs, axis=1))


@cross_entropy_from_logits.mistake(
    "Yours subtracts the largest logit of the whole batch. A row that lies far below it becomes "
    "all zeros after exp. Which maximum belongs to a row?"
)
def one_maximum(Z, y):
    shifted = Z - np.max(Z)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.mean(-logs[np.arange(len(y)), y])


@cross_entropy_from_logits.mistake(
    "The softmax goes along the examples. The classes of one example stand in one row: which axis "
    "is that?"
)
def over_the_examples(Z, y):
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    return np.mean(-logs[np.arange(len(y)), y])


@cross_entropy_from_logits.mistake(
    "The softmax goes over the whole batch at once. Each row has a sum of its own."
)
def over_everything(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted)))
    return np.mean(-logs[np.arange(len(y)), y])


@cross_entropy_from_logits.mistake(
    "This is minus the logit of the label. What makes it a logarithm of a probability, that all "
    "logits of the row have a part in?"
)
def logit_alone(Z, y):
    return np.mean(-Z[np.arange(len(y)), y])


@cross_entropy_from_logits.also("logit_alone")
def shifted_logit_alone(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    return np.mean(-shifted[np.arange(len(y)), y])


@cross_entropy_from_logits.mistake(
    "The maximum is subtracted inside exp but not from the logit of the label, so the two no "
    "longer fit."
)
def shifted_inside_only(Z, y):
    largest = np.max(Z, axis=1, keepdims=True)
    logs = Z - np.log(np.sum(np.exp(Z - largest), axis=1, keepdims=True))
    return np.mean(-logs[np.arange(len(y)), y])


@cross_entropy_from_logits.mistake(
    "The logarithm is to another base. The natural logarithm is np.log."
)
def base_two(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.mean(-logs[np.arange(len(y)), y]) / np.log(2)


@cross_entropy_from_logits.mistake(
    "These are the losses of the examples. One number is asked for, their mean."
)
def losses_only(Z, y):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -logs[np.arange(len(y)), y]


@cross_entropy_from_logits.mistake(
    "The softmax is taken twice: Z holds logits, and yours takes probabilities of them for logits "
    "again."
)
def softmax_twice(Z, y):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    P = e / np.sum(e, axis=1, keepdims=True)
    logs = P - np.log(np.sum(np.exp(P), axis=1, keepdims=True))
    return np.mean(-logs[np.arange(len(y)), y])


@cross_entropy_from_logits.alternative
def by_log_sum_exp(Z, y):
    largest = np.max(Z, axis=1)
    totals = largest + np.log(np.sum(np.exp(Z - largest[:, None]), axis=1))
    return np.mean(totals - Z[np.arange(len(y)), y])


@cross_entropy_from_logits.alternative
def example_by_example(Z, y):
    total = 0.0
    for z, label in zip(Z, y, strict=True):
        total += np.log(np.sum(np.exp(z - z.max()))) - (z[label] - z.max())
    return total / len(y)


@cross_entropy_from_logits.alternative
def by_logaddexp(Z, y):
    picked = np.take_along_axis(Z, y[:, None].astype(int), axis=1)[:, 0]
    return float(np.mean(np.logaddexp.reduce(Z, axis=1) - picked))


@cross_entropy_from_logits.alternative
def by_one_hot(Z, y):
    Y = np.eye(Z.shape[1])[y]
    shifted = Z - Z.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(Y * logs) / Z.shape[0]


@cross_entropy_from_logits.alternative
def seen_from_the_label(Z, y):
    apart = Z - Z[np.arange(len(y)), y][:, None]
    top = np.max(apart, axis=1)
    return (top + np.log(np.exp(apart - top[:, None]).sum(axis=1))).mean()
