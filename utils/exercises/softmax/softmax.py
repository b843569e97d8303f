"""Exercise `softmax`: the formula, for one vector of logits."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import softmax as reference

ATOL = 1e-15


def draw(rng):
    """Vectors of any length, on all of the range where the formula is safe."""
    for K in (2, 4, 4, 7, 60):  # two of one length, for an answer that remembers
        yield case("random logits", rng.normal(size=K) * rng.uniform(0.5, 3))
    yield case("random logits from end to end", rng.uniform(-20, 20, size=9))
    yield case("random logits far below zero", rng.uniform(-20, -18, size=5))
    yield case("random whole numbers", rng.integers(-6, 7, size=6))
    yield case("random float32", rng.uniform(-4, 4, size=5).astype(np.float32))


softmax = Exercise(
    id="softmax",
    title="The softmax, by its formula",
    points=2,
    reference=reference.softmax,
    returns=Array(shape="(K,)", atol=ATOL),
    begin=(
        "Begin with np.exp(z): it makes every entry positive. What do they add up to, and what "
        "would make that 1?"
    ),
    hints=(
        "Probabilities are positive and add up to 1. exp does the first; a division does the "
        "second.",
        "Compute e = exp of every logit. Divide each entry of e by the sum of all of e. A vector "
        "goes in and a vector of the same length comes out.",
        "e = np.exp(z), then e / np.sum(...). Which of the two, z or e, goes into the sum?",
    ),
    cases=[
        case("three classes", np.array([1.0, 2.0, 3.0])),
        case("two that are equal", np.array([0.5, 0.5])),
        case("one class", np.array([2.5])),
        case("not in order", np.array([3.0, -1.5, 0.5, -2.0])),
        case("whole numbers", np.array([2, -1, 0, 1])),
        case("far below zero", np.array([-20.0, -18.5, -19.0])),
        case("from end to end", np.array([20.0, -20.0, 0.0, 19.0])),
    ],
    hidden=[
        case("one class below zero", np.array([-20.0])),
        case("all zeros", np.zeros(4)),
        case("all as large as they get", np.full(5, 20.0)),
        case("all as small as they get", np.full(3, -20.0)),
        case("many classes", np.linspace(-3, 3, 101)),
        case("many digits", np.array([19.99999905, 16.00000094])),
        case("falling", np.array([4.0, 2.5, 1.0, -0.5])),
        case("one class whole", np.array([3])),
        case("whole numbers from end to end", np.array([-20, 20, 5, -5])),
        case("float32", np.array([0.5, -1.5, 2.0, 1.0], dtype=np.float32)),
        case("an array that is a view", strided(np.array([1.0, -2.0, 0.5]))),
        case("an array read backwards", np.array([1.0, -2.0, 0.5])[::-1]),
    ],
    draw=draw,
)


@softmax.mistake("The entries do not add up to 1. What should they be divided by?")
def not_normalised(z):
    return np.exp(z)


@softmax.mistake(
    "Yours divides z by the sum of z, without exp. Then negative logits give negative "
    "probabilities. What comes before the division?"
)
def exp_forgotten(z):
    return z / np.sum(z)


@softmax.also("exp_forgotten")
def shares_of_absolute_values(z):
    return np.abs(z) / np.sum(np.abs(z))


@softmax.mistake(
    "Above the line is exp(z), but below it the logits themselves are added up. Whose sum makes "
    "the shares add up to 1?"
)
def sum_of_logits(z):
    return np.exp(z) / np.sum(z)


@softmax.mistake(
    "Below the line is exp of the sum. The exp of a sum is not the sum of the exps: which one is "
    "asked for?"
)
def exp_of_the_sum(z):
    return np.exp(z) / np.exp(np.sum(z))


@softmax.mistake(
    "Yours divides by the largest entry, so the largest becomes 1. All together should be 1."
)
def divided_by_the_largest(z):
    e = np.exp(z)
    return e / np.max(e)


@softmax.mistake(
    "Yours divides by how many classes there are, or by the mean of the exps. By what must they be "
    "divided to add up to 1?"
)
def divided_by_the_mean(z):
    e = np.exp(z)
    return e / np.mean(e)


@softmax.also("divided_by_the_mean")
def divided_by_the_count(z):
    return np.exp(z) / len(z)


@softmax.mistake("The largest logit gets the smallest probability. Which sign has z in exp?")
def smallest_first(z):
    e = np.exp(-z)
    return e / np.sum(e)


@softmax.mistake(
    "This is the sigmoid of each logit by itself. In softmax the classes share one probability of "
    "1."
)
def sigmoid_of_each(z):
    return 1 / (1 + np.exp(-z))


@softmax.mistake(
    "The probabilities come out sorted. Entry k belongs to class k, in whatever order they are."
)
def sorted_output(z):
    e = np.sort(np.exp(z))
    return e / np.sum(e)


@softmax.also("sorted_output")
def sorted_downwards(z):
    e = np.sort(np.exp(z))[::-1]
    return e / np.sum(e)


@softmax.mistake("This is the logarithm of the softmax. Probabilities lie between 0 and 1.")
def logarithm(z):
    return z - np.log(np.sum(np.exp(z)))


@softmax.mistake(
    "This is 1 at the largest logit and 0 elsewhere. The soft version gives every class a share."
)
def hard_maximum(z):
    return np.where(np.arange(len(z)) == np.argmax(z), 1.0, 0.0)


@softmax.mistake("The base is another number than e. Which function raises e to the power z?")
def base_two(z):
    e = 2.0**z
    return e / np.sum(e)


@softmax.also("base_two")
def base_ten(z):
    e = 10.0**z
    return e / np.sum(e)


@softmax.mistake(
    "Something small is added below the line. When all logits are far below 0, the exps are small "
    "too. Can their sum ever be 0?"
)
def padded_denominator(z):
    e = np.exp(z)
    return e / (np.sum(e) + 1e-8)


@softmax.also("padded_denominator")
def padded_by_more(z):
    e = np.exp(z)
    return e / (np.sum(e) + 1e-7)


@softmax.also("padded_denominator")
def one_more_below(z):
    e = np.exp(z)
    return e / (1 + np.sum(e))


@softmax.mistake(
    "The result is an array of whole numbers, so everything after the point is cut off. What "
    "dtype has the array you fill?"
)
def whole_number_output(z):
    p = np.zeros_like(z)
    p[:] = np.exp(z) / np.sum(np.exp(z))
    return p


@softmax.mistake("The numbers are rounded. Leave them as they are computed.")
def rounded(z):
    e = np.exp(z)
    return np.round(e / np.sum(e), 4)


@softmax.mistake("One number comes back. Every class has a probability of its own.")
def largest_probability(z):
    e = np.exp(z)
    return np.max(e / np.sum(e))


@softmax.also("largest_probability")
def returned_inside_the_loop(z):
    total = sum(np.exp(v) for v in z)
    for v in z:
        return np.exp(v) / total


@softmax.alternative
def shifted(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


@softmax.alternative
def entry_by_entry(z):
    total = 0.0
    for v in z:
        total += np.exp(v)
    p = np.zeros(len(z))
    for k in range(len(z)):
        p[k] = np.exp(z[k]) / total
    return p


@softmax.alternative
def by_differences(z):
    return 1 / np.sum(np.exp(z[None, :] - z[:, None]), axis=1)


@softmax.alternative
def through_the_logarithm(z):
    return np.exp(z - np.logaddexp.reduce(z))


@softmax.alternative
def powers_of_e(z):
    powers = np.power(np.e, z)
    return np.array([p / np.sum(powers) for p in powers])


@softmax.alternative
def by_matrix_product(z):
    e = np.exp(z)
    return e / (np.ones(len(z)) @ e)
