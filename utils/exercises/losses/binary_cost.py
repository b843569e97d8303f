"""Exercise `binary_cost`: the mean loss, whether the numbers come as a row or as a column."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.exercises.losses.inputs import column, labels, probabilities
from utils.reference import losses as reference


def draw(rng):
    """Batches of any size, in all four combinations of shapes."""
    for shape_p in (np.ravel, column):
        for shape_y in (np.ravel, column):
            m = rng.integers(3, 12)
            p, y = probabilities(rng, m), labels(rng, m)
            yield case("a random batch", shape_p(p), shape_y(y))
            p, y = probabilities(rng, 60), labels(rng, 60).astype(float)
            yield case("a random larger batch", shape_p(p), shape_y(y))
    p = np.concatenate([probabilities(rng, 4), [0.0, 1.0, 1.0]])
    yield case("random probabilities, some of them 0 or 1", p, column(labels(rng, 7)))
    p = rng.uniform(0.1, 0.9, size=5).astype(np.float32)
    yield case("random float32", p, labels(rng, 5).astype(np.float32))


binary_cost = Exercise(
    id="binary_cost",
    title="The cost of a batch",
    points=2,
    reference=reference.binary_cost,
    returns=Number(),
    begin=(
        "Begin with p and y both of shape (m,): the losses of all examples, and their mean. Then "
        "look at the cases where one of them is a column."
    ),
    hints=(
        "The cost is the mean of the losses. What shape has `p - y` when p has shape (m,) and y "
        "has shape (m, 1)? Try it with three numbers.",
        "Bring p and y to one shape first. Then the loss of each example, clipped as before, and "
        "the mean of those m losses.",
        "np.ravel(...) makes (m,) of both shapes. Ravel p, ravel y, clip p, compute the losses "
        "with your formula, and return np.mean(...) of them.",
    ),
    cases=[
        case("four examples", np.array([0.9, 0.2, 0.6, 0.3]), np.array([1, 0, 0, 1])),
        case("one example", np.array([0.25]), np.array([1])),
        case("p as a column", column([0.9, 0.2, 0.6]), np.array([1, 0, 1])),
        case("y as a column", np.array([0.9, 0.2, 0.6, 0.7]), column([1, 0, 0, 1])),
        case("both as columns", column([0.8, 0.4, 0.1]), column([1.0, 0.0, 1.0])),
        case("some sure, and right", np.array([1.0, 0.0, 0.7]), np.array([1, 0, 1])),
        case("some sure, and wrong", np.array([0.0, 1.0, 0.7, 0.4]), np.array([1, 0, 0, 0])),
    ],
    hidden=[
        case("one example, p as a column", np.array([[0.25]]), np.array([0])),
        case("one example, y as a column", np.array([0.75]), np.array([[0]])),
        case("one example, both as columns", np.array([[0.75]]), np.array([[1]])),
        case("two examples, y as a column", np.array([0.9, 0.2]), column([0, 1])),
        case("all labels zero", column([0.1, 0.6, 0.95]), np.zeros(3)),
        case("all labels one", np.array([0.1, 0.6, 0.95]), np.ones((3, 1), dtype=int)),
        case("all sure and right", np.array([0.0, 1.0, 1.0]), np.array([0, 1, 1])),
        case("whole numbers", np.array([0, 1, 0, 1]), column([0, 0, 1, 1])),
        case("beyond the bounds", np.array([1e-12, 1 - 1e-9, 3e-8]), np.array([1, 0, 0])),
        case("just inside the bounds", np.array([3e-7, 1 - 3e-7]), np.array([1, 0])),
        case("float32", np.array([[0.25], [0.75], [0.5]], dtype=np.float32),
             np.array([1, 1, 0], dtype=np.float32)),
        case("arrays that are views", strided(np.array([0.2, 0.7, 0.6])),
             strided(column([1, 0, 0]))),
        case("many examples", np.linspace(0.02, 0.98, 200), np.arange(200) % 3 // 2),
    ],
    draw=draw,
)  # fmt: skip


@binary_cost.mistake(
    "One is (m,) and the other (m, 1), and NumPy makes an m by m table of them: every prediction "
    "against every label. How do you bring both to one shape?"
)
def every_one_against_every_other(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p)))


@binary_cost.also("every_one_against_every_other")
def table_and_not_clipped(p, y):
    return np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p)))


@binary_cost.also("every_one_against_every_other")
def table_of_chosen_losses(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


@binary_cost.also("every_one_against_every_other")
def sum_of_the_table_over_m(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(y)


@binary_cost.mistake(
    "Only one of the two is flattened, so two columns no longer fit each other. p and y may each "
    "come either way."
)
def only_labels_flattened(p, y):
    p, y = np.clip(p, 1e-7, 1 - 1e-7), np.ravel(y)
    return np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p)))


@binary_cost.also("only_labels_flattened")
def only_predictions_flattened(p, y):
    p = np.clip(np.ravel(p), 1e-7, 1 - 1e-7)
    return np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p)))


@binary_cost.mistake("This is the sum of the losses. The cost is their mean.")
def summed(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.mistake("It returns one loss for each example. How do they become one number?")
def one_loss_each(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.mistake(
    "It is half the mean loss. The half belongs to the squared error; what does this cost divide "
    "by?"
)
def halved(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / (2 * len(y))


@binary_cost.mistake(
    "Your cost is negative. The logarithm of a probability is below 0, and a cost is above."
)
def minus_forgotten(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.mistake(
    "The minus reaches only one of the two terms. What should stand in parentheses behind it?"
)
def minus_on_one_term(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.mistake(
    "The two terms stand the wrong way round. Which logarithm should be left when y is 1?"
)
def terms_swapped(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.mean(y * np.log(1 - p) + (1 - y) * np.log(p))


@binary_cost.mistake(
    "Yours takes another logarithm. The loss is made with the natural one: which function of NumPy "
    "is that?"
)
def log10(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.mean(y * np.log10(p) + (1 - y) * np.log10(1 - p))


@binary_cost.also("log10")
def log2(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p))


@binary_cost.mistake(
    "Where p is 0 or 1, the logarithm of 0 turns up. The losses here are those of the exercise "
    "before: what did it do to p first?"
)
def not_clipped(p, y):
    p, y = np.ravel(p), np.ravel(y)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.also("not_clipped")
def not_clipped_label_chosen(p, y):
    p, y = np.ravel(p), np.ravel(y)
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


@binary_cost.also("not_clipped")
def not_clipped_and_silenced(p, y):
    p, y = np.ravel(p), np.ravel(y)
    with np.errstate(all="ignore"):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.also("not_clipped")
def infinity_replaced(p, y):
    p, y = np.ravel(p), np.ravel(y)
    with np.errstate(all="ignore"):
        return np.mean(np.nan_to_num(-(y * np.log(p) + (1 - y) * np.log(1 - p))))


@binary_cost.mistake(
    "p is kept away from 0 and 1 otherwise than in the exercise before. At which two bounds is it "
    "clipped there?"
)
def other_bounds(p, y):
    p, y = np.clip(np.ravel(p), 1e-15, 1 - 1e-15), np.ravel(y)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.also("other_bounds")
def bounds_of_1e_8(p, y):
    p, y = np.clip(np.ravel(p), 1e-8, 1 - 1e-8), np.ravel(y)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.also("other_bounds")
def small_number_added(p, y):
    p, y = np.ravel(p), np.ravel(y)
    return -np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


@binary_cost.also("other_bounds")
def smaller_number_added(p, y):
    p, y = np.ravel(p), np.ravel(y)
    return -np.mean(y * np.log(p + 1e-15) + (1 - y) * np.log(1 - p + 1e-15))


@binary_cost.mistake(
    "The mean is taken before the logarithm. First the loss of each example, then the mean."
)
def mean_first(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.log(np.mean(np.where(y == 1, p, 1 - p)))


@binary_cost.also("mean_first")
def loss_of_the_means(p, y):
    p, y = np.mean(np.clip(p, 1e-7, 1 - 1e-7)), np.mean(y)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.mistake(
    "Examples of one label cost nothing in yours. Each label has a term of its own: which one is "
    "missing?"
)
def second_term_missing(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.mean(y * np.log(p))


@binary_cost.also("second_term_missing")
def first_term_missing(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.mean((1 - y) * np.log(1 - p))


@binary_cost.mistake(
    "Each term is averaged over its own examples only. The cost divides everything by m once."
)
def each_label_averaged(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    ones, zeros = np.sum(y), np.sum(1 - y)
    cost = 0.0
    if ones:
        cost -= np.sum(y * np.log(p)) / ones
    if zeros:
        cost -= np.sum((1 - y) * np.log(1 - p)) / zeros
    return cost


@binary_cost.mistake(
    "Yours divides by another number than m, the number of examples. `len(p)` counts them, and so "
    "does `p.shape[0]`."
)
def divided_by_m_minus_1(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / max(len(y) - 1, 1)


@binary_cost.also("divided_by_m_minus_1")
def divided_by_the_columns(p, y):
    columns = p.shape[-1]
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / columns


@binary_cost.also("divided_by_m_minus_1")
def divided_twice(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(y)


@binary_cost.mistake(
    "p and y have changed places: the logarithm of the labels is taken. Which of the two is the "
    "prediction?"
)
def arguments_swapped(p, y):
    p, y = np.ravel(y), np.ravel(p)
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cost.mistake(
    "This is the squared error. The cost here is the mean of the losses with the logarithm."
)
def squared_error(p, y):
    return np.mean((np.ravel(p) - np.ravel(y)) ** 2)


@binary_cost.also("squared_error")
def half_the_squared_error(p, y):
    return np.mean((np.ravel(p) - np.ravel(y)) ** 2) / 2


@binary_cost.mistake(
    "The mean runs down the columns only, so a column in gives an array of one number out. The "
    "cost is a plain number."
)
def down_the_columns(p, y):
    p, y = np.clip(p, 1e-7, 1 - 1e-7), np.reshape(y, p.shape)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p), axis=0)


@binary_cost.also("down_the_columns")
def always_as_a_column(p, y):
    p, y = np.clip(np.reshape(p, (-1, 1)), 1e-7, 1 - 1e-7), np.reshape(y, (-1, 1))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p), axis=0)


@binary_cost.mistake(
    "It returns inside the loop, after the first example. Where should the `return` stand?"
)
def returns_in_the_loop(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    total = 0.0
    for i in range(len(p)):
        total -= y[i] * np.log(p[i]) + (1 - y[i]) * np.log(1 - p[i])
        return total / len(p)


@binary_cost.alternative
def probability_of_the_true_label(p, y):
    p = np.clip(p.reshape(-1), 1e-7, 1 - 1e-7)
    return float(-np.log(np.where(y.reshape(-1) == 1, p, 1 - p)).mean())


@binary_cost.alternative
def one_example_at_a_time(p, y):
    total = 0.0
    for p_i, y_i in zip(p.flatten(), y.flatten(), strict=True):
        p_i = min(max(p_i, 1e-7), 1 - 1e-7)
        total -= np.log(p_i) if y_i == 1 else np.log(1 - p_i)
    return total / len(p)


@binary_cost.alternative
def labels_reshaped_like_predictions(p, y):
    y = np.reshape(y, p.shape)
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.sum(-(y * np.log(p) + (1 - y) * np.log(1 - p))) / y.size


@binary_cost.alternative
def by_dot_products(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -(np.dot(y, np.log(p)) + np.dot(1 - y, np.log(1 - p))) / len(y)


@binary_cost.alternative
def as_columns(p, y):
    p, y = np.clip(p.reshape(-1, 1), 1e-7, 1 - 1e-7), y.reshape(-1, 1)
    return (-(y.T @ np.log(p) + (1 - y).T @ np.log(1 - p)) / len(y)).item()


@binary_cost.alternative
def by_the_two_labels(p, y):
    p, y = np.clip(np.ravel(p), 1e-7, 1 - 1e-7), np.ravel(y)
    return -(np.log(p[y == 1]).sum() + np.log1p(-p[y == 0]).sum()) / y.shape[0]
