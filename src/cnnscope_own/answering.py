"""Answers about an opened network: each question's action, and the fields that are typed into.

answering = Answering(desk, door)
answering.actions["own.scale"]("signed")     # the network is shown anew, with that answer
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from cnnscope.app.inputs import Take
from cnnscope.panels.base import Action, Desk, language_of
from cnnscope_own.case import (
    Case,
    with_arrangement,
    with_function,
    with_more,
    with_pooling,
    with_size,
)
from cnnscope_own.fitting import FITS
from cnnscope_own.opened import SCALES, Opened, of_case, typed_names
from cnnscope_own.proof import Proof
from cnnscope_own.sizes import is_fit
from cnnscope_own.words import words
from cnnscope_readers.errors import RefusedError

T = TypeVar("T")


class Shows(Protocol):
    """What shows an opened network."""

    opened: Opened | None

    def answer(self, opened: Opened) -> None:
        """Show the same network with another answer."""

    def refuse(self, error: RefusedError) -> None:
        """Say why an answer cannot be."""

    def refresh(self) -> None:
        """Draw the questions anew."""


class Answering:
    """The answers of one page."""

    def __init__(self, desk: Desk, door: Shows) -> None:
        """Answer at a desk about what a door shows."""
        self.desk = desk
        self.door = door
        self.proof = Proof(desk, lambda: self.case, self.take_case)
        self.actions: Mapping[str, Action] = {
            "own.scale": self.choose_scale,
            "own.fit": self.choose_fit,
            "own.invert": lambda _: self.invert(),
            "own.size": lambda size: self.choose_size(read_size(size) or (0, 0)),
            "own.arrangement": lambda number: self.arrange(int(number)),
            "own.more": lambda _: self.offer_more(),
            "own.function": lambda name: self.answer_case(with_function, name),
            "own.pooling": lambda name: self.answer_case(with_pooling, name),
            "own.copy": lambda _: self.proof.copy(),
            "own.prove": lambda _: self.proof.begin(),
            "own.stop": lambda _: self.proof.stop(),
        }
        self.inputs: Mapping[str, Take] = {
            "own.classes": self.name_classes,
            "own.printed": self.proof.type,
            "own.size": self.type_size,
        }

    @property
    def case(self) -> Case | None:
        """What was answered about weights without an architecture, where such are shown."""
        return None if self.door.opened is None else self.door.opened.case

    def take_case(self, case: Case) -> None:
        """Have the network be as was answered, or proved."""
        if self.door.opened is not None and case is not self.door.opened.case:
            self.door.answer(of_case(self.door.opened, case))

    def answer_case(self, step: Callable[[Case, T], Case], answer: T) -> None:
        """Answer one question about the architecture."""
        if self.case is not None:
            try:
                self.take_case(step(self.case, answer))
            except RefusedError as error:
                self.door.refuse(error)

    def choose_size(self, size: tuple[int, int]) -> None:
        """Have its pictures be of another size."""
        if self.case is not None:
            self.answer_case(with_size, size)
        elif self.door.opened is not None and self.door.opened.shapes:
            shape = (self.door.opened.shapes[0][0], *size)
            if is_fit(self.door.opened.found, shape):
                self.door.answer(replace(self.door.opened, input_shape=shape))

    def type_size(self, argument: str, value: str, *, is_final: bool) -> None:
        """Have its pictures be of a size that was typed, if all layers fit it."""
        size = read_size(value) or (0, 0)
        if not is_final or not value.strip() or self.door.opened is None:
            return
        self.choose_size(size)
        if self.door.opened.network.input_shape[1:] != size:
            say = words(language_of(self.desk.model))
            told = say("own.size.unfit", rows=size[0], cols=size[1])
            self.desk.page.pose({"own.size.told": {"text": told}})

    def arrange(self, number: int) -> None:
        """Take one of the arrangements that are offered."""
        if self.case is not None:
            self.take_case(with_arrangement(self.case, self.case.offered[number]))

    def offer_more(self) -> None:
        """Offer more arrangements of the same network."""
        if self.door.opened is not None and self.door.opened.case is not None:
            self.door.opened = replace(self.door.opened, case=with_more(self.door.opened.case))
            self.door.refresh()

    def choose_scale(self, name: str) -> None:
        """Have pixels become numbers in another way."""
        if self.door.opened is not None and name in SCALES:
            is_inverted = self.door.opened.network.scale.is_inverted
            self.door.answer(
                replace(self.door.opened, scale=replace(SCALES[name], is_inverted=is_inverted))
            )

    def choose_fit(self, name: str) -> None:
        """Have pictures be made to fit in another way."""
        if self.door.opened is not None and name in FITS:
            self.door.answer(replace(self.door.opened, fit=name))

    def invert(self) -> None:
        """Turn dark and light of the pictures round, or back."""
        if self.door.opened is not None:
            scale = self.door.opened.network.scale
            self.door.answer(
                replace(self.door.opened, scale=replace(scale, is_inverted=not scale.is_inverted))
            )

    def name_classes(self, argument: str, value: str, *, is_final: bool) -> None:
        """Call the classes as somebody typed, once there are as many names as classes."""
        if self.door.opened is None or not is_final:
            return
        names = typed_names(value)
        count = len(self.door.opened.names(self.door.opened.network))
        if len(names) in (0, count):
            named = replace(self.door.opened, classes=names)
            self.desk.page.later(lambda: self.door.answer(named))  # once the focus is elsewhere
        say = words(language_of(self.desk.model))
        wrong = len(names) not in (0, count)
        told = say("own.classes.count", got=len(names), count=count) if wrong else ""
        self.desk.page.pose({"own.classes.told": {"text": told}})


SIZE = re.compile(r"\s*(\d{1,3})\s*(?:[x×*,; ]\s*(\d{1,3})\s*)?")


def read_size(text: str) -> tuple[int, int] | None:
    """Rows and columns of ``28x28``; of one number alone, a square. None where it is no size."""
    found = SIZE.fullmatch(text)
    return None if found is None else (int(found[1]), int(found[2] or found[1]))
