"""The card about a column: what its layer does, in plain words, and where to go on from there.

plain(model, "relu_1_1")       # 'Keeps what is above zero ...'
"""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Element, element
from cnnscope.drawing.geometry import Box, clamp
from cnnscope.drawing.scale import count
from cnnscope.nn.network import INPUT, Network
from cnnscope.views.overview.card_place import placed_card, within
from cnnscope.views.overview.node_card import card_header, ending
from cnnscope.views.registry import section_of
from cnnscope.views.shared.article_link import about as about_section
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_plan import CARD_EDGE, LABELS, Plan
from cnnscope.views.shared.try_link import try_address

WIDTH = 340  # px
HEIGHT = 270  # px, at most


def layer_card(model: Model, layer: str) -> Element:
    """The dialog about a layer, under its column's heading."""
    title = layer_title(model, layer)
    name = model.text("layer.name", title=title, layer=layer)
    place = placed_card(below_heading(model.plan, layer))
    return element(
        "section",
        {"class": "card layer", "role": "dialog", "aria-label": name, "style": place},
        card_header(model, title, None),
        element("p", {"class": "about"}, plain(model, layer)),
        element("dl", {}, *layer_facts(model, layer)),
        element("div", {"class": "ways"}, *ways_on(model, layer)),
    )  # fmt: skip


def below_heading(plan: Plan, layer: str) -> Box:
    """The card's place: under the heading and about its middle, within the drawing."""
    first = plan.boxes[plan.column_of[layer].nodes[0]]
    x = clamp(first.centre - WIDTH / 2, CARD_EDGE, plan.width - WIDTH - CARD_EDGE)
    return within(plan, Box(x, LABELS, WIDTH, 0), HEIGHT)


def layer_title(model: Model, layer: str) -> str:
    """What kind of layer it is, in a word or two."""
    return model.text(f"layer.title.{model.plan.column_of[layer].kind}")


def plain(model: Model, layer: str) -> str:
    """In a sentence or two, what a layer does and what that is good for."""
    network = model.network
    channels, rows, cols = (*network.shapes[layer], 1, 1)[:3]
    size = {"channels": channels, "rows": rows, "cols": cols}
    own = {} if layer == INPUT else network.layer(layer).facts
    kind = model.plan.column_of[layer].kind
    variant = ending(model) if kind == "output" else ""
    return model.text(f"layer.plain.{kind}{variant}", **{**size, **own})


def layer_facts(model: Model, layer: str) -> Iterator[Element]:
    """Its name, what goes in and comes out, and how many numbers training has set in it."""
    text, learnt = model.text, learnt_in(model.network, model.plan, layer)
    yield fact(text("layer.called"), layer)
    yield fact(text("layer.shape"), shapes(model.network, model.plan, layer))
    if layer != INPUT:
        yield fact(text("layer.learnt"), count(learnt) if learnt else text("layer.learnt.none"))


def fact(term: str, value: str) -> Element:
    """A term and its value."""
    return element("div", {}, element("dt", {}, term), element("dd", LITERAL, value))


def before_column(plan: Plan, layer: str) -> str | None:
    """The layer whose nodes stand in the column before."""
    place = plan.columns.index(plan.column_of[layer])
    return plan.columns[place - 1].layer if place else None


def shapes(network: Network, plan: Plan, layer: str) -> str:
    """The shape of what goes in and of what comes out: ``64×64×3 → 62×62×10``."""
    names = (name for name in (before_column(plan, layer), layer) if name is not None)
    return " → ".join(written_shape(network.shapes[name]) for name in names)


def written_shape(shape: tuple[int, ...]) -> str:
    """A shape as the columns' headings write it, the channels last."""
    return "×".join(map(str, (*shape[1:], shape[0])))


def learnt_in(network: Network, plan: Plan, layer: str) -> int:
    """How many numbers training has set between the column before and a layer's own."""
    names = [each.name for each in network.layers]
    if layer == INPUT:
        return 0
    before = before_column(plan, layer)
    first = 0 if before in (None, INPUT) else names.index(str(before)) + 1
    return sum(each.parameters for each in network.layers[first : names.index(layer) + 1])


def ways_on(model: Model, layer: str) -> Iterator[Element]:
    """To the article about such layers, and to the playground set as this one is."""
    section = section_of(model.network, layer)
    if section is not None:
        name = about_section(model, section)
        yield element("a", {"href": f"#{section}", "title": name, "data-key": "card.more"},
                      model.text("layer.more"))  # fmt: skip
    address = try_address(model.network, layer)
    if address is not None:
        yield element("a", {"href": address, "data-key": "card.try"}, model.text("layer.try"))
