"""Straight lines in a chain: the picture's scale, a layer's bias, or a batch normalisation."""

from dataclasses import replace

import numpy as np

from cnnscope.nn.input_scale import WHITE, InputScale
from cnnscope.nn.shapes import ShapeError
from cnnscope_readers.arrays import finite
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.onnx.chain import Chain
from cnnscope_readers.onnx.functions import Reals
from cnnscope_readers.onnx.runs import Curve, Line, Piece

BRIGHT = 2.0
"""A mean, or a deviation, above it is one of numbers up to 255, not up to 1."""


def place(chain: Chain, piece: Piece) -> None:
    """Add a line or a curve to a chain. Raises RefusedError."""
    match piece:
        case Curve(node, "relu"):
            chain.add(node, "relu")
        case Curve(node, function, alpha):
            chosen = {} if alpha is None else {"alpha": alpha}
            chain.add(node, "activation", {"function": function, **chosen})
        case Line() if not piece.is_nothing:
            _place_line(chain, piece)


def _place_line(chain: Chain, line: Line) -> None:
    label, slope, offset = _vectors(chain, line)
    if chain.is_front and chain.padding is None and not (chain.is_flat and label):
        if label and chain.front not in ((), (label,)):
            raise RefusedError("layer", layer=line.node.called, kind=line.node.kind)
        chain.front = (label,) if label else chain.front
        chain.slope, chain.offset = chain.slope * slope, chain.offset * slope + offset
        return
    chain.expect_settled(line.node)
    chain.guess()
    channel = next((axis for axis in chain.axes if axis.label in ("c", "f")), None)
    if channel is None or channel.size is None or label not in ("", channel.label):
        raise RefusedError("layer", layer=line.node.called, kind=line.node.kind)
    slope, offset = (np.broadcast_to(each, (channel.size,)) for each in (slope, offset))
    last = chain.layers[-1] if chain.layers else None
    if last is not None and last.type in ("conv2d", "dense") and (slope == 1).all():
        bias = last.arrays.get("bias", np.float32(0)) + offset
        made = {**last.arrays, "bias": finite(f"{line.node.called} bias", bias)}
        chain.layers[-1] = replace(last, settings={**last.settings, "bias": True}, arrays=made)
        return
    arrays = {
        "gamma": slope, "beta": offset,
        "mean": np.zeros(channel.size), "variance": np.ones(channel.size),
    }  # fmt: skip
    if chain.is_flat:
        arrays = {role: chain.by_channel(line.node, values) for role, values in arrays.items()}
    chain.add(line.node, "batch_norm2d", {"epsilon": 0.0}, arrays)


def _vectors(chain: Chain, line: Line) -> tuple[str, Reals, Reals]:
    """The label of the one axis along which a line changes, if any; its slopes and offsets.

    Raises RefusedError: layer, where it changes along several, from cell to cell.
    """
    shape = np.broadcast_shapes(line.slope.shape, line.offset.shape)
    wide = [at for at, size in enumerate(shape) if size != 1]
    if len(shape) != len(chain.sizes) or len(wide) > 1 or 0 in wide:
        raise RefusedError("layer", layer=line.node.called, kind=line.node.kind)
    if not wide:
        return "", line.slope.ravel(), line.offset.ravel()
    axis = chain.axes[wide[0] - 1]
    if axis.size not in (None, shape[wide[0]]):
        got = shape[wide[0]]
        raise RefusedError("shapes", layer=line.node.called, expected=axis.size, got=got)
    if not chain.is_resolved and len(chain.axes) == 3:
        others = [label for label in chain.labels if label != axis.label]
        chain.resolve({axis.label: "c", **dict(zip(others, "hw", strict=True))})
    slope, offset = (np.broadcast_to(each, shape).ravel() for each in (line.slope, line.offset))
    return chain.axes[wide[0] - 1].label, slope, offset


def scale_of(chain: Chain, *, is_bytes: bool) -> InputScale | None:
    """How a picture's pixels become what the first layer reads; None where no line says it.

    ``is_bytes``: the file says that its numbers are bytes. Else numbers up to 255 are told by a
    mean or a deviation that would make no sense for numbers up to 1. Raises RefusedError.
    """
    slope, offset = np.atleast_1d(chain.slope), np.atleast_1d(chain.offset)
    if (slope == 1).all() and (offset == 0).all() and not is_bytes:
        return None
    if chain.front not in ((), ("c",)) or not (slope != 0).all():
        raise RefusedError("setting", layer="scale", setting="axis", value=chain.front)
    slope, offset = np.broadcast_arrays(slope, offset)
    mean, std = -offset / slope, 1 / abs(slope)
    if is_bytes or max(std.max(), abs(mean).max()) > BRIGHT:
        mean, std = mean / WHITE, std / WHITE
    is_inverted = bool((slope < 0).all())
    if is_inverted:  # (1 - pixel - mean) / std
        mean = 1 - mean
    elif (slope < 0).any():
        raise RefusedError("setting", layer="scale", setting="std", value="negative")
    try:
        return InputScale(_numbers(mean), _numbers(std), is_inverted)
    except ShapeError as error:
        raise RefusedError("not_finite", name="scale") from error


def _numbers(values: Reals) -> tuple[float, ...]:
    """As they were written, where a float32 stands for that; one where all are the same."""
    exact = [*map(float, values)]
    short = [float(f"{value:.6g}") for value in exact]
    made = [
        0.0 + less if abs(less - value) <= 3e-7 * max(1e-3, abs(value)) else value
        for less, value in zip(short, exact, strict=True)
    ]  # fmt: skip
    return tuple(made[:1]) if len(set(made)) == 1 else tuple(made)
