"""`autograder doctor`: proves the wall by trying to break it, on this machine, now.

Each probe is a cell that a hostile notebook could hold. It runs where submissions will run, behind
the same wall, and tries to do what it must not. What it printed tells whether it could.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.engine import calls, wall
from autograder.engine.grading import hidden
from autograder.engine.inside import Child, Zygote
from autograder.engine.setup import cure
from autograder.engine.wall import Limits, NoWall
from autograder.say import say

SECONDS = 20.0
HELD = "held"


@dataclass(frozen=True)
class Bait:
    """What a probe goes after."""

    secret_file: str
    word: str
    port: int
    supervisor: int
    marker: str


@dataclass(frozen=True)
class Probe:
    """One attempt, and what must come of it.

    Attributes
    ----------
    name : str
        What the wall promises.
    cell : function of a Bait, returning source
        Prints "held" when it could not do it, and else what it did.
    """

    name: str
    cell: Callable[[Bait], str]


def doctor(*, as_json: bool = False) -> int:
    """Try to break the wall. 0 it holds, 1 something gets through, 2 there is none."""
    if not wall.exists():
        return _none("a wall needs Linux", as_json)
    try:
        with _bait() as bait:
            found = examine(bait)
    except NoWall as error:
        return _none(str(error), as_json)
    for name, said in found.items():
        if as_json:
            print(json.dumps({"promise": name, "holds": said == HELD, "seen": said}))
        else:
            print(f"{'holds' if said == HELD else 'BROKEN':<8}{name}" + _tail(said))
    broken = sum(said != HELD for said in found.values())
    say(f"doctor: {broken or 'nothing'} of {len(found)} got through")
    return 1 if broken else 0


def _tail(said: str) -> str:
    return "" if said == HELD else f": {said}"


def _none(why: str, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"promise": "there is a wall", "holds": False, "seen": why}))
    say(f"autograder: there is no wall here ({why}).")
    for line in cure():
        say(line)
    return 2


def examine(bait: Bait) -> dict[str, str]:
    """Run every probe in a child of its own: promise -> what was seen."""
    zygote = Zygote()
    try:
        unseen = hidden(None)  # as for a notebook of the first chapter
        found = {probe.name: _try(zygote.child(unseen), probe.cell(bait)) for probe in PROBES}
        found["what a submission starts ends with it"] = _nothing_is_left(zygote, bait)
    finally:
        zygote.close()
    return found


def _try(child: Child, source: str) -> str:
    try:
        shown = child.run(source, SECONDS)
    finally:
        child.close()
    if shown is None:
        return HELD  # the kernel, or the time limit, has ended it
    printed = "".join(str(output.get("text", "")) for output in shown.outputs).strip()
    errors = [f"{o['ename']}: {o['evalue']}" for o in shown.outputs if "ename" in o]
    return printed or "; ".join(errors) or "it printed nothing"


def _nothing_is_left(zygote: Zygote, bait: Bait) -> str:
    """A daemon, in a session of its own, must be gone when the submission has ended."""
    child = zygote.child()
    child.run(
        "import subprocess\n"
        f"subprocess.Popen(['sleep', '{bait.marker}'], start_new_session=True)", SECONDS
    )  # fmt: skip
    if not _running(bait.marker):
        child.close()
        return "the probe could not start its daemon, so nothing is shown"
    child.close()
    deadline = time.monotonic() + 5
    while _running(bait.marker) and time.monotonic() < deadline:
        time.sleep(0.02)
    return "it runs on" if _running(bait.marker) else HELD


def _running(marker: str) -> bool:
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if marker.encode() in file.read_bytes():
                return True
    return False


@contextlib.contextmanager
def _bait() -> Iterator[Bait]:
    """A secret in a file, and a server on this machine: things worth reaching."""
    word = secrets.token_hex(8)
    marker = str(600 + secrets.randbelow(10**6) / 10**6)
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        file = Path(folder) / "gradebook.db"
        file.write_text(word)
        yield Bait(str(file), word, server.getsockname()[1], os.getpid(), marker)


def attempt(code: str, wanted: str = "OSError") -> str:
    """A cell that prints "held" when the code raises what it should, and else that it worked."""
    body = "\n".join(f"    {line}" for line in code.splitlines())
    return f"try:\n{body}\n    print('it worked')\nexcept ({wanted}):\n    print('{HELD}')"


def _writes(bait: Bait) -> str:
    return (
        "import os, sys, utils\n"
        "wrote = []\n"
        "for folder in ('/', '/dev', '/etc', '/proc', '/usr/bin', sys.prefix, sys.base_prefix,\n"
        "               os.path.dirname(utils.__file__)):\n"
        "    try:\n"
        "        with open(os.path.join(folder, 'left_behind'), 'w') as file:\n"
        "            file.write('x')\n"
        "        wrote.append(folder)\n"
        "    except OSError:\n"
        "        pass\n"
        f"print(wrote or '{HELD}')"
    )


def _answers(bait: Bait) -> str:
    return (
        "import os, utils\n"
        "home, seen = os.path.dirname(utils.__file__), []\n"
        "for name in ('exercises', 'reference'):\n"
        "    for folder, _, files in os.walk(f'{home}/{name}'):\n"
        "        for file in set(files) - {'__init__.py'}:\n"
        "            try:\n"
        "                with open(os.path.join(folder, file), 'rb') as opened:\n"
        "                    seen += [file] if opened.read(1) else []\n"
        "            except OSError:\n"
        "                pass\n"
        f"print(seen or '{HELD}')"
    )


def _processes(bait: Bait) -> str:
    return (
        "import os\n"
        "others = [n for n in os.listdir('/proc') if n.isdigit() and int(n) != os.getpid()]\n"
        f"print(others or '{HELD}')"
    )


def _descriptors(bait: Bait) -> str:
    return (
        "import os, stat\n"
        "ends = [n for n in os.listdir('/proc/self/fd') if int(n) > 2]\n"
        "kinds = []\n"
        "for n in ends:\n"
        "    try:\n"
        "        kinds.append(os.readlink(f'/proc/self/fd/{n}').split(':')[0])\n"
        "    except OSError:\n"
        "        pass\n"
        f"print('{HELD}' if kinds.count('socket') <= 1 and set(kinds) <= {{'socket'}} else kinds)"
    )


def _forks(bait: Bait) -> str:
    most = Limits().processes
    return (
        "import os, time\n"
        "made = 0\n"
        "try:\n"
        f"    while made < {4 * most}:\n"
        "        if os.fork() == 0:\n"
        "            time.sleep(60)\n"
        "            os._exit(0)\n"
        "        made += 1\n"
        "    print(f'{made} processes')\n"
        f"except OSError:\n    print('{HELD}')"
    )


def _other_networks(bait: Bait) -> str:
    return attempt("import socket\nsocket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)")


def _network(bait: Bait) -> str:
    return (
        "import socket\n"
        "names = [name for _, name in socket.if_nameindex() if name != 'lo']\n"
        f"print(names or '{HELD}')"
    )


def _small_scratch(bait: Bait) -> str:
    half = Limits().scratch << 19
    return attempt(
        f"for n in range(3):\n    open(f'{wall.SCRATCH}/{{n}}', 'wb').write(bytes({half}))"
    )


def _small_file(bait: Bait) -> str:
    return attempt(f"open('{wall.SCRATCH}/one', 'wb').write(bytes({Limits().file + 1} << 20))")


def _connects(bait: Bait) -> str:
    return attempt(f"import socket\nsocket.create_connection(('127.0.0.1', {bait.port}), 3)")


def _memory(bait: Bait) -> str:
    return attempt(f"x = bytearray({Limits().memory + 1} << 20)", "MemoryError")


def _memory_in_all(bait: Bait) -> str:
    each, processes = Limits().memory * 3 // 4, 4  # more than they may hold together
    return (
        "import os, time\n"
        f"for n in range({processes}):\n"
        "    if os.fork() == 0:\n"
        f"        held = bytes([1]) * ({each} << 20)\n"
        "        time.sleep(60)\n"
        "        os._exit(0)\n"
        "time.sleep(15)\n"
        f"print('{processes} processes with {each} MB each')"
    )


def _nobodys_memory(bait: Bait) -> str:
    return (
        "import ctypes, mmap, os\n"
        "made = []\n"
        "def a_file_of_none(): os.memfd_create('x')\n"
        "def a_mapping(): mmap.mmap(-1, 4096)\n"
        "def zeros(): mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096)\n"
        "def a_segment():\n"
        "    if ctypes.CDLL(None).shmget(0, 4096, 0o1600) < 0: raise OSError\n"
        "for way in (a_file_of_none, a_mapping, zeros, a_segment):\n"
        "    try:\n"
        "        way()\n"
        "        made.append(way.__name__)\n"
        "    except OSError:\n"
        "        pass\n"
        f"print(made or '{HELD}')"
    )


def _another_world(bait: Bait) -> str:
    flags = wall.NEW_USER | wall.NEW_MOUNTS
    return (
        "import ctypes\n"
        "libc = ctypes.CDLL(None)\n"
        "stack = ctypes.create_string_buffer(1 << 16)\n"
        "end = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(lambda _: 0)\n"
        "top = ctypes.c_void_p(ctypes.addressof(stack) + (1 << 15))\n"
        f"made = [libc.clone(end, top, {wall.NEW_USER | 17}, None), libc.unshare({flags})]\n"
        f"print('{HELD}' if made == [-1, -1] else made)"
    )


def _keys(bait: Bait) -> str:
    number = {machine: numbers[column] for machine, (column, _) in calls.MACHINES.items()
              for numbers in [calls.REFUSED["add_key"]]}  # fmt: skip
    return (
        "import ctypes, platform\n"
        f"number = {number}[platform.machine()]\n"
        "key = ctypes.CDLL(None).syscall(number, b'user', b'left', b'word', 4, -4)\n"
        f"print('{HELD}' if key < 0 else f'key {{key}}')"
    )


PROBES = (
    Probe("the instructor's files are out of sight",
          lambda bait: attempt(f"print(open({bait.secret_file!r}).read())")),
    Probe("references and hidden cases are out of sight", _answers),
    Probe("other processes are out of sight", _processes),
    Probe("other processes can't be ended",
          lambda bait: attempt(f"import os\nos.kill({bait.supervisor}, 0)")),
    Probe("nothing can be written but in the scratch folder", _writes),
    Probe("no open file or connection is inherited", _descriptors),
    Probe("this computer's servers can't be reached", _connects),
    Probe("there is no network", _network),
    Probe("there is no other way out, to the machine around this one", _other_networks),
    Probe("privileges can't be had back", lambda bait: attempt("import os\nos.setuid(0)")),
    Probe("the host's name stays",
          lambda bait: attempt("import socket\nsocket.sethostname('mine')")),
    Probe("the scratch folder is small", _small_scratch),
    Probe("a file is small", _small_file),
    Probe("memory is limited", _memory),
    Probe("memory of all processes together is limited", _memory_in_all),
    Probe("there is no memory but that of processes and files", _nobodys_memory),
    Probe("processes are limited", _forks),
    Probe("no other world can be made", _another_world),
    Probe("nothing stays in the kernel's keyrings", _keys),
)  # fmt: skip
