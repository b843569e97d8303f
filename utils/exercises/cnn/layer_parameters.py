"""Exercise `layer_parameters`: what locality saves, and what sharing saves on top of it."""

import numpy as np

from utils.checking import Count, Exercise, case
from utils.checking.plain import describe
from utils.checking.results import Fault
from utils.checking.show import show
from utils.exercises.cnn.layer_parameters_otherwise import ALTERNATIVES
from utils.reference import cnn as reference

NAMES = ("dense", "local", "conv")
ASK = {
    "dense": "What does one output see, and what does it add?",
    "local": "How many outputs have weights and a bias of their own?",
    "conv": "What does one filter hold, and how many are there?",
}


class Counts:
    """A dictionary of three counts; a fault says which of them it is in."""

    def fault(self, value, expected, given):
        """What is wrong with the dictionary."""
        wanted = "A dictionary with the keys 'dense', 'local' and 'conv' is asked for."
        if not isinstance(value, dict):
            return Fault("type", "no_dict", f"It returned {describe(value)}. {wanted}")
        if set(value) != set(NAMES):
            detail = f"It has the keys {show(list(value))}."
            return Fault("shape", "keys", f"The keys differ. {wanted}", detail)
        faults = {name: Count().fault(value[name], expected[name], given) for name in NAMES}
        for name, fault in faults.items():
            if fault and fault.stage != "value":
                says = f"For {name!r}: {fault.says.replace('It returned', 'it holds')}"
                return Fault(fault.stage, fault.id, says, fault.detail)
        wrong = [name for name in NAMES if faults[name]]
        if not wrong:
            return None
        says = f"The numbers differ for {' and for '.join(map(repr, wrong))}."
        if len(wrong) == 1:
            says = f"The number differs for {wrong[0]!r}. {ASK[wrong[0]]}"
        detail = "\n".join(f"{n!r}: expected {expected[n]}, got {value[n]}." for n in wrong)
        return Fault("value", "counts_" + "_".join(wrong), says, detail)


def draw(rng):
    """Images of any size with filters of any size; two of one kind, for one that remembers."""
    for _ in range(6):
        k = int(rng.integers(2, 6))
        H, W = (k + int(n) for n in rng.choice(np.arange(1, 30), size=2, replace=False))
        C, F = (int(n) for n in rng.choice(np.arange(2, 20), size=2, replace=False))
        yield case("random sizes", H, W, C, F, k)


layer_parameters = Exercise(
    id="layer_parameters",
    title="Count what sharing saves",
    points=3,
    reference=reference.layer_parameters,
    returns=Counts(),
    begin=(
        "Begin with the output: how many numbers does it hold? Then take one of them and ask how "
        "many weights and how many biases it needs when it sees the whole image."
    ),
    hints=(
        "Two questions tell the three layers apart. How many inputs does one output see? Does it "
        "have weights of its own, or does it share them with others?",
        "Count the inputs, the outputs and the entries of one window over all channels. Dense and "
        "local have weights and a bias for every output; the convolution for every filter.",
        "outputs = (H - k + 1) * ... * F; window = k * k * ... . Each of the three numbers is "
        "(what one sees + 1) * (how many there are). Which product belongs to which layer?",
    ),
    cases=[
        case("few enough to count by hand", 3, 4, 2, 3, 2),
        case("a digit, eight filters", 28, 28, 1, 8, 3),
        case("rows and columns differ", 6, 9, 2, 4, 3),
        case("one filter on a colour image", 5, 7, 3, 1, 2),
        case("the window covers the whole image", 4, 4, 2, 3, 4),
        case("the window is one pixel", 3, 5, 4, 2, 1),
        case("one of everything", 1, 1, 1, 1, 1),
    ],
    hidden=[
        case("more rows than columns", 12, 5, 3, 7, 4),
        case("one row of pixels", 1, 8, 5, 3, 1),
        case("the window is as wide as the image", 9, 3, 2, 5, 3),
        case("the window is as high as the image", 3, 9, 2, 5, 3),
        case("as many channels as filters", 10, 7, 6, 6, 2),
        case("more channels than pixels", 2, 3, 50, 2, 2),
        case("a photograph", 224, 200, 3, 64, 7),
        case("a large window on a photograph", 200, 210, 3, 16, 50),
    ],
    draw=draw,
    alternatives=ALTERNATIVES,
)


@layer_parameters.mistake("The biases are left out, in all three. Who adds a bias, and how many?")
def biases_left_out(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {"dense": H * W * C * outputs, "local": k * k * C * outputs, "conv": k * k * C * F}


@layer_parameters.mistake(
    "The dense layer has no biases in yours. How many outputs are there, and what does each of "
    "them add?"
)
def dense_without_biases(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    window = k * k * C
    return {"dense": H * W * C * outputs, "local": (window + 1) * outputs, "conv": (window + 1) * F}


@layer_parameters.mistake(
    "The local layer has no biases in yours. Without sharing, how many outputs have a bias?"
)
def local_without_biases(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": k * k * C * outputs,
        "conv": (k * k * C + 1) * F,
    }


@layer_parameters.mistake("The convolution has no biases in yours. How many does `conv2d` take?")
def conv_without_biases(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (k * k * C + 1) * outputs,
        "conv": k * k * C * F,
    }


@layer_parameters.mistake(
    "The local layer has one bias a filter in yours. Nothing is shared there: how many outputs "
    "need a bias of their own?"
)
def local_shares_biases(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    window = k * k * C
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": window * outputs + F,
        "conv": (window + 1) * F,
    }


@layer_parameters.mistake(
    "Every layer has one bias a filter in yours. Only the convolution shares: how many biases do "
    "the other two have?"
)
def one_bias_a_filter_everywhere(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    window = k * k * C
    return {"dense": H * W * C * outputs + F, "local": window * outputs + F, "conv": window * F + F}


@layer_parameters.mistake(
    "The dense layer has one bias a filter in yours. It knows no filters: how many outputs does it "
    "have, and what does each of them add?"
)
def dense_shares_biases(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    window = k * k * C
    return {
        "dense": H * W * C * outputs + F,
        "local": (window + 1) * outputs,
        "conv": (window + 1) * F,
    }


@layer_parameters.mistake(
    "Local and convolution have changed places. Which of the two uses the same weights at every "
    "place of the image?"
)
def sharing_confused(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    window = k * k * C
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (window + 1) * F,
        "conv": (window + 1) * outputs,
    }


@layer_parameters.mistake(
    "Your convolution shares nothing: it has weights of its own at every place, as the local layer "
    "has. Whose weights does a filter use at the next place?"
)
def conv_without_sharing(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    local = (k * k * C + 1) * outputs
    return {"dense": (H * W * C + 1) * outputs, "local": local, "conv": local}


@layer_parameters.mistake(
    "Your local layer shares its weights, as a convolution does. Local says only how far an output "
    "sees. How many outputs are there, each with weights of its own?"
)
def local_with_sharing(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    conv = (k * k * C + 1) * F
    return {"dense": (H * W * C + 1) * outputs, "local": conv, "conv": conv}


@layer_parameters.mistake(
    "Your local layer sees the whole image from every place of a filter. How many pixels lie under "
    "a window of k rows and k columns?"
)
def locality_confused(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (H * W * C + 1) * F,
        "conv": (k * k * C + 1) * F,
    }


@layer_parameters.mistake(
    "A window has k * k weights in yours, whatever C is. How many channels lie under it, and does "
    "each have weights of its own?"
)
def channels_left_out(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (k * k + 1) * outputs,
        "conv": (k * k + 1) * F,
    }


@layer_parameters.also("channels_left_out")
def channels_left_out_everywhere(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {"dense": (H * W + 1) * outputs, "local": (k * k + 1) * outputs, "conv": (k * k + 1) * F}


@layer_parameters.mistake(
    "Yours has a bias for each channel of a window. The channels are added up into one number: how "
    "many biases does that number need?"
)
def bias_for_each_channel(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (k * k + 1) * C * outputs,
        "conv": (k * k + 1) * C * F,
    }


@layer_parameters.mistake(
    "Your output has as many rows and columns as the input. How many windows of k pixels fit along "
    "a side without padding?"
)
def output_as_large_as_the_input(H, W, C, F, k):
    outputs = H * W * F
    window = k * k * C
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (window + 1) * outputs,
        "conv": (window + 1) * F,
    }


@layer_parameters.mistake(
    "Your output is one row and one column too small. Along four pixels, how many windows of three "
    "fit?"
)
def one_window_less(H, W, C, F, k):
    outputs = (H - k) * (W - k) * F
    window = k * k * C
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (window + 1) * outputs,
        "conv": (window + 1) * F,
    }


@layer_parameters.mistake(
    "Your output has a single channel for dense and local. There are F filters: how many numbers "
    "stand at each place of the output?"
)
def filters_left_out(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1)
    window = k * k * C
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (window + 1) * outputs,
        "conv": (window + 1) * F,
    }


@layer_parameters.mistake(
    "All three count one filter only. There are F of them: how many numbers stand at each place of "
    "the output?"
)
def one_filter_everywhere(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1)
    window = k * k * C
    return {"dense": (H * W * C + 1) * outputs, "local": (window + 1) * outputs, "conv": window + 1}


@layer_parameters.mistake(
    "The rows are taken for the columns too, so this is right for square images only. Where does W "
    "come in?"
)
def square_images_only(H, W, C, F, k):
    outputs = (H - k + 1) ** 2 * F
    window = k * k * C
    return {
        "dense": (H * H * C + 1) * outputs,
        "local": (window + 1) * outputs,
        "conv": (window + 1) * F,
    }


@layer_parameters.mistake(
    "A filter has k weights a channel in yours. It has k rows and k columns: how many is that?"
)
def k_for_its_square(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (k * C + 1) * outputs,
        "conv": (k * C + 1) * F,
    }


@layer_parameters.mistake(
    "The three numbers come without their names. A dictionary is asked for, with the keys 'dense', "
    "'local' and 'conv'."
)
def without_names(H, W, C, F, k):
    outputs = (H - k + 1) * (W - k + 1) * F
    window = k * k * C
    return (H * W * C + 1) * outputs, (window + 1) * outputs, (window + 1) * F


@layer_parameters.mistake(
    "The counts are floats. Parameters are counted, so ints are asked for: which step makes floats "
    "of them?"
)
def floats(H, W, C, F, k):
    rows, columns = (H - k) / 1 + 1, (W - k) / 1 + 1
    outputs = rows * columns * F
    window = k * k * C
    return {
        "dense": (H * W * C + 1) * outputs,
        "local": (window + 1) * outputs,
        "conv": float((window + 1) * F),
    }
