"""The transcript: exactly what a student reads, for every stub, mistake and right answer.

It is kept in step by CI, so that a change of a message is seen and read as prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from autograder.verify.exercises import Report
from utils.checking.exercise import Chapter, Exercise

HEAD = """\
# What a student reads

Made by `autograder verify --write`. For each exercise: what the check says of the untouched
stub, of a right answer, and of every known mistake; then the three hints. Review it as prose.
Numbers that come of training a model differ from machine to machine; here they are #.
"""


def transcript(chapters: tuple[Chapter, ...], reports: Iterable[Report], standing: str = "") -> str:
    """The whole text. An exercise without a report is as it stands in an earlier one."""
    by_id = {report.id: report for report in reports}
    parts = [HEAD]
    for chapter in chapters:
        parts.append(f"## {chapter.title}\n")
        for exercise in chapter.exercises:
            if exercise.id in by_id:
                parts.append(of_exercise(exercise, by_id[exercise.id]))
            else:
                parts += _standing(exercise.id, standing)
    return "\n".join(parts)


def _standing(id: str, text: str) -> list[str]:
    found = re.search(rf"(?ms)^### {id}\n.*?(?=^###? |\Z)", text)
    return [found[0].rstrip("\n") + "\n"] if found else []


def of_exercise(exercise: Exercise, report: Report) -> str:
    """All that a student can read about one exercise."""
    return "\n".join(_of_exercise(exercise, report))


def _of_exercise(exercise: Exercise, report: Report) -> Iterator[str]:
    yield f"### {exercise.id}\n"
    for title, text in report.said.items():
        yield f"{title}\n\n```text\n{text}\n```\n"
    yield "Hints\n"
    yield "\n".join(f"{i}. {hint}" for i, hint in enumerate(exercise.hints, 1)) + "\n"
