"""Chapter 7's figures show what they claim to show."""

from unittest import mock

import numpy as np
import pytest

from utils.plotting import style, transfer_learning


@pytest.fixture
def figures():
    """The figures that were shown, in order."""
    shown = []
    with mock.patch.object(style, "show", shown.append):
        yield shown


def test_labels_needed_draws_the_mean_and_names_lines_without_overlap(figures):
    found = {
        "scratch": np.array([[0.1, 0.65], [0.2, 0.65]]),
        "option 1": np.array([[0.3, 0.66], [0.5, 0.66]]),
        "option 2": np.array([[0.2, 0.75], [0.2, 0.75]]),
    }
    transfer_learning.labels_needed([16, 64], found)
    (ax,) = figures[0].axes
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [0.15, 0.65])
    assert len(ax.collections) == 3
    figures[0].canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) == 3
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_read_as_writes_the_most_frequent_letter_above_each_digit(figures):
    y = np.repeat(np.arange(10), 3)
    letters = np.array([letter for k in range(10) for letter in ("Z", "ABCDEFGHIJ"[k]) * 2])
    letters = letters.reshape(10, 4)[:, 1:].ravel()  # for each digit: its letter, Z, its letter
    transfer_learning.read_as(np.zeros((30, 196)), y, letters)
    titles = [ax.get_title("center") for ax in figures[0].axes]
    assert titles == list("ABCDEFGHIJ")


def test_options_hatches_the_kept_layers_only(figures):
    transfer_learning.options()
    hatched = [[bool(box.get_hatch()) for box in ax.patches] for ax in figures[0].axes]
    assert hatched == [[True] * 4 + [False], [False] * 5]
