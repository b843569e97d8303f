"""What passes between judge and answer: frames of JSON and raw arrays.

A frame is read without trusting who sent it. It has a largest size, a greatest depth and a closed
list of kinds; nothing is imported, evaluated or unpickled. A Keras model travels as its config
and weights, and only the answering side makes models of those: the judge keeps a `Record`.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.engine.functions import Functions
from autograder.engine.vetting import vetted
from utils.checking.inputs import Made, strided
from utils.checking.keras_models import (
    Record,
    Trained,
    Training,
    is_model,
    rebuilt,
    record,
    steps_of,
)
from utils.checking.plain import Opaque
from utils.checking.port import Failure

LONGEST = 1 << 25  # bytes of JSON in a frame: each few become a Python object
TAKES = 10  # bytes of memory that a byte of JSON may become
LARGEST = 1 << 28  # bytes of arrays in a frame, and of those that it makes
AT_ONCE = 0.001  # seconds, where the time is up: what is there already is read
DEEPEST = 60
MOST_STEPS = 20  # of a training that is asked for
MOST_KEYS, MOST_KEYS_IN_ALL = 2_000, 100_000  # of one set or dict, of all in a frame
MOST_NAMES = 10_000  # layers of a kind that one process counts
KINDS = "biufcSUmM"  # of arrays: no Python objects
_HEAD = struct.Struct("!QQ")


class Broken(Exception):
    """The other side closed, or sent what is no frame."""


class Line:
    """One end of a conversation over a socket."""

    def __init__(self, end: socket.socket, functions: Functions | None = None) -> None:
        self._end = end
        self.functions = functions or Functions()
        self.received = 0  # bytes in all, as they are in memory

    def send(self, message: Any) -> None:
        """Send one frame."""
        text, body = packed(message, self.functions)
        try:
            self._end.sendall(_HEAD.pack(len(text), len(body)) + text + body)
        except OSError as error:
            raise Broken(f"the other side is gone ({error})") from None

    def receive(self, make_models: bool = False) -> Any:
        """Wait for one frame.

        Raises
        ------
        Broken
            The other side is gone, or does not keep to the format.
        TimeoutError
            The socket's time is up, for the whole of it.
        """
        seconds = self._end.gettimeout()
        until = None if seconds is None else time.monotonic() + seconds
        text_size, body_size = _HEAD.unpack(self._read(_HEAD.size, until))
        if text_size > LONGEST or body_size > LARGEST:
            raise Broken("a frame that is too large")
        self.received += TAKES * text_size + body_size
        text, body = self._read(text_size, until), self._read(body_size, until)
        return unpacked(text, body, self.functions, make_models)

    def _read(self, size: int, until: float | None) -> bytes:
        parts = []
        while size:
            if until is not None:
                self._end.settimeout(max(until - time.monotonic(), AT_ONCE))
            try:
                part = self._end.recv(min(size, 1 << 20))
            except TimeoutError:
                raise
            except OSError as error:
                raise Broken(f"the other side is gone ({error})") from None
            if not part:
                raise Broken("the other side has closed")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        self._end.close()


def packed(message: Any, functions: Functions | None = None) -> tuple[bytes, bytes]:
    """A message as JSON and the bytes of its arrays."""
    packer = _Packer(functions or Functions())
    text = json.dumps(packer.pack(message)).encode()
    return text, b"".join(packer.parts)


def unpacked(
    text: bytes, body: bytes, functions: Functions | None = None, make_models: bool = False
) -> Any:
    """The message; `Broken` where it is none of ours."""
    try:
        return _Unpacker(body, functions or Functions(), make_models).unpack(json.loads(text))
    except Broken:
        raise
    except Exception as error:  # whatever a hostile frame leads to
        raise Broken(f"no frame of ours ({type(error).__name__})") from None


class _Packer:
    """A message as JSON, with the bytes of its arrays beside it."""

    def __init__(self, functions: Functions) -> None:
        self.parts: list[bytes] = []
        self._functions = functions
        self._seen: dict[int, tuple[int, Any]] = {}  # what occurs twice may be one thing there too

    def pack(self, value: Any) -> Any:
        if value is None or (isinstance(value, (bool, str)) and type(value) in (bool, str)):
            return value
        if type(value) is int:
            return value if abs(value) < 1 << 53 else ["int", str(value)]
        if type(value) is float:
            return value if math.isfinite(value) else ["float", repr(value)]
        if id(value) in self._seen and self._seen[id(value)][1] is value:
            return ["again", self._seen[id(value)][0]]
        if not (isinstance(value, (np.ndarray, np.generic)) or callable(value)):
            return self._tagged(value)
        number = len(self._seen)
        self._seen[id(value)] = number, value
        return [*self._tagged(value), number]

    def _tagged(self, value: Any) -> list[Any]:
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(value)
        for kind, tag, parts in _RECORDS:
            if isinstance(value, kind):
                return [tag, [self.pack(part) for part in parts(value)]]
        for base, tag in ((list, "list"), (tuple, "tuple"), (frozenset, "set"), (set, "set")):
            if isinstance(value, base):
                return [tag, [self.pack(item) for item in value]]
        if isinstance(value, dict):
            return ["dict", [[self.pack(k), self.pack(v)] for k, v in value.items()]]
        if isinstance(value, complex):
            return ["complex", [value.real, value.imag]]
        if value is Ellipsis or value is NotImplemented:
            return ["Ellipsis" if value is Ellipsis else "NotImplemented", []]
        if isinstance(value, Made):
            return ["model", [self.pack(value.record), self.pack(value.trained_on)]]
        if is_model(type(value)):
            return ["model", [self.pack(record(value)), None]]
        if callable(value):
            return ["function", self._functions.packed(value)]
        raise TypeError(f"{type(value).__name__} does not travel")

    def _array(self, value: Any) -> list[Any]:
        array = np.asarray(value)
        if array.dtype.kind not in KINDS:
            raise TypeError(f"an array of {array.dtype} does not travel")
        raw = array.tobytes()
        self.parts.append(raw)
        if isinstance(value, np.generic):
            layout = "scalar"
        elif array.flags.c_contiguous:
            layout = "C"
        else:
            layout = "F" if array.flags.f_contiguous else "strided"
        return ["array", [array.dtype.str, list(array.shape), layout, len(raw)]]


class _Unpacker:
    """The message in a frame. Every list is a tag and what it takes.

    What can be there again has a number: an array, a function, a model. Lists can't, or a short
    frame would hold more than any computer.
    """

    def __init__(self, body: bytes, functions: Functions, make_models: bool) -> None:
        self._body = body
        self._at = 0
        self._functions = functions
        self._make_models = make_models
        self._seen: dict[int, Any] = {}
        self._left = LARGEST
        self._keys = 0

    def unpack(self, packed: Any, depth: int = 0) -> Any:
        if depth > DEEPEST:
            raise Broken("a frame that is nested too deeply")
        if not isinstance(packed, list):
            if isinstance(packed, dict):
                raise Broken("no frame of ours")
            return packed
        tag = packed[0]
        if tag == "int":
            return int(packed[1]) if len(packed[1]) < 4_000 else Opaque("a number of many digits")
        if tag == "float":
            return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[packed[1]]
        if tag == "again":
            value = self._seen[packed[1]]
            self._takes(value.nbytes if isinstance(value, np.ndarray) else 1)
            return value
        value = self._made(tag, packed[1], depth + 1)
        if tag in ("array", "function", "model"):
            self._seen[packed[2]] = value
        return value

    def _takes(self, size: int) -> None:
        """Count the bytes of what is made: a few can ask for many."""
        self._left -= size
        if self._left < 0:
            raise Broken("arrays that are too large")

    def _counts(self, members: list[Any]) -> None:
        """Keys that all hash alike take time with the square of their number."""
        if len(members) > MOST_KEYS:
            raise Broken("too many keys")
        self._keys += len(members)
        if self._keys > MOST_KEYS_IN_ALL:
            raise Broken("too many keys in all")

    def _made(self, tag: str, content: Any, depth: int) -> Any:
        if tag == "array":
            return self._array(*content)
        if tag in ("dict", "set"):
            self._counts(content)
        if tag == "dict":
            return {self.unpack(k, depth): self.unpack(v, depth) for k, v in content}
        if tag == "function":
            if self._functions.stand_in is None:
                raise Broken("a function where none is taken")
            number, name, code = content
            return self._functions.stand_in(int(number), str(name), code)
        parts = [self.unpack(part, depth) for part in content]
        if tag == "model":
            return self._model(*parts)
        made = _BUILD[tag](parts)
        if tag == "Record" and self._functions.stand_in is None:  # this is the judge
            return vetted(made)
        return made

    def _model(self, carried: Record, training: Training | None) -> Any:
        if not self._make_models:
            return carried
        if carried.problem:
            raise Broken(f"a model that can't be rebuilt: {carried.problem}")
        model = rebuilt(carried)
        _take_names(model)
        _take_flag(model, carried)
        if training is not None:
            training.train(model)
        return model

    def _array(self, dtype: str, shape: list[int], layout: str, size: int) -> Any:
        kind = np.dtype(dtype)
        if kind.kind not in KINDS or kind.itemsize * math.prod(shape) != size or size < 0:
            raise Broken("an array that is not what it says")
        raw = self._body[self._at : self._at + size]
        if len(raw) != size:
            raise Broken("an array that is cut off")
        self._at += size
        self._takes(size * (2 ** len(shape) if layout == "strided" else 1))
        array = np.frombuffer(raw, dtype=kind).reshape(shape)
        if layout == "scalar":
            return array.reshape(())[()]
        if layout == "strided":
            return strided(array)
        return array.copy(order="F" if layout == "F" else "C")


def _take_flag(model: Any, carried: Record) -> None:
    """A frozen model's own flag, which Keras writes down and does not read again."""
    if carried.config.get("config", {}).get("trainable") is False and model.trainable:
        flags = [layer.trainable for layer in model.layers]
        model.trainable = False
        for layer, flag in zip(model.layers, flags, strict=True):
            layer.trainable = flag


def _take_names(model: Any) -> None:
    """Keras numbers the names it gives: let it go on after those of a model made elsewhere.

    Otherwise the first layer that an answer adds would have the name of one that is there.
    """
    import keras

    for named in (model, *steps_of(model)):
        base, _, number = named.name.rpartition("_")
        base, taken = (base, int(number) + 1) if number.isdigit() else (named.name, 1)
        while taken <= MOST_NAMES and keras.backend.get_uid(base) < taken:
            pass


# Our own records: how they come apart, and how they are put together again.
_RECORDS: tuple[tuple[type, str, Callable[[Any], list[Any]]], ...] = (
    (Opaque, "Opaque", lambda x: [x.name]),
    (Record, "Record", lambda x: [x.config, x.weights, x.built, x.compiled, x.problem]),
    (Trained, "Trained", lambda x: [x.before, x.after, x.problem]),
    (Training, "Training", lambda x: [x.X, x.y, x.steps, x.loss, x.traced, x.keeps_weights]),
    (Failure, "Failure", lambda x: [x.name, x.message, x.line, x.source, x.bases]),
)


def _record(config: Any, weights: Any, built: Any, compiled: Any, problem: Any) -> Record:
    if not isinstance(config, dict) or not all(isinstance(w, np.ndarray) for w in weights):
        raise Broken("a model that is none")
    return Record(config, tuple(weights), bool(built), bool(compiled), _words(problem, 300))


def _words(given: Any, most: int) -> str:
    """A few of them: to write out something else may take all the time there is."""
    if not isinstance(given, str):
        raise Broken("no words where there should be some")
    return given[:most]


def _training(X: Any, y: Any, steps: Any, loss: Any, traced: Any, keeps: Any) -> Training:
    if type(steps) is not int or not 0 <= steps <= MOST_STEPS or not isinstance(loss, str):
        raise Broken("a training that is none")
    return Training(X, y, steps, loss, bool(traced), bool(keeps))


def _trained(before: Any, after: Any, problem: Any) -> Trained:
    if not (isinstance(before, Record) and isinstance(after, Record)):
        raise Broken("a trained model that is none")
    return Trained(before, after, _words(problem, 300))


def _failure(name: Any, message: Any, line: Any, source: Any, bases: Any) -> Failure:
    line = line if isinstance(line, int) else None
    names = tuple(_words(base, 100) for base in bases[:100])
    says = _words(message, 300), line, _words(source, 300)
    return Failure(_words(name, 100), *says, names)


_BUILD: dict[str, Callable[[list[Any]], Any]] = {
    "list": lambda parts: parts,
    "tuple": tuple,
    "set": frozenset,
    "complex": lambda parts: complex(*parts),
    "Ellipsis": lambda parts: Ellipsis,
    "NotImplemented": lambda parts: NotImplemented,
    "Opaque": lambda parts: Opaque(_words(parts[0], 100)),
    "Record": lambda parts: _record(*parts),
    "Trained": lambda parts: _trained(*parts),
    "Training": lambda parts: _training(*parts),
    "Failure": lambda parts: _failure(*parts),
}
