"""Chapter 2, activations: its exercises in the order of the curriculum."""

from utils.checking import Chapter
from utils.exercises.activations.break_naive_sigmoid import break_naive_sigmoid
from utils.exercises.activations.choose_activation import choose_activation
from utils.exercises.activations.collapse_linear import collapse_linear
from utils.exercises.activations.dead_units import dead_units
from utils.exercises.activations.gradient_scale import gradient_scale
from utils.exercises.activations.relu import relu
from utils.exercises.activations.relu_gradient import relu_gradient
from utils.exercises.activations.sigmoid import sigmoid
from utils.exercises.activations.sigmoid_gradient import sigmoid_gradient

CHAPTER = Chapter(
    "02_activations",
    "2 · Activations",
    (
        sigmoid,
        relu,
        sigmoid_gradient,
        relu_gradient,
        collapse_linear,
        choose_activation,
        gradient_scale,
        dead_units,
        break_naive_sigmoid,
    ),
)
