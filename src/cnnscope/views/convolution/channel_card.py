"""The card with one input channel's arithmetic: patch times kernel, products, their sum.

``arithmetic_card`` gives the structure, ``arithmetic_pose`` the numbers at the window.
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem, size_style
from cnnscope.nn.kernels import presets
from cnnscope.state.state import Node
from cnnscope.views.convolution.drawing import SECTION, stage_domain, window
from cnnscope.views.convolution.layout import CARD_WIDE, ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.shared.article_link import article_link
from cnnscope.views.shared.model import Model, canvas, colour_name, is_colour
from cnnscope.views.shared.painting import painted, ramp_of
from cnnscope.views.shared.sliding_window import (
    cell_mark,
    curtain,
    grounds,
    place_of,
    signed,
    window_style,
    written,
)

CARD = "arithmetic"
INPUT_MAP = "card.input"
CONTRIBUTION_MAP = "card.contribution"
MAP_SIDE = 136  # px, at most
MESSAGE = "card.message"


def arithmetic_card(
    model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout, channel: int
) -> Element:
    """The dialog about one input channel."""
    text = model.text
    title = card_title(model, numbers, channel)
    box = expansion.card
    return element(
        "section",
        {"class": "card arithmetic", "role": "dialog", "data-key": CARD,
         "data-wide": box.width >= CARD_WIDE, "data-sheet": expansion.is_sheet,
         "aria-label": title,
         "style": card_style(model, numbers, expansion)},
        element(
            "header", {},
            element("h2", {"data-key": "card.title"}, title),
            article_link(model, SECTION),
            *(
                element("button", {"type": "button", "class": "close", "data-on": "neighbour",
                                   "data-args": by, "data-key": f"card.{name}",
                                   "aria-label": text(f"card.{name}"),
                                   "title": text(f"card.{name}")}, sign)
                for name, by, sign in (("previous", "-1", "‹"), ("next", "1", "›"))
            ),
            element("button", {"type": "button", "class": "close", "data-on": "close",
                               "data-key": "card.close", "aria-label": text("card.close"),
                               "title": text("card.close")}, "×"),
        ),
        map_frame(model, numbers, INPUT_MAP, "input"),
        formula(model, numbers),
        map_frame(model, numbers, CONTRIBUTION_MAP, "contribution"),
        element("div", {"class": "side"},
                element("p", {"class": "adds-up", "data-key": "card.sum"}),
                preset_buttons(model, numbers),
                element("p", {"class": "message", "role": "alert", "data-key": MESSAGE})),
    )  # fmt: skip


def card_style(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> str:
    """Where the card stands, and where the window does in its maps."""
    box = expansion.card
    place = f"left:{rem(box.x)};top:{rem(box.y)};width:{rem(box.width)}"
    return f"{place};{window_style(model, numbers)}"


def card_title(model: Model, numbers: ConvNumbers, channel: int) -> str:
    """Which channel's contribution to which node it is."""
    source, node = Node(numbers.source, channel), numbers.node
    name = (
        colour_name(model, channel)
        if is_colour(model, source)
        else model.text("arithmetic.channel", channel=channel + 1)
    )
    return model.text(
        "arithmetic.title", source=source.layer, name=name, layer=node.layer,
        channel=node.channel + 1,
    )  # fmt: skip


def map_frame(model: Model, numbers: ConvNumbers, key: str, kind: str) -> Element:
    """A map with its window, to point at or to move over by arrow keys."""
    shape = numbers.inputs.shape[1:] if kind == "input" else numbers.rows_cols
    rows, cols = shape
    zoom = max(1, MAP_SIDE // max(numbers.inputs.shape[1:]))
    box = Box(0, 0, cols * zoom, rows * zoom)
    mark = window(numbers, box) if kind == "input" else cell_mark(numbers, box)
    return element(
        "figure", {"class": f"part part-{kind}"},
        element(
            "div",
            {"class": "map", "data-map": kind, "tabindex": 0, "data-key": key,
             "data-keys": True,
             "role": "application", "aria-roledescription": model.text("card.map.role"),
             "aria-label": model.text(f"arithmetic.{kind}.map", rows=rows, cols=cols),
             "style": size_style(box.width, box.height)},
            canvas(key, rows, cols),
            curtain(numbers, box) if kind == "contribution" else None,
            mark,
        ),
        element("figcaption", {}, model.text(f"arithmetic.{kind}")),
    )  # fmt: skip


def formula(model: Model, numbers: ConvNumbers) -> Element:
    """Patch times kernel is products, each in a grid as large as the kernel."""
    text = model.text
    rows, cols = numbers.kernels.shape[1:]
    positions = range(rows * cols)
    style = f"--cols:{cols}"
    return element(
        "div", {"class": "formula"},
        grid(text("arithmetic.patch"), style,
             [number_cell(f"card.patch/{i}") for i in positions]),
        element("span", {"class": "sign", "aria-label": text("arithmetic.times")}, "×"),
        grid(text("arithmetic.kernel"), style,
             [weight_cell(model, i, cols) for i in positions]),
        element("span", {"class": "sign", "aria-label": text("arithmetic.equals")}, "="),
        grid(text("arithmetic.products"), style,
             [number_cell(f"card.product/{i}") for i in positions]),
    )  # fmt: skip


def grid(caption: str, style: str, cells: Sequence[Element]) -> Element:
    """Cells in rows, with a name below them."""
    return element(
        "figure", {"class": "part"},
        element("div", {"class": "grid", "role": "group", "aria-label": caption, "style": style},
                *cells),
        element("figcaption", {"aria-hidden": "true"}, caption),
    )  # fmt: skip


def number_cell(key: str) -> Element:
    """A number on the colour of its value."""
    return element("span", {"class": "cell-number", "data-key": key, **LITERAL})


def weight_cell(model: Model, position: int, cols: int) -> Element:
    """A number of the kernel, to be changed."""
    name = model.text("arithmetic.weight", row=position // cols + 1, col=position % cols + 1)
    return element(
        "input",
        {"type": "text", "inputmode": "decimal", "class": "cell-number", "autocomplete": "off",
         "spellcheck": "false", "data-input": "weight", "data-args": str(position),
         "data-restores": True, "data-shift-nudges": True,
         "data-key": f"card.weight/{position}", "aria-label": name},
    )  # fmt: skip


def preset_buttons(model: Model, numbers: ConvNumbers) -> Element:
    """Kernels to put in at once, the trained one first."""
    text = model.text
    rows, cols = numbers.kernels.shape[1:]
    return element(
        "div", {"class": "presets", "role": "group", "aria-label": text("preset.name")},
        *(
            element("button", {"type": "button", "data-on": "preset", "data-args": name,
                               "data-key": f"card.preset/{name}"}, text(f"preset.{name}"))
            for name in ("trained", *presets(rows, cols))
        ),
    )  # fmt: skip


def arithmetic_paintings(
    model: Model, numbers: ConvNumbers, channel: int
) -> Iterator[tuple[str, Rgba]]:
    """The channel's map and what it contributes."""
    yield INPUT_MAP, painted(model, Node(numbers.source, channel))
    domain = stage_domain(model, numbers)
    yield CONTRIBUTION_MAP, ACTIVATION.paint(numbers.contributions[channel], domain)


def arithmetic_pose(model: Model, numbers: ConvNumbers, channel: int) -> Pose:
    """The numbers in the window, their products, and how these add up."""
    products = numbers.products_at(place_of(model), channel)
    source = Node(numbers.source, channel)
    given = ramp_of(model, source), model.domains[numbers.source]
    made = ACTIVATION, stage_domain(model, numbers)
    weights = WEIGHT, numbers.weight_domain
    assert isinstance(model.detail, ConvolutionLayout)
    style = card_style(model, numbers, model.detail)
    pose: dict[str, Attributes] = {CARD: {"style": style}}
    for i, (value, style) in enumerate(grounds(*given, products.patch)):
        pose[f"card.patch/{i}"] = {"text": value, "style": style}
    for i, (value, style) in enumerate(grounds(*weights, products.kernel)):
        pose[f"card.weight/{i}"] = {"value": value, "style": style}
    for i, (value, style) in enumerate(grounds(*made, products.sum.terms)):
        pose[f"card.product/{i}"] = {"text": value, "style": style}
    pose["card.sum"] = {"text": products_line(model, numbers, channel)}
    is_changed = any(
        edit.node == numbers.node and edit.source == channel for edit in model.state.edits
    )
    pose["card.preset/trained"] = {"aria-disabled": None if is_changed else "true"}
    return pose


def products_line(model: Model, numbers: ConvNumbers, channel: int) -> str:
    """How the products add up to the contribution."""
    added = numbers.products_at(place_of(model), channel).sum
    key = "arithmetic.sum.rounded" if added.rounding else "arithmetic.sum"
    return model.text(
        key,
        products=written(sum(added.terms)),
        rounding=signed(added.rounding),
        total=written(added.total),
        channel=channel + 1,
    )
