"""What counts as equal, and in which order things are found wrong."""

import numpy as np
import pytest

from utils.checking import Array, Count, Number, Sequence, Text
from utils.checking.results import Given

FLOATS = Given(args=(), magnitude=1.0, float32=False, whole=False)
WHOLE = Given(args=(), magnitude=1.0, float32=False, whole=True)
SINGLE = Given(args=(), magnitude=1.0, float32=True, whole=False)


def stage(kind, value, expected, given=FLOATS):
    fault = kind.fault(value, expected, given)
    return fault and fault.stage


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, "type"),
        ([1.0, 2.0], "type"),
        (np.array([[1.0, 2.0]]), "shape"),
        (np.array([1, 2]), "dtype"),
        (np.array([1.0, 2.0], dtype=np.float32), "dtype"),
        (np.array([1.0, np.nan]), "finite"),
        (np.array([1.0, 3.0]), "value"),
        (np.array([1.0, 2.0]) * (1 + 2e-6), "value"),
        (np.array([1.0, 2.0]) * (1 + 5e-7), None),
    ],
)
def test_array_faults_come_in_order(value, found):
    assert stage(Array(), value, np.array([1.0, 2.0])) == found


def test_whole_numbers_in_may_give_whole_numbers_out():
    assert stage(Array(), np.array([1, 2]), np.array([1.0, 2.0]), WHOLE) is None
    assert stage(Array(), np.array([1, 2]), np.array([1.5, 2.0]), WHOLE) == "dtype"


def test_float32_in_may_give_float32_out_at_its_own_tolerance():
    value = np.array([1.0, 2.0], dtype=np.float32) * np.float32(1 + 5e-6)
    assert stage(Array(), value, np.array([1.0, 2.0]), SINGLE) is None
    assert stage(Array(), value.astype(float), np.array([1.0, 2.0]), SINGLE) == "value"


def test_a_dtype_that_is_kept_is_part_of_the_promise():
    single, double, whole = (np.array([1, 2], dtype=t) for t in (np.float32, np.float64, int))
    for given, right in ((SINGLE, single), (FLOATS, double), (WHOLE, double)):
        for value in (single, double, whole):
            found = None if value is right else "dtype"
            assert stage(Array(kept=True), value, np.array([1.0, 2.0]), given) == found


def test_absolute_tolerance_grows_with_the_inputs():
    tiny = np.array([1e-9])
    assert stage(Array(), tiny, np.zeros(1)) == "value"
    assert stage(Array(), tiny, np.zeros(1), Given((), 1e6, False, False)) is None


@pytest.mark.parametrize("value", [1.5, np.float64(1.5), np.array(1.5)])
def test_one_number_may_be_pythons_numpys_or_without_dimensions(value):
    assert stage(Number(), value, 1.5) is None


@pytest.mark.parametrize(
    ("value", "found"),
    [(True, "type"), ("1.5", "type"), (np.array([1.5]), "shape"), (1.5 + 0j, "type"), (2, "dtype")],
)
def test_what_is_not_one_number(value, found):
    assert stage(Number(), value, 1.5) == found


@pytest.mark.parametrize("value", [12, np.int32(12), np.array(12)])
def test_a_count_is_an_int(value):
    assert stage(Count(), value, 12) is None


@pytest.mark.parametrize("value", [12.0, True, "12", np.array([12]), None])
def test_what_is_not_a_count(value):
    assert stage(Count(), value, 12) == "type"


def test_a_count_beyond_64_bits_is_exact():
    assert stage(Count(), 10**30, 10**30) is None
    assert stage(Count(), 10**30 + 1, 10**30) == "value"


def test_lists_and_tuples_are_the_same_and_a_list_of_numbers_may_be_an_array():
    shapes = Sequence(of=Sequence(of=Count(), wanted="a shape"), wanted="a list of shapes")
    expected = [(2, 3), (3,)]
    for value in ([(2, 3), (3,)], ([2, 3], [3]), [np.array([2, 3]), (3,)]):
        assert stage(shapes, value, expected) is None
    assert stage(shapes, [(2, 3)], expected) == "shape"
    assert stage(shapes, [(2, 4), (3,)], expected) == "value"
    assert stage(shapes, {(2, 3), (3,)}, expected) == "type"


def test_text_is_compared_letter_by_letter():
    assert stage(Text(), "relu", "relu") is None
    assert stage(Text(), "ReLU", "relu") == "value"
    assert stage(Text(), len, "relu") == "type"
