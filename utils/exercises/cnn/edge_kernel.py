"""Exercise `edge_kernel`: a kernel that sees vertical edges and nothing else."""

import math
from fractions import Fraction

import numpy as np

from utils.checking import Exercise, Rejected, numbers
from utils.checking.plain import Opaque, describe
from utils.checking.show import show
from utils.reference import cnn as reference

QUIET = Fraction(1, 10**9)
LOUD = 1 - QUIET  # a response of 1 but for rounding will do
SIDE = 7  # of the images that the kernel is slid over


def slid_over(kernel, image):
    """Every response of the kernel, exactly: at each place the weights times the pixels."""
    weights = [[Fraction(w) for w in row] for row in kernel.tolist()]
    places = range(SIDE - 2)
    return [
        sum(weights[p][q] for p in range(3) for q in range(3) if image[i + p, j + q])
        for i in places
        for j in places
    ]


def loudest(kernel, images):
    """The response that is farthest from 0."""
    return max((r for image in images for r in slid_over(kernel, image)), key=abs)


def _steps():
    """Images that are dark above and bright below, at every row."""
    rows = np.arange(SIDE)[:, None]
    return [np.broadcast_to(rows >= i, (SIDE, SIDE)).astype(int) for i in range(1, SIDE)]


FLAT = [np.zeros((SIDE, SIDE), dtype=int), np.ones((SIDE, SIDE), dtype=int)]
HORIZONTAL = [image for step in _steps() for image in (step, 1 - step)]
VERTICAL = [step.T for step in _steps()]


def contract(value):
    """The kernel, three by three finite numbers."""
    if isinstance(value, (Opaque, str, dict, frozenset)) or value is None:
        says = f"It is {describe(value)}. A (3, 3) array is asked for."
        raise Rejected("type", "kernel", says)
    kernel = numbers(value, "edge_kernel", max(_ndim(value), 2))
    if kernel.shape != (3, 3):
        says = "The kernel has three rows and three columns: shape (3, 3)."
        raise Rejected("shape", "kernel", says, f"Its shape is {kernel.shape}.")
    return kernel


def _ndim(value):
    """How many dimensions; 0 for what makes no array, about which `numbers` will complain."""
    try:
        return np.ndim(value)
    except ValueError:
        return 0


def accept(value):
    """Right when it is loud on a vertical edge, and quiet where there is none."""
    kernel = contract(value)
    flat, horizontal = loudest(kernel, FLAT), loudest(kernel, HORIZONTAL)
    vertical = loudest(kernel, VERTICAL)
    if abs(flat) > QUIET:
        says = "On a flat image, all pixels 1, it responds. It should be 0 there."
        raise Rejected("value", "flat", says, f"The response is {_number(flat)}.")
    if abs(horizontal) > QUIET:
        says = "On a horizontal edge it responds. It should be 0 there, wherever the edge is."
        raise Rejected("value", "horizontal", says, f"The response is {_number(horizontal)}.")
    if abs(vertical) < LOUD:
        says = "On a vertical edge from 0 to 1 no response reaches 1 or -1."
        raise Rejected("value", "faint", says, f"The largest is {_number(vertical)}.")
    return f"On a vertical edge it gives {_number(vertical)}, without one 0."


def _number(response):
    try:
        return show(float(response))
    except OverflowError:
        return "a very large number"


def is_right(value):
    """Another way to tell, by algebra: what is left of each sum when some pixels are 0."""
    kernel = np.asarray(value)
    if kernel.shape != (3, 3) or not np.isfinite(kernel).all():
        return False
    rows = [math.fsum(row) for row in kernel.tolist()]
    columns = [math.fsum(column) for column in kernel.T.tolist()]
    below = rows[2], rows[1] + rows[2], sum(rows), rows[0] + rows[1], rows[0]
    loud = max(abs(columns[2]), abs(columns[1] + columns[2]))
    return max(map(abs, below)) <= 1e-9 and loud >= 1 - 1e-9


edge_kernel = Exercise(
    id="edge_kernel",
    title="A kernel that sees vertical edges",
    points=2,
    reference=reference.edge_kernel,
    accept=accept,
    oracle=is_right,
    asks="a (3, 3) array: loud on vertical edges, 0 on flat images and on horizontal edges",
    begin=(
        "Begin with one row of the kernel and a row of pixels 0, 0, 1. Which three weights give 0 "
        "on 1, 1, 1 and something else here?"
    ),
    hints=(
        "Where all pixels under a row of the kernel are alike, that row should add nothing. What "
        "does this say about the sum of its three weights?",
        "A horizontal edge leaves some rows of the window dark and others bright, in every "
        "combination. So each row by itself must add up to 0. A vertical edge cuts each row.",
        "The row [-1, 0, ...] adds up to 0 if its last weight is the right one, and on 0, 0, 1 it "
        "gives just that weight. What do three such rows give together?",
    ),
)


def _array(value):
    """The value as a 3 by 3 array of finite numbers, or TypeError."""
    try:
        return contract(value).astype(float)
    except Rejected:
        raise TypeError from None


def _sees_horizontal(value):
    return np.abs(_array(value).sum(axis=1)).max() > 1e-9


def _sees_vertical(value):
    return np.abs(_array(value).sum(axis=0)).max() > 1e-9


def _is_balanced(value):
    return abs(_array(value).sum()) <= 1e-9


@edge_kernel.mistake(
    "The kernel is all zeros, and sees nothing at all. Which weights give 0 only where the pixels "
    "are alike?",
    when=lambda value: not np.any(_array(value)),
)
def all_zeros():
    return np.zeros((3, 3))


@edge_kernel.mistake(
    "It adds up what lies under it, so it is brightest where nothing changes. Weights of one sign "
    "can't cancel: which others do you need?",
    when=lambda value: (_array(value) >= 0).all() or (_array(value) <= 0).all(),
)
def an_average():
    return np.full((3, 3), 1 / 9)


@edge_kernel.mistake(
    "On a flat image it responds, since the nine weights do not add up to 0. What is left over?",
    when=lambda value: not _is_balanced(value),
)
def does_not_add_up_to_zero():
    return [[-1, 0, 1], [-2, 1, 2], [-1, 0, 1]]


@edge_kernel.mistake(
    "This kernel sees horizontal edges, and is 0 on vertical ones. Which way do its weights "
    "change, from left to right or from top to bottom?",
    when=lambda value: _sees_horizontal(value) and not _sees_vertical(value),
)
def lies_on_its_side():
    return [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]


@edge_kernel.mistake(
    "The nine weights add up to 0, but it sees edges of every direction. A horizontal edge makes "
    "whole rows dark: what does each row of the kernel add up to?",
    when=lambda value: _sees_horizontal(value) and _sees_vertical(value),
)
def sees_every_edge():
    return [[0, 1, 0], [1, -4, 1], [0, 1, 0]]


@edge_kernel.mistake(
    "Each row adds up to 0, which is right. But so does each column, so what one row finds at a "
    "vertical edge another takes away. What should the rows do together?",
    when=lambda value: not _sees_vertical(value) and not _sees_horizontal(value),
)
def rows_cancel():
    return [[-1, 0, 1], [0, 0, 0], [1, 0, -1]]


@edge_kernel.mistake(
    "It is quiet where it should be, and sees the edge, but too faintly: 1 or -1 has to be "
    "reached. What makes a response larger?",
    fault="faint",
)
def too_faint():
    return np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8


@edge_kernel.mistake(
    "These are more than two dimensions, as `conv2d` takes them. Here rows and columns are enough: "
    "(3, 3).",
    when=lambda value: np.ndim(value) > 2,
)
def four_dimensions():
    return np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).reshape(3, 3, 1, 1)


@edge_kernel.mistake(
    "This is one row of a kernel. Three rows of three weights are asked for.",
    when=lambda value: np.shape(value) in {(3,), (1, 3)},
)
def one_row():
    return [-1, 0, 1]


@edge_kernel.mistake(
    "The nine weights stand in one line. Three rows of three are asked for: what shape is that?",
    when=lambda value: np.shape(value) == (9,),
)
def one_line():
    return [-1, 0, 1, -2, 0, 2, -1, 0, 1]


@edge_kernel.mistake(
    "This is larger than 3 by 3. If it is an image with an edge in it: the kernel is asked for, "
    "which is slid over the image.",
    when=lambda value: np.ndim(value) == 2 and min(np.shape(value)) > 3,
)
def an_image():
    return [[0, 0, 1, 1]] * 4


@edge_kernel.mistake(
    "These are two things. The kernel alone is asked for: the images are ours.",
    when=lambda value: isinstance(value, (tuple, list)) and len(value) == 2 and _ndim(value) != 2,
)
def with_an_image():
    return np.eye(4), [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


@edge_kernel.alternative
def prewitt():
    return [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]


@edge_kernel.alternative
def the_other_sign():
    return np.array([[3, 0, -3], [10, 0, -10], [3, 0, -3]], dtype=np.int8)


@edge_kernel.alternative
def one_row_alone():
    return np.array([[0.0, 0.0, 0.0], [0.0, -1.0, 1.0], [0.0, 0.0, 0.0]])


@edge_kernel.alternative
def a_line_finder():
    return ((-1, 2, -1), (-1, 2, -1), (-1, 2, -1))


@edge_kernel.alternative
def just_loud_enough():
    return np.outer([1, 1, 1], [-1, 0, 1]) / 3


@edge_kernel.alternative
def tenths():
    return [[-0.3, 0.1, 0.2], [-0.6, 0.1, 0.5], [-0.4, 0.1, 0.3]]


@edge_kernel.alternative
def rows_that_differ():
    return np.array([[-5.0, 4.0, 1.0], [0.0, -2.0, 2.0], [7.0, 0.0, -7.0]], dtype=np.float32)


@edge_kernel.alternative
def enormous():
    return np.outer([1.0, 2.0, 1.0], [-1e300, 0.0, 1e300])
