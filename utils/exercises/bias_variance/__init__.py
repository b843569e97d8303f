"""Chapter 6, bias and variance: its exercises in the order of the curriculum."""

from utils.checking import Chapter
from utils.exercises.bias_variance.break_training_choice import break_training_choice
from utils.exercises.bias_variance.diagnose import diagnose
from utils.exercises.bias_variance.find_leaks import find_leaks
from utils.exercises.bias_variance.fit_ridge import fit_ridge
from utils.exercises.bias_variance.fit_scaler import fit_scaler
from utils.exercises.bias_variance.generalisation_error import generalisation_error
from utils.exercises.bias_variance.learning_curve import learning_curve
from utils.exercises.bias_variance.model_cost import model_cost
from utils.exercises.bias_variance.polynomial_features import polynomial_features
from utils.exercises.bias_variance.regularised_model import regularised_model
from utils.exercises.bias_variance.select_degree import select_degree
from utils.exercises.bias_variance.select_lambda import select_lambda
from utils.exercises.bias_variance.split_data import split_data
from utils.exercises.bias_variance.what_helps import what_helps

CHAPTER = Chapter(
    "06_bias_variance",
    "6 · Bias, variance and choosing a model",
    (
        split_data,
        polynomial_features,
        fit_scaler,
        fit_ridge,
        model_cost,
        select_degree,
        generalisation_error,
        find_leaks,
        break_training_choice,
        diagnose,
        what_helps,
        select_lambda,
        learning_curve,
        regularised_model,
    ),
)
