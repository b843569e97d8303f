"""What chapter 7 says of its two options holds on other seeds than the notebook's."""

import numpy as np
import pytest

import utils  # noqa: F401  # before Keras: it keeps TensorFlow quiet
from utils.data.moved_digits import moved_digits
from utils.data.printed_letters import printed_letters
from utils.plotting.label_runs import BATCH, _Run, accuracies, from_scratch
from utils.reference.transfer_learning import option_1, option_2

keras = pytest.importorskip("keras")

SIZES = [16, 64, 256, 1024]
SEEDS = (11, 12, 13)  # the notebook has 0 to 2, and pretrains with 0
WAYS = {
    "scratch": lambda pretrained: from_scratch(pretrained, 10),
    "option 1": lambda pretrained: option_1(pretrained, 10),
    "option 2": lambda pretrained: option_2(pretrained, 10),
}


def in_rows(X):
    return X.reshape(len(X), -1)


def network(units):
    hidden = [keras.layers.Dense(128, activation="relu") for _ in range(4)]
    model = keras.Sequential([keras.Input((196,)), *hidden, keras.layers.Dense(units)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def digits():
    X, y = moved_digits()
    parts = [moved_digits("test", seed=seed) for seed in (1, 2, 3, 4)]
    X_test, y_test = (np.concatenate(part) for part in zip(*parts, strict=True))
    return (in_rows(X), y), (in_rows(X_test), y_test)


@pytest.fixture(scope="module")
def found():
    """The chapter's recipe, pretrained from another seed on other letters."""
    keras.utils.set_random_seed(1)
    L, letter = printed_letters(4000, places=4, seed=2)
    pretrained = network(26)
    pretrained.fit(in_rows(L), letter, epochs=10, batch_size=128, verbose=0)
    return accuracies(WAYS, pretrained, *digits(), SIZES, SEEDS)


@pytest.mark.slow
def test_option_1_wins_with_few_labels(found):
    few = [k for k, size in enumerate(SIZES) if size <= 64]
    one = found["option 1"][:, few]
    assert np.all(one > found["option 2"][:, few])
    assert np.all(one > found["scratch"][:, few])


@pytest.mark.slow
def test_option_2_wins_with_many_labels(found):
    two = found["option 2"][:, -1]
    assert np.all(two > found["option 1"][:, -1])
    assert np.all(two > found["scratch"][:, -1])


def test_a_run_takes_the_steps_of_fit():
    train, test = digits()
    model = WAYS["option 2"](network(26))
    start = model.get_weights()
    run = _Run(WAYS["option 2"](network(26)))
    one_batch = np.arange(BATCH)  # so that the order of the examples does not matter
    run.accuracy(start, train, one_batch, test, np.random.default_rng(0), epochs=5)
    model.fit(train[0][one_batch], train[1][one_batch], epochs=5, batch_size=BATCH, verbose=0)
    for was, mine, fitted in zip(start, run.model.get_weights(), model.get_weights(), strict=True):
        assert np.abs(fitted - was).max() > 1e-3
        np.testing.assert_allclose(mine, fitted, atol=1e-5)


def test_runs_do_not_learn_from_one_another():
    train, test = digits()
    pretrained = network(26)
    ways = {"all": WAYS["option 2"]}
    alone = accuracies(ways, pretrained, train, test, [BATCH], [3], epochs=20)["all"]
    after = accuracies(ways, pretrained, train, test, [BATCH, 64], [4, 3], epochs=20)["all"]
    assert after[1, 0] == pytest.approx(alone[0, 0], abs=0.002)
    assert after[0, 0] != after[1, 0]
