"""What `is_equivariant` is tried on: layers that move with the image, and layers that do not."""

import numpy as np

from utils.checking import case, strided
from utils.exercises.cnn import layers


def _images(m, H, W, C, seed=0):
    """Pixels from 0.5 to 1.5 and their negatives: none so small that rounding matters."""
    rng = np.random.default_rng([seed, m, H, W, C])
    return rng.uniform(0.5, 1.5, size=(m, H, W, C)) * rng.choice([-1, 1], size=(m, H, W, C))


def _bright(m, H, W, C):
    return np.abs(_images(m, H, W, C, seed=1))


def _with_a_blank(blank):
    X = _bright(2, 24, 22, 1)
    X[blank] = 0
    return X


def draw(rng):
    """Any of the layers, on images of any size, moved any way."""
    every = (
        layers.convolution, layers.two_convolutions, layers.relu, layers.dense_layers,
        layers.local_layer, layers.bias_to_the_right, layers.factor_downwards, layers.mirror,
        layers.upside_down, layers.every_second_pixel, layers.slight_factor,
    )  # fmt: skip
    for f in every:
        m, C = (int(n) for n in rng.integers(1, 4, size=2))
        H, W = (2 * int(n) for n in rng.choice(np.arange(11, 15), size=2, replace=False))
        shift = tuple(int(s) for s in rng.integers(-4, 5, size=2))
        yield case("a random image", f, _images(m, H, W, C, seed=int(rng.integers(2**31))), shift)


_X = _images(1, 24, 22, 1)

VISIBLE = [
    case("a convolution, down and to the right", layers.convolution, _X, (2, 3)),
    case("a convolution, up and to the left", layers.convolution, _X, (-3, -1)),
    case("a convolution, down only", layers.convolution, _X, (2, 0)),
    case("a wide convolution", layers.wide_convolution, _X, (2, -1)),
    case("ReLU, colour images", layers.relu, _images(2, 22, 24, 3), (-1, 3)),
    case("dense layers", layers.dense_layers, _X, (1, 2)),
    case("dense layers, not moved at all", layers.dense_layers, _X, (0, 0)),
    case("a layer without sharing", layers.local_layer, _X, (-2, 1)),
    case("a bias that grows to the right, moved to the right", layers.bias_to_the_right, _X,
         (0, 2)),
    case("a bias that grows to the right, moved down", layers.bias_to_the_right, _X, (2, 0)),
    case("a mirror, moved to the left", layers.mirror, _X, (0, -3)),
    case("a mirror, moved up", layers.mirror, _X, (-3, 0)),
    case("one channel depends on the place", layers.bias_on_the_last_channel,
         _images(1, 24, 22, 2), (1, 1)),
    case("another channel depends on the place", layers.bias_on_the_first_channel,
         _images(1, 24, 22, 2), (1, 1)),
    case("the first image is blank", layers.factor_downwards, _with_a_blank(0), (2, 1)),
    case("the second image is blank", layers.factor_downwards, _with_a_blank(1), (2, 1)),
    case("one pixel with a bias", layers.single_pixel, _X, (2, 1)),
    case("no more than rounding, large numbers", layers.rounding, 1e6 * _bright(1, 24, 22, 1),
         (1, 2)),
    case("slight differences, small numbers", layers.slight_factor,
         1e-3 * _bright(1, 24, 22, 1), (1, 2)),
    case("every second column a trace brighter", layers.faint_stripes, _bright(1, 24, 22, 1),
         (2, 1)),
    case("upside down, moved down", layers.upside_down, _X, (2, 0)),
    case("upside down, moved to the right", layers.upside_down, _X, (0, 2)),
    case("brighter on the fifth pixel from the side", layers.fifth_ring, _X, (2, 2)),
    case("a bias near the side, moved down", layers.sixth_column, _images(1, 26, 22, 1),
         (3, 0)),
    case("whole numbers", layers.wide_convolution, np.arange(528).reshape(1, 24, 22, 1) % 7,
         (1, 1)),
]  # fmt: skip

HIDDEN = [
    case("two convolutions and a ReLU", layers.two_convolutions, _images(2, 22, 26, 3),
         (3, -2)),
    case("a wide convolution, a larger shift", layers.wide_convolution, _images(1, 30, 32, 1),
         (-6, 5)),
    case("a convolution, to the left only", layers.convolution, _X, (0, -3)),
    case("dense layers, several images", layers.dense_layers, _images(3, 20, 22, 2), (0, 1)),
    case("every second pixel, by an even number", layers.every_second_pixel, _X, (2, -2)),
    case("every second pixel, by an odd number", layers.every_second_pixel, _X, (0, 1)),
    case("every second pixel, odd upwards", layers.every_second_pixel, _X, (-1, 2)),
    case("a factor that grows downwards, moved to the right", layers.factor_downwards, _X,
         (0, 3)),
    case("the same everywhere", layers.ones, _X, (2, 2)),
    case("squares of whole numbers", layers.square,
         np.arange(1056).reshape(2, 24, 22, 1) % 5 - 2, (-2, 2)),
    case("a bias on the outermost four pixels", layers.frame_of_four, _X, (2, 2)),
    case("the same bias, up and to the left", layers.frame_of_four, _X, (-2, -1)),
    case("a bias near the top, moved to the left", layers.sixth_row, _images(1, 22, 26, 1),
         (0, -3)),
    case("a bias near the top, moved to the right", layers.sixth_row, _images(1, 22, 26, 1),
         (0, 3)),
    case("a bias that is the same along one diagonal", layers.bias_along_the_diagonal, _X,
         (2, -2)),
    case("a bias that grows along the other diagonal", layers.bias_along_the_diagonal, _X,
         (2, 2)),
    case("every second column a trace brighter, by an even number", layers.faint_stripes,
         _bright(1, 24, 22, 1), (1, -2)),
    case("channels that change places from column to column", layers.channels_in_turn,
         _images(1, 24, 22, 2), (2, -1)),
    case("channels that change places, by an even number", layers.channels_in_turn,
         _images(2, 24, 22, 3), (1, 2)),
    case("the sign depends on the place", layers.every_second_column_negative, _X, (2, 1)),
    case("the third image is not blank", layers.factor_downwards,
         _bright(3, 24, 22, 1) * np.array([0, 0, 1])[:, None, None, None], (2, 1)),
    case("the third channel depends on the place", layers.bias_on_the_last_channel,
         _images(1, 24, 22, 3), (1, 1)),
    case("one pixel with a bias, further to the right", layers.single_pixel, _X, (2, 3)),
    case("one pixel with a bias, further down", layers.single_pixel, _X, (4, 2)),
    case("blank images", layers.dense_layers, np.zeros((2, 20, 22, 1)), (1, -1)),
    case("float32", layers.two_convolutions, _X.astype(np.float32), (1, -1)),
    case("float32, a layer without sharing", layers.local_layer, _X.astype(np.float32), (1, 0)),
    case("an array that is a view", layers.convolution, strided(_X), (-1, 2)),
]  # fmt: skip
