"""The process that every submission is forked from: it has imported what a chapter imports.

It never builds a model, and never runs anything of a student's. For each submission it is handed
one end of a conversation over its control socket, and forks; the child goes behind the wall and
answers there. It ends when the control socket is closed.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys

from autograder.engine import wall
from autograder.engine.answering import Answering
from autograder.engine.cells import Cells
from autograder.engine.wall import Limits

READY, NO = b"+", b"-"


def main(control: socket.socket, with_keras: bool) -> None:
    """Serve until the control socket is closed."""
    wall.become_nobody()
    _warm_up(with_keras)
    cells = Cells()
    cells.shell.run_cell("pass", store_history=False)  # what IPython loads when it is first used
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    control.sendall(READY)
    while True:
        hidden, ends, _, _ = socket.recv_fds(control, 1 << 16, 1)
        if not ends:
            return
        if os.fork() == 0:
            control.close()
            _live(ends[0], json.loads(hidden), cells)
        os.close(ends[0])


def _warm_up(with_keras: bool) -> None:
    """Import what chapters import, but no reference: a child could find it in its memory."""
    for package in ("utils.data", "utils.plotting"):
        folder = importlib.import_module(package).__path__
        for module in pkgutil.iter_modules(folder, f"{package}."):
            if not module.name.startswith("utils.data.make_"):  # what makes the data is no import
                importlib.import_module(module.name)
    if with_keras:
        importlib.import_module("keras")
    _no_checks_while_grading()
    sys.breakpointhook = lambda *args, **kwargs: None  # nobody is there to answer


def _no_checks_while_grading() -> None:
    """A student's own calls of the checks do nothing: the exercises are not here."""
    import utils

    for name in ("check", "hint", "progress", "evaluate"):
        setattr(utils, name, lambda *args, **kwargs: print("(not while grading)"))


def _live(end: int, hidden: list[str], cells: Cells) -> None:
    """One submission's life: behind the wall, until the conversation ends.

    What is written past Python goes nowhere. The zygote's own standard error is a pipe that all
    children would share: full, it would hold up whoever writes next.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    conversation = socket.socket(fileno=end)
    try:
        wall.enter(Limits(), hidden)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.path.append(wall.SCRATCH)  # a student's own modules, behind all others
        os.register_at_fork(after_in_child=conversation.close)  # a copy of this process is mute
        conversation.sendall(READY)
        Answering(conversation, cells.names, cells.run).serve()
    except wall.NoWall as error:
        with contextlib.suppress(OSError):
            conversation.sendall(NO + str(error).encode())
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), with_keras=sys.argv[2] == "keras")
