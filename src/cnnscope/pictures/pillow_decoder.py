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
from cnnscope.pictures.resize import Pixels

if TYPE_CHECKING:
    from PIL.Image import Image

SAFE = frozenset({"JPEG", "PNG", "GIF", "BMP", "PPM", "QOI"})

PIXELS = 2**24
"""Most pixels that Pillow may hold, 64 MiB: Python's memory never shrinks."""


def decoded_square(
    file: bytes, format: str, size: tuple[int, int], orientation: int = 1, pixels: int = PIXELS
) -> Pixels:
    """A file's picture as the network takes it: (64, 64, 3), upright, on white.

    ``size`` is (width, height) as the header says. A JPEG of more than ``pixels`` is decoded at a
    half, a quarter or an eighth of it. Raises ValueError for a damaged file, and PictureError for
    one that is too large.
    """
    width, height = size
    if width * height > (64 * pixels if format == "JPEG" else pixels):
        raise PictureError("too_large", width=width, height=height, limit=pixels // 10**6)
    picture = _framed(image.opened(file, format, size, pixels))
    narrow = []
    for left, top, wide, high in image.strips(*picture.size, orientation):
        part = picture.crop((left, top, left + wide, top + high))
        narrow.append(image.narrowed(image.upright(image.seen(part), orientation)))
    return image.shortened(np.concatenate(narrow))


def _framed(picture: "Image") -> "Image":
    """A GIF with nothing around its first frame, where Pillow puts the first of its colours."""
    frame = getattr(picture, "dispose_extent", None)
    if frame in (None, (0, 0, *picture.size)):
        return picture
    from PIL import Image

    whole = Image.new("RGBA", picture.size)
    whole.paste(picture.crop(frame).convert("RGBA"), frame[:2])
    return whole
