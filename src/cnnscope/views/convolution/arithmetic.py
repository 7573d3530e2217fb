"""The arithmetic of one input channel: window times kernel, products, their sum.

It is docked below the result, or in a sheet on a phone. ``formula`` and the other parts give the
structure, ``arithmetic_pose`` the numbers at the window.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Ramp, Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import size_style
from cnnscope.drawing.rounding import thousandths
from cnnscope.drawing.scale import Domain
from cnnscope.nn.kernels import presets
from cnnscope.nn.layers import Conv2d
from cnnscope.state.state import Explained, Node
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.convolution.scales import contribution_domain
from cnnscope.views.convolution.window_marks import kernel_window, margins, padding_rim
from cnnscope.views.shared.model import Model, canvas, colour_name, is_colour
from cnnscope.views.shared.painting import painted, ramp_of
from cnnscope.views.shared.sliding_window import (
    equality,
    grounds,
    merged,
    place_of,
    signed,
    written,
)

INPUT_MAP = "card.input"
TITLE = "card.title"
MESSAGE = "card.message"
SUM = "card.sum"
EXACT = "card.rounding"
LONG = 6  # signs of a number that a cell has room for: ``−0.136``
CHOICE = "preset"
PRESET = "card.preset"
TRAINED = "trained"
CHANGED = "changed"


def shown_channel(model: Model) -> int | None:
    """The input channel whose arithmetic is shown, or None where that is asked for first.

    It is the one chosen; else the one whose kernel was changed last; else the one that contributes
    most at the window, or in all of the map while the window slides, so that it stays the same on
    the way.
    """
    match model.state.focus, model.detail:
        case Explained(channel=int(channel)), ConvolutionLayout():
            return channel
        case Explained(node, sweep=sweep), ConvolutionLayout(dock=dock) if dock is not None:
            if changed := changed_sources(model, node):
                return changed[-1]
            numbers: ConvNumbers = model.numbers
            return numbers.strongest(None if sweep.playing else place_of(model))
        case _:
            return None


def changed_sources(model: Model, node: Node) -> tuple[int, ...]:
    """The input channels whose kernels of a node were changed, the last one last."""
    return tuple(edit.source for edit in model.state.edits if edit.node == node)


def has_dock(model: Model) -> bool:
    """Whether the arithmetic is always there."""
    return isinstance(model.detail, ConvolutionLayout) and model.detail.dock is not None


def arithmetic_head(model: Model, numbers: ConvNumbers, channel: int) -> str:
    """Whose contribution it is, where the node that it is for stands beside it."""
    source = numbers.source_node(channel)
    return model.text("arithmetic.head", source=source.layer, name=channel_name(model, source))


def channel_name(model: Model, source: Node) -> str:
    """An input channel by its colour or its number."""
    if is_colour(model, source):
        return colour_name(model, source.channel)
    return model.text("arithmetic.channel", channel=source.channel + 1)


def arithmetic_title(model: Model, numbers: ConvNumbers, channel: int) -> str:
    """Which channel's contribution to which node it is."""
    source, node = numbers.source_node(channel), numbers.node
    name = channel_name(model, source)
    return model.text(
        "arithmetic.title", source=source.layer, name=name, layer=node.layer,
        channel=node.channel + 1,
    )  # fmt: skip


def grid(caption: str, kind: str, numbers: ConvNumbers, cells: Sequence[Element]) -> Element:
    """Cells in rows, with a name below them; of many, each is a colour and tells its number."""
    style = f"--cols:{numbers.kernels.shape[2]}"
    return element(
        "figure", {"class": f"part part-{kind}"},
        element("div", {"class": "grid", "role": "group", "aria-label": caption, "style": style,
                        "data-coloured": numbers.is_coloured},
                *cells),
        element("figcaption", {"aria-hidden": "true"}, caption),
    )  # fmt: skip


def patch_grid(model: Model, numbers: ConvNumbers) -> Element:
    """The input in the window."""
    cells = [number_cell(f"card.patch/{i}") for i in range(count(numbers))]
    return grid(model.text("arithmetic.patch"), "patch", numbers, cells)


def kernel_grid(model: Model, numbers: ConvNumbers) -> Element:
    """The kernel, to be changed."""
    cols = numbers.kernels.shape[2]
    cells = [weight_cell(model, i, cols) for i in range(count(numbers))]
    return grid(model.text("arithmetic.kernel"), "kernel", numbers, cells)


def product_grid(model: Model, numbers: ConvNumbers) -> Element:
    """What the kernel makes of the window, each by each."""
    cols = numbers.kernels.shape[2]
    cells = [
        number_cell(f"card.product/{i}", f"--right:{cols - i % cols};--up:{i // cols}")
        for i in range(count(numbers))
    ]
    return grid(model.text("arithmetic.products"), "products", numbers, cells)


def count(numbers: ConvNumbers) -> int:
    """How many numbers a kernel has."""
    rows, cols = numbers.kernels.shape[1:]
    return int(rows * cols)


def sign(model: Model, name: str, mark: str) -> Element:
    """A sign between grids."""
    label = model.text(f"arithmetic.{name}")
    return element("span", {"class": f"sign sign-{name}", "role": "img", "aria-label": label}, mark)


def number_cell(key: str, style: str = "") -> Element:
    """A number on the colour of its value."""
    number = element("span", {"class": "cell-number", "data-key": key, **LITERAL})
    return element("span", {"class": "multiplied", "style": style}, number) if style else number


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


def adds_up(model: Model) -> Element:
    """What the products add up to, and what is said of the kernel."""
    return element(
        "div", {"class": "adds-up"},
        element("strong", {"data-key": SUM, **LITERAL}),
        element("span", {}, model.text("arithmetic.sum")),
        element("small", {"data-key": EXACT}),
    )  # fmt: skip


def preset_choice(model: Model, numbers: ConvNumbers) -> Element:
    """Kernels to put in at once, the trained one first."""
    text = model.text
    known = presets(*numbers.kernels.shape[1:])
    names = (TRAINED, *(known if count(numbers) > 1 else [next(iter(known))]))  # all of 1 are alike
    return element(
        "label", {"class": "presets"},
        element("span", {}, text("preset.name")),
        element(
            "select", {"data-input": CHOICE, "data-key": PRESET},
            *(element("option", {"value": name}, text(f"preset.{name}")) for name in names),
            element("option", {"value": CHANGED, "disabled": True}, text("preset.changed")),
        ),
    )  # fmt: skip


def preset_shown(model: Model, numbers: ConvNumbers, channel: int) -> str:
    """Which of the known kernels a channel has."""
    kernel = numbers.kernels[channel]
    trained = model.trained.layer(numbers.node.layer)
    assert isinstance(trained, Conv2d)
    if np.array_equal(kernel, trained.kernel[numbers.node.channel, channel]):
        return TRAINED
    known = presets(*kernel.shape).items()
    return next((name for name, each in known if np.array_equal(kernel, each)), CHANGED)


def input_map(model: Model, numbers: ConvNumbers, box: Box) -> Element:
    """The channel's map with the window, to point at or to move over by arrow keys.

    Around it is room for its padding.
    """
    _, rows, cols = numbers.inputs.shape
    inner = Box(0, 0, box.width, box.height)
    return element(
        "div",
        {"class": "map", "data-map": "input", "tabindex": 0, "data-key": INPUT_MAP,
         "data-keys": True, "role": "application",
         "aria-roledescription": model.text("card.map.role"),
         "aria-label": model.text("arithmetic.input.map", rows=rows, cols=cols),
         "style": size_style(box.width, box.height) + margins(numbers, box)},
        canvas(INPUT_MAP, rows, cols),
        padding_rim(numbers, inner),
        kernel_window(numbers, inner),
    )  # fmt: skip


def turns(model: Model) -> Iterator[Element]:
    """To the channels before and after."""
    for name, by, mark in (("previous", "-1", "‹"), ("next", "1", "›")):
        yield card_button(model, name, mark, {"data-on": "neighbour", "data-args": by})


def card_button(model: Model, name: str, mark: str, action: Attributes) -> Element:
    """A button that is a sign alone, and its name."""
    said = model.text(f"card.{name}")
    return element(
        "button",
        {"type": "button", "class": "close", **action, "data-key": f"card.{name}",
         "aria-label": said, "title": said}, mark,
    )  # fmt: skip


def message() -> Element:
    """Why what was typed cannot be used."""
    return element("p", {"class": "message", "role": "alert", "data-key": MESSAGE})


def arithmetic_paintings(model: Model, channel: int) -> Iterator[tuple[str, Rgba]]:
    """The channel's map."""
    yield INPUT_MAP, painted(model, model.numbers.source_node(channel))


def arithmetic_pose(model: Model, numbers: ConvNumbers, channel: int) -> Pose:
    """The kernel, the numbers in the window, their products, and how these add up."""
    return {
        **kernel_numbers(model, numbers, channel),
        **window_numbers(model, numbers, channel),
    }


def kernel_numbers(model: Model, numbers: ConvNumbers, channel: int) -> Pose:
    """The kernel, which stays the same wherever the window is."""
    weights = [thousandths(float(value)) for value in numbers.kernels[channel].flat]
    shown = filled(numbers, "card.weight", "value", weights, WEIGHT, numbers.weight_domain)
    return {**shown, PRESET: {"value": preset_shown(model, numbers, channel)}}


def window_numbers(model: Model, numbers: ConvNumbers, channel: int) -> Pose:
    """The numbers in the window, what the kernel makes of them, and how that adds up."""
    products = numbers.products_at(place_of(model), channel)
    ramp = ramp_of(model, numbers.source_node(channel))
    made, added = contribution_domain(model, numbers), products.sum
    patch = filled(
        numbers, "card.patch", "text", products.patch, ramp, model.domains[numbers.source]
    )
    if numbers.layer.sliding.is_padded:
        around = enumerate(numbers.is_padding(place_of(model)))
        patch = merged(patch, {f"card.patch/{i}": {"data-padding": each} for i, each in around})
    return {
        **patch,
        **filled(numbers, "card.product", "text", added.terms, ACTIVATION, made),
        SUM: {"text": f"{equality(added)} {written(added.total)}"},
        EXACT: {"text": rounding_line(model, added.rounding)},
    }


def filled(
    numbers: ConvNumbers, key: str, name: str, terms: Sequence[int], ramp: Ramp, domain: Domain
) -> Pose:
    """Numbers in the cells of a grid, each on its colour, a long one in smaller letters."""
    pose: dict[str, Attributes] = {}
    for i, (value, style) in enumerate(grounds(ramp, domain, terms)):
        small = f";--signs:{len(value)}" if len(value) > LONG else ""
        told = {"data-number": value} if numbers.is_coloured else {}
        pose[f"{key}/{i}"] = {name: value, "style": style + small, **told}
    return pose


def rounding_line(model: Model, rounding: int) -> str:
    """What rounding makes of a sum, told beside it; nothing where it makes nothing of it."""
    return model.text("rounding", by=signed(rounding)) if rounding else ""
