"""The roasts, and the weights the chapter shows for them."""

import doctest

import numpy as np

from utils.data import coffee


def test_roasts_are_the_same_for_a_seed_and_differ_between_seeds():
    (X, y), (again, _), (other, _) = coffee.roasts(), coffee.roasts(), coffee.roasts(seed=2)
    assert X.shape == (200, 2)
    assert y.shape == (200,)
    np.testing.assert_array_equal(X, again)
    assert not np.array_equal(X, other)


def test_roasts_stay_in_range_and_have_both_labels():
    X, y = coffee.roasts()
    assert np.all(X >= [150, 11.5])
    assert np.all(X <= [290, 15.5])
    assert set(y) == {0, 1}


def test_well_roasted_at_and_beyond_each_edge():
    temperature = np.array([200, 175, 200, 215, 200, 250])
    duration = np.array([13.0, 13.0, 12.0, 13.5, 14.9, 12.1])
    #     inside; on the cool, the short, the burnt edge; burnt; inside near the corner
    np.testing.assert_array_equal(coffee.well_roasted(temperature, duration), [1, 0, 0, 0, 0, 1])


def test_trained_weights_are_what_fit_finds_rounded():
    X, y = coffee.roasts()
    for found, shown in zip(coffee.fit(coffee.scaled(X), y), coffee.trained_weights(), strict=True):
        np.testing.assert_array_equal(found.round(), shown)


def test_trained_weights_are_right_on_nearly_all_roasts_also_on_new_ones():
    for m, seed in ((200, 1), (5000, 99)):
        X, y = coffee.roasts(m, seed)
        correct = (coffee.probabilities(coffee.scaled(X)) >= 0.5) == y
        assert correct.mean() >= 0.975


def test_rounding_the_weights_costs_three_roasts():
    X, y = coffee.roasts()
    W1, b1, W2, b2 = coffee.fit(coffee.scaled(X), y)
    p = coffee.sigmoid(coffee.sigmoid(coffee.scaled(X) @ W1 + b1) @ W2 + b2)[:, 0]
    rounded = coffee.probabilities(coffee.scaled(X))
    assert np.sum((p >= 0.5) == y) == 200
    assert np.sum((rounded >= 0.5) == y) == 197


def test_trained_weights_can_be_changed_without_harm():
    coffee.trained_weights()[0][:] = 0
    assert coffee.trained_weights()[0].any()


def test_examples_in_the_docstrings_run():
    assert doctest.testmod(coffee).failed == 0
