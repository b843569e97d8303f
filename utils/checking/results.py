"""What an answer may return, and what counts as equal.

Each kind looks at a plain value in the order type, shape, dtype, finite, value, and returns the
first `Fault`. Values are compared with the float64 reference at rtol 1e-6 and an atol of 1e-12
times the largest magnitude among inputs and expected values, never less than 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from utils.checking.plain import Opaque, describe
from utils.checking.show import WIDTH, show

RTOL = 1e-6
ATOL = 1e-12
RTOL_FLOAT32 = 1e-5
FEW = 8  # up to so many values are shown side by side

STAGES = ("run", "type", "shape", "dtype", "finite", "value", "property", "arguments")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes
    ----------
    stage : str
        One of `STAGES`.
    id : str
        Which kind of fault within the stage.
    says : str
        The sentence a student may always read: it holds no number of a hidden case.
    detail : str
        What may be added where numbers may be shown.
    evidence : optional
        What a known mistake is compared by, in place of the whole value.
    """

    stage: str
    id: str
    says: str
    detail: str = ""
    evidence: Any = None


class Unjudgeable(Exception):
    """The answer is out of reach: it may be right, and we can't tell. Says why."""


@dataclass(frozen=True)
class Given:
    """What the comparison needs to know of the inputs."""

    args: tuple[Any, ...]
    magnitude: float  # of the largest number among the inputs
    float32: bool  # one of the inputs is float32
    whole: bool  # all numbers among the inputs are whole numbers by dtype


class Returns(Protocol):
    """A kind of result."""

    def fault(self, value: Any, expected: Any, given: Given) -> Fault | None: ...


Close = Callable[[np.ndarray, np.ndarray, tuple[Any, ...]], Any]


@dataclass(frozen=True)
class _Numeric:
    """What a single number and an array have in common.

    Attributes
    ----------
    dtype : 'float', 'int' or 'bool'
    moved : bool
        Values are only moved, picked or compared, so the input's dtype is right too.
    kept : bool
        The dtype is part of the promise: float32 for float32 input, float64 for all other.
    rtol, atol : float, optional
        In place of the course's own. An `atol` given is taken as it is.
    close : function of (value, expected, args) returning an array of bool, optional
        In place of the tolerance altogether.
    """

    dtype: str = "float"
    moved: bool = False
    kept: bool = False
    rtol: float = RTOL
    atol: float | None = None
    close: Close | None = None

    def _dtype_fault(self, got: np.dtype, expected: np.ndarray, given: Given) -> Fault | None:
        if got.kind == "c":
            return Fault("type", "complex", "It returned complex numbers. Real ones are asked for.")
        if self.dtype == "bool":
            return None if got.kind == "b" else _wrong_dtype(got, "bool", "True and False")
        if self.dtype == "int":
            return None if got.kind in "iu" else _wrong_dtype(got, "int", "whole numbers")
        if self.kept:
            return _not_kept(got, "float32" if given.float32 else "float64")
        if got == np.float64 or (got == np.float32 and given.float32):
            return None
        whole = given.whole and np.array_equal(expected, np.round(expected))
        if got.kind in "iu" and (whole or (self.moved and given.whole)):
            return None
        return _wrong_dtype(got, "float64", "floats")

    def _number_fault(self, got: np.ndarray, expected: np.ndarray, given: Given) -> Fault | None:
        fault = self._dtype_fault(got.dtype, expected, given)
        if fault:
            return fault
        if self.dtype == "float" and not np.isfinite(got).all() and np.isfinite(expected).all():
            return _not_finite(got)
        close = self._close(got, expected, given)
        return None if close.all() else _wrong_values(got, expected, close)

    def _close(self, got: np.ndarray, expected: np.ndarray, given: Given) -> np.ndarray:
        if self.dtype in ("int", "bool"):
            return np.asarray(got == expected)
        if self.close is not None:
            return np.asarray(self.close(got, expected, given.args))
        rtol = max(self.rtol, RTOL_FLOAT32) if got.dtype == np.float32 else self.rtol
        atol = self.atol
        if atol is None:
            atol = ATOL * max(1.0, given.magnitude, float(np.abs(expected).max(initial=0)))
        return np.isclose(got.astype(np.float64), expected, rtol=rtol, atol=atol, equal_nan=True)


@dataclass(frozen=True)
class Array(_Numeric):
    """An array. `shape` is how the shape is written in the exercise: "(m, u)"."""

    shape: str = ""

    def fault(self, value: Any, expected: Any, given: Given) -> Fault | None:
        expected = np.asarray(expected)
        scalar = isinstance(value, np.generic) or type(value) in (int, float, bool)
        if not isinstance(value, np.ndarray) and not (scalar and expected.ndim == 0):
            return _wrong_type(value, f"a NumPy array{self._of_shape()}")
        got = np.asarray(value)
        if got.dtype.kind in "US":
            return _wrong_type(value, "an array of numbers")
        if got.shape != expected.shape:
            return _wrong_shape(got, expected, self.shape)
        return self._number_fault(got, expected, given)

    def _of_shape(self) -> str:
        return f" of shape {self.shape}" if self.shape else ""


@dataclass(frozen=True)
class Number(_Numeric):
    """One number: Python's or NumPy's, or an array without dimensions."""

    def fault(self, value: Any, expected: Any, given: Given) -> Fault | None:
        wanted = {"float": "one number", "int": "an int", "bool": "True or False"}[self.dtype]
        if isinstance(value, np.ndarray) and value.ndim:
            return Fault(
                "type" if self.dtype != "float" else "shape",
                "array_for_number",
                f"It returned an array, and {wanted} is asked for.",
                f"The array has shape {value.shape}.",
            )
        if not isinstance(value, (bool, int, float, complex, np.generic, np.ndarray)):
            return _wrong_type(value, wanted)
        got = np.asarray(value)
        if got.dtype.kind in "US" or (self.dtype != "bool" and got.dtype.kind == "b"):
            return _wrong_type(value, wanted)
        if self.dtype != "float" and got.dtype.kind not in ("b" if self.dtype == "bool" else "iuO"):
            return _wrong_type(value, wanted)
        if got.dtype.kind == "O":  # a Python int beyond int64
            if self.dtype == "int":
                return None if value == expected else _wrong_number(value, expected)
            got = np.asarray(_widened(value))
        return self._number_fault(got, np.asarray(expected), given)


def Count(**options: Any) -> Number:
    """A whole number: an int."""
    return Number(dtype="int", **options)


@dataclass(frozen=True)
class Text:
    """A string."""

    def fault(self, value: Any, expected: Any, given: Given) -> Fault | None:
        if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind == "U":
            value = str(value)
        if not isinstance(value, str):
            return _wrong_type(value, "a string")
        if value != expected:
            return Fault(
                "value", "other_text", "It returned another string.",
                f"Expected {expected!r}, got {str(value)!r}.",
            )  # fmt: skip
        return None


@dataclass(frozen=True)
class Sequence:
    """A list or a tuple, whichever; what it holds is of the kind `of`, or of one kind each.

    Attributes
    ----------
    of : Returns, or tuple of Returns
        One kind for all items, or one for each.
    wanted : str
        What is asked for, in words.
    """

    of: Any
    wanted: str

    def fault(self, value: Any, expected: Any, given: Given) -> Fault | None:
        is_array = isinstance(value, np.ndarray) and value.ndim  # which a list of numbers may be
        if not is_array and not isinstance(value, (list, tuple)):
            return _wrong_type(value, self.wanted)
        if len(value) != len(expected):
            return Fault(
                "shape", "length", f"It has the wrong length: {self.wanted} is asked for.",
                f"Expected {len(expected)} entries, got {len(value)}.",
            )  # fmt: skip
        value = list(value)
        kinds = self.of if isinstance(self.of, tuple) else [self.of] * len(value)
        found = [
            _inside(kind.fault(v, e, given), i)
            for i, (kind, v, e) in enumerate(zip(kinds, value, expected, strict=True))
        ]
        faults = [fault for fault in found if fault]
        return min(faults, key=lambda fault: STAGES.index(fault.stage), default=None)


def _inside(fault: Fault | None, index: int) -> Fault | None:
    if fault is None:
        return None
    detail = fault.detail or fault.says
    if detail.startswith("In entry ["):  # of a sequence in this one
        detail = detail.replace("In entry ", f"In entry [{index}]", 1)
    else:
        detail = f"In entry [{index}]: {detail}"
    return Fault(fault.stage, fault.id, fault.says, detail)


def _widened(value: Any) -> float:
    """A Python int as the nearest float64; infinite where there is none."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _wrong_type(value: Any, wanted: str) -> Fault:
    if value is None:
        says = f"It returned None where {wanted} is asked for. Is the `return` missing?"
        return Fault("type", "none", says)
    if isinstance(value, (list, tuple)) and "array" in wanted:
        says = (
            f"It returned {describe(value)}. {_capital(wanted)} is asked for: np.array makes one."
        )
        return Fault("type", "list", says)
    kind = "opaque" if isinstance(value, Opaque) else "type"
    return Fault("type", kind, f"It returned {describe(value)}. {_capital(wanted)} is asked for.")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _wrong_shape(got: np.ndarray, expected: np.ndarray, shape: str) -> Fault:
    asked = f" {_capital('the')} exercise asks for {shape}." if shape else ""
    return Fault(
        "shape", "shape", f"The result has the wrong shape.{asked}",
        f"Expected shape {expected.shape}, got {got.shape}.",
    )  # fmt: skip


def _not_kept(got: np.dtype, wanted: str) -> Fault | None:
    if got == np.dtype(wanted):
        return None
    says = f"The numbers are {got.name}, and for this input {wanted} is asked for."
    return Fault("dtype", f"dtype_{got.name}", says)


def _wrong_dtype(got: np.dtype, wanted: str, meaning: str) -> Fault:
    says = f"The numbers are {got.name}. {_capital(meaning)} ({wanted}) are asked for."
    return Fault("dtype", f"dtype_{got.kind}", says)


def _not_finite(got: np.ndarray) -> Fault:
    what = "nan (not a number)" if np.isnan(got).any() else "inf (infinity)"
    return Fault("finite", "nan" if np.isnan(got).any() else "inf", f"The result holds {what}.")


def _wrong_number(got: Any, expected: Any) -> Fault:
    return Fault("value", "value", "The number differs.", f"Expected {expected}, got {got}.")


def _wrong_values(got: np.ndarray, expected: np.ndarray, close: np.ndarray) -> Fault:
    if got.ndim == 0:
        detail = _capital(_expected_and_got(expected, got))
        what = "answer" if got.dtype.kind == "b" else "number"
        return Fault("value", "value", f"The {what} differs.", detail)
    whole = f"Expected {show(expected)}, got {show(got)}."
    if got.size <= FEW and len(whole) <= WIDTH and show(expected) != show(got):
        return Fault("value", "value", "The numbers differ.", whole)
    where = tuple(int(i) for i in np.argwhere(~np.broadcast_to(close, got.shape))[0])
    index = ", ".join(map(str, where))
    return Fault(
        "value",
        "value",
        "The numbers differ.",
        f"At [{index}]: {_expected_and_got(expected[where], got[where])}",
    )


def _expected_and_got(expected: Any, got: Any) -> str:
    return f"expected {show(expected, like=got)}, got {show(got, like=expected)}."
