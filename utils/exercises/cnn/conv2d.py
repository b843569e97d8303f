"""Exercise `conv2d`: every filter, at every place of every image."""

import numpy as np

from utils.checking import Array, Exercise
from utils.exercises.cnn import conv2d_cases as tried_on
from utils.exercises.cnn.conv2d_otherwise import ALTERNATIVES
from utils.reference import cnn as reference
from utils.reference.cnn import conv_step, zero_pad

conv2d = Exercise(
    id="conv2d",
    title="A convolutional layer",
    points=4,
    reference=reference.conv2d,
    returns=Array(shape="(m, H', W', F)"),
    begin=(
        "Begin with one image, one filter, stride 1 and no frame: cut out the patch at the top "
        "left, and give it to conv_step. Then let the window move."
    ),
    hints=(
        "First the frame, with zero_pad. Then ask how many windows fit, down and to the right. "
        "Each window, each filter and each image gives one number of the result.",
        "Make zeros of shape (m, rows, columns, F). In loops over image n, row i, column j and "
        "filter f: cut the patch that window (i, j) covers, and store at [n, i, j, f] what "
        "conv_step gives.",
        "rows = (H + 2 * pad - kh) // stride + 1. Window (i, j) begins at row i * stride: at which "
        "column, and where does it end? patch = padded[n, ...:..., ...:...], and the filter is "
        "kernels[:, :, :, f], with bias b[f].",
    ),
    cases=tried_on.VISIBLE,
    hidden=tried_on.HIDDEN,
    draw=tried_on.draw,
    alternatives=ALTERNATIVES,
    equivalent={
        "np.zeros((m, rows, columns, F)) -> np.ones((m, rows, columns, F))": (
            "every entry is overwritten"
        ),
        "conv_step(patch, kernels[:, :, :, f], b[f]) -> conv_step(kernels[:, :, :, f], patch, "
        "b[f])": "the order of factors does not matter",
    },
)


@conv2d.mistake(
    "The kernel is turned round before it is applied. As in Keras it stays as it is: its first "
    "entry meets the first pixel of the window."
)
def kernel_flipped(X, kernels, b, stride=1, pad=0):
    P, K = zero_pad(X, pad), kernels[::-1, ::-1]
    windows = np.lib.stride_tricks.sliding_window_view(P, K.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], K) + b


@conv2d.also("kernel_flipped")
def kernel_mirrored(X, kernels, b, stride=1, pad=0):
    P, K = zero_pad(X, pad), kernels[:, ::-1]
    windows = np.lib.stride_tricks.sliding_window_view(P, K.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], K) + b


@conv2d.mistake(
    "The stride counts down the image only. The window moves by `stride` to the right as well."
)
def stride_down_only(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride], kernels) + b


@conv2d.mistake("The stride counts to the right only. The window moves by `stride` down as well.")
def stride_right_only(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, :, ::stride], kernels) + b


@conv2d.mistake("The stride does not come into it: the window moves by one pixel, always.")
def stride_ignored(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows, kernels) + b


@conv2d.mistake(
    "The result has the right size, and the window still moves by one pixel, down or to the right "
    "or both. At which row and at which column does window (i, j) begin?"
)
def stride_in_the_size_only(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        out[n, i, j, f] = conv_step(P[n, i : i + kh, j : j + kw], kernels[..., f], b[f])
    return out


@conv2d.also("stride_in_the_size_only")
def begins_at_i_to_the_right(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top = i * stride
        out[n, i, j, f] = conv_step(P[n, top : top + kh, j : j + kw], kernels[..., f], b[f])
    return out


@conv2d.also("stride_in_the_size_only")
def begins_at_i_downwards(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        left = j * stride
        out[n, i, j, f] = conv_step(P[n, i : i + kh, left : left + kw], kernels[..., f], b[f])
    return out


@conv2d.mistake(
    "The window moves by its own size. By how many pixels should it move, and may two windows "
    "overlap?"
)
def moves_by_the_kernel(X, kernels, b, stride=1, pad=0):
    P, (kh, kw) = zero_pad(X, pad), kernels.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(P, (kh, kw), (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::kh, ::kw], kernels) + b


@conv2d.mistake(
    "The place where the window begins is used as the place in the result. With stride 2 the "
    "second window begins at 2: at which index of the result does it belong?"
)
def start_as_index(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n in range(m):
        for i in range(0, H + 2 * pad - kh + 1, stride):
            for j in range(0, W + 2 * pad - kw + 1, stride):
                for f in range(F):
                    patch = P[n, i : i + kh, j : j + kw]
                    out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.mistake(
    "All four axes are padded, so there are new images and new channels. Which two axes are rows "
    "and columns? Your zero_pad knows."
)
def every_axis_padded(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = np.pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = np.sum(patch * kernels[..., f]) + b[f]
    return out


@conv2d.mistake(
    "The windows are cut from images without a frame of zeros. Where does `pad` change the images?"
)
def frame_ignored(X, kernels, b, stride=1, pad=0):
    windows = np.lib.stride_tricks.sliding_window_view(X, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + b


@conv2d.also("frame_ignored")
def frame_in_the_size_only(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = X[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.mistake(
    "The size of the result counts the frame wrongly: it stands at both ends of a side. How long "
    "is the side with its frame?"
)
def frame_counted_once(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + pad - kh) // stride + 1, (W + pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.also("frame_counted_once")
def frame_not_counted(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H - kh) // stride + 1, (W - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.mistake(
    "The last window reaches over the edge. Only whole windows count: is the quotient rounded up "
    "or down?"
)
def rounded_up(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    rows = int(np.ceil((H + 2 * pad - kh) / stride)) + 1
    columns = int(np.ceil((W + 2 * pad - kw) / stride)) + 1
    out = np.zeros((m, rows, columns, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.also("rounded_up")
def rounded_up_and_filled_with_zeros(X, kernels, b, stride=1, pad=0):
    (_, H, W, _), (kh, kw, _, _) = X.shape, kernels.shape
    below, right = -(H + 2 * pad - kh) % stride, -(W + 2 * pad - kw) % stride
    P = np.pad(X, ((0, 0), (pad, pad + below), (pad, pad + right), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(P, (kh, kw), (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + b


@conv2d.mistake(
    "The last row and the last column of windows are missing: the first window needs no move, and "
    "counts too."
)
def one_window_too_few(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride, (W + 2 * pad - kw) // stride, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.mistake(
    "H and W, or kh and kw, are in each other's place. Rows come before columns: in X, in the "
    "kernels and in the result."
)
def image_sides_swapped(X, kernels, b, stride=1, pad=0):
    (m, W, H, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.also("image_sides_swapped")
def kernel_sides_swapped(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kw, kh, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.also("image_sides_swapped")
def result_turned(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->njif", windows[:, ::stride, ::stride], kernels) + b


@conv2d.mistake(
    "One side is taken for both. Image and kernel need not be square: which two sizes has each of "
    "them?"
)
def square_kernel_assumed(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), k, F = X.shape, kernels.shape[0], kernels.shape[3]
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - k) // stride + 1, (W + 2 * pad - k) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + k, left : left + k]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.also("square_kernel_assumed")
def square_result_assumed(X, kernels, b, stride=1, pad=0):
    (m, H, _, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    rows = (H + 2 * pad - kh) // stride + 1
    out = np.zeros((m, rows, rows, F))
    for n, i, j, f in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        patch = P[n, top : top + kh, left : left + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
    return out


@conv2d.mistake(
    "Only the first channel is looked at. A filter has weights for every channel, and adds up all "
    "of them."
)
def first_channel_only(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    first = windows[:, ::stride, ::stride, 0]
    return np.einsum("nijpq,pqf->nijf", first, kernels[:, :, 0]) + b


@conv2d.mistake(
    "The channels are not added up. One filter looks at all of them and gives one number for each "
    "window."
)
def channels_not_summed(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijcf", windows[:, ::stride, ::stride], kernels) + b


@conv2d.also("channels_not_summed")
def a_channel_each(X, kernels, b, stride=1, pad=0):
    (m, H, W, C), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        patch = P[n, i * stride : i * stride + kh, j * stride : j * stride + kw]
        for c in range(C):
            out[n, i, j, f] = np.sum(patch[..., c] * kernels[..., c, f]) + b[f]
    return out


@conv2d.mistake("The biases are missing. What does each filter add to its sums?")
def biases_forgotten(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels)


@conv2d.mistake(
    "The bias is added once for each channel. How often does a filter add its bias to one sum?"
)
def bias_for_every_channel(X, kernels, b, stride=1, pad=0):
    P, C = zero_pad(X, pad), X.shape[3]
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + C * b


@conv2d.mistake(
    "The bias is added to every product, so it counts many times. How often does a filter add its "
    "bias to one sum?"
)
def bias_for_every_product(X, kernels, b, stride=1, pad=0):
    P, weights = zero_pad(X, pad), kernels[..., 0].size
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + weights * b


@conv2d.mistake("Every filter adds the first bias. Which entry of b belongs to filter f?")
def first_bias(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + b[0]


@conv2d.mistake(
    "One window and one filter give a whole array where one number belongs. Are all products added "
    "up, and is only the filter's own entry of b added?"
)
def array_for_one_window(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        patch = P[n, i * stride : i * stride + kh, j * stride : j * stride + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b)
    return out


@conv2d.also("array_for_one_window")
def products_not_added_up(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        patch = P[n, i * stride : i * stride + kh, j * stride : j * stride + kw]
        out[n, i, j, f] = patch * kernels[..., f] + b[f]
    return out


@conv2d.mistake(
    "The filter is picked from the wrong axis of `kernels`. Its shape is (kh, kw, C, F): which "
    "axis counts the filters?"
)
def filter_from_the_first_axis(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        patch = P[n, i * stride : i * stride + kh, j * stride : j * stride + kw]
        out[n, i, j, f] = conv_step(patch, kernels[f], b[f])
    return out


@conv2d.mistake("Every filter adds the sum of all biases. Which entry of b belongs to filter f?")
def all_biases(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + np.sum(b)


@conv2d.mistake(
    "Every output channel comes from the first filter. Which part of `kernels` belongs to filter f?"
)
def first_filter_for_all(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    first = np.einsum("nijcpq,pqc->nij", windows[:, ::stride, ::stride], kernels[..., 0])
    return first[..., None] + b


@conv2d.mistake(
    "The filters stand before rows and columns. In the shape asked for, (m, H', W', F), they come "
    "last."
)
def filters_first(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    sums = np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels)
    return (sums + b).transpose(0, 3, 1, 2)


@conv2d.mistake(
    "The sum runs over all images together, so every image gets the same numbers. Which axis of "
    "the window counts the images, and should the sum run along it?"
)
def images_added_up(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    sums = np.einsum("nijcpq,pqcf->ijf", windows[:, ::stride, ::stride], kernels) + b
    return np.repeat(sums[None], len(X), axis=0)


@conv2d.mistake(
    "Only the first image is looked at. What should `n` choose from X, and from the result?"
)
def first_image_for_all(X, kernels, b, stride=1, pad=0):
    P = zero_pad(np.repeat(X[:1], len(X), axis=0), pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) + b


@conv2d.mistake(
    "Negative numbers become 0: there is a ReLU in it. This layer ends before any activation."
)
def rectified(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    sums = np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels)
    return np.maximum(0, sums + b)


@conv2d.mistake("Yours is a mean over the window. The formula adds up: is there a division in it?")
def mean_for_sum(X, kernels, b, stride=1, pad=0):
    P, weights = zero_pad(X, pad), kernels[..., 0].size
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels) / weights + b


@conv2d.mistake(
    "Everything after the point is cut off. What dtype has the array that you fill, and can it "
    "hold 0.5?"
)
def whole_number_output(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    sums = np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels)
    return (sums + b).astype(X.dtype)


@conv2d.also("whole_number_output")
def whole_numbers_always(X, kernels, b, stride=1, pad=0):
    P = zero_pad(X, pad)
    windows = np.lib.stride_tricks.sliding_window_view(P, kernels.shape[:2], (1, 2))
    sums = np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], kernels)
    return (sums + b).astype(int)


@conv2d.mistake(
    "The kernels are reshaped into rows, and reshape does not move an axis: the filters get mixed. "
    "Which axis of `kernels` counts the filters?"
)
def filters_mixed_by_reshape(X, kernels, b, stride=1, pad=0):
    P, K = zero_pad(X, pad), kernels.reshape(kernels.shape[3], -1).T.reshape(kernels.shape)
    windows = np.lib.stride_tricks.sliding_window_view(P, K.shape[:2], (1, 2))
    return np.einsum("nijcpq,pqcf->nijf", windows[:, ::stride, ::stride], K) + b


@conv2d.mistake(
    "It returns after the first window, so the rest stays 0. Where should the `return` stand?"
)
def returns_in_the_loop(X, kernels, b, stride=1, pad=0):
    (m, H, W, _), (kh, kw, _, F) = X.shape, kernels.shape
    P = zero_pad(X, pad)
    out = np.zeros((m, (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1, F))
    for n, i, j, f in np.ndindex(out.shape):
        patch = P[n, i * stride : i * stride + kh, j * stride : j * stride + kw]
        out[n, i, j, f] = conv_step(patch, kernels[..., f], b[f])
        return out
