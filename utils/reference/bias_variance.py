"""Chapter 6, bias and variance: split the data, fit, choose a model, say what is wrong with it.

Shapes are written ``(rows, columns)``: ``m`` examples, ``n`` inputs. ``J_train``, ``J_cv`` and
``J_test`` are the squared error cost on the training, cross-validation and test set.
"""

import numpy as np


def split_data(X, y, seed):
    """Shuffle the examples and cut them into a training, a cross-validation and a test set.

    Parameters
    ----------
    X : array, shape (m,) or (m, n)
        One example in each entry or row.
    y : array, shape (m,)
        Their labels.
    seed : int
        Of the shuffle, 0 or larger: the same seed gives the same split, another seed another.

    Returns
    -------
    tuple (X_train, y_train, X_cv, y_cv, X_test, y_test)
        0.6 m examples for training, 0.2 m for cross-validation, both rounded down, and the rest
        for the test. With very few examples a set may be empty.

    Examples
    --------
    >>> parts = split_data(np.arange(9), np.arange(9) ** 2, seed=1)
    >>> [len(part) for part in parts]
    [5, 5, 1, 1, 3, 3]

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    section 7.2.
    """
    m = len(y)
    order = np.random.default_rng(seed).permutation(m)
    n_train, n_cv = int(0.6 * m), int(0.2 * m)
    train = order[:n_train]
    cv = order[n_train : n_train + n_cv]
    test = order[n_train + n_cv :]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


def polynomial_features(x, degree):
    """Powers of x, one in each column: x, x squared, and so on up to the degree.

    Parameters
    ----------
    x : array, shape (m,)
        One number for each example.
    degree : int
        The highest power, 1 or more.

    Returns
    -------
    array, shape (m, degree)
        There is no column of ones: the bias does its work.

    Examples
    --------
    >>> polynomial_features(np.array([2, -1]), 3)
    array([[ 2.,  4.,  8.],
           [-1.,  1., -1.]])

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    section 5.1.
    """
    x = np.asarray(x, dtype=float)  # high powers of whole numbers do not fit into 64 bits
    return np.column_stack([x**power for power in range(1, degree + 1)])


def fit_scaler(X_train):
    """Mean and standard deviation of each column of the training set.

    Parameters
    ----------
    X_train : array, shape (m, n)
        The training set, one example in each row.

    Returns
    -------
    tuple (mean, std)
        Both of shape (n,). The standard deviation is the population's: the root of the mean
        squared distance from the mean. It is 1 for a column whose values are all equal.

    Examples
    --------
    >>> mean, std = fit_scaler(np.array([[1.0, 5.0], [3.0, 5.0]]))
    >>> mean, std
    (array([2., 5.]), array([1., 1.]))

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    section 3.4.1.
    """
    constant = X_train.max(axis=0) == X_train.min(axis=0)
    return X_train.mean(axis=0), np.where(constant, 1.0, X_train.std(axis=0))


def fit_ridge(X, y, lam):
    """The weights and the bias of lowest regularised cost.

    Parameters
    ----------
    X : array, shape (m, n)
        One example in each row.
    y : array, shape (m,)
        Labels.
    lam : float
        How much large weights cost: 0 or more. Where it is 0, no column of X is a constant plus
        multiples of others, so that one solution is the best.

    Returns
    -------
    tuple (w, b)
        w has shape (n,), b is a float. They minimise ``1 / (2 m)`` times the sum of the squared
        errors plus ``lam / (2 m)`` times the sum of the squared weights, not of the bias.

    Examples
    --------
    >>> w, b = fit_ridge(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0]), 2.0)
    >>> w, float(b)
    (array([1.]), 2.0)

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    section 3.4.1.
    """
    n = X.shape[1]
    X_mean, y_mean = X.mean(axis=0), y.mean()
    A = X - X_mean  # with centred columns the best bias does not depend on the weights
    w = np.linalg.solve(A.T @ A + lam * np.eye(n), A.T @ (y - y_mean))
    return w, y_mean - X_mean @ w


def model_cost(X, y, w, b):
    """Squared error cost of a linear model, without a term for the weights.

    Parameters
    ----------
    X : array, shape (m, n)
        One example in each row.
    y : array, shape (m,)
        Labels.
    w : array, shape (n,)
        Weights.
    b : float
        Bias.

    Returns
    -------
    float
        ``1 / (2 m)`` times the sum of the squared errors.

    Examples
    --------
    >>> float(model_cost(np.array([[1.0], [2.0]]), np.array([3.0, 3.0]), np.array([2.0]), 0.0))
    0.5

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 5.1.4.
    """
    errors = X @ w + b - y  # (m,)
    return np.sum(errors**2) / (2 * len(y))


def select_degree(x_train, y_train, x_cv, y_cv, degrees):
    """Choose the degree of a polynomial by its cost on the cross-validation set.

    Each degree is fitted on the training set alone, without regularisation. The mean and the
    standard deviation of the training set's features scale those of both sets.

    Parameters
    ----------
    x_train, y_train : arrays, shape (m_train,)
        The training set.
    x_cv, y_cv : arrays, shape (m_cv,)
        The cross-validation set.
    degrees : list of int
        The degrees to try, in any order, each from 1 to 6.

    Returns
    -------
    tuple (degree, J_train, J_cv)
        The degree of the lowest J_cv, the smallest of those on an exact tie, and two lists of
        costs in the order of `degrees`.

    Examples
    --------
    >>> x_train, x_cv = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0]), np.array([-1.5, 0.5, 2.5])
    >>> degree, J_train, J_cv = select_degree(x_train, x_train**2, x_cv, x_cv**2, [1, 2])
    >>> degree, [round(float(J), 3) for J in J_cv]
    (2, [1.809, 0.0])

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    section 7.2.
    """
    J_train, J_cv = [], []
    for degree in degrees:
        X_train = polynomial_features(x_train, degree)
        X_cv = polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X_train)
        X_train, X_cv = (X_train - mean) / std, (X_cv - mean) / std
        w, b = fit_ridge(X_train, y_train, 0)
        J_train.append(model_cost(X_train, y_train, w, b))
        J_cv.append(model_cost(X_cv, y_cv, w, b))
    _, best = min(zip(J_cv, degrees, strict=True))  # of equal costs, the smaller degree
    return best, J_train, J_cv


def generalisation_error(x_train, y_train, x_cv, y_cv, x_test, y_test, degrees):
    """Choose the degree by cross-validation, then ask the test set once.

    Parameters
    ----------
    x_train, y_train : arrays, shape (m_train,)
        The training set: w and b come from it alone.
    x_cv, y_cv : arrays, shape (m_cv,)
        The cross-validation set: it chooses the degree.
    x_test, y_test : arrays, shape (m_test,)
        The test set: it chooses nothing.
    degrees : list of int
        The degrees to try, in any order, each from 1 to 6.

    Returns
    -------
    tuple (degree, J_test)
        The chosen degree, and the cost of that model on the test set.

    Examples
    --------
    >>> x, x_cv, x_test = np.arange(-2.0, 4.0), np.array([-1.5, 2.5]), np.array([0.5, 1.5])
    >>> degree, J_test = generalisation_error(x, x**2, x_cv, x_cv**2, x_test, x_test**2 + 1, [1, 2])
    >>> degree, round(float(J_test), 3)
    (2, 0.5)

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    sections 7.2 and 7.10.2.
    """
    degree, _, _ = select_degree(x_train, y_train, x_cv, y_cv, degrees)
    X_train = polynomial_features(x_train, degree)
    X_test = polynomial_features(x_test, degree)
    mean, std = fit_scaler(X_train)
    w, b = fit_ridge((X_train - mean) / std, y_train, 0)
    return degree, model_cost((X_test - mean) / std, y_test, w, b)


# B and H compute means of all rows, and E copies rows, before the split. C chooses columns by the
# labels of all rows, and G chooses the degree by the test set.
find_leaks = {"B", "C", "E", "G", "H"}

# The rule is y = x, and y_train is noisy. A curve of degree 6 runs after the noise.
break_training_choice = (
    np.array([-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0]),
    np.array([-0.8, -0.95, -0.3, -0.45, 0.2, 0.05, 0.7, 0.55, 1.2]),
    np.array([-0.9, -0.4, 0.1, 0.6, 0.9]),
    np.array([-0.9, -0.4, 0.1, 0.6, 0.9]),
)


def diagnose(baseline, J_train, J_cv, tol):
    """Say what is wrong with a model, from three costs.

    Parameters
    ----------
    baseline : float
        The cost that can be hoped for, such as that of a person.
    J_train, J_cv : float
        The cost on the training and on the cross-validation set.
    tol : float
        A gap counts when it is larger than this, not when it is equal.

    Returns
    -------
    str
        'high bias' where J_train lies too far above the baseline, 'high variance' where J_cv lies
        too far above J_train, 'high bias and high variance', or 'just right'.

    Examples
    --------
    >>> diagnose(1.0, 1.25, 4.0, 0.5)
    'high variance'

    References
    ----------
    A. Ng, *Machine Learning Yearning*, 2018, chapters 20 to 22.
    """
    high_bias = J_train - baseline > tol
    high_variance = J_cv - J_train > tol
    if high_bias and high_variance:
        return "high bias and high variance"
    if high_bias:
        return "high bias"
    if high_variance:
        return "high variance"
    return "just right"


def what_helps(diagnosis):
    """What to try next, given a diagnosis.

    Parameters
    ----------
    diagnosis : str
        One of the four that `diagnose` gives.

    Returns
    -------
    set of str
        Some of 'more data', 'fewer features', 'more features', 'smaller lambda', 'larger lambda'
        and 'bigger network'; an empty set where nothing is wrong.

    Raises
    ------
    ValueError
        For any other diagnosis.

    Examples
    --------
    >>> what_helps("just right")
    set()

    References
    ----------
    A. Ng, *Machine Learning Yearning*, 2018, chapters 25 to 27.
    """
    helps = {
        "high bias": {"more features", "smaller lambda", "bigger network"},
        "high variance": {"more data", "fewer features", "larger lambda"},
        "high bias and high variance": {"more data", "bigger network"},
        "just right": set(),
    }
    if diagnosis not in helps:
        raise ValueError(f"no such diagnosis: {diagnosis!r}")
    return helps[diagnosis]


def select_lambda(X_train, y_train, X_cv, y_cv, lambdas):
    """Choose how much to regularise by the cost on the cross-validation set.

    Parameters
    ----------
    X_train, y_train : arrays, shapes (m_train, n) and (m_train,)
        The training set, used as it is.
    X_cv, y_cv : arrays, shapes (m_cv, n) and (m_cv,)
        The cross-validation set.
    lambdas : list of float
        The values to try, in any order.

    Returns
    -------
    float
        The value of the lowest J_cv, the first of those on a tie. J_cv has no term for the weights.

    Examples
    --------
    >>> X, y = np.array([[-1.0], [0.0], [1.0]]), np.array([-3.0, 0.0, 3.0])
    >>> select_lambda(X, y, X, y / 3, [0.5, 4.0, 16.0])
    4.0

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, Springer 2009,
    sections 3.4.1 and 7.10.
    """
    costs = []
    for lam in lambdas:
        w, b = fit_ridge(X_train, y_train, lam)
        costs.append(model_cost(X_cv, y_cv, w, b))
    return lambdas[int(np.argmin(costs))]


def learning_curve(x, y, x_cv, y_cv, degree, sizes):
    """Costs of one model, fitted on more and more of the training examples.

    Parameters
    ----------
    x, y : arrays, shape (m_train,)
        The training examples.
    x_cv, y_cv : arrays, shape (m_cv,)
        The cross-validation set.
    degree : int
        Of the polynomial, 1 or more.
    sizes : list of int
        How many of the first training examples to use each time, each at least degree + 2.

    Returns
    -------
    tuple (J_train, J_cv)
        Two lists, one cost for each size: on the examples that were used, and on the whole
        cross-validation set. The fit is not regularised.

    Examples
    --------
    >>> x, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 1.0, 2.0, 7.0])
    >>> J_train, J_cv = learning_curve(x, y, np.array([4.0]), np.array([4.0]), 1, [3, 4])
    >>> [round(float(J), 3) for J in J_train], [round(float(J), 3) for J in J_cv]
    ([0.0, 0.6], [0.0, 8.0])

    References
    ----------
    A. Ng, *Machine Learning Yearning*, 2018, chapters 28 to 32.
    """
    J_train, J_cv = [], []
    for size in sizes:
        X = polynomial_features(x[:size], degree)
        X_cv = polynomial_features(x_cv, degree)
        mean, std = fit_scaler(X)
        X, X_cv = (X - mean) / std, (X_cv - mean) / std
        w, b = fit_ridge(X, y[:size], 0)
        J_train.append(model_cost(X, y[:size], w, b))
        J_cv.append(model_cost(X_cv, y_cv, w, b))
    return J_train, J_cv


def regularised_model(n, lam):
    """A network whose weights are kept small by a penalty, as ridge regression keeps its own.

    Parameters
    ----------
    n : int
        Inputs of one example.
    lam : float
        Strength of the penalty, larger than 0.

    Returns
    -------
    keras.Model
        Built and compiled. ``lam`` times the sum of the squares of each kernel is added to its
        loss, and nothing for the biases.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning*, MIT Press 2016, section 7.1.1.
    """
    import keras

    model = keras.Sequential([keras.Input((n,))])
    model.add(keras.layers.Dense(16, "relu", kernel_regularizer=keras.regularizers.L2(lam)))
    model.add(keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(lam)))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model
