"""Tooltip of a node: its incoming links, its sources, its name and a value."""

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import DECIMALS_EXACT, RARE, below_one, number, one_in
from cnnscope.nn.input_scale import WHITE
from cnnscope.nn.network import INPUT
from cnnscope.state.state import Card, Node, Place
from cnnscope.state.tour import covered
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.shared.links import are_units, links_from, links_into, rings
from cnnscope.views.shared.model import Model, is_class, is_unit, node_title
from cnnscope.views.shared.network_plan import EDGE, READOUT_GAP, READOUT_HALF, READOUT_WIDTH
from cnnscope.views.shared.painting import pixels

PREFIX = "readout"
BELOW_NODE = 38  # px from a node to the middle of a read-out that has no room beside it


def readout() -> Element:
    """The read-out, hidden until something is pointed at."""
    return element(
        "div",
        {"class": "readout", "data-key": PREFIX, "hidden": True, "aria-hidden": "true"},
        element("strong", {"data-key": f"{PREFIX}.title"}),
        element("span", {"data-key": f"{PREFIX}.value"}),
        element("span", {"data-key": f"{PREFIX}.range"}),
    )


def pointing(model: Model) -> Pose:
    """Light up what the state points at; without a node, put the lights out."""
    lit = model.state.pointer.node
    match model.state.focus:
        case Card(node) if lit is None:
            lit = node
    if lit is None or lit not in model.plan.boxes:
        return {**{key: {"d": ""} for key in ("lit", "fed", "rings")}, PREFIX: {"hidden": True}}
    plan = model.plan
    return {
        "lit": {"d": links_into(plan, lit), "data-many": are_units(plan, plan.sources[lit])},
        "fed": {"d": links_from(plan, lit)},
        "rings": {"d": rings(plan, lit)},
        **described(model, lit),
    }


def described(model: Model, node: Node) -> dict[str, Attributes]:
    """The read-out of a node; hidden under the card, which says more."""
    match model.state.focus:
        case Card(about) if about == node:
            return {PREFIX: {"hidden": True}}
    if model.state.pointer.node is None:
        return {PREFIX: {"hidden": True}}
    is_covered, style = node in covered(model.state), readout_style(model, node)
    sides = {"data-class": is_class(model, node), "data-left": is_left(model, node)}
    return {
        PREFIX: {"hidden": False, "style": style, **sides},
        f"{PREFIX}.title": {"text": node_title(model, node)},
        f"{PREFIX}.value": {
            "text": model.text("tour.covered") if is_covered else value_line(model, node)
        },
        f"{PREFIX}.range": {"text": "" if is_covered else range_line(model, node)},
    }


def is_left(model: Model, node: Node) -> bool:
    """Whether the read-out of a unit ends left of it: right of it, it would lie on the classes."""
    plan = model.plan
    if model.detail is not None or not is_unit(model, node):
        return False
    right = plan.boxes[node].right + READOUT_GAP + READOUT_WIDTH
    return right > plan.column_box(plan.columns[-1].layer).x


def off_row(box: Box) -> float:
    """Vertical middle of a read-out over a node's row, or under it at the top.

    The unit that an activation is of stands in the same row.
    """
    over = box.y - READOUT_HALF
    return over if over > READOUT_HALF else box.bottom + READOUT_HALF


def readout_style(model: Model, node: Node) -> str:
    """Left, or the right edge if that ``is_left``, vertical middle and width of a read-out.

    It keeps off the enlarged map that it may be about.
    """
    plan, expansion, most = model.plan, model.detail, float(READOUT_WIDTH)
    x, y = plan.readout(node)
    if is_left(model, node):
        x, y = plan.boxes[node].x - READOUT_GAP, off_row(plan.boxes[node])
    elif expansion is not None:
        box = expansion.transforms[node.layer].box(plan.boxes[node])
        x, y = plan.readout_beside(box, is_class(model, node))
        match expansion:
            case ChannelwiseLayout(is_narrow=False, given=given) if box.right <= given.x:
                most = min(most, given.x - READOUT_GAP - EDGE)
                x, y = given.x - READOUT_GAP - most, box.bottom + BELOW_NODE
    return f"left:{rem(x)};top:{rem(y)};max-width:{rem(most)}"


def value_line(model: Model, node: Node) -> str:
    """The value of the cell that is pointed at, or of the class; empty where there is none."""
    if is_class(model, node):
        share = float(model.values(node))
        if share == 0:
            return model.text("readout.vanishing")
        if share < RARE:
            return model.text("readout.rare", many=one_in(share))
        return model.text("readout.probability", value=below_one(share))
    if is_unit(model, node):
        return number(float(model.values(node)), DECIMALS_EXACT)
    return (
        "" if model.state.pointer.cell is None else cell_line(model, node, model.state.pointer.cell)
    )


def cell_line(model: Model, node: Node, cell: Place) -> str:
    """The value of a cell of a map; rows and columns are counted from one, as channels are.

    Of the picture also its pixel, where the network does not read this as it is.
    """
    place = {"row": cell[0] + 1, "col": cell[1] + 1}
    value = number(float(model.values(node)[cell]), DECIMALS_EXACT)
    if node.layer == INPUT and not model.network.scale.is_plain:
        pixel = round(float(pixels(model)[node.channel][cell]) * WHITE)
        return model.text("readout.pixel", **place, pixel=pixel, value=value)
    return model.text("readout.cell", **place, value=value)


def range_line(model: Model, node: Node) -> str:
    """Lowest to highest value of a map; of a class, its rank."""
    if is_class(model, node):
        shares = model.trace[node.layer]
        rank = 1 + int((shares > shares[node.channel]).sum())
        return model.text("readout.rank", rank=rank, classes=len(shares))
    values = model.values(node)
    if is_unit(model, node):
        return ""
    return model.text("readout.range", low=number(values.min()), high=number(values.max()))
