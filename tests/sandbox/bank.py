"""The bank of hostile and broken submissions, and the notebooks that hand them in."""

import tomllib
from pathlib import Path
from string import Template

import nbformat
from nbformat.v4 import new_code_cell

from utils.exercises import chapters

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ATTACKS = {
    attack["name"]: attack
    for attack in tomllib.loads((HERE / "attacks.toml").read_text(encoding="utf-8"))["attack"]
}
CHAPTER = chapters()[0]
FILE = f"{CHAPTER.short}.ipynb"
POINTS = {e.id: e.points for e in CHAPTER.exercises if e.points}
TIMEOUT = 5  # seconds that a cell may take


def make_course(folder):
    """A course of one chapter, nobody in it."""
    source = folder / "source" / CHAPTER.name
    source.mkdir(parents=True)
    (source / FILE).write_bytes((ROOT / "notebooks" / CHAPTER.name / FILE).read_bytes())
    settings = f"c = get_config()\nc.Execute.timeout = {TIMEOUT}\n"
    (folder / "nbgrader_config.py").write_text(settings, encoding="utf-8")


def submitted(folder, student):
    """Where a student's notebook lies."""
    return folder / "submitted" / student / CHAPTER.name / FILE


def hand_in(folder, student, attack=None, bait=None, note=""):
    """Hand in the reference, with an attack in it where there is one.

    `bait` has the paths and words that an attack mentions. A `note` stands where only who reads
    the file finds it.
    """
    notebook = nbformat.read(ROOT / "notebooks" / CHAPTER.name / FILE, as_version=4)
    notebook.cells[0].metadata["note"] = note
    attack = attack or {}
    place = next(i for i, c in enumerate(notebook.cells) if c.id == "dense")
    if "dense" in attack:
        notebook.cells[place].source = attack["dense"].strip()
    if "cell" in attack:
        cell = Template(attack["cell"]).substitute(bait).strip()
        notebook.cells.insert(place, new_code_cell(cell))
    submitted(folder, student).parent.mkdir(parents=True)
    nbformat.write(notebook, submitted(folder, student))


def honest_points(attack):
    """The points that the honest work beside an attack is worth, by exercise."""
    lost = attack.get("lost", [])
    if "dense" in attack:
        lost = ["dense", "sequential", *lost]  # whose honest answer calls `dense`
    return {id: points for id, points in POINTS.items() if id not in lost}
