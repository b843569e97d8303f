"""Where in the student's notebook something happened, and keeping exit() from ending it."""

from __future__ import annotations

import contextlib
import linecache
import sys
import traceback
from collections.abc import Iterator
from typing import Any


def student_line(error: BaseException, function: Any) -> tuple[int | None, str]:
    """The last line of the student's own that the exception passed through."""
    own = getattr(getattr(function, "__code__", None), "co_filename", None)
    found: tuple[int | None, str] = (None, "")
    for frame, number in traceback.walk_tb(error.__traceback__):
        filename = frame.f_code.co_filename
        if filename == own or is_cell(filename):
            found = number, linecache.getline(filename, number).strip()
    return found


def is_cell(filename: str) -> bool:
    """Whether this is the name that IPython gives to the code of a cell."""
    return filename.startswith("<ipython-input") or "ipykernel_" in filename


def shell() -> Any:
    """The running IPython shell, or None. IPython is not imported for it."""
    interactive = sys.modules.get("IPython")
    return interactive.get_ipython() if interactive else None


@contextlib.contextmanager
def exit_is_an_exception() -> Iterator[None]:
    """In a notebook exit() and quit() ask the kernel to end; here they end only the answer."""
    running = shell()
    if running is None:
        yield
        return

    def refuse() -> None:
        raise SystemExit

    running.ask_exit = refuse
    try:
        yield
    finally:
        del running.ask_exit
