"""From an untrusted file to the notebook that is graded."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.engine.stage import NotANotebook, Released, ReleasedCell, stage

STUB = "def f(x):\n    raise NotImplementedError()"
CHECK = 'check("f")'
RELEASED = Released(
    {
        "f": ReleasedCell("code", STUB, False, "1", solution=True),
        "check_f": ReleasedCell("code", CHECK, True, "2", grade=True, points=3.0),
        "words": ReleasedCell(
            "markdown", "Why?", False, "3", grade=True, solution=True, points=2.0
        ),
        "check_g": ReleasedCell("code", 'check("g")', True, "4", grade=True, points=1.0),
    },
    {"name": "python3", "display_name": "Python 3"},
)
ANSWER = "def f(x):\n    return x"


def known(grade_id, source, **more):
    settings = {"grade_id": grade_id, "grade": False, "points": 99, "locked": False, **more}
    return {"cell_type": "code", "source": source, "metadata": {"nbgrader": settings}}


def handed_in():
    """The cells of an honest submission, with one of the student's own."""
    return [
        known("f", ANSWER),
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "metadata": {}},
        known("check_f", CHECK),
        {**known("words", "Because."), "cell_type": "markdown"},
        known("check_g", 'check("g")'),
    ]


def staged(cells, **more):
    return stage({"cells": cells, "nbformat": 4, **more}, RELEASED)


def sources(made):
    return [cell.source for cell in made.notebook.cells]


def test_an_honest_notebook_stays_as_it_is():
    made = staged(handed_in())
    assert sources(made) == [ANSWER, "a = 1\nb = 2", CHECK, "Because.", 'check("g")']
    assert made.put_back == []
    nbformat.validate(made.notebook)


def test_points_kind_and_locked_text_are_the_instructors():
    cells = handed_in()
    cells[2] = {**known("check_f", "pass"), "cell_type": "markdown"}
    cell = staged(cells).notebook.cells[2]
    assert (cell.cell_type, cell.source) == ("code", CHECK)
    assert cell.metadata.nbgrader == {
        "cell_type": "code", "checksum": "2", "grade": True, "grade_id": "check_f", "locked": True,
        "points": 3.0, "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip


def test_outputs_and_other_metadata_do_not_come_along():
    cell = known("f", ANSWER)
    cell["metadata"]["autograder"] = {"fingerprint": "forged"}
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "3/3"}]
    made = staged([cell], metadata={"autograder": {"fingerprint": "forged"}})
    assert made.notebook.cells[0].outputs == []
    assert "forged" not in json.dumps(made.notebook)


def test_a_missing_check_is_put_back_behind_its_answer():
    cells = handed_in()
    del cells[2]
    made = staged(cells)
    assert sources(made)[:2] == [ANSWER, CHECK]
    assert made.put_back == ["check_f"]


def test_a_check_whose_answer_is_missing_too_goes_to_the_end():
    made = staged([{"cell_type": "code", "source": ANSWER}])
    assert sources(made)[0] == ANSWER
    assert made.put_back == ["check_f", "words", "check_g"]
    assert sources(made)[1:] == [CHECK, "Why?", 'check("g")']


def test_of_two_cells_with_one_id_the_last_counts_and_the_first_is_the_students_own():
    cells = handed_in()
    cells.insert(0, known("f", "def f(x):\n    return 0"))
    cells.insert(4, known("check_f", "print('forged')", grade=True))
    made = staged(cells)
    assert [c.metadata.get("nbgrader", {}).get("grade_id") for c in made.notebook.cells] == [
        None, "f", None, None, "check_f", "words", "check_g",
    ]  # fmt: skip
    assert sources(made)[4] == CHECK


def test_an_id_that_was_never_released_is_the_students_own_cell():
    made = staged([*handed_in(), known("bonus", "1", grade=True, points=100)])
    assert made.notebook.cells[-1].metadata == {}


@pytest.mark.parametrize(
    "strange",
    [
        None, 7, "text", [], {}, {"cell_type": "code"}, {"cell_type": 3, "source": 4},
        {"cell_type": "code", "source": [1, None, "x"], "metadata": []},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": "f", "tags": [1]}},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": ["f"]}}},
        {"cell_type": "heading", "source": "x", "attachments": 3},
        {"cell_type": "code", "source": "half a letter: \ud83d"},
    ],
)  # fmt: skip
def test_a_strange_cell_harms_nothing(strange):
    made = staged([strange, *handed_in(), strange])
    kept = [source for source in sources(made) if source in (ANSWER, CHECK, "Because.")]
    assert kept == [ANSWER, CHECK, "Because."]
    nbformat.validate(made.notebook)
    nbformat.writes(made.notebook).encode()


def test_a_notebook_of_version_3_is_read():
    old = nbformat.convert(
        new_notebook(cells=[new_markdown_cell("Hello."), new_code_cell("f = abs")]), 3
    )
    assert sources(stage(json.loads(json.dumps(old)), RELEASED))[:2] == ["Hello.", "f = abs"]


def test_ids_of_cells_stay_where_they_can():
    cells = [
        {"cell_type": "code", "source": "", "id": id} for id in ("mine", "mine", "not valid", 3)
    ]
    ids = [cell.id for cell in staged(cells).notebook.cells]
    assert ids[1] == "mine"
    assert len(set(ids)) == len(ids)
    nbformat.validate(staged(cells).notebook)


def test_tags_and_pictures_in_the_text_stay():
    picture = {"p.png": {"image/png": "aGVsbG8="}}
    shown = {"cell_type": "code", "source": "1", "metadata": {"tags": ["demo"]}}
    text = {"cell_type": "markdown", "source": "![](attachment:p.png)", "attachments": picture}
    cells = staged([shown, text]).notebook.cells
    assert cells[0].metadata.tags == ["demo"]
    assert cells[1].attachments == picture


def test_pictures_in_an_answer_in_words_stay():
    picture = {"p.png": {"image/png": ["aGVs", "bG8="], "text/plain": 3}, "q.png": 4}
    answer = {**known("words", "![](attachment:p.png)"), "attachments": picture}
    made = staged([answer]).notebook
    assert made.cells[0].attachments == {"p.png": {"image/png": "aGVsbG8="}}
    nbformat.validate(made)


def test_tags_that_no_notebook_may_have_are_left_out():
    tags = ["demo", "demo", "a,b", "", 3, "\ud83d", *map(str, range(1000))]
    made = staged([{"cell_type": "code", "source": "1", "metadata": {"tags": tags}}]).notebook
    assert made.cells[0].metadata.tags[:2] == ["demo", "0"]
    assert len(made.cells[0].metadata.tags) == 20
    nbformat.validate(made)


@pytest.mark.parametrize("content", [None, [], {}, {"cells": {}}, {"worksheets": [3]}, "cells"])
def test_what_is_no_notebook_is_named(content):
    with pytest.raises(NotANotebook):
        stage(content, RELEASED)
