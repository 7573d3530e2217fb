"""Decoding by Pillow, where the browser cannot, or does not say truly what it decoded.

Pillow reads these formats safely once their header is checked. Its WebP decoder is old and takes
gigabytes for a small file, and AVIF it lacks::

    if header.format in SAFE:
        rgb64 = decoded_square(file, header.format, (width, height), header.orientation)
"""

from typing import TYPE_CHECKING

import numpy as np

from cnnscope.pictures import resize as image
from cnnscope.pictures.formats.source import PictureError
from cnnscope.pictures.resize import CENTRAL, SIDE, Fit, Pixels, Region, Size

if TYPE_CHECKING:
    from PIL.Image import Image

SAFE = frozenset({"JPEG", "PNG", "GIF", "BMP", "PPM", "QOI"})

HELD_PIXELS = 2**24
"""Most pixels that Pillow may hold, 64 MiB: Python's memory never shrinks."""


LOOKED_AT = 2**22
"""Most pixels of a JPEG that is only looked at."""

LONGEST = 1600  # px of a side of what is looked at


def decoded_square(
    file: bytes,
    format: str,
    size: tuple[int, int],
    orientation: int = 1,
    pixels: int = HELD_PIXELS,
    part: Region | None = None,
    wanted: Size = SIDE,
    fit: Fit = CENTRAL,
) -> Pixels:
    """A file's picture as the network takes it: (rows, cols, 3) as ``wanted``, upright, on white.

    ``size`` is (width, height) as the header says. A JPEG of more than ``pixels`` is decoded at a
    half, a quarter or an eighth of it. ``part`` is another square of the upright picture than what
    ``fit`` takes of it, px as the size has them. Raises ValueError for a damaged file, and
    PictureError for one that is too large.
    """
    width, height = size
    if width * height > (64 * pixels if format == "JPEG" else pixels):
        code = "too_large" if format == "JPEG" else "too_large_unless_jpeg"
        raise PictureError(code, width=width, height=height, limit=pixels // 10**6)
    picture = _framed(image.opened(file, format, size, pixels))
    upright = image.upright_size(*picture.size, orientation)
    part = fit.part(*upright) if part is None else _scaled(part, picture.size[0] / width, upright)
    rows, cols = image.rows_cols(wanted)
    narrow = []
    for left, top, wide, high in image.strips(*picture.size, orientation, part=part):
        strip = picture.crop((left, top, left + wide, top + high))
        narrow.append(fit.narrowed(image.upright(image.seen(strip), orientation), cols))
    return fit.shortened(np.concatenate(narrow), rows)


def decoded_whole(file: bytes, format: str, size: tuple[int, int]) -> Pixels:
    """All of a picture as it is stored, to be looked at: (h, w, 3), smaller if it is large.

    Raises PictureError.
    """
    try:
        picture = image.opened(file, format, size, LOOKED_AT)
    except ValueError as error:
        raise PictureError("damaged", format=format) from error
    picture.thumbnail((LONGEST, LONGEST))
    return image.seen(picture)


def _scaled(part: Region, scale: float, size: tuple[int, int]) -> Region:
    """A square of a picture that was decoded smaller, within it."""
    side = max(1, min(round(part.width * scale), *size))
    left, top = (round(place * scale) for place in part[:2])
    return Region(min(left, size[0] - side), min(top, size[1] - side), side, side)


def _framed(picture: "Image") -> "Image":
    """A GIF with nothing around its first frame, where Pillow puts the first of its colours."""
    frame = getattr(picture, "dispose_extent", None)
    if frame in (None, (0, 0, *picture.size)):
        return picture
    from PIL import Image

    whole = Image.new("RGBA", picture.size)
    whole.paste(picture.crop(frame).convert("RGBA"), frame[:2])
    return whole
