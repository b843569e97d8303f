"""Matrices as boxes of numbers: which column makes which output, and which shapes fit."""

import numpy as np
from matplotlib.patches import Rectangle

from utils.plotting.style import BLACK, BLUE, COLORS, GREY, VERMILLION, YELLOW, bare, figure

TINTS = ("#D6EAF8", "#FBE3D3", "#D5F0E6")


def columns(a_in, W, b):
    """The layer as a table: multiply each row of W by its input, then add down each column."""
    n, u = W.shape
    colors = [COLORS[j % len(COLORS)] for j in range(u)]
    with figure(width=7, height=0.55 * (n + 3) + 0.3) as (_, ax):
        bare(ax).set_aspect("equal")
        cells(ax, a_in[:, None], (0, 1))
        ax.text(0.8, 0.5, "a_in", ha="center", va="center")
        for j in range(u):
            cells(ax, W[:, [j]], (2.6 + 2 * j, 1), colors[j], fill=TINTS[j % 3])
            cells(ax, b[None, [j]], (2.6 + 2 * j, n + 1.15), colors[j], fill="white")
            cells(
                ax, (a_in @ W + b)[None, [j]], (2.6 + 2 * j, n + 2.4), colors[j], fill=TINTS[j % 3]
            )
            ax.text(3.4 + 2 * j, 0.5, f"unit {j}", ha="center", va="center", color=colors[j])
        for i in range(n):
            ax.text(2.1, 1.5 + i, "×", ha="center", va="center", fontsize=15)
        right = 2.6 + 2 * u
        for row, text in ((1 + n / 2, "W"), (n + 1.65, "+ b"), (n + 2.9, "= z")):
            ax.text(right, row, text, va="center", fontsize=13)
        ax.set(xlim=(-0.1, right + 1.2), ylim=(n + 3.6, 0))


def batch(A_in, W, b, row=1, unit=2):
    """A whole batch: the row of one example and the column of one unit meet in one number."""
    (m, n), u = A_in.shape, W.shape[1]
    left, top = 2 * n + 1.6, n + 2.4
    with figure(width=7.2, height=0.5 * (m + n + 3)) as (_, ax):
        bare(ax).set_aspect("equal")
        Z = A_in @ W + b
        cells(ax, A_in, (0, top), wide=2)
        cells(ax, A_in[[row]], (0, top + row), BLUE, fill=TINTS[0], wide=2)
        cells(ax, W, (left, 0), wide=2)
        cells(ax, W[:, [unit]], (left + 2 * unit, 0), VERMILLION, fill=TINTS[1], wide=2)
        cells(ax, b[None], (left, n + 0.35), wide=2)
        cells(ax, Z, (left, top), wide=2)
        cells(ax, Z[[row]][:, [unit]], (left + 2 * unit, top + row), BLACK, fill=YELLOW, wide=2)
        right = left + 2 * u + 0.3
        for height, text in (
            (n / 2, f"W  {W.shape}"),
            (n + 0.85, f"+ b  {b.shape}"),
            (top + m / 2, f"= Z  {Z.shape}"),
        ):
            ax.text(right, height, text, va="center")
        ax.text(0, top - 0.5, f"A_in  {A_in.shape}", va="center")
        ax.set(xlim=(-0.1, right + 3.4), ylim=(top + m + 0.1, -0.1))


def cells(ax, M, corner, color=GREY, fill="white", wide=1.6):
    """Draw a matrix as boxes; ``corner`` is its upper left, one unit down for each row."""
    left, top = corner
    for (i, j), value in np.ndenumerate(M):
        box = ((left + wide * j, top + i), wide, 1)
        ax.add_patch(Rectangle(*box, facecolor=fill, edgecolor=color, linewidth=1.3))
        ax.text(left + wide * (j + 0.5), top + i + 0.5, number(value, 3), ha="center", va="center")


def shapes(m, n, units):
    """The shapes of a batch on its way through a network: neighbours must agree."""
    with figure(width=9, height=2.9) as (_, ax):
        bare(ax).set_aspect("equal")
        left, tall, n_in = 0.0, 7, n
        matrix(ax, left, tall, n, f"X\n({m}, {n})", BLUE)
        left += n
        for k, n_out in enumerate(units, start=1):
            ax.text(left + 0.8, 0, "@", ha="center", va="center", fontsize=14)
            matrix(ax, left + 1.6, n_in, n_out, f"W{k}\n({n_in}, {n_out})", VERMILLION)
            ax.text(left + 2.6 + n_out, 0, "→", ha="center", va="center", fontsize=16)
            matrix(ax, left + 3.6 + n_out, tall, n_out, f"A{k}\n({m}, {n_out})", BLUE)
            left, n_in = left + 3.6 + 2 * n_out, n_out
        ax.set(xlim=(-1.2, left + 1.2), ylim=(-6.2, 3.8))


def matrix(ax, left, rows, columns, text, color):
    fill = TINTS[0] if color == BLUE else TINTS[1]
    for i in range(rows):
        for j in range(columns):
            corner = (left + j, rows / 2 - 1 - i)
            ax.add_patch(Rectangle(corner, 1, 1, facecolor=fill, edgecolor=color, linewidth=0.9))
    ax.text(left + columns / 2, -4, text, ha="center", va="top", color=color, linespacing=1.4)


def number(v, decimals=2):
    """A number as a reader writes it: only the decimals it needs, a real minus sign."""
    return f"{round(float(v), decimals):g}".replace("-", "−")
