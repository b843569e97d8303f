"""Stock nbgrader on the course, from its own command line, on a clean copy."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.build.cells import BEGIN
from autograder.course import Course
from autograder.desk.server import Server
from autograder.desk.student_version import student_version
from utils.exercises import chapters

COURSE = Path(__file__).parents[2]
CHAPTERS = [chapter.name for chapter in chapters()]
# With Keras a submission takes a minute: test_grade.py has stock nbgrader grade the sample class.
QUICK = [c.name for c in chapters() if not any(e.slow for e in c.exercises)]
NAME = {chapter.name: chapter.short for chapter in chapters()}
HELPER = "HELPED = True  # a cell of the student's own"


class Stock:
    """A copy of what an instructor needs, and nbgrader's commands on it."""

    def __init__(self, folder):
        self.folder = folder
        self._released, self._graded = set(), set()
        shutil.copy(COURSE / "nbgrader_config.py", folder)
        shutil.copytree(COURSE / "notebooks", folder / "notebooks")

    def run(self, *arguments):
        path = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
        )

    def succeed(self, *arguments):
        outcome = self.run(*arguments)
        assert outcome.returncode == 0, outcome.stderr[-3000:]
        return outcome

    def release(self, chapter):
        """Make the students' version of a chapter; once."""
        if chapter not in self._released:
            self.succeed("generate_assignment", chapter)
            self._released.add(chapter)

    def grade(self, chapter):
        """Release a chapter, hand it in as two students, grade it, with feedback; once."""
        if chapter in self._graded:
            return
        self.release(chapter)
        hand_in(self, chapter)
        self.succeed("autograde", chapter)
        self.succeed("generate_feedback", chapter)
        self._graded.add(chapter)

    def notebook(self, *parts):
        return nbformat.read(self.folder.joinpath(*parts), as_version=4)


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """The course; a chapter is released, handed in and graded when first asked for."""
    return Stock(tmp_path_factory.mktemp("course"))


def hand_in(stock, chapter):
    """`solved` has the reference and a cell of their own; `stub` has not touched anything."""
    file = f"{NAME[chapter]}.ipynb"
    released = stock.folder / "release" / chapter / file
    stub = stock.folder / "submitted" / "stub" / chapter
    solved = stock.folder / "submitted" / "solved" / chapter
    stub.mkdir(parents=True)
    solved.mkdir(parents=True)
    shutil.copy(released, stub)
    answers = {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in stock.notebook("notebooks", chapter, file).cells
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
    }
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("solution"):
            mine = "My own words."
            cell.source = answers.get(settings["grade_id"], f"{cell.source}\n\n{mine}")
    notebook.cells.insert(2, new_code_cell(HELPER))
    nbformat.write(notebook, solved / file)


def grades(stock, student, chapter):
    """{grade id: (auto score, max score, needs a person)}."""
    stock.grade(chapter)
    with Course(stock.folder).gradebook() as gradebook:
        record = gradebook.find_submission(chapter, student)
        return {
            grade.name: (grade.auto_score, grade.max_score, grade.needs_manual_grade)
            for notebook in record.notebooks
            for grade in notebook.grades
        }


@pytest.mark.parametrize("chapter", QUICK)
def test_the_reference_gets_full_marks(stock, chapter):
    checks = {k: v for k, v in grades(stock, "solved", chapter).items() if k.startswith("check_")}
    graded = [e for c in chapters() if c.name == chapter for e in c.exercises if e.points]
    assert {f"check_{e.id}": (e.points, e.points, False) for e in graded} == checks


@pytest.mark.parametrize("chapter", QUICK)
def test_the_untouched_stub_gets_nothing(stock, chapter):
    assert {score for score, _, _ in grades(stock, "stub", chapter).values()} == {0}


@pytest.mark.parametrize("chapter", QUICK)
def test_the_question_in_words_waits_for_a_person(stock, chapter):
    waiting = {k: v for k, v in grades(stock, "solved", chapter).items() if v[2]}
    assert len(waiting) == 1
    ((name, (score, points, _)),) = waiting.items()
    assert not name.startswith("check_")
    assert (score, points) == (None, 2)


@pytest.mark.parametrize("chapter", QUICK)
def test_the_stub_reads_where_to_begin_and_no_traceback(stock, chapter):
    stock.grade(chapter)
    file = f"{NAME[chapter]}.ipynb"
    checks = 0
    for cell in stock.notebook("autograded", "stub", chapter, file).cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("check_"):
            checks += 1
            (output,) = [o for o in cell.outputs if o.output_type == "error"]
            shown = "\n".join(output.traceback)
            assert "not begun yet" in shown
            assert "Traceback" not in shown
            assert len(output.traceback) <= 10
            assert not re.search(r"utils[/\\]", shown)
    assert checks == len(next(c.exercises for c in chapters() if c.name == chapter))


@pytest.mark.parametrize("chapter", QUICK)
def test_a_cell_the_student_added_survives(stock, chapter):
    stock.grade(chapter)
    file = f"{NAME[chapter]}.ipynb"
    graded = stock.notebook("autograded", "solved", chapter, file)
    assert HELPER in [cell.source for cell in graded.cells]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_students_desk_has_what_nbgrader_releases(stock, chapter):
    stock.release(chapter)
    file = f"{NAME[chapter]}.ipynb"
    ours = student_version(stock.folder / "notebooks" / chapter / file)
    assert ours == stock.notebook("release", chapter, file)


def test_validate_passes_the_reference_and_names_the_stubs_failures(stock):
    stock.grade(CHAPTERS[0])
    chapter, file = CHAPTERS[0], f"{NAME[CHAPTERS[0]]}.ipynb"
    good = stock.succeed("validate", str(Path("notebooks", chapter, file)))
    assert "Success! Your notebook passes all the tests." in good.stdout
    bad = stock.run("validate", str(Path("release", chapter, file)))
    assert "VALIDATION FAILED ON" in bad.stdout
    assert "not begun yet" in bad.stdout


def test_export_writes_the_marks(stock):
    graded = {(s, c): grades(stock, s, c) for s in ("solved", "stub") for c in QUICK[:2]}
    stock.succeed("export", "--to", "marks.csv")
    with (stock.folder / "marks.csv").open(encoding="utf-8") as file:
        rows = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    for key, theirs in graded.items():
        assert float(rows[key]["score"]) == sum(score or 0 for score, _, _ in theirs.values())
        assert float(rows[key]["max_score"]) == sum(points for _, points, _ in theirs.values())


@pytest.mark.slow
def test_the_formgrader_shows_the_question_in_words(stock):
    chapter = CHAPTERS[0]
    stock.grade(chapter)
    server = Server(stock.folder)
    try:
        address = server.address("formgrader/api/submitted_notebooks/") or ""
        about = json.loads(get(address, f"{chapter}/{NAME[chapter]}"))
        waiting = {entry["student"]: entry["needs_manual_grade"] for entry in about}
        assert waiting == {"solved": True, "stub": False}
        (mine,) = [entry["id"] for entry in about if entry["student"] == "solved"]
        page = get(address.replace("api/submitted_notebooks", "submissions"), f"{mine}/")
    finally:
        server.stop()
    assert "My own words." in page
    assert re.search(r'<input class="score[^>]*id="explain', page)


def get(address, page):
    """A page below an address that carries a token."""
    base, query = address.split("?")
    with urlopen(f"{base}{page}?{query}") as answer:
        return answer.read().decode()


WHERE = [("release", chapter) for chapter in CHAPTERS]
WHERE += [(f"{step}/stub", chapter) for step in ("autograded", "feedback") for chapter in QUICK]


@pytest.mark.parametrize(("where", "chapter"), WHERE)
def test_no_solution_leaves_the_instructors_side(stock, solutions_in, where, chapter):
    stock.release(chapter) if where == "release" else stock.grade(chapter)
    files = [p for p in (stock.folder / where / chapter).rglob("*") if p.is_file()]
    assert files
    assert [(file.name, *solutions_in(file, chapter)) for file in files] == [
        (file.name,) for file in files
    ]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_hidden_test_is_released(stock, chapter):
    stock.release(chapter)
    text = (stock.folder / "release" / chapter / f"{NAME[chapter]}.ipynb").read_text("utf-8")
    assert "HIDDEN TESTS" not in text
    assert "hidden=True" not in text


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_search_for_solutions_finds_them_where_they_are(solutions_in, chapter):
    file = COURSE / "notebooks" / chapter / f"{NAME[chapter]}.ipynb"
    cells = nbformat.read(file, as_version=4).cells
    found = solutions_in(file, chapter)
    assert found == [cell.id for cell in cells if BEGIN in cell.source] + [BEGIN]
    assert len(found) > 7
