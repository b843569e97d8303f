"""Exercise `option_2`: all layers learn, from the pretrained values on."""

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
    inside,
    made,
    narrowing,
    nested,
    normalised,
    of_images,
    the_whole,
)
from utils.exercises.transfer_learning.option_2_otherwise import ALTERNATIVES
from utils.exercises.transfer_learning.questions import (
    BASE,
    can_be_trained,
    every_layer_moves,
    rate_is_gentle,
)
from utils.reference import transfer_learning as reference

option_2 = Exercise(
    id="option_2",
    title="Option 2: train all layers",
    points=4,
    reference=reference.option_2,
    returns=Model(
        (
            *BASE,
            is_compiled,
            sparse_loss_takes_logits,
            can_be_trained,
            every_layer_moves,
            rate_is_gentle,
        )
    ),
    seconds=60,  # the first `import keras` alone takes some
    once=True,
    begin=(
        "Begin with a copy of the pretrained model that has a new output layer, as in the exercise "
        "replace_head. Which of its layers may training change here?"
    ),
    hints=(
        "All layers learn, and they start from the pretrained values. Steps that are too large "
        "would soon spoil those.",
        "Replace the head, and set the flag of every layer, also of those inside another model: "
        "the pretrained model may have come frozen. Then compile, with a loss for whole-number "
        "labels and logits, and a learning rate of 1e-3 or less.",
        "model = replace_head(pretrained, K). A model passes its flag on to all layers inside when"
        " it changes: to False first, then to ...? Then model.compile(keras.optimizers.Adam(...), "
        "a loss object that is told that it gets logits).",
    ),
    cases=[
        case("four hidden layers", made("five classes", four_hidden), 3, then=batch(3)),
        case("as many classes as before, frozen", made("normalised", normalised,
             freeze=all_but_the_head), 4, then=batch(4)),
    ],
    hidden=[
        case("images, a functional model", made("of images", of_images, IMAGES, functional=True),
             5, then=batch(5, IMAGES)),
        case("frozen, compiled and fitted", fitted("fitted", narrowing, the_whole),
             2, then=batch(2)),
        case("frozen inside a nested model", made("nested", nested, freeze=inside), 6,
             then=batch(6)),
    ],
    draw=another_number_of_classes,
    properties=LEFT_WHOLE,
    alternatives=ALTERNATIVES,
    equivalent={
        "model.compile(optimizer=keras.optimizers.Adam(0.001), loss=loss) -> "
        "model.compile(loss=loss)": "compile's own default, RMSprop, has the rate 1e-3",
    },
)  # fmt: skip


def _mistake(says, fault):
    return option_2.mistake(says, fault=fault)


@_mistake(
    "Training moves the output layer only: that is option 1. Which flag keeps the other layers "
    "from learning?",
    "all_frozen",
)
def base_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@_mistake(
    "Training leaves some layers as they were. Did you freeze them, or did they come frozen?",
    "some_frozen",
)
def some_layers_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = False
    model.trainable = True
    model.layers[0].trainable = False
    model.layers[1].trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@_mistake(
    "A pretrained model may come frozen, and a copy has its flags. Setting a model's own flag to "
    "what it is already reaches no layer in Keras. How do you set the flag of each?",
    "frozen_as_it_came",
)
def flags_taken_over(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@option_2.also("flags_taken_over")
def flag_that_does_not_change(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@_mistake(
    "Training does not move the output layer. Is it frozen, or the rate 0?",
    "head_frozen",
)
def head_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = False
    model.trainable = True
    model.layers[-1].trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@option_2.also("head_frozen")
def everything_frozen(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@_mistake(
    "None of the pretrained values are in it: this is training from scratch. clone_model copies "
    "layers. What copies their values?",
    "fresh_base",
)
def fresh_base(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = False
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@_mistake(
    "The new model and the pretrained one share their layers: when the one is trained, the other "
    "changes. What would you have to copy first?",
    "values_changed",
)
def shared_layers(pretrained, K):
    import keras

    model = keras.Model(pretrained.inputs, keras.layers.Dense(K)(pretrained.layers[-1].input))
    model.trainable = False
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@_mistake(
    "It gives the pretrained model itself back, changed. Whoever passed it still needs it: a new "
    "model is asked for.",
    "same_model",
)
def changed_in_place(pretrained, K):
    import keras

    pretrained.trainable = True
    pretrained.pop()
    pretrained.add(keras.layers.Dense(K))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    pretrained.compile(keras.optimizers.Adam(0.001), loss)
    return pretrained


@_mistake(
    "The learning rate is larger than asked for. Large steps soon spoil the pretrained values: "
    "what suits layers that know something already?",
    "rate_too_large",
)
def rate_of_option_1(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = False
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


@_mistake(
    "Its output has as many units as the old one. How many classes has the new task?",
    "outputs",
)
def old_classes(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    copy.trainable = False
    copy.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    copy.compile(keras.optimizers.Adam(0.001), loss)
    return copy


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
    model.trainable = False
    model.trainable = True
    model.compile("adam", "sparse_categorical_crossentropy")
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
    model.trainable = False
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
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
    model.trainable = False
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    return model


@_mistake(
    "Its layers have other values than the pretrained model. Training starts from those: is yours"
    " trained already?",
    "trained_already",
)
def trained_already(pretrained, K):
    import keras

    copy = keras.models.clone_model(pretrained)
    copy.set_weights(pretrained.get_weights())
    model = keras.Model(copy.inputs, keras.layers.Dense(K)(copy.layers[-1].input))
    model.trainable = False
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
    model.fit(np.ones((2, *pretrained.input_shape[1:])), np.zeros(2, dtype=int), verbose=0)
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
    model.trainable = False
    model.trainable = True
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
    model.trainable = False
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.001), loss)
