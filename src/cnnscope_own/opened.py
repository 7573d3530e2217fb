"""What was opened: a network's file, what it tells, and what the visitor answered about the rest.

opened = Opened("net.keras", "keras", found)
gallery = opened.gallery(galleries)            # RefusedError
replace(opened, scale="signed").gallery(galleries)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.network import Network
from cnnscope.pictures.gallery import Gallery
from cnnscope_own.case import Case
from cnnscope_own.fitting import FITS, fit_of
from cnnscope_own.gallery import OwnGallery
from cnnscope_own.pictures import samples_for
from cnnscope_own.sizes import fitting
from cnnscope_readers.assemble import assemble
from cnnscope_readers.found import Found, Shape

Standing = Literal["told", "preset", "proved", "guess"]
"""How the architecture is known: by the file, by names of a well-known one, by numbers, or not."""

SCALES: Mapping[str, InputScale] = {
    "unit": InputScale.unit(),
    "signed": InputScale.signed(),
    "mnist": InputScale.standardised((0.1307,), (0.3081,)),
    "imagenet": InputScale.standardised((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "bytes": InputScale.bytes(),
}
"""How pixels become numbers, by the names that the page has for the usual ways."""

NUMBERED = re.compile(r"""['"]([^'"]+)['"]\s*:\s*(\d+)""")
"""An entry of a dict of classes, as it is printed."""

LONGEST = 40
"""Characters of a class's name that are kept."""


@dataclass(frozen=True, eq=False)
class Opened:
    """One network that was opened, as far as it is known."""

    file: str
    kind: str  # of file, a name in the registry of readers
    found: Found
    standing: Standing = "told"
    shapes: tuple[Shape, ...] = ()  # of the input, which fit where the file does not say
    input_shape: Shape | None = None  # the one of them that is taken
    scale: InputScale | None = None  # that was chosen, in place of the file's or the usual one
    classes: tuple[str, ...] = ()  # that were typed, in place of the file's
    fit: str = ""  # that was chosen, how pictures are made to fit, in place of the usual way
    case: Case | None = None  # of weights without an architecture: what was answered about it

    @cached_property
    def network(self) -> Network:
        """The network. Raises RefusedError."""
        made = assemble(self.found, self.input_shape)
        scale = self.scale or self.found.scale or InputScale.unit()
        if scale.channels not in (None, made.input_shape[0]):
            scale = InputScale.unit()
        return Network(made.input_shape, made.layers, scale)

    def names(self, network: Network) -> tuple[str, ...]:
        """What the classes are called: as typed, as the file says, else by their number."""
        count = network.shapes[network.layers[-1].name][0]
        for names in (self.classes, self.found.classes):
            if len(names) == count:
                return names
        return tuple(map(str, range(count)))

    @property
    def fit_taken(self) -> str:
        """How pictures are made to fit: as was chosen, else as is usual for its kind of file."""
        return self.fit or fit_of(self.kind)

    @property
    def are_names_guessed(self) -> bool:
        """Whether nobody said what the classes are called: neither the file nor the visitor."""
        return not self.classes and not (self.case is None and self.found.classes)

    def gallery(self, galleries: Mapping[str, Gallery]) -> OwnGallery:
        """The network with pictures for it, to be shown. Raises RefusedError."""
        network = self.network
        classes = self.names(network)
        sure = () if self.are_names_guessed else classes
        samples, strangers = samples_for(network, sure, galleries, FITS[self.fit_taken])
        made = OwnGallery(network, samples, strangers, classes)
        made.fit = FITS[self.fit_taken]
        return made


def of_found(file: str, kind: str, found: Found) -> Opened:
    """A file that tells its architecture; the usual size of picture where it does not tell that.

    Raises RefusedError.
    """
    if found.input_shape is not None:
        return Opened(file, kind, found)
    shapes = fitting(found)
    standing: Standing = "told" if len(shapes) == 1 else "guess"
    return Opened(file, kind, found, standing, shapes, shapes[0])


def of_case(opened: Opened, case: Case) -> Opened:
    """The same file with other answers about its architecture."""
    standing: Standing = "guess"
    if case.is_proved:
        standing = "proved"
    elif case.is_preset:
        standing = "preset"
    return replace(opened, found=case.found, standing=standing, case=case)


def typed_names(text: str) -> tuple[str, ...]:
    """Names of classes as somebody typed or pasted them: one a line, or with commas between.

    Quotes and brackets of a list that was printed are left out.
    """
    numbered = NUMBERED.findall(text)
    if numbered and text.count(":") == len(numbered):  # a dict of names and their numbers
        return tuple(name[:LONGEST] for _, name in sorted((int(k), name) for name, k in numbered))
    parts = text.split("\n") if "\n" in text.strip() else text.split(",")
    stripped = (part.strip().strip("[](),").strip().strip("'\"").strip() for part in parts)
    return tuple(name[:LONGEST] for name in stripped if name)
