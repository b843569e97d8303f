"""A course directory's settings, as `autograder` hands them on to nbgrader."""

from pathlib import Path

import pytest

from autograder.course import Course

ROOT = Path(__file__).resolve().parents[2]
QUIET = "--log-level"


def kernel_arguments(course):
    return [str(argument) for argument in Course(course).config.Execute.extra_arguments]


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(None, id="no-file"),
        pytest.param("c.Execute.timeout = 20", id="says-nothing-of-it"),
        pytest.param(f'c.Execute.extra_arguments = ["{QUIET}=INFO"]', id="says-it-already"),
    ],
)
def test_kernel_is_told_once_what_to_log(tmp_path, settings):
    if settings:
        (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{settings}\n")
    assert sum(argument.startswith(QUIET) for argument in kernel_arguments(tmp_path)) == 1


def test_kernels_of_this_course_are_told_once_what_to_log():
    # Told twice, a kernel does not start, and nothing handed in here can be graded.
    assert sum(argument.startswith(QUIET) for argument in kernel_arguments(ROOT)) == 1


def test_kernels_of_this_course_ignore_files_beside_a_submission():
    assert "--InteractiveShellApp.ignore_cwd=True" in kernel_arguments(ROOT)
