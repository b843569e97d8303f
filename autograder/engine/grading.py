"""Grades one notebook: its cells run behind the wall, its answers are judged out here.

A check's cell of the course is not run. The judge asks the exercise's questions of the process in
the state that the notebook is in, and writes what it found as the cell's output: a line, or the
error that the check would have raised. Other cells run as they are; those tagged `demo` only where
an answer needs them (`demos`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from autograder.engine import bubble
from autograder.engine.demos import to_run
from autograder.engine.inside import Child, Ran, Zygote
from autograder.engine.remote import RemotePort
from autograder.engine.setup import with_keras
from autograder.engine.stage import Released
from autograder.verdicts import ENDED
from utils.checking.door import judge
from utils.checking.exercise import Chapter, Exercise
from utils.checking.verdict import NOT_ATTEMPTED, CheckFailed, Result, Unjudged
from utils.exercises import chapters

SECRET, SECRET_BYTES, LEAST_SECRET = ".autograder_secret", 32, 16
JUDGED = re.compile(r'evaluate\("(\w+)", hidden=True\)')
MOST_CELLS = 5  # all cells of a notebook together may take as long as so many
REVIVALS = 3  # how often a process that died is replaced
MOST_SHOWN = 20_000_000  # letters of all that a notebook shows, pictures among them
TIMEOUT = "CellTimeoutError"  # nbgrader's name for it


class Grader:
    """The warm processes of one worker."""

    def __init__(self, course: Path, seconds: float) -> None:
        self.course = course
        self.seconds = seconds
        self._zygotes: dict[bool, Zygote] = {}

    def child(self, chapter: Chapter | None) -> Child:
        """A process for a submission of a chapter; None is a notebook of another course's."""
        keras = chapter is not None and with_keras(chapter.name)
        if keras not in self._zygotes:
            self._zygotes[keras] = Zygote(keras)
        return self._zygotes[keras].child(hidden(chapter))

    def seed(self, student: str, chapter: str, exercise: str) -> int:
        """Unknown to the student, and the same when graded again."""
        text = "\0".join((student, chapter, exercise)).encode()
        return int.from_bytes(hmac.digest(secret(self.course), text, hashlib.sha256)[:8])

    def close(self) -> None:
        """End all of them."""
        for zygote in self._zygotes.values():
            zygote.close()


def secret(course: Path) -> bytes:
    """The course's secret, made when first needed; only its owner may read it."""
    file = course / SECRET
    if not file.exists():
        made = file.with_name(f"{SECRET}.{os.getpid()}")
        made.write_bytes(b"")
        made.chmod(0o600)
        made.write_bytes(secrets.token_bytes(SECRET_BYTES))
        with suppress(FileExistsError):  # another process was quicker
            os.link(made, file)
        made.unlink()
    known = file.read_bytes()
    if len(known) < LEAST_SECRET:
        raise ValueError(f"{file} is too short to be a secret. Remove it: a new one will be made")
    return known


def hidden(chapter: Chapter | None) -> list[str]:
    """What a submission may not see: all exercises, and its own and later chapters' references."""
    known = chapters()
    first = known.index(chapter) if chapter in known else 0
    later = [f"utils/reference/{c.short}.py" for c in known[first:]]
    return [str(bubble.ROOT / name) for name in ("utils/exercises", *later)]


@dataclass(frozen=True)
class Task:
    """One notebook to be graded.

    Attributes
    ----------
    student, chapter, name : str
        Whose it is, and what the chapter and the notebook are called.
    released : Released
    files : list of (str, bytes)
        What lies beside the notebook: data that it reads.
    """

    student: str
    chapter: str
    name: str
    released: Released
    files: Sequence[tuple[str, bytes]] = ()

    @cached_property
    def known(self) -> Chapter | None:
        """The chapter of this course; None where the notebook is another course's."""
        return next((c for c in chapters() if c.name == self.chapter), None)

    def to_run(self, cells: Sequence[NotebookNode]) -> list[NotebookNode]:
        """The code cells that are run: of this course's notebooks not all demonstrations."""
        if self.known is None:
            return [cell for cell in cells if cell.cell_type == "code"]
        return to_run(cells, self.released.original)


def grade(grader: Grader, task: Task, notebook: NotebookNode) -> list[str]:
    """Run and judge one notebook: each cell gets its outputs.

    Returns
    -------
    list of str
        The files that could not be laid beside it.
    """
    with _run(grader, task) as run, SecondChance(grader, task, notebook) as second:
        chosen = {id(cell) for cell in task.to_run(notebook.cells)}
        stopped: dict[str, NotebookNode] = {}  # answers whose cell ended with an error
        for cell in notebook.cells:
            exercise = judged_by(cell, task.known)
            if exercise is not None:
                seed = grader.seed(task.student, task.chapter, exercise.id)
                cell.execution_count = run.count = run.count + 1
                result = run.judge(exercise, seed)
                result = second.better(result, exercise, seed)
                cell.outputs = [shown(told(result, stopped.get(exercise.id)))]
            elif id(cell) in chosen:
                run.cell(cell)
                errors = [o for o in cell.outputs if o.output_type == "error"]
                if errors:
                    stopped[cell.metadata.get("nbgrader", {}).get("grade_id", "")] = errors[0]
        return run.not_laid


def told(result: Result, error: NotebookNode | None) -> Result:
    """The result; of an answer that is not there, because its cell stopped, why."""
    if error is None or result.verdict != NOT_ATTEMPTED or error.ename == "NotImplementedError":
        return result
    line = " ".join(f"{error.ename}: {error.evalue}".split())[:200]
    says = (
        f"{result.exercise}: it is not there.\nIts cell stopped with an error before it was made:"
    )
    return replace(result, feedback=f"{says}\n  {line}")


def judged_by(cell: NotebookNode, chapter: Chapter | None) -> Exercise | None:
    """The exercise whose check a cell is."""
    if cell.cell_type != "code":
        return None
    settings = cell.metadata.get("nbgrader", {})
    asked = JUDGED.search(cell.source)
    if chapter is None or not settings.get("grade") or settings.get("solution") or not asked:
        return None
    return next((e for e in chapter.exercises if e.id == asked[1]), None)


def shown(result: Result) -> NotebookNode:
    """A verdict as the output that the check's cell would have had."""
    if result.passed:
        return NotebookNode(output_type="stream", name="stdout", text=f"{result.feedback}\n")
    error = (Unjudged if result.verdict == "unjudged" else CheckFailed)(result)
    return NotebookNode(
        output_type="error",
        ename=type(error).__name__,
        evalue=str(error),
        traceback=result.feedback.splitlines(),
    )


class Run:
    """One notebook's process, replaced by a fresh one when a cell kills it."""

    def __init__(self, grader: Grader, task: Task) -> None:
        self._grader = grader
        self._task = task
        self._left = MOST_CELLS * grader.seconds  # for its cells in all
        self._done: list[str] = []  # the cells that can be run again
        self._revivals = self._shown = 0
        self.not_laid: list[str] = []  # files that are too large, or have no name in UTF-8
        self.child = self._fresh()
        self.count = 0

    def _fresh(self) -> Child:
        child = self._grader.child(self._task.known)
        laid = {name: child.put(name, content) for name, content in self._task.files}
        self.not_laid = sorted(name for name, done in laid.items() if not done)
        return child

    def cell(self, cell: NotebookNode) -> None:
        """Run a cell and keep what it shows."""
        self.count += 1
        cell.execution_count = self.count
        if self._left <= 0:
            cell.outputs = [_ended(TIMEOUT, "the notebook's time was up before this cell")]
            return
        ran = self._ran(cell.source)
        if ran is None:
            cell.outputs = [
                _ended(ENDED, "the cell ended its process, or could not be interrupted")
            ]
            self._revive()
            return
        cell.outputs = [NotebookNode(output) for output in ran.outputs]
        if ran.interrupted:
            cell.outputs.append(_ended(TIMEOUT, "the cell had not ended when its time was up"))
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = self.count
        self._shown += sum(len(str(output)) for output in cell.outputs)
        if self._shown > MOST_SHOWN:  # an error may be what a mark hangs on
            cell.outputs = [o for o in cell.outputs if o.output_type == "error"][:1]
            cell.outputs.append(_left_out())
        self._done.append(cell.source)

    def _ran(self, source: str) -> Ran | None:
        start = time.monotonic()
        ran = self.child.run(source, min(self._grader.seconds, self._left))
        self._left -= time.monotonic() - start
        return ran

    def judge(self, exercise: Exercise, seed: int) -> Result:
        """The verdict on an exercise, in the state that the notebook is in."""
        for _ in range(2):
            travel = exercise.functions_travel
            port = RemotePort(self.child.end, exercise.id, exercise.seconds, travel)
            result = judge(exercise, port, hidden=True, seed=seed)
            port.finish()
            if not port.is_gone:
                break
            self._revive()
            if port.has_answered:  # else it had gone before: what came earlier ended it
                break
        return result

    def _revive(self) -> None:
        """A fresh process in the same state, but for the cell that ended the last one."""
        self.child.close()
        self.child = self._fresh()
        self._revivals += 1
        if self._revivals > REVIVALS:
            self._done = []
        for source in self._done:
            if self._left <= 0 or self._ran(source) is None:
                self.child.close()
                self.child = self._fresh()
                self._done = []
                return

    def close(self) -> None:
        """End the process."""
        self.child.close()


class SecondChance:
    """Honest work beside a breakage keeps its marks.

    Where a notebook holds cells of the student's own, and an answer is not right among them, it is
    asked again in the released notebook with nothing but the student's answers put in. The same
    where a cell of the instructor's is missing or changed.
    """

    def __init__(self, grader: Grader, task: Task, handed_in: NotebookNode) -> None:
        self._grader = grader
        self._task = task
        self._run: Run | None = None
        self._cells: list[NotebookNode] = []  # the instructor's, with the student's answers
        self._needed = False
        if task.known is None:
            return
        answers = {
            settings["grade_id"]: cell.source
            for cell in handed_in.cells
            if (settings := cell.metadata.get("nbgrader", {})).get("solution")
        }
        cells = []
        for cell in task.released.original:
            settings = cell.metadata.get("nbgrader", {})
            answer = answers.get(settings.get("grade_id"), "") if settings.get("solution") else None
            cells.append(NotebookNode(cell, source=cell.source if answer is None else answer))
        self._cells = task.to_run(cells)
        handed = {cell.source for cell in handed_in.cells}
        released = {cell.source for cell in self._cells}
        own = [c for c in task.to_run(handed_in.cells) if not c.metadata.get("nbgrader")]
        left_out = [c for c in self._cells if not c.metadata.get("nbgrader")]
        self._needed = any(cell.source not in released for cell in own) or any(
            cell.source not in handed for cell in left_out
        )

    def __enter__(self) -> SecondChance:
        return self

    def __exit__(self, *error: object) -> None:
        if self._run is not None:
            self._run.close()

    def better(self, result: Result, exercise: Exercise, seed: int) -> Result:
        """The first result, unless it is right only without the student's own cells."""
        if result.passed or not self._needed:
            return result
        self._run = self._run or Run(self._grader, self._task)
        while self._cells:
            cell = self._cells.pop(0)
            judged = judged_by(cell, self._task.known)
            if judged is None:
                self._run.cell(cell)
            elif judged is exercise:
                again = self._run.judge(exercise, seed)
                return again if again.passed else result
        return result


@contextmanager
def _run(grader: Grader, task: Task) -> Iterator[Run]:
    run = Run(grader, task)
    try:
        yield run
    finally:
        run.close()


def _left_out() -> NotebookNode:
    why = "(left out: the notebook shows too much)\n"
    return NotebookNode(output_type="stream", name="stdout", text=why)


def _ended(name: str, why: str) -> NotebookNode:
    return NotebookNode(output_type="error", ename=name, evalue=why, traceback=[why])
