"""The page's behaviour: an action makes a new state, and what differs is drawn.

app = App(browser, network, classes, samples, text)
app.start()
app.act("open", "conv_1_1/3")
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cnnscope.layout import Plan, lay_out
from cnnscope.nn.image import Pixels, to_input
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.scene.color import opaque
from cnnscope.scene.element import Pose, fragment
from cnnscope.screen import Browser, Screen, open_map
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
from cnnscope.views.controls import controls, controls_pose
from cnnscope.views.parts import Context
from cnnscope.views.readout import cell_line
from cnnscope.views.walking import reached, reached_cell


class App:
    """One page: the state it shows and the pictures it can show."""

    def __init__(
        self,
        browser: Browser,
        network: Network,
        classes: Sequence[str],
        samples: Mapping[str, Pixels],
        text: Text,
    ) -> None:
        """Take the parts over; nothing is drawn before ``start``."""
        self.browser = browser
        self.network = network
        self.classes = classes
        self.text = text
        self.samples = tuple(samples)
        self.pictures = dict(samples)
        self.own_notice: str | None = None  # a word about the picture that the visitor brought
        self.traces: dict[str, Trace] = {}
        self.plan: Plan = lay_out(network, browser.viewport())
        self.state = self.settle(from_hash(browser.read_hash()))
        self.screen = Screen(browser)

    def start(self) -> None:
        """Draw everything for the first time."""
        self.browser.mount("controls", fragment(controls(self.text, self.state, self.samples)))
        if self.correct_hash():
            self.browser.notice(self.text("notice.address"))
        self.screen.draw_card(self.context)
        self.screen.rebuild(self.context)
        self.screen.answer(self.context, self.text("announce.loaded"))

    @property
    def picture(self) -> str:
        """Key of the picture that is shown."""
        return self.state.picture or self.samples[0]

    @property
    def trace(self) -> Trace:
        """All activations for the picture that is shown; computed once a picture."""
        if self.picture not in self.traces:
            self.traces[self.picture] = self.network(self.input)
        return self.traces[self.picture]

    @property
    def input(self) -> Array:
        """The picture as the network reads it."""
        return to_input(self.pictures[self.picture], self.network.input_shape[0])

    @property
    def context(self) -> Context:
        """What the views are given."""
        return Context(self.network, self.classes, self.text, self.state, self.trace, self.plan)

    def settle(self, state: State) -> State:
        """The state without what this page does not have."""
        return settled(state, self.samples[0], self.pictures, self.plan.boxes)

    def act(self, name: str, argument: str = "") -> None:
        """Do what an element of the page asks for; its argument is text."""
        if name == "leave":
            if isinstance(self.state.focus, Detail):
                self.dispatch("close")
        elif name == "dismiss":
            self.browser.alert(None)
            self.browser.focus("chooser")
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
        old = self.state
        self.show(self.settle(ACTIONS[name](old, *arguments)))
        if structure(old) != structure(self.state):
            self.browser.write_hash(to_hash(self.state), push=True)

    def show(self, state: State) -> None:
        """Make a state the one that is on screen, by the least that does it."""
        old, self.state = self.state, state
        if old == state:
            return
        screen, context = self.screen, self.context
        if old.focus != state.focus:
            screen.draw_card(context)
        if (old.picture or self.samples[0]) != self.picture:
            self.draw_picture()
        elif old.scale != state.scale:
            screen.draw_scale(context)
        if old.details != state.details:
            screen.draw_details(context)
        if old.cursor != state.cursor:
            screen.move_tab_stop(context, old)
        if structure(old) != structure(state):
            self.browser.pose(self.controls_pose())
        screen.point(context)
        if old.focus != state.focus:
            screen.move_focus(context, old)  # last: to focus is itself an action

    def draw_picture(self) -> None:
        """Draw the picture that is shown now, with the word there may be about it."""
        self.screen.draw_picture(self.context)
        self.browser.notice(self.own_notice if self.picture == OWN_PICTURE else None)

    def navigate(self, address: str) -> None:
        """Follow Back, Forward or an edited address; an article's anchor changes nothing."""
        if address and "=" not in address:
            return
        wanted = self.settle(from_hash(address))
        kept = self.state
        self.show(replace(wanted, hover=kept.hover, cell=kept.cell, cursor=kept.cursor))
        self.correct_hash()

    def correct_hash(self) -> bool:
        """Have the address say what is shown; whether it named what is not here."""
        address = self.browser.read_hash()
        is_anchor = address and "=" not in address
        if is_anchor or address == to_hash(self.state):
            return False
        self.browser.write_hash(to_hash(self.state), push=False)
        asked = replace(from_hash(address), picture=from_hash(address).picture or self.samples[0])
        return structure(asked) != replace(structure(self.state), picture=self.picture)

    def resize(self) -> None:
        """Lay the network out again for the window's new size, if that changes anything."""
        plan = lay_out(self.network, self.browser.viewport())
        is_same = replace(plan, viewport=self.plan.viewport) == self.plan
        self.plan = plan
        if not is_same:
            focused = self.browser.focused()
            self.screen.rebuild(self.context)
            self.screen.draw_card(self.context)
            if focused:
                self.browser.focus(focused)

    def read(self, is_reading: bool) -> None:
        """Say that a picture is being read, or no longer."""
        label = self.text("chooser.reading" if is_reading else "chooser")
        self.browser.pose({"chooser.label": {"text": label}})
        if is_reading:
            self.browser.announce(label)

    def bring(self, picture: Pixels, notice: str | None = None) -> None:
        """Show a picture that the visitor brought; replaces the one brought before.

        The notice, a word about this picture, stays as long as the picture.
        """
        self.pictures[OWN_PICTURE] = picture
        self.traces.pop(OWN_PICTURE, None)
        self.own_notice = notice
        self.browser.alert(None)
        self.browser.paint(OWN_PICTURE, opaque(picture))
        if self.picture == OWN_PICTURE:
            self.draw_picture()
            self.screen.point(self.context)
        else:
            self.dispatch("picture", OWN_PICTURE)

    def complain(self, message: str) -> None:
        """Say what went wrong; what is on screen stays."""
        self.browser.announce("")  # no longer reading; the alert speaks for itself
        self.browser.alert(message)

    def press(self, key: str, place: str) -> bool:
        """A key pressed at a place: a node (``conv_1_1/3``), a label, or ``card.map``.

        Returns whether the key meant something there.
        """
        if key == "Escape" and isinstance(self.state.focus, Detail):
            self.dispatch("close")
            return True
        if key == "Escape":
            self.browser.alert(None)
            return False
        node = open_map(self.context)
        if place == "card.map" and node is not None:
            return self.move_cell(key, node)
        target = reached(self.plan, key, place)
        if target is not None:
            self.browser.focus(target)
        return target is not None

    def move_cell(self, key: str, node: Node) -> bool:
        """Move the cursor of the enlarged map, which starts in its middle, and say the value."""
        _, rows, cols = self.network.shapes[node.layer]
        cell = reached_cell(key, self.state.map_cell or (rows // 2, cols // 2), rows, cols)
        if cell is None:
            return False
        self.dispatch("cell", *cell)
        self.browser.announce(cell_line(self.context, node, cell))
        return True

    def controls_pose(self) -> Pose:
        """What is pressed in the controls."""
        return controls_pose(self.state, self.samples, has_own=OWN_PICTURE in self.pictures)
