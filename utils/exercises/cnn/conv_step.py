"""Exercise `conv_step`: one patch, one filter, one number."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.reference import cnn as reference


def draw(rng):
    """Patches of any shape, with any bias."""
    for _ in range(4):
        shape = rng.permutation([2, 3, 5])
        patch, kernel = rng.normal(size=(2, *shape))
        yield case("a random patch", patch, kernel, float(rng.normal()))
    patch, kernel = rng.normal(size=(2, 3, 3, 3))
    yield case("a random cube", patch, kernel, float(rng.normal()))
    patch, kernel = rng.integers(-9, 10, size=(2, 3, 2, 2))
    yield case("random whole numbers", patch, kernel, int(rng.integers(1, 9)))
    patch, kernel = rng.normal(size=(2, 8, 7, 6))
    yield case("a random larger patch", patch, kernel, float(rng.normal()))


PATCH = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]).reshape(2, 3, 1)
KERNEL = np.array([[1.0, 0.0, -1.0], [2.0, 0.5, -3.0]]).reshape(2, 3, 1)

conv_step = Exercise(
    id="conv_step",
    title="One step of a convolution",
    points=1,
    reference=reference.conv_step,
    returns=Number(),
    begin=(
        "Begin with one pixel of one channel: what is it multiplied with? Then add up all these "
        "products, and the bias."
    ),
    hints=(
        "It is the weighted sum of a neuron. Only the inputs and the weights stand in a block "
        "instead of a row.",
        "Multiply patch and kernel entry by entry, add up all the products, over rows, columns "
        "and channels. Add b to the sum.",
        "np.sum(...) without an axis adds up everything. What goes inside, and where does b stand: "
        "inside or outside?",
    ),
    cases=[
        case("one pixel", np.array([[[2.0]]]), np.array([[[-1.5]]]), 0.25),
        case("one channel", PATCH, KERNEL, 0.5),
        case("one pixel, three channels", np.array([[[2.0, -1.0, 0.5]]]),
             np.array([[[1.0, 3.0, 4.0]]]), -2.0),
        case("two channels", np.array([[[1.0, 5.0], [2.0, -1.0]], [[0.5, 3.0], [4.0, 2.0]]]),
             np.array([[[2.0, 1.0], [0.5, 0.0]], [[-1.0, 3.0], [1.5, -2.0]]]), 1.5),
        case("a negative sum", PATCH, -2 * KERNEL ** 2, 3.0),
        case("whole numbers", np.array([[[3, 1], [2, 5]]]), np.array([[[1, -2], [4, 1]]]), 7),
    ],
    hidden=[
        case("all zeros", np.zeros((2, 2, 3)), np.zeros((2, 2, 3)), 0.0),
        case("a kernel of zeros", PATCH, np.zeros((2, 3, 1)), -0.75),
        case("no bias", PATCH, KERNEL, 0.0),
        case("one column", PATCH.reshape(6, 1, 1), KERNEL.reshape(6, 1, 1), 0.5),
        case("one row", PATCH.reshape(1, 6, 1), KERNEL.reshape(1, 6, 1), 0.5),
        case("as many rows and columns as channels",
             np.arange(1.0, 9).reshape(2, 2, 2) ** 2, np.arange(-3.0, 5).reshape(2, 2, 2), 0.5),
        case("large numbers", 1e6 * PATCH, 1e5 * KERNEL, -1e7),
        case("small numbers", 1e-3 * PATCH, 1e-2 * KERNEL, 1e-4),
        case("fractions, a whole number as bias", 0.3 * PATCH, KERNEL, 2),
        case("whole numbers, a fraction as bias", np.array([[[3], [1]]]), np.array([[[2], [4]]]),
             0.5),
        case("bytes, as image files hold them",
             np.array([[[255, 200], [250, 0]]], dtype=np.uint8),
             np.array([[[1.0, 0.5], [-2.0, 4.0]]]), 0.5),
        case("float32", (0.1 * PATCH).astype(np.float32), np.abs(KERNEL).astype(np.float32),
             0.5),
        case("arrays that are views", strided(PATCH), strided(KERNEL), 0.5),
        case("columns stored one after the other",
             np.asfortranarray(np.arange(12.0).reshape(2, 3, 2)),
             np.array([3.0, 1, -2, 0, 5, 2, -1, 4, 1, 2, -3, 6]).reshape(2, 3, 2), 0.5),
        case("a bias from an array", PATCH, KERNEL, np.float64(1.25)),
        case("large numbers that nearly cancel", np.array([[[1e6 + 0.1, -1e6, 0.25]]]),
             np.array([[[1.0, 1.0, 2.0]]]), 0.5),
        case("whole numbers with large products", np.array([[[70000, 50000], [3, -40000]]]),
             np.array([[[60000, 50000], [-2, 1]]]), 7),
    ],
    draw=draw,
)  # fmt: skip


@conv_step.mistake(
    "The kernel is turned round: its last entry meets the first pixel. As in Keras it stays as it "
    "is: which entry should the first pixel meet?"
)
def kernel_flipped(patch, kernel, b):
    return np.sum(patch * kernel[::-1, ::-1]) + b


@conv_step.also("kernel_flipped")
def everything_flipped(patch, kernel, b):
    return np.sum(patch.ravel() * kernel.ravel()[::-1]) + b


@conv_step.mistake(
    "The kernel is mirrored. Which of its entries should the first pixel of the patch meet?"
)
def kernel_mirrored(patch, kernel, b):
    return np.sum(patch * kernel[:, ::-1]) + b


@conv_step.also("kernel_mirrored")
def kernel_upside_down(patch, kernel, b):
    return np.sum(patch * kernel[::-1]) + b


@conv_step.mistake("The bias is missing. What is added to the weighted sum?")
def bias_forgotten(patch, kernel, b):
    return np.sum(patch * kernel)


@conv_step.mistake(
    "The bias is added to every product, so it counts many times. How often does one filter add "
    "its bias?"
)
def bias_for_every_product(patch, kernel, b):
    return np.sum(patch * kernel + b)


@conv_step.mistake(
    "The bias is added once for each channel. How often does one filter add its bias?"
)
def bias_for_every_channel(patch, kernel, b):
    return np.sum(np.sum(patch * kernel, axis=(0, 1)) + b)


@conv_step.mistake(
    "One number for each channel comes out. A filter sums over the channels too: which axes does "
    "your sum run over?"
)
def channels_not_summed(patch, kernel, b):
    return np.sum(patch * kernel, axis=(0, 1)) + b


@conv_step.mistake("Only the first channel is used. What about the others?")
def first_channel_only(patch, kernel, b):
    return np.sum(patch[:, :, 0] * kernel[:, :, 0]) + b


@conv_step.mistake(
    "The products are not added up, so an array comes out. One patch and one filter give one "
    "number."
)
def products_not_summed(patch, kernel, b):
    return patch * kernel + b


@conv_step.mistake(
    "Not everything is added up: an array comes out. Your sum runs along one axis. Over how many "
    "should it?"
)
def one_axis_summed(patch, kernel, b):
    return np.sum(patch * kernel, axis=0) + b


@conv_step.also("one_axis_summed")
def last_axis_summed(patch, kernel, b):
    return np.sum(patch * kernel, axis=-1) + b


@conv_step.also("one_axis_summed")
def python_sum(patch, kernel, b):
    return sum(patch * kernel) + b


@conv_step.mistake(
    "Yours is the mean of the products. The formula adds them up: is there any division in it?"
)
def mean_of_the_products(patch, kernel, b):
    return np.mean(patch * kernel) + b


@conv_step.mistake(
    "Patch and kernel are added. What does a weight do with the pixel that it belongs to?"
)
def added_for_multiplied(patch, kernel, b):
    return np.sum(patch + kernel) + b


@conv_step.mistake(
    "Sum of the patch times sum of the kernel is something else: each pixel has a weight of its "
    "own. What comes first, multiplying or adding up?"
)
def sums_multiplied(patch, kernel, b):
    return np.sum(patch) * np.sum(kernel) + b


@conv_step.mistake("The bias is subtracted. What does a neuron do with its bias?")
def bias_subtracted(patch, kernel, b):
    return np.sum(patch * kernel) - b


@conv_step.mistake("The weighted sum is multiplied by the bias. What does a neuron do with it?")
def bias_multiplied(patch, kernel, b):
    return np.sum(patch * kernel) * b


@conv_step.mistake(
    "Negative sums become 0: there is a ReLU in it. This step ends before any activation."
)
def rectified(patch, kernel, b):
    return np.maximum(0, np.sum(patch * kernel) + b)


@conv_step.mistake(
    "The right number comes inside an array, with brackets around it. One number alone is asked "
    "for: which step puts the brackets there?"
)
def dimensions_kept(patch, kernel, b):
    return np.sum(patch * kernel, keepdims=True) + b


@conv_step.also("dimensions_kept")
def array_of_one(patch, kernel, b):
    return np.array([np.sum(patch * kernel) + b])


@conv_step.also("dimensions_kept")
def row_times_column(patch, kernel, b):
    return patch.reshape(1, -1) @ kernel.reshape(-1, 1) + b


@conv_step.mistake(
    "`@` and np.dot make a matrix product: it adds up products of pairs that do not belong "
    "together. Which sign multiplies entry by entry?"
)
def matrix_product(patch, kernel, b):
    return np.sum(patch @ kernel.transpose(0, 2, 1)) + b


@conv_step.mistake(
    "Everything after the point is cut off. Where does a float become a whole number?"
)
def cut_off(patch, kernel, b):
    return int(np.sum(patch * kernel) + b)


@conv_step.alternative
def three_loops(patch, kernel, b):
    kh, kw, C = patch.shape
    total = b
    for i in range(kh):
        for j in range(kw):
            for c in range(C):
                total += patch[i, j, c] * kernel[i, j, c]
    return total


@conv_step.alternative
def as_a_neuron(patch, kernel, b):
    return np.dot(patch.ravel(), kernel.ravel()) + b


@conv_step.alternative
def by_einsum(patch, kernel, b):
    return np.einsum("ijc,ijc->", patch, kernel) + b


@conv_step.alternative
def by_tensordot(patch, kernel, b):
    return np.tensordot(patch, kernel, axes=3) + b


@conv_step.alternative
def channel_by_channel(patch, kernel, b):
    sums = [np.trace(patch[:, :, c] @ kernel[:, :, c].T) for c in range(patch.shape[2])]
    return float(sum(sums) + b)


@conv_step.alternative
def bias_as_a_weight(patch, kernel, b):
    return np.append(patch, 1) @ np.append(kernel, b)


@conv_step.alternative
def turned_back(patch, kernel, b):
    return np.convolve(patch.ravel(), kernel.ravel()[::-1], mode="valid").item() + b
