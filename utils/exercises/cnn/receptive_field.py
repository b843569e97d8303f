"""Exercise `receptive_field`: how many input pixels one output sees."""

from utils.checking import Count, Exercise, case
from utils.reference import cnn as reference


def draw(rng):
    """Networks of any depth; two of one depth, for an answer that remembers."""
    for depth in (1, 2, 2, 3, 4, 6):
        kernels, strides = rng.integers(1, 8, size=depth), rng.integers(1, 4, size=depth)
        pairs = zip(kernels, strides, strict=True)
        yield case("a random network", [(int(k), int(s)) for k, s in pairs])


receptive_field = Exercise(
    id="receptive_field",
    title="How much one output sees",
    points=None,
    reference=reference.receptive_field,
    returns=Count(),
    begin=(
        "Begin on paper with two layers of kernel 3 and stride 1. One output of the second layer "
        "sees three of the first: how many input pixels do those three see together?"
    ),
    hints=(
        "A layer of kernel k looks at k neighbours, so it adds k - 1 steps to the span. How many "
        "input pixels is one step, after the layers before it?",
        "Keep two numbers, both 1 at the start: the span, and the step between neighbours in input "
        "pixels. Each layer makes the span larger by kernel - 1 steps; then its stride makes the "
        "step larger.",
        "for kernel, stride in layers: span = span + (kernel - 1) * ...; step = ... . Which of the "
        "two lines has to come first?",
    ),
    cases=[
        case("no layer", []),
        case("one layer", [(3, 1)]),
        case("one layer with a stride", [(3, 2)]),
        case("two layers", [(3, 1), (3, 1)]),
        case("a stride before a kernel", [(3, 2), (5, 1)]),
        case("a kernel before a stride", [(5, 1), (3, 2)]),
        case("convolution, pooling, twice", [(3, 1), (2, 2), (3, 1), (2, 2)]),
        case("strides that leave gaps", [(1, 2), (2, 4), (3, 1)]),
        case("three strides", [(3, 2), (3, 3), (4, 2), (3, 1)]),
    ],
    hidden=[
        case("one pixel", [(1, 1)]),
        case("one pixel, with a stride", [(1, 3)]),
        case("gaps between the pixels seen", [(2, 3), (1, 2), (4, 3), (2, 1)]),
        case("kernels of one pixel between others", [(5, 2), (1, 1), (3, 1), (1, 2), (2, 1)]),
        case("pooling alone", [(2, 2), (2, 2), (2, 2), (2, 2)]),
        case("many layers without a stride", [(3, 1)] * 20),
        case("many layers", [(3, 2)] * 15),
        case("a large kernel first", [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1)]),
        case("a large kernel last", [(2, 2), (3, 1), (2, 2), (11, 1)]),
    ],
    draw=draw,
)


@receptive_field.mistake(
    "The strides play no part in yours. After a layer of stride 2, how many input pixels lie "
    "between two neighbouring outputs?"
)
def strides_ignored(layers):
    return 1 + sum(kernel - 1 for kernel, stride in layers)


@receptive_field.mistake(
    "The kernels are added up. Neighbouring windows share pixels: how many new ones does a kernel "
    "of 3 bring, after the first?"
)
def kernels_added_up(layers):
    return sum(kernel for kernel, stride in layers) if layers else 1


@receptive_field.mistake(
    "The kernels are multiplied. Three neighbouring windows of three pixels overlap: how many "
    "pixels do they cover together?"
)
def kernels_multiplied(layers):
    span = 1
    for kernel, _ in layers:
        span = span * kernel
    return span


@receptive_field.mistake(
    "Each layer's own stride counts at once for its own kernel. The kernel looks at the outputs of "
    "the layers before it: whose strides set those apart?"
)
def own_stride_first(layers):
    span, step = 1, 1
    for kernel, stride in layers:
        step = step * stride
        span = span + (kernel - 1) * step
    return span


@receptive_field.mistake(
    "Only the layer's own stride is used for its kernel. Whose strides set the outputs apart that "
    "the kernel looks at?"
)
def own_stride_only(layers):
    return 1 + sum((kernel - 1) * stride for kernel, stride in layers)


@receptive_field.mistake(
    "Only the stride of the layer just before is used. What became of the strides of those before "
    "that?"
)
def last_stride_only(layers):
    span, step = 1, 1
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = stride
    return span


@receptive_field.mistake(
    "The strides are added up. After two layers of stride 3, how many input pixels is one step?"
)
def strides_added_up(layers):
    span, step = 1, 1
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = step + stride - 1
    return span


@receptive_field.also("strides_added_up")
def strides_added_up_from_one(layers):
    span, step = 1, 1
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = step + stride
    return span


@receptive_field.mistake(
    "The layers are taken in the wrong order. The step between neighbours grows from the input on; "
    "in which order does the list hold the layers?"
)
def from_the_wrong_end(layers):
    span, step = 1, 1
    for kernel, stride in layers[::-1]:
        span = span + (kernel - 1) * step
        step = step * stride
    return span


@receptive_field.mistake(
    "A kernel adds its whole width in yours, times the step. From its first pixel to its last, how "
    "many steps does a kernel of 3 take?"
)
def whole_kernel_added(layers):
    span, step = 1, 1
    for kernel, stride in layers:
        span = span + kernel * step
        step = step * stride
    return span


@receptive_field.mistake("Without any layer an output is a pixel itself. How many does it see?")
def nothing_without_layers(layers):
    if not layers:
        return 0
    span, step = 1, 1
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = step * stride
    return span


@receptive_field.also("nothing_without_layers")
def begins_with_the_first_kernel(layers):
    span, step = layers[0]
    for kernel, stride in layers[1:]:
        span = span + (kernel - 1) * step
        step = step * stride
    return span


@receptive_field.mistake(
    "It is one too small, everywhere. How many pixels does an output see without any layer?"
)
def begins_at_zero(layers):
    span, step = 0, 1
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = step * stride
    return span


@receptive_field.mistake(
    "It returns the step between two neighbours, not the span of pixels that one output sees."
)
def returns_the_step(layers):
    step = 1
    for _, stride in layers:
        step = step * stride
    return step


@receptive_field.mistake(
    "The pixels of the whole square are counted. The span along one side is asked for."
)
def square_of_the_span(layers):
    span, step = 1, 1
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = step * stride
    return span**2


@receptive_field.mistake(
    "Kernel and stride have changed places. In which order does each pair hold them?"
)
def pair_swapped(layers):
    span, step = 1, 1
    for stride, kernel in layers:
        span = span + (kernel - 1) * step
        step = step * stride
    return span


@receptive_field.mistake(
    "It returns inside the loop, after the first layer. Where should the `return` stand?"
)
def returns_in_the_loop(layers):
    span, step = 1, 1
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = step * stride
        return span
    return span


@receptive_field.mistake(
    "The last layer is left out. Its kernel looks at the outputs before it too: how often should "
    "the loop run?"
)
def last_layer_left_out(layers):
    span, step = 1, 1
    for kernel, stride in layers[:-1]:
        span = span + (kernel - 1) * step
        step = step * stride
    return span


@receptive_field.alternative
def from_the_output_back(layers):
    span = 1
    for kernel, stride in reversed(layers):
        span = (span - 1) * stride + kernel
    return span


@receptive_field.alternative
def recursive(layers):
    if not layers:
        return 1
    (kernel, stride), *rest = layers
    return kernel + stride * (recursive(rest) - 1)


@receptive_field.alternative
def by_first_and_last_pixel(layers):
    first = last = 0
    for kernel, stride in layers[::-1]:
        first, last = first * stride, last * stride + kernel - 1
    return last - first + 1


@receptive_field.alternative
def by_products(layers):
    import math

    strides = [stride for _, stride in layers]
    return 1 + sum((k - 1) * math.prod(strides[:i]) for i, (k, _) in enumerate(layers))


@receptive_field.alternative
def array_of_products(layers):
    import numpy as np

    pairs = np.array(layers, dtype=int).reshape(-1, 2)
    steps = np.cumprod(np.append(1, pairs[:, 1]))[:-1]
    return np.sum((pairs[:, 0] - 1) * steps) + 1


@receptive_field.alternative
def by_the_pixels_seen(layers):
    seen = {0}
    for kernel, stride in layers[::-1]:
        low, high = min(seen) * stride, max(seen) * stride
        seen = {low, high + kernel - 1}
    return max(seen) - min(seen) + 1
