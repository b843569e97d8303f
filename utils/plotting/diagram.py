"""A small network as a diagram, with its weights, biases and the numbers that flow through."""

import numpy as np

from utils.plotting.matrices import number
from utils.plotting.style import BLACK, BLUE, GREY, PROBABILITY, VERMILLION, bare, figure, label


def network(
    layers, x=None, names=("temperature", "duration"), units=(), output="well roasted", then=None
):
    """A small network as a diagram: weights on the edges, the bias under each unit.

    With an example ``x`` its numbers flow through: each node holds its activation, and
    under a unit stands z, the number that went into its activation function. ``units``
    names the units of the first layer, ``then`` is passed to ``style.figure``.
    """
    sizes = [len(layers[0][0])] + [len(b) for _, b, _ in layers]
    width, height = 3.6 * len(layers), TALL * max(sizes)
    with figure(width=2.3 + 2.5 * len(layers), height=0.3 + 0.68 * height, then=then) as (_, ax):
        bare(ax).set_aspect("equal")
        places, a = column_of_nodes(0, sizes[0]), x
        nodes(ax, places, a, names, "s", side=-1)
        for k, (W, b, g) in enumerate(layers, start=1):
            sources, places = places, column_of_nodes(3.6 * k, sizes[k])
            edges(ax, sources, places, W)
            z = None if x is None else a @ W + b
            a = None if x is None else g(z)
            captions(ax, places, b, z)
            nodes(ax, places, a, [output] if k == len(layers) else ())
            for (left, middle), name in zip(places, units if k == 1 else (), strict=False):
                ax.text(left, middle + 0.6, name, ha="center", va="center", zorder=4)
        ax.set(xlim=(-2.6, width + 2.6), ylim=(-height / 2 - 0.3, height / 2))


TALL = 2.1  # from one unit of a layer to the next; 3.6 from layer to layer


def column_of_nodes(left, size):
    return [(left, TALL * ((size - 1) / 2 - i)) for i in range(size)]


def edges(ax, sources, targets, W):
    """Lines as thick as the weight is large, dashed where it is negative, dotted at zero."""
    widest = np.abs(W).max() or 1
    at = 0.32 if len(sources) >= len(targets) else 0.68  # where the lines are furthest apart
    for i, (x0, y0) in enumerate(sources):
        for j, (x1, y1) in enumerate(targets):
            w = W[i, j]
            color, line = (
                (BLUE, "-") if w > 0 else (VERMILLION, (0, (4, 1.5))) if w < 0 else (GREY, ":")
            )
            width = 0.8 + 2.4 * abs(w) / widest
            ax.plot([x0, x1], [y0, y1], color=color, linestyle=line, linewidth=width, zorder=1)
            place = (x0 + at * (x1 - x0), y0 + at * (y1 - y0))
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
            ax.text(*place, number(w), color=color, ha="center", va="center", bbox=box, zorder=2)


def nodes(ax, places, values, names=(), marker="o", side=1):
    """Inputs are squares; a unit is a circle, the bluer the nearer its activation is to 1."""
    for i, (left, middle) in enumerate(places):
        blue = 0.0 if values is None or marker == "s" else float(np.clip(values[i], 0, 1))
        look = {"color": [PROBABILITY(blue)], "edgecolor": BLACK, "linewidth": 1.3, "zorder": 3}
        ax.scatter(left, middle, s=1600, marker=marker, **look)
        if values is not None:
            text = f"{values[i]:.2f}".replace("-", "−")
            ax.text(left, middle, text, ha="center", va="center", fontsize=11, zorder=4)
        if i < len(names):
            label(ax, (left + 0.45 * side, middle), names[i], (4 * side, 0))


def captions(ax, places, b, z):
    """The bias, and z where numbers flow, under each unit."""
    for i, (left, middle) in enumerate(places):
        text = f"b = {number(b[i])}" + ("" if z is None else f"\nz = {number(z[i])}")
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        look = {"ha": "center", "va": "top", "color": GREY, "fontsize": 11, "linespacing": 1.1}
        ax.text(left, middle - 0.52, text, bbox=box, zorder=2.5, **look)
