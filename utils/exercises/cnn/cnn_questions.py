"""What a convolutional network is asked: that it convolves, that it pools, that it is small."""

import numpy as np

from utils.checking import keras_models as km
from utils.checking.keras_results import Examined
from utils.checking.results import Fault

MOST = 30_000  # parameters


def ends_in_rows(examined: Examined):
    """One row of numbers comes out for each image, and not another image."""
    out = examined.model.output_shape
    if isinstance(out, list) or len(out) == 2:
        return None
    says = "What comes out still has rows and columns. Which layer makes one row of an image?"
    return Fault("shape", "still_an_image", says, f"Its output has the shape {_shown(out)}.")


def _shown(shape):
    """A shape as a student writes it, with m for the number of examples."""
    return "(" + ", ".join("m" if size is None else str(size) for size in shape) + ")"


def has_a_convolution(examined: Examined):
    """A kernel sees neighbours, and is smaller than the image."""
    shape = examined.model.input_shape[1:]
    kernels = [size for size in map(_kernel, examined.layers) if size]
    if not kernels:
        says = "There is no convolution in it. Which layer slides small kernels over an image?"
        return Fault("property", "no_convolution", says)
    if all(max(size) == 1 for size in kernels):
        says = "Its kernels have a single pixel, so they see no neighbours. How large is an edge?"
        return Fault("property", "one_pixel", says)
    if all(_covers(size, shape) for size in kernels if max(size) > 1):
        says = "Its kernel is as large as the image: there is one place for it, and no sliding."
        return Fault("property", "whole_image", says)
    return None


def _kernel(layer):
    """Rows and columns of a convolution's kernel; None for another layer."""
    return getattr(layer, "kernel_size", None) if "Conv" in type(layer).__name__ else None


def _covers(size, shape):
    return len(size) == 2 and all(k >= n for k, n in zip(size, shape, strict=False))


def has_pooling(examined: Examined):
    """Something takes a window, or all of an image, and keeps one number a channel."""
    if any(map(_pools, km.steps_of(examined.model))):
        return None
    says = "There is no pooling in it. Which layer keeps one number of each window, or of all?"
    return Fault("property", "no_pooling", says)


def _pools(step):
    """A pooling layer whose window is more than a pixel, or the operation that does the same."""
    name = type(step).__name__
    if "Pool" in name:
        window = getattr(step, "pool_size", 2)  # a global one has no window
        return bool(np.max(window) > 1)
    return name in ("Max", "Mean") and step.axis is not None


def is_small(examined: Examined):
    """At most 30,000 parameters."""
    count = examined.model.count_params()
    if count <= MOST:
        return None
    says = "It has too many parameters. In which layer do most of them sit: ask model.summary()?"
    return Fault("property", "too_large", says, f"It has {count:,}; at most {MOST:,} are allowed.")
