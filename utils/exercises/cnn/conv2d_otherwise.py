"""Right answers to `conv2d`, written otherwise than the reference."""

import numpy as np

from utils.reference.cnn import zero_pad


def two_loops(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            patches = P[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, i, j] = np.tensordot(patches, kernels, axes=3) + b
    return out


def windows_at_once(X, kernels, b, stride=1, pad=0):
    P = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + b


def weight_by_weight(X, kernels, b, stride=1, pad=0):
    P, (kh, kw, _, _) = zero_pad(X, pad), kernels.shape
    down, across = P.shape[1] - kh + 1, P.shape[2] - kw + 1
    total = 0
    for p in range(kh):
        for q in range(kw):
            total = total + P[:, p : p + down, q : q + across] @ kernels[p, q]
    return total[:, ::stride, ::stride] + b


def one_matrix_product(X, kernels, b, stride=1, pad=0):
    kh, kw, C, F = kernels.shape
    P = zero_pad(X, pad)
    tops = range(0, P.shape[1] - kh + 1, stride)
    lefts = range(0, P.shape[2] - kw + 1, stride)
    patches = [P[:, i : i + kh, j : j + kw].reshape(len(X), -1) for i in tops for j in lefts]
    sums = np.stack(patches, axis=1) @ kernels.reshape(kh * kw * C, F)
    return sums.reshape(len(X), len(tops), len(lefts), F) + b


def by_lists(X, kernels, b, stride=1, pad=0):
    kh, kw, _, F = kernels.shape
    images = []
    for P in zero_pad(X, pad):
        lines = []
        for i in range(0, P.shape[0] - kh + 1, stride):
            line = []
            for j in range(0, P.shape[1] - kw + 1, stride):
                patch = P[i : i + kh, j : j + kw]
                line.append([float(np.sum(patch * kernels[..., f]) + b[f]) for f in range(F)])
            lines.append(line)
        images.append(lines)
    return np.array(images)


def by_fourier(X, kernels, b, stride=1, pad=0):
    kh, kw = kernels.shape[:2]
    P = zero_pad(X, pad)
    size = P.shape[1:3]
    A = np.fft.fft2(P, axes=(1, 2))
    B = np.conj(np.fft.fft2(kernels, s=size, axes=(0, 1)))
    full = np.fft.ifft2(np.einsum("nijc,ijcf->nijf", A, B), axes=(1, 2)).real
    down, across = size[0] - kh + 1, size[1] - kw + 1
    return full[:, :down:stride, :across:stride] + b


ALTERNATIVES = [
    two_loops,
    windows_at_once,
    weight_by_weight,
    one_matrix_product,
    by_lists,
    by_fourier,
]
