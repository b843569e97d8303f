"""Puts the engine into nbgrader's place, where the system gives a wall."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.engine import wall
from autograder.engine.inside import Zygote
from autograder.engine.wall import NoWall

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.engine.grading import Grader

CELL_SECONDS = 30.0  # nbgrader's own default
BLOCKS = (
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "sudo sysctl kernel.unprivileged_userns_clone=1",
    ),
)


def why_there_is_no_wall() -> str:
    """Why submissions can't be walled off here; empty when they can. It is tried out."""
    if not wall.exists():
        return "that takes Linux"
    try:
        zygote = Zygote()
        try:
            zygote.child().close()
        finally:
            zygote.close()
    except (NoWall, OSError) as error:
        return str(error)
    return ""


def cure() -> list[str]:
    """What would allow the wall, where that can be told."""
    return [
        f"{file} is {blocks}. This allows it until the next start: {command}"
        for file, blocks, command in BLOCKS
        if Path(file).is_file() and Path(file).read_text().strip() == blocks
    ]


def behind_the_wall(course: Course) -> None:
    """Let this course's autograde run cells behind the wall instead of in a kernel."""
    from nbgrader.converters import Autograde
    from nbgrader.preprocessors import Execute

    from autograder.engine.grading import walled

    seconds = float(course.config.Execute.get("timeout", CELL_SECONDS) or CELL_SECONDS)
    mine = walled(_grader(course.root, course.folder("source"), seconds))
    steps = course.config.Autograde.get("autograde_preprocessors")
    steps = steps or Autograde.autograde_preprocessors.default_args[0]
    course.config.Autograde.autograde_preprocessors = [
        mine if step is Execute or str(step).endswith(".Execute") else step for step in steps
    ]


@functools.cache
def _grader(root: Path, source: Path, seconds: float) -> Grader:
    """One for this process: its zygotes end with it."""
    from autograder.engine.grading import Grader

    return Grader(root, source, seconds)
