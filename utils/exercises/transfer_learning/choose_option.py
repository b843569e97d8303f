"""Exercise `choose_option`: the output layer alone or all layers, by what was measured."""

import numpy as np

from utils.checking import Count, Exercise, case
from utils.reference import transfer_learning as reference


def draw(rng):
    """Curves of any length in any order, asked at their sizes, between and beyond them."""
    for _ in range(6):
        sizes = rng.choice(np.arange(5, 400), size=int(rng.integers(2, 8)), replace=False)
        curve = {int(size): _accuracies(rng) for size in sizes}
        yield case("a random curve", int(rng.integers(1, 450)), curve)
    low = int(rng.integers(5, 100))
    gap = 2 * int(rng.integers(3, 50))
    better = _accuracies(rng)
    curve = {low + gap: better, low: better[::-1], low + 3 * gap: better}
    yield case("a random size halfway", low + gap // 2, curve)
    yield case("a random size just past halfway", low + gap // 2 + 1, curve)
    yield case("a random size just before halfway", low + gap // 2 - 1, curve)


def _accuracies(rng):
    first, second = rng.choice(np.arange(40, 100), size=2, replace=False) / 100
    return float(first), float(second)


_MEASURED = {20: (0.83, 0.78), 100: (0.93, 0.93), 500: (0.96, 0.97)}
_SHUFFLED = {500: (0.96, 0.97), 20: (0.83, 0.78), 100: (0.93, 0.91)}

choose_option = Exercise(
    id="choose_option",
    title="Choose an option",
    points=2,
    reference=reference.choose_option,
    returns=Count(),
    begin=(
        "Begin with the sizes: for each size in the curve, how far is it from n_examples? Which "
        "one is nearest?"
    ),
    hints=(
        "The curve was measured at a few sizes only. Find the one that is most like your own "
        "training set, and see which option was better there.",
        "Go through the sizes of the dictionary and keep the nearest; of two that are equally near "
        "the smaller one. Then compare the two accuracies at that size: option 2 only where it is "
        "really better.",
        "nearest = min(sorted(curve), key=lambda size: abs(...)) takes the first of equals. Then "
        "first, second = curve[nearest], and return 1 or 2.",
    ),
    cases=[
        case("few examples", 25, _MEASURED),
        case("many examples", 900, _MEASURED),
        case("at a measured size", 500, _MEASURED),
        case("between two sizes", 320, _MEASURED),
        case("fewer than were measured", 3, _MEASURED),
        case("more than were measured", 5000, _MEASURED),
        case("equal accuracy", 100, _MEASURED),
        case("halfway between two sizes", 175, {50: (0.9, 0.88), 300: (0.96, 0.97)}),
        case("the sizes in another order", 400, _SHUFFLED),
        case("halfway, the larger size first", 175, {300: (0.96, 0.97), 50: (0.9, 0.88)}),
        case("one size", 40, {500: (0.8, 0.9)}),
        case("just above a measured size", 310, {300: (0.6, 0.7), 1000: (0.9, 0.8)}),
        case("between a small and a large size", 50, {10: (0.9, 0.7), 120: (0.7, 0.8)}),
        case("a steep curve", 140, {100: (0.8, 0.85), 200: (0.95, 0.75)}),
        case("the second option better with few", 30, {20: (0.5, 0.95), 400: (0.9, 0.85)}),
        case("the second option better with many", 900, {20: (0.8, 0.6), 1000: (0.7, 0.95)}),
    ],
    hidden=[
        case("halfway, the second option better at the smaller size", 175,
             {50: (0.7, 0.9), 300: (0.96, 0.95)}),
        case("halfway, the larger first, the second option better at the smaller", 30,
             {40: (0.9, 0.8), 20: (0.6, 0.7), 90: (0.9, 0.8)}),
        case("just before halfway", 174, {50: (0.9, 0.88), 300: (0.96, 0.97)}),
        case("just past halfway", 176, {50: (0.9, 0.88), 300: (0.96, 0.97)}),
        case("halfway on a ratio's scale", 100, {10: (0.6, 0.8), 1000: (0.9, 0.7)}),
        case("nearer by distance, farther by ratio", 30, {1: (0.6, 0.7), 70: (0.9, 0.8)}),
        case("up and down again", 260, {20: (0.8, 0.9), 100: (0.9, 0.8), 250: (0.7, 0.9),
                                        700: (0.9, 0.8), 2000: (0.8, 0.9)}),
        case("the first option with many", 350, {20: (0.5, 0.6), 400: (0.9, 0.8)}),
        case("one size, the first option", 40, {500: (0.9, 0.8)}),
        case("one size, both equal", 7, {7: (0.5, 0.5)}),
        case("all equal", 90, {50: (0.7, 0.7), 100: (0.7, 0.7)}),
        case("equal at the nearest, not at the others", 60, {50: (0.9, 0.9), 100: (0.7, 0.8),
                                                             20: (0.6, 0.9)}),
        case("close together", 60, {50: (0.9001, 0.9002), 100: (0.9, 0.8)}),
        case("close together, the first option", 60, {50: (0.9002, 0.9001), 100: (0.8, 0.9)}),
        case("nobody right", 10, {20: (0.0, 0.0), 50: (0.0, 0.1)}),
        case("everybody right", 10, {20: (1.0, 1.0), 50: (0.9, 1.0)}),
        case("no one right by the first option", 10, {20: (0.0, 0.1), 50: (0.9, 0.1)}),
        case("many, the first option better", 5000, {2000: (0.9, 0.8), 50: (0.5, 0.6)}),
        case("a single example", 1, {1: (0.3, 0.4), 2: (0.5, 0.4)}),
        case("a size twice as far, better for both", 40, {30: (0.6, 0.5), 60: (0.98, 0.99)}),
        case("sizes of NumPy's", np.int64(40), {
            np.int64(300): (0.6, 0.7), np.int64(20): (0.8, 0.7)}),
        case("whole numbers of NumPy's, an inner size", np.int64(200), {
            np.int64(250): (0.6, 0.7), np.int64(20): (0.8, 0.7)}),
        case("lists of two accuracies", 40, {300: [0.6, 0.7], 20: [0.8, 0.7]}),
        case("very large sizes", 10**6, {10**5: (0.9, 0.8), 3 * 10**6: (0.6, 0.7)}),
        case("accuracies that are whole numbers", 10, {20: (0, 1), 5: (1, 0), 11: (0, 1)}),
    ],
    draw=draw,
    equivalent={
        "size - n_examples -> n_examples - size": "a distance is the same either way",
    },
)  # fmt: skip


@choose_option.mistake(
    "Where two sizes are equally near yours takes the larger, or the one that comes first in the "
    "dictionary. The smaller one is asked for."
)
def larger_on_a_tie(n_examples, curve):
    nearest = min(sorted(curve, reverse=True), key=lambda size: abs(size - n_examples))
    first, second = curve[nearest]
    return 1 if first >= second else 2


@choose_option.also("larger_on_a_tie")
def first_in_the_dictionary_on_a_tie(n_examples, curve):
    nearest = min(curve, key=lambda size: abs(size - n_examples))
    first, second = curve[nearest]
    return 1 if first >= second else 2


@choose_option.also("larger_on_a_tie")
def last_in_the_dictionary_on_a_tie(n_examples, curve):
    nearest = None
    for size in curve:
        if nearest is None or abs(size - n_examples) <= abs(nearest - n_examples):
            nearest = size
    first, second = curve[nearest]
    return 1 if first >= second else 2


@choose_option.mistake(
    "Where both are equally accurate yours takes option 2. Option 1 is asked for then: it trains "
    "far fewer numbers."
)
def option_2_when_equal(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    first, second = curve[nearest]
    return 1 if first > second else 2


@choose_option.mistake(
    "The options are swapped: yours takes the one that was less accurate. Which number of the pair "
    "belongs to option 1?"
)
def less_accurate(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    first, second = curve[nearest]
    return 1 if first <= second else 2


@choose_option.also("less_accurate")
def pair_read_backwards(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    second, first = curve[nearest]
    return 1 if first >= second else 2


@choose_option.mistake(
    "Yours counts the options from 0. They are called 1 and 2.",
)
def counted_from_zero(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    return int(np.argmax(curve[nearest]))


@choose_option.mistake(
    "Yours takes the next smaller size, though a larger one may be nearer. And what if there is "
    "no smaller one?"
)
def next_smaller(n_examples, curve):
    smaller = [size for size in curve if size <= n_examples]
    first, second = curve[max(smaller) if smaller else min(curve)]
    return 1 if first >= second else 2


@choose_option.also("next_smaller")
def next_smaller_or_nothing(n_examples, curve):
    first, second = curve[max(size for size in curve if size <= n_examples)]
    return 1 if first >= second else 2


@choose_option.mistake(
    "Yours takes the next larger size, though a smaller one may be nearer. And what if there is "
    "no larger one?"
)
def next_larger(n_examples, curve):
    larger = [size for size in curve if size >= n_examples]
    first, second = curve[min(larger) if larger else max(curve)]
    return 1 if first >= second else 2


@choose_option.also("next_larger")
def next_larger_or_nothing(n_examples, curve):
    first, second = curve[min(size for size in curve if size >= n_examples)]
    return 1 if first >= second else 2


@choose_option.mistake(
    "The difference is compared with its sign, so the largest size always seems nearest, or the "
    "smallest. How far apart are two numbers, whichever is larger?"
)
def without_abs(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: n_examples - size)
    first, second = curve[nearest]
    return 1 if first >= second else 2


@choose_option.also("without_abs")
def without_abs_the_other_way(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: size - n_examples)
    first, second = curve[nearest]
    return 1 if first >= second else 2


@choose_option.mistake(
    "Yours wants the second option to be better by some margin. As soon as its accuracy is higher "
    "it is the better one: which answer is asked for when the two are equal?"
)
def must_be_clearly_better(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    first, second = curve[nearest]
    return 2 if second > first + 0.01 else 1


@choose_option.also("must_be_clearly_better")
def by_two_in_a_hundred(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    first, second = curve[nearest]
    return 2 if second - first >= 0.02 else 1


@choose_option.mistake(
    "Yours looks the size up as it is. The curve holds only the sizes that were measured: which "
    "of them is like yours?"
)
def looked_up(n_examples, curve):
    first, second = curve[n_examples]
    return 1 if first >= second else 2


@choose_option.mistake(
    "Yours compares averages over all sizes, or the best of all. Only the nearest size tells about "
    "a training set like yours."
)
def average_of_all(n_examples, curve):
    first = np.mean([pair[0] for pair in curve.values()])
    second = np.mean([pair[1] for pair in curve.values()])
    return 1 if first >= second else 2


@choose_option.also("average_of_all")
def best_of_all(n_examples, curve):
    first = max(pair[0] for pair in curve.values())
    second = max(pair[1] for pair in curve.values())
    return 1 if first >= second else 2


@choose_option.mistake(
    "Yours decides by a fixed number of examples. What was measured for this task says it better."
)
def fixed_limit(n_examples, curve):
    return 1 if n_examples < 100 else 2


@choose_option.mistake(
    "The nearest is found by the ratio of the sizes, or their logarithms. The distance is the "
    "plain difference here."
)
def by_ratio(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(np.log(size / n_examples)))
    first, second = curve[nearest]
    return 1 if first >= second else 2


@choose_option.mistake(
    "Yours draws a line between two measured sizes. The nearest size alone decides."
)
def interpolated(n_examples, curve):
    sizes = sorted(curve)
    first = np.interp(n_examples, sizes, [curve[size][0] for size in sizes])
    second = np.interp(n_examples, sizes, [curve[size][1] for size in sizes])
    return 1 if first >= second else 2


@choose_option.mistake(
    "Yours takes the first entry of the dictionary, or the last. The sizes come in any order."
)
def last_entry(n_examples, curve):
    first, second = list(curve.values())[-1]
    return 1 if first >= second else 2


@choose_option.also("last_entry")
def first_entry(n_examples, curve):
    first, second = next(iter(curve.values()))
    return 1 if first >= second else 2


@choose_option.mistake(
    "It returns the accuracy, or the size. The number of the option is asked for: 1 or 2."
)
def the_accuracy(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    return max(curve[nearest])


@choose_option.also("the_accuracy")
def the_size(n_examples, curve):
    return min(sorted(curve), key=lambda size: abs(size - n_examples))


@choose_option.mistake("The option is given in words. An int is asked for: 1 or 2.")
def in_words(n_examples, curve):
    nearest = min(sorted(curve), key=lambda size: abs(size - n_examples))
    first, second = curve[nearest]
    return "option 1" if first >= second else "option 2"


@choose_option.alternative
def by_a_loop(n_examples, curve):
    nearest = None
    for size in sorted(curve):
        if nearest is None or abs(size - n_examples) < abs(nearest - n_examples):
            nearest = size
    return 2 if curve[nearest][1] > curve[nearest][0] else 1


@choose_option.alternative
def by_arrays(n_examples, curve):
    sizes = np.array(sorted(curve))
    nearest = sizes[np.argmin(np.abs(sizes - n_examples))]
    return np.argmax(curve[nearest]) + 1


@choose_option.alternative
def by_sorting_pairs(n_examples, curve):
    _, _, pair = sorted((abs(s - n_examples), s, tuple(pair)) for s, pair in curve.items())[0]
    return 1 + int(pair[0] < pair[1])


@choose_option.alternative
def by_twice_min(n_examples, curve):
    distance = min(abs(n_examples - size) for size in curve)
    first, second = curve[min(s for s in curve if abs(n_examples - s) == distance)]
    return [1, 2][int(second > first)]
