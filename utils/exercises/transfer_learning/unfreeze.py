"""Exercise `unfreeze`: make every layer trainable, in a way that takes effect."""

from functools import partial

import numpy as np

from utils.checking import Exercise, Property, case
from utils.checking.keras_results import Model, is_compiled, sparse_loss_takes_logits
from utils.checking.results import Fault
from utils.exercises.transfer_learning.models import (
    all_but_the_head,
    batch,
    every_layer,
    facts,
    fitted,
    four_hidden,
    inside,
    nested,
    normalised,
    one_layer_frozen,
    the_whole,
)
from utils.exercises.transfer_learning.questions import can_be_trained, learning_rate, moved
from utils.reference import transfer_learning as reference

NEAR = 0.2  # of their size: further off they are others


def keeps_its_weights(examined):
    """What it has learnt so far is still there."""
    came, left = facts(examined.args[0]).record.weights, examined.record.weights
    if len(came) == len(left) and all(map(np.array_equal, came, left)):
        return None
    near = len(came) == len(left) and all(
        a.shape == b.shape and np.linalg.norm(a - b) < NEAR * np.linalg.norm(a)
        for a, b in zip(came, left, strict=True)
    )
    if near:
        says = "Its weights have moved a little from those that it came with: it has been trained."
        return Fault("value", "trained_already", says)
    says = "Its weights are not those that it came with. It should go on from what it has learnt."
    return Fault("value", "weights_reset", says)


def everything_moves(examined):
    """In training every layer moves; if not, why."""
    layers = moved(examined)
    still = [layer for layer, did in layers if not did]
    if not still:
        return None
    detail = f"{len(still)} of {len(layers)} layers with weights stand still."
    frozen = [layer for layer in still if not layer.trainable]
    if frozen and len(frozen) < len(still):
        frozen = still
    if frozen:
        says = "Layers are frozen still. Which flags are set: the model's, those of its layers?"
        return Fault("property", "still_frozen", says, detail)
    if not examined.record.config["config"].get("trainable", True):
        says = "The layers are thawed, and the model as a whole is frozen: its own flag is False."
        return Fault("property", "whole_still_frozen", says, detail)
    says = "Every flag says trainable, and training leaves layers as they were. When does a model "
    says += "that has trained before look at the flags again?"
    return Fault("property", "not_compiled_again", says, detail)


def has_the_rate(examined):
    """The learning rate is the one that was passed."""
    wanted, rate = float(examined.args[1]), learning_rate(examined)
    if np.isclose(rate, wanted, rtol=1e-4, atol=0):
        return None
    says = "Its optimizer has another learning rate than the one that was passed."
    return Fault("property", "other_rate", says, f"Expected {wanted:g}, got {rate:g}.")


frozen = partial(fitted, traced=True)  # a traced model does not look at its flags again


def draw(rng):
    """Another rate each time."""
    rate = float(rng.choice([1e-5, 3e-5, 3e-4, 2e-3]))
    model = frozen("frozen as by option 1", four_hidden, all_but_the_head)
    yield case("another learning rate", model, rate, then=batch(5))


unfreeze = Exercise(
    id="unfreeze",
    title="Thaw the layers",
    points=None,
    reference=reference.unfreeze,
    returns=Model(
        (
            keeps_its_weights,
            is_compiled,
            sparse_loss_takes_logits,
            can_be_trained,
            everything_moves,
            has_the_rate,
        )
    ),
    seconds=60,
    once=True,
    begin=(
        "Begin with the flag: which attribute makes a layer trainable, and does the whole model "
        "have one, too?"
    ),
    hints=(
        "Two steps. The flags are set quickly, but a model that has trained before does not look "
        "at them again by itself.",
        "Set the flag `trainable` of the model and of every layer inside. Keras passes a model's "
        "flag on only when it changes. Then compile again, with a new optimizer of that learning "
        "rate and the loss the model has. Return it.",
        "model.trainable = False, then = ..., so that it changes; "
        "model.compile(optimizer=keras.optimizers.Adam(...), loss=model.loss); and which line is "
        "last?",
    ),
    cases=[
        case("all but the output layer frozen",
             frozen("frozen as by option 1", four_hidden, all_but_the_head), 1e-4, then=batch(5)),
        case("the whole model frozen", frozen("frozen as a whole", normalised, the_whole),
             1e-3, then=batch(4)),
    ],
    hidden=[
        case("frozen inside a nested model", frozen("frozen inside", nested, inside),
             1e-5, then=batch(5)),
        case("every layer frozen", frozen("every layer frozen", normalised, every_layer),
             5e-4, then=batch(4)),
        case("one layer frozen", frozen("one layer frozen", four_hidden, one_layer_frozen),
             2e-4, then=batch(5)),
    ],
    properties=[
        Property(
            "not_the_given",
            "It is another model than the one that was passed, which stays frozen. Change that one "
            "in place, and return it.",
            lambda probe: probe.outcome.returned == 0,
        )
    ],
    draw=draw,
)  # fmt: skip


def _mistake(says, fault):
    return unfreeze.mistake(says, fault=fault)


@_mistake(
    "Every flag says trainable, and training goes on as before: frozen layers stay where they "
    "are. The model had trained already. What makes it look at the flags again?",
    "not_compiled_again",
)
def not_compiled_again(model, learning_rate):
    model.trainable = False
    model.trainable = True
    return model


@unfreeze.also("not_compiled_again")
def only_the_rate_assigned(model, learning_rate):
    model.trainable = False
    model.trainable = True
    model.optimizer.learning_rate = learning_rate
    return model


@_mistake(
    "Layers are frozen still. A model's own flag is passed on to its layers only when it changes: "
    "what is it before you set it, and what are the flags of the layers?",
    "still_frozen",
)
def one_layer_only(model, learning_rate):
    import keras

    model.layers[-2].trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


@unfreeze.also("one_layer_only")
def flag_that_does_not_change(model, learning_rate):
    import keras

    model.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


@unfreeze.also("one_layer_only")
def compiled_only(model, learning_rate):
    import keras

    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


@_mistake(
    "The layers are thawed, and the model as a whole is frozen still: then none of them learns. "
    "Which flag does the model itself have?",
    "whole_still_frozen",
)
def layers_but_not_the_whole(model, learning_rate):
    import keras

    for layer in model.layers:
        layer.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


@_mistake(
    "It is compiled with another learning rate than the one that was passed. Which argument of "
    "the optimizer takes it?",
    "other_rate",
)
def default_rate(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(), model.loss)
    return model


@unfreeze.also("default_rate")
def optimizer_by_name(model, learning_rate):
    model.trainable = False
    model.trainable = True
    model.compile("adam", model.loss)
    return model


@unfreeze.also("default_rate")
def compiled_with_the_old_optimizer(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(0.01), model.loss)
    return model


@_mistake(
    "Its weights have started afresh. It should go on from what it has learnt: change the flags "
    "of the model that was passed.",
    "weights_reset",
)
def a_fresh_clone(model, learning_rate):
    import keras

    clone = keras.models.clone_model(model)
    clone.trainable = False
    clone.trainable = True
    clone.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return clone


@_mistake(
    "It has been trained: its weights have moved. Only the flags and the compiling are asked for; "
    "who trains it is whoever asked you to thaw it.",
    "trained_already",
)
def trained_a_step(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    model.fit(np.ones((1, *model.input_shape[1:])), np.zeros(1), verbose=0)
    return model


@_mistake(
    "It is a copy. The model that was passed stays frozen, and whoever passed it has that one: "
    "change it in place, and return it.",
    "not_the_given",
)
def a_copy(model, learning_rate):
    import keras

    clone = keras.models.clone_model(model)
    clone.set_weights(model.get_weights())
    clone.trainable = False
    clone.trainable = True
    clone.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return clone


@_mistake(
    "It is compiled with another loss. The labels are whole numbers and the outputs logits: which"
    " loss did the model have when it came?",
    "other_loss",
)
def another_loss(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), "mse")
    return model


@_mistake(
    "It is compiled with the name of the loss, which then takes the outputs for probabilities. "
    "What did the old loss know of logits?",
    "logits_as_probabilities",
)
def loss_without_from_logits(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy")
    return model


@_mistake("It returns None. The model that was passed is asked for, changed.", "none")
def return_forgotten(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)


@_mistake(
    "It is compiled without a loss, so it can't be trained. Which loss had it?",
    "not_compiled",
)
def loss_forgotten(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate))
    return model


@unfreeze.alternative
def layers_and_the_whole(model, learning_rate):
    import keras

    def thaw(part):
        part.trainable = True
        for layer in getattr(part, "layers", []):
            thaw(layer)

    thaw(model)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss=loss, metrics=["accuracy"])
    return model


@unfreeze.alternative
def compiled_first(model, learning_rate):
    import keras

    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    model.trainable = False
    model.trainable = True
    return model


@unfreeze.alternative
def an_optimizer_of_the_same_kind(model, learning_rate):
    config = model.optimizer.get_config()
    config["learning_rate"] = learning_rate
    optimizer = type(model.optimizer).from_config(config)
    model.trainable = False
    model.trainable = True
    model.compile(optimizer=optimizer, loss=model.loss, run_eagerly=True)
    return model


@unfreeze.alternative
def frozen_and_thawed(model, learning_rate):
    import keras

    model.trainable = False
    model.trainable = True
    rate = keras.optimizers.schedules.ExponentialDecay(learning_rate, 1000, 0.5)
    model.compile(keras.optimizers.RMSprop(rate), loss=model.loss)
    return model
