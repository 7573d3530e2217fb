"""What every kind of layer is: frozen, callable, able to say what an output cell is made from.

    conv = Conv2d("conv_1_1", kernel, bias)
    conv(x)                          # (10, 62, 62) from (3, 64, 64)
    conv.window(Cell(4, 0, 7))       # Window(channels=0..2, rows=0..2, cols=7..9)

Highlights, animations, formulas and receptive fields are all derived from ``window``, so that
they cannot disagree with each other or with the arithmetic.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, Self

from cnnscope.nn.ops import Array
from cnnscope.nn.shapes import Shape, ShapeError, expect, expect_shape

__all__ = [
    "Cell", "Draws", "Layer", "Shape", "ShapeError", "Take", "Window", "expect", "expect_map",
    "expect_shape", "one",
]  # fmt: skip

Draws = Literal["maps", "vector", "classes"]
"""What a layer's output is drawn as: nodes of maps, nothing by itself, or a column of classes."""

Take = Callable[[str], Array]
"""Gives a layer's array by its role (``kernel``, ``bias``) and counts it as used."""


class Cell(NamedTuple):
    """One value of an activation, zero-based; a vector's entry is a channel of 1x1."""

    channel: int
    row: int = 0
    col: int = 0


class Window(NamedTuple):
    """The input cells that are read. Rows and cols outside the input lie in the padding.

    With dilation the rows and cols are those read alone, so far apart.
    """

    channels: range
    rows: range
    cols: range


class Layer(Protocol):
    """A kind of layer, which says what it is; ``LAYERS`` has them all."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]  # its settings and parameters

    type_name: ClassVar[str]  # in a file of weights
    kind: ClassVar[str]  # in the page's texts, style sheets and links
    draws: ClassVar[Draws]
    is_channelwise: ClassVar[bool]  # whether a channel is made from that of its number alone
    ends_module: ClassVar[bool]  # whether the next layer begins another module
    settings: ClassVar[tuple[str, ...]]  # that its entry in a file of weights may have

    @property
    def name(self) -> str:
        """Its own name in the network."""

    @property
    def parameters(self) -> int:
        """How many numbers training sets."""

    @property
    def facts(self) -> Mapping[str, int]:
        """Numbers that a sentence about it may name."""

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], take: Take, shape: Shape) -> Self:
        """The layer that an entry of a weights file describes, for an input of ``shape``."""

    def __call__(self, x: Array) -> Array:
        """What it makes of its input."""

    def output_shape(self, shape: Shape) -> Shape:
        """Shape of the output for an input of ``shape``. Raises ShapeError."""

    def window(self, cell: Cell) -> Window:
        """The input cells that an output cell is made from."""

    def multiplications(self, shape: Shape) -> int:
        """How many products an input of ``shape`` needs. Raises ShapeError."""


def one(index: int) -> range:
    """The range that holds ``index`` alone."""
    return range(index, index + 1)


def expect_map(name: str, shape: Shape) -> None:
    """Raise ShapeError unless ``shape`` is (channels, rows, cols)."""
    expect(len(shape) == 3, f"{name} input", "(channels, rows, cols)", shape)
