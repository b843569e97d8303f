"""The transcript: exactly what a student reads, for every stub, mistake and right answer.

It is kept in step by CI, so that a change of a message is seen and read as prose.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from autograder.verify.exercises import port, stub
from autograder.verify.mutants import copied
from utils.checking.door import judge
from utils.checking.exercise import Chapter, Exercise

HEAD = """\
# What a student reads

Made by `autograder verify --write`. For each exercise: what the check says of the untouched
stub, of a right answer, and of every known mistake; then the three hints. Review it as prose.
Numbers that come of training a model differ from machine to machine; here they are #.
"""


def transcript(chapters: tuple[Chapter, ...]) -> str:
    """The whole text."""
    parts = [HEAD]
    for chapter in chapters:
        parts += [f"## {chapter.title}\n", *map(of_exercise, chapter.exercises)]
    return "\n".join(parts)


def of_exercise(exercise: Exercise) -> str:
    """All that a student can read about one exercise."""
    return "\n".join(_of_exercise(exercise))


def _of_exercise(exercise: Exercise) -> Iterator[str]:
    yield f"### {exercise.id}\n"
    value = exercise.kind == "value"
    yield _said("The stub", exercise, ... if value else stub(exercise))
    right = exercise.reference if value else copied(exercise.reference)
    yield _said("A right answer", exercise, right)
    for mistake in exercise.mistakes:
        for answer in mistake.answers:
            spelled = f"{mistake.id}, as {answer.__name__}"
            name = mistake.id if mistake.id == answer.__name__ else spelled
            yield _said(f"`{name}`", exercise, answer if value else as_cell(answer))
    yield "Hints\n"
    yield "\n".join(f"{i}. {hint}" for i, hint in enumerate(exercise.hints, 1)) + "\n"


def _said(title: str, exercise: Exercise, answer: Any) -> str:
    if exercise.slow:
        _seed()
    feedback = judge(exercise, port(exercise, answer)).feedback
    return f"{title}\n\n```text\n{_steady(feedback, exercise)}\n```\n"


def _seed() -> None:
    """The random weights of a model that nobody trains are the same on every machine."""
    import keras

    keras.utils.set_random_seed(0)


def _steady(text: str, exercise: Exercise) -> str:
    """Without the numbers that depend on the machine, or on the models made before."""
    if exercise.once or (exercise.slow and exercise.kind == "value"):
        text = re.sub(r"(?m)^  .*", lambda line: re.sub(r"\d+(\.\d+)?", "#", line[0]), text)
    return re.sub(r"\b(Layer [a-z_]+)_\d+", r"\1", text)


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
