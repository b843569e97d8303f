"""Exercise `binary_model`: layers of 25, 15 and 1 units, and a loss that fits the output."""

from utils.checking import Exercise, case
from utils.checking.keras_results import (
    Model,
    binary_loss_fits_output,
    has_units,
    hidden_is_not_linear,
    is_compiled,
    learns,
    takes,
)
from utils.exercises.losses.binary_model_otherwise import ALTERNATIVES
from utils.reference import losses as reference

UNITS = (25, 15, 1)


def draw(rng):
    """Another number of inputs each time."""
    yield case("another number of inputs", int(rng.integers(10, 60)))


binary_model = Exercise(
    id="binary_model",
    title="A model for yes or no",
    points=3,
    reference=reference.binary_model,
    returns=Model(
        (
            takes(lambda n: (n,), lambda n: 1),
            has_units(UNITS),
            is_compiled,
            hidden_is_not_linear,
            binary_loss_fits_output,
            learns,
        )
    ),
    seconds=60,  # the first `import keras` alone takes some
    begin=(
        "Begin with keras.Sequential: a keras.Input for n numbers, then one Dense layer for each "
        "of 25, 15 and 1."
    ),
    hints=(
        "Two things have to fit each other: what the last layer gives, a probability or a logit, "
        "and what the loss takes.",
        "keras.Sequential with keras.Input((n,)) and three Dense layers, the first two with an "
        "activation that bends. Then compile with an optimizer and a binary cross-entropy. "
        "Return the model, not what compile gives.",
        "Dense(25, activation=...), Dense(15, activation=...), Dense(1, activation='sigmoid'); "
        "then model.compile(optimizer='adam', loss=...). Which class in keras.losses is it, and "
        "does it need from_logits behind a sigmoid?",
    ),
    cases=[case("four inputs", 4), case("one input", 1)],
    draw=draw,
    alternatives=ALTERNATIVES,
    equivalent={
        "model.compile(optimizer='adam', loss=keras.losses.BinaryCrossentropy()) -> "
        "model.compile(loss=keras.losses.BinaryCrossentropy())": (
            "compile's own default, RMSprop, trains the model too"
        ),
    },
)


@binary_model.mistake(
    "The output is a sigmoid, and the loss has from_logits=True: it applies a second one. Which "
    "of the two should go?",
    fault="squashed_twice",
)
def sigmoid_and_from_logits(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))
    return model


@binary_model.mistake(
    "The output is linear, and the loss takes it for a probability. What tells the loss that it "
    "gets logits?",
    fault="logits_as_probabilities",
)
def linear_without_from_logits(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "A hidden layer is linear. What does chapter 2 say of a stack of linear layers? Name an "
    "activation for each of the two.",
    fault="hidden_linear",
)
def hidden_linear(n):
    import keras

    layers = keras.layers
    model = keras.Sequential([keras.Input((n,)), layers.Dense(25), layers.Dense(15)])
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.also("hidden_linear")
def one_hidden_linear(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "The model has not been compiled: it has no loss and no optimizer yet. Which method gives it "
    "both?",
    fault="not_compiled",
)
def not_compiled(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    return model


@binary_model.also("not_compiled")
def compiled_without_loss(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam")
    return model


@binary_model.mistake(
    "The model is not built: nothing tells it that there are n inputs. What stands first in a "
    "Sequential model that knows?",
    fault="not_built",
)
def without_input(n):
    import keras

    model = keras.Sequential([keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "The loss is not the binary cross-entropy. Which loss did this chapter build by hand for "
    "labels 0 and 1?",
    fault="other_loss",
)
def mean_squared_error(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="mse")
    return model


@binary_model.also("mean_squared_error")
def loss_for_several_classes(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return model


@binary_model.mistake(
    "The output is a softmax of a single unit: divided by itself, it is always 1. Which "
    "activation makes a probability of one number?",
    fault="softmax_of_one",
)
def softmax_of_one(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="softmax"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "The output is neither the last layer's sum nor one sigmoid of it. Which activation belongs to "
    "a yes or no, and how often?",
    fault="output_other",
)
def relu_output(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="relu"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.also("relu_output")
def tanh_output(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="tanh"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "It returns None: compile changes the model and gives nothing back. What should stand behind "
    "`return`?",
    fault="none",
)
def returns_what_compile_gives(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    return model.compile(optimizer="adam", loss="binary_crossentropy")


@binary_model.mistake(
    "The number of inputs does not follow n. Which argument of keras.Input should it be?",
    fault="inputs",
)
def inputs_written_out(n):
    import keras

    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "The output layer is missing: the last layer has 15 units. How many numbers does a yes or no "
    "take?"
)
def output_layer_missing(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "There are two outputs. One number is enough here: the probability of label 1. What is then "
    "the probability of label 0?"
)
def two_outputs(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(2, activation="softmax"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake("The hidden layers stand in the other order. Which of the two is first?")
def hidden_layers_swapped(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(15, activation="relu")])
    model.add(keras.layers.Dense(25, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "There is a further Dense layer before the one of 25 units. The n inputs are no layer: "
    "keras.Input stands for them."
)
def inputs_as_a_layer(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(n, activation="relu")])
    model.add(keras.layers.Dense(25, activation="relu"))
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "A layer is too many: the model is only its three Dense layers, with nothing but activations "
    "between them. Which one can go?",
    fault="between",
)
def dropout_between(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dropout(0.2))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@binary_model.mistake(
    "A step of training leaves a layer as it was. Is it frozen, is the learning rate 0, or do all "
    "weights start at 0?",
    fault="does_not_learn",
)
def learning_rate_of_zero(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="binary_crossentropy")
    return model


@binary_model.also("learning_rate_of_zero")
def frozen_layer(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(15, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.layers[0].trainable = False
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model
