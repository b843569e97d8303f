"""Exercise `find_leaks`: the pipelines in which the test set has a say before the end."""

from types import FunctionType

import numpy as np

from utils.checking import Exercise, Rejected
from utils.checking.plain import describe
from utils.reference import bias_variance as reference
from utils.reference.bias_variance import (
    fit_ridge,
    fit_scaler,
    model_cost,
    polynomial_features,
    select_degree,
    split_data,
)

LETTERS = frozenset("ABCDEFGH")
LEAKS = frozenset("BCEGH")


def pipeline_A(X, y):
    order = np.random.default_rng(0).permutation(len(y))
    X, y = X[order], y[order]
    cut = len(y) // 2
    w, b = fit_ridge(X[:cut], y[:cut], lam=1)
    return model_cost(X[cut:], y[cut:], w, b)


def pipeline_B(X, y):
    mean, std = fit_scaler(X)
    X = (X - mean) / std
    X_train, y_train, _, _, X_test, y_test = split_data(X, y, seed=0)
    w, b = fit_ridge(X_train, y_train, lam=1)
    return model_cost(X_test, y_test, w, b)


def pipeline_C(X, y):
    relation = np.abs((X - X.mean(axis=0)).T @ (y - y.mean()))
    best = np.argsort(relation)[-3:]
    X_train, y_train, _, _, X_test, y_test = split_data(X[:, best], y, seed=0)
    w, b = fit_ridge(X_train, y_train, lam=1)
    return model_cost(X_test, y_test, w, b)


def pipeline_D(x, y):
    x_train, y_train, x_cv, y_cv, x_test, y_test = split_data(x, y, seed=0)
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, [1, 2, 3, 4])
    w, b = fit_ridge(polynomial_features(x_train, degree), y_train, lam=0)
    return model_cost(polynomial_features(x_test, degree), y_test, w, b)


def pipeline_E(X, y):
    noise = np.random.default_rng(0).normal(scale=0.01, size=X.shape)
    X, y = np.vstack([X, X + noise]), np.concatenate([y, y])
    X_train, y_train, _, _, X_test, y_test = split_data(X, y, seed=0)
    w, b = fit_ridge(X_train, y_train, lam=1)
    return model_cost(X_test, y_test, w, b)


def pipeline_F(X, y):
    X_train, y_train, _, _, X_test, y_test = split_data(X, y, seed=0)
    mean, std = fit_scaler(X_train)
    X_train, X_test = (X_train - mean) / std, (X_test - mean) / std
    w, b = fit_ridge(X_train, y_train, lam=1)
    return model_cost(X_test, y_test, w, b)


def pipeline_G(x, y):
    x_train, y_train, _, _, x_test, y_test = split_data(x, y, seed=0)
    degree, _, _ = select_degree(x_train, y_train, x_test, y_test, [1, 2, 3, 4])
    w, b = fit_ridge(polynomial_features(x_train, degree), y_train, lam=0)
    return model_cost(polynomial_features(x_test, degree), y_test, w, b)


def pipeline_H(X, y):
    X = np.where(np.isnan(X), np.nanmean(X, axis=0), X)
    X_train, y_train, _, _, X_test, y_test = split_data(X, y, seed=0)
    w, b = fit_ridge(X_train, y_train, lam=1)
    return model_cost(X_test, y_test, w, b)


PIPELINES = (
    pipeline_A, pipeline_B, pipeline_C, pipeline_D,
    pipeline_E, pipeline_F, pipeline_G, pipeline_H,
)  # fmt: skip


def accept(value):
    """Right when it is the set of those letters and no others."""
    letters = _letters(value)
    strangers = letters - LETTERS
    if strangers:
        says = "The pipelines are called 'A' to 'H'. In the set there is something else."
        raise Rejected("value", "strangers", says)
    if letters != LEAKS:
        raise Rejected("value", "letters", _why(letters), count(letters))
    return "Those five let test examples have a say before the end."


def _letters(value):
    if isinstance(value, frozenset):
        return value
    says = f"It is {describe(value)}. A set of capitals is asked for, such as {{'X', 'Y'}}."
    raise Rejected("type", "set", says)


def _why(letters):
    if letters < LEAKS:
        return "This is not the whole set: more pipelines leak than you name."
    if letters > LEAKS:
        return (
            "Those that leak are all in your set, and honest ones too. In which does no test "
            "example reach w, b or a choice before the last line?"
        )
    return (
        "This is not the set of those that leak: some letters are wrong, and some are missing. "
        "Which test examples reach w, b or a choice before the last line?"
    )


def count(letters):
    """How many are right, and not which."""
    right, wrong = len(letters & LEAKS), len(letters - LEAKS)
    left_out = len(LEAKS - letters)
    return (
        f"In your set, letters that leak: {right}, that don't: {wrong}. "
        f"Left out, though they leak: {left_out}."
    )


def is_right(value):
    """Another way to tell: run each pipeline on data, and on the same data tampered with."""
    return isinstance(value, (set, frozenset)) and value == {
        function.__name__[-1] for function in PIPELINES if leaks(function)
    }


def leaks(pipeline):
    """Whether some example is in the test set and has a say in what was fitted or chosen.

    Each label is another number, so the labels that the last `model_cost` gets tell which
    examples are tested. Those are then tampered with: does the fit stay as it was?
    """
    X, y = _data(pipeline)
    w, b, tested = _run(pipeline, X, y)
    rows = np.flatnonzero(np.isin(y, tested))
    for change in (_other_labels, _other_inputs):
        X_new, y_new = X.copy(), y.copy()
        change(X_new, y_new, rows)
        w_new, b_new, _ = _run(pipeline, X_new, y_new)
        if len(w_new) != len(w) or not np.allclose([*w_new, b_new], [*w, b], rtol=1e-6, atol=1e-9):
            return True
    return False


def _data(pipeline):
    """Forty examples: a curve for a pipeline that takes x, a table with holes for one of X."""
    rng = np.random.default_rng(6)
    x = rng.uniform(-1, 1, size=40)
    if pipeline.__code__.co_varnames[0] == "x":
        return x, x**2 + rng.normal(scale=0.1, size=40)
    X = rng.normal(size=(40, 6))
    y = X @ np.arange(6.0) + rng.normal(size=40)
    if "isnan" in pipeline.__code__.co_names:
        X[rng.random(X.shape) < 0.1] = np.nan
    return X, y


def _run(pipeline, X, y):
    """The weights, the bias and the tested labels of one run."""
    seen = []

    def recording(X, y, w, b):
        seen.append((w, b, y))
        return model_cost(X, y, w, b)

    names = {**pipeline.__globals__, "model_cost": recording}
    FunctionType(pipeline.__code__, names)(X.copy(), y.copy())
    return seen[-1]


def _other_labels(X, y, rows):
    y[rows] = -5 * y[rows[::-1]] + 3 * np.arange(len(rows))


def _other_inputs(X, y, rows):
    X[rows] = np.where(np.isnan(X[rows]), 9.0, 7 - 3 * X[rows])


find_leaks = Exercise(
    id="find_leaks",
    title="Find the pipelines that leak",
    points=2,
    reference=reference.find_leaks,
    accept=accept,
    oracle=is_right,
    given=PIPELINES,
    asks="a set of capitals, such as {'X', 'Y'}: the pipelines that leak",
    begin=(
        "Begin with one pipeline. Follow a single test example from the first line on: is there a "
        "line before the last in which it has a say?"
    ),
    hints=(
        "Everything before the split sees the test examples too. That is harmless only where "
        "nothing is computed from their numbers and no row is copied.",
        "For each pipeline ask three questions. Is a mean, or a choice, made from all the rows? "
        "Does the test set choose anything? Can the same example stand on both sides?",
        "Write down for each line which sets it reads. Change one test label or one test input in "
        "your head: would w, b, or the degree change? If they would, put the letter into the set.",
    ),
)


def _is(value, letters):
    return isinstance(value, frozenset) and value == frozenset(letters)


def _only_overlooks(value, letter):
    return _is(value, LEAKS - {letter})


@find_leaks.mistake(
    "The set is empty, so every pipeline would be honest. Which of them computes something from "
    "all the rows before it splits them?",
    when=lambda value: _is(value, ""),
)
def empty():
    return set()


@find_leaks.mistake(
    "{} makes a dictionary, not a set. A set with something in it is written {'X', 'Y'}.",
    when=lambda value: isinstance(value, dict),
)
def a_dictionary():
    return {}


@find_leaks.mistake(
    "Every letter is in your set. Some pipelines are honest: in which does nothing but the last "
    "line depend on the test examples?",
    when=lambda value: _is(value, LETTERS),
)
def all_of_them():
    return set("ABCDEFGH")


@find_leaks.mistake(
    "These are exactly the honest ones. The letters of those that leak are asked for.",
    when=lambda value: _is(value, LETTERS - LEAKS),
)
def the_honest_ones():
    return {"A", "D", "F"}


@find_leaks.mistake(
    "The letters are small ones. The pipelines are called by capitals.",
    when=lambda value: bool(value) and all(v.islower() and len(v) == 1 for v in _texts(value)),
)
def small_letters():
    return {"b", "g"}


@find_leaks.mistake(
    "The set holds one text of several letters. Put each letter into quotes of its own.",
    when=lambda value: isinstance(value, frozenset) and any(
        len(v) > 1 and set(v) <= LETTERS | set(", ") for v in _texts(value)
    ),
)  # fmt: skip
def letters_in_one_text():
    return {"BG"}


@find_leaks.mistake(
    "The set holds whole names. A single capital for each pipeline is asked for.",
    when=lambda value: any("pipeline" in v.lower() for v in _texts(value)),
)
def whole_names():
    return {"pipeline_B", "pipeline_G"}


@find_leaks.mistake(
    "It is a text. Put each letter into quotes of its own, and curly brackets around them.",
    when=lambda value: isinstance(value, str),
)
def a_text():
    return "BG"


@find_leaks.mistake(
    "It is a list, a tuple or an array. The order means nothing here: write a set, in curly "
    "brackets.",
    when=lambda value: isinstance(value, (list, tuple, np.ndarray)),
)
def a_list():
    return ["B", "G"]


@find_leaks.mistake(
    "Something in your set is not in quotes: a number, a name, or a function. The pipelines are "
    "told by their letters: 'X', not X.",
    when=lambda value: (
        isinstance(value, frozenset) and bool(value) and not all(isinstance(v, str) for v in value)
    ),
)
def functions():
    return {pipeline_B, pipeline_G}


def _texts(value):
    """What a set holds; TypeError where it is none, or holds anything but text."""
    if not isinstance(value, frozenset) or not all(isinstance(v, str) for v in value):
        raise TypeError
    return value


@find_leaks.mistake(
    "You have found all but one. Nothing is scaled before that split, and no label is looked at. "
    "Follow the copies of one example: where do they end up?",
    when=lambda value: _only_overlooks(value, "E"),
)
def copies_overlooked():
    return {"B", "C", "G", "H"}


@find_leaks.mistake(
    "You have found all but one. In it the labels of the test set help to choose before there is "
    "a test set. Which line looks at y first?",
    when=lambda value: _only_overlooks(value, "C"),
)
def chosen_columns_overlooked():
    return {"B", "E", "G", "H"}


@find_leaks.mistake(
    "You have found all but one. In it the split comes first, as it should. But which set makes "
    "the choice?",
    when=lambda value: _only_overlooks(value, "G"),
)
def chosen_by_the_test_set():
    return {"B", "C", "E", "H"}


@find_leaks.mistake(
    "You have found all but one. A mean is computed in it. Of which rows?",
    when=lambda value: _only_overlooks(value, "B") or _only_overlooks(value, "H"),
)
def a_mean_of_all_rows():
    return {"C", "E", "G", "H"}


@find_leaks.also("a_mean_of_all_rows")
def holes_filled_with_a_mean_of_all_rows():
    return {"B", "C", "E", "G"}


@find_leaks.mistake(
    "Your set holds those that leak, and one that only shuffles before it cuts. Does any number of "
    "a test example get into w or b by that?",
    when=lambda value: _is(value, LEAKS | {"A"}),
)
def shuffling_accused():
    return {"A", "B", "C", "E", "G", "H"}


@find_leaks.mistake(
    "Your set holds those that leak, and one in which the cross-validation set chooses. What is "
    "that set there for?",
    when=lambda value: _is(value, LEAKS | {"D"}),
)
def cross_validation_accused():
    return {"B", "C", "D", "E", "G", "H"}


@find_leaks.mistake(
    "Your set holds those that leak, and one that scales the test set too. Whose mean does it "
    "take for that?",
    when=lambda value: _is(value, LEAKS | {"F"}),
)
def scaling_accused():
    return {"B", "C", "E", "F", "G", "H"}


@find_leaks.mistake(
    "What you name leaks, but the ones that see the test set through a choice are not all there. "
    "Who chooses the columns, and who the degree?",
    when=lambda value: _is(value, "BEH") or _is(value, "BH"),
)
def choices_overlooked():
    return {"B", "E", "H"}


@find_leaks.mistake(
    "What you name leaks: there test examples help to choose. They can have a say in other ways, "
    "without any choice. Look at every line above a split.",
    when=lambda value: _is(value, "CG") or _is(value, "G"),
)
def only_choices():
    return {"C", "G"}


@find_leaks.alternative
def a_frozenset():
    return frozenset("HGECB")


@find_leaks.alternative
def a_union():
    return set("BH").union("CG", ["E"])


@find_leaks.alternative
def all_but_the_honest():
    return set("ABCDEFGH") - {"A", "D", "F"}


@find_leaks.alternative
def text_of_numpy():
    return set(np.array(["B", "C", "E", "G", "H"]))
