"""Run an assembled notebook and tidy what came out, so that the next build gives the same bytes."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.build.assemble import Assembled
from autograder.build.text import Fault, Faults

SECONDS_A_CELL = 120
ENVIRONMENT = {
    # Sums in another order round otherwise: one thread, and sets in one order.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
# Without these the kernel's own notes land in the notebook, and files beside it can be imported.
KERNEL_ARGUMENTS = ["--log-level=ERROR", "--InteractiveShellApp.ignore_cwd=True"]
TIMING = re.compile(r"^time:.*$", flags=re.MULTILINE)


def run(assembled: Assembled, tell: Callable[[int, int], None] = lambda n, of: None) -> None:
    """Execute the notebook in place. Raises `Faults` at the first cell that goes wrong."""
    notebook = assembled.notebook
    with tempfile.TemporaryDirectory() as scratch:
        # `progress` knows the chapter by its folder.
        folder = Path(scratch) / assembled.name
        folder.mkdir()
        client = NotebookClient(
            notebook,
            timeout=SECONDS_A_CELL,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            record_timing=False,
            coalesce_streams=True,
            extra_arguments=KERNEL_ARGUMENTS,
        )
        with client.setup_kernel(env={**os.environ, **ENVIRONMENT}, stderr=None):
            for index, cell in enumerate(notebook.cells):
                tell(index + 1, len(notebook.cells))
                _run_cell(client, cell, index, assembled.places[index])
    faults = [
        Fault(place, says)
        for cell, place in zip(notebook.cells, assembled.places, strict=True)
        for says in faults_of_outputs(cell)
    ]
    if faults:
        raise Faults(faults)


def _run_cell(client: NotebookClient, cell: NotebookNode, index: int, place: str) -> None:
    try:
        client.execute_cell(cell, index)
    except CellTimeoutError:
        says = f"cell '{cell.id}' has not ended after {SECONDS_A_CELL} s"
    except DeadKernelError:
        says = f"the kernel died while cell '{cell.id}' ran"
    except CellExecutionError as error:
        says = f"cell '{cell.id}' raised {error.ename}: {error.evalue}"
    else:
        cell.metadata.pop("execution", None)
        return
    raise Faults([Fault(place, says)])


def faults_of_outputs(cell: NotebookNode) -> list[str]:
    """What an author has to put right in what a cell shows."""
    outputs = cell.get("outputs", [])
    images = [o for o in outputs if "image/png" in o.get("data", {})]
    alt = cell.metadata.get("alt")
    found = []
    if any(o.output_type == "stream" and o.name == "stderr" for o in outputs):
        noise = "".join(o.text for o in outputs if o.get("name") == "stderr")
        found.append(
            f"the cell writes to stderr, which nbgrader counts as a failure: {noise[:200]}"
        )
    if images and not alt:
        found.append('a figure without alt text; add :alt: "what it shows" to the cell')
    if alt and not images:
        found.append("the cell has :alt: but shows no figure")
    if images and alt and any(o.metadata.get("image/png", {}).get("alt") != alt for o in images):
        found.append("the figure is not shown with utils.plotting.display.show, so its alt is lost")
    if images and any(o.output_type == "execute_result" for o in outputs):
        found.append("a figure cell ends with a value; end it with a call that returns None")
    return found


def keep_timings(new: NotebookNode, old: NotebookNode | None) -> None:
    """Where only measured times (lines that begin with 'time:') changed, keep the old output."""
    before = {cell.id: cell for cell in old.cells if "id" in cell} if old else {}
    for cell in new.cells:
        if cell.cell_type == "code" and cell.id in before:
            outputs = before[cell.id].get("outputs", [])
            if _without_timings(outputs) == _without_timings(cell.outputs):
                cell.outputs = outputs


def _without_timings(outputs: list[NotebookNode]) -> list[dict]:
    return [
        {**output, "text": TIMING.sub("time:", output.text)} if "text" in output else {**output}
        for output in outputs
    ]
