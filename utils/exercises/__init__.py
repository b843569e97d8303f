"""The exercises: a package a chapter, a module an exercise.

A grader can take this package away from a student's process; `from utils import check` stands.
"""

from __future__ import annotations

import difflib
import importlib
from functools import cache

from utils.checking.exercise import Chapter, Exercise

_CHAPTERS = (
    "forward_prop",
    "activations",
    "losses",
    "softmax",
    "cnn",
    "bias_variance",
    "transfer_learning",
)


class UnknownExercise(LookupError):
    """There is no exercise of that id."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback through our code."""
        return [str(self)]


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters, in order."""
    return tuple(importlib.import_module(f"{__name__}.{name}").CHAPTER for name in _CHAPTERS)


def find(id: str) -> Exercise:
    """The exercise of that id.

    Raises
    ------
    UnknownExercise
        There is none; the nearest ids are named.
    """
    known = {exercise.id: exercise for chapter in chapters() for exercise in chapter.exercises}
    if isinstance(id, str) and id in known:
        return known[id]
    near = difflib.get_close_matches(str(id), known, n=2)
    meant = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise UnknownExercise(f"There is no exercise {id!r}.{meant}")
