"""Convolution in two dimensions: kernels over all input channels, or a group, and a bias."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np

from cnnscope.nn import ops
from cnnscope.nn.layers.base import (
    Cell,
    Draws,
    Shape,
    Take,
    Window,
    expect,
    expect_map,
    expect_shape,
)
from cnnscope.nn.ops import Array
from cnnscope.nn.sliding import Pair, Sides, Sliding


@dataclass(frozen=True, eq=False)
class Conv2d:
    """Cross-correlation and a bias: (in, h, w) -> (out, out_h, out_w).

    Stride, padding and dilation may be given as one number, or one for each axis; padding also as
    ((top, bottom), (left, right)). The fields always hold the longest form. With ``groups`` each
    part of the output channels reads the part of the input channels of its number: a depthwise
    convolution has as many groups as input channels. Source: PyTorch's ``torch.nn.Conv2d``.
    """

    type_name: ClassVar[str] = "conv2d"
    kind: ClassVar[str] = "conv"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = False
    ends_module: ClassVar[bool] = False
    settings: ClassVar[tuple[str, ...]] = ("stride", "padding", "dilation", "groups", "bias")

    name: str
    kernel: Array  # (out, in / groups, kh, kw)
    bias: Array  # (out,)
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)
    groups: int = 1
    has_bias: bool = field(default=True, kw_only=True)  # or the bias is zeros, and not trained

    def __post_init__(self) -> None:
        """Check the parameters against each other. Raises ShapeError."""
        expect(self.kernel.ndim == 4, f"{self.name} kernel", "4 axes", self.kernel.shape)
        expect_shape(f"{self.name} bias", self.kernel.shape[:1], self.bias.shape)
        out, groups = len(self.kernel), self.groups
        divides = groups >= 1 and out % groups == 0
        expect(divides, f"{self.name} groups", f"a divisor of {out}", groups)
        for role in ("stride", "padding", "dilation"):
            object.__setattr__(self, role, getattr(self.sliding, role))

    @cached_property
    def sliding(self) -> Sliding:
        """How the kernel slides."""
        size = self.kernel.shape[2:]
        return Sliding.of(self.name, size, self.stride, self.padding, self.dilation)

    def __call__(self, x: Array) -> Array:
        """Convolve and add the bias of each output channel."""
        settings = self.stride, self.padding, self.dilation, self.groups
        return ops.conv2d(x, self.kernel, *settings) + self.bias[:, None, None]

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        out, read, kh, kw = self.kernel.shape
        groups = self.groups
        divides = shape[0] % groups == 0
        expect(divides, f"{self.name} input", f"channels in {groups} equal groups", shape[0])
        expect_shape(f"{self.name} kernel", (out, shape[0] // groups, kh, kw), (out, read, kh, kw))
        self.sliding.expect_fits(self.name, shape[1:])
        return out, *self.sliding.count(shape[1:])

    def sources(self, channel: int) -> range:
        """The input channels that an output channel reads: all, or those of its group."""
        out, read = self.kernel.shape[:2]
        first = channel // (out // self.groups) * read
        return range(first, first + read)

    def contributions(self, x: Array, channel: int) -> Array:
        """What each channel that is read adds to an output channel: (in, h, w) -> (read, oh, ow).

        Their sum and the bias are the output.
        """
        kernel, settings = self.kernel[channel], (self.stride, self.padding, self.dilation)
        return ops.conv2d_channels(self.read(x, channel), kernel, *settings)

    def read(self, x: Array, channel: int) -> Array:
        """The input channels that an output channel reads: (in, h, w) -> (read, h, w)."""
        sources = self.sources(channel)
        return x[sources.start : sources.stop]

    def patch(self, x: Array, cell: Cell) -> Array:
        """The input values under the kernel for ``cell``, zeros in the padding: (read, kh, kw)."""
        _, rows, cols = self.window(cell)
        return ops.patch(self.read(x, cell.channel), rows, cols)

    def window(self, cell: Cell) -> Window:
        """The patch of every input channel that the kernel covers for ``cell``."""
        return Window(self.sources(cell.channel), *self.sliding.read((cell.row, cell.col)))

    def multiplications(self, shape: Shape) -> int:
        """How many products an input of ``shape`` needs: a kernel for each output cell."""
        _, rows, cols = self.output_shape(shape)
        return rows * cols * self.kernel.size

    @property
    def parameters(self) -> int:
        """How many numbers training sets."""
        return self.kernel.size + (self.bias.size if self.has_bias else 0)

    @property
    def facts(self) -> Mapping[str, int]:
        """The kernel's rows and columns, and how many maps it reads."""
        return {
            "rows": self.kernel.shape[2], "cols": self.kernel.shape[3],
            "sources": self.kernel.shape[1],
        }  # fmt: skip

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A convolution; stride 1, padding 0, all channels and a bias go without saying."""
        kernel, has_bias = take("kernel"), entry.get("bias", True)
        bias = take("bias") if has_bias else np.zeros(len(kernel), np.float32)
        return cls(
            entry["name"], kernel, bias, entry.get("stride", 1), entry.get("padding", 0),
            entry.get("dilation", 1), entry.get("groups", 1), has_bias=has_bias,
        )  # fmt: skip
