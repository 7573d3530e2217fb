"""Pictures at the limits of size that the page must show: what makes each, and what is in it.

``EXTREME`` maps a name to a function that makes ``Usable``; some of its files are large or take a
second to make.
"""

import io
import zlib
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np
from PIL import Image

from support.pictures.encoded import (
    COLOURS,
    Pixels,
    bmp,
    chunk,
    encoded,
    ico,
    lossless_webp,
    many_scans,
    png,
    png_header,
    resized_bmp,
    run_lengths,
    upright,
)
from support.pictures.odd import three
from support.pictures.usable import Usable

PHONE = (8064, 6048)
"""Width and height of a phone's largest photo, 48 megapixels."""

LARGEST = 8192
"""Side of the largest square that may be brought."""

ORANGE = (200, 90, 30)  # lossless_webp's


def of_one_colour(colour: tuple[int, int, int]) -> Pixels:
    """Any picture of one colour, as the network gets it."""
    return np.full((64, 64, 3), colour, np.uint8)


def narrow(format: str, width: int, height: int, tolerance: int = 0, **options: Any) -> Usable:
    """A line of pixels, of which the network gets the middle one."""
    rgb = np.empty((height, width, 3), np.uint8)
    rgb[:] = COLOURS[0]
    rgb[(height - 1) // 2, (width - 1) // 2] = COLOURS[0 if tolerance else 1]
    return Usable(encoded(rgb, format, **options), rgb, tolerance)


def narrow_bmp(width: int, height: int) -> Usable:
    rgb = np.full((height, width, 3), COLOURS[2], np.uint8)
    rows = np.zeros((height, (width * 3 + 3) // 4 * 4), np.uint8)
    rows[:, : width * 3] = rgb[..., ::-1].reshape(height, -1)
    return Usable(resized_bmp(bmp(24, rows.tobytes()), width, height), rgb)


def grey_jpeg(width: int, height: int) -> bytes:
    """A photo of one grey, in one scan."""
    file = io.BytesIO()
    Image.new("L", (width, height), 90).save(file, "JPEG")
    return file.getvalue()


def largest_png() -> bytes:
    pixels = zlib.compress(bytes(LARGEST * (1 + LARGEST * 3)), 1)
    return png(png_header(LARGEST, LARGEST), chunk(b"IDAT", pixels), chunk(b"IEND"))


def largest_gif() -> bytes:
    file = io.BytesIO()
    Image.new("P", (LARGEST, LARGEST)).save(file, "GIF", optimize=False)
    return file.getvalue()


@cache
def scene() -> Image.Image:
    """Clouds of colour, as large as a phone's photo."""
    coarse = np.random.default_rng(8).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize(PHONE, Image.Resampling.BILINEAR)


def photo(**options: Any) -> Usable:
    """A phone's photo, and what another program makes of its file."""
    file = encoded(np.asarray(scene()), "JPEG", quality=80, **options)
    return Usable(file, np.array(Image.open(io.BytesIO(file))))


EXTREME: dict[str, Callable[[], Usable]] = {
    **{
        f"{format.lower()} of a pixel": partial(narrow, format, 1, 1, 3, **options)
        for format, options in {
            "PNG": {},
            "JPEG": {},
            "GIF": {},
            "WEBP": {},
            "BMP": {},
            "AVIF": {},
            "PPM": {},
            "QOI": {},
        }.items()
    },
    "ico of a pixel": lambda: Usable(ico(encoded(upright(1, 1), "PNG")), upright(1, 1)),
    **{
        f"{format.lower()} of {width} x {height}": partial(
            narrow, format, width, height, tolerance, **options
        )
        for format, longest, tolerance, options in (
            ("PNG", 65535, 0, {}),
            ("JPEG", 65500, 3, {}),
            ("GIF", 65535, 0, {}),
            ("WEBP", 16383, 0, {"lossless": True}),
        )
        for width, height in ((1, longest), (longest, 1))
    },
    "bmp of 1 x 65535": partial(narrow_bmp, 1, 65535),
    "bmp of 65535 x 1": partial(narrow_bmp, 65535, 1),
    "png, 67 million pixels": lambda: Usable(largest_png(), of_one_colour((0, 0, 0))),
    "gif, 67 million pixels": lambda: Usable(largest_gif(), of_one_colour((0, 0, 0))),
    "webp, 67 million pixels in 32 bytes": lambda: Usable(
        lossless_webp(LARGEST, LARGEST), of_one_colour(ORANGE)
    ),
    "bmp, 67 million pixels in runs": lambda: Usable(
        run_lengths(LARGEST, LARGEST), of_one_colour(COLOURS[2])
    ),
    "jpeg, 108 million pixels": lambda: Usable(
        grey_jpeg(12000, 9000), of_one_colour((90, 90, 90)), 1
    ),
    "jpeg, 67 million pixels in 15 scans": lambda: Usable(
        many_scans(LARGEST, LARGEST, 14), three(np.full((64, 64), 128))
    ),
    "jpeg, 48 megapixels of a phone": photo,
    "jpeg, 48 megapixels, progressive": partial(photo, progressive=True),
}
