"""What was handed in: for each student and chapter the files, and what is wrong with them.

Nothing is executed or changed here. A submission with a problem is named, with what to do about
it, and left alone; nbgrader would skip it with a line in its log.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course

LARGEST = 50 << 20  # bytes of a notebook; with all its figures one of this course has 1 MB
LARGEST_IN_ALL = 200 << 20  # bytes of a folder
MOST_FILES = 1_000
DEEPEST = 20  # folders in folders
MOST_CELLS = 2_000  # of a notebook; the longest of this course has about a hundred


@dataclass(frozen=True)
class Submission:
    """One student's folder for one chapter."""

    student: str
    chapter: str
    problem: str = ""  # why it can't be graded, and what to do

    @property
    def label(self) -> str:
        return f"{self.student}, {self.chapter}"


def submissions(course: Course, chapters: Sequence[str]) -> list[Submission]:
    """All that was handed in for these chapters, by student, and folders of no chapter."""
    known = course.sources()
    found = []
    for folder in sorted(course.folder("submitted").glob("*/*/")):
        student, chapter = folder.parent.name, folder.name
        if student.startswith(".") or chapter.startswith("."):  # .ipynb_checkpoints
            continue
        if chapter in chapters:
            problem = _problem(folder, course.notebook_names(chapter))
            found.append(Submission(student, chapter, problem))
        elif chapter not in known:
            found.append(Submission(student, chapter, _unknown_chapter(chapter, known)))
    return found


def _problem(folder: Path, names: Sequence[str]) -> str:
    """The same, whatever is in the folder: one submission must not be in the way of the others."""
    try:
        if not f"{folder.parent.name}{folder.name}".isprintable():
            return "the folder's name holds letters that are none. Rename it."
        return problem_of(folder, names)
    except Exception as error:
        return f"what was handed in can't be read ({type(error).__name__}: {str(error)[:200]})."


def problem_of(folder: Path, names: Sequence[str]) -> str:
    """Why the notebooks of these names in a folder can't be graded; empty when they can."""
    if folder.is_symlink():
        return "the folder is a link to somewhere else. Ask for the files themselves."
    for name in names:
        file = folder / f"{name}.ipynb"
        if file.is_symlink():
            return f"{file.name} is a link, not a file. Ask for the notebook itself."
        if not file.is_file():
            return _missing(folder, file.name, names)
        problem = _too_large(file) or _unreadable(file)
        if problem:
            return problem
    return _too_much(folder)


def _too_large(file: Path) -> str:
    size = file.stat().st_size
    if size <= LARGEST:
        return ""
    about = f"{file.name} has {size >> 20} MB, and {LARGEST >> 20} are read at most."
    return f"{about} Ask the student to clear all outputs and to hand it in again."


def _too_much(folder: Path) -> str:
    """Files beside the notebook are kept with it, so they have a limit too."""
    number = size = 0
    for path, _, files in os.walk(folder):
        if len(Path(path).parts) - len(folder.parts) > DEEPEST:
            return f"it has folders in folders, {DEEPEST} and deeper. Take out what is not needed."
        for file in map(Path(path).joinpath, files):
            if file.is_symlink() or not file.is_file():
                continue
            number, size = number + 1, size + file.stat().st_size
        if number > MOST_FILES:
            return f"the folder holds more than {MOST_FILES:,} files. Take out what is not needed."
        if size > LARGEST_IN_ALL:
            most = LARGEST_IN_ALL >> 20
            return f"the folder holds more than {most} MB. Take out what is not needed."
    return ""


def _missing(folder: Path, wanted: str, names: Sequence[str]) -> str:
    others = sorted(p.name for p in folder.glob("*.ipynb") if p.stem not in names)
    if len(others) == 1:
        return f"the notebook is called “{others[0]}”. Rename it to “{wanted}”, then grade again."
    if others:
        listed = ", ".join(f"“{name}”" for name in others)
        return f"there is no “{wanted}”, but {listed}. Rename the right one, then grade again."
    return f"there is no notebook “{wanted}” in the folder."


def _unreadable(file: Path) -> str:
    again = "Ask the student to hand it in again."
    try:
        notebook = json.loads(file.read_bytes())
    except RecursionError:
        return f"{file.name} is nested too deeply to be a notebook. {again}"
    except ValueError as error:
        if not file.stat().st_size:
            return f"{file.name} is empty. {again}"
        where = f" (it breaks off in line {error.lineno})" if hasattr(error, "lineno") else ""
        return f"{file.name} is broken: it is not a notebook file{where}. {again}"
    kept_in = ("cells", "worksheets")  # format 3 had sheets of cells
    if not isinstance(notebook, dict) or not any(
        isinstance(notebook.get(k), list) for k in kept_in
    ):
        return f"{file.name} is not a notebook. {again}"
    sheets = notebook.get("worksheets")
    parts = [notebook, *(sheets if isinstance(sheets, list) else ())]
    listed = [part.get("cells") for part in parts if isinstance(part, dict)]
    number = sum(len(cells) for cells in listed if isinstance(cells, list))
    if number > MOST_CELLS:
        return f"{file.name} has {number:,} cells, and {MOST_CELLS:,} are read at most. {again}"
    return ""


def _unknown_chapter(chapter: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(chapter, known, n=1)
    if near:
        return f"there is no chapter of this name. Rename the folder to “{near[0]}”?"
    return "there is no chapter of this name."
