"""The card about one node: its map enlarged, or a class's way from logit to probability.

``card`` gives the structure, ``card_pose`` all that a picture or the cursor changes in it.
"""

from collections.abc import Iterable, Iterator, Mapping

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import DECIMALS, DECIMALS_EXACT, number, percent, proportion
from cnnscope.nn.classifier_head import dense_stage
from cnnscope.nn.layers import Conv2d, SigmoidClasses
from cnnscope.nn.network import INPUT
from cnnscope.state.state import Card, Node, Place
from cnnscope.views.overview.card_place import placed_card, within
from cnnscope.views.overview.nodes import bar_style
from cnnscope.views.overview.tooltip import cell_line
from cnnscope.views.registry import section_of
from cnnscope.views.shared.article_link import article_link
from cnnscope.views.shared.legend import legend_bar
from cnnscope.views.shared.model import (
    Model,
    canvas,
    colour_name,
    has_map,
    is_class,
    is_colour,
    is_unit,
    node_title,
)
from cnnscope.views.shared.network_columns import has_tile

MAP_SIDE = 260  # px, at most: the map is enlarged by a whole number, so that cells are square
MAP_CARD_HEIGHT = 474  # px
GREY_CARD_HEIGHT = 532  # px, with what leads from it to what changes the picture
PAINT = "card"
"""Key under which the enlarged map is painted."""


def card(model: Model, node: Node) -> Element:
    """The dialog about a node, beside it."""
    text = model.text
    title = node_title(model, node)
    body: Iterable[Element] = map_body(model, node) if has_map(model, node) else ()
    if is_class(model, node):
        body = class_body(model)
    return element(
        "section",
        {
            "class": "card",
            "role": "dialog",
            "aria-label": text("card.name", title=title),
            "style": placed_card(place(model, node)),
        },
        card_header(model, title, section_of(model.network, node.layer)),
        *body,
        element("dl", {}, *facts(model, node)),
        element("p", {"class": "about"}, about(model, node)),
        *ways_on(model, node),
    )  # fmt: skip


def place(model: Model, node: Node) -> Box:
    """The card's place: beside its node, and in the window."""
    height = GREY_CARD_HEIGHT if leads_on(model, node) else MAP_CARD_HEIGHT
    return within(model.plan, model.plan.card(node), height)


def card_header(model: Model, title: str, section: str | None) -> Element:
    """A card's title, the way to the article about such nodes, and the way out."""
    close = model.text("card.close")
    return element(
        "header",
        {},
        element("h2", {}, title),
        article_link(model, section) if section else None,
        element(
            "button",
            {"type": "button", "class": "close", "data-on": "close", "data-key": "card.close",
             "aria-label": close, "title": close},
            "×",
        ),
    )  # fmt: skip


def map_body(model: Model, node: Node) -> Iterator[Element]:
    """The map with its cursor, its legend and the value under the cursor."""
    _, rows, cols = model.network.shapes[node.layer]
    zoom = zoom_of(rows, cols)
    frame = f"width:{rem(cols * zoom)};height:{rem(rows * zoom)};--cell:{rem(zoom)}"
    yield element(
        "div",
        {"class": "map", "style": frame, "tabindex": 0, "data-key": "card.map",
         "data-keys": True,
         "role": "application", "aria-roledescription": model.text("card.map.role"),
         "data-map": str(node), "data-zoom": zoom,
         "aria-label": model.text("card.map", rows=rows, cols=cols)},
        canvas(PAINT, rows, cols),
        element("span", {"class": "cell", "data-key": "card.cell", "hidden": True}),
    )  # fmt: skip
    yield element("p", {"class": "value", "data-key": "card.value"})
    yield element(
        "div",
        {"class": "legend-with-mark"},
        element("span", {"class": "mark", "data-key": "card.mark", "hidden": True}),
        element("div", {"data-key": "card.legend"}, legend_bar(model, node)),
    )


def zoom_of(rows: int, cols: int) -> int:
    """Side of a cell of the enlarged map, px."""
    return max(1, MAP_SIDE // max(rows, cols))


def class_body(model: Model) -> Iterator[Element]:
    """A class's probability as a bar."""
    yield element("span", {"class": "bar bar-large"}, element("span", {"data-key": "card.bar"}))


def facts(model: Model, node: Node) -> Iterator[Element]:
    """Terms and values; the values are filled in by the pose."""
    for key in fact_values(model, node):
        term = element("dt", {}, model.text(f"card.{key}"))
        literal = {} if key == "rank" else LITERAL  # which is told in words
        value = element("dd", {"data-key": f"card.{key}", **literal})
        yield element("div", {}, term, value)


def fact_values(model: Model, node: Node) -> Mapping[str, str]:
    """The facts about a node, as written."""
    values = model.values(node)
    if is_class(model, node):
        logits = model.trace[before_softmax(model)]
        rank = 1 + int((logits > logits[node.channel]).sum())
        return {
            "probability": percent(float(values)),
            "logit": number(float(logits[node.channel])),
            "rank": model.text("card.rank.value", rank=rank, classes=len(logits)),
        }
    if is_unit(model, node):
        return {"value": number(float(values), DECIMALS_EXACT)}
    return {
        "lowest": number(values.min()),
        "highest": number(values.max()),
        "mean": number(values.mean()),
        "zeros": proportion(int((values == 0).sum()), values.size),
    }


def before_softmax(model: Model) -> str:
    """Name of the layer that gives the logits: the one before the last."""
    return model.network.layers[-2].name


def about(model: Model, node: Node) -> str:
    """In a sentence, what a node's layer computes."""
    text = model.text
    if node.layer == INPUT:
        return about_input(model, node)
    layer = model.network.layer(node.layer)
    if isinstance(layer, Conv2d):
        return about_convolution(model, layer)
    if is_class(model, node):
        return text(f"card.about.output{ending(model)}", **layer.facts)
    variant = ".unit" if is_unit(model, node) and layer.is_channelwise else ""
    if layer.kind == "relu" and not model.state.relu:
        variant = ".without"
    return text(f"card.about.{layer.kind}{variant}", **layer.facts)


def about_convolution(model: Model, layer: Conv2d) -> str:
    """In a sentence, what a node of a convolution reads, and whether a bias is added."""
    read = layer.kernel.shape[1]
    which = ".one" if read == 1 else "" if layer.groups == 1 else ".some"
    bias = "" if layer.has_bias else ".unbiased"
    return model.text(f"card.about.conv{which}{bias}", **layer.facts)


def ending(model: Model) -> str:
    """What a logit is made of, as the key of a sentence tells it: of maps, if nothing else."""
    last = model.network.layers[-1]
    stage = dense_stage(model.network, last.name)
    if isinstance(last, SigmoidClasses):
        return ".single"
    if stage is None:
        return ".cells"
    return "" if stage.flatten is not None else ".units"


def about_input(model: Model, node: Node) -> str:
    """In a sentence, what a channel of the picture holds; black and white as they are read."""
    low, high = model.network.scale.bounds(node.channel)
    if model.network.scale.is_inverted:
        low, high = high, low
    ends = {"low": short(low), "high": short(high)}
    if is_colour(model, node):
        return model.text("card.about.input", colour=colour_name(model, node.channel), **ends)
    return model.text("card.about.grey", **ends)


def short(value: float) -> str:
    """A bound of a scale, without decimals where it has none."""
    return number(value, 0 if value.is_integer() else DECIMALS)


def ways_on(model: Model, node: Node) -> Iterator[Element]:
    """From the one channel of a picture to what it can be changed with, as it has no tile."""
    if leads_on(model, node):
        yield element("p", {"class": "ways"},
                      element("button", {"type": "button", "data-on": "original",
                                         "data-key": "card.change"},
                              model.text("card.change")))  # fmt: skip


def leads_on(model: Model, node: Node) -> bool:
    """Whether a node is the one channel of a picture."""
    return node.layer == INPUT and not has_tile(model.network)


def card_cell(model: Model) -> Place | None:
    """The cell of the enlarged map where its cursor stands."""
    return model.state.focus.cell if isinstance(model.state.focus, Card) else None


def card_pose(model: Model, node: Node) -> Pose:
    """All in the card that depends on the picture or on the cursor."""
    pose: dict[str, Attributes] = {
        f"card.{key}": {"text": value} for key, value in fact_values(model, node).items()
    }
    if is_class(model, node):
        pose["card.bar"] = {"style": bar_style(float(model.values(node)))}
    if not has_map(model, node):
        return pose
    _, rows, cols = model.network.shapes[node.layer]
    zoom = zoom_of(rows, cols)
    cell = card_cell(model)
    if cell is None:
        pose["card.value"] = {"text": model.text("card.point")}
        pose["card.cell"] = pose["card.mark"] = {"hidden": True}
        return pose
    row, col = cell
    pose["card.value"] = {"text": cell_line(model, node, (row, col))}
    pose["card.cell"] = {"hidden": False, "style": f"left:{rem(col * zoom)};top:{rem(row * zoom)}"}
    domain = model.domains[node.layer]
    share = (float(model.values(node)[row, col]) - domain.low) / (domain.high - domain.low)
    pose["card.mark"] = {"hidden": False, "style": f"left:{100 * share:.2f}%"}
    return pose
