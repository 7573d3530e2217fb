"""The door: opens the files of a network, says what is not understood, asks what is not told.

door = Door(desk, networks, stop)
door.open({"net.keras": b"..."})       # shown, or refused; what is on screen stays till then
door.actions["own.scale"]("signed")    # an answer, which can be changed at any time
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from cnnscope.app.inputs import Take
from cnnscope.app.networks import Networks
from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.state.state import OWN_NETWORK, OWN_PICTURE, PHOTOS
from cnnscope.views.shared.model import Model
from cnnscope_own.case import (
    Case,
    begun,
    with_arrangement,
    with_function,
    with_more,
    with_pooling,
    with_size,
)
from cnnscope_own.drawing import panel
from cnnscope_own.gallery import OwnGallery, array_for
from cnnscope_own.opened import SCALES, Opened, of_case, of_found, typed_names
from cnnscope_own.pictures import DIGITS
from cnnscope_own.proof import Proof
from cnnscope_own.sizes import is_fit
from cnnscope_own.words import words
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import Weights
from cnnscope_readers.npy import is_npy, read_npy
from cnnscope_readers.registry import read

T = TypeVar("T")

LARGEST = 64 << 20
"""Bytes of all files that are opened together."""


class Door:
    """The networks that the visitor of one page opens."""

    def __init__(self, desk: Desk, networks: Networks, stop: Callable[[], None]) -> None:
        """Stand at a desk; ``stop`` ends the reading of files."""
        self.desk = desk
        self.networks = networks
        self.stop = stop
        self.opened: Opened | None = None  # what is shown
        self.is_unfolded = False  # whether what can be answered is to be seen
        self.changes = 0  # how often anything of it was another
        self.progress: tuple[int, int] | None = None  # bytes that are read, of how many
        self.actions: Mapping[str, Action] = {
            "own.back": lambda _: self.leave(),
            "own.fold": lambda _: self.fold(),
            "own.scale": self.choose_scale,
            "own.invert": lambda _: self.invert(),
            "own.cancel": lambda _: self.cancel(),
            "own.size": lambda size: self.choose_size(read_size(size) or (0, 0)),
            "own.arrangement": lambda number: self.arrange(int(number)),
            "own.more": lambda _: self.offer_more(),
            "own.function": lambda name: self.answer_case(with_function, name),
            "own.pooling": lambda name: self.answer_case(with_pooling, name),
            "own.copy": lambda _: self.proof.copy(),
            "own.prove": lambda _: self.proof.begin(),
            "own.stop": lambda _: self.proof.stop(),
        }
        self.proof = Proof(desk, lambda: self.case, self.take_case)
        self.inputs: Mapping[str, Take] = {
            "own.classes": self.name_classes,
            "own.printed": self.proof.type,
            "own.size": self.type_size,
        }
        self.regions: Sequence[Region] = (Drawn("own", self.depends, self.draw),)

    def depends(self, model: Model) -> tuple[object, ...]:
        """What the door shows."""
        return language_of(model), model.state.network, self.changes, self.is_unfolded

    def draw(self, model: Model, page: Page) -> None:
        """Mount what is known of the network, where one of the visitor's is shown or read."""
        is_shown = self.opened is not None and model.state.network.startswith(OWN_NETWORK)
        focused = page.focused()
        say = words(language_of(model))
        opened = self.opened if is_shown else None
        asked = (self.proof.lines(), self.proof.typed)
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
            kind, found = read(contents)
            self.proof.running, self.proof.typed = None, ""
            name = next(iter(contents))
            if isinstance(found, Weights):
                case = begun(found)
                first = Opened(name, kind, case.found, classes=found.classes)
                self.is_unfolded = case.preset is None
                self.show(of_case(first, case))
            else:
                self.is_unfolded = False
                self.show(of_found(name, kind, found))
        except RefusedError as error:
            self.refuse(error)

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
        before = self.desk.model.gallery
        self.bring(opened)
        after = self.desk.model.gallery
        if before.own is not None and after is not before and isinstance(after, OwnGallery):
            after.take_up(before.own, before.notices, is_drawn=before.is_drawn)
            self.desk.dispatch("picture", OWN_PICTURE)

    def refuse(self, error: RefusedError) -> None:
        """Say why a file is not opened; what is on screen stays."""
        self.has_read()
        say = words(language_of(self.desk.model))
        told = say(f"own.refused.{error.reason}", **error.values)
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

    def leave(self) -> None:
        """Go back to a network that the page is shipped with."""
        self.networks.choose(PHOTOS)
        self.desk.page.focus(f"network/{PHOTOS}")

    def fold(self) -> None:
        """Show what can be answered, or no longer."""
        self.is_unfolded = not self.is_unfolded
        self.refresh()

    @property
    def case(self) -> Case | None:
        """What was answered about weights without an architecture, where such are shown."""
        return None if self.opened is None else self.opened.case

    def take_case(self, case: Case) -> None:
        """Have the network be as was answered, or proved."""
        if self.opened is not None and case is not self.opened.case:
            self.answer(of_case(self.opened, case))

    def answer_case(self, step: Callable[[Case, T], Case], answer: T) -> None:
        """Answer one question about the architecture."""
        if self.case is not None:
            try:
                self.take_case(step(self.case, answer))
            except RefusedError as error:
                self.refuse(error)

    def choose_size(self, size: tuple[int, int]) -> None:
        """Have its pictures be of another size."""
        if self.case is not None:
            self.answer_case(with_size, size)
        elif self.opened is not None and self.opened.shapes:
            shape = (self.opened.shapes[0][0], *size)
            if is_fit(self.opened.found, shape):
                self.answer(replace(self.opened, input_shape=shape))

    def type_size(self, argument: str, value: str, *, is_final: bool) -> None:
        """Have its pictures be of a size that was typed, if all layers fit it."""
        size = read_size(value)
        if not is_final or size is None or self.opened is None:
            return
        self.choose_size(size)
        if self.opened.network.input_shape[1:] != size:
            say = words(language_of(self.desk.model))
            told = say("own.size.unfit", rows=size[0], cols=size[1])
            self.desk.page.pose({"own.size.told": {"text": told}})

    def arrange(self, number: int) -> None:
        """Take one of the arrangements that are offered."""
        if self.case is not None:
            self.take_case(with_arrangement(self.case, self.case.offered[number]))

    def offer_more(self) -> None:
        """Offer more arrangements of the same network."""
        if self.opened is not None and self.opened.case is not None:
            self.opened = replace(self.opened, case=with_more(self.opened.case))
            self.refresh()

    def choose_scale(self, name: str) -> None:
        """Have pixels become numbers in another way."""
        if self.opened is not None and name in SCALES:
            is_inverted = self.opened.network.scale.is_inverted
            self.answer(replace(self.opened, scale=replace(SCALES[name], is_inverted=is_inverted)))

    def invert(self) -> None:
        """Turn dark and light of the pictures round, or back."""
        if self.opened is not None:
            scale = self.opened.network.scale
            self.answer(
                replace(self.opened, scale=replace(scale, is_inverted=not scale.is_inverted))
            )

    def name_classes(self, argument: str, value: str, *, is_final: bool) -> None:
        """Call the classes as somebody typed, once there are as many names as classes."""
        if self.opened is None or not is_final:
            return
        names = typed_names(value)
        count = len(self.opened.names(self.opened.network))
        if len(names) in (0, count):
            self.answer(replace(self.opened, classes=names))
        say = words(language_of(self.desk.model))
        wrong = len(names) not in (0, count)
        told = say("own.classes.count", got=len(names), count=count) if wrong else ""
        self.desk.page.pose({"own.classes.told": {"text": told}})


SIZE = re.compile(r"\s*(\d{1,3})\s*(?:[x×*,; ]\s*(\d{1,3})\s*)?")


def read_size(text: str) -> tuple[int, int] | None:
    """Rows and columns of ``28x28``; of one number alone, a square. None where it is no size."""
    found = SIZE.fullmatch(text)
    return None if found is None else (int(found[1]), int(found[2] or found[1]))
