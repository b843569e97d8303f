"""Exercise `predict_labels`: from probabilities to zeros and ones."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import forward_prop as reference


def draw(rng):
    """Probabilities in arrays of any shape, some exactly at a threshold that is exact in binary."""
    for shape in ((7,), (5, 1), (3, 4), (2, 3, 4)):
        yield case("random probabilities", away_from(rng.random(shape), 0.5))
        threshold = float(rng.choice([0.125, 0.25, 0.625, 0.75, 0.875]))
        p = away_from(rng.random(shape), threshold)
        p.flat[rng.integers(p.size)] = threshold
        yield case("random probabilities, another threshold", p, threshold=threshold)


def away_from(p, threshold):
    """The probabilities, none within rounding of the threshold."""
    return np.where(np.abs(p - threshold) < 1e-3, threshold + 0.0625, p)


predict_labels = Exercise(
    id="predict_labels",
    title="From probabilities to labels",
    points=1,
    reference=reference.predict_labels,
    returns=Array(dtype="int", shape="p.shape"),
    begin=(
        "Begin with a comparison: what does NumPy give for a whole array compared with one "
        "number? Then turn that into whole numbers."
    ),
    hints=(
        "A comparison such as p > 0.3 works on the whole array at once and gives True and False. "
        "Which comparison also holds at the threshold itself?",
        "Compare p with threshold, then change the type of the result from bool to int.",
        "(p ... threshold).astype(...): which sign of comparison, and which type?",
    ),
    cases=[
        case("the example by hand", np.array([0.2, 0.5, 0.9])),
        case("the same with another threshold", np.array([0.2, 0.5, 0.9]), threshold=0.6),
        case("a low threshold", np.array([0.125, 0.25, 0.375, 0.75]), threshold=0.25),
        case("a high threshold", np.array([0.6, 0.8, 0.7, 0.95]), threshold=0.75),
        case("one probability for each row", np.array([[0.75], [0.25], [0.5]])),
        case("a table", np.array([[0.9, 0.1, 0.4], [0.3, 0.8, 0.6]])),
        case("one probability", np.array([0.75])),
        case("only zeros and ones", np.array([0.0, 1.0, 1.0, 0.0])),
    ],
    hidden=[
        case("one low probability in a table", np.array([[0.25]])),
        case("a number without dimensions", np.array(0.75)),
        case("a number without dimensions, below", np.array(0.25), threshold=0.375),
        case("all below", np.array([0.1, 0.2, 0.3])),
        case("all above", np.array([[0.9, 0.8], [0.7, 0.6]])),
        case("all exactly at the threshold", np.array([0.5, 0.5])),
        case("exactly at a threshold of one", np.array([1.0, 0.25, 0.0]), threshold=1.0),
        case("a threshold of zero", np.array([0.0, 0.5, 0.25, 1.0]), threshold=0.0),
        case("close to the threshold", np.array([0.4990234375, 0.5, 0.5009765625])),
        # wider than the rounding of p + 1 - threshold, narrower than a tolerance
        case("very close to the threshold", np.array([0.5 - 1e-13, 0.5, 0.5 + 1e-13])),
        case("a threshold of NumPy's", np.array([0.25, 0.75, 0.5]), threshold=np.float64(0.75)),
        case("three dimensions", np.array([[[0.1, 0.9], [0.5, 0.4]], [[0.6, 0.2], [0.3, 0.7]]])),
        case("columns stored one after the other",
             np.asfortranarray([[0.9, 0.1, 0.4], [0.3, 0.8, 0.6]])),
        case("an array that is a view", strided(np.array([[0.9, 0.1], [0.3, 0.8]])),
             threshold=0.25),
    ],
    draw=draw,
)  # fmt: skip


@predict_labels.mistake(
    "A probability exactly at the threshold gets 0. Which label should it get, and which sign of "
    "comparison holds there?"
)
def strictly_greater(p, threshold=0.5):
    return (p > threshold).astype(int)


@predict_labels.mistake(
    "Yours compares with 0.5 whatever threshold is. Which name should stand there?"
)
def threshold_ignored(p, threshold=0.5):
    return (p >= 0.5).astype(int)


@predict_labels.mistake(
    "Yours rounds. That ignores the threshold, and np.round takes 0.5 to 0. What can you do "
    "instead of rounding?"
)
def rounded(p, threshold=0.5):
    return np.round(p).astype(int)


@predict_labels.mistake(
    "The labels are True and False. Zeros and ones are asked for: how do you change an array's "
    "type?"
)
def bool_labels(p, threshold=0.5):
    return p >= threshold


@predict_labels.mistake(
    "The labels are floats, 0.0 and 1.0. Whole numbers are asked for: how do you change an "
    "array's type?"
)
def float_labels(p, threshold=0.5):
    return np.where(p >= threshold, 1.0, 0.0)


@predict_labels.also("float_labels")
def filling_zeros(p, threshold=0.5):
    labels = np.zeros(p.shape)
    labels[p >= threshold] = 1
    return labels


@predict_labels.mistake("Ones and zeros are swapped. Which label does a high probability get?")
def swapped(p, threshold=0.5):
    return (p < threshold).astype(int)


@predict_labels.also("swapped")
def swapped_at_the_threshold_too(p, threshold=0.5):
    return (p <= threshold).astype(int)


@predict_labels.mistake(
    "Yours cuts off everything after the point, so only 1.0 becomes 1. What should decide?"
)
def cut_off(p, threshold=0.5):
    return p.astype(int)


@predict_labels.mistake("The labels are -1 and 1. Zeros and ones are asked for.")
def minus_one(p, threshold=0.5):
    return np.where(p >= threshold, 1, -1)


@predict_labels.mistake(
    "It returns where the high probabilities stand, not a label for each. What should stand in "
    "the other places?"
)
def positions(p, threshold=0.5):
    return np.flatnonzero(p >= threshold)


@predict_labels.mistake(
    "It returns how many are at or above the threshold. A label for each one is asked for."
)
def counted(p, threshold=0.5):
    return np.sum(p >= threshold)


@predict_labels.mistake(
    "It returns the probabilities at or above the threshold. A label for each one is asked for."
)
def selected(p, threshold=0.5):
    return p[p >= threshold]


@predict_labels.mistake(
    "All labels stand in one long row. The result should have the shape of p: what makes it flat?"
)
def flattened(p, threshold=0.5):
    return np.array([1 if q >= threshold else 0 for q in p.ravel()])


@predict_labels.mistake(
    "It goes through the rows of p, which works only while p has one dimension. How do you "
    "compare a whole array of any shape?"
)
def one_dimension_only(p, threshold=0.5):
    return np.array([1 if q >= threshold else 0 for q in p])


@predict_labels.also("one_dimension_only")
def filling_one_dimension(p, threshold=0.5):
    labels = np.zeros(len(p), dtype=int)
    for i in range(len(p)):
        if p[i] >= threshold:
            labels[i] = 1
    return labels


@predict_labels.mistake(
    "An `if` wants a single yes or no, and p holds many numbers. What compares all of them at once?"
)
def if_for_an_array(p, threshold=0.5):
    if p >= threshold:
        return 1
    return 0


@predict_labels.mistake("It returns a list. An array of the shape of p is asked for.")
def list_for_array(p, threshold=0.5):
    return (p >= threshold).astype(int).tolist()


@predict_labels.also("list_for_array")
def list_of_bools(p, threshold=0.5):
    return (p >= threshold).tolist()


@predict_labels.also("list_for_array")
def list_by_a_loop(p, threshold=0.5):
    labels = []
    for q in p:
        if q >= threshold:
            labels.append(1)
        else:
            labels.append(0)
    return labels


@predict_labels.mistake(
    "It writes the labels into p, and whoever called it still needs the probabilities. How do "
    "you get a new array?"
)
def overwrites_p(p, threshold=0.5):
    above = p >= threshold
    p[above] = 1
    p[~above] = 0
    return p.astype(int)


@predict_labels.alternative
def by_where(p, threshold=0.5):
    return np.where(p >= threshold, 1, 0)


@predict_labels.alternative
def times_one(p, threshold=0.5):
    return 1 * (p >= threshold)


@predict_labels.alternative
def not_below(p, threshold=0.5):
    return np.asarray(~(p < threshold), dtype=np.int8)


@predict_labels.alternative
def filled(p, threshold=0.5):
    labels = np.zeros_like(p, dtype=int)
    labels[p >= threshold] = 1
    return labels


@predict_labels.alternative
def one_by_one(p, threshold=0.5):
    labels = [int(q >= threshold) for q in p.flat]
    return np.array(labels).reshape(p.shape)


@predict_labels.alternative
def by_vectorize(p, threshold=0.5):
    return np.vectorize(lambda q: 1 if q >= threshold else 0)(p)


@predict_labels.alternative
def by_heaviside(p, threshold=0.5):
    return np.heaviside(p - threshold, 1).astype(np.int64)


@predict_labels.alternative
def by_digitize(p, threshold=0.5):
    return np.digitize(p, [threshold])


@predict_labels.alternative
def unsigned(p, threshold=0.5):
    return np.greater_equal(p, threshold).astype(np.uint8)
