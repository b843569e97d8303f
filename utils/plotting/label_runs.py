"""How accurate each way to train is, for ever more labelled examples: chapter 7's measurement.

What ``accuracy_by_size`` does, for several seeds and ways. A new model for every run would be
compiled 60 times, which takes longer than all the training. So each way has one compiled model, and
before every run the values of a new one are put into it. Its optimizer begins afresh too.
"""

import numpy as np

BATCH = 16


def accuracies(ways, pretrained, train, test, sizes, seeds, epochs=30):
    """Test accuracy of each way, for each seed and size.

    Parameters
    ----------
    ways : dict of str to function
        ``build(pretrained)`` returns a compiled model that gives logits.
    pretrained : keras.Model
        What every `build` starts from.
    train, test : tuple (X, y)
        Examples and their whole-number labels.
    sizes : sequence of int
        How many of the training examples to use: multiples of 16, the size of a batch.
    seeds : sequence of int
        A seed says which examples come first, and where new layers start.
    epochs : int
        How often each run goes through its examples.

    Returns
    -------
    dict of str to array, shape (seeds, sizes)
    """
    found = {}
    for name, build in ways.items():
        run = _Run(build(pretrained))
        rows = []
        for seed in seeds:
            start = _seeded(build, pretrained, seed)
            rng = np.random.default_rng(seed)
            order = rng.permutation(len(train[0]))
            rows.append([run.accuracy(start, train, order[:n], test, rng, epochs) for n in sizes])
        found[name] = np.array(rows)
    return found


def from_scratch(pretrained, K):
    """The same layers as `option_2` has, with random values."""
    import keras

    model = keras.models.clone_model(pretrained)
    model = keras.Model(model.inputs[0], keras.layers.Dense(K)(model.layers[-1].input))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss=loss)
    return model


def _seeded(build, pretrained, seed):
    """The values that a new model starts from."""
    import keras

    keras.utils.set_random_seed(seed)
    return build(pretrained).get_weights()


class _Run:
    """One compiled model, to be trained again and again from the beginning.

    Takes the steps that ``fit`` takes, without what ``fit`` does in between.
    """

    def __init__(self, model):
        import tensorflow as tf

        self.model = model
        self.variables = model.trainable_variables
        model.optimizer.build(self.variables)
        self.optimizer = [variable.numpy() for variable in model.optimizer.variables]
        spec = tf.TensorSpec
        kinds = spec((None, None)), spec((None,), tf.int64), spec((None, BATCH), tf.int64)
        self.steps = tf.function(self._steps, input_signature=kinds)

    def accuracy(self, start, train, rows, test, rng, epochs):
        self.model.set_weights(start)
        for variable, value in zip(self.model.optimizer.variables, self.optimizer, strict=True):
            variable.assign(value)
        X, y = train[0][rows].astype("float32"), train[1][rows]
        batches = [rng.permutation(len(y)).reshape(-1, BATCH) for _ in range(epochs)]
        self.steps(X, y, np.concatenate(batches))
        logits = self.model(test[0].astype("float32"), training=False)
        return float(np.mean(np.argmax(logits, axis=1) == test[1]))

    def _steps(self, X, y, batches):
        import tensorflow as tf

        for rows in batches:
            with tf.GradientTape() as tape:
                logits = self.model(tf.gather(X, rows), training=True)
                loss = self.model.loss(tf.gather(y, rows), logits)
            self.model.optimizer.apply(tape.gradient(loss, self.variables), self.variables)
