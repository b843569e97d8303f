"""Exercise `what_helps`: what to try next, given a diagnosis."""

import string

from utils.checking import Exercise, case
from utils.exercises.bias_variance.words import Words
from utils.reference import bias_variance as reference

DIAGNOSES = ("high bias", "high variance", "high bias and high variance", "just right")
REMEDIES = frozenset(
    {"more data", "fewer features", "more features", "smaller lambda", "larger lambda"}
    | {"bigger network"}
)


def draw(rng):
    """The diagnoses in another order, and words that are none."""
    for diagnosis in rng.permutation(DIAGNOSES):
        yield case("a diagnosis in another order", str(diagnosis))
    letters = list(string.ascii_lowercase)
    for _ in range(3):
        word = "".join(rng.choice(letters, size=rng.integers(3, 12)))
        yield case("a random word", word, raises=ValueError)
    diagnosis = str(rng.choice(DIAGNOSES))
    yield case("a diagnosis with a word before it", f"very {diagnosis}", raises=ValueError)
    yield case("a diagnosis with a letter missing", diagnosis[:-1], raises=ValueError)


what_helps = Exercise(
    id="what_helps",
    title="What helps",
    points=2,
    reference=reference.what_helps,
    returns=Words(REMEDIES),
    begin=(
        "Begin with high bias: the model is too rigid to fit even its own training set. Which of "
        "the six make it more flexible?"
    ),
    hints=(
        "Ask of each of the six: does it make the model more flexible, or does it keep a flexible "
        "model from running after noise? The first kind is for bias, the second for variance.",
        "Three of the six go with bias, the other three with variance. Where both are high, what "
        "makes the model more flexible must not add to the variance: the two steps of largest "
        "effect are asked for, one for each fault.",
        "Put the four sets into a dictionary, or write four ifs. set() is the empty one. Before "
        "that: if diagnosis not in ...: raise ValueError(...).",
    ),
    cases=[
        case("high bias", "high bias"),
        case("high variance", "high variance"),
        case("both", "high bias and high variance"),
        case("just right", "just right"),
        case("another word", "overfitting", raises=ValueError),
        case("half a diagnosis", "bias", raises=ValueError),
        case("a capital letter", "High bias", raises=ValueError),
        case("a space at the end", "high variance ", raises=ValueError),
    ],
    hidden=[
        case("no word at all", "", raises=ValueError),
        case("the other half", "variance", raises=ValueError),
        case("in the other order", "high variance and high bias", raises=ValueError),
        case("without its first word", "bias and high variance", raises=ValueError),
        case("low for high", "low bias", raises=ValueError),
        case("low and high", "high bias and low variance", raises=ValueError),
        case("capital letters", "JUST RIGHT", raises=ValueError),
        case("an underscore", "high_bias", raises=ValueError),
        case("a hyphen", "just-right", raises=ValueError),
        case("a comma for and", "high bias, high variance", raises=ValueError),
        case("a space at the front", " just right", raises=ValueError),
        case("a remedy", "more data", raises=ValueError),
        case("the word both", "both", raises=ValueError),
    ],
    draw=draw,
    equivalent={
        "'no such diagnosis: ' -> 'no such diagnosis:'": "the words of the message are free",
        "diagnosis -> helps #2": "the words of the message are free",
    },
)


@what_helps.mistake(
    "The sets for bias and for variance are swapped. A model that is too rigid: does it need more "
    "room, or less?"
)
def swapped(diagnosis):
    helps = {
        "high bias": {"more data", "fewer features", "larger lambda"},
        "high variance": {"more features", "smaller lambda", "bigger network"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake(
    "Among the remedies for bias is more data. A straight line that can't follow a curve: does it "
    "fit better when there are more points?"
)
def data_for_bias(diagnosis):
    helps = {
        "high bias": {"more data", "more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake(
    "The two lambdas are swapped. A larger lambda makes the weights smaller: does the model bend "
    "more then, or less?"
)
def lambdas_swapped(diagnosis):
    helps = {
        "high bias": {"more features", "larger lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "smaller lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake(
    "More and fewer features are swapped. Which of them gives the model more ways to bend?"
)
def features_swapped(diagnosis):
    helps = {
        "high bias": {"fewer features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "more features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake(
    "Where both are high yours gives all six, which pull in opposite directions. Which two are "
    "asked for there?"
)
def all_six_for_both(diagnosis):
    bias = {"more features", "smaller lambda", "bigger network"}
    variance = {"more data", "fewer features", "larger lambda"}
    both = bias | variance
    if diagnosis == "high bias":
        return bias
    if diagnosis == "high variance":
        return variance
    if diagnosis == "high bias and high variance":
        return both
    if diagnosis == "just right":
        return set()
    raise ValueError(diagnosis)


@what_helps.mistake(
    "Where both are high yours gives nothing: the sets for bias and variance have no remedy in "
    "common. Take the strongest from each instead."
)
def nothing_for_both(diagnosis):
    bias = {"more features", "smaller lambda", "bigger network"}
    variance = {"more data", "fewer features", "larger lambda"}
    if diagnosis == "high bias":
        return bias
    if diagnosis == "high variance":
        return variance
    if diagnosis == "high bias and high variance":
        return bias & variance
    if diagnosis == "just right":
        return set()
    raise ValueError(diagnosis)


@what_helps.mistake(
    "Where both are high yours treats one of the two only. Is 'high bias' looked for inside the "
    "longer name?"
)
def looks_inside_the_name(diagnosis):
    if "high bias" in diagnosis:
        return {"more features", "smaller lambda", "bigger network"}
    if "high variance" in diagnosis:
        return {"more data", "fewer features", "larger lambda"}
    if diagnosis == "just right":
        return set()
    raise ValueError(diagnosis)


@what_helps.also("looks_inside_the_name")
def bias_for_both(diagnosis):
    if diagnosis in ("high bias", "high bias and high variance"):
        return {"more features", "smaller lambda", "bigger network"}
    if diagnosis == "high variance":
        return {"more data", "fewer features", "larger lambda"}
    if diagnosis == "just right":
        return set()
    raise ValueError(diagnosis)


@what_helps.also("looks_inside_the_name")
def variance_for_both(diagnosis):
    if diagnosis in ("high variance", "high bias and high variance"):
        return {"more data", "fewer features", "larger lambda"}
    if diagnosis == "high bias":
        return {"more features", "smaller lambda", "bigger network"}
    if diagnosis == "just right":
        return set()
    raise ValueError(diagnosis)


@what_helps.mistake(
    "The bigger network is not where it belongs. Does a bigger network fit its training set "
    "better, or worse?"
)
def network_for_variance(diagnosis):
    helps = {
        "high bias": {"more features", "smaller lambda"},
        "high variance": {"more data", "fewer features", "larger lambda", "bigger network"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.also("network_for_variance")
def network_left_out(diagnosis):
    helps = {
        "high bias": {"more features", "smaller lambda"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake("{} makes an empty dictionary. Which call makes an empty set?")
def dictionary_for_nothing(diagnosis):
    helps = {
        "high bias": {"more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": {},
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake(
    "For a model that is just right yours gives no set. Nothing to try is a set too: the empty one."
)
def none_when_just_right(diagnosis):
    if diagnosis == "high bias":
        return {"more features", "smaller lambda", "bigger network"}
    if diagnosis == "high variance":
        return {"more data", "fewer features", "larger lambda"}
    if diagnosis == "high bias and high variance":
        return {"more data", "bigger network"}
    if diagnosis != "just right":
        raise ValueError(diagnosis)


@what_helps.also("none_when_just_right")
def raises_when_just_right(diagnosis):
    helps = {
        "high bias": {"more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake(
    "It returns lists. The order means nothing here, and no remedy comes twice: a set is asked "
    "for, in curly brackets."
)
def lists(diagnosis):
    helps = {
        "high bias": ["more features", "smaller lambda", "bigger network"],
        "high variance": ["more data", "fewer features", "larger lambda"],
        "high bias and high variance": ["more data", "bigger network"],
        "just right": [],
    }
    if diagnosis not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis]


@what_helps.mistake(
    "For any other word it returns an empty set, or None. A wrong word should be noticed at once: "
    "raise a ValueError."
)
def nothing_for_another(diagnosis):
    helps = {
        "high bias": {"more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
    }
    return helps.get(diagnosis, set())


@what_helps.also("nothing_for_another")
def none_for_another(diagnosis):
    helps = {
        "high bias": {"more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    return helps.get(diagnosis)


@what_helps.mistake(
    "For any other word it raises something else than a ValueError, such as a dictionary's "
    "KeyError. Which exception says that a value is wrong?"
)
def key_error(diagnosis):
    return {
        "high bias": {"more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }[diagnosis]


@what_helps.mistake(
    "Words close to a diagnosis are taken for it: in capitals, or with a space. Another word is "
    "another word: raise a ValueError."
)
def forgiving(diagnosis):
    helps = {
        "high bias": {"more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis.strip().lower() not in helps:
        raise ValueError(diagnosis)
    return helps[diagnosis.strip().lower()]


@what_helps.alternative
def frozen(diagnosis):
    if diagnosis == "high bias":
        return frozenset(["more features", "smaller lambda", "bigger network"])
    if diagnosis == "high variance":
        return frozenset(("more data", "fewer features", "larger lambda"))
    if diagnosis == "high bias and high variance":
        return frozenset({"bigger network", "more data"})
    if diagnosis == "just right":
        return frozenset()
    raise ValueError("which diagnosis is that?")


@what_helps.alternative
def by_remedy(diagnosis):
    bias, variance, both = "high bias", "high variance", "high bias and high variance"
    if diagnosis not in (bias, variance, both, "just right"):
        raise ValueError
    helps = {
        "more data": (variance, both), "fewer features": (variance,), "more features": (bias,),
        "smaller lambda": (bias,), "larger lambda": (variance,), "bigger network": (bias, both),
    }  # fmt: skip
    return {remedy for remedy, faults in helps.items() if diagnosis in faults}


@what_helps.alternative
def by_matching(diagnosis):
    match diagnosis:
        case "high bias":
            return {"bigger network", "more features", "smaller lambda"}
        case "high variance":
            return {"larger lambda", "more data", "fewer features"}
        case "high bias and high variance":
            return {"bigger network", "more data"}
        case "just right":
            return set()
    raise ValueError(f"{diagnosis} is not known")


@what_helps.alternative
def translating_the_error(diagnosis):
    every = "more features,smaller lambda,bigger network,more data,fewer features,larger lambda"
    every = every.split(",")
    places = {
        "high bias": every[:3],
        "high variance": every[3:],
        "high bias and high variance": every[2:4],
        "just right": [],
    }
    try:
        return set(places[diagnosis])
    except KeyError:
        raise ValueError(diagnosis) from None
