"""What happened since the notebook was started: hints given, and the last verdict of each check."""

from __future__ import annotations

from utils.checking.verdict import RIGHT, Result


class Session:
    """A memory for one kernel."""

    def __init__(self) -> None:
        self._hints: dict[str, int] = {}
        self._verdicts: dict[str, str] = {}

    def next_hint(self, id: str) -> int:
        """The index of the next hint; the last one again and again."""
        number = self._hints.get(id, 0)
        self._hints[id] = min(number + 1, 2)
        return number

    def record(self, result: Result) -> None:
        """Keep the last verdict of an exercise."""
        self._verdicts[result.exercise] = result.verdict

    def table(self, chapter_name: str | None) -> str:
        """A line an exercise, for a chapter or for every chapter that has been begun."""
        from utils.exercises import chapters

        shown = [c for c in chapters() if c.name == chapter_name]
        if not shown:
            shown = [c for c in chapters() if any(e.id in self._verdicts for e in c.exercises)]
        if not shown:
            return "No exercise has been checked since this notebook was started."
        lines = []
        for chapter in shown:
            width = max(len(e.id) for e in chapter.exercises) + 2
            lines.append(f"{chapter.title}")
            for e in chapter.exercises:
                verdict = self._verdicts.get(e.id, "not checked yet")
                lines.append(f"  {e.id:<{width}}{verdict:<18}{_worth(e.points)}")
            earned = [e.points or 0 for e in chapter.exercises if self._verdicts.get(e.id) == RIGHT]
            total = sum(e.points or 0 for e in chapter.exercises)
            lines.append(f"  {sum(earned)} of {total} points, by your own checks")
        return "\n".join(lines)


def _worth(points: int | None) -> str:
    if points is None:
        return "practice"
    return f"{points} point{'s' if points != 1 else ''}"
