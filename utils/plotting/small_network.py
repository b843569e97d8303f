"""A small network under plain gradient descent: what chapter 2's measurements run on.

Nothing here is taught or graded. Chapter 3 says what gradient descent does; until then a
student only needs to know that it nudges every weight against its gradient, again and again.
"""

from itertools import pairwise

import numpy as np


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1.0) / (1 + e)


ACTIVATIONS = {"linear": lambda z: z, "sigmoid": _sigmoid, "relu": lambda z: np.maximum(0, z)}
SLOPES = {"sigmoid": lambda z: _sigmoid(z) * _sigmoid(-z), "relu": lambda z: 1.0 * (z > 0)}

# Each starts in the way that suits it: variance of a starting weight, times the layer's inputs
# (sigmoid: Glorot and Bengio 2010; ReLU: He, Zhang, Ren and Sun 2015).
STARTS = {"sigmoid": 1.0, "relu": 2.0}


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
        self.g, self.slope = ACTIVATIONS[activation], SLOPES[activation]
        rng = np.random.default_rng(seed)
        sizes = [n, *units, 1]
        self.W = [
            rng.normal(0, np.sqrt(STARTS[activation] / rows), (rows, columns))
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
