"""A model of any kind as the network that the page shows.

opened = opened_of(model, input_shape=(1, 28, 28))     # ModelError
opened.network, opened.names(opened.network)
"""

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cnnscope.nn.input_scale import InputScale
from cnnscope_notebook.errors import ModelError, said_of
from cnnscope_notebook.keras_model import is_keras_model, saved_keras
from cnnscope_notebook.torch_model import exported, is_state_dict, is_torch, saved
from cnnscope_own.case import begun, with_size
from cnnscope_own.opened import SCALES, Opened, of_case, of_found
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, Weights
from cnnscope_readers.registry import read

Scale = str | tuple[Any, Any] | InputScale | None
"""How pixels become numbers: a name in ``SCALES``, or means and standard deviations."""

MOST_FILES = 64
"""Files beside the one that is named, which it says belong to it."""


def opened_of(model: Any, input_shape: Sequence[int] | None, scale: Scale) -> Opened:
    """The network of a model, checked. Raises ModelError, OSError."""
    names: Mapping[str, str] = {}
    shape = None if input_shape is None else shape_of(input_shape)
    try:
        if isinstance(model, str | os.PathLike):
            files, kind, found = read_with_others([Path(model)])
        elif isinstance(model, list | tuple) and model:
            files, kind, found = read_with_others(list(map(Path, model)))
        else:
            files, names = files_of(model, shape)
            kind, found = read(files)
        opened = opened_found(next(iter(files)), kind, found, shape)
        opened = with_scale(opened, scale)
        assert opened.network
    except RefusedError as error:
        if error.reason == "input_size" and shape is None:
            raise ModelError("The model does not say how large its pictures are: say it with "
                             "input_shape=(channels, rows, columns).") from error  # fmt: skip
        raise said_of(error, names.get(str(error.values.get("layer")), "")) from error
    return opened


def shape_of(input_shape: Sequence[int]) -> tuple[int, ...]:
    """The shape of a picture, (channel, row, col). Raises ModelError."""
    shape = tuple(map(int, input_shape))
    if len(shape) != 3 or min(shape) < 1 or shape[0] not in (1, 3):
        raise ModelError(f"input_shape: expected (channels, rows, columns), got {input_shape}")
    return shape


def files_of(
    model: Any, shape: tuple[int, ...] | None
) -> tuple[dict[str, bytes], Mapping[str, str]]:
    """A model as a file, and better names of what is in it. Raises ModelError."""
    if is_keras_model(model):  # which may be PyTorch's too, under Keras
        return saved_keras(model), {}
    if is_torch(model):
        return exported(model, shape)
    if is_state_dict(model):
        return saved(model), {}
    if hasattr(model, "SerializeToString"):  # ONNX
        return {"model.onnx": model.SerializeToString()}, {}
    raise ModelError(
        "expected a torch.nn.Module, a Keras model, an ONNX model, a state_dict or the path of a "
        f"file, got {type(model).__name__}"
    )


def read_with_others(paths: list[Path]) -> tuple[dict[str, bytes], str, Found | Weights]:
    """Files, with those beside the first that it asks for. Raises RefusedError, OSError."""
    files = {path.name: path.read_bytes() for path in paths}
    for _ in range(MOST_FILES):
        try:
            return files, *read(files)
        except RefusedError as error:
            name = str(error.values.get("file", ""))
            beside = paths[0].parent / name
            is_plain = error.reason == "missing_file" and name == Path(name).name
            if not is_plain or name in files or not beside.is_file():
                raise
            files[name] = beside.read_bytes()
    return files, *read(files)


def opened_found(
    name: str, kind: str, found: Found | Weights, shape: tuple[int, ...] | None
) -> Opened:
    """A file's network; of weights alone the likeliest, with a warning."""
    if isinstance(found, Found):
        told = replace(found, input_shape=found.input_shape or shape)
        opened = of_found(name, kind, told)
        if opened.standing == "guess":
            sizes = ", ".join(map(str, opened.shapes))
            raise ModelError("The model does not say how large its pictures are. Say it with "
                             f"input_shape=(channels, rows, columns); {sizes} fit.")  # fmt: skip
        return opened
    case = begun(found)
    if shape is not None:
        case = with_size(case, (shape[1], shape[2]))
    opened = of_case(Opened(name, kind, case.found, classes=found.classes), case)
    if opened.standing == "guess":
        warnings.warn(
            f"{name} holds weights without their architecture. Shown is the plainest network that "
            "they fit; give the model itself, to be sure.", stacklevel=5,
        )  # fmt: skip
    return opened


def with_scale(opened: Opened, scale: Scale) -> Opened:
    """The same with pixels becoming numbers as somebody says. Raises ModelError."""
    match scale:
        case None:
            return opened
        case InputScale():
            return replace(opened, scale=scale)
        case str() if scale in SCALES:
            return replace(opened, scale=SCALES[scale])
        case (_, _):
            means, stds = ([*each] if hasattr(each, "__iter__") else [each] for each in scale)
            return replace(opened, scale=InputScale.standardised(means, stds))
    raise ModelError(f"scale: expected {', '.join(SCALES)} or (means, deviations), got {scale!r}")
