"""The small digits are the ones `SOURCES.md` describes, and they stand where they are said to."""

import hashlib
import re

import numpy as np
import pytest

from utils.data.moved_digits import FIELD, FILE, SIZE, moved, moved_digits

SOURCES = FILE.with_name("SOURCES.md").read_text(encoding="utf-8")


def boxes(X):
    """The corners of the ink of each image: first and last row, first and last column."""
    for image in X[..., 0]:
        rows, columns = np.nonzero(image)
        yield rows.min(), rows.max(), columns.min(), columns.max()


def test_small_digits_file_and_its_content_have_the_hashes_of_the_sources_page():
    stated = re.findall(r"`([0-9a-f]{64})`", SOURCES)
    with np.load(FILE) as file:
        content = file["X"].tobytes() + file["y"].tobytes()
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() in stated
    assert hashlib.sha256(content).hexdigest() in stated


def test_small_digits_are_those_of_scikit_learn_in_another_order():
    datasets = pytest.importorskip("sklearn.datasets")
    loaded = datasets.load_digits()
    with np.load(FILE) as file:
        ours = np.column_stack([file["X"], file["y"]]).astype(int)
    theirs = np.column_stack([loaded.data, loaded.target]).astype(int)
    assert sorted(map(tuple, ours.tolist())) == sorted(map(tuple, theirs.tolist()))


def test_moved_digits_have_values_from_zero_to_one_and_labels_that_count():
    for part, m in (("train", 1297), ("test", 500)):
        X, y = moved_digits(part)
        assert X.shape == (m, FIELD, FIELD, 1)
        assert (X.min(), X.max()) == (0, 1)
        assert set(y) == set(range(10))
        assert np.issubdtype(y.dtype, np.signedinteger)


def test_moved_digits_are_never_cut_and_reach_all_four_borders():
    X, _ = moved_digits()
    middle, _ = moved_digits(centred=True)
    assert np.allclose(X.sum(axis=(1, 2, 3)), middle.sum(axis=(1, 2, 3)))
    tops, bottoms, lefts, rights = np.array(list(boxes(X))).T
    assert (tops.min(), lefts.min()) == (0, 0)
    assert (bottoms.max(), rights.max()) == (FIELD - 1, FIELD - 1)


def test_centred_digits_leave_the_same_room_on_every_side():
    X, _ = moved_digits("test", centred=True)
    free = (FIELD - SIZE) // 2
    assert not X[:, :free].any()
    assert not X[:, -free:].any()
    assert not X[:, :, :free].any()
    assert not X[:, :, -free:].any()


def test_moved_digits_have_other_places_by_another_seed_and_the_same_by_the_same():
    first, again, other = (moved_digits("test", seed=seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_no_digit_is_both_to_train_and_to_test():
    images = [moved_digits(part, centred=True)[0] for part in ("train", "test")]
    train, test = ({image.tobytes() for image in X} for X in images)
    assert not train & test


def test_moved_digits_name_the_parts_when_given_another():
    with pytest.raises(ValueError, match="'train' or 'test'"):
        moved_digits("cv")


@pytest.mark.parametrize("shift", [(0, 0), (2, 0), (0, 3), (-1, 2), (-3, -3), (20, 0)])
def test_moved_puts_every_pixel_where_it_belongs_and_paper_elsewhere(shift):
    X = np.random.default_rng(0).uniform(1, 2, size=(2, 6, 5, 2))
    down, right = shift
    got = moved(X, down, right)
    for i, j in np.ndindex(6, 5):
        inside = 0 <= i - down < 6 and 0 <= j - right < 5
        assert np.array_equal(got[:, i, j], X[:, i - down, j - right] if inside else 0 * X[:, 0, 0])
