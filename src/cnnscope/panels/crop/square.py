"""The square of a picture that the network is given: where it lies, moved, zoomed.

square = central(4000, 3000)            # Square(500, 0, 3000)
zoomed(square, 2, (4000, 3000))         # half as large, about its middle
moved(square, 0.1, 0, (4000, 3000))     # a tenth of the picture's width to the right
"""

from typing import NamedTuple

from cnnscope.pictures.resize import SIDE, Region, central_square

Size = tuple[int, int]
"""(width, height) of an upright picture, px."""


class Square(NamedTuple):
    """A square of a picture, px of the picture from its top left corner; parts of pixels count."""

    left: float
    top: float
    side: float

    @property
    def region(self) -> Region:
        """The whole pixels that it is."""
        side = round(self.side)
        return Region(round(self.left), round(self.top), side, side)


def central(size: Size) -> Square:
    """The largest square in the middle, which a picture begins with."""
    left, top, side, _ = central_square(*size)
    return Square(left, top, side)


def largest_zoom(size: Size) -> float:
    """How far one can zoom in: until each pixel of the network is one of the picture's file.

    A photo so large that it is read at a reduced size is blurred before that.
    """
    return max(1.0, min(size) / SIDE)


def zoom_of(square: Square, size: Size) -> float:
    """How many times smaller a square is than the largest."""
    return min(size) / square.side


def zoomed(
    square: Square, zoom: float, size: Size, about: tuple[float, float] = (0.5, 0.5)
) -> Square:
    """A square with another zoom; what lies ``about`` there in it (0..1) stays where it is."""
    side = min(size) / max(1.0, min(zoom, largest_zoom(size)))
    across, down = about
    left = square.left + across * (square.side - side)
    top = square.top + down * (square.side - side)
    return within(Square(left, top, side), size)


def moved(square: Square, across: float, down: float, size: Size) -> Square:
    """A square moved by shares of the picture's width and height, as far as the picture goes."""
    width, height = size
    return within(square._replace(left=square.left + across * width,
                                  top=square.top + down * height), size)  # fmt: skip


def within(square: Square, size: Size) -> Square:
    """A square kept within its picture, on whole pixels at its edges."""
    width, height = size
    side = min(square.side, *size)
    left = min(max(square.left, 0), width - round(side))
    top = min(max(square.top, 0), height - round(side))
    return Square(left, top, side)
