"""Where cards stand: inside the window's visible part, moved up where they would end below it.

placed_card(within(plan, plan.card(node), 500))   # 'left:...;top:...;width:...;--most:...'
"""

from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.views.shared.network_plan import CARD_EDGE, CHROME, LEGENDS, STORY, Plan

HIGHEST = CARD_EDGE - STORY
"""Y that no card begins above, px: it may lie on the line above the network."""


def seen_bottom(plan: Plan) -> float:
    """Y of the window's lower edge in the drawing while the page is at its head, px."""
    return plan.viewport.height - CHROME


def within(plan: Plan, box: Box, height: float) -> Box:
    """A card's box in the window: moved up if about ``height`` px would end below its edge.

    What is returned is as high as the card may become. A box in a drawing that is higher than the
    window, which is scrolled to what the card is about, stays, and has no height.
    """
    end = seen_bottom(plan) - CARD_EDGE
    if plan.height - LEGENDS > seen_bottom(plan):  # nodes too
        return box.sized(height=0)
    y = min(box.y, max(HIGHEST, end - height))
    return box.at(y=y).sized(height=end - y)


def placed_card(box: Box) -> str:
    """Where a card begins and how wide it is; its text decides how high, up to the box's height."""
    most = f";--most:{rem(box.height)}" if box.height else ""
    return f"left:{rem(box.x)};top:{rem(box.y)};width:{rem(box.width)}{most}"
