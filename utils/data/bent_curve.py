"""The bent curve: how good coffee tastes, against how long the beans were roasted.

Made up, not measured: it rises slowly, is best half a minute after the recommended time, and
then falls fast. No straight line comes near it, which is why chapters 2 and 3 use it.
"""

import numpy as np

RANGE = (-3.0, 3.0)  # minutes from the recommended roasting time
NOISE = 0.2  # standard deviation of the tasters' scores around the true one
BAR = 0.1  # mean squared error on the test roasts that chapter 3's network has to get under


def true_score(x):
    """The curve without noise.

    Parameters
    ----------
    x : number or array, any shape
        Minutes from the recommended roasting time; negative is too short.

    Returns
    -------
    float or array, the shape of x
        A score from about 0.3 (undrinkable) to 4.8 (best, at x = 0.5).

    Examples
    --------
    >>> round(float(true_score(0.5)), 6)
    4.8
    """
    width = np.where(np.less(x, 0.5), 4.0, 1.0)  # the right side falls faster
    return 0.3 + 4.5 * np.exp(-((np.asarray(x) - 0.5) ** 2) / width)


def bent_curve(seed=0, m_train=200, m_test=100):
    """Roasts and their scores, split into training and test examples.

    Parameters
    ----------
    seed : int
        The same seed gives the same data.
    m_train, m_test : int
        How many examples of each.

    Returns
    -------
    tuple (x_train, y_train, x_test, y_test)
        Arrays of shape ``(m_train, 1)``, ``(m_train, 1)``, ``(m_test, 1)`` and ``(m_test, 1)``.
        x is drawn evenly from -3 to 3 minutes; y is its true score plus normal noise with
        standard deviation 0.2, so no model can expect a mean squared error below 0.04.

    Examples
    --------
    >>> x_train, y_train, x_test, y_test = bent_curve()
    >>> x_train.shape, y_test.shape
    ((200, 1), (100, 1))
    """
    rng = np.random.default_rng(seed)
    x_train, y_train = _draw(rng, m_train)
    x_test, y_test = _draw(rng, m_test)
    return x_train, y_train, x_test, y_test


def _draw(rng, m):
    x = rng.uniform(*RANGE, (m, 1))
    return x, true_score(x) + rng.normal(0, NOISE, (m, 1))
