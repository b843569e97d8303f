"""A fingerprint of what a notebook's outputs depend on: its text, and the course's own code."""

from __future__ import annotations

import hashlib
from pathlib import Path

import utils
from utils.checking.exercise import Chapter

PACKAGE = Path(utils.__file__).parent
# Of these packages a chapter sees only the modules with its own name, and the shared ones.
PER_CHAPTER = ("exercises", "plotting")


def fingerprint(text: Path, chapter: Chapter, others: tuple[Chapter, ...]) -> str:
    """The same for the same inputs on every platform, whatever its line ends."""
    digest = hashlib.sha256()
    for file in [text, *_modules({other.short for other in others} - {chapter.short})]:
        digest.update(file.name.encode())
        digest.update(file.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:16]


def _modules(not_ours: set[str]) -> list[Path]:
    found = []
    for file in sorted(PACKAGE.rglob("*.py"), key=lambda path: path.as_posix()):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        if not (parts[0] in PER_CHAPTER and not_ours.intersection(parts)):
            found.append(file)
    return found
