"""Damaged files of PyTorch's formats: read or refused, soon, and with no other error."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from cnnscope_readers.errors import RefusedError
from cnnscope_readers.torch.checkpoint import is_checkpoint, read_checkpoint
from cnnscope_readers.torch.exported_program import is_export, read_exported_program
from cnnscope_readers.torch.safetensors import is_safetensors, read_safetensors
from cnnscope_readers.torch.torchscript import is_torchscript, read_torchscript
from support.model_files.export_files import Graph, scripted
from support.model_files.torch_files import Call, archive, ordered, saved, saved_old, tensor
from support.mutations import mutations

KERNEL = np.ones((2, 1, 3, 3), "f4")
ARRAYS = {"conv.weight": KERNEL, "conv.bias": np.ones(2, "f4"), "fc": np.ones((3, 8), "f2")}

SECONDS = 2.0


def _module() -> bytes:
    """A convolution and ReLU in a row."""
    weight = Call("torch._utils._rebuild_parameter", (tensor("0", "f4", (2, 1, 3, 3)), True, {}))
    conv = Call("torch.nn.modules.conv.Conv2d", (), {
        "_parameters": {"weight": weight, "bias": None}, "_buffers": {}, "_modules": {},
        "stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1,
    })  # fmt: skip
    relu = Call("torch.nn.modules.activation.ReLU", (), {"_modules": {}, "inplace": False})
    both = Call("torch.nn.modules.container.Sequential", (), {
        "_modules": ordered({"0": conv, "1": relu}),
    })  # fmt: skip
    return archive({"model": both, "classes": ["a", "b"]}, {"0": KERNEL.tobytes()})


def _exported() -> Graph:
    graph = Graph((1, 1, 6, 6))
    graph.add("conv2d", {"weight": KERNEL, "padding": [1, 1]}, (1, 2, 6, 6))
    graph.add("relu_", {}, (1, 2, 6, 6))
    graph.add("mean.dim", {"dim": [2, 3]}, (1, 2))
    graph.add("linear", {"weight": np.ones((3, 2), "f4"), "bias": None}, (1, 3))
    return graph


def _script() -> bytes:
    body = (
        "class Net(Module):\n  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n"
        "    y = torch.conv2d(x, self.weight, None, [1, 1])\n    if self.training:\n"
        "      z = torch.dropout(y, 0.5, True)\n    else:\n      z = y\n"
        "    a, b, = torch.relu_(z), None\n"
        "    return torch.view(__torch__.f.f(a, size=[2, 2]), [-1, torch.size(a, 1)])\n"
    )
    other = "def f(x: Tensor,\n    size: List[int]=[1, 1]) -> Tensor:\n"
    other += "  return torch.max_pool2d(x, size)\n"
    return scripted({"": body, "/f": other}, {"weight": KERNEL})


def _safetensors() -> bytes:
    header = b'{"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},'
    header += b'"b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]}}'
    return len(header).to_bytes(8, "little") + header + bytes(12)


Is = Callable[[bytes], bool]
Read = Callable[[Mapping[str, bytes], str], Any]

FILES: dict[str, tuple[bytes, Is, Read]] = {
    "state_dict": (saved(ARRAYS), is_checkpoint, read_checkpoint),
    "before 1.6": (saved_old(ARRAYS), is_checkpoint, read_checkpoint),
    "module": (_module(), is_checkpoint, read_checkpoint),
    "export": (_exported().file(), is_export, read_exported_program),
    "export of 2.7": (_exported().file_of_2_7(), is_export, read_exported_program),
    "export before 2.7": (_exported().file_before_2_7(), is_export, read_exported_program),
    "script": (_script(), is_torchscript, read_torchscript),
    "safetensors": (_safetensors(), is_safetensors, read_safetensors),
}


@pytest.mark.parametrize("name", FILES)
def test_whole_files_are_read(name):
    content, is_of_kind, read = FILES[name]
    assert is_of_kind(content)
    assert read({"net": content}, "net")


def _survive(name: str, seed: int, count: int) -> None:
    content, is_of_kind, read = FILES[name]
    for at, broken in enumerate(mutations(content, seed, count)):
        start = time.process_time()
        is_of_kind(broken)
        try:
            read({"net": broken}, "net")
        except RefusedError:
            pass
        except Exception as error:
            raise AssertionError(f"mutation {at} of seed {seed}") from error
        assert time.process_time() - start < SECONDS, f"mutation {at} of seed {seed}"


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_are_read_or_refused(name):
    _survive(name, seed=1, count=60)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 7))
@pytest.mark.parametrize("name", FILES)
def test_many_damaged_files_are_read_or_refused(name, seed):
    _survive(name, seed, count=500)
