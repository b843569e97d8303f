"""The course itself: every exercise against its own mistakes, alternatives and mutants."""

import importlib
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.verify.command import faults_of_texts, pages, same_ids
from autograder.verify.exercises import verify_exercise
from utils.exercises import COMING, chapters

COURSE = Path(__file__).parents[2]
EXERCISES = [exercise for chapter in chapters() for exercise in chapter.exercises]


def coming():
    """The exercises of chapters to come that build no models."""
    packages = [importlib.import_module(f"utils.exercises.{name}") for name in COMING]
    every = [exercise for package in packages for exercise in package.CHAPTER.exercises]
    return [exercise for exercise in every if not exercise.slow]


@pytest.mark.slow
@pytest.mark.parametrize("exercise", coming(), ids=lambda exercise: exercise.id)
def test_an_exercise_to_come_holds_its_promises(exercise):
    report = verify_exercise(exercise)
    assert report.problems == []
    assert report.recognised == report.mistakes >= 6


@pytest.fixture(scope="session")
def reports():
    """One report an exercise, made when first asked for."""

    class Reports(dict):
        def __missing__(self, id):
            self[id] = verify_exercise(next(e for e in EXERCISES if e.id == id))
            return self[id]

    return Reports()


def each_exercise():
    """Their ids; those whose answers build or train models take minutes."""
    return [pytest.param(e.id, marks=pytest.mark.slow) if e.slow else e.id for e in EXERCISES]


@pytest.mark.parametrize("id", each_exercise())
def test_exercise_holds_its_promises(id, reports):
    report = reports[id]
    assert report.problems == []
    assert report.recognised == report.mistakes >= 6
    assert report.accepted == report.alternatives >= 1
    assert report.killed + len(report.equivalent) == report.mutants > 0


@pytest.mark.slow
def test_the_transcript_and_the_table_are_in_step(reports):
    for path, text in pages([reports[e.id] for e in EXERCISES]).items():
        stored = (COURSE / path).read_text(encoding="utf-8")
        assert stored == text, f"run `autograder verify --write` and read what changed in {path}"


def test_every_exercise_has_its_cells_and_every_cell_its_exercise():
    assert faults_of_texts(COURSE) == []
    assert same_ids() == []


def test_verify_lists_what_is_off_and_exits_1(tmp_path, capsys):
    assert main(["verify", "--course", str(tmp_path), "dense"]) == 0
    assert capsys.readouterr().out.startswith("dense ")
    assert main(["verify", "--course", str(COURSE), "no_such_exercise"]) == 2
