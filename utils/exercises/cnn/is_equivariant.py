"""Exercise `is_equivariant`: does the output move with the image."""

import numpy as np

from utils.checking import Exercise, Number
from utils.checking.results import Fault
from utils.exercises.cnn import is_equivariant_cases as tried_on
from utils.exercises.cnn.is_equivariant_otherwise import ALTERNATIVES
from utils.reference import cnn as reference


class Verdict:
    """True or False; a wrong one is said in words."""

    def fault(self, value, expected, given):
        """What is wrong with the answer."""
        fault = Number(dtype="bool").fault(value, expected, given)
        if fault is None or fault.stage != "value":
            return fault
        moves = "moves" if expected else "does not move"
        return Fault("value", fault.id, f"This layer {moves} with the image.", fault.detail)


is_equivariant = Exercise(
    id="is_equivariant",
    title="Does the output move with the image",
    points=None,
    reference=reference.is_equivariant,
    returns=Verdict(),
    begin=(
        "Begin with a function of your own that moves images by some rows and columns and lets "
        "zeros in. Which two things do you compare with its help?"
    ),
    hints=(
        "There are two ways: move the image, then apply f; or apply f, then move the result. When "
        "both give the same, f does not mind where things are.",
        "Write moved(A): the images A, moved, on a background of zeros. Compare f(moved(X)) with "
        "moved(f(X)), without the outermost max(|shift|) + 4 pixels on each side, by np.allclose.",
        "border = max(abs(...), abs(...)) + 4; pad A with border zeros on every side, and cut H "
        "rows out of it from border - shift[0] on, and columns likewise. Then compare "
        "[:, border:-border, border:-border] of both.",
    ),
    cases=tried_on.VISIBLE,
    hidden=tried_on.HIDDEN,
    draw=tried_on.draw,
    equivalent={
        "max(abs(down), abs(right)) -> max(abs(right), abs(down))": "the larger of two is one",
        "bool(np.allclose(one, other, rtol=1e-05)) -> np.allclose(one, other, rtol=1e-05)":
            "a bool already",
        "np.allclose(one, other, rtol=1e-05) -> np.allclose(other, one, rtol=1e-05)":
            "what is close to the one is close to the other, but for rounding",
        "np.allclose(one, other, rtol=1e-05) -> np.allclose(one, other)":
            "it is NumPy's own tolerance",
        "1e-05 -> 2e-05": "layers differ by a millionth or less, or by five times the tolerance, "
            "so that any way to compare at it is right",
    },
    alternatives=ALTERNATIVES,
)  # fmt: skip


@is_equivariant.mistake(
    "The image and the result are moved in opposite directions. If f(X) has a bright spot, where "
    "should that of the moved image be?"
)
def opposite_directions(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one = f(np.roll(X, shift, axis=(1, 2)))
    other = np.roll(f(X), (-shift[0], -shift[1]), axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "On one of the two sides rows and columns have changed places. In which order does shift hold "
    "them?"
)
def axes_swapped_on_one_side(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one = f(np.roll(X, shift, axis=(1, 2)))
    other = np.roll(f(X), shift, axis=(2, 1))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "Rows and columns have changed places on both sides: what should move down moves to the right. "
    "In which order does shift hold them, and which axis of X counts the rows?"
)
def axes_swapped(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one = f(np.roll(X, shift, axis=(2, 1)))
    other = np.roll(f(X), shift, axis=(2, 1))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "The first axis is moved, and it counts the images. Which axes of (m, H, W, C) are the rows "
    "and the columns?"
)
def images_for_rows(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(0, 1))), np.roll(f(X), shift, axis=(0, 1))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "np.roll without an axis moves the pixels along one long row of all axes, channels and images "
    "too. Which axes of (m, H, W, C) should move, and by which number each?"
)
def rolled_without_axes(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift)), np.roll(f(X), shift)
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.also("rolled_without_axes")
def rolled_without_axes_or_border(f, X, shift):
    return bool(np.allclose(f(np.roll(X, shift)), np.roll(f(X), shift), rtol=1e-5))


@is_equivariant.mistake(
    "f of the moved image is compared with f(X) as it is. That asks whether moving changes nothing "
    "at all: which of the two has to be moved as well?"
)
def result_not_moved(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    inside = slice(border, -border)
    one, other = f(np.roll(X, shift, axis=(1, 2))), f(X)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "f is applied on one side only, so this asks whether f changes the image. Both sides need f: "
    "what differs is whether it comes before the move or after it."
)
def f_on_one_side(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    inside = slice(border, -border)
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(X, shift, axis=(1, 2))
    if one.shape != other.shape:
        return False
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "It says True for every layer. A layer that treats each place in its own way is none that "
    "moves with the image: which two results would show it?"
)
def always_true(f, X, shift):
    return True


@is_equivariant.also("always_true")
def both_sides_the_same(f, X, shift):
    moved = np.roll(X, shift, axis=(1, 2))
    return bool(np.allclose(f(moved), f(moved)))


@is_equivariant.mistake("It says False for every layer. What does a ReLU do to a moved image?")
def always_false(f, X, shift):
    return False


@is_equivariant.mistake("It says True where it should say False, and the other way round.")
def inverted(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return not np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5)


@is_equivariant.mistake(
    "The two are compared to the last digit, and rounding makes them differ. Which function of "
    "NumPy's compares with a tolerance?"
)
def to_the_last_digit(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.array_equal(one[:, inside, inside], other[:, inside, inside]))


@is_equivariant.mistake(
    "The tolerance does not depend on how large the numbers are. Beside a million, is a difference "
    "of a thousandth more than rounding, and beside a thousandth?"
)
def absolute_tolerance(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.all(np.abs(one - other)[:, inside, inside] < 1e-5))


@is_equivariant.mistake(
    "The tolerance is so wide that real differences pass. It should be 1e-5, relative to the "
    "numbers compared."
)
def tolerance_too_wide(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-2))


@is_equivariant.also("tolerance_too_wide")
def wide_in_absolute_terms(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], atol=1e-3))


@is_equivariant.also("tolerance_too_wide")
def ten_times_too_wide(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-4))


@is_equivariant.mistake(
    "The border is compared too. There the zeros that moved in make a difference, even for a "
    "convolution: how many pixels should be left out on each of the four sides?"
)
def border_compared(f, X, shift):
    def moved(A):
        out = np.zeros(A.shape)
        (d, r), (H, W) = shift, A.shape[1:3]
        below, right = slice(max(d, 0), H + min(d, 0)), slice(max(r, 0), W + min(r, 0))
        above, left = slice(max(-d, 0), H + min(-d, 0)), slice(max(-r, 0), W + min(-r, 0))
        out[:, below, right] = A[:, above, left]
        return out

    return bool(np.allclose(f(moved(X)), moved(f(X)), rtol=1e-5))


@is_equivariant.also("border_compared")
def wrapped_and_border_compared(f, X, shift):
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    return bool(np.allclose(one, other, rtol=1e-5))


@is_equivariant.also("border_compared")
def columns_not_cut(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    return bool(np.allclose(one[:, border:-border], other[:, border:-border], rtol=1e-5))


@is_equivariant.mistake(
    "The border that is left out is too narrow. It should be 4 pixels more than the image has "
    "moved, since a wide kernel sees that far."
)
def border_too_narrow(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 1
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.also("border_too_narrow")
def border_of_the_smaller_shift(f, X, shift):
    border = min(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "The border that is left out is too wide. It should be the larger of the two shifts and 4 "
    "pixels more, or something may differ there and you do not see it."
)
def border_too_wide(f, X, shift):
    border = abs(shift[0]) + abs(shift[1]) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "For a shift upwards or to the left the border is too narrow. How many pixels does the image "
    "move when shift holds -3?"
)
def border_of_a_negative_shift(f, X, shift):
    border = max(shift) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "Only one of the images, or one of the channels, is compared. What if another one differs?"
)
def first_image_only(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[0, inside, inside], other[0, inside, inside], rtol=1e-5))


@is_equivariant.also("first_image_only")
def first_channel_only(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside, 0], other[:, inside, inside, 0], rtol=1e-5))


@is_equivariant.mistake(
    "One pixel in common is enough for yours. All of them have to agree: any or all?"
)
def any_for_all(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.any(np.isclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5)))


@is_equivariant.mistake(
    "A single pixel that differs is not noticed, as when sums or means are compared, or only some "
    "of the pixels. All of them have to agree."
)
def means_compared(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    one, other = one[:, inside, inside], other[:, inside, inside]
    return bool(np.isclose(np.mean(one), np.mean(other), rtol=1e-5))


@is_equivariant.mistake(
    "It returns an array, with an answer for each pixel. One answer for all of them is asked for: "
    "what joins them?"
)
def pixel_by_pixel(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return np.isclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5)


@is_equivariant.mistake(
    "It is moved along one axis only. shift holds two numbers: which axis does each of them move?"
)
def rows_only(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift[0], axis=1)), np.roll(f(X), shift[0], axis=1)
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.also("rows_only")
def columns_only(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift[1], axis=2)), np.roll(f(X), shift[1], axis=2)
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "A shift of 0 or below 0 goes wrong: the slices do not fit then. What does [:-0] select, and "
    "where do the pixels go when shift holds -3?"
)
def slices_that_do_not_fit(f, X, shift):
    def moved(A):
        out = np.zeros(A.shape)
        out[:, shift[0] :, shift[1] :] = A[:, : -shift[0], : -shift[1]]
        return out

    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(moved(X)), moved(f(X))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside], other[:, inside, inside], rtol=1e-5))


@is_equivariant.mistake(
    "It makes room for the moved f(X) with the shape or the dtype of X. f may give another number "
    "of channels, and floats for whole numbers: of what should the zeros take their form?"
)
def room_like_the_image(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4

    def moved(A):
        out = np.zeros_like(X)
        out[:, border:-border, border:-border] = np.roll(A, shift, axis=(1, 2))[
            :, border:-border, border:-border
        ]
        return out

    return bool(np.allclose(f(moved(X)), moved(f(X)), rtol=1e-5))


@is_equivariant.mistake(
    "The border is cut by each axis' own shift. It is as wide as the larger of the two asks for, "
    "on all four sides."
)
def border_for_each_axis(f, X, shift):
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    rows = slice(abs(shift[0]) + 4, -abs(shift[0]) - 4)
    columns = slice(abs(shift[1]) + 4, -abs(shift[1]) - 4)
    return bool(np.allclose(one[:, rows, columns], other[:, rows, columns], rtol=1e-5))


@is_equivariant.also("first_image_only")
def last_channel_only(f, X, shift):
    border = max(abs(shift[0]), abs(shift[1])) + 4
    one, other = f(np.roll(X, shift, axis=(1, 2))), np.roll(f(X), shift, axis=(1, 2))
    inside = slice(border, -border)
    return bool(np.allclose(one[:, inside, inside, -1], other[:, inside, inside, -1], rtol=1e-5))
