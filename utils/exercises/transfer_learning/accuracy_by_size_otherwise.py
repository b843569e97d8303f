"""Right answers to `accuracy_by_size`, written otherwise."""

import numpy as np


def one_size(build, pretrained, X, y, X_test, y_test, sizes):
    def accuracy(size):
        model = build(pretrained)
        model.fit(x=X[:size], y=y[:size], epochs=30, batch_size=16, shuffle=False, verbose=0)
        return np.mean(np.argmax(np.asarray(model(X_test)), axis=-1) == y_test)

    return [accuracy(size) for size in sizes]


def compiled_with_metrics(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.compile(optimizer=model.optimizer, loss=model.loss, metrics=["accuracy"])
        model.fit(X[:size], y[:size], 16, 30, verbose=0)
        accuracies.append(model.evaluate(X_test, y_test, verbose=0)[1])
    return tuple(accuracies)


def epoch_by_epoch(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = np.zeros(len(sizes))
    for i, size in enumerate(sizes):
        model = build(pretrained)
        for _ in range(30):
            model.fit(X[:size], y[:size], batch_size=16, verbose=0)
        right = 0
        for row, label in zip(model.predict(X_test, verbose=0), y_test, strict=True):
            right += int(max(range(len(row)), key=lambda k: row[k]) == label)
        accuracies[i] = right / len(y_test)
    return accuracies


def smallest_first(build, pretrained, X, y, X_test, y_test, sizes):
    import keras

    found = {}
    for size in sorted(set(sizes)):
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        metric = keras.metrics.SparseCategoricalAccuracy()
        metric.update_state(y_test, model.predict(X_test, verbose=0))
        found[size] = float(metric.result())
    return [found[size] for size in sizes]


def batch_by_batch(build, pretrained, X, y, X_test, y_test, sizes):
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        for _ in range(30):
            for start in range(0, size, 16):
                stop = min(start + 16, size)
                model.train_on_batch(X[start:stop], y[start:stop])
        guess = np.argmax(model.predict_on_batch(X_test), axis=1)
        accuracies.append((guess == y_test).sum() / y_test.size)
    return accuracies


def float32_of_a_metric(build, pretrained, X, y, X_test, y_test, sizes):
    import keras

    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        right = keras.metrics.sparse_categorical_accuracy(y_test, model.predict_on_batch(X_test))
        accuracies.append(np.asarray(right, dtype=np.float32).mean())
    return accuracies


ALTERNATIVES = [
    one_size,
    compiled_with_metrics,
    epoch_by_epoch,
    smallest_first,
    batch_by_batch,
    float32_of_a_metric,
]
