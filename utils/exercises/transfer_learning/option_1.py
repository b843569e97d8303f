"""Exercise `option_1`: the pretrained layers stay as they are, the output layer learns."""

import numpy as np

from utils.checking import Exercise, case
from utils.checking.keras_results import Model, is_compiled, sparse_loss_takes_logits
from utils.exercises.transfer_learning.models import (
    IMAGES,
    LEFT_WHOLE,
    all_but_the_head,
    another_number_of_classes,
    batch,
    fitted,
    four_hidden,
    made,
    narrowing,
    nested,
    normalised,
    of_images,
)
from utils.exercises.transfer_learning.option_1_otherwise import ALTERNATIVES
from utils.exercises.transfer_learning.questions import (
    BASE,
    can_be_trained,
    only_the_head_moves,
    rate_suits_a_fresh_head,
)
from utils.reference import transfer_learning as reference

option_1 = Exercise(
    id="option_1",
    title="Option 1: train the output layer only",
    points=4,
    reference=reference.option_1,
    returns=Model(
        (
            *BASE,
            is_compiled,
            sparse_loss_takes_logits,
            can_be_trained,
            only_the_head_moves,
            rate_suits_a_fresh_head,
        )
    ),
    seconds=60,  # the first `import keras` alone takes some
    once=True,
    begin=(
        "Begin with a copy of the pretrained model that has a new output layer, as in the exercise "
        "replace_head. Which of its layers should training leave alone?"
    ),
    hints=(
        "With few examples only the new output layer learns. All other layers keep the pretrained "
        "values to the last bit: how do you tell a layer that it is not to be trained?",
        "Replace the head. Set the flag `trainable` of every layer but the last to False. Then "
        "compile, with a loss for whole-number labels and logits, and a learning rate of about "
        "0.01.",
        "model = replace_head(pretrained, K); for layer in model.layers[:-1]: layer.trainable = "
        "...; model.compile(keras.optimizers.Adam(...), a loss that is told that it gets logits).",
    ),
    cases=[
        case("four hidden layers", made("five classes", four_hidden), 3, then=batch(3)),
        case("as many classes as before", made("normalised", normalised), 4, then=batch(4)),
    ],
    hidden=[
        case("images, a functional model", made("of images", of_images, IMAGES, functional=True),
             5, then=batch(5, IMAGES)),
        case("frozen, compiled and fitted", fitted("fitted", narrowing, all_but_the_head),
             2, then=batch(2)),
        case("a model inside the model", made("nested", nested), 6, then=batch(6)),
    ],
    draw=another_number_of_classes,
    properties=LEFT_WHOLE,
    alternatives=ALTERNATIVES,
    equivalent={"0.01 -> 0.02": "a larger step, within what is asked for"},
)  # fmt: skip


def _mistake(says, fault):
    return option_1.mistake(says, fault=fault)


@_mistake(
    "Training moves all layers. Option 1 trains the output layer only: which flag of a layer "
    "keeps its values as they are?",
    "nothing_frozen",
)
def nothing_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "Training moves some of the pretrained layers. Which layers did you freeze, and which are "
    "left?",
    "some_not_frozen",
)
def only_one_layer_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.layers[0].trainable = False
    model.layers[1].trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@option_1.also("only_one_layer_frozen")
def last_hidden_not_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-2]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "Training does not move the output layer. Is it frozen, too, or is each step of size 0? It "
    "is the one layer that should learn.",
    "head_frozen",
)
def head_frozen_too(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@option_1.also("head_frozen_too")
def every_layer_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "The model had trained before it was frozen, and it goes on as it did then. What has to be "
    "done again, so that it sees the new flags?",
    "freeze_unseen",
)
def frozen_after_training(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    X, y = np.zeros((24, *pretrained.input_shape[1:])), np.zeros(24, dtype=int)
    model.train_on_batch(X, y)
    model.set_weights(pretrained.get_weights()[:-2] + model.get_weights()[-2:])
    for layer in model.layers[:-1]:
        layer.trainable = False
    return model


@_mistake(
    "Training moves batch normalisation, whose statistics follow each new batch. Is every layer "
    "frozen, or only those of one kind?",
    "normalisation_moves",
)
def normalisation_not_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        if isinstance(layer, keras.layers.Dense):
            layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@option_1.also("normalisation_not_frozen")
def weights_frozen_one_by_one(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        for weight in layer.weights:
            weight.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "None of the pretrained values are in it: frozen layers with random numbers. clone_model "
    "copies layers. What copies their values?",
    "fresh_base",
)
def fresh_base(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "The layers you froze are those of the pretrained model itself: whoever trains it next finds "
    "them frozen. What would you have to copy first?",
    "flags_changed",
)
def shared_and_frozen(pretrained, K):
    import keras

    model = keras.Model(pretrained.inputs, keras.layers.Dense(K)(pretrained.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@option_1.also("shared_and_frozen")
def given_frozen_and_copied(pretrained, K):
    import keras

    pretrained.trainable = False
    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.layers[-1].trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "It gives the pretrained model itself back, changed. Whoever passed it still needs it: a new "
    "model is asked for.",
    "same_model",
)
def changed_in_place(pretrained, K):
    import keras

    pretrained.pop()
    for layer in pretrained.layers:
        layer.trainable = False
    pretrained.add(keras.layers.Dense(K))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    pretrained.compile(keras.optimizers.Adam(0.01), loss)
    return pretrained


@_mistake(
    "Its output has as many units as the old one. How many classes has the new task?",
    "outputs",
)
def old_classes(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    for layer in copy.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    copy.compile(keras.optimizers.Adam(0.01), loss)
    return copy


@_mistake(
    "The learning rate is small for an output layer that starts from random numbers, and a head "
    "that has learnt too little makes option 1 look worse than it is. Adam's default is 1e-3: "
    "what is asked for?",
    "rate_too_small",
)
def rate_too_small(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model


@_mistake(
    "The learning rate is larger than asked for. Steps that large jump about.",
    "rate_too_large",
)
def rate_too_large(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.1), loss)
    return model


@_mistake(
    "The output is linear, and the loss takes it for probabilities. What tells the loss that it "
    "gets logits?",
    "logits_as_probabilities",
)
def linear_without_from_logits(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    return model


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
    model = keras.Model(copy.inputs, keras.layers.Dropout(0.5)(outputs))
    for layer in copy.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "The new output layer squashes its sums, and the loss expects logits. Which activation leaves"
    " them as they are?",
    "output_squashed",
)
def softmax_head(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K, "softmax")(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "The new layer stands on top of the old output layer, which is still there. The new one takes"
    " its place: what goes into it?",
    "old_head_below",
)
def on_top_of_the_old_head(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].output))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "The model has no loss and no optimizer yet. Which method gives it both?",
    "not_compiled",
)
def never_compiled(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    return model


@_mistake(
    "It returns None. Is the `return` missing? `compile` itself gives None back.",
    "none",
)
def return_forgotten(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
