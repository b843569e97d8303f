"""Keras models as plain data: how one is carried, trained where it was made, and rebuilt.

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
        What `keras.saving.serialize_keras_object` gives, compile config included, with what has
        become of it since: the optimizer that the model has now, and as `regularizers` what
        penalises each weight.
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

    def parts(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Kind and config of the model and of all its layers, those of nested models too."""
        return _parts(self.config)

    def loss(self) -> Any:
        """The loss it is compiled with: its kind, and whether it takes logits."""
        loss = (self.config.get("compile_config") or {}).get("loss")
        if isinstance(loss, dict):
            return loss.get("class_name"), (loss.get("config") or {}).get("from_logits")
        return loss


def _parts(config: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    inner = config.get("config") or {}
    yield config.get("class_name"), inner
    for layer in inner.get("layers", ()):
        yield from _parts(layer)


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
    traced : bool
        Whether what has not trained yet is traced, as `fit` does; a few steps need it only where
        it matters that a traced model does not look at its flags again.
    keeps_weights : bool
        Whether the weights are set back afterwards.
    """

    X: np.ndarray
    y: np.ndarray
    steps: int = 2
    loss: str = "mean_squared_error"
    traced: bool = False
    keeps_weights: bool = False

    def train(self, model: Any) -> None:
        """Take the steps."""
        if not model.compiled:
            model.compile(optimizer="sgd", loss=self.loss)
        if getattr(model, "train_function", None) is None:  # what has trained keeps what it has
            model.run_eagerly = not self.traced
        weights = model.get_weights()
        for _ in range(self.steps):
            model.train_on_batch(self.X.copy(), self.y.copy())
        if self.keeps_weights:
            model.set_weights(weights)


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
            config = keras.saving.serialize_keras_object(model)
            config = _without_trimmings(config | _since(model, config.get("compile_config")))
        except Exception as error:  # a class of the student's own may fail at anything
            problem = f"Keras can't write down what it is made of ({type(error).__name__})"
            return Record({}, (), bool(model.built), bool(model.compiled), problem)
    weights = tuple(np.array(w) for w in model.get_weights())
    foreign = next(_foreign(config), "") or next(_own_functions(model), "")
    problem = f"it is made with {foreign}, which is not one of Keras's own" if foreign else ""
    return Record(config, weights, bool(model.built), bool(model.compiled), problem)


def _since(model: Any, compiled: Any) -> dict[str, Any]:
    """What may have changed since the layers were built and the model was compiled.

    A regularizer that a layer gets once it is built is in its config and adds nothing. An
    optimizer that is assigned, or whose rate is, is not in the compile config and does train.
    """
    import keras

    written = keras.saving.serialize_keras_object
    penalties = [getattr(weight, "regularizer", None) for weight in model.weights]
    since: dict[str, Any] = {
        "regularizers": [penalty and written(penalty) for penalty in penalties]
    }
    if compiled and model.optimizer is not None:
        since["compile_config"] = compiled | {"optimizer": written(model.optimizer)}
    return since


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


class Misfit(ValueError):
    """The weights of a model are not those that its config asks for."""


def rebuilt(carried: Record) -> Any:
    """A model of our own from what was carried. It runs eagerly: one step needs no compiling.

    Raises
    ------
    Misfit
        A layer was changed after it was built.
    """
    import keras

    model = keras.saving.deserialize_keras_object(copy.deepcopy(carried.config), safe_mode=True)
    if carried.built:
        shapes = [tuple(weight.shape) for weight in model.weights]
        if shapes != [weight.shape for weight in carried.weights]:
            raise Misfit(f"weights of shapes {shapes}")
        give(model, list(carried.weights))
        penalties = carried.config.get("regularizers", ())
        for weight, penalty in zip(model.weights, penalties, strict=False):
            weight.regularizer = penalty and keras.saving.deserialize_keras_object(penalty)
    if carried.compiled:
        model.run_eagerly = True
        # the rebuilt one is tied to weights, before an activation with weights has made its own
        model.optimizer = type(model.optimizer).from_config(model.optimizer.get_config())
    return model


def give(model: Any, weights: list[np.ndarray]) -> None:
    """Set all weights. A Normalization layer computes with copies, which follow only when told."""
    model.set_weights(weights)
    for layer in layers_of(model):
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


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


def stacked(layers: list[Any], shape: tuple[int, ...], functional: bool = False) -> Any:
    """A model of these layers on examples of a shape, in either way of writing it."""
    import keras

    if not functional:
        return keras.Sequential([keras.Input(shape), *layers])
    inputs = outputs = keras.Input(shape)
    for layer in layers:
        outputs = layer(outputs)
    return keras.Model(inputs, outputs)


def layers_of(model: Any) -> list[Any]:
    """Its layers among the steps."""
    import keras

    return [step for step in steps_of(model) if isinstance(step, keras.layers.Layer)]
