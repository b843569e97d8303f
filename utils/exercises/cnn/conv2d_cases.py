"""What `conv2d` is tried on: the student's cases, the grader's own, and drawn ones."""

import numpy as np

from utils.checking import case, strided

PAIR = np.array([2.0, -1.0]).reshape(1, 2, 1, 1)  # one filter of one row and two columns
LINE = np.array([1.0, 4.0, 0.5, 3.0]).reshape(1, 1, 4, 1)  # one row of four pixels
SQUARE = np.array([1.0, 2.0, 5.0, -3.0]).reshape(1, 2, 2, 1)


def halves(seed, *shape):
    """Multiples of 0.5 from -4 to 4, always the same ones."""
    return np.random.default_rng(seed).integers(-8, 9, size=shape) / 2


def positive(seed, *shape):
    """Multiples of 0.1 from 0.1 to 0.9, as float32."""
    return (np.random.default_rng(seed).integers(1, 10, size=shape) / 10).astype(np.float32)


VISIBLE = [
    case("one window", SQUARE, np.array([1.0, 0.5, -2.0, 4.0]).reshape(2, 2, 1, 1),
         np.array([0.5])),
    case("one row", LINE, PAIR, np.array([1.0])),
    case("one row, two channels", np.array([1.0, 5.0, 2.0, -1.0, 4.0, 3.0]).reshape(1, 1, 3, 2),
         np.array([2.0, -1.0, 0.5, 3.0]).reshape(1, 2, 2, 1), np.array([0.25])),
    case("one row, two filters", np.array([1.0, 4.0, 0.5]).reshape(1, 1, 3, 1),
         np.array([2.0, -1.0, 0.5, 3.0]).reshape(1, 2, 1, 2), np.array([1.0, -2.0])),
    case("two examples", np.array([1.0, 4.0, 0.5, 3.0, -2.0, 6.0]).reshape(2, 1, 3, 1), PAIR,
         np.array([0.5])),
    case("a kernel of one pixel, stride two",
         np.array([1.0, 4, 0, 3, 2, 5, 7, 1, -1]).reshape(1, 3, 3, 1),
         np.array([2.0]).reshape(1, 1, 1, 1), np.array([0.5]), stride=2),
    case("stride two", np.array([1.0, 4, 0, 3, 2, 5, 7, 1, -1, 2, 6, 3]).reshape(1, 3, 4, 1),
         PAIR, np.array([0.5]), stride=2),
    case("a frame", SQUARE, np.array([1.0, 0.5, -2.0, 4.0, 3.0, 0.25]).reshape(2, 3, 1, 1),
         np.array([0.5]), pad=1),
    case("image and kernel with unequal sides", halves(1, 2, 4, 6, 2), halves(2, 2, 3, 2, 3),
         np.array([0.5, -1.0, 2.0])),
    case("the same, stride three", halves(1, 2, 4, 6, 2), halves(2, 2, 3, 2, 3),
         np.array([0.5, -1.0, 2.0]), stride=3),
    case("the same, a frame and stride two", halves(1, 2, 4, 6, 2), halves(2, 2, 3, 2, 3),
         np.array([0.5, -1.0, 2.0]), stride=2, pad=1),
    case("whole numbers, fractions as biases", np.array([3, 1, 4, 1]).reshape(1, 1, 4, 1),
         np.array([2, -1]).reshape(1, 2, 1, 1), np.array([0.5])),
]  # fmt: skip

HIDDEN = [
    case("one pixel", np.array([3.0]).reshape(1, 1, 1, 1), np.array([-2.0]).reshape(1, 1, 1, 1),
         np.array([0.5])),
    case("one pixel, a kernel that fits thanks to the frame",
         np.array([3.0]).reshape(1, 1, 1, 1), halves(3, 3, 3, 1, 2), np.array([0.5, 1.0]), pad=1),
    case("a kernel of one pixel mixes the channels", halves(4, 2, 2, 3, 4), halves(5, 1, 1, 4, 2),
         np.array([0.5, -1.0])),
    case("a kernel as large as the image", halves(6, 2, 3, 4, 2), halves(7, 3, 4, 2, 2),
         np.array([0.0, 1.0])),
    case("a kernel of one row", halves(8, 1, 4, 4, 2), halves(9, 1, 3, 2, 2), np.zeros(2)),
    case("a kernel of one column", halves(8, 1, 4, 4, 2), halves(9, 3, 1, 2, 2), np.zeros(2)),
    case("a tall image", halves(10, 1, 6, 2, 1), halves(11, 3, 2, 1, 2), np.array([1.0, 2.0]),
         stride=2),
    case("a wide image", halves(10, 1, 2, 6, 1), halves(11, 2, 3, 1, 2), np.array([1.0, 2.0]),
         stride=2),
    case("everything the same length", halves(12, 3, 3, 3, 3), halves(13, 3, 3, 3, 3),
         np.array([1.0, -2.0, 0.5]), pad=1),
    case("as many filters as channels", halves(14, 1, 3, 4, 2), halves(15, 2, 2, 2, 2),
         np.array([1.0, -2.0])),
    case("a frame wider than the kernel", halves(16, 1, 2, 3, 1), halves(17, 2, 2, 1, 1),
         np.array([0.5]), pad=3),
    case("a frame and nothing left over", halves(18, 1, 5, 7, 1), halves(19, 3, 3, 1, 1),
         np.array([0.5]), stride=2, pad=1),
    case("a stride wider than the kernel", halves(20, 1, 7, 5, 1), halves(21, 2, 2, 1, 2),
         np.array([0.5, 1.5]), stride=3),
    case("a stride wider than the image", halves(22, 1, 3, 4, 1), halves(23, 2, 2, 1, 1),
         np.array([0.5]), stride=9),
    case("a stride wider than the image is tall", halves(39, 1, 2, 10, 1), halves(40, 1, 2, 1, 1),
         np.array([0.5]), stride=4),
    case("a last window that does not fit", halves(24, 1, 6, 5, 1), halves(25, 3, 2, 1, 1),
         np.array([0.5]), stride=2),
    case("stride one, said", LINE, PAIR, np.array([1.0]), stride=1, pad=0),
    case("all zeros", np.zeros((2, 3, 4, 1)), np.zeros((2, 2, 1, 3)), np.zeros(3)),
    case("zeros, but biases", np.zeros((1, 3, 3, 2)), np.zeros((2, 2, 2, 2)),
         np.array([-1.0, 2.0])),
    case("a dark image", -np.abs(halves(26, 1, 3, 4, 1)), np.abs(halves(27, 2, 2, 1, 2)),
         np.array([0.5, 1.0]), pad=1),
    case("large numbers", 1e6 * halves(28, 1, 3, 4, 2), 1e5 * halves(29, 2, 3, 2, 2),
         np.array([1e10, -1e9]), pad=1),
    case("small numbers", 1e-3 * halves(41, 1, 3, 4, 2), 1e-2 * halves(42, 2, 3, 2, 2),
         np.array([1e-5, -2e-6])),
    case("more of everything", halves(43, 4, 11, 10, 6), halves(44, 5, 6, 6, 5),
         np.array([1.0, -0.5, 2.0, 0.0, -3.0]), pad=1),
    case("whole numbers", np.array([3, 1, 4, 1, 5, 9]).reshape(1, 2, 3, 1),
         np.array([2, 7, 1, 8]).reshape(2, 2, 1, 1), np.array([3]), pad=1),
    case("whole numbers with large products",
         np.array([70000, 50000, 3, -40000]).reshape(1, 2, 2, 1),
         np.array([60000, 50000, -2, 1]).reshape(2, 2, 1, 1), np.array([7])),
    case("whole-number images, fractions as weights",
         np.array([3, 1, 4, 1, 5, 9]).reshape(1, 2, 3, 1), halves(30, 2, 2, 1, 1) + 0.25,
         np.array([2]), pad=1),
    case("bytes, as image files hold them",
         np.array([[255, 0, 128], [1, 200, 254]], dtype=np.uint8).reshape(1, 2, 3, 1),
         halves(31, 2, 2, 1, 2), np.array([0.5, 1.0]), pad=1),
    case("float32", positive(32, 2, 4, 3, 2), positive(33, 2, 2, 2, 2), positive(34, 2), stride=2,
         pad=1),
    case("arrays that are views", strided(halves(35, 2, 3, 4, 2)), strided(halves(36, 2, 2, 2, 2)),
         strided(np.array([1.0, -0.5])), pad=1),
    case("columns stored one after the other", np.asfortranarray(halves(37, 2, 3, 4, 2)),
         np.asfortranarray(halves(38, 2, 3, 2, 2)), np.array([1.0, -0.5]), stride=2, pad=1),
]  # fmt: skip


def draw(rng):
    """Images and kernels of any shape, with any stride and frame; a remainder in most."""
    for _ in range(6):
        kh, kw = rng.permutation([1, 2, 3, 4])[:2]
        stride, pad = (int(n) for n in rng.integers((1, 0), (4, 3)))
        H, W = (kh + 4, kw + 2) if rng.random() < 0.5 else (kh + 1, kw + 4)
        m, C, F = rng.permutation([1, 2, 3])
        X, kernels = rng.normal(size=(m, H, W, C)), rng.normal(size=(kh, kw, C, F))
        yield case("random images and kernels", X, kernels, rng.normal(size=F),
                   stride=stride, pad=pad)  # fmt: skip
    for _ in range(2):  # two of one shape, for an answer that remembers
        X, kernels = rng.normal(size=(2, 4, 4, 2)), rng.normal(size=(2, 2, 2, 2))
        yield case("random square images", X, kernels, rng.normal(size=2))
    X, kernels = rng.integers(-9, 10, size=(1, 4, 5, 2)), rng.integers(-5, 6, size=(3, 2, 2, 2))
    yield case("random whole numbers", X, kernels, rng.integers(-5, 6, size=2), pad=1)
