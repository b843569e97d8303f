"""The notebooks as they are stored: in step with their texts, and the same when run again."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.build.assemble import Assembled
from autograder.build.run import run
from autograder.cli import main

HERE = Path(__file__).parent
COURSE = HERE.parents[1]
NOTEBOOKS = sorted(COURSE.glob("notebooks/*/*.ipynb"))


def nbval(*notebooks):
    """Run notebooks again and compare what they show."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
        "-c", str(HERE / "nbval.ini"), "--nbval", "--nbval-current-env",
        "--nbval-sanitize-with", str(HERE / "sanitize.cfg"), *map(str, notebooks),
    ]  # fmt: skip
    environment = {**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    return subprocess.run(command, capture_output=True, text=True, cwd=COURSE, env=environment)


def cells(kind=None):
    """All cells of all notebooks, with a name to find them by."""
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            if kind in (None, cell.cell_type):
                yield f"{path.stem}: {cell.id}", cell


def test_text_and_notebook_are_in_step():
    assert main(["build", "--check", "--course", str(COURSE)]) == 0


def test_each_chapter_has_one_notebook_and_nothing_beside_it():
    files = [path for path in (COURSE / "notebooks").rglob("*") if path.is_file()]
    mine = [path for path in files if not any(part.startswith(".") for part in path.parts)]
    assert sorted(mine) == NOTEBOOKS
    texts = [path.stem for path in sorted((COURSE / "chapters").glob("*.md"))]
    assert [path.parent.name for path in NOTEBOOKS] == texts
    assert all(path.parent.name.endswith(f"_{path.stem}") for path in NOTEBOOKS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_run_again_shows_the_same(path):
    outcome = nbval(path)
    assert outcome.returncode == 0, outcome.stdout[-3000:] + outcome.stderr[-1000:]


@pytest.mark.parametrize(
    ("stored", "same"),
    [("2.5\ntime: 3 ms\n", True), ("2.6\ntime: 3 ms\n", False), ("2.5\n", False)],
)
def test_printed_numbers_are_compared_and_times_are_not(tmp_path, stored, same):
    output = new_output("stream", name="stdout", text=stored)
    cell = new_code_cell("print(2.5)\nprint('time: 1 ms')", outputs=[output], execution_count=1)
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "tiny.ipynb")
    assert (nbval(tmp_path / "tiny.ipynb").returncode == 0) is same


def test_every_figure_reaches_the_reader_with_its_alt_text():
    seen = 0
    for name, cell in cells("code"):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                seen += 1
                alt = cell.metadata["alt"]
                assert output.metadata["image/png"]["alt"] == alt, name
                assert re.search(r'<img [^>]*alt="[^"]{20,}"', output.data["text/html"]), name
    assert seen >= 10


def test_no_output_is_an_error_or_went_to_stderr():
    for name, cell in cells("code"):
        for output in cell.outputs:
            assert output.output_type != "error", name
            assert output.get("name") != "stderr", name


def test_cells_hold_one_idea_in_fifteen_lines():
    for name, cell in cells("code"):
        if "nbgrader" not in cell.metadata:
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert len(lines) <= 15, f"{name} has {len(lines)} lines"


def test_nothing_of_this_machine_is_stored():
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert str(COURSE) not in text
        assert str(Path.home()) not in text
        assert sys.prefix not in text


def assembled(*sources, **metadata):
    made = [
        new_code_cell(source, id=f"cell-{n}", metadata=metadata) for n, source in enumerate(sources)
    ]
    places = [f"chapters/99_tiny.md:{10 * n}" for n, _ in enumerate(made, start=1)]
    return Assembled("99_tiny", new_notebook(cells=made), places)


def test_an_error_while_building_names_the_line_of_the_text():
    with pytest.raises(Exception, match=r"chapters/99_tiny.md:20: .*ZeroDivisionError") as caught:
        run(assembled("x = 0", "1 / x"))
    assert type(caught.value).__name__ == "Faults"


def test_a_figure_drawn_past_the_alt_text_is_refused():
    drawing = (
        "from matplotlib.figure import Figure\n"
        "from IPython.display import display\n"
        "figure = Figure()\nfigure.subplots().plot([1, 2])\ndisplay(figure)"
    )
    setup = "%matplotlib inline"
    with pytest.raises(Exception, match=r"99_tiny.md:20: a figure without alt text"):
        run(assembled(setup, drawing))


def test_two_builds_give_the_same_bytes():
    source = (
        "from matplotlib.figure import Figure\n"
        "from utils.plotting.display import show\n"
        "figure = Figure()\nfigure.subplots().plot([1, 2, 1])\n"
        "print({'a', 'b', 'c'})\nshow(figure, 'It rises and falls.')"
    )
    first, second = (assembled(source, alt="It rises and falls.") for _ in range(2))
    run(first)
    run(second)
    assert first.notebook == second.notebook
    assert "image/png" in first.notebook.cells[0].outputs[1].data


# The chapters with Keras take a minute each. The sample class shows it of them, in test_grade.py:
# the engine runs no demo cell, and right answers get all points.
@pytest.mark.parametrize("path", NOTEBOOKS[:2], ids=lambda path: path.stem)
def test_no_graded_cell_needs_a_demo_cell(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [c for c in notebook.cells if "demo" not in c.metadata.get("tags", [])]
    run(Assembled(path.parent.name, notebook, [cell.id for cell in notebook.cells]))
