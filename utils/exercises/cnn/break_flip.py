"""Exercise `break_flip`: an image and a kernel that show whether the kernel was turned."""

import math
from fractions import Fraction

import numpy as np

from utils.checking import Exercise, Rejected, numbers
from utils.checking.breaking import parts
from utils.checking.port import LocalPort
from utils.checking.show import show
from utils.reference import cnn as reference

RTOL = 1e-6  # of the two results
ROUNDING = 1e-12  # of all that is added up in one window


def conv_turned(X, kernel):
    """Looks like `conv2d` for one image of one channel. It turns the kernel by half a turn."""
    rows, columns = X.shape[0] - 2, X.shape[1] - 2
    turned = kernel[::-1, ::-1]
    out = np.zeros((rows, columns))
    for p in range(3):
        for q in range(3):
            out += turned[p, q] * X[p : p + rows, q : q + columns]
    return out


def conv_straight(X, kernel):
    """What `conv2d` gives, for an image of any size in no time: the kernel turned twice."""
    return conv_turned(X, kernel[::-1, ::-1])


def contract(value):
    """An image in which the window fits, and a kernel whose rows are palindromes."""
    X, kernel = parts(value, ("X", "kernel"))
    X, kernel = numbers(X, "X", 2).astype(float), numbers(kernel, "kernel", 2).astype(float)
    if kernel.shape != (3, 3):
        says = "The kernel has three rows and three columns."
        raise Rejected("shape", "kernel", says, f"Its shape is {kernel.shape}.")
    if min(X.shape) < 3:
        says = "The kernel does not fit into the image. Three rows and columns are the least."
        raise Rejected("shape", "image", says, f"X has shape {X.shape}.")
    for i, row in enumerate(kernel):
        if not _is_palindrome(row):
            says = f"Row {i} of the kernel reads otherwise from the right than from the left."
            first, last = show(row[0], like=row[2]), show(row[2], like=row[0])
            raise Rejected(
                "value", "palindrome", says, f"It begins with {first}, ends with {last}."
            )
    with np.errstate(over="ignore"):
        sizes = conv_straight(np.abs(X), np.abs(kernel))
        fits = np.isfinite(sizes + conv_turned(np.abs(X), np.abs(kernel))).all()
    if not fits:
        says = "On numbers as large as these the sums overflow to infinity. Take smaller ones."
        raise Rejected("finite", "overflow", says)
    return X, kernel


def _is_palindrome(row):
    """But for rounding: 0.1 + 0.2 and 0.3 are shown alike."""
    return abs(row[0] - row[2]) <= ROUNDING * abs(row[0])


def _agree(X, kernel, straight, turned):
    """Where the two results are the same but for rounding."""
    sizes = conv_straight(np.abs(X), np.abs(kernel))
    sizes = np.maximum(sizes, conv_turned(np.abs(X), np.abs(kernel)))
    larger = np.maximum(np.abs(straight), np.abs(turned))
    return np.abs(straight - turned) <= RTOL * larger + ROUNDING * sizes


def accept(value):
    """Right when the two give another number at some place."""
    X, kernel = contract(value)
    straight = LocalPort(conv_straight).call(X, kernel).value
    turned = LocalPort(conv_turned).call(X, kernel).value
    agree = _agree(X, kernel, straight, turned)
    if agree.all():
        says = "On this input `conv2d` and `conv_turned` agree."
        raise Rejected("value", "agree", says, f"Both give {show(straight)}.")
    where = tuple(int(i) for i in np.argwhere(~agree)[0])
    right = show(straight[where], like=turned[where])
    return f"At {list(where)} conv2d gives {right}, conv_turned {show(turned[where])}."


def is_right(value):
    """Another way to tell: by exact fractions, and by what is left of the sum.

    With rows that are palindromes, half a turn is the first row of the kernel against its last.
    """
    X, kernel = (np.asarray(part).tolist() for part in value)
    if not all(math.isfinite(x) for row in [*X, *kernel] for x in row):
        return False
    columns = len(X[0])
    if [len(row) for row in kernel] != [3, 3, 3] or len(X) < 3 or columns < 3:
        return False
    if any(len(row) != columns for row in X) or not all(map(_is_palindrome, kernel)):
        return False
    X, (top, middle, bottom) = _exact(X), _exact(kernel)
    unlike = [t - b for t, b in zip(top, bottom, strict=True)]
    for i in range(len(X) - 2):
        for j in range(columns - 2):
            first, second, third = (row[j : j + 3] for row in X[i : i + 3])
            straight = _dot(top, first) + _dot(middle, second) + _dot(bottom, third)
            change = _dot(unlike, first) - _dot(unlike, third)
            larger = max(abs(straight), abs(straight - change))
            sizes = sum(abs(w) for w in [*top, *middle, *bottom]) * max(map(abs, _flat(X)))
            if abs(change) > Fraction(RTOL) * larger + Fraction(ROUNDING) * sizes:
                return True
    return False


def _flat(rows):
    return [x for row in rows for x in row]


def _exact(rows):
    return [[Fraction(x) for x in row] for row in rows]


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


break_flip = Exercise(
    id="break_flip",
    title="Break the convolution that turns its kernel",
    points=2,
    reference=reference.break_flip,
    accept=accept,
    oracle=is_right,
    given=(conv_turned,),
    asks="a tuple (X, kernel): a 2-D image, and a 3 by 3 kernel whose rows are palindromes",
    begin=(
        "Begin with any kernel whose rows read the same forwards and backwards. Write it down, and "
        "beside it what half a turn makes of it: which entries have changed?"
    ),
    hints=(
        "Half a turn puts the last row first and reverses each row. The second does nothing to "
        "rows that are palindromes. What is left?",
        "Take a kernel whose first row differs from its last, and an image that is not the same "
        "upside down.",
        "An image with a single 1 picks single entries out of the kernel. Where must the 1 stand "
        "in a 3 by 3 image, so that conv2d gives an entry of the first row?",
    ),
)


def _fitting(value):
    """The image and the kernel; TypeError when the value is outside the contract."""
    try:
        return contract(value)
    except Rejected:
        raise TypeError from None


def _shapes(value):
    return [np.shape(part) for part in value]


def _same_after_the_turn(value):
    X, kernel = _fitting(value)
    return np.any(kernel) and np.any(X) and np.array_equal(kernel[0], kernel[2])


def _same_windows(value):
    """Whether the image's rows i and i + 2 look the same to any kernel of palindromes."""
    X, _ = _fitting(value)
    pairs = np.stack([X[:, :-2] + X[:, 2:], X[:, 1:-1]])
    return np.ptp(X) > 0 and np.array_equal(pairs[:, :-2], pairs[:, 2:])


def _differs(value):
    X, kernel = _fitting(value)
    return not np.array_equal(conv_straight(X, kernel), conv_turned(X, kernel))


@break_flip.mistake(
    "The first row of this kernel equals its last, so half a turn leaves the kernel as it is. "
    "Which entries must differ for a turn to show?",
    when=_same_after_the_turn,
)
def same_after_the_turn():
    return np.eye(4), [[0, 1, 0], [1, -4, 1], [0, 1, 0]]


@break_flip.mistake(
    "Not every row of this kernel reads the same from both sides. With such a kernel the turn "
    "would show at once; here it should be harder. What may the three rows look like?",
    fault="palindrome",
)
def rows_not_palindromes():
    return np.eye(4), [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


@break_flip.mistake(
    "The image is the same everywhere, so it does not matter where a weight lies. What should the "
    "window see instead?",
    when=lambda value: np.ptp(_fitting(value)[0]) == 0 and np.any(_fitting(value)[0]),
)
def flat_image():
    return np.ones((4, 4)), [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]


@break_flip.mistake(
    "The image is all zeros, so no weight matters. What would let you see the weights?",
    when=lambda value: not np.any(_fitting(value)[0]),
)
def black_image():
    return np.zeros((3, 3)), [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]


@break_flip.mistake(
    "The kernel is all zeros, and that looks the same however it is turned.",
    when=lambda value: not np.any(_fitting(value)[1]),
)
def no_kernel():
    return np.eye(4), np.zeros((3, 3))


@break_flip.mistake(
    "The kernel is fine. But in every window the first and the last row of the image look the same "
    "to it: it adds up the two outer pixels, so a mirror image counts as the same. Which image "
    "tells top from bottom?",
    when=_same_windows,
)
def vertical_stripes():
    return [[0, 1, 0, 1]] * 4, [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]


@break_flip.mistake(
    "The two results differ, but only by what could be rounding. Take numbers of ordinary size.",
    when=_differs,
)
def hardly_any_difference():
    return [[0, 0, 0], [0, 1e9, 0], [0, 1, 0]], [[0, 0, 0], [0, 1, 0], [0, 1, 0]]


@break_flip.mistake(
    "Kernel and image could each show the turn, but on this pair the sums agree. Change some "
    "pixels of the image.",
    when=lambda value: not _differs(value),
)
def sums_agree():
    return [[0, 3, 0], [0, 0, 0], [1, 0, 0]], [[1, 2, 1], [0, 0, 0], [7, 4, 7]]


@break_flip.mistake(
    "The image has fewer than three rows or columns, so the kernel fits nowhere. Take "
    "a larger one.",
    when=lambda value: (
        len(_shapes(value)[0]) == 2 and min(_shapes(value)[0]) < 3 and _shapes(value)[1] == (3, 3)
    ),
)
def image_too_small():
    return [[0, 1], [2, 3]], [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]


@break_flip.mistake(
    "The kernel comes first. The order is (X, kernel), the image first.",
    when=lambda value: _shapes(value)[0] == (3, 3) and _shapes(value)[1][0] > 3,
)
def kernel_first():
    return [[1, 2, 1], [0, 0, 0], [-1, -2, -1]], np.eye(4)


@break_flip.mistake(
    "These are more than two dimensions, as `conv2d` has them. Here rows and columns are enough: a "
    "2-D image, and a 3 by 3 kernel.",
    when=lambda value: any(len(shape) in (3, 4) for shape in _shapes(value)),
)
def four_dimensions():
    return np.arange(16.0).reshape(1, 4, 4, 1), np.arange(9.0).reshape(3, 3, 1, 1)


@break_flip.mistake(
    "The kernel has another size than 3 by 3. How many rows does it have, and how many columns?",
    fault="kernel",
)
def kernel_of_another_size():
    return np.eye(5), [[1, 1], [-1, -1]]


@break_flip.mistake(
    "There is another number of parts. The answer is a tuple of two: (X, kernel).",
    when=lambda value: isinstance(value, (tuple, list)) and len(value) != 2,
)
def with_a_bias():
    return np.eye(4), [[1, 2, 1], [0, 0, 0], [-1, -2, -1]], 0.5


@break_flip.alternative
def horizontal_edges():
    return [[0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1]], [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]


@break_flip.alternative
def whole_number_image():
    return [np.arange(20).reshape(4, 5), ((1, 0, 1), (0, 5, 0), (2, 3, 2))]


@break_flip.alternative
def one_window():
    return ((0.5, -1.0, 2.0), (0.0, 0.0, 0.0), (3.0, 1.5, 1.0)), [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


@break_flip.alternative
def small_unsigned_pixels():
    kernel = np.array([[200, 100, 200], [1, 1, 1], [0, 0, 0]], dtype=np.uint8)
    return np.array([[250, 3, 9], [1, 200, 7], [0, 90, 30]], dtype=np.uint8), kernel


@break_flip.alternative
def a_larger_image():
    y, x = np.mgrid[0:60, 0:45]
    return np.sin(0.3 * y) + np.cos(0.2 * x), np.outer([1.0, 0.0, -2.0], [0.25, 0.5, 0.25])


@break_flip.alternative
def very_small_numbers():
    return 1e-20 * np.arange(9.0).reshape(3, 3), [[1e-9, 0, 1e-9], [0, 0, 0], [0, 1e-9, 0]]


@break_flip.alternative
def palindromes_but_for_rounding():
    return np.eye(4), [[0.1 + 0.2, 1, 0.3], [0, 0, 0], [0.5, 0.5, 0.5]]


@break_flip.alternative
def image_of_the_same_form():
    return [[1, 2, 1], [0, 3, 0], [5, 4, 5]], [[0, 0, 0], [0, 0, 0], [0, 1, 0]]
