"""What several of these tests take: the sample class's maker."""

import importlib.util
from pathlib import Path

import pytest

COURSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("build", COURSE / "examples" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
