"""The page's behaviour: an action makes a new state, and what depends on it is drawn.

app = App(page, network, classes, samples, text)
app.start()
app.act("open", "conv_1_1/3")
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cnnscope.app.address_notice import EMBEDS
from cnnscope.app.announcer import Announcer
from cnnscope.app.card_regions import card_regions
from cnnscope.app.commands import Commands
from cnnscope.app.detail_regions import Detail, rehearse
from cnnscope.app.focus import FocusKeeper
from cnnscope.app.history import History
from cnnscope.app.inputs import Input, Inputs, Take
from cnnscope.app.keyboard import Keyboard
from cnnscope.app.language import Language
from cnnscope.app.modeller import Modeller
from cnnscope.app.network_regions import (
    CAN_WAIT,
    network_regions,
    pointing_regions,
    shows_built,
)
from cnnscope.app.networks import Networks, nothing
from cnnscope.app.pointer import Pointer
from cnnscope.app.renderer import Renderer
from cnnscope.app.store import Store
from cnnscope.nn.network import Network
from cnnscope.panels.base import Action, Desk, Panel, Region, joined
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.changes.controller import ChangesPanel
from cnnscope.panels.crop.controller import CropPanel
from cnnscope.panels.kernel_editor import KernelEditor
from cnnscope.panels.live_figures.controller import LiveFigure
from cnnscope.panels.live_figures.registry import DRAWINGS
from cnnscope.panels.pad.controller import PadPanel
from cnnscope.panels.player import ExplainedTrack, Player
from cnnscope.panels.playground.controller import PlaygroundPanel
from cnnscope.panels.presentation import Presentation
from cnnscope.panels.toolbar.controller import Toolbar
from cnnscope.panels.tour.controller import TourPanel
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.resize import Pixels
from cnnscope.pictures.shipped import Shipped
from cnnscope.state.actions import ACTIONS
from cnnscope.state.embed import framed, offered
from cnnscope.state.state import PHOTOS, Explained, State, is_own, own_network
from cnnscope.state.tour import ACTIONS as TOUR
from cnnscope.state.url import from_hash
from cnnscope.state.validation import has_tour, validated
from cnnscope.text import LANGUAGES, Text
from cnnscope.views.registry import view_facts
from cnnscope.views.shared.model import Model
from cnnscope.views.softmax.drawing import RESET

STEPS = {**ACTIONS, **TOUR}


class App:
    """One page: the only place where its parts are put together; none of them is handed it."""

    def __init__(
        self,
        page: Page,
        network: Network,
        classes: Sequence[str],
        samples: Mapping[str, Pixels],
        text: Text,
        out_of_distribution: Collection[str] = (),
        embed: str | None = None,
        others: Mapping[str, Shipped | None] | None = None,
    ) -> None:
        """Put the parts together; nothing is drawn before ``start``.

        ``out_of_distribution`` are the samples that belong to none of the classes; ``embed`` is
        the one kind of view that the page shows alone, if it does; ``others`` are networks that
        were asked for already, by name; None for one that cannot be had.
        """
        self.page = page
        self.preferred = text
        self.gallery = Gallery(network, samples, out_of_distribution, classes)
        self.desk = Desk(page, self.dispatch, lambda: self.model)
        asked = others or {}
        there = {name: each.gallery() for name, each in asked.items() if each is not None}
        self.missed = [name for name in asked if name not in there]
        self.networks = Networks(self.desk, {PHOTOS: self.gallery, **there})
        known = embed if embed in EMBEDS else None
        self.unknown = None if known else embed  # asked for, and no view
        self.embed = offered(known, network, self.gallery.keys, view_facts)
        state = from_hash(self.networks.read(page.read_hash()))
        shown, opened = page.own_network() or state.network, int(own_network(1) in there)
        self.store = Store(replace(state, network=shown, opened=opened), self.valid)
        self.modeller = Modeller(self.networks.of, text, page.viewport, self.embed)
        self.waiting: list[str] = []  # names of regions, the first of which is drawn next
        self.put_together()
        self.store.watchers.append(self.follow)

    def put_together(self) -> None:
        """Make the parts, each with the desk and with what of the others it works with."""
        desk = self.desk
        self.announcer = Announcer(desk, self.embed, self.unknown)
        self.player = Player(desk, ExplainedTrack(desk, self.announcer.announce_value))
        self.editor = KernelEditor(desk)
        self.playground = PlaygroundPanel(desk)
        self.toolbar = Toolbar(desk)
        self.crop = CropPanel(desk)
        self.presentation = Presentation(desk)
        self.changes = ChangesPanel(desk)
        self.pad = PadPanel(desk)
        self.networks.chosen = self.pad.welcome if self.embed is None else nothing
        self.tour = TourPanel(
            desk,
            lambda _: self.player.begin(),
            is_framed=self.embed is not None,
            has_tour=has_tour(self.gallery.trained, self.gallery.keys, view_facts),
        )
        self.pointer = Pointer(desk, self.playground)
        commands = Commands(desk, self.player, self.pointer, self.announcer)
        self.figures = [LiveFigure(desk, *drawing) for drawing in DRAWINGS.items()]
        panels = (
            self.toolbar, self.tour, self.playground, self.crop, self.changes, self.presentation,
            self.pad,
        )  # fmt: skip
        self.actions: dict[str, Action] = joined(
            [commands.actions, self.player.actions, self.networks.actions]
            + [part.actions for part in panels]
            + [figure.actions for figure in self.figures]
        )
        self.keyboard = Keyboard(desk, self.actions, self.announcer, *panels)
        self.inputs = Inputs(
            desk, self.actions, self.editor, self.playground, self.player, self.crop
        )
        self.history = History(
            desk, self.store, self.embed, self.tour, self.player, self.announcer, self.networks
        )
        self.focus = FocusKeeper(self.page)
        self.renderer = Renderer(self.page, self.regions(panels))

    def regions(self, panels: Sequence[Panel]) -> Sequence[Region]:
        """All regions, in the order in which they are drawn."""
        toolbar, *others = panels
        return (
            Language(), *toolbar.regions, *network_regions(), *Detail().regions,
            *card_regions(), *pointing_regions(),
            *(region for each in (*others, *self.figures) for region in each.regions),
        )  # fmt: skip

    def join(self, panel: Panel, inputs: Mapping[str, Take]) -> None:
        """Take up a panel that came later, with its kinds of fields, and draw it."""
        self.inputs.kinds.update({kind: Input(take) for kind, take in inputs.items()})
        self.actions.update(joined([self.actions, panel.actions]))
        self.renderer.regions = (*self.renderer.regions, *panel.regions)
        self.renderer.draw(self.model)

    @property
    def state(self) -> State:
        """What is shown."""
        return self.store.state

    @property
    def model(self) -> Model:
        """All that follows from it."""
        return self.modeller.model(self.store.state)

    def valid(self, state: State, before: State | None = None) -> State:
        """The state without what this page does not have; it may then stay as it was before."""
        language = state.reading.language
        if (
            language is not None and language not in LANGUAGES
        ) or language == self.preferred.language:
            state = replace(state, reading=replace(state.reading, language=None))
        if state.network not in self.networks.galleries:
            state = replace(state, network=PHOTOS if before is None else before.network)
        gallery = self.networks.of(state)
        here = validated(state, gallery.trained, gallery.keys, view_facts)
        return framed(here, self.embed, gallery.trained, view_facts, before)

    def start(self) -> None:
        """Draw everything for the first time."""
        self.begin()
        while self.settle():
            pass

    def begin(self) -> None:
        """Draw what a visitor would miss; the rest can wait for ``settle``.

        The page shows the first sample's maps from the start, and the playground is out of sight.
        """
        is_gone = bool(self.page.own_network()) and not is_own(self.state.network)
        of_address = self.history.correct()
        if is_gone:  # it was left by a reload
            of_address = self.model.text("notice.own_network")
            self.page.write_hash(self.page.read_hash(), push=False, own="")
        for name in self.missed:
            self.page.alert(self.networks.failure(name))
        self.page.notice(*self.announcer.opening_notices(None if self.missed else of_address))
        if shows_built(self.model, self.page):
            self.waiting += CAN_WAIT
        if self.embed is None:
            self.waiting += [region.name for region in self.playground.regions]
        self.renderer.draw(self.model, self.waiting)
        self.announcer.announce_loaded()
        self.player.begin()
        self.tour.show_network()

    def settle(self) -> bool:
        """Draw the next region that could wait, if any; tell whether others still do."""
        del self.waiting[:1]
        self.renderer.draw(self.model, self.waiting)
        return bool(self.waiting)

    def rehearse(self) -> None:
        """Work out one explanation unseen, so that the first is shown as fast as any."""
        state = self.state
        if isinstance(state.focus, Explained):
            return
        plan = self.model.plan
        nodes = (node for node in plan.boxes if view_facts(self.model.trained, node))
        node = next(nodes, None)
        if node is not None:
            rehearse(self.modeller.make(replace(state, focus=Explained(node)), plan))

    def act(self, name: str, argument: str = "") -> None:
        """Do what an element of the page asks for; its argument is text. Raises KeyError."""
        self.actions[name](argument)

    def dispatch(self, name: str, *arguments: Any) -> None:
        """Apply a step of the state by its name, draw what it changes, and tell the address."""
        old = self.state
        self.store.dispatch(STEPS[name], *arguments)
        self.history.write(old, is_turn=name == "turn")

    def follow(self, old: State, new: State) -> None:
        """Have the page, the clocks and the focus be as a new state has them."""
        if (old.tour.stop is None) != (new.tour.stop is None) or old.pad.is_open != new.pad.is_open:
            self.modeller.measure()  # a panel may have taken a scroll bar away
        if self.crop.is_open and replace(old, reading=new.reading) != new:
            self.crop.close()  # it lies over something else
        self.focus.remember(old, new)
        if old.edits != new.edits:
            self.editor.show_message("")
        self.renderer.draw(self.model)
        self.announcer.follow(old, new)
        self.player.follow(old, new)
        self.playground.player.follow(old, new)
        for figure in self.figures:
            figure.player.follow(old, new)
        self.focus.follow(self.model, old, RESET)

    def finish(self) -> None:
        """Show the whole result of what still plays, as on paper nothing moves."""
        facts = self.model.facts
        if facts is not None and self.player.is_sliding(self.state):
            if facts.is_built_up:
                self.player.skip()
            else:
                self.dispatch("reveal")

    def resize(self) -> None:
        """Lay the network out again for the window's new size, if that changes anything."""
        before, focused = self.renderer.mounted, self.page.focused()
        self.modeller.measure()
        self.renderer.draw(self.model)
        if focused and self.renderer.mounted != before:
            self.page.focus(focused)

    def draw_article(self) -> None:
        """Draw anew what stands in the article, which is another."""
        self.renderer.forget("playground")
        for figure in self.figures:
            self.renderer.forget(figure.clock)
        self.renderer.draw(self.model)

    def navigate(self, address: str, *, is_step: bool = False) -> None:
        """Follow Back and Forward (a step), or an edited address."""
        self.history.navigate(address, is_step=is_step)

    def press(self, key: str, place: str) -> bool:
        """A key pressed at a place; returns whether it meant something there."""
        return self.keyboard.press(key, place)
