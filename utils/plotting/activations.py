"""Chapter 2's figures: bent curves, slopes, shrinking gradients, units that died."""

import numpy as np

from utils.plotting.style import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PALE,
    VERMILLION,
    arrow,
    end_label,
    figure,
    label,
    series,
)

ROASTING = "minutes from the recommended time"
MINUS = "\N{MINUS SIGN}"
FLAT = {"facecolor": PALE, "edgecolor": "white", "hatch": "//", "linewidth": 0, "zorder": 0}


def scores(x, y):
    """The training data alone."""
    with figure(height=3.4) as (_, ax):
        _dots(ax, x, y)
        ax.set(xlabel=ROASTING, ylabel="taste score")
        label(ax, (-2.2, 2.4), "too short: grassy", (0, 0))
        label(ax, (2.4, 2.4), "too long: burnt", (0, 0))


def fits(x, y, grid, models):
    """The data once for each model, with what the model predicts on a grid.

    ``models`` is a dict from a title to the predictions.
    """
    with figure(1, len(models), height=3.0, sharey=True, squeeze=False) as (fig, axes):
        for ax, (title, prediction) in zip(axes[0], models.items(), strict=True):
            _dots(ax, x, y)
            ax.plot(grid, prediction, color=BLACK, linewidth=2.6)
            ax.set_title(title)
        axes[0, 0].set_ylabel("taste score")
        fig.supxlabel(ROASTING, fontsize=12)


def hinge_sum(x, y, knots, weights, bias):
    """The sum of hinges as it grows: one hinge more in each panel."""
    grid = np.linspace(x.min(), x.max(), 400)
    with figure(2, 4, height=4.6, sharex=True, sharey=True) as (fig, axes):
        total = np.full_like(grid, bias)
        for k, ax in enumerate(axes.flat):
            before = total
            total = before + weights[k] * np.maximum(0, grid - knots[k])
            old = grid <= knots[k]
            _dots(ax, x, y)
            ax.axvspan(knots[k], grid[-1], color=ORANGE, alpha=0.15, linewidth=0)
            ax.plot(grid[~old], before[~old], color=GREY, linestyle=(0, (2, 2)), linewidth=1.6)
            ax.plot(grid, total, color=BLACK)
            ax.plot(knots[k], np.interp(knots[k], grid, total), "o", color=VERMILLION)
            ax.set_title(f"{k + 1}: weight {weights[k]:+.1f}".replace("-", MINUS), fontsize=11)
        ax.set(ylim=(-1.5, 6.5), xticks=(-3, 0, 3))
        fig.supxlabel(ROASTING, fontsize=12)
        fig.supylabel("taste score", fontsize=12)


def overflow():
    """Size of exp(-z) and of the sigmoid, as powers of ten, against the limits of float64."""
    z = np.linspace(-1000, 0, 501)
    power = -z / np.log(10)  # log10 of exp(-z)
    top, floor = np.log10(np.finfo(float).max), np.log10(np.finfo(float).smallest_subnormal)
    crash = -top * np.log(10)
    with figure(height=4.2) as (_, ax):
        ax.axhspan(top, 460, **FLAT)
        ax.plot(z[z > crash], power[z > crash], color=VERMILLION)
        ax.plot(z[z <= crash], power[z <= crash], color=VERMILLION, linestyle=(0, (1, 2)))
        ax.plot(z[-power > floor], -power[-power > floor], color=BLUE, linestyle=(0, (6, 2)))
        ax.plot(crash, top, "X", color=BLACK, markersize=11)
        ax.set(xlim=(-1000, 0), ylim=(-400, 460), xlabel="z", yticks=(-300, 0, 300))
        ax.set_yticklabels(["$10^{-300}$", "1", "$10^{300}$"])
        label(ax, (-30, 385), "no float64 is this large", (0, 0), ha="right")
        label(ax, (crash, top), f"overflow at\nz = {crash:.1f}".replace("-", MINUS), (-10, -8))
        label(ax, (-370, 161), "exp(-z), inside the formula", (4, 8), color=VERMILLION)
        label(ax, (-340, -148), "sigmoid(z), the answer", (4, -8), color=BLUE)
        label(ax, (floor * np.log(10), floor), "0 from\nhere on", (-6, 0))


def slopes():
    """Linear, sigmoid and ReLU above their slopes, the flat parts hatched."""
    z = np.linspace(-8, 8, 801)
    s = 1 / (1 + np.exp(-z))
    rows = {
        "linear": (z, np.ones_like(z)),
        "sigmoid": (s, s * (1 - s)),
        "ReLU": (np.maximum(0, z), (z > 0) * 1.0),
    }
    with figure(2, 3, height=5.0, sharex=True, sharey="row") as (_, axes):
        for (above, below), (name, (value, slope)) in zip(axes.T, rows.items(), strict=True):
            for ax, curve, k in ((above, value, 0), (below, slope, 1)):
                ax.plot(z, curve, **series(k))
                ax.fill_between(z, -5, 5, where=slope < 0.01, **FLAT)
                ax.axhline(0, color=GREY, linewidth=0.8, zorder=1)
            above.set(title=name, ylim=(-1.2, 3), xlim=(-8, 8))
            below.set(xlabel="z", ylim=(-0.12, 1.15), yticks=(0, 0.25, 0.5, 1))
            for flat, at in ((slope[0] < 0.01, -6.3), (slope[-1] < 0.01, 6.3)):
                if flat:
                    label(above, (at, 2.5), "flat", (0, 0), backgroundcolor="white")
        axes[0, 0].set_ylabel("activation g(z)")
        axes[1, 0].set_ylabel("slope of g")
        label(axes[1, 1], (0, 0.25), "at most 0.25", (0, 6))


def chains(lines):
    """Sizes of a gradient after 1, 2, ... layers, on a log axis.

    ``lines`` is a dict from a label to one size for each depth.
    """
    with figure(height=4.2) as (_, ax):
        for k, (name, sizes) in enumerate(lines.items()):
            depth = np.arange(1, len(sizes) + 1)
            ax.semilogy(depth, sizes, **series(k))
            end_label(ax, depth, sizes, name)
        ax.set(xlabel="layers on the way back", ylabel="size of the gradient (log scale)")
        ax.set_xticks(depth[[0, *range(4, len(depth), 5)]])


def layer_gradients(lines):
    """Typical gradient of the weights in each layer of a real network, on a log axis.

    ``lines`` is a dict from a label to one size for each layer, the first layer first.
    """
    with figure(height=3.8) as (_, ax):
        for k, (name, sizes) in enumerate(lines.items()):
            layer = np.arange(1, len(sizes) + 1)
            ax.semilogy(layer, sizes, marker="os"[k % 2], **series(k))
            label(ax, (layer[2], sizes[2]), name, (0, 12 if k else 26), color=series(k)["color"])
        ax.set(xlabel="hidden layer", ylabel="gradient (log scale)", xticks=layer)
        arrow(ax, (layer[-1], 1e-6), (layer[0] + 2.5, 1e-6), color=GREY)
        label(ax, (layer[-1], 1e-6), "from the output back to the input", (0, -6), ha="right")


def race(errors):
    """Error after each step of training, for each network, on a log axis."""
    with figure(height=3.8) as (_, ax):
        for k, (name, error) in enumerate(errors.items()):
            step = np.arange(len(error))
            look = series(k) | {"linestyle": "-" if k else (0, (6, 2))}  # the jagged one unbroken
            ax.semilogy(step, error, **look, linewidth=1.8)
            end_label(ax, step, error, name, color=series(k)["color"])
        ax.set(xlabel="steps of gradient descent", ylabel="error (log scale)")
        ax.set_yticks([0.03, 0.1, 0.3, 1, 3], ["0.03", "0.1", "0.3", "1", "3"])
        ax.minorticks_off()


def unit_outputs(A, x, dead=()):
    """A layer's outputs, one column for each unit; those named dead are hatched."""
    order = np.argsort(x.ravel())
    units = A.shape[1]
    with figure(height=4.2) as (fig, ax):
        picture = ax.imshow(A[order], aspect="auto", cmap="Blues", extent=(0, units, len(A), 0))
        picture.set_interpolation("nearest")
        for j in np.flatnonzero(dead):
            ax.axvspan(j + 0.04, j + 0.96, facecolor="none", hatch="//", edgecolor=GREY)
            arrow(ax, (j + 0.5, -0.06 * len(A)), (j + 0.5, 0), "dead", fontsize=11)
        ax.set_xticks(np.arange(units) + 0.5, range(units))
        ax.set(xlabel="unit", ylabel="examples, short to long roast", yticks=())
        fig.colorbar(picture, label="output of the unit")


def _dots(ax, x, y):
    """The data, quiet enough to draw a model over it."""
    ax.plot(x, y, "o", color="#8FBFDD", markersize=3.5)
