"""A fingerprint of what a notebook's outputs depend on: its text, and the code of ours it runs.

The code is found by following the imports: those in the text's cells, and those of the chapter's
exercises, which `check` loads by name. Imports inside functions are left out; they load what only
other chapters need.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import utils
from autograder.build.text import Text
from utils.checking.exercise import Chapter

PACKAGE = Path(utils.__file__).parent


def fingerprint(text: Text, chapter: Chapter) -> str:
    """The same for the same inputs on every platform, whatever its line ends."""
    digest = hashlib.sha256()
    for cell in text.cells:
        digest.update(f"{cell.kind} {cell.options} {cell.source}".encode())
    for file in modules(text, chapter):
        digest.update(file.relative_to(PACKAGE).as_posix().encode())
        digest.update(file.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:16]


def modules(text: Text, chapter: Chapter) -> list[Path]:
    """The files of `utils` that a chapter's notebook runs, in a fixed order."""
    waiting = [f"utils.exercises.{chapter.short}"]
    for cell in text.cells:
        if cell.kind == "code":
            waiting += imports(cell.source)
    found: dict[str, Path] = {}
    while waiting:
        name = waiting.pop()
        for part in _with_parents(name):
            file = _file(part)
            if file is not None and part not in found:
                found[part] = file
                waiting += imports(file.read_text(encoding="utf-8"))
    return sorted(found.values())


def imports(source: str) -> Iterator[str]:
    """What of `utils` a source imports when it is loaded. A name may be a module or be in one."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic
        return
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _with_parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)] if parts[0] == "utils" else []


def _file(name: str) -> Path | None:
    path = PACKAGE.joinpath(*name.split(".")[1:])
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)
