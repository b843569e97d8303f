"""Exercise `neuron`: one weighted sum, one bias, one activation, one number."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.exercises.forward_prop.inputs import linear, relu, sigmoid, square, tanh
from utils.reference import forward_prop as reference


def draw(rng):
    """Neurons with any number of inputs and any activation; two sizes come twice."""
    for g in (linear, sigmoid, relu, tanh, square):
        n = rng.integers(2, 9)
        yield case("a random neuron", rng.normal(size=n), rng.normal(size=n), rng.normal(), g)
    for _ in range(2):
        x, w = rng.integers(-9, 10, size=(2, 6))
        yield case("random whole numbers", x, w, int(rng.integers(-9, 10)), linear)
        yield case("many inputs", rng.normal(size=300), rng.normal(size=300), rng.normal(), tanh)


neuron = Exercise(
    id="neuron",
    title="One neuron",
    points=1,
    reference=reference.neuron,
    returns=Number(),
    begin=(
        "Begin with the weighted sum: multiply each input by its weight and add everything up. "
        "What comes on top of that, and what is done to it last?"
    ),
    hints=(
        "The formula has three steps: a weighted sum, the bias, the activation. Which NumPy "
        "function multiplies two arrays entry by entry and adds up the products?",
        "First z: the dot product of w and x, plus b. Then hand z to g, and return what g gives.",
        "z = np.dot(...) + ... makes one number. The last line is return ...(z). Which of the "
        "four arguments go into the gaps?",
    ),
    cases=[
        case("the example by hand", np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5, linear),
        case("one input", np.array([2.0]), np.array([1.5]), -1.0, sigmoid),
        case("three inputs, sigmoid", np.array([1.0, 2.0, -0.5]), np.array([0.5, -0.25, 3.0]),
             0.75, sigmoid),
        case("relu, a negative sum", np.array([1.0, 2.0]), np.array([-3.0, 0.5]), 0.25, relu),
        case("five inputs, tanh", np.array([0.5, -1.0, 0.25, 2.0, 1.5]),
             np.array([1.0, 0.75, 2.0, -0.5, 0.25]), -0.5, tanh),
        case("whole numbers, sigmoid", np.array([1, -2]), np.array([3, 1]), -2, sigmoid),
        case("an unusual activation", np.array([1.5, -1.0]), np.array([2.0, 0.5]), 1.25, square),
    ],
    hidden=[
        case("a negative result", np.array([2.0, 1.0]), np.array([-1.5, -4.0]), -0.5, linear),
        case("all zeros", np.zeros(3), np.zeros(3), 0.0, sigmoid),
        case("only the bias is not zero", np.zeros(4), np.zeros(4), 1.75, square),
        case("whole numbers only", np.array([-2, 4, 1]), np.array([5, -6, 7]), 3, linear),
        case("large numbers", np.array([1e8, -2e8]), np.array([3e5, 1e5]), -7e9, relu),
        case("a large negative sum", np.array([1e6, 2e3]), np.array([-3e2, 5.0]), 1.0, linear),
        case("tiny numbers", np.array([1e-9, 2e-9]), np.array([3.0, 0.5]), 1e-9, linear),
        case("float32", np.array([0.5, 2.0, -1.0], dtype=np.float32),
             np.array([1.0, 0.25, 0.5], dtype=np.float32), 0.125, tanh),
        case("arrays that are views", strided(np.array([1.0, -2.0, 0.5])),
             strided(np.array([0.5, 0.25, -1.0])), 0.5, tanh),
        case("whole-number inputs only", np.array([3, -2]), np.array([0.75, 0.25]), 0.5, linear),
        case("whole-number weights only", np.array([0.5, -1.25]), np.array([3, 1]), 0.25, linear),
        case("a whole bias only", np.array([0.5, -1.25]), np.array([0.75, 1.5]), 2, linear),
        case("whole numbers, a fraction as bias", np.array([1, -2]), np.array([3, 1]), 0.75,
             linear),
        case("a bias of NumPy's", np.array([1.0, 3.0]), np.array([0.5, -0.25]),
             np.float64(-0.5), sigmoid),
    ],
    draw=draw,
    functions_travel=True,
    equivalent={"np.dot(w, x) -> np.dot(x, w)": "for two vectors the order does not matter"},
)  # fmt: skip


@neuron.mistake("The bias is missing. What does a neuron add to its weighted sum?")
def bias_forgotten(x, w, b, g):
    return g(np.dot(w, x))


@neuron.mistake("The activation is missing. What happens to z before the neuron hands it on?")
def activation_forgotten(x, w, b, g):
    return np.dot(w, x) + b


@neuron.mistake("Yours is g(weighted sum) + b. Is the bias added before or after the activation?")
def bias_after_activation(x, w, b, g):
    return g(np.dot(w, x)) + b


@neuron.mistake(
    "It returns one number for each input, `w * x` without adding up. A neuron has a single "
    "weighted sum. What is missing between the products and the bias?"
)
def products_not_added_up(x, w, b, g):
    return g(w * x + b)


@neuron.also("products_not_added_up")
def a_list_of_products(x, w, b, g):
    out = []
    for i in range(len(x)):
        out.append(g(x[i] * w[i] + b))
    return np.array(out)


@neuron.mistake(
    "The bias is added once for each input. How often does one neuron add its bias? Look at "
    "what stands inside the sum, or inside the loop."
)
def bias_for_each_input(x, w, b, g):
    return g(np.sum(w * x + b))


@neuron.also("bias_for_each_input")
def bias_inside_the_loop(x, w, b, g):
    z = 0
    for i in range(len(x)):
        z += w[i] * x[i] + b
    return g(z)


@neuron.mistake(
    "Yours applies g to each product and adds up afterwards. Which comes first, the sum or g?"
)
def activation_before_the_sum(x, w, b, g):
    return np.sum(g(w * x)) + b


@neuron.mistake("Yours applies g to each product, with the bias, and adds up. How often is g used?")
def activations_added_up(x, w, b, g):
    return np.sum(g(w * x + b))


@neuron.mistake("Yours applies g twice. How often does a neuron apply its activation?")
def activation_twice(x, w, b, g):
    return g(g(np.dot(w, x) + b))


@neuron.mistake("Yours applies sigmoid whatever g is. Which name should it call?")
def always_sigmoid(x, w, b, g):
    return 1 / (1 + np.exp(-(np.dot(w, x) + b)))


@neuron.mistake(
    "The result stands in an array of one entry. A single number is asked for. "
    "What makes it an array?"
)
def array_of_one(x, w, b, g):
    return g(np.array([np.dot(w, x) + b]))


@neuron.also("array_of_one")
def bias_as_an_array(x, w, b, g):
    z = np.array([b], dtype=float)
    for i in range(len(x)):
        z = z + w[i] * x[i]
    return g(z)


@neuron.mistake(
    "Yours adds up the inputs and the weights separately. Each input has its own weight: which "
    "comes first, multiplying or adding up?"
)
def sums_multiplied(x, w, b, g):
    return g(np.sum(w) * np.sum(x) + b)


@neuron.mistake("Yours takes the mean of the products. The formula adds them up.")
def mean_for_sum(x, w, b, g):
    return g(np.mean(w * x) + b)


@neuron.mistake("The bias is subtracted. Which sign does b have in the formula?")
def bias_subtracted(x, w, b, g):
    return g(np.dot(w, x) - b)


@neuron.mistake(
    "The weights are added to the inputs instead of multiplied with them. Look at the formula."
)
def weights_added(x, w, b, g):
    return g(np.sum(w + x) + b)


@neuron.mistake("The last input is left out. At which index does an array of n entries end?")
def last_input_missing(x, w, b, g):
    z = b
    for i in range(len(x) - 1):
        z = z + w[i] * x[i]
    return g(z)


@neuron.mistake(
    "Each time round the loop z is set anew, so only the last product is left. How does a loop "
    "keep what came before?"
)
def only_the_last_product(x, w, b, g):
    for i in range(len(x)):
        z = w[i] * x[i]
    return g(z + b)


@neuron.mistake(
    "It returns inside the loop, after the first input. Where should the `return` stand?"
)
def returns_in_the_loop(x, w, b, g):
    z = 0
    for i in range(len(x)):
        z = z + w[i] * x[i]
        return g(z + b)


@neuron.mistake(
    "It returns nothing, so whoever called it gets None. To print a number only shows it: which "
    "word hands it back?"
)
def return_missing(x, w, b, g):
    print(g(np.dot(w, x) + b))


@neuron.mistake("Everything after the point is cut off. What turns the result into an int?")
def whole_number_result(x, w, b, g):
    return int(g(np.dot(w, x) + b))


@neuron.alternative
def matrix_product(x, w, b, g):
    return g(x @ w + b)


@neuron.alternative
def products_then_sum(x, w, b, g):
    return g((w * x).sum() + b)


@neuron.alternative
def plain_python(x, w, b, g):
    return g(sum(weight * value for weight, value in zip(w, x, strict=True)) + b)


@neuron.alternative
def by_einsum(x, w, b, g):
    return g(np.einsum("i,i->", w, x) + b)


@neuron.alternative
def starting_from_the_bias(x, w, b, g):
    z = b
    for i in range(len(x)):
        z = z + w[i] * x[i]
    return float(g(z))


@neuron.alternative
def a_layer_of_one_unit(x, w, b, g):
    a = g(x.reshape(1, -1) @ w.reshape(-1, 1) + b)
    return a[0, 0]


@neuron.alternative
def bias_as_a_weight(x, w, b, g):
    return g(np.inner(np.append(x, 1), np.append(w, b)))


@neuron.alternative
def without_dimensions(x, w, b, g):
    return np.array(g(np.dot(w, x) + b))


@neuron.alternative
def recursive(x, w, b, g):
    def weighted_sum(i):
        return 0 if i == len(x) else w[i] * x[i] + weighted_sum(i + 1)

    return g(weighted_sum(0) + b)
