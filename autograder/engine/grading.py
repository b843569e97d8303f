"""Grades one notebook: its cells run behind the wall, its answers are judged out here.

For nbgrader this is a preprocessor in the place of `Execute`. All that nbgrader does before and
after, from overwriting the locked cells to late penalties, stays as it is.

A check's cell of the course is not run. The judge asks the exercise's questions of the process in
the state that the notebook is in, and writes what it found as the cell's output: a line, or the
error that the check would have raised. Other cells run as they are; those tagged `demo` do not.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.engine import bubble
from autograder.engine.inside import Child, Zygote
from autograder.engine.remote import RemotePort
from autograder.verdicts import ENDED
from utils.checking.door import judge
from utils.checking.exercise import Chapter, Exercise
from utils.checking.verdict import CheckFailed, Result, Unjudged
from utils.exercises import chapters

SECRET = ".autograder_secret"
JUDGED = re.compile(r'evaluate\("(\w+)", hidden=True\)')
REVIVALS = 3  # how often a process that died is replaced
TIMEOUT = "CellTimeoutError"  # nbgrader's name for it


class Grader:
    """The warm processes of one worker."""

    def __init__(self, course: Path, source: Path, seconds: float) -> None:
        self.course = course
        self.source = source
        self.seconds = seconds
        self._zygotes: dict[bool, Zygote] = {}

    def child(self, chapter: Chapter | None) -> Child:
        """A process for a submission of a chapter; None is a notebook of another course's."""
        with_keras = chapter is not None and any(e.slow for e in chapter.exercises)
        if with_keras not in self._zygotes:
            self._zygotes[with_keras] = Zygote(with_keras)
        return self._zygotes[with_keras].child(hidden(chapter))

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
    try:
        end = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(end, "wb") as made:
        made.write(secrets.token_bytes(32))
    return file.read_bytes()


def hidden(chapter: Chapter | None) -> list[str]:
    """What a submission may not see: all exercises, and its own and later chapters' references."""
    known = chapters()
    first = known.index(chapter) if chapter in known else 0
    later = [f"utils/reference/{c.short}.py" for c in known[first:]]
    return [str(bubble.ROOT / name) for name in ("utils/exercises", *later)]


class Walled(NbGraderPreprocessor):
    """Nbgrader's `Execute`, behind the wall. Made by `walled`, which gives it its grader."""

    grader: Grader

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Run and judge one notebook."""
        named = resources["nbgrader"]
        chapter = next((c for c in chapters() if c.name == named["assignment"]), None)
        with (
            _run(self.grader, chapter) as run,
            SecondChance(self.grader, chapter, nb, named) as second,
        ):
            for name, content in _files_beside(resources):
                run.put(name, content)
            for cell in nb.cells:
                exercise = judged_by(cell, chapter)
                if exercise is not None and chapter is not None:
                    seed = self.grader.seed(named["student"], chapter.name, exercise.id)
                    cell.execution_count = run.count = run.count + 1
                    result = run.judge(exercise, seed)
                    cell.outputs = [shown(second.better(result, exercise, seed))]
                elif is_run(cell):
                    run.cell(cell)
        return nb, resources


def walled(grader: Grader) -> type[Walled]:
    """The preprocessor, for one grader."""
    return type("Walled", (Walled,), {"grader": grader})


def is_run(cell: NotebookNode) -> bool:
    """Whether a cell is run when grading: code that is not only there to be looked at."""
    return cell.cell_type == "code" and "demo" not in cell.metadata.get("tags", [])


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

    def __init__(self, grader: Grader, chapter: Chapter | None) -> None:
        self._grader = grader
        self._chapter = chapter
        self._child = grader.child(chapter)
        self._done: list[str] = []  # the cells that can be run again
        self._files: list[tuple[str, bytes]] = []
        self._revivals = 0
        self.count = 0

    def put(self, name: str, content: bytes) -> None:
        """Lay a file into the scratch folder."""
        self._files.append((name, content))
        self._child.put(name, content)

    def cell(self, cell: NotebookNode) -> None:
        """Run a cell and keep what it shows."""
        self.count += 1
        cell.execution_count = self.count
        ran = self._child.run(cell.source, self._grader.seconds)
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
        self._done.append(cell.source)

    def judge(self, exercise: Exercise, seed: int) -> Result:
        """The verdict on an exercise, in the state that the notebook is in."""
        port = RemotePort(self._child.end, exercise.id, exercise.seconds)
        result = judge(exercise, port, hidden=True, seed=seed)
        if port.is_gone:
            self._revive()
        return result

    def _revive(self) -> None:
        """A fresh process in the same state, but for the cell that ended the last one."""
        self._child.close()
        self._child = self._grader.child(self._chapter)
        self._revivals += 1
        if self._revivals > REVIVALS:
            self._done = []
        for name, content in self._files:
            self._child.put(name, content)
        for source in self._done:
            if self._child.run(source, self._grader.seconds) is None:
                self._child.close()
                self._child = self._grader.child(self._chapter)
                self._done = []
                return

    def close(self) -> None:
        """End the process."""
        self._child.close()


class SecondChance:
    """Honest work beside a breakage keeps its marks.

    Where a notebook holds cells of the student's own, and an answer is not right among them, it is
    asked again in the released notebook with nothing but the student's answers put in.
    """

    def __init__(
        self, grader: Grader, chapter: Chapter | None, handed_in: NotebookNode, named: Any
    ) -> None:
        self._grader = grader
        self._chapter = chapter
        self._run: Run | None = None
        self._cells: list[NotebookNode] = []
        self._needed = False
        if chapter is None:
            return
        file = grader.source / chapter.name / f"{named['notebook']}.ipynb"
        answers = {
            settings["grade_id"]: cell.source
            for cell in handed_in.cells
            if (settings := cell.metadata.get("nbgrader", {})).get("solution")
        }
        self._cells = [c for c in nbformat.read(file, as_version=4).cells if is_run(c)]
        for cell in self._cells:
            settings = cell.metadata.get("nbgrader", {})
            if settings.get("solution"):
                cell.source = answers.get(settings["grade_id"], "")
        known = {cell.source for cell in self._cells}
        own = [c for c in handed_in.cells if is_run(c) and not c.metadata.get("nbgrader")]
        self._needed = any(cell.source not in known for cell in own)

    def __enter__(self) -> SecondChance:
        return self

    def __exit__(self, *error: object) -> None:
        if self._run is not None:
            self._run.close()

    def better(self, result: Result, exercise: Exercise, seed: int) -> Result:
        """The first result, unless it is right only without the student's own cells."""
        if result.passed or not self._needed:
            return result
        self._run = self._run or Run(self._grader, self._chapter)
        while self._cells:
            cell = self._cells.pop(0)
            judged = judged_by(cell, self._chapter)
            if judged is None:
                self._run.cell(cell)
            elif judged is exercise:
                again = self._run.judge(exercise, seed)
                return again if again.passed else result
        return result


@contextmanager
def _run(grader: Grader, chapter: Chapter | None) -> Iterator[Run]:
    run = Run(grader, chapter)
    try:
        yield run
    finally:
        run.close()


def _ended(name: str, why: str) -> NotebookNode:
    return NotebookNode(output_type="error", ename=name, evalue=why, traceback=[why])


def _files_beside(resources: Any) -> Iterator[tuple[str, bytes]]:
    """What else stands in the submission's folder: data that a notebook reads."""
    folder = Path(resources["metadata"]["path"])
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        hidden_one = any(part.startswith(".") for part in name.parts)
        if file.is_file() and not file.is_symlink() and file.suffix != ".ipynb" and not hidden_one:
            yield str(name), file.read_bytes()
