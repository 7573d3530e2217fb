"""The card about one node: its map enlarged, or a class's way from logit to probability.

``card`` gives the structure, ``card_pose`` all that a picture or the cursor changes in it.
"""

from collections.abc import Iterator, Mapping

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import number, percent
from cnnscope.nn.classifier_head import classifier_head
from cnnscope.nn.network import INPUT
from cnnscope.state.state import Node
from cnnscope.views.overview.drawing import bar_style
from cnnscope.views.overview.tooltip import cell_line
from cnnscope.views.shared.article_link import info_link
from cnnscope.views.shared.context import (
    Context,
    canvas,
    colour_name,
    is_class,
    is_colour,
    node_title,
)
from cnnscope.views.shared.legend import legend_bar

MAP_SIDE = 260  # px, at most: the map is enlarged by a whole number, so that cells are square
PAINT = "card"
"""Key under which the enlarged map is painted."""


def card(context: Context, node: Node) -> Element:
    """The dialog about a node, beside it."""
    text = context.text
    title = node_title(context, node)
    body = class_body(context) if is_class(context, node) else map_body(context, node)
    return element(
        "section",
        {
            "class": "card",
            "role": "dialog",
            "aria-label": text("card.name", title=title),
            "style": placed_card(context.plan.card(node)),
        },
        card_header(context, title, context.plan.column_of[node.layer].kind),
        *body,
        element("dl", {}, *facts(context, node)),
        element("p", {"class": "about"}, about(context, node)),
        *unexplained(context, node),
    )  # fmt: skip


def card_header(context: Context, title: str, kind: str) -> Element:
    """A card's title, the way to the article about such nodes, and the way out."""
    close = context.text("card.close")
    return element(
        "header",
        {},
        element("h2", {}, title),
        info_link(context, kind),
        element(
            "button",
            {"type": "button", "class": "close", "data-on": "close", "data-key": "card.close",
             "aria-label": close, "title": close},
            "×",
        ),
    )  # fmt: skip


def placed_card(box: Box) -> str:
    """Where the card begins and how wide it is; its text decides how high it is."""
    return f"left:{box.x:.2f}px;top:{box.y:.2f}px;width:{box.width:.2f}px"


def map_body(context: Context, node: Node) -> Iterator[Element]:
    """The map with its cursor, its legend and the value under the cursor."""
    _, rows, cols = context.network.shapes[node.layer]
    zoom = zoom_of(rows, cols)
    frame = f"width:{cols * zoom}px;height:{rows * zoom}px;--cell:{zoom}px"
    yield element(
        "div",
        {"class": "map", "style": frame, "tabindex": 0, "data-key": "card.map",
         "role": "application", "aria-roledescription": context.text("card.map.role"),
         "data-map": str(node), "data-zoom": zoom,
         "aria-label": context.text("card.map", rows=rows, cols=cols)},
        canvas(PAINT, rows, cols),
        element("span", {"class": "cell", "data-key": "card.cell", "hidden": True}),
    )  # fmt: skip
    yield element("p", {"class": "value", "data-key": "card.value"})
    yield element(
        "div",
        {"class": "legend-with-mark"},
        element("span", {"class": "mark", "data-key": "card.mark", "hidden": True}),
        element("div", {"data-key": "card.legend"}, legend_bar(context, node)),
    )


def zoom_of(rows: int, cols: int) -> int:
    """Side of a cell of the enlarged map, px."""
    return max(1, MAP_SIDE // max(rows, cols))


def class_body(context: Context) -> Iterator[Element]:
    """A class's probability as a bar."""
    yield element("span", {"class": "bar bar-large"}, element("span", {"data-key": "card.bar"}))


def facts(context: Context, node: Node) -> Iterator[Element]:
    """Terms and values; the values are filled in by the pose."""
    for key in fact_values(context, node):
        term = element("dt", {}, context.text(f"card.{key}"))
        value = element("dd", {"data-key": f"card.{key}"})
        yield element("div", {}, term, value)


def fact_values(context: Context, node: Node) -> Mapping[str, str]:
    """The facts about a node, as written."""
    values = context.values(node)
    if is_class(context, node):
        logits = context.trace[before_softmax(context)]
        rank = 1 + int((logits > logits[node.channel]).sum())
        return {
            "probability": percent(float(values)),
            "logit": number(float(logits[node.channel])),
            "rank": context.text("card.rank.value", rank=rank, classes=len(logits)),
        }
    return {
        "lowest": number(values.min()),
        "highest": number(values.max()),
        "mean": number(values.mean()),
        "zeros": percent(float((values == 0).mean())),
    }


def before_softmax(context: Context) -> str:
    """Name of the layer that gives the logits: the one before the last."""
    return context.network.layers[-2].name


def about(context: Context, node: Node) -> str:
    """In a sentence, what a node's layer computes."""
    text = context.text
    if is_colour(context, node):
        return text("card.about.input", colour=colour_name(context, node.channel))
    if node.layer == INPUT:
        return text("card.about.grey")
    layer = context.network.layer(node.layer)
    return text(f"card.about.{layer.kind}", **layer.facts)


def unexplained(context: Context, node: Node) -> Iterator[Element]:
    """That a class's logit cannot be explained, where hidden dense layers stand before it."""
    if is_class(context, node) and classifier_head(context.network) is None:
        yield element("p", {"class": "about"}, context.text("card.about.hidden"))


def card_pose(context: Context, node: Node) -> Pose:
    """All in the card that depends on the picture or on the cursor."""
    pose: dict[str, Attributes] = {
        f"card.{key}": {"text": value} for key, value in fact_values(context, node).items()
    }
    if is_class(context, node):
        pose["card.bar"] = {"style": bar_style(float(context.values(node)))}
        return pose
    _, rows, cols = context.network.shapes[node.layer]
    zoom = zoom_of(rows, cols)
    if context.state.map_cell is None:
        pose["card.value"] = {"text": context.text("card.point")}
        pose["card.cell"] = pose["card.mark"] = {"hidden": True}
        return pose
    row, col = context.state.map_cell
    pose["card.value"] = {"text": cell_line(context, node, (row, col))}
    pose["card.cell"] = {"hidden": False, "style": f"left:{col * zoom}px;top:{row * zoom}px"}
    domain = context.domains[node.layer]
    share = (float(context.values(node)[row, col]) - domain.low) / (domain.high - domain.low)
    pose["card.mark"] = {"hidden": False, "style": f"left:{100 * share:.2f}%"}
    return pose
