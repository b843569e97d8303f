"""Curves that grow while a model is fitted: loss, and accuracy where it is measured.

    model.fit(X, y, epochs=20, verbose=0, callbacks=[live_curves()])

In a notebook the picture is redrawn in place a few times a second. What stays when training ends,
and all that a stored notebook holds, is one figure with the cell's alt text.
"""

import time
from itertools import count

from utils.plotting.display import bundle, running_source, text_for
from utils.plotting.style import end_label, figure, series

SECONDS_BETWEEN = 0.3
TIMES_THE_DRAWING = 2  # training waits while a picture is drawn: a third of the time at most
_numbers = count(1)


def live_curves():
    """A Keras callback for one call of ``fit`` that draws the curves as they grow."""
    import keras

    curves = Curves()
    callback = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: curves.add(logs, callback.params["epochs"]),
        on_train_end=lambda logs: curves.draw(),
    )
    return callback


class Curves:
    """What was measured after each epoch, and the picture of it."""

    def __init__(self):
        self.history = {}
        self.epochs = 0
        self.display_id = f"curves-{next(_numbers)}"
        self.shown = False
        self.next_at = 0.0

    def add(self, logs, epochs):
        """Take the measurements of one more epoch; draw, unless it was done just now."""
        self.epochs = epochs
        for name, value in logs.items():
            self.history.setdefault(name, []).append(float(value))
        if time.monotonic() >= self.next_at:
            self.draw()

    def draw(self):
        """Show the curves, or put them in the place of those shown before."""
        if not self.history:
            return
        begun = time.monotonic()
        draw_history(self.history, self.epochs, then=self._put)
        now = time.monotonic()
        self.next_at = now + max(SECONDS_BETWEEN, TIMES_THE_DRAWING * (now - begun))

    def _put(self, fig):
        from IPython.display import display, update_display

        data, metadata = bundle(fig, text_for(running_source()))
        show = update_display if self.shown else display
        show(data, metadata=metadata, raw=True, display_id=self.display_id)
        self.shown = True


def draw_history(history, epochs=None, then=None):
    """Training and validation curves of what ``fit`` returned.

    ``history`` is a dict like ``fit().history``; ``epochs`` is how many there will be.
    """
    measures = [name for name in ("loss", "accuracy") if name in history]
    width = 8.0 if len(measures) > 1 else 5.5
    with figure(1, len(measures), width=width, height=3.4, then=then, squeeze=False) as (_, axes):
        for ax, measure in zip(axes[0], measures, strict=True):
            _curves(ax, history, measure)
            ax.set(
                xlabel="epoch", title=measure, xlim=(-0.5, (epochs or len(history[measure])) - 0.5)
            )
            ax.xaxis.get_major_locator().set_params(integer=True)
            if measure == "loss":
                ax.set_ylim(bottom=0)


def _curves(ax, history, measure):
    """One measure: on the training examples solid, on the validation examples dashed."""
    ends = []
    for k, (name, key) in enumerate((("training", measure), ("validation", f"val_{measure}"))):
        if key in history:
            epoch = range(len(history[key]))
            ax.plot(epoch, history[key], marker="os"[k], markersize=4, **series(k))
            ends.append((history[key][-1], name, k, epoch))
    low, high = ax.get_ylim()
    close = len(ends) == 2 and abs(ends[0][0] - ends[1][0]) < 0.08 * (high - low)
    for place, (last, name, k, epoch) in enumerate(sorted(ends)):
        offset = (8, 6 if close and place else -3 if close else 0)
        end_label(ax, epoch, [last], name, offset=offset, color=series(k)["color"])
