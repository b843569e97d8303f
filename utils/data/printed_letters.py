"""Printed capital letters, drawn as they are needed: with labels, and without anybody's work.

Each is set in one of fourteen fonts that come with Matplotlib, slanted, turned and squeezed a
little at random, made as coarse as the handwritten digits of ``moved_digits``, and put anywhere on
the same field. Chapter 7 pretrains on them, because they cost nothing.
"""

from functools import cache
from pathlib import Path

import numpy as np

from utils.data.moved_digits import FIELD, SIZE

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FONTS = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono",
    "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic",
    "STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "cmb10", "cmr10", "cmss10", "cmtt10",
)  # fmt: skip
POINTS = 40  # of a letter as it is drawn
CANVAS = 64  # pixels on each side, room enough to turn such a letter
FAINTEST = 0.3  # a letter's darkest pixel is made 1, unless it is fainter than this


def printed_letters(m=6000, places=3, seed=0):
    """Printed letters, each somewhere on an empty field.

    Parameters
    ----------
    m : int
        How many letters to draw.
    places : int
        At how many places each of them is shown: there are ``m * places`` images.
    seed : int
        The same seed gives the same images, another seed others.

    Returns
    -------
    tuple (X, y)
        X has shape ``(m * places, 14, 14, 1)``: floats from 0 (paper) to 1 (ink). y has shape
        ``(m * places,)``: 0 for A to 25 for Z, as ints.

    Examples
    --------
    >>> X, y = printed_letters(10)
    >>> X.shape, y.min() >= 0, y.max() <= 25
    ((30, 14, 14, 1), True, True)
    """
    rng = np.random.default_rng(seed)
    y = rng.integers(len(LETTERS), size=m)
    fonts = rng.integers(len(FONTS), size=m)
    small = np.array([_small(FONTS[f], LETTERS[k], rng) for f, k in zip(fonts, y, strict=True)])
    X = np.zeros((places, m, FIELD, FIELD, 1))
    for images in X:
        for image, letter in zip(images, small, strict=True):
            top, left = rng.integers(FIELD - SIZE + 1, size=2)
            image[top : top + SIZE, left : left + SIZE, 0] = letter
    return X.reshape(-1, FIELD, FIELD, 1), np.tile(y, places)


def _small(font, letter, rng):
    """One letter of 8 by 8 pixels, a little different each time."""
    from PIL import Image

    angle, slant, width = rng.uniform((-0.15, -0.3, 0.7), (0.15, 0.3, 1.2))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    back = turn @ np.array([[1, slant], [0, 1]]) @ np.diag([1 / width, 1])  # from new to old pixel
    middle = np.full(2, CANVAS / 2)
    shift = middle - back @ middle
    rows = np.column_stack((back, shift)).ravel().tolist()
    image = _drawn(font, letter).transform(
        (CANVAS, CANVAS), Image.Transform.AFFINE, rows, Image.Resampling.BILINEAR
    )
    image = image.crop(image.getbbox())
    columns = int(np.clip(round(SIZE * image.width / image.height), 2, SIZE))
    small = np.zeros((SIZE, SIZE))
    left = (SIZE - columns) // 2
    small[:, left : left + columns] = image.resize((columns, SIZE), Image.Resampling.BOX)
    small /= 255
    return np.clip(small / max(small.max(), FAINTEST), 0, 1)


@cache
def _drawn(font, letter):
    """A letter in the middle of its canvas, white on black."""
    from matplotlib import get_data_path
    from PIL import Image, ImageDraw, ImageFont

    file = Path(get_data_path(), "fonts", "ttf", f"{font}.ttf")
    image = Image.new("L", (CANVAS, CANVAS))
    face = ImageFont.truetype(str(file), POINTS)
    ImageDraw.Draw(image).text((CANVAS / 2,) * 2, letter, fill=255, font=face, anchor="mm")
    return image
