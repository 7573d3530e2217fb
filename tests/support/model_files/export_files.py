"""Files as ``torch.export.save`` and ``torch.jit.save`` write them, made without PyTorch.

content = exported((1, 1, 6, 6), [("conv2d", {"weight": kernel})], (1, 2, 4, 4))
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from support.model_files.torch_files import Call, archive, saved, tensors, zipped

KINDS = {"f4": 7, "f8": 8, "f2": 6, "i8": 5}


def _sides(shape: Sequence[int]) -> list[dict[str, int]]:
    return [{"as_int": side} for side in shape]


def _meta(shape: Sequence[int], kind: str = "f4") -> dict[str, Any]:
    strides = [int(np.prod(shape[at + 1 :])) for at in range(len(shape))]
    return {
        "dtype": KINDS[kind], "sizes": _sides(shape), "strides": _sides(strides),
        "storage_offset": {"as_int": 0},
    }  # fmt: skip


def argument(value: Any) -> dict[str, Any]:
    """A value as a graph has it; a word that begins with ``$`` is the name of another value."""
    match value:
        case None:
            return {"as_none": True}
        case bool():
            return {"as_bool": value}
        case int():
            return {"as_int": value}
        case float():
            return {"as_float": value}
        case str() if value.startswith("$"):
            return {"as_tensor": {"name": value[1:]}}
        case str():
            return {"as_string": value}
    return {"as_ints": list(value)}


class Graph:
    """A program that is being written: its nodes, its values, and its arrays."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.values: dict[str, Any] = {"x": _meta(shape)}
        self.arrays: dict[str, np.ndarray[Any, Any]] = {}
        self.inputs: list[dict[str, Any]] = []
        self.pictures = ["x"]
        self.last = "x"

    def add(self, name: str, args: Mapping[str, Any], shape: tuple[int, ...],
            of: str | None = None) -> str:  # fmt: skip
        """An operation of the last value, or of another."""
        made = f"{name.partition('.')[0]}_{len(self.nodes)}"
        weighted = ("conv2d", "linear", "batch_norm", "dropout")
        first = "input" if name.partition(".")[0] in weighted else "self"
        given = {first: f"${self.last if of is None else of}", **args}
        inputs = [{"name": key, "arg": self._argument(made, key, value), "kind": 1}
                  for key, value in given.items()]  # fmt: skip
        target = f"torch.ops.aten.{name}" + ("" if "." in name else ".default")
        self.nodes.append({"target": target, "inputs": inputs, "outputs": [argument(f"${made}")]})
        self.values[made] = _meta(shape)
        self.last = made
        return made

    def _argument(self, made: str, key: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, np.ndarray):
            return argument(value)
        own, path = f"p_{made}_{key}", f"{made}.{key}"
        self.arrays[path] = value
        self.inputs.append({"parameter": {"arg": {"name": own}, "parameter_name": path}})
        return argument(f"${own}")

    def program(self) -> dict[str, Any]:
        """The program as JSON has it."""
        pictures = [{"user_input": {"arg": argument(f"${name}")}} for name in self.pictures]
        outputs = [{"user_output": {"arg": argument(f"${self.last}")}}]
        graph = {"inputs": [], "outputs": [argument(f"${self.last}")], "nodes": self.nodes,
                 "tensor_values": self.values}  # fmt: skip
        signature = {"input_specs": [*self.inputs, *pictures], "output_specs": outputs}
        return {"graph_module": {"graph": graph, "signature": signature}}

    def file(self, **changes: bytes) -> bytes:
        """An archive as since 2.8; ``changes`` are other members, or other contents of them."""
        config, weights = {}, {}
        for at, (path, array) in enumerate(self.arrays.items()):
            meta = _meta(array.shape, array.dtype.str[1:])
            config[path] = {"path_name": f"weight_{at}", "use_pickle": False, "tensor_meta": meta}
            weights[f"weight_{at}"] = np.ascontiguousarray(array).tobytes()
        members = {f"net/data/weights/{name}": each for name, each in weights.items()}
        members["net/data/weights/model_weights_config.json"] = _json({"config": config})
        members["net/data/constants/model_constants_config.json"] = _json({"config": {}})
        members["net/models/model.json"] = _json(self.program())
        members["net/archive_format"], members["net/byteorder"] = b"pt2", b"little"
        return zipped({**members, **changes})

    def file_of_2_7(self) -> bytes:
        """An archive whose arrays were saved together."""
        return zipped({
            "net/models/model.json": _json(self.program()),
            "net/data/weights/model.pt": saved(self.arrays), "net/archive_format": b"pt2",
        })  # fmt: skip

    def file_before_2_7(self) -> bytes:
        """An archive of a serialized program."""
        return zipped({
            "serialized_exported_program.json": _json(self.program()), "version": b"5.1",
            "serialized_state_dict.pt": saved(self.arrays),
        })  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def scripted(
    code: Mapping[str, str], arrays: Mapping[str, np.ndarray[Any, Any]], kind: str = "Net"
) -> bytes:
    """An archive of code by file, and of one module with arrays."""
    made, storages = tensors(arrays)
    module = Call(f"__torch__.{kind}", (), {**made, "training": True})
    others = {f"code/__torch__{path}.py": text.encode() for path, text in code.items()}
    return archive(module, storages, others={**others, "constants.pkl": b"\x80\x02)."})
