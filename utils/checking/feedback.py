"""What the student reads: one line when right, ten lines at most when not."""

from __future__ import annotations

import re
import textwrap

from utils.checking.exercise import Exercise, Mistake
from utils.checking.judge import Trial
from utils.checking.results import Fault
from utils.checking.show import show

WIDTH = 80
MOST_LINES = 10


def right(exercise: Exercise, note: str = "") -> str:
    """The one line of a right answer."""
    return f"{exercise.id}: right{_points(exercise)}.{' ' + note if note else ''}"


def _points(exercise: Exercise) -> str:
    if exercise.points is None:
        return " (practice)"
    return f" ({exercise.points} point{'s' if exercise.points != 1 else ''})"


def not_attempted(exercise: Exercise, why: str = "") -> str:
    """A word on where to begin."""
    lines = [f"{exercise.id}: not begun yet.", *_wrap(why), *_wrap(exercise.begin)]
    return _join([*lines, _nudge(exercise)])


def unjudged(exercise: Exercise, why: str) -> str:
    """Our fault or out of reach."""
    lines = [f"{exercise.id}: could not be judged, and that is not your fault."]
    return _join([*lines, *_wrap(f"It costs no points; a person will look at it. ({why})")])


def wrong(exercise: Exercise, fault: Fault, trial: Trial | None, known: Mistake | None) -> str:
    """The first thing that is wrong; for a known mistake, the sentence about it first."""
    lines = [f"{exercise.id}: not right yet."]
    lines += _wrap(known.says) if known else _wrap(fault.says)
    if trial is not None and trial.hidden:
        lines += _wrap(f"This shows on a hidden case: {trial.case.name}.")
    else:
        lines += _shown(exercise, fault, trial, bool(known), len(lines))
    return _join([*lines, _nudge(exercise)])


def _shown(
    exercise: Exercise, fault: Fault, trial: Trial | None, known: bool, used: int
) -> list[str]:
    """The case and its numbers, in the lines that are left."""
    outcome = [_first_sentence(fault.says)] if known else []  # the mistake's own one has asked
    outcome += fault.detail.splitlines()
    lines = [_shorten(f"  {line}") for line in outcome]
    if trial is None:
        return lines
    printed = trial.outcome.printed.strip().splitlines()
    if printed:
        lines.append(_shorten(f"  It printed: {printed[0]}"))
    room = MOST_LINES - used - len(lines) - 1
    return [*_call(exercise, trial, room), *lines]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.?]) ", text, maxsplit=1)[0]


def _call(exercise: Exercise, trial: Trial, room: int) -> list[str]:
    """How the answer was called."""
    given = dict(zip(exercise.parameters, trial.case.args, strict=False)) | dict(trial.case.kwargs)
    shown = [part for name, value in given.items() for part in _parts(name, value)]
    lines = _flow(f"  Case “{trial.case.name}”: ", shown)
    if len(lines) > room:
        lines = [*lines[: max(room - 1, 1)], "    ..."]
    return [_shorten(line) for line in lines][: max(room, 0)]


def _parts(name: str, value: object) -> list[str]:
    """One argument; a long list of layers as one part a layer, so that a line can end between."""
    if not isinstance(value, list) or len(show(value, 1000)) <= WIDTH - 20 or len(value) < 2:
        return [f"{name} = {show(value)}"]
    parts = [show(item) for item in value]
    return [f"{name} = [{parts[0]}", *parts[1:-1], f"{parts[-1]}]"]


def _flow(first: str, items: list[str]) -> list[str]:
    """Items one after the other, a new line only between two of them."""
    lines = [first]
    for i, item in enumerate(items):
        text = item + (", " if i < len(items) - 1 else "")
        if len(lines[-1] + text.rstrip()) > WIDTH and lines[-1].strip():
            lines.append("    ")
        lines[-1] += text
    return [line.rstrip() for line in lines]


def _nudge(exercise: Exercise) -> str:
    return f'For help: hint("{exercise.id}")'


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False) if text else []


def _shorten(line: str) -> str:
    return line if len(line) <= WIDTH + 10 else line[: WIDTH + 7] + "..."


def _join(lines: list[str]) -> str:
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[-1]]
    return "\n".join("".join(map(_printable, line)) for line in lines)


def _printable(letter: str) -> str:
    """What an answer printed may hold anything, even half a letter that no file can."""
    return letter if letter.isprintable() else " " if letter.isspace() else "\ufffd"
