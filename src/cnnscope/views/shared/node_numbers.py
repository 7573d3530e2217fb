"""What the player asks of the numbers behind any node."""

from typing import Protocol

from cnnscope.drawing.timeline import Slide
from cnnscope.state.state import Node, Place


class NodeNumbers(Protocol):
    """The numbers behind a node whose output a window slides over."""

    @property
    def node(self) -> Node: ...  # noqa: D102
    @property
    def rows_cols(self) -> Place: ...  # noqa: D102
    def slide(self, pace: float) -> Slide: ...  # noqa: D102
    def place_over(self, row: int, col: int) -> Place: ...  # noqa: D102
