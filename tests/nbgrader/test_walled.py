"""Behind the wall: the same grades as stock nbgrader for honest work, and a wall that holds."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from autograder.engine import doctor as module
from autograder.engine.setup import why_there_is_no_wall

COURSE = Path(__file__).parents[2]
WALL = why_there_is_no_wall()
CHAPTERS = ["01_forward_prop", "02_activations"]

pytestmark = [
    pytest.mark.xdist_group("walled"),
    pytest.mark.skipif(bool(WALL), reason=f"there is no wall here: {WALL}"),
]


def test_the_doctor_finds_nothing_that_gets_through(capsys):
    assert module.doctor(as_json=True) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(found) == len(module.PROBES) + 1
    assert all(promise["holds"] for promise in found), found


@pytest.mark.parametrize(
    "promise",
    [
        "the instructor's files are out of sight",
        "references and hidden cases are out of sight",
        "other processes are out of sight",
        "other processes can't be ended",
        "this computer's servers can't be reached",
    ],
)
def test_without_the_wall_the_probe_gets_through(promise):
    probe = next(p for p in module.PROBES if p.name == promise)
    with module._bait() as bait:
        outcome = subprocess.run(
            [sys.executable, "-c", probe.cell(bait)], capture_output=True, text=True, check=True
        )
    assert outcome.stdout.strip() != module.HELD


@pytest.mark.slow
def test_grades_are_those_of_stock_nbgrader(builder, tmp_path):
    students = tomllib.loads((COURSE / "examples" / "class.toml").read_text("utf-8"))["student"]
    graded = {}
    for how in ([], ["--no-sandbox"]):
        course = tmp_path / ("stock" if how else "walled")
        builder.build(students, course, COURSE / "notebooks")
        command = [sys.executable, "-m", "autograder.cli", "grade", *CHAPTERS, "--json", *how]
        outcome = subprocess.run(
            [*command, "--course", str(course)], capture_output=True, text=True
        )
        assert outcome.returncode == 1, outcome.stderr
        results = [json.loads(line) for line in outcome.stdout.splitlines()]
        graded[len(how)] = {(r["student"], r["chapter"]): essence(r) for r in results}
    assert len(graded[0]) == 17
    assert graded[0] == graded[1]


def essence(result):
    """What must be the same: not the seconds, nor the words of a kernel's traceback."""
    exercises = {
        id: (found["score"], found["max_score"], found["verdict"], found["mistake"])
        for id, found in result["exercises"].items()
    }
    return result["status"], result["score"], result["max_score"], exercises
