"""What waits outside a submission's world until it ends, and ends it when it holds too much memory.

A limit on each process does not limit how many there are. So the memory of all is looked at, some
times a second: first the sum of what each holds, which is quick and counts shared pages several
times, and only when that is too much the exact one.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from pathlib import Path

PERIOD = 0.1  # seconds between two looks
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def until_it_ends(process: int, most: int) -> int:
    """Wait for process 1 of a world of its own.

    Parameters
    ----------
    process : int
        A child of this process, which mounts its world's /proc where both see it.
    most : int
        Bytes that all processes of that world may hold together.

    Returns
    -------
    int
        Its status, as from `os.waitpid`.
    """
    end = os.pidfd_open(process)
    while not select.select([end], [], [], PERIOD)[0]:
        still_ours = Path("/proc/self").exists()  # then its world's is not mounted yet
        if not still_ours and hold_more_than(most):
            os.kill(process, signal.SIGKILL)
    return os.waitpid(process, 0)[1]


def hold_more_than(most: int) -> bool:
    """Whether the processes seen in /proc hold more than so many bytes together."""
    all_ = [place.name for place in Path("/proc").iterdir() if place.name.isdigit()]
    return sum(map(_resident, all_)) > most and sum(map(_share, all_)) > most


def _resident(process: str) -> int:
    with contextlib.suppress(OSError):
        return int(_text(process, "statm").split()[1]) * PAGE + _tables(process)
    return 0  # it has ended


def _tables(process: str) -> int:
    """What the kernel keeps to find its pages: of a large empty mapping more than it holds."""
    lines = _text(process, "status").splitlines()
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("VmPTE:"))


def _share(process: str) -> int:
    """What a process holds, pages that it shares with others in part."""
    with contextlib.suppress(OSError):
        lines = _text(process, "smaps_rollup").splitlines()
        held = sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
        return held + _tables(process)
    return _resident(process)  # it does not let itself be looked at


def _text(process: str, name: str) -> str:
    return Path("/proc", process, name).read_text(encoding="ascii")
