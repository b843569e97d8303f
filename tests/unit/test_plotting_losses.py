"""Chapter 3's figures show what they claim to show."""

from unittest import mock

import numpy as np
import pytest

from utils.plotting import losses, style


@pytest.fixture
def figures():
    """The figures that were shown, in order."""
    shown = []
    with mock.patch.object(style, "show", shown.append):
        yield shown


def pictures(fig):
    return [ax for ax in fig.axes if ax.images]


def test_mistakes_shows_the_wrong_images_and_how_sure_the_model_was(figures):
    X = np.arange(4).reshape(4, 1) * np.ones(784) / 4
    losses.mistakes(X, np.array([0, 1, 1, 0]), np.array([0.2, 0.4, 0.5, 0.999]), names=(4, 9))
    shown = pictures(figures[0])
    assert [ax.images[0].get_array()[0, 0] for ax in shown] == [0.25, 0.75]
    titles = [ax.get_title("center") for ax in shown]
    assert titles == ["a 9, taken for 4,\n60 % sure", "a 4, taken for 9,\n99 % sure"]


def test_mistakes_without_any_says_so(figures, capsys):
    losses.mistakes(np.zeros((1, 784)), np.array([1]), np.array([0.9]), names=(4, 9))
    assert not figures
    assert "every image is right" in capsys.readouterr().out


def test_hidden_units_come_by_their_votes_on_one_scale(figures):
    W = np.random.default_rng(0).normal(size=(784, 3)) * [1, 0.001, 1]
    losses.hidden_units(W, np.array([0.5, -2, 1]))
    shown = pictures(figures[0])
    assert [ax.get_title("center") for ax in shown] == ["unit 1", "unit 2", "unit 0"]
    assert len({ax.images[0].get_clim() for ax in shown}) == 1


def test_weight_images_write_the_sign_on_the_strongest_weight_of_each(figures):
    w = np.zeros(784)
    w[[30, 59]] = 2, -1
    losses.weight_images({"w": w})
    (ax,) = pictures(figures[0])
    assert {t.get_text(): t.get_position() for t in ax.texts} == {"+": (2, 1), losses.MINUS: (3, 2)}


def test_cost_curves_keep_the_names_of_lines_with_one_end_apart(figures):
    losses.cost_curves({"a": [1, 0.1], "b": [0.9, 0.1], "c": [0.5, 0.11]})
    (ax,) = figures[0].axes
    figures[0].canvas.draw()
    boxes = [t.get_window_extent() for t in ax.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_steps_downhill_marks_every_step(figures):
    losses.steps_downhill(np.arange(5), np.arange(5) ** 2, [4, 2, 1], [16, 4, 1])
    (ax,) = figures[0].axes
    np.testing.assert_array_equal(ax.lines[-1].get_xdata(), [4, 2, 1])
