"""The door: opens the files of a network, says what is not understood, asks what is not told.

door = Door(desk, networks, stop, crop)
door.open({"net.keras": b"..."})       # shown, or refused; what is on screen stays till then
door.actions["own.scale"]("signed")    # an answer, which can be changed at any time
"""

from collections.abc import Callable, Mapping, Sequence

from cnnscope.app.networks import Networks
from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.crop.controller import CropPanel
from cnnscope.pictures.resize import Pixels
from cnnscope.state.state import OWN_PICTURE, PHOTOS, is_own
from cnnscope.text import Text
from cnnscope.views.shared.model import Model
from cnnscope_own.answering import Answering
from cnnscope_own.case import begun
from cnnscope_own.drawing import panel
from cnnscope_own.fitting import follow
from cnnscope_own.gallery import OwnGallery, array_for
from cnnscope_own.opened import Opened, of_case, of_found, typed_names
from cnnscope_own.pictures import DIGITS, carry
from cnnscope_own.words import words
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights
from cnnscope_readers.labels import labels_of
from cnnscope_readers.npy import is_npy, read_npy
from cnnscope_readers.registry import identified, read_as

LONGEST_NAMES = 100_000
"""Characters of a file that names classes."""

LARGEST = 64 << 20
"""Bytes of all files that are opened together."""


class Door:
    """The networks that the visitor of one page opens."""

    def __init__(
        self, desk: Desk, networks: Networks, stop: Callable[[], None], crop: CropPanel
    ) -> None:
        """Stand at a desk; ``stop`` ends the reading of files, ``crop`` can have one read again."""
        self.crop = crop
        self.desk = desk
        self.networks = networks
        self.stop = stop
        self.opened: Opened | None = None  # what is shown
        self.is_unfolded = False  # whether what can be answered is to be seen
        self.changes = 0  # how often anything of it was another
        self.progress: tuple[int, int] | None = None  # bytes that are read, of how many
        self.answering = Answering(desk, self)
        self.inputs = self.answering.inputs
        self.actions: Mapping[str, Action] = {
            "own.back": lambda _: self.leave(),
            "own.fold": lambda _: self.fold(),
            "own.cancel": lambda _: self.cancel(),
            **self.answering.actions,
        }
        self.regions: Sequence[Region] = (Drawn("own", self.depends, self.draw),)

    def depends(self, model: Model) -> tuple[object, ...]:
        """What the door shows."""
        return language_of(model), model.state.network, self.changes, self.is_unfolded

    def draw(self, model: Model, page: Page) -> None:
        """Mount what is known of the network, where one of the visitor's is shown or read."""
        is_shown = self.opened is not None and is_own(model.state.network)
        focused = page.focused()
        say = words(language_of(model))
        opened = self.opened if is_shown else None
        asked = (self.answering.proof.lines(), self.answering.proof.typed)
        page.mount("own", panel(say, opened, self.progress, asked, is_unfolded=self.is_unfolded))
        if focused.startswith("own."):
            page.focus(focused)

    def refresh(self) -> None:
        """Draw the door anew."""
        self.changes += 1
        self.draw(self.desk.model, self.desk.page)

    def takes(self, sizes: Mapping[str, int]) -> bool:
        """Whether files are small enough to be read; says so where they are not."""
        total = sum(sizes.values())
        if total > LARGEST:
            self.refuse(RefusedError("too_large", what="bytes", limit=LARGEST, got=total))
            return False
        self.progress = (0, total)
        self.refresh()
        return True

    def show_progress(self, done: int) -> None:
        """So many bytes are read."""
        if self.progress is not None:
            self.progress = (done, self.progress[1])
            share = done / max(1, self.progress[1])
            self.desk.page.pose({"own.progress": {"style": f"--share:{share:.3f}"}})

    def cancel(self) -> None:
        """Read no further; all is as before."""
        self.stop()
        self.has_read()
        self.desk.page.focus("network.open")

    def has_read(self) -> None:
        """Take away what says how far files are read."""
        if self.progress is not None:
            self.progress = None
            self.refresh()

    def open(self, contents: Mapping[str, bytes]) -> None:
        """Open a network from its files, or an array as a picture; say why where that fails."""
        self.has_read()
        try:
            arrays = [name for name, content in contents.items() if is_npy(content)]
            if arrays and len(arrays) == len(contents):
                self.take_array(arrays[0], contents[arrays[0]])
                return
            told = identified(contents)
            if told is None:
                if self.opened is not None and self.take_names(contents):
                    return
                raise RefusedError("unknown")
            kind, name = told
            found = read_as(kind, contents, name)
            self.answering.proof.running, self.answering.proof.typed = None, ""
            if isinstance(found, Weights):
                case = begun(found)
                first = Opened(name, kind.name, case.found, classes=found.classes)
                self.is_unfolded = case.preset is None
                self.show(of_case(first, case))
            else:
                self.is_unfolded = False
                self.show(of_found(name, kind.name, found))
        except RefusedError as error:
            self.refuse(error)

    def take_names(self, contents: Mapping[str, bytes]) -> bool:
        """Take names of classes in files that hold no network; whether there were any."""
        text = next(iter(contents.values())).decode("utf-8", "replace")
        names = labels_of(contents, "") or typed_names(text)
        are_names = len(names) > 1 and len(text) < LONGEST_NAMES
        if are_names:
            self.desk.page.alert(None)
            self.answering.name_classes("", "\n".join(names), is_final=True)
        return are_names

    def show(self, opened: Opened) -> None:
        """Show a network, with the digits' pictures where it is one for drawings."""
        is_grey = opened.network.input_shape[0] == 1
        if is_grey and DIGITS not in self.networks.galleries:
            self.networks.fetch(DIGITS, lambda: self.bring(opened), lambda: self.bring(opened))
        else:
            self.bring(opened)

    def bring(self, opened: Opened) -> None:
        """Have a network take the place of what is shown."""
        try:
            gallery = opened.gallery(self.networks.galleries)
        except RefusedError as error:
            self.refuse(error)
            return
        self.opened = opened
        self.changes += 1
        self.desk.page.alert(None)
        self.networks.open(gallery)

    def answer(self, opened: Opened) -> None:
        """Have the same network with another answer; the visitor's picture stays."""
        number, before = self.desk.model.state.network, self.desk.model.gallery
        self.bring(opened)
        after = self.desk.model.gallery
        if before.own is not None and after is not before and isinstance(after, OwnGallery):
            carry(before, after)
            self.desk.dispatch("picture", OWN_PICTURE)
            follow(self.crop, number, before, self.desk.model.state.network, after)

    def refuse(self, error: RefusedError) -> None:
        """Say why a file is not opened; what is on screen stays."""
        self.has_read()
        say = words(language_of(self.desk.model))
        told = say(f"own.refused.{error.reason}", **refusal_values(say, error))
        self.desk.page.announce("")
        stays = say("own.refused.stays")
        self.desk.page.alert(self.desk.model.text.together((told, stays)))

    def take_array(self, name: str, content: bytes) -> None:
        """Take an array as a picture of the network that is shown, exactly as it is."""
        model, values = self.desk.model, read_npy(content, where=name)
        gallery, shape = model.gallery, model.trained.input_shape
        array = array_for(shape, values)
        if array is None or not isinstance(gallery, OwnGallery):
            expected = " × ".join(map(str, shape))
            raise RefusedError("array", expected=expected, got=" × ".join(map(str, values.shape)))
        gallery.take_array(array if self.opened is None else self.opened.found.input_of(array))
        self.desk.page.alert(None)
        self.desk.dispatch("bring")

    def offer(self, picture: Pixels) -> None:
        """Offer a picture beside the others of the network that is shown, and show it."""
        gallery = self.desk.model.gallery
        if isinstance(gallery, OwnGallery):
            self.desk.dispatch("picture", gallery.offer(picture))

    def leave(self) -> None:
        """Go back to a network that the page is shipped with."""
        self.networks.choose(PHOTOS)
        self.desk.page.focus(f"network/{PHOTOS}")

    def fold(self) -> None:
        """Show what can be answered, or no longer."""
        self.is_unfolded = not self.is_unfolded
        self.refresh()


MEGA = 1 << 20


def refusal_values(say: Text, error: RefusedError) -> dict[str, str]:
    """What is put into the words of a refusal: of a limit, what it is of, and readable numbers."""
    values = dict(error.values)
    what = f"own.what.{values.get('what')}"
    if what in say.strings:
        is_bytes = values["what"] == "bytes"
        values["what"] = say(what)
        for name in ("limit", "got"):
            number = int(values[name])
            values[name] = f"{number / MEGA:.1f}" if is_bytes else f"{number:,}"
    return values
