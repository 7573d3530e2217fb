"""Archives of ``torch.export.save``, in the layouts that PyTorch has had: the graph and the arrays.

    export = open_export(content)
    export.program["graph_module"], export.array("net.0.weight")

Since 2.8 each array is a member of its own beside a list of them; in 2.7 all were in one file of
``torch.save``; before, the graph was ``serialized_exported_program.json``.
Source: ``torch/export/pt2_archive`` and ``torch/_export/serde/schema.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cnnscope.nn.ops import Array
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.plain_json import read_json
from cnnscope_readers.torch.checkpoint_file import Opened, archive_of, folder_of, open_checkpoint
from cnnscope_readers.torch.kinds import size_of
from cnnscope_readers.torch.pickle_values import mapping
from cnnscope_readers.torch.tensors import Store, Tensor, tensor_of
from cnnscope_readers.zip_archive import ZipArchive, told_zip

OLD_GRAPH = "serialized_exported_program.json"

OLD_ARRAYS = ("serialized_state_dict.pt", "serialized_constants.pt", "serialized_state_dict.json",
              "serialized_constants.json")  # fmt: skip

MODEL = "models/model.json"

KINDS = {
    1: "u1", 2: "i1", 3: "i2", 4: "i4", 5: "i8", 6: "f2", 7: "f4", 8: "f8", 12: "b1", 13: "bf16",
}  # fmt: skip
"""Kinds of numbers by ``ScalarType``."""

ALONE = 400
"""Opcodes of the pickle of one array."""

PICKLED = 400
"""Arrays that are pickled each for itself."""

Fetch = Callable[[], Array | None]


@dataclass(frozen=True, eq=False)
class Export:
    """The program as JSON says it, and its arrays by their names in the model."""

    program: Mapping[str, Any]
    arrays: Mapping[str, Fetch]

    def array(self, name: str) -> Array | None:
        """An array, float32; None where it holds whole numbers. Raises RefusedError: damaged."""
        if name not in self.arrays:
            raise RefusedError("damaged", where=name)
        return self.arrays[name]()


def is_export(content: bytes) -> bool:
    """Whether a file is such an archive."""
    archive = told_zip(content)
    if archive is None:
        return False
    return OLD_GRAPH in archive.names() or folder_of(archive, MODEL) is not None


def open_export(content: bytes) -> Export:
    """The graph and the arrays of an archive. Raises RefusedError: damaged, missing_file."""
    archive = archive_of(content)
    if OLD_GRAPH in archive.names():
        arrays = _saved(archive, [name for name in OLD_ARRAYS if name in archive.names()])
        return Export(_mapping(read_json(archive.read(OLD_GRAPH), where=OLD_GRAPH)), arrays)
    folder = folder_of(archive, MODEL) or ""
    program = _mapping(read_json(archive.read(f"{folder}{MODEL}"), where=MODEL))
    return Export(program, {
        **_arrays(archive, folder, "weights"), **_arrays(archive, folder, "constants"),
    })  # fmt: skip


def _arrays(archive: ZipArchive, folder: str, kind: str) -> dict[str, Fetch]:
    """The arrays in ``data/weights`` or ``data/constants``: listed, or saved together."""
    place = f"{folder}data/{kind}/"
    listed, saved = f"{place}model_{kind}_config.json", f"{place}model.pt"
    if listed in archive.names():
        config = _mapping(read_json(archive.read(listed), where=listed)).get("config")
        return _listed(archive, place, _mapping(config), folder)
    return _saved(archive, [saved] if saved in archive.names() else [])


def _listed(
    archive: ZipArchive, place: str, config: Mapping[str, Any], folder: str
) -> dict[str, Fetch]:
    """Arrays that are members of the archive, each with its own description."""
    order = f"{folder}byteorder"
    is_big = order in archive.names() and archive.read(order).strip() == b"big"
    store = Store(archive.read, ">" if is_big else "<")
    found: dict[str, Fetch] = {}
    pickled = sum(bool(_mapping(said).get("use_pickle")) for said in config.values())
    if pickled > PICKLED:
        raise RefusedError("too_large", what="pickles", limit=PICKLED, got=pickled)
    for name, said in config.items():
        entry = _mapping(said)
        path = f"{place}{entry.get('path_name')}"
        if entry.get("use_pickle"):
            found[name] = _pickled(name, archive, path)
        else:
            found[name] = _raw(name, archive, store, path, _mapping(entry.get("tensor_meta")))
    return found


def _pickled(name: str, archive: ZipArchive, path: str) -> Fetch:
    """An array in a file of ``torch.save`` of its own."""

    def fetch() -> Array | None:
        opened = open_checkpoint(archive.read(path), ALONE)
        return _tensor(name, tensor_of(opened.value), opened.store)

    return fetch


def _raw(name: str, archive: ZipArchive, store: Store, path: str, meta: Mapping[str, Any]) -> Fetch:
    """An array whose numbers are a member of the archive."""

    def fetch() -> Array | None:
        kind = KINDS.get(meta.get("dtype", 0), f"ScalarType {meta.get('dtype')}")
        sides, strides = whole(name, meta.get("sizes")), whole(name, meta.get("strides"))
        (offset,) = whole(name, [meta.get("storage_offset", {"as_int": 0})])
        size = size_of(kind) if kind in KINDS.values() else 1
        return _tensor(
            name, Tensor(kind, path, archive.size(path) // size, offset, sides, strides), store
        )

    return fetch


def _saved(archive: ZipArchive, files: list[str]) -> dict[str, Fetch]:
    """Arrays that were saved together."""
    found: dict[str, Fetch] = {}
    for file in files:
        opened = open_checkpoint(archive.read(file))
        for name, value in (mapping(opened.value) or {}).items():
            if isinstance(name, str):
                found[name] = _of(name, value, opened)
    return found


def _of(name: str, value: Any, opened: Opened) -> Fetch:
    return lambda: _tensor(name, tensor_of(value), opened.store)


def _tensor(name: str, tensor: Tensor | None, store: Store) -> Array | None:
    if tensor is None:
        raise RefusedError("damaged", where=name)
    return None if tensor.is_known and not tensor.is_float else store.array(name, tensor)


def whole(name: str, sides: Any) -> tuple[int, ...]:
    """Sides as the JSON has them, each a whole number. Raises RefusedError: damaged."""
    if not isinstance(sides, list):
        raise RefusedError("damaged", where=name)
    found: list[Any] = [side.get("as_int") if isinstance(side, dict) else side for side in sides]
    if not all(type(side) is int for side in found):
        raise RefusedError("damaged", where=name)
    return tuple(map(int, found))


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RefusedError("damaged", where="JSON")
    return value
