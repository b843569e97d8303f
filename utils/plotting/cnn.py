"""Chapter 5's figures: moved digits, a sliding window, the matrix behind it, feature maps."""

import numpy as np
from matplotlib.patches import Rectangle

from utils.plotting.matrices import cells, number
from utils.plotting.style import (
    BLACK,
    BLUE,
    COLORS,
    GREY,
    MARKERS,
    PALE,
    PROBABILITY,
    VERMILLION,
    YELLOW,
    bare,
    end_label,
    figure,
    label,
    series,
)

TINT = "#D6EAF8"
EMPTY = "#FFFFFF"


def images(panels, columns=8, size=0.95):
    """Images in a frame, each under its title; ink is dark. ``panels``: a list of pairs."""
    panels = list(panels)
    rows = -(-len(panels) // columns)
    shape = {"width": size * columns, "height": 1.25 * size * rows, "squeeze": False}
    with figure(rows, columns, **shape) as (_, axes):
        for ax in axes.flat:
            bare(ax)
        for ax, (title, image) in zip(axes.flat, panels, strict=False):
            _framed(ax).imshow(np.squeeze(image), cmap="gray_r", vmin=0, vmax=1)
            ax.set_title(title, loc="center", fontsize=11)


def _framed(ax):
    """An axes that shows the edge of its image and nothing else."""
    ax.set_axis_on()
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(True)
    ax.spines[:].set_color(GREY)
    return ax


def by_shift(shifts, curves):
    """Accuracy against how far the test digits have moved, a line for each network."""
    with figure(width=6.6, height=3.6) as (_, ax):
        for k, (name, accuracy) in enumerate(curves.items()):
            ax.plot(shifts, accuracy, marker=MARKERS[k], **series(k))
            near = (8, 9 if accuracy[-1] < 0.2 else 0)  # above the line of guessing
            end_label(ax, shifts, accuracy, name, offset=near, color=series(k)["color"])
        ax.axhline(0.1, color=GREY, linestyle=(0, (2, 2)), linewidth=1.2)
        label(ax, (shifts[0], 0.1), "guessing", (0, 5), ha="left", color=GREY)
        ax.set(xlabel="pixels moved", ylabel="right, of the test digits", ylim=(0, 1.04))
        ax.set_xticks(shifts)


def overlap(first, second):
    """Where two images have ink: only the first, only the second, both."""
    one, two = (np.squeeze(image) > 0.2 for image in (first, second))
    with figure(1, 3, width=7.2, height=2.7) as (_, axes):
        for ax, ink, title in zip(
            axes, (one, two, one & two), ("in the middle", "moved", "ink in both"), strict=True
        ):
            _framed(ax).imshow(ink, cmap="gray_r", vmin=0, vmax=1.4)
            ax.set_title(f"{title}: {ink.sum()}", loc="center", fontsize=12)


def one_step(X, kernel, at, b=0.0):
    """The window at one place: what it covers, times the kernel, makes one number."""
    (H, W), (kh, kw), (i, j) = X.shape, kernel.shape, at
    out = np.lib.stride_tricks.sliding_window_view(X, (kh, kw))
    out = np.einsum("ijpq,pq->ij", out, kernel) + b
    middle, right = W + 1.5, W + kw + 3
    with figure(width=0.52 * (right + out.shape[1]), height=0.52 * (H + 1.5)) as (_, ax):
        bare(ax).set_aspect("equal")
        cells(ax, X, (0, 1), wide=1)
        cells(ax, X[i : i + kh, j : j + kw], (j, 1 + i), BLUE, fill=TINT, wide=1)
        cells(ax, kernel, (middle, 1), VERMILLION, fill="#FBE3D3", wide=1)
        cells(ax, out, (right, 1), wide=1)
        cells(ax, out[i : i + 1, j : j + 1], (right + j, 1 + i), BLACK, fill=YELLOW, wide=1)
        for x, text in ((0, "image"), (middle, "kernel"), (right, "output")):
            ax.text(x, 0.6, text, va="center")
        for x, text in ((W + 0.75, "×"), (right - 0.75, "→")):
            ax.text(x, 1 + kh / 2, text, ha="center", va="center", fontsize=15)
        ax.set(xlim=(-0.1, right + out.shape[1] + 0.1), ylim=(H + 1.1, 0))


def maps(panels, columns=4, signed=True):
    """Feature maps: dark is negative and light positive; without sign, dark is a large number.

    A panel called "image" is shown as ink on paper, whatever the others are.
    """
    panels = list(panels)
    rows = -(-len(panels) // columns)
    top = max(np.max(np.abs(values)) for title, values in panels if title != "image")
    ink = {"cmap": "gray_r", "vmin": 0}
    look = {"cmap": "cividis", "vmin": -top, "vmax": top} if signed else {**ink, "vmax": top}
    with figure(rows, columns, width=1.9 * columns, height=2.2 * rows, squeeze=False) as (fig, all):
        for ax in all.flat:
            bare(ax)
        for ax, (title, values) in zip(all.flat, panels, strict=False):
            this = {**ink, "vmax": 1} if title == "image" else look
            shown = _framed(ax).imshow(np.squeeze(values), **this)
            ax.set_title(title, loc="center", fontsize=12)
        if signed:
            scale = fig.colorbar(shown, ax=all, shrink=0.8, ticks=(-top, 0, top))
            scale.set_ticklabels(("negative", "0", "positive"))


def matrix(M, H, W):
    """The matrix of a convolution: a row a place of the window, a column a pixel; 0 stays blank."""
    values = [v for v in np.unique(M) if v]
    shades = {v: PROBABILITY((k + 1) / len(values)) for k, v in enumerate(values)}
    rows, columns = M.shape
    with figure(width=0.42 * columns + 1.6, height=0.42 * rows + 0.9) as (_, ax):
        bare(ax).set_aspect("equal")
        for (i, j), v in np.ndenumerate(M):
            fill = shades.get(v, EMPTY)
            ax.add_patch(Rectangle((j, i), 1, 1, facecolor=fill, edgecolor=PALE, linewidth=0.8))
            if v:
                ax.text(j + 0.5, i + 0.5, number(v), ha="center", va="center", fontsize=11)
        for row in range(H + 1):
            ax.plot([row * W] * 2, [0, rows], color=BLACK, linewidth=1.6)
        for row in range(H):
            ax.text(
                (row + 0.5) * W, -0.5, f"image row {row}", ha="center", va="center", fontsize=11
            )
        ax.text(-0.4, rows / 2, "places of the window", rotation=90, ha="right", va="center")
        ax.set(xlim=(-1.2, columns + 0.1), ylim=(rows + 0.1, -1.1))


def three_layers(H, W, k, seed=0):
    """Weights of a dense, a local and a shared layer from an image to its map, as matrices."""
    rng = np.random.default_rng(seed)
    kernel = rng.permutation(np.linspace(-1, 1, k * k))
    places, pixels = (H - k + 1) * (W - k + 1), H * W
    where, shared = np.zeros((places, pixels), bool), np.zeros((places, pixels))
    for row, (i, j) in enumerate(np.ndindex(H - k + 1, W - k + 1)):
        seen = np.zeros((H, W), bool)
        seen[i : i + k, j : j + k] = True
        where[row] = seen.ravel()
        shared[row, where[row]] = kernel
    free = rng.uniform(-1, 1, (places, pixels))
    panels = (
        ("dense", np.ma.array(free), f"{places * pixels} weights"),
        ("local", np.ma.array(free, mask=~where), f"{where.sum()} weights"),
        ("local and shared", np.ma.array(shared, mask=~where), f"{k * k} weights"),
    )
    with figure(3, 1, width=6, height=8.2) as (_, axes):
        for ax, (title, values, text) in zip(axes, panels, strict=True):
            _framed(ax).imshow(values, cmap="cividis", vmin=-1.2, vmax=1)
            ax.set_title(f"{title}: {text}")


def chain(layers, names=None):
    """What one output sees, layer by layer, along one line of pixels: the cone below it."""
    spans = [(0, 1)]  # the first position, and how many, from the output down
    for kernel, stride in reversed(layers):
        first, count = spans[-1]
        spans.append((first * stride, (count - 1) * stride + kernel))
    sizes = [spans[-1][1]]
    for kernel, stride in layers:
        sizes.append((sizes[-1] - kernel) // stride + 1)
    steps = np.cumprod([1] + [stride for _, stride in layers])
    begins = np.cumsum([0] + [s * (k - 1) / 2 for (k, _), s in zip(layers, steps, strict=False)])
    with figure(width=0.55 * sizes[0] + 2.6, height=0.95 * len(sizes)) as (_, ax):
        bare(ax)
        x = [b + s * np.arange(n) for b, s, n in zip(begins, steps, sizes, strict=True)]
        for level, (kernel, stride) in enumerate(layers):
            for p in range(sizes[level + 1]):
                for q in range(p * stride, p * stride + kernel):
                    ends = [x[level][q], x[level + 1][p]], [level, level + 1]
                    ax.plot(*ends, color=PALE, linewidth=1.4, zorder=1)
        for level, at in enumerate(x):
            ax.plot(at, [level] * len(at), "o", color=BLUE, markersize=11, zorder=2)
            name = (names or ["pixels", *(f"{k}, {s}" for k, s in layers)])[level]
            label(ax, (sizes[0] - 0.4, level), f"{name}: {len(at)}", (8, 0))
        ax.set(xlim=(-0.5, sizes[0] + 3.2), ylim=(-0.4, len(layers) + 0.4))


def kernels(weights, columns=8):
    """Learnt kernels (kh, kw, filters) as small images: light is positive, dark is negative."""
    top = np.max(np.abs(weights))
    count = weights.shape[-1]
    rows = -(-count // columns)
    width, height = 0.95 * columns + 1.2, 1.2 * rows
    with figure(rows, columns, width=width, height=height, squeeze=False) as (fig, axes):
        for ax in axes.flat:
            bare(ax)
        for k, ax in enumerate(axes.flat[:count]):
            drawn = _framed(ax).imshow(weights[:, :, k], cmap="cividis", vmin=-top, vmax=top)
            ax.set_title(str(k), loc="center", fontsize=11)
        scale = fig.colorbar(drawn, ax=axes, ticks=(-top, 0, top))
        scale.set_ticklabels(("negative", "0", "positive"))


def accuracies(bars, parameters):
    """Accuracy of each network as a bar, with its parameters under its name."""
    with figure(width=6.4, height=3.2) as (_, ax):
        for k, share in enumerate(bars.values()):
            hatch = "///" if k == 0 else None
            ax.bar(k, share, width=0.6, color=COLORS[k], hatch=hatch, edgecolor="white")
        names = [f"{name}\n{parameters[name]:,} parameters" for name in bars]
        ax.set_xticks(range(len(bars)), names)
        ax.set(ylabel="right, of the test digits", ylim=(0, 1))
        ax.tick_params(axis="x", length=0)
