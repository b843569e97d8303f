"""Right answers to `cnn_model`, built otherwise, and changes of the reference that are right."""


def flattened(shape, K):
    import keras
    from keras import layers

    model = keras.Sequential()
    model.add(keras.Input(shape=shape))
    model.add(layers.Rescaling(2.0, offset=-1.0))
    model.add(layers.Conv2D(8, (3, 3), activation="relu"))
    model.add(layers.AveragePooling2D((2, 2)))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(K, activation="linear"))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    return model


def functional_and_separable(shape, K):
    import keras
    from keras import layers

    inputs = keras.Input(shape)
    x = layers.SeparableConv2D(16, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(32, activation="relu")(x)
    model = keras.Model(inputs, layers.Dense(K)(x))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def nested(shape, K):
    import keras
    from keras import layers

    features = keras.Sequential([layers.Conv2D(12, 3, strides=2, activation="relu")])
    features.add(layers.MaxPooling2D(2))
    model = keras.Sequential([keras.Input(shape), features, layers.Flatten(), layers.Dense(K)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, name="cost")
    model.compile(keras.optimizers.RMSprop(0.002), loss)
    return model


def with_reshape_and_normalisation(shape, K):
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input(shape), layers.Conv2D(6, 5, padding="same")])
    model.add(layers.ReLU())
    model.add(layers.MaxPooling2D(pool_size=3, strides=2))
    model.add(layers.Reshape((-1,)))
    model.add(layers.LayerNormalization())
    model.add(layers.Dense(K))
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def only_convolutions(shape, K):
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input(shape), layers.Conv2D(16, 3, activation="relu")])
    model.add(layers.Conv2D(K, 1))
    model.add(layers.GlobalAveragePooling2D())
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def a_verdict_at_each_place(shape, K):
    import keras
    from keras import layers

    model = keras.Sequential([keras.Input(shape), layers.Conv2D(16, 3, activation="relu")])
    model.add(layers.Dense(K))
    model.add(layers.GlobalAveragePooling2D())
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def the_strongest_place_of_each_class(shape, K):
    import keras
    from keras import layers

    inputs = keras.Input(shape)
    maps = layers.LeakyReLU()(layers.Conv2D(8, 3, padding="same")(inputs))
    model = keras.Model(inputs, layers.GlobalMaxPooling2D()(layers.Conv2D(K, 1)(maps)))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


def by_operations(shape, K):
    import keras

    inputs = keras.Input(shape)
    maps = keras.ops.relu(keras.layers.Conv2D(10, 3)(inputs))
    row = keras.ops.max(maps, axis=(1, 2))
    model = keras.Model(inputs, keras.layers.Dense(K)(row))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


ALTERNATIVES = [
    flattened,
    functional_and_separable,
    nested,
    with_reshape_and_normalisation,
    only_convolutions,
    a_verdict_at_each_place,
    the_strongest_place_of_each_class,
    by_operations,
]

# The number of filters, their size, how many layers: a student is free in these.
EQUIVALENT = {
    (
        "[keras.Input(shape), keras.layers.Conv2D(16, 3, padding='same', activation='relu'), "
        "keras.layers.MaxPooling2D(), keras.layers.Conv2D(48, 3, padding='same', "
        "activation='relu'), keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(K)] -> "
        "[keras.Input(shape), keras.layers.MaxPooling2D(), keras.layers.Conv2D(48, 3, "
        "padding='same', activation='relu'), keras.layers.GlobalMaxPooling2D(), "
        "keras.layers.Dense(K)]"
    ): "one convolution is enough",
    (
        "[keras.Input(shape), keras.layers.Conv2D(16, 3, padding='same', activation='relu'), "
        "keras.layers.MaxPooling2D(), keras.layers.Conv2D(48, 3, padding='same', "
        "activation='relu'), keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(K)] -> "
        "[keras.Input(shape), keras.layers.Conv2D(16, 3, padding='same', activation='relu'), "
        "keras.layers.MaxPooling2D(), keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(K)]"
    ): "one convolution is enough",
    (
        "[keras.Input(shape), keras.layers.Conv2D(16, 3, padding='same', activation='relu'), "
        "keras.layers.MaxPooling2D(), keras.layers.Conv2D(48, 3, padding='same', "
        "activation='relu'), keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(K)] -> "
        "[keras.Input(shape), keras.layers.Conv2D(16, 3, padding='same', activation='relu'), "
        "keras.layers.Conv2D(48, 3, padding='same', activation='relu'), "
        "keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(K)]"
    ): "one pooling layer is enough",
    (
        "keras.layers.Conv2D(16, 3, padding='same', activation='relu') -> "
        "keras.layers.Conv2D(16, 3, activation='relu')"
    ): "without padding: 8 pixels still leave room",
    (
        "keras.layers.Conv2D(16, 3, padding='same', activation='relu') -> "
        "keras.layers.Conv2D(16, 3, padding='same')"
    ): "activations are free",
    (
        "keras.layers.Conv2D(48, 3, padding='same', activation='relu') -> "
        "keras.layers.Conv2D(48, 3, activation='relu')"
    ): "without padding: 8 pixels still leave room",
    (
        "keras.layers.Conv2D(48, 3, padding='same', activation='relu') -> "
        "keras.layers.Conv2D(48, 3, padding='same')"
    ): "activations are free",
    "16 -> 17": "any number of filters",
    "16 -> 15": "any number of filters",
    "48 -> 49": "any number of filters",
    "48 -> 47": "any number of filters",
    "3 -> 4": "any size of kernel",
    "3 -> 2": "any size of kernel",
    "3 -> 4 #2": "any size of kernel",
    "3 -> 2 #2": "any size of kernel",
    (
        "model.compile(optimizer=keras.optimizers.Adam(0.003), loss=loss) -> "
        "model.compile(loss=loss)"
    ): "compile's own default, RMSprop, trains the model too",
    "0.003 -> 0.006": "the learning rate is free",
    (
        "keras.layers.Conv2D(16, 3, padding='same', activation='relu') -> "
        "keras.layers.Conv2D(3, 16, padding='same', activation='relu')"
    ): "three wide filters: a convolution all the same, with few parameters",
    "0.003 -> 1.003": "far too large, and train_cnn shows it: here the rate is free",
}
