"""Numbers of a sum of units: those of any weighted sum, each unit a map of one cell.

numbers = explain(network, trace, Node("output", 3))
marked_unit(model, numbers)      # 11: at first that which adds most
"""

from cnnscope.nn.classifier_head import dense_stage
from cnnscope.nn.network import Network
from cnnscope.state.state import Node, Place
from cnnscope.state.views import ViewFacts
from cnnscope.views.map_contributions.numbers import (
    LogitNumbers,
    all_of,
    explain,
    facts_of_parts,
    marked_map,
    waterfall,
    weighed,
)
from cnnscope.views.shared.model import Model

__all__ = ["LogitNumbers", "all_of", "explain", "facts", "marked_map", "marked_unit", "place_in",
           "unit_of_cell", "waterfall", "weighed"]  # fmt: skip


def facts(network: Network, node: Node) -> ViewFacts | None:
    """What a state must know of the view; None where no single numbers are weighed."""
    head = dense_stage(network, node.layer)
    return None if head is None or head.weighs_maps else facts_of_parts(network, node)


def marked_unit(model: Model, numbers: LogitNumbers) -> int | None:
    """The unit that is marked, whether it is listed or not; None where several are."""
    marked = model.explained.marked_map
    if marked is None:
        return waterfall(weighed(model, numbers))[0].channel
    return marked if marked < all_of(numbers) else None


def place_in(grid: Place, unit: int) -> Place:
    """Row and column of a unit's cell: the next is below it, as in the network's column."""
    col, row = divmod(unit, grid[0])
    return row, col


def unit_of_cell(numbers: LogitNumbers, grid: Place, row: int, col: int) -> int | None:
    """The unit of a cell; None of one that is empty."""
    unit = col * grid[0] + row
    return unit if unit < all_of(numbers) else None
