"""The judge: questions an answer case by case and finds the first thing that is wrong.

The stages, in order: does it run, type, shape, dtype, finite, value, property, arguments
unchanged. What is found first in that order is reported, on the smallest input that shows it; the
student's own cases come before hidden ones. Known mistakes are then looked for over all cases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from utils.checking import inputs, running
from utils.checking.exercise import Case, Exercise, Probe
from utils.checking.port import Outcome, Port
from utils.checking.results import STAGES, Fault, Given

BUDGET = 30.0  # seconds for all calls of one answer


@dataclass(frozen=True)
class Trial:
    """One case, what is expected of it, what came, and what is wrong with that."""

    case: Case
    hidden: bool
    expected: Any
    outcome: Outcome
    fault: Fault | None


@dataclass(frozen=True)
class Findings:
    """All trials of one answer, and the first fault."""

    trials: list[Trial] = field(default_factory=list)
    first: Trial | None = None

    @property
    def fault(self) -> Fault | None:
        return self.first.fault if self.first else None


def cases_of(exercise: Exercise, hidden: bool, seed: int | None) -> list[tuple[Case, bool]]:
    """The student's cases, and with `hidden` the grader's own and freshly drawn ones."""
    cases = [(case, False) for case in exercise.cases]
    if hidden:
        rng = np.random.default_rng(seed)
        drawn = list(exercise.draw(rng)) if exercise.draw else []
        cases += [(case, True) for case in [*exercise.hidden, *drawn]]
    return cases


def question(
    exercise: Exercise, port: Port, cases: list[tuple[Case, bool]], first_only: bool = False
) -> Findings:
    """Put every case to the answer; with `first_only`, no more once one has gone wrong."""
    trials: list[Trial] = []
    budget = max(BUDGET, 3 * exercise.seconds)
    outcomes = port.ask_all([case for case, _ in cases], budget)
    for case, hidden in cases:
        expected = expectation(exercise, case)  # meanwhile another process may be answering
        outcome = next(outcomes, None)
        if outcome is None:
            trials.append(Trial(case, hidden, expected, Outcome(), _too_slow()))
            break
        fault = _fault(exercise, port, case, expected, outcome)
        trials.append(Trial(case, hidden, expected, outcome, fault))
        if outcome.timed_out or (first_only and fault):
            break
    if not exercise.once and not any(trial.fault for trial in trials):
        trials += _again(exercise, port, trials)
    return Findings(trials, _first(trials))


def _too_slow() -> Fault:
    """Of the first case that was left untried: the answer can't pass."""
    says = "Its calls are slow: together they took too long to be tried on every case. Which does?"
    return Fault("run", "timeout", says)


def attempt(exercise: Exercise, port: Port, case: Case, hidden: bool, expected: Any) -> Trial:
    """Put one case to the answer, where what is expected is known."""
    outcome = port.ask(case)
    fault = _fault(exercise, port, case, expected, outcome)
    return Trial(case, hidden, expected, outcome, fault)


def expectation(exercise: Exercise, case: Case) -> Any:
    """What the reference gives, in float64. None where a right answer raises or none is needed."""
    if not getattr(exercise.returns, "needs_expected", True):
        return None
    if id(case) in exercise.expected:
        return exercise.expected[id(case)][1]
    given = _by_reference(exercise, case)
    if exercise.writes(case):
        exercise.expected[id(case)] = case, given  # which keeps the case, and so its id
    return given


def _by_reference(exercise: Exercise, case: Case) -> Any:
    args = inputs.as_float64(inputs.fresh(case.args))
    try:
        return exercise.reference(*args, **inputs.as_float64(inputs.fresh(dict(case.kwargs))))
    except Exception as error:
        if case.raises and isinstance(error, case.raises):
            return None
        raise


def _fault(
    exercise: Exercise, port: Port, case: Case, expected: Any, outcome: Outcome
) -> Fault | None:
    fault = running.fault(exercise, case, outcome)
    if fault:
        return fault
    if case.raises is None:
        assert exercise.returns is not None, exercise.id
        fault = exercise.returns.fault(outcome.value, expected, _given(case, exercise))
        fault = fault or _property_fault(exercise, port, case, expected, outcome)
    return fault or _argument_fault(exercise, case, outcome)


def _given(case: Case, exercise: Exercise) -> Given:
    arrays = inputs.arrays_in([*case.args, *case.kwargs.values()])
    finite = [np.abs(a[np.isfinite(a)].astype(float)).max(initial=0) for a in arrays]
    return Given(
        args=case.args,
        magnitude=float(max(finite, default=0)),
        float32=any(a.dtype == np.float32 for a in arrays),
        whole=all(a.dtype.kind in "iub" for a in arrays),
    )


def _property_fault(
    exercise: Exercise, port: Port, case: Case, expected: Any, outcome: Outcome
) -> Fault | None:
    if outcome.warned:
        says = "The numbers are right, but NumPy warned on the way."
        return Fault("property", "warned", says, f"The warning: {outcome.warned[0]}.")
    probe = Probe(case, outcome, expected, port.call)
    for prop in exercise.properties:
        if not prop.holds(probe):
            return Fault("property", prop.id, prop.says)
    return None


def _argument_fault(exercise: Exercise, case: Case, outcome: Outcome) -> Fault | None:
    names = [*exercise.parameters[: len(case.args)], *case.kwargs]
    before = [*case.args, *case.kwargs.values()]
    after = [*outcome.args, *outcome.kwargs.values()]
    for name, old, new in zip(names, before, after, strict=True):
        if not inputs.unchanged(new, old):
            says = f"It changes its argument `{name}`. Whoever called it still needs that."
            resized = type(new) is list and type(old) is list and len(new) != len(old)
            return Fault("arguments", "resized" if resized else "changed", says)
    return None


def _again(exercise: Exercise, port: Port, trials: list[Trial]) -> list[Trial]:
    """An answer that remembers earlier calls gives another result the second time."""
    if not trials:
        return []
    first = trials[0]
    again = attempt(exercise, port, first.case, first.hidden, first.expected)
    if again.fault is None:
        return []
    says = "Called twice with the same arguments, it gives two results. Does it keep something?"
    fault = Fault("property", "remembers", says)
    return [Trial(first.case, first.hidden, first.expected, again.outcome, fault)]


def _first(trials: list[Trial]) -> Trial | None:
    faulty = [trial for trial in trials if trial.fault]
    return min(faulty, key=_rank, default=None)


def _rank(trial: Trial) -> tuple[bool, int, int]:
    assert trial.fault is not None
    return trial.hidden, STAGES.index(trial.fault.stage), inputs.size(list(trial.case.args))
