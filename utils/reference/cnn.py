"""Chapter 5, convolutional networks: slide one small kernel over the image, and count the saving.

Images are written ``(m, H, W, C)``: ``m`` examples of ``H`` rows, ``W`` columns, ``C`` channels.
Kernels are ``(kh, kw, C, F)``: ``F`` filters of ``kh`` rows and ``kw`` columns.
"""

import numpy as np


def zero_pad(X, pad):
    """Images with a frame of zeros, ``pad`` pixels wide on every side.

    Parameters
    ----------
    X : array, shape (m, H, W, C)
        The images.
    pad : int
        The width of the frame, 0 or more.

    Returns
    -------
    array, shape (m, H + 2 * pad, W + 2 * pad, C)
        Only rows and columns are added: no examples, no channels.

    Examples
    --------
    >>> zero_pad(np.array([[[[5], [6]]]]), 1)[0, :, :, 0]
    array([[0, 0, 0, 0],
           [0, 5, 6, 0],
           [0, 0, 0, 0]])

    References
    ----------
    Dumoulin and Visin, *A guide to convolution arithmetic for deep learning*, 2016, section 2.2.
    """
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))


def conv_step(patch, kernel, b):
    """One step of a convolution: one patch of the image, one filter, one number.

    Parameters
    ----------
    patch : array, shape (kh, kw, C)
        The piece of the image under the kernel.
    kernel : array, shape (kh, kw, C)
        One filter's weights.
    b : float
        The filter's bias.

    Returns
    -------
    float
        ``Σ patch · kernel + b``, the sum over rows, columns and channels.

    Examples
    --------
    >>> float(conv_step(np.array([[[1.0], [2.0]]]), np.array([[[3.0], [-1.0]]]), 0.5))
    1.5

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 9.1.
    """
    return np.sum(patch * kernel) + b


def conv2d(X, kernels, b, stride=1, pad=0):
    """Output of a convolutional layer, before any activation: every filter, everywhere.

    As in Keras the kernel is not turned round; mathematicians call that a cross-correlation.

    Parameters
    ----------
    X : array, shape (m, H, W, C)
        The images.
    kernels : array, shape (kh, kw, C, F)
        The weights. ``kernels[:, :, :, f]`` belongs to filter f.
    b : array, shape (F,)
        One bias for each filter.
    stride : int
        By how many pixels the window moves, down and to the right.
    pad : int
        The width of the frame of zeros that is put around each image first.

    Returns
    -------
    array, shape (m, H', W', F)
        H' and W' say how many windows fit: ``(H + 2 * pad - kh) // stride + 1``, and the same
        with W and kw. At least one does.

    Examples
    --------
    >>> X = np.array([1.0, 2.0, 4.0, 8.0]).reshape(1, 1, 4, 1)
    >>> steps = np.array([-1.0, 1.0]).reshape(1, 2, 1, 1)
    >>> conv2d(X, steps, np.zeros(1)).ravel()
    array([1., 2., 4.])

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, sections 9.1 and 9.5.
    Dumoulin and Visin, *A guide to convolution arithmetic for deep learning*, 2016, section 2.4.
    """
    m, H, W, _ = X.shape
    kh, kw, _, F = kernels.shape
    rows = (H + 2 * pad - kh) // stride + 1
    columns = (W + 2 * pad - kw) // stride + 1
    padded = zero_pad(X, pad)
    out = np.zeros((m, rows, columns, F))
    for n in range(m):
        for i in range(rows):
            for j in range(columns):
                top, left = i * stride, j * stride
                patch = padded[n, top : top + kh, left : left + kw]  # (kh, kw, C)
                for f in range(F):
                    out[n, i, j, f] = conv_step(patch, kernels[:, :, :, f], b[f])
    return out


def pool2d(X, size, stride, mode="max"):
    """The largest or the mean value of each window, channel by channel.

    Parameters
    ----------
    X : array, shape (m, H, W, C)
        The images, or what a convolution made of them.
    size : int
        The window has ``size`` rows and ``size`` columns.
    stride : int
        By how many pixels the window moves, down and to the right.
    mode : str
        ``"max"`` or ``"average"``.

    Returns
    -------
    array, shape (m, H', W', C)
        One number for each whole window: ``H' = (H - size) // stride + 1``. A window that
        reaches over the edge is dropped.

    Raises
    ------
    ValueError
        The mode is another.

    Examples
    --------
    >>> X = np.array([[1.0, 2.0, 9.0], [3.0, 6.0, 9.0]]).reshape(1, 2, 3, 1)
    >>> pool2d(X, 2, 2).ravel(), pool2d(X, 2, 2, "average").ravel()
    (array([6.]), array([3.]))

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 9.3.
    """
    if mode == "max":
        pool = np.max
    elif mode == "average":
        pool = np.mean
    else:
        raise ValueError(f"mode must be 'max' or 'average', got {mode!r}")
    m, H, W, C = X.shape
    rows = (H - size) // stride + 1
    columns = (W - size) // stride + 1
    out = np.zeros((m, rows, columns, C))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = X[:, top : top + size, left : left + size]  # (m, size, size, C)
            out[:, i, j] = pool(window, axis=(1, 2))
    return out


def output_size(n, kernel, pad, stride):
    """How many windows fit along one side of an image.

    Parameters
    ----------
    n : int
        How many pixels the side has.
    kernel : int
        How many pixels the window covers.
    pad : int
        How many zeros are added at either end.
    stride : int
        By how many pixels the window moves.

    Returns
    -------
    int

    Examples
    --------
    >>> output_size(28, 3, 0, 1), output_size(28, 3, 1, 1), output_size(28, 3, 0, 2)
    (26, 28, 13)

    References
    ----------
    Dumoulin and Visin, *A guide to convolution arithmetic for deep learning*, 2016, section 2.4.
    """
    return (n + 2 * pad - kernel) // stride + 1


def layer_parameters(H, W, C, F, k):
    """Parameters of three layers that map ``(H, W, C)`` to ``(H - k + 1, W - k + 1, F)``.

    Parameters
    ----------
    H, W, C : int
        Rows, columns and channels of the input.
    F : int
        How many filters, and so channels of the output.
    k : int
        A filter has k rows and k columns. Stride 1, no padding.

    Returns
    -------
    dict of str to int
        Weights and biases. ``"dense"``: every output sees every input. ``"local"``: every output
        sees its own window, with weights and a bias of its own. ``"conv"``: so too, but all
        outputs of a filter share the filter's weights and its bias.

    Examples
    --------
    >>> layer_parameters(28, 28, 1, 8, 3)
    {'dense': 4245280, 'local': 54080, 'conv': 80}

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, sections 9.2 and 9.5.
    """
    inputs = H * W * C
    outputs = (H - k + 1) * (W - k + 1) * F
    window = k * k * C
    return {
        "dense": (inputs + 1) * outputs,
        "local": (window + 1) * outputs,
        "conv": (window + 1) * F,
    }


def conv_as_matrix(kernel, H, W):
    """The matrix that does to a flattened image what a convolution does to the image.

    Parameters
    ----------
    kernel : array, shape (kh, kw)
        One filter, not turned round. Stride 1, no padding, no bias.
    H, W : int
        Rows and columns of the image.

    Returns
    -------
    array, shape ((H - kh + 1) * (W - kw + 1), H * W)
        One row for each place of the window, one column for each pixel, both counted row by row.

    Examples
    --------
    >>> conv_as_matrix(np.array([[1.0, 2.0]]), 1, 3)
    array([[1., 2., 0.],
           [0., 1., 2.]])

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 9.1.
    Dumoulin and Visin, *A guide to convolution arithmetic for deep learning*, 2016, section 4.1.
    """
    kh, kw = kernel.shape
    rows = []
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            weights = np.zeros((H, W))  # of every pixel, seen from this place
            weights[i : i + kh, j : j + kw] = kernel
            rows.append(weights.ravel())
    return np.array(rows)


break_flip = (
    np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),  # X (H, W)
    np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 2.0, 0.0]]),  # kernel (3, 3)
)


edge_kernel = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])  # Sobel's


def receptive_field(layers):
    """How many input pixels in a line one output sees, from the first to the last.

    Parameters
    ----------
    layers : list of (kernel, stride)
        Two ints for each convolution or pooling layer, input to output.

    Returns
    -------
    int
        1 without any layer.

    Examples
    --------
    >>> receptive_field([(3, 1), (2, 2), (3, 1)])
    8

    References
    ----------
    Araujo, Norris and Sim, *Computing receptive fields of convolutional neural networks*,
    Distill 2019.
    """
    span = 1
    step = 1  # input pixels between neighbours, after the layers so far
    for kernel, stride in layers:
        span = span + (kernel - 1) * step
        step = step * stride
    return span


def is_equivariant(f, X, shift):
    """Whether f of the moved image is the moved f of the image.

    Parameters
    ----------
    f : function
        A layer: images ``(m, H, W, C)`` to images with the same H and W.
    X : array, shape (m, H, W, C)
        The images to try it on.
    shift : pair of int
        By how many rows (down) and columns (to the right) to move. Zeros move in.

    Returns
    -------
    bool
        Whether both agree, to a relative tolerance of 1e-5, away from the border: the outermost
        ``max(|shift|) + 4`` pixels are left out, where the zeros that moved in are seen.

    Examples
    --------
    >>> X = np.arange(400.0).reshape(1, 20, 20, 1)
    >>> is_equivariant(np.square, X, (1, 2))
    True
    >>> is_equivariant(lambda A: A * np.arange(20.0)[:, None], X, (1, 2))
    False

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 9.2.
    """
    down, right = shift
    border = max(abs(down), abs(right)) + 4

    def moved(A):
        _, H, W, _ = A.shape
        top, left = border - down, border - right
        return zero_pad(A, border)[:, top : top + H, left : left + W]

    one = f(moved(X))[:, border:-border, border:-border]
    other = moved(f(X))[:, border:-border, border:-border]
    return bool(np.allclose(one, other, rtol=1e-5))


def cnn_model(shape, K):
    """A small convolutional network for K classes, built and compiled.

    Parameters
    ----------
    shape : tuple (H, W, C)
        Rows, columns and channels of an image; at least 8 rows and 8 columns.
    K : int
        How many classes.

    Returns
    -------
    keras.Model
        Maps (m, H, W, C) to logits (m, K). It has a convolution, a pooling layer, at most 30,000
        parameters, and the loss that takes logits and whole-number labels.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, sections 9.1 and 9.3.
    The Keras API reference, "Convolution layers" and "Pooling layers".
    """
    import keras

    model = keras.Sequential(
        [
            keras.Input(shape),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(48, 3, padding="same", activation="relu"),
            keras.layers.GlobalMaxPooling2D(),
            keras.layers.Dense(K),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.003), loss=loss)
    return model


def train_cnn(X, y):
    """Create, compile and fit a small convolutional network.

    Parameters
    ----------
    X : array, shape (m, H, W, 1)
        Images of digits, values from 0 to 1.
    y : array, shape (m,)
        The digits, ints from 0 to 9.

    Returns
    -------
    keras.Model
        The fitted model, with at most 30,000 parameters. The largest of its ten outputs tells
        the digit.

    References
    ----------
    The Keras guide "Training and evaluation with the built-in methods".
    """
    model = cnn_model(X.shape[1:], 10)
    model.fit(X, y, epochs=15, verbose=0)
    return model
