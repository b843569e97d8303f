"""Exercise `gradient_scale`: how a gradient shrinks or grows on its way back."""

import numpy as np

from utils.checking import Exercise, Number, case, strided
from utils.exercises.activations.inputs import (
    linear_slope,
    relu_slope,
    sigmoid_slope,
    square_slope,
    tanh_slope,
)
from utils.reference import activations as reference


def draw(rng):
    """Chains of any length and activation, shallow and deep."""
    for slope in (sigmoid_slope, tanh_slope, square_slope):
        layers = rng.integers(2, 8)
        weights = rng.uniform(0.5, 3, size=layers) * rng.choice([-1, 1], size=layers)
        yield case("a random chain", weights, rng.normal(size=layers), slope)
    layers = rng.integers(40, 80)
    z = rng.uniform(-3, 3, size=layers)
    yield case("a random deep chain", rng.uniform(0.5, 1.5, size=layers), z, sigmoid_slope)
    z = rng.uniform(0.5, 3, size=4)
    yield case("a random chain of ReLUs that are on", rng.uniform(1, 3, size=4), z, relu_slope)
    off = z * np.where(np.arange(4) == rng.integers(4), -1, 1)
    yield case("a random chain with one ReLU off", rng.uniform(1, 3, size=4), off, relu_slope)
    whole = rng.integers(1, 5, size=(2, 5))
    yield case("random whole numbers", whole[0], -whole[1], square_slope)


gradient_scale = Exercise(
    id="gradient_scale",
    title="How a gradient shrinks",
    points=2,
    reference=reference.gradient_scale,
    returns=Number(atol=0.0),
    begin=(
        "Begin with one layer: the gradient is multiplied by its weight and by the slope of its "
        "activation at its z. Then think of the next layer."
    ),
    hints=(
        "Each layer multiplies the gradient by one factor. What is the factor of layer l, and what "
        "is done with all the factors?",
        "Compute one factor for each layer: its weight times the slope g_prime at its z. Then "
        "multiply all the factors, in a loop that starts at 1 or with np.prod.",
        "factors = weights * g_prime(...) has one entry a layer; np.prod(...) multiplies them. "
        "What does g_prime take, and what does np.prod take?",
    ),
    cases=[
        case("three layers of sigmoid", np.array([0.5, -2.0, 1.5]), np.array([1.0, -0.5, 2.0]),
             sigmoid_slope),
        case("one layer", np.array([3.0]), np.array([0.5]), tanh_slope),
        case("three ReLUs that are on", np.array([1.5, -0.5, 4.0]), np.array([2.0, 0.5, 3.0]),
             relu_slope),
        case("one ReLU that is off", np.array([1.5, -0.5, 4.0]), np.array([2.0, -0.5, 3.0]),
             relu_slope),
        case("whole numbers", np.array([2, -1, 3, 2]), np.array([1, -2, 2, 1]), square_slope),
        case("twenty layers of sigmoid", np.full(20, 1.5), np.linspace(-3.0, 3.0, 20),
             sigmoid_slope),
        case("linear layers", np.array([1.5, -0.5, 2.0, 0.25]), np.array([3.0, -1.0, 0.0, 2.0]),
             linear_slope),
    ],
    hidden=[
        case("one layer, a ReLU that is off", np.array([2.0]), np.array([-1.0]), relu_slope),
        case("one layer of whole numbers", np.array([3]), np.array([2]), square_slope),
        case("all weights zero", np.zeros(3), np.array([1.0, -1.0, 0.5]), sigmoid_slope),
        case("every z zero", np.array([1.0, 2.0]), np.zeros(2), sigmoid_slope),
        case("weights of one", np.ones(4), np.array([0.5, 1.0, -1.0, 2.0]), sigmoid_slope),
        case("all negative", -np.array([1.0, 0.5, 2.0]), -np.array([1.0, 2.0, 0.5]), tanh_slope),
        case("a gradient that explodes", np.full(40, 1e4), np.linspace(-1.0, 1.0, 40),
             linear_slope),
        case("a gradient that all but vanishes", np.full(150, 0.5), np.linspace(-2.0, 2.0, 150),
             sigmoid_slope),
        case("very large z", np.array([1.5, 2.0]), np.array([1000.0, -1000.0]), relu_slope),
        case("float32", np.array([0.5, -2.0, 1.5], dtype=np.float32),
             np.array([1.0, -0.5, 2.0], dtype=np.float32), sigmoid_slope),
        case("arrays that are views", strided(np.array([0.5, -2.0, 1.5])),
             strided(np.array([1.0, -0.5, 2.0])), sigmoid_slope),
        case("weights of whole numbers", np.array([2, -3]), np.array([0.5, -1.5]), tanh_slope),
    ],
    draw=draw,
)  # fmt: skip


@gradient_scale.mistake(
    "The factors are added up. Each layer multiplies what comes from the layer behind it."
)
def summed(weights, z, g_prime):
    return np.sum(weights * g_prime(z))


@gradient_scale.mistake("The weights are missing. What else does each layer multiply by?")
def weights_forgotten(weights, z, g_prime):
    return np.prod(g_prime(z))


@gradient_scale.mistake("The slopes are missing. What does the activation of each layer do?")
def slopes_forgotten(weights, z, g_prime):
    return np.prod(weights)


@gradient_scale.mistake("Yours multiplies the weights by z itself. What is g_prime for?")
def z_for_the_slope(weights, z, g_prime):
    return np.prod(weights * z)


@gradient_scale.mistake(
    "Yours takes the slope at weights * z, but z is already the weighted input. At which number is "
    "the slope taken?"
)
def weighted_twice(weights, z, g_prime):
    return np.prod(weights * g_prime(weights * z))


@gradient_scale.mistake(
    "The weight stands inside g_prime in yours. What is g_prime given, and what is multiplied?"
)
def weight_inside_the_slope(weights, z, g_prime):
    return np.prod(g_prime(weights * z))


@gradient_scale.mistake(
    "weights and z stand the wrong way round. At which of the two is the slope taken?"
)
def swapped(weights, z, g_prime):
    return np.prod(g_prime(weights) * z)


@gradient_scale.mistake(
    "It returns one factor for each layer. How do they become one number for the whole chain?"
)
def one_factor_each(weights, z, g_prime):
    return weights * g_prime(z)


@gradient_scale.also("one_factor_each")
def product_so_far(weights, z, g_prime):
    return np.cumprod(weights * g_prime(z))


@gradient_scale.mistake(
    "Only the last layer counts in yours. Does your loop keep the product so far, or write over it?"
)
def last_layer_only(weights, z, g_prime):
    for w, z_l in zip(weights, z, strict=True):
        scale = w * g_prime(z_l)
    return scale


@gradient_scale.mistake(
    "Only the first layer counts in yours. Does the `return` stand inside the loop?"
)
def returns_in_the_loop(weights, z, g_prime):
    scale = 1.0
    for w, z_l in zip(weights, z, strict=True):
        scale *= w * g_prime(z_l)
        return scale


@gradient_scale.mistake("A product that starts at 0 stays 0. Which number changes no product?")
def starts_at_zero(weights, z, g_prime):
    scale = 0.0
    for w, z_l in zip(weights, z, strict=True):
        scale *= w * g_prime(z_l)
    return scale


@gradient_scale.mistake("The last layer is missing from the product. Where does your loop end?")
def last_layer_missing(weights, z, g_prime):
    return np.prod((weights * g_prime(z))[:-1])


@gradient_scale.mistake(
    "The first layer is missing from the product. At which index does it start?"
)
def first_layer_missing(weights, z, g_prime):
    return np.prod((weights * g_prime(z))[1:])


@gradient_scale.mistake(
    "Yours is never negative, so a sign is lost somewhere. A gradient may well change its sign."
)
def sign_lost(weights, z, g_prime):
    return np.abs(np.prod(weights * g_prime(z)))


@gradient_scale.mistake(
    "A logarithm has no value for a negative factor, and none for 0. Multiply the factors "
    "themselves."
)
def through_logarithms(weights, z, g_prime):
    return np.exp(np.sum(np.log(weights * g_prime(z))))


@gradient_scale.mistake("Yours is the mean of the factors. How do they act together in a chain?")
def averaged(weights, z, g_prime):
    return np.mean(weights * g_prime(z))


@gradient_scale.mistake(
    "Yours takes the sigmoid's slope whatever g_prime is. Which function should it call?"
)
def always_sigmoid(weights, z, g_prime):
    e = np.exp(-np.abs(z))
    return np.prod(weights * e / (1 + e) ** 2)


@gradient_scale.mistake(
    "One slope is used for every layer. Each layer has its own z, and with it its own slope."
)
def one_slope_for_all(weights, z, g_prime):
    return np.prod(weights * g_prime(z[0]))


@gradient_scale.also("one_slope_for_all")
def the_last_slope_for_all(weights, z, g_prime):
    return np.prod(weights * g_prime(z[-1]))


@gradient_scale.mistake(
    "A very small product comes out as 0. How small it is is the point here: do you round?"
)
def rounded(weights, z, g_prime):
    return np.round(np.prod(weights * g_prime(z)), 12)


@gradient_scale.mistake("The weight and the slope are added. Each layer multiplies by both.")
def weight_and_slope_added(weights, z, g_prime):
    return np.prod(weights + g_prime(z))


@gradient_scale.alternative
def by_a_loop(weights, z, g_prime):
    scale = 1.0
    for w, z_l in zip(weights, z, strict=True):
        scale *= w * g_prime(z_l)
    return scale


@gradient_scale.alternative
def two_products(weights, z, g_prime):
    return float(np.prod(weights) * np.prod(g_prime(z)))


@gradient_scale.alternative
def by_recursion(weights, z, g_prime):
    if len(weights) == 0:
        return 1.0
    return weights[-1] * g_prime(z[-1]) * by_recursion(weights[:-1], z[:-1], g_prime)


@gradient_scale.alternative
def last_of_the_products_so_far(weights, z, g_prime):
    return np.cumprod(weights * g_prime(z))[-1]


@gradient_scale.alternative
def from_the_back_with_plain_numbers(weights, z, g_prime):
    scale = 1
    for w, z_l in list(zip(weights.tolist(), z.tolist(), strict=True))[::-1]:
        scale = scale * float(g_prime(z_l)) * w
    return scale


@gradient_scale.alternative
def sizes_by_logarithms(weights, z, g_prime):
    factors = weights * g_prime(z)
    if np.any(factors == 0):
        return 0.0
    return np.prod(np.sign(factors)) * np.exp(np.sum(np.log(np.abs(factors))))
