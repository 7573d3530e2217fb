"""Keyboard focus: where it goes as views open and close."""

from cnnscope.app.card_regions import open_map
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.presentation import END, START
from cnnscope.state.state import (
    EVERY_NUMBER,
    FIRST_VIEW,
    Card,
    Explained,
    Focus,
    InputCard,
    LayerCard,
    Overview,
    State,
    view_shown,
)
from cnnscope.views.convolution.arithmetic import INPUT_MAP, has_dock
from cnnscope.views.convolution.rows import OTHERS, row_of
from cnnscope.views.dense.logit import ONWARD
from cnnscope.views.map_contributions.drawing import SWITCH
from cnnscope.views.overview.drawing import PICTURE
from cnnscope.views.shared.key_targets import label_key
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_columns import has_tile
from cnnscope.views.shared.network_plan import SHEET_BELOW
from cnnscope.views.shared.player_controls import OUTPUT


def move_focus(model: Model, page: Page, old: Focus) -> None:
    """Put the focus into the view that opened, or back where it was opened."""
    match model.state.focus, old:
        case Card(node), _:
            page.focus("card.close" if open_map(model) is None else "card.map")
            if model.plan.viewport.width < SHEET_BELOW:
                page.reveal(str(node))
        case InputCard() | LayerCard(), _:
            page.focus("card.close")
        case Explained() as focus, _:
            move_within(model, page, focus, old)
        case _, InputCard():
            page.focus(PICTURE if has_tile(model.network) else str(model.plan.columns[0].nodes[0]))
        case _, LayerCard(layer):
            page.focus(label_key(layer))
        case _, Card(node) | Explained(node):
            page.focus(str(node))


def move_within(model: Model, page: Page, focus: Explained, old: Focus) -> None:
    """Put the focus on the enlarged map, into a channel's card, or back on its row."""
    match focus, old:
        case Explained(node), Explained(same) if node == same and has_dock(model):
            return  # another channel, whose row was pressed
        case Explained(node, channel=int()), Explained(same, channel=int()) if node == same:
            return  # another channel in the card that is open already
        case Explained(channel=int()), _ if not has_dock(model):
            page.focus(INPUT_MAP)
        case Explained(node), Explained(same, channel=int(channel)) if node == same:
            page.focus(row_of(model, channel) or OTHERS)
        case Explained(node, view), Explained(same, was) if (
            node == same and view == FIRST_VIEW != was
        ):
            page.focus(SWITCH if was == EVERY_NUMBER else ONWARD)
        case _:
            page.focus(OUTPUT)


def enter(model: Model, page: Page, old: State) -> None:
    """Put the focus into what is shown, for one who comes from elsewhere."""
    match model.state.focus:
        case Overview() if not isinstance(old.focus, Overview):
            return  # it is on the node whose view was left
        case Overview():
            page.focus(str(model.plan.tab_stop(model.state.pointer.tab_stop)))
        case _:
            move_focus(model, page, Overview())


class FocusKeeper:
    """Moves the focus after each change that takes away what had it, or opens something."""

    def __init__(self, page: Page) -> None:
        """Watch a page."""
        self.page = page
        self.before = ""

    def remember(self, old: State, new: State) -> None:
        """Where the focus is before the page is drawn, if that may take it away."""
        is_spoken = old.reading.language != new.reading.language
        is_reset = has_reset(old.focus) and not has_reset(new.focus)
        is_resized = old.reading.present != new.reading.present
        self.before = self.page.focused() if is_spoken or is_reset or is_resized else ""

    def follow(self, model: Model, old: State, reset: str) -> None:
        """Put the focus where it belongs now; ``reset`` is a button that may have gone."""
        new = model.state
        if old.reading.language != new.reading.language and self.before:
            self.page.focus(self.before)
        if old.reading.present != new.reading.present and self.before:
            self.come_back(model, old)
        if self.before == reset and not has_reset(new.focus):
            self.page.focus(OUTPUT)
        is_guided = (old.tour.stop, old.tour.guess) != (new.tour.stop, new.tour.guess)
        if view_shown(old.focus) != view_shown(new.focus) and not is_guided:
            move_focus(model, self.page, old.focus)  # last: to focus is itself an action

    def come_back(self, model: Model, old: State) -> None:
        """Put the focus where it was; where that is hidden, on the way back or into the view."""
        self.page.focus(self.before)
        if not self.page.focused():
            self.page.focus(END if model.state.reading.present else START)
        if not self.page.focused():
            enter(model, self.page, old)


def has_reset(focus: Focus) -> bool:
    """Whether there are changed logits to give back."""
    return isinstance(focus, Explained) and bool(focus.logits)
