"""The bent curve is what chapters 2 and 3 say it is."""

import numpy as np

from utils.data.bent_curve import NOISE, RANGE, bent_curve, true_score


def test_bent_curve_has_two_columns_of_train_and_test():
    shapes = [a.shape for a in bent_curve(m_train=7, m_test=5)]
    assert shapes == [(7, 1), (7, 1), (5, 1), (5, 1)]


def test_bent_curve_repeats_itself_by_seed():
    for once, again, other in zip(bent_curve(3), bent_curve(3), bent_curve(4), strict=True):
        assert np.array_equal(once, again)
        assert not np.array_equal(once, other)


def test_bent_curve_tests_on_other_examples_than_it_trains_on():
    x_train, _, x_test, _ = bent_curve()
    assert not np.intersect1d(x_train, x_test).size


def test_bent_curve_scatters_around_the_true_score_by_its_noise():
    x, y, _, _ = bent_curve(m_train=20_000)
    assert RANGE[0] <= x.min()
    assert x.max() <= RANGE[1]
    assert abs(np.std(y - true_score(x)) - NOISE) < 0.005


def test_true_score_is_best_half_a_minute_late_and_falls_faster_than_it_rises():
    x = np.linspace(*RANGE, 601)
    assert abs(x[np.argmax(true_score(x))] - 0.5) < 1e-9
    assert true_score(-1.0) > true_score(2.0)  # both 1.5 minutes from the best


def test_a_line_leaves_nearly_all_of_the_spread_of_the_bent_curve():
    x, y, x_test, y_test = bent_curve()
    line = np.polynomial.Polynomial.fit(x.ravel(), y.ravel(), 1)
    error = np.mean((line(x_test) - y_test) ** 2)
    assert 0.9 < error / np.var(y_test) < 1.1
