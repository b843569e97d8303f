"""`autograder report`: marks by student and chapter, the class's mistakes, what needs a person."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.course import LOG, Course
from autograder.intake import Submission, submissions
from autograder.record import CRASHED, GRADED, REJECTED, Graded, graded, is_graded, is_recorded
from autograder.say import say

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 100  # of what goes to a file or a pipe, unless the marks need more


def report(course: Course, *, as_json: bool = False) -> int:
    """Print the tables again. 0, 1 with problems in submissions, 2 when nothing is graded."""
    results = []
    for submission in submissions(course, course.sources()):
        result = _result(course, submission)
        if result is not None:
            results.append(result)
    if not results:
        say("Nothing is graded yet. Run: autograder grade")
        return 2
    if as_json:
        for result in results:
            show_json(result)
    else:
        show(results)
    return 0 if all(result.is_fine for result in results) else 1


def _result(course: Course, submission: Submission) -> Graded | None:
    """What the gradebook holds, None for a submission that has not been graded."""
    if submission.problem:
        return Graded(submission.student, submission.chapter, REJECTED, note=submission.problem)
    if is_graded(course, submission):
        return graded(course, submission)
    if is_recorded(course, submission):
        note = f"it was begun, but nbgrader came to no result. More in {LOG}."
        return Graded(submission.student, submission.chapter, CRASHED, note=note)
    return None


def show_json(result: Graded) -> None:
    """Print a result as a JSON object, in a line."""
    text = json.dumps(result.as_dict(), ensure_ascii=False)
    # half a letter, as in a file name of another encoding, as JSON writes it: \udcff
    print(text.encode("utf-8", "backslashreplace").decode(), flush=True)


def in_a_line(result: Graded) -> str:
    """A result for who watches: student, chapter, mark, and how long it took."""
    took = f", {result.seconds:g} s" if result.seconds is not None else ""
    return visible(f"{result.student}, {result.chapter}: {_mark(result)}{took}")


def visible(text: str) -> str:
    """Text of whoever handed in, without the signs that a terminal would obey."""
    letters = (
        c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text
    )
    return "".join(letters)


def show(results: Sequence[Graded]) -> None:
    """Print results as tables."""
    from rich.console import Console

    console = Console(highlight=False)
    table = marks(results)
    whole = Console(width=10 * WIDTH).measure(table).maximum
    if not console.is_terminal:
        console = Console(highlight=False, width=max(WIDTH, whole))
    elif console.width < whole:
        table = marks(results, short=True)
    console.print(table)
    if any(verdict.mistake for result in results for verdict in result.exercises.values()):
        console.print(mistakes(results))
    for line in _summary(results):
        console.print(line, markup=False, soft_wrap=True)


def marks(results: Sequence[Graded], short: bool = False) -> Table:
    """Student by chapter; for a narrow terminal with the chapters' numbers only."""
    from rich.markup import escape

    table = _table("Marks")
    chapters = sorted({result.chapter for result in results if result.max_score is not None})
    table.add_column("student")
    for chapter in chapters:
        table.add_column(chapter.split("_")[0] if short else chapter, justify="right")
    table.add_column("by hand", justify="right")
    by_student: dict[str, dict[str, Graded]] = defaultdict(dict)
    for result in results:
        by_student[result.student][result.chapter] = result
    for student, theirs in sorted(by_student.items()):
        waiting = sum(result.by_hand for result in theirs.values())
        cells = [_mark(theirs.get(chapter)) for chapter in chapters]
        table.add_row(escape(visible(student)), *cells, f"{waiting:g}" if waiting else "")
    return table


def _mark(result: Graded | None) -> str:
    if result is None:
        return "–"
    if result.score is None:
        return "not graded"
    mark = f"{result.score:g}/{result.max_score:g}"
    return mark if result.status == GRADED else f"{result.status}  {mark}"


def mistakes(results: Sequence[Graded]) -> Table:
    """The mistakes recognised in the class, in the chapters' order, the most frequent first."""
    table = _table("Mistakes recognised")
    table.add_column("exercise")
    table.add_column("mistake")
    table.add_column("students", justify="right")
    table.add_column("what they are told", overflow="fold")
    who: dict[tuple[str, str], set[str]] = defaultdict(set)
    for result in results:
        for id, verdict in result.exercises.items():
            if verdict.mistake:
                who[id, verdict.mistake].add(result.student)
    in_order = sorted(results, key=lambda result: result.chapter)
    order = list(dict.fromkeys(id for result in in_order for id in result.exercises))
    for (id, mistake), students in sorted(
        who.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]), item[0][1])
    ):
        table.add_row(id, mistake, str(len(students)), _what_it_says(id, mistake))
    return table


def _what_it_says(id: str, mistake: str) -> str:
    from utils.exercises import UnknownExercise, find

    try:
        known = find(id).mistakes
    except UnknownExercise:  # another course's exercise
        return ""
    return next((m.says for m in known if m.id == mistake), "")


def _summary(results: Sequence[Graded]) -> list[str]:
    done = sum(result.score is not None for result in results)
    lines = [f"{done} of {len(results)} submissions marked."]
    waiting = sum(result.by_hand > 0 for result in results)
    if waiting:
        verb = "has" if waiting == 1 else "have"
        lines.append(f"{waiting} {verb} answers to grade by hand, in nbgrader's formgrader.")
    problems = [result for result in results if not result.is_fine]
    if problems:
        lines += ["", "To look at:"]
        about = [f"{r.student}, {r.chapter} ({r.status}): {r.note}" for r in problems]
        lines += [f"  {visible(line)}" for line in about]
    return lines


def _table(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
