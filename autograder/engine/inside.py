"""The supervisor's side of zygotes and their children: starting, asking, ending."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.engine import bubble
from autograder.engine.wall import NoWall
from autograder.engine.wire import Broken, Line
from autograder.engine.zygote import READY

START = 120.0  # seconds until a zygote has imported all it needs
GRACE = 2.0  # seconds that an interrupted cell has to end
WIDGETS = "application/vnd.jupyter.widget"  # a page can't show them
LONGEST_ERROR = 200_000  # letters of it that are kept, whatever stands for more
_CREDENTIALS = struct.Struct("3i")  # process, user, group


class Zygote:
    """A warm process behind the shared part of the wall."""

    def __init__(self, with_keras: bool = False) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        module = ["-m", "autograder.engine.zygote", str(theirs.fileno())]
        self._process = subprocess.Popen(
            bubble.command([*module, "keras" if with_keras else "numpy"]),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        theirs.close()
        self._control.settimeout(START)
        if self._control.recv(1) != READY:
            self._control.close()
            _, said = self._process.communicate()
            raise NoWall(said.decode(errors="replace").strip()[-500:] or "it ended at once")

    def child(self, hidden: Iterable[str] = ()) -> Child:
        """A fresh process for one submission, for which these files and folders are not there."""
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        socket.send_fds(self._control, [json.dumps([*hidden]).encode()], [theirs.fileno()])
        theirs.close()
        return Child(ours)

    def close(self) -> None:
        """End it, and with it all that it has forked."""
        self._control.close()
        self._process.kill()
        self._process.communicate()


@dataclass(frozen=True)
class Ran:
    """A cell that has ended.

    Attributes
    ----------
    outputs : list of dict
        What it showed, in the notebook format.
    interrupted : bool
        Its time was up.
    """

    outputs: list[dict[str, Any]]
    interrupted: bool


def _checked(output: Any) -> dict[str, Any]:
    """An output of one of the kinds that there are, made of text: whoever sent it may lie."""
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output["text"])}
    if kind == "error":
        name, says, *lines = map(_text, [output["ename"], output["evalue"], *output["traceback"]])
        if len(name) + len(says) + sum(map(len, lines)) > LONGEST_ERROR:
            name, says, lines = name[:200], says[:LONGEST_ERROR], []
        return {"output_type": kind, "ename": name, "evalue": says, "traceback": lines}
    if kind not in ("display_data", "execute_result"):
        raise ValueError(f"no output is a {kind}")
    data = {
        _text(mime): _text(shown)
        for mime, shown in output["data"].items()
        if isinstance(shown, str) and not str(mime).startswith(WIDGETS)
    }
    made = {"output_type": kind, "data": data, "metadata": {}}
    return made | ({"execution_count": None} if kind == "execute_result" else {})


def _text(value: Any) -> str:
    """Text that a file can hold: half a letter becomes a question mark."""
    if not isinstance(value, str):
        raise ValueError("an output of a cell is text")
    return value.encode("utf-8", "replace").decode("utf-8")


class Child:
    """A process that has one submission, and nothing else."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        end.settimeout(START)
        answer, ancillary, _, _ = end.recvmsg(600, socket.CMSG_SPACE(_CREDENTIALS.size))
        if answer[:1] != READY:
            raise NoWall(answer[1:].decode(errors="replace") or "it ended at once")
        # the kernel says who sent this, in our own count of processes
        self.process, _, _ = _CREDENTIALS.unpack(ancillary[0][2])
        end.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)

    def put(self, name: str, content: bytes) -> bool:
        """Lay a file into the scratch folder, and say whether it is there."""
        line = Line(self.end)
        self.end.settimeout(GRACE)
        try:
            line.send(("put", name, np.frombuffer(content, dtype=np.uint8)))
            _, done = line.receive()
            return done is True
        except (Broken, OSError, UnicodeError):
            return False

    def run(self, source: str, seconds: float) -> Ran | None:
        """Run a cell; None when the process is gone, or had to be ended."""
        line = Line(self.end)
        try:
            line.send(("run", source))
            for number in (signal.SIGINT, signal.SIGKILL):
                self.end.settimeout(seconds)
                try:
                    _, (outputs, _) = line.receive()
                    return Ran([_checked(o) for o in outputs], number is signal.SIGKILL)
                except TimeoutError:
                    self._signal(number)
                    seconds = GRACE
        except Exception:  # Broken, or whatever a hostile frame leads to
            self._signal(signal.SIGKILL)
        return None

    def close(self) -> None:
        """End it and all that it started."""
        self.end.close()
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, number)
