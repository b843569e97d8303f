"""Ends a call that does not end by itself.

A thread waits; when the time is up it interrupts the main thread, which stops any loop of
Python's, on every platform. It does not stop a blocking call in C: only the autograder, which
has a process of its own for the answer, promises that.
"""

from __future__ import annotations

import _thread
import signal
import threading
from types import FrameType, TracebackType
from typing import Any

AGAIN = 0.2  # an answer that catches the interrupt gets another


class TimeUp(BaseException):
    """Raised in the answer when its time is up. No `except Exception` catches it."""


class Interrupted(BaseException):
    """The student pressed the stop button."""


class Watchdog:
    """Raises `TimeUp` in the main thread after so many seconds, unless left before."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.fired = False
        self._left = threading.Event()
        self._lock = threading.Lock()
        self._main = threading.current_thread() is threading.main_thread()
        self._previous: Any = None
        self._watching = False

    def __enter__(self) -> Watchdog:
        if self._main:
            self._previous = signal.signal(signal.SIGINT, self._on_interrupt)
            self._watching = True
            self._begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Stop watching. To be called again outside: an interrupt may have cut this short."""
        if not self._watching:
            return
        self._left.set()
        self._end()
        signal.signal(signal.SIGINT, self._previous or signal.SIG_DFL)
        self._watching = False

    def _begin(self) -> None:
        threading.Thread(target=self._wait, daemon=True).start()

    def _end(self) -> None:
        with self._lock:  # from here on the thread interrupts no more
            self._drain()

    def _wait(self) -> None:
        delay = self.seconds
        while not self._left.wait(delay):
            with self._lock:
                if self._left.is_set():
                    return
                self.fired = True
                _thread.interrupt_main()
            delay = AGAIN

    def _on_interrupt(self, signum: int, frame: FrameType | None) -> None:
        if not self.fired:
            raise Interrupted
        if not self._left.is_set():  # later than that, the answer has ended by itself
            raise TimeUp

    def _drain(self) -> None:
        """Take an interrupt that is on its way, so that it does not land in somebody else."""
        for _ in range(1000 if self.fired else 0):
            pass
