"""The page's behaviour: an action makes a new state, and what differs is drawn.

The browser is handed in, so that CPython tests drive the whole page with a fake one.

    app = App(browser, network, classes, samples, text)
    app.start()
    app.act("open", "conv_1_1/3")
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cnnscope.layout import Plan, Viewport, lay_out, neighbour
from cnnscope.nn.image import to_input
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.scene.color import Rgba
from cnnscope.scene.element import Attributes, Pose, fragment
from cnnscope.state import (
    ACTIONS,
    OWN_PICTURE,
    Detail,
    Node,
    State,
    from_hash,
    parse_node,
    settled,
    structure,
    to_hash,
)
from cnnscope.text import Text
from cnnscope.views import card as cards
from cnnscope.views.controls import controls, controls_pose
from cnnscope.views.legend import legend_bar, legends
from cnnscope.views.overview import (
    LABEL,
    PICTURE,
    announcement,
    details_attribute,
    overview,
    refresh,
)
from cnnscope.views.parts import Context, is_class, ramp_of
from cnnscope.views.readout import pointing, readout

Picture = NDArray[np.uint8]  # (rows, cols, 3) RGB, as the network reads it

ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}
"""Keys to (across, down)."""


class Browser(Protocol):
    """All that the application asks of a page."""

    def viewport(self) -> Viewport: ...  # noqa: D102
    def read_hash(self) -> str: ...  # noqa: D102
    def write_hash(self, text: str, *, push: bool) -> None: ...  # noqa: D102
    def mount(self, region: str, markup: str) -> None: ...  # noqa: D102
    def pose(self, pose: Pose) -> None: ...  # noqa: D102
    def paint(self, key: str, rgba: Rgba) -> None: ...  # noqa: D102
    def focus(self, key: str) -> None: ...  # noqa: D102
    def announce(self, text: str) -> None: ...  # noqa: D102
    def alert(self, text: str | None) -> None: ...  # noqa: D102
    def notice(self, text: str | None) -> None: ...  # noqa: D102


class App:
    """One page: the state it shows and the pictures it can show."""

    def __init__(
        self,
        browser: Browser,
        network: Network,
        classes: Sequence[str],
        samples: Mapping[str, Picture],
        text: Text,
    ) -> None:
        """Take the parts over; nothing is drawn before ``start``."""
        self.browser = browser
        self.network = network
        self.classes = classes
        self.text = text
        self.samples = tuple(samples)
        self.pictures = dict(samples)
        self.traces: dict[str, Trace] = {}
        self.plan: Plan = lay_out(network, browser.viewport())
        self.state = self.settle(from_hash(browser.read_hash()))
        self.own_notice: str | None = None  # a word about the picture that the visitor brought
        self.waves = 0  # how many changes of picture were animated

    def start(self) -> None:
        """Draw everything for the first time."""
        self.browser.mount("controls", fragment(controls(self.text, self.state, self.samples)))
        self.browser.pose(self.controls_pose())
        self.rebuild()
        self.browser.announce(f"{self.text('announce.loaded')} {announcement(self.context)}")

    @property
    def picture(self) -> str:
        """Key of the picture that is shown."""
        return self.state.picture or self.samples[0]

    @property
    def trace(self) -> Trace:
        """All activations for the picture that is shown; computed once a picture."""
        if self.picture not in self.traces:
            self.traces[self.picture] = self.network(to_input(self.pictures[self.picture]))
        return self.traces[self.picture]

    @property
    def context(self) -> Context:
        """What the views are given."""
        return Context(self.network, self.classes, self.text, self.state, self.trace, self.plan)

    def settle(self, state: State) -> State:
        """The state without what this page does not have."""
        return settled(state, self.pictures, self.plan.boxes)

    def act(self, name: str, argument: str = "") -> None:
        """Do what an element of the page asks for; its argument is text."""
        if name == "dismiss":
            self.browser.alert(None)
        elif name == "open":
            node = parse_node(argument)
            if node is not None and node in self.plan.boxes:
                self.dispatch(name, node)
        elif argument:
            self.dispatch(name, argument)
        else:
            self.dispatch(name)

    def dispatch(self, name: str, *arguments: Any) -> None:
        """Apply an action to the state and draw what it changes."""
        self.show(self.settle(ACTIONS[name](self.state, *arguments)))

    def show(self, state: State, *, write: bool = True) -> None:
        """Make a state the one that is on screen, by the least that does it."""
        old, self.state = self.state, state
        if old == state:
            return
        if structure(old) != structure(state):
            if write:
                self.browser.write_hash(to_hash(state), push=True)
            self.browser.pose(self.controls_pose())
        if (old.picture or self.samples[0]) != self.picture:
            self.draw_picture()
        elif old.scale != state.scale:
            self.paint()
            self.draw_legends()
        if old.details != state.details:
            self.browser.pose({"network": {"data-details": details_attribute(state)}})
        if old.focus != state.focus:
            self.draw_card(leaving=old)
        if old.cursor != state.cursor:
            self.browser.pose(self.tab_stop(old))
        self.point()

    def navigate(self, fragment_text: str) -> None:
        """Follow Back, Forward or an edited address; an article's anchor changes nothing."""
        if fragment_text and "=" not in fragment_text:
            return
        state = self.settle(from_hash(fragment_text))
        self.show(replace(state, hover=self.state.hover, cursor=self.state.cursor), write=False)

    def resize(self) -> None:
        """Lay the network out again for the window's new size."""
        viewport = self.browser.viewport()
        if viewport != self.plan.viewport:
            self.plan = lay_out(self.network, viewport)
            self.rebuild()

    def bring(self, picture: Picture, notice: str | None = None) -> None:
        """Show a picture that the visitor brought; replaces the one brought before.

        The notice, a word about this picture, stays as long as the picture.
        """
        self.pictures[OWN_PICTURE] = picture
        self.traces.pop(OWN_PICTURE, None)
        self.own_notice = notice
        self.browser.alert(None)
        if self.picture == OWN_PICTURE:
            self.draw_picture()
        else:
            self.dispatch("picture", OWN_PICTURE)
        self.browser.paint("own", opaque(picture))
        self.browser.pose(self.controls_pose())

    def complain(self, message: str) -> None:
        """Say what went wrong; what is on screen stays."""
        self.browser.alert(message)

    def press(self, key: str, place: str) -> bool:
        """A key pressed at a place: a node (``conv_1_1/3``), ``card`` or ``card.map``.

        Returns whether the key meant something there.
        """
        if key == "Escape" and isinstance(self.state.focus, Detail):
            self.dispatch("close")
            return True
        if place == "card.map" and key in ARROWS:
            self.move_cell(*ARROWS[key])
            return True
        target = self.reached(key, place)
        if target is not None:
            self.browser.focus(target)
        return target is not None

    def reached(self, key: str, place: str) -> str | None:
        """What a key moves the focus to from a node or from a column's label, or None.

        The labels stand above the first nodes: they are part of the one grid that arrows walk.
        """
        kind, _, layer = place.partition("/")
        if kind == LABEL and layer in self.plan.column_of and key in ARROWS:
            first = self.plan.column_of[layer].nodes[0]
            across, down = ARROWS[key]
            return str(first) if down > 0 else label_key(neighbour(self.plan, first, across, 0))
        node = parse_node(place)
        if node is None or node not in self.plan.boxes:
            return None
        if key == "ArrowUp" and node.channel == 0:
            return label_key(node)
        if key in ARROWS:
            return str(neighbour(self.plan, node, *ARROWS[key]))
        if key in ("Home", "End"):
            return str(self.plan.columns[0 if key == "Home" else -1].nodes[0])
        return None

    def move_cell(self, across: int, down: int) -> None:
        """Move the cursor of the enlarged map, which starts in its middle."""
        match self.state.focus:
            case Detail(node) if not is_class(self.context, node):
                _, rows, cols = self.network.shapes[node.layer]
                row, col = self.state.cell or (rows // 2 - down, cols // 2 - across)
                row, col = min(max(row + down, 0), rows - 1), min(max(col + across, 0), cols - 1)
                self.dispatch("hover", node, (row, col))

    def rebuild(self) -> None:
        """Mount the network's drawing and all that lies over it."""
        markup = str(overview(self.context)) + str(readout())
        self.browser.mount("network", markup)
        self.paint()
        self.draw_card(leaving=None)
        self.point()

    def draw_picture(self) -> None:
        """Draw what another picture changes, layer after layer."""
        self.waves += 1
        self.paint()
        wave: dict[str, Attributes] = {
            "network": {"data-wave": "even" if self.waves % 2 else "odd"}
        }
        self.browser.pose({**refresh(self.context), **wave})
        self.draw_legends()
        self.pose_card()
        self.point()
        self.browser.notice(self.own_notice if self.picture == OWN_PICTURE else None)
        self.browser.announce(announcement(self.context))

    def draw_legends(self) -> None:
        """Draw the legends of the network and of the card."""
        self.browser.mount("legends", fragment(legends(self.context)))
        match self.state.focus:
            case Detail(node) if not is_class(self.context, node):
                self.browser.mount("card.legend", str(legend_bar(self.context, node)))

    def draw_card(self, leaving: State | None) -> None:
        """Open, switch or close the card, and put the focus where it belongs.

        Without a state that is left, the card is drawn as part of the page: focus stays.
        """
        context = self.context
        match self.state.focus:
            case Detail(node):
                self.browser.mount("card", str(cards.card(context, node)))
                self.paint_card()
                self.pose_card()
                if leaving is not None:
                    self.browser.focus("card.close" if is_class(context, node) else "card.map")
            case _:
                self.browser.mount("card", "")
                if leaving is not None and isinstance(leaving.focus, Detail):
                    self.browser.focus(str(leaving.focus.node))

    def point(self) -> None:
        """Light up what is pointed at, in the network and in the card."""
        self.browser.pose(pointing(self.context))
        self.pose_card()

    def pose_card(self) -> None:
        """Fill in the card's values."""
        match self.state.focus:
            case Detail(node):
                self.browser.pose(cards.card_pose(self.context, node))

    def paint(self) -> None:
        """Paint every map, and the whole picture over its channels."""
        context = self.context
        for key, rgba in paintings(context):
            self.browser.paint(key, rgba)
        self.browser.paint(PICTURE, opaque(self.pictures[self.picture]))
        if OWN_PICTURE in self.pictures:
            self.browser.paint("own", opaque(self.pictures[OWN_PICTURE]))
        self.paint_card()

    def paint_card(self) -> None:
        """Paint the enlarged map."""
        context = self.context
        match self.state.focus:
            case Detail(node) if not is_class(context, node):
                domain = context.domains[node.layer]
                rgba = ramp_of(context, node).paint(context.values(node), domain)
                self.browser.paint(cards.PAINT, rgba)

    def controls_pose(self) -> Pose:
        """What is pressed in the controls."""
        return controls_pose(self.state, self.samples, has_own=OWN_PICTURE in self.pictures)

    def tab_stop(self, old: State) -> Pose:
        """Move the network's one tab stop to the node last reached by keyboard."""
        first = self.plan.columns[0].nodes[0]
        return {
            str(old.cursor or first): {"tabindex": -1},
            str(self.state.cursor or first): {"tabindex": 0},
        }


def paintings(context: Context) -> Iterator[tuple[str, Rgba]]:
    """Every map in colours, by node; a whole layer is coloured at once."""
    for column in context.plan.columns:
        if column.kind == "output":
            continue
        if column.layer == INPUT:
            for node in column.nodes:
                values = context.values(node)
                yield str(node), ramp_of(context, node).paint(values, context.domains[INPUT])
            continue
        ramp = ramp_of(context, column.nodes[0])
        layer = ramp.paint(context.trace[column.layer], context.domains[column.layer])
        for node in column.nodes:
            yield str(node), layer[node.channel]


def label_key(node: Node) -> str:
    """Key of the label over a node's column."""
    return f"{LABEL}/{node.layer}"


def opaque(picture: Picture) -> Rgba:
    """RGB with full opacity: (rows, cols, 3) -> (rows, cols, 4)."""
    return np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
