"""What of the window the network has: all of it, or what the tour's panel leaves.

The style sheet of the tour has the same numbers.

    room(Viewport(1440, 900), is_touring=True)   # Viewport(1100, 900): the panel stands at the side
"""

from dataclasses import replace

from cnnscope.layout import CHROME, STRIP_BELOW, Viewport

# All in CSS pixels.
SIDE_FROM = 1180  # windows at least as wide have the panel at their side
SIDE_WIDTH = 340
FOOT_HEIGHT = 216  # of the strip at the foot of others; on a phone it is a sheet


def room(window: Viewport, *, is_touring: bool) -> Viewport:
    """The window that the network is laid out for.

    Above a panel at its foot the page is scrolled to the network, past its head.
    """
    if not is_touring or window.width < STRIP_BELOW:
        return window
    if window.width >= SIDE_FROM:
        return replace(window, width=window.width - SIDE_WIDTH)
    return replace(window, height=window.height - FOOT_HEIGHT + CHROME)
