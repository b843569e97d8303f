"""The sensor is what chapter 6 says it is."""

import numpy as np
import pytest

from utils.data import noisy_cubic


def test_readings_scatter_around_the_curve_by_the_noise():
    x, y = noisy_cubic.readings(20000, seed=3)
    off = y - np.polyval([3, -2.5, 1.2, -0.3], x)
    assert np.std(off) == pytest.approx(noisy_cubic.NOISE, rel=0.02)
    assert abs(np.mean(off)) < 0.01


def test_each_equal_part_of_the_range_has_one_reading():
    x, _ = noisy_cubic.readings(27, seed=0)
    assert sorted(np.floor((x + 1) / 2 * 27)) == list(range(27))


def test_readings_come_in_random_order():
    x, _ = noisy_cubic.readings(100, seed=0)
    assert abs(np.corrcoef(x, np.arange(100))[0, 1]) < 0.3


def test_the_three_sets_share_no_reading():
    x_train, _, x_cv, _, x_test, _ = noisy_cubic.noisy_cubic()
    assert [len(x) for x in (x_train, x_cv, x_test)] == [16, 100, 100]
    assert len(np.unique(np.concatenate([x_train, x_cv, x_test]))) == 216


def test_another_seed_gives_other_readings_and_the_same_seed_the_same():
    first, again, other = (noisy_cubic.noisy_cubic(seed)[1] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.any(first == other)


def test_the_cost_falls_for_ever_in_training_and_is_a_u_elsewhere():
    x, y, x_cv, y_cv, _, _ = noisy_cubic.noisy_cubic()
    curves = [np.polynomial.Polynomial.fit(x, y, d) for d in range(1, 11)]
    J_train = [np.mean((curve(x) - y) ** 2) for curve in curves]
    J_cv = [np.mean((curve(x_cv) - y_cv) ** 2) for curve in curves]
    assert np.all(np.diff(J_train) < 0)
    assert np.all(np.diff(J_cv[:3]) < 0)
    assert np.all(np.diff(J_cv[2:]) > 0)


def test_repeats_are_of_one_temperature():
    same = noisy_cubic.repeats(20000, seed=1, x=0.5)
    assert np.mean(same) == pytest.approx(noisy_cubic.true_reading(0.5), abs=0.01)
    assert np.var(same) / 2 == pytest.approx(0.045, rel=0.03)
