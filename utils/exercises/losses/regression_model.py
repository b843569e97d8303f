"""Exercise `regression_model`: one linear output unit and the mean squared error."""

from utils.checking import Exercise, case
from utils.checking.keras_results import (
    Model,
    is_compiled,
    learns,
    mean_squared_error,
    output_is_certain,
    output_is_linear,
    takes,
)
from utils.reference import losses as reference


def draw(rng):
    """Another number of inputs each time."""
    yield case("another number of inputs", int(rng.integers(10, 60)))


regression_model = Exercise(
    id="regression_model",
    title="A model for a number",
    points=None,
    reference=reference.regression_model,
    returns=Model(
        (
            takes(lambda n: (n,), lambda n: 1),
            is_compiled,
            output_is_linear,
            output_is_certain,
            mean_squared_error,
            learns,
        )
    ),
    seconds=60,  # the first `import keras` alone takes some
    begin=(
        "Begin with keras.Sequential: a keras.Input for n numbers, a hidden layer, and one unit "
        "for the number that is predicted."
    ),
    hints=(
        "A predicted number may be negative, or 1000. Which activations could not give it?",
        "keras.Sequential with keras.Input((n,)), a hidden Dense layer of your choice, and one "
        "linear unit. Then compile with an optimizer and the loss for numbers, and return the "
        "model.",
        "The last layer is Dense(1) without an activation; then model.compile(optimizer='adam', "
        "loss=...). Which class in keras.losses did choose_loss('regression') name?",
    ),
    cases=[case("four inputs", 4), case("one input", 1)],
    draw=draw,
    equivalent={
        "[keras.Input((n,)), keras.layers.Dense(16, activation='relu'), keras.layers.Dense(1)] -> "
        "[keras.Input((n,)), keras.layers.Dense(1)]": "hidden layers are free: none will do",
        "keras.layers.Dense(16, activation='relu') -> keras.layers.Dense(16)": (
            "hidden layers are free: a linear one will do"
        ),
        "16 -> 17": "hidden layers are free",
        "16 -> 15": "hidden layers are free",
        "model.compile(optimizer='adam', loss=keras.losses.MeanSquaredError()) -> "
        "model.compile(loss=keras.losses.MeanSquaredError())": (
            "compile's own default, RMSprop, trains the model too"
        ),
    },
)


@regression_model.mistake(
    "The output is a sigmoid, so every prediction lies between 0 and 1. Which numbers does a "
    "regression have to reach?",
    fault="output_sigmoid",
)
def sigmoid_output(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.mistake(
    "The output is not linear, so some numbers can never come out. Which activation leaves "
    "the last layer's sum as it is?",
    fault="output_not_linear",
)
def relu_output(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1, activation="relu"))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.also("relu_output")
def softplus_output(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1, activation="softplus"))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.also("relu_output")
def tanh_output(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1, activation="tanh"))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.mistake(
    "Dropout stands behind the output layer: in training it strikes out the output "
    "itself. Behind which layers does it belong?",
    fault="random_output",
)
def dropout_of_the_output(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.add(keras.layers.Dropout(0.5))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.mistake(
    "The loss is not the mean squared error. Which name did choose_loss give for 'regression'?",
    fault="other_loss",
)
def binary_loss(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


@regression_model.also("binary_loss")
def mean_absolute_error(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="mae")
    return model


@regression_model.also("binary_loss")
def squared_logarithms(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="mean_squared_logarithmic_error")
    return model


@regression_model.also("binary_loss")
def huber(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss=keras.losses.Huber())
    return model


@regression_model.mistake(
    "The model has not been compiled: it has no loss and no optimizer yet. Which method gives "
    "it both?",
    fault="not_compiled",
)
def not_compiled(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    return model


@regression_model.also("not_compiled")
def compiled_without_loss(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam")
    return model


@regression_model.mistake(
    "The model is not built: nothing tells it that there are n inputs. What stands first in a "
    "Sequential model that knows?",
    fault="not_built",
)
def without_input(n):
    import keras

    model = keras.Sequential([keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.mistake(
    "It returns None: compile changes the model and gives nothing back. What should stand "
    "behind `return`?",
    fault="none",
)
def returns_what_compile_gives(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    return model.compile(optimizer="adam", loss="mean_squared_error")


@regression_model.mistake(
    "The number of inputs does not follow n. Which argument of keras.Input should it be?",
    fault="inputs",
)
def inputs_written_out(n):
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.mistake(
    "The output layer should have one unit: one number is predicted for each example.",
    fault="outputs",
)
def output_layer_missing(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.also("output_layer_missing")
def one_output_for_each_input(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(n + 1))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.mistake(
    "A step of training leaves a layer as it was. Is it frozen, is the learning rate 0, or do all "
    "weights start at 0?",
    fault="does_not_learn",
)
def frozen(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(16, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.trainable = False
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


@regression_model.alternative
def no_hidden_layer(n):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(1, activation="linear")])
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss="mse")
    return model


@regression_model.alternative
def functional(n):
    import keras

    inputs = keras.Input((n,))
    x = keras.layers.Dense(8, activation="tanh")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Dropout(0.1)(x)))
    model.compile("adam", keras.losses.mean_squared_error, metrics=["mae"])
    return model


@regression_model.alternative
def wide_and_deep(n):
    import keras

    inputs = keras.Input((n,))
    x = keras.layers.Dense(32, activation="relu")(keras.layers.BatchNormalization()(inputs))
    x = keras.layers.concatenate([inputs, x])
    model = keras.Model(inputs, keras.layers.Dense(1)(x))
    model.compile(loss=keras.losses.MeanSquaredError())
    return model


@regression_model.alternative
def built_afterwards(n):
    import keras

    model = keras.Sequential()
    for units in (64, 32, 16):
        model.add(keras.layers.Dense(units))
        model.add(keras.layers.LeakyReLU())
    model.add(keras.layers.Dense(1))
    model.add(keras.layers.Activation("linear"))
    model.build((None, n))
    model.compile("rmsprop", ["mean_squared_error"])
    return model


@regression_model.alternative
def activation_by_an_operation(n):
    import keras

    inputs = keras.Input((n,))
    hidden = keras.ops.silu(keras.layers.Dense(20)(inputs))
    outputs = keras.layers.Dense(1, name="score")(hidden)
    model = keras.Model(inputs, outputs)
    model.compile("nadam", {"score": "mse"})
    return model
