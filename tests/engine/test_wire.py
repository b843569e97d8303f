"""What a frame may hold, and that a hostile one does no more than end the conversation."""

import json
import socket
import struct

import numpy as np
import pytest

from autograder.engine.functions import Functions
from autograder.engine.wire import MOST_KEYS, Broken, Line
from utils.checking.plain import Opaque
from utils.checking.port import Failure

WHOLE = [
    None, True, -3, 2**70, 2.5, float("inf"), "half a letter \ud800", (1, [2, (3,)]), {"a": (1, 2)},
    {1: "a", np.int64(2): "b"}, frozenset({"A", "B"}), 1 + 2j, ..., Opaque("a generator"),
    Failure("ValueError", "shapes", 3, "return x", ("ValueError", "Exception")),
]  # fmt: skip
ARRAYS = [
    np.arange(6.0).reshape(2, 3), np.asfortranarray(np.arange(6).reshape(2, 3)),
    np.arange(12.0)[::2], np.float32(1.5), np.array(True), np.zeros((0, 3)), np.array(["a", "bc"]),
    np.array([np.nan, -0.0]), np.arange(4, dtype=">i4"),
]  # fmt: skip


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.settimeout(5)
    yield ours, theirs
    ours.close()
    theirs.close()


def there(ends, message):
    Line(ends[0]).send(message)
    return Line(ends[1]).receive()


@pytest.mark.parametrize("value", WHOLE, ids=lambda value: type(value).__name__)
def test_values_arrive_as_they_were(ends, value):
    arrived = there(ends, value)
    assert arrived == value
    assert type(arrived) is type(value)


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: str(array.dtype))
def test_arrays_keep_dtype_shape_layout_and_every_bit(ends, array):
    arrived = there(ends, array)
    assert (type(arrived), arrived.dtype, arrived.shape) == (type(array), array.dtype, array.shape)
    assert arrived.tobytes() == array.tobytes()
    for layout in ("c_contiguous", "f_contiguous"):
        assert getattr(arrived.flags, layout) == getattr(array.flags, layout)


def test_what_occurs_twice_is_one_thing_there_too(ends):
    W = np.ones((2, 2))
    first, second = there(ends, [(W, "relu"), (W, "tanh")])
    assert first[0] is second[0]


def test_an_arrived_array_can_be_written_to(ends):
    there(ends, np.zeros(3))[0] = 1


def frame(text, body=b""):
    encoded = text.encode() if isinstance(text, str) else json.dumps(text).encode()
    return struct.pack("!QQ", len(encoded), len(body)) + encoded + body


NESTED = "[" + '"list",[' * 100 + "]]" * 100
HOSTILE = {
    "not even JSON": frame("{"),
    "a dict of JSON's": frame('{"a": 1}'),
    "a kind that there is not": frame(["os.system", ["true"], 0]),
    "a size beyond all limits": struct.pack("!QQ", 1 << 62, 0),
    "an array of objects": frame(["array", ["|O", [1], "C", 8], 0], b"12345678"),
    "a list again": frame(["list", [["list", [], 1], ["again", 1]], 0]),
    "an array too often": frame(
        ["list", [["array", ["<f8", [1 << 13], "C", 1 << 16], 1], *[["again", 1]] * 5_000], 0],
        bytes(1 << 16),
    ),
    "an array with a great many holes": frame(
        ["array", ["|u1", [1 << 14] + [1] * 20, "strided", 1 << 14], 0], bytes(1 << 14)
    ),
    "an array that is cut off": frame(["array", ["<f8", [2], "C", 16], 0], b"12345678"),
    "an array larger than it says": frame(["array", ["<f8", [1 << 40], "C", 8], 0], b"12345678"),
    "a negative shape": frame(["array", ["<f8", [-1], "C", -8], 0], b"12345678"),
    "nested without end": frame(NESTED),
    "nested within the kinds": frame('["list",[' * 90 + "null" + "],0]" * 90),
    "many keys": frame(["set", list(range(MOST_KEYS + 1))]),
    "many keys of a dict": frame(["dict", [[n, n] for n in range(MOST_KEYS + 1)]]),
    "a name that is a list": frame(["Opaque", [["list", [1] * 9, 0]]]),
    "a failure of numbers": frame(["Failure", [1, 2, 3, 4, ["list", []]]]),
    "a reference to nothing": frame(["again", 7]),
    "a function": frame(["function", [0, "f"], 0]),
    "a number of very many digits": frame(["tuple", [["int", "x"]], 0]),
    "too few parts": frame(["Failure", [1], 0]),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_frame_is_refused(ends, name):
    ends[0].sendall(HOSTILE[name])
    with pytest.raises(Broken):
        Line(ends[1], Functions()).receive()


def test_the_other_side_hanging_up_is_said(ends):
    ends[0].sendall(frame(["list", [1], 0])[:-2])
    ends[0].close()
    with pytest.raises(Broken, match="closed"):
        Line(ends[1]).receive()


def test_silence_ends_with_the_time(ends):
    ends[1].settimeout(0.05)
    with pytest.raises(TimeoutError):
        Line(ends[1]).receive()


def test_an_object_of_no_known_kind_does_not_travel(ends):
    with pytest.raises(TypeError, match="does not travel"):
        Line(ends[0]).send(object())
