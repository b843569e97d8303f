"""What counts as the same wrong result."""

import numpy as np
import pytest

from utils.checking.recognise import alike


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (None, None, True),
        (None, np.array([1.0, 2.0]), False),
        (np.array([[1.0, 2.0]]), None, False),
        (np.array([1.0, 2.0]), "1.0", False),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-9]), True),
        (np.array([1.0, 2.0]), np.array([1.0, 2.1]), False),
    ],
)
def test_values_are_alike_but_for_rounding(a, b, same):
    assert alike(a, b) == same
