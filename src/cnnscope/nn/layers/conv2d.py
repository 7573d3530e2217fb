"""Convolution in two dimensions: kernels over all input channels, and a bias."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

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


@dataclass(frozen=True, eq=False)
class Conv2d:
    """Cross-correlation and a bias: (in, h, w) -> (out, out_h, out_w)."""

    type_name: ClassVar[str] = "conv2d"
    kind: ClassVar[str] = "conv"
    draws: ClassVar[Draws] = "maps"
    is_channelwise: ClassVar[bool] = False
    ends_module: ClassVar[bool] = False

    name: str
    kernel: Array  # (out, in, kh, kw)
    bias: Array  # (out,)
    stride: int = 1
    padding: int = 0

    def __post_init__(self) -> None:
        """Check the parameters against each other. Raises ShapeError."""
        expect(self.kernel.ndim == 4, f"{self.name} kernel", "4 axes", self.kernel.shape)
        expect_shape(f"{self.name} bias", self.kernel.shape[:1], self.bias.shape)
        expect(self.stride >= 1, f"{self.name} stride", "at least 1", self.stride)
        expect(self.padding >= 0, f"{self.name} padding", "at least 0", self.padding)

    def __call__(self, x: Array) -> Array:
        """Convolve and add the bias of each output channel."""
        return ops.conv2d(x, self.kernel, self.stride, self.padding) + self.bias[:, None, None]

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""
        expect_map(self.name, shape)
        out, channels, kh, kw = self.kernel.shape
        expect_shape(f"{self.name} kernel", (out, shape[0], kh, kw), (out, channels, kh, kw))
        rows, cols = (n + 2 * self.padding for n in shape[1:])
        fits = rows >= kh and cols >= kw
        expect(fits, f"{self.name} input", f"at least {kh}x{kw} with padding", (rows, cols))
        return out, (rows - kh) // self.stride + 1, (cols - kw) // self.stride + 1

    def contributions(self, x: Array, channel: int) -> Array:
        """What each input channel adds to an output channel: (in, h, w) -> (in, oh, ow).

        Their sum and the bias are the output.
        """
        return ops.conv2d_channels(x, self.kernel[channel], self.stride, self.padding)

    def patch(self, x: Array, cell: Cell) -> Array:
        """The input values under the kernel for ``cell``, zeros in the padding: (in, kh, kw)."""
        _, rows, cols = self.window(cell)
        x = ops.padded(x, self.padding)
        top, left = rows.start + self.padding, cols.start + self.padding
        return x[:, top : top + len(rows), left : left + len(cols)]

    def window(self, cell: Cell) -> Window:
        """The patch of every input channel that the kernel covers for ``cell``."""
        _, channels, kh, kw = self.kernel.shape
        top = cell.row * self.stride - self.padding
        left = cell.col * self.stride - self.padding
        return Window(range(channels), range(top, top + kh), range(left, left + kw))

    @property
    def parameters(self) -> int:
        """How many numbers training sets."""
        return self.kernel.size + self.bias.size

    @property
    def facts(self) -> Mapping[str, int]:
        """The kernel's rows and columns, and how many maps it reads."""
        return {
            "rows": self.kernel.shape[2], "cols": self.kernel.shape[3],
            "sources": self.kernel.shape[1],
        }  # fmt: skip

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """A convolution; stride 1 and padding 0 go without saying."""
        stride, padding = entry.get("stride", 1), entry.get("padding", 0)
        return cls(entry["name"], take("kernel"), take("bias"), stride, padding)
