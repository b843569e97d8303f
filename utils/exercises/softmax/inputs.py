"""Logits and labels that this chapter's exercises are tried on."""

import numpy as np

# Logits of size 1e4: no exp of them is finite, and the second row lies far below the first.
HUGE = np.array([[1e4, 9998.5, -1e4], [-1e4, -9999.0, -9997.5], [0.5, 1e4, -2.0]])


def logits(rng, *shape, size=3.0):
    """Random logits of an ordinary size."""
    return size * rng.normal(size=shape)


def huge_logits(rng, *shape):
    """Rows up to 1e4 away from 0 on either side, whose entries lie close enough to matter."""
    rows = rng.uniform(-9e3, 9e3, size=(*shape[:-1], 1))
    return rows + rng.normal(size=shape)


def labels(rng, m, K):
    """Random labels; the first and the last class are among them where m allows."""
    y = rng.integers(0, K, size=m)
    y[-1] = K - 1
    y[0] = 0
    return y
