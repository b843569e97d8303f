"""`autograder lab` from the command line: the files, JupyterLab's address, and a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.cli import main


@pytest.fixture
def course(tmp_path):
    file = tmp_path / "notebooks" / "01_tiny" / "tiny.ipynb"
    file.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=[new_markdown_cell("Text.", id="a")]), file)
    return tmp_path


def lab(course, *more):
    command = [sys.executable, "-m", "autograder.cli", "lab", "--no-browser"]
    return subprocess.Popen(
        [*command, "--course", str(course), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_only_files_makes_the_copies_and_starts_nothing(course, capsys):
    assert main(["lab", "--only-files", "--course", str(course)]) == 0
    assert (course / "lab" / "01_tiny" / "tiny.ipynb").is_file()
    assert "01_tiny: ready." in capsys.readouterr().err
    assert main(["lab", "--only-files", "--course", str(course)]) == 0
    assert "up to date" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to whole consoles only")
def test_lab_prints_an_address_that_answers_and_ends_with_ctrl_c(course):
    running = lab(course)
    try:
        line = running.stdout.readline()
        assert line.startswith("JupyterLab: http://localhost:")
        address = line.split()[1]
        assert "/lab/tree/01_tiny/tiny.ipynb?token=" in address
        with urlopen(address) as answer:
            page = answer.read().decode()
        disabled = re.search(r'"disabledExtensions": \[[^\]]*\]', page).group()
        assert "@jupyter/nbgrader:create-assignment" in disabled
        assert "announcements" in disabled
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0
        with pytest.raises(OSError, match="refused"):
            urlopen(address)
    finally:
        running.kill()
        running.communicate()


@pytest.mark.slow
def test_a_port_that_is_taken_is_said(course):
    with socket.create_server(("localhost", 0)) as taken:
        port = str(taken.getsockname()[1])
        running = lab(course, "--port", port)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 2
    assert f"Is port {port} taken? Try another." in err
