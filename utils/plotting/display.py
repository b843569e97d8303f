"""Show a figure together with the text that stands in for it.

The text is the cell's ``:alt:`` option in ``chapters/``. It says what the figure shows, so it
must not stand in the code that a student reads *before* drawing it. ``autograder build`` files
it under a fingerprint of the cell's source, and :func:`show` finds it there when the cell runs.
A cell that was changed has another fingerprint: what the text claims may no longer hold.

JupyterLab gives an image output no ``alt`` (4.6 reads only width, height and background from
its metadata), so the figure is sent as HTML too, which every front end prefers.
"""

import base64
import hashlib
import html
import io
import json
from pathlib import Path

FOLDER = Path(__file__).with_name("alt_text")
UNKNOWN = "A figure drawn by the code cell above."
PIXELS_PER_INCH = 150  # of the file; sharp on a dense screen
SHOWN_PER_INCH = 100  # on the page: a figure 6 inches wide takes 600 CSS pixels


def show(figure, alt=None):
    """Show a Matplotlib figure with its alt text, and close it.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure to show.
    alt : str, optional
        What the figure shows, in a sentence. In a chapter leave it out: the cell's ``:alt:``
        option is used.
    """
    from IPython.display import display
    from matplotlib import pyplot

    data, metadata = bundle(figure, alt or text_for(running_source()))
    pyplot.close(figure)  # or the notebook would show it a second time
    display(data, metadata=metadata, raw=True)


def bundle(figure, alt):
    """The output a front end gets: the picture as HTML and as PNG, and the metadata."""
    image = png(figure)
    pixels = int.from_bytes(image[16:20], "big")  # the width in the PNG header
    width = round(pixels * SHOWN_PER_INCH / PIXELS_PER_INCH)
    encoded = base64.b64encode(image).decode()
    tag = f'<img src="data:image/png;base64,{encoded}" width="{width}" alt="{html.escape(alt)}">'
    data = {"text/html": tag, "image/png": encoded, "text/plain": alt}
    return data, {"image/png": {"alt": alt, "width": width}}


def png(figure):
    """The figure as PNG bytes, without a date or a version: the same figure, the same bytes.

    With a palette of 256 colours a file is a third as large; notebooks are kept in git.
    """
    from PIL import Image

    drawn, small = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=PIXELS_PER_INCH, bbox_inches="tight")
    picture = Image.open(drawn).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(small, format="png", optimize=True)
    return small.getvalue()


def fingerprint(source):
    """A short name for a cell's source, blind to white space at the ends of its lines."""
    lines = (line.rstrip() for line in source.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def text_for(source):
    """The alt text filed for this cell source, or a sentence that claims nothing."""
    key = fingerprint(source)
    for file in sorted(FOLDER.glob("*.json")):
        text = json.loads(file.read_text(encoding="utf-8")).get(key)
        if text:
            return text
    return UNKNOWN


def running_source():
    """The source of the cell that is running, empty outside a notebook."""
    from IPython import get_ipython

    # The request that the kernel answers: nbval runs cells without keeping them in the history.
    request = getattr(get_ipython(), "get_parent", dict)()
    return request.get("content", {}).get("code", "")
