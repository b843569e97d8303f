"""Coffee: roasts of known temperature and duration, and whether they were well roasted.

The roasts are generated, not measured. A roast fails for one of three reasons, so the good
ones fill a triangle in the plane:

- too cool: 175 degrees Celsius or less;
- too short: 12 minutes or less;
- burnt: too hot for that long, on or above the line from (175 °C, 15 min) to (255 °C, 12 min).

References
----------
The triangle follows the coffee-roasting example of Andrew Ng, *Advanced Learning Algorithms*
(DeepLearning.AI and Stanford, 2022). Data, numbers and weights here are our own.
"""

import numpy as np

CENTRE = np.array([220.0, 13.5])  # degrees Celsius, minutes
SCALE = np.array([40.0, 1.0])


def roasts(m=200, seed=1):
    """Draw m roasts and judge each.

    Parameters
    ----------
    m : int
        How many roasts.
    seed : int
        The same seed gives the same roasts.

    Returns
    -------
    X : array, shape (m, 2)
        Temperature in whole degrees Celsius, duration in tenths of a minute.
    y : array of int, shape (m,)
        1 where the coffee is well roasted, else 0.

    Examples
    --------
    >>> X, y = roasts()
    >>> X.shape, int(y.sum())
    ((200, 2), 47)
    """
    rng = np.random.default_rng(seed)
    temperature = rng.uniform(150, 290, m).round()
    duration = rng.uniform(11.5, 15.5, m).round(1)
    return np.column_stack([temperature, duration]), well_roasted(temperature, duration)


def well_roasted(temperature, duration):
    """1 inside the triangle, else 0, elementwise."""
    burnt_from = 12 + (255 - temperature) * 3 / 80  # minutes
    inside = (temperature > 175) & (duration > 12) & (duration < burnt_from)
    return inside.astype(int)


def scaled(X):
    """Measure roasts from (220 °C, 13.5 min), in steps of 40 °C and of 1 min.

    >>> scaled(np.array([[200.0, 13.0]]))
    array([[-0.5, -0.5]])
    """
    return (X - CENTRE) / SCALE


def trained_weights():
    """Weights of a network of 3 sigmoid units and 1, for scaled roasts.

    They are what ``fit(scaled(X), y)`` finds on the 200 roasts, rounded to whole numbers
    so that one can follow them by hand. Rounding costs three of the 200.

    Returns
    -------
    tuple (W1 (2, 3), b1 (3,), W2 (3, 1), b2 (1,))
    """
    W1 = np.array([[-12.0, 0.0, 11.0], [0.0, -11.0, 7.0]])
    b1 = np.array([-14.0, -16.0, 1.0])
    W2 = np.array([[-11.0], [-11.0], [-13.0]])
    b2 = np.array([5.0])
    return W1, b1, W2, b2


def probabilities(X):
    """What the network with the trained weights says of scaled roasts: (m, 2) to (m,)."""
    W1, b1, W2, b2 = trained_weights()
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)[:, 0]


def fit(X, y, steps=8000, alpha=1.0, momentum=0.9, decay=1e-4, seed=2):
    """Where the weights come from: gradient descent on the cross-entropy, in NumPy.

    ``decay`` pulls the weights towards zero, or they would grow for ever on labels without
    noise. Each of the seeds 0 to 19 finds the three edges and is right on all 200 roasts, before
    rounding; they differ in the order of the units and in which side of its edge a unit marks.
    With seed 2 all three mark a fault. Chapter 3 explains what happens here.

    Returns
    -------
    list [W1 (2, 3), b1 (3,), W2 (3, 1), b2 (1,)]
    """
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=(2, 3)), np.zeros(3), rng.normal(size=(3, 1)), np.zeros(1)]
    weights[0] = weights[0][:, [1, 0, 2]]  # the order of the units is free: cool, short, burnt
    weights[2] = weights[2][[1, 0, 2]]
    speeds = [np.zeros_like(w) for w in weights]
    for _ in range(steps):
        W1, b1, W2, b2 = weights
        A = sigmoid(X @ W1 + b1)  # (m, 3)
        dZ2 = (sigmoid(A @ W2 + b2) - y[:, None]) / len(y)  # (m, 1)
        dZ1 = dZ2 @ W2.T * A * (1 - A)  # (m, 3)
        slopes = [X.T @ dZ1 + decay * W1, dZ1.sum(0), A.T @ dZ2 + decay * W2, dZ2.sum(0)]
        speeds = [momentum * v - alpha * s for v, s in zip(speeds, slopes, strict=True)]
        weights = [w + v for w, v in zip(weights, speeds, strict=True)]
    return weights


def sigmoid(z):
    """Plain sigmoid; scaled roasts stay far from where ``exp`` overflows."""
    return 1 / (1 + np.exp(-z))
