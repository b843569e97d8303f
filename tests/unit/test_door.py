"""What a student calls: check, evaluate, hint, progress."""

import functools
import subprocess
import sys

import numpy as np
import pytest

from utils import CheckFailed, Unjudged, check, evaluate, hint, progress
from utils.checking import Array, Exercise, case
from utils.checking.door import judge
from utils.checking.port import LocalPort
from utils.exercises import UnknownExercise
from utils.reference import forward_prop as reference


def right(a_in, W, b, g):
    return g(a_in @ W + b)


def by_rows(a_in, W, b, g):
    return g(W @ a_in + b)


def test_a_right_answer_prints_one_line(capsys):
    check("dense", right)
    assert capsys.readouterr().out == "dense: right (3 points).\n"


def test_a_wrong_answer_raises_with_its_mistake():
    with pytest.raises(CheckFailed, match="column j") as caught:
        check("dense", by_rows)
    error = caught.value
    assert (error.exercise, error.verdict, error.mistake) == ("dense", "wrong", "rows_for_columns")
    assert isinstance(error, AssertionError)
    assert str(error).splitlines()[-1] == "[dense | wrong | rows_for_columns]"
    assert error._render_traceback_() == error.feedback.splitlines()


def test_evaluate_scores_all_or_nothing():
    good, bad = evaluate("dense", right), evaluate("dense", by_rows)
    assert (good.passed, good.score, good.max_score, good.mistake) == (True, 3, 3, None)
    assert (bad.passed, bad.score, bad.max_score) == (False, 0, 3)
    assert good.require() is None


def test_check_by_name_finds_the_name_where_it_is_called(capsys):
    exec('check("dense")', {"check": check, "dense": right})
    assert "right" in capsys.readouterr().out


def test_check_by_name_before_its_cell_tells_which_cell():
    with pytest.raises(CheckFailed, match=r"begins `def dense\(a_in, W, b, g\):`") as caught:
        exec('check("dense")', {"check": check})
    assert caught.value.verdict == "not attempted"


@pytest.mark.parametrize("doc", ["", "'''What it does.'''; "])
@pytest.mark.parametrize("body", ["raise NotImplementedError()", "raise NotImplementedError"])
def test_a_stub_is_not_attempted(doc, body):
    space = {}
    exec(f"def dense(a_in, W, b, g):\n    {doc}{body}", space)
    result = evaluate("dense", space["dense"])
    assert (result.verdict, result.score, result.mistake) == ("not attempted", 0, None)
    assert "Begin with one unit" in result.feedback


def test_begun_work_above_the_stubs_last_line_is_not_a_stub():
    def dense(a_in, W, b, g):
        z = a_in @ W + b
        raise NotImplementedError()
        return g(z)

    result = evaluate("dense", dense)
    assert result.verdict == "wrong"
    assert "Delete it" in result.feedback


@pytest.mark.parametrize(
    "answer",
    [
        reference.dense,
        functools.partial(reference.dense),
        functools.partial(reference.dense, g=abs),
    ],
)
def test_the_reference_handed_back_does_not_pass(answer):
    result = evaluate("dense", answer)
    assert result.verdict == "wrong"
    assert "reference" in result.feedback


def test_an_unknown_exercise_suggests_the_nearest():
    with pytest.raises(UnknownExercise, match="Did you mean 'dense'"):
        check("dens", right)


def test_too_few_parameters_are_told():
    feedback = evaluate("dense", lambda a_in, W: 0).feedback
    assert "takes 2 arguments" in feedback
    assert "dense(a_in, W, b, g)" in feedback


def test_hints_go_from_a_nudge_to_nearly_the_code(capsys):
    for _ in range(4):
        hint("count_parameters")
    first, second, third, fourth = capsys.readouterr().out.splitlines()
    assert first.startswith("Hint 1 of 3.")
    assert second.startswith("Hint 2 of 3.")
    assert third.startswith("Hint 3 of 3.")
    assert fourth == third


def test_progress_counts_what_has_been_checked(capsys):
    check("dense", right)
    progress()
    assert "right" in next(
        line for line in capsys.readouterr().out.splitlines() if line.strip().startswith("dense ")
    )


def test_a_fault_of_ours_is_unjudged_and_costs_nothing():
    def broken(x):
        raise ZeroDivisionError

    exercise = Exercise(
        "broken", "Broken", 2, broken, "Begin.", ("a", "b", "c"), Array(), [case("one", np.ones(2))]
    )
    result = judge(exercise, LocalPort(lambda x: x))
    assert result.verdict == "unjudged"
    with pytest.raises(Unjudged, match="not your fault"):
        result.require()


def test_an_answer_that_remembers_earlier_calls_is_found():
    seen = []

    def dense(a_in, W, b, g):
        seen.append(1)
        return g(a_in @ W + b) + (len(seen) > 6 and len(seen) % 7 == 0)

    assert evaluate("dense", dense).verdict == "wrong"


def test_an_answer_that_knows_the_printed_cases_by_heart_fails_the_hidden_ones():
    from utils.exercises import find

    exercise = find("dense")
    known = {
        str([a.tolist() for a in c.args[:3]]): exercise.reference(*c.args) for c in exercise.cases
    }

    def dense(a_in, W, b, g):
        return known.get(str([a_in.tolist(), W.tolist(), b.tolist()]), np.zeros(W.shape[1]))

    assert evaluate("dense", dense).verdict == "right"
    hidden = evaluate("dense", dense, hidden=True)
    assert hidden.verdict == "wrong"
    assert "hidden case" in hidden.feedback


def test_the_seed_fixes_the_draw():
    seen = []

    def dense(a_in, W, b, g):
        seen.append(a_in.tolist())
        return g(a_in @ W + b)

    draws = []
    for seed in (1, 1, 2, None, None):
        seen.clear()
        assert evaluate("dense", dense, hidden=True, seed=seed).passed
        draws.append(str(seen))
    assert draws[0] == draws[1] != draws[2]
    assert draws[3] != draws[4]


def test_import_takes_neither_tensorflow_nor_matplotlib():
    code = (
        "import sys, utils; print(sorted({'tensorflow', 'keras', 'matplotlib', 'IPython'} "
        "& set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
