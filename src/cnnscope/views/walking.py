"""Where keys move the focus in the network: one grid of labels over columns of nodes."""

from cnnscope.layout import Plan, neighbour
from cnnscope.state import Node, parse_node

ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
"""Keys to (across, down)."""

LABEL = "label"
"""What the key of a column's label begins with."""


def label_key(layer: str) -> str:
    """Key of the label over a layer's column."""
    return f"{LABEL}/{layer}"


def reached(plan: Plan, key: str, place: str) -> str | None:
    """What a pressed key moves the focus to, from a node or a label; None where to nothing.

    The labels stand above the first nodes, and arrows lead there.
    """
    kind, _, layer = place.partition("/")
    if kind == LABEL and layer in plan.column_of and key in ARROWS:
        first = plan.column_of[layer].nodes[0]
        across, down = ARROWS[key]
        return str(first) if down > 0 else label_key(neighbour(plan, first, across, 0).layer)
    node = parse_node(place)
    if node is None or node not in plan.boxes:
        return None
    return reached_from_node(plan, key, node)


def reached_from_node(plan: Plan, key: str, node: Node) -> str | None:
    """What a pressed key moves the focus to from a node."""
    if key == "ArrowUp" and node.channel == 0:
        return label_key(node.layer)
    if key in ARROWS:
        return str(neighbour(plan, node, *ARROWS[key]))
    if key in ("Home", "End"):
        return str(plan.columns[0 if key == "Home" else -1].nodes[0])
    return None
