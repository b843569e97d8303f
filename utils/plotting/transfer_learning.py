"""Chapter 7's figures: letters and digits, what is kept and what is trained, labels needed."""

import numpy as np

from utils.plotting.style import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PALE,
    arrow,
    bare,
    figure,
    label,
    points,
    series,
)


def images(rows):
    """Rows of images: ``rows`` is a dict from what they are to an array of images."""
    count = max(map(len, rows.values()))
    with figure(len(rows), count, width=8, height=0.9 * len(rows), squeeze=False) as (_, axes):
        for line, (title, pictures) in zip(axes, rows.items(), strict=True):
            for ax in line:
                bare(ax)
            for ax, picture in zip(line, pictures, strict=False):
                side = round(np.size(picture) ** 0.5)
                ax.set_axis_on()
                ax.set(xticks=(), yticks=())
                ax.spines[:].set(visible=True, color=PALE)
                ax.imshow(np.reshape(picture, (side, side)), cmap="gray_r", vmin=0, vmax=1)
            line[0].set_title(title, fontsize=12)


def options():
    """The two options, layer by layer: kept layers are hatched, trained ones are filled."""
    with figure(2, 1, width=8, height=3.0) as (_, axes):
        for ax, name, kept in zip(axes, ("Option 1", "Option 2"), (True, False), strict=True):
            bare(ax).set(xlim=(-1.6, 11.2), ylim=(-0.75, 0.75))
            ax.text(-1.5, 0, name, va="center", fontsize=13)
            for k in range(5):
                fresh = k == 4
                frozen = kept and not fresh
                _box(ax, 2 * k, frozen=frozen, fresh=fresh)
                if k:
                    arrow(ax, (2 * k - 0.62, 0), (2 * k - 0.02, 0))
            says = "the four layers keep their values" if kept else "all five layers are trained"
            ax.text(10.1, 0, says.replace(" keep", "\nkeep").replace(" are", "\nare"),
                    va="center", ha="left", fontsize=11, clip_on=False)  # fmt: skip


def _box(ax, left, *, frozen, fresh):
    from matplotlib.patches import Rectangle

    color = PALE if frozen else ORANGE if fresh else BLUE
    box = Rectangle((left, -0.5), 1.4, 1, facecolor=color, edgecolor=GREY)
    if frozen:
        box.set(hatch="///", edgecolor=GREY)
    ax.add_patch(box)
    text = "new\nhead" if fresh else f"layer {left // 2 + 1}"
    plain = {"facecolor": PALE, "edgecolor": "none", "pad": 1.5} if frozen else None
    color = BLACK if frozen or fresh else "white"
    ax.text(left + 0.7, 0, text, ha="center", va="center", fontsize=11, color=color, bbox=plain)


def labels_needed(sizes, found):
    """Accuracy against the number of labelled examples: the mean, and all seeds as a band.

    ``found`` is a dict from the way to an array of shape (seeds, sizes).
    """
    with figure(width=8, height=4.6) as (_, ax):
        for k, values in enumerate(found.values()):
            look = series(k)
            ax.fill_between(
                sizes, np.min(values, 0), np.max(values, 0), color=look["color"], alpha=0.18, lw=0
            )
            middle = np.mean(values, axis=0)
            ax.plot(sizes, middle, **look)
            ax.plot(sizes, middle, **points(k))
        ax.set_xscale("log", base=2)
        ax.set_xticks(sizes, [str(size) for size in sizes])
        ax.minorticks_off()
        ax.set(xlabel="labelled digits (log scale)", ylabel="accuracy on unseen digits")
        ax.set_ylim(0, 1)
        ends = sorted((np.mean(values[:, -1]), k) for k, values in enumerate(found.values()))
        heights = np.array([height for height, _ in ends])
        apart = heights.copy()
        for k in range(1, len(apart)):  # names must not overlap
            apart[k] = max(apart[k], apart[k - 1] + 0.055)
        for at, (_, k) in zip(apart - np.mean(apart - heights), ends, strict=True):
            text, place = list(found)[k], (sizes[-1], at)
            label(ax, place, text, (10, 0), color=series(k)["color"], annotation_clip=False)


def read_as(X, y, letters):
    """One image of each digit, under the letter that most images of this digit are taken for."""
    with figure(1, 10, width=8, height=1.15) as (_, axes):
        for digit, ax in enumerate(axes):
            seen = letters[y == digit]
            ax.set(xticks=(), yticks=())
            ax.spines[:].set(visible=True, color=PALE)
            side = round(np.size(X[0]) ** 0.5)
            ax.imshow(X[y == digit][0].reshape(side, side), cmap="gray_r", vmin=0, vmax=1)
            ax.set_title(max(sorted(set(seen)), key=list(seen).count), loc="center")
