"""Chapter 6's figures: fits over the data, costs against degree and lambda, a map of diagnoses."""

import numpy as np

from utils.plotting.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    MARKERS,
    ORANGE,
    PALE,
    SKY,
    VERMILLION,
    YELLOW,
    bare,
    end_label,
    figure,
    label,
    series,
)

NEW = {"color": ORANGE, "marker": "x", "linestyle": "none", "markersize": 5, "alpha": 0.8}
OLD = {"color": BLACK, "marker": "o", "linestyle": "none", "markersize": 6}
NAMES = {"J_train": "$J_{train}$", "J_cv": "$J_{cv}$", "J_test": "$J_{test}$"}
MAP = {"bias": (-0.1, 0.6), "variance": (-0.1, 0.8)}  # how much of the plane is shown


def readings(x, y):
    """The readings alone."""
    with figure(height=3.4) as (_, ax):
        ax.plot(x, y, **OLD)
        _name_axes(ax)


def fits(panels, grid, new=None, columns=None, ylim=(-9, 4)):
    """Readings and the curve fitted to them, one panel a model.

    ``panels`` is a dict from a title to (x, y, the curve's values on ``grid``), with a pair (x, y)
    of other readings after it where a panel has its own. ``new`` is such a pair for all panels.
    Other readings are shown as crosses.
    """
    columns = columns or len(panels)
    rows = -(-len(panels) // columns)
    size = {"width": 8.4, "height": 0.4 + 2.9 * rows}
    with figure(rows, columns, **size, sharey=True, sharex=True, squeeze=False) as (_, axes):
        for ax, (title, (x, y, curve, *own)) in zip(axes.flat, panels.items(), strict=True):
            others = own[0] if own else new
            if others is not None:
                ax.plot(*others, **NEW)
            ax.plot(grid, curve, color=BLUE)
            ax.plot(x, y, **OLD)
            ax.set_title(_subscripts(title), fontsize=12)
            ax.set(ylim=ylim, xlim=(-1.1, 1.1), xticks=(-1, 0, 1))
            if ax in axes[-1]:
                ax.set_xlabel("temperature x")
            if ax in axes[:, 0]:
                ax.set_ylabel("reading y")


def three_sets(train=0.6, cv=0.2):
    """The rows of the data as a bar in three pieces, each with its one job."""
    pieces = (
        ("training", "fits w and b", train, SKY, None),
        ("cross-\nvalidation", "chooses\nthe model", cv, YELLOW, "///"),
        ("test", "is asked\nonce, at\nthe end", 1 - train - cv, PALE, "..."),
    )
    with figure(height=1.9) as (_, ax):
        left = 0.0
        for name, job, share, color, hatch in pieces:
            look = {"color": color, "hatch": hatch, "edgecolor": "white", "linewidth": 2}
            ax.barh(0, share, left=left, height=0.5, **look)
            middle = left + share / 2
            box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
            ax.text(
                middle, 0, f"{share:.0%}".replace("%", " %"), ha="center", va="center", bbox=box
            )
            ax.text(middle, 0.32, name, ha="center", va="bottom", weight="bold")
            ax.text(middle, -0.32, job, ha="center", va="top")
            left += share
        bare(ax).set(xlim=(0, 1), ylim=(-1.1, 0.9))


def costs(along, curves, baseline=None, xlabel="degree", best=None, ylim=None):
    """Costs on a log axis: a dict from a name to a list, one cost for each value of ``along``.

    ``along`` is drawn on a log axis too when it is lambda. ``best`` marks one value with a ring
    on the last curve.
    """
    with figure(height=3.9) as (_, ax):
        _cost_lines(ax, along, curves, baseline)
        if baseline is not None:
            _name_baseline(ax, baseline)
        if best is not None:
            last = list(curves.values())[-1]
            at = last[list(along).index(best)]
            ring = {"markersize": 16, "markerfacecolor": "none", "markeredgewidth": 1.8}
            ax.plot(best, at, "o", color=BLACK, **ring)
            side = -13 if xlabel == "lambda" else 13
            label(ax, (best, at), f"lowest: {best:g}", (side, 8))
        if xlabel == "lambda":
            ax.set_xscale("log")
            ax.set_xlabel("lambda (log scale)")
        else:
            ax.set(xlabel=xlabel, xticks=along)
        if ylim:
            ax.set_ylim(*ylim)
        _cost_ticks(ax)
        ax.set_ylabel("cost J (log scale)")


def learning_curves(panels, baseline, ylim=(0.002, 3)):
    """Costs against the number of training examples, one panel a model.

    ``panels`` is a dict from a title to (sizes, J_train, J_cv).
    """
    size = {"width": 8.6, "height": 3.4}
    with figure(1, len(panels), **size, sharey=True, squeeze=False) as (_, axes):
        for ax, (title, (sizes, J_train, J_cv)) in zip(axes[0], panels.items(), strict=True):
            curves = {"J_train": J_train, "J_cv": J_cv}
            _cost_lines(ax, sizes, curves, baseline, named=ax is axes[0][-1])
            ax.set(xlabel="training examples", title=title, xscale="log", ylim=ylim)
            ax.set_xticks((12, 20, 50, 100), (12, 20, 50, 100))
            ax.minorticks_off()
        _name_baseline(axes[0][0], baseline)
        _cost_ticks(axes[0][0])
        axes[0][0].set_ylabel("cost J (log scale)")


def chosen(degrees, picks):
    """How often each degree was chosen, the true one dark; ``picks``: title to chosen degrees."""
    size = {"width": 8.4, "height": 2.9}
    with figure(1, len(picks), **size, sharey=True, squeeze=False) as (_, axes):
        for ax, (title, picked) in zip(axes[0], picks.items(), strict=True):
            share = [100 * np.mean(np.equal(picked, d)) for d in degrees]
            bars = ax.bar(degrees, share, color=PALE, edgecolor=GREY, width=0.8)
            true = list(degrees).index(3)
            bars[true].set(facecolor=BLUE, edgecolor=BLUE)
            label(ax, (3, share[true]), f"{share[true]:.0f} %", (0, 3))
            ax.set_title(title, fontsize=12)
            ax.set(xlabel="chosen degree", xticks=degrees, ylim=(0, 100))
        axes[0][0].set_ylabel("% of the data sets")


def said_and_true(pairs):
    """What a leaking pipeline promised beside what came true: a dict from a name to two costs."""
    with figure(height=0.7 + 0.85 * len(pairs)) as (_, ax):
        for row, (said, true) in enumerate(pairs.values()):
            for shift, cost, color, hatch, name in (
                (0.19, said, SKY, None, "promised"),
                (-0.19, true, VERMILLION, "///", "came true"),
            ):
                look = {"color": color, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
                ax.barh(-row + shift, cost, height=0.36, **look)
                label(ax, (cost, -row + shift), f"{name}: {cost:.3f}", (5, 0), fontsize=11)
        ax.set_yticks([-row for row in range(len(pairs))], pairs)
        ax.set(xlabel="cost J, lower is better")
        ax.margins(x=0.25)
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)


def bias_variance_map(models, baseline, tol):
    """Models as points: how far J_train lies above the baseline, and J_cv above J_train.

    ``models`` is a dict from a name to (J_train, J_cv). What lies outside the plane is drawn at
    its edge, as a triangle. A model called "yours" is a star.
    """
    (left, right), (bottom, top) = MAP.values()
    with figure(height=4.6) as (_, ax):
        for x, y, width, height, color, hatch, name in (
            (left, bottom, tol - left, tol - bottom, "#E3F2E9", None, "just right"),
            (tol, bottom, right - tol, tol - bottom, "#E4EFF8", None, "high bias"),
            (left, tol, tol - left, top - tol, "#FBEBDD", None, "high\nvariance"),
            (tol, tol, right - tol, top - tol, "#F3F3F3", None, "high bias and high variance"),
        ):
            ax.fill_between((x, x + width), y, y + height, facecolor=color, hatch=hatch)
            upper = y > bottom
            spot = {"ha": "right", "va": "top" if upper else "bottom", "style": "italic"}
            edge = y + height - 0.012 if upper else y + 0.008
            ax.text(x + width - 0.008, edge, name, color=GREY, **spot)
        ax.axvline(tol, color=GREY, linewidth=1.2)
        ax.axhline(tol, color=GREY, linewidth=1.2)
        for k, (name, (J_train, J_cv)) in enumerate(models.items()):
            spot = np.array([J_train - baseline, J_cv - J_train])
            shown = np.clip(spot, (left + 0.01, bottom + 0.015), (right - 0.01, top - 0.015))
            outside = np.any(shown != spot)
            marker = "*" if name == "yours" else "^" if outside else MARKERS[k % len(MARKERS)]
            color = VERMILLION if name == "yours" else BLUE
            look = {"color": color, "markeredgecolor": BLACK, "zorder": 4}
            ax.plot(*shown, marker, markersize=17 if name == "yours" else 9, **look)
            far = shown[0] > 0.42
            label(ax, shown, name, (-11, -2) if far else (11, -2), va="center", zorder=5)
        ax.set(xlim=(left, right), ylim=(bottom, top))
        ax.set(xlabel="bias: $J_{train}$ − baseline", ylabel="variance: $J_{cv}$ − $J_{train}$")


def regions(models, X, y, reach=1.35):
    """What each model says of every point of the plane, with the examples on top.

    ``models`` is a dict from a title to a function from (m, 2) to m classes.
    """
    side = np.linspace(-reach, reach, 160)
    plane = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    size = {"width": 8.6, "height": 3.3}
    with figure(1, len(models), **size, squeeze=False) as (_, axes):
        for ax, (title, classes) in zip(axes[0], models.items(), strict=True):
            says = np.reshape(classes(plane), (len(side), len(side)))
            look = {"levels": (-0.5, 0.5, 1.5, 2.5), "colors": ("#D9E8F3", "#FFFFFF", "#E6B08A")}
            ax.contourf(side, side, says, **look)
            for k in (0.5, 1.5):
                ax.contour(side, side, says, levels=[k], colors=GREY, linewidths=0.8)
            for k, color in enumerate((BLUE, GREEN, VERMILLION)):
                spots = {"marker": "os^"[k], "markersize": 5, "markeredgecolor": "white"}
                ax.plot(*X[y == k].T, color=color, linestyle="none", markeredgewidth=0.5, **spots)
            ax.set_title(title, fontsize=12)
            ax.set(xticks=(), yticks=(), aspect="equal", xlim=(-reach, reach), ylim=(-reach, reach))
            ax.spines[:].set_visible(True)


def _cost_lines(ax, along, curves, baseline, named=True):
    """One line a cost, named at its end, clear of the other names; the baseline dotted."""
    for k, values in enumerate(curves.values()):
        ax.plot(along, values, marker="os^"[k], markersize=5, **series(k))
    ax.set_yscale("log")
    if baseline is not None:
        ax.axhline(baseline, color=GREY, linestyle=(0, (1, 2)), linewidth=1.6)
    if not named:
        return
    ends = sorted((values[-1], k, name) for k, (name, values) in enumerate(curves.items()))
    close = len(ends) == 2 and ends[1][0] < 1.5 * ends[0][0]
    for place, (last, k, name) in enumerate(ends):
        offset = (8, (-7, 7)[place] if close else 0)
        color = series(k)["color"]
        end_label(ax, along, [last], NAMES.get(name, name), offset=offset, color=color, va="center")


def _name_baseline(ax, baseline):
    """Above its dotted line, at the left."""
    ax.annotate("baseline", (0.02, baseline), (0, 3), xycoords=("axes fraction", "data"),
                textcoords="offset points", color=GREY)  # fmt: skip


def _cost_ticks(ax):
    """Costs as plain numbers, not powers of ten."""
    low, high = ax.get_ylim()
    ticks = [t for t in (0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100) if low <= t <= high]
    ax.set_yticks(ticks, [f"{t:g}" for t in ticks])
    ax.minorticks_off()


def _subscripts(text):
    for name, shown in NAMES.items():
        text = text.replace(name, shown)
    return text


def _name_axes(ax):
    ax.set(xlabel="temperature x", ylabel="reading y")
