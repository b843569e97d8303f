"""Nothing that an answer or TensorFlow says reaches the notebook unasked.

Nbgrader gives 0 to a graded cell that wrote to stderr, and TensorFlow writes there from C.
"""

from __future__ import annotations

import contextlib
import io
import os
import warnings
from collections.abc import Iterator

import numpy as np

from utils.checking import whereabouts

MOST_PRINTED = 4_000


class Capped(io.StringIO):
    """Keeps the first characters; an answer that prints for ever fills no memory."""

    def write(self, text: str) -> int:
        room = MOST_PRINTED - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)

    def close(self) -> None:
        """Stay open: an answer may close what it takes for the terminal."""


@contextlib.contextmanager
def quiet(printed: io.StringIO) -> Iterator[list[warnings.WarningMessage]]:
    """Keep what the answer prints and warns to ourselves, and its exit() from ending the kernel."""
    with (
        warnings.catch_warnings(record=True) as caught,
        np.errstate(divide="warn", over="warn", invalid="warn", under="ignore"),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(Capped()),
        whereabouts.exit_is_an_exception(),
    ):
        warnings.simplefilter("always")
        yield caught


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """For a whole check: nothing on stderr, neither from Python nor from C, and no warning."""
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stderr(Capped()),
        _descriptor_2_to_nowhere(),
    ):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _descriptor_2_to_nowhere() -> Iterator[None]:
    try:
        kept = os.dup(2)
    except OSError:  # a program without a terminal may have none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
