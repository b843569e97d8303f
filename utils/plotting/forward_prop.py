"""Figures of chapter 1: the roasts, and what a neuron, a layer and a network make of them.

A network is given as its layers, a list of ``(W, b, g)``. A decision surface also takes a
function of one scaled roast, ``(2,)`` to a number, so it can draw what a student has built.
"""

import numpy as np

from utils.data import coffee
from utils.plotting.diagram import network
from utils.plotting.explore import explore
from utils.plotting.matrices import batch, columns, shapes
from utils.plotting.style import BLACK, PROBABILITY, figure, label

__all__ = ["batch", "columns", "explore", "network", "roasts", "shapes", "surface", "units"]


def roasts(X, y):
    """The roasts in the plane: well roasted as filled circles, the others as crosses."""
    with figure(width=6.5, height=4.4) as (_, ax):
        scatter(ax, X, y)
        axis_names(ax)
        ax.set_ylim(11.3, 16.1)
        ax.scatter([160], [15.85], **GOOD)
        label(ax, (160, 15.85), "well roasted")
        ax.scatter([205], [15.85], **BAD)
        label(ax, (205, 15.85), "not")


def surface(model, X, y, thresholds=(0.5,)):
    """Where a network, or a function of one scaled roast, sees well roasted coffee."""
    with figure(width=6.8, height=4.4) as (fig, ax):
        colors = shade(ax, over_the_plane(model)[:, 0], thresholds)
        scatter(ax, X, y)
        axis_names(ax)
        bar = fig.colorbar(colors, ax=ax, ticks=[0, 0.25, 0.5, 0.75, 1])
        bar.ax.set_title("p", loc="center")


def units(layers, titles, X, y):
    """One decision surface beside the other, one for each unit of the last layer."""
    with figure(columns=len(titles), width=9, height=3.4, sharey=True) as (_, axes):
        for ax, p, title in zip(axes, over_the_plane(layers).T, titles, strict=True):
            shade(ax, p)
            scatter(ax, X, y, size=22)
            ax.set_title(title)
            ax.set_xlabel("temperature (°C)")
        axes[0].set_ylabel("duration (min)")


# Every degree or so, and every 0.04 minutes: 13,431 points.
PLANE = np.meshgrid(np.linspace(148, 292, 121), np.linspace(11.3, 15.7, 111))


def over_the_plane(model):
    """Outputs for each point of the plane, a row each; a function is asked point by point."""
    a = coffee.scaled(np.column_stack([axis.ravel() for axis in PLANE]))
    if callable(model):
        return np.array([np.ravel(model(x)) for x in a])
    for W, b, g in model:
        a = g(a @ W + b)
    return a


GOOD = {"marker": "o", "facecolor": "#003B5C", "edgecolor": "white", "s": 52, "linewidth": 0.8}
BAD = {"marker": "x", "color": "#8A3B00", "s": 34, "linewidth": 1.7}


def scatter(ax, X, y, size=None):
    scale = {} if size is None else {"s": size}
    ax.scatter(*X[y == 0].T, **{**BAD, **scale})
    ax.scatter(*X[y == 1].T, **{**GOOD, **scale})


def axis_names(ax):
    ax.set_xlabel("temperature (°C)")
    ax.set_ylabel("duration (min)")


def shade(ax, p, thresholds=(0.5,)):
    """Colour the plane by p and draw the lines on which p equals a threshold."""
    height = p.reshape(PLANE[0].shape)
    colors = ax.contourf(*PLANE, height, np.linspace(0, 1, 11), cmap=PROBABILITY)
    styles = ["-", "--", ":"][: len(thresholds)]
    ax.contour(*PLANE, height, thresholds, colors=BLACK, linestyles=styles, linewidths=1.8)
    if len(thresholds) > 1:
        for threshold, style in zip(thresholds, styles, strict=True):
            ax.plot([], [], color=BLACK, linestyle=style, linewidth=1.8, label=f"p = {threshold}")
        ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
    return colors
