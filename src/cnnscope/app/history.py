"""History and the URL hash: Back shows what was, and the address follows what is shown.

history = History(desk, store, embed, tour, player, announcer)
history.navigate("view=conv_1_1/3")   # typed, or come back to
history.follow("view=relu_1_1/3")     # a link of the article
history.correct()                     # a word, where the address named what is not here
"""

from dataclasses import replace

from cnnscope.app.address_notice import address_notice
from cnnscope.app.announcer import Announcer
from cnnscope.app.focus import enter
from cnnscope.app.networks import Networks
from cnnscope.app.store import Store
from cnnscope.panels.base import Desk
from cnnscope.panels.player import Player
from cnnscope.panels.tour.controller import TourPanel
from cnnscope.state.actions import rested
from cnnscope.state.anchor import is_anchor, parted
from cnnscope.state.embed import framed
from cnnscope.state.playground import structure as playground_structure
from cnnscope.state.state import (
    FIRST_VIEW,
    Card,
    Explained,
    LayerCard,
    State,
    explained,
    is_own,
)
from cnnscope.state.unread import unread
from cnnscope.state.url import (
    from_hash,
    keeps_network,
    kept_by_back,
    merged,
    resumed,
    step,
    structure,
    to_hash,
)
from cnnscope.text import LANGUAGES
from cnnscope.views.registry import view_facts


class History:
    """The ways through one page's addresses."""

    def __init__(
        self,
        desk: Desk,
        store: Store,
        embed: str | None,
        tour: TourPanel,
        player: Player,
        announcer: Announcer,
        networks: Networks,
    ) -> None:
        """Navigate a store; ``embed`` is the one view that the page shows, if it does."""
        self.networks = networks
        self.desk = desk
        self.store = store
        self.embed = embed
        self.tour = tour
        self.player = player
        self.announcer = announcer

    def navigate(self, address: str, *, is_step: bool = False) -> None:
        """Follow Back and Forward (a step), or an edited address.

        An anchor of the article changes nothing.
        """
        address = self.mended(address)
        if is_anchor(address):
            return
        kept, asked = self.store.state, self.asked(address)
        if self.networks.is_away(asked.network):
            here = self.desk.page.read_hash()
            self.networks.fetch(
                asked.network, lambda: self.come_to(here, is_step=is_step), self.correct
            )
            return
        wanted = resumed(asked, kept)
        wanted = kept_by_back(wanted, kept) if is_step else wanted
        wanted = carried(self.store.valid(wanted, kept), kept)
        self.store.replace(wanted)
        notice = self.correct()
        if notice or self.store.state != kept:  # an edited address arrives twice: keep its notice
            self.desk.page.notice(notice, self.announcer.picture_notice)
        if kept.tour.stop != wanted.tour.stop:
            self.tour.arrive()
        if not is_same_view(wanted, kept):
            self.player.begin()

    def asked(self, address: str) -> State:
        """What an address asks for: of the visitor's own network where its step was of that."""
        asked, own = from_hash(address), self.desk.page.own_network()
        return replace(asked, network=own) if own else asked

    def come_to(self, address: str, *, is_step: bool) -> None:
        """Show what an address names, now that its network is there, if it still names that."""
        if self.desk.page.read_hash() == address:
            self.navigate(address, is_step=is_step)

    def follow(self, link: str) -> None:
        """Show what a link of the article names, as a step that Back returns from."""
        old, page = self.store.state, self.desk.page
        own = None if keeps_network(link) else ""
        page.write_hash(merged(old, link), push=True, own=own)
        self.navigate(page.read_hash())
        enter(self.desk.model, page, old)

    def close_layer(self) -> bool:
        """Take away the card about a layer, as a step; tell whether there was one."""
        is_open = isinstance(self.store.state.focus, LayerCard)
        if is_open:
            self.desk.dispatch("close")
        return is_open

    def mended(self, address: str) -> str:
        """What an address says of the network, as it was before it was changed on the way here."""
        return parted(self.networks.read(address))[0]

    def correct(self) -> str | None:
        """Have the address say what is shown; a word about it if it named what is not here."""
        model, page, state = self.desk.model, self.desk.page, self.store.state
        address, written = self.mended(page.read_hash()), to_hash(state)
        if is_anchor(address):
            return None
        if page.read_hash() != written:
            page.write_hash(written, push=False, own=own_of(state))
        if address == written:
            return None
        first = model.gallery.samples[0]
        asked = framed(from_hash(address), self.embed, model.trained, view_facts)
        asked = replace(asked, picture=asked.picture or first)
        match asked.focus, state.focus:
            case Card(node), Explained(same) if node == same:  # an old link, which is followed
                asked = replace(asked, focus=state.focus)
            case Explained(node, view), Explained(same, other) if (
                node == same and view == FIRST_VIEW != other
            ):  # a class whose logit is no sum has its probability for a first view
                asked = replace(asked, focus=state.focus)
        shown = replace(state, picture=model.picture)
        if lost := unread(address, asked, shown, LANGUAGES):
            return address_notice(model, lost)
        asked = replace(asked, reading=replace(asked.reading, language=state.reading.language))
        is_shown = structure(asked) == structure(shown)
        return None if is_shown else model.text("notice.address.view")

    def write(self, old: State, *, is_turn: bool) -> None:
        """Have the address say what an action made of a state, as a step where it is one."""
        state = self.store.state
        is_same = old.network == state.network
        if is_same and structure(old) == structure(state):
            return  # as at every frame of a sliding window
        address = to_hash(state)
        if not is_same or to_hash(old) != address:
            is_step = not is_turn and step(old) != step(state)  # through a layer's channels
            self.desk.page.write_hash(address, push=is_step, own=own_of(state))


def own_of(state: State) -> str:
    """The visitor's network that a state shows; empty for those that the page is shipped with."""
    return state.network if is_own(state.network) else ""


def carried(wanted: State, kept: State) -> State:
    """A state of an address, with what no address says as it is where that still applies."""
    if playground_structure(wanted.playground) == playground_structure(kept.playground):
        wanted = replace(wanted, playground=kept.playground)  # with what is typed and played
    tour = replace(wanted.tour, resume=wanted.tour.stop or kept.tour.resume)
    is_other = wanted.network != kept.network
    tab_stop = None if is_other else kept.pointer.tab_stop
    pointer = replace(wanted.pointer, tab_stop=tab_stop)
    is_pointed = explained(wanted.focus) == explained(kept.focus)  # nodes stand where they stood
    if is_pointed and not is_other and wanted.tour.stop in (None, kept.tour.stop):
        pointer = replace(pointer, node=kept.pointer.node, cell=kept.pointer.cell)
    wanted = replace(wanted, brought=kept.brought, opened=kept.opened, tour=tour, pointer=pointer,
                     figures=kept.figures, pad=rested(kept))  # fmt: skip
    match wanted.focus, kept.focus:
        case Explained() as focus, Explained() as before if is_same_view(wanted, kept):
            sweep, place = before.sweep, focus.sweep.place
            if place is not None:
                reached = sweep.reached if sweep.is_whole else max(sweep.reached, place)
                sweep = replace(sweep, place=place, reached=reached, playing=False)
            return replace(wanted, focus=replace(focus, sweep=sweep))
        case _:
            return wanted


def is_same_view(one: State, other: State) -> bool:
    """Whether two states explain the same, at the same stop if on tour."""
    return one.tour.stop == other.tour.stop and explained(one.focus) == explained(other.focus)
