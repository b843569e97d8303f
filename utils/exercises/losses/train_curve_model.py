"""Exercise `train_curve_model`: fit the bent curve of chapter 2, with all weights learnt."""

import numpy as np

from utils.checking import Exercise, Rejected
from utils.checking import keras_probes as probes
from utils.checking.keras_results import (
    Examined,
    examine,
    has_hidden_layer,
    hidden_is_relu,
    is_compiled,
    mean_squared_error,
    output_is_linear,
    takes,
)
from utils.checking.results import Fault
from utils.data.bent_curve import BAR, bent_curve
from utils.reference import losses as reference


def under_the_bar(examined: Examined):
    """The mean squared error on the test roasts is under the bar."""
    _, _, x_test, y_test = bent_curve()
    error = float(np.mean((probes.outputs(examined.model, x_test) - y_test) ** 2))
    if error < BAR:
        return None
    detail = f"Its mean squared error on the test roasts is {error:.2f}; the bar is {BAR}."
    if not any(np.any(layer.bias) for layer in examined.dense if layer.bias is not None):
        says = "The model looks as if it had never been fitted: all its biases are still 0."
        return Fault("value", "not_fitted", says, detail)
    return Fault("value", "above_the_bar", "It is not close enough to the curve yet.", detail)


QUESTIONS = (
    takes(lambda: (1,), lambda: 1),
    is_compiled,
    has_hidden_layer,
    hidden_is_relu,
    output_is_linear,
    mean_squared_error,
    under_the_bar,
)


def accept(value):
    """The note for a right model."""
    fault = examine(value, QUESTIONS, ())
    if fault:
        raise Rejected(fault.stage, fault.id, fault.says, fault.detail)
    return f"On the test roasts it is under {BAR}, where no straight line comes near."


train_curve_model = Exercise(
    id="train_curve_model",
    title="Train a network on the bent curve",
    points=3,
    reference=reference.train_curve_model,
    accept=accept,
    value_args=lambda: bent_curve()[:2],
    seconds=60,
    asks="a compiled and fitted Keras model: one input, ReLU in between, one linear output",
    begin=(
        "Begin with keras.Sequential: a keras.Input for one number, a hidden layer with ReLU, and "
        "a linear output. Then compile it and fit it to x_curve and y_curve."
    ),
    hints=(
        "One straight piece for each ReLU: how many does such a curve need? Is the error still "
        "falling when the training ends?",
        "Two hidden layers with ReLU, some 20 units each, and one linear unit. Compile with "
        "MeanSquaredError and an Adam that takes larger steps than its usual 0.001. Fit for "
        "some dozens of epochs.",
        "keras.Sequential([keras.Input((1,)), Dense(25, activation='relu'), ..., Dense(1)]), "
        "compile(optimizer=keras.optimizers.Adam(0.02), loss=...), fit(x_curve, y_curve, "
        "epochs=...). Which object goes into train_curve_model, the model or the history?",
    ),
    equivalent={
        "keras.utils.set_random_seed(1) -> (nothing)": "any start will do",
        "keras.utils.set_random_seed(1) -> 1": "any start will do",
        "keras.utils.set_random_seed(1) -> keras.utils": "any start will do",
        "1 -> 2": "another seed",
        "1 -> 0": "another seed",
        "[keras.Input((1,)), keras.layers.Dense(25, activation='relu'), keras.layers.Dens"
        "e(15, activation='relu'), keras.layers.Dense(1)] -> [keras.layers.Dense(25, acti"
        "vation='relu'), keras.layers.Dense(15, activation='relu'), keras.layers.Dense(1)"
        "]": "fit builds the model too",
        "[keras.Input((1,)), keras.layers.Dense(25, activation='relu'), keras.layers.Dens"
        "e(15, activation='relu'), keras.layers.Dense(1)] -> [keras.Input((1,)), keras.la"
        "yers.Dense(15, activation='relu'), keras.layers.Dense(1)]": "one hidden layer can do it",
        "[keras.Input((1,)), keras.layers.Dense(25, activation='relu'), keras.layers.Dens"
        "e(15, activation='relu'), keras.layers.Dense(1)] -> [keras.Input((1,)), keras.la"
        "yers.Dense(25, activation='relu'), keras.layers.Dense(1)]": "one hidden layer can do it",
        "25 -> 26": "one unit more or less",
        "25 -> 24": "one unit more or less",
        "15 -> 16": "one unit more or less",
        "15 -> 14": "one unit more or less",
        "0.02 -> 0.04": "a larger step, and not too large",
        "model.fit(x_curve, y_curve, epochs=40, verbose=0) -> model.fit(x_curve, y_curve,"
        " epochs=40)": "it only says more",
        "40 -> 41": "one epoch more or less",
        "40 -> 39": "one epoch more or less",
        "0 -> 1": "it only says more",
        "0 -> -1": "it says as much or more",
    },
)


@train_curve_model.mistake(
    "It is the history that `fit` gives back. Which object did you call `fit` of?",
    fault="history",
)
def the_history(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    return model.fit(x_curve, y_curve, epochs=3, verbose=0)


@train_curve_model.mistake(
    "It is no Keras model. Assign the model that was fitted, not its predictions or its name.",
    fault="no_model",
)
def its_predictions(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model.predict(x_curve, verbose=0)


@train_curve_model.mistake(
    "The model has not been compiled: it has no loss and no optimizer. Which method gives "
    "it both, before `fit`?",
    fault="not_compiled",
)
def not_compiled(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    return model


@train_curve_model.mistake(
    "The model is not built, so it can't have been fitted: it does not know yet how many "
    "inputs it gets.",
    fault="not_built",
)
def not_built(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.layers.Dense(25, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return model


@train_curve_model.mistake(
    "All its biases are still 0, as if it had never been fitted. Which method comes after "
    "`compile`, or is the learning rate 0?",
    fault="not_fitted",
)
def never_fitted(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    return model


@train_curve_model.mistake(
    "It has no hidden layer, so it can only be a straight line. What bends it?",
    fault="no_hidden",
)
def only_a_line(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "A hidden layer is linear, and a stack of lines is a line. Which activation is asked for?",
    fault="hidden_linear",
)
def hidden_linear(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "A hidden layer has another activation than ReLU. Here every hidden layer should have that.",
    fault="hidden_other",
)
def hidden_tanh(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="tanh")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.also("hidden_tanh")
def leaking(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="leaky_relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "The output lies between 0 and 1, and scores go up to 5. Which activation lets every "
    "number through?",
    fault="output_sigmoid",
)
def sigmoid_output(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "The output is bent as well. Which activation leaves the last layer's sum as it is?",
    fault="output_not_linear",
)
def relu_output(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1, activation="relu"))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "The loss is another one than MeanSquaredError. Which loss does this exercise ask for?",
    fault="other_loss",
)
def absolute_error(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="mae")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "One number goes in and one comes out for each roast. How many units has the last layer?",
    fault="outputs",
)
def several_outputs(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(25))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "The model takes another number of inputs than one. What shape has x_curve?",
    fault="inputs",
)
def all_roasts_as_one_example(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((x_curve.shape[0],)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    return model


@train_curve_model.mistake(
    "It is not close enough to the curve yet. Was the error still falling at the last "
    "epoch? More epochs, larger steps, or more units?",
    fault="above_the_bar",
)
def stopped_too_early(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="mse")
    model.fit(x_curve, y_curve, epochs=3, verbose=0)
    return model


@train_curve_model.mistake(
    "Its weights have become nan or inf. Which part of `compile` decides how large a step is?",
    fault="nan_weights",
)
def learning_rate_too_large(x_curve, y_curve):
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.SGD(100.0), loss="mse")
    model.fit(x_curve, y_curve, epochs=9, verbose=0)
    return model


@train_curve_model.alternative
def functional(x_curve, y_curve):
    import keras

    keras.utils.set_random_seed(7)
    inputs = keras.Input((1,))
    x = keras.layers.Dense(32, activation="relu")(inputs)
    x = keras.layers.Dense(32, activation="relu")(x)
    model = keras.Model(inputs, keras.layers.Dense(1)(x))
    model.compile(keras.optimizers.Adam(0.01), keras.losses.mean_squared_error)
    model.fit(x_curve, y_curve, epochs=60, batch_size=20, verbose=0)
    return model


@train_curve_model.alternative
def activations_as_layers(x_curve, y_curve):
    import keras

    keras.utils.set_random_seed(8)
    model = keras.Sequential()
    for units in (30, 20):
        model.add(keras.layers.Dense(units))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(1))
    model.add(keras.layers.Activation("linear"))
    model.compile(loss=keras.losses.MeanSquaredError(), optimizer=keras.optimizers.Adam(0.02))
    model.fit(x_curve, y_curve[:, 0], epochs=50, verbose=0)
    return model


@train_curve_model.alternative
def by_operations(x_curve, y_curve):
    import keras

    keras.utils.set_random_seed(9)
    inputs = x = keras.Input((1,))
    for units in (24, 24, 12):
        x = keras.ops.maximum(keras.layers.Dense(units)(x), 0.0)
    outputs = keras.layers.Dense(1, name="score")(x)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Nadam(0.01), {"score": "mse"}, metrics=["mae"])
    model.fit(x_curve, y_curve, epochs=50, verbose=0)
    return model


@train_curve_model.alternative
def with_normalisation(x_curve, y_curve):
    import keras

    keras.utils.set_random_seed(10)
    scale = keras.layers.Normalization()
    scale.adapt(x_curve)
    model = keras.Sequential([keras.Input((1,)), scale])
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(32, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.02), "mean_squared_error")
    model.fit(x_curve, y_curve, validation_split=0.1, epochs=60, verbose=0)
    return model


@train_curve_model.alternative
def steps_that_shrink(x_curve, y_curve):
    import keras

    keras.utils.set_random_seed(11)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(40, activation=keras.ops.relu)])
    model.add(keras.layers.Dense(20, activation=keras.activations.relu))
    model.add(keras.layers.Dense(1, activation="linear"))
    steps = keras.optimizers.schedules.ExponentialDecay(0.02, 100, 0.8)
    model.compile(keras.optimizers.Adam(steps), keras.losses.MeanSquaredError())
    model.fit(x_curve, y_curve, epochs=60, verbose=0)
    return model
