"""Runs a notebook's cells in this process, as a kernel would, and keeps what they show.

IPython's shell without a kernel around it: no sockets, no threads. Outputs come as plain
dictionaries in the notebook format. How much is kept is bounded, whatever a cell prints.
"""

from __future__ import annotations

import base64
import io
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

MOST_TEXT = 200_000  # characters that one cell may print
MOST_DATA = 10_000_000  # characters of all that one cell shows, pictures among them
MOST_OUTPUTS = 1_000

Output = dict[str, Any]


class Cells:
    """One notebook being run."""

    def __init__(self) -> None:
        self._outputs: list[Output] = []
        self._printed = self._shown = 0
        self.count = 0  # the number of the cell that ran last, as in `In [3]`
        _Shell.clear_instance()
        self.shell = _Shell.instance(keep=self._keep)  # the one that `display` looks for
        self.names: dict[str, Any] = self.shell.user_ns

    def run(self, source: str) -> tuple[list[Output], bool]:
        """Run one cell: what it showed, and whether it ended without an error."""
        self._outputs, self._printed, self._shown = [], 0, 0
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream("stdout", self._print), _Stream("stderr", self._print)
        try:
            result = self.shell.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = kept
        self.count = int(result.execution_count or 0)
        for output in self._outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = self.count
        return self._outputs, bool(result.success)

    def _keep(self, output: Output) -> None:
        if len(self._outputs) >= MOST_OUTPUTS:
            return
        for kind, shown in list(output.get("data", {}).items()):
            if isinstance(shown, bytes):  # a picture's, as a notebook's file holds it
                output["data"][kind] = shown = base64.b64encode(shown).decode()
            self._shown += len(str(shown))
            if self._shown > MOST_DATA:
                output["data"][kind] = "(left out: the cell shows too much)"
        self._outputs.append(output)

    def _print(self, name: str, text: str) -> None:
        text = text[: max(MOST_TEXT - self._printed, 0)]
        self._printed += len(text)
        last = self._outputs[-1] if self._outputs else {}
        if last.get("name") == name:
            last["text"] += text
        elif text:
            self._keep({"output_type": "stream", "name": name, "text": text})


class _Stream(io.TextIOBase):
    """Takes the place of the terminal."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, keep: Any) -> None:
        super().__init__()
        self._name, self._keep = name, keep

    def fileno(self) -> int:
        """Of what a program writes to that does not ask Python: it goes nowhere."""
        return 1 if self._name == "stdout" else 2

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._keep(self._name, str(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False

    def close(self) -> None:
        """Stay open: a cell may close what it takes for the terminal."""


class _Shell(InteractiveShell):
    """IPython's shell, whose displays and errors become outputs."""

    def __init__(self, keep: Any, **options: Any) -> None:
        self._keep = keep
        on_disk = {"HistoryManager": {"enabled": False}}  # nothing is remembered there
        super().__init__(config=Config(on_disk), user_ns={"__name__": "__main__"})
        self.display_pub = _Publisher(keep, parent=self)
        self.displayhook = _Hook(keep, shell=self, cache_size=0)
        self.display_trap.hook = self.displayhook
        self.colors = "nocolor"

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        name = getattr(etype, "__name__", "Exception")
        self._keep(
            {
                "output_type": "error",
                "ename": str(name)[:200],
                "evalue": _words(evalue),
                "traceback": [str(line)[:MOST_TEXT] for line in stb][:100],
            }
        )

    def enable_gui(self, gui: Any = None) -> None:
        """`%matplotlib inline` asks for none."""

    def ask_exit(self) -> None:
        """`exit()` ends a kernel; here it ends only its cell."""
        raise SystemExit


def _words(error: Any) -> str:
    try:
        return str(error)[:10_000]
    except BaseException:  # a student's exception may fail to print itself
        return ""


class _Publisher(DisplayPublisher):
    """Keeps what `display` shows."""

    def __init__(self, keep: Any, **options: Any) -> None:
        super().__init__(**options)
        self._keep = keep

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **options: Any) -> None:
        self._keep({"output_type": "display_data", "data": {**data}, "metadata": metadata or {}})

    def clear_output(self, wait: bool = False) -> None:
        """The last picture of an animation is one of several here."""


class _Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    def __init__(self, keep: Any, **options: Any) -> None:
        super().__init__(**options)
        self._keep = keep

    def write_output_prompt(self) -> None:
        """The number stands in the output."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        made = {"output_type": "execute_result", "data": {**format_dict}, "metadata": md_dict or {}}
        self._keep(made)

    def finish_displayhook(self) -> None:
        """Nothing to end."""
