"""Keyboard: arrow keys over the network and its maps, sliding windows, leaving views."""

import re
from collections.abc import Mapping

from cnnscope.app.announcer import Announcer
from cnnscope.app.card_regions import open_map
from cnnscope.panels.base import Action, Desk
from cnnscope.panels.changes.controller import ChangesPanel
from cnnscope.panels.crop.controller import CropPanel
from cnnscope.panels.crop.drawing import FRAME
from cnnscope.panels.pad.controller import PLACES, PadPanel
from cnnscope.panels.playground.controller import PlaygroundPanel
from cnnscope.panels.playground.drawing import PREFIX
from cnnscope.panels.presentation import KEYS, Presentation
from cnnscope.panels.toolbar.controller import Toolbar
from cnnscope.panels.tour.controller import TourPanel
from cnnscope.panels.tour.drawing import PANEL
from cnnscope.state.state import Explained, Node, Overview
from cnnscope.views.channelwise.drawing import GIVEN
from cnnscope.views.convolution.arithmetic import INPUT_MAP
from cnnscope.views.convolution.rows import ROW, row_keys
from cnnscope.views.dense.numbers import pointed_feature, weighed
from cnnscope.views.dense.selection import feature_reached
from cnnscope.views.map_contributions.bars import BAR, bar_reached
from cnnscope.views.overview.input_card import MAP
from cnnscope.views.overview.node_card import card_cell
from cnnscope.views.overview.receptive_field import field_line
from cnnscope.views.overview.tooltip import cell_line
from cnnscope.views.shared.key_targets import ARROWS, ENDS, cell_target, key_target
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.sliding_window import place_of

FIELD_KEYS = ("r", "R")
"""Keys that draw receptive fields, or no longer."""

WINDOWED = (OUTPUT, GIVEN, INPUT_MAP)
"""Keys of the maps over which arrow keys move the window."""

LETTER = re.compile("Key[A-Z]")
"""The places of letters on a keyboard, as browsers call them."""


class Keyboard:
    """The keys of one page."""

    def __init__(
        self,
        desk: Desk,
        actions: Mapping[str, Action],
        announcer: Announcer,
        toolbar: Toolbar,
        tour: TourPanel,
        playground: PlaygroundPanel,
        crop: CropPanel,
        changes: ChangesPanel,
        presentation: Presentation,
        pad: PadPanel,
    ) -> None:
        """Press keys at a desk, and in its panels."""
        self.desk = desk
        self.actions = actions
        self.announcer = announcer
        self.toolbar = toolbar
        self.tour = tour
        self.playground = playground
        self.crop = crop
        self.changes = changes
        self.presentation = presentation
        self.pad = pad

    def press(self, key: str, place: str) -> bool:
        """A key pressed at a place: a node (``conv_1_1/3``), a label, a row, or a map.

        Returns whether the key meant something there.
        """
        if place in PLACES and not self.is_letter(key):
            return self.pad.press(key, place)
        if key == "Escape":
            return self.leave()
        if place == FRAME:
            return self.crop.press(key)
        if place == MAP:
            return self.changes.press(key)
        if place.startswith(PREFIX):
            return self.playground.press(key, place)
        if place == PANEL:
            return self.tour.press(key)
        return self.press_on_page(key, place)

    def press_on_page(self, key: str, place: str) -> bool:
        """A key pressed in the network, or in what is open over it."""
        model = self.desk.model
        if key in KEYS:
            self.presentation.toggle()
            return True
        if self.presentation.press(key, place):
            return True
        if key in FIELD_KEYS:
            self.actions["field"]("")
            return True
        node = open_map(model)
        if place == "card.map" and node is not None:
            return self.move_cell(key, node)
        if isinstance(model.state.focus, Explained) and place in WINDOWED:
            return self.move_within(key)
        if place.startswith(BAR):
            return self.move_bar(key)
        if place.startswith(ROW):
            return self.move_row(key, place)
        target = key_target(model.plan, key, place)
        if target is not None:
            self.desk.page.focus(target)
        return target is not None

    def is_letter(self, key: str) -> bool:
        """Whether a key is a letter that means something, but not wherever it is pressed."""
        return key in FIELD_KEYS or key in KEYS

    def is_for_all(self, key: str) -> bool:
        """Whether a letter is about the whole page, and so meant where nothing has the focus."""
        return key in KEYS

    def leave(self) -> bool:
        """Go one level up: from the top, where a message is taken away too, off the pad, or out of
        a presentation.

        Returns whether there was a level.
        """
        if self.crop.is_open:
            self.crop.close()
            return True
        if isinstance(self.desk.model.state.focus, Overview):
            self.toolbar.clear_error()
            if self.pad.is_open:
                self.pad.close()
                return True
            if self.presentation.is_on:
                self.presentation.toggle()
                return True
            return False
        self.actions["close"]("")
        return True

    def move_cell(self, key: str, node: Node) -> bool:
        """Move the cursor of the enlarged map, which starts in its middle, and say the value."""
        model = self.desk.model
        _, rows, cols = model.trained.shapes[node.layer]
        cell = cell_target(key, card_cell(model) or (rows // 2, cols // 2), rows, cols)
        if cell is None:
            return False
        self.desk.dispatch("cell", *cell)
        model = self.desk.model
        self.desk.announce(cell_line(model, node, cell), field_line(model))
        return True

    def move_window(self, key: str) -> bool:
        """Move the window by a key, or play and pause."""
        model = self.desk.model
        if key == " ":
            self.actions["pause" if model.sweep.playing else "play"]("")
            return True
        cell = cell_target(key, place_of(model), *model.numbers.rows_cols)
        if cell is not None:
            self.desk.dispatch("window", *cell)
            self.announcer.announce_value()
        return cell is not None

    def move_within(self, key: str) -> bool:
        """Move what arrow keys move in what is explained: a mark on a map, a bar, or a window."""
        model = self.desk.model
        if model.has_features:
            return self.move_feature(key)
        if model.has_units:
            return self.move_unit(key)
        return self.move_window(key) if model.is_swept else self.move_bar(key)

    def move_unit(self, key: str) -> bool:
        """Explain the unit that a key leads to."""
        model = self.desk.model
        assert model.facts is not None
        node, units = model.explained.node, model.facts.units
        across, down = ARROWS.get(key, (0, 0))
        step = min(max(node.channel + across + down, 0), units - 1)
        target = {"Home": 0, "End": units - 1}.get(key, step)
        is_meant = key in ARROWS or key in ("Home", "End")
        if is_meant and target != node.channel:
            self.actions["open"](str(Node(node.layer, target)))
            self.desk.page.focus(OUTPUT)
            self.announcer.announce_value()
        return is_meant

    def move_bar(self, key: str) -> bool:
        """Mark the map whose bar a key leads to."""
        model = self.desk.model
        found = bar_reached(model, model.numbers, key)
        if found is not None:
            place, channel = found
            self.desk.dispatch("map", channel)
            self.desk.page.focus(f"{BAR}{place}")
        return found is not None

    def move_feature(self, key: str) -> bool:
        """Move the mark on the flattened maps by a key, and say what it marks."""
        model = self.desk.model
        now = pointed_feature(model, model.numbers)
        feature = feature_reached(weighed(model, model.numbers), key, now)
        if feature is not None:
            self.desk.dispatch("element", feature)
            self.announcer.announce_value()
        return feature is not None

    def move_row(self, key: str, place: str) -> bool:
        """Move the focus from one input channel's row to another."""
        rows, down = row_keys(self.desk.model), {"ArrowUp": -1, "ArrowDown": 1}.get(key, 0)
        if not (down or key in ENDS):
            return False
        last = len(rows) - 1
        self.desk.page.focus(rows[ENDS.get(key, max(0, min(rows.index(place) + down, last)))])
        return True

    def reach_row(self, key: str) -> None:
        """Remember the input channel's row that was reached, where Tab comes back to."""
        rows = row_keys(self.desk.model)
        self.desk.page.pose({row: {"tabindex": 0 if row == key else -1} for row in rows})


def latin(key: str, code: str) -> str:
    """The key that is meant: where the layout has no Latin letters, the letter at its place.

    ``code`` is the place, by its letter on a US keyboard. French or Turkish layouts have their own
    letters where they have them.
    """
    is_foreign = not key.isascii() and not any(is_latin(sign) for sign in key)
    if not (is_foreign and LETTER.fullmatch(code)):
        return key
    letter = code.removeprefix("Key")
    return letter if key.isupper() else letter.lower()


def is_latin(sign: str) -> bool:
    """Whether a letter is Latin, with or without an accent."""
    return sign < "\u0250" or "\u1e00" <= sign <= "\u1eff"
