"""Chapter 7, transfer learning: start from what another task has taught.

Shapes are written ``(rows, columns)``: ``m`` examples, ``K`` classes. Keras is imported where it is
used: it takes seconds, and part of this module needs only NumPy.
"""


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
