"""The page's behaviour: an action makes a new state, and what differs is drawn.

app = App(browser, network, classes, samples, text)
app.start()
app.act("open", "conv_1_1/3")
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cnnscope.actions import ACTIONS, choose_picture
from cnnscope.address import from_hash, merged, names_no_view, step, structure, to_hash
from cnnscope.aside import Aside
from cnnscope.commands import Commands
from cnnscope.editing import KernelEditor
from cnnscope.embedding import framed, offered
from cnnscope.guide import Guide
from cnnscope.keyboard import Keyboard
from cnnscope.layout import Plan, lay_out
from cnnscope.nn.edits import with_kernel
from cnnscope.nn.image import Pixels, to_input
from cnnscope.nn.network import Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.page import Browser
from cnnscope.playback import Explanations, Player
from cnnscope.pointing import Pointer
from cnnscope.room import room
from cnnscope.scene.color import opaque
from cnnscope.scene.element import Pose, fragment
from cnnscope.scene.scale import percent
from cnnscope.screen import Screen, stage_of
from cnnscope.settling import has_window, is_expandable, settled
from cnnscope.state import OWN_PICTURE, START, Detail, Edit, Expanded, Node, Place, State
from cnnscope.text import LANGUAGES, Text, load_text
from cnnscope.tour import ACTIONS as TOUR
from cnnscope.tour import resumed
from cnnscope.tuner import Tuner
from cnnscope.views.controls import controls, controls_pose
from cnnscope.views.field import field_line
from cnnscope.views.hyperparameters import PREFIX
from cnnscope.views.parts import Context
from cnnscope.views.view import view_of


class App:
    """One page: the state it shows and the pictures it can show."""

    def __init__(
        self,
        browser: Browser,
        network: Network,
        classes: Sequence[str],
        samples: Mapping[str, Pixels],
        text: Text,
        strangers: Collection[str] = (),
        embed: str | None = None,
    ) -> None:
        """Take the parts over; nothing is drawn before ``start``.

        ``strangers`` are the samples that belong to none of the classes; ``embed`` is the one kind
        of view that the page shows alone, if it does.
        """
        self.browser = browser
        self.trained = network
        self.classes = classes
        self.preferred = text
        self.samples = tuple(samples)
        self.strangers = strangers
        self.pictures = dict(samples)
        self.own_notice: str | None = None  # a word about the picture that the visitor brought
        self.traces: dict[str, Trace] = {}
        self.trained_traces: dict[str, Trace] = {}  # of pictures shown while kernels are changed
        self.trained_answers: dict[str, str] = {}
        self.edited: tuple[tuple[Edit, ...], Network] = (), network
        self.expanded: tuple[Plan, Expanded, Aside] | None = None
        self.embed = offered(embed, network, tuple(samples))
        self.state = self.settle(from_hash(browser.read_hash()))
        self.plan = self.lay_out()
        self.screen = Screen(browser, self.samples[0])
        self.player = Player(self, Explanations(self))
        self.editor = KernelEditor(self)
        self.tuner = Tuner(self)
        self.keyboard = Keyboard(self, self.tuner)
        self.guide = Guide(self)
        self.commands = Commands(self, self.player, self.editor, self.tuner, self.guide)
        self.pointer = Pointer(self)

    def start(self) -> None:
        """Draw everything for the first time."""
        self.draw_controls()
        self.browser.notice(self.correct_hash() or self.word_about_picture())
        self.screen.rebuild(self.context)
        self.guide.draw()
        self.screen.answer(self.context, self.text("announce.loaded"))
        self.tuner.draw()
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
        return self.state.picture or self.samples[0]

    @property
    def network(self) -> Network:
        """The network with the kernels that the visitor changed."""
        edits, network = self.edited
        if edits != self.state.edits:
            network = self.trained
            for edit in self.state.edits:
                network = with_kernel(network, *edit.node, edit.source, edit.values)
            self.edited = self.state.edits, network
            self.traces.clear()
        return network

    @property
    def trace(self) -> Trace:
        """All activations for the picture that is shown; computed once a picture."""
        network = self.network
        if self.picture not in self.traces:
            self.traces[self.picture] = network(self.input)
        return self.traces[self.picture]

    def trained_trace(self, picture: str | None = None) -> Trace:
        """What the network as it was trained computes for a picture, or for the one shown."""
        key = picture or self.picture
        if not self.state.edits and key == self.picture:
            return self.trace
        if key not in self.trained_traces:
            self.trained_traces[key] = self.trained(self.read_picture(key))
        return self.trained_traces[key]

    @property
    def known_pictures(self) -> tuple[str, ...]:
        """Keys of all pictures that can be shown."""
        return tuple(self.pictures)

    @property
    def input(self) -> Array:
        """The picture as the network reads it."""
        return self.read_picture(self.picture)

    def read_picture(self, key: str) -> Array:
        """A picture as the network reads it."""
        return to_input(self.pictures[key], self.trained.input_shape[0])

    @property
    def context(self) -> Context:
        """What the views are given."""
        return Context(
            self.network,
            self.classes,
            self.text,
            self.state,
            self.trace,
            self.plan,
            self.expansion,
        )

    @property
    def expansion(self) -> Aside | None:
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
        here = settled(state, self.trained, tuple(self.pictures))
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
        if structure(old) == structure(self.state):
            return  # as at every frame of a sliding window
        address = to_hash(self.state)
        if to_hash(old) != address:
            is_step = name != "turn" and step(old) != step(self.state)  # through a layer's channels
            self.browser.write_hash(address, push=is_step)

    def show(self, state: State) -> None:
        """Make a state the one that is on screen, by the least that does it."""
        old, self.state = self.state, state
        if old == state:
            return
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
        if (old.picture or self.samples[0]) != self.picture:
            self.draw_picture()
        elif old.edits != state.edits:
            screen.draw_numbers(context, self.first_changed(old.edits, state.edits))
            screen.write_answer(context)
            self.editor.tell("")
        elif old.scale != state.scale:
            screen.draw_scale(context)
        elif old.rival != state.rival and old.focus == state.focus:
            screen.stage.refresh(context)
        elif moving(old) != moving(state):
            screen.stage.move(context)
        if old.details != state.details:
            screen.draw_details(context)
        if old.cursor != state.cursor:
            screen.move_tab_stop(context, old)
        if shown_in_controls(old) != shown_in_controls(state):
            self.browser.pose(self.controls_pose())
        screen.point(context)
        self.player.follow(old)
        self.tuner.follow(old)
        self.guide.follow(old)
        is_guided = (old.tour, old.guess) != (state.tour, state.guess)
        if old.focus != state.focus and not is_guided:
            screen.move_focus(context, old)  # last: to focus is itself an action

    def speak(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        focused = self.browser.focused()
        self.trained_answers.clear()
        self.browser.speak(self.text.language)
        self.draw_controls()
        self.screen.rebuild(self.context)
        self.guide.draw()
        self.screen.answer(self.context)
        self.tuner.draw()
        self.browser.notice(self.word_about_picture())
        if focused:
            self.browser.focus(focused)

    def draw_controls(self) -> None:
        """Mount the controls, with what is pressed in them."""
        markup = controls(self.text, self.state, self.samples, self.strangers)
        self.browser.mount("controls", fragment(markup))
        self.browser.pose(self.controls_pose())
        self.browser.pose({"edited.reset": {"text": self.text("edited.reset")}})
        if OWN_PICTURE in self.pictures:
            self.browser.paint(OWN_PICTURE, opaque(self.pictures[OWN_PICTURE]))

    def first_changed(self, old: tuple[Edit, ...], new: tuple[Edit, ...]) -> str:
        """The first layer that has another kernel."""
        changed = {edit.node.layer for edit in set(old) ^ set(new)}
        return next(layer.name for layer in self.trained.layers if layer.name in changed)

    def draw_picture(self) -> None:
        """Draw the picture that is shown now, with the word there may be about it."""
        self.screen.draw_picture(self.context)
        self.browser.notice(self.word_about_picture())

    def word_about_picture(self) -> str | None:
        """What there is to be said about the picture that is shown."""
        if self.picture in self.strangers:
            return self.text("samples.stranger.notice")
        return self.own_notice if self.picture == OWN_PICTURE else None

    def navigate(self, address: str, *, is_step: bool = False) -> None:
        """Follow Back and Forward (a step), or an edited address.

        A step keeps what is no step itself: changed kernels, speed, receptive fields. An anchor of
        the article changes nothing.
        """
        if address and "=" not in address:
            return
        kept = self.state
        wanted = resumed(from_hash(address), kept)
        if is_step:
            wanted = replace(wanted, speed=kept.speed, language=kept.language, tuning=kept.tuning)
        if is_step and kept.tour is None and wanted.tour is None:
            wanted = replace(wanted, edits=kept.edits, field=kept.field)
        wanted = self.settle(wanted, kept)
        if structure(wanted).tuning == structure(kept).tuning:
            wanted = replace(wanted, tuning=kept.tuning)  # with what is typed and played
        wanted = replace(wanted, cursor=kept.cursor, resume=wanted.tour or kept.resume)
        is_same_stop = kept.tour == wanted.tour
        if is_same_stop or wanted.tour is None:
            wanted = replace(wanted, hover=kept.hover, cell=kept.cell)
        is_same_view = is_same_stop and stage_of(kept.focus) == stage_of(wanted.focus)
        if is_same_view and wanted.window is None:
            wanted = replace(wanted, window=kept.window, reached=kept.reached, playing=kept.playing)
        elif is_same_view:
            wanted = replace(wanted, reached=max(kept.reached, wanted.window or START))
        self.show(wanted)
        notice = self.correct_hash()
        if notice or self.state != kept:  # an edited address arrives twice: keep what is said of it
            self.browser.notice(notice or self.word_about_picture())
        if not is_same_stop:
            self.guide.arrive()
        if not is_same_view:
            self.begin()

    def follow(self, link: str) -> None:
        """Show what a link of the article names, as a step that Back returns from."""
        old = self.state
        self.browser.write_hash(merged(old, link), push=True)
        self.navigate(self.browser.read_hash())
        self.screen.enter(self.context, old)

    def correct_hash(self) -> str | None:
        """Have the address say what is shown; a word about it if it named what is not here."""
        address = self.browser.read_hash()
        is_anchor = address and "=" not in address
        if is_anchor or address == to_hash(self.state):
            return None
        self.browser.write_hash(to_hash(self.state), push=False)
        asked = framed(from_hash(address), self.embed, self.trained)
        asked = replace(asked, picture=asked.picture or self.samples[0])
        shown = replace(structure(self.state), picture=self.picture)
        match asked.focus, shown.focus:
            case Detail(node), Expanded(same) if node == same:  # an old link, which is followed
                asked = replace(asked, focus=shown.focus)
        if structure(asked) == shown and not names_no_view(address):
            return None
        has_picture = asked.picture in self.pictures
        return self.text("notice.address.view" if has_picture else "notice.address")

    def lay_out(self) -> Plan:
        """The plan for what of the window is the network's."""
        is_touring = self.state.tour is not None
        return lay_out(
            self.trained,
            room(self.browser.viewport(), is_touring=is_touring, is_framed=self.embed is not None),
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
        self.trained_traces.pop(OWN_PICTURE, None)
        self.trained_answers.pop(OWN_PICTURE, None)
        self.own_notice = notice
        self.browser.alert(None)
        self.browser.paint(OWN_PICTURE, opaque(picture))
        if self.picture == OWN_PICTURE:
            self.state = self.settle(choose_picture(self.state, OWN_PICTURE))
            self.correct_hash()
            self.draw_picture()
            self.screen.point(self.context)
        else:
            self.dispatch("picture", OWN_PICTURE)

    def complain(self, message: str) -> None:
        """Say what went wrong; what is on screen stays."""
        self.browser.announce("")  # no longer reading; the alert speaks for itself
        self.browser.alert(message)

    def point(self, frame: str, row: int, col: int) -> None:
        """The pointer over a cell of a map: in the card, of what is explained, to play with."""
        if frame.startswith(PREFIX):
            self.tuner.point(frame, row, col)
        else:
            self.pointer.point(frame, row, col)

    def hover(self, node: Node | None, cell: Place | None) -> None:
        """The pointer over a node, or over none."""
        self.pointer.hover(node, cell)

    def press(self, key: str, place: str) -> bool:
        """A key pressed at a place; returns whether it meant something there."""
        return self.keyboard.press(key, place)

    def reach_row(self, channel: int) -> None:
        """Remember the input channel's row that was reached, where Tab comes back to."""
        count = len(self.explanation.inputs)
        self.browser.pose(
            {f"channel/{k}": {"tabindex": 0 if k == channel else -1} for k in range(count)}
        )

    def say_value(self) -> None:
        """Say what the window makes where it stands."""
        focus = stage_of(self.state.focus)
        if focus is not None:
            said = view_of(self.trained, focus).said(self.context, self.explanation)
            self.browser.announce(f"{said} {field_line(self.context)}".strip())

    def fill_card(self) -> None:
        """Fill the open arithmetic anew."""
        match self.state.focus:
            case Expanded(_, int(channel)):
                self.screen.stage.fill_card(self.context, channel)

    def trained_answer(self) -> str:
        """The class that the network gives the picture with the kernels it was trained to."""
        if self.picture not in self.trained_answers:
            output = self.trained(self.input)[self.trained.layers[-1].name]
            first = int(output.argmax())
            share = percent(float(output[first]))
            self.trained_answers[self.picture] = self.text(
                "announce.class", name=self.text.named(self.classes[first]), percent=share
            )
        return self.trained_answers[self.picture]

    def controls_pose(self) -> Pose:
        """What is pressed in the controls."""
        has_own = OWN_PICTURE in self.pictures
        answer = self.trained_answer() if self.state.edits else ""
        return controls_pose(self.text, self.state, self.samples, answer, has_own=has_own)


def shown_in_controls(state: State) -> tuple[object, ...]:
    """What the controls say of a state."""
    return state.picture, state.scale, state.details, state.edits


def moving(state: State) -> tuple[object, ...]:
    """What the explanation shows beside its numbers."""
    return (
        state.window,
        state.reached,
        state.playing,
        state.speed,
        state.field,
        state.rival,
        state.logits,
        state.element,
    )
