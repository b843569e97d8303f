"""Exercise `regularised_model`: an L2 penalty on every kernel and on no bias."""

import numpy as np

from utils.checking import Exercise, case
from utils.checking import keras_models as km
from utils.checking.keras_results import Model, is_compiled
from utils.checking.results import Fault
from utils.exercises.bias_variance.regularised_model_otherwise import ALTERNATIVES
from utils.reference import bias_variance as reference


def takes_n(examined):
    """It is fed n numbers."""
    came, wanted = examined.model.input_shape, examined.args[0]
    if isinstance(came, list):
        return Fault("shape", "several", "It has several inputs. One of n numbers is enough.")
    if tuple(came[1:]) == (wanted,):
        return None
    says = "It takes another number of inputs than asked for."
    return Fault("shape", "inputs", says, f"Expected {(wanted,)}, got {tuple(came[1:])}.")


def penalty(model):
    """What the model itself adds to its loss, with the weights that it has."""
    return float(sum(float(np.sum(loss)) for loss in model.losses))


def penalties(examined):
    """Of each weight the layer, its name, and what is added for it alone, at three values.

    The values are small, large and negative numbers: a penalty of another kind agrees on one of
    them at most.
    """
    model, rng = examined.model, examined.rng
    model.set_weights([np.zeros(w.shape) for w in model.get_weights()])
    for layer in examined.layers:
        for weight in layer.weights:
            found = []
            for size in (0.5, 2, -3):
                value = size * rng.uniform(0.5, 1.5, size=weight.shape)
                weight.assign(value)
                found.append((penalty(model), float(np.sum(value**2))))
            weight.assign(np.zeros(weight.shape))
            yield layer, weight.name, found


def kernels_are_penalised(examined):
    """It adds lam times the sum of squares of each kernel, nothing for a bias, and nothing else."""
    lam = examined.args[1]
    all_found = list(penalties(examined))
    kernels = [found for _, name, found in all_found if "kernel" in name]
    biases = [found for _, name, found in all_found if name in ("bias", "beta")]
    if not kernels:
        says = "It has no layer with a kernel. Which layer has weights to keep small?"
        return Fault("property", "no_kernels", says)
    if any(added > 0 for found in biases for added, _ in found):
        says = "A bias is penalised, too. Which weights are kept small in ridge regression?"
        return Fault("property", "bias_penalised", says)
    bare = [found for found in kernels if all(added == 0 for added, _ in found)]
    if len(bare) == len(kernels):
        return _nothing_penalised(examined)
    if bare:
        says = "Not every layer is penalised. The output layer has a kernel, too."
        detail = f"Of {len(kernels)} kernels {len(bare)} go free."
        return Fault("property", "some_kernels_free", says, detail)
    return next(filter(None, (_strength(found, lam) for found in kernels)), None)


def _nothing_penalised(examined):
    rate = getattr(examined.model.optimizer, "weight_decay", None)
    if rate:
        says = (
            "Weight decay is the optimizer's: it shrinks weights, biases too, and adds nothing to "
            "the loss. Here the penalty belongs to the layers."
        )
        return Fault("property", "weight_decay", says)
    if _extra(examined) > 0:
        says = "The penalty is on what layers give, not on their kernels. Which argument names it?"
        return Fault("property", "outputs_penalised", says)
    says = "Nothing is added to the loss for any kernel. Which argument of a layer does that?"
    return Fault("property", "no_penalty", says)


def _strength(found, lam):
    ratios = np.array([added / squares for added, squares in found])
    if np.allclose(ratios, lam, rtol=1e-4, atol=0):
        return None
    if np.ptp(ratios) > 1e-4 * abs(ratios).max():
        says = "The penalty does not grow with the squares of the weights. Which one is L2?"
        return Fault("property", "not_squares", says)
    says = "The penalty is of the right kind, and its factor is not lam. What does L2(...) take?"
    detail = f"It is {ratios[0] / lam:.3g} times lam times the sum of squares."
    return Fault("property", "other_factor", says, detail)


def _extra(examined):
    """What is added besides, for the numbers that pass through."""
    model = examined.model
    rng = examined.rng
    model.set_weights([np.abs(rng.normal(size=w.shape)) for w in model.get_weights()])
    before = penalty(model)
    model(np.abs(examined.inputs(8)))
    return penalty(model) - before


def nothing_else_is_penalised(examined):
    """No penalty on what the layers give."""
    if _extra(examined) <= 1e-6:
        return None
    says = "Besides the kernels, what the layers give is penalised. Only kernels are asked for."
    return Fault("property", "outputs_as_well", says)


def has_a_loss(examined):
    """Its loss can be computed of what it gives."""
    model = km.rebuilt(examined.record)  # one of its own: a call leaves penalties behind
    X = examined.inputs(4)
    try:
        y = np.zeros(4, dtype=int)
        if "sparse" not in str(examined.record.config.get("compile_config", "")).lower():
            y = np.zeros((4, *model.output_shape[1:]))
        model.evaluate(X, y, verbose=0)
    except Exception as error:
        says = "Its loss can't be computed. Is there such a loss, and does it fit the output?"
        detail = f"Keras says: {str(error).splitlines()[0][:120]}"
        return Fault("property", "loss_fails", says, detail)
    return None


def draw(rng):
    """Another number of inputs and another strength each time."""
    yield case("another strength", int(rng.integers(2, 9)), float(rng.integers(2, 90)) / 128)


regularised_model = Exercise(
    id="regularised_model",
    title="Keep the weights of a network small",
    points=2,
    reference=reference.regularised_model,
    returns=Model(
        (takes_n, is_compiled, has_a_loss, kernels_are_penalised, nothing_else_is_penalised)
    ),
    seconds=60,  # the first `import keras` alone takes some
    begin="Begin with a small network as in chapter 3. Which argument of Dense penalises a kernel?",
    hints=(
        "Ridge regression adds lam times the sum of the squares of w, and leaves b alone. In a "
        "network each layer has a w of its own, called its kernel.",
        "keras.regularizers.L2 makes the penalty. Give it to every Dense layer, the output too, by "
        "the argument that is meant for kernels. Then compile.",
        "keras.layers.Dense(16, activation='relu', kernel_regularizer=keras.regularizers.L2(...)), "
        "the same for the output layer, and model.compile with any loss. What goes into L2?",
    ),
    cases=[case("three inputs", 3, 0.25), case("a weak penalty", 5, 0.003)],
    hidden=[case("one input", 1, 0.0625), case("a strong penalty", 4, 20.0),
            case("lam is a whole number", 2, 1)],
    draw=draw,
    alternatives=ALTERNATIVES,
    equivalent={
        "model.add(keras.layers.Dense(16, 'relu', kernel_regularizer=keras.regularizers.L"
        "2(lam))) -> (nothing)": "one layer may be enough",
        "model.add(keras.layers.Dense(16, 'relu', kernel_regularizer=keras.regularizers.L"
        "2(lam))) -> keras.layers.Dense(16, 'relu', kernel_regularizer=keras.regularizers"
        ".L2(lam))": "one layer may be enough",
        "model.add(keras.layers.Dense(16, 'relu', kernel_regularizer=keras.regularizers.L"
        "2(lam))) -> model": "one layer may be enough",
        "model.add(keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(lam))) "
        "-> (nothing)": "one layer may be enough",
        "model.add(keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(lam))) "
        "-> keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(lam))": (
            "one layer may be enough"
        ),
        "model.add(keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(lam))) "
        "-> model": "one layer may be enough",
        "16 -> 17": "any number of units",
        "16 -> 15": "any number of units",
        "1 -> 2": "any number of outputs",
        "model.compile(optimizer='adam', loss='mean_squared_error') -> "
        "model.compile(loss='mean_squared_error')": "the optimizer is free",
    },
)  # fmt: skip


def _mistake(says, fault):
    return regularised_model.mistake(says, fault=fault)


@_mistake(
    "A bias is penalised, too. Which weights does ridge regression keep small, and which argument "
    "of a layer is meant for them?",
    "bias_penalised",
)
def bias_too(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    both = {"kernel_regularizer": penalty, "bias_regularizer": penalty}
    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(8, "relu", **both)])
    model.add(keras.layers.Dense(1, **both))
    model.compile("adam", "mse")
    return model


@regularised_model.also("bias_too")
def bias_instead(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", bias_regularizer=penalty))
    model.add(keras.layers.Dense(1, bias_regularizer=penalty))
    model.compile("adam", "mse")
    return model


@_mistake(
    "Not every layer is penalised. Each Dense layer has a kernel, the first, the last, and those "
    "between.",
    "some_kernels_free",
)
def hidden_layer_only(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", kernel_regularizer=penalty))
    model.add(keras.layers.Dense(1))
    model.compile("adam", "mse")
    return model


@regularised_model.also("hidden_layer_only")
def output_layer_only(n, lam):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(8, "relu")])
    model.add(keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(lam)))
    model.compile("adam", "mse")
    return model


@_mistake(
    "The penalty grows with the sizes of the weights, not with their squares alone: that is L1, or "
    "a mixture. Which one is asked for?",
    "not_squares",
)
def absolute_values(n, lam):
    import keras

    penalty = keras.regularizers.L1(lam)
    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", kernel_regularizer=penalty))
    model.add(keras.layers.Dense(1, kernel_regularizer=penalty))
    model.compile("adam", "mse")
    return model


@regularised_model.also("absolute_values")
def both_kinds(n, lam):
    import keras

    penalty = keras.regularizers.L1L2(lam, lam)
    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", kernel_regularizer=penalty))
    model.add(keras.layers.Dense(1, kernel_regularizer=penalty))
    model.compile("adam", "mse")
    return model


@_mistake(
    "The penalty is of the right kind, and its factor is not lam itself. Keras adds what L2(...) "
    "is given, times the sum of squares: no half, no division by m.",
    "other_factor",
)
def half_of_it(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam / 2)
    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", kernel_regularizer=penalty))
    model.add(keras.layers.Dense(1, kernel_regularizer=penalty))
    model.compile("adam", "mse")
    return model


@regularised_model.also("half_of_it")
def by_name(n, lam):
    import keras

    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", kernel_regularizer="l2"))
    model.add(keras.layers.Dense(1, kernel_regularizer="l2"))
    model.compile("adam", "mse")
    return model


@_mistake(
    "The penalty is on what the layers give, not on their kernels. Which argument of a layer names "
    "the kernel?",
    "outputs_penalised",
)
def outputs_penalised(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", activity_regularizer=penalty))
    model.add(keras.layers.Dense(1, activity_regularizer=penalty))
    model.compile("adam", "mse")
    return model


@_mistake(
    "The kernels are penalised, and what the layers give is penalised besides. Which argument of a "
    "layer is one too many?",
    "outputs_as_well",
)
def outputs_as_well(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    both = {"kernel_regularizer": penalty, "activity_regularizer": penalty}
    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(8, "relu", **both)])
    model.add(keras.layers.Dense(1, **both))
    model.compile("adam", "mse")
    return model


@_mistake(
    "Weight decay is the optimizer's: it shrinks weights, and adds nothing to the loss. Here the "
    "penalty belongs to the layers.",
    "weight_decay",
)
def weight_decay(n, lam):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(8, "relu")])
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.AdamW(weight_decay=lam), "mse")
    return model


@_mistake(
    "Nothing is added to the loss for any kernel. Which argument of a layer does that, given when "
    "the layer is made?",
    "no_penalty",
)
def no_penalty(n, lam):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(8, "relu")])
    model.add(keras.layers.Dropout(0.2))
    model.add(keras.layers.Dense(1))
    model.compile("adam", "mse")
    return model


@regularised_model.also("no_penalty")
def given_to_layers_that_are_built(n, lam):
    import keras

    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(8, "relu")])
    model.add(keras.layers.Dense(1))
    for layer in model.layers:
        layer.kernel_regularizer = keras.regularizers.L2(lam)
    model.compile("adam", "mse")
    return model


@_mistake(
    "The model is not compiled: it has no loss that the penalty could be added to.",
    "not_compiled",
)
def never_compiled(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(8, "relu", kernel_regularizer=penalty))
    model.add(keras.layers.Dense(1, kernel_regularizer=penalty))
    return model


@_mistake(
    "The model is not built: it does not know how many inputs it gets. What tells it?",
    "not_built",
)
def input_left_out(n, lam):
    import keras

    penalty = keras.regularizers.L2(lam)
    model = keras.Sequential([keras.layers.Dense(8, "relu", kernel_regularizer=penalty)])
    model.add(keras.layers.Dense(1, kernel_regularizer=penalty))
    model.compile("adam", "mse")
    return model
