"""The transcript: exactly what a student reads, for every stub, mistake and right answer.

It is kept in step by CI, so that a change of a message is seen and read as prose.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from autograder.verify.exercises import port, stub
from autograder.verify.mutants import copied
from utils.checking.door import judge
from utils.checking.exercise import Chapter, Exercise
from utils.checking.port import LocalPort

HEAD = """\
# What a student reads

Made by `autograder verify --write`. For each exercise: what the check says of the untouched
stub, of a right answer, and of every known mistake; then the three hints. Review it as prose.
"""


def transcript(chapters: tuple[Chapter, ...]) -> str:
    """The whole text."""
    return "\n".join([HEAD, *(line for chapter in chapters for line in _of_chapter(chapter))])


def _of_chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.title}\n"
    for exercise in chapter.exercises:
        yield from _of_exercise(exercise)


def _of_exercise(exercise: Exercise) -> Iterator[str]:
    yield f"### {exercise.id}\n"
    value = exercise.kind == "value"
    yield from _said("The stub", exercise, LocalPort(... if value else stub(exercise)))
    right = exercise.reference if value else copied(exercise.reference)
    yield from _said("A right answer", exercise, port(exercise, right))
    for mistake in exercise.mistakes:
        for answer in mistake.answers:
            spelled = f"{mistake.id}, as {answer.__name__}"
            name = mistake.id if mistake.id == answer.__name__ else spelled
            asked = port(exercise, answer if value else as_cell(answer))
            yield from _said(f"`{name}`", exercise, asked)
    yield "Hints\n"
    yield "\n".join(f"{i}. {hint}" for i, hint in enumerate(exercise.hints, 1)) + "\n"


def _said(title: str, exercise: Exercise, answer: LocalPort) -> Iterator[str]:
    feedback = judge(exercise, answer).feedback
    yield f"{title}\n\n```text\n{feedback}\n```\n"


def as_cell(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled as if it stood alone in a cell: messages name lines of that cell."""
    source = textwrap.dedent(inspect.getsource(function))
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    lines = source.splitlines(keepends=True)[node.lineno - 1 :]  # without its decorators
    name = f"<ipython-input-{function.__name__}>"
    linecache.cache[name] = (len(source), None, lines, name)
    space = dict(vars(sys.modules[function.__module__]))
    exec(compile("".join(lines), name, "exec"), space)
    made: Callable[..., Any] = space[function.__name__]
    return made
