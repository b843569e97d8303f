"""Right answers to `pool2d`, written otherwise than the reference."""

import numpy as np


def pixel_by_pixel(X, size, stride, mode="max"):
    m, H, W, C = X.shape
    out = np.zeros((m, (H - size) // stride + 1, (W - size) // stride + 1, C))
    for n, i, j, c in np.ndindex(out.shape):
        window = X[n, i * stride : i * stride + size, j * stride : j * stride + size, c]
        if mode == "max":
            out[n, i, j, c] = np.max(window)
        elif mode == "average":
            out[n, i, j, c] = np.mean(window)
        else:
            raise ValueError(f"unknown mode {mode}")
    return out


def windows_at_once(X, size, stride, mode="max"):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]
    if mode == "max":
        return windows.max(axis=(-2, -1))
    if mode == "average":
        return windows.mean(axis=(-2, -1))
    raise ValueError("mode must be 'max' or 'average'")


def shifted_images(X, size, stride, mode="max"):
    if mode not in {"max", "average"}:
        raise ValueError
    H, W = X.shape[1] - size + 1, X.shape[2] - size + 1
    shifted = [X[:, p : p + H, q : q + W] for p in range(size) for q in range(size)]
    pooled = np.maximum.reduce(shifted) if mode == "max" else np.mean(shifted, axis=0)
    return pooled[:, ::stride, ::stride]


def rows_then_columns(X, size, stride, mode="max"):
    if mode == "max":
        reduce = np.max
    elif mode == "average":
        reduce = np.mean
    else:
        raise ValueError(mode)
    for axis in (1, 2):
        starts = range(0, X.shape[axis] - size + 1, stride)
        strips = [reduce(np.take(X, range(s, s + size), axis), axis=axis) for s in starts]
        X = np.stack(strips, axis=axis)
    return X


def largest_by_sorting(X, size, stride, mode="max"):
    if mode != "max" and mode != "average":
        raise ValueError(mode)
    m, H, W, C = X.shape
    rows, columns = (H - size) // stride + 1, (W - size) // stride + 1
    out = np.empty([m, rows, columns, C])
    for i in range(rows):
        for j in range(columns):
            window = X[:, i * stride :, j * stride :][:, :size, :size].reshape(m, size**2, C)
            out[:, i, j] = (
                np.sort(window, axis=1)[:, -1] if mode == "max" else window.sum(axis=1) / size**2
            )
    return out


def by_lists(X, size, stride, mode="max"):
    if mode not in ["max", "average"]:
        raise ValueError("no such mode: " + mode)
    images = []
    for image in X.tolist():
        lines = []
        for top in range(0, len(image) - size + 1, stride):
            line = []
            for left in range(0, len(image[0]) - size + 1, stride):
                pixels = [p for row in image[top : top + size] for p in row[left : left + size]]
                channels = zip(*pixels, strict=True)
                pool = max if mode == "max" else (lambda values: sum(values) / len(values))
                line.append([pool(values) for values in channels])
            lines.append(line)
        images.append(lines)
    return np.array(images, dtype=float)


ALTERNATIVES = [
    pixel_by_pixel,
    windows_at_once,
    shifted_images,
    rows_then_columns,
    largest_by_sorting,
    by_lists,
]
