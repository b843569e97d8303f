"""Chapter 3's figures: digits, the shape of a loss, steps downhill, what a network looks at."""

import numpy as np

from utils.plotting.style import (
    BLACK,
    BLUE,
    GREY,
    PALE,
    SIGNED,
    VERMILLION,
    arrow,
    bare,
    end_label,
    figure,
    label,
    series,
)

MINUS = "\N{MINUS SIGN}"


def digits(X, y, columns=8):
    """Images in a grid, each under its label."""
    rows = -(-len(X) // columns)
    with figure(rows, columns, height=1.15 * rows, squeeze=False) as (_, axes):
        for ax, x, name in zip(axes.flat, X, y, strict=False):
            _ink(ax, x)
            ax.set_title(str(name), fontsize=12, loc="center", pad=3)
        _hide_the_rest(axes, len(X))


def row_of_pixels(x, row):
    """One image, and the numbers in one of its rows."""
    values = np.reshape(x, (28, 28))[row]
    with figure(1, 2, height=3.2, width_ratios=(1, 1.5)) as (_, (left, right)):
        _ink(left, x)
        left.axhspan(row - 0.5, row + 0.5, facecolor="none", edgecolor=VERMILLION, linewidth=2)
        right.bar(range(28), values, color=GREY, width=0.8)
        right.set(xlabel="column", ylabel="pixel", ylim=(0, 1.05), title=f"row {row}")


def cross_entropy():
    """The loss of one example against the probability, for either label."""
    p = np.linspace(0.002, 0.998, 500)
    with figure(height=4.0) as (_, ax):
        for k, (loss, text, at, offset) in enumerate(
            (
                (-np.log(p), "y = 1: it is a one", 0.12, (12, 8)),
                (-np.log(1 - p), "y = 0: it is a zero", 0.88, (-12, 8)),
            )
        ):
            ax.plot(p, loss, **series(k))
            height = np.interp(at, p, loss)
            label(ax, (at, height), text, offset, color=series(k)["color"])
        ax.plot(0.5, np.log(2), "o", color=BLACK)
        label(ax, (0.5, np.log(2)), f"no idea: {np.log(2):.3f}", (0, 10))
        ax.set(xlabel="p, the probability given to “it is a one”", ylabel="loss", ylim=(0, 5))
        label(ax, (0.0, 4.8), " sure, and wrong", (10, 0))
        label(ax, (1.0, 4.8), "sure, and wrong", (-10, 0))


def steps_downhill(w, cost, w_path, cost_path):
    """The cost against one weight, and the steps that gradient descent takes on it."""
    with figure(height=3.8) as (_, ax):
        ax.plot(w, cost, color=BLUE)
        for k in (0, 1):
            start, end = (w_path[k], cost_path[k]), (w_path[k + 1], cost_path[k + 1])
            arrow(ax, start, end, color=VERMILLION)
        ax.plot(w_path, cost_path, "o", color=VERMILLION, markeredgecolor="white")
        middle = (np.mean(w_path[:2]), np.mean(cost_path[:2]))
        label(ax, (w_path[0], cost_path[0]), "start", (10, -6))
        label(ax, middle, "steep: a long step", (-10, 6))
        label(ax, (w_path[-1], cost_path[-1]), "nearly flat: short steps", (-4, 10))
        ax.set(xlabel="weight", ylabel="cost J")


def weight_images(weights, negative="says zero", positive="says one"):
    """Weights of one neuron as images, side by side: a dict from a title to 784 numbers."""
    height = 0.75 + min(2.2, 6.6 / len(weights))
    with figure(1, len(weights), height=height, squeeze=False) as (fig, axes):
        for ax, (title, w) in zip(axes[0], weights.items(), strict=True):
            _weights(ax, w)
            ax.set_title(title.replace("-", MINUS), fontsize=12)
        fig.supxlabel(
            f"orange, minus: ink here {negative}      blue, plus: ink here {positive}", fontsize=12
        )


def cost_curves(curves, measure="cost J", along="step"):
    """One line a setting: a dict from its name to a cost for each step, on a log axis."""
    with figure(height=3.8) as (_, ax):
        for k, values in enumerate(curves.values()):
            step = np.arange(len(values))
            ax.semilogy(step, values, **series(k), linewidth=1.8)
        low, high = ax.get_ylim()
        ends = sorted((values[-1], k, name) for k, (name, values) in enumerate(curves.items()))
        above = -np.inf
        for last, k, name in ends:  # from the bottom up, each name clear of the one below it
            height = np.log(last / low) / np.log(high / low) * 200  # points, about
            above = max(height, above + 16)
            offset = (8, above - height)
            end_label(ax, step, [last], name, offset=offset, color=series(k)["color"], va="center")
        ticks = [t for t in (0.003, 0.01, 0.03, 0.1, 0.3, 1, 3) if low <= t <= high]
        ax.set_yticks(ticks, [f"{t:g}" for t in ticks])
        ax.minorticks_off()
        ax.set(xlabel=along, ylabel=f"{measure} (log scale)")


def mistakes(X, y, p, names):
    """The images that p, at one half, gets wrong: what each is, and what the model took it for."""
    wrong = np.flatnonzero((p >= 0.5) != y)
    if not len(wrong):
        print("none: every image is right")
        return
    rows = -(-len(wrong) // 5)
    columns = -(-len(wrong) // rows)
    with figure(rows, columns, height=1.9 * rows, squeeze=False) as (_, axes):
        for ax, i in zip(axes.flat, wrong, strict=False):
            _ink(ax, X[i])
            is_one = int(y[i])
            sure = int(100 * max(p[i], 1 - p[i]))
            says = f"a {names[is_one]}, taken for {names[1 - is_one]},\n{sure} % sure"
            ax.set_title(says, fontsize=11, loc="center", pad=3)
        _hide_the_rest(axes, len(wrong))


def hidden_units(W, votes, columns=9):
    """What each unit of a first hidden layer looks at, the one with the strongest votes first.

    ``W`` has a column of 784 weights for each unit, ``votes`` a number for each. All units share
    one scale, so that one which learnt nothing stays blank.
    """
    order = np.argsort(-np.abs(votes))
    size = np.quantile(np.abs(W), 0.998)
    rows = -(-len(order) // columns)
    with figure(rows, columns, width=8.0, height=1.25 * rows, squeeze=False) as (fig, axes):
        for ax, j in zip(axes.flat, order, strict=False):
            _weights(ax, W[:, j], size)
            ax.set_title(f"unit {j}", fontsize=10, loc="center", pad=3)
        _hide_the_rest(axes, len(order))
        fig.supxlabel(
            "orange, minus: ink here silences the unit      blue, plus: ink here excites it",
            fontsize=12,
        )


def curve_fit(x, y, grid, prediction, truth):
    """The data, what a model predicts, and the curve the data were made from."""
    with figure(height=3.8) as (_, ax):
        ax.plot(x, y, "o", color="#8FBFDD", markersize=3.5)
        ax.plot(grid, truth, color=GREY, linestyle=(0, (2, 2)), linewidth=1.6)
        ax.plot(grid, prediction, color=BLACK, linewidth=2.6)
        ax.set(xlabel="minutes from the recommended time", ylabel="taste score")
        grid, prediction, truth = np.ravel(grid), np.ravel(prediction), np.ravel(truth)
        label(ax, (-1.7, np.interp(-1.7, grid, prediction)), "the model", (-10, 14))
        label(ax, (1.9, np.interp(1.9, grid, truth)), "the true curve", (16, 8), color=GREY)


def _ink(ax, x):
    """One image: paper white, ink black."""
    bare(ax).imshow(np.reshape(x, (28, 28)), cmap="gray_r", vmin=0, vmax=1)


def _weights(ax, w, size=None):
    """784 weights as an image, zero white; a frame shows where the picture ends."""
    size = size or np.abs(w).max() or 1.0
    ax.imshow(np.reshape(w, (28, 28)), cmap=SIGNED, vmin=-size, vmax=size)
    ax.set(xticks=(), yticks=())
    for side in ax.spines.values():
        side.set(visible=True, color=PALE)
    for sign, i in (("+", np.argmax(w)), (MINUS, np.argmin(w))):  # in grey, colour tells no sign
        if abs(w[i]) > size / 3:
            at = {"ha": "center", "va": "center", "color": "white", "weight": "bold"}
            ax.text(i % 28, i // 28, sign, fontsize=12, **at)


def _hide_the_rest(axes, used):
    for ax in axes.flat[used:]:
        bare(ax)
