"""Every live figure: what it is drawn by, a line a figure.

draw, pose = DRAWINGS["sliding"]
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from cnnscope.drawing.element import Element, Pose
from cnnscope.panels.live_figures.landing import landing, landing_pose
from cnnscope.panels.live_figures.sliding import sliding, sliding_pose
from cnnscope.state.playground import Playground
from cnnscope.text import Text


class Drawing(NamedTuple):
    """How a figure is drawn."""

    figure: Callable[[Text, Playground], Element]  # without what its window changes
    pose: Callable[[Text, Playground], Pose]  # all that it changes


DRAWINGS: Mapping[str, Drawing] = {
    "sliding": Drawing(sliding, sliding_pose),
    "landing": Drawing(landing, landing_pose),
}
"""By their names in a state, which are those of their places in the article."""
