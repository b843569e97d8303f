"""Feedback pages: nbgrader's, made by one exporter that remembers what it has drawn before.

Most cells are the same in every submission of a chapter, and drawing them is what takes the time.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jinja2
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML, ansi2html, clean_html
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbgrader import api
from nbgrader.converters import GenerateFeedback

if TYPE_CHECKING:
    from autograder.course import Course

REMEMBERED = 4_000  # pieces of text and code
# Letters of a piece, and of all on a page, that are drawn; what is longer is shown as it stands.
# Drawing takes time that grows with the square of it, and anybody may hand in anything.
LONGEST = {"text": 10_000, "code": 4_000, "colours": 50_000}
MOST = {"text": 200_000, "code": 100_000, "colours": 500_000}
MOST_COLOURS = 2_000  # codes in one output
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]?")
AS_IT_STANDS = '<pre style="white-space: pre-wrap">'
WITHOUT_ALT = re.compile(r"<img (?![^<>]*\balt=)")
NO_ALT = '<img alt="No description has been provided for this image" '  # nbconvert's words


class Pages:
    """Makes feedback pages for one course."""

    def __init__(self, course: Course) -> None:
        settings = GenerateFeedback(coursedir=course.api.coursedir, config=course.config).config
        self._exporter = _Exporter(config=settings)

    def page(self, graded: NotebookNode, record: api.SubmittedNotebook) -> str:
        """The page of one graded notebook, with the marks and comments of the gradebook.

        Parameters
        ----------
        graded : NotebookNode
            Marks and comments are written into its cells' metadata.
        record : SubmittedNotebook
        """
        marks = {grade.cell.name: grade for grade in record.grades}
        comments = {comment.cell.name: comment.comment for comment in record.comments}
        for cell in graded.cells:
            settings = cell.metadata.get("nbgrader", {})
            name = settings.get("grade_id")
            if name in marks:
                settings["score"] = marks[name].score
                settings["points"] = marks[name].max_score
            if name in comments:
                settings["comment"] = comments[name]
        penalty = record.late_submission_penalty or 0
        about = {
            "notebook": record.notebook.name,
            "score": record.score - penalty,
            "max_score": record.max_score,
            "late_penalty": penalty,
        }
        page: str = self._exporter.from_notebook_node(graded, {"nbgrader": about})[0]
        return page


def as_it_stands(source: str) -> str:
    """Text that is not drawn."""
    return f"{AS_IT_STANDS}{html.escape(source)}</pre>"


class _Exporter(HTMLExporter):
    """Nbconvert's, with a memory, and without parsing its own page once more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.register_preprocessor(CSSHTMLHeaderPreprocessor, enabled=True)
        highlight = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        self._left = dict(MOST)

        @lru_cache(REMEMBERED)
        def highlighted(source: str, language: str | None) -> Any:
            return highlight(source, language)

        @lru_cache(REMEMBERED)
        def rendered(source: str) -> Any:
            return HTMLExporter.markdown2html(self, {}, source)

        @jinja2.pass_context
        def markdown(context: Any, source: str) -> Any:
            if not self._affords("text", source):
                return as_it_stands(source)
            try:
                if "attachments" in context.get("cell", {}):  # the same text, other pictures
                    return HTMLExporter.markdown2html(self, context, source)
                return rendered(source)
            except Exception:  # a picture that is not there, say
                return as_it_stands(source)

        def colours(text: str) -> Any:
            codes = text.count("\x1b")
            if codes and (codes > MOST_COLOURS or not self._affords("colours", text)):
                return html.escape(COLOUR.sub("", text))
            try:
                return ansi2html(text)
            except Exception:  # codes that are none
                return html.escape(COLOUR.sub("", text))

        def clean(element: Any) -> Any:
            text = element.decode() if isinstance(element, bytes) else str(element)
            return clean_html(text) if self._affords("text", text) else html.escape(text)

        def code(source: str, language: str | None = None, metadata: Any = None) -> Any:
            if not self._affords("code", source):
                return as_it_stands(source)
            return highlighted(source, language)

        self.register_filter("markdown2html", markdown)
        self.register_filter("ansi2html", colours)
        self.register_filter("clean_html", clean)
        self.register_filter("highlight_code", code)
        self.register_filter("strip_files_prefix", lambda text: text)  # of IPython before 1.0

    def _affords(self, kind: str, source: str) -> bool:
        """Whether a piece is short enough to be drawn, and takes it off what the page has left."""
        if len(source) > min(LONGEST[kind], self._left[kind]):
            return False
        self._left[kind] -= len(source)
        return True

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[str, Any]:
        """The page, and what it was made with."""
        self._left = dict(MOST)
        resources = self._init_resources(resources)
        only_known = WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources
        )
        self.register_filter("filter_data_type", only_known)
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **options)
        return WITHOUT_ALT.sub(NO_ALT, page), resources

    def _preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Nbconvert's steps, without a copy and a validation around each: the notebook is valid."""
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        return nb, resources
