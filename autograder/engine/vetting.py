"""Looks at a model's config before Keras does: it came from a process that nobody trusts.

Two hundred bytes of config can ask for a layer of a thousand million units, or for a class that
reads a file. So each name in it must be one of a built-in layer, loss, optimizer and their like,
and all weights and outputs are counted before a single one is made. What does not pass can't be
judged, as a layer of the student's own can't.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from utils.checking.keras_models import PLAIN, Record, layers_of, steps_of

REMEMBERED = 1_000  # configs that were looked at
MOST_PARTS = 2_000  # classes that a config names
MOST_PARAMETERS = 10_000_000
# For one example, of which the judge takes 200 and more at once:
MOST_OUTPUTS = 1_000_000  # numbers that all steps give
MOST_GATHERED = 1_000_000  # numbers that one layer collects, to multiply them with its kernel
MOST_PRODUCTS = 200_000_000  # multiplications of all layers
LARGEST = 10_000_000  # no number in a config is larger than any of these
UNFIT = frozenset({
    "Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper",  # code of others
    "StringLookup", "IntegerLookup", "TextVectorization", "IndexLookup",  # read files
})  # fmt: skip
_seen: dict[bytes, str] = {}


def vetted(carried: Record) -> Record:
    """The record, with the reason why it can't be rebuilt where it can't."""
    if carried.problem:
        return carried
    try:
        problem = _remembered(carried.config)
    except Exception as error:  # whatever a hostile config leads to
        problem = f"Keras can't rebuild it ({type(error).__name__})"
    return replace(carried, problem=problem) if problem else carried


def _remembered(config: dict[str, Any]) -> str:
    """What is wrong with a config: one model travels often, and a class has much alike."""
    try:
        json.dumps(config)  # it holds nothing but what `repr` writes out in full
    except TypeError:
        return _names(config) or _sizes(config)
    known = hashlib.sha256(repr(config).encode("utf-8", "surrogatepass")).digest()
    if known not in _seen:
        if len(_seen) >= REMEMBERED:
            _seen.clear()
        _seen[known] = _names(config) or _sizes(config)
    return _seen[known]


def _names(config: dict[str, Any]) -> str:
    for number, (module, name, given) in enumerate(_classes(config)):
        if number > MOST_PARTS:
            return "it has too many parts"
        if not _is_built_in(module, name, given):
            return f"it is made with {name[:60]}, which is not one of Keras's own"
    return "it holds a number that is too large" if _largest(config) > LARGEST else ""


def _classes(config: Any) -> Iterator[tuple[str, str, Any]]:
    """Module, name and config of all that is to be made."""
    if isinstance(config, dict):
        if "class_name" in config:
            module = config.get("module")
            yield str(module or ""), str(config["class_name"]), config.get("config")
        config = list(config.values())
    if isinstance(config, (list, tuple)):
        for item in config:
            yield from _classes(item)


def _largest(config: Any) -> float:
    """The largest number in it."""
    if isinstance(config, dict):
        config = list(config.values())
    if isinstance(config, (list, tuple)):
        return max(map(_largest, config), default=0)
    return abs(config) if isinstance(config, int) else 0


def _is_built_in(module: str, name: str, config: Any) -> bool:
    import keras

    if name in PLAIN and name != "function":
        return True
    if name == "function":
        return any(
            isinstance(config, str) and callable(getattr(place, config, None))
            for place in (keras.losses, keras.activations)
        )
    if name in UNFIT:
        return False
    if module.startswith("keras.src.ops."):
        made = getattr(sys.modules.get(module), name, None)
        return isinstance(made, type) and issubclass(made, keras.Operation)
    place, kind = _places().get(module, (None, None))
    made = getattr(place, name, None)
    return kind is not None and isinstance(made, type) and issubclass(made, kind)


@cache
def _places() -> dict[str, tuple[Any, type | tuple[type, ...]]]:
    """Where a config may take its classes from, and what they must be."""
    import keras
    from keras.src.models import functional

    return {
        "keras": (keras, (keras.DTypePolicy, keras.Sequential)),
        "keras.src.models.functional": (functional, functional.Functional),
        "keras.layers": (keras.layers, keras.layers.Layer),
        "keras.initializers": (keras.initializers, keras.initializers.Initializer),
        "keras.regularizers": (keras.regularizers, keras.regularizers.Regularizer),
        "keras.constraints": (keras.constraints, keras.constraints.Constraint),
        "keras.losses": (keras.losses, keras.losses.Loss),
        "keras.optimizers": (keras.optimizers, keras.optimizers.Optimizer),
        "keras.optimizers.schedules": (
            keras.optimizers.schedules,
            keras.optimizers.schedules.LearningRateSchedule,
        ),
    }


def _sizes(config: dict[str, Any]) -> str:
    """Count weights and outputs of a model whose weights are not made."""
    import keras
    from keras.src.backend.common import global_state

    try:
        with keras.StatelessScope(initialize_variables=False):
            alone = _without_compiling(config)
            model = keras.saving.deserialize_keras_object(alone, safe_mode=True)
        if not isinstance(model, keras.Model):
            return "it is no model"
        weights = [v.shape for layer in layers_of(model) for v in layer.variables]
        work = [_work(layer) for layer in layers_of(model)]
        outputs = [
            given.shape[1:]
            for step in steps_of(model)
            if getattr(step, "_inbound_nodes", None)
            for given in keras.tree.flatten(step.output)
        ]
    finally:  # else Keras would make them at the next occasion
        global_state.set_global_attribute("uninitialized_variables", [])
    if sum(map(math.prod, weights)) > MOST_PARAMETERS:
        return "it has too many parameters"
    if sum(map(_size, outputs)) > MOST_OUTPUTS:
        return "its layers have too many outputs"
    most_gathered = max((gathered for gathered, _ in work), default=0)
    if most_gathered > MOST_GATHERED or sum(products for _, products in work) > MOST_PRODUCTS:
        return "it takes too much to compute"
    return ""


def _size(shape: Any) -> int:
    return math.prod(size for size in shape if size)


def _work(layer: Any) -> tuple[int, int]:
    """What a layer with kernels collects for one example, and how often it multiplies."""
    if not getattr(layer, "_inbound_nodes", None):
        return 0, 0
    import keras

    gives = [given.shape[1:] for given in keras.tree.flatten(layer.output)]
    into = max((_size(v.shape[:-1]) for v in layer.variables if len(v.shape) > 1), default=0)
    places = sum(_size(shape[:-1]) for shape in gives)
    return places * into, sum(map(_size, gives)) * into


def _without_compiling(config: Any) -> Any:
    """The config without optimizers and losses, nested models' too."""
    if isinstance(config, dict):
        kept = {key: value for key, value in config.items() if key != "compile_config"}
        return {key: _without_compiling(value) for key, value in kept.items()}
    return list(map(_without_compiling, config)) if isinstance(config, (list, tuple)) else config
