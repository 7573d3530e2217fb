"""Networks of ``torch.jit.save``, traced or scripted: their code is followed, and never run.

read_torchscript({"net.pt": content}, "net.pt")     # Found
"""

from collections.abc import Mapping
from typing import Any

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry
from cnnscope_readers.torch.aten_chain import Live
from cnnscope_readers.torch.aten_layers import layers_of
from cnnscope_readers.torch.checkpoint_file import (
    CONSTANTS,
    archive_of,
    folder_of,
    holds_code,
    open_archive,
)
from cnnscope_readers.torch.finished_layers import finished
from cnnscope_readers.torch.pickle_reader import read_pickle
from cnnscope_readers.torch.pickle_values import Made, Value, mapping, sequence
from cnnscope_readers.torch.script_code import ScriptCode
from cnnscope_readers.torch.script_run import DEEPEST, ScriptRun
from cnnscope_readers.torch.tensors import Store, tensor_of
from cnnscope_readers.zip_archive import ZipArchive, told_zip

TRACED = "traced_inputs.pkl"

PICTURE = "picture"


def is_torchscript(content: bytes) -> bool:
    """Whether a file is such an archive: a pickle, and the code beside it."""
    archive = told_zip(content)
    folder = None if archive is None else folder_of(archive)
    return archive is not None and folder is not None and holds_code(archive, folder)


def read_torchscript(files: Mapping[str, bytes], name: str) -> Found:
    """The network that the code of a module is; its input's size where a trace says it.

    Raises RefusedError: torchscript, inputs, branches, layer, setting, damaged, missing_file.
    """
    archive = archive_of(files[name])
    folder = folder_of(archive) or ""
    opened = open_archive(archive)
    module = opened.value
    if not isinstance(module, Made) or not module.name.startswith("__torch__."):
        raise RefusedError("torchscript")
    code = ScriptCode(archive, f"{folder}code/")
    taken = code.method(module.name, "forward")
    pictures = [each for each in taken.names[1:] if each not in taken.usual]
    if len(pictures) != 1:
        raise RefusedError("inputs", count=len(pictures))
    run = ScriptRun(code, opened.store, _constants(archive, folder))
    try:
        answer = run.method(module, "forward", [Live(PICTURE)])
    except RecursionError as error:
        raise RefusedError("too_deep", limit=DEEPEST) from error
    if not isinstance(answer, Live):
        raise RefusedError("branches", layer=f"{module.name}.forward")
    layers: list[LayerEntry] = []
    for operation in run.graph.chain(PICTURE, answer.name):
        layers += layers_of(operation)
    return Found(_traced(archive, folder), finished(layers))


def _constants(archive: ZipArchive, folder: str) -> list[Any]:
    """What the code calls ``CONSTANTS``: arrays."""
    if f"{folder}{CONSTANTS}" not in archive.names():
        return []
    store = Store(lambda key: archive.read(f"{folder}constants/{key}"))
    values = sequence(read_pickle(archive.read(f"{folder}{CONSTANTS}")).value) or ()
    tensors = [tensor_of(each) for each in values]
    return [
        store.array(f"c{at}", tensor) if tensor is not None and tensor.is_float else None
        for at, tensor in enumerate(tensors)
    ]


def _traced(archive: ZipArchive, folder: str) -> tuple[int, ...] | None:
    """The sides of the picture that a network was traced with; None where it was not."""
    if f"{folder}{TRACED}" not in archive.names():
        return None
    value = _untagged(read_pickle(archive.read(f"{folder}{TRACED}")).value)
    for inputs in (mapping(value) or {"forward": value}).values():
        for each in sequence(_untagged(inputs)) or ():
            tensor = tensor_of(each)
            if tensor is not None and len(tensor.shape) == 4 and min(tensor.shape) > 0:
                return tensor.shape[1:]
    return None


def _untagged(value: Value) -> Value:
    """A list, or a mapping, without the word that says of what kind its values are."""
    match value:
        case Made(name="torch.jit._pickle.restore_type_tag", args=(inner, *_)):
            return inner
    return value
