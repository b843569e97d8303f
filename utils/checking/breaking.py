"""Exercises that ask for an input: one on which a wrong function and the right one differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from utils.checking.plain import Opaque, describe
from utils.checking.port import LocalPort
from utils.checking.recognise import alike
from utils.checking.results import Fault
from utils.checking.show import show


class Rejected(Exception):
    """A value that is no right answer, with the fault to report."""

    def __init__(self, stage: str, id: str, says: str, detail: str = "") -> None:
        super().__init__(says)
        self.fault = Fault(stage, id, says, detail)


def parts(value: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    """The parts of a tuple or list.

    Raises
    ------
    Rejected
        It is neither, or has another number of parts.
    """
    wanted = f"({', '.join(names)})"
    if not isinstance(value, (tuple, list)):
        raise Rejected("type", "parts", f"It is {describe(value)}. A tuple {wanted} is asked for.")
    if len(value) != len(names):
        says = f"It has {len(value)} parts. A tuple {wanted} is asked for."
        raise Rejected("shape", "parts", says)
    return tuple(value)


def numbers(value: Any, name: str, ndim: int) -> np.ndarray:
    """A part as an array: it may be an array or nested lists of finite numbers.

    Raises
    ------
    Rejected
        It holds something else, is ragged, empty, not finite, or has other dimensions.
    """
    try:
        array = np.asarray(value) if not isinstance(value, Opaque) else np.asarray(None)
    except ValueError:
        says = f"The rows of `{name}` have different lengths."
        raise Rejected("shape", "ragged", says) from None
    array = _widened(array)
    if array.dtype.kind not in "iuf" and array.size:
        held = _HELD.get(array.dtype.kind, describe(value))
        says = f"`{name}` holds {held}. An array or nested lists of numbers are asked for."
        raise Rejected("type", "numbers", says)
    if array.ndim != ndim or array.size == 0:
        says = f"`{name}` should have {_dimensions(ndim)} and hold at least one number."
        raise Rejected("shape", "dimensions", says, f"`{name}` has shape {array.shape}.")
    if not np.isfinite(array).all():
        raise Rejected("finite", "finite", f"`{name}` holds nan or inf. Finite numbers are enough.")
    return array


_HELD = {"U": "text", "S": "text", "b": "True and False", "c": "complex numbers"}


def _widened(array: np.ndarray) -> np.ndarray:
    """Whole numbers beyond 64 bits as float64."""
    if array.dtype.kind == "O" and all(type(item) is int for item in array.flat):
        try:
            return array.astype(np.float64)
        except OverflowError:
            return np.full(array.shape, np.inf)
    return array


def _dimensions(ndim: int) -> str:
    return "one dimension" if ndim == 1 else f"{ndim} dimensions"


def breaking(
    right: Callable[..., Any],
    wrong: Callable[..., Any],
    contract: Callable[[Any], tuple[Any, ...]],
) -> Callable[[Any], str]:
    """How an exercise accepts an input on which `wrong` and `right` give different results.

    Parameters
    ----------
    right, wrong : functions
        The reference and the function that the notebook shows.
    contract : function of the student's value
        Returns the arguments, or raises `Rejected` when the value is outside the contract.

    Returns
    -------
    function of the student's value
        Returns what each of the two gave; raises `Rejected` when they agree or `wrong` raises.
    """

    def accept(value: Any) -> str:
        args = contract(value)
        expected = LocalPort(right).call(*args)
        other = LocalPort(wrong).call(*args)
        if expected.failure:
            raise RuntimeError(f"the reference stopped with {expected.failure.name}")
        if other.failure:
            says = (
                f"On this input `{wrong.__name__}` stops with {other.failure.name}. "
                "It should run through and give another result."
            )
            raise Rejected("value", "raises", says)
        if alike(expected.value, other.value):
            says = f"On this input the right function and `{wrong.__name__}` agree."
            raise Rejected("value", "agree", says, f"Both give {show(expected.value)}.")
        return f"The right one gives {show(expected.value)}, the other {show(other.value)}."

    return accept
