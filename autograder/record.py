"""What the gradebook and the graded notebooks hold about a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.intake import Submission
from autograder.verdicts import MISSING, Verdict, ended, of_cell, timed_out, verdicts
from utils.checking.verdict import UNJUDGED

if TYPE_CHECKING:
    from nbgrader.api import SubmittedAssignment

OURS = "autograder"  # our key in a graded notebook's metadata
GRADED, TIMEOUT, CRASHED, REJECTED = "graded", "timeout", "crashed", "rejected"


@dataclass(frozen=True)
class Graded:
    """One submission and what it came to."""

    student: str
    chapter: str
    status: str
    score: float | None = None
    max_score: float | None = None
    seconds: float | None = None
    note: str = ""  # what was in the way, for the instructor
    exercises: dict[str, Verdict] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing for the instructor to look at."""
        return self.status == GRADED and not self.note

    @property
    def by_hand(self) -> float:
        """The points that wait for a person."""
        return sum(v.max_score for v in self.exercises.values() if v.score is None)

    def as_dict(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        return {
            "student": self.student,
            "chapter": self.chapter,
            "score": self.score,
            "max_score": self.max_score,
            "seconds": self.seconds,
            "status": self.status,
            "note": self.note,
            "exercises": {id: vars(verdict) for id, verdict in self.exercises.items()},
        }


def graded(course: Course, submission: Submission) -> Graded:
    """Read a graded submission back from the gradebook and from autograded/."""
    with course.gradebook() as gradebook:
        record = gradebook.find_submission(submission.chapter, submission.student)
        notebooks = {n.name: read(course, submission, n.name) for n in record.notebooks}
        return result(submission, record, notebooks)


def result(
    submission: Submission, record: SubmittedAssignment, notebooks: Mapping[str, NotebookNode]
) -> Graded:
    """What a submission came to: the gradebook's marks, and the verdicts in its notebooks."""
    found: dict[str, Verdict] = {}
    status, notes, seconds = GRADED, [], None
    for part in record.notebooks:
        notebook = notebooks[part.name]
        found |= verdicts(notebook, part.grades)
        ours = notebook.metadata.get(OURS, {})
        seconds = ours.get("seconds", seconds)
        if status == GRADED:
            status, note = state_of(notebook)
            notes += [note] if note else []
        if ours.get("put_back"):
            cells = ", ".join(ours["put_back"])
            notes.append(f"the cells {cells} were missing from the notebook and were put back.")
        if ours.get("not_laid"):
            files = ", ".join(ours["not_laid"][:5])
            notes.append(f"it was run without the files {files}: too large, or oddly named.")
    missing = [id for id, verdict in found.items() if verdict.feedback == MISSING]
    if missing and not notes:
        cells = ", ".join(sorted(missing))
        notes.append(f"the cells of {cells} are missing from the notebook: 0 points.")
    return Graded(
        submission.student,
        submission.chapter,
        status,
        record.score,
        record.max_score,
        seconds,
        " ".join(notes),
        found,
    )


def is_graded(course: Course, submission: Submission) -> bool:
    """Whether the last grading of a submission came to a result."""
    folder = course.folder("autograded") / submission.student / submission.chapter
    return any(folder.glob("*.ipynb"))


def is_recorded(course: Course, submission: Submission) -> bool:
    """Whether the gradebook knows of a submission, with or without a result."""
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        try:
            gradebook.find_submission(submission.chapter, submission.student)
        except MissingEntry:
            return False
        return True


def set_aside(course: Course, submission: Submission) -> None:
    """Send every check that could not judge to hand grading: it costs the student nothing."""
    with course.gradebook() as gradebook:
        record = gradebook.find_submission(submission.chapter, submission.student)
        for notebook in record.notebooks:
            cells = {
                cell.metadata["nbgrader"]["grade_id"]: cell
                for cell in read(course, submission, notebook.name).cells
                if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
            }
            for grade in notebook.grades:
                if grade.name in cells and of_cell(cells[grade.name])[0] == UNJUDGED:
                    grade.auto_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()


def read(course: Course, submission: Submission, name: str) -> NotebookNode:
    """The graded notebook."""
    folder = course.folder("autograded") / submission.student / submission.chapter
    return nbformat.read(folder / f"{name}.ipynb", as_version=4)


def state_of(notebook: NotebookNode) -> tuple[str, str]:
    """Whether each cell ended in time and left its process alive; if not, which did not."""
    for cell in notebook.cells:
        if timed_out(cell):
            says = "had not ended when its time was up; the other cells are graded."
            return TIMEOUT, f"the cell that begins “{first_line(cell)}” {says}"
        if ended(cell):
            says = "ended its process, or could not be interrupted; the other cells are graded."
            return CRASHED, f"the cell that begins “{first_line(cell)}” {says}"
    return GRADED, ""


def first_line(cell: NotebookNode) -> str:
    return cell.source.strip().split("\n")[0][:60]
