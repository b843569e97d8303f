"""The digits: the file is the one that `SOURCES.md` describes, and its loader splits it well."""

import doctest
import io
import json
import re
import tarfile

import numpy as np
import pytest

from utils.data import digits as module
from utils.data import make_digits
from utils.data.digits import FILE, digits

SOURCES = FILE.with_name("SOURCES.md").read_text(encoding="utf-8")


def rows(X):
    return {row.tobytes() for row in X.reshape(len(X), -1)}


def test_file_is_the_one_described():
    stated = re.findall(r"`([0-9a-f]{64})`", SOURCES)
    assert make_digits.sha256(FILE.read_bytes()) in stated
    assert make_digits.content_hash(FILE) in stated
    assert FILE.stat().st_size <= 850_000


def test_file_holds_500_different_images_of_each_digit_in_no_order():
    with np.load(FILE) as file:
        X, y = file["X"], file["y"]
    assert (X.shape, X.dtype, y.shape, y.dtype) == ((5000, 784), np.uint8, (5000,), np.uint8)
    np.testing.assert_array_equal(np.bincount(y), [500] * 10)
    assert len(rows(X)) == 5000
    assert set(y[:100]) == set(range(10))


@pytest.mark.parametrize("classes", [(0, 1), (4, 9), (3, 8), range(10)])
def test_digits_shapes_range_and_balance(classes):
    parts = digits(classes)
    for X, y, each in zip(parts[::2], parts[1::2], (300, 100, 100), strict=True):
        assert X.shape == (each * len(classes), 784)
        assert X.dtype == np.float64
        assert (X.min(), X.max()) == (0, 1)
        assert np.issubdtype(y.dtype, np.integer)
        found, counts = np.unique(y, return_counts=True)
        np.testing.assert_array_equal(found, list(classes))
        assert set(counts) == {each}


def test_digits_parts_share_no_image_and_together_are_all():
    X_train, _, X_cv, _, X_test, _ = digits()
    assert len(rows(X_train) | rows(X_cv) | rows(X_test)) == 5000


def test_digits_keep_their_labels():
    X, y = digits((4, 9))[:2]
    with np.load(FILE) as file:
        label_of = {row.tobytes(): label for row, label in zip(file["X"], file["y"], strict=True)}
    stored = np.round(X * 255).astype(np.uint8)
    assert [label_of[row.tobytes()] for row in stored] == y.tolist()


def test_digits_repeat_by_seed_and_mix_the_classes():
    once, again, other = digits((0, 1), 3), digits((0, 1), 3), digits((0, 1), 4)
    assert all(np.array_equal(a, b) for a, b in zip(once, again, strict=True))
    assert not np.array_equal(once[0], other[0])
    assert set(once[1][:30]) == {0, 1}


def test_digits_as_images_are_the_same_pixels():
    flat, image = digits((0, 1)), digits((0, 1), images=True)
    assert image[0].shape == (600, 28, 28, 1)
    np.testing.assert_array_equal(image[0].reshape(600, 784), flat[0])


def test_digits_can_be_changed_without_harm():
    digits((0, 1))[0][:] = 7
    assert digits((0, 1))[0].max() == 1


@pytest.mark.parametrize("classes", [(), (0, 10), (-1,)])
def test_digits_refuse_what_is_no_digit(classes):
    with pytest.raises(ValueError, match="from 0 to 9"):
        digits(classes)


def package(path, pixels, decimals=3):
    """A tarball like the npm package, of these (m, 784) whole numbers for each digit."""
    with tarfile.open(path, "w:gz") as tar:
        for digit, X in enumerate(pixels):
            data = json.dumps({"data": np.round(X / 255, decimals).ravel().tolist()}).encode()
            entry = tarfile.TarInfo(f"package/src/digits/{digit}.json")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return path


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 256, (10, 4, 784))


def test_script_brings_the_pixels_back_and_gives_the_same_bytes_twice(tmp_path, pixels):
    tarball = package(tmp_path / "p.tgz", pixels)
    first, second = tmp_path / "1.npz", tmp_path / "2.npz"
    for file in (first, second):
        make_digits.make(tarball, file, each=3)
    assert first.read_bytes() == second.read_bytes()
    with np.load(first) as made:
        np.testing.assert_array_equal(np.bincount(made["y"]), [3] * 10)
        for X, label in zip(made["X"], made["y"], strict=True):
            assert X.tobytes() in rows(pixels[label].astype(np.uint8))
        assert len(rows(made["X"])) == 30


def test_script_stops_at_pixels_it_cannot_bring_back(tmp_path, pixels):
    with pytest.raises(ValueError, match=r"digits/0\.json: expected"):
        make_digits.make(package(tmp_path / "p.tgz", pixels, decimals=2), tmp_path / "x.npz", 3)


def test_script_stops_where_images_are_missing(tmp_path, pixels):
    with pytest.raises(ValueError, match="at least 5 images of each digit, got 4"):
        make_digits.make(package(tmp_path / "p.tgz", pixels), tmp_path / "x.npz", each=5)


def test_examples_in_the_docstrings_run():
    assert doctest.testmod(module).failed == 0
