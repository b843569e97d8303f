"""A chapter as its author wrote it: cells with their options, and where each one stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OPTIONS = ("exercise", "check", "alt", "tags", "free_response", "points")
FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,})\{code-cell\}")
BREAK_WITH_OPTIONS = re.compile(r"^\+\+\+\s*\{")


@dataclass(frozen=True)
class Fault:
    """Something to put right in a text, with its place."""

    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


class Faults(Exception):
    """All that is wrong with a chapter, to be read in one go."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Written:
    """One cell of the text."""

    kind: str  # "code" or "markdown"
    source: str
    line: int | None  # None for markdown without options
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """One chapter's text."""

    name: str  # "01_forward_prop"
    label: str  # "chapters/01_forward_prop.md"
    cells: tuple[Written, ...]

    def place(self, cell: Written) -> str:
        """Where a cell stands, in a form that editors turn into a link."""
        return self.label if cell.line is None else f"{self.label}:{cell.line}"


def read(path: Path) -> Text:
    """Read a chapter's text. Raises `Faults` where it is not the text of a chapter."""
    return parse(path.read_text(encoding="utf-8"), path.stem, f"{path.parent.name}/{path.name}")


def parse(source: str, name: str, label: str) -> Text:
    """The cells of a chapter's source, in MyST."""
    import jupytext
    from jupytext.myst import MystMetadataParsingError

    try:
        notebook = jupytext.reads(source, fmt="md:myst")
    except MystMetadataParsingError as error:
        says = f"{error}\n  An option's text with ': ' or ' #' in it stands in double quotes."
        raise Faults([Fault(label, says)]) from None
    code_lines, option_lines = _lines(source)
    cells = []
    for cell in notebook.cells:
        options = dict(cell.metadata)
        line = None
        if cell.cell_type == "code":
            line = next(code_lines, None)
        elif options:
            line = next(option_lines, None)
        cells.append(Written(cell.cell_type, cell.source, line, options))
    text = Text(name, label, tuple(cells))
    _refuse_unknown_options(text)
    return text


def _lines(source: str) -> tuple[Iterator[int], Iterator[int]]:
    """Where the code cells begin, and where the markdown cells with options do."""
    code, options = [], []
    for number, line in enumerate(source.splitlines(), start=1):
        if FENCE.match(line):
            code.append(number)
        elif BREAK_WITH_OPTIONS.match(line):
            options.append(number)
    return iter(code), iter(options)


def _refuse_unknown_options(text: Text) -> None:
    faults = []
    for cell in text.cells:
        for option in cell.options:
            if option not in OPTIONS:
                near = difflib.get_close_matches(option, OPTIONS, n=1)
                says = f"there is no cell option '{option}'"
                says += f"; did you mean '{near[0]}'?" if near else f"; known: {', '.join(OPTIONS)}"
                faults.append(Fault(text.place(cell), says))
    if faults:
        raise Faults(faults)
