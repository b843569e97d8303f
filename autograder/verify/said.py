"""What a student reads of an answer in their own check, the same on every machine."""

from __future__ import annotations

import ast
import inspect
import linecache
import re
import sys
import textwrap
from collections.abc import Callable
from typing import Any

from utils.checking.exercise import Exercise


def as_cell(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled as if it stood alone in a cell: messages name lines of that cell."""
    if function.__code__.co_name == "<lambda>":
        return function
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


def seed(exercise: Exercise) -> None:
    """Random weights that nobody trains, and the names of layers, are the same on every machine."""
    if exercise.slow:
        import keras

        keras.utils.clear_session()  # names are numbered from the start
        keras.utils.set_random_seed(0)


def steady(text: str, exercise: Exercise) -> str:
    """Without the numbers that depend on the machine, or on the models made before."""
    if exercise.once or (exercise.slow and exercise.kind == "value"):
        text = re.sub(r"(?m)^  .*", lambda line: re.sub(r"\d+(\.\d+)?", "#", line[0]), text)
    return re.sub(r"\b(Layer [a-z_]+)_\d+", r"\1", text)
