"""Which cells are run: demonstrations only where an answer needs one."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.engine.demos import LONGEST, bound, read, to_run

DEMO = "W = np.eye(2)\nplot(W)"
SLOW = "history = train(model)"
OTHER = "big = W * 100"
ORIGINAL = ["import numpy as np", DEMO, SLOW, OTHER, "def f(x):\n    return x"]
DEMOS = (DEMO, SLOW, OTHER)


def cell(source, demo=False):
    made = new_code_cell(source)
    if demo:
        made.metadata.tags = ["demo"]
    return made


def run(*sources, demos=DEMOS):
    original = [cell(source, source in DEMOS) for source in ORIGINAL]
    cells = [new_markdown_cell("W"), *(cell(source, source in demos) for source in sources)]
    return [c.source for c in to_run(cells, original)]


@pytest.mark.parametrize(
    "answer",
    ["def f(x):\n    return x + 1", "def f(W):\n    W = W + 1\n    return W", "f = lambda W: W",
     "f = [W for W in range(3)]"],
)  # fmt: skip
def test_a_demonstration_that_nothing_needs_is_not_run(answer):
    assert run(ORIGINAL[0], DEMO, SLOW, OTHER, answer) == [ORIGINAL[0], answer]


@pytest.mark.parametrize(
    "answer", ["f = W.T", "print(W.shape)\ndef f(x):\n    return x", "def f(x):\n    return W @ x"]
)
def test_one_whose_name_an_answer_reads_is_run(answer):
    assert run(ORIGINAL[0], DEMO, SLOW, answer) == [ORIGINAL[0], DEMO, answer]


def test_one_that_another_needs_is_run_too():
    assert run(DEMO, SLOW, OTHER, "f = big") == [DEMO, OTHER, "f = big"]


def test_a_name_that_the_student_makes_needs_no_demonstration():
    assert run(DEMO, "W = 1", "f = W") == ["W = 1", "f = W"]


@pytest.mark.parametrize(
    "changed",
    ["def helper(x):\n    return x", "%%time\ndef helper(x):\n    return x", "x = %timeit -o f()"],
)
def test_one_that_the_student_has_made_something_of_is_run(changed):
    assert run(SLOW, changed, demos=(SLOW, changed)) == [changed]


def test_what_a_cell_makes_and_reads():
    source = "import a.b, c as d\ndef f(x):\n    y = x + z\nfor i in f(1):\n    k = i"
    assert bound(source) == {"a", "d", "f", "i", "k"}
    assert read(source) == {"f", "i", "z"}
    assert read("this is no Python") == frozenset()


def test_a_cell_without_end_is_not_read():
    assert bound("name = 1\n") == {"name"}
    assert bound("name = 1\n" * LONGEST) == frozenset()
