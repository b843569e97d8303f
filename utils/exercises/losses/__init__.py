"""Chapter 3, losses and training: its exercises in the order of the curriculum."""

from utils.checking import Chapter
from utils.exercises.losses.bce_from_logits import bce_from_logits
from utils.exercises.losses.best_epoch import best_epoch
from utils.exercises.losses.binary_cost import binary_cost
from utils.exercises.losses.binary_cross_entropy import binary_cross_entropy
from utils.exercises.losses.binary_model import binary_model
from utils.exercises.losses.break_shapes import break_shapes
from utils.exercises.losses.choose_loss import choose_loss
from utils.exercises.losses.gradient_step import gradient_step
from utils.exercises.losses.keras_mse_ratio import keras_mse_ratio
from utils.exercises.losses.keras_twin import keras_twin
from utils.exercises.losses.logistic_gradient import logistic_gradient
from utils.exercises.losses.regression_model import regression_model
from utils.exercises.losses.squared_error_cost import squared_error_cost
from utils.exercises.losses.train_binary_model import train_binary_model
from utils.exercises.losses.train_curve_model import train_curve_model

CHAPTER = Chapter(
    "03_losses",
    "3 · Losses and training",
    (
        binary_cross_entropy,
        binary_cost,
        squared_error_cost,
        keras_mse_ratio,
        bce_from_logits,
        logistic_gradient,
        gradient_step,
        keras_twin,
        binary_model,
        train_binary_model,
        best_epoch,
        break_shapes,
        choose_loss,
        train_curve_model,
        regression_model,
    ),
)
