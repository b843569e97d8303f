"""What a split of the data is asked, whatever generator shuffled it.

Any shuffle will do, so there is no split to compare with. A `Split` looks at the six arrays
instead: their shapes, that every example is there once with its label, and that the examples were
shuffled before the cut. Every fault that numbers can't explain has an id of its own, by which the
exercise's known mistakes are recognised.
"""

from collections import Counter

import numpy as np

from utils.checking.exercise import Property
from utils.checking.plain import describe
from utils.checking.results import Fault

NAMES = ("X_train", "y_train", "X_cv", "y_cv", "X_test", "y_test")
WANTED = f"a tuple ({', '.join(NAMES)})"
MANY = 200  # with so many examples chance alone leaves no part of them in order
SEEDS = 13  # so many seeds are compared
FAR = 2**16 * 5**6  # and one so far from them: a remainder such as seed % 16 gives one of the near
FEW = 10  # so few examples can be followed one by one, over `MORE_SEEDS` seeds at most
MORE_SEEDS = 61


class Split:
    """Six arrays: three sets of examples, each with its labels."""

    needs_expected = False  # a right answer may shuffle otherwise than the reference

    def fault(self, value, expected, given):
        """The first thing that is wrong."""
        X, y = given.args[:2]
        if not isinstance(value, (tuple, list)):
            return _no_tuple(value)
        if len(value) != len(NAMES):
            says = f"It has the wrong number of parts: {WANTED} is asked for."
            detail = f"Expected {len(NAMES)} parts, got {len(value)}."
            return Fault("shape", "parts", says, detail, evidence=[len(value)])
        for question in (_no_arrays, _wrong_shapes, _wrong_numbers, _wrong_examples, _in_order):
            fault = question(value, X, y)
            if fault:
                return fault
        return None


def sizes(m):
    """How many examples the three sets hold; 3 m // 5 is int(0.6 * m), without rounding."""
    n_train, n_cv = 3 * m // 5, m // 5
    return [n_train, n_cv, m - n_train - n_cv]


def _no_tuple(value):
    if value is None:
        says = f"It returned None where {WANTED} is asked for. Is the `return` missing?"
        return Fault("type", "none", says)
    says = f"It returned {describe(value)}. {WANTED[0].upper() + WANTED[1:]} is asked for."
    return Fault("type", "no_tuple", says)


def _no_arrays(parts, X, y):
    for name, part in zip(NAMES, parts, strict=True):
        if not isinstance(part, np.ndarray):
            says = f"`{name}` is {describe(part)}. All six should be NumPy arrays."
            return Fault("type", "list" if isinstance(part, (list, tuple)) else "type", says)
        if part.dtype.kind not in "iuf" and part.size:
            says = f"`{name}` is {describe(part)}. It should hold the numbers that were given."
            return Fault("type", "numbers", says)
    return None


def _wrong_shapes(parts, X, y):
    lengths = [part.shape[0] if part.ndim else -1 for part in parts]
    if lengths[:3] == lengths[3:] and lengths[0] != lengths[1]:
        says = "The six come in another order: each set's labels should follow its examples."
        return Fault("shape", "order", says, f"The order is ({', '.join(NAMES)}).")
    for name, part in zip(NAMES, parts, strict=True):
        rest = (X if name.startswith("X") else y).shape[1:]
        if part.size and (part.ndim == 0 or part.shape[1:] != rest):
            wanted = ", ".join(["k", *map(str, rest)]) + ("" if rest else ",")
            says = f"`{name}` has the wrong shape. Its entries should look like those given."
            detail = f"For k examples, shape ({wanted}) is asked for. Got {part.shape}."
            return Fault("shape", "shape", says, detail, evidence=[list(part.shape), name])
    for name, examples, labels in (("train", *lengths[:2]), ("cv", *lengths[2:4]),
                                   ("test", *lengths[4:])):  # fmt: skip
        if examples != labels:
            says = f"`X_{name}` and `y_{name}` do not have the same length."
            return Fault("shape", "lengths", says, f"They hold {examples} and {labels}.", lengths)
    return _wrong_sizes(lengths[::2], len(y))


def _wrong_sizes(got, m):
    wanted = sizes(m)
    if got == wanted:
        return None
    says = (
        "The sets have the wrong sizes. Training gets 0.6 m and cross-validation 0.2 m, both "
        "rounded down; the test set gets what is left."
    )
    detail = f"Of {m}, expected {_listed(wanted)}; got {_listed(got)}."
    return Fault("shape", "sizes", says, detail, evidence=got)


def _listed(numbers):
    return "{}, {} and {}".format(*numbers)


def _wrong_numbers(parts, X, y):
    for name, part in zip(NAMES, parts, strict=True):
        given = X if name.startswith("X") else y
        kept = part.dtype == given.dtype or (given.dtype.kind in "iu" and part.dtype.kind in "iu")
        if part.size and not kept and part.dtype != np.float64:
            says = (
                f"The numbers of `{name}` are {part.dtype.name}. They should stay what they were."
            )
            return Fault("dtype", f"dtype_{part.dtype.kind}", says)
        if part.size and not np.isfinite(part).all():
            return Fault("finite", "finite", f"`{name}` holds nan or inf.")
    return None


def _wrong_examples(parts, X, y):
    rows, labels = _keys(X), y.tolist()
    got_rows = [key for part in parts[::2] for key in _keys(part)]
    got_labels = [label for part in parts[1::2] for label in part.tolist()]
    if not set(got_rows) <= set(rows):
        says = (
            "Some of the examples returned are none of those given: the numbers of a row were "
            "mixed or changed. Whole rows should move, and stay what they are."
        )
        return Fault("value", "rows_changed", says)
    if not set(got_labels) <= set(labels):
        says = "Some of the labels returned are none of those given. They should only move."
        return Fault("value", "labels_changed", says)
    given = Counter(zip(rows, labels, strict=True))
    got = Counter(zip(got_rows, got_labels, strict=True))
    if not set(got) <= set(given):
        return Fault("value", "labels_apart", "Examples have lost their own labels.")
    if got != given:
        return Fault("value", "twice", "Some examples occur twice, and others nowhere.")
    return None


def _keys(X):
    """A key for each row, the same for the same numbers whatever their dtype."""
    rows = X.tolist()
    return [tuple(row) for row in rows] if X.ndim > 1 else [(number,) for number in rows]


def _in_order(parts, X, y):
    """Whether examples that stood together stay together more than chance allows."""
    places = {key: i for i, key in enumerate(_keys(X))}
    if len(y) < MANY or len(places) < len(y):
        return None
    home = np.zeros(len(y), dtype=int)
    for number, part in enumerate(parts[::2]):
        home[[places[key] for key in _keys(part)]] = number
    apart = [_mixed(home[home != left_out]) for left_out in (2, 1, 0)]
    if not all(apart[:2]):
        says = "Examples that stood together stay together: they were not shuffled before the cut."
        return Fault("property", "not_shuffled", says)
    if not apart[2]:
        says = "Cross-validation and test set are cut from examples that were not shuffled."
        return Fault("property", "rest_in_order", says)
    return None


def _mixed(home):
    """Whether two sets alternate as chance would have it, and no less than a third of that.

    With `MANY` examples a shuffle has fewer such runs less often than once in a thousand million.
    """
    runs = 1 + np.count_nonzero(home[1:] != home[:-1])
    share = np.mean(home == home.max())
    return runs > (1 + 2 * len(home) * share * (1 - share)) / 3


def _gives_the_same_again(probe):
    again = probe.call(*probe.case.args)
    return _same(again.value, probe.outcome.value)


def _same(a, b):
    if not isinstance(a, (tuple, list)) or len(a) != len(b):
        return False
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def _by_seed(probe):
    """Which examples are in the training set, for this seed and some others; None for few."""
    X, y, seed = probe.case.args
    if len(y) < MANY:  # few examples may fall the same way by chance
        return None
    values = [probe.call(X, y, seed + more).value for more in (*range(1, SEEDS), FAR)]
    return [_training(value) for value in (probe.outcome.value, *values)]


def _training(value):
    """Which examples are in the training set, in whatever order."""
    if not isinstance(value, (tuple, list)) or len(value) != len(NAMES):
        return frozenset()
    part = value[0]
    return frozenset(_keys(part)) if isinstance(part, np.ndarray) and part.ndim else frozenset()


def _staying(probe):
    """How many examples are in the same set for every seed. Mostly a dozen seeds show that none."""
    X, y, seed = probe.case.args
    stay = _keys_by_set(probe.outcome.value)
    for more in range(1, MORE_SEEDS):
        if not any(stay):
            break
        now = _keys_by_set(probe.call(X, y, seed + more).value)
        stay = [a & b for a, b in zip(stay, now, strict=True)]
    return sum(map(len, stay))


def _keys_by_set(value):
    """Which examples are in each of the three sets."""
    if not isinstance(value, (tuple, list)) or len(value) != len(NAMES):
        return [set(), set(), set()]
    parts = value[::2]
    return [set(_keys(p)) if isinstance(p, np.ndarray) and p.ndim else set() for p in parts]


def _gives_another(probe):
    found = _by_seed(probe)
    return found is None or len(set(found)) == len(found)


def _reaches_all(probe):
    """Whether hardly any example is always, or never, in the training set.

    Of a few examples, whether none is always in the same set: by chance one would be less often
    than once in a thousand million million. Where all are, there is no shuffle, or the seed is not
    used: many examples tell which.
    """
    if len(probe.case.args[1]) == FEW:
        return _staying(probe) in (0, FEW)
    found = _by_seed(probe)
    if found is None:
        return True
    counts = Counter(key for training in found for key in training)
    always = sum(count == len(found) for count in counts.values())
    never = len(probe.case.args[1]) - len(counts)
    return always + never < MANY / 10  # by chance it is about one in a thousand


SAME_SEED = Property(
    "same_seed",
    "Called twice with the same seed it gives two splits. Nobody could repeat what you report: "
    "what should the shuffle begin from?",
    _gives_the_same_again,
)
OTHER_SEED = Property(
    "other_seed",
    "Another seed gives the same split. Where does `seed` enter the shuffle?",
    _gives_another,
)
EVERY_PLACE = Property(
    "every_place",
    "Some examples land in the same set whatever the seed. Can each one get to every place in "
    "your shuffle?",
    _reaches_all,
)
