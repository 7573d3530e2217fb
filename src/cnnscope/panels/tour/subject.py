"""What each stop is about, by its key on the page: a phone shows it above the tour's sheet.

subject(go_to(State(), 7))   # 'explained', the enlarged map
"""

from collections.abc import Mapping

from cnnscope.state.state import State
from cnnscope.state.tour import ANSWER, stop_of
from cnnscope.views.channelwise.drawing import GIVEN
from cnnscope.views.overview.drawing import PICTURE
from cnnscope.views.shared.player_controls import OUTPUT

NETWORK = "explainer"
"""Key of what holds the network."""

SUBJECTS: Mapping[str, tuple[str, str]] = {
    "pixels": (PICTURE, PICTURE),  # above its three grids
    "channels": ("channel/0", "channel/0"),  # with all three
    "flatten": (OUTPUT, OUTPUT),  # the bars
    "maps": (NETWORK, OUTPUT),
    "relu": (OUTPUT, GIVEN),
    "pooling": (GIVEN, GIVEN),  # above its window's four values
    "field": (OUTPUT, OUTPUT),
    "softmax": (f"class/{ANSWER.channel}", f"class/{ANSWER.channel}"),
}
"""Before and after the answer, by the stop's name; of others it is the network."""


def subject(state: State) -> str:
    """Key of what the stop that is shown is about."""
    here = stop_of(state)
    before, after = SUBJECTS.get(here.key if here else "", (NETWORK, NETWORK))
    return before if state.tour.guess is None else after
