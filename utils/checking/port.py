"""The answer port: how the engine questions an answer without holding it.

`LocalPort` calls straight through and is what a notebook uses. The autograder's port asks a
process of the student's. Both answer with an `Outcome`, and the engine can't tell which it has.
"""

from __future__ import annotations

import inspect
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from utils.checking import keras_models, stub, whereabouts
from utils.checking.exercise import Case
from utils.checking.inputs import fresh
from utils.checking.plain import plain
from utils.checking.quiet import Capped, quiet
from utils.checking.watchdog import Interrupted, TimeUp, Watchdog

SECONDS = 5.0


@dataclass(frozen=True)
class Failure:
    """An exception of the answer's."""

    name: str
    message: str = ""
    line: int | None = None  # in the student's cell
    source: str = ""
    bases: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What came of one call. The value is plain data (see `plain`)."""

    value: Any = None
    failure: Failure | None = None
    timed_out: bool = False
    warned: tuple[str, ...] = ()  # RuntimeWarnings
    printed: str = ""
    args: tuple[Any, ...] = ()  # as they were left
    kwargs: dict[str, Any] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    returned: int | None = None  # which of its arguments it gave back, the very object


@dataclass(frozen=True)
class About:
    """What can be told of an answer without calling it."""

    callable: bool
    parameters: tuple[int, int | None] | None = None  # fewest and most positional arguments
    stub: bool = False
    code: Any = None


class Port(Protocol):
    """Where the engine puts its questions."""

    def about(self) -> About: ...
    def call(self, *args: Any, **kwargs: Any) -> Outcome: ...
    def ask(self, case: Case) -> Outcome: ...
    def ask_all(self, cases: list[Case], seconds: float) -> Iterator[Outcome]: ...
    def value(self) -> Outcome: ...


def one_by_one(
    ask: Callable[[Case], Outcome], cases: Iterable[Case], seconds: float
) -> Iterator[Outcome]:
    """Put cases one after the other; no more after one that timed out, or so many seconds."""
    start = time.monotonic()
    for case in cases:
        if time.monotonic() - start > seconds:
            return
        outcome = ask(case)
        yield outcome
        if outcome.timed_out:
            return


class LocalPort:
    """A port to an answer in this process.

    Parameters
    ----------
    answer : function or value
    seconds : float
        How long one call may take.
    watchdog : function of the seconds, returning a `Watchdog`
        What ends a call that takes longer.
    """

    def __init__(
        self,
        answer: Any,
        seconds: float = SECONDS,
        watchdog: Callable[[float], Watchdog] = Watchdog,
    ) -> None:
        self._answer = answer
        self._seconds = seconds
        self._watchdog = watchdog

    def about(self) -> About:
        """Whether it can be called, and with how many arguments."""
        seen = self._guard(self._looked_at, Outcome()).value
        # an object may fail at being looked at, or never end; calling it will tell
        return seen if type(seen) is About else About(callable=callable(self._answer))

    def _looked_at(self) -> About:
        return About(
            callable=callable(self._answer),
            parameters=_arity(self._answer),
            stub=stub.is_stub(self._answer),
            code=getattr(stub.underlying(self._answer), "__code__", None),
        )

    def value(self) -> Outcome:
        """The answer itself as plain data, for an exercise that asks for a value."""
        return self._guard(lambda: plain(self._answer), Outcome())

    def call(self, *args: Any, **kwargs: Any) -> Outcome:
        """Call the answer on copies of the arguments."""
        return self.ask(Case("a further call", args, kwargs))

    def ask_all(self, cases: list[Case], seconds: float) -> Iterator[Outcome]:
        """Put cases one after the other; no more once their time in all is up."""
        return one_by_one(self.ask, cases, seconds)

    def ask(self, case: Case) -> Outcome:
        """Put a case to the answer, on copies of its arguments."""
        calls: Counter[str] = Counter()
        given, named = fresh(case.args, calls), fresh(dict(case.kwargs), calls)
        outcome = Outcome(calls=calls)

        def answer() -> Any:
            value = self._answer(*given, **named)
            outcome.returned = next((i for i, arg in enumerate(given) if arg is value), None)
            if case.then is not None and keras_models.is_model(type(value)):
                return keras_models.trained(value, case.then)
            return plain(value)

        self._guard(answer, outcome)
        outcome.args, outcome.kwargs = given, named
        return outcome

    def _guard(self, ask: Callable[[], Any], outcome: Outcome) -> Outcome:
        """Whatever is the student's runs in here, an exception's own words as well."""
        printed, watchdog = Capped(), self._watchdog(self._seconds)
        with quiet(printed) as caught:
            try:
                with watchdog:
                    self._ask(ask, outcome)
                    outcome.warned = _runtime_warnings(caught)
            except TimeUp:
                outcome.timed_out = True
            except Interrupted:
                raise KeyboardInterrupt from None
            except BaseException:  # an exception that can't even be looked at
                outcome.failure = Failure("Exception")
            finally:
                watchdog.leave()
        outcome.printed = printed.getvalue()
        return outcome

    def _ask(self, ask: Callable[[], Any], outcome: Outcome) -> None:
        try:
            outcome.value = ask()
        except (TimeUp, Interrupted):
            raise
        except BaseException as error:  # SystemExit and whatever else an answer may raise
            outcome.failure = _failure(error, self._answer)


def _runtime_warnings(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    found = [_message(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
    return tuple(dict.fromkeys(found))


def _failure(error: BaseException, answer: Any) -> Failure:
    kind = type(error)
    line, source = whereabouts.student_line(error, stub.underlying(answer))
    bases = tuple(k.__name__ for k in kind.__mro__ if k.__module__ == "builtins")
    return Failure(kind.__name__, _message(error), line, source, bases)


def _message(error: BaseException | str) -> str:
    try:
        return str.__str__(str(error))[:300]  # an exact str, whatever __str__ gave
    except (TimeUp, Interrupted):
        raise
    except BaseException:  # a student's exception class may fail to print itself
        return ""


def _arity(answer: Any) -> tuple[int, int | None] | None:
    """The fewest and the most positional arguments, where that can be told."""
    try:
        parameters = inspect.signature(answer).parameters.values()
    except (TypeError, ValueError):
        return None
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        most = None
    else:
        most = len(positional)
    return sum(p.default is p.empty for p in positional), most
