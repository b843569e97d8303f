"""Exercise `stable_softmax`: along any axis, for logits of any size, in the precision given."""

import numpy as np

from utils.checking import Array, Exercise, Property, case, strided
from utils.exercises.softmax.inputs import HUGE, huge_logits, logits
from utils.reference import softmax as reference

SUM = 1e-6


def adds_up(probe):
    """Whether the probabilities sum to 1 along the axis, added up in float64."""
    axis = probe.case.kwargs.get("axis", -1)
    sums = np.asarray(probe.outcome.value, dtype=np.float64).sum(axis=axis)
    return bool((np.abs(sums - 1) <= SUM).all())


def draw(rng):
    """Every number of dimensions, every axis, every size of logits, both types of float."""
    yield case("a random vector", logits(rng, 5))
    yield case("a random batch", logits(rng, 4, 3))
    yield case("another batch of the same shape", logits(rng, 4, 3))
    yield case("a random square, along the first axis", logits(rng, 3, 3), axis=0)
    yield case("a random vector, along the first axis", logits(rng, 4), axis=0)
    yield case("three dimensions, the middle one", logits(rng, 2, 4, 3), axis=1)
    yield case("four dimensions", logits(rng, 2, 3, 2, 4), axis=int(rng.integers(-4, 4)))
    yield case("random huge rows", huge_logits(rng, 4, 5))
    yield case("random huge columns", huge_logits(rng, 5, 3).T, axis=-2)
    yield case("random logits of every size", rng.uniform(-1e4, 1e4, size=(3, 6)))
    yield case("random whole numbers", rng.integers(-9, 10, size=(3, 4)))
    yield case("random float32", logits(rng, 4, 6).astype(np.float32), axis=-1)
    large = huge_logits(rng, 3, 5).astype(np.float32)
    yield case("random huge float32", large.T.copy(), axis=0)


stable_softmax = Exercise(
    id="stable_softmax",
    title="A softmax that does not overflow",
    points=3,
    reference=reference.stable_softmax,
    returns=Array(shape="Z.shape", kept=True),
    properties=[
        Property(
            "adds_up",
            "Along the axis the probabilities do not quite add up to 1.",
            adds_up,
        )
    ],
    begin=(
        "Begin with the formula as it stands, for a batch: exp, then divided by the sum along the "
        "axis. Then look at what np.exp makes of 10000."
    ),
    hints=(
        "The softmax does not change when the same number is subtracted from all logits of one "
        "example. Which number makes every argument of exp 0 or less?",
        "Take the largest logit along the axis, subtract it, and only then take exp. Both the "
        "maximum and the sum go along `axis`, and must keep their place among the dimensions.",
        "e = np.exp(Z - np.max(Z, axis=..., keepdims=True)), then divide by np.sum with the same "
        "two arguments. NumPy keeps float32 by itself; what would lose it?",
    ),
    cases=[
        case("a vector", np.array([1.0, 3.0, 2.0])),
        case("a batch", np.array([[1.0, 3.0, 2.0], [0.5, -1.0, 0.0]])),
        case("along the columns", np.array([[1.0, 3.0, 2.0], [0.5, -1.0, 0.0]]), axis=0),
        case("very large", np.array([10000.0, 9999.0, -10000.0])),
        case("rows far apart", np.array([[10000.0, 9998.0], [-10000.0, -9999.0]])),
        case("three dimensions, the middle one",
             np.array([[[1.0, 0.0], [-1.0, 2.0]], [[0.5, 1.5], [3.0, -0.5]]]), axis=1),
        case("whole numbers", np.array([[1, 0, 2], [-2, 3, 1]])),
        case("float32", np.array([[-9999.0, -10000.0, -9998.0]], dtype=np.float32)),
    ],
    hidden=[
        case("one class", np.array([[2.5], [-1e4]])),
        case("one class whole", np.array([[3], [-2]])),
        case("one number", np.array([1e4])),
        case("all zeros", np.zeros((2, 4))),
        case("all equal and very negative", np.full((2, 3), -1e4)),
        case("rows of every size", HUGE),
        case("columns of every size", HUGE.T.copy(), axis=0),
        case("as many rows as columns", np.array([[1.0, 2.0], [0.0, 4.0]]), axis=-1),
        case("as many rows as columns, along the first axis",
             np.array([[1.0, 2.0], [0.0, 4.0]]), axis=0),
        case("the last axis by its number", np.array([[1.0, 2.0, 0.0], [0.0, 4.0, 1.0]]), axis=1),
        case("the first of three dimensions",
             np.array([[[1.0, 0.0, 2.0]], [[0.5, -1.5, 3.0]]]), axis=-3),
        case("the last of three dimensions", np.array([[[1.0, 0.0], [2.0, 5.0]]]), axis=2),
        case("an axis of length one", np.array([[1.0, 0.0], [2.0, 5.0]])[:, None, :], axis=1),
        case("very large whole numbers", np.array([[10000, 9999], [-10000, -10003]])),
        case("a million and a little", np.array([[1e6 + 1, 1e6, 1e6 - 2], [0.5, -1e6, 2.0]])),
        case("beyond all bounds", np.array([[1e300, -1e300, 0.0], [-1e300, -1e300, -1e300]])),
        case("ordinary float32", np.array([0.5, -1.5, 2.0], dtype=np.float32)),
        case("float32 beyond its exp", np.array([[89.0, 95.0], [200.0, 199.5]], dtype=np.float32)),
        case("float32 rows far apart",
             np.array([[10000.0, 9998.0], [-10000.0, -9999.0]], dtype=np.float32).T.copy(), axis=0),
        case("huge float32", np.array([[9999.5, 10000.0, 9998.0]], dtype=np.float32)),
        case("an array that is a view", strided(np.array([[1.0, -2.0, 0.5], [800.0, 0.0, 1.0]]))),
        case("columns stored one after the other",
             np.asfortranarray([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), axis=0),
    ],
    draw=draw,
)  # fmt: skip


@stable_softmax.mistake(
    "exp of a large logit is infinity, and infinity by infinity is nan. The softmax stays the same "
    "when one number is subtracted from all logits of an example: which one helps?"
)
def overflows(Z, axis=-1):
    e = np.exp(Z)
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "Yours subtracts the largest number of the whole array. A row that lies far below it becomes "
    "all zeros, and 0 / 0. Which maximum belongs to a row?"
)
def one_maximum(Z, axis=-1):
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "`axis` is never used: yours always goes along the last dimension. Where is it needed?"
)
def axis_ignored(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@stable_softmax.mistake(
    "Yours always goes along the first dimension. The caller says along which one, with `axis`."
)
def first_axis(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


@stable_softmax.mistake(
    "All numbers of the array together add up to 1. They should do so along `axis`, each row or "
    "column for itself."
)
def over_everything(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return e / np.sum(e)


@stable_softmax.mistake(
    "The maxima or the sums have lost a dimension, so NumPy can't line them up with Z. How does "
    "the dimension stay, with length 1?"
)
def keepdims_forgotten(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=axis))
    return e / np.sum(e, axis=axis)


@stable_softmax.also("keepdims_forgotten")
def keepdims_forgotten_below(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis)


@stable_softmax.mistake(
    "The maximum is taken along another axis than the sum, so that within one example different "
    "numbers are subtracted. Which axis belongs in np.max?"
)
def maximum_along_another_axis(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "float32 went in and float64 came out. What makes the numbers wider, a conversion or an array "
    "that is filled? float32 should stay."
)
def always_float64(Z, axis=-1):
    Z = np.asarray(Z, dtype=np.float64)
    e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "float32 comes out whatever went in. Only float32 input should give it; all other input gives "
    "float64."
)
def always_float32(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return (e / np.sum(e, axis=axis, keepdims=True)).astype(np.float32)


@stable_softmax.mistake(
    "Yours clips the logits, so that large ones become equal, and the result is another. What can "
    "be subtracted from all of them without changing it?"
)
def clipped(Z, axis=-1):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(np.clip(Z, -700, 700))
        return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.also("clipped")
def clipped_early(Z, axis=-1):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(np.clip(Z, -50, 50))
        return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "The maximum is subtracted above the line only. What happens to the sum below it?"
)
def shifted_above_only(Z, axis=-1):
    largest = np.max(Z, axis=axis, keepdims=True)
    return np.exp(Z - largest) / np.sum(np.exp(Z), axis=axis, keepdims=True)


@stable_softmax.mistake(
    "The maximum is subtracted and then put back. It cancels in the division by itself: nothing "
    "has to be undone."
)
def maximum_put_back(Z, axis=-1):
    largest = np.max(Z, axis=axis, keepdims=True)
    e = np.exp(Z - largest)
    return e / np.sum(e, axis=axis, keepdims=True) + largest


@stable_softmax.also("maximum_put_back")
def multiplied_back(Z, axis=-1):
    largest = np.max(Z, axis=axis, keepdims=True)
    e = np.exp(Z - largest)
    return e / np.sum(e, axis=axis, keepdims=True) * np.exp(largest)


@stable_softmax.mistake(
    "The logits are divided by their maximum, which changes how far apart they are. Which "
    "operation keeps the distances?"
)
def divided_by_the_maximum(Z, axis=-1):
    e = np.exp(Z / np.max(np.abs(Z), axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "When all logits are very negative, yours subtracts a number that lies far above them, and "
    "every exp is 0. Which of them is the largest, with its sign?"
)
def largest_size(Z, axis=-1):
    e = np.exp(Z - np.max(np.abs(Z), axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.also("largest_size")
def zero_or_more_subtracted(Z, axis=-1):
    e = np.exp(Z - np.maximum(np.max(Z, axis=axis, keepdims=True), 0))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "After your subtraction some logits still are large and positive. Subtracting which of them "
    "leaves none above 0?"
)
def mean_subtracted(Z, axis=-1):
    e = np.exp(Z - np.mean(Z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.also("mean_subtracted")
def minimum_subtracted(Z, axis=-1):
    e = np.exp(Z - np.min(Z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.mistake(
    "nan is replaced after it has happened. The true probabilities are lost by then: how can the "
    "overflow be avoided?"
)
def nan_covered_up(Z, axis=-1):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(Z)
        return np.nan_to_num(e / np.sum(e, axis=axis, keepdims=True))


@stable_softmax.mistake(
    "The maximum is added to the logarithm of the sum, and then taken away from Z. Beside a large "
    "maximum float32 rounds that logarithm. Subtract the maximum first, and for good."
)
def rounded_beside_the_maximum(Z, axis=-1):
    largest = np.max(Z, axis=axis, keepdims=True)
    total = largest + np.log(np.sum(np.exp(Z - largest), axis=axis, keepdims=True))
    return np.exp(Z - total)


@stable_softmax.mistake(
    "Whole numbers come out, so everything after the point is cut off. What dtype has the array "
    "that you fill when Z holds whole numbers?"
)
def whole_number_output(Z, axis=-1):
    P = np.zeros_like(Z)
    e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    P[...] = e / np.sum(e, axis=axis, keepdims=True)
    return P


@stable_softmax.mistake(
    "The probabilities come out sorted. Each belongs to its own class, in whatever order they are."
)
def sorted_output(Z, axis=-1):
    e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return np.sort(e / np.sum(e, axis=axis, keepdims=True), axis=axis)


@stable_softmax.mistake(
    "It changes its argument Z: -= works in place. Whoever called it still needs those logits."
)
def in_place(Z, axis=-1):
    Z -= np.max(Z, axis=axis, keepdims=True)
    e = np.exp(Z)
    return e / np.sum(e, axis=axis, keepdims=True)


@stable_softmax.alternative
def in_steps(Z, axis=-1):
    shifted = Z - Z.max(axis, keepdims=True)
    e = np.exp(shifted)
    e /= e.sum(axis, keepdims=True)
    return e


@stable_softmax.alternative
def with_expand_dims(Z, axis=-1):
    e = np.exp(Z - np.expand_dims(np.amax(Z, axis), axis))
    return e / np.expand_dims(np.sum(e, axis), axis)


@stable_softmax.alternative
def with_the_axis_at_the_end(Z, axis=-1):
    rows = np.moveaxis(Z, axis, -1)
    e = np.exp(rows - rows.max(axis=-1)[..., None])
    return np.moveaxis(e / e.sum(axis=-1)[..., None], -1, axis)


@stable_softmax.alternative
def vector_by_vector(Z, axis=-1):
    def one(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    return np.apply_along_axis(one, axis, Z)


@stable_softmax.alternative
def through_the_logarithm(Z, axis=-1):
    shifted = Z - np.max(Z, axis=axis, keepdims=True)
    return np.exp(shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True)))


@stable_softmax.alternative
def in_float64_and_back(Z, axis=-1):
    kind = np.float32 if Z.dtype == np.float32 else np.float64
    wide = np.asarray(Z, dtype=np.float64)
    e = np.exp(wide - np.max(wide, axis=axis, keepdims=True))
    return (e / np.sum(e, axis=axis, keepdims=True)).astype(kind)


@stable_softmax.alternative
def divided_twice(Z, axis=-1):
    first = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return first * (1 / np.sum(first, axis=axis, keepdims=True, dtype=first.dtype))
