"""Pictures that the page must show, as cameras, editors and jokers make them.

All are WIDTH x HEIGHT, see ``pictures``.
"""

import io
import struct
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from support.pictures.encoded import (
    COLOURS,
    HEIGHT,
    WIDTH,
    Pixels,
    bmp,
    bmp_palette,
    chunk,
    encoded,
    exif,
    gif_frames,
    ico,
    interlaced,
    many_scans,
    movie,
    packed,
    patched,
    png,
    png_frames,
    png_header,
    quadrants,
    see_through,
    segment,
    stored,
    upright,
    with_segment,
)
from support.pictures.usable import Usable, bmp_rows, jpeg, on_white, plain_png

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
RUBBISH = np.random.default_rng(3).bytes(600)
ARCHIVE = b"PK\3\4" + RUBBISH + b"PK\5\6" + bytes(18)
MARKUP = b"<html><script>document.title = 'run'</script></html>"

LOOP = b"MM\0*\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08"
"""EXIF whose only entry, and whose next directory, are this directory."""

BROKEN_EXIF = {
    "of rubbish": b"MM\0*\xff\xff\xff\xff",
    "that goes in circles": LOOP,
    "of 65535 entries": b"II*\0\x08\0\0\0\xff\xff" + RUBBISH,
    "cut in its entry": exif(6)[:14],
    "with orientation as text": patched(exif(6), 12, b"\0\2"),
    "with orientation zero": exif(0),
    "with orientation nine": exif(9),
    "of no known order": b"XX*\0" + exif(6)[4:],
}


def as_pillow_reads(file: bytes, tolerance: int = 2) -> Usable:
    """A picture whose format changes its values, as another program with the same codec sees it."""
    picture = Image.open(io.BytesIO(file))
    seen = Image.new("RGBA", picture.size, "white")
    seen.alpha_composite(picture.convert("RGBA"))
    return Usable(file, np.array(seen.convert("RGB")), tolerance)


def yellow_as(grey: int) -> Pixels:
    """The four colours with a grey in place of yellow."""
    rgb = upright()
    rgb[HEIGHT // 2 :, WIDTH // 2 :] = grey
    return rgb


def three(grey: NDArray[Any]) -> Pixels:
    """(h, w) as red, green and blue alike."""
    return np.repeat(grey[..., None], 3, axis=2).astype(np.uint8)


def with_exif(format: str, note: bytes) -> Usable:
    """A picture whose EXIF cannot be used, and that is to be seen as it is stored."""
    match format:
        case "JPEG":
            return jpeg_with(segment(0xE1, b"Exif\0\0" + note))
        case "PNG":
            return Usable(plain_png(chunk(b"eXIf", note)), upright())
        case _:
            return Usable(encoded(upright(), "WEBP", lossless=True, exif=note), upright())


def jpeg_with(*segments: bytes) -> Usable:
    return Usable(with_segment(jpeg(), *segments), upright(), 4)


def four_inks() -> bytes:
    file = io.BytesIO()
    Image.fromarray(upright()).convert("CMYK").save(file, "JPEG", quality=95, subsampling=0)
    return file.getvalue()


def packed_png(samples: NDArray[Any], depth: int, colour: int, *extra: bytes) -> bytes:
    header = png_header(WIDTH, HEIGHT, depth, colour)
    return png(header, *extra, packed(samples.astype(np.uint32), depth), chunk(b"IEND"))


def grey_png(depth: int) -> Usable:
    """Black, dark, light and white; with one bit, black and white."""
    shades = min(4, 2**depth)
    levels = quadrants() % shades
    step = (2**depth - 1) // (shades - 1)
    seen = levels.astype(np.uint32) * (255 // (shades - 1))
    return Usable(packed_png(levels.astype(np.uint32) * step, depth, 0), three(seen), 1)


def palette_png(depth: int, *extra: bytes, seen: Pixels | None = None) -> Usable:
    colours = chunk(b"PLTE", np.array(COLOURS, np.uint8).tobytes())
    file = packed_png(quadrants(), depth, 3, colours, *extra)
    return Usable(file, upright() if seen is None else seen)


def grey_and_transparent() -> Usable:
    levels = np.dstack([quadrants() * 85, (quadrants() != 1) * 255])
    return Usable(packed_png(levels, 8, 4), three(np.array([0, 255, 170, 255])[quadrants()]), 1)


def transparent_gif() -> bytes:
    picture = Image.fromarray(quadrants())
    picture.putpalette(np.array(COLOURS, np.uint8).tobytes())
    file = io.BytesIO()
    picture.save(file, "GIF", transparency=3)
    return file.getvalue()


def small_frame() -> Usable:
    """A GIF whose one frame covers the lower right quadrant of its screen."""
    width, height = WIDTH // 2, HEIGHT // 2
    file = encoded(upright()[height:, width:], "GIF")
    at = file.index(struct.pack("<BHHHH", 0x2C, 0, 0, width, height))
    file = patched(file, at + 1, struct.pack("<HH", width, height))
    seen = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    seen[height:, width:] = COLOURS[3]
    return Usable(patched(file, 6, struct.pack("<HH", WIDTH, HEIGHT)), seen)


def os2_bmp() -> bytes:
    """The oldest kind of BMP, with sizes of 16 bits."""
    rows = bmp_rows(upright()[..., ::-1])
    header = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24)
    return b"BM" + struct.pack("<IHHI", 26 + len(rows), 0, 0, 26) + header + rows


def bmp_32() -> bytes:
    unused = np.zeros((HEIGHT, WIDTH), np.uint8)
    return bmp(32, bmp_rows(np.dstack([upright()[..., ::-1], unused])))


def two_colour_bmp() -> Usable:
    file = bmp(1, np.packbits(quadrants() % 2, axis=1)[::-1].tobytes(), bmp_palette()[:8])
    return Usable(file, np.array(COLOURS, np.uint8)[quadrants() % 2])


def icon_of_bitmap() -> bytes:
    """An icon that holds a BMP without its first header, and a mask."""
    dib = bmp(24, bmp_rows(upright()[..., ::-1]), height=2 * HEIGHT)[14:]
    mask = bytes(HEIGHT * WIDTH // 8)
    entry = struct.pack("<BBBBHHII", WIDTH, HEIGHT, 0, 0, 1, 24, len(dib) + len(mask), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + dib + mask


def bitmap(as_text: bool) -> Usable:
    """A Netpbm picture of white (0) and black (1)."""
    bits = quadrants() % 2
    if as_text:
        file = b"P1 64 48\n" + b" ".join(b"%d" % bit for bit in bits.flat)
    else:
        file = b"P4 64 48\n" + np.packbits(bits, axis=1).tobytes()
    return Usable(file, three((1 - bits) * 255))


def pgm_to_100() -> Usable:
    levels = quadrants() * 33
    return Usable(b"P5 64 48 100\n" + levels.tobytes(), three(np.rint(levels * 2.55)), 1)


ODD: dict[str, Callable[[], Usable]] = {
    **{f"png, grey of {depth} bits": partial(grey_png, depth) for depth in (1, 2, 4, 8, 16)},
    **{f"png, palette of {depth} bits": partial(palette_png, depth) for depth in (2, 4, 8)},
    "png, 16 bits": lambda: Usable(packed_png(upright() * np.uint32(257), 16, 2), upright(), 1),
    "png, transparent of 16 bits": lambda: Usable(
        packed_png(see_through()[0] * np.uint32(257), 16, 6), see_through()[1], 1
    ),
    "png, grey and transparent": grey_and_transparent,
    "png, palette with transparency": lambda: palette_png(
        4, chunk(b"tRNS", b"\xff\xff\xff\0"), seen=yellow_as(255)
    ),
    "png, one colour transparent": lambda: Usable(
        plain_png(chunk(b"tRNS", struct.pack(">HHH", *COLOURS[3]))), yellow_as(255)
    ),
    "png, interlaced": lambda: Usable(interlaced(upright()), upright()),
    "png, profile and turn": lambda: Usable(
        encoded(stored(upright(), 6), "PNG", exif=exif(6), icc_profile=SRGB), upright(), 2
    ),
    "png, profile of rubbish": lambda: Usable(
        encoded(upright(), "PNG", icc_profile=RUBBISH), upright()
    ),
    "png, profile not packed": lambda: Usable(
        plain_png(chunk(b"iCCP", b"profile\0\0" + RUBBISH)), upright()
    ),
    "png, text that is a web page": lambda: Usable(
        plain_png(chunk(b"tEXt", b"Comment\0" + MARKUP)), upright()
    ),
    "png, an archive behind its end": lambda: Usable(plain_png() + ARCHIVE, upright()),
    "png, 2000 frames": lambda: Usable(png_frames(2000), upright(), is_animated=True),
    "jpeg, grey": lambda: as_pillow_reads(encoded(upright()[..., 0], "JPEG")),
    "jpeg, four inks": lambda: as_pillow_reads(four_inks(), 12),
    "jpeg, halved colour": lambda: as_pillow_reads(encoded(upright(), "JPEG")),
    "jpeg, coarse": lambda: as_pillow_reads(encoded(upright(), "JPEG", quality=5)),
    "jpeg, restart marks": lambda: as_pillow_reads(
        encoded(upright(), "JPEG", restart_marker_blocks=1)
    ),
    "jpeg, 60 scans": lambda: as_pillow_reads(many_scans(WIDTH, HEIGHT, 60)),
    "jpeg, two pictures in one": lambda: Usable(
        movie("MPO", quality=95, subsampling=0), upright(), 4
    ),
    "jpeg, profile": lambda: Usable(jpeg(icc_profile=SRGB), upright(), 6),
    "jpeg, profile of rubbish": lambda: Usable(jpeg(icc_profile=RUBBISH), upright(), 4),
    "jpeg, part 2 of 1 of a profile": lambda: jpeg_with(segment(0xE2, b"ICC_PROFILE\0\2\1" + SRGB)),
    "jpeg, thumbnail in its EXIF": lambda: jpeg_with(
        segment(0xE1, b"Exif\0\0" + exif(1) + encoded(255 - upright(), "JPEG"))
    ),
    "jpeg, comment that is a web page": lambda: jpeg_with(segment(0xFE, MARKUP)),
    "jpeg, comment that is a document": lambda: jpeg_with(segment(0xFE, b"%PDF-1.7\n" * 9)),
    "jpeg, notes of an editor": lambda: jpeg_with(
        segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0\xff\xff\xff\xff"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta tiff:Orientation='6'/>"),
    ),
    "jpeg, an archive behind its end": lambda: Usable(jpeg() + ARCHIVE, upright(), 4),
    **{
        f"{format.lower()}, EXIF {kind}": partial(with_exif, format, note)
        for format in ("JPEG", "PNG", "WEBP")
        for kind, note in BROKEN_EXIF.items()
    },
    "gif, transparent": lambda: Usable(transparent_gif(), yellow_as(255)),
    "gif, frame smaller than its screen": small_frame,
    "gif, comment that is a web page": lambda: Usable(
        encoded(upright(), "GIF", comment=MARKUP), upright()
    ),
    "gif, 20000 frames": lambda: Usable(gif_frames(20000), upright(), is_animated=True),
    "webp, lossy": lambda: as_pillow_reads(encoded(upright(), "WEBP", quality=60)),
    "webp, lossy and transparent": lambda: as_pillow_reads(
        encoded(see_through()[0], "WEBP", quality=80), 3
    ),
    "webp, profile of rubbish": lambda: Usable(
        encoded(upright(), "WEBP", lossless=True, icc_profile=RUBBISH), upright()
    ),
    "bmp, 1 bit": two_colour_bmp,
    "bmp, 4 bits": lambda: Usable(
        bmp(4, bmp_rows(quadrants()[:, ::2] * 17), bmp_palette()), upright()
    ),
    "bmp, 32 bits": lambda: Usable(bmp_32(), upright()),
    "bmp, of OS/2": lambda: Usable(os2_bmp(), upright()),
    "avif, halved colour": lambda: as_pillow_reads(encoded(upright(), "AVIF", quality=60)),
    "avif, transparent": lambda: on_white("AVIF", quality=95, subsampling="4:4:4", tolerance=12),
    "avif, moving": lambda: Usable(  # decoders differ on the range of a track's values
        movie("AVIF", quality=95, subsampling="4:4:4"), upright(), 24, is_animated=True
    ),
    "ico, of a bitmap": lambda: Usable(icon_of_bitmap(), upright()),
    "ico, the larger of two": lambda: Usable(
        ico(encoded(255 - upright(16, 12), "PNG"), encoded(upright(), "PNG")), upright()
    ),
    "pbm": partial(bitmap, False),
    "pbm, as text": partial(bitmap, True),
    "pgm, white is 100": pgm_to_100,
}
