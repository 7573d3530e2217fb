"""Cropping: the visitor chooses the square of the own picture that the network is given.

crop = CropPanel(desk)
crop.offer(Brought((4000, 3000), show, read))   # a picture came, its central square is shown
crop.drag(0.1, 0)                               # the square, a tenth of the picture to the right
crop.zoom(2.0)

The picture stays in the hands of who brought it: the panel knows its size alone.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from cnnscope.panels.base import Action, Desk, Drawn, Region, language_of
from cnnscope.panels.browser_protocol import Page
from cnnscope.panels.crop.drawing import FRAME, PREVIEW, dialog, pose, zoom_at
from cnnscope.panels.crop.square import Size, Square, central, moved, zoom_of, zoomed
from cnnscope.pictures.resize import Region as Part
from cnnscope.views.shared.model import Model

OPENER = "crop.open"
"""Key of the button beside the own picture."""

STRIDE = 0.02
"""How far an arrow key moves the square, of the picture's width."""

FACTOR = 1.1
"""How much a key zooms."""

ARROWS: Mapping[str, tuple[int, int]] = {
    "ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1),
}  # fmt: skip
ZOOMS: Mapping[str, float] = {"+": FACTOR, "=": FACTOR, "-": 1 / FACTOR, "_": 1 / FACTOR}


@dataclass(frozen=True)
class Brought:
    """A picture that can be cropped."""

    size: Size  # upright
    show: Callable[[str], None]  # draws all of it on the canvas of a key
    read: Callable[[Part | None], None]  # reads a square of it anew, or all, and shows that


class CropPanel:
    """The dialog of one page."""

    def __init__(self, desk: Desk) -> None:
        """Stand at a desk; there is no picture yet."""
        self.desk = desk
        self.offers: dict[str, tuple[Brought, Square]] = {}
        """What was brought to each network, and the square of it that is shown."""
        self.square: Square | None = None  # the one that is being chosen; None while it is closed
        self.wanted: Square | None = None  # the one that is being read
        self.actions: Mapping[str, Action] = {
            "crop.open": lambda _: self.open(),
            "crop.use": lambda _: self.use(),
            "crop.cancel": lambda _: self.close(),
        }
        self.regions: Sequence[Region] = (
            Drawn("crop", language_of, self.draw),
            Drawn("crop.offered", offered, self.draw_opener),
        )

    @property
    def brought(self) -> Brought | None:
        """What was brought to the network that is shown."""
        return self.offers.get(self.desk.model.state.network, (None, None))[0]

    @property
    def used(self) -> Square | None:
        """The square of it that is shown."""
        return self.offers.get(self.desk.model.state.network, (None, None))[1]

    def offer(self, brought: Brought) -> None:
        """Another picture was brought, and its central square is shown."""
        self.offers[self.desk.model.state.network] = brought, central(brought.size)
        self.square = self.wanted = None
        self.desk.page.mount("crop", "")

    def open(self) -> None:
        """Show the whole picture, and the square of it that is used."""
        if self.brought is not None and self.used is not None:
            self.square = self.used
            self.draw(self.desk.model, self.desk.page)

    def use(self) -> None:
        """Give the network the square that was chosen."""
        self.wanted = self.square
        self.close()
        if self.brought is not None and self.wanted is not None:
            self.brought.read(self.wanted.region)

    def take(self, part: Part) -> None:
        """The picture that is shown is now this square of what was brought."""
        if self.brought and self.wanted is not None and self.wanted.region == part:
            self.offers[self.desk.model.state.network] = self.brought, self.wanted

    def close(self) -> None:
        """Go back to the network, with the square that is used."""
        self.square = None
        self.desk.page.mount("crop", "")
        self.desk.page.focus(OPENER)

    @property
    def is_open(self) -> bool:
        """Whether a square is being chosen."""
        return self.square is not None

    def draw(self, model: Model, page: Page) -> None:
        """Mount the dialog, if it is open."""
        if self.brought is not None and self.square is not None:
            page.mount("crop", str(dialog(model.text, self.brought.size)))
            self.brought.show(PREVIEW)
            self.place(self.square)

    def draw_opener(self, model: Model, page: Page) -> None:
        """Show the button once there is a picture to crop."""
        page.pose({OPENER: {"hidden": not can_crop(model)}})

    def place(self, square: Square) -> None:
        """Put the square there."""
        assert self.brought is not None
        self.square = square
        self.desk.page.pose(pose(self.desk.model.text, square, self.brought.size))

    def drag(self, across: float, down: float) -> None:
        """Move the square by shares of the picture's width and height."""
        if self.brought is not None and self.square is not None:
            self.place(moved(self.square, across, down, self.brought.size))

    def zoom(self, factor: float, about: tuple[float, float] = (0.5, 0.5)) -> None:
        """Zoom in or out, about a place of the square (0..1)."""
        if self.brought is not None and self.square is not None:
            size = self.brought.size
            self.place(zoomed(self.square, zoom_of(self.square, size) * factor, size, about))

    def slide(self, value: str) -> None:
        """The slider was moved."""
        if self.brought is not None and self.square is not None:
            size = self.brought.size
            self.place(zoomed(self.square, zoom_at(float(value), size), size))

    def press(self, key: str) -> bool:
        """A key on the square; whether it means something there."""
        if self.brought is None or not self.is_open:
            return False
        if key in ARROWS:
            (across, down), (width, height) = ARROWS[key], self.brought.size
            self.drag(across * STRIDE, down * STRIDE * width / height)
        elif key in ZOOMS:
            self.zoom(ZOOMS[key])
        elif key == "Enter":
            self.use()
            return True
        else:
            return False
        self.desk.announce(*self.said())
        return True

    def said(self) -> Sequence[str]:
        """What a screen reader is told of the square."""
        if self.brought is None or self.square is None:
            return ()
        where = pose(self.desk.model.text, self.square, self.brought.size)[FRAME]
        return (str(where["aria-label"]),)


def offered(model: Model) -> Hashable:
    """Whether there is a picture to crop, and the language that is spoken of it."""
    return language_of(model), model.state.network, can_crop(model)


def can_crop(model: Model) -> bool:
    """Whether there is a picture that the visitor brought, and did not draw."""
    return model.gallery.own is not None and not model.gallery.is_drawn
