"""Exercise `diagnose`: high bias, high variance, both or neither."""

from utils.checking import Exercise, Text, case
from utils.reference import bias_variance as reference


def draw(rng):
    """Multiples of 1/64, so that every difference is exact: gaps above, below and at tol."""
    for _ in range(12):
        baseline, tol = rng.integers(200, 400) / 64, rng.integers(1, 40) / 64
        first, second = rng.choice([-2.0, -0.5, 0.0, 0.5, 1.0, 1.25, 3.0], size=2)
        J_train = baseline + first * tol
        costs = float(baseline), float(J_train), float(J_train + second * tol), float(tol)
        yield case("random costs", *costs)
    for _ in range(3):
        baseline, first, second, tol = (int(v) for v in rng.integers(1, 12, size=4))
        yield case("random whole numbers", baseline, baseline + first, baseline + second, tol)


diagnose = Exercise(
    id="diagnose",
    title="Diagnose a model",
    points=2,
    reference=reference.diagnose,
    returns=Text(),
    begin=(
        "Begin with the two gaps: how far does J_train lie above the baseline, and how far does "
        "J_cv lie above J_train?"
    ),
    hints=(
        "One of the gaps says that the model can't even fit what it was shown, the other that what "
        "it learnt does not carry over. Which is which?",
        "Compute both gaps first, each with its sign. Compare each with tol. Then decide among "
        "four cases, and ask for the one in which both are large before the single ones.",
        "high_bias = J_train - ... > tol and high_variance = J_cv - ... > tol. Then: if high_bias "
        "and high_variance: return ...; three more cases are left.",
    ),
    cases=[
        case("high bias", 0.25, 1.0, 1.125, 0.25),
        case("high variance", 0.25, 0.375, 1.5, 0.25),
        case("both", 0.25, 1.0, 2.0, 0.25),
        case("just right", 0.25, 0.375, 0.5, 0.25),
        case("the first gap is exactly tol", 0.5, 0.75, 0.75, 0.25),
        case("the second gap is exactly tol", 0.5, 0.5, 0.75, 0.25),
        case("J_train below the baseline", 1.0, 0.25, 0.375, 0.5),
        case("J_cv below J_train", 0.5, 0.625, 0.125, 0.25),
        case("large costs", 100.0, 101.0, 102.0, 4.0),
        case("whole numbers", 10, 11, 20, 3),
    ],
    hidden=[
        case("both gaps are exactly tol", 0.5, 0.75, 1.0, 0.25),
        case("large first gap, second exactly tol", 0.5, 1.5, 1.75, 0.25),
        case("first gap exactly tol, large second", 0.5, 0.75, 2.0, 0.25),
        case("just above tol, twice", 0.5, 0.75 + 2**-20, 1.0 + 2**-18, 0.25),
        case("above tol by a hair, twice", 0.5, 0.75 + 2**-40, 1.0 + 2**-38, 0.25),
        case("just below tol, twice", 0.5, 0.75 - 2**-20, 1.0 - 2**-18, 0.25),
        case("two small gaps that add up", 0.25, 0.4375, 0.625, 0.25),
        case("far below the baseline, yet worse on cv", 2.0, 0.25, 1.0, 0.5),
        case("far below the baseline, and a little worse", 2.0, 0.25, 0.5, 0.5),
        case("high bias, and cv by chance lower", 0.25, 2.0, 1.0, 0.5),
        case("far above the baseline, cv back at it", 0.25, 2.0, 0.25, 0.5),
        case("no tolerance, no gap", 0.5, 0.5, 0.5, 0.0),
        case("no tolerance, a gap", 0.5, 0.5, 0.5625, 0.0),
        case("no tolerance, a first gap", 0.5, 0.5625, 0.5625, 0.0),
        case("a baseline of zero", 0.0, 0.125, 0.75, 0.25),
        case("all zeros but tol", 0.0, 0.0, 0.0, 0.125),
        case("very small costs", 2**-20, 2**-18, 2**-17, 2**-21),
        case("very large costs, small gaps", 2.0**40, 2.0**40 + 1, 2.0**40 + 2, 4.0),
        case("very large costs, large gaps", 2.0**40, 2.0**41, 2.0**42, 4.0),
        case("very large costs, a small gap too many", 2.0**30, 2.0**30 + 5, 2.0**30 + 7, 4.0),
        case("a large tolerance", 1.0, 50.0, 99.0, 64.0),
        case("whole numbers at the boundary", 1, 3, 6, 2),
        case("one small gap more than twice the other", 0.5, 0.5625, 0.6875, 0.25),
        case("two large gaps, the second larger", 1.0, 2.0, 8.0, 0.5),
        case("two large gaps, the first larger", 1.0, 8.0, 9.0, 0.5),
    ],
    draw=draw,
)


@diagnose.mistake(
    "On the boundary yours calls a gap large. A gap counts only when it is larger than tol, not "
    "when it is equal."
)
def equal_counts(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline >= tol, J_cv - J_train >= tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("equal_counts")
def equal_counts_for_bias(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline >= tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("equal_counts")
def equal_counts_for_variance(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, J_cv - J_train >= tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "The two names are swapped. A model that can't fit even its own training set: is it too rigid, "
    "or too flexible?"
)
def names_swapped(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_cv - J_train > tol, J_train - baseline > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "For variance yours compares J_cv with the baseline. A model with high bias alone lies above "
    "that as well: with what should J_cv be compared?"
)
def cv_against_the_baseline(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, J_cv - baseline > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "For bias yours compares J_cv with the baseline. What does the error on the training set say "
    "that J_cv does not?"
)
def bias_from_cv(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_cv - baseline > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "Yours takes the size of a gap without its sign. A J_train below the baseline, or a J_cv below "
    "J_train, is no fault of the model."
)
def without_sign(baseline, J_train, J_cv, tol):
    high_bias, high_variance = abs(J_train - baseline) > tol, abs(J_cv - J_train) > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("without_sign")
def bias_without_sign(baseline, J_train, J_cv, tol):
    high_bias, high_variance = abs(J_train - baseline) > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("without_sign")
def variance_without_sign(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, abs(J_cv - J_train) > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "A gap is taken the wrong way round: it is large when the first number lies above the second."
)
def gaps_the_wrong_way_round(baseline, J_train, J_cv, tol):
    high_bias, high_variance = baseline - J_train > tol, J_train - J_cv > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "Where both gaps are large yours names only one of them. Which case has to be asked for first?"
)
def bias_first(baseline, J_train, J_cv, tol):
    if J_train - baseline > tol:
        return "high bias"
    if J_cv - J_train > tol:
        return "high variance"
    return "just right"


@diagnose.also("bias_first")
def variance_first(baseline, J_train, J_cv, tol):
    if J_cv - J_train > tol:
        return "high variance"
    if J_train - baseline > tol:
        return "high bias"
    return "just right"


@diagnose.mistake(
    "The baseline is left out: J_train itself is compared with tol. Is a cost of 0.1 high where "
    "even a person can't do better?"
)
def no_baseline(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("no_baseline")
def costs_themselves(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train > tol, J_cv > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake("A gap that is smaller than tol counts as large. How large a gap is allowed?")
def no_tolerance(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train > baseline, J_cv > J_train
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "Yours compares by ratios, or with tol times a cost. A gap here is a difference, and tol is "
    "its limit as it is."
)
def relative_to_the_costs(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol * baseline, J_cv - J_train > tol * J_train
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("relative_to_the_costs")
def ratios(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train > baseline * (1 + tol), J_cv > J_train * (1 + tol)
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.mistake(
    "Yours looks at the variance only where the bias is high. A model may have either without the "
    "other."
)
def variance_only_with_bias(baseline, J_train, J_cv, tol):
    if J_train - baseline > tol:
        if J_cv - J_train > tol:
            return "high bias and high variance"
        return "high bias"
    return "just right"


@diagnose.mistake(
    "The words are not quite those asked for. Compare them letter by letter: small letters, and "
    "bias before variance."
)
def other_words(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "high variance and high bias"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("other_words")
def both(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "both"
    if high_bias:
        return "high bias"
    return "high variance" if high_variance else "just right"


@diagnose.also("other_words")
def capitals(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "High bias and high variance"
    if high_bias:
        return "High bias"
    return "High variance" if high_variance else "Just right"


@diagnose.mistake(
    "One of the four cases ends without a `return`, so None comes back. What is there to say of a "
    "model without a fault?"
)
def none_when_just_right(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    if high_variance:
        return "high variance"


@diagnose.mistake("It prints the diagnosis. The function should return it.")
def printed(baseline, J_train, J_cv, tol):
    high_bias, high_variance = J_train - baseline > tol, J_cv - J_train > tol
    if high_bias and high_variance:
        print("high bias and high variance")
    elif high_bias:
        print("high bias")
    else:
        print("high variance" if high_variance else "just right")


@diagnose.mistake(
    "It gives a list or a tuple of words. One text is asked for, and 'and' stands between the two."
)
def a_list(baseline, J_train, J_cv, tol):
    found = []
    if J_train - baseline > tol:
        found.append("high bias")
    if J_cv - J_train > tol:
        found.append("high variance")
    return found


@diagnose.alternative
def joined(baseline, J_train, J_cv, tol):
    found = []
    if J_train > baseline + tol:
        found.append("high bias")
    if J_cv > J_train + tol:
        found.append("high variance")
    return " and ".join(found) or "just right"


@diagnose.alternative
def by_a_table(baseline, J_train, J_cv, tol):
    table = [["just right", "high variance"], ["high bias", "high bias and high variance"]]
    return table[int(J_train - baseline > tol)][int(J_cv - J_train > tol)]


@diagnose.alternative
def nested(baseline, J_train, J_cv, tol):
    if J_train - baseline <= tol:
        return "just right" if J_cv - J_train <= tol else "high variance"
    return "high bias" if J_cv - J_train <= tol else "high bias and high variance"


@diagnose.alternative
def by_a_dictionary(baseline, J_train, J_cv, tol):
    return {
        (False, False): "just right",
        (False, True): "high variance",
        (True, False): "high bias",
        (True, True): "high bias and high variance",
    }[(bool(J_train - baseline > tol), bool(J_cv - J_train > tol))]
