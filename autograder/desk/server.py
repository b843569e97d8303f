"""JupyterLab on the student's desk: start it, wait for its address, stop it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SECONDS_TO_START = 60
SETTINGS = Path(__file__).with_name("jupyter")


class Server:
    """A JupyterLab whose files are those in one folder."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.log = folder / ".jupyter.log"  # not on the screen: it would bury the address
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                self._command(port),
                cwd=folder,
                env=_environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _command(self, port: int | None) -> list[str]:
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",  # we open the address ourselves, once the files are there
            f"--ServerApp.root_dir={self.folder}",
            "--ServerApp.answer_yes=True",  # Ctrl-C stops it without a question
            # The course asks nothing of the internet, nor does its JupyterLab.
            "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        ]
        if port is not None:
            command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container
            command.append("--allow-root")
        return command

    def address(self, page: str = "lab") -> str | None:
        """Wait for the address of a page; None when the server did not start."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.process.poll() is None:
            info = _info_of(self.process.pid)
            if info and _listens(info):
                return address(info, page)
            time.sleep(0.05)
        return None

    def last_words(self) -> str:
        """The end of what the server logged."""
        return "\n".join(self.log.read_text(encoding="utf-8").splitlines()[-5:])

    def wait(self) -> int:
        """Until the server ends, or is told to with Ctrl-C."""
        try:
            return self.process.wait()
        except KeyboardInterrupt:  # on a terminal the server has heard it too
            self.stop(patience=2)
            return 0

    def stop(self, patience: float = 0) -> None:
        """End the server and its kernels, after giving it some seconds to do so by itself."""
        try:
            self.process.wait(timeout=patience)
            return
        except subprocess.TimeoutExpired:
            self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _environment() -> dict[str, str]:
    """Ours, with the desk's own settings of JupyterLab.

    They take away what is the instructor's (making assignments, grading, pairing with texts) and
    the question whether to fetch news.
    """
    paths = [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


def address(info: dict[str, Any], page: str) -> str:
    """The address of a page of the server that Jupyter describes so."""
    token = f"?token={info['token']}" if info.get("token") else ""
    return f"{info['url']}{page}{token}"


def _listens(info: dict[str, Any]) -> bool:
    """Whether it answers: a server writes down its address a moment before it listens there."""
    try:
        with socket.create_connection((info["hostname"], info["port"]), timeout=1):
            return True
    except OSError:
        return False


def _info_of(pid: int) -> dict[str, Any] | None:
    """What a running server says about itself, in Jupyter's runtime folder."""
    from jupyter_core.paths import jupyter_runtime_dir

    file = Path(jupyter_runtime_dir()) / f"jpserver-{pid}.json"
    try:
        info: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there yet, or half written
        return None
    return info
