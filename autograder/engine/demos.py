"""Which cells of a notebook are run: all but the demonstrations that no answer needs.

A demonstration is a cell tagged `demo`: there to be looked at, and often slow. It is run where the
student has made something of their own of it, or where what they wrote reads a name that only it
makes.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from nbformat import NotebookNode

LONGEST = 50_000  # letters of a cell that are read to see what it makes
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


def to_run(cells: Sequence[NotebookNode], original: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Those of a notebook's cells that are run, in their order.

    Parameters
    ----------
    cells : sequence of NotebookNode
    original : iterable of NotebookNode
        The instructor's cells.
    """
    original = list(original)
    released = {cell.source for cell in original}
    shown = frozenset().union(*(bound(cell.source) for cell in original if _is_demo(cell)))
    code = [cell for cell in cells if cell.cell_type == "code"]
    demos: list[NotebookNode] = []
    run: list[NotebookNode] = []
    for cell in code:
        own = cell.source not in released and (
            not _parses(cell.source) or bound(cell.source) - shown
        )
        (demos if _is_demo(cell) and not own else run).append(cell)
    made = frozenset().union(*(bound(cell.source) for cell in run))
    theirs = [cell.source for cell in run if cell.source not in released]
    wanted = frozenset().union(*map(read, theirs)) - made
    needed: list[NotebookNode] = []
    while found := [d for d in demos if bound(d.source) & wanted and d not in needed]:
        needed += found
        wanted |= frozenset().union(*(read(demo.source) for demo in found)) - made
    chosen = {id(cell) for cell in [*run, *needed]}
    return [cell for cell in code if id(cell) in chosen]


def _is_demo(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and "demo" in cell.metadata.get("tags", [])


def _python(source: str) -> str:
    """A cell's lines without IPython's own."""
    if len(source) > LONGEST:
        return ""
    lines = ("" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))
    return "\n".join(lines)


@lru_cache(1_000)
def _parses(source: str) -> bool:
    try:
        ast.parse(_python(source))
    except UNREADABLE:
        return False
    return True


@lru_cache(1_000)
def bound(source: str) -> frozenset[str]:
    """The names that a cell makes in the notebook: assigned, defined or imported."""
    try:
        table = symtable.symtable(_python(source), "cell", "exec")
    except UNREADABLE:
        return frozenset()
    made = (s for s in table.get_symbols() if s.is_assigned() or s.is_imported())
    return frozenset(symbol.get_name() for symbol in made)


@lru_cache(1_000)
def read(source: str) -> frozenset[str]:
    """The names that a cell takes from the notebook: not those of its functions' own."""
    try:
        return frozenset(_read(symtable.symtable(_python(source), "cell", "exec")))
    except UNREADABLE:
        return frozenset()


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _read(inner)
