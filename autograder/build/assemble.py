"""The notebook of a chapter before it runs: every cell in its place, nothing executed."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.build import cells
from autograder.build.text import Fault, Faults, Text, Written
from utils.checking.exercise import Chapter, Exercise

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}


@dataclass
class Assembled:
    """A notebook, and for each of its cells the place in the text it came from."""

    name: str
    notebook: NotebookNode
    places: list[str]


def assemble(text: Text, chapter: Chapter) -> Assembled:
    """The chapter's notebook without outputs. Raises `Faults` with all that is wrong."""
    bench = _Bench(text, chapter)
    for cell in text.cells:
        bench.add(cell)
    bench.finish()
    if bench.faults:
        raise Faults(bench.faults)
    notebook = nbformat.v4.new_notebook(cells=bench.made, metadata=nbformat.from_dict(METADATA))
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return Assembled(text.name, notebook, bench.places)


@dataclass
class _Bench:
    """Where the notebook is put together, cell by cell, and its faults are collected."""

    text: Text
    chapter: Chapter
    made: list[NotebookNode] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    answered: dict[str, Written] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    section: str = "top"
    ordinals: Counter[str] = field(default_factory=Counter)

    def add(self, cell: Written) -> None:
        if "exercise" in cell.options:
            self.exercise(cell)
        elif "check" in cell.options:
            self.check(cell)
        elif "free_response" in cell.options:
            self.free_response(cell)
        elif cell.kind == "markdown":
            self.markdown(cell)
        else:
            self.code(cell)

    def exercise(self, cell: Written) -> None:
        exercise = self.find(cell, "exercise")
        if exercise is None:
            return
        if exercise.id in self.answered:
            first = self.text.place(self.answered[exercise.id])
            self.fault(cell, f"exercise '{exercise.id}' has its cell already, at {first}")
            return
        self.answered[exercise.id] = cell
        shown = cells.given(exercise)
        if shown is not None:
            self.put(shown, cell)
        self.put(cells.solution(exercise, self.chapter), cell)

    def check(self, cell: Written) -> None:
        exercise = self.find(cell, "check")
        if exercise is None:
            return
        if exercise.id in self.checked:
            self.fault(cell, f"exercise '{exercise.id}' is checked already, further up")
        elif exercise.id not in self.answered:
            self.fault(cell, f"the check of '{exercise.id}' stands before its exercise cell")
        else:
            self.put(cells.check(exercise), cell)
        self.checked.add(exercise.id)

    def free_response(self, cell: Written) -> None:
        grade_id, points = str(cell.options["free_response"]), cell.options.get("points")
        if not isinstance(points, int):
            self.fault(cell, f"free response '{grade_id}' needs its points: {{\"points\": 2}}")
            return
        if cells.BEGIN not in cell.source or cells.END not in cell.source:
            says = f"needs its model answer between {cells.BEGIN} and {cells.END}"
            self.fault(cell, f"free response '{grade_id}' {says}")
            return
        if cell.source.split(cells.END)[1].strip():
            says = f"has text after {cells.END}; begin the next cell with +++"
            self.fault(cell, f"free response '{grade_id}' {says}")
        self.put(cells.free_response(grade_id, points, cell.source), cell)

    def markdown(self, cell: Written) -> None:
        heading = re.search(r"^#{1,6}\s+(.+)$", cell.source, flags=re.MULTILINE)
        if heading:
            self.section = slug(heading.group(1))
        # Read-only in the student's copy: a double click would turn the text into its source.
        fixed = {"editable": False, "deletable": False}
        self.put(
            nbformat.v4.new_markdown_cell(cell.source, id=self.next_id(), metadata=fixed), cell
        )

    def code(self, cell: Written) -> None:
        metadata: dict[str, Any] = {}
        if not any(made.cell_type == "code" for made in self.made):
            # All else needs the imports; the other cells are there to be played with.
            metadata = cells.nbgrader("imports", "code", locked=True)
        if "alt" in cell.options:
            metadata["alt"] = str(cell.options["alt"])
        if "tags" in cell.options:
            metadata["tags"] = list(cell.options["tags"])
        id = "imports" if "nbgrader" in metadata else self.next_id()
        self.put(cells.code(id, cell.source, metadata), cell)

    def find(self, cell: Written, option: str) -> Exercise | None:
        """The exercise an option names, or None after noting what is wrong with it."""
        id = str(cell.options[option])
        known = {exercise.id: exercise for exercise in self.chapter.exercises}
        if id not in known:
            near = difflib.get_close_matches(id, known, n=1)
            says = f"there is no exercise '{id}' in chapter {self.chapter.name}"
            self.fault(cell, says + (f"; did you mean '{near[0]}'?" if near else ""))
            return None
        if cell.source.strip():
            self.fault(cell, f"the cell of :{option}: {id} must be empty; the builder fills it")
            return None
        return known[id]

    def finish(self) -> None:
        for exercise in self.chapter.exercises:
            if exercise.id not in self.answered:
                says = (
                    f"exercise '{exercise.id}' has no cell; add one with :exercise: {exercise.id}"
                )
                self.faults.append(Fault(self.text.label, says))
            elif exercise.id not in self.checked:
                says = (
                    f"exercise '{exercise.id}' has no check; add a cell with :check: {exercise.id}"
                )
                self.fault(self.answered[exercise.id], says)
        self.refuse_same_ids()

    def refuse_same_ids(self) -> None:
        seen: dict[str, str] = {}
        for made, place in zip(self.made, self.places, strict=True):
            if made.id in seen:
                says = f"two cells with the id '{made.id}', the other at {seen[made.id]}"
                self.faults.append(Fault(place, says))
            seen[made.id] = place

    def fault(self, cell: Written, says: str) -> None:
        self.faults.append(Fault(self.text.place(cell), says))

    def put(self, made: NotebookNode, cell: Written) -> None:
        self.made.append(made)
        self.places.append(self.text.place(cell))

    def next_id(self) -> str:
        self.ordinals[self.section] += 1
        return f"{self.section}-{self.ordinals[self.section]}"


def slug(heading: str) -> str:
    """A heading as a cell id: ASCII letters and hyphens, short enough to take an ordinal."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:50].strip("-") or "section"
