"""Exercise `choose_activation`: which activation the output layer takes."""

import string

from utils.checking import Exercise, Text, case
from utils.reference import activations as reference

TASKS = ("binary", "regression", "non-negative regression", "multiclass")


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


choose_activation = Exercise(
    id="choose_activation",
    title="Choose the output activation",
    points=1,
    reference=reference.choose_activation,
    returns=Text(),
    begin=(
        "Begin with one task: which values may the answer to a yes-or-no question take, and which "
        "activation gives just those?"
    ),
    hints=(
        "Ask of each task which numbers may come out: between 0 and 1, any number, any number from "
        "0 on, or one probability for each of several classes.",
        "Put the four pairs into a dictionary, or write four ifs. For any other task raise a "
        "ValueError that says which task it was.",
        "Look the task up in a dictionary of four pairs; before that: if task not in ...: raise "
        "ValueError(...). Two of the four are sigmoid and softmax. Which tasks take those?",
    ),
    cases=[
        case("binary", "binary"),
        case("regression", "regression"),
        case("non-negative regression", "non-negative regression"),
        case("multiclass", "multiclass"),
        case("another task", "clustering", raises=ValueError),
        case("a longer name", "logistic regression", raises=ValueError),
        case("a capital letter", "Binary", raises=ValueError),
        case("a word behind the name", "multiclass labels", raises=ValueError),
        case("a space at the end", "multiclass ", raises=ValueError),
    ],
    hidden=[
        case("no name at all", "", raises=ValueError),
        case("an activation's name", "sigmoid", raises=ValueError),
        case("capital letters", "REGRESSION", raises=ValueError),
        case("a space at the front", " regression", raises=ValueError),
        case("without the hyphen", "non negative regression", raises=ValueError),
        case("the hyphen left out", "nonnegative regression", raises=ValueError),
        case("an underscore for the hyphen", "non_negative regression", raises=ValueError),
        case("with another hyphen", "multi-class", raises=ValueError),
        case("half a name", "non-negative", raises=ValueError),
        case("two tasks at once", "binary regression", raises=ValueError),
        case("a longer word", "binary classification", raises=ValueError),
    ],
    draw=draw,
    equivalent={
        "'unknown task: ' -> 'unknown task:'": "the words of the message are free",
        "task -> activations #2": "the words of the message are free",
    },
)


@choose_activation.mistake(
    "For another task it returns None. A wrong word should be noticed at once: raise a ValueError."
)
def none_for_another(task):
    if task == "binary":
        return "sigmoid"
    if task == "regression":
        return "linear"
    if task == "non-negative regression":
        return "relu"
    if task == "multiclass":
        return "softmax"


@choose_activation.mistake(
    "Your last `else` takes every other word for one of the four tasks. Which word do you mean "
    "there? Ask for it too, and raise a ValueError for the rest."
)
def softmax_for_the_rest(task):
    if task == "binary":
        return "sigmoid"
    if task == "regression":
        return "linear"
    if task == "non-negative regression":
        return "relu"
    return "softmax"


@choose_activation.also("softmax_for_the_rest")
def linear_for_the_rest(task):
    pairs = {"binary": "sigmoid", "non-negative regression": "relu", "multiclass": "softmax"}
    return pairs.get(task, "linear")


@choose_activation.mistake(
    "For another task it raises something else than a ValueError, such as a dictionary's KeyError. "
    "Which exception says that a value is wrong?"
)
def key_error(task):
    pairs = {
        "binary": "sigmoid",
        "regression": "linear",
        "non-negative regression": "relu",
        "multiclass": "softmax",
    }
    return pairs[task]


@choose_activation.mistake(
    "For another task it returns something instead of raising. `raise` takes the place of "
    "`return` there."
)
def returns_the_error(task):
    try:
        tasks = ["binary", "regression", "non-negative regression", "multiclass"]
        return ["sigmoid", "linear", "relu", "softmax"][tasks.index(task)]
    except ValueError as error:
        return error


@choose_activation.also("returns_the_error")
def returns_a_word(task):
    pairs = {
        "binary": "sigmoid",
        "regression": "linear",
        "non-negative regression": "relu",
        "multiclass": "softmax",
    }
    return pairs.get(task, "unknown")


@choose_activation.mistake(
    "With several classes, sigmoid gives each its own yes or no. Which activation gives "
    "probabilities that add up to 1?"
)
def sigmoid_for_multiclass(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "linear", "relu", "sigmoid"][tasks.index(task)]


@choose_activation.mistake(
    "For a yes-or-no question one number is enough, the probability of yes. Which activation turns "
    "one number into one between 0 and 1?"
)
def softmax_for_binary(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["softmax", "linear", "relu", "softmax"][tasks.index(task)]


@choose_activation.mistake(
    "Sigmoid and softmax stand the wrong way round. Which of them is for one number, and which for "
    "one number a class?"
)
def sigmoid_and_softmax_swapped(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["softmax", "linear", "relu", "sigmoid"][tasks.index(task)]


@choose_activation.mistake(
    "With ReLU at the output nothing below 0 can ever be predicted, a loss of money for instance. "
    "What does plain regression need?"
)
def relu_for_regression(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "relu", "relu", "softmax"][tasks.index(task)]


@choose_activation.mistake(
    "A linear output can go below 0, and this task never does. Which activation keeps to 0 and "
    "above?"
)
def linear_for_non_negative(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "linear", "linear", "softmax"][tasks.index(task)]


@choose_activation.mistake(
    "Sigmoid never gives more than 1, and this task may need any number from 0 on. Which "
    "activation has a floor and no ceiling?"
)
def sigmoid_for_non_negative(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "linear", "sigmoid", "softmax"][tasks.index(task)]


@choose_activation.mistake(
    "Linear and ReLU stand the wrong way round. Which of them gives negative numbers too?"
)
def linear_and_relu_swapped(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "relu", "linear", "softmax"][tasks.index(task)]


@choose_activation.mistake(
    "Yours takes capital letters for small ones. Here case matters: 'Binary' is another task."
)
def case_ignored(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "linear", "relu", "softmax"][tasks.index(task.lower())]


@choose_activation.mistake(
    "Yours tidies the word up before it looks, by taking spaces off for instance. A task is one of "
    "the four names exactly."
)
def spaces_ignored(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "linear", "relu", "softmax"][tasks.index(task.strip())]


@choose_activation.also("spaces_ignored")
def spaces_and_case_ignored(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "linear", "relu", "softmax"][tasks.index(task.strip().lower())]


@choose_activation.mistake(
    "A longer name that begins like a task counts as that task in yours, 'multiclass labels' for "
    "instance. How do you ask whether two strings are the same?"
)
def longer_names_accepted(task):
    for known, activation in (
        ("binary", "sigmoid"),
        ("regression", "linear"),
        ("non-negative regression", "relu"),
        ("multiclass", "softmax"),
    ):
        if task.startswith(known):
            return activation
    raise ValueError(f"unknown task: {task!r}")


@choose_activation.also("longer_names_accepted")
def first_word_decides(task):
    if task.startswith("binary"):
        return "sigmoid"
    if task.startswith("regression"):
        return "linear"
    if task.startswith("non-negative"):
        return "relu"
    if task.startswith("multiclass"):
        return "softmax"
    raise ValueError(f"unknown task: {task!r}")


@choose_activation.mistake(
    "`in` finds a word inside a longer one, so that 'logistic regression' counts as regression. "
    "How do you ask whether two strings are the same?"
)
def part_of_a_word(task):
    if "binary" in task:
        return "sigmoid"
    if "non-negative" in task:
        return "relu"
    if "regression" in task:
        return "linear"
    if "multiclass" in task:
        return "softmax"
    raise ValueError(f"unknown task: {task!r}")


@choose_activation.also("part_of_a_word")
def regression_found_first(task):
    if "binary" in task:
        return "sigmoid"
    if "regression" in task:
        return "linear"
    if "non-negative regression" in task:
        return "relu"
    if "multiclass" in task:
        return "softmax"
    raise ValueError(f"unknown task: {task!r}")


@choose_activation.mistake(
    "The names of the activations are small letters throughout: 'sigmoid', 'linear', 'relu', "
    "'softmax'."
)
def names_capitalised(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["Sigmoid", "Linear", "ReLU", "Softmax"][tasks.index(task)]


@choose_activation.alternative
def by_ifs(task):
    if task == "binary":
        return "sigmoid"
    elif task == "regression":
        return "linear"
    elif task == "non-negative regression":
        return "relu"
    elif task == "multiclass":
        return "softmax"
    else:
        raise ValueError("not one of the four tasks")


@choose_activation.alternative
def by_match(task):
    match task:
        case "binary":
            return "sigmoid"
        case "regression":
            return "linear"
        case "non-negative regression":
            return "relu"
        case "multiclass":
            return "softmax"
    raise ValueError


@choose_activation.alternative
def by_two_lists(task):
    tasks = ["binary", "regression", "non-negative regression", "multiclass"]
    return ["sigmoid", "linear", "relu", "softmax"][tasks.index(task)]


@choose_activation.alternative
def error_turned_into_another(task):
    try:
        number = {"binary": 0, "regression": 1, "non-negative regression": 2, "multiclass": 3}[task]
    except KeyError:
        raise ValueError(task) from None
    return ("sigmoid", "linear", "relu", "softmax")[number]


@choose_activation.alternative
def an_error_class_of_its_own(task):
    class UnknownTask(ValueError):
        pass

    for name, activation in zip(
        ("multiclass", "non-negative regression", "regression", "binary"),
        ("softmax", "relu", "linear", "sigmoid"),
        strict=True,
    ):
        if name == task:
            return activation
    raise UnknownTask(task)
