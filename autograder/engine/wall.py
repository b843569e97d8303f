"""The wall around one submission: a world of its own, made by the process that will live in it.

`enter` is called in a process that was forked for one submission and has one thread. It

1. leaves the namespaces of its parent: users, processes, mounts, network, IPC, host name;
2. forks once more, and the grandchild is process 1 of its world: when it ends, the kernel ends
   all that it started;
3. mounts a small scratch folder, the only place that can be written to, and a fresh /proc;
4. takes limits on memory, processes, files and the size of a file;
5. gives up every capability and the way to get one back, and the system calls that `calls` lists.

The process in between waits, and ends it all when it holds too much memory (`watch`).

Linux only, and Python 3.11 has no call for most of it: hence libc by ctypes. Whoever makes the
mounts that all submissions share is `bubble`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.engine import calls, watch

NEW_MOUNTS, NEW_UTS, NEW_IPC = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PIDS, NEW_NET = 0x10000000, 0x20000000, 0x40000000
READ_ONLY, NO_SUID, NO_DEVICES, NO_PROGRAMS, REMOUNT = 1, 2, 4, 8, 32
BIND, RECURSIVE, PRIVATE = 4096, 16384, 1 << 18
DIES_WITH_PARENT, DUMPABLE, DROP_BOUND, NO_NEW_PRIVILEGES = 1, 4, 24, 38
LAST_CAPABILITY = 63
NOBODY = 65534
SCRATCH = "/scratch"  # not /tmp: the environment may lie there


class NoWall(Exception):
    """The system does not give a wall. Says which step it refused."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    memory, memory_in_all, scratch, file : int
        Megabytes: of data in one process, of memory in all processes, of the scratch folder, of
        one file.
    processes, files : int
        How many at once: processes and threads, open files.
    """

    memory: int = 2_000
    memory_in_all: int = 3_000
    scratch: int = 64
    file: int = 32
    processes: int = 64
    files: int = 256


def enter(limits: Limits, hidden: Sequence[str] = ()) -> None:
    """Go behind the wall. Returns in the process that is behind it; the caller's waits for it.

    Parameters
    ----------
    limits : Limits
    hidden : paths
        Files and folders that are not there for this submission.

    Raises
    ------
    NoWall
        The system refuses a step.
    """
    user, group = os.getuid(), os.getgid()
    _must("unshare", NEW_USER | NEW_PIDS | NEW_MOUNTS | NEW_NET | NEW_IPC | NEW_UTS)
    for name, text in (
        ("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1"),
    ):  # fmt: skip
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123  # one write, as the kernel asks
            file.write(text)
    inside = os.fork()
    if inside:
        _wait_and_end_like(inside, limits)
    _call("prctl", DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    _mounts(limits, hidden)
    _limits(limits)
    _give_up_privileges()
    os.environ.update(HOME=SCRATCH, TMPDIR=SCRATCH)
    os.chdir(SCRATCH)


def become_nobody() -> None:
    """As root: a /proc that hides nothing yet, then an ordinary user for good.

    A fresh /proc for each submission is only granted where the one it replaces is whole, and root
    is exempt from the limit on processes.
    """
    if os.getuid() != 0:
        return
    _mount("proc", "/proc", "proc", NO_SUID | NO_DEVICES | NO_PROGRAMS)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    _call("prctl", DUMPABLE, 1, 0, 0, 0)  # /proc/self is ours again


def _wait_and_end_like(process: int, limits: Limits) -> None:
    for end in range(3, 256):
        with contextlib.suppress(OSError):
            os.close(end)
    status = watch.until_it_ends(process, limits.memory_in_all << 20)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _mounts(limits: Limits, hidden: Sequence[str]) -> None:
    _mount("none", "/", None, PRIVATE | RECURSIVE)
    plain = NO_SUID | NO_DEVICES
    for path in hidden:
        if os.path.isdir(path):  # noqa: PTH112  # this process imports as little as it can
            _mount("tmpfs", path, "tmpfs", plain | READ_ONLY, "mode=0755")
        else:
            _mount("/dev/null", path, None, BIND)
    _mount("tmpfs", SCRATCH, "tmpfs", plain, f"size={limits.scratch}m,nr_inodes=20k,mode=0700")
    _mount("tmpfs", "/dev/shm", "tmpfs", plain, "size=16m,nr_inodes=1k,mode=0700")
    _mount("/dev/null", "/dev/zero", None, BIND)  # a shared mapping of it is memory of no process
    _mount("proc", "/proc", "proc", plain | NO_PROGRAMS)
    for folder in ("/dev", "/"):
        _mount("none", folder, None, REMOUNT | BIND | READ_ONLY | plain)


def _limits(limits: Limits) -> None:
    import resource  # not on Windows, where this module is loaded too

    megabyte = 1 << 20
    for what, most in (
        (resource.RLIMIT_DATA, limits.memory * megabyte),
        (resource.RLIMIT_FSIZE, limits.file * megabyte),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write that is too large fails, no more
    for name, number in (("sys/user/max_user_namespaces", 0), ("self/oom_score_adj", 1_000)):
        try:  # no world within this one; and if memory gets short, this goes first
            with open(f"/proc/{name}", "w") as file:  # noqa: PTH123
                file.write(str(number))
        except OSError as error:
            raise NoWall(f"{name}: {error.strerror}") from None


def _give_up_privileges() -> None:
    for capability in range(LAST_CAPABILITY + 1):
        if _call("prctl", DROP_BOUND, capability, 0, 0, 0) != 0:
            break  # there are no more
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the third version of the call, this process
    none = (ctypes.c_uint32 * 6)()
    _must("capset", header, none)
    _must("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if not calls.refuse(_libc()):
        raise NoWall(f"system calls can't be refused on {platform.machine()}: {_why()}")


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    encoded = [None if text is None else text.encode() for text in (source, target, kind)]
    if _call("mount", *encoded, ctypes.c_ulong(flags), options.encode() or None) != 0:
        raise NoWall(f"mount {target}: {_why()}")


def _must(name: str, *arguments: object) -> None:
    if _call(name, *arguments) != 0:
        raise NoWall(f"{name}: {_why()}")


def _call(name: str, *arguments: object) -> int:
    return int(getattr(_libc(), name)(*arguments))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _why() -> str:
    return os.strerror(ctypes.get_errno())


def die_with_parent(parent: int) -> None:
    """Let this process end when the one that started it does, even by `kill -9`."""
    if exists():
        _call("prctl", DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before this process asked for that
            os._exit(1)


def exists() -> bool:
    """Whether this kind of system has what a wall is made of."""
    return sys.platform == "linux"
