"""Probabilities, labels and columns that this chapter's exercises are tried on."""

import numpy as np


def labels(rng, size):
    """As many zeros as ones, or one more, in any order."""
    return rng.permutation(np.arange(np.prod(size)) % 2).reshape(size)


def probabilities(rng, size):
    """Far enough from 0 and 1 to be clipped by nobody."""
    return rng.uniform(0.03, 0.97, size=size)


def column(values):
    """The numbers one below the other: (m,) to (m, 1)."""
    return np.reshape(values, (-1, 1))
