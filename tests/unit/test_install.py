"""`install.py` at work on a small project of two packages, without a network."""

import ast
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import small_wheel

SCRIPT = Path(__file__).resolve().parents[2] / "install.py"
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="signals and links as on Unix")

PROJECT = """
[build-system]
requires = []
build-backend = "small_wheel"
backend-path = ["."]
"""


class Course:
    """A directory with `install.py`, a lock of two packages, and a shelf of wheels."""

    def __init__(self, folder, shelf):
        self.folder, self.shelf = folder, shelf
        shutil.copy(SCRIPT, folder)
        shutil.copy(small_wheel.__file__, folder)
        (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        for name, version in (("apple", "1.0"), ("apple", "2.0"), ("pear", "1.0")):
            small_wheel.make_wheel(self.shelf, name, version)
        self.lock("apple==1.0", "pear==1.0", 'plum==1.0 ; sys_platform == "nowhere"')

    def lock(self, *lines):
        (self.folder / "requirements.lock").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self, *arguments):
        shelf = {
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.shelf),
            "PIP_CONFIG_FILE": os.devnull,
        }
        return subprocess.Popen(
            [sys.executable, "install.py", *arguments],
            cwd=self.folder,
            env=dict(os.environ, **shelf),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def install(self, *arguments):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    @property
    def python(self):
        return self.folder / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def site(self):
        return next((self.folder / ".venv").glob("**/site-packages"))

    def version(self, name):
        code = f"import {name}; print({name}.version)"
        return subprocess.check_output([self.python, "-c", code], text=True).strip()

    def assert_whole(self, apple="1.0"):
        found = {name: self.version(name) for name in ("apple", "pear", "project")}
        assert found == {"apple": apple, "pear": "1.0", "project": "1.0"}
        assert self.install() == (0, "", ""), "a run with nothing to do says nothing"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """One environment for all: each test begins with a whole one and leaves it whole."""
    # A space in the course's path; PIP_FIND_LINKS is a list, where one would divide.
    course = Course(tmp_path_factory.mktemp("the course"), tmp_path_factory.mktemp("shelf"))
    code, out, err = course.install()
    assert code == 0, out + err
    assert out.startswith("Making .venv: about")
    course.assert_whole()
    return course


def load():
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_old_pythons_can_read_it():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_unfit_python_is_told_in_one_sentence(monkeypatch):
    install = load()
    monkeypatch.setattr(install, "succeeds", lambda *_: False)
    with pytest.raises(install.CannotInstall) as caught:
        install.find_python()
    said = str(caught.value)
    assert "3.11, 3.12 or 3.13" in said
    assert install.platform.python_version() in said
    assert "\n" not in said


def test_another_python_is_found_by_itself(monkeypatch):
    install = load()
    monkeypatch.setattr(install, "names", lambda version: [["other{}.{}".format(*version)]])
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/there/{name}")
    monkeypatch.setattr(install, "succeeds", lambda command, _: command == ["/there/other3.12"])
    assert install.find_python() == ["/there/other3.12"]


@pytest.mark.parametrize(
    ("system", "machine", "soabi", "word"),
    [
        ("Darwin", "x86_64", "cpython-312-darwin", "Intel Macs"),
        ("Windows", "ARM64", None, "x64 build"),
        ("Linux", "x86_64", "cpython-312-x86_64-linux-musl", "musl"),
    ],
)
def test_platform_without_wheels_is_told(monkeypatch, system, machine, soabi, word):
    install = load()
    monkeypatch.setattr(install.platform, "system", lambda: system)
    monkeypatch.setattr(install.platform, "machine", lambda: machine)
    monkeypatch.setattr(install.sysconfig, "get_config_var", lambda _: soabi)
    with pytest.raises(install.CannotInstall, match=word) as caught:
        install.check_platform()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("system", "machine"),
    [("Darwin", "arm64"), ("Windows", "AMD64"), ("Linux", "x86_64"), ("Linux", "aarch64")],
)
def test_supported_platform_passes(monkeypatch, system, machine):
    install = load()
    monkeypatch.setattr(install.platform, "system", lambda: system)
    monkeypatch.setattr(install.platform, "machine", lambda: machine)
    monkeypatch.setattr(install.sysconfig, "get_config_var", lambda _: "cpython-312-gnu")
    install.check_platform()


def test_missing_ensurepip_names_the_package(monkeypatch, tmp_path):
    install = load()
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    missing = [sys.executable, "-c", "import not_there", "--"]
    with pytest.raises(install.CannotInstall, match="apt-get install python3-venv"):
        install.make_venv(missing[:3])


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "network"),
        ("ERROR: No matching distribution found for plum==9", "no wheel"),
        ("ERROR: something else", "pip failed"),
    ],
)
def test_pip_failure_is_put_into_words(monkeypatch, tmp_path, line, word):
    install = load()
    monkeypatch.setattr(install, "LOG", tmp_path / "log")
    install.LOG.write_text(line + "\n", encoding="utf-8")
    assert word in install.why_pip_failed()


def test_unknown_option_is_refused():
    command = [sys.executable, SCRIPT, "--frsh"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


@pytest.mark.slow
def test_deleted_module_is_installed_again(course):
    (course.site / "apple.py").unlink()
    code, out, _ = course.install()
    assert code == 0
    assert "damaged: apple" in out
    course.assert_whole()


@pytest.mark.slow
def test_package_stopped_half_way_is_installed_again(course):
    # pip writes RECORD last; the stamp is gone while a run is under way.
    next(course.site.glob("pear-*.dist-info/RECORD")).unlink()
    (course.folder / ".venv" / "installed.json").rename(course.folder / ".venv" / "gone.json")
    (course.folder / ".venv" / "unfinished").write_text(str(course.folder), encoding="utf-8")
    code, out, _ = course.install()
    assert code == 0
    assert "damaged: pear" in out
    course.assert_whole()


@pytest.mark.slow
def test_changed_lock_is_followed(course):
    course.lock("apple==2.0", "pear==1.0")
    assert course.install()[0] == 0
    course.assert_whole(apple="2.0")
    course.lock("apple==1.0", "pear==1.0")
    assert course.install()[0] == 0
    course.assert_whole()


@pytest.mark.slow
def test_missing_package_is_said_and_repaired(course):
    course.lock("apple==1.0", "pear==1.0", "quince==1.0")
    code, _, err = course.install()
    assert code == 2
    assert "quince" in err
    course.lock("apple==1.0", "pear==1.0")
    assert course.install()[0] == 0
    course.assert_whole()


@pytest.mark.slow
@POSIX_ONLY
def test_deleted_python_is_made_again(course):
    for link in course.python.parent.glob("python*"):
        link.unlink()
    code, out, _ = course.install()
    assert code == 0
    assert out.startswith("Making .venv")
    course.assert_whole()


@pytest.mark.slow
@POSIX_ONLY
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_stopped_run_leaves_what_the_next_one_completes(course, word):
    process = course.start("--fresh")
    time.sleep(1.5)  # in the making of the environment, on any machine
    process.send_signal(word)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "goes on where it stopped" in err
    assert course.install()[0] == 0
    course.assert_whole()


@pytest.mark.slow
@POSIX_ONLY
def test_moved_course_is_made_again(course, tmp_path):
    moved = Course.__new__(Course)
    moved.folder, moved.shelf = tmp_path / "moved", course.shelf
    shutil.copytree(course.folder, moved.folder, symlinks=True)
    code, out, _ = moved.install()
    assert code == 0
    assert out.startswith("Making .venv")
    moved.assert_whole()
