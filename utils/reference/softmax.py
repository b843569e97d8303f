"""Chapter 4, softmax and getting the numbers right.

Shapes are written ``(rows, columns)``: ``m`` examples, ``n`` inputs, ``K`` classes. Keras is
imported where it is used.
"""

import numpy as np


def roundoff(x):
    """Relative error of computing 2x as ``(1 + x) - (1 - x)``, elementwise.

    Parameters
    ----------
    x : array, any shape
        Numbers other than 0.

    Returns
    -------
    array, the shape of x
        ``|computed - 2x| / |2x|``.

    References
    ----------
    D. Goldberg, "What every computer scientist should know about floating-point arithmetic",
    ACM Computing Surveys 1991.
    """
    computed = (1 + x) - (1 - x)
    return np.abs(computed - 2 * x) / np.abs(2 * x)


def softmax(z):
    """The softmax of one vector of logits, by its formula.

    Parameters
    ----------
    z : array, shape (K,)
        Logits, of magnitude 20 at most.

    Returns
    -------
    array, shape (K,)
        Probabilities. They sum to 1.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, equation 6.29.
    """
    e = np.exp(z)
    return e / np.sum(e)


def softmax_regression(X, W, b):
    """The probability of each class for each example.

    Parameters
    ----------
    X : array, shape (m, n)
        One example in each row.
    W : array, shape (n, K)
        Weights. Column ``W[:, k]`` belongs to class k.
    b : array, shape (K,)
        One bias for each class.

    Returns
    -------
    array, shape (m, K)
        Row i holds the K probabilities of example i.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.2.2.3.
    """
    e = np.exp(X @ W + b)  # (m, K)
    return e / np.sum(e, axis=1, keepdims=True)


def largest_safe_exponent(dtype):
    """The largest whole number k for which ``exp(k)`` is finite.

    Parameters
    ----------
    dtype : str
        'float16', 'float32' or 'float64'.

    Returns
    -------
    int

    References
    ----------
    IEEE Standard for Floating-Point Arithmetic, IEEE 754-2019.
    """
    return int(np.floor(np.log(float(np.finfo(dtype).max))))


def stable_softmax(Z, axis=-1):
    """Softmax along an axis, without overflow.

    Parameters
    ----------
    Z : array, any shape
        Logits of any size.
    axis : int, default -1
        The axis along which the probabilities sum to 1.

    Returns
    -------
    array, the shape of Z
        float32 for float32 input, else float64.

    References
    ----------
    Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and softmax functions",
    IMA Journal of Numerical Analysis 2021.
    """
    e = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(Z):
    """The logarithm of the softmax over the last axis, finite where the softmax is 0.

    Parameters
    ----------
    Z : array, shape (..., K)
        Logits of any size.

    Returns
    -------
    array, the shape of Z

    References
    ----------
    Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and softmax functions",
    IMA Journal of Numerical Analysis 2021.
    """
    shifted = Z - np.max(Z, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


def one_hot(y, K):
    """Labels as rows with a single 1.

    Parameters
    ----------
    y : array of int, shape (m,)
        Labels from 0 to K - 1.
    K : int
        How many classes.

    Returns
    -------
    array, shape (m, K)
        1.0 at the label, 0.0 elsewhere.

    Raises
    ------
    ValueError
        If a label is below 0 or above K - 1.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 3.9.
    """
    if np.any(y < 0) or np.any(y >= K):
        raise ValueError(f"labels must lie in 0..{K - 1}")
    return np.eye(K)[y]


def cross_entropy(P, Y):
    """Mean cross-entropy between one-hot labels and probabilities.

    Parameters
    ----------
    P : array, shape (m, K)
        Probabilities. Clipped to [1e-7, 1], so that no loss is infinite.
    Y : array, shape (m, K)
        One-hot labels.

    Returns
    -------
    float
        The mean over the m examples.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 3.13.
    """
    return np.mean(-np.sum(Y * np.log(np.clip(P, 1e-7, 1)), axis=1))


def cross_entropy_from_logits(Z, y):
    """Mean cross-entropy straight from the logits.

    Parameters
    ----------
    Z : array, shape (m, K)
        Logits of any size.
    y : array of int, shape (m,)
        Labels from 0 to K - 1.

    Returns
    -------
    float
        The mean over the m examples.

    References
    ----------
    Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and softmax functions",
    IMA Journal of Numerical Analysis 2021.
    """
    rows = np.arange(len(y))
    return np.mean(-log_softmax(Z)[rows, y])


def softmax_gradient(Z, y):
    """Gradient of the mean cross-entropy with respect to the logits.

    Parameters
    ----------
    Z : array, shape (m, K)
        Logits of any size.
    y : array of int, shape (m,)
        Labels from 0 to K - 1.

    Returns
    -------
    array, shape (m, K)

    References
    ----------
    C. M. Bishop, *Pattern Recognition and Machine Learning*, Springer 2006, section 4.3.4.
    """
    return (stable_softmax(Z) - one_hot(y, Z.shape[1])) / len(y)


# The second row lies 2000 below the largest logit of all: exp gives 0 for each of its entries.
break_one_max = np.array([[1000.0, 0.0], [-1000.0, -1001.0]])


def digit_model(n, K):
    """A model for K classes that gives logits, compiled with the loss that takes them.

    Parameters
    ----------
    n : int
        How many inputs.
    K : int
        How many classes.

    Returns
    -------
    keras.Model
        Built and compiled.

    References
    ----------
    The Keras API reference, "Probabilistic losses".
    """
    import keras

    model = keras.Sequential(
        [
            keras.Input((n,)),
            keras.layers.Dense(25, activation="relu"),
            keras.layers.Dense(15, activation="relu"),
            keras.layers.Dense(K),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="adam", loss=loss)
    return model


def predict_probabilities(model, X):
    """Probabilities from a model that returns logits.

    Parameters
    ----------
    model : keras.Model
        Maps (m, n) to logits (m, K).
    X : array, shape (m, n)
        One example in each row.

    Returns
    -------
    array, shape (m, K)
        NumPy; each row sums to 1.

    References
    ----------
    The Keras guide "Making new layers and models via subclassing", on ``training``.
    """
    return stable_softmax(model.predict(X, verbose=0))


def double_softmax(model):
    """Whether a compiled model's loss and output disagree about logits.

    Parameters
    ----------
    model : keras.Model
        Compiled with a binary, categorical or sparse categorical cross-entropy, as a string or as
        an object. Its output is a sigmoid, a softmax or linear.

    Returns
    -------
    bool
        True if probabilities go into a loss that expects logits, or the other way round.

    References
    ----------
    The Keras API reference, "Probabilistic losses", on ``from_logits``.
    """
    import keras

    last = model.layers[-1]
    squashing = (keras.activations.sigmoid, keras.activations.softmax)
    is_squashing = getattr(last, "activation", None) in squashing
    gives_probabilities = is_squashing or isinstance(last, keras.layers.Softmax)
    expects_logits = getattr(model.loss, "from_logits", False)  # a string or a function has none
    return gives_probabilities == expects_logits
