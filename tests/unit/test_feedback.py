"""What a student reads: short, and on hidden cases without a number of theirs."""

import re

import numpy as np
import pytest

from utils import evaluate
from utils.checking import feedback
from utils.checking.judge import cases_of, question
from utils.checking.port import LocalPort
from utils.checking.quiet import silence
from utils.exercises import chapters

FUNCTIONS = [e for c in chapters() for e in c.exercises if e.kind == "function"]
# Of models the checks speak in fixed words that hold numbers of the contract ("25, 15, 1 units").
WRONG = [
    pytest.param(e, answer, id=f"{e.id}-{answer.__name__}")
    for e in FUNCTIONS
    if not e.slow
    for mistake in e.mistakes
    for answer in mistake.answers
]
IN_WORDS = re.compile(r"float64|float32|int64|int32|\d dimension|after \d+ seconds|0\.[26] m")


@pytest.mark.parametrize(("exercise", "answer"), WRONG)
def test_hidden_feedback_shows_no_number_of_the_case(exercise, answer):
    all_hidden = [(case, True) for case, _ in cases_of(exercise, True, 0)]
    with silence():
        port = LocalPort(answer, exercise.seconds)
        findings = question(exercise, port, all_hidden, first_only=exercise.slow)
    assert findings.fault is not None
    text = " ".join(feedback.wrong(exercise, findings.fault, findings.first, None).split())
    contract = (exercise.id, getattr(exercise.returns, "shape", "") or exercise.id)
    ours = IN_WORDS.sub("", text)
    for known in contract:  # the exercise's own words hold numbers too: "(m, H + 2 pad)"
        ours = ours.replace(known, "")
    assert not re.search(r"\d", ours), text
    assert findings.first.case.name in text


def test_an_exception_names_the_students_own_line():
    def dense(a_in, W, b, g):
        z = a_in @ W + b
        return g(z).no_such_thing

    text = evaluate("dense", dense).feedback
    assert "AttributeError" in text
    assert "`return g(z).no_such_thing`" in text


def test_hidden_feedback_keeps_an_exceptions_words_to_itself():
    def dense(a_in, W, b, g):
        if W.dtype == np.float32:
            raise type(f"Secret{a_in[0]}", (ValueError,), {})(str(a_in))
        return g(a_in @ W + b)

    text = evaluate("dense", dense, hidden=True, seed=0).feedback
    assert "ValueError" in text
    assert "Secret" not in text
    assert "0.5" not in text


def test_what_was_printed_is_shown_on_the_case_that_fails():
    def dense(a_in, W, b, g):
        print("z has shape", W.shape)

    assert "It printed: z has shape" in evaluate("dense", dense).feedback


def test_two_numbers_that_differ_late_are_shown_with_enough_digits():
    def dense(a_in, W, b, g):
        return g(a_in @ W + b) * 1.00001

    expected, got = re.search(
        r"expected (\S+), got (\S+)\.", evaluate("dense", dense).feedback, re.IGNORECASE
    ).groups()
    assert expected != got


def test_the_smallest_failing_input_is_shown():
    def dense(a_in, W, b, g):
        return g(a_in @ W + b) + (len(a_in) > 1)

    sizes = {}
    for case, _ in cases_of(next(e for e in FUNCTIONS if e.id == "dense"), False, None):
        if len(case.args[0]) > 1:
            sizes[case.name] = sum(a.size for a in case.args[:3])
    assert min(sizes, key=sizes.get) in evaluate("dense", dense).feedback


def test_another_change_to_an_argument_is_not_called_emptying_the_list():
    def sequential(x, layers):
        a = x.copy()
        for W, b, g in layers:
            a = g(a @ W + b)
        x += 1
        return a

    result = evaluate("sequential", sequential)
    assert result.verdict == "wrong"
    assert result.mistake is None
    assert "argument `x`" in result.feedback


def test_a_small_relative_error_is_not_called_rounding_to_zero():
    def gradient_scale(weights, z, g_prime):
        product = np.prod(weights * g_prime(z))
        return product * (1 + 1e-4) if abs(product) < 1e-13 else product

    result = evaluate("gradient_scale", gradient_scale)
    assert result.verdict == "wrong"
    assert result.mistake is None
