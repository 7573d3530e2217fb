"""What is on screen, kept equal to a context by the least that does it.

The application decides what changed; the screen mounts, poses and paints it. The browser is handed
in, so that CPython tests drive the whole page with a fake one.

    screen = Screen(browser)
    screen.rebuild(context)      # everything
    screen.draw_picture(context) # what another picture changes
"""

from collections.abc import Sequence
from dataclasses import replace

from cnnscope.app.detail_renderer import Stage
from cnnscope.drawing.element import Attributes, fragment
from cnnscope.panels.browser_protocol import Browser
from cnnscope.state.state import OWN_PICTURE, Detail, Expanded, Node, Original, Overview, State
from cnnscope.views.overview.drawing import (
    PICTURE,
    announcement,
    details_attribute,
    overview,
    refresh,
)
from cnnscope.views.overview.input_card import SEEN, original_card
from cnnscope.views.overview.node_card import PAINT, card, card_pose
from cnnscope.views.overview.tooltip import pointing, readout
from cnnscope.views.overview.transition import transition
from cnnscope.views.shared.color_scales import groups
from cnnscope.views.shared.context import Context, is_class
from cnnscope.views.shared.legend import legend_bar, legends
from cnnscope.views.shared.network_plan import SHEET_BELOW, Column
from cnnscope.views.shared.painting import painted, paintings, whole_picture
from cnnscope.views.shared.receptive_field import field_pose


class Screen:
    """The network, what lies over it and what is pointed at, as a browser shows them."""

    def __init__(self, browser: Browser, first: str) -> None:
        """Draw with a browser; nothing is drawn yet. ``first`` is the first sample's key."""
        self.browser = browser
        self.first = first
        self.stage = Stage(browser)
        self.waves = 0  # how many changes of picture were animated

    def rebuild(self, context: Context) -> None:
        """Mount the network's drawing for the plan, and what is open over it."""
        self.browser.mount("network", str(overview(context)) + str(readout()))
        self.browser.pose(transition(context))
        self.stage.rebuild(context)
        self.draw_card(context)
        self.paint(context)
        self.point(context)

    def draw_focus(self, context: Context, old: State) -> None:
        """Draw another view: the network steps aside or comes back, cards open and close."""
        before, after = old.focus, context.state.focus
        self.browser.pose({key: {"aria-expanded": "false"} for key in opened_row(before)})
        if stage_of(before) != stage_of(after):
            self.browser.pose({str(node): {"aria-expanded": "false"} for node in viewed(before)})
            self.stage.draw(context)
            self.browser.pose(transition(context))
            self.browser.pose({str(node): {"aria-expanded": "true"} for node in viewed(after)})
        self.browser.pose({key: {"aria-expanded": "true"} for key in opened_row(after)})
        self.draw_card(context)

    def draw_picture(self, context: Context) -> None:
        """Draw what another picture changes, layer after layer."""
        self.waves += 1
        self.draw_numbers(context)
        wave: Attributes = {"data-wave": "even" if self.waves % 2 else "odd"}
        self.browser.pose({"network": wave})
        self.answer(context)

    def draw_numbers(self, context: Context, since: str | None = None) -> None:
        """Draw what other numbers change: of another picture, or from a changed layer on."""
        columns = changed_columns(context, since)
        self.paint(context, columns)
        self.browser.pose(refresh(context, columns))
        self.draw_legends(context)
        if context.state.focus == Original():
            self.draw_card(context)
        self.stage.refresh(context)

    def draw_scale(self, context: Context) -> None:
        """Draw what another colour scale changes."""
        self.paint(context)
        self.draw_legends(context)
        self.stage.refresh(context)

    def draw_details(self, context: Context) -> None:
        """Show or hide names, shapes and legends."""
        self.browser.pose({"network": {"data-details": details_attribute(context.state)}})

    def draw_legends(self, context: Context) -> None:
        """Draw the legends of the network and of the card."""
        self.browser.mount("legends", fragment(legends(context)))
        node = open_map(context)
        if node is not None:
            self.browser.mount("card.legend", str(legend_bar(context, node)))

    def draw_card(self, context: Context) -> None:
        """Mount the card, or take it away."""
        match context.state.focus:
            case Detail(node):
                self.browser.mount("card", str(card(context, node)))
                self.paint_card(context)
                self.browser.pose(card_pose(context, node))
            case Expanded(_, int(channel)):
                self.stage.draw_card(context, channel)
            case Original():
                key = context.state.picture or self.first
                shown = None if key == OWN_PICTURE else self.browser.sample_address(key)
                self.browser.mount("card", str(original_card(context, shown)))
                self.browser.paint(SEEN, whole_picture(context))
            case _:
                self.browser.mount("card", "")

    def move_focus(self, context: Context, old: State) -> None:
        """Put the keyboard's focus into the view that opened, or back where it was opened."""
        focus = context.state.focus
        match focus, old.focus:
            case Detail(node), _:
                self.browser.focus("card.close" if open_map(context) is None else "card.map")
                if context.plan.viewport.width < SHEET_BELOW:
                    self.browser.reveal(str(node))
            case Original(), _:
                self.browser.focus("card.close")
            case Expanded(), _:
                self.stage.move_focus(focus, old.focus)
            case _, Original():
                self.browser.focus(PICTURE)
            case _, Detail(node) | Expanded(node):
                self.browser.focus(str(node))

    def enter(self, context: Context, old: State) -> None:
        """Put the keyboard's focus into what is shown, for one who comes from elsewhere."""
        match context.state.focus:
            case Overview() if old.focus != Overview():
                return  # it is on the node whose view was left
            case Overview():
                first = context.plan.columns[0].nodes[0]
                self.browser.focus(str(context.state.cursor or first))
            case _:
                self.move_focus(context, State())

    def move_tab_stop(self, context: Context, old: State) -> None:
        """Move the network's one tab stop to the node last reached."""
        first = context.plan.columns[0].nodes[0]
        self.browser.pose(
            {
                str(old.cursor or first): {"tabindex": -1},
                str(context.state.cursor or first): {"tabindex": 0},
            }
        )

    def point(self, context: Context) -> None:
        """Light up what is pointed at, and fill in the card's values."""
        self.browser.pose(pointing(context))
        self.browser.pose(field_pose(context))
        match context.state.focus:
            case Detail(node):
                self.browser.pose(card_pose(context, node))

    def answer(self, context: Context, before: str = "") -> None:
        """Give the network's answer in words, to be read and to be heard."""
        self.write_answer(context)
        self.browser.announce(context.text.together([before, announcement(context)]))

    def write_answer(self, context: Context) -> None:
        """Give the network's answer in words, to be read."""
        self.browser.pose({"answer": {"text": announcement(context)}})

    def paint(self, context: Context, columns: Sequence[Column] | None = None) -> None:
        """Paint the maps of some columns or of all, and the whole picture over its channels."""
        for key, rgba in paintings(context, columns or context.plan.columns):
            self.browser.paint(key, rgba)
        self.browser.paint(PICTURE, whole_picture(context))
        self.paint_card(context)

    def paint_card(self, context: Context) -> None:
        """Paint the enlarged map."""
        node = open_map(context)
        if node is not None:
            self.browser.paint(PAINT, painted(context, node))


def changed_columns(context: Context, since: str | None) -> Sequence[Column]:
    """The columns that look different when the numbers do, from a layer on.

    With it, those that share its colours; without a layer, all.
    """
    columns = context.plan.columns
    if since is None:
        return columns
    shared = groups(context.network, context.state.scale)
    first = next(group[0] for group in shared if since in group)
    return columns[columns.index(context.plan.column_of[first]) :]


def stage_of(focus: object) -> Expanded | None:
    """What is explained, whichever of its cards is open; None for nothing."""
    match focus:
        case Expanded():
            return replace(focus, channel=None)
        case _:
            return None


def viewed(focus: object) -> tuple[Node, ...]:
    """The node that is explained, if one is."""
    match focus:
        case Expanded(node):
            return (node,)
        case _:
            return ()


def opened_row(focus: object) -> tuple[str, ...]:
    """Key of the row whose arithmetic is open, if one is."""
    match focus:
        case Expanded(_, int(channel)):
            return (f"channel/{channel}",)
        case _:
            return ()


def open_map(context: Context) -> Node | None:
    """The node whose map the card enlarges."""
    match context.state.focus:
        case Detail(node) if not is_class(context, node):
            return node
        case _:
            return None
