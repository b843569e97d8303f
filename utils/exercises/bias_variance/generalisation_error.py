"""Exercise `generalisation_error`: one look at the test set, after all has been chosen."""

import numpy as np

from utils.checking import Count, Exercise, Number, Sequence, case, strided
from utils.exercises.bias_variance.curves import (
    BOWL,
    CUBIC,
    LINE,
    NEARLY_TIED,
    QUARTIC,
    TWO_VALLEYS,
    WHOLE,
    curve,
    drawn,
)
from utils.reference import bias_variance as reference
from utils.reference.bias_variance import (
    fit_ridge,
    fit_scaler,
    model_cost,
    polynomial_features,
    select_degree,
)

RTOL = 1e-4  # ways to fit differ by rounding, the more the higher the degree


def draw(rng):
    """Noisy cubics on which no rounding changes the choice; degrees in any order."""
    every = [1, 2, 3, 4, 5, 6]
    yield case("random curves", *drawn(rng, 16, 20, every), *curve(rng, 20), every)
    for m_train, m_cv, m_test in ((14, 9, 9), (12, 12, 12), (30, 10, 1)):
        degrees = [int(degree) for degree in rng.permutation(6)[: rng.integers(2, 6)] + 1]
        sets = drawn(rng, m_train, m_cv, degrees)
        yield case("random curves, some degrees", *sets, *curve(rng, m_test), degrees)
    degrees = [int(degree) for degree in rng.permutation(6)[:3] + 1]
    x, y = rng.uniform(-1, 1, size=(3, 12)), rng.normal(size=(3, 12))
    yield case("a random tie", x[0], np.zeros(12), x[1], y[1], x[2], y[2], degrees)


# test sets on which another degree than the chosen one does best
_BOWL = np.array([-1.75, -1.25, -0.75, 1.75]), np.array([2.75, 4.75, 2.75, -0.25])
_CUBIC = np.array([1.75, -1.25, 1.25, -1.5]), np.array([1.5, 0.75, 0.5, 0.75])
_LINE = np.array([1.75, 0.0, 2.0, -1.75]), np.array([-0.25, 0.0, 1.25, -1.5])
_QUARTIC = np.array([0.0, 1.25, 0.5, 1.75]), np.array([0.0, 4.25, 3.25, 3.5])
_TWO_VALLEYS = np.array([-1.75, -1.0, 1.25, 0.25]), np.array([-6.0, -1.25, -0.5, -0.25])
_NEARLY_TIED = np.array([-1.25, 0.25, 1.0, -0.5]), np.array([1.0, 0.25, 1.5, 0.5])
_WHOLE = np.array([2, -2, 0]), np.array([5, 2, 1])

generalisation_error = Exercise(
    id="generalisation_error",
    title="Ask the test set once",
    points=3,
    reference=reference.generalisation_error,
    returns=Sequence(of=(Count(), Number(rtol=RTOL)), wanted="a tuple (degree, J_test)"),
    begin=(
        "Begin with the degree: the exercise before this one chooses it. What do you still need "
        "before the test set can be asked?"
    ),
    hints=(
        "Each set has one task: training gives w, b, mean and std; cross-validation gives the "
        "degree; the test set gives a number to report, and nothing is changed after it.",
        "Take the degree from select_degree. Fit once more with this degree on the training set, "
        "scale the test features with the training set's mean and std, and compute the cost.",
        "degree, _, _ = select_degree(...). Then polynomial_features of both x_train and x_test, "
        "fit_scaler of the first, fit_ridge(..., y_train, 0), model_cost(..., y_test, w, b).",
    ),
    cases=[
        case("a bowl", *BOWL, *_BOWL, [1, 2, 3]),
        case("degrees from high to low", *CUBIC, *_CUBIC, [4, 3, 2, 1]),
        case("a line is enough", *LINE, *_LINE, [1, 2, 3]),
        case("degrees with gaps", *QUARTIC, *_QUARTIC, [1, 4, 6]),
        case("one degree", *BOWL, *_BOWL, [3]),
        case("whole numbers", *WHOLE, *_WHOLE, [3, 1, 2]),
        case("J_cv rises, then falls far", *TWO_VALLEYS, *_TWO_VALLEYS, [1, 2, 3, 4]),
        case("two degrees nearly as good", *NEARLY_TIED, *_NEARLY_TIED, [1, 2, 3]),
        case("a tie: all training labels zero", BOWL[0], np.zeros(9), *BOWL[2:], *_BOWL,
             [2, 4, 1, 3]),
    ],
    hidden=[
        case("one example to test on", *CUBIC, _CUBIC[0][:1], _CUBIC[1][:1], [2, 1, 3]),
        case("as many examples in each set", *BOWL[:2], BOWL[0] + 0.125, BOWL[1] - 0.75,
             BOWL[0] - 0.25, BOWL[1] + 0.5, [2, 3, 1]),
        case("the test set is the training set", *CUBIC, *CUBIC[:2], [2, 3, 4]),
        case("the test set is the cross-validation set", *QUARTIC, *QUARTIC[2:], [4, 1, 2]),
        case("every x positive", BOWL[0] + 2, BOWL[1], BOWL[2] + 2, BOWL[3], _BOWL[0] + 2, _BOWL[1],
             [3, 2, 1]),
        case("only the highest degree", *QUARTIC, *_QUARTIC, [6]),
        case("every degree, backwards", *TWO_VALLEYS, *_TWO_VALLEYS, [6, 5, 4, 3, 2, 1]),
        case("a tie, the smallest degree last", LINE[0], np.zeros(8), *LINE[2:], *_LINE, [3, 2, 1]),
        case("a test set that lies far off", *BOWL, _BOWL[0], _BOWL[1] + 100, [1, 2, 3]),
        case("large labels", CUBIC[0], 1e4 * CUBIC[1], CUBIC[2], 1e4 * CUBIC[3], _CUBIC[0],
             1e4 * _CUBIC[1], [1, 2, 3]),
        case("small labels", NEARLY_TIED[0], 1e-4 * NEARLY_TIED[1], NEARLY_TIED[2],
             1e-4 * NEARLY_TIED[3], _NEARLY_TIED[0], 1e-4 * _NEARLY_TIED[1], [1, 2, 3]),
        case("arrays that are views", *(strided(part) for part in (*LINE, *_LINE)), [2, 1]),
    ],
    draw=draw,
    equivalent={
        f"X_train -> {name}": "without regularisation the scale that both sets share drops out"
        for name in ("x_train", "y_train", "x_cv", "y_cv", "x_test", "y_test", "X_test")
    },
)  # fmt: skip


@generalisation_error.mistake(
    "The test set chooses the degree. Then J_test is the lowest of several, and no estimate of "
    "what comes on new data: which set may choose?"
)
def chosen_by_J_test(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, J_test = select_degree(x_train, y_train, x_test, y_test, degrees)
    return degree, min(J_test)


@generalisation_error.mistake(
    "The test set has a say in the choice, beside cross-validation. It should have none."
)
def chosen_by_both(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    _, _, J_cv = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    _, _, J_test = select_degree(x_train, y_train, x_test, y_test, degrees)
    total = [a + b for a, b in zip(J_cv, J_test, strict=True)]
    _, i = min((total[i], i) for i in np.argsort(degrees))
    return degrees[i], J_test[i]


@generalisation_error.mistake(
    "It chooses by J_train, which falls with every degree added. Which set is there to choose by?"
)
def chosen_by_J_train(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    _, J_train, J_test = select_degree(x_train, y_train, x_test, y_test, degrees)
    _, i = min((J_train[i], i) for i in np.argsort(degrees))
    return degrees[i], J_test[i]


@generalisation_error.mistake(
    "The degree is right, and J_test is the lowest of all degrees. It belongs to the model that "
    "was chosen, be it the best on the test set or not."
)
def lowest_J_test(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    _, _, J_test = select_degree(x_train, y_train, x_test, y_test, degrees)
    return degree, min(J_test)


@generalisation_error.mistake(
    "It reports J_cv. The degree was chosen because this is low, so it is too good to be true: "
    "which set has chosen nothing?"
)
def J_cv_reported(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, J_cv = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    return degree, min(J_cv)


@generalisation_error.mistake(
    "It reports J_train. w and b were made to keep this low: which set have they not seen?"
)
def J_train_reported(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, J_train, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    return degree, J_train[degrees.index(degree)]


@generalisation_error.mistake(
    "w and b are fitted again on training and cross-validation set together. That is done in "
    "practice too, but here they come from the training set alone."
)
def fitted_again_on_both(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    x_both, y_both = np.append(x_train, x_cv), np.append(y_train, y_cv)
    _, _, J_test = select_degree(x_both, y_both, x_test, y_test, [degree])
    return degree, J_test[0]


@generalisation_error.mistake(
    "w and b are fitted on the cross-validation set. It has chosen the degree already: which set "
    "gives w and b?"
)
def fitted_on_cv(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    p = np.linalg.lstsq(np.vander(x_cv, degree + 1), y_cv, rcond=None)[0]
    return degree, np.mean((np.polyval(p, x_test) - y_test) ** 2) / 2


@generalisation_error.mistake(
    "w and b are fitted on the test set as well. What the model has seen can't tell how it does "
    "on something new."
)
def fitted_on_the_test_set_too(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    x_both, y_both = np.append(x_train, x_test), np.append(y_train, y_test)
    p = np.polyfit(x_both, y_both, degree)
    return degree, np.mean((np.polyval(p, x_test) - y_test) ** 2) / 2


@generalisation_error.mistake(
    "The test set is scaled with its own mean and standard deviation, so the same x means "
    "something else than in training. Whose do w and b expect?"
)
def scaled_afresh(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    X_train, X_test = polynomial_features(x_train, degree), polynomial_features(x_test, degree)
    mean, std = fit_scaler(X_train)
    w, b = fit_ridge((X_train - mean) / std, y_train, 0)
    mean, std = fit_scaler(X_test)
    return degree, model_cost((X_test - mean) / std, y_test, w, b)


@generalisation_error.mistake(
    "The test set is not scaled, and w and b were fitted on scaled features. What do they expect?"
)
def test_set_not_scaled(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    X_train, X_test = polynomial_features(x_train, degree), polynomial_features(x_test, degree)
    mean, std = fit_scaler(X_train)
    w, b = fit_ridge((X_train - mean) / std, y_train, 0)
    return degree, model_cost(X_test, y_test, w, b)


@generalisation_error.mistake(
    "The last fit is regularised. The model that was chosen was not: what should lam be?"
)
def regularised(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    X_train, X_test = polynomial_features(x_train, degree), polynomial_features(x_test, degree)
    mean, std = fit_scaler(X_train)
    w, b = fit_ridge((X_train - mean) / std, y_train, 1)
    return degree, model_cost((X_test - mean) / std, y_test, w, b)


@generalisation_error.mistake(
    "J_test is twice as large as it should be: the mean of the squares instead of half of it."
)
def half_forgotten(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    p = np.polyfit(x_train, y_train, degree)
    return degree, np.mean((np.polyval(p, x_test) - y_test) ** 2)


@generalisation_error.mistake("The two are swapped: (degree, J_test) is asked for.")
def swapped(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    p = np.polyfit(x_train, y_train, degree)
    return np.mean((np.polyval(p, x_test) - y_test) ** 2) / 2, degree


@generalisation_error.mistake(
    "There is a J_test for every degree. The test set is asked once, about the chosen model."
)
def J_test_of_every_degree(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    _, _, J_test = select_degree(x_train, y_train, x_test, y_test, degrees)
    return degree, J_test


@generalisation_error.mistake(
    "On a tie it takes the degree that comes first in the list. The smallest is asked for."
)
def first_on_a_tie(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    _, _, J_cv = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    degree = degrees[int(np.argmin(J_cv))]
    p = np.polyfit(x_train, y_train, degree)
    return degree, np.mean((np.polyval(p, x_test) - y_test) ** 2) / 2


@generalisation_error.alternative
def by_select_degree_twice(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    _, _, J_test = select_degree(x_train, y_train, x_test, y_test, [degree])
    return degree, J_test[0]


@generalisation_error.alternative
def by_polyfit(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    best = None
    for degree in sorted(degrees):
        p = np.polyfit(x_train, y_train, degree)
        J_cv = np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2
        if best is None or J_cv < best:
            best, chosen, J_test = J_cv, degree, np.mean((np.polyval(p, x_test) - y_test) ** 2) / 2
    return [chosen, J_test]


@generalisation_error.alternative
def by_least_squares(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    def cost(x, y, degree):
        powers = np.arange(degree + 1)
        p = np.linalg.lstsq(x_train[:, None] ** powers, y_train, rcond=None)[0]
        return np.sum((x[:, None] ** powers @ p - y) ** 2) / (2 * len(y))

    degree = min(sorted(degrees), key=lambda d: cost(x_cv, y_cv, d))
    return np.int64(degree), cost(x_test, y_test, degree)
