"""The worked example of CONTRIBUTING.md, followed to the letter in a copy of the course."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXERCISES = "utils/exercises/activations"
CHAPTER = "chapters/02_activations.md"


def block_after(words):
    """The first fenced block after these words of the guide."""
    rest = GUIDE[GUIDE.index(words) :]
    return re.search(r"^(````?)\w+\n(.*?)^\1$", rest, flags=re.M | re.S).group(2)


def insert(path, text, *, before):
    whole = path.read_text(encoding="utf-8")
    assert whole.count(before) == 1, f"{path.name} does not hold {before!r} once"
    path.write_text(whole.replace(before, text + before), encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The course with the exercise added, as the guide says."""
    copy = tmp_path_factory.mktemp("course")
    for folder in ("utils", "autograder", "chapters"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    reference = copy / "utils/reference/activations.py"
    with reference.open("a", encoding="utf-8", newline="\n") as file:
        file.write("\n\n" + block_after("at the end of `utils/reference/activations.py`"))
    definition = copy / EXERCISES / "tanh_gradient.py"
    definition.write_text(block_after(f"`{EXERCISES}/tanh_gradient.py`"), encoding="utf-8")
    package = copy / EXERCISES / "__init__.py"
    insert(package, block_after(f"`{EXERCISES}/__init__.py`"), before="\nCHAPTER = ")
    neighbour = re.search(r"in the tuple,\s+here before `(\w+,)`", GUIDE).group(1)
    insert(package, "        tanh_gradient,\n", before=f"        {neighbour}\n")
    anchor = re.search(r"above the paragraph that begins `(.+?)`", GUIDE).group(1)
    insert(copy / CHAPTER, block_after(f"In `{CHAPTER}`") + "\n", before=anchor)
    return copy


def run(course, *arguments):
    """A command in the copy, with the copy's own modules."""
    env = dict(os.environ, PYTHONPATH=str(course))
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=course, env=env, capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def verified(course):
    return run(course, "autograder.cli", "verify", "tanh_gradient")


def test_example_verifies_as_the_guide_shows(verified):
    code, output, messages = verified
    assert code == 0, output + messages
    shown = block_after("Now let it be tried").splitlines()
    assert shown == ["$ autograder verify tanh_gradient", *output.splitlines(), messages.strip()]


def test_example_kills_every_mutant(verified):
    killed, mutants = re.search(r"(\d+) of (\d+) mutants", verified[1]).groups()
    assert killed == mutants
    assert int(mutants) > 0


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_example_is_in_our_style(course, command):
    config = str(ROOT / "pyproject.toml")
    code, output, messages = run(course, "ruff", *command, "--config", config, "utils")
    assert code == 0, output + messages


@pytest.mark.slow
def test_example_builds_into_the_notebook(course):
    code, output, messages = run(course, "autograder.cli", "build", "02_activations")
    assert code == 0, output + messages
    notebook = (course / "notebooks/02_activations/activations.ipynb").read_text(encoding="utf-8")
    assert "tanh_gradient: right (1 point)." in notebook
