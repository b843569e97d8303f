"""Chapter 6's figures show what they claim to show."""

from unittest import mock

import numpy as np
import pytest

from utils.plotting import bias_variance, style


@pytest.fixture
def figures():
    """The figures that were shown, in order."""
    shown = []
    with mock.patch.object(style, "show", shown.append):
        yield shown


def texts(ax):
    return [t.get_text() for t in ax.texts]


def test_fits_show_a_panels_own_other_readings_before_the_shared_ones(figures):
    grid = np.array([-1.0, 1.0])
    own, shared = (np.array([0.5]), np.array([1.0])), (np.array([0.0]), np.array([2.0]))
    panels = {"a": (grid, grid, grid, own), "b": (grid, grid, grid)}
    bias_variance.fits(panels, grid, new=shared)
    crosses = [ax.lines[0].get_xydata().tolist() for ax in figures[0].axes]
    assert crosses == [[[0.5, 1.0]], [[0.0, 2.0]]]


def test_costs_ring_the_best_on_the_last_curve(figures):
    curves = {"J_train": [0.4, 0.3, 0.2], "J_cv": [0.5, 0.35, 0.6]}
    bias_variance.costs([1, 2, 3], curves, best=2)
    (ax,) = figures[0].axes
    assert ax.lines[-1].get_xydata().tolist() == [[2, 0.35]]
    assert "lowest: 2" in texts(ax)


def test_costs_keep_the_names_of_lines_with_one_end_apart(figures):
    curves = {"J_train": [0.4, 0.30], "J_cv": [0.5, 0.31]}
    bias_variance.costs([0.1, 1.0], curves, 0.1, "lambda")
    (ax,) = figures[0].axes
    figures[0].canvas.draw()
    boxes = [t.get_window_extent() for t in ax.texts if t.get_text().startswith("$J")]
    assert len(boxes) == 2
    assert not boxes[0].overlaps(boxes[1])


def test_chosen_draws_the_share_of_each_degree(figures):
    bias_variance.chosen([1, 2, 3], {"few": [3, 3, 1, 2], "many": [3, 3, 3, 3]})
    heights = [[bar.get_height() for bar in ax.patches] for ax in figures[0].axes]
    assert heights == [[25, 25, 50], [0, 0, 100]]
    assert [texts(ax) for ax in figures[0].axes] == [["50 %"], ["100 %"]]


def test_chosen_marks_degree_3_wherever_it_stands(figures):
    bias_variance.chosen([3, 4], {"all": [3, 4, 4, 4]})
    assert texts(figures[0].axes[0]) == ["25 %"]


def test_said_and_true_writes_both_costs(figures):
    bias_variance.said_and_true({"a leak": (0.25, 0.5)})
    assert texts(figures[0].axes[0]) == ["promised: 0.250", "came true: 0.500"]


def test_the_map_puts_a_model_at_its_two_gaps(figures):
    bias_variance.bias_variance_map({"A": (0.3, 0.5)}, baseline=0.1, tol=0.1)
    (ax,) = figures[0].axes
    assert ax.lines[-1].get_xydata() == pytest.approx(np.array([[0.2, 0.2]]))


def test_the_map_keeps_what_lies_outside_on_its_edge(figures):
    bias_variance.bias_variance_map({"far": (0.1, 99.0)}, baseline=0.1, tol=0.1)
    line = figures[0].axes[0].lines[-1]
    assert line.get_marker() == "^"
    assert line.get_ydata()[0] < bias_variance.MAP["variance"][1]


def test_your_model_is_a_star(figures):
    bias_variance.bias_variance_map({"A": (0.3, 0.5), "yours": (0.1, 0.1)}, 0.1, 0.1)
    assert figures[0].axes[0].lines[-1].get_marker() == "*"


def test_regions_ask_each_model_and_show_all_examples(figures):
    X, y = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([0, 1, 2])
    asked = []

    def says(plane):
        asked.append(plane.shape[1])
        return (plane[:, 0] > 0).astype(int)

    bias_variance.regions({"one": says, "two": says}, X, y)
    assert asked == [2, 2]
    for ax in figures[0].axes:
        assert sum(len(line.get_xdata()) for line in ax.lines) == 3
