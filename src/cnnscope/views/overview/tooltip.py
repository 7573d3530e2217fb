"""What pointing at a node shows: its incoming links, its sources, its name and a value."""

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.scale import DECIMALS_EXACT, number
from cnnscope.state.state import Detail, Node, Place
from cnnscope.views.shared.context import Context, is_class, node_title
from cnnscope.views.shared.links import links_into, rings

PREFIX = "readout"


def readout() -> Element:
    """The read-out, hidden until something is pointed at."""
    return element(
        "div",
        {"class": "readout", "data-key": PREFIX, "hidden": True, "aria-hidden": "true"},
        element("strong", {"data-key": f"{PREFIX}.title"}),
        element("span", {"data-key": f"{PREFIX}.value"}),
        element("span", {"data-key": f"{PREFIX}.range"}),
    )


def pointing(context: Context) -> Pose:
    """Light up what the state points at; without a node, put the lights out."""
    lit = context.state.hover
    match context.state.focus:
        case Detail(node) if lit is None:
            lit = node
    if lit is None or lit not in context.plan.boxes:
        return {"lit": {"d": ""}, "rings": {"d": ""}, PREFIX: {"hidden": True}}
    plan = context.plan
    return {
        "lit": {"d": links_into(plan, lit)},
        "rings": {"d": rings(plan, (lit, *plan.sources[lit]))},
        **described(context, lit),
    }


def described(context: Context, node: Node) -> dict[str, Attributes]:
    """The read-out of a node; hidden under the card, which says more."""
    if context.state.hover is None or context.state.focus == Detail(node):
        return {PREFIX: {"hidden": True}}
    x, y = readout_place(context, node)
    return {
        PREFIX: {"hidden": False, "style": f"left:{x:.1f}px;top:{y:.1f}px"},
        f"{PREFIX}.title": {"text": node_title(context, node)},
        f"{PREFIX}.value": {"text": value_line(context, node)},
        f"{PREFIX}.range": {"text": range_line(context, node)},
    }


def readout_place(context: Context, node: Node) -> tuple[float, float]:
    """Left and vertical middle of a node's read-out, wherever the node stands now."""
    plan, expansion = context.plan, context.expansion
    if expansion is None:
        return plan.readout(node)
    box = expansion.transforms[node.layer].box(plan.boxes[node])
    return plan.readout_beside(box, is_class(context, node))


def value_line(context: Context, node: Node) -> str:
    """The value of the cell that is pointed at, or of the class; empty where there is none."""
    if is_class(context, node):
        value = number(float(context.values(node)), DECIMALS_EXACT)
        return context.text("readout.probability", value=value)
    return "" if context.state.cell is None else cell_line(context, node, context.state.cell)


def cell_line(context: Context, node: Node, cell: Place) -> str:
    """The value of a cell of a map; rows and columns are counted from one, as channels are."""
    value = number(float(context.values(node)[cell]), DECIMALS_EXACT)
    return context.text("readout.cell", row=cell[0] + 1, col=cell[1] + 1, value=value)


def range_line(context: Context, node: Node) -> str:
    """Lowest to highest value of a map; empty for a class."""
    if is_class(context, node):
        return ""
    values = context.values(node)
    return context.text("readout.range", low=number(values.min()), high=number(values.max()))
