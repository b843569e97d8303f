"""Inputs as the answer gets them: fresh copies, whose functions count how often they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from utils.checking.keras_models import Record, Training, is_model, record


@dataclass(frozen=True)
class Made:
    """An input that is made anew for each call, because it can't be copied: a Keras model.

    Attributes
    ----------
    name : str
        How a message shows it.
    make : function of no arguments
    trained_on : Training, optional
        What the model has been trained on since it was made.
    """

    name: str
    make: Callable[[], Any]
    trained_on: Training | None = None

    @property
    def __name__(self) -> str:
        return self.name

    @cached_property
    def record(self) -> Record:
        """One of them as plain data, before it was trained: it travels often."""
        return record(self.make())

    def __call__(self) -> Any:
        made = self.make()
        if self.trained_on is not None:
            self.trained_on.train(made)
        return made


def fresh(value: Any, calls: Counter[str] | None = None) -> Any:
    """A copy for one call: an answer that writes into its arguments spoils nothing of ours.

    Arrays keep their dtype, their order in memory and whether they are contiguous. A function
    is wrapped so that `calls` counts under its name. What is in a list twice is one thing there.
    """
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, Made):
        return value()
    if isinstance(value, (list, tuple)):
        made = {id(item): fresh(item, calls) for item in value}
        return type(value)(made[id(item)] for item in value)
    if isinstance(value, dict):
        return {key: fresh(item, calls) for key, item in value.items()}
    if is_model(type(value)):
        return value  # made for this one call already, on the other side of a process boundary
    if callable(value) and calls is not None and not isinstance(value, type):
        return counted(value, calls)
    return value


def _array(value: np.ndarray) -> np.ndarray:
    if value.flags.c_contiguous or value.flags.f_contiguous:
        return value.copy(order="K")
    return strided(value)


def strided(array: np.ndarray) -> np.ndarray:
    """A copy whose numbers do not lie side by side in memory: a view into a larger array."""
    roomy = np.zeros([2 * n for n in array.shape], dtype=array.dtype)
    view = roomy[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def counted(function: Callable[..., Any], calls: Counter[str]) -> Callable[..., Any]:
    """The function, counting its calls under its own name."""
    name = getattr(function, "__name__", "function")

    def call(*args: Any, **kwargs: Any) -> Any:
        calls[name] += 1
        return function(*args, **kwargs)

    call.__name__ = call.__qualname__ = name  # and no __wrapped__, which would go uncounted
    return call


def unchanged(after: Any, before: Any) -> bool:
    """Whether an argument was left as it was, bit for bit."""
    if isinstance(before, np.ndarray):
        return (
            type(after) is np.ndarray  # what an answer put in its place may be of any class
            and after.shape == before.shape
            and after.dtype == before.dtype
            and after.tobytes() == before.tobytes()
        )
    if isinstance(before, (list, tuple)):
        return (
            type(after) in (list, tuple)
            and len(after) == len(before)
            and all(unchanged(a, b) for a, b in zip(after, before, strict=True))
        )
    if isinstance(before, dict):
        return (
            type(after) is dict
            and after.keys() == before.keys()
            and all(unchanged(after[key], before[key]) for key in before)
        )
    if callable(before):
        return True
    return type(after) is type(before) and bool(after == before)


def as_float64(value: Any) -> Any:
    """The inputs as the reference gets them: float32 is widened, whole numbers stay whole."""
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind == "f":
        return value.astype(np.float64)
    if isinstance(value, (list, tuple)):
        return type(value)(as_float64(item) for item in value)
    if isinstance(value, dict):
        return {key: as_float64(item) for key, item in value.items()}
    return value


def arrays_in(value: Any) -> list[np.ndarray]:
    """Every array and number among the inputs, as arrays."""
    if isinstance(value, (list, tuple)):
        return [array for item in value for array in arrays_in(item)]
    if isinstance(value, (np.ndarray, np.generic, int, float)):
        return [np.asarray(value)]
    return []


def size(value: Any) -> int:
    """How many numbers the inputs hold."""
    return sum(array.size for array in arrays_in(value))
