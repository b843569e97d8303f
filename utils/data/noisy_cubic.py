"""A cheap sensor: what it reads, against the temperature. The truth is a cubic, plus noise.

Made up, not measured, so that chapter 6 may know what no model of real data ever knows: the true
curve, and the cost that is left when a model is perfect.
"""

import numpy as np

RANGE = (-1.0, 1.0)  # the temperature, scaled: -1 is the coldest, 1 the warmest
NOISE = 0.3  # standard deviation of a reading around the true one


def true_reading(x):
    """The sensor's curve without noise, a polynomial of degree 3.

    Parameters
    ----------
    x : number or array, any shape
        Scaled temperature, from -1 to 1.

    Returns
    -------
    float or array, the shape of x

    Examples
    --------
    >>> round(true_reading(1.0), 6)
    1.4
    """
    return 3 * x**3 - 2.5 * x**2 + 1.2 * x - 0.3


def wavy_reading(x):
    """Another sensor's curve: a sine, with more bends than a cubic can follow.

    >>> round(float(wavy_reading(0.0)), 6)
    0.0
    """
    return np.sin(8 * x)


def readings(m, seed, curve=true_reading):
    """Set m temperatures, and note what the sensor reads, in random order.

    Parameters
    ----------
    m : int
        How many.
    seed : int or numpy.random.Generator
        The same seed gives the same readings.
    curve : function
        The true curve.

    Returns
    -------
    tuple (x, y)
        Arrays of shape ``(m,)``. The range is cut into m equal parts with one temperature, drawn
        evenly, in each: a long stretch without any would need a chapter of its own.

    Examples
    --------
    >>> x, y = readings(27, seed=0)
    >>> x.shape, y.shape
    ((27,), (27,))
    """
    rng = np.random.default_rng(seed)
    low, high = RANGE
    x = low + (high - low) * (np.arange(m) + rng.uniform(size=m)) / m
    y = curve(x) + rng.normal(0, NOISE, m)
    order = rng.permutation(m)
    return x[order], y[order]


def noisy_cubic(seed=8, m_train=16, m_cv=100, m_test=100, curve=true_reading):
    """Readings in three sets. There are few to train with, so that mistakes show.

    With the default seed the U of J_cv can be seen in one picture; other seeds give other curves,
    which chapter 6 shows too.

    Returns
    -------
    tuple (x_train, y_train, x_cv, y_cv, x_test, y_test)
        Arrays of shape ``(m_train,)``, ``(m_cv,)`` and ``(m_test,)``. No model can expect a cost
        J, with its half, below 0.045 on readings it has not seen: the noise is in them.

    Examples
    --------
    >>> x_train, y_train, x_cv, y_cv, x_test, y_test = noisy_cubic()
    >>> x_train.shape, y_test.shape
    ((16,), (100,))
    """
    rng = np.random.default_rng(seed)
    sets = [readings(m, rng, curve) for m in (m_train, m_cv, m_test)]
    return tuple(array for pair in sets for array in pair)


def repeats(m=400, seed=0, x=0.0):
    """What the sensor reads when the temperature x is measured m times.

    >>> repeats().shape
    (400,)
    """
    return true_reading(x) + np.random.default_rng(seed).normal(0, NOISE, m)
