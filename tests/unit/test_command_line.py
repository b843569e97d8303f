"""The command line: 0 done, 1 with problems, 2 could not run; and a guess at what was meant."""

import subprocess
import sys

import pytest

from autograder.cli import main

VERBS = ("build", "lab", "release", "grade", "report", "export", "verify")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_takes_a_course(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert "--course DIR" in capsys.readouterr().out


def test_an_unknown_verb_suggests_the_nearest(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["graed"])
    assert ended.value.code == 2
    assert "Did you mean 'grade'?" in capsys.readouterr().err


def test_an_unknown_chapter_suggests_the_nearest(capsys):
    assert main(["build", "--check", "02_activation"]) == 2
    assert "Did you mean '02_activations'?" in capsys.readouterr().err


def test_a_course_that_is_not_there_is_said(capsys):
    assert main(["grade", "--course", "no/such/folder"]) == 2
    assert "there is no folder no/such/folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("verb", "says"),
    [
        ("release", "Run: autograder build"),
        ("grade", "nothing to grade against"),
        ("report", "Run: autograder grade"),
        ("lab", "Run: autograder build"),
    ],
)
def test_an_empty_course_tells_the_next_step(verb, says, tmp_path, capsys):
    assert main([verb, "--course", str(tmp_path)]) == 2
    assert says in capsys.readouterr().err


def test_nothing_handed_in_tells_where_it_goes(tmp_path, capsys):
    chapter = tmp_path / "source" / "01_a"
    chapter.mkdir(parents=True)
    (chapter / "a.ipynb").write_text("{}")
    assert main(["grade", "--course", str(tmp_path)]) == 2
    assert "STUDENT/CHAPTER/NAME.ipynb" in capsys.readouterr().err


def test_a_missing_text_is_a_fault_of_the_course(tmp_path, capsys):
    assert main(["build", "--check", "--course", str(tmp_path)]) == 1
    assert "there is no such text" in capsys.readouterr().out


def test_grading_loads_where_the_system_is_no_unix():
    gone = ("resource", "fcntl", "pwd", "grp", "termios")
    code = f"import sys; sys.modules.update(dict.fromkeys({gone})); import autograder.grade"
    subprocess.run([sys.executable, "-c", code], check=True)
