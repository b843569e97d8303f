"""Exercise `accuracy_by_size`: test accuracy after training on ever more examples."""

from dataclasses import dataclass, replace

import numpy as np

from utils.checking import Exercise, Number, Property, Sequence, case
from utils.checking import keras_models as km
from utils.checking.results import Fault
from utils.exercises.transfer_learning.accuracy_by_size_otherwise import ALTERNATIVES
from utils.exercises.transfer_learning.ladder import (
    expected,
    fine_tuned,
    fine_tuned_with_metrics,
    known_ways,
    ladder,
)
from utils.reference import transfer_learning as reference

SAYS = {
    "trained_on": "One model is trained on and on: the second size begins with what the first has "
    "learnt. Where is the model made, before the loop or in it?",
    "other_batches": "The batches have another size than 16. Which argument of fit says it?",
    "other_epochs": "It is not 30 epochs. How many does fit make when it is told nothing?",
    "all_examples": "Each time it trains on all examples. The first `size` of them are asked for.",
    "other_examples": "It trains on other examples than the first `size`.",
    "other_order": "The accuracies are in another order than the sizes were given in.",
    "never_trained": "The models were never trained: every size gives the same.",
    "none_right": "Nothing counts as right in yours. A guess is the class with the largest output, "
    "however small: how does yours guess, and what is it compared with?",
    "errors": "It is the share of wrong answers. The share of right ones is asked for.",
    "percent": "It is in percent. A share from 0 to 1 is asked for.",
    "counted": "It is the number of right answers. Their share is asked for.",
    "on_training": "Everything is right each time. Were these examples seen in training?",
    "losses": "These are losses. How often is the largest of the outputs at the right label?",
}


@dataclass(frozen=True)
class Accuracies:
    """A list of accuracies, compared with what steps and examples must lead to."""

    needs_expected = False  # it is known without training the reference's models

    def fault(self, value, _, given):
        """What is wrong with it, if anything, and which way to go wrong gives it."""
        m, sizes = len(given.args[2]), [int(size) for size in given.args[6]]
        kind = Sequence(Number(rtol=0, atol=1e-5), "a list with one accuracy for each size")
        # float32 is what Keras's metrics give
        given = replace(given, magnitude=1.0, float32=True)
        fault = kind.fault(value, expected(m, sizes), given)
        if fault is None or fault.stage != "value":
            return fault
        got = np.asarray(value, dtype=float)
        if np.allclose(got, np.log(3), atol=0.02):
            return Fault("value", "losses", SAYS["losses"])
        for way, accuracies in known_ways(m, sizes):
            if np.allclose(got, accuracies, rtol=0, atol=1e-5 * max(1, max(accuracies))):
                return Fault("value", way, SAYS[way])
        says = "Another accuracy came out than 30 epochs on the first examples lead to."
        return Fault("value", "value", says, fault.detail)


def pretrained_left_alone(probe):
    """Whether the pretrained model has the weights that it came with."""
    after = probe.outcome.args[1]
    if km.is_model(type(after)):
        after = km.record(after)
    if not isinstance(after, km.Record):
        return True  # behind a port that does not hand it back
    before = km.record(probe.case.args[1]())
    return len(before.weights) == len(after.weights) and all(
        map(np.array_equal, before.weights, after.weights)
    )


def measured(name, m, sizes, build=fine_tuned, image=False):
    """A case of m training examples."""
    return case(name, build, *ladder(m, image), sizes)


def draw(rng):
    """Images: one full batch, twice, and a single example; of another number each time."""
    m = int(rng.integers(20, 40))
    yield measured("a full batch, one example", m, [16, 1, 16], fine_tuned_with_metrics, image=True)


accuracy_by_size = Exercise(
    id="accuracy_by_size",
    title="Measure accuracy against training-set size",
    points=3,
    reference=reference.accuracy_by_size,
    returns=Accuracies(),
    seconds=60,
    once=True,
    begin=(
        "Begin with a loop over the sizes. What has to be made anew in each round, so that the "
        "sizes know nothing of each other?"
    ),
    hints=(
        "Each size is an experiment of its own: a fresh model, its first `size` examples, and then "
        "the test examples, which no training has seen.",
        "For each size call build(pretrained), fit the model to X[:size] and y[:size] for 30 "
        "epochs in batches of 16, let it predict X_test, and take the share of rows whose largest "
        "output is at the right label. Collect these shares in a list.",
        "model.fit(X[:size], y[:size], epochs=..., batch_size=..., verbose=0); then "
        "model.predict(X_test, verbose=0).argmax(axis=...) == y_test, and the mean of that.",
    ),
    cases=[
        measured("one size", 24, [7]),
        measured("sizes in any order", 42, [33, 3]),
    ],
    properties=[
        Property(
            "pretrained_changed",
            "The pretrained model has other values afterwards. `build` starts from it each time: "
            "which model should be trained?",
            pretrained_left_alone,
        )
    ],
    draw=draw,
    alternatives=ALTERNATIVES,
    equivalent={
        "model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0) -> "
        "model.fit(X[:size], y[:size], epochs=30, batch_size=16)": "it only says more",
        "model.predict(X_test, verbose=0) -> model.predict(X_test)": "it only says more",
        "float(np.mean(guess == y_test)) -> np.mean(guess == y_test)": "a float of NumPy's is one",
        "0 -> 1": "fit only says more",
        "0 -> -1": "fit says as much or more",
        "0 -> 1 #2": "predict only says more",
        "0 -> -1 #2": "predict says as much or more",
        "1 -> -1": "the outputs have two dimensions: the last one is dimension 1",
    },
)


def _mistake(fault):
    return accuracy_by_size.mistake(SAYS[fault], fault=fault)


@_mistake("trained_on")
def same_model_across_sizes(build, pretrained, X, y, X_test, y_test, sizes):
    model = build(pretrained)
    accuracies = []
    for size in sizes:
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@_mistake("other_batches")
def batch_size_left_out(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@_mistake("other_epochs")
def epochs_left_out(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@accuracy_by_size.also("epochs_left_out")
def epochs_and_batches_swapped(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=16, batch_size=30, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@_mistake("all_examples")
def all_examples(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for _ in sizes:
        model = build(pretrained)
        model.fit(X, y, epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@_mistake("other_examples")
def last_examples(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[-size:], y[-size:], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@_mistake("other_order")
def sizes_sorted(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sorted(sizes):
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@_mistake("never_trained")
def never_trained(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for _ in sizes:
        guess = build(pretrained).predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@_mistake("none_right")
def more_than_one_half(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        e = np.exp(model.predict(X_test, verbose=0))
        p = e / e.sum(axis=1, keepdims=True)
        accuracies.append(float(np.mean(p[np.arange(len(y_test)), y_test] > 0.5)))
    return accuracies


@_mistake("on_training")
def accuracy_on_the_training_set(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X[:size], verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y[:size])))
    return accuracies


@_mistake("losses")
def the_loss(build, pretrained, X, y, X_test, y_test, sizes):
    losses = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        losses.append(np.ravel(model.evaluate(X_test, y_test, verbose=0))[0])
    return losses


@_mistake("percent")
def in_percent(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(100 * np.mean(guess == y_test))
    return accuracies


@_mistake("errors")
def share_of_errors(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess != y_test)))
    return accuracies


@accuracy_by_size.mistake(
    "The pretrained model is trained itself, so its values change. `build` starts from it each "
    "time: which model should learn?",
    fault="pretrained_changed",
)
def values_written_back(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    start = pretrained.get_weights()
    for size in sizes:
        pretrained.set_weights(start)
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        pretrained.set_weights(model.get_weights())
        guess = pretrained.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies


@accuracy_by_size.mistake(
    "It returns only one number. A list is asked for, with an accuracy for each size.",
    fault="type",
)
def only_the_last(build, pretrained, X, y, X_test, y_test, sizes):
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
    return float(np.mean(guess == y_test))
