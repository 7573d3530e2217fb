"""The tool in hand: the brush, or nothing, which moves the grey patch.

tool = Tool(brush="r")
tool.at((20, 14))     # its cursor there
"""

from dataclasses import dataclass, replace

from cnnscope.state.state import Place

SIZES = (2, 5, 10)
"""How many cells the brush can be wide."""


@dataclass(frozen=True)
class Tool:
    """What the pointer and the keys do on the picture."""

    brush: str | None = None  # its colour, or the eraser; None moves the patch
    size: int = SIZES[1]
    cursor: Place | None = None  # the cell that the brush is on

    def at(self, place: Place | None) -> "Tool":
        """The tool on a cell."""
        return replace(self, cursor=place)

    def taken(self, brush: str) -> "Tool":
        """The brush in another colour; the one in hand is put down."""
        return replace(self, brush=None if brush == self.brush else brush)
