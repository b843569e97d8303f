"""Move a roast by hand and watch its numbers flow through the network.

The picture under it is an ordinary figure with its alt text. Where a notebook's scripts run,
``explore.html`` beside this file replaces it by one that can be moved, with the mouse or with two
sliders. Where they don't (a web page, a notebook opened but not run), the picture stays.
It loads nothing: the weights and the roasts are written into the page.
"""

import json
from pathlib import Path

from IPython.display import display

from utils.data import coffee
from utils.plotting.diagram import network
from utils.plotting.display import bundle, running_source, text_for

PAGE = Path(__file__).with_name("explore.html")


def explore(layers, X, y, units, roast=(200.0, 13.0)):
    """A network of one hidden layer and one output, all sigmoid, with a roast one can move.

    Parameters
    ----------
    layers : list of (W, b, g)
        Two layers, for scaled roasts. ``g`` must be the sigmoid: the page has no other.
    X, y : arrays, shape (m, 2) and (m,)
        The roasts shown in the plane.
    units : sequence of str
        Names of the hidden units.
    roast : pair of float
        Temperature and duration to begin with.
    """

    def interactive(fig):
        data, metadata = bundle(fig, text_for(running_source()))
        data["text/html"] = page(data["text/html"], layers, X, y, units, roast)
        display(data, metadata=metadata, raw=True)

    network(layers, coffee.scaled(list(roast)), units=units, then=interactive)


def page(picture, layers, X, y, units, roast):
    """The HTML: a picture, and the script that replaces it."""
    facts = {
        "layers": [{"W": W.tolist(), "b": b.tolist()} for W, b, _ in layers],
        "centre": coffee.CENTRE.tolist(),
        "scale": coffee.SCALE.tolist(),
        "roasts": [[*x, int(label)] for x, label in zip(X.tolist(), y, strict=True)],
        "units": list(units),
        "roast": list(roast),
    }
    text = PAGE.read_text(encoding="utf-8")
    return text.replace("PICTURE", picture).replace("FACTS", json.dumps(facts))
