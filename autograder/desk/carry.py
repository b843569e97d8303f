"""Take a student's work over into a new text of the same chapter.

Three notebooks meet: what was `released` before, the `student`'s file that grew from it, and
what is released `now`. The result is the new text with

- the student's answers, by nbgrader's grade id (of two cells with one id the last, as nbgrader);
- the cells they added, behind the cell they stood behind;
- the cells they changed to try something, where the text of that cell is still the same;
- the outputs of all that.

An answer that the new text has no place for becomes a cell of the student's own. What they tried
in a cell whose text is another one now is only in their old file.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from nbformat import NotebookNode


def carry(student: NotebookNode, released: NotebookNode, now: NotebookNode) -> NotebookNode:
    """The notebook `now` with the student's work in it."""
    before = {key(cell): cell for cell in released.cells}
    new = {key(cell): cell for cell in now.cells}
    theirs = last_of_each(student.cells)
    taken = {k: _taken(cell, before.get(k), theirs.get(k)) for k, cell in new.items()}
    behind = _own_cells(student.cells, theirs, before, new)
    result = copy.deepcopy(now)
    result.cells = _fresh(behind.get("", []))
    for cell in now.cells:
        result.cells.append(taken[key(cell)])
        result.cells += _fresh(behind.get(key(cell), []))
    return _with_distinct_ids(result)


def is_edited(student: NotebookNode, released: NotebookNode) -> bool:
    """Whether there is anything of the student's in a file that was released like this."""
    return content(student.cells) != content(released.cells)


def content(cells: Iterable[NotebookNode]) -> list[tuple[str, str]]:
    """What a reader sees of the cells: neither outputs nor metadata."""
    return [(cell.cell_type, cell.source) for cell in cells]


def key(cell: NotebookNode) -> str:
    """What a cell goes by: its grade id, else its id."""
    return grade_id(cell) or str(cell.get("id", ""))


def grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_answer(cell: NotebookNode) -> bool:
    """Whether the student is meant to write in this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution", False))


def last_of_each(cells: Iterable[NotebookNode]) -> dict[str, NotebookNode]:
    return {key(cell): cell for cell in cells if key(cell)}


def _taken(
    new: NotebookNode, before: NotebookNode | None, theirs: NotebookNode | None
) -> NotebookNode:
    """The new cell, with the student's source and outputs where they go with it."""
    cell = copy.deepcopy(new)
    if theirs is None or theirs.cell_type != cell.cell_type:
        return cell
    changed = before is None or theirs.source != before.source
    same_text = before is not None and before.source == new.source
    if changed and (is_answer(new) or (same_text and _is_free(new))):
        cell.source = theirs.source
    if cell.cell_type == "code" and cell.source == theirs.source:
        cell.outputs = copy.deepcopy(theirs.outputs)
        cell.execution_count = theirs.execution_count
    return cell


def _is_changed(cell: NotebookNode, before: NotebookNode | None) -> bool:
    return before is not None and cell.source != before.source


def _is_free(cell: NotebookNode) -> bool:
    """Whether a cell of the text may be changed to try something."""
    return cell.metadata.get("editable", True) is not False


def _own_cells(
    cells: Iterable[NotebookNode],
    theirs: dict[str, NotebookNode],
    before: dict[str, NotebookNode],
    new: dict[str, NotebookNode],
) -> dict[str, list[NotebookNode]]:
    """The student's own cells, by the key of the cell in the new text that they stand behind."""
    behind: dict[str, list[NotebookNode]] = {}
    anchor = ""
    for cell in cells:
        k = key(cell)
        if k in new and theirs[k] is cell and cell.cell_type == new[k].cell_type:
            anchor = k
        elif _is_free(cell) and (k not in before | new or _is_changed(cell, before.get(k))):
            behind.setdefault(anchor, []).append(cell)
    return behind


def _fresh(cells: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Cells as the student's own: nothing of nbgrader's, and they can be changed and deleted."""
    copies = [copy.deepcopy(cell) for cell in cells]
    for cell in copies:
        for name in ("nbgrader", "editable", "deletable"):
            cell.metadata.pop(name, None)
    return copies


def _with_distinct_ids(notebook: NotebookNode) -> NotebookNode:
    seen: set[str] = set()
    for cell in notebook.cells:
        base, number = cell.get("id") or "own", 2
        cell.id = base
        while cell.id in seen:
            cell.id = f"{base[:50]}-own-{number}"
            number += 1
        seen.add(cell.id)
    return notebook
