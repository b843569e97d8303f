"""The gradebook of one worker: what was released, and one transaction for each submission.

It is nbgrader's own, with its models: the formgrader, `nbgrader export` and all the rest read it.
What a person has given, marks and comments, is never touched.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import nbformat
from nbformat import NotebookNode
from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, determine_grade
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import selectinload, undefer

from autograder.engine.stage import Released, ReleasedCell
from autograder.verdicts import of_cell
from utils.checking.verdict import UNJUDGED

if TYPE_CHECKING:
    from autograder.course import Course

TRIES = 60  # while another process is writing
WAIT = 0.5  # seconds between them
log = logging.getLogger("traitlets")
T = TypeVar("T")


class Book:
    """The open gradebook of one process."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._gradebook = course.gradebook()
        self._db = self._gradebook.db
        self.released = cache(self._released)

    def close(self) -> None:
        """Close the connection."""
        self._gradebook.close()

    def _released(self, chapter: str) -> dict[str, Released]:
        """The notebooks of a chapter, by name, as they were released."""
        assignment = self._gradebook.find_assignment(chapter)
        folder = self._course.folder("source") / chapter
        found = {
            notebook.name: _as_released(notebook, folder / f"{notebook.name}.ipynb")
            for notebook in assignment.notebooks
        }
        self._db.rollback()
        return found

    def write(
        self,
        student: str,
        chapter: str,
        notebooks: Mapping[str, NotebookNode],
        timestamp: datetime | None,
    ) -> api.SubmittedAssignment:
        """Record the marks of one submission, all or nothing.

        Parameters
        ----------
        student, chapter : str
        notebooks : dict of str to NotebookNode
            Graded, by name. A notebook of the chapter that is not among them scores 0.
        timestamp : datetime or None
            When it was handed in.
        """

        def write() -> api.SubmittedAssignment:
            submission = self._submission(student, chapter)
            submission.timestamp = timestamp or submission.timestamp
            for notebook in submission.notebooks:
                self._marks(notebook, notebooks.get(notebook.name))
            self._late_penalties(submission)
            self._db.commit()
            return self._found(student, chapter)  # what a commit forgets, in a few questions

        return self._patiently(write)

    def again(self, student: str, chapter: str) -> api.SubmittedAssignment:
        """The record of a submission that has not changed; its due date may have."""

        def write() -> api.SubmittedAssignment:
            submission = self._gradebook.find_submission(chapter, student)
            self._late_penalties(submission)
            self._db.commit()
            return submission

        return self._patiently(write)

    def has(self, student: str, chapter: str) -> bool:
        """Whether there is a record of a submission."""
        try:
            self._gradebook.find_submission(chapter, student)
        except api.MissingEntry:
            return False
        finally:
            self._db.rollback()
        return True

    def enrol(self, students: Iterable[str]) -> None:
        """Make the records of students that have none."""

        def write() -> None:
            known = {id for (id,) in self._db.query(api.Student.id)}
            self._db.add_all(api.Student(id=student) for student in set(students) - known)
            self._db.commit()

        self._patiently(write)

    def _patiently(self, action: Callable[[], T]) -> T:
        """Do it again when another process was writing: SQLite lets one at a time."""
        for _ in range(TRIES):
            try:
                return action()
            except OperationalError as error:
                self._db.rollback()
                if "locked" not in str(error):
                    raise
                time.sleep(WAIT)
        return action()

    def _submission(self, student: str, chapter: str) -> api.SubmittedAssignment:
        """The record of a submission, made where there is none yet, as nbgrader makes it."""
        found = self._found(student, chapter)
        if found is not None:
            return found
        assignment = self._gradebook.find_assignment(chapter)
        person = self._db.get(api.Student, student)
        if person is None:
            person = api.Student(id=student)
            self._db.add(person)
        with self._db.no_autoflush:
            made = api.SubmittedAssignment(assignment=assignment, student=person)
            for notebook in assignment.notebooks:
                theirs = api.SubmittedNotebook(notebook=notebook, assignment=made)
                for cell in [*notebook.grade_cells, *notebook.task_cells]:
                    api.Grade(cell=cell, notebook=theirs)
                for cell in [*notebook.solution_cells, *notebook.task_cells]:
                    api.Comment(cell=cell, notebook=theirs)
            self._db.add(made)
        return made

    def _found(self, student: str, chapter: str) -> api.SubmittedAssignment | None:
        """The record of a submission with all its marks and comments, if there is one."""
        part = selectinload(api.SubmittedAssignment.notebooks)
        return (
            self._db.query(api.SubmittedAssignment)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .filter(api.Assignment.name == chapter, api.SubmittedAssignment.student_id == student)
            .options(
                part.joinedload(api.SubmittedNotebook.notebook),
                part.selectinload(api.SubmittedNotebook.grades).options(
                    selectinload(api.Grade.cell), undefer(api.Grade.max_score)
                ),
                part.selectinload(api.SubmittedNotebook.comments).selectinload(api.Comment.cell),
            )
            .one_or_none()
        )

    def _marks(self, record: api.SubmittedNotebook, graded: NotebookNode | None) -> None:
        cells = {
            settings["grade_id"]: cell
            for cell in (graded.cells if graded else [])
            if (settings := cell.metadata.get("nbgrader"))
        }
        for grade in record.grades:
            cell = cells.get(grade.cell.name)
            if cell is None:
                grade.auto_score, grade.needs_manual_grade = 0, False
                continue
            grade.auto_score = _auto_score(cell)
            by_hand = grade.manual_score is not None or grade.auto_score is None
            grade.needs_manual_grade = by_hand
        for comment in record.comments:
            cell = cells.get(comment.cell.name)
            if cell is not None:
                comment.auto_comment = "No response." if _is_untouched(cell) else None

    def _late_penalties(self, submission: api.SubmittedAssignment) -> None:
        """As nbgrader has them: by its own rule, or the course's plugin."""
        late = submission.total_seconds_late
        rule = None
        if late > 0:
            rule = AssignLatePenalties(config=self._course.config)
            rule.init_plugin()
            self._db.flush()
        for notebook in submission.notebooks:
            penalty = None
            if rule is not None:
                self._db.refresh(notebook, ["score"])
                student = submission.student.id
                penalty = rule.plugin_inst.late_submission_penalty(student, notebook.score, late)
                if penalty is not None:
                    penalty = rule._check_late_penalty(notebook, penalty)
            notebook.late_submission_penalty = penalty


def _as_released(notebook: api.Notebook, file: Path) -> Released:
    original = nbformat.read(file, as_version=4).cells if file.is_file() else []
    order = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in original]
    graded = {cell.name: cell for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name: cell for cell in notebook.task_cells}
    cells = {}
    known = {cell.name: cell for cell in notebook.source_cells}
    for name in sorted(known, key=lambda name: order.index(name) if name in order else len(order)):
        cell = known[name]
        marked = graded.get(cell.name) or tasks.get(cell.name)
        cells[cell.name] = ReleasedCell(
            cell_type=cell.cell_type,
            source=cell.source,
            locked=cell.locked,
            checksum=cell.checksum,
            grade=cell.name in graded,
            solution=cell.name in solutions or cell.name in tasks,
            task=cell.name in tasks,
            points=float(marked.max_score) if marked else None,
        )
    kernelspec = json.loads(notebook.kernelspec) if notebook.kernelspec else None
    return Released(cells, kernelspec, tuple(original))


def _auto_score(cell: NotebookNode) -> float | None:
    """What nbgrader makes of a graded cell; nothing where the check could not judge."""
    settings = cell.metadata.nbgrader
    if not settings["grade"]:
        return None  # a task is always graded by hand
    if cell.cell_type == "code" and not settings["solution"] and of_cell(cell)[0] == UNJUDGED:
        return None
    score: float | None = determine_grade(cell, log)[0]
    return score


def _is_untouched(cell: NotebookNode) -> bool:
    settings: dict[str, Any] = cell.metadata.nbgrader
    return not settings["task"] and settings["checksum"] == compute_checksum(cell)
