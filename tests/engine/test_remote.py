"""Every verdict is the same through the boundary between two processes as in a notebook.

And what is not to be believed, or does not come, is an answer that is wrong: never a right one.
"""

import functools
import os
import signal
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from autograder.engine import remote
from autograder.engine.answering import Alarm, Answering, Talk, carried
from autograder.engine.functions import code_of
from autograder.engine.remote import RemotePort
from utils.checking import Array, Exercise, case
from utils.checking.door import judge
from utils.checking.port import LocalPort, Outcome
from utils.exercises import chapters, find

QUICK = ("dense", "break_rows", "predict_labels", "gradient_scale")
EXERCISES = [
    pytest.param(e, id=e.id, marks=[] if e.id in QUICK else pytest.mark.slow)
    for c in chapters()
    for e in c.exercises
    if not e.slow
]


needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the engine forks, as only POSIX can"
)


class Elsewhere:
    """A process of its own that holds an answer."""

    def __init__(self, answer, answering=Answering):
        self.end, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            self.end.close()
            try:
                answering(theirs, {"answer": answer}).serve()
            finally:
                os._exit(0)
        theirs.close()

    def __enter__(self):
        return self.end

    def __exit__(self, *error):
        self.end.close()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def answers(exercise):
    yield from exercise.alternatives
    for mistake in exercise.mistakes:
        yield from mistake.answers


@needs_fork
@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_verdict_is_the_same_as_in_a_notebook(exercise):
    for answer in answers(exercise):
        value = answer() if exercise.kind == "value" else answer
        here = judge(exercise, LocalPort(value, exercise.seconds), hidden=True, seed=5)
        with Elsewhere(value) as end:
            there = judge(
                exercise,
                RemotePort(end, "answer", exercise.seconds, exercise.functions_travel),
                hidden=True,
                seed=5,
            )
        assert there == here, answer.__name__


def twice(x):
    return 2 * x


def right(x):
    return x + x


def exercise(reference=twice, **more):
    cases = [case(f"case {n}", np.arange(n + 1.0)) for n in range(6)]
    return Exercise("twice", "Twice", 1, reference, "", ("", "", ""), Array(shape="(n,)"), cases,
                    **more)  # fmt: skip


def judged(answer, answering=Answering, asked=None, seconds=5):
    """The verdict on an answer elsewhere, how long it took, and whether that has gone."""
    with Elsewhere(answer, answering) as end:
        port = remote.RemotePort(end, "answer", seconds)
        start = time.monotonic()
        result = judge(asked or exercise(), port, hidden=True, seed=1)
        port.finish()
        return result, time.monotonic() - start, port.is_gone


@needs_fork
def test_an_honest_answer_is_right():
    result, _, is_gone = judged(right)
    assert result.passed
    assert not is_gone


class NoMore(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        self._line.send(("end",))


class Nothing(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        raise SystemExit


class OneTooFew(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        super()._answer_all(name, seconds, in_all, cases[:-1])


class Nonsense(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        for _ in cases:
            self._line.send(("reply", [[], "right", 0, None, 1, 2, 3, "x"]))


class NotEvenAbout(Answering):
    def _answer(self, what, *asked):
        return np.zeros(3) if what == "about" else [np.zeros(2)] * 8


class AboutArrays(Answering):
    def _answer(self, what, *asked):
        return [np.zeros(3), (float("inf"), np.zeros(2)), np.ones(2)]


class NoReply(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        self._line.send(("reply",))


class TooMany(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        for args, kwargs, _ in [*cases, cases[0]]:
            outcome = Outcome(value=2 * args[0], args=args, kwargs=kwargs)
            self._line.send(("reply", carried(outcome)))
        time.sleep(60)


class NoFunction(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        self._line.send(("call", 7, (), {}))


@needs_fork
@pytest.mark.parametrize(
    "lying",
    [NoMore, Nothing, OneTooFew, Nonsense, NotEvenAbout, AboutArrays, NoReply, NoFunction],
)
def test_who_does_not_answer_is_not_right(lying):
    result, seconds, _ = judged(right, lying)
    assert result.verdict == "wrong", result.feedback
    assert seconds < 5


@needs_fork
def test_who_answers_more_than_was_asked_is_listened_to_no_more():
    _, seconds, is_gone = judged(right, TooMany)
    assert is_gone
    assert seconds < 5


class Chatter(Answering):
    def _answer_all(self, name, seconds, in_all, cases):
        while True:
            self._line.send(("call", 0, (np.ones(2),), {}))
            self._line.receive()


@needs_fork
def test_who_only_calls_back_has_no_more_time_than_others(monkeypatch):
    monkeypatch.setattr(remote, "GRACE", 0.5)
    asked = exercise(lambda x, g: g(x))
    asked.cases = [case("a function", np.ones(2), twice)]
    result, seconds, is_gone = judged(lambda x, g: g(x), Chatter, asked, seconds=0.5)
    assert result.verdict == "wrong"
    assert is_gone
    assert seconds < 5


@needs_fork
def test_a_call_that_sleeps_is_interrupted_and_the_process_goes_on():
    result, seconds, is_gone = judged(lambda x: time.sleep(60), seconds=0.3)
    assert result.verdict == "wrong"
    assert "It had not ended" in result.feedback
    assert seconds < 4
    assert not is_gone


@needs_fork
def test_who_puts_off_the_alarm_is_given_up(monkeypatch):
    def answer(x):
        signal.setitimer(signal.ITIMER_REAL, 0)
        time.sleep(60)

    monkeypatch.setattr(remote, "GRACE", 0.5)
    result, seconds, is_gone = judged(answer, seconds=0.3)
    assert result.verdict == "wrong"
    assert is_gone
    assert seconds < 4


@needs_fork
def test_slow_calls_end_with_their_time_in_all(monkeypatch):
    from utils.checking import judge as judging

    monkeypatch.setattr(judging, "BUDGET", 0.5)
    asked = exercise()
    asked.seconds = 0.1

    def slow(x):
        time.sleep(0.2)
        return x + x

    result, seconds, is_gone = judged(slow, asked=asked)
    assert result.verdict == "wrong"
    assert "too long to be tried on every case" in result.feedback
    assert seconds < 4
    assert not is_gone


@needs_fork
def test_calls_of_a_function_are_counted_by_the_judge_unless_its_code_travels():
    for travels, counted in ((False, 1), (True, 0)):
        with Elsewhere(lambda x, g: g(x)) as end:
            port = remote.RemotePort(end, "answer", functions_travel=travels)
            (outcome,) = port.ask_all([case("a function", np.ones(2), twice)], 5)
            port.finish()
        assert outcome.value.tolist() == [2, 2]
        assert sum(outcome.calls.values()) == counted


def test_code_that_needs_more_than_numpy_does_not_travel():
    inner = 3
    for function in (lambda x: inner * x, lambda x: time.sleep(x)):
        with pytest.raises(TypeError):
            code_of(function)
    for known in ("neuron", "dense", "sequential"):
        functions = {a for c in find(known).cases for a in flat(c.args) if callable(a)}
        assert all(code_of(function) for function in functions)
        assert functions


def flat(value):
    return (
        [x for item in value for x in flat(item)] if isinstance(value, (list, tuple)) else [value]
    )


@needs_fork
def test_an_alarm_that_was_left_rings_for_nobody():
    alarm = functools.partial(Alarm, Talk())
    port = LocalPort(twice, 0.05, alarm)
    for _ in range(3):
        assert port.call(1.0).value == 2.0
    time.sleep(0.2)
    assert LocalPort(lambda: time.sleep(5), 0.05, alarm).call().timed_out


def waits(x):
    """A function of the judge's that takes its time."""
    time.sleep(0.05)
    return x + 1


def calls_back(answer, function=waits, seconds=5):
    """What an answer that is given a function of the judge's comes to, and what the next does."""
    with Elsewhere(answer) as end:
        port = remote.RemotePort(end, "answer", seconds)
        (outcome,) = port.ask_all([case("a function", np.ones(2), function)], 10)
        port.finish()
        after = remote.RemotePort(end, "answer", seconds)
        assert after.about().parameters == (2, 2)
        assert not after.is_gone
    return outcome


@needs_fork
def test_a_loop_that_calls_back_ends_between_two_conversations():
    def answer(x, g):
        while True:
            x = g(x)

    for seconds in (0.31, 0.33, 0.35, 0.37):
        assert calls_back(answer, seconds=seconds).timed_out


@needs_fork
def test_threads_call_back_one_after_the_other():
    def answer(x, g):
        with ThreadPoolExecutor(4) as pool:
            return sum(pool.map(g, [x] * 12))

    assert calls_back(answer).value.tolist() == [24, 24]


@needs_fork
def test_an_error_of_a_function_of_the_judges_is_of_its_kind():
    def picky(x):
        raise IndexError("two numbers")

    def answer(x, g):
        try:
            g(x)
        except IndexError as error:
            return str(error)

    assert calls_back(answer, picky).value == "two numbers"


@needs_fork
def test_a_process_that_is_read_from_has_a_limit_for_each_frame(monkeypatch):
    class Trickle(Answering):
        def _answer_all(self, name, seconds, in_all, cases):
            self._line._end.sendall(struct.pack("!QQ", 1 << 25, 0))
            while True:
                self._line._end.sendall(b" ")
                time.sleep(0.1)

    monkeypatch.setattr(remote, "GRACE", 0.5)
    result, seconds, is_gone = judged(right, Trickle, seconds=0.5)
    assert result.verdict == "wrong"
    assert is_gone
    assert seconds < 4


@needs_fork
@pytest.mark.parametrize("answer", [lambda x: np.zeros(50_000), lambda x: ["letters"] * 4_000])
def test_all_replies_together_have_a_limit(monkeypatch, answer):
    monkeypatch.setattr(remote, "MOST_IN_ALL", 1_000_000)
    result, _, is_gone = judged(answer)
    assert result.verdict == "wrong"
    assert is_gone
