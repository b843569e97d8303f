"""Chapter 4, softmax and getting the numbers right: its exercises in the curriculum's order."""

from utils.checking import Chapter
from utils.exercises.softmax.roundoff import roundoff
from utils.exercises.softmax.softmax import softmax
from utils.exercises.softmax.softmax_regression import softmax_regression

CHAPTER = Chapter(
    "04_softmax",
    "4 · Softmax, and getting the numbers right",
    (
        roundoff,
        softmax,
        softmax_regression,
    ),
)
