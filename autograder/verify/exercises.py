"""One exercise against everything that is known about it.

The reference and every alternative pass, the stub is not attempted, every known mistake fails and
is recognised as itself, in the student's own check and in the hidden one; mutants and disguised
wrong answers fail, disguised right ones pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.verify import disguises, said, values
from autograder.verify import mutants as functions
from autograder.verify.across import Across, Carried
from utils.checking.breaking import Rejected
from utils.checking.door import judge
from utils.checking.exercise import Case, Exercise, Mistake
from utils.checking.judge import cases_of, question
from utils.checking.port import LocalPort, Outcome, Port
from utils.checking.quiet import silence
from utils.checking.results import Unjudgeable
from utils.checking.verdict import Result

SEEDS = (0, 1, 2)
MUTANT_SECONDS = 1.0
SLOW_MUTANT_SECONDS = 20.0  # where the answer builds or trains models
FEWEST_MISTAKES = 6


@dataclass
class Report:
    """What verifying one exercise found.

    Attributes
    ----------
    problems : list of str
        Empty when all is well.
    mutants, killed_at_once, killed : int
        Mutants in all, those that the student's own check refuses, those that it or the hidden
        one refuses.
    equivalent : dict of str to str
        The declared survivors.
    said : dict of str to str
        What a student reads in their own check: of which answer, and the text.
    """

    id: str
    problems: list[str] = field(default_factory=list)
    mistakes: int = 0
    recognised: int = 0
    alternatives: int = 0
    accepted: int = 0
    wrong_disguises: int = 0
    right_disguises: int = 0
    mutants: int = 0
    killed_at_once: int = 0
    killed: int = 0
    equivalent: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def stub(exercise: Exercise) -> Callable[..., Any]:
    """The function as it is handed out."""
    space: dict[str, Any] = {}
    source = f"{exercise.signature}\n    '''To be written.'''\n    raise NotImplementedError()"
    exec(source, space)
    made: Callable[..., Any] = space[exercise.id]
    return made


def port(exercise: Exercise, answer: Any) -> LocalPort:
    """A port to an answer; a value's answers are functions that make the value."""
    return LocalPort(made(exercise, answer), exercise.seconds)


def made(exercise: Exercise, answer: Any) -> Any:
    """What stands in the notebook: the answer, or the value that it makes."""
    return exercise.value_of(answer) if exercise.kind == "value" else answer


class Remembering(LocalPort):
    """A port that puts each case to the answer once: two checks of it train its models once."""

    def __init__(self, answer: Any, seconds: float) -> None:
        super().__init__(answer, seconds)
        self._outcomes: dict[int, tuple[Case, Outcome]] = {}

    def ask(self, case: Case) -> Outcome:
        """The outcome of the first time; the case is kept, and so its id."""
        if id(case) not in self._outcomes:
            self._outcomes[id(case)] = case, super().ask(case)
        return self._outcomes[id(case)][1]


def verify_exercise(exercise: Exercise) -> Report:
    """Everything about one exercise."""
    report = Report(exercise.id, equivalent=dict(exercise.equivalent))
    report.problems += _form(exercise)
    _stub_and_reference(exercise, report)
    _mistakes(exercise, report)
    _alternatives(exercise, report)
    if exercise.kind == "function":
        if not exercise.once:
            _disguises(exercise, report)
        _mutants(exercise, report)
    elif callable(exercise.reference):
        _mutants(exercise, report)
    else:
        _mutated_values(exercise, report)
    return report


def _form(exercise: Exercise) -> Iterator[str]:
    """What can be told by reading."""
    if len(exercise.hints) != 3 or not all(exercise.hints):
        yield "it needs three hints"
    if len(exercise.mistakes) < FEWEST_MISTAKES:
        yield f"it has {len(exercise.mistakes)} known mistakes, and needs {FEWEST_MISTAKES}"
    if not exercise.alternatives:
        yield "it has no alternative, a right answer written otherwise"
    if not exercise.begin:
        yield "it says nothing to a student who has not begun"
    ids = [mistake.id for mistake in exercise.mistakes]
    for id in {id for id in ids if ids.count(id) > 1}:
        yield f"two mistakes are called {id}"
    for text in [exercise.begin, *exercise.hints, *(m.says for m in exercise.mistakes)]:
        if "!" in text.replace("!=", ""):
            yield f"an exclamation mark in: {text}"


def _judged(exercise: Exercise, here: Port, there: Port) -> Iterator[tuple[str, Result]]:
    """The verdict of the student's check, and of the hidden one with several draws."""
    yield "the student's check", judge(exercise, here)
    yield from _judged_hidden(exercise, there)


def _judged_hidden(exercise: Exercise, answer: Port) -> Iterator[tuple[str, Result]]:
    for seed in _seeds(exercise):
        yield f"the hidden check, seed {seed}", judge(exercise, answer, hidden=True, seed=seed)


def _heard(title: str, exercise: Exercise, answer: Port, report: Report) -> Result:
    """The verdict of the student's own check; what it says goes into the report."""
    said.seed(exercise)
    result = judge(exercise, answer)
    report.said[title] = said.steady(result.feedback, exercise)
    return result


def _seeds(exercise: Exercise) -> tuple[int, ...]:
    """The draws of the hidden check; one is enough where each means building models."""
    if exercise.slow:
        return SEEDS[:1]
    return SEEDS if exercise.kind == "function" and (exercise.hidden or exercise.draw) else ()


def _stub_and_reference(exercise: Exercise, report: Report) -> None:
    value = exercise.kind == "value"
    untouched = ... if value else stub(exercise)
    right = exercise.reference if value else functions.copied(exercise.reference)
    verdict = _heard("The stub", exercise, port(exercise, untouched), report).verdict
    if verdict != "not attempted":
        report.problems.append(f"the stub is {verdict}")
    heard = _heard("A right answer", exercise, port(exercise, right), report)
    if not heard.passed:
        report.problems.append(f"the reference is {heard.verdict}:\n{heard.feedback}")
    elif not value:
        _must_pass("the reference", exercise, right, report)
    if exercise.kind == "function" and judge(exercise, LocalPort(exercise.reference)).passed:
        report.problems.append("it accepts the reference itself, handed back")


def _must_pass(name: str, exercise: Exercise, answer: Any, report: Report) -> bool:
    said.seed(exercise)
    answer = made(exercise, answer)
    here = LocalPort(answer, exercise.seconds)
    there = Across(answer, exercise.seconds) if exercise.slow else here
    for check, result in _judged(exercise, here, there):
        if not result.passed:
            report.problems.append(f"{name} is {result.verdict} in {check}:\n{result.feedback}")
            return False
    return True


def _mistakes(exercise: Exercise, report: Report) -> None:
    for mistake in exercise.mistakes:
        for answer in mistake.answers:
            report.mistakes += 1
            problems = list(_of_mistake(exercise, mistake, answer, report))
            report.problems += problems
            report.recognised += not problems


def _of_mistake(
    exercise: Exercise, mistake: Mistake, answer: Callable[..., Any], report: Report
) -> Iterator[str]:
    name = f"the mistake {mistake.id} ({answer.__name__})"
    spelled = f", as {answer.__name__}" if mistake.id != answer.__name__ else ""
    cell = made(exercise, answer) if exercise.kind == "value" else said.as_cell(answer)
    asked: Port = LocalPort(cell, exercise.seconds)
    if exercise.once:
        asked = Remembering(cell, exercise.seconds)
    heard = _heard(f"`{mistake.id}{spelled}`", exercise, asked, report)
    if exercise.slow:
        asked = Carried(asked) if exercise.once else Across(cell, exercise.seconds)
    hidden = _judged_hidden(exercise, asked)
    for check, result in (("the student's check", heard), *hidden):
        if result.verdict != "wrong":
            yield f"{name} is {result.verdict} in {check}"
        elif result.mistake != mistake.id:
            yield f"{name} is recognised as {result.mistake} in {check}"
        lines = result.feedback.splitlines()
        if len(lines) > 10 or max(map(len, lines)) > 100:
            yield f"{name} has more than ten lines, or one of more than 100 letters, in {check}"
        if any("Traceback" in line or ".py" in line for line in lines):
            yield f"{name} shows our own code in {check}"


def _alternatives(exercise: Exercise, report: Report) -> None:
    for answer in exercise.alternatives:
        report.alternatives += 1
        name = f"the alternative {answer.__name__}"
        report.accepted += _must_pass(name, exercise, answer, report)


def _disguises(exercise: Exercise, report: Report) -> None:
    reference = functions.copied(exercise.reference)
    for name, answer in disguises.right(reference).items():
        report.right_disguises += 1
        _must_pass(f"the reference as {name}", exercise, answer, report)
    for name, answer in disguises.wrong(exercise, reference).items():
        report.wrong_disguises += 1
        verdict = judge(exercise, LocalPort(answer)).verdict
        if verdict != "wrong":
            report.problems.append(f"an answer that {name} is {verdict}")


def _mutants(exercise: Exercise, report: Report) -> None:
    made = functions.mutants(exercise.reference)
    report.mutants = len(made)
    for label, mutant in made.items():
        at_once, killed = _killed(exercise, mutant)
        report.killed_at_once += at_once
        report.killed += killed
        declared = label in exercise.equivalent
        if not killed and not declared:
            report.problems.append(f"a mutant survives: {label}")
        if killed and declared:
            report.problems.append(f"declared equivalent, but killed: {label}")
    for label in exercise.equivalent.keys() - made.keys():
        report.problems.append(f"declared equivalent, but there is no such mutant: {label}")


def _killed(exercise: Exercise, mutant: Callable[..., Any]) -> tuple[bool, bool]:
    """Whether the student's check refuses a mutant, and whether that or the hidden one does."""
    said.seed(exercise)
    if exercise.kind == "value":
        refused = _refuses_made(exercise, mutant)
        return refused, refused
    limit = min(exercise.seconds, SLOW_MUTANT_SECONDS) if exercise.slow else MUTANT_SECONDS
    answer = LocalPort(mutant, limit)
    own = cases_of(exercise, hidden=False, seed=0)
    at_once = _fails(exercise, answer, own)
    if exercise.slow:  # what it got right it need not be asked again
        further = cases_of(exercise, hidden=True, seed=0)[len(own) :]
    else:
        further = cases_of(exercise, hidden=True, seed=0)
    return at_once, at_once or _fails(exercise, answer, further)


def _refuses_made(exercise: Exercise, mutant: Callable[..., Any]) -> bool:
    """Whether the value that a mutant makes is refused; one that can't make any is too."""
    with silence():
        try:
            value = exercise.value_of(mutant)
        except Exception:
            return True
        return _refuses(exercise, value)


def _fails(exercise: Exercise, answer: Port, cases: list[tuple[Case, bool]]) -> bool:
    """Whether the check refuses; without looking for known mistakes, which takes time."""
    with silence():
        try:
            findings = question(exercise, answer, cases, first_only=True)
        except Unjudgeable:
            return True
        return findings.fault is not None


def _mutated_values(exercise: Exercise, report: Report) -> None:
    assert exercise.accept is not None
    if exercise.oracle is None:
        report.problems.append("it has no oracle to hold its check against")
        return
    for label, value in values.mutants(exercise.reference).items():
        report.mutants += 1
        refused = _refuses(exercise, value)
        right = _oracle(exercise, value)
        report.killed_at_once += refused
        report.killed += refused
        if refused == right:
            judged = ("accepts", "refuses")[refused]
            report.problems.append(f"the check {judged}, its oracle does not: {label}")
        elif right:
            report.equivalent[label] = "its oracle finds it a right answer too"


def _refuses(exercise: Exercise, value: Any) -> bool:
    assert exercise.accept is not None
    try:
        exercise.accept(LocalPort(value).value().value)
    except Rejected:
        return True
    return False


def _oracle(exercise: Exercise, value: Any) -> bool:
    """What the oracle says; a value that it can't even read is no right answer."""
    assert exercise.oracle is not None
    try:
        return bool(exercise.oracle(value))
    except (TypeError, ValueError, IndexError):
        return False
