"""The student's copies: never overwritten, and their work goes over into a new text."""

import json
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.desk.carry import carry
from autograder.desk.copies import CARRIED, CURRENT, NEW, RENEWED, REPLACED, update
from autograder.desk.lab import first_page
from autograder.desk.server import address

NOON = datetime(2026, 11, 25, 14, 3)
STUB = "def dense():\n    # YOUR CODE HERE\n    raise NotImplementedError()"
MINE = "def dense():\n    return 'mine'"


def answer(source, grade_id="dense"):
    settings = {"grade_id": grade_id, "solution": True, "grade": False, "locked": False}
    return new_code_cell(source, id=grade_id, metadata={"nbgrader": settings})


def text(source, id):
    return new_markdown_cell(source, id=id, metadata={"editable": False, "deletable": False})


def released(intro="Intro.", demo="print(1)"):
    return new_notebook(
        cells=[
            text(intro, "intro"),
            new_code_cell(demo, id="demo"),
            answer(STUB),
            text("End.", "end"),
        ]
    )


def sources(notebook):
    return [cell.source for cell in notebook.cells]


def write_source(folder, solution="return 1", intro="Intro."):
    """An instructor's notebook of a chapter, as `autograder build` makes it."""
    settings = {
        "grade_id": "dense", "solution": True, "grade": False, "locked": False, "task": False,
        "schema_version": 3, "cell_type": "code",
    }  # fmt: skip
    code = f"def dense():\n    ### BEGIN SOLUTION\n    {solution}\n    ### END SOLUTION"
    cells = [text(intro, "intro"), new_code_cell(code, id="dense", metadata={"nbgrader": settings})]
    file = folder / "notebooks" / "01_tiny" / "tiny.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), file)
    return file


def edit(file, source=MINE):
    notebook = nbformat.read(file, 4)
    notebook.cells[-1].source = source
    nbformat.write(notebook, file)


def test_an_answer_goes_over_by_its_grade_id():
    student = released()
    student.cells[2].source = MINE
    result = carry(student, released(), released(intro="New intro."))
    assert sources(result) == ["New intro.", "print(1)", MINE, "End."]


def test_an_untouched_stub_becomes_the_new_stub():
    now = released()
    now.cells[2].source = STUB.replace("()", "(a_in)", 1)
    assert sources(carry(released(), released(), now))[2] == now.cells[2].source


def test_added_cells_stay_behind_the_cell_they_stood_behind():
    student = released()
    student.cells.insert(2, new_code_cell("helper = 1", id="mine-1"))
    student.cells.insert(3, new_markdown_cell("My note.", id="mine-2"))
    student.cells.insert(0, new_markdown_cell("My name.", id="mine-0"))
    result = carry(student, released(), released(intro="New."))
    assert sources(result) == [
        "My name.",
        "New.",
        "print(1)",
        "helper = 1",
        "My note.",
        STUB,
        "End.",
    ]


def test_added_cells_stay_when_the_cell_before_them_is_gone():
    student, now = released(), released()
    student.cells.insert(2, new_code_cell("helper = 1", id="mine"))
    del now.cells[1]
    assert sources(carry(student, released(), now)) == ["Intro.", "helper = 1", STUB, "End."]


def test_a_cell_changed_to_try_something_stays_changed():
    student = released()
    student.cells[1].source = "print(2)"
    assert sources(carry(student, released(), released(intro="New.")))[1] == "print(2)"
    assert sources(carry(student, released(), released(demo="print(3)")))[1] == "print(3)"


def test_an_answer_without_a_place_becomes_a_cell_of_the_students_own():
    student, now = released(), released()
    student.cells[2].source = MINE
    del now.cells[2]
    result = carry(student, released(), now)
    assert sources(result) == ["Intro.", "print(1)", MINE, "End."]
    assert "nbgrader" not in result.cells[2].metadata


def test_of_two_cells_with_one_grade_id_the_last_counts_and_both_stay():
    student = released()
    student.cells[2].source = MINE
    student.cells.insert(2, answer("def dense():\n    return 'first try'"))
    result = carry(student, released(), released(intro="New."))
    assert sources(result)[2:4] == ["def dense():\n    return 'first try'", MINE]
    assert [("nbgrader" in cell.metadata) for cell in result.cells[2:4]] == [False, True]
    assert len({cell.id for cell in result.cells}) == len(result.cells)


def test_an_answer_of_another_cell_type_is_not_lost():
    student = released()
    settings = student.cells[2].metadata
    student.cells[2] = new_markdown_cell("I don't know.", id="dense", metadata=settings)
    result = carry(student, released(), released(intro="New."))
    assert STUB in sources(result)
    assert "I don't know." in sources(result)


def test_outputs_go_over_with_the_source_they_belong_to():
    student = released()
    student.cells[1].outputs = [new_output("stream", name="stdout", text="1\n")]
    same = carry(student, released(), released(intro="New."))
    other = carry(student, released(), released(demo="print(3)"))
    assert same.cells[1].outputs[0].text == "1\n"
    assert other.cells[1].outputs == []


def test_the_course_text_of_an_older_release_is_not_taken_for_the_students():
    student = released()
    student.cells.insert(1, text("An old section.", "old"))
    assert "An old section." not in sources(carry(student, released(), released()))


def test_a_new_copy_holds_the_stub_and_a_second_run_leaves_it_alone(tmp_path):
    source, lab = write_source(tmp_path), tmp_path / "lab"
    copy = update(source, lab, NOON)
    before = copy.file.read_bytes()
    assert (copy.state, update(source, lab, NOON).state) == (NEW, CURRENT)
    assert copy.file.read_bytes() == before
    assert "return 1" not in before.decode()
    assert "NotImplementedError" in before.decode()


def test_edited_work_stays_when_only_the_solution_changed(tmp_path):
    source, lab = write_source(tmp_path), tmp_path / "lab"
    file = update(source, lab, NOON).file
    edit(file)
    before = file.read_bytes()
    assert update(write_source(tmp_path, solution="return 2"), lab, NOON).state == CURRENT
    assert file.read_bytes() == before


def test_a_new_text_replaces_a_copy_that_was_not_begun(tmp_path):
    lab = tmp_path / "lab"
    file = update(write_source(tmp_path), lab, NOON).file
    copy = update(write_source(tmp_path, intro="New."), lab, NOON)
    assert copy.state == RENEWED
    assert nbformat.read(file, 4).cells[0].source == "New."
    assert len(list(file.parent.iterdir())) == 1


def test_a_new_text_takes_the_work_over_and_keeps_the_old_file(tmp_path):
    lab = tmp_path / "lab"
    file = update(write_source(tmp_path), lab, NOON).file
    edit(file)
    before = file.read_bytes()
    copy = update(write_source(tmp_path, intro="New."), lab, NOON)
    assert copy.state == CARRIED
    assert sources(nbformat.read(file, 4)) == ["New.", MINE]
    assert copy.kept.name == "tiny (before 2026-11-25 14.03).ipynb"
    assert copy.kept.read_bytes() == before
    assert copy.kept.name in copy.says
    assert update(write_source(tmp_path, intro="New."), lab, NOON).state == CURRENT


def test_old_files_never_overwrite_each_other(tmp_path):
    lab = tmp_path / "lab"
    file = update(write_source(tmp_path), lab, NOON).file
    edit(file)
    for intro in ("Two.", "Three.", "Four."):
        assert update(write_source(tmp_path, intro=intro), lab, NOON).state == CARRIED
    assert len(list(file.parent.glob("tiny (before*.ipynb"))) == 3


def test_work_is_taken_over_when_the_memory_of_the_release_is_lost(tmp_path):
    lab = tmp_path / "lab"
    file = update(write_source(tmp_path), lab, NOON).file
    edit(file)
    (lab / ".released" / "01_tiny.json").unlink()
    copy = update(write_source(tmp_path, intro="New."), lab, NOON)
    assert sources(nbformat.read(file, 4)) == ["New.", MINE]
    assert copy.kept is not None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}', '{"cells": [{"a": 1}]}'])
def test_an_unreadable_file_is_kept_under_another_name(tmp_path, content):
    source, lab = write_source(tmp_path), tmp_path / "lab"
    file = update(source, lab, NOON).file
    file.write_text(content)
    if content == '{"cells": [{"a": 1}]}':  # JSON of the right outline: read only for a new text
        source = write_source(tmp_path, intro="New.")
    copy = update(source, lab, NOON)
    assert copy.state == REPLACED
    assert copy.kept.read_text() == content
    assert "NotImplementedError" in file.read_text()
    assert copy.kept.name in copy.says


def test_a_deleted_copy_is_made_again(tmp_path):
    source, lab = write_source(tmp_path), tmp_path / "lab"
    file = update(source, lab, NOON).file
    file.unlink()
    assert update(source, lab, NOON).state == NEW
    assert file.is_file()


def test_the_first_time_chapter_1_is_opened_and_later_what_was_open(tmp_path):
    source, lab = write_source(tmp_path), tmp_path / "lab"
    assert first_page([update(source, lab, NOON)], lab) == "lab/tree/01_tiny/tiny.ipynb"
    assert first_page([update(source, lab, NOON)], lab) == "lab"


def test_the_address_carries_the_token():
    info = {"url": "http://localhost:8888/", "token": "abc"}
    assert address(info, "lab") == "http://localhost:8888/lab?token=abc"


def test_what_is_remembered_is_plain_json(tmp_path):
    lab = tmp_path / "lab"
    update(write_source(tmp_path), lab, NOON)
    remembered = json.loads(Path(lab / ".released" / "01_tiny.json").read_text())
    assert set(remembered) == {"source", "notebook"}
