"""Every attack against the real thing: marks, neighbours, files and processes afterwards."""

import json
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import bank
import nbformat
import pytest

from autograder.course import Course
from autograder.engine.setup import why_there_is_no_wall

ATTACKS = bank.ATTACKS
WALL = why_there_is_no_wall()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(WALL), reason=f"there is no wall here: {WALL}"),
]


def student(number):
    return f"s{number:02}"


class Graded:
    """A class of attackers between two honest students, graded once."""

    def __init__(self, folder):
        self.folder = folder
        self.marker = str(600 + secrets.randbelow(10**6) / 10**6)
        self.word = secrets.token_hex(8)
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.1)
            self._prepare(server.getsockname()[1])
            before = self._files()
            command = [sys.executable, "-m", "autograder.cli", "grade", "--json"]
            self.outcome = subprocess.run(
                [*command, "--course", str(folder)], capture_output=True, text=True, timeout=1500,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},  # as on most machines
            )  # fmt: skip
            self.new_files = self._files() - before
            self.called = self._somebody_called(server)
        lines = self.outcome.stdout.splitlines()
        self.results = {r["student"]: r for r in map(json.loads, lines)}

    def _prepare(self, port):
        bank.make_course(self.folder)
        (self.folder / ".autograder_secret").write_bytes(self.word.encode())
        bait = {
            "gradebook": str(self.folder / "gradebook.db"),
            "neighbour": str(bank.submitted(self.folder, "honest")),
            "secret": str(self.folder / ".autograder_secret"),
            "course": str(self.folder),
            "supervisor": os.getpid(),
            "port": port,
            "marker": self.marker,
        }
        for name in ("honest", "zoe"):
            bank.hand_in(self.folder, name, note=self.word)
        for number, attack in enumerate(ATTACKS.values()):
            bank.hand_in(self.folder, student(number), attack, bait)

    def _files(self):
        found = {str(p) for p in self.folder.rglob("*") if p.is_file()}
        return found | {str(p) for top in ("/tmp", "/dev/shm") for p in Path(top).glob("left_*")}

    def _somebody_called(self, server):
        try:
            server.accept()
        except TimeoutError:
            return False
        return True


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    return Graded(tmp_path_factory.mktemp("attacked"))


def test_the_run_ends_and_everybody_is_in_it(attacked):
    assert attacked.outcome.returncode == 1, attacked.outcome.stderr[-2000:]
    assert len(attacked.results) == len(ATTACKS) + 2


@pytest.mark.parametrize("name", ATTACKS)
def test_no_mark_is_forged_and_honest_work_keeps_its_marks(attacked, name):
    attack = ATTACKS[name]
    result = attacked.results[student(list(ATTACKS).index(name))]
    marks = {id: result["exercises"][id]["score"] for id in bank.POINTS}
    if "dense" in attack:
        assert marks["dense"] == 0
    kept = bank.honest_points(attack)
    assert {id: marks[id] for id in kept} == kept


def test_neighbours_are_not_harmed(attacked):
    original = nbformat.read(bank.ROOT / "notebooks" / bank.CHAPTER.name / bank.FILE, as_version=4)
    for name in ("honest", "zoe"):
        assert attacked.results[name]["status"] == "graded"
        assert attacked.results[name]["score"] == sum(bank.POINTS.values())
        handed_in = nbformat.read(bank.submitted(attacked.folder, name), as_version=4)
        assert [c.source for c in handed_in.cells] == [c.source for c in original.cells]


def test_no_secret_is_in_anybodys_feedback(attacked):
    for page in attacked.folder.glob("feedback/*/*/*.html"):
        text = page.read_text(encoding="utf-8")
        assert attacked.word not in text
        assert "SQLite format" not in text
        assert "root:x:0" not in text


def test_nothing_is_left(attacked):
    assert not any(attacked.marker in name for name in attacked.new_files)
    known = ("gradebook.db", ".nbgrader.log", "/autograded/", "/feedback/", "/release/")
    assert [name for name in attacked.new_files if not any(k in name for k in known)] == []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert attacked.marker.encode() not in file.read_bytes()
        except OSError:  # it ended just now
            continue


def test_everybody_has_a_feedback_page(attacked):
    pages = {page.parts[-3] for page in attacked.folder.glob("feedback/*/*/*.html")}
    assert pages == set(attacked.results)


def test_nobody_called_home(attacked):
    assert not attacked.called


def test_the_gradebook_is_whole(attacked):
    with Course(attacked.folder).gradebook() as gradebook:
        assert len(gradebook.students) == len(ATTACKS) + 2
        assert gradebook.assignments[0].max_score == sum(bank.POINTS.values()) + 2
