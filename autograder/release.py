"""`autograder release`: nbgrader's generate_assignment, for each chapter that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course import LOG, Course, reason
from autograder.say import Progress, say


def release(course: Course, chapters: Sequence[str]) -> int:
    """Make the student versions. 0 done, 1 some could not be made, 2 there is none to make."""
    if not chapters:
        say(f"There is no notebook in {course.folder('source')}. Run: autograder build")
        return 2
    failed = 0
    with Progress("release", "chapter") as progress:
        outcomes = []
        for number, chapter in enumerate(chapters, start=1):
            progress(number, len(chapters))
            outcomes.append((chapter, course.api.generate_assignment(chapter, force=True)))
    for chapter, outcome in outcomes:
        if outcome["success"]:
            print(f"{chapter}: released to {course.folder('release').name}/{chapter}/")
        else:
            failed += 1
            print(f"{chapter}: not released ({reason(outcome)}). More in {LOG}.")
    return 1 if failed else 0
