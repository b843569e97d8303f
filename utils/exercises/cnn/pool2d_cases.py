"""What `pool2d` is tried on: the student's cases, the grader's own, and drawn ones."""

import numpy as np

from utils.checking import case, strided
from utils.exercises.cnn.conv2d_cases import halves

FOUR = np.array([1.0, 7.0, 2.0, -3.0]).reshape(1, 2, 2, 1)
WIDE = np.array([1.0, 7, 2, -3, 9, 4, 5, 0.5, 6, 2]).reshape(1, 2, 5, 1)
DARK = np.array([-1.0, -7, -2, -3, -9, -4]).reshape(1, 2, 3, 1)
BYTES = np.array([[255, 200, 3], [250, 191, 90]], dtype=np.uint8).reshape(1, 2, 3, 1)

VISIBLE = [
    case("one window", FOUR, 2, 1),
    case("one window, the mean", FOUR, 2, 1, mode="average"),
    case("dark pixels only", DARK, 2, 1),
    case("stride two, a column left over", WIDE, 2, 2),
    case("stride two, a column left over, the mean", WIDE, 2, 2, mode="average"),
    case("windows that overlap", WIDE, 2, 1),
    case("two examples, two channels", halves(1, 2, 2, 3, 2), 2, 1),
    case("images with unequal sides", halves(2, 2, 5, 7, 3), 3, 2),
    case("the same, the mean", halves(2, 2, 5, 7, 3), 3, 2, mode="average"),
    case("whole numbers, the mean", np.array([3, 1, 4, 1, 5, 9]).reshape(1, 2, 3, 1), 2, 1,
         mode="average"),
    case("bytes, as image files hold them, the mean",
         np.array([[255, 200], [250, 191]], dtype=np.uint8).reshape(1, 2, 2, 1), 2, 1,
         mode="average"),
    case("another mode", FOUR, 2, 1, mode="min", raises=ValueError),
    case("another mode, in capitals", FOUR, 2, 1, mode="Max", raises=ValueError),
]  # fmt: skip

HIDDEN = [
    case("one pixel", np.array([-3.5]).reshape(1, 1, 1, 1), 1, 1),
    case("a window of one pixel", halves(3, 2, 2, 3, 2), 1, 1),
    case("a window of one pixel, stride two, the mean", halves(4, 1, 4, 5, 2), 1, 2,
         mode="average"),
    case("a stride wider than the window", halves(5, 1, 7, 5, 2), 2, 3),
    case("a stride wider than the window, the mean", halves(5, 1, 7, 5, 2), 2, 3,
         mode="average"),
    case("a stride wider than the image", halves(6, 1, 3, 4, 1), 2, 9),
    case("a stride wider than the image is tall", halves(16, 1, 2, 10, 1), 2, 4),
    case("a row left over", halves(7, 1, 5, 4, 2), 2, 2),
    case("two rows left over", halves(7, 1, 5, 3, 2), 3, 3),
    case("a tall image", halves(8, 2, 7, 2, 1), 2, 1, mode="average"),
    case("everything the same length", halves(9, 3, 3, 3, 3), 3, 3),
    case("everything the same length, the mean", halves(9, 3, 3, 3, 3), 2, 1, mode="average"),
    case("the largest value left over at the edge",
         np.array([1.0, 2, 9, 3, 4, 9, 9, 9, 9]).reshape(1, 3, 3, 1), 2, 2),
    case("all equal", np.full((1, 3, 3, 2), -2.5), 2, 1),
    case("all zeros, the mean", np.zeros((2, 3, 4, 1)), 2, 2, mode="average"),
    case("dark pixels only, a row and a column left over", -np.abs(halves(10, 2, 5, 5, 2)) - 1,
         2, 2),
    case("very large and very small", np.array([1e300, -1e300, 1e-300, 2.0, -3.0, 1e200]
                                               ).reshape(1, 2, 3, 1), 2, 1),
    case("very negative", np.full((1, 2, 3, 1), -1e300), 2, 1),
    case("large numbers, the mean", 1e9 * halves(11, 1, 3, 4, 2), 2, 1, mode="average"),
    case("large numbers that nearly cancel, the mean",
         np.array([1e6 + 0.1, -1e6, 0.25, 3.0]).reshape(1, 2, 2, 1), 2, 1, mode="average"),
    case("a large window", halves(17, 1, 6, 7, 2), 5, 1),
    case("a large window, the mean", halves(18, 2, 7, 5, 1), 5, 2, mode="average"),
    case("whole numbers", np.array([-3, -1, -4, -1, -5, -9]).reshape(1, 2, 3, 1), 2, 1),
    case("bytes, as image files hold them", BYTES, 2, 1),
    case("more bytes, the mean", BYTES, 2, 1, mode="average"),
    case("float32", np.abs(halves(12, 2, 3, 4, 2)).astype(np.float32), 2, 2),
    case("float32, the mean", (np.abs(halves(12, 2, 3, 4, 2)) + 0.1).astype(np.float32), 2, 1,
         mode="average"),
    case("an array that is a view", strided(halves(13, 2, 4, 5, 2)), 2, 1),
    case("columns stored one after the other", np.asfortranarray(halves(14, 2, 4, 5, 2)), 2, 2,
         mode="average"),
    case("max, said", halves(15, 1, 4, 6, 2), 2, 2, mode="max"),
    case("another mode, the beginning of a known one", FOUR, 2, 1, mode="ma",
         raises=ValueError),
    case("another mode, longer than a known one", FOUR, 2, 1, mode="maximum",
         raises=ValueError),
    case("another mode, a word with the same meaning", FOUR, 2, 1, mode="mean",
         raises=ValueError),
    case("another mode, shortened", FOUR, 2, 1, mode="avg", raises=ValueError),
    case("another mode, average in capitals", FOUR, 2, 1, mode="AVERAGE", raises=ValueError),
    case("another mode, with a space", FOUR, 2, 1, mode="average ", raises=ValueError),
    case("no word at all", FOUR, 2, 1, mode="", raises=ValueError),
    case("another mode, one pixel", np.ones((1, 1, 1, 1)), 1, 1, mode="sum",
         raises=ValueError),
]  # fmt: skip


def draw(rng):
    """Images of any shape, windows of any size and stride, both modes."""
    for mode in ("max", "average") * 3:
        size, stride = (int(n) for n in rng.integers(1, 4, size=2))
        m, C = rng.permutation([1, 2, 3])[:2]
        H, W = size + rng.permutation([2, 4, 5])[:2]
        X = rng.normal(size=(m, H, W, C))
        yield case("random images", X, size, stride, mode=mode)
    for mode in ("max", "average"):
        X = -rng.uniform(1, 2, size=(2, 5, 4, 2))
        yield case("random dark images", X, 2, 1, mode=mode)
        whole = rng.integers(-9, 10, size=(1, 5, 6, 2))
        yield case("random whole numbers", whole, 3, 2, mode=mode)
    for _ in range(2):  # two of one shape, for an answer that remembers
        yield case("random square images", rng.normal(size=(2, 4, 4, 2)), 2, 2)
