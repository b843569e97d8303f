"""Layers that `is_equivariant` is tried on: images to images with the same rows and columns.

Each pixel is computed in the same steps wherever it lies, so that those which move with the image
do so to the last bit, and the others differ by much more than rounding.
"""

from functools import cache

import numpy as np


@cache
def _weights(*shape):
    return np.random.default_rng(shape).normal(size=shape)


def _convolved(X, kernels):
    """Stride 1, padded with zeros so that rows and columns stay."""
    kh, kw, C, F = kernels.shape
    _, H, W, _ = X.shape
    padded = np.pad(X, ((0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2), (0, 0)))
    out = np.zeros((len(X), H, W, F))
    for p, q, c in np.ndindex(kh, kw, C):
        out += padded[:, p : p + H, q : q + W, c, None] * kernels[p, q, c]
    return out


def convolution(X):
    """Two filters, three by three, and a bias."""
    return _convolved(X, _weights(3, 3, X.shape[3], 2)) + np.array([0.5, -1.0])


def wide_convolution(X):
    """A filter of nine by nine: the border shows four pixels deep."""
    return _convolved(X, _weights(9, 9, X.shape[3], 1)) + 2.0


def two_convolutions(X):
    """With a ReLU between them."""
    return convolution(np.maximum(0, convolution(X)))


def relu(X):
    return np.maximum(0, X)


def square(X):
    return X * X


def ones(X):
    """The same everywhere, whatever the image."""
    return np.ones(X.shape)


def dense_layers(X):
    """Every output sees the whole flattened image; five units lie between."""
    flat = X.reshape(len(X), -1)
    return (flat @ _weights(flat.shape[1], 5) @ _weights(5, flat.shape[1])).reshape(X.shape)


def local_layer(X):
    """Three by three pixels for each output, and each has weights of its own."""
    _, H, W, _ = X.shape
    weights = _weights(3, 3, H, W)
    padded = np.pad(X, ((0, 0), (1, 1), (1, 1), (0, 0)))
    return sum(
        padded[:, p : p + H, q : q + W] * weights[p, q, :, :, None]
        for p, q in np.ndindex(3, 3)
    )  # fmt: skip


def bias_to_the_right(X):
    """A bias that grows from column to column."""
    return X + np.arange(X.shape[2])[:, None]


def factor_downwards(X):
    """A factor that grows from row to row: nothing is left of it where the image is 0."""
    return X * (1 + np.arange(X.shape[1]))[:, None, None]


def bias_along_the_diagonal(X):
    """A bias that grows downwards and to the right: along the other diagonal it is the same."""
    return X + np.add.outer(np.arange(X.shape[1]), np.arange(X.shape[2]))[:, :, None]


def bias_on_the_first_channel(X):
    """Only one of the channels depends on the place."""
    return np.concatenate([bias_along_the_diagonal(X[..., :1]), X[..., 1:]], axis=3)


def bias_on_the_last_channel(X):
    """Only one of the channels depends on the place."""
    return np.concatenate([X[..., :-1], bias_along_the_diagonal(X[..., -1:])], axis=3)


def mirror(X):
    """Left for right."""
    return X[:, :, ::-1].copy()


def upside_down(X):
    return X[:, ::-1].copy()


def every_second_pixel(X):
    """Stride 2, each pixel enlarged to two by two. Rows and columns are even."""
    return X[:, ::2, ::2].repeat(2, axis=1).repeat(2, axis=2)


def _place(X):
    """From 0 to nearly 1, different at every pixel."""
    _, H, W, C = X.shape
    return np.arange(H * W * C).reshape(H, W, C) / (H * W * C)


def rounding(X):
    """Depends on the place, but only as much as the rounding of float32 would."""
    return X * (1 + 1e-6 * _place(X))


def slight_factor(X):
    """Depends on the place, by some parts in a thousand."""
    return X * (1 + 2e-2 * _place(X))


def faint_stripes(X):
    """Every second column is brighter, by five parts in a hundred thousand."""
    out = X.astype(float)
    out[:, :, 1::2] *= 1 + 5e-5
    return out


def channels_in_turn(X):
    """In every second column the channels stand in the opposite order."""
    out = X.copy()
    out[:, :, 1::2] = X[:, :, 1::2, ::-1]
    return out


def every_second_column_negative(X):
    """The sign depends on the place."""
    out = X.astype(float)
    out[:, :, 1::2] *= -1
    return out


def single_pixel(X):
    """A bias on one pixel in the middle."""
    out = X.astype(float)
    out[:, X.shape[1] // 2, X.shape[2] // 2] += 1
    return out


def frame_of_four(X):
    """A bias on the four outermost pixels on every side."""
    out = X + 1.0
    out[:, 4:-4, 4:-4] -= 1
    return out


def fifth_ring(X):
    """Twice as bright on the fifth pixel from every side."""
    out = X.astype(float)
    out[:, 4:-4, 4:-4] *= 2
    out[:, 5:-5, 5:-5] /= 2
    return out


def sixth_column(X):
    """A bias on one pixel of the sixth column, half way down."""
    out = X.astype(float)
    out[:, X.shape[1] // 2, 5] += 1
    return out


def sixth_row(X):
    """A bias on one pixel of the sixth row, half way to the right."""
    out = X.astype(float)
    out[:, 5, X.shape[2] // 2] += 1
    return out
