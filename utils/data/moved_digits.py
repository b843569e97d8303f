"""Small handwritten digits on a field that leaves them room to move.

What a digit is does not change when it moves, but every pixel of the image does. Chapter 5 shows
such images to a network that looks at pixels, and to one that looks for features.

The digits are 1,797 real ones of 8 by 8 pixels; `SOURCES.md` says where they come from.
"""

from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("small_digits.npz")
SIZE = 8  # a digit has 8 rows and 8 columns
FIELD = 14  # and may stand at 7 · 7 places of a field of 14 by 14
TRAIN = 1297  # of the digits; the other 500 are to test


def moved_digits(part="train", centred=False, seed=0):
    """Small handwritten digits, each somewhere on an empty field.

    Parameters
    ----------
    part : str
        ``"train"``, 1297 images, or ``"test"``, 500. No handwritten digit is in both.
    centred : bool
        True: every digit stands in the middle. False: each stands anywhere.
    seed : int
        Of the places. The same seed gives the same places, another seed others.

    Returns
    -------
    tuple (X, y)
        X has shape ``(m, 14, 14, 1)``: floats from 0 (paper) to 1 (ink). y has shape ``(m,)``:
        the digits, as ints.

    Examples
    --------
    >>> X, y = moved_digits("test")
    >>> X.shape, y.shape
    ((500, 14, 14, 1), (500,))
    """
    if part not in ("train", "test"):
        raise ValueError(f"part: expected 'train' or 'test', got {part!r}")
    pixels, labels = _stored()
    rows = slice(None, TRAIN) if part == "train" else slice(TRAIN, None)
    small, y = pixels[rows] / 16, labels[rows].astype(int)
    free = FIELD - SIZE
    places = np.random.default_rng(seed).integers(0, free + 1, size=(len(y), 2))
    if centred:
        places[:] = free // 2
    X = np.zeros((len(y), FIELD, FIELD, 1))
    for image, digit, (top, left) in zip(X, small, places, strict=True):
        image[top : top + SIZE, left : left + SIZE, 0] = digit.reshape(SIZE, SIZE)
    return X, y


def moved(X, down, right):
    """Images moved by whole pixels; what leaves is lost, and paper moves in.

    Parameters
    ----------
    X : array, shape (m, H, W, C)
        Images.
    down, right : int
        By how many pixels. Negative ones go up and to the left.

    Returns
    -------
    array, shape (m, H, W, C)

    Examples
    --------
    >>> X = np.array([[1, 2, 3], [4, 5, 6]]).reshape(1, 2, 3, 1)
    >>> moved(X, 1, -1)[0, :, :, 0]
    array([[0, 0, 0],
           [2, 3, 0]])
    """
    _, H, W, _ = X.shape
    tall, wide = abs(down), abs(right)
    padded = np.pad(X, ((0, 0), (tall, tall), (wide, wide), (0, 0)))
    return padded[:, tall - down : tall - down + H, wide - right : wide - right + W]


@cache
def _stored():
    with np.load(FILE) as file:
        return file["X"], file["y"]
