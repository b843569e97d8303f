"""What the README and its neighbours claim, against the course itself."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from autograder.cli import make_parser
from autograder.verify.said import as_cell
from utils import evaluate
from utils.exercises import chapters, find

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def words(text):
    return " ".join(text.split())


def block_after(text, phrase):
    return re.search(r"^```\w*\n(.*?)^```$", text[text.index(phrase) :], re.M | re.S).group(1)


def table_rows(title):
    """Rows of the README's class table below the header that begins with the title, rejoined."""
    lines = block_after(README, "`make grade` tries").splitlines()
    start = next(i for i, line in enumerate(lines) if line.split()[:1] == [title])
    rows = []
    for line in lines[start + 2 :]:
        if not line.strip():
            break
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) == 1:
            rows[-1][-1] += " " + cells[0]
        else:
            rows.append(cells)
    return rows


def test_message_in_readme_is_what_a_student_reads():
    shown = block_after(README, "Dalia, who takes rows")
    mistake = next(m for m in find("dense").mistakes if m.id == "rows_for_columns")
    assert evaluate("dense", as_cell(mistake.answers[0])).feedback == shown.rstrip("\n")


def test_message_in_the_pictures_description_is_what_a_student_reads():
    described = re.search(r"!\[(.*?)\]\(docs/images/check\.png\)", README).group(1)
    mistake = next(m for m in find("dense").mistakes if m.id == "bias_after_activation")
    assert mistake.says in described


def test_mistakes_in_readme_are_told_so():
    rows = table_rows("exercise")
    assert rows
    for exercise, mistake, _, told in rows:
        assert told == next(m.says for m in find(exercise).mistakes if m.id == mistake)


def test_marks_in_readme_are_of_this_class():
    sample = tomllib.loads((ROOT / "examples" / "class.toml").read_text(encoding="utf-8"))
    students = {student["name"] for student in sample["student"]}
    by_hand = re.compile(r"\"free_response\".*?\"points\": (\d+)")
    highest = []
    for chapter in chapters():
        text = (ROOT / "chapters" / f"{chapter.name}.md").read_text(encoding="utf-8")
        points = [exercise.points or 0 for exercise in chapter.exercises]
        highest.append(sum(points) + sum(map(int, by_hand.findall(text))))
    rows = table_rows("student")
    assert {row[0] for row in rows} <= students
    shown = [int(mark.split("/")[1]) for mark in rows[0][1:3]]  # the first two of the chapters
    assert shown == highest[:2]


@pytest.mark.parametrize("text", [README, CONTRIBUTING, ARCHITECTURE], ids=["readme", "c", "a"])
def test_commands_named_exist(text):
    _, verbs = make_parser()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```.*?^```$|`[^`\n]+`", text, re.M | re.S))
    called = set(re.findall(r"\bautograder (?!--)([a-z]+)\b", code))
    assert called
    assert called <= set(verbs)
    for target in re.findall(r"\bmake ([a-z-]+)", code):
        assert re.search(rf"^{target}:", makefile, re.M), target


@pytest.mark.parametrize("text", [README, ARCHITECTURE], ids=["readme", "architecture"])
def test_files_named_are_there(text):
    for name in re.findall(r"`((?:chapters|utils|autograder|examples|docs)/[\w./]*)`", text):
        assert (ROOT / name).exists(), name


def test_tree_in_readme_is_the_tree():
    tree = block_after(README, "## For maintainers")
    inside = ""
    for line in tree.splitlines():
        name = line.split()[0]
        inside = name if not line.startswith(" ") else inside
        path = ROOT / name if not line.startswith(" ") else ROOT / inside / name
        assert path.exists(), line
    packages = {f"{path.parent.name}/" for path in (ROOT / "utils").glob("*/__init__.py")}
    assert packages <= set(re.findall(r"^  (\w+/)", tree, re.M))


def test_pythons_in_readme_are_the_supported_ones():
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11, 3.12 or 3.13" in README
    assert "no wheel for Python 3.14" in words(README)


def test_citation_is_complete():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(cited)
    assert all(author.get("name") for author in cited["authors"])
    assert cited["type"] in ("software", "dataset")
    assert (cited["version"], cited["license"]) == (PROJECT["version"], PROJECT["license"])


def test_changelog_knows_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## .*\b{re.escape(PROJECT['version'])}\b", changelog, re.M)
