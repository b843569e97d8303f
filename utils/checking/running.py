"""The first stage, does it run: what is said of an answer that raises, exits or does not end."""

from __future__ import annotations

from utils.checking.exercise import Case, Exercise
from utils.checking.port import About, Failure, Outcome
from utils.checking.results import Fault


def fault(exercise: Exercise, case: Case, outcome: Outcome) -> Fault | None:
    """What is wrong with how the call ended."""
    if outcome.timed_out:
        says = (
            f"It had not ended after {exercise.seconds:g} seconds. Which loop does not come to "
            "its end, and what should change each time round?"
        )
        return Fault("run", "timeout", says)
    if case.raises is not None:
        return _should_raise(case.raises, outcome)
    if outcome.failure is None:
        return None
    return _raised(outcome.failure)


def _should_raise(wanted: type[Exception], outcome: Outcome) -> Fault | None:
    name = wanted.__name__
    if outcome.failure is None:
        says = f"It returned something where it should raise a {name}."
        return Fault("value", "should_raise", says)
    if name in outcome.failure.bases:
        return None
    raised = _public(outcome.failure)
    says = f"It raised {raised} where a {name} is asked for."
    return Fault("value", "raised_other", says, _where(outcome.failure))


def _raised(failure: Failure) -> Fault:
    name = _public(failure)
    if "NotImplementedError" in failure.bases:
        says = "The line `raise NotImplementedError()` still runs. Delete it below your code."
        return Fault("run", "not_implemented", says)
    if "SystemExit" in failure.bases:
        says = "It calls exit(), which would end the whole notebook. `return` ends a function."
        return Fault("run", "exit", says)
    if "RecursionError" in failure.bases:
        says = "It calls itself without end. Where does it stop, and does each call come nearer?"
        return Fault("run", "recursion", says)
    if "MemoryError" in failure.bases:
        says = "It asks for more memory than there is. Which array is larger than it needs to be?"
        return Fault("run", "memory", says)
    return Fault("run", name, f"It stopped with {name}.", _where(failure))


def _public(failure: Failure) -> str:
    """The exception's name, if it is one of Python's: another could carry a hidden number."""
    return failure.bases[0] if failure.bases else "an exception"


def _where(failure: Failure) -> str:
    message = failure.message.split("\n")[0]
    line = f"In line {failure.line} of your cell: `{failure.source}`" if failure.source else ""
    return "\n".join(part for part in (message, line) if part)


def not_callable(exercise: Exercise) -> Fault:
    """The answer is no function."""
    says = (
        f"`{exercise.id}` should be a function, and it is none. Pass it without calling it: "
        f'check("{exercise.id}", {exercise.id}).'
    )
    return Fault("run", "not_callable", says)


def wrong_arity(exercise: Exercise, about: About) -> Fault | None:
    """The answer can't take the arguments that the exercise passes."""
    if about.parameters is None:
        return None
    fewest, most = about.parameters
    required = len(exercise.parameters) - _defaults(exercise)
    if fewest <= required and (most is None or most >= required):
        return None
    takes = fewest if fewest > required else most
    plural = "argument" if takes == 1 else "arguments"
    says = (
        f"It takes {takes} {plural}; {exercise.signature.removeprefix('def ')[:-1]} is asked for."
    )
    return Fault("run", "arity", says)


def _defaults(exercise: Exercise) -> int:
    return len(getattr(exercise.reference, "__defaults__", None) or ())
