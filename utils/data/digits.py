"""Real handwritten digits: 5,000 images of MNIST, 500 of each digit, 28 pixels by 28.

Written by Census Bureau employees and high-school students, scanned, scaled and centred by LeCun,
Cortes and Burges. Where the file comes from, and on which terms, stands in `SOURCES.md`.

It is **not** MNIST's standard split into training and test images: a result here can't be
compared with published ones.
"""

from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("digits.npz")
ALL = tuple(range(10))
SHARES = (0.6, 0.2, 0.2)  # of each digit's images: train, cross-validation, test


def digits(classes=ALL, seed=0, images=False):
    """Images of some digits, split into training, cross-validation and test examples.

    Parameters
    ----------
    classes : sequence of int
        Which digits. ``(0, 1)`` is an easy pair, ``(4, 9)`` and ``(3, 8)`` are harder ones.
    seed : int
        The same seed gives the same split and order, another seed another one.
    images : bool
        False: one image a row, 784 pixels from top left to bottom right.
        True: images of 28 rows, 28 columns and 1 channel.

    Returns
    -------
    tuple (X_train, y_train, X_cv, y_cv, X_test, y_test)
        X has shape ``(m, 784)``, or ``(m, 28, 28, 1)``: floats from 0 (paper) to 1 (ink).
        y has shape ``(m,)``: the digits themselves, as ints. Of each class there are 300 images
        to train, 100 to cross-validate and 100 to test; no image is in two of them.

    Examples
    --------
    >>> X_train, y_train, X_cv, y_cv, X_test, y_test = digits((0, 1))
    >>> X_train.shape, y_train[:8].tolist()
    ((600, 784), [0, 1, 0, 1, 1, 0, 0, 1])
    >>> digits(images=True)[-2].shape
    (1000, 28, 28, 1)
    """
    pixels, labels = _stored()
    rng = np.random.default_rng(seed)
    split = []
    for rows in _parts(labels, _known(classes), rng):
        X = pixels[rows] / 255  # a new float64 array: the stored pixels stay as they are
        split += [X.reshape(-1, 28, 28, 1) if images else X, labels[rows].astype(int)]
    return tuple(split)


def _known(classes):
    """The classes in order, each once."""
    wanted = sorted(set(classes))
    if not wanted or not set(wanted) <= set(ALL):
        raise ValueError(f"classes: expected digits from 0 to 9, as in (0, 1), got {classes!r}")
    return wanted


def _parts(labels, classes, rng):
    """Row numbers of the three parts, every class in the same proportion, shuffled."""
    cuts = np.cumsum(SHARES)[:2]
    cut = []
    for digit in classes:
        rows = rng.permutation(np.flatnonzero(labels == digit))
        cut.append(np.split(rows, np.round(cuts * len(rows)).astype(int)))
    return [rng.permutation(np.concatenate(part)) for part in zip(*cut, strict=True)]


@cache
def _stored():
    with np.load(FILE) as file:
        return file["X"], file["y"]
