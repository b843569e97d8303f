"""What a check comes to: the result, and the two exceptions that carry it."""

from __future__ import annotations

from dataclasses import dataclass

RIGHT = "right"
WRONG = "wrong"
NOT_ATTEMPTED = "not attempted"
UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Result:
    """The verdict on one answer.

    Attributes
    ----------
    exercise : str
    verdict : str
        'right', 'wrong', 'not attempted' (the stub) or 'unjudged' (our fault or out of reach).
    score, max_score : int
        All the points or none. Practice has none to give.
    feedback : str
        What the student reads: one line when right, ten at most when not.
    mistake : str or None
        The id of the known mistake that this is.
    """

    exercise: str
    verdict: str
    max_score: int
    feedback: str
    mistake: str | None = None

    @property
    def passed(self) -> bool:
        return self.verdict == RIGHT

    @property
    def score(self) -> int:
        return self.max_score if self.passed else 0

    def require(self) -> None:
        """Do nothing when right; raise otherwise.

        Raises
        ------
        CheckFailed
            The answer is wrong or has not been attempted.
        Unjudged
            It could not be judged.
        """
        if self.verdict == UNJUDGED:
            raise Unjudged(self)
        if not self.passed:
            raise CheckFailed(self)


class _Carrier(Exception):
    """An exception that shows its result's feedback and no traceback."""

    def __init__(self, result: Result) -> None:
        marker = f"[{result.exercise} | {result.verdict} | {result.mistake or '-'}]"
        super().__init__(f"{result.feedback}\n{marker}")
        self.result = result
        self.exercise = result.exercise
        self.verdict = result.verdict
        self.mistake = result.mistake
        self.feedback = result.feedback

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback through our code."""
        return self.feedback.splitlines()


class CheckFailed(_Carrier, AssertionError):
    """An answer is not right yet. Its text is what the student reads."""


class Unjudged(_Carrier, RuntimeError):
    """An answer could not be judged. It costs the student nothing and goes to hand grading."""
