"""What nbgrader would release, made in this process: its own preprocessors, no gradebook.

`nbgrader generate_assignment` takes ten times as long and wants a database. A test holds the two
equal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode


def student_version(source: Path) -> NotebookNode:
    """The student's copy of an instructor's notebook."""
    from nbgrader.preprocessors import (
        CheckCellMetadata,
        ClearHiddenTests,
        ClearMarkScheme,
        ClearOutput,
        ClearSolutions,
        ComputeChecksums,
        LockCells,
    )

    steps = [
        LockCells,
        ClearSolutions,
        ClearOutput,
        CheckCellMetadata,
        ClearHiddenTests,
        ClearMarkScheme,
        ComputeChecksums,
    ]
    notebook = nbformat.read(source, as_version=4)
    resources: dict[str, Any] = {"nbgrader": {}, "metadata": {}}
    for step in steps:
        notebook, resources = step().preprocess(notebook, resources)
    return notebook
