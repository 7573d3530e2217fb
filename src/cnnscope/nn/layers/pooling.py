"""Pooling: what its kinds have in common, the settings of a window and their limits.

pooling("pool", size=3, stride=2, padding=1)     # Sliding(size=(3, 3), stride=(2, 2), ...)
over_all("pool", (64, 7, 7))                     # ((7, 7), (7, 7)): one window, the whole map
"""

from collections.abc import Mapping
from typing import Any

from cnnscope.nn.layers.base import Shape, expect, expect_map
from cnnscope.nn.sliding import Along, Around, Pair, Sliding


def pooling(
    name: str, size: Along, stride: Along, padding: Around, *, is_ceil: bool = False
) -> Sliding:
    """How a pooling's window slides. Raises ShapeError.

    There is no more padding than half a window, so that every window has values.
    """
    sliding = Sliding.of(name, size, stride, padding, is_ceil=is_ceil)
    for reach, padded in zip(sliding.size, sliding.padding, strict=True):
        most = reach // 2
        expect(max(padded) <= most, f"{name} padding", f"0 to {most}", max(padded))
    return sliding


def pooling_settings(entry: Mapping[str, Any]) -> tuple[Any, Any, Any, bool]:
    """Size, stride, padding and ``ceil_mode`` of a pooling's entry in a file of weights.

    Windows of 2 that touch, without padding, go without saying.
    """
    size = entry.get("size", 2)
    stride, padding = entry.get("stride", size), entry.get("padding", 0)
    return size, stride, padding, entry.get("ceil_mode", False)


def over_all(name: str, shape: Shape) -> tuple[Pair, Pair]:
    """Size and stride of a pooling of whole maps. Raises ShapeError."""
    expect_map(name, shape)
    _, rows, cols = shape
    return (rows, cols), (rows, cols)
