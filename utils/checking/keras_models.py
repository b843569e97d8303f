"""Keras models as plain data, and what can be asked of them.

A model is carried as its config, compile config and weights, and questioned on a model rebuilt
from these: in a notebook as in a grader, where the student's process is another one. A layer,
loss or model class of the student's own can't be carried, and `Record.problem` says so.

Keras is imported where it is used. A process that checks only NumPy never loads it.
"""

from __future__ import annotations

import copy
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

LOGITS, PROBABILITIES, OTHER = "logits", "probabilities", "other"
OURS = ("keras", "builtins")  # modules that a rebuilt model may name
PLAIN = (  # no classes, only data
    "function", "__keras_tensor__", "__numpy__", "__tensor__", "__slice__", "__ellipsis__",
    "__bytes__",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A model as plain data.

    Attributes
    ----------
    config : dict
        What `keras.saving.serialize_keras_object` gives, compile config included.
    weights : tuple of arrays
    built, compiled : bool
    problem : str
        Why it can't be carried; empty when it can.
    """

    config: dict[str, Any]
    weights: tuple[np.ndarray, ...]
    built: bool
    compiled: bool
    problem: str = ""


@dataclass(frozen=True)
class Training:
    """Steps of training, asked of a model in the process that made it.

    What a model does when it is trained can't always be told from its config: whether the
    optimizer has seen that a layer was frozen, for one.

    Attributes
    ----------
    X, y : arrays
        One batch.
    steps : int
        How often it is trained on.
    loss : str
        For a model that comes uncompiled: it is compiled with this first, and gradient descent.
    """

    X: np.ndarray
    y: np.ndarray
    steps: int = 2
    loss: str = "mean_squared_error"

    def train(self, model: Any) -> None:
        """Take the steps."""
        if not model.compiled:
            model.compile(optimizer="sgd", loss=self.loss)
        if getattr(model, "train_function", None) is None:  # what has trained keeps what it has
            model.run_eagerly = True  # a few steps need no compiling
        for _ in range(self.steps):
            model.train_on_batch(self.X.copy(), self.y.copy())


@dataclass(frozen=True)
class Trained:
    """A model as it was returned, and after a `Training`.

    Attributes
    ----------
    before, after : Record
    problem : str
        Why it could not be trained; empty when it could.
    """

    before: Record
    after: Record
    problem: str = ""


def is_model(kind: type) -> bool:
    """Whether a class is a Keras model's. Without Keras loaded there is none."""
    model = getattr(sys.modules.get("keras"), "Model", None)
    return model is not None and model in type.mro(kind)


def record(model: Any) -> Record:
    """The model as plain data."""
    import keras

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras warns of a lambda; we say it in words
        try:
            config = _without_trimmings(keras.saving.serialize_keras_object(model))
        except Exception as error:  # a class of the student's own may fail at anything
            problem = f"Keras can't write down what it is made of ({type(error).__name__})"
            return Record({}, (), bool(model.built), bool(model.compiled), problem)
    weights = tuple(np.array(w) for w in model.get_weights())
    foreign = next(_foreign(config), "") or next(_own_functions(model), "")
    problem = f"it is made with {foreign}, which is not one of Keras's own" if foreign else ""
    return Record(config, weights, bool(model.built), bool(model.compiled), problem)


def _without_trimmings(config: Any) -> Any:
    """The config without what no question asks for, so that it may be of the student's own.

    Metrics are left out. An initializer has done its work once the weights are there.
    """
    if isinstance(config, (list, tuple)):
        return [_without_trimmings(item) for item in config]
    if not isinstance(config, dict):
        return config
    kept = {}
    for key, value in config.items():
        metrics = key in ("metrics", "weighted_metrics") and "loss" in config
        own = str(key).endswith("_initializer") and any(_foreign(value))
        kept[key] = None if metrics or own else _without_trimmings(value)
    return kept


def trained(model: Any, training: Training) -> Trained:
    """The model before and after some steps of training. It is the student's own that learns."""
    before = record(model)
    if not before.built or before.problem:
        return Trained(before, before)
    try:
        training.train(model)
    except Exception as error:
        return Trained(before, before, f"{type(error).__name__}: {error}"[:300])
    return Trained(before, record(model))


def _foreign(config: Any) -> Iterator[str]:
    """The names of classes and functions in a config that Keras does not bring along."""
    if isinstance(config, dict):
        name = config.get("class_name")
        if isinstance(name, str):
            module = str(config.get("module") or "")
            if name in ("Lambda", "__lambda__"):
                yield "a lambda"
            elif name == "function" and not _is_keras_function(str(config.get("config"))):
                yield f"the function {config.get('config')}"
            elif name not in PLAIN and not module.startswith(OURS):
                yield name
        config = list(config.values())
    if isinstance(config, (list, tuple)):
        for item in config:
            yield from _foreign(item)


def _is_keras_function(name: str) -> bool:
    import keras

    return any(hasattr(place, name) for place in (keras.losses, keras.activations, keras.metrics))


def _own_functions(model: Any) -> Iterator[str]:
    """Functions of the student's own that a config mentions by the name of one of Keras's."""
    losses = model.loss if isinstance(model.loss, (list, tuple)) else [model.loss]
    activations = [getattr(step, "activation", None) for step in steps_of(model)]
    for function in [*activations, *losses]:
        name = getattr(function, "__name__", None)
        module = str(getattr(function, "__module__", ""))
        if isinstance(name, str) and not module.startswith(("keras", "tensorflow")):
            yield f"the function {name}"


def rebuilt(carried: Record) -> Any:
    """A model of our own from what was carried. It runs eagerly: one step needs no compiling."""
    import keras

    model = keras.saving.deserialize_keras_object(copy.deepcopy(carried.config), safe_mode=True)
    if carried.built:
        _give(model, list(carried.weights))
    if carried.compiled:
        model.run_eagerly = True
        # the rebuilt one is tied to weights, before an activation with weights has made its own
        model.optimizer = type(model.optimizer).from_config(model.optimizer.get_config())
    return model


def _give(model: Any, weights: list[np.ndarray]) -> None:
    """Set all weights. A Normalization layer computes with copies, which follow only when told."""
    model.set_weights(weights)
    for layer in layers_of(model):
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def outputs(model: Any, X: np.ndarray) -> np.ndarray:
    """What the model gives in inference mode."""
    given = model(X, training=False)
    while isinstance(given, (dict, list, tuple)):  # the only output, by its name or in a list
        given = next(iter(given.values() if isinstance(given, dict) else given))
    return np.asarray(given)


def steps_of(model: Any) -> list[Any]:
    """All layers and operations in their order, those of nested models too, without the inputs."""
    import keras

    found = []
    for step in getattr(model, "operations", model.layers):
        if isinstance(step, keras.Model):
            found += steps_of(step)
        elif not isinstance(step, keras.layers.InputLayer):
            found.append(step)
    return found


def layers_of(model: Any) -> list[Any]:
    """Its layers among the steps."""
    import keras

    return [step for step in steps_of(model) if isinstance(step, keras.layers.Layer)]


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
    _give(twin, model.get_weights())
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
        return _kind_by_range(model, rng)
    sums, _, given = _with_sums(model, rng, only_last=True)
    z, out = sums[-1].astype(np.float64), given.astype(np.float64)
    if z.shape != out.shape:
        return _kind_by_range(model, rng)
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


def _kind_by_range(model: Any, rng: np.random.Generator) -> str:
    import keras

    twin = keras.models.clone_model(model)
    last = [layer for layer in layers_of(twin) if layer.weights][-1]
    last.set_weights([rng.normal(scale=30, size=w.shape) for w in last.get_weights()])
    far = outputs(twin, rng.normal(size=(200, *model.input_shape[1:])))
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
