"""Whether there is a wall here, and what else has to be known before a class is graded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.engine import wall
from autograder.engine.inside import Zygote
from autograder.engine.wall import NoWall
from utils.exercises import chapters

if TYPE_CHECKING:
    from autograder.course import Course

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


def cell_seconds(course: Course) -> float:
    """How long a cell may run, as nbgrader is set."""
    return float(course.config.Execute.get("timeout", CELL_SECONDS) or CELL_SECONDS)


def with_keras(chapter: str) -> bool:
    """Whether a chapter's exercises build models; another course's does not, that is known."""
    known = next((c for c in chapters() if c.name == chapter), None)
    return known is not None and any(exercise.slow for exercise in known.exercises)
