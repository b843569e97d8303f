"""Exercise `pool2d`: the largest or the mean value of each window."""

import numpy as np

from utils.checking import Array, Exercise
from utils.exercises.cnn import pool2d_cases as tried_on
from utils.exercises.cnn.pool2d_otherwise import ALTERNATIVES
from utils.reference import cnn as reference

_WORDS = (
    "\"mode must be 'max' or 'average', got \" -> \"mode must be 'max' or 'average', got\"",
    "mode -> X #3",
    "mode -> size #3",
    "mode -> stride #3",
)

pool2d = Exercise(
    id="pool2d",
    title="Pooling",
    points=3,
    reference=reference.pool2d,
    returns=Array(shape="(m, H', W', C)", moved=True),
    begin=(
        "Begin with one window: the first `size` rows and columns of every image. What is its "
        "largest value, channel by channel? Then let the window move, as in conv2d."
    ),
    hints=(
        "The windows are those of conv2d without a frame. What is done with each of them is "
        "simpler: the largest value or the mean, for each image and each channel on its own.",
        "Refuse a mode that you don't know first. Make zeros of shape (m, rows, columns, C). For "
        "each window (i, j) cut X, and reduce rows and columns only.",
        "window = X[:, top : top + size, left : left + size] has shape (m, size, size, C). "
        "np.max(window, axis=...) should leave (m, C): which two axes go? Where is top for row i?",
    ),
    cases=tried_on.VISIBLE,
    hidden=tried_on.HIDDEN,
    draw=tried_on.draw,
    alternatives=ALTERNATIVES,
    equivalent={
        **dict.fromkeys(_WORDS, "in the words of the exception, on which nothing depends"),
        "np.zeros((m, rows, columns, C)) -> np.ones((m, rows, columns, C))": (
            "every entry is overwritten"
        ),
        "(1, 2) -> (2, 1)": "the order of the axes does not matter",
        "2 -> -2": "the window has four axes: -2 is axis 2",
    },
)


@pool2d.mistake(
    "It takes the mean where no mode is named. Which mode does the exercise ask for then, and what "
    "should that one do with a window?"
)
def always_average(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return windows[:, ::stride, ::stride].mean(axis=(4, 5))


@pool2d.mistake(
    "It takes the largest value whatever `mode` says. What should 'average' do with a window?"
)
def always_max(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return windows[:, ::stride, ::stride].max(axis=(4, 5))


@pool2d.mistake("The two modes are in each other's place. Which one takes the largest value?")
def modes_swapped(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.mean if mode == "max" else np.max
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.mistake(
    "A mode that is neither 'max' nor 'average' gives a result all the same, and nobody notices a "
    "typing error. Ask for it, and raise a ValueError."
)
def other_modes_accepted(X, size, stride, mode="max"):
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.also("other_modes_accepted")
def other_modes_taken_for_max(X, size, stride, mode="max"):
    reduce = np.mean if mode == "average" else np.max
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.also("other_modes_accepted")
def zeros_for_other_modes(X, size, stride, mode="max"):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    windows = windows[:, ::stride, ::stride]
    out = np.zeros(windows.shape[:4])
    if mode == "max":
        out = windows.max(axis=(4, 5))
    elif mode == "average":
        out = windows.mean(axis=(4, 5))
    return out


@pool2d.mistake(
    "An unknown mode does not stop it: None, or an error as a value, comes back, and whoever "
    "called it goes on. Which statement stops with a ValueError?"
)
def none_for_other_modes(X, size, stride, mode="max"):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    if mode == "max":
        return windows[:, ::stride, ::stride].max(axis=(4, 5))
    if mode == "average":
        return windows[:, ::stride, ::stride].mean(axis=(4, 5))


@pool2d.also("none_for_other_modes")
def error_returned(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        return ValueError("unknown mode")
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.mistake(
    "An unknown mode stops it, but with another exception than asked for. Which one says that a "
    "value is not allowed?"
)
def another_exception(X, size, stride, mode="max"):
    reduce = {"max": np.max, "average": np.mean}[mode]
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.also("another_exception")
def by_assert(X, size, stride, mode="max"):
    assert mode in ("max", "average")
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.mistake("'Max' is let through. Small and capital letters are not the same here.")
def capitals_let_through(X, size, stride, mode="max"):
    if mode.lower() not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode.lower() == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.mistake(
    "The stride counts in one direction only. The window moves by `stride` both down and to the "
    "right."
)
def stride_down_only(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride], axis=(4, 5))


@pool2d.also("stride_down_only")
def stride_right_only(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, :, ::stride], axis=(4, 5))


@pool2d.mistake("The stride does not come into it: the window moves by one pixel, always.")
def stride_ignored(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows, axis=(4, 5))


@pool2d.mistake(
    "The window moves by its own size. By how many pixels should it move, and may two windows "
    "overlap?"
)
def moves_by_the_size(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::size, ::size], axis=(4, 5))


@pool2d.mistake(
    "The result has the right size, and the window still moves by one pixel. At which row and "
    "column does window (i, j) begin?"
)
def stride_in_the_size_only(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    m, H, W, C = X.shape
    out = np.zeros((m, (H - size) // stride + 1, (W - size) // stride + 1, C))
    for _, i, j, _ in np.ndindex(out.shape):
        out[:, i, j] = reduce(X[:, i : i + size, j : j + size], axis=(1, 2))
    return out


@pool2d.mistake(
    "A window that reaches over the edge is counted. Only whole windows count: is the quotient "
    "rounded up or down?"
)
def rounded_up(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    m, H, W, C = X.shape
    rows = int(np.ceil((H - size) / stride)) + 1
    columns = int(np.ceil((W - size) / stride)) + 1
    out = np.zeros((m, rows, columns, C))
    for _, i, j, _ in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = X[:, top : top + size, left : left + size]
        out[:, i, j] = reduce(window, axis=(1, 2)) if window.size else 0
    return out


@pool2d.mistake(
    "The last row and the last column of windows are missing: the first window needs no move, and "
    "counts too."
)
def one_window_too_few(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    m, H, W, C = X.shape
    out = np.zeros((m, (H - size) // stride, (W - size) // stride, C))
    for _, i, j, _ in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        out[:, i, j] = reduce(X[:, top : top + size, left : left + size], axis=(1, 2))
    return out


@pool2d.mistake(
    "The channels are pooled together. Each channel is looked at on its own: over which axes of "
    "(m, size, size, C) does the window run?"
)
def channels_together(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    m, H, W, C = X.shape
    out = np.zeros((m, (H - size) // stride + 1, (W - size) // stride + 1, C))
    for n, i, j, c in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        out[n, i, j, c] = reduce(X[n, top : top + size, left : left + size])
    return out


@pool2d.mistake(
    "The examples are pooled together. Each image is looked at on its own: over which axes of "
    "(m, size, size, C) does the window run?"
)
def examples_together(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    m, H, W, C = X.shape
    out = np.zeros((m, (H - size) // stride + 1, (W - size) // stride + 1, C))
    for n, i, j, c in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        out[n, i, j, c] = reduce(X[:, top : top + size, left : left + size, c])
    return out


@pool2d.mistake(
    "One number is taken for all images and all channels together. Each is looked at on its own: "
    "which axes of (m, size, size, C) are the rows and columns of the window?"
)
def everything_together(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    m, H, W, C = X.shape
    out = np.zeros((m, (H - size) // stride + 1, (W - size) // stride + 1, C))
    for i, j in np.ndindex(out.shape[1:3]):
        top, left = i * stride, j * stride
        out[:, i, j] = reduce(X[:, top : top + size, left : left + size])
    return out


@pool2d.mistake(
    "H and W are in each other's place. In (m, H, W, C), which axis counts the rows of the result?"
)
def height_and_width_swapped(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5)).transpose(0, 2, 1, 3)


@pool2d.mistake(
    "The largest value is never below 0. A search that starts at 0 finds nothing in a dark window: "
    "with which value can it start?"
)
def starts_at_zero(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    out = reduce(windows[:, ::stride, ::stride], axis=(4, 5))
    return np.maximum(out, 0) if mode == "max" else out


@pool2d.mistake("For 'average' the window is added up. By what must a sum be divided for a mean?")
def sum_for_average(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.sum
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.mistake(
    "The sum is divided by `size`. How many pixels are there in a window of `size` rows and `size` "
    "columns?"
)
def divided_by_the_side(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    windows = windows[:, ::stride, ::stride]
    return windows.max(axis=(4, 5)) if mode == "max" else windows.sum(axis=(4, 5)) / size


@pool2d.mistake("It takes the smallest value. Which one is asked for?")
def min_for_max(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.min if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5))


@pool2d.mistake(
    "Everything after the point is cut off. What dtype has the array that you fill, and can it "
    "hold 0.5?"
)
def whole_number_output(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5)).astype(X.dtype)


@pool2d.also("whole_number_output")
def whole_numbers_always(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    reduce = np.max if mode == "max" else np.mean
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    return reduce(windows[:, ::stride, ::stride], axis=(4, 5)).astype(int)


@pool2d.mistake("`//` drops what comes after the point. Which division keeps it?")
def floor_division(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), (1, 2))
    windows = windows[:, ::stride, ::stride]
    return windows.max(axis=(4, 5)) if mode == "max" else windows.sum(axis=(4, 5)) // size**2


@pool2d.mistake(
    "Bytes are added up as bytes, and a byte that goes beyond 255 begins again at 0. Which kind of "
    "number should the sum be from the start?"
)
def bytes_overflow(X, size, stride, mode="max"):
    if mode not in ("max", "average"):
        raise ValueError(mode)
    m, H, W, C = X.shape
    out = np.zeros((m, (H - size) // stride + 1, (W - size) // stride + 1, C))
    for n, i, j, c in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        pixels = X[n, top : top + size, left : left + size, c].ravel()
        total = 0
        for pixel in pixels:
            total += pixel
        out[n, i, j, c] = np.max(pixels) if mode == "max" else total / len(pixels)
    return out
