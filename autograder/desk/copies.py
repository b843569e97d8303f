"""Student copies in lab/: made once, never overwritten, brought up to date with new text.

`lab/.released/` remembers what each copy was made from. That tells a student's edits from a new
text, and whether there is anything to do at all.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

NEW, CURRENT, RENEWED, CARRIED, REPLACED = "new", "current", "renewed", "carried", "replaced"


@dataclass(frozen=True)
class Copy:
    """One chapter's copy on the student's desk, and what became of it."""

    chapter: str
    file: Path
    state: str
    kept: Path | None = None  # where the student's earlier file is now

    @property
    def says(self) -> str:
        """A sentence for the student, empty when nothing happened."""
        if self.state == NEW:
            return f"{self.chapter}: ready."
        if self.state == RENEWED:
            return f"{self.chapter}: the text has changed; your copy, not begun yet, has it."
        if self.state == CARRIED and self.kept:
            return (
                f"{self.chapter}: the text has changed. Your answers and your own cells are in "
                f"the new text; your old file is kept as “{self.kept.name}”."
            )
        if self.state == REPLACED and self.kept:
            return (
                f"{self.chapter}: your file could not be read as a notebook. It is kept as "
                f"“{self.kept.name}”; a fresh copy is in its place."
            )
        return ""


def update(source: Path, lab: Path, now: datetime) -> Copy:
    """Bring one chapter's student copy up to date with the instructor's notebook."""
    chapter = source.parent.name
    file = lab / chapter / source.name
    memory = lab / ".released" / f"{chapter}.json"
    stamp = hashlib.sha256(source.read_bytes()).hexdigest()
    remembered = _json(memory)
    if not file.exists():
        _write_both(source, file, memory, stamp)
        return Copy(chapter, file, NEW)
    raw = _json(file)
    if raw is None or not isinstance(raw.get("cells"), list):
        return _replace(source, file, memory, stamp, now)
    if remembered is not None and remembered.get("source") == stamp:
        return Copy(chapter, file, CURRENT)
    return _renew(source, file, memory, stamp, remembered, now)


def _renew(
    source: Path,
    file: Path,
    memory: Path,
    stamp: str,
    remembered: dict[str, Any] | None,
    now: datetime,
) -> Copy:
    """The instructor's notebook is another one than before; perhaps its text is too."""
    import nbformat

    from autograder.desk.carry import carry, content, is_edited
    from autograder.desk.student_version import student_version

    chapter = source.parent.name
    fresh = student_version(source)
    try:
        student = nbformat.read(file, as_version=4)
        content(student.cells)
    except Exception:  # nbformat raises many kinds; whichever it is, the file is kept
        return _replace(source, file, memory, stamp, now)
    # Without a memory all that differs from the new text counts as the student's.
    released = nbformat.from_dict(remembered["notebook"]) if remembered else fresh
    if content(released.cells) == content(fresh.cells) and (
        remembered or not is_edited(student, fresh)
    ):
        _remember(memory, stamp, fresh)
        return Copy(chapter, file, CURRENT)
    if not is_edited(student, released):
        _write(file, fresh)
        _remember(memory, stamp, fresh)
        return Copy(chapter, file, RENEWED)
    kept = _keep(file, "before", now)
    _write(file, carry(student, released, fresh))
    _remember(memory, stamp, fresh)
    return Copy(chapter, file, CARRIED, kept)


def _replace(source: Path, file: Path, memory: Path, stamp: str, now: datetime) -> Copy:
    kept = _keep(file, "unreadable", now)
    _write_both(source, file, memory, stamp)
    return Copy(source.parent.name, file, REPLACED, kept)


def _keep(file: Path, why: str, now: datetime) -> Path:
    """Move a file beside itself under a name that says when: "dense (before 2026-11-25 14.03)"."""
    stem = f"{file.stem} ({why} {now:%Y-%m-%d %H.%M})"  # no colon: Windows has none in names
    kept, number = file.with_name(f"{stem}{file.suffix}"), 2
    while kept.exists():
        kept, number = file.with_name(f"{stem} {number}{file.suffix}"), number + 1
    file.replace(kept)
    return kept


def _write_both(source: Path, file: Path, memory: Path, stamp: str) -> None:
    from autograder.desk.student_version import student_version

    fresh = student_version(source)
    _write(file, fresh)
    _remember(memory, stamp, fresh)


def _remember(memory: Path, stamp: str, notebook: NotebookNode) -> None:
    _write_text(memory, json.dumps({"source": stamp, "notebook": notebook}))


def _write(file: Path, notebook: NotebookNode) -> None:
    import nbformat

    _write_text(file, nbformat.writes(notebook) + "\n")


def _write_text(file: Path, text: str) -> None:
    """All or nothing: an interrupted run leaves the old file whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.part")
    half.write_text(text, encoding="utf-8", newline="\n")
    half.replace(file)


def _json(file: Path) -> dict[str, Any] | None:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
