"""Cells run as in a kernel: what they print, show and raise becomes a notebook's outputs."""

import sys

import pytest

from autograder.engine import cells as module
from autograder.engine.cells import Cells


@pytest.fixture
def cells():
    yield Cells()
    module._Shell.clear_instance()


def shown(cells, source):
    outputs, _ = cells.run(source)
    return outputs


def test_the_last_line_is_the_result_and_has_the_cells_number(cells):
    cells.run("x = 3")
    (output,) = shown(cells, "x + 1")
    assert (output["output_type"], output["data"]["text/plain"]) == ("execute_result", "4")
    assert output["execution_count"] == cells.count == 2


def test_prints_are_gathered_in_their_order(cells):
    outputs = shown(cells, "import sys\nprint(1)\nprint(2)\nprint(3, file=sys.stderr)\nprint(4)")
    assert [(o["name"], o["text"]) for o in outputs] == [
        ("stdout", "1\n2\n"), ("stderr", "3\n"), ("stdout", "4\n"),
    ]  # fmt: skip


def test_an_error_stops_its_cell_and_nothing_else(cells):
    (error,), ended = cells.run("y = 1\n1 / 0\ny = 2")
    assert (error["ename"], error["evalue"], ended) == (
        "ZeroDivisionError", "division by zero", False,
    )  # fmt: skip
    assert cells.names["y"] == 1
    assert cells.run("y")[1]


@pytest.mark.parametrize(
    "source", ["exit()", "quit()", "raise SystemExit", "import sys; sys.exit(3)"]
)
def test_exit_ends_only_its_cell(cells, source):
    outputs, ended = cells.run(source)
    assert (outputs[0]["ename"], ended) == ("SystemExit", False)
    assert cells.run("2")[1]


@pytest.mark.parametrize("source", ["def f(:", "raise KeyboardInterrupt", "%no_such_magic", "'"])
def test_whatever_a_cell_holds_the_next_one_runs(cells, source):
    assert not cells.run(source)[1]
    assert cells.run("2")[1]


def test_display_and_magics_work(cells):
    outputs = shown(cells, "%matplotlib inline\nfrom IPython.display import HTML, display\n"
                           "display(HTML('<b>x</b>'))")  # fmt: skip
    assert [o["data"]["text/html"] for o in outputs] == ["<b>x</b>"]


def test_endless_printing_is_cut(cells):
    (output,) = shown(cells, "for _ in range(3000):\n    print('x' * 999)")
    assert len(output["text"]) == module.MOST_TEXT


def test_a_failed_check_shows_our_lines_and_no_traceback(cells):
    cells.run("from utils import check\ndef dense(a_in, W, b, g):\n    return g(a_in @ W) + b")
    (error,) = shown(cells, "check('dense')")
    assert error["ename"] == "CheckFailed"
    assert error["traceback"][0] == "dense: not right yet."
    assert "[dense | wrong | " in error["evalue"]


def test_the_terminal_is_given_back(cells):
    before = sys.stdout, sys.stderr
    cells.run("import sys\nsys.stdout.close()\nsys.stdout = None")
    assert (sys.stdout, sys.stderr) == before
    assert shown(cells, "print(1)")[0]["text"] == "1\n"
