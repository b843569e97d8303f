"""How every figure of the course looks, and how it reaches the reader.

Colours are Okabe and Ito's eight, which people with colour-vision deficiencies can tell apart.
Colour never stands alone: ``series(k)`` pairs it with a line style and a marker, so a
figure still reads in grey. Figures are drawn without pyplot: no global state, no window,
no backend, and the same picture from the same numbers. The alt text is the cell's ``:alt:``
option (see ``display``).

    with figure(columns=2, height=3.2) as (fig, (left, right)):
        left.plot(x, y, **series(0))
        end_label(left, x, y, "sigmoid", color=BLUE)
"""

from contextlib import contextmanager

import matplotlib
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from utils.plotting.display import show

BLACK, GREY, PALE = "#000000", "#595959", "#D9D9D9"
BLUE, VERMILLION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
PURPLE, SKY, YELLOW = "#CC79A7", "#56B4E9", "#F0E442"

COLORS = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, BLACK)
LINES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (7, 2, 1.5, 2)), (0, (1, 2)), (0, (10, 3)))
MARKERS = ("o", "s", "^", "D", "v", "P")

# White to blue: a probability from 0 to 1. Its lightness falls steadily, so it works in grey;
# its darkest blue is pale enough for black text and dark points on top.
PROBABILITY = LinearSegmentedColormap.from_list("probability", ["#FFFFFF", "#C9E5F7", "#7FC1EC"])
# Orange for negative, white for zero, blue for positive. Write the sign as well where it matters.
SIGNED = LinearSegmentedColormap.from_list("signed", [VERMILLION, "#FFFFFF", BLUE])

RC = {
    "font.family": "DejaVu Sans",  # comes with Matplotlib: the same on every system
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.titlelocation": "left",
    "axes.labelsize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": PALE,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": BLACK,
    "ytick.labelcolor": BLACK,
    "legend.frameon": False,
    "svg.hashsalt": "course",
}


@contextmanager
def figure(rows=1, columns=1, *, width=7.0, height=4.0, then=None, **subplots):
    """Open a figure in the course's style; show it when the block ends.

    Parameters
    ----------
    rows, columns : int
        How many axes. One gives an axes, more give an array of them, as in pyplot.
    width, height : float
        In inches, 100 pixels of the page each. 7 fits a notebook's column; never above 9.
    then : function, optional
        What to do with the finished figure instead of showing it.
    **subplots
        Passed to ``Figure.subplots``: ``sharey``, ``width_ratios``, ...

    Yields
    ------
    tuple (figure, axes)
    """
    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # whatever a student's own settings are
        matplotlib.rcParams.update(RC)
        fig = Figure(figsize=(width, height), layout="constrained")
        yield fig, fig.subplots(rows, columns, **subplots)
        (then or show)(fig)


def series(k):
    """Colour and line style of the k-th line: ``ax.plot(x, y, **series(0))``."""
    return {"color": COLORS[k % len(COLORS)], "linestyle": LINES[k % len(LINES)]}


def points(k):
    """Colour and marker of the k-th set of points, with a white edge."""
    return {
        "color": COLORS[k % len(COLORS)],
        "marker": MARKERS[k % len(MARKERS)],
        "linestyle": "none",
        "markeredgecolor": "white",
    }


def label(ax, xy, text, offset=(8, 0), **kwargs):
    """Write text beside a point of the data, ``offset`` points (1/72 inch) away from it."""
    dx, dy = offset
    align = {
        "ha": "left" if dx > 0 else "right" if dx < 0 else "center",
        "va": "bottom" if dy > 0 else "top" if dy < 0 else "center",
    }
    return ax.annotate(text, xy, offset, textcoords="offset points", **{**align, **kwargs})


def end_label(ax, x, y, text, **kwargs):
    """Name a line at its right end, instead of a legend."""
    return label(ax, (x[-1], y[-1]), text, annotation_clip=False, **kwargs)


def arrow(ax, start, end, text="", **kwargs):
    """An arrow from ``start`` to ``end`` in data coordinates; the text stands at its start."""
    color = kwargs.pop("color", GREY)
    look = {"arrowstyle": "-|>", "color": color, "linewidth": 1.4, "shrinkA": 2, "shrinkB": 3}
    look.update(kwargs.pop("arrowprops", {}))
    placed = {"ha": "center", "va": "center", "color": color, **kwargs}
    return ax.annotate(text, end, start, arrowprops=look, **placed)


def bare(ax):
    """Take the frame and the ticks away: for diagrams and tables of numbers."""
    ax.set_axis_off()
    ax.margins(0)
    return ax
