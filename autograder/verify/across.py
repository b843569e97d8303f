"""Answers questioned through the boundary that `autograder grade` puts between judge and student.

Both sides are in this process, so Keras is imported once; what passes between them is packed into
frames and unpacked as between two.
"""

from __future__ import annotations

import socket
import weakref
from collections.abc import Iterator
from threading import Thread
from typing import Any

from autograder.engine.answering import Answering, carried
from autograder.engine.remote import RemotePort, outcome_of
from autograder.engine.wire import packed, unpacked
from utils.checking.exercise import Case
from utils.checking.port import About, Outcome, Port, one_by_one


class Across(RemotePort):
    """A port to an answer at the other end of a line."""

    def __init__(self, answer: Any, seconds: float) -> None:
        ours, theirs = socket.socketpair()
        Thread(target=Answering(theirs, {"answer": answer}).serve, daemon=True).start()
        super().__init__(ours, "answer", seconds)
        weakref.finalize(self, ours.close)  # which ends the thread


class Carried:
    """Another port's outcomes, as they arrive at the other end of a line."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def about(self) -> About:
        """What the other port knows."""
        return self._port.about()

    def value(self) -> Outcome:
        """The answer itself, for an exercise that asks for a value."""
        return _carried(self._port.value(), None)

    def call(self, *args: Any, **kwargs: Any) -> Outcome:
        """Call the answer on these arguments."""
        return self.ask(Case("a further call", args, kwargs))

    def ask(self, case: Case) -> Outcome:
        """Put a case to the answer."""
        return _carried(self._port.ask(case), case)

    def ask_all(self, cases: list[Case], seconds: float) -> Iterator[Outcome]:
        """Put cases one after the other."""
        return one_by_one(self.ask, cases, seconds)


def _carried(outcome: Outcome, case: Case | None) -> Outcome:
    return outcome_of(unpacked(*packed(carried(outcome))), case, outcome.calls)
