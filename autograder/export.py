"""`autograder export`: the gradebook as a CSV file, by nbgrader's own exporter."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course
from autograder.say import say


def export(course: Course, to: Path) -> int:
    """Write the marks. 0 done, 2 when there is nothing to write."""
    from nbgrader.plugins import CsvExportPlugin

    with course.gradebook() as gradebook:
        if not gradebook.assignments:
            say("The gradebook is empty. Run: autograder grade")
            return 2
        plugin = CsvExportPlugin(config=course.config)
        plugin.to = str(to)
        plugin.export(gradebook)
    print(f"Marks written to {to}")
    return 0
