"""`autograder`: one verb a task. 0 is done, 1 done with problems to look at, 2 could not run.

Every verb keeps its work in a module of its own; here stand only the words of the command line.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.say import Unusable, say

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]
    Run = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser, verbs = make_parser()
    _suggest_verb(parser, arguments, verbs)
    options = parser.parse_args(arguments)
    try:
        options.course = _course(options.course)
        return int(options.run(options))
    except Unusable as error:
        say(f"autograder: {error}")
        return 2
    except KeyboardInterrupt:
        say("\nautograder: stopped")
        return 2


def make_parser() -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser, and the verbs it knows."""
    parser = argparse.ArgumentParser(
        prog="autograder",
        description="Build the notebooks, release them, grade what comes back.",
        epilog="autograder VERB --help tells more. "
        "Exit code: 0 done, 1 done with problems, 2 could not run.",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for add in (_build, _lab, _release, _grade, _report, _export, _doctor, _verify):
        add(verbs)
    return parser, list(verbs.choices)


def _verb(
    verbs: Verbs, name: str, run: Run, help: str, more: str = "", chapters: bool = False
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}. {more}")
    if chapters:
        verb.add_argument("chapters", nargs="*", metavar="CHAPTER", help="default: all")
    verb.add_argument(
        "--course", metavar="DIR", default=".", help="an nbgrader course directory (default: here)"
    )
    verb.set_defaults(run=run)
    return verb


def _takes_db(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--db",
        metavar="URL",
        help="the gradebook, such as postgresql://USER@HOST/NAME (default: what "
        "nbgrader_config.py says, or gradebook.db in the course)",
    )


def _build(verbs: Verbs) -> None:
    verb = _verb(verbs, "build", _run_build, "make notebooks/ from chapters/", chapters=True)
    verb.add_argument("--check", action="store_true", help="only say whether they are in step")
    verb.add_argument("--force", action="store_true", help="run notebooks that are up to date too")


def _run_build(options: argparse.Namespace) -> int:
    from autograder.build import build
    from utils.exercises import chapters

    names = _chapters(options.chapters, [chapter.name for chapter in chapters()])
    return build(
        options.course, names, chapters=chapters(), check=options.check, force=options.force
    )


def _lab(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "lab",
        _run_lab,
        "update the student copies in lab/ and open JupyterLab there",
        "Work in lab/ is never overwritten: new text takes it over, and the old file is kept.",
    )
    verb.add_argument("--no-browser", action="store_true", help="only show the address")
    verb.add_argument("--port", type=int, help="JupyterLab's port (default: the first free one)")
    verb.add_argument("--only-files", action="store_true", help="don't start JupyterLab")


def _run_lab(options: argparse.Namespace) -> int:
    from autograder.desk import lab

    return lab(
        options.course,
        browser=not options.no_browser,
        port=options.port,
        only_files=options.only_files,
    )


def _release(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "release",
        _run_release,
        "make the student versions in release/",
        "The same as nbgrader generate_assignment.",
        chapters=True,
    )
    _takes_db(verb)


def _run_release(options: argparse.Namespace) -> int:
    from autograder.course import Course
    from autograder.release import release

    course = Course(options.course, options.db)
    return release(course, _chapters(options.chapters, course.sources()))


def _grade(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "grade",
        _run_grade,
        "grade what is in submitted/ and write the feedback",
        "The same as nbgrader autograde and generate_feedback. A file that can't be graded is "
        "named, with what to do about it; the rest is graded. What has not changed since it was "
        "graded is not graded again.",
        chapters=True,
    )
    verb.add_argument("--force", action="store_true", help="grade again what has not changed")
    verb.add_argument("--json", action="store_true", help="print one object a submission")
    _takes_db(verb)
    where = verb.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=int, metavar="N", help="processes (default: one a core)")
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask cluster's, such as tcp://10.0.0.1:8786"
    )
    verb.add_argument(
        "--no-sandbox", action="store_true", help="run what was handed in in your own account"
    )


def _run_grade(options: argparse.Namespace) -> int:
    from autograder.course import Course
    from autograder.grade import grade

    course = Course(options.course, options.db)
    chapters = _chapters(options.chapters, course.sources())
    return grade(
        course,
        chapters,
        as_json=options.json,
        jobs=options.jobs,
        scheduler=options.scheduler,
        sandbox=not options.no_sandbox,
        force=options.force,
    )


def _report(verbs: Verbs) -> None:
    verb = _verb(verbs, "report", _run_report, "print the last grading's tables again")
    _takes_db(verb)
    verb.add_argument("--json", action="store_true", help="print one object a submission")


def _run_report(options: argparse.Namespace) -> int:
    from autograder.course import Course
    from autograder.report import report

    return report(Course(options.course, options.db), as_json=options.json)


def _export(verbs: Verbs) -> None:
    verb = _verb(verbs, "export", _run_export, "write the marks to a CSV file, as nbgrader export")
    _takes_db(verb)
    verb.add_argument("--to", metavar="FILE", default="grades.csv", help="default: grades.csv")


def _run_export(options: argparse.Namespace) -> int:
    from autograder.course import Course
    from autograder.export import export

    return export(Course(options.course, options.db), Path(options.to))


def _doctor(verbs: Verbs) -> None:
    verb = _verb(
        verbs,
        "doctor",
        _run_doctor,
        "prove the wall around submissions by trying to break it",
        "Exit code: 0 it holds, 1 something gets through, 2 there is none here.",
    )
    verb.add_argument("--json", action="store_true", help="print one object a promise")


def _run_doctor(options: argparse.Namespace) -> int:
    from autograder.engine.doctor import doctor

    return doctor(as_json=options.json)


def _verify(verbs: Verbs) -> None:
    verb = _verb(verbs, "verify", _run_verify, "let the course test itself")
    verb.add_argument("exercises", nargs="*", metavar="EXERCISE", help="default: all")
    verb.add_argument("--write", action="store_true", help="write the transcript anew")
    verb.add_argument("--json", action="store_true", help="print one object an exercise")


def _run_verify(options: argparse.Namespace) -> int:
    from autograder.verify import verify

    return verify(options.course, options.exercises, write=options.write, as_json=options.json)


def _suggest_verb(
    parser: argparse.ArgumentParser, arguments: Iterable[str], known: list[str]
) -> None:
    verb = next((word for word in arguments if not word.startswith("-")), None)
    if verb is None or verb in known:
        return
    near = difflib.get_close_matches(verb, known, n=1)
    guess = f" Did you mean '{near[0]}'?" if near else ""
    parser.error(f"there is no verb '{verb}'.{guess} The verbs are {', '.join(known)}.")


def _course(folder: str) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise Unusable(f"there is no folder {folder}. --course takes a course's folder.")
    return path.resolve()


def _chapters(asked: list[str], known: Sequence[str]) -> list[str]:
    """The chapters that were asked for, or all. Their notebook's name will do too."""
    by_name = {name: name for name in known} | {name.split("_", 1)[-1]: name for name in known}
    for name in asked:
        if name not in by_name:
            near = difflib.get_close_matches(name, by_name, n=1)
            guess = f" Did you mean '{by_name[near[0]]}'?" if near else ""
            listed = ", ".join(known) or "none"
            raise Unusable(f"there is no chapter '{name}'.{guess} The chapters are: {listed}.")
    return [by_name[name] for name in asked] or list(known)


if __name__ == "__main__":
    sys.exit(main())
