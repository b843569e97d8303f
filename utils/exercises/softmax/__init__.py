"""Chapter 4, softmax and getting the numbers right: its exercises in the curriculum's order."""

from utils.checking import Chapter
from utils.exercises.softmax.break_one_max import break_one_max
from utils.exercises.softmax.cross_entropy import cross_entropy
from utils.exercises.softmax.cross_entropy_from_logits import cross_entropy_from_logits
from utils.exercises.softmax.digit_model import digit_model
from utils.exercises.softmax.double_softmax import double_softmax
from utils.exercises.softmax.largest_safe_exponent import largest_safe_exponent
from utils.exercises.softmax.log_softmax import log_softmax
from utils.exercises.softmax.one_hot import one_hot
from utils.exercises.softmax.predict_probabilities import predict_probabilities
from utils.exercises.softmax.roundoff import roundoff
from utils.exercises.softmax.softmax import softmax
from utils.exercises.softmax.softmax_gradient import softmax_gradient
from utils.exercises.softmax.softmax_regression import softmax_regression
from utils.exercises.softmax.stable_softmax import stable_softmax

CHAPTER = Chapter(
    "04_softmax",
    "4 · Softmax, and getting the numbers right",
    (
        roundoff,
        softmax,
        softmax_regression,
        largest_safe_exponent,
        stable_softmax,
        log_softmax,
        one_hot,
        cross_entropy,
        cross_entropy_from_logits,
        softmax_gradient,
        break_one_max,
        digit_model,
        predict_probabilities,
        double_softmax,
    ),
)
