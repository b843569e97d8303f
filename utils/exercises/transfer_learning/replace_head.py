"""Exercise `replace_head`: copies of the pretrained layers, and a fresh output layer."""

from utils.checking import Exercise, case
from utils.checking.keras_results import Model
from utils.exercises.transfer_learning.models import (
    IMAGES,
    LEFT_WHOLE,
    all_but_the_head,
    batch,
    fitted,
    four_hidden,
    made,
    narrowing,
    nested,
    normalised,
    of_images,
)
from utils.exercises.transfer_learning.questions import BASE
from utils.exercises.transfer_learning.replace_head_otherwise import ALTERNATIVES
from utils.reference import transfer_learning as reference


def draw(rng):
    """Another number of classes each time."""
    K = int(rng.integers(6, 12))
    yield case(
        "another number of classes",
        made("five classes", four_hidden),
        K,
        then=batch(K, column=True),
    )


replace_head = Exercise(
    id="replace_head",
    title="A new output layer",
    points=3,
    reference=reference.replace_head,
    returns=Model(BASE),
    seconds=60,  # the first `import keras` alone takes some
    once=True,
    begin=(
        "Begin with a copy: keras.models.clone_model(pretrained) has the same layers. Do they have "
        "the same values, too?"
    ),
    hints=(
        "The new model must learn without the old one noticing. So it needs layers of its own, and "
        "the values of the old ones.",
        "Clone the model, give the clone the weights of the pretrained one, and cut it before its "
        "last layer. From there on a Dense layer of K units, without activation.",
        "copy = keras.models.clone_model(pretrained), copy.set_weights(...). What goes into the "
        "old output layer is copy.layers[-1].input. keras.Model(copy.inputs, ...) makes a model.",
    ),
    cases=[
        case("four hidden layers", made("five classes", four_hidden), 3,
             then=batch(3, column=True)),
        case("as many classes as before", made("normalised", normalised), 4,
             then=batch(4, column=True)),
    ],
    hidden=[
        case("images, a functional model", made("of images", of_images, IMAGES, functional=True),
             5, then=batch(5, IMAGES, column=True)),
        case("frozen, compiled and fitted", fitted("fitted", narrowing, all_but_the_head),
             2, then=batch(2, column=True)),
        case("a model inside the model", made("nested", nested), 6, then=batch(6, column=True)),
    ],
    draw=draw,
    properties=LEFT_WHOLE,
    alternatives=ALTERNATIVES,
    equivalent={
        "copy.inputs[0] -> copy.inputs": "a list of the only input",
        "0 -> -1": "there is one input: the last is the first",
    },
)  # fmt: skip


def _mistake(says, fault):
    return replace_head.mistake(says, fault=fault)


@_mistake(
    "None of the pretrained values are in it: its layers have started afresh. clone_model copies "
    "layers. What copies their values?",
    "fresh_base",
)
def fresh_base(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    return keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))


@_mistake(
    "Dropout stands behind the output layer: in training it strikes out some of the outputs "
    "themselves. Behind which layers does it belong?",
    "random_output",
)
def dropout_of_the_outputs(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    outputs = keras.layers.Dense(K)(copy.layers[-1].input)
    return keras.Model(copy.inputs, keras.layers.Dropout(0.5)(outputs))


@_mistake(
    "The old output layer has been told another number of units, and has its old weights. A layer "
    "gets its units when it is made: what takes its place?",
    "misfit",
)
def units_of_the_old_head_changed(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    copy.layers[-1].units = K + 1
    return copy


@_mistake(
    "The new model and the pretrained one share their layers: when the one is trained, the other "
    "changes. What would you have to copy first?",
    "values_changed",
)
def shared_layers(pretrained, K):
    import keras

    return keras.Model(pretrained.inputs, keras.layers.Dense(K)(pretrained.layers[-1].input))


@replace_head.also("shared_layers")
def shared_in_a_sequential(pretrained, K):
    import keras

    model = keras.Sequential([keras.Input(pretrained.input_shape[1:])])
    for layer in pretrained.layers[:-1]:
        model.add(layer)
    model.add(keras.layers.Dense(K))
    return model


@_mistake(
    "It gives the pretrained model itself back, changed. Whoever passed it still needs it: a new "
    "model is asked for.",
    "same_model",
)
def changed_in_place(pretrained, K):
    import keras

    pretrained.layers[-1].trainable = False
    if isinstance(pretrained, keras.Sequential):
        pretrained.pop()
        pretrained.add(keras.layers.Dense(K))
    return pretrained


@_mistake(
    "The pretrained model has lost its output layer on the way. Take the layer away from a copy.",
    "parts_changed",
)
def popped_from_the_given(pretrained, K):
    import keras

    values = pretrained.get_weights()
    copy = keras.models.clone_model(pretrained)
    copy.set_weights(values)
    pretrained.pop()
    return keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))


@_mistake(
    "Its output has as many units as the old one. How many classes has the new task, and which "
    "layer decides that?",
    "outputs",
)
def old_classes(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    return copy


@_mistake(
    "Where the new task has as many classes as the old one, your output layer keeps the old "
    "values. They belong to other classes: a fresh layer is asked for.",
    "old_head",
)
def old_head_where_it_fits(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    if copy.output_shape[-1] == K:
        return copy
    return keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))


@_mistake(
    "The new layer stands on top of the old output layer, which is still there. The new one takes"
    " its place: what goes into it?",
    "old_head_below",
)
def on_top_of_the_old_head(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    return keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].output))


@_mistake(
    "The new output layer squashes its sums. It should be linear: which activation is that?",
    "output_squashed",
)
def softmax_head(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    head = keras.layers.Dense(K, activation="softmax")
    return keras.Model(copy.inputs, head(copy.layers[-1].input))


@_mistake(
    "Pretrained layers are missing, or have other values. All but the last are kept.",
    "some_fresh",
)
def one_layer_too_few(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    return keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-2].input))


@replace_head.also("one_layer_too_few")
def first_layer_only(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.layers[0].set_weights(pretrained.layers[0].get_weights())
    copy.layers[1].set_weights(pretrained.layers[1].get_weights())
    return keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))


@_mistake(
    "The values that no gradient moves were not copied: the statistics of batch normalisation are"
    " weights, too. Which method gives all weights?",
    "statistics_lost",
)
def statistics_lost(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    for new, old in zip(copy.trainable_weights, pretrained.trainable_weights, strict=True):
        new.assign(old)
    return keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))


@_mistake(
    "A layer without weights has been left out. It does something in training, so it belongs to "
    "the copy.",
    "layer_missing",
)
def dropout_left_out(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Sequential([keras.Input(copy.input_shape[1:])])
    for layer in copy.layers[:-1]:
        if not isinstance(layer, keras.layers.Dropout):
            model.add(layer)
    model.add(keras.layers.Dense(K))
    return model


@_mistake(
    "There is more than one new layer. Only the output layer is replaced, by one of K units.",
    "more_layers",
)
def hidden_layer_added(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    hidden = keras.layers.Dense(16, activation="relu")(copy.layers[-1].input)
    return keras.Model(copy.inputs, keras.layers.Dense(K)(hidden))


@_mistake("It returns None. Is the `return` missing?", "none")
def return_forgotten(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
