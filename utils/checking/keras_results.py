"""What a returned Keras model is asked, whatever it is built of.

A `Model` is a list of questions, asked in order of a model rebuilt from the answer's config,
compile config and weights. Each question is a function of an `Examined` that returns a `Fault`
or None. The common ones stand here; they know Keras and no chapter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from utils.checking import keras_models as km
from utils.checking import keras_probes as probes
from utils.checking.plain import Opaque, describe
from utils.checking.results import Fault, Given, Unjudgeable
from utils.checking.show import show

SEED = 20261125  # of the probes' own numbers: the same model gets the same verdict


@dataclass
class Examined:
    """A model under examination, the answer's arguments, and numbers to try it with."""

    record: km.Record
    args: tuple[Any, ...]
    trained: km.Trained | None = None  # where the case asks for some steps of training

    @cached_property
    def model(self) -> Any:
        """A model of our own, rebuilt from the answer."""
        return km.rebuilt(self.record)

    @property
    def rng(self) -> np.random.Generator:
        return np.random.default_rng(SEED)

    @cached_property
    def layers(self) -> list[Any]:
        return km.layers_of(self.model)

    @cached_property
    def dense(self) -> list[Any]:
        """Its Dense layers, in order."""
        import keras

        return [layer for layer in self.layers if isinstance(layer, keras.layers.Dense)]

    @cached_property
    def output_kind(self) -> str:
        return probes.output_kind(self.model, self.rng)

    def inputs(self, m: int) -> np.ndarray:
        """Examples of order 1 that fit the model's input."""
        return self.rng.normal(size=(m, *self.model.input_shape[1:]))


Question = Callable[[Examined], Fault | None]


@dataclass(frozen=True)
class Model:
    """A Keras model that answers these questions."""

    questions: tuple[Question, ...]
    needs_expected = False  # the questions say what is right; no reference model is built

    def fault(self, value: Any, expected: Any, given: Given) -> Fault | None:
        """The first question that finds something."""
        return examine(value, self.questions, given.args)


def examine(value: Any, questions: tuple[Question, ...], args: tuple[Any, ...]) -> Fault | None:
    """Ask a plain value the questions.

    Raises
    ------
    Unjudgeable
        The model holds something of the student's own that can't be rebuilt.
    """
    trained = value if isinstance(value, km.Trained) else None
    record = trained.before if trained else value
    if not isinstance(record, km.Record):
        return _no_model(value)
    if record.problem:
        raise Unjudgeable(f"{record.problem}. Built-in layers and losses can be judged")
    examined = Examined(record, args, trained)
    for question in (_is_built, _is_finite, _fits, *questions):
        fault = question(examined)
        if fault:
            return fault
    return None


def _no_model(value: Any) -> Fault:
    wanted = f"It is {describe(value)} where a Keras model is asked for."
    if value is None:
        says = f"{wanted} Is the `return` missing? `compile` itself gives None back."
        return Fault("type", "none", says)
    if isinstance(value, Opaque) and value.name.endswith(" History"):
        says = "It is what `fit` gives back, the history. The model that was fitted is asked for."
        return Fault("type", "history", says)
    if isinstance(value, Opaque) and value.name == "an object of type type":
        says = "It is a class, of which models are made. Are the brackets missing behind it?"
        return Fault("type", "no_model", says)
    return Fault("type", "no_model", wanted)


def _is_built(examined: Examined) -> Fault | None:
    if examined.record.built:
        return None
    says = (
        "The model is not built: it does not know yet how many inputs it gets. "
        "What tells a Keras model the shape of its input?"
    )
    return Fault("shape", "not_built", says)


def _is_finite(examined: Examined) -> Fault | None:
    if all(np.isfinite(w).all() for w in examined.record.weights):
        return None
    says = (
        "Its weights hold nan or inf. Which step made them so large: the learning rate, the data?"
    )
    return Fault("finite", "nan_weights", says)


def _fits(examined: Examined) -> Fault | None:
    try:
        examined.model  # noqa: B018  it is rebuilt when it is first asked for
    except km.Misfit:
        says = (
            "A layer was changed after it was built: it does not have the weights that it says it "
            "has. When does a layer get its units and its bias?"
        )
        return Fault("shape", "misfit", says)
    return None


def is_compiled(examined: Examined) -> Fault | None:
    """It has been compiled, with a loss."""
    if examined.record.compiled and examined.model.loss is not None:
        return None
    says = "The model has no loss yet. Which method gives it a loss and an optimizer?"
    return Fault("property", "not_compiled", says)


def takes(inputs: Callable[..., tuple[int, ...]], outputs: Callable[..., int]) -> Question:
    """It maps (m, *inputs) to (m, outputs); both are told by the answer's arguments."""

    def question(examined: Examined) -> Fault | None:
        model = examined.model
        wanted_in, wanted_out = inputs(*examined.args), outputs(*examined.args)
        if isinstance(model.input_shape, list) or isinstance(model.output_shape, list):
            return Fault(
                "shape", "several", "It has several inputs or outputs. One each is enough."
            )
        if tuple(model.input_shape[1:]) != wanted_in:
            return Fault(
                "shape", "inputs", "It takes another number of inputs than asked for.",
                f"Expected {wanted_in}, got {tuple(model.input_shape[1:])}.",
                evidence=list(model.input_shape[1:]),
            )  # fmt: skip
        if tuple(model.output_shape[1:]) != (wanted_out,):
            return Fault(
                "shape", "outputs", "Its output has another number of units than asked for.",
                f"Expected {(wanted_out,)}, got {tuple(model.output_shape[1:])}.",
                evidence=list(model.output_shape[1:]),
            )  # fmt: skip
        return None

    return question


def computes(function: Callable[..., np.ndarray], rtol: float, atol: float) -> Question:
    """Its outputs are what a NumPy function of the inputs and the answer's arguments gives."""

    def question(examined: Examined) -> Fault | None:
        X = examined.inputs(20)
        got, expected = probes.outputs(examined.model, X), function(X, *examined.args)
        if np.allclose(got, expected, rtol=rtol, atol=atol):
            return None
        detail = f"Expected {show(expected[0])}, got {show(got[0])}."
        return Fault(
            "value", "outputs", "The model's outputs differ.", detail, evidence=got.round(3)
        )

    return question


def has_units(units: tuple[int, ...]) -> Question:
    """Its Dense layers have these units, and nothing but activations stands between them."""

    def question(examined: Examined) -> Fault | None:
        import keras

        found = tuple(layer.units for layer in examined.dense)
        if found != units:
            says = (
                f"The Dense layers should have {', '.join(map(str, units))} units, in this order."
            )
            detail = f"They have {', '.join(map(str, found)) or 'none'}."
            return Fault("property", "units", says, detail, evidence=list(found))
        steps = km.steps_of(examined.model)
        for step in steps[: steps.index(examined.dense[0])]:
            kind = type(step).__name__
            if getattr(step, "trainable_weights", []) and "Normalization" not in kind:
                says = f"Before the Dense layers stands a {kind}. Leave it out here."
                return Fault("property", "between", says)
        first = next(i for i, step in enumerate(steps) if isinstance(step, keras.layers.Dense))
        for step in steps[first:]:
            if not isinstance(step, keras.layers.Dense) and not probes.is_activation(step):
                says = (
                    f"Between the Dense layers stands a {type(step).__name__}. Leave it out here."
                )
                return Fault("property", "between", says)
        return None

    return question


def hidden_is_not_linear(examined: Examined) -> Fault | None:
    """What a hidden Dense layer hands on is no straight line of its weighted sums."""
    for z, handed_on in probes.hidden_values(examined.model, examined.rng):
        if _is_line(z, handed_on):
            says = (
                "A hidden layer is linear. What does chapter 2 say of a stack of linear layers, "
                "and which activation is the usual choice?"
            )
            return Fault("property", "hidden_linear", says)
    return None


def _is_line(z: np.ndarray, handed_on: np.ndarray) -> bool:
    line = np.polynomial.Polynomial.fit(z, handed_on, 1)
    return bool(np.allclose(handed_on, line(z), rtol=1e-3, atol=1e-3))


def hidden_is_relu(examined: Examined) -> Fault | None:
    """Behind every hidden Dense layer comes ReLU; normalisation may stand between.

    A hidden layer of another kind, a convolution say, has ReLU as its own activation.
    """
    names = probes.activations_behind_dense(examined.model)[:-1]
    values = probes.hidden_values(examined.model, examined.rng)
    if len(names) != len(values):  # a layer stands at two places
        names = [set().union(*names)] * len(values)
    for name, (z, handed_on) in zip(names, values, strict=True):
        as_relu = np.allclose(handed_on, np.maximum(z, 0), rtol=1e-4, atol=1e-4)
        if name == {"relu"} or (as_relu and "another relu" not in name):
            continue
        if _is_line(z, handed_on):
            says = "A hidden layer is linear: it has no activation. Which one is asked for?"
            return Fault("property", "hidden_linear", says)
        says = "A hidden layer has another activation than ReLU. Which one is asked for?"
        return Fault("property", "hidden_other", says, evidence=sorted(name))
    for layer in examined.layers:
        bends = layer not in examined.dense and layer.weights and hasattr(layer, "activation")
        if bends and probes.activation_of(layer) != "relu":
            kind = type(layer).__name__
            says = f"A {kind} has another activation than ReLU. Which one is asked for?"
            return Fault("property", "hidden_other", says, evidence=kind)
    return None


def has_hidden_layer(examined: Examined) -> Fault | None:
    """It has a Dense layer before the last."""
    if len(examined.dense) > 1:
        return None
    says = "It has no hidden layer. What stands between the inputs and the output layer?"
    return Fault("property", "no_hidden", says)


def output_is_linear(examined: Examined) -> Fault | None:
    """Its outputs are the last layer's weighted sums."""
    if examined.output_kind == probes.LOGITS:
        return None
    if examined.output_kind == probes.PROBABILITIES:
        says = "The output lies between 0 and 1. Which activation leaves the sums as they are?"
        return Fault("property", "output_sigmoid", says)
    says = "The output is not linear. Which activation leaves the last layer's sums as they are?"
    return Fault("property", "output_not_linear", says, evidence=examined.output_kind)


def output_is_certain(examined: Examined) -> Fault | None:
    """Behind the last layer with weights nothing is random, in training either."""
    steps = km.steps_of(examined.model)
    last = max((i for i, step in enumerate(steps) if getattr(step, "weights", None)), default=0)
    for step in steps[last + 1 :]:
        if getattr(step, "seed_generator", None) is not None:
            kind = type(step).__name__
            says = f"Behind the output layer stands a {kind}, which changes the outputs at random."
            return Fault("property", "random_output", says)
    return None


def binary_loss_fits_output(examined: Examined) -> Fault | None:
    """Binary cross-entropy: of probabilities behind a sigmoid, or of logits."""
    if (fault := _loss_is_another_mean(examined)) is not None:
        return fault
    try:
        at_half = probes.loss_on(examined.model, [[1.0]], [[0.5]])
        at_three = probes.loss_on(examined.model, [[0.0]], [[0.75]])
    except Exception:  # a loss that can't even take one number against one label
        return _another_loss("a binary cross-entropy")
    if np.allclose([at_half, at_three], [0.693147, 1.386294], atol=1e-3):
        expects = probes.PROBABILITIES
    elif np.allclose([at_half, at_three], [0.474077, 1.136871], atol=1e-3):
        expects = probes.LOGITS
    else:
        return _another_loss("a binary cross-entropy")
    last = probes.activations_behind_dense(examined.model)[-1:]
    if examined.model.output_shape[-1] == 1 and last == [{"softmax"}]:
        says = (
            "The output is a softmax of a single unit: divided by itself, it is always 1. Which "
            "activation makes a probability of one number?"
        )
        return Fault("property", "softmax_of_one", says)
    return _agree(expects, examined.output_kind, "sigmoid")


def sparse_loss_takes_logits(examined: Examined) -> Fault | None:
    """Sparse categorical cross-entropy of logits, for integer labels."""
    if (fault := _loss_is_another_mean(examined)) is not None:
        return fault
    K = examined.model.output_shape[-1]
    row = [[2.0] + [0.0] * (K - 1)]
    by_logits = float(np.log(np.exp(2.0) + K - 1) - 2)
    try:
        value = probes.loss_on(examined.model, [0], row)
    except Exception:  # one that wants one-hot labels
        return _another_loss("a sparse categorical cross-entropy, for integer labels,")
    if not np.isclose(value, by_logits, atol=1e-3):
        if "sparse" in str(examined.record.config.get("compile_config", "")).lower():
            return _agree(probes.PROBABILITIES, examined.output_kind, "softmax")
        return _another_loss("a sparse categorical cross-entropy, for integer labels,")
    sums = probes.outputs(examined.model, examined.inputs(8)).sum(axis=-1)
    if np.allclose(sums, 1, atol=1e-3):
        return _agree(probes.LOGITS, examined.output_kind, "softmax")
    return _agree(probes.LOGITS, examined.output_kind, "sigmoid", "a softmax on top of it")


def mean_squared_error(examined: Examined) -> Fault | None:
    """The loss is the mean squared error."""
    if (fault := _loss_is_another_mean(examined)) is not None:
        return fault
    try:
        value = probes.loss_on(examined.model, [[1.0], [0.0]], [[4.0], [1.0]])
    except Exception:
        return _another_loss("the mean squared error")
    return None if np.isclose(value, 5.0, atol=1e-3) else _another_loss("the mean squared error")


def _loss_is_another_mean(examined: Examined) -> Fault | None:
    """A loss adds up the batch, or changes the labels, where an argument of it says so."""
    loss = probes.the_loss(examined.model)
    if getattr(loss, "reduction", "mean") in ("sum", "none", None):
        says = (
            "The loss is told by `reduction` not to take the mean: its steps grow with the batch. "
            "The cost is a mean over the examples. What does the loss do without that argument?"
        )
        return Fault("property", "reduction", says)
    if getattr(loss, "label_smoothing", 0):
        says = (
            "The loss has label_smoothing, which moves the labels away from 0 and 1. What is it "
            "without that argument?"
        )
        return Fault("property", "smoothed", says)
    if getattr(loss, "ignore_class", None) is not None:
        says = (
            "The loss has ignore_class, so examples of one class teach it nothing. What is it "
            "without that argument?"
        )
        return Fault("property", "ignores", says)
    return None


def _another_loss(wanted: str) -> Fault:
    return Fault("property", "other_loss", f"It has another loss. Here {wanted} is asked for.")


def _agree(expects: str, gives: str, squashing: str, again: str = "a second one") -> Fault | None:
    """Loss and output mean the same thing."""
    if expects == gives:
        return None
    if expects == probes.LOGITS and gives == probes.PROBABILITIES:
        says = (
            f"The output is a {squashing}, and the loss has from_logits=True: it applies {again}. "
            f"Which of the two should go?"
        )
        return Fault("property", "squashed_twice", says)
    if expects == probes.PROBABILITIES and gives == probes.LOGITS:
        says = (
            "The output is linear, and the loss takes it for probabilities. What tells the loss "
            "that it gets logits?"
        )
        return Fault("property", "logits_as_probabilities", says)
    says = "The output is neither a probability nor linear. Which activation fits this loss?"
    return Fault("property", "output_other", says)


def learns(examined: Examined) -> Fault | None:
    """A few steps of training move every layer that has weights, and downhill."""
    model, optimizer = examined.model, examined.model.optimizer
    if np.asarray(optimizer.learning_rate) < 0:
        says = "The learning rate is negative: each step makes the loss larger. Which sign has it?"
        return Fault("property", "climbs", says)
    before = [[w.copy() for w in layer.get_weights()] for layer in examined.layers]
    X = examined.inputs(64)
    K = model.output_shape[-1]
    y = examined.rng.integers(0, max(K, 2), size=64)
    optimizer = getattr(optimizer, "inner_optimizer", optimizer)
    # one step moves most; a slow start, a dead unit or half precision may take more, and an
    # optimizer may wait for some batches before each step
    for _ in range(8 * min(optimizer.gradient_accumulation_steps or 1, 20)):
        model.train_on_batch(X, y)
        if not all(np.isfinite(w).all() for w in model.get_weights()):
            says = "A step of training leaves nan or inf in its weights. What is the learning rate?"
            return Fault("finite", "nan_after_a_step", says)
        if all(map(_moved, examined.layers, before)):
            return None
    says = (
        "A step of training leaves a layer as it was. Is the layer frozen, is the rate 0, or do "
        "all weights start at 0?"
    )
    return Fault("property", "does_not_learn", says)


def _moved(layer: Any, before: list[np.ndarray]) -> bool:
    pairs = zip(layer.get_weights(), before, strict=True)
    if not before or any(not np.array_equal(now, old) for now, old in pairs):
        return True
    return not _could_learn(layer)


def _could_learn(layer: Any) -> bool:
    """Whether it has weights to train once it is thawed; a Normalization has none."""
    frozen = not layer.trainable
    layer.trainable = True
    weights = bool(layer.trainable_weights)
    layer.trainable = not frozen
    return weights
