"""Exercise `log_softmax`: finite where the softmax itself is 0."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.exercises.softmax.inputs import HUGE, huge_logits, logits
from utils.reference import softmax as reference

ATOL = 1e-9


def draw(rng):
    """One dimension and more, ordinary logits and huge ones."""
    yield case("a random vector", logits(rng, 6))
    yield case("a random batch", logits(rng, 4, 3))
    yield case("another batch of the same shape", logits(rng, 4, 3))
    yield case("as many rows as columns", logits(rng, 3, 3))
    yield case("random logits of three dimensions", logits(rng, 2, 3, 4))
    yield case("random huge rows", huge_logits(rng, 4, 5))
    yield case("random logits of every size", rng.uniform(-1e4, 1e4, size=(3, 6)))
    yield case("a random huge vector", rng.uniform(-1e4, 1e4, size=5))
    yield case("random whole numbers", rng.integers(-9, 10, size=(3, 4)))
    yield case("random float32", rng.uniform(-1, 1, size=(3, 5)).astype(np.float32))


log_softmax = Exercise(
    id="log_softmax",
    title="The logarithm of the softmax",
    points=3,
    reference=reference.log_softmax,
    returns=Array(shape="Z.shape", atol=ATOL),
    begin=(
        "Begin on paper: the logarithm of exp(z) / sum is z minus the logarithm of the sum. Then "
        "find where that still overflows."
    ),
    hints=(
        "Do not compute the softmax first: where it is 0 its logarithm is lost. Take the logarithm "
        "of the formula on paper, and exp and log cancel above the line.",
        "Subtract the largest logit of each row. The result is those shifted logits, minus the "
        "logarithm of the sum of their exps.",
        "shifted = Z - np.max(Z, axis=-1, keepdims=True); the answer is shifted - np.log(...). "
        "The sum runs over the last axis and keeps its dimension. Of what is it the sum?",
    ),
    cases=[
        case("a vector", np.array([1.0, 3.0, 2.0])),
        case("a batch", np.array([[1.0, 3.0, 2.0], [0.5, -1.0, 0.0]])),
        case("where the softmax vanishes", np.array([[0.0, -800.0, -2000.0]])),
        case("very large", np.array([10000.0, 9999.0])),
        case("very negative", np.array([-10000.0, -9999.0])),
        case("rows far apart", np.array([[10000.0, 9998.0], [-10000.0, -9999.0]])),
        case("three dimensions", np.array([[[1.0, 0.0], [-1.0, 2.0]], [[0.5, 1.5], [3.0, -0.5]]])),
        case("whole numbers", np.array([[1, 0, 2], [-2, 3, 1]])),
    ],
    hidden=[
        case("one class", np.array([[2.5], [-1e4]])),
        case("one number", np.array([-3.0])),
        case("very large and very negative", np.array([10000.0, 9999.0, -10000.0])),
        case("all zeros", np.zeros((2, 4))),
        case("all equal and very negative", np.full((2, 3), -1e4)),
        case("all equal and very large", np.full(5, 1e4)),
        case("one example", np.array([[0.5, -1.0, 2.0]])),
        case("rows of every size", HUGE),
        case("as many rows as columns", np.array([[1.0, 2.0], [0.0, 4.0]])),
        case("nearly certain", np.array([[0.0, -10.0], [25.0, 0.0]])),
        case("just below what exp can hold", np.array([0.0, -700.0, -744.0, -746.0])),
        case("a million and a little", np.array([[1e6 + 1, 1e6, 1e6 - 2], [0.5, -1e6, 2.0]])),
        case("far apart, and none of them huge", np.array([[400.0, -380.0], [0.0, 5.0]])),
        case("very large whole numbers", np.array([[10000, 9999], [-10000, -10003]])),
        case("four dimensions", np.array([[[[1.0, 0.0, 2.0]], [[-1.0, 2.0, 0.5]]]])),
        case("float32", np.array([[0.5, -1.5, 1.0], [1.0, 0.25, -0.5]], dtype=np.float32)),
        case("an array that is a view", strided(np.array([[1.0, -2.0, 0.5], [800.0, 0.0, 1.0]]))),
        case("columns stored one after the other",
             np.asfortranarray([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]])),
    ],
    draw=draw,
)  # fmt: skip


@log_softmax.mistake(
    "exp of a large logit is infinity, and infinity by infinity is nan. What can be subtracted "
    "from a row first, without changing its softmax?"
)
def overflows(Z):
    e = np.exp(Z)
    return np.log(e / np.sum(e, axis=-1, keepdims=True))


@log_softmax.also("overflows")
def overflows_in_the_sum(Z):
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        e = np.exp(Z)
        return np.log(e) - np.log(np.sum(e, axis=-1, keepdims=True))


@log_softmax.mistake(
    "exp(Z) overflows in the sum. What can be subtracted from a row before exp, and has to be "
    "taken into account after the logarithm?"
)
def sum_overflows(Z):
    return Z - np.log(np.sum(np.exp(Z), axis=-1, keepdims=True))


@log_softmax.mistake(
    "Where the softmax rounds to 0 its logarithm is minus infinity, though the true one is a "
    "number like -800. Can you take the logarithm on paper, before computing?"
)
def log_of_the_softmax(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return np.log(e / np.sum(e, axis=-1, keepdims=True))


@log_softmax.mistake(
    "Small probabilities are held above a bound, so their logarithm stops falling. The true one "
    "goes on, down to -2000 here. It needs no bound when the softmax is not computed first."
)
def held_above_a_bound(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return np.log(np.clip(e / np.sum(e, axis=-1, keepdims=True), 1e-15, 1))


@log_softmax.also("held_above_a_bound")
def held_at_1e_7(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return np.log(np.clip(e / np.sum(e, axis=-1, keepdims=True), 1e-7, 1))


@log_softmax.also("held_above_a_bound")
def held_at_the_smallest_number(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return np.log(np.maximum(e / np.sum(e, axis=-1, keepdims=True), np.finfo(float).tiny))


@log_softmax.also("held_above_a_bound")
def padded(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return np.log(e / np.sum(e, axis=-1, keepdims=True) + 1e-12)


@log_softmax.mistake("This is the softmax itself. Its logarithm is asked for.")
def logarithm_forgotten(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@log_softmax.mistake(
    "Only the maximum is subtracted. The logarithm of the sum below the line is still missing."
)
def sum_forgotten(Z):
    return Z - np.max(Z, axis=-1, keepdims=True)


@log_softmax.mistake(
    "The sum is subtracted as it is. Which function has to be applied to it first?"
)
def logarithm_of_the_sum_forgotten(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return shifted - np.sum(np.exp(shifted), axis=-1, keepdims=True)


@log_softmax.mistake(
    "The maximum is subtracted inside exp but not outside, so the two no longer fit. From what "
    "else does it have to be subtracted?"
)
def shifted_inside_only(Z):
    largest = np.max(Z, axis=-1, keepdims=True)
    return Z - np.log(np.sum(np.exp(Z - largest), axis=-1, keepdims=True))


@log_softmax.mistake(
    "The maximum comes back with the wrong sign. It is part of the logarithm of the sum: is it "
    "added at the end, or subtracted?"
)
def put_back_with_the_wrong_sign(Z):
    largest = np.max(Z, axis=-1, keepdims=True)
    return Z + largest - np.log(np.sum(np.exp(Z - largest), axis=-1, keepdims=True))


@log_softmax.mistake(
    "Yours subtracts the largest number of the whole array. In a row that lies far below it every "
    "exp is 0, and the logarithm of 0 is no number. Which maximum belongs to a row?"
)
def one_maximum(Z):
    shifted = Z - np.max(Z)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@log_softmax.mistake(
    "When all logits are very negative, yours subtracts a number that lies far above them, and the "
    "logarithm of 0 is no number. Which of them is the largest, with its sign?"
)
def zero_or_more_subtracted(Z):
    shifted = Z - np.maximum(np.max(Z, axis=-1, keepdims=True), 0)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@log_softmax.also("zero_or_more_subtracted")
def largest_size(Z):
    shifted = Z - np.max(np.abs(Z), axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@log_softmax.mistake(
    "Yours goes along the first axis. The classes of one example stand along the last."
)
def first_axis(Z):
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))


@log_softmax.mistake(
    "The sum runs over the whole array. Each row has a sum of its own: along which axis?"
)
def over_everything(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted)))


@log_softmax.mistake(
    "`axis=1` is the last axis of a batch only. Z may have one dimension, or three: which number "
    "always means the last?"
)
def batches_only(Z):
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


@log_softmax.mistake(
    "The maxima or the sums have lost a dimension, so NumPy can't line them up with Z. How does "
    "the dimension stay, with length 1?"
)
def keepdims_forgotten(Z):
    shifted = Z - np.max(Z, axis=-1)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1))


@log_softmax.also("keepdims_forgotten")
def keepdims_forgotten_in_the_sum(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1))


@log_softmax.mistake(
    "The logarithm is to another base. exp and np.log undo each other; np.log2 and np.log10 do not."
)
def base_ten(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return shifted - np.log10(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@log_softmax.also("base_ten")
def base_two(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return shifted - np.log2(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@log_softmax.also("base_ten")
def all_to_base_two(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return (shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))) / np.log(2)


@log_softmax.also("base_ten")
def all_to_base_ten(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return (shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))) / np.log(10)


@log_softmax.mistake("The sign is turned round. The logarithm of a probability is never above 0.")
def sign_turned(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True)) - shifted


@log_softmax.mistake(
    "np.log1p adds 1 to the sum, and the sum already holds the 1 of the largest logit."
)
def one_too_many(Z):
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return shifted - np.log1p(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@log_softmax.mistake(
    "Whole numbers come out, so everything after the point is cut off. What dtype has the array "
    "that you fill when Z holds whole numbers?"
)
def whole_number_output(Z):
    out = np.zeros_like(Z)
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    out[...] = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    return out


@log_softmax.alternative
def by_log_sum_exp(Z):
    largest = Z.max(axis=-1, keepdims=True)
    return Z - (largest + np.log(np.exp(Z - largest).sum(axis=-1, keepdims=True)))


@log_softmax.alternative
def by_logaddexp(Z):
    return Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True)


@log_softmax.alternative
def vector_by_vector(Z):
    def one(z):
        shifted = z - max(z)
        return shifted - np.log(sum(np.exp(shifted)))

    return np.apply_along_axis(one, -1, Z)


@log_softmax.alternative
def by_recursion(Z):
    if Z.ndim > 1:
        return np.array([by_recursion(part) for part in Z])
    shifted = Z - np.max(Z)
    return shifted - np.log(np.sum(np.exp(shifted)))


@log_softmax.alternative
def by_differences(Z):
    apart = Z[..., None, :] - Z[..., :, None]
    top = apart.max(axis=-1)
    return -(top + np.log(np.exp(apart - top[..., None]).sum(axis=-1)))
