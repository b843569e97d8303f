"""Mutants of a value, for the exercises that ask for an input instead of a function.

Many changed values are right answers too, so each is judged twice: by the check, and by the
exercise's oracle, which tells right from wrong in another way.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def mutants(value: Any) -> dict[str, Any]:
    """Changed values, by a label.

    Parameters
    ----------
    value : number, array, set of strings, or tuple or list of those

    Returns
    -------
    dict of str to value
    """
    if isinstance(value, (tuple, list)):
        return _of_parts(value)
    if isinstance(value, np.ndarray):
        return _of_array(value)
    if isinstance(value, (set, frozenset)):
        return _of_set(value)
    return {f"x {change}": new for change, new in _of_number(float(value)).items()}


def _of_parts(parts: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for i, part in enumerate(parts):
        for label, new in mutants(part).items():
            found[f"part {i}: {label}"] = (*parts[:i], new, *parts[i + 1 :])
        found[f"without part {i}"] = (*parts[:i], *parts[i + 1 :])
    for i in range(len(parts) - 1):
        swapped = (*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :])
        found[f"parts {i} and {i + 1} swapped"] = swapped
    return found


def _of_set(items: Any) -> dict[str, Any]:
    letters = [chr(code) for code in range(ord("A"), ord(max(items)) + 2)]
    found: dict[str, Any] = {f"without {x}": items - {x} for x in sorted(items)}
    found |= {f"with {x}": items | {x} for x in letters if x not in items}
    return found | {
        "empty": set(),
        "as a frozenset": frozenset(items),
        "as a list": sorted(items),
        "as text": "".join(sorted(items)),
        "in lower case": {x.lower() for x in items},
    }


def _of_array(array: np.ndarray) -> dict[str, Any]:
    found: dict[str, Any] = {
        "all zeros": np.zeros_like(array),
        "all ones": np.ones_like(array),
        "reversed": array[::-1],
        "doubled": array * 2,
        "negated": -array,
        "as lists": array.tolist(),
        "one dimension more": array[None],
        "first row left out": array[1:],
    }
    if array.ndim > 1:
        found["transposed"] = array.T
        found["first column left out"] = array[:, 1:]
    for index in np.ndindex(array.shape):
        for change, new in _of_number(float(array[index])).items():
            changed = array.astype(float)
            changed[index] = new
            found[f"{list(index)} {change}"] = changed
    return found


def _of_number(x: float) -> dict[str, float]:
    return {
        "-> 0": 0.0, "+ 1": x + 1, "- 1": x - 1, "negated": -x, "doubled": 2 * x, "halved": x / 2,
        "-> nan": float("nan"), "-> inf": float("inf"), "-> -inf": float("-inf"),
    }  # fmt: skip
