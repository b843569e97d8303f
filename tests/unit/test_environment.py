"""The pins, the lock, conda's file and nbgrader's settings say the same thing."""

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from nbgrader.preprocessors import Execute
from nbgrader.validator import Validator
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = PROJECT["project"]["dependencies"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()

PLATFORMS = {
    "Linux x86-64": ("Linux", "linux", "posix", "x86_64"),
    "Linux aarch64": ("Linux", "linux", "posix", "aarch64"),
    "Apple silicon": ("Darwin", "darwin", "posix", "arm64"),
    "Windows": ("Windows", "win32", "nt", "AMD64"),
}
PYTHONS = ("3.11.2", "3.11.9", "3.12.3", "3.13.0")


def markers(platform, python):
    """What a marker asks for, on another machine than this one."""
    system, sys_platform, os_name, machine = PLATFORMS[platform]
    return {
        "platform_system": system,
        "sys_platform": sys_platform,
        "os_name": os_name,
        "platform_machine": machine,
        "python_version": ".".join(python.split(".")[:2]),
        "python_full_version": python,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def wanted(lines, where):
    """Name and version of each requirement that holds there."""
    asked = [Requirement(line) for line in lines]
    held = [r for r in asked if r.marker is None or r.marker.evaluate(where)]
    return [(canonicalize_name(r.name), str(r.specifier)) for r in held]


@pytest.mark.parametrize("line", PINS + LOCK)
def test_pin_names_one_version_and_no_place(line):
    asked = Requirement(line)  # refuses options such as an index
    assert asked.url is None
    assert [s.operator for s in asked.specifier] == ["=="]
    assert "*" not in str(asked.specifier)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_lock_holds_every_pin(platform, python):
    where = markers(platform, python)
    locked = wanted(LOCK, where)
    assert len(dict(locked)) == len(locked), "two versions of one package"
    assert set(wanted(PINS, where)) <= set(locked), "the pins have changed: run `make lock`"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_platform_gets_one_tensorflow(platform):
    names = dict(wanted(LOCK, markers(platform, "3.12.3")))
    cpu_build = platform == "Linux x86-64"
    assert ("tensorflow-cpu" in names) is cpu_build
    assert ("tensorflow" in names) is not cpu_build


def test_lock_holds_what_the_pins_need_here():
    locked = dict(wanted(LOCK, None))
    reached, waiting = set(), [(Requirement(pin), "") for pin in PINS]
    while waiting:
        asked, extra = waiting.pop()
        if asked.marker and not asked.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(asked.name)
        extras = asked.extras or {""}
        if (name, frozenset(extras)) in reached:
            continue
        reached.add((name, frozenset(extras)))
        assert name in locked, f"{name} is missing in the lock: run `make lock`"
        needs = importlib.metadata.requires(name) or []
        waiting += [(Requirement(need), extra) for need in needs for extra in extras]
    assert {name for name, _ in reached} == set(locked), "the lock holds more than is needed"


def test_packages_here_are_those_of_the_lock():
    here = {name: f"=={importlib.metadata.version(name)}" for name, _ in wanted(LOCK, None)}
    assert here == dict(wanted(LOCK, None)), "run `python3 install.py`"


def test_pip_finds_no_conflict():
    command = [sys.executable, "-m", "pip", "check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_conda_has_the_same_pins():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *_, pip = conda["dependencies"]
    first, *pins, last = pip["pip"]
    assert pins == PINS, "copy the pins of pyproject.toml to environment.yml"
    assert (first, last) == ("--constraint requirements.lock", "--editable .")


def test_conda_has_a_python_that_fits():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(d for d in conda["dependencies"] if str(d).startswith("python="))
    assert python.split("=")[1] in ("3.11", "3.12", "3.13")


def test_supported_pythons_are_the_same_everywhere():
    said = SpecifierSet(PROJECT["project"]["requires-python"])
    supported = [f"3.{minor}" for minor in range(8, 20) if f"3.{minor}" in said]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == supported
    installer = (ROOT / "install.py").read_text(encoding="utf-8")
    tried = ", ".join(f"({version.replace('.', ', ')})" for version in reversed(supported))
    assert f"SUPPORTED = ({tried})" in installer


@pytest.fixture
def nbgrader_settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a tool may read the file from anywhere
    return PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()


def test_nbgrader_finds_the_course_from_anywhere(nbgrader_settings):
    assert Path(nbgrader_settings.CourseDirectory.root) == ROOT
    assert nbgrader_settings.CourseDirectory.source_directory == "notebooks"


def test_nbgrader_executes_with_our_limits(nbgrader_settings):
    execute = Execute(config=nbgrader_settings)
    assert execute.timeout == 180
    assert "--InteractiveShellApp.ignore_cwd=True" in execute.extra_arguments


def test_nbgrader_validates_with_our_limits(nbgrader_settings):
    validator = Validator(config=nbgrader_settings)
    execute = next(p for p in validator.preprocessors if issubclass(p, Execute))
    assert execute(parent=validator).timeout == 180
