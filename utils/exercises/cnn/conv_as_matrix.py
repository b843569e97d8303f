"""Exercise `conv_as_matrix`: a convolution as a matrix, sparse and tied."""

import numpy as np

from utils.checking import Array, Exercise, case, strided
from utils.exercises.cnn.conv_as_matrix_otherwise import ALTERNATIVES
from utils.reference import cnn as reference


def draw(rng):
    """Kernels and images of any size; two of one size, for an answer that remembers."""
    for kh, kw, H, W in ((2, 3, 5, 6), (3, 2, 4, 7), (3, 2, 4, 7), (3, 3, 6, 5), (2, 4, 9, 4)):
        yield case("a random kernel", rng.normal(size=(kh, kw)), H, W)
    kh, kw, H, W = rng.integers(1, 5, size=4)
    yield case("a kernel of random size", rng.normal(size=(kh, kw)), int(H + kh), int(W + kw))
    yield case("random whole numbers", rng.integers(-9, 10, size=(2, 3)), 4, 5)


conv_as_matrix = Exercise(
    id="conv_as_matrix",
    title="A convolution as a matrix",
    points=3,
    reference=reference.conv_as_matrix,
    returns=Array(shape="((H-kh+1)*(W-kw+1), H*W)", moved=True),
    begin=(
        "Begin with the first row: it belongs to the window at the top left. Fill an H by W array "
        "of zeros with the weight of each pixel in that window, and ravel it."
    ),
    hints=(
        "Each output is a weighted sum of all pixels. Which pixels have a weight that is not 0, "
        "and which weight is it? That is one row of the matrix.",
        "For each place (i, j) of the window, row by row: lay the kernel into an H by W array of "
        "zeros at that place, and ravel the array. The rows together are the matrix.",
        "rows = []; for i in range(H - kh + 1): for j in range(...): weights = np.zeros((H, W)); "
        "weights[i : i + kh, ...] = kernel; rows.append(...). Return np.array(rows).",
    ),
    cases=[
        case("two by two on three by three", np.array([[1.0, 2.0], [3.0, 4.0]]), 3, 3),
        case("rows and columns differ", np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -3.0]]), 3, 5),
        case("a kernel of one row", np.array([[1.0, -2.0]]), 2, 4),
        case("a kernel of one column", np.array([[1.0], [-2.0], [0.5]]), 4, 2),
        case("one pixel", np.array([[2.5]]), 2, 3),
        case("as large as the image", np.array([[1.0, -0.5, 2.0], [3.0, 0.0, 4.0]]), 2, 3),
        case("whole numbers", np.array([[1, 0], [-2, 3]]), 3, 4),
    ],
    hidden=[
        case("one pixel, one weight", np.array([[-1.5]]), 1, 1),
        case("more rows than columns", np.array([[1.0, 2.0], [-1.0, 0.5], [3.0, 4.0]]), 6, 3),
        case("as wide as the image", np.array([[1.0, 2.0, -1.0], [0.5, 1.5, 3.0]]), 5, 3),
        case("as high as the image", np.array([[1.0, 2.0], [0.5, -1.5], [3.0, 4.0]]), 3, 6),
        case("an image of one row", np.array([[1.0, -1.0, 0.5]]), 1, 6),
        case("an image of one column", np.array([[1.0], [2.0]]), 5, 1),
        case("all weights zero", np.zeros((2, 2)), 3, 4),
        case("zeros among the weights", np.array([[0.0, 1.0], [0.0, -1.0], [2.0, 0.0]]), 4, 4),
        case("very large", np.array([[1e12, -3e11], [2e12, -5e12]]), 3, 4),
        case("very small", np.array([[1e-8, -3e-8], [2e-8, 5e-8]]), 3, 4),
        case("float32", np.array([[0.1, 0.7], [-0.3, 2.0]], dtype=np.float32), 3, 4),
        case("small integers", np.array([[1, 200], [255, 0]], dtype=np.uint8), 4, 3),
        case("an array that is a view", strided(np.array([[1.0, 2.0, 0.5], [-1.0, 4.0, 3.0]])),
             4, 4),
        case("columns stored one after the other",
             np.asfortranarray([[1.0, 2.0, 0.5], [-1.0, 4.0, 3.0]]), 4, 5),
        case("a larger image", np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0], [2.0, 1.0, 4.0]]),
             12, 15),
    ],
    draw=draw,
    alternatives=ALTERNATIVES,
)  # fmt: skip


@conv_as_matrix.mistake(
    "The kernel is turned or mirrored. In a cross-correlation it lies on the image as it is: which "
    "weight meets the first pixel?"
)
def turned(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel[::-1, ::-1]
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.also("turned")
def mirrored(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel[:, ::-1]
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.also("turned")
def upside_down(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel[::-1]
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.mistake(
    "Rows and columns of the image have changed places. H is the number of rows: which of the two "
    "comes first in a shape?"
)
def sides_swapped(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(W - kh + 1):
        for j in range(H - kw + 1):
            weights = np.zeros((W, H))
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.also("sides_swapped")
def shape_swapped(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((W, H))
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.mistake(
    "In the number of a row or a column something is multiplied by H where a width belongs. "
    "Counting row by row, how many pixels, or places, lie between one and the one below it?"
)
def pixel_number_by_height(kernel, H, W):
    kh, kw = kernel.shape
    M = np.zeros(((H - kh + 1) * (W - kw + 1), H * W))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            for p in range(kh):
                for q in range(kw):
                    M[i * (W - kw + 1) + j, (i + p) * H + j + q] = kernel[p, q]
    return M


@conv_as_matrix.also("pixel_number_by_height")
def place_number_by_height(kernel, H, W):
    kh, kw = kernel.shape
    M = np.zeros(((H - kh + 1) * (W - kw + 1), H * W))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            for p in range(kh):
                for q in range(kw):
                    M[i * (H - kh + 1) + j, (i + p) * W + j + q] = kernel[p, q]
    return M


@conv_as_matrix.mistake(
    "These are the pixels under each window, side by side. The matrix has a column for every pixel "
    "of the image and holds weights: it is made of the kernel, H and W alone."
)
def windows_in_rows(kernel, H, W):
    kh, kw = kernel.shape
    pixels = np.arange(H * W).reshape(H, W)
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            rows.append(pixels[i : i + kh, j : j + kw].ravel())
    return np.array(rows)


@conv_as_matrix.mistake(
    "The pixels are counted column by column. `x.ravel()` counts them row by row: which pixel "
    "comes second?"
)
def pixels_column_by_column(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel(order="F"))
    return np.array(rows)


@conv_as_matrix.mistake(
    "The places of the window are counted column by column. The output is raveled row by row: "
    "which place comes second, the one to the right or the one below?"
)
def places_column_by_column(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for j in range(W - kw + 1):
        for i in range(H - kh + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.mistake(
    "The matrix is turned: it has a row for each pixel. In `M @ x.ravel()` which of the two is "
    "counted by the rows of M, and which by its columns?"
)
def transposed(kernel, H, W):
    kh, kw = kernel.shape
    M = np.zeros((H * W, (H - kh + 1) * (W - kw + 1)))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            M[:, i * (W - kw + 1) + j] = weights.ravel()
    return M


@conv_as_matrix.mistake(
    "The weights lie side by side in the row, as if the window were one row of pixels. After the "
    "first row of the kernel, how many pixels come before its second row?"
)
def weights_side_by_side(kernel, H, W):
    kh, kw = kernel.shape
    M = np.zeros(((H - kh + 1) * (W - kw + 1), H * W))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            start = i * W + j
            M[i * (W - kw + 1) + j, start : start + kh * kw] = kernel.ravel()
    return M


@conv_as_matrix.mistake(
    "Each row is the one before it, moved on by one pixel. That fits while the window goes to the "
    "right: by how many pixels does it move on when it begins a new line?"
)
def moved_on_by_one(kernel, H, W):
    kh, kw = kernel.shape
    first = np.zeros((H, W))
    first[:kh, :kw] = kernel
    n = (H - kh + 1) * (W - kw + 1)
    return np.array([np.roll(first.ravel(), r) for r in range(n)])


@conv_as_matrix.mistake(
    "There are too many rows: one for each pixel. At how many places does the window fit inside "
    "the image?"
)
def a_row_for_each_pixel(kernel, H, W):
    kh, kw = kernel.shape
    M = np.zeros((H * W, H * W))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            M[i * W + j] = weights.ravel()
    return M


@conv_as_matrix.also("a_row_for_each_pixel")
def as_with_padding(kernel, H, W):
    kh, kw = kernel.shape
    top, left = kh // 2, kw // 2
    M = np.zeros((H * W, H * W))
    for i in range(H):
        for j in range(W):
            weights = np.zeros((H + kh, W + kw))
            weights[i : i + kh, j : j + kw] = kernel
            M[i * W + j] = weights[top : top + H, left : left + W].ravel()
    return M


@conv_as_matrix.mistake(
    "The last line and the last column of places are missing. Along a side of three pixels a "
    "window of two fits twice: how often does your loop run?"
)
def one_place_less(kernel, H, W):
    kh, kw = kernel.shape
    M = np.zeros(((H - kh) * (W - kw), H * W))
    for i in range(H - kh):
        for j in range(W - kw):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            M[i * (W - kw) + j] = weights.ravel()
    return M


@conv_as_matrix.also("one_place_less")
def last_rows_left_zero(kernel, H, W):
    kh, kw = kernel.shape
    M = np.zeros(((H - kh + 1) * (W - kw + 1), H * W))
    for i in range(H - kh):
        for j in range(W - kw):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            M[i * (W - kw + 1) + j] = weights.ravel()
    return M


@conv_as_matrix.mistake(
    "The rows of the matrix are two-dimensional still. M has two dimensions in all: which step "
    "makes a line of H * W numbers out of an image?"
)
def not_flattened(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights)
    return np.array(rows)


@conv_as_matrix.mistake(
    "Each row of the matrix holds whole numbers, so everything after the point is cut off. Of "
    "which dtype are the zeros you begin with?"
)
def whole_number_weights(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W), dtype=int)
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.mistake(
    "The weights of one place stay when the window moves on, so the rows hold traces of other "
    "places. Where do the zeros have to be made?"
)
def zeros_made_once(kernel, H, W):
    kh, kw = kernel.shape
    weights = np.zeros((H, W))
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel().copy())
    return np.array(rows)


@conv_as_matrix.also("zeros_made_once")
def one_array_for_all_rows(kernel, H, W):
    kh, kw = kernel.shape
    weights = np.zeros((H, W))
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.mistake(
    "Each output sees its pixels with the weight 1. Which entry of the kernel belongs to which "
    "pixel?"
)
def ones_for_weights(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = 1
            rows.append(weights.ravel())
    return np.array(rows)


@conv_as_matrix.mistake(
    "It returns inside a loop, after the first line of places. Where should the `return` stand?"
)
def returns_in_the_loop(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
        return np.array(rows)


@conv_as_matrix.mistake(
    "The rows come in a list. A matrix is asked for, one array: `M @ x.ravel()` needs it."
)
def list_of_rows(kernel, H, W):
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
    return rows
