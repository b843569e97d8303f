"""Every attack against the real thing: marks, neighbours, files and processes afterwards."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Template

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.course import Course
from autograder.engine.setup import why_there_is_no_wall
from utils.exercises import chapters

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BANK = tomllib.loads((HERE / "attacks.toml").read_text(encoding="utf-8"))["attack"]
ATTACKS = {attack["name"]: attack for attack in BANK}
WALL = why_there_is_no_wall()
CHAPTER = chapters()[0]
POINTS = {e.id: e.points for e in CHAPTER.exercises if e.points}
TIMEOUT = 5

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
                [*command, "--course", str(folder)], capture_output=True, text=True, timeout=1500
            )
            self.new_files = self._files() - before
            self.called = self._somebody_called(server)
        lines = self.outcome.stdout.splitlines()
        self.results = {r["student"]: r for r in map(json.loads, lines)}

    def _prepare(self, port):
        source = self.folder / "source" / CHAPTER.name
        source.mkdir(parents=True)
        file = f"{CHAPTER.short}.ipynb"
        text = (ROOT / "notebooks" / CHAPTER.name / file).read_text(encoding="utf-8")
        (source / file).write_text(text, encoding="utf-8")
        (self.folder / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.Execute.timeout = {TIMEOUT}\n", encoding="utf-8"
        )
        (self.folder / ".autograder_secret").write_bytes(self.word.encode())
        bait = {
            "gradebook": str(self.folder / "gradebook.db"),
            "neighbour": str(self.submitted("honest")),
            "secret": str(self.folder / ".autograder_secret"),
            "course": str(self.folder),
            "supervisor": os.getpid(),
            "port": port,
            "marker": self.marker,
        }
        for name in ("honest", "zoe"):
            self._hand_in(name, "", "")
        for number, attack in enumerate(ATTACKS.values()):
            cell = Template(attack.get("cell", "")).substitute(bait)
            self._hand_in(student(number), cell.strip(), attack.get("dense", "").strip())

    def submitted(self, name):
        return self.folder / "submitted" / name / CHAPTER.name / f"{CHAPTER.short}.ipynb"

    def _hand_in(self, name, cell, dense):
        notebook = nbformat.read(ROOT / "notebooks" / CHAPTER.name / f"{CHAPTER.short}.ipynb", 4)
        place = next(i for i, c in enumerate(notebook.cells) if c.id == "dense")
        if dense:
            notebook.cells[place].source = dense
        if cell:
            notebook.cells.insert(place, new_code_cell(cell))
        self.submitted(name).parent.mkdir(parents=True)
        nbformat.write(notebook, self.submitted(name))

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
    marks = {id: result["exercises"][id]["score"] for id in POINTS}
    lost = attack.get("lost", [])
    if "dense" in attack:
        assert marks["dense"] == 0
        lost = ["dense", "sequential", *lost]  # whose honest answer calls `dense`
    kept = {id: points for id, points in POINTS.items() if id not in lost}
    assert {id: marks[id] for id in kept} == kept


def test_neighbours_are_not_harmed(attacked):
    for name in ("honest", "zoe"):
        assert attacked.results[name]["status"] == "graded"
        assert attacked.results[name]["score"] == sum(POINTS.values())
        original = nbformat.read(
            ROOT / "notebooks" / CHAPTER.name / f"{CHAPTER.short}.ipynb", as_version=4
        )
        handed_in = nbformat.read(attacked.submitted(name), as_version=4)
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


def test_nobody_called_home(attacked):
    assert not attacked.called


def test_the_gradebook_is_whole(attacked):
    with Course(attacked.folder).gradebook() as gradebook:
        assert len(gradebook.students) == len(ATTACKS) + 2
        assert gradebook.assignments[0].max_score == sum(POINTS.values()) + 2
