"""Exercise `squared_error_cost`: half the mean of the squared differences."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.exercises.losses.inputs import column
from utils.reference import losses as reference


def draw(rng):
    """Batches of any size, in all four combinations of shapes."""
    for shape_p in (np.ravel, column):
        for shape_t in (np.ravel, column):
            for m in (int(rng.integers(3, 12)), 60):
                prediction, target = 2 * rng.normal(size=(2, m))
                yield case("a random batch", shape_p(prediction), shape_t(target))
            whole = rng.integers(-9, 10, size=(2, 5))
            yield case("random whole numbers", shape_p(whole[0]), shape_t(whole[1]))
    scale = 10 ** rng.uniform(3, 6)
    prediction, target = scale * rng.normal(size=(2, 7))
    yield case("random large numbers", column(prediction), target)
    target = rng.uniform(1, 3, size=4).astype(np.float32)
    yield case("random float32", -rng.uniform(1, 3, size=4).astype(np.float32), column(target))


squared_error_cost = Exercise(
    id="squared_error_cost",
    title="The squared error cost",
    points=2,
    reference=reference.squared_error_cost,
    returns=Number(),
    begin=(
        "Begin with two arrays of shape (m,): the differences, their squares, the sum. What is the "
        "sum divided by?"
    ),
    hints=(
        "Each example adds the square of its own difference. What shape has prediction - target "
        "when one of them is (m,) and the other (m, 1)?",
        "Bring both to one shape. Take the differences, square each of them, add the squares up, "
        "and divide by 2 m.",
        "difference = np.ravel(...) - np.ravel(...); then np.sum(...) / (2 * ...). What is squared "
        "before it is added up, and which number is m?",
    ),
    cases=[
        case("three examples", np.array([1.0, 2.0, 4.5]), np.array([1.5, 2.0, 3.0])),
        case("one example", np.array([3.0]), np.array([1.0])),
        case("the prediction as a column", column([1.0, -2.0, 0.5]), np.array([0.5, 1.0, 2.0])),
        case("the target as a column", np.array([1.0, 2.0, 4.0, 0.0]), column([0.0, 2.5, 1.0, -3])),
        case("both as columns", column([2.0, -1.0, 0.25]), column([1.0, 1.0, 0.75])),
        case("whole numbers", np.array([3, -1, 2]), np.array([1, 1, 5])),
        case("errors that cancel out", np.array([1.0, 3.0]), np.array([2.0, 2.0])),
    ],
    hidden=[
        case("one example, the prediction as a column", np.array([[2.0]]), np.array([-1.5])),
        case("one example, the target as a column", np.array([2.0]), np.array([[-1.5]])),
        case("one example, both as columns", np.array([[2.0]]), np.array([[0.5]])),
        case("two examples, the target as a column", np.array([2.0, -1.0]), column([0.5, 1.5])),
        case("nothing wrong at all", np.array([1.0, 2.0, -0.5]), column([1.0, 2.0, -0.5])),
        case("all zeros", np.zeros(4), np.zeros((4, 1))),
        case("all predictions the same", np.full(3, 2.0), column([1.0, 2.0, 6.0])),
        case("whole numbers, a column", column([4, -3, 2, 7]), np.array([1, 1, -5, 2])),
        case("whole numbers against floats", np.array([4, -3, 2]), column([1.5, 0.25, 2.0])),
        case("floats against whole numbers", np.array([0.5, 1.25, 2.0]), np.array([1, 0, 3])),
        case("floats against a column of whole numbers", np.array([4.75, -3.25, 2.5]),
             column([1, 0, 3])),
        case("hardly any difference", np.array([100.01, 100.02, 99.97]),
             column([100.0, 100.0, 100.0])),
        case("large whole numbers", np.array([100000, -70000]), np.array([-100000, 50000])),
        case("large numbers", np.array([3e6, -2e6, 1e6]), np.array([-1e6, 4e6, 5e6])),
        case("float32", np.array([[1.5], [-2.0], [0.25]], dtype=np.float32),
             np.array([0.5, 3.0, -1.75], dtype=np.float32)),
        case("arrays that are views", strided(np.array([0.2, -0.7, 1.6])),
             strided(column([1.0, 0.5, 0.25]))),
    ],
    draw=draw,
    equivalent={
        "np.ravel(prediction) - np.ravel(target) -> np.ravel(target) - np.ravel(prediction)": "the "
        "square has no sign",
        "difference -> prediction #2": "both have m entries",
        "difference -> target #2": "both have m entries",
    },
)  # fmt: skip


@squared_error_cost.mistake(
    "One is (m,) and the other (m, 1), and NumPy makes an m by m table of differences: every "
    "prediction against every target. How do you bring both to one shape?"
)
def every_one_against_every_other(prediction, target):
    return np.sum((prediction - target) ** 2) / (2 * len(target))


@squared_error_cost.also("every_one_against_every_other")
def mean_of_the_table(prediction, target):
    return np.mean((prediction - target) ** 2) / 2


@squared_error_cost.also("every_one_against_every_other")
def table_without_the_half(prediction, target):
    return np.mean((prediction - target) ** 2)


@squared_error_cost.mistake(
    "Only one of the two is flattened, so two columns no longer fit each other. Each of them may "
    "come either way."
)
def only_target_flattened(prediction, target):
    return np.mean((prediction - np.ravel(target)) ** 2) / 2


@squared_error_cost.also("only_target_flattened")
def only_prediction_flattened(prediction, target):
    return np.mean((np.ravel(prediction) - target) ** 2) / 2


@squared_error_cost.mistake(
    "This is the mean of the squares, twice as much as asked for. What does the 2 in 1/(2m) do?"
)
def half_forgotten(prediction, target):
    return np.mean((np.ravel(prediction) - np.ravel(target)) ** 2)


@squared_error_cost.mistake(
    "Yours adds the differences up first and squares then, so errors of both signs cancel out. "
    "Which comes first?"
)
def square_of_the_mean(prediction, target):
    return np.mean(np.ravel(prediction) - np.ravel(target)) ** 2 / 2


@squared_error_cost.also("square_of_the_mean")
def square_of_the_mean_whole(prediction, target):
    return np.mean(np.ravel(prediction) - np.ravel(target)) ** 2


@squared_error_cost.also("square_of_the_mean")
def square_of_the_sum(prediction, target):
    return np.sum(np.ravel(prediction) - np.ravel(target)) ** 2 / (2 * len(target))


@squared_error_cost.mistake(
    "The sum is not divided by the number of examples. What does m do in 1/(2m)?"
)
def not_divided_by_m(prediction, target):
    return np.sum((np.ravel(prediction) - np.ravel(target)) ** 2) / 2


@squared_error_cost.also("not_divided_by_m")
def sum_of_squares(prediction, target):
    return np.sum((np.ravel(prediction) - np.ravel(target)) ** 2.0)


@squared_error_cost.mistake(
    "Python reads `/ 2 * m` from left to right: it divides by 2 and then multiplies by m. What "
    "should stand in parentheses?"
)
def parentheses_forgotten(prediction, target):
    return np.sum((np.ravel(prediction) - np.ravel(target)) ** 2) / 2 * len(target)


@squared_error_cost.mistake(
    "It is divided by m more than once. Does your mean divide by it already?"
)
def divided_twice(prediction, target):
    return np.mean((np.ravel(prediction) - np.ravel(target)) ** 2) / (2 * len(target))


@squared_error_cost.also("divided_twice")
def divided_by_the_square(prediction, target):
    return np.sum((np.ravel(prediction) - np.ravel(target)) ** 2) / len(target) ** 2


@squared_error_cost.mistake(
    "The differences are not squared: yours takes their size with abs. A difference of 3 counts 9 "
    "here."
)
def absolute(prediction, target):
    return np.mean(np.abs(np.ravel(prediction) - np.ravel(target))) / 2


@squared_error_cost.also("absolute")
def absolute_whole(prediction, target):
    return np.mean(np.abs(np.ravel(prediction) - np.ravel(target)))


@squared_error_cost.mistake(
    "The differences are not squared, so errors of both signs cancel out. What does each become "
    "before they are added up?"
)
def not_squared(prediction, target):
    return np.mean(np.ravel(prediction) - np.ravel(target)) / 2


@squared_error_cost.also("not_squared")
def not_squared_turned_round(prediction, target):
    return np.mean(np.ravel(target) - np.ravel(prediction)) / 2


@squared_error_cost.mistake("There is a square root in yours. The cost stays squared.")
def root(prediction, target):
    return np.sqrt(np.mean((np.ravel(prediction) - np.ravel(target)) ** 2))


@squared_error_cost.also("root")
def norm(prediction, target):
    return np.linalg.norm(np.ravel(prediction) - np.ravel(target)) / (2 * len(target))


@squared_error_cost.also("root")
def root_of_the_cost(prediction, target):
    return np.sqrt(np.mean((np.ravel(prediction) - np.ravel(target)) ** 2) / 2)


@squared_error_cost.mistake(
    "Yours squares each number and then subtracts. The difference comes first, then the square."
)
def squares_subtracted(prediction, target):
    return np.mean(np.ravel(prediction) ** 2 - np.ravel(target) ** 2) / 2


@squared_error_cost.mistake("The two are added. How far apart are they?")
def added(prediction, target):
    return np.mean((np.ravel(prediction) + np.ravel(target)) ** 2) / 2


@squared_error_cost.mistake(
    "It returns one number for each example. How do the squares become one cost?"
)
def one_square_each(prediction, target):
    return (np.ravel(prediction) - np.ravel(target)) ** 2 / 2


@squared_error_cost.also("one_square_each")
def one_part_each(prediction, target):
    return (np.ravel(prediction) - np.ravel(target)) ** 2 / (2 * len(target))


@squared_error_cost.also("one_square_each")
def one_whole_square_each(prediction, target):
    return (np.ravel(prediction) - np.ravel(target)) ** 2


@squared_error_cost.mistake(
    "Whole-number division `//` cuts off everything after the point. Which division keeps it?"
)
def whole_number_division(prediction, target):
    return np.sum((np.ravel(prediction) - np.ravel(target)) ** 2) // (2 * len(target))


@squared_error_cost.mistake(
    "Yours divides by another number than 2 m, where m is the number of examples. Which axis of "
    "(m, 1) counts them?"
)
def divided_by_the_columns(prediction, target):
    squares = (np.ravel(prediction) - np.ravel(target)) ** 2
    return np.sum(squares) / (2 * prediction.shape[-1])


@squared_error_cost.also("divided_by_the_columns")
def divided_by_m_minus_1(prediction, target):
    squares = (np.ravel(prediction) - np.ravel(target)) ** 2
    return np.sum(squares) / (2 * max(len(squares) - 1, 1))


@squared_error_cost.also("divided_by_the_columns")
def divided_by_m_plus_2(prediction, target):
    squares = (np.ravel(prediction) - np.ravel(target)) ** 2
    return np.sum(squares) / (2 + len(squares))


@squared_error_cost.mistake(
    "The mean runs down the columns only, so a column in gives an array of one number out. The "
    "cost is a plain number."
)
def down_the_columns(prediction, target):
    return np.mean((prediction - np.reshape(target, prediction.shape)) ** 2, axis=0) / 2


@squared_error_cost.also("down_the_columns")
def always_as_a_column(prediction, target):
    difference = np.reshape(prediction, (-1, 1)) - np.reshape(target, (-1, 1))
    return difference.T @ difference / (2 * len(difference))


@squared_error_cost.mistake(
    "It returns inside the loop, after the first example. Where should the `return` stand?"
)
def returns_in_the_loop(prediction, target):
    total = 0.0
    for a, b in zip(np.ravel(prediction), np.ravel(target), strict=True):
        total += (a - b) ** 2
        return total / (2 * len(target))


@squared_error_cost.alternative
def half_the_mean(prediction, target):
    return 0.5 * np.mean(np.square(prediction.ravel() - target.ravel()))


@squared_error_cost.alternative
def by_a_dot_product(prediction, target):
    error = target.flatten() - prediction.flatten()
    return np.dot(error, error) / (2 * error.size)


@squared_error_cost.alternative
def one_example_at_a_time(prediction, target):
    total = 0
    for a, b in zip(prediction.reshape(-1).tolist(), target.reshape(-1).tolist(), strict=True):
        total += (a - b) ** 2
    return total / len(prediction) / 2


@squared_error_cost.alternative
def target_reshaped_like_the_prediction(prediction, target):
    difference = prediction - target.reshape(prediction.shape)
    return float((difference**2).sum() / (2 * len(difference)))


@squared_error_cost.alternative
def by_the_norm(prediction, target):
    length = np.linalg.norm(np.ravel(prediction) - np.ravel(target))
    return length**2 / (2 * len(prediction))


@squared_error_cost.alternative
def multiplied_out(prediction, target):
    a, b = np.ravel(prediction), np.ravel(target)
    return (np.mean(a * a) - 2 * np.mean(a * b) + np.mean(b * b)) / 2


@squared_error_cost.alternative
def by_einsum(prediction, target):
    d = np.ravel(prediction) - np.ravel(target)
    return np.einsum("i,i->", d, d) / (2 * d.shape[0])
