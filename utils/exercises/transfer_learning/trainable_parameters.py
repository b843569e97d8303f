"""Exercise `trainable_parameters`: how many numbers training can change."""

import numpy as np

from utils.checking import Count, Exercise, case
from utils.exercises.transfer_learning.models import (
    IMAGES,
    LEFT_WHOLE,
    all_but_the_head,
    every_layer,
    fitted,
    four_hidden,
    inside,
    made,
    nested,
    normalised,
    of_images,
    one_layer_frozen,
    the_whole,
)
from utils.reference import transfer_learning as reference


def head_only_without_bias(layers):
    """One layer, which has no biases."""
    return [layers.Dense(3, use_bias=False)]


def draw(rng):
    """Networks of any size, with and without frozen layers."""
    units = [int(u) for u in rng.integers(2, 12, size=3)]
    n = int(rng.integers(2, 9))

    def parts(layers):
        return [*(layers.Dense(u, "relu") for u in units), layers.Dense(3)]

    yield case("a random network", made("random", parts, (n,)))
    yield case("a random network, frozen", made("random", parts, (n,), freeze=one_layer_frozen))


trainable_parameters = Exercise(
    id="trainable_parameters",
    title="Count what training can change",
    points=None,
    reference=reference.trainable_parameters,
    returns=Count(),
    seconds=20,
    begin=(
        "Begin with model.trainable_weights: a list of arrays. How many numbers are in one of them?"
    ),
    hints=(
        "A frozen layer has parameters, and none that training changes. Batch normalisation keeps "
        "statistics that no gradient moves. Who knows which is which?",
        "Go through the model's trainable weights, take the product of each shape, and add up.",
        "sum(np.prod(...) for w in model.trainable_weights), as an int. What has the shape of w?",
    ),
    cases=[
        case("all trainable", made("five classes", four_hidden)),
        case("one layer frozen", made("one frozen", four_hidden, freeze=one_layer_frozen)),
        case("only the output layer is trained", made("head only", four_hidden,
             freeze=all_but_the_head)),
        case("batch normalisation", made("normalised", normalised)),
        case("everything frozen", made("frozen", four_hidden, freeze=the_whole)),
        case("frozen inside a nested model", made("nested", nested, freeze=inside)),
    ],
    hidden=[
        case("images", made("of images", of_images, IMAGES)),
        case("a functional model, one layer frozen", made("functional", normalised,
             functional=True, freeze=all_but_the_head)),
        case("every layer frozen", made("layers frozen", of_images, IMAGES, freeze=every_layer)),
        case("a nested model", made("nested, nothing frozen", nested)),
        case("compiled and fitted", fitted("fitted", four_hidden, one_layer_frozen)),
        case("one layer without biases", made("one layer", head_only_without_bias, (4,))),
    ],
    properties=LEFT_WHOLE[1:3],
    draw=draw,
    equivalent={
        "int(np.prod(weight.shape)) -> np.prod(weight.shape)": "an int of NumPy's is an int too"
    },
)  # fmt: skip


@trainable_parameters.mistake(
    "All parameters are counted, those of frozen layers and the statistics of batch normalisation, "
    "too. Which of them does training change?"
)
def all_parameters(model):
    return model.count_params()


@trainable_parameters.also("all_parameters")
def all_weights(model):
    return sum(int(np.prod(w.shape)) for w in model.weights)


@trainable_parameters.mistake(
    "The arrays are counted, not the numbers in them. How many numbers has an array of some shape?"
)
def number_of_arrays(model):
    return len(model.trainable_weights)


@trainable_parameters.mistake(
    "Yours counts the layers that are trainable. How many numbers are in one of them?"
)
def number_of_layers(model):
    return sum(1 for layer in model.layers if layer.trainable)


@trainable_parameters.mistake(
    "Yours counts all parameters of each layer that is trainable. Some layers hold numbers that "
    "are not: statistics, or a layer inside that is frozen."
)
def by_the_flags_of_layers(model):
    return sum(layer.count_params() for layer in model.layers if layer.trainable)


@trainable_parameters.mistake("Yours counts what training does not change. The rest is asked for.")
def what_is_not_trained(model):
    return sum(int(np.prod(w.shape)) for w in model.non_trainable_weights)


@trainable_parameters.mistake(
    "The biases are not counted, or only the kernels. Does training change them, too?"
)
def kernels_only(model):
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights if len(w.shape) > 1)


@trainable_parameters.mistake(
    "The sizes of a shape are added up. An array of 3 rows and 4 columns holds how many numbers?"
)
def sizes_added(model):
    return sum(int(np.sum(w.shape)) for w in model.trainable_weights)


@trainable_parameters.mistake("It is a float. A count is asked for: an int.")
def a_float(model):
    return sum(float(np.prod(w.shape)) for w in model.trainable_weights)


@trainable_parameters.mistake(
    "Before it counts, yours makes layers trainable. The question is what training changes in the "
    "model as it is."
)
def made_trainable_first(model):
    model.trainable = True
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)


@trainable_parameters.mistake(
    "Only the Dense layers are counted, or only those at the top. Others have parameters, too."
)
def dense_layers_at_the_top(model):
    dense = [layer for layer in model.layers if type(layer).__name__ == "Dense"]
    return sum(int(np.prod(w.shape)) for layer in dense for w in layer.trainable_weights)


@trainable_parameters.alternative
def by_size(model):
    return sum(w.numpy().size for w in model.trainable_variables)


@trainable_parameters.alternative
def all_but_the_rest(model):
    return model.count_params() - sum(int(np.prod(w.shape)) for w in model.non_trainable_weights)


@trainable_parameters.alternative
def layer_by_layer(model):
    def count(part):
        inner = getattr(part, "layers", None)
        if not part.trainable:
            return 0
        if inner is not None:
            return sum(count(layer) for layer in inner)
        return sum(np.size(w) for w in part.trainable_weights)

    return np.int64(count(model))


@trainable_parameters.alternative
def by_a_loop(model):
    total = 0
    for w in model.trainable_variables:
        numbers = 1
        for size in w.shape:
            numbers *= size
        total += numbers
    return total


@trainable_parameters.alternative
def by_keras(model):
    from keras.src.utils.summary_utils import count_params

    return count_params(model.trainable_weights)
