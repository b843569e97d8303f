"""Every verdict is the same through the boundary between two processes as in a notebook."""

import os
import socket
from multiprocessing import get_context

import pytest

from autograder.engine.answering import Answering
from autograder.engine.remote import RemotePort
from utils.checking.door import judge
from utils.checking.port import LocalPort
from utils.exercises import chapters, find

QUICK = ("dense", "break_rows", "predict_labels", "gradient_scale")
EXERCISES = [e for c in chapters() for e in c.exercises]
PLAIN = [
    pytest.param(e, id=e.id, marks=[] if e.id in QUICK else pytest.mark.slow)
    for e in EXERCISES
    if not e.slow
]
WITH_KERAS = [pytest.param(e, id=e.id) for e in EXERCISES if e.slow]
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the engine forks, as only POSIX can"
)


def answers(exercise):
    """Each answer that is known, and the mistake that it makes, if any."""
    for answer in exercise.alternatives:
        yield answer, None
    for mistake in exercise.mistakes:
        for answer in mistake.answers:
            yield answer, mistake.id


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


@pytest.mark.parametrize("exercise", PLAIN)
def test_each_verdict_is_the_same_as_in_a_notebook(exercise):
    for answer, _ in answers(exercise):
        value = answer() if exercise.kind == "value" else answer
        here = judge(exercise, LocalPort(value, exercise.seconds), hidden=True, seed=5)
        with Elsewhere(value) as end:
            there = judge(
                exercise, RemotePort(end, "answer", exercise.seconds), hidden=True, seed=5
            )
        assert there == here, answer.__name__


def answer_with_keras(theirs, id, number):
    """What the other process does: it imports Keras itself, and knows one answer."""
    exercise = find(id)
    answer, _ = list(answers(exercise))[number]
    value = exercise.value_of(answer) if exercise.kind == "value" else answer
    Answering(theirs, {"answer": value}).serve()


@pytest.fixture(scope="module")
def forks():
    """Forks of a process that has imported Keras and never used it: one that has can't be."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["keras", "utils.exercises"])
    return context


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("exercise", WITH_KERAS)
def test_with_keras_it_is_the_verdict_that_the_answer_has_in_a_notebook(forks, exercise):
    # In a notebook it is what tests/unit/test_course.py shows: right, or wrong by its name.
    for number, (answer, mistake) in enumerate(answers(exercise)):
        end, theirs = socket.socketpair()
        other = forks.Process(target=answer_with_keras, args=(theirs, exercise.id, number))
        other.start()
        theirs.close()
        port = RemotePort(end, "answer", exercise.seconds)
        there = judge(exercise, port, hidden=True, seed=5)
        end.close()
        other.join()
        assert (there.passed, there.mistake) == (mistake is None, mistake), answer.__name__
        assert there.verdict in ("right", "wrong"), there.feedback
