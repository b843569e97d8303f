"""Chapter 7, transfer learning: start from what another task has taught.

Shapes are written ``(rows, columns)``: ``m`` examples, ``K`` classes. Keras is imported where it is
used: it takes seconds, and part of this module needs only NumPy.
"""

import numpy as np


def replace_head(pretrained, K):
    """A new model with the pretrained layers and a fresh output layer.

    Parameters
    ----------
    pretrained : keras.Model
        Ends in a ``Dense`` layer. It keeps its values and its flags.
    K : int
        How many classes the new task has.

    Returns
    -------
    keras.Model
        Copies of all layers but the last, with their values, and a linear output of K units. It
        shares no layer with the given model.

    References
    ----------
    The Keras guide "Transfer learning & fine-tuning".
    """
    import keras

    copy = keras.models.clone_model(pretrained)  # the same layers, with values of their own
    copy.set_weights(pretrained.get_weights())
    kept = copy.layers[-1].input  # what went into the old output layer
    return keras.Model(copy.inputs[0], keras.layers.Dense(K)(kept))


def option_1(pretrained, K):
    """For few examples: the pretrained layers stay as they are, a fresh output layer is trained.

    Parameters
    ----------
    pretrained : keras.Model
        Ends in a ``Dense`` layer. It keeps its values and its flags.
    K : int
        How many classes the new task has.

    Returns
    -------
    keras.Model
        Compiled, for whole-number labels. It gives logits.

    References
    ----------
    The Keras guide "Transfer learning & fine-tuning", on freezing layers.
    """
    import keras

    model = replace_head(pretrained, K)
    for layer in model.layers[:-1]:
        layer.trainable = False
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss)
    return model


def option_2(pretrained, K):
    """For many examples: all layers are trained, starting from the pretrained values.

    Parameters
    ----------
    pretrained : keras.Model
        Ends in a ``Dense`` layer. It keeps its values and its flags.
    K : int
        How many classes the new task has.

    Returns
    -------
    keras.Model
        Compiled, for whole-number labels. It gives logits.

    References
    ----------
    The Keras guide "Transfer learning & fine-tuning", on fine-tuning.
    """
    import keras

    model = replace_head(pretrained, K)
    model.trainable = False  # Keras passes a flag on to the layers only when it changes
    model.trainable = True
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss=loss)
    return model


def trainable_parameters(model):
    """How many numbers training can change.

    Parameters
    ----------
    model : keras.Model
        Built.

    Returns
    -------
    int

    References
    ----------
    The Keras API reference, "The base Layer class", on ``trainable_weights``.
    """
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def unfreeze(model, learning_rate):
    """Make every layer trainable, and compile again so that it takes effect.

    Parameters
    ----------
    model : keras.Model
        Compiled and fitted, some of its layers or all of them frozen. Changed in place.
    learning_rate : float
        Of the optimizer from now on.

    Returns
    -------
    keras.Model
        The model that was given.

    References
    ----------
    The Keras guide "Transfer learning & fine-tuning", on ``compile`` and ``trainable``.
    """
    import keras

    waiting = [model]
    while waiting:  # each by itself: Keras passes a flag on to the layers only when it changes
        layer = waiting.pop()
        layer.trainable = True
        waiting += getattr(layer, "layers", [])
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=model.loss)
    return model


def choose_option(n_examples, curve):
    """Which option to take, by what was measured at the nearest training-set size.

    Parameters
    ----------
    n_examples : int
        How many training examples there are, 1 or more.
    curve : dict of int to tuple of two floats
        From a training-set size to the test accuracies of option 1 (train the output layer only)
        and option 2 (train all layers), measured at that size. The sizes are in any order, and
        there is at least one.

    Returns
    -------
    int
        1 or 2, whichever was more accurate at the size nearest to `n_examples`: the smaller size
        where two are equally near, and option 1 where both are equally accurate.

    Examples
    --------
    >>> curve = {20: (0.83, 0.78), 1000: (0.97, 0.98)}
    >>> choose_option(50, curve), choose_option(800, curve)
    (1, 2)

    References
    ----------
    J. Yosinski, J. Clune, Y. Bengio and H. Lipson, "How transferable are features in deep neural
    networks?", NeurIPS 2014, section 4.
    """
    nearest = min(curve, key=lambda size: (abs(size - n_examples), size))
    option_1, option_2 = curve[nearest]
    return 1 if option_1 >= option_2 else 2


def accuracy_by_size(build, pretrained, X, y, X_test, y_test, sizes):
    """Test accuracy after training on ever more examples.

    Parameters
    ----------
    build : function
        ``build(pretrained)`` returns a compiled model that gives logits.
    pretrained : keras.Model
        What `build` starts from.
    X : array, shape (m, ...)
        Training examples.
    y : array of int, shape (m,)
        Their labels.
    X_test : array, shape (k, ...)
        Test examples.
    y_test : array of int, shape (k,)
        Their labels.
    sizes : list of int
        How many examples to train on, each at most m.

    Returns
    -------
    list of float
        For each size the share of test examples that a fresh model gets right after 30 epochs, in
        batches of 16, on the first ``size`` training examples.

    References
    ----------
    C. Cortes, L. D. Jackel, S. A. Solla, V. Vapnik and J. S. Denker, "Learning curves: asymptotic
    values and rate of convergence", NeurIPS 1993.
    """
    accuracies = []
    for size in sizes:
        model = build(pretrained)
        model.fit(X[:size], y[:size], epochs=30, batch_size=16, verbose=0)
        guess = model.predict(X_test, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(guess == y_test)))
    return accuracies
