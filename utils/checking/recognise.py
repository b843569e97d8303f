"""Tells whether a wrong answer is one of the known mistakes.

A known mistake is run on the very same cases. It is recognised when it goes wrong on the same
ones, in the same stage, with the same numbers: over all cases together, since on a single row
"summed over the whole batch" is right.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from utils.checking.exercise import Exercise, Mistake
from utils.checking.judge import Findings, Trial, attempt, question
from utils.checking.keras_models import Record, Trained
from utils.checking.plain import Opaque
from utils.checking.port import LocalPort, Outcome
from utils.checking.results import ATOL, Fault


def mistake(exercise: Exercise, findings: Findings) -> Mistake | None:
    """The first known mistake that explains the findings."""
    for known in exercise.mistakes:
        if known.fault is not None:
            if findings.fault is not None and findings.fault.id == known.fault:
                return known
        elif any(_explains(exercise, answer, findings) for answer in known.answers):
            return known
    return None


def mistake_in_value(exercise: Exercise, value: Any, fault: Fault) -> Mistake | None:
    """The first known mistake that this value makes."""
    for known in exercise.mistakes:
        if known.fault == fault.id or (known.when and _holds(known, value)):
            return known
    return None


def _holds(known: Mistake, value: Any) -> bool:
    assert known.when is not None
    try:
        return bool(known.when(value))
    except (
        TypeError,
        ValueError,
        IndexError,
        OverflowError,
    ):  # not even of the kind that `when` looks at
        return False


def _explains(exercise: Exercise, answer: Any, findings: Findings) -> bool:
    pairs = []
    atol = getattr(exercise.returns, "atol", None)
    atol = ATOL if atol is None else min(ATOL, atol)
    for ours in sorted(findings.trials, key=lambda trial: trial.fault is None):  # faults tell most
        theirs = _tried_on(exercise, answer, ours)
        if not _same_fault(ours, theirs, atol):
            return False
        pairs.append((ours.outcome, theirs.outcome))
    if any(trial.fault and trial.fault.stage != "run" for trial in findings.trials):
        return True
    # answers that only ever stop with an exception are told apart by what it says
    return all(_exception(ours) == _exception(theirs) for ours, theirs in pairs)


def _tried_on(exercise: Exercise, answer: Any, ours: Trial) -> Trial:
    """The known wrong answer on the case of a trial."""
    theirs = _known(exercise, answer, ours)
    if theirs.fault is None and ours.fault is not None and ours.fault.id == "remembers":
        return question(exercise, LocalPort(answer), [(ours.case, ours.hidden)]).trials[-1]
    return theirs


def _known(exercise: Exercise, answer: Any, ours: Trial) -> Trial:
    """The same, remembered: a case that is written out is put to a known mistake only once."""
    key = id(ours.case), id(answer)
    if key in exercise.tried:
        return exercise.tried[key]
    theirs = attempt(exercise, LocalPort(answer), ours.case, ours.hidden, ours.expected)
    if exercise.writes(ours.case) and not theirs.outcome.timed_out:
        exercise.tried[key] = theirs
    return theirs


def _same_fault(ours: Trial, theirs: Trial, atol: float) -> bool:
    if ours.fault is None or theirs.fault is None:
        return ours.fault is theirs.fault
    if ours.fault.stage != theirs.fault.stage:
        return False
    if ours.fault.stage == "run":
        return (ours.fault.id == "timeout") == (theirs.fault.id == "timeout")
    if ours.fault.id != theirs.fault.id:
        return False
    if ours.fault.stage == "arguments" and ours.fault.says != theirs.fault.says:
        return False  # another argument
    if ours.fault.evidence is not None:  # a model's outputs stand for the model
        return alike(ours.fault.evidence, theirs.fault.evidence)
    return alike(ours.outcome.value, theirs.outcome.value, atol)


def _exception(outcome: Outcome) -> tuple[str, str]:
    """Its kind and its words, whatever the numbers in them."""
    if outcome.failure is None:
        return "", ""
    return outcome.failure.name, re.sub(r"_?\d+", "", outcome.failure.message)


def alike(a: Any, b: Any, atol: float = ATOL) -> bool:
    """Whether two plain values are the same but for rounding."""
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(alike(x, y, atol) for x, y in zip(a, b, strict=True))
    if isinstance(a, (Record, Trained)) and type(a) is type(b):
        return True  # two trainings never give the same weights; the faults tell
    if isinstance(a, (str, Opaque, Record, Trained, type(None))) or isinstance(
        b, (str, Opaque, Record, Trained, type(None))
    ):
        return not isinstance(a, np.ndarray) and not isinstance(b, np.ndarray) and bool(a == b)
    try:
        x, y = np.asarray(a), np.asarray(b)
        if x.dtype.kind not in "biuf" or y.dtype.kind not in "biuf":
            return bool(np.array_equal(x, y))
        if x.shape != y.shape or not (np.isfinite(x) == np.isfinite(y)).all():
            return False
        scale = max(1.0, float(np.abs(y[np.isfinite(y)].astype(float)).max(initial=0)))
        return bool(np.allclose(x, y, rtol=1e-6, atol=atol * scale, equal_nan=True))
    except (TypeError, ValueError):  # shapes that make no array
        return False
