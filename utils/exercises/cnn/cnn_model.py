"""Exercise `cnn_model`: a convolution, a pooling layer, K logits, and few parameters."""

from utils.checking import Exercise, case
from utils.checking.keras_results import (
    Model,
    is_compiled,
    learns,
    output_is_certain,
    output_is_linear,
    sparse_loss_takes_logits,
    takes,
)
from utils.exercises.cnn.cnn_model_otherwise import ALTERNATIVES, EQUIVALENT
from utils.exercises.cnn.cnn_questions import (
    ends_in_rows,
    has_a_convolution,
    has_pooling,
    is_small,
)
from utils.reference import cnn as reference


def draw(rng):
    """Other shapes each time."""
    H, W, C, K = map(int, rng.integers((9, 9, 1, 3), (20, 20, 4, 12)))
    yield case("another shape, another number of classes", (H, W, C), K)


cnn_model = Exercise(
    id="cnn_model",
    title="A small convolutional network",
    points=3,
    reference=reference.cnn_model,
    returns=Model(
        (
            ends_in_rows,
            takes(lambda shape, K: tuple(shape), lambda shape, K: K),
            has_a_convolution,
            has_pooling,
            is_compiled,
            sparse_loss_takes_logits,
            output_is_linear,
            output_is_certain,
            is_small,
            learns,
        )
    ),
    seconds=60,  # the first `import keras` alone takes some
    begin=(
        "Begin with keras.Sequential: a keras.Input of the given shape, and a Conv2D layer of some "
        "filters."
    ),
    hints=(
        "Three kinds of layers: one that finds features, one that makes the map smaller or keeps "
        "the strongest answer, and one that gives K logits. In which order?",
        "keras.Input(shape), a Conv2D with ReLU, a pooling layer, perhaps both once more, then a "
        "layer that makes one row of the maps, and a Dense layer of K units without activation. "
        "Compile it as digit_model in chapter 4.",
        "Conv2D(16, 3, padding='same', activation='relu'), MaxPooling2D(), another Conv2D, then "
        "GlobalMaxPooling2D(), which makes a row. Which Dense layer, and which loss, come last?",
    ),
    cases=[case("grey images, ten classes", (14, 14, 1), 10), case("in colour", (9, 12, 3), 4)],
    hidden=[case("the smallest image, two classes", (8, 8, 1), 2)],
    draw=draw,
    alternatives=ALTERNATIVES,
    equivalent=EQUIVALENT,
)


def _mistake(says, fault):
    return cnn_model.mistake(says, fault=fault)


@_mistake(
    "There is no pooling layer in it. Which layer keeps the largest number of each window, or of "
    "a whole map?",
    "no_pooling",
)
def no_pooling(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@cnn_model.also("no_pooling")
def a_window_of_one_pixel(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.MaxPooling2D(1))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "There is no convolution in it. Which layer slides small kernels over an image?",
    "no_convolution",
)
def only_dense_layers(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape), keras.layers.Flatten()])
    model.add(keras.layers.Dense(25, activation="relu"))
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@cnn_model.also("only_dense_layers")
def pooled_pixels(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape), keras.layers.MaxPooling2D()])
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "Its kernels have a single row and column, so they see no neighbours. Which number of "
    "Conv2D says how large a kernel is?",
    "one_pixel",
)
def kernels_of_one_pixel(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 1, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "Its kernel is as large as the image: there is one place for it, and nothing is shared. That "
    "is a dense layer. What size has a feature, such as an edge or a corner?",
    "whole_image",
)
def kernel_as_large_as_the_image(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(4, shape[:2], activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "What comes out still has rows and columns: a Dense layer works on the channels of each place. "
    "Which layer makes one row of numbers of an image?",
    "still_an_image",
)
def never_flattened(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It has more than 30,000 parameters. Ask model.summary() in which layer most of them sit: what "
    "would make fewer numbers reach that layer?",
    "too_large",
)
def too_many_parameters(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(32, 3, padding="same", activation="relu"))
    model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(128, activation="relu"))
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "The output is squashed already, and the loss has from_logits=True: it applies a softmax of "
    "its own. Which of the two should go?",
    "squashed_twice",
)
def softmax_and_from_logits(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K, activation="softmax"))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "The output is linear, and the loss takes it for probabilities. What tells the loss that it "
    "gets logits?",
    "logits_as_probabilities",
)
def linear_without_from_logits(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@_mistake(
    "The softmax stands in the model, and the loss takes probabilities. They agree, but the model "
    "should give logits: where did chapter 4 put the softmax?",
    "output_sigmoid",
)
def softmax_in_the_model(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@_mistake(
    "Dropout stands behind the output layer: in training it strikes out some of the outputs "
    "themselves. Behind which layers does it belong?",
    "random_output",
)
def dropout_of_the_logits(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.add(keras.layers.Dropout(0.5))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "The output goes through an activation that bends or cuts its numbers. Logits go from far "
    "below 0 to far above: which activation leaves them as they are?",
    "output_other",
)
def output_cut_at_zero(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K, activation="relu"))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It has another loss. The labels are whole numbers, one of K classes: which cross-entropy "
    "takes them as they are?",
    "other_loss",
)
def one_hot_loss(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "Its output has another number of units than there are classes. How many logits does one "
    "image need?",
    "outputs",
)
def one_output(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(1))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It takes inputs of another shape. The images come as (H, W, C): what has keras.Input to be "
    "told?",
    "inputs",
)
def flat_images(shape, K):
    import keras

    H, W, C = shape
    model = keras.Sequential([keras.Input((H * W * C,)), keras.layers.Reshape(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It is built, and not compiled: it has no loss yet. Which method gives it one?",
    "not_compiled",
)
def not_compiled(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    return model


@_mistake(
    "It does not know the shape of its images, so it has no weights yet. What comes first in "
    "keras.Sequential?",
    "not_built",
)
def without_an_input(shape, K):
    import keras

    model = keras.Sequential([keras.layers.Conv2D(8, 3, activation="relu")])
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "A step of training leaves a layer as it was. Is one of them frozen, with trainable set to "
    "False, or is the learning rate 0?",
    "does_not_learn",
)
def convolution_frozen(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu", trainable=False))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@_mistake(
    "It returns None. Is the `return` missing, behind `compile`?",
    "none",
)
def return_forgotten(shape, K):
    import keras

    model = keras.Sequential([keras.Input(shape)])
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.GlobalMaxPooling2D())
    model.add(keras.layers.Dense(K))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
