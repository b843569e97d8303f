"""Exercise `bce_from_logits`: the loss straight from the logits, right however far out."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.exercises.losses.inputs import column, labels
from utils.reference import losses as reference


def draw(rng):
    """Logits of every shape and size, from next to 0 to far beyond what exp can take."""
    for size in (int(rng.integers(5, 12)), (4, 1), (3, 5), (2, 3, 2)):
        yield case("random logits", 3 * rng.normal(size=size), labels(rng, size))
    yield case("random logits, labels as floats", rng.normal(size=6), labels(rng, 6).astype(float))
    yield case("random whole numbers", rng.integers(-40, 40, size=8), labels(rng, 8))
    yield case("random logits of some size", rng.uniform(-45, 45, size=12), labels(rng, 12))
    z = rng.uniform(50, 5000, size=8) * rng.choice([-1, 1], size=8)
    yield case("random large logits", z, labels(rng, 8))
    mixed = rng.permutation(np.concatenate([rng.normal(size=4), [-900.0, 900.0]]))
    yield case("small and large logits together", column(mixed), column(labels(rng, 6)))
    y = labels(rng, 6)  # on their own side, so that nothing cancels out
    z = np.where(y == 1, -1, 1) * rng.uniform(0.5, 6, size=6)
    yield case("random float32", z.astype(np.float32), y.astype(np.float32))


bce_from_logits = Exercise(
    id="bce_from_logits",
    title="The loss straight from the logits",
    points=3,
    reference=reference.bce_from_logits,
    returns=Array(atol=1e-12),
    begin=(
        "Begin with pen and paper: put p = 1 / (1 + exp(-z)) into the loss of an example with "
        "label 1, and simplify. Then do the same for label 0."
    ),
    hints=(
        "With label 1 the loss is -log(1 / (1 + exp(-z))), which is log(1 + exp(-z)): no "
        "probability is left in it. What is it with label 0, and what happens to exp when z is "
        "-1000?",
        "Both can be written with log(1 + exp(-|z|)), whose exp is never above 1. What has to be "
        "added to it for z < 0 with label 1, and for z > 0 with label 0? One formula then holds "
        "for both labels.",
        "np.log1p(np.exp(-np.abs(z))) is the part that is always small. To it add np.maximum(z, 0) "
        "and take away z times something. For which label does z itself drop out?",
    ),
    cases=[
        case("four examples", np.array([2.0, -1.0, 0.5, -3.0]), np.array([1, 0, 0, 1])),
        case("one example", np.array([1.5]), np.array([0])),
        case("a logit of zero", np.array([0.0, 0.0]), np.array([0, 1])),
        case("a table", np.array([[0.5, -2.0, 4.0], [-0.25, 1.0, -5.0]]),
             np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]])),
        case("rather sure, and wrong", np.array([30.0, -40.0]), np.array([0, 1])),
        case("very sure, and right", np.array([1000.0, -1000.0]), np.array([1, 0])),
        case("very sure, and wrong", np.array([1000.0, -1000.0]), np.array([0, 1])),
        case("whole numbers", np.array([3, -2, 0, 1]), np.array([0, 0, 1, 1])),
    ],
    hidden=[
        case("all labels zero", np.array([0.1, -1.6, 2.5]), np.zeros(3)),
        case("all labels one", np.array([0.1, -1.6, 2.5]), np.ones(3, dtype=int)),
        case("one example in a column", np.array([[-0.7]]), np.array([[1]])),
        case("a column", column([1.0, -2.0, 0.5]), column([1, 0, 0])),
        case("three dimensions", np.array([[[-1.0, 2.0]], [[0.5, -0.5]]]),
             np.array([[[1, 1]], [[0, 0]]])),
        case("next to zero", np.array([1e-9, -1e-9, 1e-300, -0.0]), np.array([0, 1, 1, 0])),
        case("surer and surer, and right",
             np.array([8.0, 13.0, 18.0, 21.0, 24.0, 26.5]), np.ones(6)),
        case("surer and surer, and wrong", np.array([18.0, 25.0, 33.0, 36.5, 37.5, 60.0]),
             np.zeros(6)),
        case("on the other side, and wrong", np.array([-18.0, -25.0, -33.0, -36.5, -60.0]),
             np.ones(5)),
        case("around where exp overflows",
             np.array([709.0, 710.0, -709.0, -710.0, 745.0, -746.0, 400.0]),
             np.array([0, 1, 1, 0, 0, 1, 0])),
        case("beyond all bounds", np.array([1e4, -1e4, 1e8, -1e8, 1e300, -1e300]),
             np.array([0, 1, 1, 0, 0, 1])),
        case("large whole numbers", np.array([[1000, -1000], [-1000, 1000]]),
             np.array([[0, 0], [1, 1]])),
        case("float32", np.array([3.0, -4.0, 0.25, -0.25], dtype=np.float32),
             np.array([0, 1, 1, 0], dtype=np.float32)),
        case("large float32", np.array([200.0, -200.0, 200.0, -200.0], dtype=np.float32),
             np.array([0, 1, 1, 0], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[1.0, -2.0], [-800.0, 0.5]])),
             strided(np.array([[1, 0], [1, 0]]))),
        case("columns stored one after the other",
             np.asfortranarray([[1.0, -2.0, 0.5], [3.0, -0.5, 900.0]]),
             np.array([[1, 0, 0], [0, 1, 0]])),
    ],
    draw=draw,
    equivalent={"np.maximum(z, 0) -> np.maximum(0, z)": "the order does not matter"},
)  # fmt: skip


@bce_from_logits.mistake(
    "Far out the sigmoid is exactly 0 or 1, and the logarithm of 0 is infinite. Clipping would "
    "give a wrong number instead. Can the logarithm do without the probability?"
)
def sigmoid_then_log(z, y):
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_from_logits.also("sigmoid_then_log")
def sigmoid_then_log_of_the_label(z, y):
    p = 1 / (1 + np.exp(-z))
    return -np.log(np.where(y == 1, p, 1 - p))


@bce_from_logits.also("sigmoid_then_log")
def safe_sigmoid_then_log(z, y):
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_from_logits.also("sigmoid_then_log")
def safe_sigmoid_then_log_of_the_label(z, y):
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return -np.log(np.where(y == 1, p, 1 - p))


@bce_from_logits.also("sigmoid_then_log")
def sigmoid_then_log_silenced(z, y):
    with np.errstate(all="ignore"):
        p = 1 / (1 + np.exp(-z))
        return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_from_logits.mistake(
    "The probability is clipped, so a very wrong logit costs no more than about 16 or 35, however "
    "wrong it is. Can the loss do without the probability?"
)
def probability_clipped(z, y):
    e = np.exp(-np.abs(z))
    p = np.clip(np.where(z >= 0, 1 / (1 + e), e / (1 + e)), 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_from_logits.also("probability_clipped")
def naive_probability_clipped(z, y):
    p = np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_from_logits.also("probability_clipped")
def probability_clipped_at_1e_15(z, y):
    e = np.exp(-np.abs(z))
    p = np.clip(np.where(z >= 0, 1 / (1 + e), e / (1 + e)), 1e-15, 1 - 1e-15)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_from_logits.also("probability_clipped")
def small_number_added(z, y):
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


@bce_from_logits.also("probability_clipped")
def smaller_number_added(z, y):
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p + 1e-15) + (1 - y) * np.log(1 - p + 1e-15))


@bce_from_logits.mistake(
    "z is clipped, so the loss stops growing at one value. At z = 1000 and label 0 it is 1000. "
    "Which part of the formula is in danger, z or its exp?"
)
def logit_clipped(z, y):
    z = np.clip(z, -500, 500)
    return np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0) - z * y


@bce_from_logits.also("logit_clipped")
def logit_clipped_before_exp(z, y):
    z = np.clip(z, -500, 500)
    return np.log(1 + np.exp(z)) - z * y


@bce_from_logits.also("logit_clipped")
def logit_clipped_at_700(z, y):
    z = np.clip(z, -700, 700)
    return np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0) - z * y


@bce_from_logits.mistake(
    "The formula is right, but exp overflows far out. Which argument of exp is never positive?"
)
def overflows(z, y):
    return np.log(1 + np.exp(z)) - z * y


@bce_from_logits.also("overflows")
def overflows_with_log1p(z, y):
    return np.log1p(np.exp(z)) - z * y


@bce_from_logits.also("overflows")
def overflows_on_both_sides(z, y):
    return y * np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 + np.exp(z))


@bce_from_logits.also("overflows")
def overflows_label_chosen(z, y):
    return np.where(y == 1, np.log1p(np.exp(-z)), np.log1p(np.exp(z)))


@bce_from_logits.also("overflows")
def overflow_silenced(z, y):
    with np.errstate(all="ignore"):
        return np.log(1 + np.exp(z)) - z * y


@bce_from_logits.mistake(
    "The labels stand the wrong way round. For label 1 and a large z, should the loss be large?"
)
def labels_swapped(z, y):
    return np.maximum(z, 0) - z * (1 - y) + np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.also("labels_swapped")
def sign_of_the_product(z, y):
    return np.maximum(z, 0) + z * y + np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.mistake(
    "Far out yours is right, but the part with the logarithm is missing. What is the loss at z = 0?"
)
def logarithm_forgotten(z, y):
    return np.maximum(z, 0) - z * y + 0.0


@bce_from_logits.mistake(
    "The same loss comes out for both signs of z, and it is never large. What is missing beside "
    "the logarithm, when the logit is sure and wrong?"
)
def logarithm_only(z, y):
    return np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.mistake(
    "Your loss is the same for both labels. At z = 1000 one of them is right and the other wrong: "
    "which part of the formula has to know that?"
)
def label_forgotten(z, y):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.also("label_forgotten")
def z_in_place_of_z_times_y(z, y):
    return np.maximum(z, 0) - z + np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.mistake(
    "|z| stands where z or max(z, 0) belongs. On which side of 0 does that part vanish?"
)
def abs_for_max(z, y):
    return np.abs(z) - z * y + np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.also("abs_for_max")
def z_for_max(z, y):
    return z - z * y + np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.mistake(
    "This formula is for labels -1 and 1. Here they are 0 and 1: with label 0 your loss does not "
    "depend on z at all."
)
def labels_of_minus_one_and_one(z, y):
    return np.logaddexp(0, -z * y)


@bce_from_logits.mistake(
    "z is taken for a probability. It is a logit, any number from the left to the right: what "
    "turns it into a probability, and can you do without?"
)
def logit_as_probability(z, y):
    p = np.clip(z, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@bce_from_logits.mistake("Your losses are negative. A loss is never below 0: turn the sign round.")
def negative(z, y):
    return z * y - np.maximum(z, 0) - np.log1p(np.exp(-np.abs(z)))


@bce_from_logits.mistake(
    "It returns one number for all examples. Here each example keeps its own loss."
)
def mean_of_all(z, y):
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))


@bce_from_logits.also("mean_of_all")
def sum_of_all(z, y):
    return np.sum(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))


@bce_from_logits.mistake(
    "np.log1p(x) adds the 1 by itself: it is log(1 + x). In yours the 1 is there twice, or not at "
    "all."
)
def one_added_twice(z, y):
    return np.maximum(z, 0) - z * y + np.log1p(1 + np.exp(-np.abs(z)))


@bce_from_logits.also("one_added_twice")
def one_forgotten(z, y):
    return np.maximum(z, 0) - z * y + np.log(np.exp(-np.minimum(np.abs(z), 700)))


@bce_from_logits.mistake(
    "The sign inside exp is lost: exp(|z|) overflows where exp(-|z|) is small."
)
def sign_inside_exp(z, y):
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(np.abs(z)))


@bce_from_logits.mistake(
    "Yours takes another logarithm. The loss is made with the natural one: which function of NumPy "
    "is that?"
)
def log2(z, y):
    return np.maximum(z, 0) - z * y + np.log2(1 + np.exp(-np.abs(z)))


@bce_from_logits.also("log2")
def log10(z, y):
    return np.maximum(z, 0) - z * y + np.log10(1 + np.exp(-np.abs(z)))


@bce_from_logits.mistake(
    "The losses are whole numbers: everything after the point is cut off. What dtype has the array "
    "you fill?"
)
def whole_number_output(z, y):
    loss = np.zeros_like(y)
    loss[...] = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return loss


@bce_from_logits.also("whole_number_output")
def whole_numbers_like_z(z, y):
    loss = np.zeros_like(z)
    loss[...] = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return loss


@bce_from_logits.alternative
def by_logaddexp(z, y):
    return np.logaddexp(0, z) - z * y


@bce_from_logits.alternative
def sign_by_label(z, y):
    return np.logaddexp(0, (1 - 2 * y) * z)


@bce_from_logits.alternative
def label_chosen(z, y):
    return np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))


@bce_from_logits.alternative
def without_log1p(z, y):
    wrong_way = np.where(y == 1, -z, z)
    return np.maximum(wrong_way, 0) + np.log(1 + np.exp(-np.abs(z)))


@bce_from_logits.alternative
def one_example_at_a_time(z, y):
    loss = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        s = float(-z[index] if y[index] == 1 else z[index])
        loss[index] = np.log1p(np.exp(s)) if s < 0 else s + np.log1p(np.exp(-s))
    return loss


@bce_from_logits.alternative
def by_masks(z, y):
    s = np.where(y > 0.5, -1.0, 1.0) * z
    loss = np.array(s)
    loss[s <= 0] = np.log1p(np.exp(s[s <= 0]))
    loss[s > 0] += np.log1p(np.exp(-s[s > 0]))
    return loss


@bce_from_logits.alternative
def two_terms(z, y):
    small = np.log1p(np.exp(-np.abs(z)))
    return y * (small - np.minimum(z, 0)) + (1 - y) * (small + np.maximum(z, 0))


@bce_from_logits.alternative
def overflow_avoided_by_minimum(z, y):
    s = (1 - 2 * y) * z
    return np.where(s > 40, s, np.log1p(np.exp(np.minimum(s, 40))))
