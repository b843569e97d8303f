"""Curves on which the degree of a polynomial is chosen: a few written out, and noisy cubics."""

import numpy as np

from utils.reference.bias_variance import select_degree

CLEAR = 0.001  # the lowest cost is at least so much below the next, in parts of itself

# x_train, y_train, x_cv, y_cv
BOWL = (
    np.array([1.25, 1.25, 0.0, -0.75, -1.75, -0.5, -0.25, -1.75, -1.75]),
    np.array([1.25, 0.5, -1.0, 1.25, 4.0, 0.25, 0.0, 4.5, 5.25]),
    np.array([2.0, 0.5, -1.0, -0.25]),
    np.array([2.0, -0.5, 2.25, 0.75]),
)
CUBIC = (
    np.array([0.5, -1.0, -1.75, -2.0, 1.25, 1.75, 0.5, 1.0, 0.25, 1.75]),
    np.array([-1.75, 0.5, -2.25, -4.25, -0.25, 2.75, -1.0, 0.0, -1.0, 2.25]),
    np.array([1.25, -2.0, 1.5, -1.75]),
    np.array([0.25, -4.0, -0.25, -2.5]),
)
LINE = (  # J_train + J_cv is lowest for degree 2
    np.array([0.75, 0.5, 0.25, 1.25, -2.0, -1.5, 0.5, -0.25]),
    np.array([-1.25, 0.5, -0.25, 0.75, -2.0, -2.0, 0.5, 0.25]),
    np.array([-1.25, -0.25, -1.5, -1.25]),
    np.array([-2.0, -0.5, -1.25, -1.0]),
)
QUARTIC = (
    np.array([-0.5, 0.75, -1.0, -1.75, 2.0, 0.25, 0.5, 0.25, 0.0, -1.5]),
    np.array([-0.25, -0.25, -1.25, 3.25, 8.25, 0.0, -0.5, -0.5, 0.0, 0.75]),
    np.array([-0.75, 1.0, 1.75, 1.5, 1.75]),
    np.array([-0.75, -1.0, 3.75, 0.25, 3.75]),
)
WHOLE = (
    np.array([1, 4, -2, 4, -1, 0, 3, 0]),
    np.array([0, 16, 3, 17, 1, -1, 7, -1]),
    np.array([1, -3, 2, 1]),
    np.array([1, 8, 7, 3]),
)
TWO_VALLEYS = (  # J_cv of degree 2 is a little above that of degree 1, and of degree 3 far below
    np.array([-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0]),
    np.array([-7.5, -3.875, -0.5, -0.625, 0.5, 0.625, 0.5, 3.875, 8.5]),
    np.array([-1.75, -0.75, 0.25, 1.25, -1.25]),
    np.array([-5.125, -0.625, 0.0, 2.25, -2.0]),
)

NEARLY_TIED = (  # J_cv of degree 3 is below that of degree 2 by less than one part in a hundred
    np.array([-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5]),
    np.array([4.5, 2.0, 1.5, 0.0, 0.5, 0.25, 0.5, 2.5]),
    np.array([-1.75, -0.25, 0.75, 1.25]),
    np.array([3.0, 0.25, 0.5, 1.25]),
)


def curve(rng, m):
    """Points of a cubic, with noise."""
    x = rng.uniform(-1, 1, size=m)
    return x, 1.2 * x - 2.5 * x**2 + 3 * x**3 - 0.3 + 0.3 * rng.normal(size=m)


def clear_choice(x_train, y_train, x_cv, y_cv, degrees):
    """Whether no rounding can change which degree has the lowest J_cv."""
    costs = sorted(select_degree(x_train, y_train, x_cv, y_cv, degrees)[2])
    return len(costs) == 1 or costs[1] > (1 + CLEAR) * costs[0]


def drawn(rng, m_train, m_cv, degrees):
    """A training and a cross-validation set, drawn until the choice is clear."""
    while True:
        sets = *curve(rng, m_train), *curve(rng, m_cv)
        if clear_choice(*sets, degrees):
            return sets
