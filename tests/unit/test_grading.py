"""What was handed in, and what a graded cell says, without grading anything."""

import json
import re
import threading
from types import SimpleNamespace

import pytest
from jupyter_client.channels import HBChannel
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from rich.console import Console

from autograder import grade, intake
from autograder.course import Course, reason
from autograder.intake import problem_of
from autograder.record import GRADED, REJECTED, TIMEOUT, Graded, state_of
from autograder.report import in_a_line, show, show_json
from autograder.verdicts import MISSING, Verdict, of_cell, verdicts

FAILED = "dense: not right yet.\nThe bias is missing.\n[dense | wrong | bias_forgotten]"


def hand_in(folder, name="dense.ipynb", content=None):
    notebook = json.dumps(new_notebook()) if content is None else content
    (folder / name).write_text(notebook, encoding="utf-8")


def error(ename, evalue):
    return new_output("error", ename=ename, evalue=evalue, traceback=[])


def cell(*outputs, ran=True):
    settings = {"grade_id": "check_dense", "grade": True, "solution": False}
    return new_code_cell(
        'check("dense")',
        outputs=list(outputs),
        execution_count=1 if ran else None,
        metadata={"nbgrader": settings},
    )


def printed(name="stdout", text="dense: right (3 points).\n"):
    return new_output("stream", name=name, text=text)


def test_a_readable_notebook_has_no_problem(tmp_path):
    hand_in(tmp_path)
    hand_in(tmp_path, "dense (before 2026-11-25 14.03).ipynb")
    assert problem_of(tmp_path, ["dense"]) == ""


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("dense (1).ipynb", None, "called “dense (1).ipynb”. Rename it to “dense.ipynb”"),
        ("dense.ipynb", '{"cells": [', "it breaks off in line 1"),
        ("dense.ipynb", "", "is empty"),
        ("dense.ipynb", "[1]", "is not a notebook"),
        ("dense.ipynb", "[" * 100_000, "nested too deeply"),
        ("dense.ipynb", '{"worksheets": 3}', "is not a notebook"),
        ("dense.ipynb", '{"cells": 3}', "is not a notebook"),
        ("dense.py", "", "there is no notebook “dense.ipynb”"),
    ],
)
def test_a_file_that_cannot_be_graded_is_named_with_what_to_do(tmp_path, name, content, says):
    hand_in(tmp_path, name, content)
    assert says in problem_of(tmp_path, ["dense"])


def test_two_wrong_names_are_both_told(tmp_path):
    hand_in(tmp_path, "a.ipynb")
    hand_in(tmp_path, "b.ipynb")
    assert "“a.ipynb”, “b.ipynb”" in problem_of(tmp_path, ["dense"])


def test_a_link_is_refused(tmp_path):
    hand_in(tmp_path, "secret.ipynb")
    try:
        (tmp_path / "dense.ipynb").symlink_to(tmp_path / "secret.ipynb")
    except OSError:  # Windows lets only administrators make links
        pytest.skip("links can't be made here")
    assert "is a link" in problem_of(tmp_path, ["dense"])


def test_a_notebook_with_too_many_cells_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MOST_CELLS", 1)
    hand_in(tmp_path, content=json.dumps(new_notebook(cells=[cell()])))
    assert problem_of(tmp_path, ["dense"]) == ""
    hand_in(tmp_path, content=json.dumps(new_notebook(cells=[cell(), cell()])))
    assert "has 2 cells, and 1 are read at most" in problem_of(tmp_path, ["dense"])


def test_cells_of_a_notebook_in_sheets_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MOST_CELLS", 1)
    hand_in(tmp_path, content=json.dumps({"cells": 5, "worksheets": [{"cells": [1, 2]}, 7]}))
    assert "has 2 cells, and 1 are read at most" in problem_of(tmp_path, ["dense"])


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "theirs").mkdir()
    hand_in(tmp_path / "theirs")
    try:
        (tmp_path / "mine").symlink_to(tmp_path / "theirs")
    except OSError:  # Windows lets only administrators make links
        pytest.skip("links can't be made here")
    assert problem_of(tmp_path / "theirs", ["dense"]) == ""
    assert "is a link" in problem_of(tmp_path / "mine", ["dense"])


def test_a_link_to_a_name_of_any_length_harms_nothing(tmp_path):
    hand_in(tmp_path)
    try:
        (tmp_path / "link").symlink_to("x" * 300)
    except OSError:  # Windows lets only administrators make links
        pytest.skip("links can't be made here")
    assert problem_of(tmp_path, ["dense"]) == ""


def test_folders_in_folders_have_an_end(tmp_path):
    hand_in(tmp_path)
    deep = tmp_path / "/".join("a" * (intake.DEEPEST + 1))
    deep.mkdir(parents=True)
    assert "folders in folders" in problem_of(tmp_path, ["dense"])


def test_whatever_is_wrong_with_a_submission_the_others_are_read(tmp_path, monkeypatch):
    for student in ("ada", "bad", "zoe"):
        folder = tmp_path / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
    (tmp_path / "source" / "tiny").mkdir(parents=True)
    hand_in(tmp_path / "source" / "tiny")

    def look(folder, names):
        if folder.parent.name == "bad":
            raise PermissionError("no")
        return ""

    monkeypatch.setattr(intake, "problem_of", look)
    found = intake.submissions(Course(tmp_path), ["tiny"])
    assert [(s.student, bool(s.problem)) for s in found] == [
        ("ada", False), ("bad", True), ("zoe", False),
    ]  # fmt: skip


def test_a_notebook_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    hand_in(tmp_path)
    monkeypatch.setattr(intake, "LARGEST", 10)
    assert "clear all outputs" in problem_of(tmp_path, ["dense"])


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [("MOST_FILES", 1, "more than 1 files"), ("LARGEST_IN_ALL", 1 << 20, "more than 1 MB")],
)
def test_a_folder_with_too_much_beside_the_notebook_is_named(
    tmp_path, monkeypatch, limit, value, says
):
    hand_in(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "large.bin").write_bytes(bytes(1 << 20))
    assert problem_of(tmp_path, ["dense"]) == ""
    monkeypatch.setattr(intake, limit, value)
    assert says in problem_of(tmp_path, ["dense"])


def test_nbgraders_reason_is_what_was_raised_first():
    log = "[ERROR] Traceback\n    nbformat.validator.NotebookValidationError: 'x' is missing\n"
    error = "Traceback\nnbgrader.converters.base.NbGraderException: Please see the traceback"
    assert reason({"log": log, "error": error}).endswith("ValidationError: 'x' is missing")
    assert reason({"error": error}).endswith("Please see the traceback")
    assert reason({}) == "Nbgrader gave no reason."


@pytest.mark.parametrize(
    ("graded", "expected"),
    [
        (cell(printed()), ("right", None, "dense: right (3 points).")),
        (
            cell(error("CheckFailed", FAILED)),
            ("wrong", "bias_forgotten", "dense: not right yet.\nThe bias is missing."),
        ),
        (
            cell(error("CheckFailed", "dense: not begun yet.\n[dense | not attempted | -]")),
            ("not attempted", None, "dense: not begun yet."),
        ),
        (
            cell(error("Unjudged", "dense: not judged.\n[dense | unjudged | -]")),
            ("unjudged", None, "dense: not judged."),
        ),
        (cell(error("TypeError", "no")), ("wrong", None, "TypeError: no")),
        (
            cell(error("KeyboardInterrupt", ""), error("CellTimeoutError", "")),
            ("wrong", None, "The check had not ended when its time was up."),
        ),
        (cell(ran=False), ("unjudged", None, "The check has not run.")),
        (
            cell(printed("stderr", "W: x"), printed()),
            ("unjudged", None, "The check wrote to stderr, which is a fault of the course."),
        ),
    ],
)
def test_a_graded_cell_tells_verdict_mistake_and_feedback(graded, expected):
    assert of_cell(graded) == expected


def test_marks_are_nbgraders_whatever_the_notebook_printed():
    notebook = new_notebook(cells=[cell(printed(text="dense: right (3 points).\n"))])
    grade = SimpleNamespace(
        name="check_dense", score=0.0, max_score=3.0, auto_score=0.0, manual_score=None
    )
    assert verdicts(notebook, [grade])["dense"].score == 0.0


def test_a_cell_that_is_gone_is_named_and_worth_nothing():
    grade = SimpleNamespace(
        name="check_dense", score=0.0, max_score=3.0, auto_score=0.0, manual_score=None
    )
    (gone,) = verdicts(new_notebook(), [grade]).values()
    assert (gone.score, gone.verdict, gone.feedback) == (0.0, "not attempted", MISSING)


@pytest.mark.parametrize(("auto", "verdict"), [(None, "unjudged"), (0, "not attempted")])
def test_an_answer_in_words_waits_for_a_person_unless_there_is_none(auto, verdict):
    settings = {"grade_id": "why", "grade": True, "solution": True}
    notebook = new_notebook(cells=[new_markdown_cell("So.", metadata={"nbgrader": settings})])
    grade = SimpleNamespace(
        name="why", score=0.0, max_score=2.0, auto_score=auto, manual_score=None
    )
    found = verdicts(notebook, [grade])["why"]
    assert (found.verdict, found.score) == (verdict, None if auto is None else 0.0)


def test_a_cell_whose_time_was_up_is_named():
    endless = new_code_cell("while True:\n    pass", outputs=[error("CellTimeoutError", "")])
    status, note = state_of(new_notebook(cells=[new_code_cell("x = 1"), endless]))
    assert status == TIMEOUT
    assert "“while True:”" in note


RESULTS = [
    Graded("ada", "01_a", GRADED, 3.0, 5.0, 1.5, "", {
        "dense": Verdict(3.0, 3.0, "right", None, "right"),
        "why": Verdict(None, 2.0, "unjudged", None, "by hand"),
    }),
    Graded("bob", "01_a", GRADED, 0.0, 5.0, 1.5, "", {
        "dense": Verdict(0.0, 3.0, "wrong", "bias_forgotten", "The bias is missing."),
    }),
    Graded("eve", "01_a", REJECTED, note="the file is empty."),
]  # fmt: skip


def test_the_tables_show_marks_mistakes_and_what_needs_a_person(capsys):
    show(RESULTS)
    out = capsys.readouterr().out
    for wanted in ("3/5", "0/5", "not graded", "bias_forgotten", "The bias is missing",
                   "2 of 3 submissions marked.", "1 has answers to grade by hand",
                   "eve, 01_a (rejected): the file is empty."):  # fmt: skip
        assert wanted in out


def test_who_watches_reads_a_line_for_each():
    assert [in_a_line(each) for each in RESULTS] == [
        "ada, 01_a: 3/5, 1.5 s", "bob, 01_a: 0/5, 1.5 s", "eve, 01_a: not graded",
    ]  # fmt: skip


def test_json_is_one_object_a_submission_with_the_promised_names(capsys):
    for each in RESULTS:
        show_json(each)
    ada, bob, eve = map(json.loads, capsys.readouterr().out.splitlines())
    assert {"student", "chapter", "score", "max_score", "seconds", "status", "exercises"} <= set(
        ada
    )
    assert bob["exercises"]["dense"] == {
        "score": 0.0,
        "max_score": 3.0,
        "verdict": "wrong",
        "mistake": "bias_forgotten",
        "feedback": "The bias is missing.",
    }
    assert (eve["status"], eve["score"]) == ("rejected", None)


def test_headings_are_whole_in_a_file_and_short_on_a_narrow_terminal(capsys, monkeypatch):
    names = [f"{n:02}_a_chapter_with_a_long_name" for n in range(8)]
    results = [Graded("ada", name, GRADED, score=1, max_score=2) for name in names]
    show(results)
    shown = capsys.readouterr().out
    assert all(name in shown for name in names)
    monkeypatch.setattr(Console, "is_terminal", True)
    monkeypatch.setenv("COLUMNS", "80")
    show(results)
    heading = next(line for line in capsys.readouterr().out.splitlines() if "student" in line)
    assert re.findall(r"\b0\d\b", heading) == [name[:2] for name in names]


def test_what_a_student_wrote_does_not_steer_the_terminal(capsys):
    steering = "\x1b[2J\x9b2J\x07 [red]"
    one = Graded(f"ada{steering}", "01_a", TIMEOUT, score=1, max_score=2, note=f"cell {steering}")
    show([one])
    print(in_a_line(one))
    shown = capsys.readouterr().out
    assert not set("\x1b\x9b\x07") & set(shown)
    assert shown.count("[red]") == 4  # his name three times, and the note


def test_a_heart_that_does_not_stop_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(HBChannel, "join", HBChannel.join)  # which is put back afterwards
    monkeypatch.setattr(grade, "HEART", 0.1)
    grade._wait_for_no_heart.__wrapped__()
    never = threading.Event()
    heart = HBChannel(address="tcp://127.0.0.1:1")
    heart.run = never.wait
    heart.start()
    heart.stop()
    assert heart.is_alive()
    never.set()
