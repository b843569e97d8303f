"""What a student calls: check, evaluate, hint, progress."""

from __future__ import annotations

import sys
from typing import Any

from utils.checking import feedback, notebook, recognise, running
from utils.checking.breaking import Rejected
from utils.checking.exercise import Exercise
from utils.checking.judge import cases_of, question
from utils.checking.port import LocalPort, Port
from utils.checking.quiet import silence
from utils.checking.results import Fault, Unjudgeable
from utils.checking.session import Session
from utils.checking.stub import is_stub, same_code
from utils.checking.verdict import NOT_ATTEMPTED, RIGHT, UNJUDGED, WRONG, Result

_MISSING = object()
_session = Session()  # what happened since this kernel started: hints given, checks passed


def check(id: str, answer: Any = _MISSING) -> None:
    """Check an answer: one line when it is right, an explanation when it is not.

    Parameters
    ----------
    id : str
        The exercise: "dense".
    answer : function or value, optional
        Your answer. Without it, whatever has that name in the notebook.

    Raises
    ------
    CheckFailed
        The answer is not right yet. Its text says why.
    """
    exercise = _find(id)
    result = _evaluate(exercise, answer, sys._getframe(1).f_globals)
    _session.record(result)
    result.require()
    print(result.feedback)


def evaluate(
    id: str, answer: Any = _MISSING, hidden: bool = False, seed: int | None = None
) -> Result:
    """Judge an answer without raising.

    Parameters
    ----------
    id : str
        The exercise: "dense".
    answer : function or value, optional
        The answer. Without it, whatever has that name where this is called.
    hidden : bool, default False
        Besides the student's own cases, use hidden ones and freshly drawn inputs.
    seed : int, optional
        Fixes the draw.

    Returns
    -------
    Result
    """
    return _evaluate(_find(id), answer, sys._getframe(1).f_globals, hidden, seed)


def hint(id: str) -> None:
    """Print the next hint: first a nudge, then a plan, then nearly the code."""
    exercise = _find(id)
    number = _session.next_hint(id)
    print(f"Hint {number + 1} of {len(exercise.hints)}. {exercise.hints[number]}")


def progress() -> None:
    """Print which exercises of this chapter are right since the notebook was started."""
    print(_session.table(notebook.chapter_here()))


def _find(id: str) -> Exercise:
    from utils.exercises import find  # the grader can take the exercises away from a process

    return find(id)


def _evaluate(
    exercise: Exercise,
    answer: Any,
    names: dict[str, Any],
    hidden: bool = False,
    seed: int | None = None,
) -> Result:
    if answer is _MISSING:
        answer = names.get(exercise.id, _MISSING)
    if answer is _MISSING:
        why = notebook.where_it_is_made(exercise.id, exercise.signature)
        return _result(exercise, NOT_ATTEMPTED, feedback.not_attempted(exercise, why))
    return judge(exercise, LocalPort(answer, exercise.seconds), hidden=hidden, seed=seed)


def judge(
    exercise: Exercise, port: Port, *, hidden: bool = False, seed: int | None = None
) -> Result:
    """The verdict on the answer behind a port. A fault of ours is *unjudged*, never *wrong*."""
    try:
        with silence():
            if exercise.kind == "value":
                return _judge_value(exercise, port)
            return _judge_function(exercise, port, hidden, seed)
    except Unjudgeable as error:
        return _result(exercise, UNJUDGED, feedback.unjudged(exercise, str(error)))
    except Exception as error:
        why = f"{type(error).__name__} in the check of {exercise.id}"
        return _result(exercise, UNJUDGED, feedback.unjudged(exercise, why))


def _judge_function(exercise: Exercise, port: Port, hidden: bool, seed: int | None) -> Result:
    about = port.about()
    if about.stub:
        return _result(exercise, NOT_ATTEMPTED, feedback.not_attempted(exercise))
    if same_code(about.code, exercise.reference):
        says = "This is the course's own reference. It is here to compare with; write yours."
        return _wrong(exercise, Fault("run", "reference", says))
    if not about.callable:
        return _wrong(exercise, running.not_callable(exercise))
    arity = running.wrong_arity(exercise, about)
    if arity:
        return _wrong(exercise, arity)
    findings = question(exercise, port, cases_of(exercise, hidden, seed))
    if findings.fault is None:
        return _result(exercise, RIGHT, feedback.right(exercise))
    known = recognise.mistake(exercise, findings)
    text = feedback.wrong(exercise, findings.fault, findings.first, known)
    return _result(exercise, WRONG, text, known.id if known else None)


def _judge_value(exercise: Exercise, port: Port) -> Result:
    assert exercise.accept is not None
    outcome = port.value()
    if outcome.failure or is_stub(outcome.value):
        return _result(exercise, NOT_ATTEMPTED, feedback.not_attempted(exercise))
    try:
        note = exercise.accept(outcome.value)
    except Rejected as rejected:
        known = recognise.mistake_in_value(exercise, outcome.value, rejected.fault)
        text = feedback.wrong(exercise, rejected.fault, None, known)
        return _result(exercise, WRONG, text, known.id if known else None)
    return _result(exercise, RIGHT, feedback.right(exercise, note))


def _wrong(exercise: Exercise, fault: Fault) -> Result:
    return _result(exercise, WRONG, feedback.wrong(exercise, fault, None, None))


def _result(exercise: Exercise, verdict: str, text: str, mistake: str | None = None) -> Result:
    return Result(exercise.id, verdict, exercise.points or 0, text, mistake)
