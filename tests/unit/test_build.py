"""From a chapter's text to its notebook, without running it."""

import dataclasses

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.build import inputs
from autograder.build.assemble import assemble, slug
from autograder.build.cells import plain_source
from autograder.build.compare import differences
from autograder.build.run import faults_of_outputs, keep_timings
from autograder.build.text import Faults, parse
from utils.checking import Chapter
from utils.exercises import find

HEAD = """\
# A chapter

```{code-cell} python
import numpy as np
from utils import check
```

## One layer
"""
DENSE = """
```{code-cell} python
:exercise: dense
```

```{code-cell} python
:check: dense
```
"""
BREAK = DENSE.replace("dense", "break_rows")
QUESTION = """
+++ {"free_response": "why_layers", "points": 2}

Why layers?

### BEGIN SOLUTION
One point for each reason.
### END SOLUTION

+++

## Recap
"""
WHOLE = HEAD + DENSE + BREAK + QUESTION


def chapter(*exercises):
    return Chapter("01_forward_prop", "Forward", exercises or (find("dense"), find("break_rows")))


def built(source, *exercises):
    text = parse(source, "01_forward_prop", "chapters/01_forward_prop.md")
    return assemble(text, chapter(*exercises)).notebook


def faults(source, *exercises):
    with pytest.raises(Faults) as caught:
        built(source, *exercises)
    return [str(fault) for fault in caught.value.faults]


def cell(notebook, id):
    return next(cell for cell in notebook.cells if cell.id == id)


def test_the_notebook_is_valid_for_jupyter_and_for_nbgrader():
    notebook = built(WHOLE)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)


def test_a_solution_cell_keeps_signature_and_docstring_outside_the_solution():
    source = cell(built(WHOLE), "dense").source
    outside = source.split("### BEGIN SOLUTION")[0]
    assert outside.startswith("def dense(a_in, W, b, g):\n")
    assert outside.rstrip().endswith('"""')
    assert source.endswith("### END SOLUTION")


def test_a_check_cell_carries_the_points_and_the_hidden_tests():
    check = cell(built(WHOLE), "check_dense")
    settings = check.metadata["nbgrader"]
    assert (settings["grade"], settings["points"], settings["locked"]) == (True, 3, True)
    visible, hidden = check.source.split("### BEGIN HIDDEN TESTS\n")
    assert visible == 'check("dense")\n'
    assert 'evaluate("dense", hidden=True).require()' in hidden


def test_practice_has_neither_points_nor_hidden_tests():
    practice = dataclasses.replace(find("dense"), points=None)
    check = cell(built(HEAD + DENSE, practice), "check_dense")
    assert check.source == 'check("dense")'
    assert "points" not in check.metadata["nbgrader"]
    assert check.metadata["nbgrader"]["grade"] is False


def test_given_code_stands_locked_before_the_answer():
    notebook = built(WHOLE)
    ids = [cell.id for cell in notebook.cells]
    assert ids.index("given_break_rows") == ids.index("break_rows") - 1
    given = cell(notebook, "given_break_rows")
    assert given.metadata["nbgrader"]["locked"] is True
    assert given.source == plain_source(find("break_rows").given[0])


def test_a_value_is_assigned_inside_the_solution_under_what_is_asked():
    source = cell(built(WHOLE), "break_rows").source
    assert source.startswith(f"# {find('break_rows').asks}\n### BEGIN SOLUTION\n")
    assert "\nbreak_rows = (" in source
    names = {}
    exec("import numpy as np\n" + source, names)
    assert len(names["break_rows"]) == 3


def test_a_question_in_words_is_graded_by_hand():
    settings = cell(built(WHOLE), "why_layers").metadata["nbgrader"]
    assert (settings["grade"], settings["solution"], settings["points"]) == (True, True, 2)


def test_cell_ids_come_from_the_sections_and_stay():
    first, second = built(WHOLE), built(WHOLE.replace("# A chapter\n", "# A chapter\n\nMore.\n"))
    assert [cell.id for cell in first.cells] == [cell.id for cell in second.cells]
    assert cell(first, "one-layer-1").source == "## One layer"


def test_nothing_of_the_text_format_stays_in_the_metadata():
    notebook = built(WHOLE)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert "version" not in notebook.metadata["language_info"]
    assert not any({"exercise", "check"} & set(cell.metadata) for cell in notebook.cells)


@pytest.mark.parametrize(
    ("heading", "id"),
    [("Was ist σ(z)?", "was-ist-z"), ("中文", "section"), ("A " * 60, ("a-" * 25).strip("-"))],
)
def test_slug_is_a_valid_cell_id(heading, id):
    assert slug(heading) == id


def test_an_unknown_exercise_is_named_with_its_line_and_the_nearest():
    (first, *_) = faults(WHOLE.replace(":exercise: dense", ":exercise: dens"))
    assert first == (
        "chapters/01_forward_prop.md:10: there is no exercise 'dens' in chapter "
        "01_forward_prop; did you mean 'dense'?"
    )


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (HEAD + BREAK, "exercise 'dense' has no cell"),
        (WHOLE.replace("\n```{code-cell} python\n:check: dense\n```\n", ""), "has no check"),
        (WHOLE + DENSE, "exercise 'dense' has its cell already"),
        (HEAD + DENSE.replace("exercise", "check") + BREAK, "stands before its exercise cell"),
        (WHOLE.replace(":exercise: dense\n", ":exercise: dense\nx = 1\n"), "must be empty"),
        (WHOLE.replace(", \"points\": 2", ""), "needs its points"),
        (WHOLE.replace("### END SOLUTION", ""), "needs its model answer"),
        (WHOLE.replace("### END SOLUTION", "### END SOLUTION\nMore."), "has text after"),
        (WHOLE.replace(":check: break", ":chek: break"), "did you mean 'check'?"),
        (WHOLE.replace(":exercise: dense", ":alt: a: b"), "in double quotes"),
    ],
)  # fmt: skip
def test_what_an_author_gets_wrong_is_said(source, says):
    assert any(says in fault for fault in faults(source))


def test_all_faults_are_told_at_once():
    assert len(faults(WHOLE.replace(": dense", ": tense"))) >= 3


def code_of(source):
    text = parse(source, "01_forward_prop", "chapters/01_forward_prop.md")
    found = inputs.modules(text, chapter())
    return {file.relative_to(inputs.PACKAGE).as_posix() for file in found}


def test_a_notebook_depends_on_the_code_it_runs_and_on_no_other():
    plain = code_of(WHOLE)
    assert {"__init__.py", "checking/door.py", "exercises/forward_prop/dense.py"} <= plain
    assert "reference/forward_prop.py" in plain
    assert not any("activations" in file or "plotting" in file for file in plain)
    drawing = WHOLE.replace("import check", "import check\nfrom utils.plotting import forward_prop")
    assert {"plotting/style.py", "plotting/display.py"} <= code_of(drawing) - plain


def test_the_fingerprint_changes_with_the_text():
    def of(source):
        text = parse(source, "01_forward_prop", "chapters/01_forward_prop.md")
        return inputs.fingerprint(text, chapter())

    assert of(WHOLE) == of(WHOLE) != of(WHOLE.replace("Why layers?", "Why not?"))


def outputs(**data):
    return [nbformat.v4.new_output("display_data", data, metadata={"image/png": {"alt": "A."}})]


@pytest.mark.parametrize(
    ("metadata", "shown", "says"),
    [
        ({"alt": "A."}, outputs(**{"image/png": "x"}), ""),
        ({}, outputs(**{"image/png": "x"}), "a figure without alt text"),
        ({"alt": "A."}, outputs(**{"text/plain": "x"}), "shows no figure"),
        ({"alt": "Another."}, outputs(**{"image/png": "x"}), "so its alt is lost"),
        ({}, [nbformat.v4.new_output("stream", name="stderr", text="W: x")], "writes to stderr"),
        (
            {"alt": "A."},
            [*outputs(**{"image/png": "x"}), nbformat.v4.new_output("execute_result", {})],
            "ends with a value",
        ),
    ],
)
def test_outputs_that_an_author_has_to_put_right(metadata, shown, says):
    code = nbformat.v4.new_code_cell("draw()", metadata=metadata, outputs=shown)
    found = faults_of_outputs(code)
    assert found == [] if not says else says in found[0]


def printed(text):
    stream = nbformat.v4.new_output("stream", name="stdout", text=text)
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("f()", id="a", outputs=[stream])]
    )


@pytest.mark.parametrize(
    ("new", "kept"), [("x\ntime: 2 ms\n", True), ("y\ntime: 2 ms\n", False), ("x\n", False)]
)
def test_only_a_measured_time_leaves_the_stored_output_alone(new, kept):
    old, rebuilt = printed("x\ntime: 1 ms\n"), printed(new)
    keep_timings(rebuilt, old)
    assert (rebuilt.cells[0].outputs[0].text == "x\ntime: 1 ms\n") is kept


def test_differences_are_listed_by_cell():
    expected, stored = built(WHOLE), built(WHOLE)
    assert differences(expected, stored) == []
    cell(stored, "dense").source += "\n# more"
    cell(stored, "check_dense").metadata["nbgrader"]["points"] = 100
    stored.cells = [c for c in stored.cells if c.id != "imports"]
    found = differences(expected, stored)
    assert [line.split("'")[1] for line in found] == ["imports", "dense", "check_dense"]


def test_another_order_is_a_difference():
    expected, stored = built(WHOLE), built(WHOLE)
    stored.cells.reverse()
    assert differences(expected, stored) == ["the cells stand in another order"]
