"""Right answers to `layer_parameters`, written otherwise than the reference."""

import numpy as np


def by_building_shapes(H, W, C, F, k):
    rows, columns = range(H - k + 1), range(W - k + 1)
    outputs = len(rows) * len(columns) * F
    kernels, biases = (k, k, C, F), (F,)
    conv = int(np.prod(kernels)) + int(np.prod(biases))
    local, dense = outputs * (k**2 * C) + outputs, outputs + outputs * H * W * C
    return {"conv": conv, "local": local, "dense": dense}


def one_more_input_for_the_bias(H, W, C, F, k):
    counts = {}
    places = (H - k + 1) * (W - k + 1)
    counts["conv"] = F * (1 + C * k * k)
    counts["local"] = places * counts["conv"]
    counts["dense"] = places * F * (1 + H * W * C)
    return counts


def integers_of_numpy(H, W, C, F, k):
    sees = np.array([H * W * C, k * k * C, k * k * C], dtype=np.int64)
    sets = np.array([(H - k + 1) * (W - k + 1) * F] * 2 + [F], dtype=np.int64)
    return dict(zip(("dense", "local", "conv"), (sees + 1) * sets, strict=True))


def whole_division(H, W, C, F, k):
    from collections import OrderedDict

    outputs = ((H - k) // 1 + 1) * ((W - k) // 1 + 1) * F
    weights = [("dense", outputs * H * W * C), ("local", outputs * k * k * C)]
    counts = OrderedDict((name, n + outputs) for name, n in weights)
    counts["conv"] = counts["local"] // outputs * F
    return counts


ALTERNATIVES = [by_building_shapes, one_more_input_for_the_bias, integers_of_numpy, whole_division]
