"""What keys do: walk over the network and its maps, slide windows, leave views."""

from cnnscope.app.renderer import open_map
from cnnscope.panels.base import Explaining
from cnnscope.panels.playground.controller import PlaygroundController
from cnnscope.panels.playground.drawing import PREFIX
from cnnscope.panels.tour.drawing import PANEL
from cnnscope.state.state import Expanded, Node, Overview, has_begun
from cnnscope.state.validation import has_window
from cnnscope.views.channelwise.drawing import GIVEN
from cnnscope.views.convolution.channel_card import CONTRIBUTION_MAP, INPUT_MAP
from cnnscope.views.dense.numbers import pointed_feature
from cnnscope.views.dense.selection import feature_reached
from cnnscope.views.overview.tooltip import cell_line
from cnnscope.views.shared.arrow_keys import cell_target, key_target
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.receptive_field import field_line
from cnnscope.views.shared.sliding_window import place_of

FIELD_KEYS = ("r", "R")
"""Keys that draw receptive fields, or no longer."""

STEPS = {"ArrowLeft": "back", "ArrowRight": "step"}
"""Keys to steps along what is one row."""

WINDOWED = (OUTPUT, GIVEN, INPUT_MAP, CONTRIBUTION_MAP)
"""Keys of the maps over which arrow keys move the window."""


class Keyboard:
    """The keys of one page."""

    def __init__(self, app: Explaining, playground: PlaygroundController) -> None:
        """Press keys for an application and its playground."""
        self.app = app
        self.playground = playground

    def press(self, key: str, place: str) -> bool:
        """A key pressed at a place: a node (``conv_1_1/3``), a label, a row, or a map.

        Returns whether the key meant something there.
        """
        app = self.app
        if key == "Escape":
            return self.leave()
        if place.startswith(PREFIX):
            return self.playground.press(key, place)
        if place == PANEL:
            return app.guide.press(key)
        if key in FIELD_KEYS:
            app.act("field")
            return True
        node = open_map(app.context)
        if place == "card.map" and node is not None:
            return self.move_cell(key, node)
        if isinstance(app.state.focus, Expanded) and place in WINDOWED:
            is_windowed = has_window(app.trained, app.state.focus)
            return self.move_window(key) if is_windowed else self.move_element(key)
        if place.startswith("channel/"):
            return self.move_row(key, int(place.removeprefix("channel/")))
        target = key_target(app.plan, key, place)
        if target is not None:
            app.browser.focus(target)
        return target is not None

    def is_letter(self, key: str) -> bool:
        """Whether a key is a letter that means something, but not wherever it is pressed."""
        return key in FIELD_KEYS

    def leave(self) -> bool:
        """Go one level up; at the top, take a message away. Returns whether there was a level."""
        if isinstance(self.app.state.focus, Overview):
            self.app.hush()
            return False
        self.app.dispatch("close")
        return True

    def move_cell(self, key: str, node: Node) -> bool:
        """Move the cursor of the enlarged map, which starts in its middle, and say the value."""
        app = self.app
        _, rows, cols = app.trained.shapes[node.layer]
        cell = cell_target(key, app.state.map_cell or (rows // 2, cols // 2), rows, cols)
        if cell is None:
            return False
        app.dispatch("cell", *cell)
        said = [cell_line(app.context, node, cell), field_line(app.context)]
        app.browser.announce(app.text.together(said))
        return True

    def move_window(self, key: str) -> bool:
        """Move the window by a key, or play and pause."""
        app = self.app
        if key == " ":
            app.act("pause" if app.state.playing else "play")
            return True
        if key in STEPS and not has_begun(app.state):
            app.act(STEPS[key])
            return True
        cell = cell_target(key, place_of(app.context), *app.explanation.rows_cols)
        if cell is not None:
            app.dispatch("window", *cell)
            app.say_value()
        return cell is not None

    def move_element(self, key: str) -> bool:
        """Move the mark on the flattened maps by a key, and say what it marks."""
        app = self.app
        now = pointed_feature(app.context, app.explanation)
        element = feature_reached(app.explanation.head, key, now)
        if element is not None:
            app.dispatch("element", element)
            app.say_value()
        return element is not None

    def move_row(self, key: str, channel: int) -> bool:
        """Move the focus from one input channel's row to another."""
        down = {"ArrowUp": -1, "ArrowDown": 1}.get(key, 0)
        last = len(self.app.explanation.inputs) - 1
        target = {"Home": 0, "End": last}.get(key, max(0, min(channel + down, last)))
        is_meant = bool(down) or key in ("Home", "End")
        if is_meant:
            self.app.browser.focus(f"channel/{target}")
        return is_meant

    def reach_row(self, channel: int) -> None:
        """Remember the input channel's row that was reached, where Tab comes back to."""
        count = len(self.app.explanation.inputs)
        self.app.browser.pose(
            {f"channel/{k}": {"tabindex": 0 if k == channel else -1} for k in range(count)}
        )
