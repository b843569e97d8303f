"""Data and a model whose test accuracy tells how often, and on which examples, it was trained.

The model is a Dense layer of three units, its learning rate so small that the probabilities stay at
one third. Then whatever the order of the examples:

- Input 0 is 1 or -1, as the label is, so each step moves the difference of units 0 and 1 by the
  same amount. Test rows stand like the rungs of a ladder: one more is right with every step, and
  some are right before the first.
- Each training example has an input of its own. A test row with this input alone is right once
  the example has been seen, and wrong before. There are more such rows the later it comes.
- Input 2 is there in test rows only. It lifts units 0 and 1 above 0 and above unit 2, which is no
  example's label: being right is being the largest of three, not being positive or above one half.
"""

from functools import cache

import numpy as np

from utils.checking import Made

RATE = 1e-5
LIFT = 2**-6  # far above what training adds, so small that float32 still sees that
RUNGS = np.concatenate([np.arange(-5.5, 200), np.arange(200.5, 1000, 20)])
EPOCHS, BATCH = 30, 16


def fine_tuned(pretrained):
    """A copy, compiled to be trained further."""
    import keras

    model = keras.models.clone_model(pretrained)
    model.set_weights(pretrained.get_weights())
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(RATE), loss=loss)
    return _quick_to_fit(model)


def fine_tuned_with_metrics(pretrained):
    """The same, and it counts what is right while it trains."""
    import keras

    model = fine_tuned(pretrained)
    model.compile(optimizer=keras.optimizers.SGD(RATE), loss=model.loss, metrics=["accuracy"])
    return model


def _quick_to_fit(model):
    """The model, which trains on arrays six times as fast as Keras does.

    Keras prepares its shuffling of arrays anew in each epoch, which takes 30 ms; a step takes 1.
    Here the order does not matter, so the batches are taken as the examples come.
    """
    import tensorflow as tf

    by_keras = model.fit

    def fit(x=None, y=None, batch_size=None, *also, **named):
        arrays = all(isinstance(each, np.ndarray) and each.ndim for each in (x, y))
        simple = len(also) <= 2 and named.keys() <= {"epochs", "verbose", "shuffle"}
        size = 32 if batch_size is None else batch_size
        if not (simple and arrays and 0 < len(x) == len(y) and isinstance(size, int) and size > 0):
            return by_keras(x, y, batch_size, *also, **named)
        named.pop("shuffle", None)
        rows = tf.data.Dataset.from_tensor_slices((x.astype("float32"), y))
        return by_keras(rows.batch(size), None, None, *also, **named)

    model.fit = fit
    return model


@cache
def ladder(m, image=False):
    """The pretrained model and ``X, y, X_test, y_test`` for m training examples."""
    y = np.random.default_rng(m).integers(0, 2, size=m)
    own = np.eye(m)
    X = np.column_stack([2.0 * y - 1, np.zeros((m, 2)), own])
    up = np.ones(len(RUNGS))
    rungs = np.column_stack([up, RUNGS, up, np.zeros((len(RUNGS), m))])
    seen = np.repeat(np.arange(m), _copies(m))
    rows = np.column_stack([np.zeros((len(seen), 2)), np.ones(len(seen)), own[seen]])
    X_test = np.concatenate([rungs, rows])
    y_test = np.concatenate([np.ones(len(RUNGS), dtype=int), y[seen]])
    shape = (m + 3, 1, 1) if image else (m + 3,)
    model = Made("the pretrained model", lambda: _three_units(shape, y))
    return model, X.reshape(m, *shape), y, X_test.reshape(len(X_test), *shape), y_test


def _copies(m):
    """How many test rows ask whether each of the examples was seen."""
    return np.arange(1, m + 1)


def _three_units(shape, y):
    """Before the first step no example is right, and of the rungs only those below 0."""
    import keras

    model = keras.Sequential([keras.Input(shape)])
    if len(shape) > 1:
        model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(3, use_bias=False))
    difference = np.concatenate([[0, -RATE, 0], -0.01 * RATE * (2 * y - 1)])
    columns = np.column_stack([-difference / 2, difference / 2, np.zeros(len(difference))])
    columns[2] = LIFT, LIFT, 0
    model.set_weights([columns])
    return model


def accuracy(m, steps, seen):
    """The test accuracy after so many steps on these examples of m."""
    right = np.sum(steps > RUNGS) + np.sum(_copies(m)[list(seen)])
    return float(right / (len(RUNGS) + np.sum(_copies(m))))


def steps_for(size, epochs=EPOCHS, batch=BATCH):
    """How many steps that many epochs take."""
    return epochs * -(-size // batch)


def expected(m, sizes):
    """The test accuracies that a right answer gives."""
    return [accuracy(m, steps_for(size), range(size)) for size in sizes]


def known_ways(m, sizes):
    """What comes out of some ways to go wrong: name and accuracies."""
    right = expected(m, sizes)
    in_total = np.cumsum([steps_for(size) for size in sizes])
    so_far = np.maximum.accumulate(sizes)
    yield (
        "trained_on",
        [accuracy(m, *each) for each in zip(in_total, map(range, so_far), strict=True)],
    )
    for epochs, batch, name in (
        (EPOCHS, 32, "other_batches"), (EPOCHS, 1, "other_batches"), (EPOCHS, m, "other_batches"),
        (1, BATCH, "other_epochs"), (1, 32, "other_epochs"), (10, BATCH, "other_epochs"),
        (BATCH, EPOCHS, "other_epochs"), (EPOCHS - 1, BATCH, "other_epochs"),
        (EPOCHS + 1, BATCH, "other_epochs"),
    ):  # fmt: skip
        yield name, [accuracy(m, steps_for(s, epochs, batch), range(s)) for s in sizes]
    yield "all_examples", [accuracy(m, steps_for(m), range(m)) for _ in sizes]
    yield "other_examples", [accuracy(m, steps_for(s), range(m - s, m)) for s in sizes]
    yield "other_order", expected(m, sorted(sizes))
    yield "other_order", right[::-1]
    yield "none_right", [0.0 for _ in sizes]
    yield "never_trained", [accuracy(m, 0, []) for _ in sizes]
    yield "errors", [1 - value for value in right]
    yield "percent", [100 * value for value in right]
    yield "counted", [value * (len(RUNGS) + sum(_copies(m))) for value in right]
    yield "on_training", [1.0 for _ in sizes]
