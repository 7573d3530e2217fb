"""The page's behaviour: an action makes a new state, and what differs is drawn.

app = App(browser, network, classes, samples, text)
app.start()
app.act("open", "conv_1_1/3")
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cnnscope.app.commands import Commands
from cnnscope.app.detail_renderer import moving
from cnnscope.app.history import Navigation
from cnnscope.app.keyboard import Keyboard
from cnnscope.app.pointer import Pointer
from cnnscope.app.renderer import Screen, stage_of
from cnnscope.nn.network import Network, Trace
from cnnscope.panels.browser_protocol import Browser
from cnnscope.panels.kernel_editor import KernelEditor, first_changed
from cnnscope.panels.player import Explanations, Player
from cnnscope.panels.playground.controller import PlaygroundController
from cnnscope.panels.toolbar.controller import Chooser
from cnnscope.panels.tour.controller import Guide
from cnnscope.panels.tour.viewport import network_viewport
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import Pixels
from cnnscope.state.actions import ACTIONS
from cnnscope.state.embed import framed, is_missing, offered
from cnnscope.state.state import Expanded, Node, Place, State, shown_picture
from cnnscope.state.tour import ACTIONS as TOUR
from cnnscope.state.url import from_hash
from cnnscope.state.validation import has_window, is_expandable, validated
from cnnscope.text import LANGUAGES, Text, load_text
from cnnscope.views.registry import view_of
from cnnscope.views.shared.context import Context
from cnnscope.views.shared.detail_layout import DetailLayout
from cnnscope.views.shared.network_plan import Plan, lay_out
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.receptive_field import field_line
from cnnscope.views.softmax.drawing import RESET


class App:
    """One page: the state it shows and the pictures it can show."""

    def __init__(
        self,
        browser: Browser,
        network: Network,
        classes: Sequence[str],
        samples: Mapping[str, Pixels],
        text: Text,
        out_of_distribution: Collection[str] = (),
        embed: str | None = None,
    ) -> None:
        """Take the parts over; nothing is drawn before ``start``.

        ``out_of_distribution`` are the samples that belong to none of the classes; ``embed`` is the one kind
        of view that the page shows alone, if it does.
        """
        self.browser = browser
        self.trained = network
        self.classes = classes
        self.preferred = text
        self.gallery = Gallery(network, samples, out_of_distribution)
        self.expanded: tuple[Plan, Expanded, DetailLayout] | None = None
        self.embed = offered(embed, network, self.gallery.keys)
        self.state = self.settle(from_hash(browser.read_hash()))
        self.plan = self.lay_out()
        self.screen = Screen(browser, self.gallery.samples[0])
        self.player = Player(self, Explanations(self))
        self.editor = KernelEditor(self)
        self.playground = PlaygroundController(self)
        self.keyboard = Keyboard(self, self.playground)
        self.guide = Guide(self)
        self.navigation = Navigation(self, self.guide)
        self.chooser = Chooser(self)
        self.commands = Commands(self, self.player, self.editor, self.playground, self.guide)
        self.pointer = Pointer(self, self.playground)

    def start(self) -> None:
        """Draw everything for the first time."""
        self.chooser.draw()
        self.browser.notice(self.navigation.correct() or self.word_about_view())
        self.screen.rebuild(self.context)
        self.guide.draw()
        self.screen.answer(self.context, self.text("announce.loaded"))
        self.playground.draw()
        self.begin()
        self.guide.show_network()

    def rehearse(self) -> None:
        """Work out one explanation unseen, so that the first is shown as fast as any."""
        if isinstance(self.state.focus, Expanded):
            return
        nodes = (node for node in self.plan.boxes if is_expandable(self.trained, node))
        node = next(nodes, None)
        if node is not None:
            focus = Expanded(node)
            expansion = view_of(self.trained, focus).lay_out(self.trained, self.plan, node)
            state = replace(self.state, focus=focus)
            self.screen.stage.rehearse(replace(self.context, state=state, expansion=expansion))

    @property
    def picture(self) -> str:
        """Key of the picture that is shown."""
        return self.state.picture or self.gallery.samples[0]

    @property
    def network(self) -> Network:
        """The network with the kernels that the visitor changed."""
        return self.gallery.network(self.state.edits)

    @property
    def trace(self) -> Trace:
        """All activations for the picture that is shown."""
        return self.gallery.trace(self.picture, self.state.edits)

    def trained_trace(self, picture: str | None = None) -> Trace:
        """What the network as it was trained computes for a picture, or for the one shown."""
        key = picture or self.picture
        is_shown = not self.state.edits and key == self.picture
        return self.trace if is_shown else self.gallery.trained_trace(key)

    @property
    def known_pictures(self) -> tuple[str, ...]:
        """Keys of all pictures that can be shown."""
        return self.gallery.keys

    def word_about_picture(self) -> str | None:
        """What there is to be said about the picture that is shown."""
        return self.gallery.word(self.picture, self.text)

    def word_about_view(self) -> str | None:
        """What there is to be said about what is shown, where it is not what was asked for."""
        if is_missing(self.embed, self.trained):
            return self.text("notice.embed")
        return self.word_about_picture()

    @property
    def context(self) -> Context:
        """What the views are given."""
        return Context(
            self.network, self.classes, self.text, self.state, self.trace, self.plan, self.expansion
        )

    @property
    def expansion(self) -> DetailLayout | None:
        """Where the explanation stands, while there is one; worked out once a node and plan."""
        focus = stage_of(self.state.focus)
        if focus is None:
            return None
        known = self.expanded
        if known is None or known[0] is not self.plan or known[1] != focus:
            view = view_of(self.trained, focus)
            made = view.lay_out(self.trained, self.plan, focus.node)
            known = self.expanded = self.plan, focus, made
        return known[2]

    @property
    def explanation(self) -> Any:
        """The numbers behind the node that is explained."""
        return self.screen.stage.explanation(self.context)

    @property
    def text(self) -> Text:
        """The strings of the language that is spoken."""
        language = self.state.language
        return self.preferred if language is None else load_text(language)

    def settle(self, state: State, before: State | None = None) -> State:
        """The state without what this page does not have; it may then stay as it was before."""
        if state.language not in LANGUAGES or state.language == self.preferred.language:
            state = replace(state, language=None)
        here = validated(state, self.trained, self.gallery.keys)
        return framed(here, self.embed, self.trained, before)

    def act(self, name: str, argument: str = "") -> None:
        """Do what an element of the page asks for; its argument is text."""
        self.commands.act(name, argument)

    def begin(self) -> None:
        """Let the window of a view that was just opened begin, if it has one."""
        if has_window(self.trained, self.state.focus):
            self.player.begin()

    def dispatch(self, name: str, *arguments: Any) -> None:
        """Apply an action to the state and draw what it changes."""
        old = self.state
        self.show(self.settle({**ACTIONS, **TOUR}[name](old, *arguments), old))
        self.navigation.write(old, is_turn=name == "turn")

    def show(self, state: State) -> None:
        """Make a state the one that is on screen, by the least that does it."""
        old, self.state = self.state, state
        if old == state:
            return
        is_reset = bool(old.logits) and not state.logits
        is_focus_lost = is_reset and self.browser.focused() == RESET  # the button goes away
        is_other_room = (old.tour is None) != (state.tour is None)
        if is_other_room:
            self.plan = self.lay_out()
        screen, context = self.screen, self.context
        if old.language != state.language:
            self.speak()
        if is_other_room:
            screen.rebuild(context)
        elif old.focus != state.focus:
            screen.draw_focus(context, old)
        self.draw_numbers(old)
        if old.details != state.details:
            screen.draw_details(context)
        if old.cursor != state.cursor:
            screen.move_tab_stop(context, old)
        self.chooser.follow(old)
        screen.point(context)
        self.player.follow(old)
        self.playground.follow(old)
        self.guide.follow(old)
        if is_focus_lost:
            self.browser.focus(OUTPUT)
        is_guided = (old.tour, old.guess) != (state.tour, state.guess)
        if old.focus != state.focus and not is_guided:
            screen.move_focus(context, old)  # last: to focus is itself an action

    def draw_numbers(self, old: State) -> None:
        """Draw what other numbers and other colours change, the most first."""
        screen, context, state = self.screen, self.context, self.state
        is_rescaled, is_edited = old.scale != state.scale, old.edits != state.edits
        if is_edited:
            self.editor.tell("")
        if shown_picture(old) != shown_picture(state):
            self.chooser.draw_picture()
            return
        if is_edited:
            since = None if is_rescaled else first_changed(self.trained, old.edits, state.edits)
            screen.draw_numbers(context, since)
            screen.write_answer(context)
            return
        if is_rescaled:
            screen.draw_scale(context)
        if old.rival != state.rival and old.focus == state.focus:
            screen.stage.refresh(context)
        elif moving(old) != moving(state):
            screen.stage.move(context)

    def speak(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        focused = self.browser.focused()
        self.browser.speak(self.text.language)
        self.chooser.draw()
        self.screen.rebuild(self.context)
        self.guide.draw()
        self.screen.answer(self.context)
        self.playground.draw()
        self.browser.notice(self.word_about_picture())
        if focused:
            self.browser.focus(focused)

    def lay_out(self) -> Plan:
        """The plan for what of the window is the network's."""
        is_touring = self.state.tour is not None
        return lay_out(
            self.trained,
            network_viewport(
                self.browser.viewport(), is_touring=is_touring, is_framed=self.embed is not None
            ),
        )

    def resize(self) -> None:
        """Lay the network out again for the window's new size, if that changes anything."""
        plan = self.lay_out()
        is_same = replace(plan, viewport=self.plan.viewport) == self.plan
        before, self.plan = self.expansion, plan
        if not is_same or before != self.expansion:
            focused = self.browser.focused()
            self.screen.rebuild(self.context)
            if focused:
                self.browser.focus(focused)

    def navigate(self, address: str, *, is_step: bool = False) -> None:
        """Follow Back and Forward (a step), or an edited address."""
        self.navigation.navigate(address, is_step=is_step)

    def follow(self, link: str) -> None:
        """Show what a link of the article names, as a step that Back returns from."""
        self.navigation.follow(link)

    def bring(self, picture: Pixels, notice: str | None = None) -> None:
        """Show a picture that the visitor brought, with a word about it, by its key."""
        self.chooser.bring(picture, notice)

    def complain(self, key: str, /, **values: object) -> None:
        """Say what went wrong, in the words of a key; what is on screen stays."""
        self.chooser.complain(key, **values)

    def hush(self) -> None:
        """Take away what was said to have gone wrong."""
        self.chooser.hush()

    def point(self, frame: str, row: int, col: int) -> None:
        """The pointer over a cell of a map."""
        self.pointer.point(frame, row, col)

    def hover(self, node: Node | None, cell: Place | None) -> None:
        """The pointer over a node, or over none."""
        self.pointer.hover(node, cell)

    def press(self, key: str, place: str) -> bool:
        """A key pressed at a place; returns whether it meant something there."""
        return self.keyboard.press(key, place)

    def say_value(self) -> None:
        """Say what the window makes where it stands."""
        focus = stage_of(self.state.focus)
        if focus is not None:
            said = view_of(self.trained, focus).said(self.context, self.explanation)
            self.browser.announce(self.text.together([said, field_line(self.context)]))

    def fill_card(self) -> None:
        """Fill the open arithmetic anew."""
        match self.state.focus:
            case Expanded(_, int(channel)):
                self.screen.stage.fill_card(self.context, channel)
