"""What holds for every file here: lint, types, spelling, links, nothing of one machine."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked():
    """Files under version control; without git (a downloaded archive) there is nothing to judge."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


TRACKED = tracked()
BINARY = {".png", ".jpg", ".gif", ".ico", ".pdf", ".npz"}
TEXTS = [path for path in TRACKED if path.suffix not in BINARY]
MARKDOWN = [path for path in TRACKED if path.suffix == ".md"]


def name(path):
    return path.relative_to(ROOT).as_posix()


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="lint"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["mypy"], id="types"),
    ],
)
def test_tool_finds_nothing(command):
    code, output = run(*command)
    assert code == 0, output


def test_spelling():
    prose = [name(path) for path in TRACKED if path.suffix in {".md", ".py", ".toml", ".cff"}]
    # Tests misspell on purpose: what is misspelt is to be understood.
    read_by_people = [path for path in prose if not path.startswith("tests/")]
    code, output = run("codespell_lib", *read_by_people)
    assert code == 0, output


def test_files_are_tracked():
    assert not TRACKED or ROOT / "pyproject.toml" in TRACKED


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_file_holds_nothing_of_one_machine(path):
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    # A kernel's temporary file, someone's home, and the usual host of a package index.
    for places in (
        r"ipykernel_\d+",
        r"/(home|Users)/\w+/",
        "/root" + "/",
        "pypi" + r"\.org",
        "files.python" + "hosted",
    ):
        found = re.search(places, text)
        assert not found, text[max(0, found.start() - 60) : found.end() + 60]


LINK = re.compile(
    r"(?<!\\)\[[^\]\n]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|(?:src|href)=\"([^\"]+)\""
)


def prose(path):
    """The text without its code, in which brackets are no links."""
    text = re.sub(r"^(```+|~~~+).*?^\1", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.sub(r"`[^`\n]+`", "", text)


def links(path):
    return [first or second for first, second in LINK.findall(prose(path))]


def anchors(path):
    """Names of a page's headings, as the sites that show it make them."""
    headings = re.findall(r"^#+\s+(.*)$", path.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


@pytest.mark.parametrize("path", MARKDOWN, ids=name)
def test_links_lead_somewhere(path):
    for link in links(path):
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme in ("https", "http", "mailto"), link
            assert parts.scheme == "mailto" or "." in parts.netloc, link
            continue
        target = (path.parent / unquote(parts.path)) if parts.path else path
        assert target.exists(), f"{name(path)} links to {link}, which is not there"
        if parts.fragment and target.suffix == ".md":
            assert parts.fragment in anchors(target), f"{name(path)}: no heading #{parts.fragment}"


def test_links_of_prose_are_found_and_those_in_code_are_not(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "[a](b.md) `[x](y)` ![p](<q.png>)\n```\n[c](d)\n```\n[e](f.md#g 'h')", encoding="utf-8"
    )
    assert links(page)[:2] == ["b.md", "q.png"]
    assert "d" not in links(page)
