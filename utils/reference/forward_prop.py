"""Chapter 1, forward propagation: one neuron, a layer, a network, a batch.

Shapes are written ``(rows, columns)``: ``m`` examples, ``n`` inputs, ``u`` units.
"""

import numpy as np


def neuron(x, w, b, g):
    """Output of one neuron: ``g(w · x + b)``.

    Parameters
    ----------
    x : array, shape (n,)
        One example.
    w : array, shape (n,)
        One weight for each input.
    b : float
        The bias.
    g : function
        The activation. It takes a number or an array.

    Returns
    -------
    float
        The neuron's activation, one number.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.3.
    """
    return g(np.dot(w, x) + b)


def dense(a_in, W, b, g):
    """Output of one dense layer: unit j uses column j of W.

    Parameters
    ----------
    a_in : array, shape (n,)
        The layer's input, one example.
    W : array, shape (n, u)
        The weights. Column ``W[:, j]`` belongs to unit j.
    b : array, shape (u,)
        One bias for each unit.
    g : function
        The activation. It takes a number or an array.

    Returns
    -------
    array, shape (u,)
        One activation for each unit.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.3.
    """
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units):
        z = np.dot(W[:, j], a_in) + b[j]
        a_out[j] = g(z)
    return a_out


def sequential(x, layers):
    """Output of a network: each layer's output is the next layer's input.

    Parameters
    ----------
    x : array, shape (n,)
        One example.
    layers : list of (W, b, g)
        One tuple for each layer, the first layer first. Each has its own activation.

    Returns
    -------
    array, shape (u,)
        The activations of the last layer, which has u units.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, algorithm 6.3.
    """
    a = x
    for W, b, g in layers:
        a = dense(a, W, b, g)
    return a


def dense_batch(A_in, W, b, g):
    """Output of one dense layer for a whole batch, with one matrix product.

    Parameters
    ----------
    A_in : array, shape (m, n)
        One example in each row.
    W : array, shape (n, u)
        The weights. Column ``W[:, j]`` belongs to unit j.
    b : array, shape (u,)
        One bias for each unit.
    g : function
        The activation. Call it once, on the whole array.

    Returns
    -------
    array, shape (m, u)
        Row i holds the layer's activations for example i.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 6.5.4.
    """
    Z = A_in @ W + b  # (m, u); b is added to every row
    return g(Z)


def layer_shapes(n, units):
    """Shapes of W and b for each layer of a network.

    Parameters
    ----------
    n : int
        How many inputs the network takes.
    units : list of int
        How many units each layer has, the first layer first.

    Returns
    -------
    list of ((n_in, n_out), (n_out,))
        For each layer the shape of its W and the shape of its b.
    """
    shapes = []
    n_in = n
    for n_out in units:
        shapes.append(((n_in, n_out), (n_out,)))
        n_in = n_out
    return shapes


def count_parameters(n, units):
    """How many parameters a network has: all weights and all biases.

    Parameters
    ----------
    n : int
        How many inputs the network takes.
    units : list of int
        How many units each layer has, the first layer first.

    Returns
    -------
    int
        The number of weights plus the number of biases.
    """
    total = 0
    for (n_in, n_out), _ in layer_shapes(n, units):
        total += n_in * n_out + n_out
    return total


def predict_labels(p, threshold=0.5):
    """Turn probabilities into labels: 1 where ``p >= threshold``, else 0.

    Parameters
    ----------
    p : array of float, any shape
        Probabilities.
    threshold : float, default 0.5
        From here on the label is 1.

    Returns
    -------
    array of int, the shape of p
        Zeros and ones, as integers.
    """
    return (p >= threshold).astype(int)


# With a_in = [1, 0] the columns give the first row of W, and the rows give its first column.
break_rows = (
    np.array([1.0, 0.0]),  # a_in (n,)
    np.array([[1.0, 2.0], [3.0, 4.0]]),  # W (n, n)
    np.array([0.0, 0.0]),  # b (n,)
)
