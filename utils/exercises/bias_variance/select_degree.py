"""Exercise `select_degree`: the degree of a polynomial, chosen by cross-validation."""

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
    drawn,
)
from utils.reference import bias_variance as reference
from utils.reference.bias_variance import fit_ridge, fit_scaler, model_cost, polynomial_features

RTOL = 1e-4  # ways to fit differ by rounding, the more the higher the degree


def draw(rng):
    """Noisy cubics on which no rounding changes the choice; degrees in any order."""
    yield case("a random curve", *drawn(rng, 16, 20, [1, 2, 3, 4, 5, 6]), [1, 2, 3, 4, 5, 6])
    for m_train, m_cv in ((14, 9), (30, 30), (20, 1)):
        degrees = rng.permutation(6)[: rng.integers(2, 6)] + 1
        degrees = [int(degree) for degree in degrees]
        yield case("a random curve, some degrees", *drawn(rng, m_train, m_cv, degrees), degrees)
    degrees = [int(degree) for degree in rng.permutation(6)[:3] + 1]
    x, x_cv = rng.uniform(-1, 1, size=12), rng.uniform(-1, 1, size=5)
    yield case("a random tie", x, np.zeros(12), x_cv, rng.normal(size=5), degrees)


select_degree = Exercise(
    id="select_degree",
    title="Choose the degree by cross-validation",
    points=4,
    reference=reference.select_degree,
    returns=Sequence(
        of=(
            Count(),
            Sequence(of=Number(rtol=RTOL), wanted="a list with one J_train for each degree"),
            Sequence(of=Number(rtol=RTOL), wanted="a list with one J_cv for each degree"),
        ),
        wanted="a tuple (degree, J_train, J_cv)",
    ),
    begin=(
        "Begin with a single degree: fit it on the training set, and compute both costs. Then do "
        "so for each, and keep the costs in two lists."
    ),
    hints=(
        "Which set may w, b, the mean and the standard deviation come from? And which set chooses "
        "between degrees?",
        "For each degree: features of both sets, mean and std of the training set's features, both "
        "sets scaled with these, fit_ridge on the training set with lam = 0, two costs. At the "
        "end: the degree whose J_cv is lowest.",
        "min(zip(J_cv, degrees)) compares pairs by the cost, and pairs of equal costs by the "
        "degree. Which part of the pair do you want?",
    ),
    cases=[
        case("a bowl", *BOWL, [1, 2, 3]),
        case("degrees from high to low", *CUBIC, [4, 3, 2, 1]),
        case("a line is enough", *LINE, [1, 2, 3]),
        case("degrees with gaps", *QUARTIC, [1, 4, 6]),
        case("one degree", *BOWL, [2]),
        case("whole numbers", *WHOLE, [3, 1, 2]),
        case("J_cv rises, then falls far", *TWO_VALLEYS, [1, 2, 3, 4]),
        case("two degrees nearly as good", *NEARLY_TIED, [1, 2, 3]),
        case("small labels", NEARLY_TIED[0], 1e-4 * NEARLY_TIED[1], NEARLY_TIED[2],
             1e-4 * NEARLY_TIED[3], [1, 2, 3]),
        case("a tie: all training labels zero", BOWL[0], np.zeros(9), *BOWL[2:],
             [2, 4, 1, 3]),
    ],
    hidden=[
        case("one example for cross-validation", *CUBIC[:2], *(part[2:3] for part in CUBIC[2:]),
             [2, 1, 3]),
        case("as many for cross-validation as for training", *BOWL[:2], BOWL[0] + 0.125,
             BOWL[1] - 0.75, [2, 3, 1]),
        case("every x positive", BOWL[0] + 2, BOWL[1], BOWL[2] + 2, BOWL[3], [3, 2, 1]),
        case("only the highest degree", *QUARTIC, [6]),
        case("every degree, backwards", *TWO_VALLEYS, [6, 5, 4, 3, 2, 1]),
        case("a tie: every cost is zero", CUBIC[0], np.zeros(10), CUBIC[2], np.zeros(4),
             [5, 6, 3, 4]),
        case("a tie, the degrees rising", CUBIC[0], np.zeros(10), *CUBIC[2:], [2, 4, 6]),
        case("a tie, the smallest degree last", LINE[0], np.zeros(8), *LINE[2:], [3, 2, 1]),
        case("large labels", CUBIC[0], 1e4 * CUBIC[1], CUBIC[2], 1e4 * CUBIC[3], [1, 2, 3]),
        case("the best degree comes first", *CUBIC, [3, 1, 2]),
        case("the best degree comes last", *BOWL, [1, 3, 2]),
        case("arrays that are views", *(strided(part) for part in QUARTIC), [4, 2]),
    ],
    draw=draw,
    equivalent={
        **dict.fromkeys(
            (
                "X_train, X_cv = ((X_train - mean) / std, (X_cv - mean) / std) -> (nothing)",
                *(f"X_train -> {name}" for name in ("x_train", "y_train", "x_cv", "y_cv", "X_cv")),
            ),
            "without regularisation the costs do not depend on the scale that both sets share",
        ),
        "zip(J_cv, degrees, strict=True) -> zip(J_cv, degrees)": "both have the same length",
        "True -> False": "both have the same length",
    },
)  # fmt: skip


@select_degree.mistake(
    "It chooses by J_train, which falls with every degree added: the highest always wins. Which "
    "examples did the fit not see?"
)
def chosen_by_J_train(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return min(zip(J_train, degrees, strict=True))[1], J_train, J_cv


@select_degree.also("chosen_by_J_train")
def chosen_by_the_first_J_train(x_train, y_train, x_cv, y_cv, degrees):
    fits = [np.polyfit(x_train, y_train, degree) for degree in degrees]
    J_train = [np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2 for p in fits]
    J_cv = [np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2 for p in fits]
    return degrees[int(np.argmin(J_train))], J_train, J_cv


@select_degree.mistake(
    "It chooses where J_cv and J_train lie closest together. A poor model can be equally poor on "
    "both: which cost should be low?"
)
def chosen_by_the_gap(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    gap = [abs(a - b) for a, b in zip(J_train, J_cv, strict=True)]
    return min(zip(gap, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake(
    "It chooses by the sum of both costs. J_train rewards fitting the noise: which cost alone "
    "should choose?"
)
def chosen_by_the_sum(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    total = [a + b for a, b in zip(J_train, J_cv, strict=True)]
    return min(zip(total, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake("It chooses the degree of the highest J_cv. Should a cost be high or low?")
def highest_cost(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return degrees[int(np.argmax(J_cv))], J_train, J_cv


@select_degree.mistake(
    "It stops at the first degree whose J_cv is above the one before. J_cv can rise a little and "
    "then fall far: look at all of them."
)
def first_valley(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    i = 0
    while i + 1 < len(degrees) and J_cv[i + 1] <= J_cv[i]:
        i += 1
    return degrees[i], J_train, J_cv


@select_degree.mistake(
    "On a tie it takes the degree that comes first in the list. The smallest is asked for: the "
    "degrees may come in any order."
)
def first_on_a_tie(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return degrees[int(np.argmin(J_cv))], J_train, J_cv


@select_degree.mistake(
    "On a tie it takes the degree that comes last in the list. Of models that do equally well, "
    "which is the simplest?"
)
def last_on_a_tie(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv, best = [], [], 0
    for i, degree in enumerate(degrees):
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
        best = i if J_cv[i] <= J_cv[best] else best
    return degrees[best], J_train, J_cv


@select_degree.mistake(
    "On a tie it takes the largest degree. Of models that do equally well, which is the simplest?"
)
def largest_on_a_tie(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return max(d for d, J in zip(degrees, J_cv, strict=True) if min(J_cv) == J), J_train, J_cv


@select_degree.mistake(
    "It takes a smaller degree although its J_cv is a little above the lowest. That can be wise, "
    "but here the lowest J_cv decides: when are two costs tied?"
)
def nearly_as_low(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    near = np.array(degrees)[np.array(J_cv) <= 1.01 * min(J_cv)]
    return near.min(), J_train, J_cv


@select_degree.also("nearly_as_low")
def within_a_tolerance(x_train, y_train, x_cv, y_cv, degrees):
    _, J_train, J_cv = reference.select_degree(x_train, y_train, x_cv, y_cv, degrees)
    return np.array(degrees)[np.isclose(J_cv, min(J_cv))].min(), J_train, J_cv


@select_degree.also("nearly_as_low")
def costs_rounded(x_train, y_train, x_cv, y_cv, degrees):
    _, J_train, J_cv = reference.select_degree(x_train, y_train, x_cv, y_cv, degrees)
    return min(zip(np.round(J_cv, 6), degrees, strict=True))[1], J_train, J_cv


@select_degree.also("nearly_as_low")
def must_be_clearly_lower(x_train, y_train, x_cv, y_cv, degrees):
    _, J_train, J_cv = reference.select_degree(x_train, y_train, x_cv, y_cv, degrees)
    best, lowest = None, np.inf
    for degree, J in sorted(zip(degrees, J_cv, strict=True)):
        if lowest - J > 1e-4:
            best, lowest = degree, J
    return best, J_train, J_cv


@select_degree.mistake(
    "It returns the place in the list, counted from 0, instead of the degree that stands there."
)
def place_instead_of_degree(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return int(np.argmin(J_cv)), J_train, J_cv


@select_degree.mistake(
    "The two lists are swapped: (degree, J_train, J_cv) is asked for, J_train first."
)
def lists_swapped(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return min(zip(J_cv, degrees, strict=True))[1], J_cv, J_train


@select_degree.mistake(
    "The costs stand in the order of rising degrees. The order of `degrees` is asked for, "
    "whichever that is."
)
def degrees_sorted(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv, degrees = [], [], sorted(degrees)
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return min(zip(J_cv, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake(
    "All costs are twice as large as they should be: the mean of the squares instead of half of it."
)
def half_forgotten(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2))
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2))
    return min(zip(J_cv, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake(
    "w and b are fitted on both sets together. What the model has seen can't tell how it does on "
    "something new: which set may it see?"
)
def fitted_on_both_sets(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(np.append(x_train, x_cv), np.append(y_train, y_cv), degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    return min(zip(J_cv, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake(
    "The cross-validation set is scaled with its own mean and standard deviation, so the same x "
    "means something else in each set. Whose should scale both?"
)
def scaled_afresh(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        X_train, X_cv = polynomial_features(x_train, degree), polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X_train)
        mean_cv, std_cv = fit_scaler(X_cv)
        X_train, X_cv = (X_train - mean) / std, (X_cv - mean_cv) / std_cv
        w, b = fit_ridge(X_train, y_train, 0)
        J_train.append(model_cost(X_train, y_train, w, b))
        J_cv.append(model_cost(X_cv, y_cv, w, b))
    return min(zip(J_cv, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake(
    "The training set is scaled and the cross-validation set is not. The weights expect scaled "
    "inputs: what should become of X_cv?"
)
def cv_not_scaled(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        X_train, X_cv = polynomial_features(x_train, degree), polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X_train)
        X_train = (X_train - mean) / std
        w, b = fit_ridge(X_train, y_train, 0)
        J_train.append(model_cost(X_train, y_train, w, b))
        J_cv.append(model_cost(X_cv, y_cv, w, b))
    return min(zip(J_cv, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake(
    "The fit is regularised. Here the degree alone decides how far the curve bends: what should "
    "lam be?"
)
def regularised(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        X_train, X_cv = polynomial_features(x_train, degree), polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X_train)
        X_train, X_cv = (X_train - mean) / std, (X_cv - mean) / std
        w, b = fit_ridge(X_train, y_train, 1)
        J_train.append(model_cost(X_train, y_train, w, b))
        J_cv.append(model_cost(X_cv, y_cv, w, b))
    return min(zip(J_cv, degrees, strict=True))[1], J_train, J_cv


@select_degree.mistake(
    "J_cv comes from a second fit, on the cross-validation set itself. It should judge the model "
    "that was fitted on the training set."
)
def fitted_again_on_cv(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        X_train, X_cv = polynomial_features(x_train, degree), polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X_train)
        X_train, X_cv = (X_train - mean) / std, (X_cv - mean) / std
        w, b = fit_ridge(X_train, y_train, 0)
        J_train.append(model_cost(X_train, y_train, w, b))
        w, b = np.linalg.lstsq(X_cv - X_cv.mean(axis=0), y_cv, rcond=None)[0], y_cv.mean()
        J_cv.append(model_cost(X_cv - X_cv.mean(axis=0), y_cv, w, b))
    return min(zip(J_cv, degrees, strict=True))[1], J_train, J_cv


@select_degree.alternative
def by_polyfit(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = [], []
    for degree in degrees:
        p = np.polyfit(x_train, y_train, degree)
        J_train.append(np.mean((np.polyval(p, x_train) - y_train) ** 2) / 2)
        J_cv.append(np.mean((np.polyval(p, x_cv) - y_cv) ** 2) / 2)
    best = min(degree for degree, J in zip(degrees, J_cv, strict=True) if min(J_cv) == J)
    return best, J_train, J_cv


@select_degree.alternative
def by_least_squares(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv = np.zeros(len(degrees)), np.zeros(len(degrees))
    for i, degree in enumerate(degrees):
        A, A_cv = np.vander(x_train, degree + 1), np.vander(x_cv, degree + 1)
        p = np.linalg.lstsq(A, y_train, rcond=None)[0]
        J_train[i] = np.sum((A @ p - y_train) ** 2) / (2 * len(y_train))
        J_cv[i] = np.sum((A_cv @ p - y_cv) ** 2) / (2 * len(y_cv))
    tied = np.array(degrees)[J_cv == J_cv.min()]
    return tied.min(), J_train, J_cv


@select_degree.alternative
def by_normal_equations(x_train, y_train, x_cv, y_cv, degrees):
    def costs(degree):
        A, A_cv = np.vander(x_train, degree + 1), np.vander(x_cv, degree + 1)
        p = np.linalg.solve(A.T @ A, A.T @ y_train)
        return (
            np.mean((A @ p - y_train) ** 2) / 2,
            np.mean((A_cv @ p - y_cv) ** 2) / 2,
        )

    found = {degree: costs(degree) for degree in degrees}
    best = min(sorted(found), key=lambda degree: found[degree][1])
    return best, [found[d][0] for d in degrees], [found[d][1] for d in degrees]


@select_degree.alternative
def with_the_exercises_before(x_train, y_train, x_cv, y_cv, degrees):
    J_train, J_cv, best = [], [], None
    for degree in degrees:
        X_train = polynomial_features(x_train, degree)
        mean, std = fit_scaler(X_train)
        w, b = fit_ridge((X_train - mean) / std, y_train, 0.0)
        J_train += [model_cost((X_train - mean) / std, y_train, w, b)]
        X_cv = (polynomial_features(x_cv, degree) - mean) / std
        J_cv += [model_cost(X_cv, y_cv, w, b)]
        if best is None or (J_cv[-1], degree) < best:
            best = J_cv[-1], degree
    return [best[1], J_train, J_cv]
