"""One worker on a small course: what is written, what is kept, and what is not done again."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader import api

from autograder.build.cells import nbgrader
from autograder.course import Course
from autograder.engine import grading
from autograder.engine.setup import why_there_is_no_wall
from autograder.engine.worker import Worker
from autograder.intake import Submission, submissions

WALL = why_there_is_no_wall()
pytestmark = [
    pytest.mark.skipif(bool(WALL), reason=f"there is no wall here: {WALL}"),
]

CHAPTER = "tiny"
LATE = "2026-02-01 12:00:00 UTC"
CONFIGURATION = """\
c = get_config()
c.LateSubmissionPlugin.penalty_method = "zero"
"""


def source():
    """A chapter with an answer, a check, a question in words and one that nobody answers."""
    check = nbgrader("check_x", "code", points=3, grade=True, locked=True)
    words = nbgrader("words", "markdown", points=2, grade=True, solution=True)
    more = nbgrader("more", "markdown", points=1, grade=True, solution=True)
    x = nbgrader("x", "code", solution=True)
    return new_notebook(
        cells=[
            new_code_cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", id="x", metadata=x),
            new_code_cell("assert x == 1", id="check_x", metadata=check),
            new_markdown_cell("YOUR ANSWER HERE", id="words", metadata=words),
            new_markdown_cell("YOUR ANSWER HERE", id="more", metadata=more),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )


def make_course(folder):
    (folder / "source" / CHAPTER).mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIGURATION, encoding="utf-8")
    nbformat.write(source(), folder / "source" / CHAPTER / "tiny.ipynb")
    (folder / "source" / CHAPTER / "data.csv").write_text("1,2", encoding="utf-8")
    course = Course(folder)
    assert course.api.generate_assignment(CHAPTER)["success"]
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(CHAPTER, duedate="2026-01-31 12:00:00 UTC")
    return course


def hand_in(course, student, answer="x = 1", words="Because.", **files):
    folder = course.root / "submitted" / student / CHAPTER
    shutil.copytree(course.root / "release" / CHAPTER, folder, dirs_exist_ok=True)
    notebook = nbformat.read(folder / "tiny.ipynb", as_version=4)
    notebook.cells[0].source = answer
    notebook.cells[2].source = words
    nbformat.write(notebook, folder / "tiny.ipynb")
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Submission(student, CHAPTER)


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path)


@pytest.fixture(scope="module")
def zygotes():
    """The warm processes, started once for all of these tests."""
    found = {}
    yield found
    for zygote in found.values():
        zygote.close()


@pytest.fixture
def worker(course, zygotes):
    worker = Worker(course, 20.0)
    worker._grader._zygotes = zygotes
    yield worker
    worker._book.close()


def page(course, student):
    return course.root / "feedback" / student / CHAPTER / "tiny.html"


def autograded(course, student):
    return course.root / "autograded" / student / CHAPTER / "tiny.ipynb"


def nobody_runs(worker, monkeypatch):
    def refuse(chapter):
        raise AssertionError("a submission was run")

    monkeypatch.setattr(worker._grader, "child", refuse)


def rows(course):
    """All that the gradebook says of submissions, without what is random in it."""
    found = {}
    with course.gradebook() as gradebook:
        for submission in gradebook.db.query(api.SubmittedAssignment):
            for notebook in submission.notebooks:
                grades = {
                    g.name: (g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade,
                             g.score, g.max_score, g.failed_tests)
                    for g in notebook.grades
                }  # fmt: skip
                comments = {c.name: (c.auto_comment, c.manual_comment) for c in notebook.comments}
                found[submission.student.id] = (
                    submission.timestamp, submission.total_seconds_late, submission.score,
                    notebook.late_submission_penalty, grades, comments,
                )  # fmt: skip
    return found


@pytest.mark.slow
def test_the_gradebook_is_the_one_that_stock_nbgrader_makes(tmp_path):
    found = []
    for how in ("walled", "stock"):
        course = make_course(tmp_path / how)
        class_ = [
            hand_in(course, "ann"),
            hand_in(course, "ben", answer="x = 2"),
            hand_in(course, "cal", timestamp=LATE),
            hand_in(course, "dan", timestamp="2026-01-01 12:00:00.000001 Europe/Berlin"),
            hand_in(course, "eve", answer="", words="YOUR ANSWER HERE"),
            hand_in(course, "fay", answer="import sys\nx = 1\nprint('!', file=sys.stderr)"),
        ]
        if how == "walled":
            worker = Worker(course, 20.0)
            assert {worker.grade(submission).status for submission in class_} == {"graded"}
            worker.close()
        else:
            command = [sys.executable, "-m", "autograder.cli", "grade", "--no-sandbox"]
            subprocess.run([*command, "--course", str(course.root)], check=True)
        found.append(rows(course))
    assert found[0] == found[1]
    assert found[0]["cal"][3] == 3  # the whole score, which is what the course is set to


def test_files_are_where_nbgrader_has_them(course, worker):
    result = worker.grade(hand_in(course, "ann", notes="mine"))
    assert (result.score, result.max_score, result.exercises["x"].verdict) == (3, 6, "right")
    folder = autograded(course, "ann").parent
    assert sorted(p.name for p in folder.iterdir()) == ["data.csv", "notes.txt", "tiny.ipynb"]
    assert not os.access(folder / "tiny.ipynb", os.W_OK) or os.getuid() == 0
    assert "Because." in page(course, "ann").read_text(encoding="utf-8")
    assert sorted(p.name for p in page(course, "ann").parent.iterdir())[-1] == "tiny.html"


def test_stock_nbgrader_goes_on_with_what_is_written(course, worker):
    worker.grade(hand_in(course, "ann"))
    outcome = course.api.generate_feedback(CHAPTER, "ann", force=True)
    assert outcome["success"], outcome["log"]
    assert "Because." in page(course, "ann").read_text(encoding="utf-8")


def test_a_link_in_a_submission_leads_nowhere(course, worker):
    submission = hand_in(course, "ann")
    folder = course.root / "submitted" / "ann" / CHAPTER
    (folder / "gradebook.txt").symlink_to(course.root / "gradebook.db")
    (folder / "neighbours").symlink_to(course.root, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    assert worker.grade(submission).score == 3
    assert sorted(p.name for p in autograded(course, "ann").parent.iterdir()) == [
        "data.csv", "tiny.ipynb",
    ]  # fmt: skip


def test_what_has_not_changed_is_not_graded_again(course, worker, monkeypatch):
    submission = hand_in(course, "ann", answer="x = 2")
    first = worker.grade(submission)
    when = page(course, "ann").stat().st_mtime_ns
    nobody_runs(worker, monkeypatch)
    assert worker.grade(submission) == first
    assert page(course, "ann").stat().st_mtime_ns == when


@pytest.mark.parametrize("what", ["submission", "released check", "configuration", "gradebook"])
def test_what_has_changed_is_graded_again(course, worker, what):
    submission = hand_in(course, "ann", answer="x = 2")
    assert worker.grade(submission).score == 0
    if what == "submission":
        hand_in(course, "ann", answer="x = 1")
    elif what == "released check":
        notebook = source()
        notebook.cells[1].source = "assert x == 2"
        nbformat.write(notebook, course.root / "source" / CHAPTER / "tiny.ipynb")
        assert course.api.generate_assignment(CHAPTER, force=True)["success"]
    elif what == "configuration":
        file = course.root / "nbgrader_config.py"
        file.write_text(CONFIGURATION + "# changed", encoding="utf-8")
    else:
        (course.root / "gradebook.db").unlink()
        assert course.api.generate_assignment(CHAPTER, force=True)["success"]
    before = autograded(course, "ann").stat().st_mtime_ns
    again = Worker(Course(course.root), 20.0)
    again._grader._zygotes = worker._grader._zygotes
    score = again.grade(submission).score
    again._book.close()
    assert score == (3 if what in ("submission", "released check") else 0)
    assert autograded(course, "ann").stat().st_mtime_ns > before


def test_marks_and_comments_given_by_hand_are_kept_and_shown(course, worker):
    submission = hand_in(course, "ann", answer="x = 2")
    worker.grade(submission)
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("words", "tiny", CHAPTER, "ann")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.find_grade("check_x", "tiny", CHAPTER, "ann").extra_credit = 0.5
        gradebook.find_comment("words", "tiny", CHAPTER, "ann").manual_comment = "Nearly so."
        gradebook.db.commit()
    assert worker.grade(submission).score == 2
    assert "Nearly so." in page(course, "ann").read_text(encoding="utf-8")
    assert rows(course)["ann"][4]["words"][:4] == (None, 1.5, None, False)
    hand_in(course, "ann")
    assert worker.grade(submission).score == 5
    assert rows(course)["ann"][4]["words"][:2] == (None, 1.5)
    assert rows(course)["ann"][4]["check_x"][:3] == (3, None, 0.5)
    assert "Nearly so." in page(course, "ann").read_text(encoding="utf-8")


def test_a_later_due_date_takes_the_penalty_away_without_another_run(course, worker, monkeypatch):
    submission = hand_in(course, "ann", timestamp=LATE)
    worker.grade(submission)
    assert rows(course)["ann"][3] == 3
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(CHAPTER, duedate="2026-03-01 12:00:00 UTC")
    nobody_runs(worker, monkeypatch)
    worker.grade(submission)
    assert rows(course)["ann"][3] is None


@pytest.mark.parametrize("step", ["_put", "_feedback"])
def test_a_run_that_was_killed_goes_on_where_it_stopped(course, worker, monkeypatch, step):
    submission = hand_in(course, "ann", answer="x = 2")
    worker.grade(submission)
    hand_in(course, "ann", answer="x = 1")

    def killed(*_):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(worker, step, killed)
        with pytest.raises(SystemExit):
            worker.grade(submission)
    assert worker.grade(submission).score == 3
    assert rows(course)["ann"][2] == 3
    assert "Score: 3.0" in page(course, "ann").read_text(encoding="utf-8")
    assert not list(Path(course.root).rglob(".tiny.*"))


def test_a_submission_that_we_fail_on_stops_nobody_else(course, worker, monkeypatch):
    submissions = [hand_in(course, "ann"), hand_in(course, "ben")]
    ran = worker._grader.child
    monkeypatch.setattr(worker._grader, "child", lambda chapter: 1 / 0)
    failed = worker.grade(submissions[0])
    monkeypatch.setattr(worker._grader, "child", ran)
    assert (failed.status, failed.score) == ("crashed", None)
    assert "ZeroDivisionError" in failed.note
    assert worker.grade(submissions[1]).score == 3


def test_cells_that_had_to_be_put_back_are_named(course, worker):
    submission = hand_in(course, "ann")
    file = course.root / "submitted" / "ann" / CHAPTER / "tiny.ipynb"
    notebook = nbformat.read(file, as_version=4)
    del notebook.cells[1]
    nbformat.write(notebook, file)
    result = worker.grade(submission)
    assert result.score == 3
    assert "check_x were missing" in result.note


def test_results_appear_as_they_come(course):
    for name in ("ann", "ben", "cal"):
        hand_in(course, name, answer="import time\ntime.sleep(1)\nx = 1")
    command = [sys.executable, "-m", "autograder.cli", "grade", "--json", "--jobs", "1"]
    with subprocess.Popen(
        [*command, "--course", course.root], stdout=subprocess.PIPE, text=True
    ) as running:
        first = json.loads(running.stdout.readline())
        assert running.poll() is None
        rest = [json.loads(line) for line in running.stdout]
    assert [r["student"] for r in [first, *rest]] == ["ann", "ben", "cal"]
    assert running.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("ready", [0, 1, 3])
def test_grading_that_was_killed_is_finished_by_the_next(course, ready):
    names = ["ann", "ben", "cal", "dan", "eve"]
    for name in names:
        hand_in(course, name, answer="import time\ntime.sleep(0.5)\nx = 1")
    command = [sys.executable, "-m", "autograder.cli", "grade", "--json", "--course", course.root]
    running = subprocess.Popen([*command, "--jobs", "1"], stdout=subprocess.DEVNULL)
    done = []
    for _ in range(1200):
        done = [name for name in names if autograded(course, name).is_file()]
        if len(done) >= ready:
            break
        time.sleep(0.05)
    started = psutil.Process(running.pid).children(recursive=True)
    running.kill()
    running.wait()
    _, left = psutil.wait_procs(started, timeout=10)
    assert left == []
    before = {name: autograded(course, name).stat().st_mtime_ns for name in done}
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    results = [json.loads(line) for line in again.stdout.splitlines()]
    assert sorted((r["student"], r["score"], r["status"]) for r in results) == [
        (name, 3, "graded") for name in names
    ]
    assert {name: autograded(course, name).stat().st_mtime_ns for name in done} == before
    assert all(page(course, name).is_file() for name in names)


def test_a_notebook_of_version_3_is_graded(course, worker):
    submission = hand_in(course, "ann")
    file = course.root / "submitted" / "ann" / CHAPTER / "tiny.ipynb"
    old = nbformat.convert(nbformat.read(file, as_version=4), 3)
    file.write_text(json.dumps(old), encoding="utf-8")
    (handed_in,) = submissions(course, [CHAPTER])
    assert handed_in == submission
    assert worker.grade(handed_in).score == 3


def test_what_a_notebook_shows_has_a_limit_and_an_error_still_counts(course, worker, monkeypatch):
    monkeypatch.setattr(grading, "MOST_SHOWN", 1_000)
    submission = hand_in(course, "ada", answer="x = 2\nprint('y' * 2_000)")
    result = worker.grade(submission)
    shown = nbformat.read(autograded(course, "ada"), as_version=4).cells
    assert [output.text for output in shown[0].outputs] == [grading._left_out().text]
    assert shown[1].outputs[0].ename == "AssertionError"
    assert result.score == 0


def test_a_page_that_cannot_be_made_costs_no_marks_and_is_tried_again(course, worker, monkeypatch):
    submission = hand_in(course, "ann")
    made = worker._pages.page
    monkeypatch.setattr(worker._pages, "page", lambda *_: 1 / 0)
    result = worker.grade(submission)
    assert (result.status, result.score) == ("graded", 3)
    assert "feedback page could not be made (ZeroDivisionError)" in result.note
    monkeypatch.setattr(worker._pages, "page", made)
    assert worker.grade(submission).note == ""
    assert page(course, "ann").is_file()


@pytest.mark.parametrize(("name", "size"), [("large.csv", 33 << 20), ("many/a.csv", 30 << 20)])
def test_a_file_that_cannot_be_laid_beside_it_costs_no_marks(course, worker, name, size):
    submission = hand_in(course, "ann")
    folder = course.root / "submitted" / "ann" / CHAPTER
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    for number in range(1 if file.parent == folder else 3):
        file.with_name(f"{number}{file.name}").write_bytes(bytes(size))
    result = worker.grade(submission)
    assert (result.status, result.score) == ("graded", 3)
    assert "it was run without the files" in result.note
    assert page(course, "ann").is_file()


def test_a_file_name_of_another_encoding_costs_no_marks(course, worker):
    submission = hand_in(course, "ann")
    folder = course.root / "submitted" / "ann" / CHAPTER
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"1")
    result = worker.grade(submission)
    assert (result.status, result.score) == ("graded", 3)
    assert page(course, "ann").is_file()


def test_a_file_in_the_place_of_the_instructors_folder_gives_way(course, worker):
    (course.root / "source" / CHAPTER / "data").mkdir()
    (course.root / "source" / CHAPTER / "data" / "a.csv").write_text("1", encoding="utf-8")
    submission = hand_in(course, "ann", answer="x = int(open('data/a.csv').read())")
    folder = course.root / "submitted" / "ann" / CHAPTER
    shutil.rmtree(folder / "data", ignore_errors=True)
    (folder / "data").write_text("2", encoding="utf-8")
    (folder / "tiny.html").mkdir()
    (folder / "tiny.html" / "x").write_text("3", encoding="utf-8")
    assert worker.grade(submission).score == 3
    assert page(course, "ann").is_file()


@pytest.mark.parametrize(
    "answer",
    [
        "import helper\nx = helper.x",
        "breakpoint()\nx = 1",
        "import faulthandler, sys\nfaulthandler.enable()\nassert sys.stdout.writable()\nx = 1",
        "display({'image/png': b'12', 'text/plain': 'p'}, raw=True)\nx = 1",
    ],
)
def test_what_works_in_a_notebook_works_here(course, worker, answer):
    submission = hand_in(course, "ann", answer=answer)
    helper = course.root / "submitted" / "ann" / CHAPTER / "helper.py"
    helper.write_text("x = 1", encoding="utf-8")
    assert worker.grade(submission).score == 3


def test_a_figure_is_shown_as_a_kernel_shows_it(course, worker):
    draw = "import matplotlib.pyplot as plt\nx = 1\nfig, ax = plt.subplots()\nax.plot([1, 2])"
    assert worker.grade(hand_in(course, "ann", answer=draw)).score == 3
    shown = nbformat.read(autograded(course, "ann"), as_version=4).cells[0].outputs
    assert any("image/png" in output.get("data", {}) for output in shown)


def test_nobody_waits_for_a_pipe_that_another_has_filled(course, worker):
    fill = (
        "import os\nos.set_blocking(2, False)\ntry:\n    for _ in range(100):\n"
        "        os.write(2, b'x' * 4096)\nexcept BlockingIOError:\n    pass\nx = 1"
    )
    worker.grade(hand_in(course, "ann", answer=fill))
    started = time.monotonic()
    result = worker.grade(hand_in(course, "ben", answer="import os\nos.write(2, b'y')\nx = 1"))
    assert (result.status, result.score) == ("graded", 3)
    assert time.monotonic() - started < worker._grader.seconds


@pytest.mark.parametrize("text", ["1 " * 1_000_000, ".24:" + "9" * 30, "yesterday"])
def test_a_time_that_is_none_costs_no_marks(course, worker, text):
    result = worker.grade(hand_in(course, "ann", timestamp=text))
    assert (result.status, result.score) == ("graded", 3)


def test_a_secret_that_is_cut_off_is_not_used(course):
    assert len(grading.secret(course.root)) == grading.SECRET_BYTES
    assert grading.secret(course.root) == grading.secret(course.root)
    assert not list(course.root.glob(f"{grading.SECRET}.*"))
    (course.root / grading.SECRET).write_bytes(b"")
    with pytest.raises(ValueError, match="too short"):
        grading.secret(course.root)
