"""Chapter 4's figures: digits, probabilities, lost digits of numbers, a loss that stops."""

import numpy as np

from utils.plotting.style import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PALE,
    SKY,
    VERMILLION,
    bare,
    end_label,
    figure,
    label,
    series,
)

MINUS = "\N{MINUS SIGN}"
HATCH = {"hatch": "///", "edgecolor": "white", "linewidth": 0}


def examples(X, y, rows=3):
    """The first images of each digit, one column a digit."""
    columns = [X[y == digit][:rows] for digit in range(10)]
    images([image for row in zip(*columns, strict=True) for image in row])


def images(X):
    """Images in rows of ten, ink dark on light paper."""
    rows = -(-len(X) // 10)
    with figure(rows, 10, width=7.2, height=0.72 * rows, squeeze=False) as (_, axes):
        for ax, image in zip(axes.flat, X, strict=False):
            _image(ax, image)


def weights(W):
    """Each column of W as an image: light where ink speaks for the class, dark where against."""
    top = np.max(np.abs(W))
    with figure(2, 5, width=7.2, height=3.3) as (fig, axes):
        for k, ax in enumerate(axes.flat):
            shown = bare(ax).imshow(W[:, k].reshape(28, 28), cmap="cividis", vmin=-top, vmax=top)
            ax.set_title(f"for {k}", loc="center", fontsize=12)
        scale = fig.colorbar(shown, ax=axes, shrink=0.8, ticks=(-top, 0, top))
        scale.set_ticklabels(("against", "0", "for"))


def _image(ax, pixels):
    bare(ax).imshow(np.reshape(pixels, (28, 28)), cmap="gray_r", vmin=0)


def bars(panels, names=None, shared=False, digits=2):
    """Lists of numbers as bars, side by side, each number written at its bar.

    ``panels`` is a dict from a title to one number for each class. Below 0 bars are hatched.
    """
    with figure(1, len(panels), width=7.2, height=2.7, sharey=shared, squeeze=False) as (_, axes):
        for ax, (title, values) in zip(axes[0], panels.items(), strict=True):
            values = np.asarray(values)
            drawn = ax.bar(range(len(values)), values, color=BLUE, width=0.72)
            for k, (bar, value) in enumerate(zip(drawn, values, strict=True)):
                if value < 0:
                    bar.set(facecolor=VERMILLION, **HATCH)
                text = f"{value:.{digits}f}".replace("-", MINUS)
                size = 11 if len(values) < 7 else 9
                label(ax, (k, value), text, (0, -3 if value < 0 else 3), fontsize=size)
            ax.axhline(0, color=GREY, linewidth=0.8)
            ax.margins(y=0.18)
            ax.set_title(title)
            ax.set_xticks(range(len(values)), names or range(len(values)))
            ax.set_yticks([])
            ax.spines[["left", "bottom"]].set_visible(False)
            ax.tick_params(axis="x", length=0)


def certainty(image, probabilities):
    """One image and its ten probabilities."""
    with figure(1, 2, width=6.4, height=2.3, width_ratios=(1, 2.6)) as (_, (left, right)):
        _image(left, image)
        _strip(right, probabilities)
        right.set(xlabel="digit", ylabel="probability")


def wrong_digits(X, y, P, rows=4, columns=3):
    """Images the model gets wrong, with all their probabilities.

    From the most certain miss to the least, in equal steps of rank.
    """
    guess = P.argmax(axis=1)
    wrong = np.flatnonzero(guess != y)
    wrong = wrong[np.argsort(-P[wrong, guess[wrong]])]
    wrong = wrong[np.linspace(0, len(wrong) - 1, min(len(wrong), rows * columns)).astype(int)]
    ratios = (1, 1.7) * columns
    with figure(rows, 2 * columns, width=8, height=1.3 * rows, width_ratios=ratios) as (_, axes):
        for ax in axes.flat:
            bare(ax)
        pairs = axes.reshape(rows * columns, 2)
        for i, (left, right) in zip(wrong, pairs, strict=False):
            _image(left, X[i])
            right.set_axis_on()
            _strip(right, P[i], y[i])
            right.set_title(f"{y[i]} read as {guess[i]}: {P[i, guess[i]]:.2f}", fontsize=10)


def _strip(ax, probabilities, true=None):
    """Ten bars from 0 to 1; the right answer's is orange and hatched, under a triangle."""
    drawn = ax.bar(range(10), probabilities, color=BLUE, width=0.75)
    if true is not None:
        drawn[true].set(facecolor=ORANGE, **HATCH)
        ax.plot(true, probabilities[true] + 0.12, "v", color=BLACK, markersize=6)
    ax.set(ylim=(0, 1.05), yticks=(0, 1), xlim=(-0.6, 9.6))
    ax.set_xticks(range(10), range(10), fontsize=9)
    ax.tick_params(axis="y", labelsize=9)
    ax.tick_params(axis="x", length=0, pad=2)


def lost_digits():
    """Relative error of (1 + x) - (1 - x), for ever smaller x, in two precisions."""
    with figure(height=3.8) as (_, ax):
        for k, (kind, at) in enumerate(((np.float64, 2e-7), (np.float32, 2e-4))):
            x = np.logspace(-9, -0.01, 500).astype(kind)
            one = kind(1)
            error = np.abs((one + x) - (one - x) - 2 * x) / (2 * x)
            ax.loglog(x, error, ".", color=series(k)["color"], markersize=5 - k)
            spot = (at, np.finfo(kind).eps / at * 30)
            label(ax, spot, kind.__name__, (8, 0), color=series(k)["color"])
        ax.axvline(1e-4, color=GREY, linestyle=(0, (2, 2)), linewidth=1.2)
        label(ax, (1e-4, 3e-17), "x = 1/10000", (6, 0))
        ax.set(xlabel="x", ylabel="relative error", ylim=(1e-17, 10))
        ax.set_yticks([1e-16, 1e-12, 1e-8, 1e-4, 1])


def reach_of_exp():
    """Where exp is an ordinary number, in three precisions: 0 below, infinite above."""
    with figure(height=2.6) as (_, ax):
        for row, name in enumerate(("float64", "float32", "float16")):
            kind = np.finfo(name)
            low, high = (np.log(float(v)) for v in (kind.smallest_subnormal, kind.max))
            ax.barh(row, high - low, left=low, height=0.45, color=SKY)
            label(ax, (low, row), f"0 below {low:.0f}".replace("-", MINUS), (-6, 0))
            label(ax, (high, row), f"infinite above {high:.1f}", (6, 0))
        ax.axvline(0, color=GREY, linewidth=0.8)
        ax.set(xlim=(-1450, 1450), xlabel="z", xticks=(-500, 0, 500))
        ax.set_yticks(range(3), ("float64", "float32", "float16"))
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)


def saturation(z, ways):
    """Loss and gradient against the wrong class's logit, for three ways to compute them.

    ``ways`` is a dict with the keys "by hand", "shifted" and "logits", each with the losses and
    the gradients at z.
    """
    looks = {
        "logits": {"color": BLUE, "linewidth": 2.4},
        "shifted": {"color": ORANGE, "linewidth": 6, "solid_capstyle": "butt"},
        "by hand": {"color": BLACK, "linestyle": (0, (3, 1.5)), "linewidth": 1.8},
    }
    with figure(1, 2, width=8.4, height=3.9) as (_, axes):
        for ax, values in zip(axes, zip(*(ways[name] for name in looks), strict=True), strict=True):
            for (name, look), value in zip(looks.items(), values, strict=True):
                ax.plot(z, value, **look)
                if name == "by hand":
                    last = np.flatnonzero(np.isfinite(value))[-1]
                    ax.plot(z[last], value[last], "X", color=BLACK, markersize=11)
            ax.set(xlabel="logit z of the wrong class", xlim=(0, 102))
        left, right = axes
        left.set(title="Loss", ylim=(-3, 108))
        right.set(title="Gradient of the loss with respect to z", ylim=(-0.06, 1.15))
        label(left, (44, 45), "from the logits", (-8, 6), color=BLUE)
        label(left, (53, 16), "through the probability: stuck", (0, -7))
        label(left, (88, 16), "by hand:\nNaN", (0, 9))
        label(right, (60, 1), "from the logits", (0, 6), color=BLUE)
        label(right, (46, 0), "through the probability", (0, 9))
        label(right, (88, 0), "by hand:\nNaN", (0, 9))


def curves(losses):
    """The loss after each epoch for each name, on a log axis; one that is NaN is said to be."""
    with figure(height=3.8) as (_, ax):
        gone = []
        for k, (name, loss) in enumerate(losses.items()):
            epoch = np.arange(len(loss))  # from 0, as in Keras' history
            if np.all(np.isfinite(loss)):
                ax.semilogy(epoch, loss, marker="os^D"[k % 4], markersize=5, **series(k))
                end_label(ax, epoch, loss, name, color=series(k)["color"])
            else:
                gone.append(f"{name}: NaN from epoch {np.flatnonzero(~np.isfinite(loss))[0]} on")
        if gone:
            ax.text(0.97, 0.96, "\n".join(gone), transform=ax.transAxes, ha="right", va="top",
                    bbox={"facecolor": PALE, "edgecolor": "none"})  # fmt: skip
        ax.set(xlabel="epoch", ylabel="loss (log scale)")
        ax.set_xticks(epoch[::5])
