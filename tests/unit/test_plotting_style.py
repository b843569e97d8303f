"""The shared look of the figures: what must hold for every one of them."""

import subprocess
import sys
from unittest import mock

import matplotlib
import numpy as np
import pytest

from utils.plotting import style
from utils.plotting.display import png


def drawn(draw, **kwargs):
    """Draw a figure and return it as it would reach the notebook."""
    shown = []
    keep = mock.patch.object(style, "show", lambda fig: shown.append(png(fig)))
    with keep, style.figure(**kwargs) as (_, ax):
        draw(ax)
    (picture,) = shown
    return picture


def test_figure_same_numbers_give_the_same_bytes():
    first, second = (drawn(lambda ax: ax.plot([0, 1], **style.series(1))) for _ in range(2))
    assert first == second


def test_figure_ignores_and_keeps_the_readers_own_settings():
    with matplotlib.rc_context({"font.size": 31, "axes.facecolor": "black"}):
        with_theirs = drawn(lambda ax: ax.plot([0, 1]))
        assert matplotlib.rcParams["font.size"] == 31
    assert with_theirs == drawn(lambda ax: ax.plot([0, 1]))


def test_figure_that_fails_while_drawn_shows_nothing():
    hide = mock.patch.object(style, "show")
    with hide as show, pytest.raises(ValueError, match="oops"), style.figure():
        raise ValueError("oops")
    show.assert_not_called()


def luminance(color):
    """Relative luminance of a colour (WCAG 2.1)."""
    rgb = np.array(matplotlib.colors.to_rgb(color))
    linear = np.where(rgb <= 0.03928, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("color", [style.BLACK, style.GREY, style.BLUE, style.VERMILLION])
def test_colors_used_for_text_stand_out_from_white(color):
    assert 1.05 / (luminance(color) + 0.05) >= 3.8  # large text needs 3, body text 4.5


def test_series_differ_without_colour():
    assert len({style.series(k)["linestyle"] for k in range(6)}) == 6
    assert len({style.points(k)["marker"] for k in range(6)}) == 6


def test_probability_map_gets_steadily_darker():
    light = [luminance(style.PROBABILITY(p)) for p in np.linspace(0, 1, 21)]
    assert np.all(np.diff(light) < 0)


def test_importing_the_package_loads_no_matplotlib():
    code = "import sys, utils.plotting; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
