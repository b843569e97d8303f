"""`autograder grade`: nbgrader's autograde and feedback for all that was handed in, one by one.

Marks are nbgrader's. What is added: cells run behind a wall and are judged outside (`engine`); a
submission that can't be graded is named and does not stop the others; a check that could not judge
costs the student nothing and goes to hand grading.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from autograder.course import LOG, Course, reason
from autograder.engine.setup import behind_the_wall, cure, why_there_is_no_wall
from autograder.intake import Submission, submissions
from autograder.record import CRASHED, REJECTED, TIMEOUT, Graded, graded, set_aside
from autograder.report import show
from autograder.say import Progress, say


def grade(
    course: Course,
    chapters: Sequence[str],
    *,
    as_json: bool = False,
    jobs: int | None = None,
    sandbox: bool = True,
) -> int:
    """Grade and report. 0 done, 1 with problems in submissions, 2 could not run."""
    if sandbox and (why := why_there_is_no_wall()):
        say(f"Submissions can't be walled off here ({why}). Nothing was run.")
        for line in [*cure(), "To run them in your own account all the same: --no-sandbox"]:
            say(line)
        return 2
    if not chapters:
        say(f"There is no notebook in {course.folder('source')}: nothing to grade against.")
        return 2
    handed_in = submissions(course, chapters)
    if not handed_in:
        where = course.folder("submitted")
        say(f"Nothing is handed in. A submission goes to {where}/STUDENT/CHAPTER/NAME.ipynb")
        return 2
    if not _release_what_is_missing(course, {s.chapter for s in handed_in if not s.problem}):
        return 2
    results = grade_all(course, handed_in, jobs or os.cpu_count() or 1, sandbox)
    show(results, as_json=as_json)
    if not sandbox:
        say("Graded without a sandbox: what was handed in has run in your own account.")
    return 0 if all(result.is_fine for result in results) else 1


def _release_what_is_missing(course: Course, chapters: set[str]) -> bool:
    """Nbgrader grades against the gradebook: put chapters there that are not yet."""
    for chapter in sorted(chapters):
        if not course.is_released(chapter):
            outcome = course.api.generate_assignment(chapter, force=True)
            if not outcome["success"]:
                say(
                    f"{chapter} can't be put into the gradebook ({reason(outcome)}). More in {LOG}."
                )
                return False
    return True


def grade_all(
    course: Course, handed_in: Sequence[Submission], jobs: int, sandbox: bool
) -> list[Graded]:
    """Grade all submissions in `jobs` processes, those of one student in the same one.

    Two processes that make the same student in the gradebook at once would trip over each other.
    """
    students: dict[str, list[Submission]] = defaultdict(list)
    for submission in handed_in:
        students[submission.student].append(submission)
    results: dict[Submission, Graded] = {}
    with (
        Progress("grading", "submission") as progress,
        ProcessPoolExecutor(min(jobs, len(students)), get_context("spawn")) as pool,
    ):
        progress(1, len(handed_in))
        waiting = [pool.submit(_grade_student, course.root, s, sandbox) for s in students.values()]
        for done in as_completed(waiting):
            results |= done.result()
            progress(min(len(results) + 1, len(handed_in)), len(handed_in))
    return [results[submission] for submission in handed_in]


def _grade_student(root: Path, theirs: list[Submission], sandbox: bool) -> dict[Submission, Graded]:
    course = Course(root)
    if sandbox:
        behind_the_wall(course)
    return {submission: grade_one(course, submission) for submission in theirs}


def grade_one(course: Course, submission: Submission) -> Graded:
    """Grade one submission and write its feedback."""
    start = time.monotonic()
    if submission.problem:
        return Graded(submission.student, submission.chapter, REJECTED, note=submission.problem)
    outcome = course.api.autograde(submission.chapter, submission.student, force=True)
    if "OperationalError" in outcome.get("log", ""):  # the other processes kept it busy: once more
        outcome = course.api.autograde(submission.chapter, submission.student, force=True)
    if not outcome["success"]:
        return _not_graded(submission, outcome)
    set_aside(course, submission)
    course.api.generate_feedback(submission.chapter, submission.student, force=True)
    return graded(course, submission, seconds=round(time.monotonic() - start, 1))


def _not_graded(submission: Submission, outcome: dict[str, Any]) -> Graded:
    if "DeadKernelError" in outcome.get("log", ""):
        note = "the kernel died while it ran, so none of it is marked. Grade it by hand."
        return Graded(submission.student, submission.chapter, CRASHED, note=note)
    if "UnresponsiveKernelError" in outcome.get("log", ""):
        note = "a cell could not be interrupted when its time was up. Grade it by hand."
        return Graded(submission.student, submission.chapter, TIMEOUT, note=note)
    note = f"nbgrader could not grade it ({reason(outcome)}). More in {LOG}."
    return Graded(submission.student, submission.chapter, REJECTED, note=note)
