"""Chapter 3, losses and training: losses and costs, one gradient step, then the same in Keras.

Shapes are written ``(rows, columns)``: ``m`` examples, ``n`` inputs. Keras is imported where it is
used: it takes seconds, and most of this module needs only NumPy.
"""

import numpy as np


def binary_cross_entropy(p, y):
    """Binary cross-entropy (logistic loss) of each example.

    Parameters
    ----------
    p : array, any shape
        Predicted probabilities of label 1, clipped to [1e-7, 1 - 1e-7] so that no loss is infinite.
    y : array, the shape of p
        Labels, 0 or 1.

    Returns
    -------
    array, the shape of p
        One loss for each example.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.2.2.2.
    """
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def binary_cost(p, y):
    """Cost of a batch: the mean binary cross-entropy.

    Parameters
    ----------
    p : array, shape (m,) or (m, 1)
        Predicted probabilities of label 1, clipped as in `binary_cross_entropy`.
    y : array, shape (m,) or (m, 1)
        Labels, 0 or 1.

    Returns
    -------
    float
        The mean loss over the m examples.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.2.1.
    """
    return np.mean(binary_cross_entropy(np.ravel(p), np.ravel(y)))


def squared_error_cost(prediction, target):
    """Squared error cost: half the mean of the squared differences.

    Parameters
    ----------
    prediction : array, shape (m,) or (m, 1)
        What the model gives.
    target : array, shape (m,) or (m, 1)
        What it should give.

    Returns
    -------
    float
        ``1 / (2 m)`` times the sum of the squared differences.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 5.1.4.
    """
    difference = np.ravel(prediction) - np.ravel(target)
    return np.sum(difference**2) / (2 * len(difference))


# MeanSquaredError is the mean of the squares, and the cost above is half of it.
keras_mse_ratio = 2


def bce_from_logits(z, y):
    """Binary cross-entropy of each example, straight from the logits.

    Parameters
    ----------
    z : array, any shape
        Logits: what goes into the sigmoid.
    y : array, the shape of z
        Labels, 0 or 1.

    Returns
    -------
    array, the shape of z
        One loss for each example, right for logits of any size.

    References
    ----------
    N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, SIAM 2002, chapter 1.
    """
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))


def logistic_gradient(w, b, X, y):
    """Gradient of the mean binary cross-entropy of a neuron with sigmoid, for any weighted sum.

    Parameters
    ----------
    w : array, shape (n,)
        Weights.
    b : float
        Bias.
    X : array, shape (m, n)
        One example in each row.
    y : array, shape (m,)
        Labels, 0 or 1.

    Returns
    -------
    tuple (dw, db)
        dw has shape (n,), db is a float.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    section 4.4.1.
    """
    z = X @ w + b
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1 / (1 + e), e / (1 + e))
    error = p - y  # (m,)
    return X.T @ error / len(y), np.mean(error)


def gradient_step(w, b, X, y, alpha):
    """One step of gradient descent; the arguments stay as they are.

    Parameters
    ----------
    w : array, shape (n,)
        Weights.
    b : float
        Bias.
    X : array, shape (m, n)
        One example in each row.
    y : array, shape (m,)
        Labels, 0 or 1.
    alpha : float
        The learning rate.

    Returns
    -------
    tuple (w, b)
        The weights and the bias after the step.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 4.3.
    """
    dw, db = logistic_gradient(w, b, X, y)
    return w - alpha * dw, b - alpha * db


def keras_twin(layers):
    """A Keras model that computes what the same layers compute in NumPy.

    Parameters
    ----------
    layers : list of (W, b, name)
        One tuple for each layer, the first layer first. The name of the activation is 'sigmoid',
        'relu', 'tanh' or 'linear'.

    Returns
    -------
    keras.Model
        Built, with these weights. It maps (m, n) to (m, u).

    References
    ----------
    The Keras guide "The Sequential model".
    """
    import keras

    model = keras.Sequential([keras.Input((layers[0][0].shape[0],))])
    for W, b, name in layers:
        layer = keras.layers.Dense(W.shape[1], activation=name)
        model.add(layer)
        layer.set_weights([W, b])
    return model


def binary_model(n):
    """A model for yes or no: layers of 25, 15 and 1 units, compiled for training.

    Parameters
    ----------
    n : int
        How many inputs.

    Returns
    -------
    keras.Model
        Built and compiled, with a binary cross-entropy that fits its output.

    References
    ----------
    The Keras guide "Training and evaluation with the built-in methods".
    """
    import keras

    model = keras.Sequential(
        [
            keras.Input((n,)),
            keras.layers.Dense(25, activation="relu"),
            keras.layers.Dense(15, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy())
    return model


def train_binary_model(X, y):
    """Create, compile and fit a model that tells zeros from ones.

    Parameters
    ----------
    X : array, shape (m, n)
        Images as rows, values from 0 to 1.
    y : array, shape (m,)
        Labels, 0 or 1.

    Returns
    -------
    keras.Model
        The fitted model.

    References
    ----------
    The Keras guide "Training and evaluation with the built-in methods".
    """
    model = binary_model(X.shape[1])
    model.fit(X, y, epochs=60, batch_size=300, verbose=0)
    return model


def best_epoch(history):
    """The epoch with the lowest validation loss.

    Parameters
    ----------
    history : dict
        Like ``model.fit(...).history``: a list of numbers under each name, one for each epoch.

    Returns
    -------
    int
        The epoch, counted from 0. The first one on a tie.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 7.8.
    """
    return int(np.argmin(history["val_loss"]))


# One column against one row: every difference of the two, four in place of two.
break_shapes = (
    np.array([1.0, 2.0]),  # prediction (m,)
    np.array([[1.0], [2.0]]),  # target (m, 1)
)


def choose_loss(task):
    """The name of the Keras loss class for a task.

    Parameters
    ----------
    task : str
        'binary', 'regression', 'multiclass integer labels' or 'multiclass one-hot labels'.

    Returns
    -------
    str
        The class's name in ``keras.losses``.

    Raises
    ------
    ValueError
        For any other task.

    References
    ----------
    The Keras API reference, "Losses".
    """
    losses = {
        "binary": "BinaryCrossentropy",
        "regression": "MeanSquaredError",
        "multiclass integer labels": "SparseCategoricalCrossentropy",
        "multiclass one-hot labels": "CategoricalCrossentropy",
    }
    if task not in losses:
        raise ValueError(f"unknown task: {task!r}")
    return losses[task]


def train_curve_model(x_curve, y_curve):
    """A network with ReLU, fitted to the bent curve.

    Parameters
    ----------
    x_curve : array, shape (m, 1)
        Minutes from the recommended roasting time.
    y_curve : array, shape (m, 1)
        How good the coffee tastes.

    Returns
    -------
    keras.Model
        Compiled with the mean squared error, and fitted.

    References
    ----------
    The Keras guide "Training and evaluation with the built-in methods".
    """
    import keras

    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(25, activation="relu"),
            keras.layers.Dense(15, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss=keras.losses.MeanSquaredError())
    model.fit(x_curve, y_curve, epochs=40, verbose=0)
    return model


def regression_model(n):
    """A model for a number: one linear output unit, compiled with the mean squared error.

    Parameters
    ----------
    n : int
        How many inputs.

    Returns
    -------
    keras.Model
        Built and compiled.

    References
    ----------
    The Keras guide "Training and evaluation with the built-in methods".
    """
    import keras

    model = keras.Sequential(
        [
            keras.Input((n,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss=keras.losses.MeanSquaredError())
    return model
