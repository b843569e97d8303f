"""`autograder verify`: exit 1 and a readable list when anything about the exercises is off."""

from __future__ import annotations

import dataclasses
import json
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from autograder.build.assemble import assemble
from autograder.build.text import Faults, read
from autograder.say import Progress, say
from autograder.verify.exercises import Report, verify_exercise
from autograder.verify.table import table
from autograder.verify.transcript import transcript
from utils.exercises import UnknownExercise, chapters, find

TRANSCRIPT = Path("docs/transcript.md")
TABLE = Path("docs/checks.md")


def verify(course: Path, ids: list[str], *, write: bool = False, as_json: bool = False) -> int:
    """Verify exercises, and with all of them whether the two pages made from them are in step.

    Parameters
    ----------
    course : path
        Where docs/ is.
    ids : list of str
        The exercises; none means all.
    write : bool
        Write the pages anew; of exercises that are not chosen they keep what stands there.
    as_json : bool
        Print one JSON object an exercise instead of a list.

    Returns
    -------
    int
        0 when all is well, else 1.
    """
    try:
        chosen = [find(id) for id in ids]
    except UnknownExercise as error:
        say(f"autograder: {error}")
        return 2
    exercises = chosen or [e for c in chapters() for e in c.exercises]
    reports = verified([exercise.id for exercise in exercises])
    problems = [f"{report.id}: {problem}" for report in reports for problem in report.problems]
    if not ids:
        problems += [*same_ids(), *faults_of_texts(course)]
    if write or not ids:
        for path, text in pages(reports, course).items():
            problems += _page(course / path, text, write)
    _print(reports, problems, as_json)
    return 1 if problems else 0


def verified(ids: list[str]) -> list[Report]:
    """Verify exercises, as many at once as there are cores, each in a process of its own.

    One that has built hundreds of models needs several times as long for the next.
    """
    done: list[Report] = []
    workers = min(len(ids), os.cpu_count() or 1)
    with (
        Progress("verify", "exercise") as progress,
        ProcessPoolExecutor(workers, get_context("spawn"), max_tasks_per_child=1) as pool,
    ):
        for number, report in enumerate(pool.map(_verified, ids), 1):
            progress(number, len(ids))
            done.append(report)
    return done


def _verified(id: str) -> Report:
    return verify_exercise(find(id))


def pages(reports: list[Report], course: Path) -> dict[Path, str]:
    """The pages of the documentation that are made from the exercises."""
    ids = [exercise.id for chapter in chapters() for exercise in chapter.exercises]
    return {
        TRANSCRIPT: transcript(chapters(), reports, _text(course / TRANSCRIPT)),
        TABLE: table(ids, reports, _text(course / TABLE)),
    }


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def same_ids() -> list[str]:
    """Exercises that share an id."""
    count = Counter(e.id for c in chapters() for e in c.exercises)
    return [f"two exercises are called {id}" for id, n in count.items() if n > 1]


def faults_of_texts(course: Path) -> list[str]:
    """What is wrong with the chapters' texts: a cell without its exercise, and the like."""
    found = []
    for chapter in chapters():
        try:
            assemble(read(course / "chapters" / f"{chapter.name}.md"), chapter)
        except Faults as faults:
            found += [str(fault) for fault in faults.faults]
        except OSError as error:
            found.append(f"{chapter.name}: its text can't be read: {error}")
    return found


def _page(path: Path, text: str, write: bool) -> list[str]:
    if write:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return []
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return []
    return [f"{path.name} is out of step: run `autograder verify --write` and read the difference"]


def _print(reports: list[Report], problems: list[str], as_json: bool) -> None:
    if as_json:
        for report in reports:
            facts = dataclasses.asdict(report)
            del facts["said"]  # that is the transcript
            print(json.dumps(facts))
        return
    width = max((len(report.id) for report in reports), default=0) + 2
    for report in reports:
        print(
            f"{report.id:<{width}}{report.recognised} of {report.mistakes} mistakes, "
            f"{report.accepted} of {report.alternatives} alternatives, "
            f"{report.killed} of {report.mutants} mutants ({report.killed_at_once} at once)"
        )
    for problem in problems:
        print(f"\n{problem}")
    say(f"verify: {len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}")
