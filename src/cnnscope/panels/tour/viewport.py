"""What of the window the network has: all of it, or what the tour's panel leaves.

The tour's style sheet has its widths and heights from here.

    network_viewport(Viewport(1440, 900), is_touring=True)   # Viewport(1100, 900): beside it
"""

from dataclasses import replace

from cnnscope.views.shared.network_plan import CHROME, STORY, STRIP_BELOW, Viewport

# All in CSS pixels.
SIDE_FROM = 1180  # windows at least as wide have the panel at their side
SIDE_WIDTH = 340
FOOT_HEIGHT = 216  # of the strip at the foot of others; on a phone it is a sheet
FRAME_HEAD = 28  # of a view alone in a frame: the link out of it


def network_viewport(window: Viewport, *, is_touring: bool, is_framed: bool = False) -> Viewport:
    """The window that the network is laid out for.

    Above a panel at its foot the page is scrolled to the line above the network, past its head.
    A view alone in a frame has neither.
    """
    if is_framed:
        window = replace(window, height=window.height + CHROME - FRAME_HEAD)
    if not is_touring or window.width < STRIP_BELOW:
        return window
    if window.width >= SIDE_FROM:
        return replace(window, width=window.width - SIDE_WIDTH)
    head = 0 if is_framed else CHROME - STORY
    return replace(window, height=window.height - FOOT_HEIGHT + head)
