"""Words about an address: what in it is not understood or not here, and what is here instead.

address_notice(model, [("tour", "99")])
# 'The address says “tour=99”, which this page does not have; ... There are 12 stops, ...'
"""

from collections.abc import Mapping, Sequence

from cnnscope.pictures.gallery import Gallery
from cnnscope.state.embed import TOUR, WHOLE
from cnnscope.state.fields import OVERVIEW, PICTURE
from cnnscope.state.playground import PRESETS
from cnnscope.state.state import NETWORKS, OWN_PICTURE, Node, parse_node
from cnnscope.state.tour import STOPS
from cnnscope.state.unread import WORDS, Pair
from cnnscope.state.validation import has_node
from cnnscope.text import LANGUAGES
from cnnscope.views.registry import embeddable
from cnnscope.views.shared.model import Model

EMBEDS = (*WHOLE, *embeddable(), TOUR)
"""What a page can show alone."""

LONGEST = 40
"""Signs of an address that are repeated in a sentence."""

MOST = 3
"""Parts of an address that a sentence names."""


def names_here(galleries: Mapping[str, Gallery]) -> set[str]:
    """All that an address may name, which people write in any case."""
    words = {word for choice in WORDS.values() for word in choice}
    for gallery in galleries.values():
        words |= {*gallery.trained.shapes, *gallery.keys}
    return {*words, *NETWORKS, *LANGUAGES, *PRESETS, OVERVIEW, PICTURE}


def address_notice(model: Model, unread: Sequence[Pair]) -> str:
    """What of an address was not understood or is not here, and what is here instead."""
    text = model.text
    named = [shortened(f"{key}={value}" if value else key) for key, value in unread[:MOST]]
    more = ["…"] if len(unread) > MOST else []
    said = text.joined("said.list", [*named, *more])
    hints = dict.fromkeys(hint(model, *pair) for pair in unread[:MOST])
    return text.together((text("notice.address.unread", said=said), *hints))


def embed_notice(model: Model, asked: str) -> str:
    """That a page cannot show alone what its address asks for, and what it can."""
    names = ", ".join(EMBEDS)
    return model.text("notice.address.embed", name=shortened(asked), names=names)


def hint(model: Model, key: str, value: str) -> str:
    """What is here of the kind that an address names in vain; empty where that says nothing."""
    text = model.text
    match key:
        case "tour":
            return text("notice.address.tour", count=len(STOPS))
        case "layer":
            return hint_of_node(model, None)
        case "view" | "node":
            return hint_of_node(model, parse_node(value) or Node(value, 0))
        case "picture" if value == OWN_PICTURE:
            return text("notice.address.own")
        case "picture":
            return text("notice.address.names", names=", ".join(model.gallery.samples))
        case "network":
            return text("notice.address.names", names=", ".join(NETWORKS))
        case "lang":
            return text("notice.address.names", names=", ".join(sorted(LANGUAGES)))
        case _ if key in WORDS:
            return text("notice.address.names", names=", ".join(WORDS[key]))
    return ""


def hint_of_node(model: Model, node: Node | None) -> str:
    """The nodes of the layer that is named, or which layers have any."""
    network = model.trained
    if node is not None and has_node(network, Node(node.layer, 0)):
        last = network.shapes[node.layer][0] - 1
        return model.text(
            "notice.address.nodes", first=f"{node.layer}/0", last=f"{node.layer}/{last}"
        )
    drawn = (name for name in network.shapes if has_node(network, Node(name, 0)))
    return model.text("notice.address.names", names=", ".join(drawn))


def shortened(said: str) -> str:
    """What was said, as far as a sentence can repeat it."""
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
