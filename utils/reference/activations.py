"""Chapter 2, activations: what they compute, their slopes, and what a stack of lines is.

Shapes are written ``(rows, columns)``: ``m`` examples, ``n`` inputs, ``u`` units, ``L`` layers.
"""

import numpy as np


def sigmoid(z):
    """The sigmoid ``1 / (1 + exp(-z))``, elementwise, for any z without overflow.

    Parameters
    ----------
    z : number or array, any shape
        The weighted input.

    Returns
    -------
    float or array, the shape of z
        Values from 0 to 1. A number in gives a number out.

    References
    ----------
    N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, SIAM 2002, chapter 1.
    """
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))  # at most 1: it cannot overflow
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))[()]


def relu(z):
    """The rectified linear unit ``max(0, z)``, elementwise.

    Parameters
    ----------
    z : array, any shape
        The weighted input.

    Returns
    -------
    array, the shape of z
        z where it is positive, else 0.

    References
    ----------
    Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
    """
    return np.maximum(0, z)


def sigmoid_gradient(z):
    """The slope of the sigmoid at z, elementwise, for any z without overflow.

    Parameters
    ----------
    z : array, any shape
        The weighted input (not the activation).

    Returns
    -------
    array, the shape of z
        Slopes, from 0 to 0.25.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, equation 3.34.
    """
    a = sigmoid(z)
    return a * (1 - a)


def relu_gradient(z):
    """The slope of ReLU at z: 1.0 where z > 0, else 0.0, elementwise.

    Parameters
    ----------
    z : array, any shape
        The weighted input.

    Returns
    -------
    array of float, the shape of z
        Zeros and ones. At z = 0 the course takes 0.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.3.
    """
    return np.where(z > 0, 1.0, 0.0)


def collapse_linear(layers):
    """One linear layer that equals a whole stack of linear layers.

    Parameters
    ----------
    layers : list of (W, b)
        One tuple for each layer, the first layer first. Each computes ``a @ W + b``.

    Returns
    -------
    tuple (W, b)
        W has shape (n, u) and b has shape (u,): n inputs of the first layer, u units of the last.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.1.
    """
    W, b = layers[0]
    for W_next, b_next in layers[1:]:
        W = W @ W_next
        b = b @ W_next + b_next
    return W, b


def choose_activation(task):
    """The output layer's activation for a task.

    Parameters
    ----------
    task : str
        'binary', 'regression', 'non-negative regression' or 'multiclass'.

    Returns
    -------
    str
        'linear', 'relu', 'sigmoid' or 'softmax'.

    Raises
    ------
    ValueError
        For any other task.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.2.2.
    """
    activations = {
        "binary": "sigmoid",
        "regression": "linear",
        "non-negative regression": "relu",
        "multiclass": "softmax",
    }
    if task not in activations:
        raise ValueError(f"unknown task: {task!r}")
    return activations[task]


def gradient_scale(weights, z, g_prime):
    """How much a gradient shrinks or grows on its way back through a chain of units.

    Parameters
    ----------
    weights : array, shape (L,)
        One weight for each layer.
    z : array, shape (L,)
        The weighted input of each layer.
    g_prime : function
        The slope of the activation, elementwise. It takes a number or an array.

    Returns
    -------
    float
        The product over all layers of ``weights[l] * g_prime(z[l])``.

    References
    ----------
    Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", AISTATS 2010.
    """
    return np.prod(weights * g_prime(z))


def dead_units(A):
    """Which ReLU units are dead: exactly 0 for every example.

    Parameters
    ----------
    A : array, shape (m, u)
        A layer's ReLU outputs, one example in each row. None is negative.

    Returns
    -------
    array of bool, shape (u,)
        True for each unit that is 0 for all examples.

    References
    ----------
    Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models",
    ICML 2013.
    """
    return np.all(A == 0, axis=0)


# exp(-z) overflows float64 once -z passes 709.78.
break_naive_sigmoid = -710.0
