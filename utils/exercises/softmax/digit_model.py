"""Exercise `digit_model`: ReLU hidden layers, K logits, and the loss that takes logits."""

from utils.checking import Exercise, case
from utils.checking.keras_models import steps_of
from utils.checking.keras_probes import is_activation
from utils.checking.keras_results import (
    Model,
    has_hidden_layer,
    hidden_is_relu,
    is_compiled,
    learns,
    output_is_linear,
    sparse_loss_takes_logits,
    takes,
)
from utils.checking.results import Fault
from utils.reference import softmax as reference


def slope_is_not_learnt(examined):
    """No PReLU: with its first values it can't be told from ReLU, and it does not stay one."""
    steps = steps_of(examined.model)
    activations = [getattr(step, "activation", None) for step in steps]
    if all(type(part).__name__ != "PReLU" for part in [*steps, *activations]):
        return None
    says = "A PReLU learns another slope below 0. ReLU is asked for."
    return Fault("property", "hidden_other", says)


def nothing_after_the_output(examined):
    """Behind the last Dense layer comes nothing but an activation or another shape."""
    steps = steps_of(examined.model)
    last = max(i for i, step in enumerate(steps) if step in examined.dense)
    for step in steps[last + 1 :]:
        kind = type(step).__name__
        if not is_activation(step) and kind not in ("Reshape", "Flatten"):
            says = f"Behind the output layer stands a {kind}, which changes the logits."
            return Fault("property", "after_output", says)
    return None


def draw(rng):
    """Other numbers of inputs and of classes each time."""
    yield case("other numbers of inputs and classes", *map(int, rng.integers((20, 4), (90, 12))))


digit_model = Exercise(
    id="digit_model",
    title="A model for ten digits",
    points=3,
    reference=reference.digit_model,
    returns=Model(
        (
            takes(lambda n, K: (n,), lambda n, K: K),
            is_compiled,
            has_hidden_layer,
            hidden_is_relu,
            slope_is_not_learnt,
            nothing_after_the_output,
            sparse_loss_takes_logits,
            output_is_linear,
            learns,
        )
    ),
    seconds=60,  # the first `import keras` alone takes some
    begin=(
        "Begin with keras.Sequential: a keras.Input for n numbers, a Dense layer with ReLU, and a "
        "Dense layer of K units."
    ),
    hints=(
        "The model gives logits, and the softmax moves into the loss. Which activation does the "
        "last layer have then?",
        "keras.Sequential with keras.Input((n,)), one or two Dense layers with ReLU, and a Dense "
        "layer of K units without activation. Compile it with an optimizer and a loss object that "
        "is told that it gets logits. Return the model.",
        "Dense(25, activation=...), Dense(K); then model.compile(optimizer='adam', loss="
        "keras.losses.SparseCategoricalCrossentropy(...)). Which argument of the loss says that "
        "no softmax has been there yet?",
    ),
    cases=[case("four inputs, three classes", 4, 3), case("ten classes", 12, 10)],
    hidden=[case("two inputs, two classes", 2, 2)],
    draw=draw,
    equivalent={
        "[keras.Input((n,)), keras.layers.Dense(25, activation='relu'), "
        "keras.layers.Dense(15, activation='relu'), keras.layers.Dense(K)] -> "
        "[keras.Input((n,)), keras.layers.Dense(15, activation='relu'), keras.layers.Dense(K)]": (
            "one hidden layer is enough"
        ),
        "[keras.Input((n,)), keras.layers.Dense(25, activation='relu'), "
        "keras.layers.Dense(15, activation='relu'), keras.layers.Dense(K)] -> "
        "[keras.Input((n,)), keras.layers.Dense(25, activation='relu'), keras.layers.Dense(K)]": (
            "one hidden layer is enough"
        ),
        "25 -> 26": "the hidden layers have any number of units",
        "25 -> 24": "the hidden layers have any number of units",
        "15 -> 16": "the hidden layers have any number of units",
        "15 -> 14": "the hidden layers have any number of units",
        "model.compile(optimizer='adam', loss=loss) -> model.compile(loss=loss)": (
            "compile's own default, RMSprop, trains the model too"
        ),
    },
)


def _mistake(says, fault):
    return digit_model.mistake(says, fault=fault)


@_mistake(
    "The output is squashed already, and the loss has from_logits=True: it applies a softmax of "
    "its own. Which of the two should go?",
    "squashed_twice",
)
def softmax_and_from_logits(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K, activation="softmax"))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@digit_model.also("softmax_and_from_logits")
def softmax_layer_and_from_logits(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K))
    model.add(keras.layers.Softmax())
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "The output is linear, and the loss takes it for probabilities. What tells the loss that it "
    "gets logits?",
    "logits_as_probabilities",
)
def linear_without_from_logits(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@_mistake(
    "The softmax stands in the model, and the loss takes probabilities. They agree, but the model "
    "should give logits: what does the chapter say of the probability in between?",
    "output_sigmoid",
)
def softmax_in_the_model(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@_mistake(
    "It has another loss. The labels are whole numbers, one of K classes: which cross-entropy "
    "takes them as they are?",
    "other_loss",
)
def one_hot_loss(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
    return model


@digit_model.also("one_hot_loss")
def binary_loss(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    return model


@digit_model.also("one_hot_loss")
def squared_error(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K))
    model.compile("adam", "mse")
    return model


@_mistake(
    "A hidden layer has no activation, so it is linear. What does chapter 2 say of a stack of "
    "linear layers?",
    "hidden_linear",
)
def hidden_linear(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25), keras.layers.Dense(K)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "A hidden layer has another activation than ReLU. Which word for `activation` makes it one?",
    "hidden_other",
)
def another_activation(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="sigmoid")])
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It has no hidden layer: this is softmax regression. Put a Dense layer with ReLU before the "
    "last.",
    "no_hidden",
)
def no_hidden_layer(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(K)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "The output goes through an activation that bends or cuts its numbers. Logits go from far "
    "below 0 to far above: which activation leaves them as they are?",
    "output_other",
)
def output_bent(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K, activation="relu"))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "Its output has another number of units than there are classes. How many logits does one "
    "example need?",
    "outputs",
)
def one_output(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(1))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It is built, and not compiled: it has no loss yet. Which method gives it one?",
    "not_compiled",
)
def not_compiled(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K))
    return model


@_mistake(
    "It does not know how many inputs it gets, so it has no weights yet. What comes first in "
    "keras.Sequential?",
    "not_built",
)
def without_an_input(n, K):
    import keras

    model = keras.Sequential([keras.layers.Dense(25, activation="relu"), keras.layers.Dense(K)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "Behind the output layer stands another layer that changes the logits. Dropout and "
    "normalisation belong between the hidden layers.",
    "after_output",
)
def dropout_of_the_logits(n, K):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(25, activation="relu")])
    model.add(keras.layers.Dense(K))
    model.add(keras.layers.Dropout(0.2))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@digit_model.alternative
def functional(n, K):
    import keras

    inputs = keras.Input(shape=(n,))
    hidden = keras.layers.Dense(64, activation="relu")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(K, activation="linear")(hidden))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss=loss, metrics=["accuracy"])
    return model


@digit_model.alternative
def one_hidden_layer_twice(n, K):
    import keras

    again = keras.layers.Dense(16, activation="relu")
    inputs = keras.Input((n,))
    hidden = again(again(keras.layers.Dense(16, activation="relu")(inputs)))
    model = keras.Model(inputs, keras.layers.Dense(K)(hidden))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@digit_model.alternative
def with_dropout_and_rescaling(n, K):
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input((n,)), layers.Rescaling(1 / 255)])
    for units in (32, 16, 8):
        model.add(layers.Dense(units))
        model.add(layers.ReLU())
        model.add(layers.Dropout(0.3))
    model.add(layers.Dense(K))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("rmsprop", loss, metrics=["accuracy"])
    return model


@digit_model.alternative
def normalised(n, K):
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input((n,)), layers.Normalization()])
    model.add(layers.Dense(20, use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.Activation("relu"))
    model.add(layers.Dense(20, activation=keras.activations.relu))
    model.add(layers.LayerNormalization())
    model.add(layers.Dense(K, use_bias=False))
    model.add(layers.Activation("linear"))
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@digit_model.alternative
def by_operations(n, K):
    import keras

    inputs = keras.Input((n,))
    x = keras.ops.relu(keras.layers.Dense(12)(inputs))
    x = keras.ops.maximum(keras.layers.Dense(12)(x), 0.0)
    model = keras.Model(inputs, keras.layers.Dense(K)(x))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@digit_model.alternative
def nested_and_regularised(n, K):
    import keras
    from keras import layers

    penalty = keras.regularizers.L2(0.01)
    body = keras.Sequential([layers.Dense(25, "relu", kernel_regularizer=penalty)])
    model = keras.Sequential([keras.Input((n,)), body, layers.Dense(K)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, name="cost")
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.01, 100)), loss)
    return model
