"""The bank on stock nbgrader, which runs submissions in the account of whoever grades.

python tests/sandbox/stock.py            all of it: writes docs/attacks.md
python tests/sandbox/stock.py NAME ...   some of it: writes their rows anew

Each attack is graded in a world of its own, made by bubblewrap and thrown away afterwards: the
course's folder can be harmed there, and this computer can't. It needs Linux and root.
"""

import contextlib
import json
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import bank
import nbformat

from autograder.course import Course
from autograder.engine import bubble, watch

TABLE = bank.ROOT / "docs" / "attacks.md"
NOBODY = 65534
SECONDS = 90  # a run that takes longer hangs: on a quiet machine an honest one takes ten
MOST_PROCESSES, MOST_BYTES = 300, 4 << 30
ATTACKER, BEFORE, AFTER = "mallory", "ada", "zoe"
SEEN = {
    "forged": "a wrong answer got points",
    "read": "the course's secret, the gradebook, another student's work, a hidden case or another "
    "process's environment is on the student's feedback page, or a server was called",
    "harmed": "another student's mark or file is not what it was, in a second try alone as well",
    "left": "a file outside the graded folders, or a process, is there afterwards",
    "stopped": "the run hung, took more than 4 GB, or ended before the student after this one was "
    "graded",
    "lost": "honest work beside the attack did not get its points",
}

HEAD = """\
# The attack bank on stock nbgrader

Made by `python tests/sandbox/stock.py`. Each of the {many} hostile and broken submissions of the
[bank](../tests/sandbox/attacks.toml) is graded by nbgrader {version} between two honest students.
In the tests `autograder grade` grades the same bank; there all of these columns must be empty.

Nbgrader promises no wall, so this is no reproach. It is what a wall is for.
"""


def inside(course, seconds):
    """What happens in the attack's world: stock nbgrader, and a look at what is left."""
    os.chdir(course)
    ended = []
    for step in ("autograde", "generate_feedback"):
        command = [sys.executable, "-m", "nbgrader", step, bank.CHAPTER.name]
        running = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=as_instructor
        )
        ended.append(ends_well(running, seconds))
    time.sleep(1)
    ours = ("1", str(os.getpid()))
    alive = [p for p in Path("/proc").iterdir() if p.name.isdigit() and p.name not in ours]
    places = [p for top in ("/tmp", "/dev/shm", course) for p in Path(top).rglob("*left_*")]
    print(json.dumps({"ended": ended, "alive": len(alive), "files": len(places)}))


def ends_well(running, seconds):
    """Whether a run comes to its end; one that takes all memory would end this computer first."""
    deadline = time.monotonic() + seconds
    while running.poll() is None:
        if time.monotonic() > deadline:
            running.kill()
            return False
        if watch.hold_more_than(MOST_BYTES):
            numbers = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]
            for process in {*numbers} - {1, os.getpid()}:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            running.wait()
            return False
        time.sleep(watch.PERIOD)
    return running.returncode in (0, 1)  # 1: some could not be graded


def as_instructor():
    """An ordinary user, with limits so that this computer stays usable."""
    resource.setrlimit(resource.RLIMIT_NPROC, (MOST_PROCESSES, MOST_PROCESSES))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES // 16, MOST_BYTES // 16))
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def world(folder):
    """The command that starts this script inside, with the folder as the only thing to write to."""
    shown = [Path(p) for p in (*bubble.SYSTEM, "/etc", sys.base_prefix, sys.prefix, bank.ROOT)]
    shown = [path for path in dict.fromkeys(shown) if path.exists()]
    parents = {parent for path in [*shown, folder] for parent in path.parents} - {Path("/")}
    command = [bubble.program(), "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    command += ["--die-with-parent", "--cap-add", "ALL"]
    command += ["--perms", "1777", "--size", str(MOST_BYTES // 8), "--tmpfs", "/tmp"]
    for parent in sorted(parents):
        command += ["--perms", "0755", "--dir", str(parent)]
    for path in shown:
        command += ["--ro-bind", str(path), str(path)]
    command += ["--bind", str(folder), str(folder), "--dev", "/dev", "--proc", "/proc"]
    command += [
        "--size",
        str(MOST_BYTES // 8),
        "--tmpfs",
        "/dev/shm",
        "--chmod",
        "1777",
        "/dev/shm",
    ]
    return [*command, sys.executable, __file__, "--inside", str(folder), str(SECONDS)]


def prepared(folder):
    """A course in which the student before has been graded, and the one after has handed in."""
    bank.make_course(folder)
    bank.hand_in(folder, BEFORE)
    for command in (["generate_assignment"], ["autograde"]):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command, bank.CHAPTER.name],
            cwd=folder, check=True, capture_output=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},  # as on most machines
        )  # fmt: skip
    bank.hand_in(folder, AFTER)


def tried(ready, attack):
    """What came of one attack: those of `SEEN` that happened."""
    word, call = secrets.token_hex(8), secrets.token_hex(8)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        folder = Path(scratch) / "course"
        shutil.copytree(ready, folder)
        (folder / ".autograder_secret").write_text(word, encoding="utf-8")
        bait = {
            "gradebook": folder / "gradebook.db", "neighbour": bank.submitted(folder, BEFORE),
            "secret": folder / ".autograder_secret", "course": folder, "marker": "611.5",
            "supervisor": "os.getppid()", "port": server.getsockname()[1],
        }  # fmt: skip
        for name in (BEFORE, AFTER):
            shutil.rmtree(folder / "submitted" / name)
            bank.hand_in(folder, name, note=word)
        bank.hand_in(folder, ATTACKER, attack, bait)
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
            path.chmod(0o755 if path.is_dir() else 0o644)
        Path(scratch).chmod(0o755)
        environment = {**os.environ, "HOME": "/tmp", "OTHERS_WORD": call}
        outcome = subprocess.run(
            world(folder), capture_output=True, text=True, env=environment, timeout=4 * SECONDS
        )
        server.settimeout(0.1)
        try:
            server.accept()
            called = True
        except TimeoutError:
            called = False
        return found(folder, attack or {}, outcome, [word, call], called)


def found(folder, attack, outcome, words, called):
    try:
        about = json.loads(outcome.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        about = {"ended": [False], "alive": 0, "files": 0}
    marks = {name: marks_of(folder, name) for name in (BEFORE, ATTACKER, AFTER)}
    kept = bank.honest_points(attack)
    page = folder / "feedback" / ATTACKER / bank.CHAPTER.name / f"{bank.CHAPTER.short}.html"
    text = page.read_text(encoding="utf-8", errors="replace") if page.is_file() else ""
    files = [bank.submitted(folder, name) for name in (BEFORE, AFTER)]
    whole = [nbformat.read(f, as_version=4) for f in files if f.is_file()]
    original = nbformat.read(bank.ROOT / "notebooks" / bank.CHAPTER.name / bank.FILE, as_version=4)
    same = [[c.source for c in nb.cells] == [c.source for c in original.cells] for nb in whole]
    secret = [*words, "SQLite format", "root:x:0", "Case(name"]
    return {
        "forged": bool("dense" in attack and marks[ATTACKER].get("dense")),
        "read": called or any(piece in text for piece in secret),
        "harmed": marks[BEFORE] != bank.POINTS
        or (bool(marks[AFTER]) and marks[AFTER] != bank.POINTS)
        or same != [True, True],
        "left": about["alive"] > 0 or about["files"] > 0,
        "stopped": not all(about["ended"]) or not marks[AFTER],
        "lost": any(marks[ATTACKER].get(id) != points for id, points in kept.items()),
    }


def marks_of(folder, student):
    """The marks that the gradebook has; none where it has not, or is none any more."""
    try:
        with Course(folder).gradebook() as gradebook:
            (notebook,) = gradebook.find_submission(bank.CHAPTER.name, student).notebooks
            marks = {g.name.removeprefix("check_"): g.auto_score for g in notebook.grades}
            return {id: marks.get(id) for id in bank.POINTS} if any(marks.values()) else {}
    except Exception:
        return {}


def main(names):
    with tempfile.TemporaryDirectory() as scratch:
        ready = Path(scratch) / "ready"
        prepared(ready)
        clean = tried(ready, {})
        assert not any(clean.values()), f"an honest submission: {clean}"
        attacks = {name: bank.ATTACKS[name] for name in names or bank.ATTACKS}
        outcomes = {}
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            came = pool.map(lambda attack: tried(ready, attack), attacks.values())
            for name, outcome in zip(attacks, came, strict=True):
                outcomes[name] = outcome
                print(f"{name}: {', '.join(k for k, v in outcome.items() if v) or 'nothing'}")
                sys.stdout.flush()
        for name, outcome in outcomes.items():
            if outcome["harmed"]:  # alone, since a busy computer can cost a neighbour a mark too
                outcomes[name] = tried(ready, attacks[name])
    known = (written() if names else {}) | outcomes
    TABLE.write_text(page({name: known[name] for name in bank.ATTACKS}), encoding="utf-8")


def written():
    """What the page says of each attack."""
    rows = [line.split(" | ") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return {
        row[1]: {column: "x" in mark for column, mark in zip(SEEN, row[2:], strict=True)}
        for row in rows
        if row[1:] and row[1] in bank.ATTACKS
    }


def page(outcomes):
    """The documentation's page."""
    many = len(outcomes)
    lines = [
        HEAD.format(many=many, version=version("nbgrader")),
        *(f"- *{column}*: {words}." for column, words in SEEN.items()),
        "",
        "| family | attack | " + " | ".join(SEEN) + " |",
        "|---|---|" + ":-:|" * len(SEEN),
    ]
    for name, outcome in sorted(outcomes.items(), key=lambda x: bank.ATTACKS[x[0]]["family"]):
        marks = " | ".join("x" if outcome[column] else "" for column in SEEN)
        lines.append(f"| {bank.ATTACKS[name]['family']} | {name} | {marks} |")
    sums = " | ".join(str(sum(o[column] for o in outcomes.values())) for column in SEEN)
    lines += [f"| | **all {many}** | {sums} |", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], float(sys.argv[3]))
    else:
        main(sys.argv[1:])
