"""The three arms, and that nobody can guess better than `best_guess`."""

import numpy as np
import pytest

from utils.data.three_arms import WRONG, best_guess, three_arms


def test_the_best_guess_errs_little_more_than_the_wrong_labels():
    X, y = three_arms(30000, seed=5)
    share = np.mean(best_guess(X) != y)
    assert WRONG < share < WRONG + 0.015


def test_the_best_guess_is_the_most_frequent_label_around_a_point():
    X, y = three_arms(60000, seed=6)
    cells = np.floor(X / 0.1).astype(int)
    guess = best_guess(X)
    for cell in np.unique(cells, axis=0):
        here = np.all(cells == cell, axis=1)
        agreed = len(set(guess[here])) == 1  # a cell that no border crosses
        if agreed and here.sum() >= 100:
            assert np.bincount(y[here], minlength=3).argmax() == guess[here][0]


def test_no_straight_borders_come_near():
    X, y = three_arms(3000, seed=7)
    A = np.column_stack([X, np.ones(len(X))])
    scores = A @ np.linalg.lstsq(A, np.eye(3)[y])[0]
    assert np.mean(scores.argmax(axis=1) != y) > 2 * np.mean(best_guess(X) != y)


@pytest.mark.parametrize("m", [1, 2, 120])
def test_shapes_and_seeds(m):
    X, y = three_arms(m, seed=0)
    assert X.shape == (m, 2)
    assert y.shape == (m,)
    assert np.array_equal(X, three_arms(m, seed=0)[0])
    assert not np.any(three_arms(m, seed=1)[0] == X)
