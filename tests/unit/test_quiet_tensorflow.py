"""`import utils` keeps TensorFlow's remarks out of a notebook, and lets its errors through."""

import logging

import pytest

import utils  # noqa: F401  what it sets is tested here


@pytest.mark.parametrize(
    ("level", "heard"),
    [(logging.INFO, False), (logging.WARNING, False), (logging.ERROR, True)],
)
def test_tensorflow_logs_errors_only_whatever_level_it_sets_itself(level, heard):
    logger = logging.getLogger("tensorflow")
    record = logging.LogRecord("tensorflow", level, "", 0, "retracing", None, None)
    assert bool(logger.filter(record)) is heard
