"""Three classes in three bent arms, with some labels written down wrongly.

Made up, so that chapter 6 knows the best answer for every point. A network that is large enough
can draw an island around each wrong label; one that is held back can't.
"""

import numpy as np

CLASSES = 3
TWIST = 3.0  # how far an arm turns, in radians, from the centre to a distance of 1
SPREAD = 0.4  # standard deviation of the angle around the middle of the arm, in radians
WRONG = 0.12  # share of the labels that are wrong


def three_arms(m, seed=0):
    """Draw m points and their labels, as many of each class as can be.

    Parameters
    ----------
    m : int
        How many.
    seed : int
        The same seed gives the same points.

    Returns
    -------
    tuple (X, y)
        Arrays of shape ``(m, 2)`` and ``(m,)``; the labels are 0, 1 and 2.

    Examples
    --------
    >>> X, y = three_arms(120)
    >>> X.shape, np.unique(y)
    ((120, 2), array([0, 1, 2]))
    """
    rng = np.random.default_rng(seed)
    arm = np.arange(m) % CLASSES
    distance = rng.uniform(0.3, 1.2, m)
    angle = 2 * np.pi * arm / CLASSES + TWIST * distance + rng.normal(0, SPREAD, m)
    X = np.column_stack([distance * np.cos(angle), distance * np.sin(angle)])
    other = (arm + rng.integers(1, CLASSES, m)) % CLASSES
    return X, np.where(rng.random(m) < WRONG, other, arm)


def best_guess(X):
    """The class of the nearest arm, measured by the angle: nobody can do better.

    Parameters
    ----------
    X : array, shape (m, 2)

    Returns
    -------
    array of int, shape (m,)

    Examples
    --------
    >>> X, y = three_arms(1000, seed=1)
    >>> round(float(np.mean(best_guess(X) != y)), 2)
    0.14
    """
    angle = np.arctan2(X[:, 1], X[:, 0]) - TWIST * np.hypot(X[:, 0], X[:, 1])
    return np.round(angle / (2 * np.pi / CLASSES)).astype(int) % CLASSES
