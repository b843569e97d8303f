"""Exercise `best_epoch`: when the loss on unseen data was lowest."""

import numpy as np

from utils.checking import Count, Exercise, case
from utils.reference import losses as reference


def draw(rng):
    """Histories of any length, falling and rising, with and without ties."""
    for epochs in (int(rng.integers(4, 9)), int(rng.integers(20, 40)), 100):
        falling = np.sort(rng.uniform(0.1, 1, size=epochs))[::-1]
        yield case("a random history", _history(falling, rng.uniform(0.1, 1, size=epochs)))
        yield case("a random history with larger losses", _history(falling, 300 * falling[::-1]))
        yield case("a random history that falls", _history(falling[::-1], falling))
    for _ in range(2):
        val = rng.uniform(0.3, 1, size=9)
        val[np.sort(rng.choice(9, size=3, replace=False))] = 0.25
        yield case("a random history with a tie", _history(rng.uniform(0.1, 1, size=9), val))


def _history(loss, val_loss):
    return {"loss": np.asarray(loss).tolist(), "val_loss": np.asarray(val_loss).tolist()}


best_epoch = Exercise(
    id="best_epoch",
    title="The best epoch",
    points=None,
    reference=reference.best_epoch,
    returns=Count(),
    begin=(
        "Begin by looking into the dictionary: which names does it have, and which of them is "
        "measured on data that the model was not trained on?"
    ),
    hints=(
        "The loss on the training data nearly always falls. Which list tells how well the model "
        "does on data it has not seen?",
        "Take that list out of the dictionary, find where its smallest number stands, and return "
        "that position, counted from 0. On a tie the first one counts.",
        "np.argmin(...) gives the position of the smallest entry, the first one on a tie. Of which "
        "list: history[...]?",
    ),
    cases=[
        case("lowest in the middle", _history([0.9, 0.5, 0.3], [0.8, 0.6, 0.7])),
        case("one epoch", _history([0.9], [0.8])),
        case("still falling", _history([0.5, 0.4, 0.45], [0.9, 0.7, 0.6])),
        case("lowest at the start", _history([0.9, 0.6, 0.2], [0.5, 0.9, 0.6])),
        case("a tie", _history([0.9, 0.8, 0.7, 0.6], [0.7, 0.5, 0.5, 0.6])),
        case("up, and down again", _history([0.9, 0.8, 0.2, 0.1], [0.8, 0.7, 0.75, 0.6])),
        case("large losses", _history([2500.0, 700.0, 10.0], [3000.0, 1200.0, 1500.0])),
        case("with accuracies", {"val_loss": [0.6, 0.3, 0.4, 0.5, 0.7],
                                 "val_accuracy": [0.7, 0.8, 0.9, 0.85, 0.75],
                                 "accuracy": [0.6, 0.7, 0.85, 0.95, 0.9],
                                 "loss": [0.7, 0.5, 0.4, 0.3, 0.2]}),
        case("losses below zero", _history([-1.0, -2.0, -5.0], [-1.0, -3.0, -2.0])),
        case("close together", _history([0.5, 0.4, 0.3], [0.5004, 0.5002, 0.5003])),
    ],
    hidden=[
        case("two epochs, both the same", _history([0.5, 0.4], [0.5, 0.5])),
        case("all the same", _history([0.9, 0.8, 0.7, 0.6], [0.5] * 4)),
        case("a tie at the two ends", _history([0.9, 0.8, 0.7, 0.6], [0.25, 0.5, 0.75, 0.25])),
        case("two hollows of one depth", _history([0.9] * 5, [0.9, 0.25, 0.6, 0.25, 0.8])),
        case("hardly any difference", _history([0.3] * 3, [0.25 + 2e-10, 0.25, 0.25 + 1e-10])),
        case("whole numbers", {"loss": [9, 5, 3, 1], "val_loss": [8, 4, 3, 7]}),
        case("a loss of zero", _history([0.5, 0.2, 0.1], [0.4, 0.0, 0.2])),
        case("other names first", {"mae": [0.2, 0.1, 0.3], "val_mae": [0.1, 0.2, 0.3],
                                   "loss": [0.3, 0.1, 0.2], "val_loss": [0.5, 0.4, 0.3]}),
        case("huge losses", _history([1e290, 1e8, 1e11], [1e300, 1e9, 1e12])),
        case("a long plateau", _history([0.5] * 60, [0.5] * 50 + [0.25] * 10)),
        case("a hollow after a long rise",
             _history([0.5] * 40, [0.5, 0.4, *np.linspace(0.41, 0.9, 35).tolist(), 0.3, 0.5, 0.6])),
    ],
    draw=draw,
    equivalent={
        "int(np.argmin(history['val_loss'])) -> np.argmin(history['val_loss'])": "an int of "
        "NumPy's is an int too",
    },
)  # fmt: skip


@best_epoch.mistake(
    "Yours looks at the loss on the training data. Which list was measured on data that the model "
    "has not seen?"
)
def loss_for_val_loss(history):
    return int(np.argmin(history["loss"]))


@best_epoch.mistake(
    "Yours gives the last epoch. The loss on unseen data may rise again: where was it lowest?"
)
def last_epoch(history):
    return len(history["val_loss"]) - 1


@best_epoch.mistake("Yours counts from 1. Here the first epoch has the number 0.")
def counted_from_one(history):
    return int(np.argmin(history["val_loss"])) + 1


@best_epoch.mistake("On a tie yours takes the last one. The first is asked for: do you use <= ?")
def last_one_on_a_tie(history):
    best = 0
    for epoch, loss in enumerate(history["val_loss"]):
        if loss <= history["val_loss"][best]:
            best = epoch
    return best


@best_epoch.mistake("Yours finds the highest loss. Which function finds the lowest?")
def highest(history):
    return int(np.argmax(history["val_loss"]))


@best_epoch.mistake(
    "Yours gives the lowest loss itself. The epoch is asked for: where in the list does it stand?"
)
def the_loss_itself(history):
    return min(history["val_loss"])


@best_epoch.mistake(
    "Yours stops at the first rise. The loss may fall below that again later: look at every epoch."
)
def stops_at_the_first_rise(history):
    val = history["val_loss"]
    epoch = 0
    while epoch + 1 < len(val) and val[epoch + 1] < val[epoch]:
        epoch += 1
    return epoch


@best_epoch.also("stops_at_the_first_rise")
def stops_at_the_first_rise_past_ties(history):
    val = history["val_loss"]
    best = 0
    for epoch in range(1, len(val)):
        if val[epoch] > val[epoch - 1]:
            break
        if val[epoch] < val[best]:
            best = epoch
    return best


@best_epoch.mistake(
    "The accuracy is not what is asked for, and it need not be there. Take the loss on unseen data."
)
def best_accuracy(history):
    return int(np.argmax(history["val_accuracy"]))


@best_epoch.mistake(
    "Where the history holds accuracies, yours goes by those. The loss on unseen data is asked "
    "for, also then: under which name does it stand?"
)
def accuracy_where_there_is_one(history):
    if "val_accuracy" in history:
        return int(np.argmax(history["val_accuracy"]))
    return int(np.argmin(history["val_loss"]))


@best_epoch.also("accuracy_where_there_is_one")
def training_accuracy_where_there_is_one(history):
    if "accuracy" in history:
        return int(np.argmax(history["accuracy"]))
    return int(np.argmin(history["val_loss"]))


@best_epoch.mistake(
    "Your search starts with a number of its own, and losses above it are never found. Which loss "
    "can it start with?"
)
def starts_at_one(history):
    best, lowest = 0, 1.0
    for epoch, loss in enumerate(history["val_loss"]):
        if loss < lowest:
            best, lowest = epoch, loss
    return best


@best_epoch.also("starts_at_one")
def starts_at_zero(history):
    best, lowest = 0, 0.0
    for epoch, loss in enumerate(history["val_loss"]):
        if loss < lowest:
            best, lowest = epoch, loss
    return best


@best_epoch.also("starts_at_one")
def starts_at_a_hundred(history):
    best, lowest = 0, 100.0
    for epoch, loss in enumerate(history["val_loss"]):
        if loss < lowest:
            best, lowest = epoch, loss
    return best


@best_epoch.mistake(
    "Yours looks for the epoch where the two losses are closest. The gap is not what is asked for: "
    "where is val_loss itself lowest?"
)
def smallest_gap(history):
    return int(np.argmin(np.abs(np.array(history["val_loss"]) - np.array(history["loss"]))))


@best_epoch.also("smallest_gap")
def smallest_signed_gap(history):
    return int(np.argmin(np.array(history["val_loss"]) - np.array(history["loss"])))


@best_epoch.mistake("The two losses are added. Training loss has no say here.")
def both_added(history):
    return int(np.argmin(np.array(history["val_loss"]) + np.array(history["loss"])))


@best_epoch.mistake("The epoch is a float. A place in a list is a whole number: an int.")
def a_float(history):
    return float(np.argmin(history["val_loss"]))


@best_epoch.mistake(
    "It returns every epoch that has the lowest loss, or the epoch in brackets. One int is asked "
    "for, the first of them."
)
def all_of_them(history):
    val = history["val_loss"]
    return [epoch for epoch in range(len(val)) if val[epoch] == min(val)]


@best_epoch.also("all_of_them")
def all_of_them_as_an_array(history):
    val = np.array(history["val_loss"])
    return np.flatnonzero(val == val.min())


@best_epoch.mistake(
    "Two losses that differ only a little count as a tie in yours. Which of the two is lower?"
)
def rounded_first(history):
    return int(np.argmin(np.round(history["val_loss"], 2)))


@best_epoch.also("rounded_first")
def rounded_to_three_digits(history):
    return int(np.argmin(np.round(history["val_loss"], 3)))


@best_epoch.also("rounded_first")
def must_be_clearly_lower(history):
    val = history["val_loss"]
    best = 0
    for epoch in range(len(val)):
        if val[epoch] < val[best] - 1e-3:
            best = epoch
    return best


@best_epoch.mistake("Yours looks for the largest step down. Where does the loss end up lowest?")
def largest_step_down(history):
    val = history["val_loss"]
    return int(np.argmin(np.diff(val))) + 1 if len(val) > 1 else 0


@best_epoch.mistake(
    "Yours takes the first or the last list of the dictionary. Names come in any order: ask for "
    "the list by its name."
)
def by_position(history):
    return int(np.argmin(list(history.values())[-1]))


@best_epoch.also("by_position")
def the_second_list(history):
    return int(np.argmin(list(history.values())[1]))


@best_epoch.mistake(
    "The list is sorted before it is searched, so the lowest loss always stands first. Where did "
    "it stand before?"
)
def searches_the_sorted_list(history):
    losses = history["val_loss"]
    losses.sort()
    return losses.index(losses[0])


@best_epoch.also("searches_the_sorted_list")
def searches_a_sorted_copy(history):
    losses = sorted(history["val_loss"])
    return losses.index(min(losses))


@best_epoch.mistake("It changes the history: the list is sorted or emptied. Others still need it.")
def sorts_in_place(history):
    before = list(history["val_loss"])
    history["val_loss"].sort()
    return before.index(history["val_loss"][0])


@best_epoch.alternative
def by_index(history):
    return history["val_loss"].index(min(history["val_loss"]))


@best_epoch.alternative
def by_enumerate(history):
    return min(enumerate(history["val_loss"]), key=lambda pair: pair[1])[0]


@best_epoch.alternative
def by_sorting_the_epochs(history):
    val = history["val_loss"]
    return sorted(range(len(val)), key=lambda epoch: val[epoch])[0]


@best_epoch.alternative
def by_a_loop(history):
    lowest, best = float("inf"), 0
    for epoch, loss in enumerate(history["val_loss"]):
        if loss < lowest:
            lowest, best = loss, epoch
    return best


@best_epoch.alternative
def by_a_loop_from_the_back(history):
    val = history["val_loss"]
    best = len(val) - 1
    for epoch in reversed(range(len(val))):
        if val[epoch] <= val[best]:
            best = epoch
    return best


@best_epoch.alternative
def number_of_numpy(history):
    val = np.asarray(history["val_loss"])
    return np.flatnonzero(val == np.min(val))[0]


@best_epoch.alternative
def by_pairs(history):
    return min((loss, epoch) for epoch, loss in enumerate(history["val_loss"]))[1]
