"""`autograder grade`: marks and feedback for all that was handed in, by several processes.

Cells run behind a wall and are judged outside (`engine`); with `--no-sandbox`, stock nbgrader runs
them. The gradebook, the folders and the rules for marks are nbgrader's either way. A submission
that can't be graded is named and does not stop the others; a check that could not judge costs the
student nothing and goes to hand grading.
"""

from __future__ import annotations

import atexit
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial, partialmethod
from threading import Thread
from typing import TYPE_CHECKING, Any

from autograder.course import LOG, Course, reason
from autograder.engine import pool
from autograder.engine.setup import cell_seconds, cure, why_there_is_no_wall, with_keras
from autograder.intake import Submission, submissions
from autograder.record import CRASHED, REJECTED, TIMEOUT, Graded, graded, set_aside
from autograder.report import in_a_line, show, show_json
from autograder.say import Progress, say

if TYPE_CHECKING:
    from autograder.engine.worker import Worker

HEART = 5.0  # seconds that a thread which only watches a kernel may take to end
Batch = list[Submission]
# Gives batches to several processes; what ended one of them has no results.
Share = Callable[
    [Callable[[Batch], list[Graded]], Iterable[Batch]],
    Iterator[tuple[Batch, list[Graded] | None]],
]


def grade(
    course: Course,
    chapters: Sequence[str],
    *,
    as_json: bool = False,
    jobs: int | None = None,
    scheduler: str | None = None,
    sandbox: bool = True,
    force: bool = False,
) -> int:
    """Grade and report. 0 done, 1 with problems in submissions, 2 could not run."""
    if sandbox and not scheduler and (why := why_there_is_no_wall()):
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
    results = []
    with (
        _shared(course, jobs, scheduler, sandbox) as share,
        Progress("grading", "submission") as progress,
    ):
        progress(1, len(handed_in))
        for result in grade_all(course, handed_in, share, sandbox, force):
            results.append(result)
            if as_json:
                show_json(result)
            else:
                progress.above(in_a_line(result))
            progress(min(len(results) + 1, len(handed_in)), len(handed_in))
    if not as_json:
        show(sorted(results, key=lambda result: (result.student, result.chapter)))
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


@contextmanager
def _shared(
    course: Course, jobs: int | None, scheduler: str | None, sandbox: bool
) -> Iterator[Share]:
    """The processes of this machine, or those of a cluster."""
    if not scheduler:
        yield partial(pool.each, jobs=jobs or os.cpu_count() or 1)
        return
    from autograder.engine import cluster

    with cluster.connected(scheduler, course, sandbox, _put_away) as client:
        yield partial(cluster.each, client)


def grade_all(
    course: Course,
    handed_in: Sequence[Submission],
    share: Share,
    sandbox: bool = True,
    force: bool = False,
) -> Iterator[Graded]:
    """Grade all submissions in several processes; those with Keras first, as they take longest.

    Yields
    ------
    Graded
        As they come.
    """
    waiting = sorted(handed_in, key=lambda submission: not with_keras(submission.chapter))
    if sandbox:
        _enrol(course, handed_in)
        one_by_one = partial(walled, course, force)
        batches = [[submission] for submission in waiting]
    else:
        one_by_one = partial(stock, course)
        batches = _by_student(waiting)
    for batch, results in share(one_by_one, batches):
        yield from results or map(_ended, batch)


def _enrol(course: Course, handed_in: Sequence[Submission]) -> None:
    """Make the students' records, before several processes would make the same one."""
    from autograder.engine.gradebook import Book

    book = Book(course)
    book.enrol({submission.student for submission in handed_in if not submission.problem})
    book.close()


def _by_student(handed_in: Sequence[Submission]) -> list[list[Submission]]:
    """Stock nbgrader trips over two processes that make the same student's record at once."""
    students: dict[str, list[Submission]] = defaultdict(list)
    for submission in handed_in:
        students[submission.student].append(submission)
    return list(students.values())


def _ended(submission: Submission) -> Graded:
    note = "it ended the process that judges it, twice. Grade it by hand."
    return Graded(submission.student, submission.chapter, CRASHED, note=note)


def walled(course: Course, force: bool, batch: Sequence[Submission]) -> list[Graded]:
    """Grade submissions behind the wall, in a process of the pool."""
    worker = _worker(course, force)
    return [worker.grade(submission) for submission in batch]


@cache
def _worker(course: Course, force: bool) -> Worker:
    """One for this process: its warm processes end with it."""
    from autograder.engine.worker import Worker

    worker = Worker(course, cell_seconds(course), force)
    _opened.append(worker)
    return worker


_opened: list[Worker] = []


@atexit.register
def _put_away() -> None:
    """End what the workers of this process have started, and forget them."""
    _worker.cache_clear()
    while _opened:
        _opened.pop().close()


def stock(course: Course, batch: Sequence[Submission]) -> list[Graded]:
    """Grade submissions by stock nbgrader, in a process of the pool."""
    _keep_stdout_for_results()
    _wait_for_no_heart()
    return [by_nbgrader(course, submission) for submission in batch]


@cache
def _keep_stdout_for_results() -> None:
    """The kernels of this process inherit its stdout, and LAPACK prints its complaints there."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@cache
def _wait_for_no_heart() -> None:
    """A client waits for its heartbeat's thread when a kernel has ended, at times for ever."""
    from jupyter_client.channels import HBChannel

    HBChannel.join = partialmethod(Thread.join, timeout=HEART)  # type: ignore[assignment]


def by_nbgrader(course: Course, submission: Submission) -> Graded:
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
    seconds = round(time.monotonic() - start, 1)
    return replace(graded(course, submission), seconds=seconds)


def _not_graded(submission: Submission, outcome: dict[str, Any]) -> Graded:
    if "DeadKernelError" in outcome.get("log", ""):
        note = "the kernel died while it ran, so none of it is marked. Grade it by hand."
        return Graded(submission.student, submission.chapter, CRASHED, note=note)
    if "UnresponsiveKernelError" in outcome.get("log", ""):
        note = "a cell could not be interrupted when its time was up. Grade it by hand."
        return Graded(submission.student, submission.chapter, TIMEOUT, note=note)
    note = f"nbgrader could not grade it ({reason(outcome)}). More in {LOG}."
    return Graded(submission.student, submission.chapter, REJECTED, note=note)
