"""Exercise `output_size`: how many windows fit along one side."""

import numpy as np

from utils.checking import Count, Exercise, case
from utils.reference import cnn as reference


def draw(rng):
    """Sides, windows, frames and strides of any size; at least one window fits."""
    for name, most in (("small sizes", 6), ("large sizes", 40)):
        for _ in range(6):
            kernel, stride = (int(k) for k in rng.integers(1, most, size=2))
            pad = int(rng.integers(0, 4))
            n = max(1, kernel - 2 * pad) + int(rng.integers(0, 3 * most))
            yield case(f"random {name}", n, kernel, pad, stride)


output_size = Exercise(
    id="output_size",
    title="How many windows fit",
    points=None,
    reference=reference.output_size,
    returns=Count(),
    begin=(
        "Begin without padding and with stride 1. A window of 3 on a side of 5: at which pixels "
        "can it start? Count them."
    ),
    hints=(
        "The window starts at the first pixel and moves until it touches the end. How many pixels "
        "are left to move over? How many moves is that? The first place needs no move.",
        "With the frame the side is longer, at both ends. Take the kernel away: so far the window "
        "can move. Divide by the stride, without the remainder, and count the first place too.",
        "(... - kernel) // stride + 1. How long is the side with its frame?",
    ),
    cases=[
        case("one window", 3, 3, 0, 1),
        case("stride one", 5, 3, 0, 1),
        case("a frame", 5, 3, 1, 1),
        case("stride two, nothing left over", 7, 3, 0, 2),
        case("stride two, one pixel left over", 6, 3, 0, 2),
        case("stride three, one pixel left over", 10, 3, 0, 3),
        case("stride three, two pixels left over", 11, 3, 0, 3),
        case("a frame and a stride", 28, 5, 2, 2),
    ],
    hidden=[
        case("one pixel", 1, 1, 0, 1),
        case("one pixel, a wide stride", 1, 1, 0, 7),
        case("a window of one pixel", 9, 1, 0, 1),
        case("a window of one pixel, stride two", 9, 1, 0, 2),
        case("a window wider than the image, thanks to the frame", 1, 5, 2, 1),
        case("a frame wider than the image", 2, 3, 6, 1),
        case("a stride wider than the image", 5, 2, 0, 9),
        case("a stride wider than the image, not than its frame", 3, 2, 2, 4),
        case("a stride wider than the window", 10, 2, 0, 4),
        case("an even window", 8, 4, 1, 1),
        case("an even window, stride two", 7, 4, 1, 2),
        case("a half comes out", 8, 3, 0, 2),
        case("another half", 10, 3, 0, 2),
        case("two thirds come out", 7, 2, 0, 3),
        case("one third comes out", 6, 2, 0, 3),
        case("stride as large as the way", 8, 3, 0, 5),
        case("a window as wide as the image, with a frame", 7, 7, 1, 1),
        case("more windows than a byte can count", 300, 3, 0, 1),
        case("a photograph", 400, 11, 5, 4),
    ],
    draw=draw,
)


@output_size.mistake(
    "It is one too few: the first window needs no move, and counts too. How many windows fit when "
    "kernel and side are equally long?"
)
def first_window_forgotten(n, kernel, pad, stride):
    return (n + 2 * pad - kernel) // stride


@output_size.mistake(
    "The last window is counted although it reaches over the edge. Only whole windows count: is "
    "the quotient rounded up or down?"
)
def rounded_up(n, kernel, pad, stride):
    return int(np.ceil((n + 2 * pad - kernel) / stride)) + 1


@output_size.also("rounded_up")
def rounded_up_by_whole_numbers(n, kernel, pad, stride):
    return -(-(n + 2 * pad - kernel) // stride) + 1


@output_size.mistake(
    "The quotient is rounded to the nearest whole number. Does a window count that fits only in "
    "part?"
)
def rounded(n, kernel, pad, stride):
    return round((n + 2 * pad - kernel) / stride) + 1


@output_size.mistake("The frame is counted once. At how many ends of the side does it stand?")
def frame_at_one_end(n, kernel, pad, stride):
    return (n + pad - kernel) // stride + 1


@output_size.mistake("The frame does not come into it. How long is the side with its frame?")
def frame_forgotten(n, kernel, pad, stride):
    return (n - kernel) // stride + 1


@output_size.mistake(
    "Yours counts as if the stride were 1. By how many pixels does the window move?"
)
def stride_forgotten(n, kernel, pad, stride):
    return n + 2 * pad - kernel + 1


@output_size.mistake("The kernel does not come into it. Can a window start at the very last pixel?")
def kernel_forgotten(n, kernel, pad, stride):
    return (n + 2 * pad) // stride


@output_size.also("kernel_forgotten")
def kernel_forgotten_one_added(n, kernel, pad, stride):
    return (n + 2 * pad) // stride + 1


@output_size.also("kernel_forgotten")
def frame_and_kernel_forgotten(n, kernel, pad, stride):
    return int(np.ceil(n / stride))


@output_size.mistake(
    "The 1 is inside the division. The first window needs no move, so it is not divided by the "
    "stride."
)
def one_divided_too(n, kernel, pad, stride):
    return (n + 2 * pad - kernel + 1) // stride


@output_size.mistake(
    "`//` goes before `-`, so only the kernel is divided by the stride. What should be? Where do "
    "brackets help?"
)
def brackets_forgotten(n, kernel, pad, stride):
    return n + 2 * pad - kernel // stride + 1


@output_size.mistake("A window that ends exactly at the edge is left out. Does it fit or not?")
def touching_left_out(n, kernel, pad, stride):
    count, start = 0, 0
    while start + kernel < n + 2 * pad:
        count += 1
        start += stride
    return count


@output_size.mistake("A float comes back, and windows are counted. Which division gives an int?")
def float_returned(n, kernel, pad, stride):
    return (n + 2 * pad - kernel) / stride + 1


@output_size.also("float_returned")
def floor_returned(n, kernel, pad, stride):
    return np.floor((n + 2 * pad - kernel) / stride) + 1


@output_size.mistake("The frame makes the side shorter. Does it add pixels or take them away?")
def frame_subtracted(n, kernel, pad, stride):
    return (n - 2 * pad - kernel) // stride + 1


@output_size.mistake(
    "Two windows side by side may overlap. Does the next one start after the kernel, or after the "
    "stride?"
)
def kernel_for_stride(n, kernel, pad, stride):
    return (n + 2 * pad) // kernel


@output_size.also("kernel_for_stride")
def divided_by_the_kernel(n, kernel, pad, stride):
    return (n + 2 * pad - kernel) // kernel + 1


@output_size.mistake("Kernel and stride are in each other's place. Which one is taken away?")
def kernel_and_stride_swapped(n, kernel, pad, stride):
    return (n + 2 * pad - stride) // kernel + 1


@output_size.alternative
def counted(n, kernel, pad, stride):
    count = 0
    start = 0
    while start + kernel <= n + 2 * pad:
        count += 1
        start += stride
    return count


@output_size.alternative
def length_of_a_range(n, kernel, pad, stride):
    return len(range(0, n + 2 * pad - kernel + 1, stride))


@output_size.alternative
def by_recursion(n, kernel, pad, stride):
    if n + 2 * pad < kernel:
        return 0
    return 1 + by_recursion(n - stride, kernel, pad, stride)


@output_size.alternative
def cut_off(n, kernel, pad, stride):
    return int((n + 2 * pad - kernel) / stride + 1)


@output_size.alternative
def rounded_up_instead(n, kernel, pad, stride):
    return int(np.ceil((n + 2 * pad - kernel + 1) / stride))


@output_size.alternative
def by_numpy(n, kernel, pad, stride):
    starts = np.arange(-pad, n + pad - kernel + 1, stride)
    return starts.size


@output_size.alternative
def windows_made(n, kernel, pad, stride):
    side = np.zeros(n + 2 * pad)
    return np.lib.stride_tricks.sliding_window_view(side, kernel)[::stride].shape[0]


@output_size.alternative
def by_quotient_and_remainder(n, kernel, pad, stride):
    moves, _left = divmod(n - kernel + pad + pad, stride)
    return np.int64(moves + 1)
