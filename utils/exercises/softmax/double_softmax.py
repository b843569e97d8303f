"""Exercise `double_softmax`: whether the loss expects what the output layer gives."""

from utils.checking import Exercise, Number, Property, case
from utils.exercises.softmax.models import compiled, left_alone, pairs
from utils.reference import softmax as reference


def draw(rng):
    """Outputs and losses that fit one another in every way of writing them."""
    fitting = pairs()
    for i in rng.choice(len(fitting), size=8, replace=False):
        hidden = str(rng.choice(["relu", "tanh", "sigmoid", "softmax"]))
        yield case(
            "a random model", compiled(*fitting[i], hidden=hidden, functional=rng.random() < 0.5)
        )


double_softmax = Exercise(
    id="double_softmax",
    title="Find the bug in somebody's model",
    points=3,
    reference=reference.double_softmax,
    returns=Number(dtype="bool"),
    seconds=60,  # the first `import keras` alone takes some
    begin=(
        "Begin with two questions to the model: does its loss expect logits, and does its output "
        "give logits? Print `model.loss` and `model.layers` of a small model of yours."
    ),
    hints=(
        "A softmax or sigmoid output gives probabilities, a linear one logits. The loss expects "
        "one or the other. When do the two agree?",
        "Find out `expects_logits`: a loss object has `from_logits`, and a string stands for a "
        "loss that does not expect them. Find out `gives_probabilities` at the end of the model, "
        "whether it is written as an argument, as Activation or as Softmax. Then compare.",
        "loss = model.loss; expects_logits = not isinstance(loss, str) and ...; last = "
        "model.layers[-1]; a Softmax layer has no `activation`, other layers have one, with a "
        "`__name__`. Which combinations of the two answers are the bug?",
    ),
    cases=[
        case("softmax, the loss by name",
             compiled("Dense(3, 'softmax')", "'sparse_categorical_crossentropy'")),
        case("softmax, and a loss that takes logits",
             compiled("Dense(3, 'softmax')", "SparseCategoricalCrossentropy(from_logits=True)")),
        case("linear, and a loss that takes logits",
             compiled("Dense(3)", "SparseCategoricalCrossentropy(from_logits=True)")),
        case("linear, the loss by name",
             compiled("Dense(3)", "'categorical_crossentropy'")),
        case("sigmoid, and a loss that takes logits",
             compiled("Dense(1, 'sigmoid')", "BinaryCrossentropy(from_logits=True)")),
        case("linear, and a loss that takes probabilities",
             compiled("Dense(1)", "BinaryCrossentropy()")),
        case("a Softmax layer", compiled("Dense(3), Softmax()", "CategoricalCrossentropy()")),
        case("an Activation layer",
             compiled("Dense(3), Activation('softmax')", "'sparse_categorical_crossentropy'")),
        case("an Activation layer that is linear",
             compiled("Dense(1), Activation('linear')", "BinaryCrossentropy(from_logits=True)")),
        case("a softmax that is not the output",
             compiled("Dense(3)", "CategoricalCrossentropy(from_logits=True)", hidden="softmax")),
    ],
    hidden=[
        case("a Softmax layer, and a loss that takes logits",
             compiled("Dense(3), Softmax()", "SparseCategoricalCrossentropy(from_logits=True)")),
        case("a Softmax layer, functional",
             compiled("Dense(3), Softmax()", "'categorical_crossentropy'", functional=True)),
        case("an Activation layer, and a loss that takes logits",
             compiled("Dense(3), Activation('softmax')",
                      "CategoricalCrossentropy(from_logits=True)")),
        case("a sigmoid as a layer, and a loss that takes logits",
             compiled("Dense(1), Activation('sigmoid')", "BinaryCrossentropy(from_logits=True)")),
        case("a sigmoid as a layer, the loss by name",
             compiled("Dense(1), Activation('sigmoid')", "'binary_crossentropy'",
                      functional=True)),
        case("a sigmoid that is not the output",
             compiled("Dense(1, 'linear')", "'binary_crossentropy'", hidden="sigmoid")),
        case("a linear layer, the loss by name",
             compiled("Dense(3), Activation('linear')", "'sparse_categorical_crossentropy'",
                      functional=True)),
        case("one sigmoid a class", compiled("Dense(3, 'sigmoid')", "BinaryCrossentropy()")),
        case("linear, categorical",
             compiled("Dense(3, 'linear')", "CategoricalCrossentropy()", functional=True)),
        case("linear, without biases",
             compiled("Dense(3)", "'sparse_categorical_crossentropy'", biases=False)),
    ],
    draw=draw,
    properties=[
        Property(
            "changes_model",
            "It changes the model that it is given. Whoever called it still needs that: look at "
            "the model, and leave its layers, weights and loss as they are.",
            left_alone,
        )
    ],
    equivalent={
        "(keras.activations.sigmoid, keras.activations.softmax) -> "
        "(keras.activations.softmax, keras.activations.sigmoid)": "their order does not matter",
    },
)  # fmt: skip


@double_softmax.mistake(
    "It is True where the model is right, and False where it has the bug. Which of the two is "
    "asked for?"
)
def inverted(model):
    last, loss = model.layers[-1], model.loss
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    expects_logits = not isinstance(loss, str) and loss.from_logits
    return (name in ("sigmoid", "softmax")) != expects_logits


@double_softmax.mistake(
    "It finds the second softmax, but not the missing one: what does a loss that expects "
    "probabilities make of a linear output?"
)
def second_softmax_only(model):
    last, loss = model.layers[-1], model.loss
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    expects_logits = not isinstance(loss, str) and loss.from_logits
    return name in ("sigmoid", "softmax") and expects_logits


@double_softmax.mistake(
    "It finds a linear output whose loss expects probabilities, but not the other way round: what "
    "happens to probabilities in a loss with from_logits=True?"
)
def missing_softmax_only(model):
    last, loss = model.layers[-1], model.loss
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    expects_logits = not isinstance(loss, str) and loss.from_logits
    return name not in ("sigmoid", "softmax") and not expects_logits


@double_softmax.mistake(
    "Yours looks at the loss alone. from_logits=True is right for some outputs: for which?"
)
def loss_alone(model):
    return not isinstance(model.loss, str) and model.loss.from_logits


@double_softmax.mistake(
    "Yours looks at the output alone. A softmax there is right for some losses: for which?"
)
def output_alone(model):
    last = model.layers[-1]
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return name in ("sigmoid", "softmax")


@double_softmax.mistake(
    "A loss given by its name is a string, and a string has no `from_logits`. Does the loss that "
    "the name stands for expect logits?"
)
def string_asked_for_from_logits(model):
    last = model.layers[-1]
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return (name in ("sigmoid", "softmax")) == model.loss.from_logits


@double_softmax.also("string_asked_for_from_logits")
def string_asked_for_its_config(model):
    last = model.layers[-1]
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return (name in ("sigmoid", "softmax")) == model.loss.get_config()["from_logits"]


@double_softmax.mistake(
    "It takes a loss given by its name for one that expects logits. Which value does from_logits "
    "have when nobody sets it?"
)
def string_taken_for_logits(model):
    last, loss = model.layers[-1], model.loss
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return (name in ("sigmoid", "softmax")) == (isinstance(loss, str) or loss.from_logits)


@double_softmax.mistake(
    "It takes every loss object for one that expects logits. Only `from_logits` tells: which "
    "value has it in `BinaryCrossentropy()`?"
)
def object_taken_for_logits(model):
    last = model.layers[-1]
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return (name in ("sigmoid", "softmax")) == (not isinstance(model.loss, str))


@double_softmax.mistake(
    "The softmax is found, and the sigmoid is not. Which of the two belongs to a binary "
    "cross-entropy?"
)
def sigmoid_forgotten(model):
    last, loss = model.layers[-1], model.loss
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return (name == "softmax") == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake(
    "A model may end in a layer `Softmax()`. That layer has no `activation`, and it squashes all "
    "the same. How can you tell that a layer is one?"
)
def softmax_layer_forgotten(model):
    loss = model.loss
    activation = getattr(model.layers[-1], "activation", None)
    squashes = activation is not None and activation.__name__ in ("sigmoid", "softmax")
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.also("softmax_layer_forgotten")
def softmax_layer_asked_for_its_activation(model):
    loss = model.loss
    squashes = model.layers[-1].activation.__name__ in ("sigmoid", "softmax")
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.also("softmax_layer_forgotten")
def softmax_layer_without_a_config(model):
    loss = model.loss
    squashes = model.layers[-1].get_config()["activation"] in ("sigmoid", "softmax")
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake(
    "Yours sees an activation that is an argument of Dense. The same softmax may stand behind it "
    "as a layer of its own: what is the last thing that happens to the numbers?"
)
def argument_only(model):
    loss = model.loss
    dense = [layer for layer in model.layers if type(layer).__name__ == "Dense"][-1]
    squashes = dense.activation.__name__ in ("sigmoid", "softmax")
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake(
    "Yours finds a softmax anywhere in the model. Only the one at the output matters to the loss."
)
def softmax_anywhere(model):
    loss, names = model.loss, []
    for layer in model.layers:
        activation = getattr(layer, "activation", None)
        names.append(type(layer).__name__.lower() if activation is None else activation.__name__)
    squashes = "sigmoid" in names or "softmax" in names
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake(
    "Yours looks at the first layer. Which layer hands its numbers to the loss?"
)
def first_layer(model):
    loss = model.loss
    squashes = model.layers[0].activation.__name__ in ("sigmoid", "softmax")
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake(
    "In yours the output layer has no say. If it compares `layer.activation` with a string: that "
    "is a function, and never equals one. What of the function does?"
)
def function_compared_with_string(model):
    last, loss = model.layers[-1], model.loss
    activation = getattr(last, "activation", None)
    squashes = activation in ("sigmoid", "softmax") or type(last).__name__ == "Softmax"
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.also("function_compared_with_string")
def function_compared_and_no_softmax_layer(model):
    loss = model.loss
    squashes = getattr(model.layers[-1], "activation", None) in ("sigmoid", "softmax")
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake(
    "A layer's name is free: anybody can call a layer as they like, and Dense(3, 'softmax') is "
    "called dense. What of the layer tells which activation it has?"
)
def by_the_name_of_the_layer(model):
    last, loss = model.layers[-1], model.loss
    squashes = type(last).__name__ in ("Softmax", "Activation")
    return squashes == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake(
    "The binary cross-entropy is left out: it too has `from_logits`, and a sigmoid before it."
)
def binary_forgotten(model):
    last, loss = model.layers[-1], model.loss
    if "binary" in (loss if isinstance(loss, str) else loss.name):
        return False
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return (name == "softmax") == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.also("binary_forgotten")
def sparse_and_categorical_only(model):
    last, loss = model.layers[-1], model.loss
    if "categorical" not in (loss if isinstance(loss, str) else loss.name):
        return False
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    return (name in ("sigmoid", "softmax")) == (not isinstance(loss, str) and loss.from_logits)


@double_softmax.mistake("It is always True. Which models are all right as they are?")
def always_true(model):
    return True


@double_softmax.mistake("It is always False. Which models have the bug?")
def always_false(model):
    return False


@double_softmax.alternative
def last_layer_by_name(model):
    last, loss = model.layers[-1], model.loss
    activation = getattr(last, "activation", None)
    name = type(last).__name__.lower() if activation is None else activation.__name__
    expects_logits = not isinstance(loss, str) and loss.from_logits
    return (name in ("sigmoid", "softmax")) == expects_logits


@double_softmax.alternative
def by_config(model):
    import keras

    last = model.layers[-1]
    activation = last.get_config().get("activation", "softmax")
    loss = keras.losses.get(model.loss)
    config = loss.get_config() if hasattr(loss, "get_config") else {}
    if activation == "linear":
        return not config.get("from_logits", False)
    return config.get("from_logits", False)


@double_softmax.alternative
def by_classes(model):
    from keras import activations, layers

    match model.layers[-1]:
        case layers.Softmax():
            squashes = True
        case layers.Dense(activation=f) | layers.Activation(activation=f):
            squashes = f is activations.softmax or f is activations.sigmoid
        case _:
            squashes = False
    if isinstance(model.loss, str):
        return not squashes
    return squashes is model.loss.from_logits


@double_softmax.alternative
def by_what_comes_out(model):
    import keras
    import numpy as np

    twin = keras.models.clone_model(model)
    twin.set_weights([100 * w for w in model.get_weights()])
    X = np.random.default_rng(0).normal(size=(50, *model.input_shape[1:]))
    out = np.asarray(twin(X))
    gives_probabilities = out.min() >= 0 and out.max() <= 1
    return np.bool_(gives_probabilities == getattr(model.loss, "from_logits", False))


@double_softmax.alternative
def by_the_loss_of_a_sure_answer(model):
    import keras
    import numpy as np

    loss = keras.losses.get(model.loss)
    if "sparse" in str(getattr(loss, "name", model.loss)):
        value = loss(np.array([0]), np.array([[1.0, 0.0, 0.0]]))
    else:
        value = loss(np.array([[1.0, 0.0, 0.0]]), np.array([[1.0, 0.0, 0.0]]))
    expects_logits = float(np.mean(value)) > 0.1
    last = model.layers[-1]
    text = str(last.get_config().get("activation", "softmax"))
    return ("softmax" in text or "sigmoid" in text) == expects_logits


@double_softmax.alternative
def as_a_number_without_dimensions(model):
    import numpy as np

    last = model.layers[-1]
    linear = hasattr(last, "activation") and last.activation.__name__ == "linear"
    logits = hasattr(model.loss, "from_logits") and model.loss.from_logits
    return np.array(linear != logits)
