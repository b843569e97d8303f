"""How good the judge is, exercise by exercise, as a page of the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from autograder.verify.exercises import Report

HEAD = """\
# How good the checks are

Made by `autograder verify --write`. A check errs in two ways: it accepts a wrong answer, or
refuses a right one. Both are measured for every exercise.

- *Mistakes*: known wrong answers that are refused and recognised by name.
- *Alternatives*: right answers written otherwise that are accepted.
- *Disguises*: the reference made wrong in every general way (returns None, a generator, nan, a
  masked array, exits, recurses) and refused, and in odd clothes (a partial, an object) and
  accepted.
- *Mutants*: the reference with one operator, constant, axis, index, term, variable or order
  changed. *At once* are those that the student's own check refuses; *killed* counts the hidden
  check too. The rest are declared equivalent, with the reason below.

| exercise | mistakes | alternatives | disguises | mutants | at once | killed | equivalent |
|---|---|---|---|---|---|---|---|
"""


def table(ids: Iterable[str], reports: Iterable[Report], standing: str = "") -> str:
    """The page. An exercise without a report is as it stands in an earlier one."""
    by_id = {report.id: report for report in reports}
    rows, reasons_of_each = "", ""
    for id in ids:
        if id in by_id:
            rows += f"{row(by_id[id])}\n"
            reasons_of_each += reasons(by_id[id])
        else:
            rows += _standing(rf"^\| `{id}` \|.*\n", standing)
            reasons_of_each += _standing(rf"^\n`{id}`\n\n(- .*\n)+", standing)
    return f"{HEAD}{rows}\n## Mutants that are right answers too\n{reasons_of_each}"


def _standing(pattern: str, text: str) -> str:
    found = re.search(f"(?m){pattern}", text)
    return found[0] if found else ""


def row(r: Report) -> str:
    """One exercise's line of the table."""
    disguises = r.wrong_disguises + r.right_disguises
    cells = (
        f"`{r.id}`",
        f"{r.recognised} of {r.mistakes}",
        f"{r.accepted} of {r.alternatives}",
        str(disguises) if disguises else "",
        str(r.mutants),
        str(r.killed_at_once),
        str(r.killed),
        str(len(r.equivalent)),
    )
    return f"| {' | '.join(cells)} |"


def reasons(r: Report) -> str:
    """Why one exercise's surviving mutants are right; empty when there is none."""
    lines = [f"- `{label}`: {reason}\n" for label, reason in r.equivalent.items()]
    return f"\n`{r.id}`\n\n{''.join(lines)}" if lines else ""
