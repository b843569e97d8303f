"""Exercise `keras_twin`: the same layers in NumPy and in Keras, with the same outputs."""

import numpy as np

from utils.checking import Exercise, case
from utils.checking.keras_results import Examined, Model, computes, takes
from utils.checking.results import Fault
from utils.exercises.losses.keras_twin_otherwise import ALTERNATIVES
from utils.reference import losses as reference

ACTIVATIONS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "linear": lambda z: z,
}


def stacked(X, layers):
    """What `dense_batch` gives, layer after layer."""
    for W, b, name in layers:
        X = ACTIVATIONS[name](X @ W + b)
    return X


_same_outputs = computes(stacked, rtol=1e-5, atol=1e-5)


def same_outputs(examined: Examined):
    """The outputs are those of the stack; if not, whether the values were ever copied."""
    fault = _same_outputs(examined)
    if fault is None:
        return None
    layers = examined.args[0]
    kernels = sum(_is_held(W, examined.record.weights) for W, _, _ in layers)
    if kernels == 0:
        says = "No W is in the model as it was given. Does the model keep its own random ones?"
        return Fault("value", "no_weights", says, fault.detail, fault.evidence)
    if kernels < len(layers):
        says = "Only some of the given W are in the model. Does every layer get its own?"
        return Fault("value", "some_weights", says, fault.detail, fault.evidence)
    if not all(_is_held(b, examined.record.weights) for _, b, _ in layers if np.any(b)):
        says = "Every W is in the model, but not every b. What else does a layer hold?"
        return Fault("value", "no_biases", says, fault.detail, fault.evidence)
    return fault


def _is_held(array, weights):
    return any(w.shape == array.shape and np.allclose(w, array, atol=1e-6) for w in weights)


def _layer(rng, n, u, name):
    """Weights that float32 holds exactly, of a size that keeps the outputs of order 1."""
    W = np.round(rng.normal(size=(n, u)) / np.sqrt(n) * 64) / 64
    return W, np.round(rng.normal(size=u) * 32) / 64, name


def draw(rng):
    """Stacks of other depths, widths and activations."""
    for depth in (2, 4):
        widths = rng.permutation(np.arange(2, 9))[: depth + 1]
        names = rng.permutation(list(ACTIVATIONS))
        yield case(
            "a random stack",
            [
                _layer(rng, int(n), int(u), str(name))
                for n, u, name in zip(widths, widths[1:], names, strict=False)
            ],
        )


W1, B1 = np.array([[0.5, -1.0, 0.75], [1.0, 0.25, -0.5]]), np.array([-0.5, 0.25, 1.0])
W2, B2 = np.array([[1.0], [-0.5], [0.75]]), np.array([0.5])
SQUARE, B3 = np.array([[1.0, 0.5], [-0.75, 0.25]]), np.array([0.25, -1.0])
OTHER = np.array([[-0.5, 1.0], [0.25, 0.75]])

keras_twin = Exercise(
    id="keras_twin",
    title="The same network in Keras",
    points=3,
    reference=reference.keras_twin,
    returns=Model(
        (
            takes(lambda layers: layers[0][0].shape[:1], lambda layers: layers[-1][0].shape[1]),
            same_outputs,
        )
    ),
    seconds=60,  # the first `import keras` alone takes some
    begin=(
        "Begin with a keras.Sequential that has only a keras.Input: how many numbers go into the "
        "first W? Then add one Dense layer for each (W, b, name)."
    ),
    hints=(
        "A Dense layer makes its own random weights as soon as it knows its input. Yours have to "
        "take their place, afterwards.",
        "For each (W, b, name): a Dense layer with as many units as W has columns and with the "
        "activation of that name. Add it to the model, then hand it W and b with set_weights.",
        "layer = keras.layers.Dense(W.shape[1], activation=name); model.add(layer); then "
        "layer.set_weights([...]). In which order does a Dense layer hold its two arrays?",
    ),
    cases=[
        case("two layers", [(W1, B1, "relu"), (W2, B2, "sigmoid")]),
        case("one layer", [(W1, B1, "sigmoid")]),
        case("as many units as inputs", [(SQUARE, B3, "tanh"), (OTHER, B1[1:], "linear")]),
        case("three layers", [(W1, B1, "tanh"), (W2, B2, "linear"), (W1[:1], B1, "relu")]),
    ],
    hidden=[
        case("one input, one unit", [(np.array([[-0.5]]), np.array([1.0]), "relu")]),
        case("whole numbers", [(np.array([[1, -1], [0, 1]]), np.array([0, 1]), "tanh"),
                               (np.array([[1], [-1]]), np.array([0]), "linear")]),
        case("no bias", [(W1, np.zeros(3), "sigmoid"), (W2, np.zeros(1), "linear")]),
        case("deep", [(SQUARE, B3, name) for name in ("tanh", "relu", "sigmoid", "tanh") * 2]),
        case("columns stored one after the other",
             [(np.asfortranarray(W1), B1, "linear"), (W2, B2, "tanh")]),
    ],
    draw=draw,
    alternatives=ALTERNATIVES,
    equivalent={"1 -> -1": "W has two dimensions: the last one is dimension 1"},
)  # fmt: skip


@keras_twin.mistake(
    "Unit j should get column j of W, and yours gets row j. Does the W of a Dense layer "
    "have to be turned at all?",
)
def rows_for_columns(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[1],))])
    for W, b, name in layers:
        layer = keras.layers.Dense(W.shape[0], activation=name)
        model.add(layer)
        layer.set_weights([W.T, b[: W.shape[0]]])
    return model


@keras_twin.also("rows_for_columns")
def turned_kernel(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        model.add(layer)
        layer.set_weights([W.T.reshape(W.shape), b])
    return model


@keras_twin.mistake(
    "The last layer is missing. How often does the loop run?",
)
def last_layer_skipped(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, name in layers[:-1]:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        model.add(layer)
        layer.set_weights([W, b])
    return model


@keras_twin.mistake(
    "The activations are missing: every layer is linear. What is the third entry of each "
    "layer for?",
)
def activations_forgotten(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, _name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=None)
        model.add(layer)
        layer.set_weights([W, b])
    return model


@keras_twin.mistake(
    "Every layer gets the activation of the first. Whose name belongs to a layer?",
)
def first_activation_everywhere(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, _name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=layers[0][2])
        model.add(layer)
        layer.set_weights([W, b])
    return model


@keras_twin.mistake(
    "Every layer gets the activation of the last. Whose name belongs to a layer?",
)
def last_activation_everywhere(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, _name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=layers[-1][2])
        model.add(layer)
        layer.set_weights([W, b])
    return model


@keras_twin.mistake(
    "Every layer is a ReLU, whatever its name says. What should `activation` be?",
)
def always_relu(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, _name in layers:
        layer = keras.layers.Dense(W.shape[1], activation="relu")
        model.add(layer)
        layer.set_weights([W, b])
    return model


@keras_twin.mistake(
    "Every layer is a sigmoid, whatever its name says. What should `activation` be?",
)
def always_sigmoid(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, _name in layers:
        layer = keras.layers.Dense(W.shape[1], activation="sigmoid")
        model.add(layer)
        layer.set_weights([W, b])
    return model


@keras_twin.mistake(
    "The last layer has lost its activation. Its name counts as those of the others do.",
)
def linear_output(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for i, (W, b, name) in enumerate(layers):
        last = i == len(layers) - 1
        layer = keras.layers.Dense(W.shape[1], activation=None if last else name)
        model.add(layer)
        layer.set_weights([W, b])
    return model


@keras_twin.mistake(
    "The biases are subtracted where they should be added. Which sign do they need?",
)
def biases_negative(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        model.add(layer)
        layer.set_weights([W, -b])
    return model


@keras_twin.mistake(
    "The layers have no weights yet when set_weights is called. What does a Dense layer "
    "have to know before it can make them?",
)
def set_before_it_is_built(layers):
    import keras

    model = keras.Sequential()
    for W, b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        layer.set_weights([W, b])
        model.add(layer)
    return model


@keras_twin.mistake(
    "The model keeps its own random weights. Which method of a layer puts W and b in their place?",
    fault="no_weights",
)
def weights_never_set(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, _b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        model.add(layer)
    return model


@keras_twin.mistake(
    "Only some of the layers get their W. Does set_weights stand inside the loop?",
    fault="some_weights",
)
def only_the_first_set(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, _b, name in layers:
        model.add(keras.layers.Dense(W.shape[1], activation=name))
    model.layers[0].set_weights(list(layers[0][:2]))
    return model


@keras_twin.mistake(
    "Every W is there, and the biases are still 0. What are the two arrays that a Dense "
    "layer holds?",
    fault="no_biases",
)
def biases_left_at_zero(layers):
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        model.add(layer)
        layer.set_weights([W, np.zeros_like(b)])
    return model


@keras_twin.also("biases_left_at_zero")
def without_biases(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, _b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name, use_bias=False)
        model.add(layer)
        layer.set_weights([W])
    return model


@keras_twin.mistake(
    "The model is not built: nothing tells it how many numbers come in, so its layers have "
    "no weights. What stands first in a Sequential model that knows?",
    fault="not_built",
)
def without_input(layers):
    import keras

    model = keras.Sequential()
    for W, _b, name in layers:
        model.add(keras.layers.Dense(W.shape[1], activation=name))
    return model


@keras_twin.mistake(
    "It returns the layers, one by one. What puts them into one model?",
    fault="no_model",
)
def layers_without_a_model(layers):
    import keras

    made = []
    for W, _b, name in layers:
        made.append(keras.layers.Dense(W.shape[1], activation=name))
    return made


@keras_twin.mistake(
    "It returns None. Is the `return` missing, behind the loop?",
    fault="none",
)
def return_forgotten(layers):
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        model.add(layer)
        layer.set_weights([W, b])
