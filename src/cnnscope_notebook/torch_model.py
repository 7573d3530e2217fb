"""A PyTorch model as ``torch.export`` saves it, in memory: nothing of it has to be guessed.

files, names = exported(model, (1, 28, 28))     # {"model.pt2": b"..."}, {"lstm": "rnn (LSTM)"}
"""

import copy
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from cnnscope_notebook.errors import ModelError

Files = dict[str, bytes]
Names = Mapping[str, str]

SIDES = (28, 32, 48, 64, 96, 100, 128, 150, 160, 180, 192, 200, 224, 227, 256, 299)
"""Sides of the pictures that courses and data sets use."""

CHANNELS = (1, 3)


def is_torch(model: object) -> bool:
    """Whether a model is PyTorch's."""
    torch: Any = sys.modules.get("torch")
    return torch is not None and isinstance(model, torch.nn.Module)


def is_state_dict(model: object) -> bool:
    """Whether it is PyTorch's arrays by name, or what else ``torch.save`` has of them."""
    torch: Any = sys.modules.get("torch")
    if torch is None or not isinstance(model, Mapping):
        return False
    return any(isinstance(each, torch.Tensor) for each in model.values())


def saved(state: Any) -> Files:
    """Arrays by name as ``torch.save`` writes them."""
    file = BytesIO()
    sys.modules["torch"].save(dict(state), file)
    return {"model.pth": file.getvalue()}


def exported(model: Any, shape: Sequence[int] | None) -> tuple[Files, Names]:
    """The model's exported program, and what its operations belong to. Raises ModelError.

    A copy is exported, on the CPU and as it answers (``eval()``); a scripted model is saved so.
    ``shape`` is that of a picture, (channel, row, col); where it is None, it is found by trying.
    """
    torch: Any = sys.modules["torch"]
    file = BytesIO()
    if isinstance(model, torch.jit.ScriptModule):
        torch.jit.save(model, file)
        return {"model.pt": file.getvalue()}, {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answering = answering_copy(torch, model)
        shape = shape or found_shape(torch, answering)
        picture = torch.zeros(1, *shape)
        try:
            with torch.no_grad():
                answering(picture)  # whose words about a mistake are plainer than the export's
            program = torch.export.export(answering, (picture,))
            torch.export.save(program, file)
        except Exception as error:  # whatever a model's own code raises
            raise ModelError(f"PyTorch cannot export this model for pictures of the shape "
                             f"{tuple(shape)}: {first_line(error)}") from error  # fmt: skip
    return {"model.pt2": file.getvalue()}, dict(names(program))


def answering_copy(torch: Any, model: Any) -> Any:
    """A copy of a model as it answers, without what is only wrapped around it."""
    for wrapper in ("_orig_mod", "module"):
        inner = getattr(model, wrapper, None)
        is_wrapped = isinstance(model, torch.nn.DataParallel) or wrapper == "_orig_mod"
        model = inner if is_wrapped and isinstance(inner, torch.nn.Module) else model
    try:
        return copy.deepcopy(model).cpu().float().eval()
    except Exception as error:
        raise ModelError(f"PyTorch cannot copy this model: {first_line(error)}") from error


def found_shape(torch: Any, model: Any) -> tuple[int, int, int]:
    """The one usual shape of pictures that a model answers. Raises ModelError."""
    fitting = fitting_shapes(torch, model)
    first, second = next(fitting, None), next(fitting, None)
    if first is not None and second is None:
        return first
    reason = "many sizes of pictures fit" if first else "no usual size of pictures fits"
    raise ModelError(
        f"What does this model read? {reason.capitalize()}. Say it with "
        "input_shape=(channels, rows, columns), as in input_shape=(3, 64, 64)."
    )


def fitting_shapes(torch: Any, model: Any) -> Iterator[tuple[int, int, int]]:
    """Usual shapes of pictures that a model answers with a row of numbers."""
    read = [each.in_channels for each in model.modules() if isinstance(each, torch.nn.Conv2d)]
    for channels in (channel for channel in CHANNELS if not read or channel == read[0]):
        for side in SIDES:
            try:
                with torch.no_grad():
                    answer = model(torch.zeros(1, channels, side, side))
                if answer.ndim == 2:
                    yield channels, side, side
            except Exception:  # whatever a model's own code raises: this shape does not fit
                continue


def names(program: Any) -> Iterator[tuple[str, str]]:
    """For each operation its name, and the module that it is of: ``features.3 (LSTM)``."""
    for node in program.graph.nodes:
        stack = list((node.meta.get("nn_module_stack") or {}).values())
        if stack and stack[-1][0]:
            path, kind = stack[-1]
            yield node.name, f"{path} ({str(kind).rpartition('.')[2].strip(chr(39) + '>')})"


def first_line(error: Exception) -> str:
    """What an error says first."""
    return f"{type(error).__name__}: {error}".strip().split("\n")[0][:200]
