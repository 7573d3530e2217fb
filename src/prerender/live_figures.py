"""The article's live figures as they stand before Python takes them up, and on pages without it.

live_figures("en")["sliding"]   # '<div class="live" inert ...'
"""

from cnnscope.drawing.element import Element, Pose
from cnnscope.panels.live_figures.registry import DRAWINGS
from cnnscope.state.figures import Figures
from cnnscope.text import load_text


def live_figures(language: str) -> dict[str, str]:
    """The markup of each, in a language, its whole result to be seen."""
    text, first = load_text(language), Figures()
    return {
        name: str(still(posed(drawing.figure(text, shown), drawing.pose(text, shown))))
        for name, drawing in DRAWINGS.items()
        for shown in (getattr(first, name),)
    }


def still(live: Element) -> Element:
    """A figure with nothing to press yet."""
    return Element(live.tag, {**live.attributes, "inert": True}, live.children)


def posed(each: Element, pose: Pose) -> Element:
    """An element with what a pose says of it and of all that is in it."""
    said = dict(pose.get(str(each.attributes.get("data-key")), {}))
    content = said.pop("text", None)
    children = tuple(
        child if isinstance(child, str) else posed(child, pose) for child in each.children
    )
    if content is not None:
        children = (str(content),)
    return Element(each.tag, {**each.attributes, **said}, children)
