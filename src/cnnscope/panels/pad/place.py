"""Where the pad stands: at the network's side, or at the foot of narrower windows.

The network is laid out in what it leaves, so that nothing of it is covered.

    is_shown(state, network)
    beside_pad(Viewport(1440, 900))    # Viewport(1128, 900)
"""

from dataclasses import replace

from cnnscope.nn.network import Network
from cnnscope.panels.tour.viewport import SIDE_FROM
from cnnscope.state.state import State
from cnnscope.state.validation import takes_drawings
from cnnscope.views.shared.network_plan import CHROME, STORY, STRIP_BELOW, Viewport

# All in CSS pixels.
PAD_SIDE = 312  # its width at the network's side
PAD_FOOT = 232  # its height at the foot of the window; on a phone it is a sheet


def is_shown(state: State, network: Network) -> bool:
    """Whether the pad is on the page."""
    return state.pad.is_open and takes_drawings(network)


def is_beside(window: Viewport) -> bool:
    """Whether the pad stands at the network's side, and not at the foot."""
    return window.width >= SIDE_FROM


def beside_pad(window: Viewport) -> Viewport:
    """What the pad leaves of a window to the network; above one at the foot, the page scrolls."""
    if window.width < STRIP_BELOW:
        return window
    if is_beside(window):
        return replace(window, width=window.width - PAD_SIDE)
    return replace(window, height=window.height - PAD_FOOT + CHROME - STORY)
