"""What the commands say on the way: messages on stderr, progress only on a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType


class Unusable(Exception):
    """A command can't run as it was called. Says why, and what to do; exit code 2."""


def say(message: str) -> None:
    """A message for the person at the terminal; results go to stdout instead."""
    print(message, file=sys.stderr, flush=True)


class Progress:
    """One line that is written over: "01_forward_prop: cell 12 of 60, about 9 s left"."""

    def __init__(self, label: str, noun: str) -> None:
        self.label, self.noun = label, noun
        self.start = time.monotonic()
        self.shown = 0

    def __enter__(self) -> Progress:
        return self

    def __call__(self, number: int, of: int) -> None:
        """Say that `number` of `of` has begun."""
        if not sys.stderr.isatty():
            return
        line = f"{self.label}: {self.noun} {number} of {of}{self._left(number - 1, of)}"
        print("\r" + line.ljust(self.shown), end="", file=sys.stderr, flush=True)
        self.shown = len(line)

    def above(self, text: str) -> None:
        """A line that stays, above this one."""
        if sys.stderr.isatty():
            print("\r" + text.ljust(self.shown), file=sys.stderr, flush=True)

    def _left(self, done: int, of: int) -> str:
        if not done:
            return ""
        seconds = (time.monotonic() - self.start) / done * (of - done)
        return (
            f", about {seconds:.0f} s left"
            if seconds < 90
            else f", about {seconds / 60:.0f} min left"
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.shown:
            print("\r" + " " * self.shown + "\r", end="", file=sys.stderr, flush=True)
