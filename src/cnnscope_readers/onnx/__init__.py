"""Networks in ONNX files: read without protobuf, followed node by node, and never run.

    found = read_onnx({"net.onnx": content}, "net.onnx")
    found.layers[0].type     # "conv2d"

``wire`` and ``messages`` read bytes, ``walk`` follows the graph: values that no picture changes are
worked out (``folding``), runs of operations on each value alone are told by what they do (``runs``,
``functions``), and every other operation has its handler (``handlers``, ``reshaping``).
"""

from collections.abc import Mapping

from cnnscope.nn.input_scale import WHITE
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Found, LayerEntry, Shape
from cnnscope_readers.onnx.chain import MAPS, Chain
from cnnscope_readers.onnx.classes import class_names
from cnnscope_readers.onnx.lines import scale_of
from cnnscope_readers.onnx.messages import is_onnx, read_model
from cnnscope_readers.onnx.tensors import Arrays
from cnnscope_readers.onnx.walk import walk

__all__ = ["is_onnx", "read_onnx"]

BYTES = 2
"""The type of an input whose numbers are bytes."""


def read_onnx(files: Mapping[str, bytes], name: str) -> Found:
    """The network in one of some files; numbers may stand in another. Raises RefusedError."""
    model = read_model(files[name])
    arrays = Arrays(model.graph.tensors, files)
    chain = walk(model, arrays)
    chain.guess()
    if not chain.layers:
        raise RefusedError("no_layers")
    layers = _ended(chain)
    start = next(value for value in model.graph.inputs if value.name not in arrays)
    scale = scale_of(chain, is_bytes=start.type == BYTES)
    white = WHITE if start.type == BYTES else 1
    return Found(_input_shape(chain), layers, scale, class_names(model.metadata), white)


def _input_shape(chain: Chain) -> Shape | None:
    """(channel, row, col) of a picture; None where the file leaves a size open."""
    sizes = {axis.label: axis.size for axis in chain.input}
    if not sizes.keys() <= set(MAPS) or not {"h", "w"} <= sizes.keys():
        raise RefusedError("input_size", shape=tuple(axis.size for axis in chain.input))
    shape = [sizes.get(label, 1) for label in MAPS]
    known = [size for size in shape if size is not None]
    return (known[0], known[1], known[2]) if len(known) == len(shape) else None


def _ended(chain: Chain) -> tuple[LayerEntry, ...]:
    """All layers; maps of one cell are laid out, and a sigmoid of one number tells two classes."""
    last = chain.layers[-1]
    if not chain.is_in_order:
        raise RefusedError("setting", layer=last.source, setting="axes", value=chain.order)
    if not chain.is_flat and all(axis.size == 1 for axis in chain.axes if axis.label in ("h", "w")):
        chain.layers.append(LayerEntry("flatten", last.source))
    elif last.settings == {"function": "sigmoid"} and chain.axes[0].size == 1 and chain.is_flat:
        chain.layers[-1] = LayerEntry("sigmoid_classes", last.source)
    return tuple(chain.layers)
