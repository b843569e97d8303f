"""Every verdict is the same through the boundary between two processes as in a notebook."""

import os
import socket

import pytest

from autograder.engine.answering import Answering
from autograder.engine.remote import RemotePort
from utils.checking.door import judge
from utils.checking.port import LocalPort
from utils.exercises import chapters

QUICK = ("dense", "break_rows", "predict_labels", "gradient_scale")
EXERCISES = [
    pytest.param(e, id=e.id, marks=[] if e.id in QUICK else pytest.mark.slow)
    for c in chapters()
    for e in c.exercises
    if not e.slow
]


class Elsewhere:
    """A process of its own that holds an answer."""

    def __init__(self, answer):
        self.end, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            self.end.close()
            try:
                Answering(theirs, {"answer": answer}).serve()
            finally:
                os._exit(0)
        theirs.close()

    def __enter__(self):
        return self.end

    def __exit__(self, *error):
        self.end.close()
        os.waitpid(self.pid, 0)


def answers(exercise):
    yield from exercise.alternatives
    for mistake in exercise.mistakes:
        yield from mistake.answers


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the engine forks, as only POSIX can")
@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_verdict_is_the_same_as_in_a_notebook(exercise):
    for answer in answers(exercise):
        value = answer() if exercise.kind == "value" else answer
        here = judge(exercise, LocalPort(value, exercise.seconds), hidden=True, seed=5)
        with Elsewhere(value) as end:
            there = judge(
                exercise, RemotePort(end, "answer", exercise.seconds), hidden=True, seed=5
            )
        assert there == here, answer.__name__
