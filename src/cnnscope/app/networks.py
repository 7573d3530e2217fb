"""The networks of one page: the one it starts with, and others that are fetched when asked for.

networks = Networks(desk, {"photos": gallery})
networks.choose("digits")         # fetched, then shown
networks.of(state).trained        # the network that a state shows
"""

from collections.abc import Callable, Mapping

from cnnscope.app.address_notice import names_here
from cnnscope.panels.base import Action, Desk
from cnnscope.pictures.gallery import Gallery
from cnnscope.pictures.sample_names import other_names, renamed
from cnnscope.pictures.shipped import BrokenFileError, read_shipped
from cnnscope.state.mended import mended
from cnnscope.state.state import NETWORKS, PHOTOS, State, own_network
from cnnscope.state.url import from_hash


def nothing() -> None:
    """Do nothing."""


class Networks:
    """Which networks are there, and the one that is on its way."""

    def __init__(self, desk: Desk, galleries: Mapping[str, Gallery]) -> None:
        """Have some; nothing is on its way yet."""
        self.desk = desk
        self.galleries = dict(galleries)
        self.chosen: Callable[[], None] = nothing  # told when one was, by its button
        self.wanted = ""  # the one that was asked for last, while it is on its way
        self.then: Callable[[], None] = nothing  # what comes after it
        self.otherwise: Callable[[], object] = nothing  # and where it cannot be had
        self.actions: Mapping[str, Action] = {"network": self.choose}

    def of(self, state: State) -> Gallery:
        """The network that a state shows, and its pictures."""
        return self.galleries.get(state.network) or self.galleries[PHOTOS]

    def read(self, address: str) -> str:
        """An address as it was before it was changed on the way here, all by its own name."""
        address = mended(address, names_here(self.galleries))
        gallery = self.galleries.get(from_hash(address).network)
        if gallery is None:
            return address
        strangers = gallery.out_of_distribution
        return renamed(address, other_names(gallery.samples, gallery.classes, strangers))

    def is_away(self, name: str) -> bool:
        """Whether a network is one of the page's, but not there yet."""
        return name in NETWORKS and name not in self.galleries

    def choose(self, name: str) -> None:
        """Show a network, as soon as it is there."""
        if self.is_away(name):
            self.fetch(name, lambda: self.show(name))
            return
        self.expect("")
        if name in self.galleries:
            self.show(name)

    def show(self, name: str) -> None:
        """Show a network that is there."""
        self.desk.dispatch("network", name)
        self.chosen()

    def open(self, gallery: Gallery) -> None:
        """Show a network that the visitor opened, with its pictures; the one before is let go."""
        self.expect("")
        last = self.desk.model.state.opened
        self.galleries[own_network(last + 1)] = gallery
        self.desk.dispatch("opened")
        self.galleries.pop(own_network(last), None)

    def fetch(
        self, name: str, then: Callable[[], None], otherwise: Callable[[], object] = nothing
    ) -> None:
        """Fetch a network and go on, unless another is asked for meanwhile; say what goes wrong.

        One that is on its way already is not fetched again.
        """
        is_new = self.wanted != name
        self.then, self.otherwise = then, otherwise
        self.expect(name)
        if is_new:
            self.desk.page.fetch_network(name, lambda file: self.take(name, file))

    def take(self, name: str, file: bytes | None) -> None:
        """Take up what was fetched; None where it could not be."""
        is_wanted = self.wanted == name
        self.expect("" if is_wanted else self.wanted)
        try:
            if file is None:
                raise BrokenFileError(name)
            self.galleries.setdefault(name, read_shipped(file).gallery())
        except BrokenFileError:
            if is_wanted:
                self.desk.page.alert(self.failure(name))
                self.otherwise()
            return
        if is_wanted:
            self.desk.page.alert(None)
            self.then()

    def failure(self, name: str) -> str:
        """That a network could not be had."""
        text = self.desk.model.text
        return text("network.error", name=text(f"network.{name}"))

    def expect(self, name: str) -> None:
        """Have one network be on its way, or none, and mark it."""
        self.wanted = name
        self.show_waiting()

    def show_waiting(self) -> None:
        """Mark the network that is on its way, and say that it is."""
        page, text = self.desk.page, self.desk.model.text
        page.pose(
            {
                f"network/{name}": {"aria-busy": "true" if name == self.wanted else None}
                for name in NETWORKS
            }
        )
        if self.wanted:
            page.announce(text("network.loading", name=text(f"network.{self.wanted}")))
