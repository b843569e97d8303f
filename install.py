"""Makes `.venv`, the course's environment, from `requirements.lock`; run again, it repairs it.

    python3 install.py            makes, completes or repairs .venv; does nothing when all is well
    python3 install.py --fresh    begins again from nothing

Standard library only, and any Python from 3.8 reads this file: one that cannot run the course looks
for one that can, and says in a sentence what is missing when there is none.

How it knows that all is well: the last step writes `.venv/installed.json`, which holds what the
environment was made from (lock, project, place) and the names of what is in it. A run that finds
the same again is done. Otherwise what stands is examined, a package that lacks a file is forgotten,
and pip installs what is missing: a stopped run has to do again only what it had not done.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
MARK = VENV / "unfinished"
LOG = VENV / "install.log"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
SUPPORTED = ((3, 13), (3, 12), (3, 11))  # the first one found is taken
AGAIN = "python install.py" if WINDOWS else "python3 install.py"


class CannotInstall(Exception):
    """What stands in the way, in a sentence for the person at the keyboard."""


# What the environment was made from, and whether that still holds


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def made_from():
    return {"lock": digest(LOCK), "project": digest(PROJECT), "root": str(ROOT)}


def stamp():
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def site_packages():
    if WINDOWS:
        return VENV / "Lib" / "site-packages"
    found = sorted(VENV.glob("lib/python3.*/site-packages"))
    return found[-1] if found else VENV / "lib" / "site-packages"


def listing():
    """Names of the packages and commands in .venv."""
    folders = (site_packages(), PYTHON.parent)
    names = [path.name for folder in folders if folder.is_dir() for path in folder.iterdir()]
    return sorted(name for name in names if name != "__pycache__" and not name.startswith("~"))


def count_packages():
    return sum(name.endswith(".dist-info") for name in listing())


def is_ready():
    """Whether nothing needs to be done. It runs before every command: one short process at most."""
    then = stamp()
    if any(then.get(key) != value for key, value in made_from().items()):
        return False
    if not set(then.get("listing", ["nothing was installed"])) <= set(listing()):
        return False
    # The link may by now lead to another Python than the one that the packages are for.
    same = f"import sys; sys.exit('%d.%d' % sys.version_info[:2] != {then.get('python')!r})"
    return succeeds([str(PYTHON), "-S"], same)


def succeeds(python, code):
    """Whether this Python starts and `code` ends well; a deleted one does neither."""
    try:
        return subprocess.run([*python, "-I", "-c", code], env=clean(), **SILENT).returncode == 0
    except OSError:
        return False


SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}


def clean():
    """The caller's environment without what would point Python or pip away from .venv."""
    away = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__")
    kept = {name: value for name, value in os.environ.items() if name not in away}
    return dict(kept, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONUTF8="1")


# Which Python makes it


FITS = (
    "import sys, sysconfig; assert (3, 11) <= sys.version_info[:2] <= (3, 13)"
    " and sys.maxsize > 2**32 and sys.implementation.name == 'cpython'"
    " and not sysconfig.get_config_var('Py_GIL_DISABLED')"
)


def find_python():
    """Command of a Python that can run the course: this one, or another on this machine."""
    # Run by .venv's own Python we must not delete what we stand on.
    own = getattr(sys, "_base_executable", None) or sys.executable
    for command in [[own]] + [name for version in SUPPORTED for name in names(version)]:
        found = shutil.which(command[0])
        # A pyenv shim is on PATH for versions that are not chosen: only running it tells.
        if found and succeeds([found, *command[1:]], FITS):
            return [found, *command[1:]]
    raise CannotInstall(
        "The course needs CPython 3.11, 3.12 or 3.13 (64 bit), "
        f"this is {this_python()} and no other was found on PATH: install one, and run this again."
    )


def names(version):
    number = "{}.{}".format(*version)
    return [["py", "-" + number]] if WINDOWS else [["python" + number]]


def this_python():
    free = " (free-threaded)" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    bits = "" if sys.maxsize > 2**32 else " (32 bit)"
    return f"{platform.python_implementation()} {platform.python_version()}{bits}{free}"


def check_platform():
    system, machine = platform.system(), platform.machine().lower()
    if system == "Darwin" and machine == "x86_64":
        raise CannotInstall(
            "TensorFlow has no wheel for Intel Macs (on Apple silicon, use an arm64 Python)."
        )
    if system == "Windows" and machine != "amd64":
        raise CannotInstall(
            f"TensorFlow has no wheel for Windows on {machine}: use the x64 build of Python."
        )
    if system == "Linux" and "musl" in (sysconfig.get_config_var("SOABI") or ""):
        raise CannotInstall("TensorFlow has no wheel for musl (Alpine): use Debian or the like.")


# Its packages


def forget_damaged():
    """Remove the record of each package that lacks a file, so that pip installs it again."""
    site = site_packages()
    for rest in site.glob("~*"):  # what pip moved aside when it was stopped
        shutil.rmtree(str(rest), ignore_errors=True)
    damaged = [info for info in site.glob("*.dist-info") if not is_whole(site, info)]
    for info in damaged:
        shutil.rmtree(str(info))
    return [info.name.split("-")[0] for info in damaged]


def is_whole(site, info):
    try:
        lines = (info / "RECORD").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False  # pip writes it last: the run ended before
    # Names with commas are quoted in RECORD; there are few, and pip itself never misses one.
    files = [line.rsplit(",", 2)[0] for line in lines if not line.startswith('"')]
    return all((site / name).exists() for name in files if not name.endswith(".pyc"))


def pip(arguments, watch=None):
    """Run pip in .venv, its words to the log; `watch` gets each line."""
    command = [str(PYTHON), "-u", "-m", "pip", "install", "--no-deps", "--no-input", *arguments]
    child = subprocess.Popen(
        command,
        env=clean(),
        cwd=str(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    )
    try:
        with LOG.open("a", encoding="utf-8") as log:
            for line in child.stdout:
                log.write(line)
                if watch:
                    watch(line)
    except BaseException:
        child.terminate()
        child.wait()
        raise
    if child.wait():
        raise CannotInstall(why_pip_failed())


REASONS = (
    (r"No space left|not enough space", "The disk is full: the environment needs about 2.5 GB."),
    (
        r"name resolution|getaddrinfo|Connection|ConnectTimeout|ReadTimeout|ProxyError|SSLError",
        "The package index could not be reached: is there a network, a proxy?",
    ),
    (
        r"No matching distribution|Could not find a version",
        "A package has no wheel for this machine, or the package index does not have it.",
    ),
)


def why_pip_failed():
    text = LOG.read_text(encoding="utf-8", errors="replace")
    reason = next((says for pattern, says in REASONS if re.search(pattern, text)), "pip failed.")
    errors = [line for line in text.splitlines() if line.startswith("ERROR")][-1:]
    shown = ("\n  " + errors[0][:300]) if errors else ""
    return f"{reason}{shown}\nAll that pip said is in {LOG}; `{AGAIN}` goes on where it stopped."


# Progress


class Progress:
    """A bar on a terminal, elsewhere a line now and then."""

    def __init__(self, total):
        self.total, self.said, self.started = total, 0.0, time.monotonic()
        self.terminal = sys.stdout.isatty()

    def show(self, word, count, name=""):
        now = time.monotonic()
        if now - self.said < (0.1 if self.terminal else 10):
            return
        self.said = now
        count = min(count, self.total)
        text = f"{word} {count} of {self.total} {name}"
        if self.terminal:
            full = 24 * count // self.total
            print("\r  [" + "#" * full + "." * (24 - full) + f"] {text:<46.46}", end="", flush=True)
        else:
            print(f"  {text} ({now - self.started:.0f} s)", flush=True)

    def end(self, text):
        print(("\r" + " " * 78 + "\r" if self.terminal else "") + f"  {text}", flush=True)


class Watch:
    """Reads pip's lines while it collects, and counts what stands in .venv while it installs."""

    def __init__(self, progress):
        self.progress, self.seen, self.done = progress, 0, threading.Event()

    def __call__(self, line):
        found = re.match(r"(Collecting|Processing|Requirement already satisfied:) (\S+)", line)
        if found:
            self.seen += 1
            self.progress.show("fetching", self.seen, re.split(r"[/\\]", found.group(2))[-1])
        elif line.startswith("Ignoring "):  # its marker says: not for this platform
            self.progress.total -= 1
        elif line.startswith("Installing collected packages"):
            # pip says nothing more until all of them are there.
            threading.Thread(target=self.count, daemon=True).start()

    def count(self):
        while not self.done.wait(0.3):
            self.progress.show("installing", count_packages())


# The steps


def make_venv(python):
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(str(VENV), ignore_errors=True)
    if VENV.exists():
        raise CannotInstall(
            f"{VENV} could not be removed: end what runs from it, and run this again."
        )
    if subprocess.run(
        [*python, "-c", "import ensurepip, venv; ensurepip.version()"], env=clean(), **SILENT
    ).returncode:
        raise CannotInstall(
            "This Python cannot make environments: on Debian and Ubuntu run "
            "`apt-get install python3-venv` (as root), then this again."
        )
    made = subprocess.run(
        [*python, "-m", "venv", str(VENV)],
        env=clean(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if made.returncode:
        raise CannotInstall(f"`python -m venv` could not make {VENV}:\n{made.stdout.strip()}")


def is_usable():
    """Whether what stands can be completed: made here, its Python fits and has pip."""
    place = stamp().get("root") or half_made()
    return place == str(ROOT) and succeeds([str(PYTHON)], FITS + "; import pip._internal.cli.main")


def half_made():
    """Where the unfinished environment was being made: its commands hold that path."""
    try:
        return MARK.read_text(encoding="utf-8")
    except OSError:
        return None


def install():
    started = time.monotonic()
    if is_usable():
        MARK.write_text(str(ROOT), encoding="utf-8")
        if STAMP.exists():
            STAMP.unlink()
        damaged = forget_damaged()
        print("Completing .venv" + (f"; damaged: {', '.join(damaged)}" if damaged else ""))
    else:
        check_platform()
        python = find_python()
        print("Making .venv: about 0.6 GB to fetch, 2.3 GB on disk; one to five minutes, once.")
        make_venv(python)
        MARK.write_text(str(ROOT), encoding="utf-8")
    LOG.write_text("", encoding="utf-8")
    add_packages()
    finish()
    print(f".venv is ready ({time.monotonic() - started:.0f} s).")


def add_packages():
    progress = Progress(len(LOCK.read_text(encoding="utf-8").splitlines()))
    watch = Watch(progress)
    try:
        # Only wheels: nobody's machine compiles, and a missing one is said at once.
        pip(["--only-binary", ":all:", "--no-compile", "-r", str(LOCK)], watch)
    finally:
        watch.done.set()
    progress.end(f"{count_packages()} packages are there")
    # --no-index: the project itself needs nothing from outside; setuptools is in the lock.
    pip(["--no-build-isolation", "--no-index", "--editable", "."])
    print("  compiling, so that the first start is quick")
    # Some packages ship templates that are not Python: that they do not compile is no fault.
    command = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(site_packages())]
    subprocess.run(command, env=clean(), **SILENT)


def finish():
    version = "import sys; print('%d.%d' % sys.version_info[:2])"
    python = subprocess.check_output([str(PYTHON), "-c", version], encoding="utf-8").strip()
    record = dict(made_from(), listing=listing(), python=python)
    half = STAMP.with_suffix(".half")
    half.write_text(json.dumps(record, indent=1), encoding="utf-8")
    half.replace(STAMP)
    MARK.unlink()


def main(arguments):
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    if set(arguments) - {"--fresh"}:
        print("usage: python3 install.py [--fresh]", file=sys.stderr)
        return 2
    try:
        if arguments and VENV.exists():
            shutil.rmtree(str(VENV), ignore_errors=True)
        if not is_ready():
            install()
    except CannotInstall as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\nStopped. `{AGAIN}` goes on where it stopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
