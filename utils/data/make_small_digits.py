"""Makes `small_digits.npz` from scikit-learn's copy: `python -m utils.data.make_small_digits`.

The pixels are whole numbers from 0 to 16, as in the original. The order is shuffled, because
scikit-learn's goes writer by writer.
"""

import hashlib
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("small_digits.npz")
SEED = 5


def main():
    """Write the file, and print its hashes."""
    from sklearn.datasets import load_digits

    loaded = load_digits()
    order = np.random.default_rng(SEED).permutation(len(loaded.target))
    X, y = loaded.data[order].astype(np.uint8), loaded.target[order].astype(np.uint8)
    if not np.array_equal(X, loaded.data[order]):
        raise ValueError("the pixels are no whole numbers from 0 to 255")
    np.savez_compressed(FILE, X=X, y=y)
    print("file  ", hashlib.sha256(FILE.read_bytes()).hexdigest())
    print("pixels, then labels", hashlib.sha256(X.tobytes() + y.tobytes()).hexdigest())


if __name__ == "__main__":
    main()
