"""The reference in other clothes: right answers that look odd, and wrong ones of every kind.

What is made here needs no thought for one exercise: whatever is asked, a partial of a right
function is right, and a right function that returns a masked array, or never ends, is wrong.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from utils.checking.exercise import Exercise
from utils.checking.results import Text

Function = Callable[..., Any]


class _Callable:
    """An object that can be called."""

    def __init__(self, function: Function) -> None:
        self.function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


def right(function: Function) -> dict[str, Function]:
    """Right answers made from a right function."""
    return {
        "a partial": functools.partial(function),
        "an object that can be called": _Callable(function),
        "a bound method": _Callable(function).__call__,
        "a lambda": lambda *args, **kwargs: function(*args, **kwargs),
        "numbers as arrays without dimensions": _returning(function, _zero_dimensional),
        "tuples for lists": _returning(function, _tuples),
        "a message printed on the way": _noisy(function),
    }


def wrong(exercise: Exercise, function: Function) -> dict[str, Function]:
    """Wrong answers made from a right function."""
    made: dict[str, Function] = {
        "returns None": _returning(function, lambda value: None),
        "returns a generator": _returning(function, lambda value: (v for v in [value])),
        "returns a string": _returning(function, str),
        "returns the function itself": _returning(function, lambda value: function),
        "returns the result in a list": _returning(function, lambda value: [value]),
        "returns bytes": _returning(function, lambda value: b"1"),
        "raises": _returning(function, _raise(ValueError("no"))),
        "raises KeyError": _returning(function, _raise(KeyError("no"))),
        "calls sys.exit": _returning(function, lambda value: sys.exit()),
        "raises KeyboardInterrupt": _returning(function, _raise(KeyboardInterrupt())),
        "recurses for ever": _recursing,
        "takes no arguments": lambda: 0,
    }
    if isinstance(exercise.returns, Text):
        del made["returns a string"]  # which is what is asked for
    for label, change in _NUMERIC.items():
        made[label] = _returning(function, functools.partial(_everywhere, change))
    return made


_NUMERIC: dict[str, Function] = {
    "nan for every number": lambda a: np.full(a.shape, np.nan),
    "inf for every number": lambda a: np.full(a.shape, np.inf),
    "complex numbers": lambda a: a.astype(complex),
    "an array of objects": lambda a: a.astype(object) if a.ndim else np.array(object()),
    "a masked array": lambda a: np.ma.masked_array(a, mask=False),
    "numbers as text": lambda a: a.astype(str),
    "one dimension more": lambda a: a[None],
    "everything one larger": lambda a: a + 1 if a.dtype.kind != "b" else ~a,
    "everything 0.1 % larger": lambda a: (a + (a == 0)) * 1.001 if a.dtype.kind != "b" else ~a,
}


def _returning(function: Function, change: Function) -> Function:
    @functools.wraps(function)
    def answer(*args: Any, **kwargs: Any) -> Any:
        return change(function(*args, **kwargs))

    return answer


def _everywhere(change: Function, value: Any) -> Any:
    """Apply a change to every number in a result."""
    if isinstance(value, (list, tuple)):
        return type(value)(_everywhere(change, item) for item in value)
    if isinstance(value, str):
        return value + "x"
    changed = change(np.asarray(value))
    return changed if np.ndim(value) or type(changed) is not np.ndarray else changed[()]


def _zero_dimensional(value: Any) -> Any:
    return np.asarray(value) if isinstance(value, (int, float, np.generic)) else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, (list, tuple)) else value


def _noisy(function: Function) -> Function:
    @functools.wraps(function)
    def answer(*args: Any, **kwargs: Any) -> Any:
        print("called with", len(args), "arguments")
        return function(*args, **kwargs)

    return answer


def _raise(error: BaseException) -> Function:
    def change(value: Any) -> Any:
        raise error

    return change


def _recursing(*args: Any) -> Any:
    return _recursing(*args)
