"""Exercise `zero_pad`: a frame of zeros around each image."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.reference import cnn as reference


def draw(rng):
    """Images of any shape, with frames of any width."""
    for _ in range(4):
        shape = rng.permutation([2, 3, 4, 5])
        yield case("random images", rng.normal(size=shape), int(rng.integers(1, 5)))
    square = rng.normal(size=(3, 4, 4, 3))
    yield case("random square images", square, int(rng.integers(1, 5)))
    yield case("random square images", square[::-1].copy(), int(rng.integers(1, 5)))
    whole = rng.integers(-9, 10, size=(2, 4, 3, 2))
    yield case("random whole numbers", whole, int(rng.integers(1, 4)))


zero_pad = Exercise(
    id="zero_pad",
    title="A frame of zeros",
    points=1,
    reference=reference.zero_pad,
    returns=Array(shape="(m, H + 2 pad, W + 2 pad, C)", moved=True),
    begin=(
        "Begin with the shape of the result. Which of the four axes of X grow, and by how much? "
        "Then think where in it the image stands."
    ),
    hints=(
        "The frame goes around each image: above and below, left and right. The number of "
        "examples and of channels stays.",
        "Either make zeros of the larger shape and write X into the middle, or let np.pad do it: "
        "it takes one pair (before, after) for each axis.",
        "np.pad(X, (..., ..., ..., ...)) with four pairs, and its constant mode puts zeros. Which "
        "axes get (pad, pad), and which pair adds nothing?",
    ),
    cases=[
        case("one pixel", np.array([3.5]).reshape(1, 1, 1, 1), 1),
        case("one row of three pixels", np.array([1.5, -2.0, 4.0]).reshape(1, 1, 3, 1), 1),
        case("no frame", np.array([1.5, -2.0, 4.0, 0.5]).reshape(1, 2, 2, 1), 0),
        case("a wider frame", np.array([1.5, -2.0, 4.0, 0.5, 7.0, 3.0]).reshape(1, 3, 2, 1), 2),
        case("two images, three channels",
             np.array([1.0, 5.0, 2.5, 3.0, -4.0, 6.0, 0.5, 8.0, 9.0, 7.0, 1.5, -2.0]
                      ).reshape(2, 1, 2, 3), 1),
        case("whole numbers", np.array([[9, 8], [7, 6], [5, 4]]).reshape(1, 3, 2, 1), 1),
    ],
    hidden=[
        case("a frame wider than the image", np.array([2.0, -1.0]).reshape(1, 2, 1, 1), 5),
        case("one pixel, no frame", np.array([2.0]).reshape(1, 1, 1, 1), 0),
        case("several pixels of one row, no frame", np.arange(1.0, 13).reshape(2, 1, 3, 2), 0),
        case("all zeros", np.zeros((2, 2, 3, 1)), 1),
        case("as many examples as rows, columns and channels",
             np.arange(1.0, 17).reshape(2, 2, 2, 2) ** 2, 2),
        case("very large and very small",
             np.array([1e300, -1e300, 1e-300, 2.0]).reshape(1, 2, 1, 2), 1),
        case("bytes, as image files hold them",
             np.array([[255, 0, 128], [1, 200, 254]], dtype=np.uint8).reshape(1, 2, 3, 1), 2),
        case("float32", np.array([0.1, 0.7, -3.3, 2.5], dtype=np.float32).reshape(1, 1, 2, 2), 3),
        case("an array that is a view",
             strided(np.array([1.5, -2.0, 4.0, 0.5, 7.0, 3.0]).reshape(1, 3, 2, 1)), 1),
        case("columns stored one after the other",
             np.asfortranarray(np.arange(1.0, 25).reshape(2, 2, 3, 2)), 1),
        case("many channels", np.arange(1.0, 33).reshape(1, 2, 1, 16), 1),
    ],
    draw=draw,
)  # fmt: skip


@zero_pad.mistake(
    "All four axes are padded, so there are new examples and new channels of zeros. Which two axes "
    "of (m, H, W, C) are rows and columns?"
)
def every_axis(X, pad):
    return np.pad(X, pad)


@zero_pad.mistake(
    "The channels are padded too. A frame adds rows and columns: which axes are they?"
)
def channels_too(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (pad, pad)))


@zero_pad.mistake(
    "The first two axes are padded: examples and rows. In (m, H, W, C), which two are rows and "
    "columns?"
)
def first_two_axes(X, pad):
    return np.pad(X, ((pad, pad), (pad, pad), (0, 0), (0, 0)))


@zero_pad.mistake(
    "The last two axes are padded: columns and channels. In (m, H, W, C), which two are rows and "
    "columns?"
)
def last_two_axes(X, pad):
    return np.pad(X, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


@zero_pad.mistake(
    "Each axis grows by pad, on one of its two ends. A frame has zeros on every side: how much "
    "does each axis grow in all?"
)
def one_end_only(X, pad):
    return np.pad(X, ((0, 0), (0, pad), (0, pad), (0, 0)))


@zero_pad.also("one_end_only")
def in_front_only(X, pad):
    return np.pad(X, ((0, 0), (pad, 0), (pad, 0), (0, 0)))


@zero_pad.also("one_end_only")
def grown_once(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + pad, W + pad, C))
    out[:, pad:, pad:] = X
    return out


@zero_pad.mistake("Only rows are added. What about the left and the right of each image?")
def rows_only(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (0, 0), (0, 0)))


@zero_pad.mistake("Only columns are added. What about the top and the bottom of each image?")
def columns_only(X, pad):
    return np.pad(X, ((0, 0), (0, 0), (pad, pad), (0, 0)))


@zero_pad.mistake(
    "The frame has the right size and repeats the image's own pixels. Which value should it have?"
)
def edge_repeated(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="edge")


@zero_pad.also("edge_repeated")
def mirrored(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="symmetric")


@zero_pad.also("edge_repeated")
def wrapped_around(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="wrap")


@zero_pad.mistake("The frame is made of ones. Which value should it have?")
def ones(X, pad):
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values=1)


@zero_pad.mistake(
    "The shape is right, and the image stands in a corner. How many rows and columns of zeros come "
    "before its first pixel?"
)
def in_the_corner(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C))
    out[:, :H, :W] = X
    return out


@zero_pad.also("in_the_corner")
def in_the_other_corner(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C))
    out[:, 2 * pad :, 2 * pad :] = X
    return out


@zero_pad.mistake(
    "It goes wrong when pad is 0: a slice `0:-0` holds nothing. How can you say where the image "
    "ends without counting from the end?"
)
def counted_from_the_end(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C))
    out[:, pad:-pad, pad:-pad] = X
    return out


@zero_pad.mistake(
    "The outermost pixels of the image itself are set to zero. The frame goes around the image, so "
    "the result is larger than X."
)
def border_erased(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H, W, C))
    out[:, pad : H - pad, pad : W - pad] = X[:, pad : H - pad, pad : W - pad]
    return out


@zero_pad.mistake(
    "The frame is 1 wide whatever `pad` says. Where does `pad` come into your function?"
)
def always_one(X, pad):
    return np.pad(X, ((0, 0), (1, 1), (1, 1), (0, 0)))


@zero_pad.mistake(
    "The frame is twice as wide as asked for. `pad` is its width on each side, not both together."
)
def twice_as_wide(X, pad):
    return np.pad(X, ((0, 0), (2 * pad, 2 * pad), (2 * pad, 2 * pad), (0, 0)))


@zero_pad.mistake(
    "Everything after the point is cut off. What dtype has the array that you fill, and can it "
    "hold 1.5?"
)
def whole_number_output(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C), dtype=int)
    out[:, pad : pad + H, pad : pad + W] = X
    return out


@zero_pad.mistake(
    "H and W are in each other's place, or one of them stands where both belong. In (m, H, W, C), "
    "which axis counts the rows of the result?"
)
def height_and_width_swapped(X, pad):
    m, W, H, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C))
    out[:, pad : pad + H, pad : pad + W] = X
    return out


@zero_pad.also("height_and_width_swapped")
def images_turned(X, pad):
    turned = X.transpose(0, 2, 1, 3)
    return np.pad(turned, ((0, 0), (pad, pad), (pad, pad), (0, 0)))


@zero_pad.mistake(
    "Only the first image and the first channel are copied. How can a slice take all examples and "
    "all channels at once?"
)
def first_image_and_channel(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C))
    out[0, pad : pad + H, pad : pad + W, 0] = X[0, :, :, 0]
    return out


@zero_pad.alternative
def written_into_the_middle(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C))
    out[:, pad : pad + H, pad : pad + W, :] = X
    return out


@zero_pad.alternative
def dtype_kept(X, pad):
    m, H, W, C = X.shape
    out = np.zeros((m, H + 2 * pad, W + 2 * pad, C), dtype=X.dtype)
    out[:, pad : H + pad, pad : W + pad] = X
    return out


@zero_pad.alternative
def glued_together(X, pad):
    m, H, W, C = X.shape
    side = np.zeros((m, H, pad, C))
    wide = np.concatenate([side, X, side], axis=2)
    bar = np.zeros((m, pad, W + 2 * pad, C))
    return np.concatenate([bar, wide, bar], axis=1)


@zero_pad.alternative
def ring_by_ring(X, pad):
    if pad == 0:
        return X
    return ring_by_ring(np.pad(X, ((0, 0), (1, 1), (1, 1), (0, 0))), pad - 1)


@zero_pad.alternative
def pixel_by_pixel(X, pad):
    m, H, W, C = X.shape
    out = np.zeros([m, H + 2 * pad, W + 2 * pad, C])
    for n in range(m):
        for i in range(H):
            for j in range(W):
                for c in range(C):
                    out[n, i + pad, j + pad, c] = X[n, i, j, c]
    return out


@zero_pad.alternative
def by_matrices(X, pad):
    down = np.eye(X.shape[1] + 2 * pad, X.shape[1], -pad)
    across = np.eye(X.shape[2] + 2 * pad, X.shape[2], -pad)
    return np.einsum("ia,nabc,jb->nijc", down, X, across)


@zero_pad.alternative
def by_lists(X, pad):
    _, _, W, C = X.shape
    dark = [0.0] * C
    row = [dark] * (W + 2 * pad)
    images = [
        [row] * pad + [[dark] * pad + line + [dark] * pad for line in image] + [row] * pad
        for image in X.tolist()
    ]
    return np.array(images).astype(X.dtype)
