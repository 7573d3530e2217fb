"""The way from a channel to the one before and the next, or from a unit to those beside it."""

from cnnscope.drawing.element import Element, element
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.numbers import ChannelwiseNumbers
from cnnscope.views.shared.model import Model, placed

TURNS = {-1: "stage.previous", 1: "stage.next"}
"""Keys of the buttons to the channel before and to the next."""

OF_MAPS = ("channelwise.channels", "channelwise.channel", "card.previous", "card.next")
OF_UNITS = ("units.units", "units.unit", "units.previous", "units.next")
"""Names of the group, of what is counted, and of both buttons."""


def turning(model: Model, numbers: ChannelwiseNumbers, plan: ChannelwiseLayout) -> Element:
    """Which channel it is, with buttons to the one before and the next."""
    node = numbers.node
    keys = OF_MAPS if numbers.peers is None else OF_UNITS
    name, kind, previous, following = (model.text(key) for key in keys)
    channels = model.network.shapes[node.layer][0]
    words = model.text("channelwise.channel.of", channel=node.channel + 1, channels=channels)
    return element(
        "div", {"class": "turning", "role": "group", "style": placed(plan.turn),
                "aria-label": name},
        turn_button(previous, -1, "‹"),
        element("p", {}, element("span", {"class": "shape"}, kind), element("span", {}, words)),
        turn_button(following, 1, "›"),
    )  # fmt: skip


def turn_button(label: str, by: int, sign: str) -> Element:
    """A button to another channel."""
    return element(
        "button",
        {"type": "button", "class": "icon", "data-on": "neighbour", "data-args": by,
         "data-key": TURNS[by], "aria-label": label, "title": label},
        sign,
    )  # fmt: skip
