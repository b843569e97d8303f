"""What the short cells of a text become: nbgrader's cells, made from the exercise's definition."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from typing import Any

import nbformat
from nbformat import NotebookNode

from utils.checking.exercise import Chapter, Exercise

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
HIDDEN = """\
check("{id}")
### BEGIN HIDDEN TESTS
from utils import evaluate

evaluate("{id}", hidden=True).require()
### END HIDDEN TESTS"""


def nbgrader(
    grade_id: str, kind: str, *, points: int | None = None, **is_a: bool
) -> dict[str, Any]:
    """The metadata of one cell, in nbgrader's schema 3."""
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "cell_type": kind,
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
    }
    metadata.update(is_a)
    if points is not None:
        metadata["points"] = points
    return {"nbgrader": metadata}


def code(id: str, source: str, metadata: dict[str, Any]) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, id=id, metadata=metadata)


def given(exercise: Exercise) -> NotebookNode | None:
    """The locked cell with the code an exercise is about, if it shows any."""
    if not exercise.given:
        return None
    id = f"given_{exercise.id}"
    source = "\n\n\n".join(plain_source(function) for function in exercise.given)
    return code(id, source, nbgrader(id, "code", locked=True))


def solution(exercise: Exercise, chapter: Chapter) -> NotebookNode:
    """The cell the student writes in, with the reference between nbgrader's solution marks."""
    if exercise.kind == "value":
        source = f"# {exercise.asks}\n{BEGIN}\n{value_source(exercise, chapter)}\n{END}"
    else:
        source = function_source(exercise.reference)
    # Locked would give the student's cell back to the instructor; a practice cell is no grade.
    return code(exercise.id, source, nbgrader(exercise.id, "code", solution=True))


def check(exercise: Exercise) -> NotebookNode:
    """The check: what the student runs, and for a graded exercise the hidden tests behind it."""
    id = f"check_{exercise.id}"
    if exercise.points is None:
        return code(id, f'check("{exercise.id}")', nbgrader(id, "code", locked=True))
    metadata = nbgrader(id, "code", points=exercise.points, grade=True, locked=True)
    return code(id, HIDDEN.format(id=exercise.id), metadata)


def free_response(grade_id: str, points: int, source: str) -> NotebookNode:
    """A question answered in words and graded by hand."""
    metadata = nbgrader(grade_id, "markdown", points=points, grade=True, solution=True)
    return nbformat.v4.new_markdown_cell(source, id=grade_id, metadata=metadata)


def plain_source(function: Any) -> str:
    """A function's source without its decorators."""
    source = textwrap.dedent(inspect.getsource(function))
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    return "\n".join(source.splitlines()[node.lineno - 1 :]).rstrip()


def function_source(reference: Any) -> str:
    """Signature and docstring, then the body between the solution marks."""
    source = plain_source(reference)
    lines = source.splitlines()
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    head = (first.end_lineno if has_docstring else first.lineno - 1) or 0
    shown = _without_references(lines[:head])
    return "\n".join([*shown, f"    {BEGIN}", *lines[head:], f"    {END}"])


def _without_references(lines: list[str]) -> list[str]:
    """A function's head without the sources of its formula: a student needs the promise only."""
    titles = [i for i, line in enumerate(lines) if line.strip() == "References"]
    return [*lines[: titles[0] - 1], lines[-1]] if titles else lines


def value_source(exercise: Exercise, chapter: Chapter) -> str:
    """The reference's assignment of a value, with the comment above it.

    Where the reference is a function that makes the value, its body: what it returns is assigned.
    """
    if callable(exercise.reference):
        return _body_as_assignment(exercise)
    module = importlib.import_module(f"utils.reference.{chapter.short}")
    source = inspect.getsource(module)
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and _assigns(node, exercise.id):
            start = node.lineno - 1
            while start > 0 and lines[start - 1].startswith("#"):
                start -= 1
            return "\n".join(lines[start : node.end_lineno])
    raise LookupError(f"{module.__name__} assigns no {exercise.id}")


def _body_as_assignment(exercise: Exercise) -> str:
    source = plain_source(exercise.reference)
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    last = node.body[-1]
    assert isinstance(last, ast.Return)
    assert last.value is not None
    lines = source.splitlines()[node.body[1].lineno - 1 : last.lineno - 1]
    value = ast.get_source_segment(source, last.value)
    return textwrap.dedent("\n".join(lines)) + f"\n{exercise.id} = {value}"


def _assigns(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
