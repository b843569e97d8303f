"""`autograder build`: make the notebooks, or check that they are in step with their texts."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.build import inputs
from autograder.build.assemble import Assembled, assemble
from autograder.build.compare import differences
from autograder.build.run import keep_timings, run
from autograder.build.text import Fault, Faults, read
from autograder.say import Progress, say
from utils.checking.exercise import Chapter
from utils.plotting import display

STAMP = "course"  # the key in a notebook's metadata that holds the fingerprint of its inputs


@dataclass(frozen=True)
class Source:
    """One chapter: its definition, where its text is and where its notebook goes."""

    chapter: Chapter
    text: Path
    notebook: Path
    alt_text: Path


def sources(course: Path, chapters: Sequence[Chapter]) -> list[Source]:
    return [
        Source(
            chapter,
            course / "chapters" / f"{chapter.name}.md",
            course / "notebooks" / chapter.name / f"{chapter.short}.ipynb",
            display.FOLDER / f"{chapter.name}.json",
        )
        for chapter in chapters
    ]


def build(
    course: Path,
    names: Sequence[str] = (),
    *,
    chapters: Sequence[Chapter],
    check: bool = False,
    force: bool = False,
) -> int:
    """Build (or with `check` compare) the named chapters, or all. 0 done, 1 with faults."""
    faulty = 0
    for source in sources(course, chapters):
        if names and source.chapter.name not in names:
            continue
        try:
            check_one(source) if check else build_one(source, force=force)
        except Faults as error:
            faulty += 1
            print(error, file=sys.stdout)
    return 1 if faulty else 0


def build_one(source: Source, *, force: bool = False) -> None:
    """Make one notebook, unless it is up to date."""
    assembled, stored = prepare(source)
    if stored is not None and not force and not out_of_step(assembled, stored):
        _write_alt_text(source, assembled)
        say(f"{source.chapter.name}: up to date")
        return
    _write_alt_text(source, assembled)  # first: the figures look their text up while they run
    start = time.monotonic()
    with Progress(source.chapter.name, "cell") as progress:
        run(assembled, progress)
    keep_timings(assembled.notebook, stored)
    source.notebook.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(assembled.notebook, source.notebook)
    say(f"{source.chapter.name}: built in {time.monotonic() - start:.0f} s")


def check_one(source: Source) -> None:
    """Raise `Faults` where text and notebook differ."""
    assembled, stored = prepare(source)
    place = f"notebooks/{source.chapter.name}/{source.notebook.name}"
    if stored is None:
        found = ["there is no such notebook"]
    else:
        found = out_of_step(assembled, stored)
        if _alt_text_in(source.alt_text) != alt_texts(assembled.notebook):
            found.append("the alt texts differ")
    if found:
        found.append(f"run: autograder build {source.chapter.name}")
        raise Faults([Fault(place, says) for says in found])
    say(f"{source.chapter.name}: text and notebook are in step")


def prepare(source: Source) -> tuple[Assembled, NotebookNode | None]:
    """The notebook the text asks for, with the fingerprint of its inputs, and the one there is."""
    if not source.text.is_file():
        raise Faults([Fault(f"chapters/{source.text.name}", "there is no such text")])
    text = read(source.text)
    assembled = assemble(text, source.chapter)
    fingerprint = inputs.fingerprint(text, source.chapter)
    assembled.notebook.metadata[STAMP] = {"inputs": fingerprint}
    return assembled, _stored(source.notebook)


def _stored(path: Path) -> NotebookNode | None:
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return None


def out_of_step(assembled: Assembled, stored: NotebookNode) -> list[str]:
    """The differences, or that only the outputs may be old."""
    found = differences(assembled.notebook, stored)
    if not found and stored.metadata != assembled.notebook.metadata:
        found.append("its outputs are older than the text or the code in utils")
    return found


def alt_texts(notebook: NotebookNode) -> dict[str, str]:
    """The alt text of each figure, by the fingerprint of its cell's source."""
    return {
        display.fingerprint(cell.source): cell.metadata["alt"]
        for cell in notebook.cells
        if "alt" in cell.metadata
    }


def _alt_text_in(path: Path) -> dict[str, str]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _write_alt_text(source: Source, assembled: Assembled) -> None:
    texts = alt_texts(assembled.notebook)
    if texts != _alt_text_in(source.alt_text):
        content = json.dumps(texts, indent=1, ensure_ascii=False) + "\n"
        source.alt_text.write_text(content, encoding="utf-8", newline="\n")
