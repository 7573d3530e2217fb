"""A small network in files of each format, made without its framework.

one_file("onnx")      # {"net.onnx": b"..."}
"""

import numpy as np

from support.model_files.keras_files import conv, dense, keras_archive, keras_h5, tfjs
from support.model_files.onnx_files import chained, encoded
from support.model_files.torch_files import saved
from support.packing import file_of
from support.state_dicts import state_dict
from support.table_networks import table_classes, table_networks

KERAS = [conv(4, 3, 3, activation="relu"), ("GlobalAveragePooling2D", {}, {}),
         dense(3, 4, activation="softmax")]  # fmt: skip
SHAPE = (9, 8, 3)


def onnx() -> bytes:
    rng = np.random.default_rng(1)
    arrays = {"k": rng.normal(size=(4, 3, 3, 3)).astype(np.float32),
              "d": rng.normal(size=(4, 5)).astype(np.float32)}  # fmt: skip
    steps = [
        ("Conv", "x", "k"),
        ("Relu",),
        ("GlobalAveragePool",),
        ("Flatten",),
        ("MatMul", "v3", "d"),
    ]
    return encoded(chained(steps, arrays, (3, 9, 9)))


def one_file(kind: str) -> dict[str, bytes]:
    """A small network in a format: its files, the one to name first."""
    match kind:
        case "npz":
            network = table_networks()["cifar_net"]
            return {"net.npz": file_of(network, table_classes("cifar_net"))}
        case "keras":
            return {"net.keras": keras_archive(KERAS, SHAPE)}
        case "h5":
            return {"net.h5": keras_h5(KERAS, SHAPE)}
        case "tfjs":
            return tfjs(KERAS, SHAPE)
        case "torch":
            return {"net.pth": saved(dict(state_dict("cifar_net").arrays))}
    return {"net.onnx": onnx()}


FORMATS = ["npz", "keras", "h5", "tfjs", "torch", "onnx"]
