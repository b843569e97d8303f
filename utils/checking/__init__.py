"""The checking engine. It knows nothing of any chapter.

Read in this order: `exercise` (what an exercise is), `results` (what an answer may return),
`port` (how an answer is questioned), `judge` (the eight stages), `recognise` (known mistakes),
`feedback` (what the student reads), `door` (what the student calls).
"""

from utils.checking.breaking import Rejected, breaking, numbers
from utils.checking.exercise import Case, Chapter, Exercise, Mistake, Probe, Property, case
from utils.checking.inputs import Made, strided
from utils.checking.results import Array, Count, Number, Sequence, Text

__all__ = [
    "Array",
    "Case",
    "Chapter",
    "Count",
    "Exercise",
    "Made",
    "Mistake",
    "Number",
    "Probe",
    "Property",
    "Rejected",
    "Sequence",
    "Text",
    "breaking",
    "case",
    "numbers",
    "strided",
]
