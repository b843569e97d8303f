"""In a real kernel: what a student sees, and that the kernel outlives every wrong answer."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

LOOP = "def dense(a_in, W, b, g):\n    while True:\n        pass"
EXIT = "def dense(a_in, W, b, g):\n    exit()"
RIGHT = "def dense(a_in, W, b, g):\n    return g(a_in @ W + b)"
BROKEN = "def dense(a_in, W, b, g):\n    z = W @ a_in\n    return g(z + b)"
IMPORT = "from utils import check, hint, progress"


@pytest.fixture
def run(tmp_path):
    """Run cells in a kernel whose folder holds the notebook; returns the cells."""

    def run(*sources, skip=()):
        cells = [new_markdown_cell(s) if s.startswith("#") else new_code_cell(s) for s in sources]
        notebook = new_notebook(cells=cells)
        nbformat.write(notebook, tmp_path / "try.ipynb")
        for i in skip:
            notebook.cells[i].source = ""
        client = NotebookClient(
            notebook,
            timeout=60,
            allow_errors=True,
            resources={"metadata": {"path": str(tmp_path)}},
        )
        client.execute()
        return notebook.cells

    return run


def said(cell):
    """The text of a cell's only output, and the error's name if it is one."""
    (output,) = cell.outputs
    if output.output_type == "error":
        return output.ename, "\n".join(output.traceback)
    return output.name, output.text


def test_a_failed_check_shows_our_lines_and_no_traceback(run):
    *_, checked = run(IMPORT, BROKEN, 'check("dense")')
    name, text = said(checked)
    assert name == "CheckFailed"
    assert len(text.splitlines()) <= 10
    assert "Traceback" not in text
    assert "utils/" not in text
    assert "In line 2 of your cell: `z = W @ a_in`" in text
    assert checked.outputs[0].evalue.endswith("[dense | wrong | rows_for_columns]")


def test_the_kernel_outlives_loops_and_exits(run):
    *_, looped, _, exited, _, right = run(
        IMPORT, LOOP, 'check("dense")', EXIT, 'check("dense")', RIGHT, 'check("dense")'
    )
    assert "5 seconds" in said(looped)[1]
    assert "exit()" in said(exited)[1]
    assert said(right) == ("stdout", "dense: right (3 points).\n")


def test_a_missing_name_tells_which_cell_to_run(run):
    cells = run(
        IMPORT, "## Roasting coffee", "X = [1, 2]\ny = 3", "print(X)", "print(nowhere)", skip=[2]
    )
    name, text = said(cells[3])
    assert name == "NameError"
    assert "Run the cell under “Roasting coffee” that begins `X = [1, 2]`" in text
    assert len(text.splitlines()) <= 5
    assert "Traceback" in said(cells[4])[1]


def test_a_check_before_its_cell_tells_which_cell(run):
    cells = run(IMPORT, "## A layer", RIGHT, 'check("dense")', skip=[2])
    name, text = said(cells[3])
    assert name == "CheckFailed"
    words = " ".join(text.split())
    assert "Run the cell under “A layer” that begins `def dense(a_in, W, b, g):`" in words


def test_an_unknown_exercise_is_one_line(run):
    *_, asked = run(IMPORT, 'hint("dens")')
    name, text = said(asked)
    assert name == "UnknownExercise"
    assert text == "There is no exercise 'dens'. Did you mean 'dense'?"


def test_progress_knows_what_was_checked(run):
    *_, shown = run(IMPORT, RIGHT, 'check("dense")', "progress()")
    line = next(line for line in said(shown)[1].splitlines() if line.startswith("  dense "))
    assert line.split()[1] == "right"
