"""What several of these tests take: the sample class's maker, a search for solutions."""

import importlib.util
import re
from pathlib import Path

import nbformat
import pytest

from autograder.build.cells import BEGIN, END

COURSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("build", COURSE / "examples" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def solutions_in():
    """Which solutions of a chapter stand in a file, by cell; last the mark where one begins."""

    def found(file, chapter):
        text = squeeze(file.read_text(encoding="utf-8"))
        named = [id for id, solution in solutions(chapter) if solution in text]
        return named + [BEGIN] * (squeeze(BEGIN) in text)

    return found


def solutions(chapter):
    """The solutions of a chapter by cell, each squeezed to one line."""
    (file,) = (COURSE / "notebooks" / chapter).glob("*.ipynb")
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        if BEGIN in cell.source:
            yield cell.id, squeeze(cell.source.split(BEGIN)[1].split(END)[0])


def squeeze(text):
    """Text without its white space and JSON's or HTML's dress."""
    text = re.sub(r"</?[a-z][^<>]*>", "", text)  # a tag; in our code a space follows each <
    for dressed, plain in (("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", '"'),
                           ("&amp;", "&"), ("\\n", ""), ('\\"', '"')):  # fmt: skip
        text = text.replace(dressed, plain)
    return re.sub(r'[\s",]+', "", text)
