"""Makes the notebook that is graded out of a file that nobody trusts.

What comes out is the instructor's in all that counts: which cells are graded, their kind, their
points, what a locked cell says, the metadata. The student's are the answers and the cells they
added, in their order. Nothing that was handed in can make it fail, short of not being a notebook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.corpus.words import generate_corpus_id
from nbformat.v4 import new_notebook

KINDS = ("code", "markdown", "raw")
TAG = re.compile(r"[^,]{1,100}")
MOST_TAGS = 20
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True)
class ReleasedCell:
    """A cell that nbgrader knows, as it was released."""

    cell_type: str
    source: str
    locked: bool
    checksum: str | None
    grade: bool = False
    solution: bool = False
    task: bool = False
    points: float | None = None

    def settings(self, grade_id: str) -> dict[str, Any]:
        """Its nbgrader metadata."""
        settings = {
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "grade": self.grade,
            "grade_id": grade_id,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
        }
        return settings if self.points is None else {**settings, "points": self.points}


@dataclass(frozen=True)
class Released:
    """A notebook as the gradebook has it.

    Attributes
    ----------
    cells : dict of str to ReleasedCell
        The cells that nbgrader knows, by grade id, in their order.
    kernelspec : dict or None
    original : tuple of NotebookNode
        All cells of the instructor's notebook.
    """

    cells: Mapping[str, ReleasedCell]
    kernelspec: Mapping[str, Any] | None = None
    original: tuple[NotebookNode, ...] = ()


@dataclass
class Staged:
    """A notebook to be graded, and the graded cells that had to be put back."""

    notebook: NotebookNode
    put_back: list[str] = field(default_factory=list)


class NotANotebook(Exception):
    """The file holds something else. Says what."""


def stage(content: Any, released: Released) -> Staged:
    """The notebook to grade.

    Parameters
    ----------
    content : object
        What the file's JSON says.
    released : Released

    Raises
    ------
    NotANotebook
        There is no list of cells in it.
    """
    cells: list[NotebookNode] = []
    seen: set[str] = set()
    for given in reversed(_cells_in(content)):  # of two with one id the last counts
        cell = _staged(given, released, seen)
        if cell is not None:
            cell.id = given.get("id")
            cells.insert(0, cell)
    put_back = _put_back(cells, released, seen)
    _give_ids(cells)
    notebook = new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    if released.kernelspec:
        notebook.metadata.kernelspec = NotebookNode(released.kernelspec)
    return Staged(notebook, put_back)


def _cells_in(content: Any) -> list[Any]:
    """The cells of a notebook of any version."""
    if isinstance(content, dict) and isinstance(content.get("worksheets"), list):
        try:
            content = nbformat.convert(nbformat.from_dict(content), 4)
        except Exception as error:
            raise NotANotebook("it is a notebook of an old version, and broken") from error
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise NotANotebook("there are no cells in it")
    cells: list[Any] = content["cells"]
    return cells


def _staged(given: Any, released: Released, seen: set[str]) -> NotebookNode | None:
    """One cell as it is graded; None where there is nothing in it to read."""
    if not isinstance(given, dict):
        return None
    source = _text(given.get("source"))
    metadata = given.get("metadata")
    settings = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = settings.get("grade_id") if isinstance(settings, dict) else None
    if isinstance(grade_id, str) and grade_id in released.cells and grade_id not in seen:
        seen.add(grade_id)
        made = _known(grade_id, released.cells[grade_id], source)
        return made if released.cells[grade_id].locked else _with_pictures(made, given)
    kind = given.get("cell_type")
    made = _with_pictures(_cell(kind if kind in KINDS else "raw", source), given)
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    if isinstance(tags, list):
        made.metadata.tags = list(dict.fromkeys(filter(_is_tag, tags)))[:MOST_TAGS]
    return made


def _is_tag(given: Any) -> bool:
    """Whether it is one in nbformat's schema, and of some sense."""
    return isinstance(given, str) and bool(TAG.fullmatch(given)) and _text(given) == given


def _cell(kind: str, source: str) -> NotebookNode:
    """A cell; Nbformat's own makers look each one up in a schema, which takes long."""
    made = NotebookNode(cell_type=kind, metadata=NotebookNode(), source=source)
    if kind == "code":
        made.update(execution_count=None, outputs=[])
    return made


def _known(grade_id: str, known: ReleasedCell, source: str) -> NotebookNode:
    made = _cell(known.cell_type, known.source if known.locked else source)
    made.metadata.nbgrader = NotebookNode(known.settings(grade_id))
    return made


def _with_pictures(made: NotebookNode, given: dict[str, Any]) -> NotebookNode:
    """The cell with the pictures that were pasted into it, where it is one of text."""
    attached = given.get("attachments")
    if made.cell_type == "code" or not isinstance(attached, dict):
        return made
    pictures = {
        _text(name): {_text(mime): _text(data) for mime, data in bundle.items() if _text(data)}
        for name, bundle in attached.items()
        if isinstance(bundle, dict)
    }
    if pictures:
        made.attachments = pictures
    return made


def _text(source: Any) -> str:
    """A cell's text: a string, or a list of lines."""
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return source.encode("utf-8", "replace").decode("utf-8")  # half a letter can't be written


def _give_ids(cells: list[NotebookNode]) -> None:
    """Each cell an id of its own; the student's where that is one."""
    taken: set[str] = set()
    for cell in reversed(cells):
        id = cell.get("id")
        if not isinstance(id, str) or not ID.fullmatch(id) or id in taken:
            id = generate_corpus_id()
        taken.add(id)
        cell.id = id


def _put_back(cells: list[NotebookNode], released: Released, seen: set[str]) -> list[str]:
    """Put missing graded cells back: behind the cell they followed, or at the end."""
    missing = []
    before: str | None = None
    for grade_id, known in released.cells.items():
        if grade_id not in seen and (known.grade or known.task):
            place = _behind(cells, before if before in seen else None)
            cells.insert(place, _known(grade_id, known, known.source))
            seen.add(grade_id)
            missing.append(grade_id)
        before = grade_id
    return missing


def _behind(cells: list[NotebookNode], grade_id: str | None) -> int:
    for place, cell in enumerate(cells):
        if grade_id and cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return place + 1
    return len(cells)
