"""Right answers to `conv_as_matrix`, written otherwise than the reference."""

import numpy as np


def weight_by_weight(kernel, H, W):
    kh, kw = kernel.shape
    rows, columns = H - kh + 1, W - kw + 1
    M = np.zeros((rows * columns, H * W))
    for r in range(rows * columns):
        i, j = divmod(r, columns)
        for p in range(kh):
            for q in range(kw):
                M[r, (i + p) * W + j + q] = kernel[p, q]
    return M


def by_unit_images(kernel, H, W):
    kh, kw = kernel.shape
    rows, columns = H - kh + 1, W - kw + 1
    M = []
    for pixel in np.eye(H * W).reshape(-1, H, W):  # what each pixel alone gives is a column
        out = sum(
            kernel[p, q] * pixel[p : p + rows, q : q + columns]
            for p in range(kh)
            for q in range(kw)
        )
        M.append(out.ravel())
    return np.array(M).T


def by_kronecker(kernel, H, W):
    kh, kw = kernel.shape
    rows, columns = H - kh + 1, W - kw + 1
    M = 0.0
    for p in range(kh):
        bands = [np.eye(columns, W, k=q) * kernel[p, q] for q in range(kw)]
        M = M + np.kron(np.eye(rows, H, k=p), sum(bands))
    return M


def from_positions(kernel, H, W):
    kh, kw = kernel.shape
    where = np.lib.stride_tricks.sliding_window_view(np.arange(H * W).reshape(H, W), (kh, kw))
    where = where.reshape(-1, kh * kw)
    M = np.zeros((len(where), H * W), dtype=kernel.dtype)
    np.put_along_axis(M, where, np.broadcast_to(kernel.ravel(), where.shape), axis=1)
    return M


def by_stride_tricks(kernel, H, W):
    kh, kw = kernel.shape
    rows, columns = H - kh + 1, W - kw + 1
    M = np.zeros((rows, columns, H, W))
    a, b, c, d = M.strides
    windows = np.lib.stride_tricks.as_strided(M, (rows, columns, kh, kw), (a + c, b + d, c, d))
    windows[...] = kernel
    return M.reshape(rows * columns, H * W)


ALTERNATIVES = [weight_by_weight, by_unit_images, by_kronecker, from_positions, by_stride_tricks]
