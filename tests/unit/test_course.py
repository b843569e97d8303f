"""The course itself: every exercise against its own mistakes, alternatives and mutants.

Those with Keras also through the boundary that `autograder grade` puts between judge and answer;
for the others tests/engine/test_remote.py does that.
"""

import importlib
import re
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.verify.command import TABLE, TRANSCRIPT, faults_of_texts, same_ids, verified
from autograder.verify.exercises import verify_exercise
from autograder.verify.table import reasons, row
from autograder.verify.transcript import of_exercise
from utils.exercises import chapters

COURSE = Path(__file__).parents[2]
TRANSCRIPT_TEXT = (COURSE / TRANSCRIPT).read_text(encoding="utf-8")
TABLE_TEXT = (COURSE / TABLE).read_text(encoding="utf-8")
EXERCISES = [exercise for chapter in chapters() for exercise in chapter.exercises]
# These, and those whose answers train models, take one to five minutes each.
LONG = ("double_softmax", "predict_probabilities", "train_curve_model")


def each_exercise():
    """Their ids; the longest begin."""
    longest_first = sorted(EXERCISES, key=lambda e: (not e.once, not e.slow, e.id))
    return [
        pytest.param(e.id, marks=pytest.mark.slow) if e.once or e.id in LONG else e.id
        for e in longest_first
    ]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("id", each_exercise())
def test_exercise_holds_its_promises_and_the_documentation_says_so(id):
    exercise = next(e for e in EXERCISES if e.id == id)
    report = verified([id])[0] if exercise.slow else verify_exercise(exercise)
    assert report.problems == []
    assert report.recognised == report.mistakes >= 6
    assert report.accepted == report.alternatives >= 1
    assert report.killed + len(report.equivalent) == report.mutants > 0
    cure = "out of step: run `autograder verify --write` and read what changed in"
    assert row(report) in TABLE_TEXT.splitlines(), f"{cure} {TABLE}"
    assert reasons(report) in TABLE_TEXT, f"{cure} {TABLE}"
    said = of_exercise(exercise, report)
    assert f"\n{said}" in TRANSCRIPT_TEXT, f"{cure} {TRANSCRIPT}"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_what_a_module_draws_is_asked(exercise):
    package = exercise.chapter.split("_", 1)[1]
    module = importlib.import_module(f"utils.exercises.{package}.{exercise.id}")
    assert exercise.draw is not None or not hasattr(module, "draw")


def test_the_documentation_has_each_exercise_once_and_in_order():
    assert re.findall(r"(?m)^### (.*)", TRANSCRIPT_TEXT) == [e.id for e in EXERCISES]
    assert re.findall(r"(?m)^\| `(.*?)`", TABLE_TEXT) == [e.id for e in EXERCISES]


def test_every_exercise_has_its_cells_and_every_cell_its_exercise():
    assert faults_of_texts(COURSE) == []
    assert same_ids() == []


def test_verify_lists_what_is_off_and_exits_1(tmp_path, capsys):
    assert main(["verify", "--course", str(tmp_path), "dense"]) == 0
    assert capsys.readouterr().out.startswith("dense ")
    assert main(["verify", "--course", str(COURSE), "no_such_exercise"]) == 2
