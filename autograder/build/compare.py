"""Are the text and the notebook in step? Outputs are left out: they differ between platforms."""

from __future__ import annotations

from nbformat import NotebookNode


def differences(expected: NotebookNode, stored: NotebookNode) -> list[str]:
    """What differs between the notebook the text asks for and the one that is there."""
    wanted = {cell.id: cell for cell in expected.cells}
    there = {cell.get("id", f"cell {n}"): cell for n, cell in enumerate(stored.cells)}
    found = [f"cell '{id}' is missing" for id in wanted if id not in there]
    found += [f"cell '{id}' is not in the text" for id in there if id not in wanted]
    for id, cell in wanted.items():
        if id in there:
            found += _differences_of_cell(cell, there[id])
    if not found and list(wanted) != list(there):
        found.append("the cells stand in another order")
    return found


def _differences_of_cell(wanted: NotebookNode, there: NotebookNode) -> list[str]:
    if wanted.cell_type != there.cell_type:
        return [f"cell '{wanted.id}' is {there.cell_type}, not {wanted.cell_type}"]
    found = []
    if wanted.source != there.source:
        line = _first_different_line(wanted.source, there.source)
        found.append(f"the source of cell '{wanted.id}' differs, from its line {line} on")
    if wanted.metadata != there.metadata:
        found.append(f"the metadata of cell '{wanted.id}' differ")
    return found


def _first_different_line(one: str, other: str) -> int:
    ours, theirs = one.split("\n"), other.split("\n")
    for number, (a, b) in enumerate(zip(ours, theirs, strict=False), start=1):
        if a != b:
            return number
    return min(len(ours), len(theirs)) + 1
