"""Behind the wall: a wall that holds."""

import json
import subprocess
import sys

import pytest

from autograder.engine import doctor as module
from autograder.engine.setup import why_there_is_no_wall

WALL = why_there_is_no_wall()

pytestmark = [
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
        "there is no memory but that of processes and files",
    ],
)
def test_without_the_wall_the_probe_gets_through(promise):
    probe = next(p for p in module.PROBES if p.name == promise)
    with module._bait() as bait:
        outcome = subprocess.run(
            [sys.executable, "-c", probe.cell(bait)], capture_output=True, text=True, check=True
        )
    assert outcome.stdout.strip() != module.HELD
