"""Right answers to `is_equivariant`, written otherwise than the reference."""

import numpy as np


def rolled(f, X, shift):
    """What wraps round stays in the border."""
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


def by_slices(f, X, shift):
    (d, r), (H, W) = shift, X.shape[1:3]
    border = max(map(abs, shift)) + 4

    def moved(A):
        out = np.zeros_like(A)
        to = slice(max(d, 0), H + min(d, 0)), slice(max(r, 0), W + min(r, 0))
        of = slice(max(-d, 0), H - max(d, 0)), slice(max(-r, 0), W - max(r, 0))
        out[:, to[0], to[1]] = A[:, of[0], of[1]]
        return out

    difference = np.abs(f(moved(X)) - moved(f(X)))[:, border : H - border, border : W - border]
    size = np.abs(moved(f(X)))[:, border : H - border, border : W - border]
    return np.all(difference <= 1e-5 * size)


def pixel_by_pixel(f, X, shift):
    H, W = X.shape[1:3]
    border = max(abs(s) for s in shift) + 4
    moved = np.zeros_like(X)
    for i in range(H):
        for j in range(W):
            if 0 <= i - shift[0] < H and 0 <= j - shift[1] < W:
                moved[:, i, j] = X[:, i - shift[0], j - shift[1]]
    one, plain = f(moved), f(X)
    return all(
        np.allclose(one[:, i, j], plain[:, i - shift[0], j - shift[1]])
        for i in range(border, H - border)
        for j in range(border, W - border)
    )


def by_matrices(f, X, shift):
    down, right = (np.eye(n, k=-s) for n, s in zip(X.shape[1:3], shift, strict=True))
    border = np.abs(shift).max() + 4

    def moved(A):
        return np.einsum("ih,jw,mhwc->mijc", down, right, A)

    close = np.isclose(f(moved(X)), moved(f(X)), rtol=1e-5, atol=0)
    return close[:, border:-border, border:-border].all()


def norms_of_differences(f, X, shift):
    b = max(abs(shift[0]), abs(shift[1])) + 4
    rows, columns = np.arange(b, X.shape[1] - b), np.arange(b, X.shape[2] - b)
    one = f(np.roll(np.roll(X, shift[0], 1), shift[1], 2))[:, rows][:, :, columns]
    other = f(X)[:, rows - shift[0]][:, :, columns - shift[1]]
    return np.abs(one - other).max() <= 1e-5 * np.abs(other).max()


ALTERNATIVES = [rolled, by_slices, pixel_by_pixel, by_matrices, norms_of_differences]
