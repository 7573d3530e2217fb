"""Picture files, ordinary and odd, put together from their parts and the same every time.

    file = png(png_header(64, 48), png_rows(upright()), chunk(b"IEND"))
    file = with_segment(encoded(upright(), "JPEG"), segment(0xE1, b"Exif\0\0" + exif(6)))

All show four coloured quadrants, so that a turn or a mirror image cannot go unseen.
"""

import io
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]

WIDTH, HEIGHT = 64, 48
COLOURS = ((200, 40, 40), (40, 180, 60), (40, 60, 200), (230, 210, 50))

# EXIF orientation -> the transposition that stores an upright picture in that orientation.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def upright(width: int = WIDTH, height: int = HEIGHT) -> Pixels:
    """Red, green, blue and yellow quadrants: (height, width, 3)."""
    return np.array(COLOURS, np.uint8)[quadrants(width, height)]


def quadrants(width: int = WIDTH, height: int = HEIGHT) -> Pixels:
    """Which of the four colours is where: (height, width)."""
    lower = np.arange(height)[:, None] >= height // 2
    right = np.arange(width)[None] >= width // 2
    return (2 * lower + right).astype(np.uint8)


def see_through() -> tuple[Pixels, Pixels]:
    """(RGBA, what it looks like on white): blue half transparent, yellow wholly."""
    rgb = upright()
    alpha = np.full((HEIGHT, WIDTH, 1), 255, np.uint8)
    alpha[HEIGHT // 2 :, : WIDTH // 2] = 128
    alpha[HEIGHT // 2 :, WIDTH // 2 :] = 0
    share = alpha / 255
    seen = np.rint(rgb * share + 255 * (1 - share)).astype(np.uint8)
    return np.dstack([rgb, alpha]), seen


def encoded(rgb: Pixels, format: str, **options: Any) -> bytes:
    """The picture as Pillow writes it."""
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, format, **options)
    return file.getvalue()


def stored(rgb: Pixels, orientation: int) -> Pixels:
    """The pixels that EXIF orientation turns back into ``rgb``."""
    if orientation == 1:
        return rgb
    return np.array(Image.fromarray(rgb).transpose(STORED[orientation]))


def exif(orientation: int, order: str = ">", kind: int = 3) -> bytes:
    """An EXIF structure with nothing but the orientation."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    value = "HH" if kind == 3 else "I"
    values = (orientation, 0) if kind == 3 else (orientation,)
    entry = struct.pack(order + "HHI" + value, 0x0112, kind, 1, *values)
    return mark + struct.pack(order + "IH", 8, 1) + entry + bytes(4)


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    """A PNG chunk with its checksum."""
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png(*chunks: bytes) -> bytes:
    """A PNG of these chunks."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def png_header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """An IHDR chunk."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def png_rows(rgb: Pixels) -> bytes:
    """An IDAT chunk with the rows unfiltered."""
    rows = b"".join(b"\0" + row.tobytes() for row in rgb)
    return chunk(b"IDAT", zlib.compress(rows))


def segment(marker: int, content: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def with_segment(jpeg: bytes, *segments: bytes) -> bytes:
    """The JPEG with segments put in front of its own."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def patched(file: bytes, at: int, replacement: bytes) -> bytes:
    """The file with some bytes replaced."""
    return file[:at] + replacement + file[at + len(replacement) :]


def frame_at(jpeg: bytes) -> int:
    """Where a JPEG's frame header (SOF0) is."""
    return jpeg.index(b"\xff\xc0")


def many_scans(width: int, height: int, scans: int) -> bytes:
    """A whole and valid progressive JPEG, all grey, with so many scans that add nothing."""
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    frame = segment(0xC2, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))
    steps = segment(0xDB, bytes(1) + bytes([1] * 64))
    one_code = bytes([1]) + bytes(15)  # the code 0, for the one symbol that follows
    no_difference = segment(0xC4, b"\x00" + one_code + b"\x00")
    long_run = segment(0xC4, b"\x10" + one_code + b"\xe0")  # 2^14 empty blocks and 14 bits more
    coarse = segment(0xDA, bytes([1, 1, 0x00, 0, 0, 0])) + bytes((blocks + 7) // 8)
    empty = segment(0xDA, bytes([1, 1, 0x00, 1, 63, 0])) + _empty_blocks(blocks)
    return b"".join(
        [b"\xff\xd8", frame, steps, no_difference, long_run, coarse, empty * scans, b"\xff\xd9"]
    )


def _empty_blocks(count: int) -> bytes:
    bits = ""
    while count > 0:
        run = max(2**14, min(count, 2**15 - 1))
        bits += "0" + format(run - 2**14, "014b")
        count -= run
    bits += "1" * (-len(bits) % 8)
    packed = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    return packed.replace(b"\xff", b"\xff\x00")


def movie(format: str, **options: Any) -> bytes:
    """Two frames, the first of them upright()."""
    file = io.BytesIO()
    later = [Image.fromarray(255 - upright())]
    Image.fromarray(upright()).save(file, format, save_all=True, append_images=later, **options)
    return file.getvalue()


def bmp(depth: int, rows: bytes, palette: bytes = b"", **fields: Any) -> bytes:
    """A BMP of WIDTH x HEIGHT. ``compression``, ``height`` and ``masks`` as its header has them."""
    header = struct.pack(
        "<IiiHHIIiiII",
        *(40, WIDTH, fields.get("height", HEIGHT), 1, depth, fields.get("compression", 0)),
        *(len(rows), 2835, 2835, len(palette) // 4, 0),
    )
    body = header + fields.get("masks", b"") + palette
    start = 14 + len(body)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + body + rows


def bmp_palette() -> bytes:
    """The four colours as a BMP has them."""
    return b"".join(bytes([blue, green, red, 0]) for red, green, blue in COLOURS)


def box(kind: bytes, content: bytes = b"") -> bytes:
    """A box of the MP4 family."""
    return struct.pack(">I", 8 + len(content)) + kind + content


def ico(*pictures: bytes) -> bytes:
    """An icon file of these pictures, each a PNG."""
    at = 6 + 16 * len(pictures)
    directory = b""
    for picture in pictures:
        width, height = struct.unpack_from(">II", picture, 16)
        sizes = (width & 0xFF, height & 0xFF)
        directory += struct.pack("<BBBBHHII", *sizes, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + directory + b"".join(pictures)


def packed(samples: NDArray[Any], depth: int) -> bytes:
    """An IDAT chunk of (h, w) or (h, w, channels) samples of 1, 2, 4, 8 or 16 bits."""
    rows = samples.reshape(len(samples), -1)
    if depth == 16:
        coded = rows.astype(">u2").view(np.uint8)
    else:
        bits = rows[..., None] >> np.arange(depth - 1, -1, -1) & 1
        coded = np.packbits(bits.reshape(len(rows), -1).astype(np.uint8), axis=1)
    return png_rows(coded)


def interlaced(rgb: Pixels) -> bytes:
    """A PNG whose pixels come in Adam7's seven passes."""
    passes = ((0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2),
              (1, 2, 0, 1))  # fmt: skip
    rows = b"".join(
        b"\0" + row.tobytes()
        for top, down, left, across in passes
        for row in rgb[top::down, left::across]
        if row.size
    )
    size = struct.pack(">IIBBBBB", rgb.shape[1], rgb.shape[0], 8, 2, 0, 0, 1)
    return png(chunk(b"IHDR", size), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND"))


def noise(width: int = 128, height: int = 96) -> Pixels:
    """Pixels that no format can pack well, the same every time."""
    return np.random.default_rng(5).integers(0, 256, (height, width, 3), dtype=np.uint8)


def flipped(file: bytes, seed: int, start: int = 0, count: int = 8) -> bytes:
    """The file with some bytes behind ``start`` replaced by others."""
    rng = np.random.default_rng(seed)
    wrong = np.frombuffer(file, np.uint8).copy()
    places = rng.integers(start, len(file), count)
    wrong[places] ^= rng.integers(1, 256, count, dtype=np.uint8)
    return wrong.tobytes()


def gif_frames(count: int, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A GIF that shows upright() and then, so many times, a dot."""
    file = encoded(upright(width, height), "GIF")[:-1]
    dot = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return file + dot * count + b";"


def png_frames(count: int) -> bytes:
    """A PNG that shows upright() and then, so many times, a dot."""
    control = struct.pack(">IIIIHHBB", 1, 1, 0, 0, 1, 10, 0, 0)
    whole = struct.pack(">IIIIIHHBB", 0, WIDTH, HEIGHT, 0, 0, 1, 10, 0, 0)
    dot = zlib.compress(b"\0\xff\xff\xff")
    later = [
        part
        for number in range(1, count)
        for part in (
            chunk(b"fcTL", struct.pack(">I", 2 * number - 1) + control),
            chunk(b"fdAT", struct.pack(">I", 2 * number) + dot),
        )
    ]
    counts = chunk(b"acTL", struct.pack(">II", count, 0))
    first = chunk(b"fcTL", whole)
    return png(
        png_header(WIDTH, HEIGHT), counts, first, png_rows(upright()), *later, chunk(b"IEND")
    )


def run_lengths(width: int, height: int) -> bytes:
    """A BMP of one colour, packed as runs: large to see, small to store."""
    runs = b"".join(bytes([min(255, width - at), 2]) for at in range(0, width, 255))
    return resized_bmp(bmp(8, (runs + b"\0\0") * height + b"\0\1", bmp_palette(), compression=1),
                       width, height)  # fmt: skip


def resized_bmp(file: bytes, width: int, height: int) -> bytes:
    """The BMP with another size in its header."""
    return patched(file, 18, struct.pack("<ii", width, height))


def lossless_webp(width: int, height: int) -> bytes:
    """A WebP of one colour in 30 bytes, whatever its size."""
    bits = f"{width - 1:014b}"[::-1] + f"{height - 1:014b}"[::-1] + "0" + "000"
    bits += "000"  # no transform, no colour cache, no groups of codes
    for symbol in (90, 200, 30, 255):  # green, red, blue, opaque: codes of one symbol each
        bits += "1" + "0" + "1" + f"{symbol:08b}"[::-1]
    bits += "1" + "0" + "0" + "0"  # distances
    coded = np.packbits([int(bit) for bit in bits], bitorder="little").tobytes()
    content = b"\x2f" + coded
    length = len(content)
    content += bytes(length % 2)
    return b"RIFF" + struct.pack("<I", 12 + len(content)) + b"WEBPVP8L" + struct.pack(
        "<I", length
    ) + content  # fmt: skip
