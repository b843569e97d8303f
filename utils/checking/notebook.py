"""The notebook around us: which cell makes a name, and what to say when it has not been run."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path
from typing import Any

from utils.checking.whereabouts import shell


def chapter_here() -> str | None:
    """The chapter whose folder the notebook runs in: '01_forward_prop'."""
    name = Path.cwd().name
    return name if name[:2].isdigit() else None


def where_it_is_made(name: str, begins: str = "") -> str:
    """Which cell to run for a name, as a sentence."""
    cell = _cell_that_makes(name)
    if cell is None:
        begins = begins or f"{name} ="
        return f"`{name}` does not exist yet. Run the cell that begins `{begins}` first."
    heading, first_line = cell
    under = f" under “{heading}”" if heading else ""
    return f"`{name}` does not exist yet. Run the cell{under} that begins `{first_line}` first."


def explain_missing_names() -> None:
    """In a notebook, let a NameError tell which cell to run."""
    running = shell()
    if running is not None:
        running.set_custom_exc((NameError,), _explain)


def _explain(running: Any, kind: type, error: Any, tb: Any, tb_offset: Any = None) -> list[str]:
    """IPython's hook for a NameError: our lines if a cell makes the name, else the traceback."""
    usual = running.InteractiveTB.structured_traceback(kind, error, tb, tb_offset=tb_offset)
    name = getattr(error, "name", None)
    if name is None or _cell_that_makes(name) is None:
        lines = list(usual)
    else:
        lines = [where_it_is_made(name), "", "Then run this cell again."]
    running._showtraceback(kind, error, lines)
    return lines


def _cell_that_makes(name: str) -> tuple[str, str] | None:
    """The heading above, and the first line of, the first cell that makes the name."""
    path = _this_notebook()
    if path is None:
        return None
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return None
    heading = ""
    for cell in cells:
        source = "".join(cell.get("source", ""))
        if cell.get("cell_type") == "markdown":
            heading = _last_heading(source) or heading
        elif cell.get("cell_type") == "code" and name in _names_made(source):
            return heading, _first_line(source)
    return None


def _this_notebook() -> Path | None:
    """The notebook's file: named by Jupyter, or the only one in the folder."""
    session = os.environ.get("JPY_SESSION_NAME", "")
    if session.endswith(".ipynb") and Path(session).is_file():
        return Path(session)
    found = sorted(Path.cwd().glob("*.ipynb"))
    named = [p for p in found if Path.cwd().name.endswith(p.stem)]
    candidates = named or found
    return candidates[0] if candidates else None


def _names_made(source: str) -> set[str]:
    """The names that a cell's top level binds."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic, or unfinished work
        return set()
    made: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        else:
            made |= {
                n.id
                for n in ast.walk(node)
                if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            }
    return made


def _last_heading(source: str) -> str:
    headings = [line.lstrip("# ") for line in source.splitlines() if line.startswith("#")]
    return headings[-1] if headings else ""


def _first_line(source: str) -> str:
    lines = [line for line in source.splitlines() if line.strip()]
    code = [line for line in lines if not line.lstrip().startswith(("#", "%"))]
    return (code or lines)[0]
