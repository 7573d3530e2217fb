"""Arrow keys, Home, End, Page Up and Down: where they lead in the network and on a map."""

from cnnscope.drawing.geometry import clamp
from cnnscope.state.state import Node, Place, parse_node
from cnnscope.views.shared.field_mark import PICTURE
from cnnscope.views.shared.network_plan import Plan, neighbour

ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
"""Keys to (across, down)."""

PAGE_ROWS = 10  # that Page Up and Page Down move the cursor of a map

ENDS = {"Home": 0, "End": -1}
"""Keys to the first or the last of what they move in."""

LABEL = "label"
"""What the key of a column's label begins with."""


def label_key(layer: str) -> str:
    """Key of the label over a layer's column."""
    return f"{LABEL}/{layer}"


def cell_target(key: str, cell: Place, rows: int, cols: int) -> Place | None:
    """Where a pressed key moves the cursor of a map; None where it means nothing there."""
    row, col = cell
    across, down = ARROWS.get(key, (0, 0))
    match key:
        case "Home" | "End":
            col = 0 if key == "Home" else cols - 1
        case "PageUp" | "PageDown":
            down = PAGE_ROWS if key == "PageDown" else -PAGE_ROWS
        case _ if key not in ARROWS:
            return None
    return int(clamp(row + down, 0, rows - 1)), int(clamp(col + across, 0, cols - 1))


def key_target(plan: Plan, key: str, place: str) -> str | None:
    """What a pressed key moves the focus to, from a node, a label or the picture; None: nothing.

    The labels stand above the first nodes, the picture between its own and its channels; arrows
    lead there.
    """
    if place == PICTURE:
        return target_from_picture(plan, key)
    kind, _, layer = place.partition("/")
    if kind == LABEL and layer in plan.column_of:
        return target_from_label(plan, key, plan.column_of[layer].nodes[0])
    node = parse_node(place)
    if node is None or node not in plan.boxes:
        return None
    return target_from_node(plan, key, node)


def target_from_node(plan: Plan, key: str, node: Node) -> str | None:
    """What a pressed key moves the focus to from a node."""
    column = plan.column_of[node.layer]
    if key == "ArrowUp" and node == column.nodes[0]:
        return PICTURE if column.slots > column.total else label_key(node.layer)
    if key in ARROWS:
        return str(neighbour(plan, node, *ARROWS[key]))
    if key in ENDS:
        return str(plan.columns[ENDS[key]].nodes[ENDS[key]])
    return None


def target_from_picture(plan: Plan, key: str) -> str | None:
    """What a pressed key moves the focus to from the picture."""
    first = plan.columns[0].nodes[0]
    match key:
        case "ArrowUp":
            return label_key(first.layer)
        case "ArrowDown":
            return str(first)
        case "ArrowRight":
            middle = plan.picture.middle
            return str(min(plan.columns[1].nodes, key=lambda n: abs(plan.boxes[n].middle - middle)))
        case "Home" | "End":
            return target_from_node(plan, key, first)
        case _:
            return None


def target_from_label(plan: Plan, key: str, first: Node) -> str | None:
    """What a pressed key moves the focus to from the label over a column's first node."""
    if key in ENDS:
        return label_key(plan.columns[ENDS[key]].layer)
    if key not in ARROWS:
        return None
    across, down = ARROWS[key]
    if down > 0:
        column = plan.column_of[first.layer]
        return PICTURE if column.slots > column.total else str(first)
    return label_key(neighbour(plan, first, across, 0).layer)
