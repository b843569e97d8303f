"""Exercise `split_data`: shuffle the examples, then cut them into three sets."""

import numpy as np

from utils.checking import Exercise, case, strided
from utils.exercises.bias_variance import splits
from utils.reference import bias_variance as reference


def examples(m, n=None):
    """Examples in order, no two alike, each with a label of its own."""
    x = np.arange(1.0, m + 1)
    X = x / 2 if n is None else np.column_stack([x / 2 + 1000 * j for j in range(n)])
    return X, x**2


def draw(rng):
    """Numbers of examples that leave every remainder when divided by five; seeds of any size."""
    for rest in range(5):
        m = int(5 * rng.integers(1, 30)) + rest
        yield case("a random number of examples", *examples(m, 2), int(rng.integers(2**16)))
    m = int(rng.integers(250, 400))
    X, y = rng.normal(size=(m, 3)), rng.normal(size=m)
    yield case("many random examples", X, y, int(rng.integers(2**16)))
    yield case("many random numbers", *examples(m), int(rng.integers(2**16)))
    X, y = rng.integers(-5, 6, size=(37, 2)), rng.integers(0, 2, size=37)
    yield case("random whole numbers, some rows alike", X, y, int(rng.integers(2**16)))


split_data = Exercise(
    id="split_data",
    title="Training, cross-validation and test set",
    points=3,
    reference=reference.split_data,
    returns=splits.Split(),
    begin=(
        "Begin with the places 0 to m - 1 in a random order that depends on the seed alone. Which "
        "of them go to which set?"
    ),
    hints=(
        "Data often come sorted. What has to happen before the cut, and how does each example take "
        "its label with it?",
        "Shuffle the places 0 to m - 1, once. Cut this order after n_train and after n_train + "
        "n_cv, and use the same places for X and for y.",
        "order = np.random.default_rng(seed).permutation(m), n_train = int(0.6 * m), n_cv = "
        "int(0.2 * m). X[order[:n_train]] is X_train: which slices of order are the others?",
    ),
    cases=[
        case("nine examples", *examples(9, 2), 1),
        case("one number each", *examples(13), 0),
        case("so few that cross-validation gets none", *examples(4, 2), 3),
        case("whole numbers", np.arange(20).reshape(10, 2), np.array([0, 1] * 5), 7),
        case("two hundred examples, sorted", *examples(200, 2), 42),
    ],
    hidden=[
        case("one example", *examples(1, 2), 5),
        case("two examples", *examples(2), 6),
        case("three examples", *examples(3, 1), 2),
        case("one example in each small set", *examples(5, 2), 8),
        case("as many inputs as examples", *examples(6, 6), 11),
        case("rows that occur twice", np.tile(examples(12, 2)[0], (2, 1)), np.arange(24.0), 4),
        case("rows and labels that occur twice", np.tile(examples(7, 2)[0], (2, 1)),
             np.tile(examples(7)[1], 2), 4),
        case("all labels equal", examples(18, 2)[0], np.ones(18), 9),
        case("labels sorted, seed zero", examples(230, 2)[0], np.repeat([0, 1], 115), 0),
        case("three hundred numbers, sorted", *examples(300), 1),
        case("a large seed", *examples(203, 2), 2**31),
        case("float32", examples(11, 2)[0].astype(np.float32), examples(11)[1].astype(np.float32),
             3),
        case("arrays that are views", strided(examples(16, 2)[0]), strided(examples(16)[1]), 3),
        case("columns stored one after the other", np.asfortranarray(examples(19, 3)[0]),
             examples(19)[1], 3),
    ],
    draw=draw,
    properties=[splits.SAME_SEED, splits.OTHER_SEED, splits.EVERY_PLACE],
    equivalent={"y -> X": "as many examples as labels"},
)  # fmt: skip


@split_data.mistake(
    "Examples that stood together in the data stay together. When the data come sorted, the test "
    "set holds a kind that training never saw: what should be shuffled, and when?",
    fault="not_shuffled",
)
def not_shuffled(X, y, seed):
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    return X[:a], y[:a], X[a:b], y[a:b], X[b:], y[b:]


@split_data.also("not_shuffled")
def shuffled_after_the_cut(X, y, seed):
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    rng = np.random.default_rng(seed)
    train, cv = rng.permutation(a), a + rng.permutation(b - a)
    test = b + rng.permutation(len(y) - b)
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "The training set is drawn at random, but what is left is cut in its old order, so that "
    "cross-validation and test set differ in kind.",
    fault="rest_in_order",
)
def rest_in_order(X, y, seed):
    m = len(y)
    train = np.random.default_rng(seed).choice(m, int(0.6 * m), replace=False)
    rest = np.setdiff1d(np.arange(m), train)
    cv, test = rest[: int(0.2 * m)], rest[int(0.2 * m) :]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "Examples have lost their own labels. X and y need the same order: how many shuffles are "
    "there, and are they the same one?",
    fault="labels_apart",
)
def labels_apart(X, y, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.permutation(X), rng.permutation(y)
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    return X[:a], y[:a], X[a:b], y[a:b], X[b:], y[b:]


@split_data.also("labels_apart")
def only_the_examples_shuffled(X, y, seed):
    X = X[np.random.default_rng(seed).permutation(len(X))]
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    return X[:a], y[:a], X[a:b], y[a:b], X[b:], y[b:]


@split_data.mistake(
    "Some examples occur twice, and others nowhere. A model that is tested on what it was trained "
    "on looks better than it is: is each example in exactly one place?",
    fault="twice",
)
def overlap(X, y, seed):
    rng, m = np.random.default_rng(seed), len(y)
    a, b = int(0.6 * m), int(0.2 * m)
    train, cv, test = (rng.permutation(m)[:size] for size in (a, b, m - a - b))
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.also("overlap")
def drawn_with_repeats(X, y, seed):
    order = np.random.default_rng(seed).integers(0, len(y), size=len(y))
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "Called twice with the same seed it gives two splits. Nobody could repeat what you report: "
    "what should the shuffle begin from?",
    fault="same_seed",
)
def seed_unused(X, y, seed):
    order = np.random.permutation(len(y))
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.also("seed_unused")
def seed_zero_taken_for_none(X, y, seed):
    order = np.random.default_rng(seed or None).permutation(len(y))
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "Another seed gives the same split. Which number does your shuffle begin from?",
    fault="other_seed",
)
def seed_fixed(X, y, seed):
    order = np.random.default_rng(0).permutation(len(y))
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "Some examples land in the same set whatever the seed. Can each one get to every place in your "
    "shuffle, the first and the last as well?",
    fault="every_place",
)
def first_left_in_place(X, y, seed):
    order, m = np.arange(len(y)), len(y)
    np.random.default_rng(seed).shuffle(order[1:])
    train, cv, test = np.split(order, [int(0.6 * m), int(0.6 * m) + int(0.2 * m)])
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "The second cut is at 0.8 m. 0.6 m and 0.2 m are each rounded down, and their sum can be one "
    "less than 0.8 m rounded down: where does the cross-validation set end?"
)
def cut_at_eighty_percent(X, y, seed):
    order, m = np.random.default_rng(seed).permutation(len(y)), len(y)
    train, cv, test = np.split(order, [int(0.6 * m), int(0.8 * m)])
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "The sizes are rounded to the nearest number. They should be rounded down, and the test set "
    "gets what is left."
)
def rounded_to_nearest(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    a = round(0.6 * len(y))
    b = a + round(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "What rounding leaves over goes to the training set. It belongs to the test set: which two "
    "sizes are rounded down?"
)
def rest_to_training(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    n = int(0.2 * len(y))
    train, cv, test = order[2 * n :], order[:n], order[n : 2 * n]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "Cross-validation holds what rounding leaves over, as if it were the test set. Its own size is "
    "0.2 m, rounded down: which of the two parts comes last?"
)
def rest_to_cross_validation(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    a, b = int(0.6 * len(y)), len(y) - int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "Some examples are in no set: those that rounding leaves over. Where does the test set end?"
)
def rest_left_out(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    a, n = int(0.6 * len(y)), int(0.2 * len(y))
    train, cv, test = order[:a], order[a : a + n], order[a + n : a + 2 * n]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "The test set holds the cross-validation set as well: it begins where training ends. Which "
    "examples has nothing been chosen by?"
)
def test_begins_too_early(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[a:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.mistake(
    "Only two sets come back. What was chosen by a set can't be judged by it any more, so a third "
    "one is needed."
)
def two_sets(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    train, test = order[: int(0.6 * len(y))], order[int(0.6 * len(y)) :]
    return X[train], y[train], X[test], y[test]


@split_data.mistake(
    "The six come in another order: first all examples, then all labels. Each set's labels should "
    "follow its examples.",
    fault="order",
)
def labels_last(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], X[cv], X[test], y[train], y[cv], y[test]


@split_data.mistake(
    "It returns the places where the examples stand. The examples and labels themselves are asked "
    "for: what do you index with the places?"
)
def places_returned(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return train, y[train], cv, y[cv], test, y[test]


@split_data.mistake(
    "X or y itself is shuffled: whoever called it finds the data in another order. Shuffle the "
    "places, or a copy.",
    fault="changed",
)
def shuffled_in_place(X, y, seed):
    np.random.seed(seed)
    np.random.shuffle(X)
    np.random.seed(seed)
    np.random.shuffle(y)
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    return X[:a], y[:a], X[a:b], y[a:b], X[b:], y[b:]


@split_data.mistake(
    "Some of the rows returned are none of those given. Rows should move as a whole: is each "
    "column shuffled by itself, or is something done to the numbers?",
    fault="rows_changed",
)
def columns_shuffled_apart(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    X = np.random.default_rng(seed).permuted(X, axis=0)
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.also("columns_shuffled_apart")
def scaled_on_the_way(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(y))
    X = X - X.mean(axis=0)
    a = int(0.6 * len(y))
    b = a + int(0.2 * len(y))
    train, cv, test = order[:a], order[a:b], order[b:]
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.alternative
def by_the_global_generator(X, y, seed):
    np.random.seed(seed)
    order = np.random.permutation(len(X))
    parts = np.split(order, np.cumsum([3 * len(X) // 5, len(X) // 5]))
    return tuple(data[part] for part in parts for data in (X, y))


@split_data.alternative
def by_shuffling_places(X, y, seed):
    order = np.arange(y.size)
    np.random.RandomState(seed).shuffle(order)
    X, y, a, b = X[order], y[order], int(len(y) * 0.6), int(len(y) * 0.2)
    return [X[:a], y[:a], X[a:][:b], y[a:][:b], X[a + b :], y[a + b :]]


@split_data.alternative
def by_the_random_module(X, y, seed):
    import random

    pairs = list(zip(X.tolist(), y.tolist(), strict=True))
    random.Random(seed).shuffle(pairs)
    a, b = len(pairs) * 6 // 10, len(pairs) * 2 // 10
    parts = []
    for part in (pairs[:a], pairs[a : a + b], pairs[a + b :]):
        parts += [np.array([x for x, _ in part]), np.array([label for _, label in part])]
    return tuple(parts)


@split_data.alternative
def by_sorting_random_numbers(X, y, seed):
    rank = np.argsort(np.argsort(np.random.default_rng(seed).random(len(y))))
    a, b = np.floor(0.6 * len(y)), np.floor(0.6 * len(y)) + np.floor(0.2 * len(y))
    train, cv, test = rank < a, (rank >= a) & (rank < b), rank >= b
    return X[train], y[train], X[cv], y[cv], X[test], y[test]


@split_data.alternative
def two_shuffles_that_are_one(X, y, seed):
    X, y = X.copy(), y.copy()
    np.random.seed(seed)
    np.random.shuffle(X)
    np.random.seed(seed)
    np.random.shuffle(y)
    m = len(y)
    a, b = (m * 3) // 5, (m * 3) // 5 + m // 5
    return X[:a], y[:a], X[a:b], y[a:b], X[b:], y[b:]


@split_data.alternative
def shuffled_as_one_table(X, y, seed):
    table = np.column_stack([X, y]).astype(float)
    table = np.random.default_rng([seed]).permutation(table, axis=0)
    a, b = int(0.6 * len(y)), int(0.6 * len(y)) + int(0.2 * len(y))
    parts = []
    for part in (table[:a], table[a:b], table[b:]):
        parts += [part[:, :-1] if X.ndim == 2 else part[:, 0], part[:, -1]]
    return tuple(parts)
