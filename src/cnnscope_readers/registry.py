"""Formats of model files, one a line: told by their bytes, in this order.

kind, found = read({"net.keras": content})     # RefusedError
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, Weights
from cnnscope_readers.keras import (
    is_keras,
    is_keras_h5,
    is_tfjs,
    read_keras,
    read_keras_h5,
    read_tfjs,
)
from cnnscope_readers.labels import labels_of
from cnnscope_readers.onnx import is_onnx, read_onnx
from cnnscope_readers.other_kinds import is_other, refuse_other
from cnnscope_readers.own_npz import is_own_npz, read_own_npz
from cnnscope_readers.torch.checkpoint import is_checkpoint, read_checkpoint
from cnnscope_readers.torch.export_archive import is_export
from cnnscope_readers.torch.exported_program import read_exported_program
from cnnscope_readers.torch.safetensors import is_safetensors, read_safetensors
from cnnscope_readers.torch.torchscript import is_torchscript, read_torchscript

Read = Callable[[Mapping[str, bytes], str], Found | Weights]


class Kind(NamedTuple):
    """One format: its name, what tells it, and what reads the file of that name."""

    name: str
    is_kind: Callable[[bytes], bool]
    read: Read


KINDS: tuple[Kind, ...] = (
    Kind("npz", is_own_npz, read_own_npz),
    Kind("keras", is_keras, read_keras),
    Kind("h5", is_keras_h5, read_keras_h5),
    Kind("tfjs", is_tfjs, read_tfjs),
    Kind("pt2", is_export, read_exported_program),
    Kind("torchscript", is_torchscript, read_torchscript),
    Kind("torch", is_checkpoint, read_checkpoint),
    Kind("safetensors", is_safetensors, read_safetensors),
    Kind("onnx", is_onnx, read_onnx),
    Kind("other", is_other, refuse_other),
)


def read(files: Mapping[str, bytes]) -> tuple[str, Found | Weights]:
    """The kind of the first file that holds a network, and the network; others may belong to it.

    Raises RefusedError.
    """
    told = identified(files)
    if told is None:
        raise RefusedError("unknown")
    kind, name = told
    return kind.name, read_as(kind, files, name)


def identified(files: Mapping[str, bytes]) -> tuple[Kind, str] | None:
    """The kind and the name of the file that holds the network; None without one.

    Raises RefusedError.
    """
    for kind in KINDS:
        for name, content in files.items():
            if kind.is_kind(content):
                return kind, name
    return None


def read_as(kind: Kind, files: Mapping[str, bytes], name: str) -> Found | Weights:
    """The network in the file of a name, which is of that kind. Raises RefusedError.

    Names of classes in a file beside it hold where the network's own file has none.
    """
    return with_labels(kind.read(files, name), labels_of(files, name))


def with_labels(found: Found | Weights, labels: tuple[str, ...]) -> Found | Weights:
    """The same with names of classes, where it had none."""
    return found if found.classes or not labels else replace(found, classes=labels)
