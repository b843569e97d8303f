"""Feedback pages of notebooks that would take for ever to draw."""

import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from autograder.course import Course
from autograder.engine import pages

MARKS = {"nbgrader": {"notebook": "x", "score": 0, "max_score": 1, "late_penalty": 0}}


@pytest.fixture(scope="module")
def exporter(tmp_path_factory):
    return pages.Pages(Course(tmp_path_factory.mktemp("course")))._exporter


def drawn(exporter, *cells):
    return exporter.from_notebook_node(new_notebook(cells=[*cells]), dict(MARKS))[0]


def test_text_and_code_of_a_usual_length_are_drawn(exporter):
    page = drawn(exporter, new_markdown_cell("a *word*"), new_code_cell("y = 1"))
    assert "<em>word</em>" in page
    assert '<span class="n">y</span>' in page


@pytest.mark.parametrize(("make", "kind"), [(new_markdown_cell, "text"), (new_code_cell, "code")])
def test_what_is_too_long_is_shown_as_it_stands(exporter, make, kind):
    page = drawn(exporter, make("*<b>* " * pages.LONGEST[kind]))
    assert f"{pages.AS_IT_STANDS}*&lt;b&gt;* *&lt;b&gt;* " in page
    assert "<b>" not in page


def test_a_page_has_a_limit_in_all_and_the_next_page_has_it_anew(exporter):
    piece = "*word* ".ljust(pages.LONGEST["text"])
    many = pages.MOST["text"] // len(piece)
    page = drawn(exporter, *[new_markdown_cell(piece) for _ in range(many + 2)])
    assert page.count("<em>word</em>") == many
    assert page.count(f"{pages.AS_IT_STANDS}*word* ") == 2
    assert "<em>word</em>" in drawn(exporter, new_markdown_cell(piece))


def test_text_that_a_cell_shows_counts_too(exporter):
    shown = new_output("display_data", {"text/markdown": "*word* " * pages.LONGEST["text"]})
    assert f"{pages.AS_IT_STANDS}*word* " in drawn(
        exporter, new_code_cell("show()", outputs=[shown])
    )


def test_a_picture_without_words_gets_some_and_one_with_words_keeps_them(exporter):
    pictures = '<img src="a"> <img src="b" alt="two lines"> <img <img alt="c">'
    shown = new_output("display_data", {"text/html": pictures})
    page = drawn(exporter, new_code_cell("show()", outputs=[shown]))
    assert page.count(pages.NO_ALT) == 2
    assert '<img src="b" alt="two lines">' in page


@pytest.mark.parametrize(
    "text",
    ["\x1b[1mx" * 800_000, "\x1b[38m", "\x1b[1m" * pages.MOST_COLOURS + "\x1b[0mx"],
    ids=["many", "a code that is none", "more than are drawn"],
)
def test_colours_that_cannot_be_drawn_are_left_out(exporter, text):
    shown = new_output("display_data", {"text/plain": text})
    page = drawn(exporter, new_code_cell("show()", outputs=[shown]))
    assert "\x1b" not in page


def test_colours_of_a_traceback_are_drawn(exporter):
    shown = new_output("error", ename="E", evalue="e", traceback=["\x1b[31mred\x1b[0m"])
    page = drawn(exporter, new_code_cell("show()", outputs=[shown]))
    assert '<span class="ansi-red-fg">red</span>' in page


def test_a_raw_cell_of_any_length_is_shown(exporter):
    page = drawn(exporter, new_raw_cell("<b>" * 1_000_000))
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("attachments", [{}, {"b.png": {"image/png": "aGk="}}, {"a.png": {}}])
def test_a_picture_that_is_not_there_costs_no_page(exporter, attachments):
    text = new_markdown_cell("![a](attachment:a.png) and words", attachments=attachments)
    assert "and words" in drawn(exporter, text)
