"""The judge's side: an answer port whose answer lives in another process.

The cases of an exercise are sent together. While the other process answers them, the judge asks
the reference; it reads each reply as it comes to its case. Where models are made it sends one
case at a time.
"""

from __future__ import annotations

import socket
import time
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

from autograder.engine.answering import MISSING
from autograder.engine.functions import Functions
from autograder.engine.wire import AT_ONCE, Broken, Line
from utils.checking.exercise import Case
from utils.checking.port import SECONDS, About, Failure, Outcome, one_by_one

GRACE = 5.0  # seconds beyond the answer's own time, for the way there and back
MOST_IN_ALL = 1 << 29  # bytes of all replies about one exercise: the judge keeps them all


class RemotePort:
    """A port to the answer of one name, at the other end of a line."""

    def __init__(
        self,
        end: socket.socket,
        name: str,
        seconds: float = SECONDS,
        functions_travel: bool = False,
    ) -> None:
        self._end = end
        self._line = Line(end, Functions(travel=functions_travel))
        self._name = name
        self._seconds = seconds
        self._sent: deque[Case] = deque()  # together, and not yet answered
        self._answered: deque[Outcome] = deque()  # of those, and not yet taken
        self._is_answering = False  # more is to come of what was sent together
        self._until = 0.0  # when the time for that is up
        self.has_answered = False  # it was there
        self.is_gone = False  # the process at the other end does not answer any more

    def about(self) -> About:
        """Whether it can be called, and with how many arguments."""
        reply = self._ask("about")
        if _is_missing(reply):  # nothing of that name: as good as the untouched stub
            return About(callable=True, stub=True)
        try:
            can_be_called, parameters, stub = reply
            if parameters is not None:
                fewest, most = parameters
                parameters = int(fewest), None if most is None else int(most)
            return About(bool(can_be_called), parameters, bool(stub))
        except Exception:  # it has gone, or this is no reply
            self.is_gone = True
            return About(callable=True)

    def value(self) -> Outcome:
        """The answer itself, for an exercise that asks for a value."""
        reply = self._ask("value")
        return Outcome(value=None) if _is_missing(reply) else self._outcome(reply)

    def call(self, *args: Any, **kwargs: Any) -> Outcome:
        """Call the answer on these arguments."""
        return self.ask(Case("a further call", args, kwargs))

    def ask(self, case: Case) -> Outcome:
        """Put a case to the answer."""
        calls: Counter[str] = Counter()
        reply = self._ask("case", case.args, dict(case.kwargs), case.then, calls=calls)
        return self._outcome(reply, case, calls)

    def ask_all(self, cases: list[Case], seconds: float) -> Iterator[Outcome]:
        """Send all of them together, and give the outcomes as they come."""
        if self._seconds > SECONDS:  # models are made: one after the other
            return one_by_one(self.ask, cases, seconds)
        self.finish()
        asked = [(case.args, dict(case.kwargs), case.then) for case in cases]
        self._is_answering = self._send("cases", seconds, asked)
        self._sent.extend(cases)
        self._until = time.monotonic() + seconds + self._seconds + GRACE
        return self._outcomes(cases)

    def finish(self) -> None:
        """Read what is still to come, so that whoever asks next reads a reply of its own."""
        while self._is_answering:
            self._read()

    def _outcomes(self, cases: list[Case]) -> Iterator[Outcome]:
        for case in cases:
            while self._is_answering and not self._answered:
                self._read()
            if self._answered:
                yield self._answered.popleft()
            elif self.is_gone:
                yield self._outcome(_gone(), case)
            else:  # no more came: the time for all of them is up
                return

    def _read(self) -> None:
        """Read one reply to what was sent together, or that there are no more."""
        calls: Counter[str] = Counter()
        seconds = min(self._seconds + GRACE, self._until - time.monotonic())
        kind, *content = self._receive(seconds, calls)
        case = self._sent.popleft() if kind == "reply" and self._sent else None
        if case is not None:
            reply = content[0] if content else None
            self._answered.append(self._outcome(reply, case, calls))
        elif kind != "end":  # more replies than cases, or a kind that there is not
            self.is_gone = True
        if case is None or self.is_gone:
            self._is_answering = False
            self._sent.clear()

    def _ask(self, what: str, *rest: Any, calls: Counter[str] | None = None) -> Any:
        self.finish()
        if not self._send(what, *rest):
            return _gone()
        kind, *content = self._receive(self._seconds + GRACE, calls)
        return content[0] if kind == "reply" and content else None

    def _send(self, what: str, *rest: Any) -> bool:
        """Whether it could be sent."""
        self._end.settimeout(self._seconds + GRACE)
        try:
            self._line.send([what, self._name, self._seconds, *rest])
        except (Broken, TimeoutError):
            self.is_gone = True
        return not self.is_gone

    def _receive(self, seconds: float, calls: Counter[str] | None = None) -> tuple[Any, ...]:
        """What comes within so many seconds; meanwhile functions of the cases can be called."""
        until = time.monotonic() + seconds
        try:
            while True:
                self._end.settimeout(max(until - time.monotonic(), AT_ONCE))
                kind, *content = self._line.receive(make_models=True)
                if type(kind) is not str or self._line.received > MOST_IN_ALL:
                    raise Broken("too much, or no frame of ours")
                self.has_answered = True
                if kind != "call":
                    return kind, *content
                self._line.send(self._called(calls, *content))
        except TimeoutError:
            self.is_gone = True
            return "reply", _gone(timed_out=True)
        except Exception:  # Broken, or whatever a hostile frame leads to
            self.is_gone = True
            return "reply", _gone()

    def _called(
        self, calls: Counter[str] | None, number: int, args: Any, kwargs: Any
    ) -> tuple[bool, Any]:
        """What a function of the case gives, for the answering process that called it."""
        function = self._line.functions[number]
        if calls is not None:
            calls[getattr(function, "__name__", "function")] += 1
        try:
            return True, function(*args, **kwargs)
        except Exception as error:
            return False, [type(error).__name__, str(error)[:300]]

    def _outcome(
        self, reply: Any, case: Case | None = None, calls: Counter[str] | None = None
    ) -> Outcome:
        """The outcome in a reply; whoever sends what is none has gone."""
        try:
            return outcome_of(reply, case, calls)
        except Exception:  # whatever a hostile reply leads to
            self.is_gone = True
            return outcome_of(_gone(), case)


def _is_missing(reply: Any) -> bool:
    return type(reply) is str and reply == MISSING


def _gone(timed_out: bool = False) -> list[Any]:
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
    if not isinstance(failure, Failure | None) or not isinstance(returned, int | None):
        raise TypeError("no outcome")
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
