"""Functions among the inputs of a case: how an answer in another process calls them.

As a rule it calls back: the function stays with the judge, which counts its calls. The code of a
short one that is no secret travels, where the exercise says so. Only the judge's code does, and
only to the answer's side.
"""

from __future__ import annotations

import base64
import builtins
import dis
import marshal
from collections.abc import Callable
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

import numpy as np

ALL_IT_HAS = {"np": np}  # the globals of a function whose code travels


class Functions:
    """Functions that stay on their side, by number; the other side calls them by it.

    Parameters
    ----------
    stand_in : function of a number, a name and a code or None, optional
        Makes the other side's functions on this one. Without it none are taken: this is the judge.
    travel : bool
        Whether the code of ours is sent with them.
    """

    def __init__(
        self,
        stand_in: Callable[[int, str, str | None], Any] | None = None,
        travel: bool = False,
    ) -> None:
        self._known: list[Any] = []
        self.stand_in = stand_in
        self.travel = travel

    def number(self, function: Any) -> int:
        """The number of a function of ours."""
        for number, known in enumerate(self._known):
            if known is function:
                return number
        self._known.append(function)
        return len(self._known) - 1

    def __getitem__(self, number: int) -> Any:
        return self._known[number]

    def packed(self, function: Any) -> list[Any]:
        """What travels of one of ours."""
        name = str(getattr(function, "__name__", "function"))[:60]
        return [self.number(function), name, code_of(function) if self.travel else None]


@lru_cache(100)
def code_of(function: Any) -> str:
    """The code of a function of NumPy alone, as text.

    Raises
    ------
    TypeError
        It needs more than NumPy.
    """
    code = function.__code__
    named = {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}
    if named - ALL_IT_HAS.keys() - vars(builtins).keys() or code.co_freevars:
        raise TypeError(f"{function.__name__} needs more than NumPy: its code can't travel")
    return base64.b64encode(marshal.dumps(code)).decode()


@lru_cache(100)
def function_of(code: str, name: str) -> FunctionType:
    """The function of a code that the judge sent. Never call this in the judge's process."""
    made = marshal.loads(base64.b64decode(code))
    assert isinstance(made, CodeType)
    return FunctionType(made, dict(ALL_IT_HAS), name)
