"""What is on screen, kept equal to a context by the least that does it.

The application decides what changed; the screen mounts, poses and paints it. The browser is handed
in, so that CPython tests drive the whole page with a fake one.

    screen = Screen(browser)
    screen.rebuild(context)      # everything
    screen.draw_picture(context) # what another picture changes
"""

from typing import Protocol

from cnnscope.layout import SHEET_BELOW, Viewport
from cnnscope.scene.color import Rgba
from cnnscope.scene.element import Attributes, Pose, fragment
from cnnscope.state import Detail, Node, State
from cnnscope.views.card import PAINT, card, card_pose
from cnnscope.views.legend import legend_bar, legends
from cnnscope.views.overview import PICTURE, announcement, details_attribute, overview, refresh
from cnnscope.views.painting import painted, paintings, whole_picture
from cnnscope.views.parts import Context, is_class
from cnnscope.views.readout import pointing, readout


class Browser(Protocol):
    """All that is asked of a page."""

    def viewport(self) -> Viewport: ...  # noqa: D102
    def read_hash(self) -> str: ...  # noqa: D102
    def write_hash(self, text: str, *, push: bool) -> None: ...  # noqa: D102
    def mount(self, region: str, markup: str) -> None: ...  # noqa: D102
    def pose(self, pose: Pose) -> None: ...  # noqa: D102
    def paint(self, key: str, rgba: Rgba) -> None: ...  # noqa: D102
    def focus(self, key: str) -> None: ...  # noqa: D102
    def focused(self) -> str: ...  # noqa: D102
    def reveal(self, key: str) -> None: ...  # noqa: D102
    def announce(self, text: str) -> None: ...  # noqa: D102
    def alert(self, text: str | None) -> None: ...  # noqa: D102
    def notice(self, text: str | None) -> None: ...  # noqa: D102


class Screen:
    """The network, the card over it and what is pointed at, as a browser shows them."""

    def __init__(self, browser: Browser) -> None:
        """Draw with a browser; nothing is drawn yet."""
        self.browser = browser
        self.waves = 0  # how many changes of picture were animated

    def rebuild(self, context: Context) -> None:
        """Mount the network's drawing for the plan."""
        self.browser.mount("network", str(overview(context)) + str(readout()))
        self.paint(context)
        self.point(context)

    def draw_picture(self, context: Context) -> None:
        """Draw what another picture changes, layer after layer."""
        self.waves += 1
        self.paint(context)
        wave: Attributes = {"data-wave": "even" if self.waves % 2 else "odd"}
        self.browser.pose({**refresh(context), "network": wave})
        self.draw_legends(context)
        self.answer(context)

    def draw_scale(self, context: Context) -> None:
        """Draw what another colour scale changes."""
        self.paint(context)
        self.draw_legends(context)

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
            case _:
                self.browser.mount("card", "")

    def move_focus(self, context: Context, old: State) -> None:
        """Put the keyboard's focus into the card that opened, or back on the node it was of."""
        match context.state.focus, old.focus:
            case Detail(node), _:
                self.browser.focus("card.close" if open_map(context) is None else "card.map")
                if context.plan.viewport.width < SHEET_BELOW:
                    self.browser.reveal(str(node))
            case _, Detail(node):
                self.browser.focus(str(node))

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
        match context.state.focus:
            case Detail(node):
                self.browser.pose(card_pose(context, node))

    def answer(self, context: Context, before: str = "") -> None:
        """Give the network's answer in words, to be read and to be heard."""
        answer = announcement(context)
        self.browser.pose({"answer": {"text": answer}})
        self.browser.announce(f"{before} {answer}".strip())

    def paint(self, context: Context) -> None:
        """Paint every map, and the whole picture over its channels."""
        for key, rgba in paintings(context):
            self.browser.paint(key, rgba)
        self.browser.paint(PICTURE, whole_picture(context))
        self.paint_card(context)

    def paint_card(self, context: Context) -> None:
        """Paint the enlarged map."""
        node = open_map(context)
        if node is not None:
            self.browser.paint(PAINT, painted(context, node))


def open_map(context: Context) -> Node | None:
    """The node whose map the card enlarges."""
    match context.state.focus:
        case Detail(node) if not is_class(context, node):
            return node
        case _:
            return None
