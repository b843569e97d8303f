"""What an exercise is: data and small pure functions. The engine runs it.

From this one definition come the student's check, nbgrader's hidden tests, the autograder's
verdicts, the mistakes in the instructor's report, and the course's test of itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from utils.checking.keras_models import Training
    from utils.checking.port import Outcome
    from utils.checking.results import Returns


@dataclass(frozen=True)
class Case:
    """One call of the answer.

    Attributes
    ----------
    name : str
        What is special about it, in words that give no numbers away: "one unit".
    args : tuple
        The arguments, by position.
    kwargs : mapping
        The arguments with a default, by keyword.
    raises : exception type, optional
        The exception that a right answer raises here.
    then : Training, optional
        What the returned Keras model is trained on, where it was made: the answer's process.
    """

    name: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    raises: type[Exception] | None = None
    then: Training | None = None


def case(
    name: str,
    *args: Any,
    raises: type[Exception] | None = None,
    then: Training | None = None,
    **kwargs: Any,
) -> Case:
    """A `Case`, written as the call it stands for."""
    return Case(name, args, kwargs, raises, then)


@dataclass(frozen=True)
class Probe:
    """What a property may look at: one case, what came of it, and further calls."""

    case: Case
    outcome: Outcome
    expected: Any
    call: Callable[..., Outcome]


@dataclass(frozen=True)
class Property:
    """Something a right answer does beside giving the right values.

    Attributes
    ----------
    id : str
    says : str
        The sentence for a student whose answer lacks it.
    holds : function of a `Probe`, returning bool
    """

    id: str
    says: str
    holds: Callable[[Probe], bool]


@dataclass
class Mistake:
    """A known wrong answer.

    Attributes
    ----------
    id : str
    says : str
        The sentence that helps. It never gives the solution away.
    answers : list of functions
        Runnable wrong answers, all with this one mistake. For an exercise that asks for a value,
        functions of no arguments that return it.
    when : function of the value, returning bool, optional
        For an exercise that asks for a value: is this the mistake?
    fault : str, optional
        The id of the fault that this mistake, and no other, leads to. For answers that take long
        to run: the mistake is then recognised by it.
    """

    id: str
    says: str
    answers: list[Callable[..., Any]]
    when: Callable[[Any], bool] | None = None
    fault: str | None = None  # recognised by the id of the fault alone, without running it


@dataclass
class Exercise:
    """One exercise.

    Attributes
    ----------
    id : str
        Also the name of the student's function or value, and nbgrader's grade id.
    title : str
    points : int, optional
        None is practice: checked but not graded.
    reference : function, or the value for an exercise that asks for one
    begin : str
        For a student who has not begun: where to.
    hints : three strings
        A nudge, a plan, nearly the code.
    returns : Returns
        What the function returns, and what counts as equal.
    cases, hidden : list of Case
        Written out: the student's own, and the grader's besides.
    draw : function of a numpy.random.Generator, returning cases
        Harder inputs, drawn afresh.
    properties : list of Property
    accept : function of the student's value, for an exercise that asks for a value
        Returns the note for a right value, raises `Rejected` for a wrong one.
    oracle : function of a value, returning bool, for an exercise that asks for a value
        Whether the value is right, found by another way than `accept`'s. `verify` holds the two
        against each other on mutated values.
    given : tuple of functions
        Shown in the notebook before the answer's cell.
    asks : str
        For an exercise that asks for a value: the comment in the answer's cell.
    value_args : function of no arguments
        For an exercise that asks for a value that takes work to make, such as a trained model:
        the reference, the mistakes and the alternatives are functions that make one, and this
        gives their arguments. Without it they take none, and the reference is the value itself.
    seconds : float
        How long one call may take.
    once : bool
        The answer trains or is random: it is not called again to see whether it gives the same.
    functions_travel : bool
        Functions among the inputs need nothing but NumPy and are no secret: a grader may hand
        over their code. Otherwise the answer calls back, and the grader counts the calls.
    equivalent : mapping of str to str
        Mutants of the reference that are right answers too: label to reason.
    expected : dict
        What the reference gave on the cases that are written out, once it has been asked.
    tried : dict
        What a known mistake gave on one of these cases: the trial by case and answer.
    """

    id: str
    title: str
    points: int | None
    reference: Any
    begin: str
    hints: tuple[str, str, str]
    returns: Returns | None = None
    cases: list[Case] = field(default_factory=list)
    hidden: list[Case] = field(default_factory=list)
    draw: Callable[[np.random.Generator], Iterable[Case]] | None = None
    properties: list[Property] = field(default_factory=list)
    accept: Callable[[Any], str] | None = None
    oracle: Callable[[Any], bool] | None = None
    given: tuple[Callable[..., Any], ...] = ()
    asks: str = ""
    value_args: Callable[[], tuple[Any, ...]] = tuple
    seconds: float = 5.0
    once: bool = False
    functions_travel: bool = False
    equivalent: Mapping[str, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    alternatives: list[Callable[..., Any]] = field(default_factory=list)
    chapter: str = ""
    expected: dict[int, tuple[Case, Any]] = field(default_factory=dict, init=False, repr=False)
    tried: dict[tuple[int, int], Any] = field(default_factory=dict, init=False, repr=False)

    def writes(self, case: Case) -> bool:
        """Whether the case is written out in this exercise, and so the same at each check."""
        return any(case is written for written in (*self.cases, *self.hidden))

    @property
    def kind(self) -> str:
        """'function' or 'value'."""
        return "function" if self.accept is None else "value"

    @property
    def slow(self) -> bool:
        """Whether it builds or trains models: it was given more time than the usual 5 s."""
        return self.seconds > 5

    def value_of(self, answer: Any) -> Any:
        """For an exercise that asks for a value: the value itself, made if need be."""
        return answer(*self.value_args()) if callable(answer) else answer

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the function's parameters."""
        if self.kind == "value":
            return ()
        return tuple(inspect.signature(self.reference).parameters)

    @property
    def signature(self) -> str:
        """How the answer's cell begins: ``def dense(a_in, W, b, g):``, or ``break_rows = ``."""
        if self.kind == "value":
            return f"{self.id} ="
        return f"def {self.id}{inspect.signature(self.reference)}:"

    def mistake(
        self,
        says: str,
        *,
        when: Callable[[Any], bool] | None = None,
        fault: str | None = None,
        id: str | None = None,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register the decorated wrong answer; its name is the mistake's id."""

        def register(answer: Callable[..., Any]) -> Callable[..., Any]:
            self.mistakes.append(Mistake(id or answer.__name__, says, [answer], when, fault))
            return answer

        return register

    def also(self, mistake_id: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register the decorated wrong answer as another way to make a known mistake."""

        def register(answer: Callable[..., Any]) -> Callable[..., Any]:
            known = next(m for m in self.mistakes if m.id == mistake_id)
            known.answers.append(answer)
            return answer

        return register

    def alternative(self, answer: Callable[..., Any]) -> Callable[..., Any]:
        """Register the decorated answer: right, and written otherwise."""
        self.alternatives.append(answer)
        return answer


@dataclass(frozen=True)
class Chapter:
    """One chapter's exercises, in the order of the curriculum."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]

    def __post_init__(self) -> None:
        for exercise in self.exercises:
            exercise.chapter = self.name

    @property
    def short(self) -> str:
        """The name without its number: 'forward_prop'."""
        return self.name.split("_", 1)[1]
