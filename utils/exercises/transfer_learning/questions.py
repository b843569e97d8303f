"""What is asked of a model that was made from a pretrained one."""

from collections import Counter

import numpy as np

from utils.checking import keras_probes as probes
from utils.checking.keras_results import output_is_certain, takes
from utils.checking.results import Fault
from utils.exercises.transfer_learning.models import facts

takes_and_gives = takes(lambda pretrained, K: facts(pretrained).shape, lambda pretrained, K: K)
MOST, FEWEST = 3e-2, 3e-3  # learning rates of a fresh output layer
FINE = 1e-3  # the largest learning rate for pretrained layers


def keeps_the_values(examined):
    """All weights before the output layer are there, bit for bit, and one new layer."""
    known = facts(examined.args[0])
    kept, old = known.record.weights[: known.kept], known.record.weights[known.kept :]
    new = list(examined.record.weights)
    missing = [i for i, value in enumerate(kept) if not _taken(value, new)]
    if missing and all(_is_near(kept[i], new) for i in missing):
        says = (
            "The values are near the pretrained ones, and not the same. Training starts from them."
        )
        return Fault("value", "trained_already", says, f"{len(missing)} of {len(kept)} differ.")
    if missing:
        return _values_missing([known.names[i] for i in missing], len(kept))
    reused = [_taken(value, new) for value in old]
    if any(reused) and new:
        says = "The old output layer is still in it, below the new one. Where should yours begin?"
        return Fault("value", "old_head_below", says)
    if any(reused):
        says = "The output layer has the old values. For a new task a fresh one is asked for."
        return Fault("value", "old_head", says)
    shapes = [value.shape for value in new]
    width, K = int(known.features.output_shape[-1]), examined.args[1]
    if shapes not in ([(width, K), (K,)], [(width, K)]):
        says = "Besides the pretrained layers one new Dense layer of K units is asked for."
        detail = f"Weights of the shapes {', '.join(map(str, shapes))} are new."
        return Fault("value", "more_layers", says, detail)
    return None


def _taken(value, found):
    """Take one array with these very bits out of the list; whether there was one."""
    for i, other in enumerate(found):
        if other.shape == value.shape and other.tobytes() == value.tobytes():
            del found[i]
            return True
    return False


def _is_near(value, found):
    """Whether one of the arrays is this one, moved a little."""
    near = 0.2 * np.linalg.norm(value)
    return any(x.shape == value.shape and np.linalg.norm(x - value) < near for x in found)


def _values_missing(missing, count):
    detail = f"{len(missing)} of {count} arrays of weights differ."
    if all(name.startswith("moving") for name in missing):
        says = (
            "The statistics of batch normalisation are not those of the pretrained model. They "
            "are weights, too, though no gradient moves them. How were the others copied?"
        )
        return Fault("value", "statistics_lost", says, detail)
    if len(missing) == count:
        says = "None of the pretrained values are in it. A copied layer starts afresh: what copies"
        return Fault("value", "fresh_base", f"{says} its values?", detail)
    says = "Some pretrained layers are missing, or have other values. All but the last are kept."
    return Fault("value", "some_fresh", says, detail)


def head_is_linear(examined):
    """Its outputs are weighted sums of what the pretrained layers give."""
    features = facts(examined.args[0]).features
    X = examined.inputs(20)
    A, head = probes.outputs(features, X), examined.dense[-1]
    sums = A @ np.asarray(head.kernel) + (0 if head.bias is None else np.asarray(head.bias))
    got = probes.outputs(examined.model, X)
    if _close(got, sums):
        return None
    e = np.exp(sums - sums.max(axis=1, keepdims=True))
    squashed = (e / e.sum(axis=1, keepdims=True), 1 / (1 + np.exp(-sums)))
    if any(_close(got, other) for other in squashed):
        says = "The output is squashed to numbers between 0 and 1. The new layer should be linear."
        return Fault("value", "output_squashed", says)
    says = "The pretrained values are there, but the outputs are not weighted sums of what the "
    ask = "pretrained layers give. Which activation has your last layer, and which have the others?"
    return Fault("value", "outputs_differ", says + ask)


def _close(got, expected):
    return np.allclose(got, expected, rtol=1e-4, atol=1e-4)


def keeps_the_layers(examined):
    """Layers without weights, dropout for one, are copied as well."""
    found = Counter(type(layer).__name__ for layer in examined.layers)
    wanted = Counter(facts(examined.args[0]).kinds)
    for kind in wanted:
        if found[kind] < wanted[kind]:
            says = f"A layer of the pretrained model is missing in yours: {kind}."
            return Fault("property", "layer_missing", says)
    return None


def learning_rate(examined):
    """The rate at the first step, whatever the optimizer."""
    return float(np.asarray(examined.model.optimizer.learning_rate))


def rate_suits_a_fresh_head(examined):
    """From 3e-3 to 3e-2."""
    rate = learning_rate(examined)
    detail = f"It is {rate:g}; from {FEWEST:g} to {MOST:g} is asked for."
    if rate < FEWEST * (1 - 1e-6):
        says = "The learning rate is small for an output layer that starts from random numbers."
        return Fault("property", "rate_too_small", says, detail)
    if rate > MOST * (1 + 1e-6):
        says = "The learning rate is very large, even for an output layer that starts afresh."
        return Fault("property", "rate_too_large", says, detail)
    return None


def rate_is_gentle(examined):
    """At most 1e-3."""
    rate = learning_rate(examined)
    if 0 < rate <= FINE * (1 + 1e-6):
        return None
    if rate <= 0:
        says = "The learning rate is not above 0: steps lead nowhere, or uphill."
        return Fault("property", "rate_not_positive", says, f"It is {rate:g}.")
    says = "The learning rate is so large that it soon spoils the pretrained values."
    detail = f"It is {rate:g}; at most {FINE:g} is asked for."
    return Fault("property", "rate_too_large", says, detail)


def can_be_trained(examined):
    """A step of training runs through."""
    trained = examined.trained
    if trained is None or not trained.problem:
        return None
    says = "Training it for a step stops with an error."
    return Fault("property", "training_fails", says, f"{trained.problem.splitlines()[0][:150]}")


def moved(examined):
    """For each layer with weights whether they moved in training, where the model was made."""
    trained, model = examined.trained, examined.model
    changed = [
        not np.array_equal(a, b)
        for a, b in zip(trained.before.weights, trained.after.weights, strict=True)
    ]
    place = {id(weight): i for i, weight in enumerate(model.weights)}
    layers = [layer for layer in examined.layers if layer.weights]
    return [(layer, any(changed[place[id(w)]] for w in layer.weights)) for layer in layers]


def normalises(layer):
    """Whether it is batch normalisation, which keeps statistics."""
    return hasattr(layer, "moving_mean")


def only_the_head_moves(examined):
    """In training the output layer moves, and nothing else."""
    head = examined.dense[-1]
    layers = moved(examined)
    if not next(did for layer, did in layers if layer is head):
        says = "Training does not move the output layer. It is the one that should learn."
        return Fault("property", "head_frozen", says)
    moving = [layer for layer, did in layers if did and layer is not head]
    if not moving:
        return None
    if all(map(normalises, moving)):
        says = (
            "Training moves batch normalisation: its statistics follow each new batch. Is every "
            "layer frozen, or only those of one kind?"
        )
        return Fault("property", "normalisation_moves", says)
    if not any(layer.trainable for layer in moving):
        says = (
            "The layers are frozen by their flags, and training moves them all the same. What has "
            "to be done, once a model has trained, before a new flag is seen?"
        )
        return Fault("property", "freeze_unseen", says)
    if len(moving) == len(layers) - 1:
        says = "Training moves all layers. Option 1 trains the output layer only."
        return Fault("property", "nothing_frozen", says)
    says = "Training moves some of the pretrained layers. Option 1 trains the output layer only."
    return Fault("property", "some_not_frozen", says, f"It moves {len(moving)} of them.")


def every_layer_moves(examined):
    """In training every layer moves. Normalisation may stand still."""
    head = examined.dense[-1]
    layers = [(layer, did) for layer, did in moved(examined) if not normalises(layer)]
    still = [layer for layer, did in layers if not did]
    if not still:
        return None
    if head in still:
        says = "Training does not move the output layer. Is it frozen, or the rate 0?"
        return Fault("property", "head_frozen", says)
    if facts(examined.args[0]).frozen and not any(layer.trainable for layer in still):
        says = "The pretrained model came with frozen layers, and yours has them frozen, too."
        return Fault("property", "frozen_as_it_came", says)
    if len(still) == len(layers) - 1:
        says = "Training moves the output layer only. Option 2 trains all layers."
        return Fault("property", "all_frozen", says)
    says = "Training leaves some layers as they were. Option 2 trains all of them."
    return Fault("property", "some_frozen", says, f"{len(still)} of {len(layers)} stand still.")


BASE = (
    takes_and_gives,
    keeps_the_values,
    head_is_linear,
    output_is_certain,
    keeps_the_layers,
)
