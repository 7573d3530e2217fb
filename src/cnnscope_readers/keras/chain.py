"""The layers of a Keras model in the order in which a picture passes them.

steps_of(model)     # Step("Conv2D", "conv2d", {...}), ...; RefusedError where it branches

``model`` is what ``config.json``, the attribute ``model_config`` or ``modelTopology`` holds, of any
version: Sequential, functional, and either nested in the other.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.keras.told import Step, told

MODELS = {"Sequential": "sequential", "Functional": "functional", "Model": "functional"}
"""Classes that hold layers, as weights call them."""

LAYERS = 2000
"""In all, nested ones among them."""

LONGEST = 100_000
"""Of a side of the input, or its channels."""

INPUT = "InputLayer"


def steps_of(model: Any) -> list[Step]:
    """All layers in order, those of nested models among them.

    Raises RefusedError: layer, branches, inputs, no_layers, too_large, damaged.
    """
    kind = told(model, "class_name", str)
    if kind not in MODELS:
        config = model.get("config")
        name = config.get("name", "") if isinstance(config, dict) else ""
        raise RefusedError("layer", layer=name, kind=kind)
    steps = list(islice(_steps(model, (), ()), LAYERS + 1))
    if len(steps) > LAYERS:
        raise RefusedError("too_large", what="layers", limit=LAYERS, got=len(steps))
    if all(step.kind == INPUT for step in steps):
        raise RefusedError("no_layers")
    return steps


def _steps(
    model: Any, within: tuple[str, ...], places: tuple[tuple[str, int], ...]
) -> Iterator[Step]:
    """The layers of one model; ``places`` are its own."""
    for number, described in _in_order(model):
        kind, config = told(described, "class_name", str), told(described, "config", object)
        place = (*places, (MODELS.get(kind, kind), number))
        if kind in MODELS:
            name = config.get("name") if isinstance(config, dict) else None
            yield from _steps(described, (*within, str(name or described.get("name"))), place)
        elif isinstance(config, dict):
            yield Step(kind, _name(described), config, within, place)
        else:
            raise RefusedError("damaged", where=kind)


def _in_order(model: Any) -> Iterator[tuple[int, Any]]:
    """Each layer's description, and how many of its class are listed before it."""
    config = told(model, "config", object)
    listed = config if isinstance(config, list) else told(config, "layers", list)
    counts: Counter[str] = Counter()
    numbered = []
    for described in listed:
        kind = told(described, "class_name", str)
        kind = MODELS.get(kind, kind)
        numbered.append((counts[kind], described))
        counts[kind] += 1
    if model["class_name"] == "Sequential":
        yield from numbered
    else:
        yield from _linked(config, numbered)


def _linked(config: Any, numbered: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """The layers of a functional model, from its only input to its only output."""
    by_name = {_name(described): (number, described) for number, described in numbered}
    if len(by_name) < len(numbered):
        raise RefusedError("damaged", where="layers")
    inputs, outputs = (_mentioned(config.get(key)) for key in ("input_layers", "output_layers"))
    if len(inputs) != 1:
        raise RefusedError("inputs", count=len(inputs))
    if len(outputs) != 1:
        raise RefusedError("branches", layer=" ".join(outputs))
    made: list[tuple[int, Any]] = []
    name: str | None = outputs[0]
    while name is not None:
        if name not in by_name or len(made) == len(by_name):
            raise RefusedError("damaged", where=name)
        made.append(by_name[name])
        name = _before(by_name[name][1])
    return made[::-1]


def _before(described: Any) -> str | None:
    """The one layer that another reads; none of an input. Raises RefusedError: branches."""
    calls = described.get("inbound_nodes")
    if not calls:
        return None
    read = _mentioned(calls)
    if not isinstance(calls, list) or len(calls) != 1 or len(read) != 1:
        raise RefusedError("branches", layer=_name(described))
    return read[0]


def _mentioned(value: Any) -> list[str]:
    """Names of the layers whose outputs a call, or a list of outputs, mentions."""
    found, waiting = [], [value]
    while waiting:
        match waiting.pop():
            case [str(name), int(), int(), *_]:
                found.append(name)
            case {"class_name": "__keras_tensor__", "config": {"keras_history": [str(name), *_]}}:
                found.append(name)
            case dict(parts):
                waiting += parts.values()
            case [*parts]:
                waiting += parts
    return found


def _name(described: Any) -> str:
    config = described.get("config")
    name = described.get("name") or (config.get("name") if isinstance(config, dict) else None)
    return name if isinstance(name, str) else told(described, "class_name", str)


def input_sizes(model: Any, steps: list[Step]) -> list[int | None]:
    """Rows, columns and channels of the input as the model says them, or fewer axes.

    Raises RefusedError: damaged.
    """
    first = steps[0].config
    sizes = first.get("batch_shape", first.get("batch_input_shape"))
    config = model["config"]
    if sizes is None and isinstance(config, dict):
        sizes = config.get("build_input_shape")
    if isinstance(sizes, list) and len(sizes) == 1 and isinstance(sizes[0], list):
        sizes = sizes[0]  # as if it had several inputs
    match sizes:
        case [None | int(), *axes] if all(_is_size(axis) for axis in axes):
            return axes
    raise RefusedError("input_size", shape=sizes)


def _is_size(axis: Any) -> bool:
    return axis is None or (
        isinstance(axis, int) and not isinstance(axis, bool) and 0 < axis <= LONGEST
    )
