"""`autograder grade`: the sample class, and notebooks that are not this course's."""

import csv
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader import api

from autograder.build.cells import nbgrader
from autograder.course import Course
from autograder.engine.setup import why_there_is_no_wall
from utils.exercises import chapters, find

COURSE = Path(__file__).parents[2]
STUDENTS = tomllib.loads((COURSE / "examples" / "class.toml").read_text("utf-8"))["student"]
UNJUDGED = """\
from utils.checking.verdict import Result, Unjudged

raise Unjudged(Result("first", "unjudged", 3, "first: could not be judged."))"""


WALL = why_there_is_no_wall()
HOW = {"grade": ["--no-sandbox"] if WALL else []}


def autograder(verb, course, *more):
    command = [sys.executable, "-m", "autograder.cli", verb, "--course", str(course), *more]
    command += HOW.get(verb, [])
    return subprocess.run(command, capture_output=True, text=True)


def graded(outcome):
    """(student, chapter) -> the object that was printed."""
    objects = [json.loads(line) for line in outcome.stdout.splitlines()]
    return {(o["student"], o["chapter"]): o for o in objects}


def test_the_manifest_holds_ten_students_and_only_known_mistakes():
    assert len(STUDENTS) == len({student["name"] for student in STUDENTS}) == 10
    for student in STUDENTS:
        for exercise, mistake in student.get("mistakes", {}).items():
            assert mistake in [known.id for known in find(exercise).mistakes]


def test_answers_of_the_manifest_stand_alone_in_a_notebook(builder):
    for student in STUDENTS:
        names = {}
        exec("import numpy as np", names)
        for source in student.get("before", {}).values():
            if "while" not in source:
                exec(source, names)
        for chapter in chapters():
            for exercise in chapter.exercises if builder.hands_in(student, chapter) else ():
                source = builder.answer(student, exercise)
                if exercise.kind == "value" and exercise.slow:
                    continue  # it trains a model; the graded class shows that it does
                if source is not None:
                    exec(source, names)
                    assert exercise.id in names


def test_a_mistake_that_is_not_known_is_told_with_those_that_are(builder):
    with pytest.raises(builder.Unusable, match=r"It has: .*rows_for_columns"):
        builder.known_mistake(find("dense"), "no_such_mistake")


def test_an_answer_that_needs_its_module_does_not_stand_alone(builder):
    assert builder.stands_alone(find("dense").reference, find("dense"))
    assert not builder.stands_alone(find("dense").reference.__class__, find("dense"))
    assert not builder.stands_alone(builder.answer, find("dense"))


@pytest.fixture(scope="module")
def sample(builder, tmp_path_factory):
    """The sample class, graded once."""
    course = tmp_path_factory.mktemp("class") / "class"
    builder.build(STUDENTS, course, COURSE / "notebooks")
    return course, autograder("grade", course, "--json")


@pytest.mark.slow
def test_the_class_ends_with_problems_and_a_quiet_screen(sample):
    _, outcome = sample
    assert outcome.returncode == 1
    assert outcome.stderr == ""


@pytest.mark.slow
def test_each_submission_gets_the_status_it_deserves(sample, builder):
    status = {key: result["status"] for key, result in graded(sample[1]).items()}
    chapter = "01_forward_prop"
    assert status.pop(("hana", chapter)) == "rejected"
    assert status.pop(("ivo", chapter)) == "rejected"
    assert status.pop(("june", chapter)) == "timeout"
    assert set(status.values()) == {"graded"}
    assert len(status) == sum(builder.hands_in(s, c) for s in STUDENTS for c in chapters()) - 3


@pytest.mark.slow
def test_each_students_mistakes_are_recognised_and_the_rest_is_right(sample):
    results = graded(sample[1])
    for student in STUDENTS:
        wrong = student.get("mistakes", {})
        for (name, _), result in results.items():
            if name != student["name"] or result["status"] == "rejected":
                continue
            for id, verdict in result["exercises"].items():
                if id in wrong:
                    assert (verdict["verdict"], verdict["mistake"]) == ("wrong", wrong[id])
                elif student["answers"] == "nothing":
                    assert (verdict["verdict"], verdict["score"]) == ("not attempted", 0)
                elif not wrong and verdict["verdict"] != "not attempted" and id in IDS:
                    assert (verdict["verdict"], verdict["score"]) == ("right", verdict["max_score"])


IDS = [exercise.id for chapter in chapters() for exercise in chapter.exercises]


@pytest.mark.slow
def test_right_answers_get_all_points_that_a_machine_gives(sample):
    worth = {c.name: sum(exercise.points or 0 for exercise in c.exercises) for c in chapters()}
    marks = {
        (name, chapter): (result["score"], worth[chapter])
        for (name, chapter), result in graded(sample[1]).items()
        if name in ("ada", "bruno", "chen")
    }
    assert len(marks) >= 2 * len(worth)
    assert all(score == points for score, points in marks.values()), marks


@pytest.mark.slow
def test_the_report_and_the_export_agree_with_the_grading(sample):
    course, outcome = sample
    marks = {key: result["score"] for key, result in graded(outcome).items()}
    again = autograder("report", course, "--json")
    assert {key: result["score"] for key, result in graded(again).items()} == marks
    assert autograder("export", course, "--to", str(course / "marks.csv")).returncode == 0
    with (course / "marks.csv").open(encoding="utf-8") as file:
        rows = {(r["student_id"], r["assignment"]): float(r["score"]) for r in csv.DictReader(file)}
    assert rows.items() >= {key: mark for key, mark in marks.items() if mark is not None}.items()


@pytest.mark.slow
def test_the_feedback_tells_a_student_what_the_check_said(sample):
    course, _ = sample
    page = course / "feedback" / "dalia" / "01_forward_prop" / "forward_prop.html"
    known = next(m for m in find("dense").mistakes if m.id == "rows_for_columns")
    assert known.says.split(",")[0] in page.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("step", ["autograded", "feedback"])
def test_no_solution_is_in_what_a_student_without_answers_gets(sample, solutions_in, step):
    course, _ = sample
    files = [p for p in (course / step / "goran").rglob("*") if p.suffix in (".ipynb", ".html")]
    assert len(files) >= 4
    assert {file.name: solutions_in(file, file.parent.name) for file in files} == {
        file.name: [] for file in files
    }


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(bool(WALL), reason=f"there is no wall here: {WALL}")
def test_grades_are_those_of_stock_nbgrader(sample, builder, tmp_path):
    course, outcome = sample
    builder.build(STUDENTS, tmp_path / "class", COURSE / "notebooks")
    command = ["grade", tmp_path / "class", "--json", "--no-sandbox"]
    stock = autograder(*command)
    assert stock.returncode == 1, stock.stderr
    ours, theirs = essence(graded(outcome)), essence(graded(stock))
    assert {chapter for _, chapter, *_ in theirs} == {c.name for c in chapters()}
    assert {k: (v, theirs.get(k)) for k, v in ours.items() if v != theirs.get(k)} == {}
    assert ours.keys() == theirs.keys()
    assert in_gradebook(course) == in_gradebook(tmp_path / "class")


def essence(results):
    """What must be the same: not the seconds, nor the words of a kernel's traceback."""
    found = {}
    for key, result in results.items():
        found[key] = result["status"], result["score"], result["max_score"]
        for id, e in result["exercises"].items():
            found[*key, id] = e["score"], e["max_score"], e["verdict"], e["mistake"]
    return found


def in_gradebook(course):
    """What stands there of each graded cell and each answer."""
    found = {}
    with Course(course).gradebook() as gradebook:
        for submission in gradebook.db.query(api.SubmittedAssignment):
            for notebook in submission.notebooks:
                key = submission.student.id, submission.assignment.name
                grades = {
                    g.name: (g.auto_score, g.needs_manual_grade, g.failed_tests)
                    for g in notebook.grades
                }
                found[key] = grades, {c.name: c.auto_comment for c in notebook.comments}
    return found


def foreign_course(folder):
    """A course of somebody else's: plain asserts, and a check that can't judge."""

    def graded_cell(id, source):
        metadata = nbgrader(id, "code", points=3, grade=True, locked=True)
        return new_code_cell(source, id=id, metadata=metadata)

    answer = nbgrader("x", "code", solution=True)
    notebook = new_notebook(
        cells=[
            new_code_cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", id="x", metadata=answer),
            graded_cell("first", UNJUDGED),
            graded_cell("second", "assert x == 1"),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )
    source = folder / "source" / "tiny" / "tiny.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(notebook, source)
    for student, theirs in (("ann", "x = 1"), ("ben", "x = 2"), ("cal", "import os\nos._exit(1)")):
        notebook.cells[0].source = theirs
        file = folder / "submitted" / student / "tiny" / "tiny.ipynb"
        file.parent.mkdir(parents=True)
        nbformat.write(notebook, file)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("foreign")
    foreign_course(folder)
    return folder, autograder("grade", folder, "--json")


@pytest.mark.slow
def test_plain_asserts_are_graded_with_nbgraders_default_folders(foreign):
    results = graded(foreign[1])
    assert results["ann", "tiny"]["exercises"]["second"]["score"] == 3
    ben = results["ben", "tiny"]["exercises"]["second"]
    assert (ben["score"], ben["verdict"], ben["feedback"][:15]) == (0, "wrong", "AssertionError:")


@pytest.mark.slow
def test_a_check_that_could_not_judge_goes_to_hand_grading(foreign):
    folder, outcome = foreign
    first = graded(outcome)["ann", "tiny"]["exercises"]["first"]
    assert (first["verdict"], first["score"]) == ("unjudged", None)
    with Course(folder).gradebook() as gradebook:
        grade = gradebook.find_grade("first", "tiny", "tiny", "ann")
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)


@pytest.mark.slow
def test_a_process_that_dies_is_told_and_stops_nobody_else(foreign):
    _, outcome = foreign
    cal = graded(outcome)["cal", "tiny"]
    assert cal["status"] == "crashed"
    assert ("by hand" if HOW["grade"] else "ended its process") in cal["note"]
    assert outcome.returncode == 1


@pytest.mark.slow
def test_release_makes_what_nbgrader_makes(tmp_path):
    foreign_course(tmp_path)
    outcome = autograder("release", tmp_path)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout == "tiny: released to release/tiny/\n"
    released = nbformat.read(tmp_path / "release" / "tiny" / "tiny.ipynb", as_version=4)
    assert released.cells[0].source == "# YOUR CODE HERE\nraise NotImplementedError()"
