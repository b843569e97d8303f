"""`autograder lab`: the student copies, and JupyterLab on them. Both are made ready at once."""

from __future__ import annotations

import signal
import webbrowser
from datetime import datetime
from pathlib import Path

from autograder.desk.copies import CURRENT, NEW, Copy, update
from autograder.desk.server import Server
from autograder.say import say


def lab(
    course: Path, *, browser: bool = True, port: int | None = None, only_files: bool = False
) -> int:
    """Update the student copies and open JupyterLab on them. 2 when either is not possible."""
    sources = sorted((course / "notebooks").glob("*/*.ipynb"))
    if not sources:
        say("There are no notebooks yet. Run: autograder build")
        return 2
    desk = course / "lab"
    desk.mkdir(exist_ok=True)
    if only_files:
        tell(update_all(sources, desk), desk)
        return 0
    say("Starting JupyterLab (a few seconds).")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stop the server then too
    server = Server(desk, port)  # loads while the copies are made
    try:
        copies = update_all(sources, desk)
        tell(copies, desk)
        return _serve(server, copies, desk, browser=browser, port=port)
    except BaseException:
        server.stop()
        raise


def update_all(sources: list[Path], desk: Path) -> list[Copy]:
    """All chapters' copies, brought up to date."""
    now = datetime.now()
    return [update(source, desk, now) for source in sources]


def tell(copies: list[Copy], desk: Path) -> None:
    """What became of the copies, in plain words."""
    for copy in copies:
        if copy.says:
            say(copy.says)
    if all(copy.state == CURRENT for copy in copies):
        say(f"Your {len(copies)} chapters in {desk.name}/ are up to date.")


def first_page(copies: list[Copy], desk: Path) -> str:
    """Chapter 1 when there is no work yet; else Lab opens what was open."""
    if all(copy.state == NEW for copy in copies):
        return f"lab/tree/{copies[0].file.relative_to(desk).as_posix()}"
    return "lab"


def _serve(
    server: Server, copies: list[Copy], desk: Path, *, browser: bool, port: int | None
) -> int:
    address = server.address(first_page(copies, desk))
    if address is None:
        server.stop()
        taken = f" Is port {port} taken? Try another." if port else ""
        say(f"JupyterLab did not start.{taken} Its last words:\n{server.last_words()}")
        return 2
    print(f"JupyterLab: {address}", flush=True)
    say("Stop it with Ctrl-C. Your work is saved in lab/.")
    if browser:
        webbrowser.open(address)
    server.wait()
    return 0
