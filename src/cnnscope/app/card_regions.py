"""Regions of a card over the network: of a node, the picture, a channel's arithmetic."""

from collections.abc import Hashable, Sequence

from cnnscope.app.network_regions import frame_of
from cnnscope.panels.base import Drawn, Region, Same
from cnnscope.panels.browser_protocol import Page
from cnnscope.state.state import (
    OWN_PICTURE,
    PHOTOS,
    Card,
    Explained,
    InputCard,
    LayerCard,
    Node,
    explained,
    shown_picture,
)
from cnnscope.views.convolution.arithmetic import (
    arithmetic_paintings,
    count,
    has_dock,
    kernel_numbers,
    shown_channel,
)
from cnnscope.views.convolution.channel_card import arithmetic_card, card_values
from cnnscope.views.convolution.rows import OTHERS, row_of
from cnnscope.views.overview.input_card import SEEN, original_card
from cnnscope.views.overview.layer_card import layer_card
from cnnscope.views.overview.node_card import PAINT, card, card_pose
from cnnscope.views.shared.legend import legend_bar
from cnnscope.views.shared.model import Model, has_map
from cnnscope.views.shared.painting import painted, whole_picture


def card_regions() -> Sequence[Region]:
    """What a card is, what is painted in it, and the values that a cursor or a window changes."""
    return (
        Drawn("card", card_shown, mount),
        Drawn("card.maps", maps_shown, paint),
        Drawn("card.values", values_shown, fill_in),
    )


def card_shown(model: Model) -> Hashable:
    """Which card it is; None for none."""
    match model.state.focus:
        case Card(node):
            return frame_of(model), node
        case Explained(channel=int(channel)) as focus if not has_dock(model):
            return frame_of(model), explained(focus), channel, Same(model.detail)
        case InputCard():
            return frame_of(model), shown_picture(model.state)
        case LayerCard(layer):
            return frame_of(model), layer
        case _:
            return None


def mount(model: Model, page: Page) -> None:
    """Mount the card, or take it away."""
    match model.state.focus:
        case Card(node):
            page.mount("card", str(card(model, node)))
        case Explained(channel=int(channel)) if not has_dock(model):
            mount_channel(model, page, channel)
        case InputCard():
            key = model.picture
            is_whole = model.state.network == PHOTOS and key != OWN_PICTURE
            shown = page.sample_address(key) if is_whole else None
            page.mount("card", str(original_card(model, shown)))
        case LayerCard(layer):
            page.mount("card", str(layer_card(model, layer)))
        case _:
            page.mount("card", "")


def mount_channel(model: Model, page: Page, channel: int) -> None:
    """Mount the arithmetic of one input channel."""
    focused = page.focused()
    page.mount("card", str(arithmetic_card(model, model.numbers, channel)))
    if focused.startswith("card."):  # on to another channel: the keyboard stays where it was
        page.focus(focused)
    page.scroll_into_view(row_of(model, channel) or OTHERS)


def maps_shown(model: Model) -> Hashable:
    """The numbers and the colours of what is painted in the card."""
    shown = docked_shown(model) if has_dock(model) else card_shown(model)
    if shown is None:
        return None
    return shown, Same(model.trace), model.state.reading.scale, model.state.edits


def paint(model: Model, page: Page) -> None:
    """Paint the card's maps, with the legend of their colours."""
    match model.state.focus:
        case Card(node) if has_map(model, node):
            page.paint(PAINT, painted(model, node))
            page.mount("card.legend", str(legend_bar(model, node)))
        case Explained():
            channel = shown_channel(model)
            if channel is not None:
                paint_channel(model, page, channel)
        case InputCard():
            page.paint(SEEN, whole_picture(model))


def docked_shown(model: Model) -> Hashable:
    """Whose arithmetic is docked."""
    return frame_of(model), explained(model.state.focus), shown_channel(model), Same(model.detail)


def paint_channel(model: Model, page: Page, channel: int) -> None:
    """Paint a channel's map, write its kernel; what could not be used of another's is forgotten."""
    for key, rgba in arithmetic_paintings(model, channel):
        page.paint(key, rgba)
    page.pose(kernel_numbers(model, model.numbers, channel))
    weights = range(count(model.numbers))
    page.pose({f"card.weight/{i}": {"aria-invalid": None} for i in weights})


def values_shown(model: Model) -> Hashable:
    """The cell whose value is shown, or where the window stands."""
    focus, shown = model.state.focus, maps_shown(model)
    match focus:
        case Card(_, cell):
            return shown, cell
        case Explained(channel=int()) if not has_dock(model):
            return shown, focus.sweep
        case _:
            return shown


def fill_in(model: Model, page: Page) -> None:
    """Write the card's values."""
    match model.state.focus:
        case Card(node):
            page.pose(card_pose(model, node))
        case Explained(channel=int(channel)) if not has_dock(model):
            page.pose(card_values(model, model.numbers, channel))


def open_map(model: Model) -> Node | None:
    """The node whose map the card enlarges."""
    match model.state.focus:
        case Card(node) if has_map(model, node):
            return node
        case _:
            return None
