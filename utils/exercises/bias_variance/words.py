"""A kind of result: a set of words, out of those that are known."""

from dataclasses import dataclass

from utils.checking.plain import describe
from utils.checking.results import Fault


@dataclass(frozen=True)
class Words:
    """A set of words out of `known`."""

    known: frozenset

    def fault(self, value, expected, given):
        if value is None:
            says = "It returned None where a set is asked for. Is the `return` missing?"
            return Fault("type", "none", says)
        if not isinstance(value, frozenset):
            says = f"It returned {describe(value)}. A set is asked for: {{'one', 'another'}}."
            return Fault("type", "type", says)
        if not all(isinstance(word, str) for word in value):
            return Fault("type", "words", "The set holds something else than words.")
        strangers = sorted(value - self.known)
        if strangers:
            says = "A word in the set is none of the six remedies. Is it written as they are?"
            return Fault("value", "stranger", says, f"It is {strangers[0]!r}.")
        if value != expected:
            right, wrong = len(value & expected), len(value - expected)
            detail = (
                f"It holds: {', '.join(sorted(value)) or 'nothing'}.\n"
                f"Right: {right}, wrong: {wrong}, left out: {len(expected - value)}."
            )
            return Fault("value", "other_words", "The set is not the one asked for.", detail)
        return None
