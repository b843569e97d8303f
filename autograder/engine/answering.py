"""The student's side: answers what the judge asks about the names in a notebook.

Nothing here is trusted by the judge, since the student's code can change it all. What it must not
have is what is worth stealing: no reference, no hidden case before it is asked, no mark.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import signal
import socket
import threading
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import FrameType
from typing import Any

from autograder.engine.functions import Functions, function_of
from autograder.engine.wire import Broken, Line
from utils.checking import keras_models
from utils.checking.exercise import Case
from utils.checking.plain import plain
from utils.checking.port import LocalPort, Outcome
from utils.checking.watchdog import AGAIN, TimeUp, Watchdog

MISSING = "missing"  # there is no such name
Run = Callable[[str], Any]  # runs a cell: what it showed, and whether it ended well


def _raised(name: str, says: str) -> Exception:
    """What a function of the judge's raised."""
    kind = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        with contextlib.suppress(TypeError):  # a few take more than words
            return kind(says)
    return Exception(f"{name}: {says}")


class Talk:
    """Held while an answer calls back: one thread after the other, and no alarm in between.

    Half a conversation would end all that follow, so an alarm waits for the end of this one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.has_rung = False

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *error: object) -> None:
        self._lock.release()
        if self.has_rung:
            raise TimeUp

    def is_on(self) -> bool:
        """Whether somebody is talking."""
        return self._lock.locked()


class Alarm(Watchdog):
    """A watchdog that is no thread but the system's own clock: a tenth of the cost of a call."""

    def __init__(self, talk: Talk, seconds: float) -> None:
        super().__init__(seconds)
        self._talk = talk

    def _begin(self) -> None:
        self._talk.has_rung = False
        self._earlier = signal.signal(signal.SIGALRM, self._on_alarm)
        signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN)

    def _end(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._earlier or signal.SIG_DFL)

    def _on_alarm(self, signum: int, frame: FrameType | None) -> None:
        if self._left.is_set():
            return
        self.fired = self._talk.has_rung = True
        if not self._talk.is_on():
            raise TimeUp


class Answering:
    """One side of the line, with the names of the student's notebook."""

    def __init__(
        self, end: socket.socket, names: MutableMapping[str, Any], run: Run | None = None
    ) -> None:
        self._line = Line(end, Functions(self._stand_in))
        self._names = names
        self._run = run
        self._talk = Talk()
        self._alarm = functools.partial(Alarm, self._talk)

    def serve(self) -> None:
        """Answer requests until the judge hangs up."""
        while True:
            try:
                request = self._line.receive(make_models=True)
            except Broken:
                return
            if request[0] == "cases":
                self._answer_all(*request[1:])
            else:
                self._line.send(("reply", self._reply(*request)))

    def _reply(self, what: str, *content: Any) -> Any:
        if what == "run" and self._run is not None:
            return self._run(*content)
        if what == "put":
            return self._put(*content)
        return self._answer(what, *content)

    def _put(self, name: str, content: Any) -> bool:
        file = Path(name)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.tobytes())
        except OSError:  # it is larger than a file may be, or the folder is full
            with contextlib.suppress(OSError):
                file.unlink()
            return False
        return True

    def _answer(self, what: str, name: str, seconds: float, *rest: Any) -> Any:
        if name not in self._names:
            return MISSING
        port = LocalPort(self._names[name], seconds, self._alarm)
        if what == "about":
            about = port.about()
            return [about.callable, about.parameters, about.stub]
        if what == "value":
            return carried(port.value())
        args, kwargs, then = rest
        outcome = port.ask(Case("asked", args, kwargs, then=then))
        return carried(outcome)

    def _answer_all(
        self, name: str, seconds: float, in_all: float, cases: list[tuple[Any, ...]]
    ) -> None:
        port = LocalPort(self._names.get(name), seconds, self._alarm)
        asked = [Case("asked", args, kwargs, then=then) for args, kwargs, then in cases]
        for outcome in port.ask_all(asked, in_all):
            self._line.send(("reply", carried(outcome)))
        self._line.send(("end",))

    def _stand_in(self, number: int, name: str, code: str | None) -> Any:
        """A function of the judge's: made of its code, or one that calls it."""
        if code is not None:
            return function_of(code, name)

        def stand_in(*args: Any, **kwargs: Any) -> Any:
            given = plain_or_model(args), plain_or_model(kwargs)
            with self._talk:
                self._line.send(("call", number, *given))
                ok, value = self._line.receive(make_models=True)
            if not ok:
                raise _raised(*value)
            return value

        stand_in.__name__ = stand_in.__qualname__ = name
        return stand_in


def plain_or_model(value: Any) -> Any:
    """Arguments for a function of the judge's: plain data, models as models."""
    if isinstance(value, tuple):
        return tuple(plain_or_model(item) for item in value)
    if isinstance(value, dict):
        return {str(key): plain_or_model(item) for key, item in value.items()}
    return value if keras_models.is_model(type(value)) else plain(value)


def carried(outcome: Outcome) -> list[Any]:
    """An outcome as plain data, for the way to the judge."""
    return [
        outcome.value,
        outcome.failure,
        outcome.timed_out,
        list(outcome.warned),
        outcome.printed,
        _left(outcome.args),
        _left(outcome.kwargs),
        outcome.returned,
    ]


def _left(arguments: Any) -> Any:
    """The arguments as the answer left them. A function can't be changed: it stays away."""
    if isinstance(arguments, dict):
        return {key: _left(value) for key, value in arguments.items()}
    if isinstance(arguments, (tuple, list)):
        return type(arguments)(_left(value) for value in arguments)
    if callable(arguments) and not keras_models.is_model(type(arguments)):
        return None
    return plain(arguments)
