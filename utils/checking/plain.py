"""Whatever an answer returned, as plain data that is safe to look at.

A returned object can lie: a subclass may claim to equal everything. So nothing of the student's
classes is ever compared or printed; what comes out of here is made of Python's and NumPy's own
types, or is `Opaque`.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.checking import keras_models

MOST_VALUES = 20_000_000  # an array larger than this is no answer to any exercise
MOST_ITEMS = 100_000
MOST_BITS = 10_000  # of a whole number
WRITTEN_IN_PYTHON = 1 << 9  # the bit Py_TPFLAGS_HEAPTYPE of a type's flags
DEEPEST = 20
KNOWN_LIBRARIES = ("numpy", "scipy", "sklearn", "keras")


@dataclass(frozen=True)
class Opaque:
    """A thing that no exercise asks for, by what it is called."""

    name: str


def plain(value: Any, depth: int = 0) -> Any:
    """The value, made of built-in and NumPy types only."""
    kind = type(value)  # not isinstance: an object may claim another __class__
    if value is None or value is Ellipsis or value is NotImplemented or kind is bool:
        return value
    if kind.__module__ == "numpy" and issubclass(kind, np.generic):
        array = _array(np.asarray(value))
        return array if isinstance(array, Opaque) else array[()]
    for base, convert in _SCALARS:
        if issubclass(kind, base):
            return convert(value)
    if issubclass(kind, np.ndarray):
        return _array(value)
    if depth >= DEEPEST:
        return Opaque("something nested too deeply")
    return _container(value, kind, depth)


_SCALARS: tuple[tuple[type, Any], ...] = (
    (int, lambda value: _whole(int.__pos__(value))),
    (float, float.__pos__),
    (complex, complex.__pos__),
    (str, str.__str__),
)


def _whole(value: int) -> Any:
    """Python refuses to print a number of more than 4300 digits."""
    return value if value.bit_length() <= MOST_BITS else Opaque("a number of far too many digits")


def _array(value: np.ndarray) -> Any:
    if issubclass(type(value), np.ma.MaskedArray):
        return Opaque("a masked array")
    size = math.prod(np.shape(np.ndarray.view(value, np.ndarray)))  # a subclass may lie
    if size > MOST_VALUES:
        return Opaque("an array of far too many values")
    copy = np.array(value, copy=True, subok=False)
    if copy.dtype.kind == "O":
        return Opaque("an array of Python objects")
    if copy.dtype.kind not in "biufcUS":
        return Opaque(f"an array of {copy.dtype.name}")
    return copy


def _container(value: Any, kind: type, depth: int) -> Any:
    for base, iterate, build in _CONTAINERS:
        if issubclass(kind, base):
            if base.__len__(value) > MOST_ITEMS:
                return Opaque(f"a {base.__name__} of far too many things")
            return build(plain(item, depth + 1) for item in iterate(value))
    if keras_models.is_model(kind):
        return keras_models.record(value)
    if issubclass(kind, dict):
        return {plain(k, depth + 1): plain(v, depth + 1) for k, v in dict.items(value)}
    return Opaque(_name(kind))


_CONTAINERS: tuple[tuple[Any, Any, Any], ...] = (
    (list, list.__iter__, list),
    (tuple, tuple.__iter__, tuple),
    (set, set.__iter__, lambda items: frozenset(items)),
    (frozenset, frozenset.__iter__, frozenset),
)


def _name(kind: type) -> str:
    """What a student calls such a thing."""
    names = {
        "generator": "a generator", "function": "a function", "map": "a map object",
        "EagerTensor": "a tensor of TensorFlow's",
    }  # fmt: skip
    name = str(type.__getattribute__(kind, "__name__"))[:40]
    if name in names:
        return names[name]
    if _is_public(kind, name):
        return f"an object of type {name}"
    return "an object of a class of your own"  # whose name could carry a hidden number


def _is_public(kind: type, name: str) -> bool:
    """Whether the type is Python's or one of the course's libraries', whatever it claims."""
    if not type.__getattribute__(kind, "__flags__") & WRITTEN_IN_PYTHON:
        return True
    home = str(type.__getattribute__(kind, "__module__"))
    theirs = home.split(".")[0] in {*KNOWN_LIBRARIES, *sys.stdlib_module_names}
    return theirs and vars(sys.modules.get(home, object)).get(name) is kind


def describe(value: Any) -> str:
    """What kind of thing a plain value is: "a list", "an int", "an array of int64"."""
    if isinstance(value, Opaque):
        return value.name
    if isinstance(value, (keras_models.Record, keras_models.Trained)):
        return "a Keras model"
    if value is None:
        return "None"
    if isinstance(value, frozenset):
        return "a set"  # `plain` makes the one of the other
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of {value.dtype.name}"
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "US":
        return "a string"
    if isinstance(value, (np.ndarray, np.generic)):
        return f"a number of type {value.dtype.name}"
    article = "an" if type(value).__name__[0] in "aeiou" else "a"
    return f"{article} {type(value).__name__}"
