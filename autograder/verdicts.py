"""What each exercise of a graded notebook came to: marks from nbgrader, verdicts from the cells.

A failed check says in its last line which verdict it was and which mistake it recognised:
``[dense | wrong | by_rows]``. Marks never come from there; they are nbgrader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from utils.checking.verdict import NOT_ATTEMPTED, RIGHT, UNJUDGED, WRONG

if TYPE_CHECKING:
    from nbgrader.api import Grade

MARKER = re.compile(r"\n?\[(?P<exercise>\w+) \| (?P<verdict>[a-z ]+) \| (?P<mistake>[\w-]+)\]\s*$")
PREFIX = "check_"
ENDED = "ProcessEnded"  # what the engine calls it
MISSING = "Its cell is missing from the notebook."


@dataclass(frozen=True)
class Verdict:
    """One exercise of one submission."""

    score: float | None  # None: to be graded by hand
    max_score: float
    verdict: str
    mistake: str | None
    feedback: str


def verdicts(notebook: NotebookNode, grades: Iterable[Grade]) -> dict[str, Verdict]:
    """All graded exercises and free responses of a notebook, in its order."""
    marks = {grade.name: grade for grade in grades}
    found = {}
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        grade = marks.get(settings.get("grade_id"))
        if settings.get("grade") and grade is not None:
            found[settings["grade_id"].removeprefix(PREFIX)] = _verdict(cell, grade)
    for name in marks.keys() - {PREFIX + id for id in found} - found.keys():
        found[name.removeprefix(PREFIX)] = _missing(marks[name])
    return found


def _missing(grade: Grade) -> Verdict:
    """A graded cell that is no longer in the notebook: nbgrader gives it 0."""
    return Verdict(float(grade.score), grade.max_score, NOT_ATTEMPTED, None, MISSING)


def _verdict(cell: NotebookNode, grade: Grade) -> Verdict:
    score = None if _by_hand(grade) else float(grade.score)
    if cell.metadata["nbgrader"].get("solution"):
        verdict = NOT_ATTEMPTED if grade.auto_score == 0 else UNJUDGED
        return Verdict(score, grade.max_score, verdict, None, "Graded by hand.")
    verdict, mistake, feedback = of_cell(cell)
    return Verdict(score, grade.max_score, verdict, mistake, feedback)


def _by_hand(grade: Grade) -> bool:
    return grade.manual_score is None and grade.auto_score is None


def of_cell(cell: NotebookNode) -> tuple[str, str | None, str]:
    """Verdict, mistake and feedback of a graded cell that has run."""
    errors = errors_of(cell)
    if not errors:
        return _without_error(cell)
    for error in errors:
        marker = MARKER.search(error.evalue)
        if marker:
            mistake = marker["mistake"] if marker["mistake"] != "-" else None
            return marker["verdict"], mistake, MARKER.sub("", error.evalue).strip()
    if timed_out(cell):
        return WRONG, None, "The check had not ended when its time was up."
    return WRONG, None, f"{errors[0].ename}: {errors[0].evalue}".strip()


def _without_error(cell: NotebookNode) -> tuple[str, str | None, str]:
    if any(output.get("name") == "stderr" for output in cell.outputs):
        return UNJUDGED, None, "The check wrote to stderr, which is a fault of the course."
    if cell.get("execution_count") is None:
        return UNJUDGED, None, "The check has not run."
    printed = [output.text for output in cell.outputs if output.output_type == "stream"]
    return RIGHT, None, "".join(printed).strip()


def errors_of(cell: NotebookNode) -> list[Any]:
    """The errors a cell ended with."""
    return [output for output in cell.get("outputs", []) if output.output_type == "error"]


def ended(cell: NotebookNode) -> bool:
    """Whether a cell ended the process that it ran in."""
    return any(error.ename == ENDED for error in errors_of(cell))


def timed_out(cell: NotebookNode) -> bool:
    """Whether a cell was interrupted because its time was up."""
    return any(error.ename == "CellTimeoutError" for error in errors_of(cell))
