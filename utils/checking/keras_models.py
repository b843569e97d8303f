"""Keras models as plain data, and what can be asked of them.

A model is carried as its config, compile config and weights, and questioned on a model rebuilt
from these: in a notebook as in a grader, where the student's process is another one. A layer,
loss or model class of the student's own can't be carried, and `Record.problem` says so.

Keras is imported where it is used. A process that checks only NumPy never loads it.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

LOGITS, PROBABILITIES, OTHER = "logits", "probabilities", "other"
OURS = ("keras", "builtins")  # modules that a rebuilt model may name


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
            config = keras.saving.serialize_keras_object(model)
        except Exception as error:  # a class of the student's own may fail at anything
            problem = f"Keras can't write down what it is made of ({type(error).__name__})"
            return Record({}, (), bool(model.built), bool(model.compiled), problem)
    weights = tuple(np.array(w) for w in model.get_weights())
    foreign = next(_foreign(config), "")
    problem = f"it is made with {foreign}, which is not one of Keras's own" if foreign else ""
    return Record(config, weights, bool(model.built), bool(model.compiled), problem)


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
            elif name not in ("function", "__keras_tensor__") and not module.startswith(OURS):
                yield name
        config = list(config.values())
    if isinstance(config, (list, tuple)):
        for item in config:
            yield from _foreign(item)


def _is_keras_function(name: str) -> bool:
    import keras

    return any(hasattr(place, name) for place in (keras.losses, keras.activations, keras.metrics))


def rebuilt(carried: Record) -> Any:
    """A model of our own from what was carried. It runs eagerly: one step needs no compiling."""
    import keras

    model = keras.saving.deserialize_keras_object(carried.config, safe_mode=True)
    if carried.built:
        model.set_weights(list(carried.weights))
    if carried.compiled:
        model.run_eagerly = True
    return model


def outputs(model: Any, X: np.ndarray) -> np.ndarray:
    """What the model gives in inference mode."""
    return np.asarray(model(X, training=False))


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
    activation = getattr(step, "activation", None)
    if activation is not None:
        return str(getattr(activation, "__name__", type(activation).__name__)).lower()
    if is_activation(step):
        return type(step).__name__.lower().replace("identity", "linear")
    return ""


def is_activation(step: Any) -> bool:
    """Whether a step only bends numbers: a layer of that kind, or an operation without weights."""
    import keras

    if not isinstance(step, keras.layers.Layer):
        return True
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


def hidden_values(model: Any, X: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each hidden Dense layer, its weighted sums and what reaches the next Dense layer.

    Both as flat arrays; where the shapes differ, because something else stands between, the
    second is empty of what belongs to the first and both are cut to the shorter.
    """
    import keras

    dense = [layer for layer in layers_of(model) if isinstance(layer, keras.layers.Dense)]
    arrived: list[np.ndarray] = []
    for layer in dense:
        layer.call = _noting(layer.call, arrived)
    outputs(model, X)
    found = []
    for layer, came, left in zip(dense, arrived, arrived[1:], strict=False):
        z = (
            came @ np.asarray(layer.kernel) + (0 if layer.bias is None else np.asarray(layer.bias))
        ).ravel()
        shorter = min(len(z), left.size)
        found.append((z[:shorter], left.ravel()[:shorter]))
    return found


def _noting(call: Any, arrived: list[np.ndarray]) -> Any:
    def noting(inputs: Any, *args: Any, **kwargs: Any) -> Any:
        arrived.append(np.asarray(inputs))
        return call(inputs, *args, **kwargs)

    return noting


def output_kind(model: Any, rng: np.random.Generator) -> str:
    """Whether the outputs are logits or probabilities, by what they do and not by their names.

    The last layer that has weights gets large random ones. Logits then go far below 0 and above 1;
    probabilities stay between. And logits are linear in these weights: what u + v gives is what u
    gives plus what v gives. Of probabilities the same holds for their logarithms.
    """
    import keras

    twin = keras.models.clone_model(model)
    twin.set_weights(model.get_weights())
    last = [layer for layer in layers_of(twin) if layer.weights][-1]
    X = rng.normal(size=(200, *model.input_shape[1:]))

    def with_weights(weights: list[np.ndarray]) -> np.ndarray:
        last.set_weights(weights)
        return outputs(twin, X).astype(np.float64)

    shapes = [w.shape for w in last.get_weights()]
    far = with_weights([rng.normal(scale=30, size=shape) for shape in shapes])
    link: Callable[[np.ndarray], np.ndarray]
    if far.min() < -1.5 and far.max() > 1.5:
        kind, link = LOGITS, np.asarray
    elif far.min() >= 0 and far.max() <= 1 + 1e-6 and np.ptp(far) > 0.5:
        kind, link = PROBABILITIES, _log_odds
    else:
        return OTHER
    if not isinstance(last, keras.layers.Dense):
        return kind
    u, v = ([rng.normal(scale=0.3, size=shape) for shape in shapes] for _ in range(2))
    total = link(with_weights([a + b for a, b in zip(u, v, strict=True)]))
    apart = link(with_weights(u)) + link(with_weights(v))
    near = np.abs(total) < 6  # further out a float32 probability has lost its digits
    return kind if np.allclose(total[near], apart[near], rtol=1e-2, atol=1e-2) else OTHER


def _log_odds(p: np.ndarray) -> np.ndarray:
    """The logits behind probabilities, up to a constant in each row for a softmax."""
    p = np.clip(p, 1e-30, 1)
    if p.shape[-1] > 1 and np.allclose(p.sum(axis=-1), 1, atol=1e-4):
        return np.log(p) - np.log(p[..., :1])
    return np.log(p) - np.log(np.clip(1 - p, 1e-30, 1))


def loss_on(model: Any, target: Any, prediction: Any) -> float:
    """What the compiled loss says of one target and one prediction."""
    import keras

    loss = keras.losses.get(model.loss)
    value = loss(np.asarray(target), np.asarray(prediction, dtype="float32"))
    return float(np.mean(np.asarray(value)))
