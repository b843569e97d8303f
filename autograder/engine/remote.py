"""The judge's side: an answer port whose answer lives in another process."""

from __future__ import annotations

import socket
from collections import Counter
from typing import Any

from autograder.engine.answering import MISSING
from autograder.engine.wire import Broken, Line
from utils.checking.exercise import Case
from utils.checking.port import SECONDS, About, Failure, Outcome

GRACE = 5.0  # seconds beyond the answer's own time, for the way there and back


class RemotePort:
    """A port to the answer of one name, at the other end of a line."""

    def __init__(self, end: socket.socket, name: str, seconds: float = SECONDS) -> None:
        self._end = end
        self._name = name
        self._seconds = seconds
        self._calls: Counter[str] = Counter()
        self.is_gone = False  # the process at the other end does not answer any more

    def about(self) -> About:
        """Whether it can be called, and with how many arguments."""
        reply = self._ask("about")
        if reply == MISSING:  # nothing of that name: as good as the untouched stub
            return About(callable=True, stub=True)
        if self.is_gone:
            return About(callable=True)
        can_be_called, parameters, stub = reply
        return About(bool(can_be_called), parameters, bool(stub))

    def value(self) -> Outcome:
        """The answer itself, for an exercise that asks for a value."""
        reply = self._ask("value")
        return Outcome(value=None) if reply == MISSING else outcome_of(reply)

    def call(self, *args: Any, **kwargs: Any) -> Outcome:
        """Call the answer on these arguments."""
        return self.ask(Case("a further call", args, kwargs))

    def ask(self, case: Case) -> Outcome:
        """Put a case to the answer."""
        self._calls = Counter()
        reply = self._ask("case", case.args, dict(case.kwargs), case.then)
        return outcome_of(reply, case, self._calls)

    def _ask(self, what: str, *rest: Any) -> Any:
        line = Line(self._end)
        self._end.settimeout(self._seconds + GRACE)
        try:
            line.send([what, self._name, self._seconds, *rest])
            while True:
                kind, *content = line.receive(make_models=True)
                if kind == "reply":
                    return content[0]
                line.send(self._called(line, *content))
        except TimeoutError:
            self.is_gone = True
            return _gone(timed_out=True)
        except Broken:
            self.is_gone = True
            return _gone(timed_out=False)

    def _called(self, line: Line, number: int, args: Any, kwargs: Any) -> tuple[bool, Any]:
        """What a function of the case gives, for the answering process that called it."""
        function = line.functions[number]
        self._calls[getattr(function, "__name__", "function")] += 1
        try:
            return True, function(*args, **kwargs)
        except Exception as error:
            return False, f"{type(error).__name__}: {error}"[:300]


def _gone(timed_out: bool) -> list[Any]:
    failure = None if timed_out else Failure("SystemExit", bases=("SystemExit",))
    return [None, failure, timed_out, [], "", (), {}, None]


def outcome_of(reply: Any, case: Case | None = None, calls: Counter[str] | None = None) -> Outcome:
    """The outcome in a reply.

    Parameters
    ----------
    reply : list
        What `answering.carried` makes of an outcome.
    case : Case or None
        What was asked.
    calls : Counter or None
        How often functions of the case were called, counted on the judge's side: the other could
        say anything.
    """
    value, failure, timed_out, warned, printed, args, kwargs, returned = reply
    if case is not None and (len(args) != len(case.args) or kwargs.keys() != case.kwargs.keys()):
        args, kwargs = case.args, dict(case.kwargs)
    return Outcome(
        value=value,
        failure=failure,
        timed_out=bool(timed_out),
        warned=tuple(map(str, warned)),
        printed=str(printed),
        args=args,
        kwargs=kwargs,
        calls=calls or Counter(),
        returned=returned,
    )
