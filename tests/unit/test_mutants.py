"""The machine that makes mutants, and the verifier that judges the judge."""

import numpy as np

from autograder.verify.exercises import verify_exercise
from autograder.verify.mutants import copied, mutants
from autograder.verify.values import mutants as value_mutants
from utils.checking import Array, Exercise, Rejected, case


def scaled(x, y=2):
    """Has no number 7 in its code."""
    total = x * 3 - 1
    for _ in range(2):
        total = total + y
    return total if total.sum() >= 0 else np.maximum(total, y)


def test_mutants_change_one_thing_each():
    made = mutants(scaled)
    for label in (
        "x * 3 -> x + 3", "x * 3 - 1 -> x * 3", "3 -> 4", "x * 3 - 1 -> 1 - x * 3",
        "total.sum() >= 0 -> total.sum() > 0", "np.maximum(total, y) -> np.minimum(total, y)",
        "np.maximum(total, y) -> np.maximum(y, total)", "range(2) -> range(2 - 1)", "y -> x",
        "total = total + y -> (nothing)",
    ):  # fmt: skip
        assert label in made
    x = np.array([1.0, 2.0])
    assert made["3 -> 4"](x).tolist() == [7, 11]
    assert scaled(x).tolist() == [6, 9]
    assert not any("number" in label for label in made)


def test_a_copy_does_the_same_in_another_code_object():
    x = np.array([1.0])
    assert copied(scaled)(x) == scaled(x)
    assert copied(scaled).__code__ is not scaled.__code__


def test_mutated_values_keep_the_original():
    value = (np.array([1.0, 2.0]), np.eye(2))
    for label, new in value_mutants(value).items():
        assert new is not value, label
    assert value[0].tolist() == [1, 2]


def double(x):
    return 2 * x


def exercise(**changes):
    made = Exercise(
        id="double", title="Double", points=1, reference=double, begin="Multiply.",
        hints=("a", "b", "c"), returns=Array(), cases=[case("three", np.array([1.0, 2.0, -3.0]))],
    )  # fmt: skip
    wrong = {
        "plus": lambda x: x + 2, "thrice": lambda x: 3 * x, "same": lambda x: x * 1,
        "first": lambda x: x[:1], "square": lambda x: x**2, "none": lambda x: None,
    }  # fmt: skip
    for name, answer in wrong.items():
        answer.__name__ = name
        made.mistake(f"It is {name}.")(answer)
    made.alternative(lambda x: x + x)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def problems(**changes):
    return verify_exercise(exercise(**changes)).problems


def test_a_good_exercise_has_no_problem():
    report = verify_exercise(exercise())
    assert report.problems == []
    assert report.killed == report.mutants > 3
    assert report.recognised == report.mistakes == 6


def test_a_check_that_accepts_everything_is_found():
    found = " ".join(problems(returns=Array(close=lambda a, b, args: a == a)))
    assert "the mistake plus (plus) is right" in found
    assert "a mutant survives: 2 -> 3" in found
    assert "everything one larger is right" in found


def test_a_check_that_refuses_right_answers_is_found():
    odd = exercise()
    odd.alternative(lambda x: 2 * x + 1)
    assert "the alternative <lambda> is wrong" in " ".join(verify_exercise(odd).problems)


def test_a_mistake_taken_for_another_is_found():
    twice = exercise()
    twice.mistake("Again.")(lambda x: x + 2)
    assert "is recognised as plus" in " ".join(verify_exercise(twice).problems)


def test_what_is_missing_is_found():
    found = " ".join(problems(hints=("a", "", "c"), begin="", mistakes=[], alternatives=[]))
    for word in ("three hints", "0 known mistakes", "no alternative", "has not begun"):
        assert word in found


def test_a_false_declaration_of_equivalence_is_found():
    found = " ".join(problems(equivalent={"2 -> 3": "no", "9 -> 8": "no"}))
    assert "declared equivalent, but killed: 2 -> 3" in found
    assert "there is no such mutant: 9 -> 8" in found


def test_a_check_of_a_value_is_held_against_its_oracle():
    def accept(value):
        if not value > 0:
            raise Rejected("value", "small", "Too small.")
        return ""

    found = problems(
        reference=3.0, accept=accept, oracle=lambda value: value > 5, mistakes=[], alternatives=[]
    )
    assert "the check accepts, its oracle does not: x + 1" in found
    assert not any("x doubled" in problem or "x negated" in problem for problem in found)
