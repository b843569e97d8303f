"""Exercise `binary_cross_entropy`: the loss of each example, finite even when p is 0 or 1."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.exercises.losses.inputs import column, labels, probabilities
from utils.reference import losses as reference


def draw(rng):
    """Batches of every shape, with probabilities from the middle to beyond the bounds."""
    for size in (int(rng.integers(5, 12)), (4, 1), (3, 5), (2, 3, 2)):
        yield case("random probabilities", probabilities(rng, size), labels(rng, size))
    y = labels(rng, 6)
    yield case("random probabilities, labels as floats", probabilities(rng, 6), y.astype(float))
    small = 10 ** rng.uniform(-6.7, -3, size=8)
    yield case("random small probabilities", small, labels(rng, 8))
    yield case("random probabilities close to one", 1 - small, labels(rng, 8))
    beyond = np.concatenate([rng.uniform(0, 9e-8, size=4), 1 - rng.uniform(0, 9e-8, size=4)])
    yield case("random probabilities beyond the bounds", beyond, labels(rng, 8))
    p = rng.uniform(0.1, 0.9, size=(3, 2)).astype(np.float32)
    yield case("random float32", p, labels(rng, (3, 2)).astype(np.float32))


binary_cross_entropy = Exercise(
    id="binary_cross_entropy",
    title="The loss of each example",
    points=2,
    reference=reference.binary_cross_entropy,
    returns=Array(),
    begin=(
        "Begin with an example whose label is 1: its loss is -log(p). What is it when the label is "
        "0? Then write one formula for both."
    ),
    hints=(
        "The loss is -log of the probability that was given to the true label. That is p where y "
        "is 1. What is it where y is 0?",
        "First keep p away from 0 and 1 with np.clip. Then multiply log(p) by y and log(1 - p) by "
        "1 - y, so that one of the two drops out. Add them and turn the sign round.",
        "p = np.clip(p, ..., ...) with 1e-7 and 1 - 1e-7; then -(y * np.log(...) + (1 - y) * "
        "np.log(...)). Which probability belongs to each label?",
    ),
    cases=[
        case("four examples", np.array([0.9, 0.2, 0.6, 0.3]), np.array([1, 0, 0, 1])),
        case("one example", np.array([0.25]), np.array([1])),
        case("sure and right", np.array([1.0, 0.0]), np.array([1, 0])),
        case("sure and wrong", np.array([0.0, 1.0]), np.array([1, 0])),
        case("a column", column([0.8, 0.4, 0.1]), column([1.0, 0.0, 1.0])),
        case("a table", np.array([[0.5, 0.7, 0.05], [0.99, 0.4, 0.35]]),
             np.array([[1, 0, 1], [0, 1, 0]])),
        case("nearly sure", np.array([1e-6, 1e-6, 0.999999, 0.999999]), np.array([1, 0, 1, 0])),
    ],
    hidden=[
        case("all labels zero", np.array([0.1, 0.6, 0.95]), np.zeros(3)),
        case("all labels one", np.array([0.1, 0.6, 0.95]), np.ones(3, dtype=int)),
        case("one example in a column", np.array([[0.7]]), np.array([[0]])),
        case("just inside the bounds", np.array([3e-7, 3e-7, 1 - 3e-7, 1 - 3e-7]),
             np.array([1, 0, 1, 0])),
        case("just outside the bounds", np.array([3e-8, 3e-8, 1 - 3e-8, 1 - 3e-8]),
             np.array([1, 0, 1, 0])),
        case("tiny probabilities", np.array([1e-12, 1e-300, 1e-9]), np.array([1, 1, 0])),
        case("whole numbers", np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])),
        case("three dimensions", np.array([[[0.2, 0.7]], [[0.9, 0.4]]]),
             np.array([[[1, 1]], [[0, 0]]])),
        case("float32", np.array([0.25, 0.75, 0.5, 0.875], dtype=np.float32),
             np.array([1, 1, 0, 0], dtype=np.float32)),
        case("arrays that are views", strided(np.array([[0.2, 0.7], [0.9, 0.4]])),
             strided(np.array([[1, 0], [0, 1]]))),
        case("columns stored one after the other",
             np.asfortranarray([[0.2, 0.7, 0.6], [0.9, 0.4, 0.3]]),
             np.array([[1, 0, 0], [0, 1, 1]])),
    ],
    draw=draw,
    equivalent={
        "np.clip(p, 1e-07, 1 - 1e-07) -> np.clip(1e-07, p, 1 - 1e-07)": "the larger of the two, "
        "whichever comes first",
    },
)  # fmt: skip


@binary_cross_entropy.mistake(
    "The two terms stand the wrong way round. Which logarithm should be left when y is 1?"
)
def terms_swapped(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log(1 - p) + (1 - y) * np.log(p))


@binary_cross_entropy.mistake(
    "Your losses are negative. The logarithm of a probability is below 0, and a loss is above."
)
def minus_forgotten(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return y * np.log(p) + (1 - y) * np.log(1 - p)


@binary_cross_entropy.mistake(
    "The minus reaches only one of the two terms. What should stand in parentheses behind it?"
)
def minus_on_one_term(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -y * np.log(p) + (1 - y) * np.log(1 - p)


@binary_cross_entropy.also("minus_on_one_term")
def minus_between_the_terms(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return y * np.log(p) - (1 - y) * np.log(1 - p)


@binary_cross_entropy.mistake(
    "Yours takes another logarithm. The loss is made with the natural one: which function of NumPy "
    "is that?"
)
def log10(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log10(p) + (1 - y) * np.log10(1 - p))


@binary_cross_entropy.also("log10")
def log2(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log2(p) + (1 - y) * np.log2(1 - p))


@binary_cross_entropy.also("log10")
def log1p(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log1p(p) + (1 - y) * np.log1p(1 - p))


@binary_cross_entropy.mistake(
    "Where p is 0 or 1, the logarithm of 0 turns up. What keeps p away from both?"
)
def not_clipped(p, y):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("not_clipped")
def not_clipped_label_chosen(p, y):
    return -np.log(np.where(y == 1, p, 1 - p))


@binary_cross_entropy.also("not_clipped")
def warning_silenced(p, y):
    with np.errstate(all="ignore"):
        return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("not_clipped")
def infinity_replaced(p, y):
    with np.errstate(all="ignore"):
        return np.nan_to_num(-(y * np.log(p) + (1 - y) * np.log(1 - p)))


@binary_cross_entropy.also("not_clipped")
def logarithm_held_at_minus_100(p, y):
    with np.errstate(all="ignore"):
        log_p, log_q = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
    return -(y * log_p + (1 - y) * log_q)


@binary_cross_entropy.mistake(
    "p is kept away from 0 but not from 1, or the other way round. It has two bounds."
)
def one_bound_only(p, y):
    p = np.maximum(p, 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("one_bound_only")
def upper_bound_only(p, y):
    p = np.minimum(p, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.mistake(
    "Each logarithm has its lower bound, so a sure and right prediction costs exactly 0. With p "
    "itself clipped, on both sides, it costs a little."
)
def lower_bound_in_each_logarithm(p, y):
    return -(y * np.log(np.maximum(p, 1e-7)) + (1 - y) * np.log(np.maximum(1 - p, 1e-7)))


@binary_cross_entropy.mistake(
    "p is clipped, but at other bounds than asked for. How far from 0 and 1 does it stop here?"
)
def other_bounds(p, y):
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("other_bounds")
def bounds_of_1e_8(p, y):
    p = np.clip(p, 1e-8, 1 - 1e-8)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("other_bounds")
def bounds_of_1e_12(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("other_bounds")
def bounds_of_1e_6(p, y):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("other_bounds")
def bounds_of_1e_5(p, y):
    p = np.clip(p, 1e-5, 1 - 1e-5)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.mistake(
    "A small number is added inside the logarithm. That moves every p a little; clipping moves "
    "only those that are too close to 0 or 1."
)
def small_number_added(p, y):
    return -(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


@binary_cross_entropy.also("small_number_added")
def smaller_number_added(p, y):
    return -(y * np.log(p + 1e-15) + (1 - y) * np.log(1 - p + 1e-15))


@binary_cross_entropy.also("small_number_added")
def small_number_of_1e_8_added(p, y):
    return -(y * np.log(p + 1e-8) + (1 - y) * np.log(1 - p + 1e-8))


@binary_cross_entropy.mistake(
    "It returns one number for all examples. Here each example keeps its own loss; the mean comes "
    "in the next exercise."
)
def mean_of_all(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.also("mean_of_all")
def sum_of_all(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.mistake(
    "Examples with label 0 cost nothing in yours. Which term belongs to them?"
)
def second_term_missing(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -y * np.log(p)


@binary_cross_entropy.mistake(
    "Examples with label 1 cost nothing in yours. Which term belongs to them?"
)
def first_term_missing(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(1 - y) * np.log(1 - p)


@binary_cross_entropy.mistake(
    "Both terms count for some examples. What does each logarithm have to be multiplied by, so "
    "that only one of them is left?"
)
def factor_missing(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + np.log(1 - p))


@binary_cross_entropy.also("factor_missing")
def both_factors_missing(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(np.log(p) + np.log(1 - p))


@binary_cross_entropy.also("factor_missing")
def first_factor_missing(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.mistake(
    "p is used for both labels. When the true label is 0, which probability was given to it?"
)
def p_for_both(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(p))


@binary_cross_entropy.mistake(
    "p and y have changed places: the logarithm of the labels is taken. Which of the two is the "
    "prediction?"
)
def arguments_swapped(p, y):
    q = np.clip(y, 1e-7, 1 - 1e-7)
    return -(p * np.log(q) + (1 - p) * np.log(1 - q))


@binary_cross_entropy.mistake(
    "This is the squared error. The logistic loss grows without bound when a sure prediction is "
    "wrong: which function does that?"
)
def squared_error(p, y):
    return (p - y) ** 2.0


@binary_cross_entropy.also("squared_error")
def half_the_squared_error(p, y):
    return (p - y) ** 2 / 2


@binary_cross_entropy.mistake(
    "This compares p with 0.5 first, so how sure the model was is lost. The loss takes p itself."
)
def rounded_first(p, y):
    p = np.clip(np.where(p >= 0.5, 1.0, 0.0), 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.mistake(
    "It writes the clipped numbers into p. Whoever called it still needs them as they were: what "
    "does np.clip return?"
)
def clipped_in_place(p, y):
    p[p < 1e-7] = 1e-7
    p[p > 1 - 1e-7] = 1 - 1e-7
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.mistake(
    "The losses are whole numbers: everything after the point is cut off. What dtype has the array "
    "you fill?"
)
def whole_number_output(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    loss = np.zeros_like(y)
    loss[...] = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss


@binary_cross_entropy.alternative
def probability_of_the_true_label(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.log(np.where(y == 1, p, 1 - p))


@binary_cross_entropy.alternative
def two_formulas_chosen(p, y):
    p = np.minimum(np.maximum(p, 1e-7), 1 - 1e-7)
    return np.where(y > 0.5, -np.log(p), -np.log1p(-p))


@binary_cross_entropy.alternative
def filled_by_masks(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    loss = np.empty(p.shape)
    ones = y == 1
    loss[ones] = -np.log(p[ones])
    loss[~ones] = -np.log(1 - p[~ones])
    return loss


@binary_cross_entropy.alternative
def one_example_at_a_time(p, y):
    loss = np.zeros(p.shape)
    for index in np.ndindex(p.shape):
        q = min(max(p[index], 1e-7), 1 - 1e-7)
        loss[index] = -np.log(q) if y[index] == 1 else -np.log(1 - q)
    return loss


@binary_cross_entropy.alternative
def power_of_the_label(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.log(p**y * (1 - p) ** (1 - y))


@binary_cross_entropy.alternative
def true_label_clipped(p, y):
    return -np.log(np.clip(np.abs(1 - y - p), 1e-7, 1 - 1e-7))


@binary_cross_entropy.alternative
def from_the_odds(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.log((1 - p) / p) * y - np.log(1 - p)
