"""Exercise `choose_loss`: which of Keras' losses goes with a task."""

import string

from utils.checking import Exercise, Text, case
from utils.reference import losses as reference

TASKS = ("binary", "regression", "multiclass integer labels", "multiclass one-hot labels")


def draw(rng):
    """The tasks in another order, and words that name none."""
    for task in rng.permutation(TASKS):
        yield case("a task in another order", str(task))
    letters = list(string.ascii_lowercase)
    for _ in range(3):
        word = "".join(rng.choice(letters, size=rng.integers(3, 12)))
        yield case("a random word", word, raises=ValueError)
    task = str(rng.choice(TASKS))
    yield case("a task with a word before it", f"a {task}", raises=ValueError)
    yield case("a task with a letter missing", task[:-1], raises=ValueError)


choose_loss = Exercise(
    id="choose_loss",
    title="Choose the loss",
    points=1,
    reference=reference.choose_loss,
    returns=Text(),
    begin=(
        "Begin with the two that you have used in this chapter: which of them is for yes or no, "
        "and which for a number? Write their names as Keras spells its classes."
    ),
    hints=(
        "Ask of each task what one label looks like: 0 or 1, any number, one of 0, 1, 2 and so on, "
        "or a row of zeros with a single 1.",
        "Put the four pairs into a dictionary, or write four ifs. For any other task raise a "
        "ValueError. The names are those of the classes in keras.losses, with their capitals and "
        "without `keras.losses.`.",
        "Look the task up in a dictionary of four pairs; before that: if task not in ...: raise "
        "ValueError(...). For several classes the names end in CategoricalCrossentropy. A whole "
        "row of zeros for one label is wasteful: which of the two is called sparse?",
    ),
    cases=[
        case("binary", "binary"),
        case("regression", "regression"),
        case("multiclass integer labels", "multiclass integer labels"),
        case("multiclass one-hot labels", "multiclass one-hot labels"),
        case("another task", "clustering", raises=ValueError),
        case("a longer name", "logistic regression", raises=ValueError),
        case("more words behind it", "binary search", raises=ValueError),
        case("only the first word", "multiclass", raises=ValueError),
        case("a capital letter", "Binary", raises=ValueError),
        case("a space at the end", "regression ", raises=ValueError),
    ],
    hidden=[
        case("no name at all", "", raises=ValueError),
        case("a loss's name", "MeanSquaredError", raises=ValueError),
        case("capital letters", "REGRESSION", raises=ValueError),
        case("a space at the front", " binary", raises=ValueError),
        case("without the hyphen", "multiclass one hot labels", raises=ValueError),
        case("a hyphen too many", "multi-class one-hot labels", raises=ValueError),
        case("underscores for spaces", "multiclass_integer_labels", raises=ValueError),
        case("one label only", "multiclass integer label", raises=ValueError),
        case("only the end of a name", "one-hot labels", raises=ValueError),
        case("without the last word", "multiclass integer", raises=ValueError),
        case("two tasks at once", "binary regression", raises=ValueError),
        case("two kinds of labels at once", "multiclass integer one-hot labels", raises=ValueError),
        case("a longer word", "binary integer labels", raises=ValueError),
    ],
    draw=draw,
    equivalent={
        "'unknown task: ' -> 'unknown task:'": "the words of the message are free",
        "task -> losses #2": "the words of the message are free",
    },
)


@choose_loss.mistake(
    "For another task it returns None. A wrong word should be noticed at once: raise a ValueError."
)
def none_for_another(task):
    if task == "binary":
        return "BinaryCrossentropy"
    if task == "regression":
        return "MeanSquaredError"
    if task == "multiclass integer labels":
        return "SparseCategoricalCrossentropy"
    if task == "multiclass one-hot labels":
        return "CategoricalCrossentropy"


@choose_loss.mistake(
    "Your last `else` takes every other word for one of the four tasks. Which word do you mean "
    "there? Ask for it too, and raise a ValueError for the rest."
)
def one_hot_for_the_rest(task):
    if task == "binary":
        return "BinaryCrossentropy"
    if task == "regression":
        return "MeanSquaredError"
    if task == "multiclass integer labels":
        return "SparseCategoricalCrossentropy"
    return "CategoricalCrossentropy"


@choose_loss.also("one_hot_for_the_rest")
def squared_error_for_the_rest(task):
    if task == "binary":
        return "BinaryCrossentropy"
    if task == "multiclass integer labels":
        return "SparseCategoricalCrossentropy"
    if task == "multiclass one-hot labels":
        return "CategoricalCrossentropy"
    return "MeanSquaredError"


@choose_loss.mistake(
    "For another task it raises something else than a ValueError, such as a dictionary's KeyError. "
    "Which exception says that a value is wrong?"
)
def key_error(task):
    pairs = {
        "binary": "BinaryCrossentropy",
        "regression": "MeanSquaredError",
        "multiclass integer labels": "SparseCategoricalCrossentropy",
        "multiclass one-hot labels": "CategoricalCrossentropy",
    }
    return pairs[task]


@choose_loss.mistake(
    "For another task it returns something instead of raising. `raise` takes the place of "
    "`return` there."
)
def returns_the_error(task):
    try:
        tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
        return [
            "BinaryCrossentropy",
            "MeanSquaredError",
            "SparseCategoricalCrossentropy",
            "CategoricalCrossentropy",
        ][tasks.index(task)]
    except ValueError as error:
        return error


@choose_loss.also("returns_the_error")
def returns_a_word(task):
    pairs = {
        "binary": "BinaryCrossentropy",
        "regression": "MeanSquaredError",
        "multiclass integer labels": "SparseCategoricalCrossentropy",
        "multiclass one-hot labels": "CategoricalCrossentropy",
    }
    return pairs.get(task, "unknown")


@choose_loss.mistake(
    "The two for several classes stand the wrong way round. A one-hot label is a whole row of "
    "numbers: is that the sparse way to write a class?"
)
def sparse_turned_round(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "Categorical", "SparseCategorical"]
    i = tasks.index(task)
    return "MeanSquaredError" if i == 1 else names[i] + "Crossentropy"


@choose_loss.mistake(
    "One loss is used for both kinds of labels. Keras has one for integers and another for one-hot "
    "rows: by which word do their names differ?"
)
def one_for_both(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "Categorical", "Categorical"]
    i = tasks.index(task)
    return "MeanSquaredError" if i == 1 else names[i] + "Crossentropy"


@choose_loss.also("one_for_both")
def sparse_for_both(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "SparseCategorical"]
    i = tasks.index(task)
    return "MeanSquaredError" if i == 1 else names[i] + "Crossentropy"


@choose_loss.mistake(
    "Keras writes the name with a small e in the middle: Crossentropy, not CrossEntropy."
)
def capital_in_the_middle(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task)
    return "MeanSquaredError" if i == 1 else names[i] + "CrossEntropy"


@choose_loss.mistake(
    "This is the name of the function. The class's name has no underscores and begins each word "
    "with a capital."
)
def function_names(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["binary", None, "sparse_categorical", "categorical"]
    i = tasks.index(task)
    return "mean_squared_error" if i == 1 else names[i] + "_crossentropy"


@choose_loss.also("function_names")
def function_names_and_mse(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["binary", None, "sparse_categorical", "categorical"]
    i = tasks.index(task)
    return "mse" if i == 1 else names[i] + "_crossentropy"


@choose_loss.mistake(
    "The name of the class alone is asked for, without the module before it or brackets behind it."
)
def with_the_module(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task)
    return "keras.losses." + ("MeanSquaredError" if i == 1 else names[i] + "Crossentropy")


@choose_loss.also("with_the_module")
def with_brackets(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task)
    return ("MeanSquaredError" if i == 1 else names[i] + "Crossentropy") + "()"


@choose_loss.mistake(
    "MSE is short for it. The class's name in keras.losses is written out in full."
)
def mse_for_short(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task)
    return "MSE" if i == 1 else names[i] + "Crossentropy"


@choose_loss.mistake(
    "For a number the mean absolute error is possible too. This chapter's loss squares the "
    "differences: what is it called?"
)
def absolute_error(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task)
    return "MeanAbsoluteError" if i == 1 else names[i] + "Crossentropy"


@choose_loss.mistake(
    "Logistic regression has a cross-entropy, but plain regression predicts a number. Which loss "
    "measures how far off a number is?"
)
def cross_entropy_for_regression(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", "Binary", "SparseCategorical", "Categorical"]
    return names[tasks.index(task)] + "Crossentropy"


@choose_loss.mistake(
    "With a yes-or-no label the squared error hardly punishes a sure and wrong answer. Which loss "
    "did the first half of this chapter build?"
)
def squared_error_for_binary(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = [None, None, "SparseCategorical", "Categorical"]
    i = tasks.index(task)
    return "MeanSquaredError" if i < 2 else names[i] + "Crossentropy"


@choose_loss.mistake(
    "Yours tidies the word up before it looks, by taking spaces off or capitals down. A task is "
    "one of the four names exactly."
)
def case_ignored(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task.lower())
    return "MeanSquaredError" if i == 1 else names[i] + "Crossentropy"


@choose_loss.also("case_ignored")
def spaces_ignored(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task.strip())
    return "MeanSquaredError" if i == 1 else names[i] + "Crossentropy"


@choose_loss.also("case_ignored")
def spaces_and_case_ignored(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task.strip().lower())
    return "MeanSquaredError" if i == 1 else names[i] + "Crossentropy"


@choose_loss.mistake(
    "`in` finds a word inside a longer one, so that 'logistic regression' counts as regression. "
    "How do you ask whether two strings are the same?"
)
def part_of_a_word(task):
    if "binary" in task:
        return "BinaryCrossentropy"
    if "regression" in task:
        return "MeanSquaredError"
    if "integer" in task:
        return "SparseCategoricalCrossentropy"
    if "one-hot" in task:
        return "CategoricalCrossentropy"
    raise ValueError(f"unknown task: {task!r}")


@choose_loss.alternative
def by_ifs(task):
    if task == "binary":
        return "BinaryCrossentropy"
    elif task == "regression":
        return "MeanSquaredError"
    elif task == "multiclass integer labels":
        return "SparseCategoricalCrossentropy"
    elif task == "multiclass one-hot labels":
        return "CategoricalCrossentropy"
    else:
        raise ValueError("not one of the four tasks")


@choose_loss.alternative
def by_match(task):
    match task:
        case "binary":
            return "BinaryCrossentropy"
        case "regression":
            return "MeanSquaredError"
        case "multiclass integer labels":
            return "SparseCategoricalCrossentropy"
        case "multiclass one-hot labels":
            return "CategoricalCrossentropy"
    raise ValueError


@choose_loss.alternative
def by_two_lists(task):
    tasks = ["binary", "regression", "multiclass integer labels", "multiclass one-hot labels"]
    names = ["Binary", None, "SparseCategorical", "Categorical"]
    i = tasks.index(task)
    return "MeanSquaredError" if i == 1 else f"{names[i]}Crossentropy"


@choose_loss.alternative
def error_turned_into_another(task):
    numbers = {
        "binary": 0,
        "regression": 1,
        "multiclass integer labels": 2,
        "multiclass one-hot labels": 3,
    }
    try:
        kind = numbers[task]
    except KeyError:
        raise ValueError(task) from None
    return (
        "BinaryCrossentropy",
        "MeanSquaredError",
        "SparseCategoricalCrossentropy",
        "CategoricalCrossentropy",
    )[kind]


@choose_loss.alternative
def an_error_class_of_its_own(task):
    class UnknownTask(ValueError):
        pass

    pairs = (
        ("multiclass one-hot labels", "CategoricalCrossentropy"),
        ("multiclass integer labels", "SparseCategoricalCrossentropy"),
        ("regression", "MeanSquaredError"),
        ("binary", "BinaryCrossentropy"),
    )
    for name, loss in pairs:
        if name == task:
            return loss
    raise UnknownTask(task)
