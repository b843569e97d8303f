"""Curves that grow: one picture, put in its own place again and again."""

from unittest import mock

import pytest

from utils.plotting import training


@pytest.fixture
def shown(monkeypatch):
    """What reaches the notebook: (new or update, display id, alt text), in order."""
    calls = []

    def note(how):
        return lambda data, **options: calls.append((how, options["display_id"], data))

    monkeypatch.setattr("IPython.display.display", note("new"))
    monkeypatch.setattr("IPython.display.update_display", note("update"))
    return calls


def epochs(curves, count, of):
    for epoch in range(count):
        curves.add({"loss": 1 / (epoch + 1), "val_loss": 0.5}, of)


def test_curves_show_one_picture_and_then_update_it(shown, monkeypatch):
    monkeypatch.setattr(training, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(training, "TIMES_THE_DRAWING", 0)
    curves = training.Curves()
    epochs(curves, 3, of=3)
    curves.draw()
    assert [how for how, _, _ in shown] == ["new", "update", "update", "update"]
    assert len({display_id for _, display_id, _ in shown}) == 1
    assert shown[0][2]["image/png"] != shown[1][2]["image/png"]
    assert shown[2][2] == shown[3][2]


def test_curves_draw_the_first_epoch_and_the_end_however_fast_training_is(shown):
    curves = training.Curves()
    epochs(curves, 50, of=50)
    curves.draw()
    assert 2 <= len(shown) < 10
    assert curves.history["loss"][-1] == 1 / 50


def test_curves_of_two_fits_do_not_take_each_others_place(shown):
    for _ in range(2):
        epochs(training.Curves(), 1, of=1)
    assert shown[0][1] != shown[1][1]


def test_curves_without_an_epoch_show_nothing(shown):
    training.Curves().draw()
    assert not shown


@pytest.mark.parametrize(
    ("history", "titles"),
    [
        ({"loss": [2, 1]}, ["loss"]),
        ({"loss": [2, 1], "accuracy": [0.5, 1], "val_loss": [2, 2]}, ["loss", "accuracy"]),
    ],
)
def test_draw_history_has_a_panel_for_each_measure_and_a_line_for_each_set(history, titles):
    then = mock.Mock()
    training.draw_history(history, then=then)
    (fig,) = then.call_args.args
    assert [ax.get_title("left") for ax in fig.axes] == titles
    assert sum(len(ax.lines) for ax in fig.axes) == len(history)
    assert sorted(t.get_text() for t in fig.axes[0].texts) == (
        ["training", "validation"] if "val_loss" in history else ["training"]
    )
