"""A small network under plain gradient descent: what chapter 2's measurements run on.

Nothing here is taught or graded. Chapter 3 says what gradient descent does; until then a
student only needs to know that it nudges every weight against its gradient, again and again.
"""

from itertools import pairwise

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


# name: the activation, its slope, and the variance of starting weights times the inputs.
# (Glorot and Bengio 2010 for sigmoid, He et al. 2015 for ReLU: each gets the start that suits it.)
ACTIVATIONS = {
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z)), 1.0),
    "relu": (lambda z: np.maximum(0, z), lambda z: (z > 0).astype(float), 2.0),
}


class SmallNetwork:
    """Hidden layers of one activation and one linear output unit.

    Parameters
    ----------
    units : list of int
        The units of each hidden layer.
    activation : str
        'sigmoid' or 'relu'.
    n : int
        How many inputs.
    seed : int
        Of the starting weights; the biases start at 0.
    """

    def __init__(self, units, activation, n=1, seed=0):
        self.g, self.slope, variance = ACTIVATIONS[activation]
        rng = np.random.default_rng(seed)
        sizes = [n, *units, 1]
        self.W = [
            rng.normal(0, np.sqrt(variance / rows), (rows, columns))
            for rows, columns in pairwise(sizes)
        ]
        self.b = [np.zeros(columns) for columns in sizes[1:]]

    def layers(self, x):
        """Weighted inputs and outputs of every layer, the input itself first among the outputs."""
        z, a = [], [x]
        for W, b in zip(self.W, self.b, strict=True):
            z.append(a[-1] @ W + b)
            a.append(self.g(z[-1]))
        a[-1] = z[-1]  # the output unit is linear
        return z, a

    def hidden(self, x):
        """Outputs of the hidden layers, first to last, each of shape (m, units)."""
        return self.layers(x)[1][1:-1]

    def gradients(self, x, y):
        """Mean squared error, and its gradient in every W and b, by backpropagation."""
        z, a = self.layers(x)
        miss = a[-1] - y
        back = 2 * miss / miss.size
        dW, db = [], []
        for k in reversed(range(len(self.W))):
            if k < len(self.W) - 1:
                back = back * self.slope(z[k])
            dW.insert(0, a[k].T @ back)
            db.insert(0, back.sum(axis=0))
            back = back @ self.W[k].T
        return np.mean(miss**2), dW, db

    def train(self, x, y, rate, steps):
        """Gradient descent on all examples at once; returns the error before each step."""
        errors = []
        for _ in range(steps):
            error, dW, db = self.gradients(x, y)
            errors.append(error)
            for W, b, w_step, b_step in zip(self.W, self.b, dW, db, strict=True):
                W -= rate * w_step
                b -= rate * b_step
        return np.array(errors)
