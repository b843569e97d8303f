"""Values in one short line, as a student would write them."""

from __future__ import annotations

from typing import Any

import numpy as np

WIDTH = 66
MOST = 12  # an array with more values is shown by its shape


def show(value: Any, width: int = WIDTH, like: Any = None) -> str:
    """One line for a value; with `like`, with as many digits as it takes to tell the two apart."""
    text = _text(value, like)
    return text if len(text) <= width else text[: width - 3] + "..."


def _text(value: Any, like: Any = None) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return _array(value)
    if isinstance(value, (np.ndarray, np.generic)):
        return _number(value.item(), None if like is None else np.asarray(like).item())
    if isinstance(value, float):
        return _number(value, like)
    if isinstance(value, list):
        return "[" + ", ".join(_text(v) for v in value) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(_text(v) for v in value) + ("," if len(value) == 1 else "") + ")"
    if callable(value):
        return getattr(value, "__name__", "a function")
    return repr(value)


def _array(value: np.ndarray) -> str:
    if value.size > MOST or 0 in value.shape:
        return f"array of shape {value.shape}"
    return _text(value.tolist())


def _number(value: Any, like: Any) -> str:
    if not isinstance(value, float):
        return repr(value)
    for digits in (4, 8, 17):
        text = f"{value:.{digits}g}"
        if like is None or value == like or text != f"{like:.{digits}g}":
            return text
    return text
