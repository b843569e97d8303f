"""Make the sample class: an nbgrader course directory, `examples/class/`, from `class.toml`.

The submissions are the released notebooks with answers put in, whose sources stand in
`utils/exercises`: the reference, the alternatives and the known mistakes.
"""

from __future__ import annotations

import builtins
import inspect
import re
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import nbformat

from autograder.build.cells import BEGIN, END, plain_source, solution
from autograder.desk.student_version import student_version
from autograder.say import Unusable
from utils.checking.exercise import Chapter, Exercise
from utils.exercises import chapters, find

HERE = Path(__file__).resolve().parent
NOTEBOOKS = HERE.parent / "notebooks"
CLASS = HERE / "class"
CONFIGURATION = """\
\"\"\"The sample class: nbgrader's defaults, and little patience with a loop that never ends.\"\"\"

c = get_config()  # noqa: F821  nbgrader provides it
c.Execute.timeout = 60
c.Execute.extra_arguments = ["--InteractiveShellApp.ignore_cwd=True"]
"""


def main() -> int:
    students = tomllib.loads((HERE / "class.toml").read_text(encoding="utf-8"))["student"]
    try:
        written = build(students, CLASS, NOTEBOOKS)
    except Unusable as error:
        print(f"examples/class.toml: {error}", file=sys.stderr)
        return 2
    print(f"examples/class: {written} submissions of {len(students)} students", file=sys.stderr)
    return 0


def build(students: list[dict[str, Any]], to: Path, notebooks: Path) -> int:
    """Write the course directory anew; returns how many submissions it holds."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(notebooks, to / "source", ignore=shutil.ignore_patterns(".*"))
    (to / "nbgrader_config.py").write_text(CONFIGURATION, encoding="utf-8")
    written = 0
    for chapter in chapters():
        for student in students:
            if hands_in(student, chapter):
                hand_in(student, chapter, to)
                written += 1
    return written


def hands_in(student: dict[str, Any], chapter: Chapter) -> bool:
    """Whether a student hands in a chapter."""
    return chapter.name in student.get("chapters", [chapter.name])


def hand_in(student: dict[str, Any], chapter: Chapter, to: Path) -> None:
    """Write one student's notebook of one chapter into submitted/."""
    notebook = student_version(to / "source" / chapter.name / f"{chapter.short}.ipynb")
    answers = {e.id: source for e in chapter.exercises if (source := answer(student, e))}
    cells = []
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        id = settings.get("grade_id", "")
        if id in student.get("before", {}):
            cells.append(nbformat.v4.new_code_cell(student["before"][id].strip()))
        if settings.get("solution") and cell.cell_type == "markdown" and "words" in student:
            cell.source = cell.source.replace("YOUR ANSWER HERE", student["words"])
        elif settings.get("solution") and id in answers:
            cell.source = answers[id]
        cells.append(cell)
    notebook.cells = cells
    text = nbformat.writes(notebook)
    folder = to / "submitted" / student["name"] / chapter.name
    folder.mkdir(parents=True)
    file = folder / student.get("file_name", f"{chapter.short}.ipynb")
    file.write_text(text[: len(text) // 2] if student.get("broken") else text, encoding="utf-8")


def answer(student: dict[str, Any], exercise: Exercise) -> str | None:
    """The source of a student's answer; None leaves the stub as it is."""
    if exercise.id in student.get("cells", {}):
        return str(student["cells"][exercise.id]).strip()
    if exercise.id in student.get("mistakes", {}):
        return source_of(known_mistake(exercise, student["mistakes"][exercise.id]), exercise)
    if student["answers"] == "nothing":
        return None
    if student["answers"] == "alternatives":
        usable = [a for a in exercise.alternatives if stands_alone(a, exercise)]
        if usable:
            return source_of(usable[student["pick"] % len(usable)], exercise)
    return reference_source(exercise)


def known_mistake(exercise: Exercise, id: str) -> Any:
    """A runnable wrong answer with this mistake."""
    for mistake in exercise.mistakes:
        if mistake.id == id:
            usable = [a for a in mistake.answers if stands_alone(a, exercise)]
            if usable:
                return usable[0]
            raise Unusable(f"no answer with '{id}' of {exercise.id} stands alone in a notebook")
    known = ", ".join(mistake.id for mistake in exercise.mistakes)
    raise Unusable(f"{exercise.id} has no known mistake '{id}'. It has: {known}.")


def source_of(function: Any, exercise: Exercise) -> str:
    """A function of `utils/exercises` as the student's cell."""
    source, name = plain_source(function), function.__name__
    if exercise.kind == "value":
        given = ", ".join(inspect.signature(function).parameters)  # names of the notebook's
        return f"{source}\n\n\n{exercise.id} = {name}({given})"
    return re.sub(rf"\b{name}\b", exercise.id, source)


def reference_source(exercise: Exercise) -> str:
    """The reference without nbgrader's marks."""
    chapter = next(c for c in chapters() if c.name == exercise.chapter)
    lines = solution(exercise, chapter).source.splitlines()
    return "\n".join(line for line in lines if line.strip() not in (BEGIN, END))


def stands_alone(answer: Any, exercise: Exercise) -> bool:
    """Whether a function's source works in a notebook: NumPy, and answers given before it."""
    if not inspect.isfunction(answer) or answer.__name__ == "<lambda>" or answer.__closure__:
        return False
    earlier = _earlier(exercise)
    return all(
        name in earlier or name == "np" or hasattr(builtins, name) or name == answer.__name__
        for name in _globals_of(answer)
    )


def _globals_of(function: Any) -> set[str]:
    """The names a function takes from its module."""
    return {name for name in function.__code__.co_names if name in function.__globals__}


def _earlier(exercise: Exercise) -> set[str]:
    """The functions a student has already written when they come to an exercise."""
    chapter = next(c for c in chapters() if c.name == find(exercise.id).chapter)
    ids = [e.id for e in chapter.exercises]
    return set(ids[: ids.index(exercise.id)])


if __name__ == "__main__":
    sys.exit(main())
