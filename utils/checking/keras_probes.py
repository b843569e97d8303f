"""What a Keras model does, whatever it is built of: its activations, its outputs, its loss.

These look at a model of our own, rebuilt from what was carried (`keras_models`), and try it with
numbers of ours. They judge nothing: `keras_results` asks, and says what is wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from utils.checking.keras_models import give, layers_of, steps_of

LOGITS, PROBABILITIES, OTHER = "logits", "probabilities", "other"


def outputs(model: Any, X: np.ndarray) -> np.ndarray:
    """What the model gives in inference mode."""
    given = model(X, training=False)
    while isinstance(given, (dict, list, tuple)):  # the only output, by its name or in a list
        given = next(iter(given.values() if isinstance(given, dict) else given))
    return np.asarray(given)


def activation_of(step: Any) -> str:
    """The activation that a step applies: 'relu', 'linear', or '' for a step of another kind."""
    if type(step).__name__ == "ReLU" and (step.max_value or step.negative_slope or step.threshold):
        return "another relu"  # capped, leaking below 0, or with its kink elsewhere
    if _adds_up(step):
        return ""
    activation = getattr(step, "activation", None)
    if is_layer(activation):  # such as Dense(9, activation=ReLU(max_value=6))
        return activation_of(activation)
    if activation is not None:
        return str(getattr(activation, "__name__", type(activation).__name__)).lower()
    if is_activation(step):
        return type(step).__name__.lower().replace("identity", "linear")
    return ""


def is_layer(thing: Any) -> bool:
    """Whether it is a Keras layer."""
    import keras

    return isinstance(thing, keras.layers.Layer)


def _adds_up(step: Any) -> bool:
    """Whether it is the operation `a + b` of two branches, which is no activation."""
    import keras

    return type(step).__name__ == "Add" and len(keras.tree.flatten(step.input)) > 1


def is_activation(step: Any) -> bool:
    """Whether a step only bends numbers: such a layer, or an operation that keeps the shape."""
    import keras

    if not isinstance(step, keras.layers.Layer):
        return any(given.shape == step.output.shape for given in keras.tree.flatten(step.input))
    names = ("Activation", "Identity", "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax")
    return type(step).__name__ in names and type(step).__module__.startswith("keras")


def activations_behind_dense(model: Any) -> list[set[str]]:
    """For each Dense layer, the activations from it to the next, leaving out linear ones."""
    import keras

    found: list[set[str]] = []
    for step in steps_of(model):
        if isinstance(step, keras.layers.Dense):
            found.append(set())
        if found and activation_of(step) not in ("", "linear"):
            found[-1].add(activation_of(step))
    return found


def hidden_values(model: Any, rng: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each hidden Dense layer, weighted sums and what reaches the next Dense layer of them.

    The weighted sums are ours: whatever the weights are, they fall on both sides of 0. Both come
    as flat arrays; where their sizes differ, because something else stands between, both are cut
    to the shorter.
    """
    sums, arrived, _ = _with_sums(model, rng)
    pairs = zip((z.ravel() for z in sums), (x.ravel() for x in arrived[1:]), strict=False)
    return [(z[: left.size], left[: z.size]) for z, left in pairs]


def _with_sums(
    model: Any, rng: np.random.Generator, only_last: bool = False
) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Run a twin whose Dense layers put random numbers in place of their weighted sums.

    Returns the random sums and what arrived at each of these layers, in order, and the outputs.
    With `only_last`, the last layer alone gets them, and 0 comes in: what reaches the output on
    another way is the same in every row.
    """
    import keras

    twin = keras.models.clone_model(model)
    give(twin, model.get_weights())
    sums: list[np.ndarray] = []
    arrived: list[np.ndarray] = []
    dense = [layer for layer in layers_of(twin) if isinstance(layer, keras.layers.Dense)]
    for layer in dense[-1:] if only_last else dense:
        layer.call = _replacing(layer, rng, sums, arrived)
    X = rng.normal(size=(200, *model.input_shape[1:]))
    return sums, arrived, outputs(twin, 0 * X if only_last else X)


def _replacing(layer: Any, rng: np.random.Generator, sums: Any, arrived: Any) -> Any:
    import keras

    def call(inputs: Any, *args: Any, **kwargs: Any) -> Any:
        arrived.append(np.asarray(inputs).astype(np.float64))
        z = rng.normal(scale=3, size=(*inputs.shape[:-1], layer.units))
        sums.append(np.round(8 * z) / 8)  # numbers that half precision holds as well
        z = keras.ops.convert_to_tensor(sums[-1], dtype=layer.compute_dtype)
        return z if layer.activation is None else layer.activation(z)

    return call


def output_kind(model: Any, rng: np.random.Generator) -> str:
    """Whether the outputs are logits or probabilities, by what they do and not by their names.

    Where the last layer with weights is a Dense layer, random numbers take the place of its
    weighted sums: logits are these sums, and the log-odds of probabilities are. Of another last
    layer the range tells, with large random weights.
    """
    import keras

    holding = [layer for layer in layers_of(model) if layer.weights]
    if not holding:
        return OTHER
    if not isinstance(holding[-1], keras.layers.Dense):
        return kind_by_range(model, rng)
    sums, _, given = _with_sums(model, rng, only_last=True)
    z, out = sums[-1].astype(np.float64), given.astype(np.float64)
    if z.shape != out.shape:
        return kind_by_range(model, rng)
    z, out = z.reshape(-1, z.shape[-1]), out.reshape(-1, z.shape[-1])
    if not np.isfinite(out).all():
        return OTHER
    if all(map(_is_line, z.T, out.T)):
        return LOGITS
    if out.min() < 0 or out.max() > 1 + 1e-6:
        return OTHER
    odds = _log_odds(out)
    if out.shape[-1] > 1 and np.allclose(out.sum(axis=-1), 1, atol=1e-4):
        z, odds = z[:, 1:] - z[:, :1], odds[:, 1:]
    near = np.abs(odds) < 6  # further out a float32 probability has lost its digits
    columns = [_is_line(a[k], b[k]) for a, b, k in zip(z.T, odds.T, near.T, strict=True) if k.any()]
    return PROBABILITIES if columns and all(columns) else OTHER


def _is_line(z: np.ndarray, out: np.ndarray) -> bool:
    """Whether the outputs are the sums, stretched and moved at most."""
    if np.ptp(out) < 1e-3:
        return False
    line = np.polynomial.Polynomial.fit(z, out, 1)
    return bool(np.allclose(out, line(z), rtol=1e-3, atol=1e-3))


def kind_by_range(model: Any, rng: np.random.Generator) -> str:
    """The kind of output, told by how far it goes when the last layer's weights are large.

    Each weight is tried with both signs, and a bias is larger than all that is added to it: an
    average over many places may have the same sign for every image, and the largest of many
    places nearly always does.
    """
    import keras

    twin = keras.models.clone_model(model)
    give(twin, model.get_weights())
    last = [layer for layer in layers_of(twin) if layer.weights][-1]
    large = [rng.normal(scale=30 if w.ndim > 1 else 1000, size=w.shape) for w in last.get_weights()]
    X = rng.normal(size=(200, *model.input_shape[1:]))
    seen = []
    for sign in (1, -1):
        last.set_weights([sign * w for w in large])
        seen.append(outputs(twin, X))
    far = np.concatenate(seen)
    if far.min() < -1.5 and far.max() > 1.5:
        return LOGITS
    if far.min() >= 0 and far.max() <= 1 + 1e-6 and np.ptp(far) > 0.5:
        return PROBABILITIES
    return OTHER


def _log_odds(p: np.ndarray) -> np.ndarray:
    """The logits behind probabilities, up to a constant in each row for a softmax."""
    p = np.clip(p, 1e-30, 1)
    if p.shape[-1] > 1 and np.allclose(p.sum(axis=-1), 1, atol=1e-4):
        return np.log(p) - np.log(p[..., :1])
    return np.log(p) - np.log(np.clip(1 - p, 1e-30, 1))


def the_loss(model: Any) -> Any:
    """The compiled loss, taken out of the list or dict that may hold the only one."""
    losses = list(model.loss.values()) if isinstance(model.loss, dict) else model.loss
    if isinstance(losses, (list, tuple)) and len(losses) == 1:
        return losses[0]
    return losses


def loss_on(model: Any, target: Any, prediction: Any) -> float:
    """What the compiled loss says of one target and one prediction."""
    import keras

    loss = keras.losses.get(the_loss(model))
    value = loss(np.asarray(target), np.asarray(prediction, dtype="float32"))
    return float(np.mean(np.asarray(value)))
