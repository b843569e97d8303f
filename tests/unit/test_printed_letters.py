"""Chapter 7's letters: as coarse as the digits, anywhere on the field, the same from one seed."""

import numpy as np

from utils.data.printed_letters import FONTS, LETTERS, _drawn, printed_letters


def test_letters_have_the_shape_and_range_of_the_digits():
    X, y = printed_letters(30, places=2)
    assert X.shape == (60, 14, 14, 1)
    assert y.shape == (60,)
    assert X.min() == 0
    assert np.all(X.max(axis=(1, 2, 3)) > 0.9)
    assert X.max() <= 1


def test_one_letter_at_several_places_has_one_label_and_one_shape():
    X, y = printed_letters(20, places=3)
    assert np.array_equal(y[:20], y[40:])
    for first, last in zip(X[:20], X[40:], strict=True):
        ink = [
            image[image.any(axis=1)[:, 0]][:, image.any(axis=0)[:, 0]] for image in (first, last)
        ]
        assert np.array_equal(*ink)


def test_letters_stand_everywhere():
    X, _ = printed_letters(200, places=2)
    rows = X.any(axis=(2, 3)).argmax(axis=1)
    assert set(rows) == set(range(7))


def test_same_seed_same_letters_another_seed_others():
    X, _ = printed_letters(10, seed=3)
    assert np.array_equal(printed_letters(10, seed=3)[0], X)
    assert not np.array_equal(printed_letters(10, seed=4)[0], X)


def test_every_font_draws_every_letter_differently():
    for font in FONTS:
        drawn = {_drawn(font, letter).tobytes() for letter in LETTERS}
        assert len(drawn) == len(LETTERS)
