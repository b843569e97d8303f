"""One submission, from its files to its marks; each process of a class's grading has a worker.

The order makes a run that was killed go on where it stopped: first the gradebook, in one
transaction, then `autograded/`, put in place as a whole and carrying the fingerprint of all that
the marks depend on, then the feedback page. What has the right fingerprint is not graded again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import api
from nbgrader.converters import Autograde
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    Execute,
    SaveAutoGrades,
)
from nbgrader.utils import parse_utc

from autograder.course import CONFIGURATION, LOG, Course
from autograder.engine.gradebook import Book
from autograder.engine.grading import Grader, Task, grade, secret
from autograder.engine.pages import Pages
from autograder.engine.stage import NotANotebook, stage
from autograder.intake import Submission
from autograder.record import CRASHED, OURS, REJECTED, Graded, result

ROOT = Path(__file__).resolve().parents[2]
TIMESTAMP = "timestamp.txt"
LONGEST_TIMESTAMP = 200  # bytes
OTHERS = (Execute, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata)  # done elsewhere
log = logging.getLogger("traitlets")


class Worker:
    """What grades one submission after another."""

    def __init__(self, course: Course, seconds: float, force: bool = False) -> None:
        self._course = course
        self._force = force
        self._book = Book(course)
        self._grader = Grader(course.root, seconds)
        self._engine = cache(engine)
        course.api  # noqa: B018  # which sends what nbgrader says to its log

    def close(self) -> None:
        """End all that was started."""
        self._grader.close()
        self._book.close()

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self._course)

    @cached_property
    def _last_steps(self) -> list[Any]:
        """What nbgrader is set to do to an executed notebook before its marks are read."""
        steps = self._course.config.Autograde.get("autograde_preprocessors")
        steps = steps or Autograde.autograde_preprocessors.default_args[0]
        made = [step(config=self._course.config) for step in steps if step not in OTHERS]
        return [step for step in made if step.enabled]

    def grade(self, submission: Submission) -> Graded:
        """Grade a submission, unless nothing has changed; whatever happens, there is a result."""
        if submission.problem:
            return Graded(submission.student, submission.chapter, REJECTED, note=submission.problem)
        try:
            return self._graded(submission)
        except NotANotebook as error:
            note = f"the notebook can't be read: {error}. Ask the student to hand it in again."
            return Graded(submission.student, submission.chapter, REJECTED, note=note)
        except Exception as error:
            log.exception("%s could not be graded", submission.label)
            what = f"{type(error).__name__}: {error}"[:300]
            note = f"it could not be graded ({what}). More in {LOG}."
            return Graded(submission.student, submission.chapter, CRASHED, note=note)

    def _graded(self, submission: Submission) -> Graded:
        start = time.monotonic()
        files = dict(_files(self._folder("submitted", submission)))
        fingerprint = self._fingerprint(submission, files)
        notebooks = self._unchanged(submission, fingerprint)
        if notebooks is None:
            notebooks = self._notebooks(submission, files)
            handed_in = _timestamp(files.get(TIMESTAMP, b""))
            record = self._book.write(submission.student, submission.chapter, notebooks, handed_in)
            for notebook in notebooks.values():
                ours = notebook.metadata[OURS]
                ours["fingerprint"] = fingerprint
                ours["seconds"] = round(time.monotonic() - start, 1)
            self._put(submission, self._beside(submission, files), notebooks)
        else:
            record = self._book.again(submission.student, submission.chapter)
        graded = result(submission, record, notebooks)
        try:
            self._feedback(submission, files, notebooks, record)  # which writes marks into cells
        except Exception as error:
            log.exception("%s: no feedback page", submission.label)
            note = f"its feedback page could not be made ({type(error).__name__}). More in {LOG}."
            return replace(graded, note=" ".join(filter(None, (graded.note, note))))
        return graded

    def _folder(self, step: str, submission: Submission) -> Path:
        return self._course.folder(step) / submission.student / submission.chapter

    # what was handed in

    def _notebooks(
        self, submission: Submission, files: dict[str, bytes]
    ) -> dict[str, NotebookNode]:
        """The submission's notebooks, run and judged."""
        graded = {}
        beside = self._beside(submission, files)
        for name, released in self._book.released(submission.chapter).items():
            content = files.get(f"{name}.ipynb")
            if content is None:
                continue
            staged = stage(json.loads(content), released)
            task = Task(submission.student, submission.chapter, name, released, beside)
            not_laid = grade(self._grader, task, staged.notebook)
            named = {"nbgrader": {"notebook": name, "student": submission.student}}
            for step in self._last_steps:
                staged.notebook, _ = step(staged.notebook, named)
            names = [name.encode("utf-8", "replace").decode() for name in not_laid]
            ours = NotebookNode(put_back=staged.put_back, not_laid=names)
            staged.notebook.metadata[OURS] = ours
            graded[name] = staged.notebook
        return graded

    def _beside(self, submission: Submission, files: dict[str, bytes]) -> list[tuple[str, bytes]]:
        """The other files: the student's, and over them the instructor's."""
        kept = self._course.config.Autograde.get("exclude_overwriting", {})
        kept = set(kept.get(submission.chapter, []))
        source = dict(_files(self._course.folder("source") / submission.chapter))
        over = {name: content for name, content in source.items() if name not in kept}
        both = {name: files[name] for name in files if not _in_the_way(name, over)} | over
        return [(name, both[name]) for name in sorted(both) if not name.endswith(".ipynb")]

    # what is written

    def _put(
        self,
        submission: Submission,
        files: list[tuple[str, bytes]],
        notebooks: dict[str, NotebookNode],
    ) -> None:
        texts = [
            (f"{name}.ipynb", nbformat.v4.writes(nb).encode()) for name, nb in notebooks.items()
        ]
        _replace(self._folder("autograded", submission), [*files, *texts], mode=0o444)

    def _feedback(
        self,
        submission: Submission,
        files: dict[str, bytes],
        notebooks: dict[str, NotebookNode],
        record: api.SubmittedAssignment,
    ) -> None:
        """The feedback pages, where the marks or the comments are not those they show already."""
        folder = self._folder("feedback", submission)
        marks = {part.name: _marks_of(part, notebooks) for part in record.notebooks}
        if all(_ends_with(folder / f"{name}.html", end) for name, end in marks.items()):
            return
        made = [
            (f"{part.name}.html",
             (self._pages.page(notebooks[part.name], part) + marks[part.name]).encode())
            for part in record.notebooks if part.name in notebooks
        ]  # fmt: skip
        pages = [name for name, _ in made]
        beside = [each for each in self._beside(submission, files)
                  if not _in_the_way(each[0], pages)]  # fmt: skip
        _replace(folder, [*beside, *made], mode=0o644)

    # what need not be done again

    def _fingerprint(self, submission: Submission, files: dict[str, bytes]) -> str:
        """Of all that the marks depend on."""
        known = hashlib.sha256(self._engine(submission.chapter))
        known.update(secret(self._course.root))
        configuration = self._course.root / CONFIGURATION
        known.update(configuration.read_bytes() if configuration.is_file() else b"")
        known.update(repr(self._released_as_text(submission.chapter)).encode())
        for name in sorted(files):
            known.update(os.fsencode(name) + f"\0{len(files[name])}\0".encode())
            known.update(files[name])
        return known.hexdigest()

    def _released_as_text(self, chapter: str) -> Any:
        return [
            (name, released.cells, [cell.source for cell in released.original])
            for name, released in self._book.released(chapter).items()
        ]

    def _unchanged(
        self, submission: Submission, fingerprint: str
    ) -> dict[str, NotebookNode] | None:
        """The graded notebooks, where they have this fingerprint and a record in the gradebook."""
        folder = self._folder("autograded", submission)
        if self._force or not self._book.has(submission.student, submission.chapter):
            return None
        found = {}
        for file in sorted(folder.glob("*.ipynb")):
            try:
                notebook = nbformat.read(file, as_version=4)
            except (OSError, ValueError):
                return None
            if notebook.metadata.get(OURS, {}).get("fingerprint") != fingerprint:
                return None
            found[file.stem] = notebook
        return found or None


def engine(chapter: str) -> bytes:
    """A fingerprint of the code that a chapter's marks come from."""
    short = chapter.split("_", 1)[-1]
    folders = ["autograder/engine", "utils", "utils/checking", "utils/data"]
    folders.append(f"utils/exercises/{short}")
    files = [file for folder in folders for file in sorted((ROOT / folder).glob("*.[pn][yp]*"))]
    files += [ROOT / "utils/reference" / f"{short}.py", ROOT / "autograder/verdicts.py"]
    files.append(ROOT / "requirements.lock")
    known = hashlib.sha256()
    for file in files:
        if file.is_file():
            known.update(file.read_bytes())
    return known.digest()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The plain files of a folder, without links, hidden ones and what only looks like a file."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        seen = [folder.joinpath(*name.parts[: n + 1]) for n in range(len(name.parts))]
        if any(part.startswith(".") for part in name.parts) or any(p.is_symlink() for p in seen):
            continue
        if stat.S_ISREG(file.lstat().st_mode):
            yield name.as_posix(), file.read_bytes()


def _in_the_way(name: str, over: Iterable[str]) -> bool:
    """Whether a student's file has the name of a folder of the instructor's, or is in a file."""
    return any(f"{one}/".startswith(f"{name}/") or f"{name}/".startswith(f"{one}/") for one in over)


def _timestamp(text: bytes) -> datetime | None:
    """When it was handed in; None where that can't be told."""
    words = text[:LONGEST_TIMESTAMP].decode("utf-8-sig", "replace").strip()
    try:
        return parse_utc(words) if words else None
    except Exception:  # dateutil's own, and those of what it is made of
        log.warning("a timestamp can't be read: %r", words[:100])
        return None


def _marks_of(record: api.SubmittedNotebook, notebooks: dict[str, NotebookNode]) -> str:
    """What a page shows of the gradebook, as a comment that ends it."""
    notebook = notebooks.get(record.name)
    shown: list[object] = [notebook and notebook.metadata[OURS].get("fingerprint")]
    shown += sorted((grade.cell.name, grade.score) for grade in record.grades)
    shown += sorted((comment.cell.name, comment.comment or "") for comment in record.comments)
    shown.append(record.late_submission_penalty)
    return f"\n<!-- {hashlib.sha256(repr(shown).encode()).hexdigest()} -->\n"


def _ends_with(file: Path, end: str) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as page:
        page.seek(0, os.SEEK_END)
        page.seek(max(0, page.tell() - len(end)))
        return page.read() == end.encode()


def _replace(folder: Path, files: list[tuple[str, bytes]], mode: int) -> None:
    """Put a folder with these files in the place of what is there, as a whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new, old = (folder.with_name(f".{folder.name}.{which}") for which in ("new", "old"))
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    for name, content in files:
        file = new / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        file.chmod(mode)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
