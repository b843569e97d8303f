"""Exercise `cross_entropy`: the mean over examples, finite where a probability is 0."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.exercises.softmax.inputs import labels
from utils.reference import softmax as reference


def draw(rng):
    """Probabilities of any size, some of them 0; labels that are often not the likeliest class."""
    for m, K in ((4, 3), (1, 5), (3, 3), (3, 3), (6, 1), (20, 10)):
        yield case("random probabilities", rng.dirichlet(np.ones(K), size=m), _rows(rng, m, K))
    P = rng.dirichlet(np.ones(4), size=5) * [1.0, 1.0, 1.0, 0.0]
    yield case(
        "random probabilities, some of them 0", P / P.sum(1, keepdims=True), _rows(rng, 5, 4)
    )
    small = 10.0 ** rng.uniform(-13, -2, size=(6, 1))
    P = np.hstack([small, 1 - small])
    yield case("random small probabilities", P, np.array([[1.0, 0.0]] * 6))
    P = rng.dirichlet(np.full(3, 5.0), size=4).astype(np.float32)
    yield case("random float32", P, _rows(rng, 4, 3).astype(np.float32))


def _rows(rng, m, K):
    return np.eye(K)[labels(rng, m, K)]


cross_entropy = Exercise(
    id="cross_entropy",
    title="Cross-entropy of probabilities",
    points=2,
    reference=reference.cross_entropy,
    returns=Number(),
    begin=(
        "Begin with one example. Its loss is minus the logarithm of the probability that its true "
        "class got. Y says which class that is."
    ),
    hints=(
        "Y is 1 at the true class and 0 elsewhere, so multiplying by it picks one logarithm from "
        "each row. The logarithm of 0 is no number: that is what the clip is for.",
        "Clip P to [1e-7, 1], take the logarithm, multiply by Y, add up along each row, turn the "
        "sign, and take the mean of the m losses.",
        "losses = -np.sum(Y * np.log(np.clip(...)), axis=...), shape (m,). Over which axis is the "
        "sum, and what is done with the losses?",
    ),
    cases=[
        case("two examples", np.array([[0.5, 0.25, 0.25], [0.1, 0.7, 0.2]]),
             np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])),
        case("one example", np.array([[0.2, 0.8]]), np.array([[0.0, 1.0]])),
        case("certain and right", np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
             np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])),
        case("certain and wrong", np.array([[1.0, 0.0, 0.0], [0.5, 0.25, 0.25]]),
             np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])),
        case("tiny probabilities", np.array([[1e-9, 1 - 1e-9], [1e-5, 1 - 1e-5]]),
             np.array([[1.0, 0.0], [1.0, 0.0]])),
        case("as many examples as classes",
             np.array([[0.5, 0.3, 0.2], [0.6, 0.1, 0.3], [0.2, 0.2, 0.6]]),
             np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])),
    ],
    hidden=[
        case("one class", np.array([[1.0], [1.0]]), np.array([[1.0], [1.0]])),
        case("the same for all classes", np.full((3, 4), 0.25), np.eye(4)[[0, 3, 1]]),
        case("whole numbers", np.array([[1, 0, 0], [0, 1, 0]]), np.array([[1, 0, 0], [0, 0, 1]])),
        case("whole-number labels", np.array([[0.5, 0.5], [0.25, 0.75]]),
             np.array([[1, 0], [1, 0]])),
        case("all certain and wrong", np.array([[0.0, 1.0], [1.0, 0.0]]), np.eye(2)),
        case("exactly at the bound", np.array([[1e-7, 1 - 1e-7]]), np.array([[1.0, 0.0]])),
        case("just above the bound", np.array([[2e-7, 1 - 2e-7]]), np.array([[1.0, 0.0]])),
        case("just below the bound", np.array([[5e-8, 1 - 5e-8]]), np.array([[1.0, 0.0]])),
        case("nearly certain and right", np.array([[1 - 1e-9, 1e-9], [0.5, 0.5]]),
             np.array([[1.0, 0.0], [0.0, 1.0]])),
        case("more examples than classes", np.array([[0.3, 0.7], [0.9, 0.1], [0.4, 0.6]]),
             np.array([[0.0, 1.0], [0.0, 1.0], [1.0, 0.0]])),
        case("float32", np.array([[0.5, 0.375, 0.125], [0.25, 0.5, 0.25]], dtype=np.float32),
             np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[0.3, 0.7], [0.9, 0.1], [0.4, 0.6]])),
             strided(np.array([[0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]))),
        case("columns stored one after the other", np.asfortranarray([[0.5, 0.3, 0.2],
             [0.6, 0.1, 0.3]]), np.asfortranarray([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])),
    ],
    draw=draw,
    equivalent={
        "1 -> -1": "P has two dimensions: the last one is dimension 1",
        "1 -> 2 #2": "no probability is above 1",
        "np.clip(P, 1e-07, 1) -> "
        "np.clip(1e-07, P, 1)": "1e-7, raised to P and lowered to 1, is P clipped",
    },
)  # fmt: skip


@cross_entropy.mistake(
    "The losses of all examples are added up. The mean is asked for: divide by how many examples "
    "there are."
)
def sum_for_mean(P, Y):
    return -np.sum(Y * np.log(np.clip(P, 1e-7, 1)))


@cross_entropy.mistake(
    "The mean runs over all m times K entries, most of which are 0. Over how many losses should it "
    "run?"
)
def mean_over_entries(P, Y):
    return -np.mean(Y * np.log(np.clip(P, 1e-7, 1)))


@cross_entropy.mistake("Yours divides by the number of classes. The mean runs over the examples.")
def divided_by_classes(P, Y):
    return -np.sum(Y * np.log(np.clip(P, 1e-7, 1))) / P.shape[1]


@cross_entropy.mistake(
    "Where a probability is 0 its logarithm is minus infinity, and 0 times infinity is nan. To "
    "which interval should P be clipped?"
)
def not_clipped(P, Y):
    return np.mean(-np.sum(Y * np.log(P), axis=1))


@cross_entropy.also("not_clipped")
def label_picked_not_clipped(P, Y):
    return np.mean(-np.log(np.sum(Y * P, axis=1)))


@cross_entropy.mistake(
    "Yours clips at the upper end too, so that being certain and right still costs something. Up "
    "to which number may a probability go?"
)
def clipped_at_both_ends(P, Y):
    return np.mean(-np.sum(Y * np.log(np.clip(P, 1e-7, 1 - 1e-7)), axis=1))


@cross_entropy.mistake(
    "After the clip yours divides each row by its sum, and a probability of 1 becomes a little "
    "less. Only those below 1e-7 should change: is that step needed?"
)
def rows_divided_after_the_clip(P, Y):
    P = np.clip(P, 1e-7, 1)
    P = P / np.sum(P, axis=1, keepdims=True)
    return np.mean(-np.sum(Y * np.log(P), axis=1))


@cross_entropy.mistake(
    "The lower bound is another than 1e-7. For a probability of 0 the loss depends on it."
)
def another_bound(P, Y):
    return np.mean(-np.sum(Y * np.log(np.clip(P, 1e-15, 1)), axis=1))


@cross_entropy.also("another_bound")
def bound_of_1e_12(P, Y):
    return np.mean(-np.sum(Y * np.log(np.clip(P, 1e-12, 1)), axis=1))


@cross_entropy.also("another_bound")
def bound_of_1e_8(P, Y):
    return np.mean(-np.sum(Y * np.log(np.clip(P, 1e-8, 1)), axis=1))


@cross_entropy.mistake(
    "Something small is added to P. That changes every probability; clipping changes only those "
    "below the bound."
)
def padded(P, Y):
    return np.mean(-np.sum(Y * np.log(P + 1e-7), axis=1))


@cross_entropy.also("padded")
def padded_by_less(P, Y):
    return np.mean(-np.sum(Y * np.log(P + 1e-9), axis=1))


@cross_entropy.mistake(
    "Only an exact 0 is replaced. What about a probability of 1e-9, which is below the bound too?"
)
def only_zeros_replaced(P, Y):
    return np.mean(-np.sum(Y * np.log(np.where(P == 0, 1e-7, P)), axis=1))


@cross_entropy.mistake(
    "P and Y have changed places: yours takes the logarithm of the labels. Of which of the two is "
    "the logarithm asked for?"
)
def places_changed(P, Y):
    return np.mean(-np.sum(P * np.log(np.clip(Y, 1e-7, 1)), axis=1))


@cross_entropy.mistake("The logarithm is to another base. The natural logarithm is np.log.")
def base_two(P, Y):
    return np.mean(-np.sum(Y * np.log2(np.clip(P, 1e-7, 1)), axis=1))


@cross_entropy.also("base_two")
def base_ten(P, Y):
    return np.mean(-np.sum(Y * np.log10(np.clip(P, 1e-7, 1)), axis=1))


@cross_entropy.mistake(
    "The loss is negative. A logarithm of a probability is 0 or less: which sign makes a loss of "
    "it?"
)
def sign_forgotten(P, Y):
    return np.mean(np.sum(Y * np.log(np.clip(P, 1e-7, 1)), axis=1))


@cross_entropy.mistake(
    "Yours adds a term for each class that is not the label, as for K questions of yes or no. Here "
    "only the true class counts."
)
def binary_for_each_class(P, Y):
    P = np.clip(P, 1e-7, 1 - 1e-7)
    return np.mean(-np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P), axis=1))


@cross_entropy.mistake(
    "Yours takes the probability of the likeliest class. The loss asks for that of the true class."
)
def likeliest_class(P, Y):
    return np.mean(-np.log(np.clip(np.max(P, axis=1), 1e-7, 1)))


@cross_entropy.mistake("The logarithm is missing. What stands between P and the sum?")
def logarithm_forgotten(P, Y):
    return np.mean(-np.sum(Y * np.clip(P, 1e-7, 1), axis=1))


@cross_entropy.also("logarithm_forgotten")
def one_minus_the_probability(P, Y):
    return np.mean(1 - np.sum(Y * np.clip(P, 1e-7, 1), axis=1))


@cross_entropy.mistake("Y is not used: all classes count. Which one should, in each row?")
def all_classes(P, Y):
    return np.mean(-np.sum(np.log(np.clip(P, 1e-7, 1)), axis=1))


@cross_entropy.mistake(
    "The logarithm is taken of the mean. The mean of logarithms is another number: which comes "
    "first?"
)
def logarithm_of_the_mean(P, Y):
    return -np.log(np.mean(np.clip(np.sum(Y * P, axis=1), 1e-7, 1)))


@cross_entropy.mistake("These are the losses of the examples. One number is asked for, their mean.")
def losses_only(P, Y):
    return -np.sum(Y * np.log(np.clip(P, 1e-7, 1)), axis=1)


@cross_entropy.also("losses_only")
def mean_of_each_class(P, Y):
    return -np.mean(Y * np.log(np.clip(P, 1e-7, 1)), axis=0)


@cross_entropy.mistake(
    "It changes its argument P, by clipping it in place. Whoever called it still needs those "
    "probabilities."
)
def clipped_in_place(P, Y):
    np.clip(P, 1e-7, 1, out=P, casting="unsafe")
    return np.mean(-np.sum(Y * np.log(np.maximum(P, 1e-7)), axis=1))


@cross_entropy.alternative
def label_picked(P, Y):
    p = np.sum(P * Y, axis=1)
    return -np.log(np.clip(p, 1e-7, 1)).mean()


@cross_entropy.alternative
def by_indices(P, Y):
    p = P[np.arange(len(P)), np.argmax(Y, axis=1)]
    return float(np.mean(-np.log(np.maximum(p, 1e-7))))


@cross_entropy.alternative
def in_two_loops(P, Y):
    m, K = P.shape
    total = 0.0
    for i in range(m):
        for k in range(K):
            if Y[i, k] == 1:
                total -= np.log(min(max(P[i, k], 1e-7), 1.0))
    return total / m


@cross_entropy.alternative
def by_a_mask(P, Y):
    return np.average(-np.log(P[Y == 1].clip(1e-7, 1)))


@cross_entropy.alternative
def losses_bounded(P, Y):
    with np.errstate(divide="ignore"):
        losses = -np.log((P * Y).sum(axis=1))
    return np.minimum(losses, -np.log(1e-7)).mean()


@cross_entropy.alternative
def by_einsum(P, Y):
    return -np.einsum("ik,ik->", Y, np.log(np.clip(P, 1e-7, 1))) / len(Y)
