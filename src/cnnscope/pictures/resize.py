"""Resizing to the network's input, the same for training, samples and visitors.

    rgb64 = prepare(rgb)          # (64, 64, 3) uint8 from (h, w, 3) uint8
    x = to_input(rgb64)           # (3, 64, 64) float32, RGB / 255

A picture too large to hold at once goes through the same steps in strips, to the same bytes:

    narrow = [narrowed(upright(read(part), orientation)) for part in strips(w, h, orientation)]
    rgb64 = shortened(np.concatenate(narrow))

Pillow is imported where it resizes and nowhere else, because the page loads it only when a
visitor's own picture asks for it.
"""

from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

BRIGHTNESS = np.array([0.299, 0.587, 0.114], np.float32)
"""Share of red, green and blue in a pixel's brightness."""

Pixels = NDArray[np.uint8]
"""(rows, cols, channels), 0-255; channels are RGB, or four where a function says so."""

SIDE = 64
"""Side of the shipped network's input, px."""

Size = int | tuple[int, int]
"""Rows and columns of a network's input; one number where they are the same."""

STRIP_PIXELS = 2**20
"""Most pixels that one strip holds: 4 MiB as RGBA, whatever the picture's size."""

# EXIF orientation -> (transpose, then flip rows, then flip columns) that makes it upright.
_TURNS = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}


class Region(NamedTuple):
    """A rectangle of a picture, px from its top left corner."""

    left: int
    top: int
    width: int
    height: int


def prepare(rgb: Pixels, size: Size = SIDE, part: Region | None = None) -> Pixels:
    """The largest central square, or another part, resized: (h, w, 3) -> (rows, cols, 3).

    Bicubic with Pillow's antialiasing; a square that has the size already is returned unchanged.
    """
    left, top, width, height = part or central_square(rgb.shape[1], rgb.shape[0])
    square = rgb[top : top + height, left : left + width]
    rows, cols = rows_cols(size)
    return shortened(narrowed(square, cols), rows)


def rows_cols(size: Size) -> tuple[int, int]:
    """Rows and columns of an input of a size."""
    return (size, size) if isinstance(size, int) else size


def to_input(rgb: Pixels, channels: int = 3) -> NDArray[np.float32]:
    """A picture's pixels, channel first: (h, w, 3) 0-255 -> (channels, h, w) 0..1.

    One channel is the brightness. Source: ITU-R BT.601, as Pillow's "L".
    """
    if channels == 1:
        return (rgb @ BRIGHTNESS / np.float32(255))[np.newaxis]  # (1, h, w)
    channel_first = np.ascontiguousarray(rgb.transpose(2, 0, 1), dtype=np.float32)  # (3, h, w)
    return channel_first / np.float32(255)


def onto_white(rgba: Pixels) -> Pixels:
    """The picture as seen on white paper: (h, w, 4), alpha not premultiplied -> (h, w, 3)."""
    alpha = rgba[..., 3:].astype(np.uint32)
    mixed = rgba[..., :3] * alpha + 255 * (255 - alpha)
    return ((mixed + 127) // 255).astype(np.uint8)


def decoded(file: bytes, format: str) -> Pixels:
    """A whole file, by Pillow's decoder of that name: (h, w, 3), transparency onto white.

    Check the header first: Pillow allocates what a file promises. Raises ValueError for a damaged
    file.
    """
    return seen(opened(file, format))


def opened(
    file: bytes, format: str, size: tuple[int, int] | None = None, pixels: int | None = None
) -> "Image.Image":
    """A file's picture by Pillow's decoder of that name, which has read it to its end.

    Pillow's other decoders stay out of it, whatever the file claims to be. A JPEG of more than
    ``pixels`` is decoded smaller. Raises ValueError for a damaged file, and for one that is not of
    the ``size`` (width, height) that its header promised.
    """
    from PIL import Image

    # Loading the one plugin keeps Image.open from loading all of them to find it.
    import_module(f"PIL.{format.capitalize()}ImagePlugin")
    Image.MAX_IMAGE_PIXELS = None  # the header's limits are closer
    try:
        picture = Image.open(BytesIO(file), formats=[format])
        if size not in (None, picture.size):
            raise ValueError(f"expected {size}, got {picture.size}")
        if pixels is not None:
            _reduce(picture, pixels)
        picture.load()
    except MemoryError:
        raise
    except Exception as error:  # Pillow's decoders raise whatever they stumble over
        raise ValueError(f"{format} file: Pillow cannot decode it") from error
    return picture


def seen(picture: "Image.Image") -> Pixels:
    """The values of Pillow's picture, or of a part of it: (h, w, 3), transparency onto white."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        return onto_white(np.array(picture.convert("RGBA")))
    if picture.mode.startswith("I"):  # 16-bit grey: Pillow would clip it at 255
        grey = (np.array(picture).astype(np.uint32) * 255 + 32767) // 65535
        return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)
    return np.array(picture.convert("RGB"))


def central_square(width: int, height: int) -> Region:
    """The largest square in the middle of an upright picture.

    Where the margin is odd, the left (or upper) one is the smaller by a pixel.
    """
    side = min(width, height)
    return Region((width - side) // 2, (height - side) // 2, side, side)


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """A view of the stored pixels as they are to be seen; orientation is EXIF's 1 to 8."""
    transpose, flip_rows, flip_cols = _TURNS[orientation]
    if transpose:
        pixels = pixels.swapaxes(0, 1)
    return pixels[:: -1 if flip_rows else 1, :: -1 if flip_cols else 1]


def turn(orientation: int, width: int, height: int) -> tuple[int, ...]:
    """What a canvas of an upright picture's size is told, to have a stored one drawn upright.

    (a, b, c, d, e, f): the stored place (x, y) is seen at (ax + cy + e, bx + dy + f).
    """
    transpose, flip_rows, flip_cols = _TURNS[orientation]
    across, down = -1 if flip_cols else 1, -1 if flip_rows else 1
    right, bottom = width if flip_cols else 0, height if flip_rows else 0
    return (0, down, across, 0, right, bottom) if transpose else (across, 0, 0, down, right, bottom)


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """(width, height) of the upright picture from those of the stored one."""
    return (height, width) if _TURNS[orientation][0] else (width, height)


def strips(
    width: int,
    height: int,
    orientation: int = 1,
    pixels: int = STRIP_PIXELS,
    part: Region | None = None,
) -> list[Region]:
    """The parts of the stored picture that make up the upright one's central square, or another.

    Each is a band of whole rows of that upright part, top band first, of at most ``pixels``
    pixels (or one row, if that is more). Width and height are those of the stored picture.
    """
    seen_width, seen_height = upright_size(width, height, orientation)
    left, top, wide, high = part or central_square(seen_width, seen_height)
    rows = max(1, pixels // wide)
    bands = (Region(left, y, wide, min(rows, top + high - y)) for y in range(top, top + high, rows))
    return [_stored(band, seen_width, seen_height, orientation) for band in bands]


def narrowed(rows: Pixels, cols: int = SIDE, by: str = "BICUBIC") -> Pixels:
    """Rows of the part that is wanted, resized in width only: (n, w, 3 or 4) -> (n, cols, 3).

    A fourth channel is ignored. Each row stands for itself, so a picture may come in strips.
    ``by`` names one of Pillow's filters.
    """
    if rows.shape[1] == cols:
        return np.ascontiguousarray(rows[..., :3])
    return _resized(rows, cols, rows.shape[0], by)


def shortened(pixels: Pixels, rows: int = SIDE, by: str = "BICUBIC") -> Pixels:
    """All rows of that part, resized in height only: (h, cols, 3) -> (rows, cols, 3)."""
    return pixels if pixels.shape[0] == rows else _resized(pixels, pixels.shape[1], rows, by)


class Fit(NamedTuple):
    """How a picture is made to fit an input: what is taken of it, and how that is resized.

    ``narrowed`` may hand ``shortened`` numbers that are not rounded.
    """

    part: Callable[[int, int], Region] = central_square  # of (width, height)
    narrowed: Callable[[Pixels, int], NDArray[Any]] = narrowed
    shortened: Callable[[NDArray[Any], int], Pixels] = shortened


CENTRAL = Fit()
"""The largest central square, bicubic with Pillow's antialiasing."""


def _reduce(picture: "Image.Image", pixels: int) -> None:
    """Have Pillow decode a JPEG at a half, a quarter or an eighth, whichever is small enough."""
    width, height = picture.size
    part = 1
    while width * height > pixels * part * part:
        part *= 2
    picture.draft(None, (max(1, width // part), max(1, height // part)))


def _stored(seen: Region, seen_width: int, seen_height: int, orientation: int) -> Region:
    """Where a region of the upright picture lies in the stored one."""
    transpose, flip_rows, flip_cols = _TURNS[orientation]
    left, top, width, height = seen
    if flip_rows:
        top = seen_height - top - height
    if flip_cols:
        left = seen_width - left - width
    return Region(top, left, height, width) if transpose else Region(left, top, width, height)


def _resized(pixels: Pixels, width: int, height: int, by: str) -> Pixels:
    """Pillow's resize of (h, w, 3 or 4) to (height, width, 3), by a filter of its.

    Pillow resizes the width first and rounds to 8 bits before it resizes the height; that is why
    the two can be done apart, and in strips, to the same bytes.
    """
    from PIL import Image

    mode = "RGB" if pixels.shape[2] == 3 else "RGBX"  # RGBX: Pillow reads it without a copy
    size = (pixels.shape[1], pixels.shape[0])
    image = Image.frombuffer(mode, size, _contiguous(pixels), "raw", mode, 0, 1)
    return np.array(image.resize((width, height), Image.Resampling[by]))[..., :3]


def _contiguous(pixels: Pixels) -> Pixels:
    """The same pixels in row order; four channels move as one word, six times as quickly."""
    if pixels.shape[2] != 4 or pixels.flags.c_contiguous:
        return np.ascontiguousarray(pixels)
    return np.ascontiguousarray(pixels.view(np.uint32)).view(np.uint8)
