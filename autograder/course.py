"""An nbgrader course directory: its configuration, its folders, and nbgrader's own API on it."""

from __future__ import annotations

import logging
import os
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.say import Unusable

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

CONFIGURATION = "nbgrader_config.py"
LOG = ".nbgrader.log"
# The last line of a traceback: "nbformat.validator.NotebookValidationError: 'source' is required".
RAISED = re.compile(
    r"^\s*(?:[a-z_]\w*\.)*\w*(?:Error|Exception|Missing\w*|Entry): .*$", re.MULTILINE
)


class NoGradebook(Unusable):
    """The gradebook can't be opened. Says which, and why."""


@dataclass(frozen=True)
class Course:
    """One course directory. Nbgrader is loaded when it is first needed: that takes a second.

    Attributes
    ----------
    root : Path
    db : str, optional
        Where the gradebook is, as a URL. By default what the configuration says, and without it
        the SQLite file `gradebook.db` in the course directory.
    """

    root: Path
    db: str | None = None

    def __post_init__(self) -> None:
        # Nbgrader calls `alembic` by name when it makes a gradebook.
        scripts = str(Path(sys.executable).parent)
        if scripts not in os.environ.get("PATH", "").split(os.pathsep):
            os.environ["PATH"] = scripts + os.pathsep + os.environ.get("PATH", "")

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes without what has been opened in this one."""
        return Course, (self.root, self.db)

    @cached_property
    def config(self) -> Config:
        """The configuration file's settings, without one nbgrader's defaults."""
        from traitlets.config import Config
        from traitlets.config.loader import PyFileConfigLoader

        config = Config()
        if (self.root / CONFIGURATION).is_file():
            config = PyFileConfigLoader(CONFIGURATION, path=str(self.root)).load_config()
        config.CourseDirectory.root = str(self.root)
        if self.db:
            config.CourseDirectory.db_url = self.db
        # Nbgrader makes no course without a name, but gives chapters one. Only SQLite takes that.
        if not str(config.CourseDirectory.get("db_url", "sqlite:")).startswith("sqlite:"):
            config.CourseDirectory.setdefault("course_id", "default_course")
        # Else each kernel writes a note of its own to the terminal. Given twice it would not start.
        arguments = list(config.Execute.get("extra_arguments", []))
        if not any(argument.startswith("--log-level") for argument in arguments):
            config.Execute.extra_arguments = [*arguments, "--log-level=ERROR"]
        return config

    @cached_property
    def api(self) -> NbGraderAPI:
        """Nbgrader's API on this course. What it logs goes to `.nbgrader.log`."""
        from nbgrader.apps import NbGraderAPI
        from nbgrader.coursedir import CourseDirectory

        self._log_to_file()
        return NbGraderAPI(CourseDirectory(config=self.config), config=self.config)

    def gradebook(self) -> Gradebook:
        """The course's gradebook, to be used in a `with`.

        Raises
        ------
        NoGradebook
            There is no database, or it lets nobody in.
        """
        from nbgrader.api import Gradebook
        from sqlalchemy.exc import SQLAlchemyError

        place = self.api.coursedir.db_url
        try:
            return Gradebook(place, self.api.coursedir.course_id)
        except (SQLAlchemyError, ImportError) as error:
            raise NoGradebook(_why_not_opened(place, error)) from error

    def folder(self, step: str) -> Path:
        """The folder of a step: 'source', 'release', 'submitted', 'autograded', 'feedback'."""
        set_to = self.config.CourseDirectory.get(f"{step}_directory", step)
        return self.root / str(set_to)

    def sources(self) -> list[str]:
        """The chapters there are to release: the folders with a notebook in them."""
        folder = self.folder("source")
        return sorted({path.parent.name for path in folder.glob("*/*.ipynb")})

    def is_released(self, chapter: str) -> bool:
        """Whether the gradebook knows the chapter."""
        from nbgrader.api import MissingEntry

        with self.gradebook() as gradebook:
            try:
                gradebook.find_assignment(chapter)
            except MissingEntry:
                return False
            return True

    def notebook_names(self, chapter: str) -> list[str]:
        """What the notebooks of a chapter are called, without their endings."""
        return sorted(path.stem for path in (self.folder("source") / chapter).glob("*.ipynb"))

    def _log_to_file(self) -> None:
        handler = logging.FileHandler(self.root / LOG, mode="a", encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logging.captureWarnings(True)
        for name in ("traitlets", "alembic", "py.warnings"):
            logger = logging.getLogger(name)
            for earlier in logger.handlers:
                earlier.close()
            logger.handlers, logger.propagate = [handler], False
            logger.setLevel(logging.INFO)


def _why_not_opened(place: str, error: Exception) -> str:
    """A sentence about a database that can't be opened, without its password."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        shown = make_url(place).render_as_string()
    except ArgumentError:
        return "the gradebook's address must have the form postgresql://USER@HOST/NAME."
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()
    return f"the gradebook {shown} can't be opened: {cause[-1] if cause else type(error).__name__}"


def reason(outcome: dict[str, Any]) -> str:
    """Why a step of nbgrader's failed, in its own words: what was raised first, if it says that."""
    raised = RAISED.findall(outcome.get("log", "") + "\n" + outcome.get("error", ""))
    named = [line for line in raised if "NbGraderException" not in line] or raised
    return named[-1].strip() if named else "Nbgrader gave no reason."
