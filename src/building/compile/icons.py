"""The page's icon as PNG, which browsers want for an installed page: drawn from the SVG's squares.

Example::

    build_icons(root / "public" / "images" / "icon.svg", cache)["images/icon-192.png"]
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from building.fetch.cache import Cache, files_under, key_of

SVG = "{http://www.w3.org/2000/svg}"
SUBROWS = 4  # of a row of pixels; along it, coverage is exact
WITHIN = 0.8  # of the side: launchers may cut a maskable icon down to its middle
# name -> side in px, and whether it fills the square, as where a launcher cuts it into shape
SIZES = {
    "images/icon-192.png": (192, False),
    "images/icon-512.png": (512, False),
    "images/icon-maskable.png": (512, True),
    "images/icon-180.png": (180, True),  # on iOS
}

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Square:
    """A rectangle with round corners, in the units of the SVG."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: Color

    def span(self, y: float) -> tuple[float, float]:
        """Return where the rectangle begins and ends at a height; equal outside it."""
        depth = min(y - self.y, self.y + self.height - y)
        if depth <= 0:
            return self.x, self.x
        inset = 0.0
        if depth < self.radius:
            inset = self.radius - math.sqrt(self.radius**2 - (self.radius - depth) ** 2)
        return self.x + inset, self.x + self.width - inset


def build_icons(svg: Path, cache: Cache) -> dict[str, bytes]:
    """Return each PNG by its place in the site, drawing them on first use."""
    folder = cache.result("icons", key_of(svg, Path(__file__)))
    if not folder.exists():
        with cache.making(folder) as draft:
            for name, content in icons(svg.read_bytes()).items():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                (draft / name).write_bytes(content)
    paths = files_under(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def icons(svg: bytes) -> dict[str, bytes]:
    """Return each PNG by its place in the site. The first rectangle is the ground."""
    side, squares = read_squares(svg)
    made = {}
    for name, (pixels, is_full) in SIZES.items():
        drawn = _filling(squares, side) if is_full else squares
        made[name] = png(pixels, draw(drawn, side, pixels))
    return made


def read_squares(svg: bytes) -> tuple[float, list[Square]]:
    """Return the side of the drawing and its rectangles; a group's colour is its children's."""
    root = ElementTree.fromstring(svg)
    return float(root.attrib["viewBox"].split()[2]), list(_squares(root, "#000000"))


def _squares(parent: ElementTree.Element, inherited: str) -> Iterator[Square]:
    fill = parent.get("fill", inherited)
    if parent.tag == f"{SVG}rect":
        x, y, width, height, radius = (
            float(parent.get(name, 0)) for name in ("x", "y", "width", "height", "rx")
        )
        code = parent.get("fill", inherited)
        red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
        yield Square(x, y, width, height, radius, (red, green, blue))
    for child in parent:
        yield from _squares(child, fill)


def _filling(squares: list[Square], side: float) -> list[Square]:
    """Return the drawing with its ground to the edges, and the rest kept within the middle."""

    def inward(at: float) -> float:
        return side / 2 + (at - side / 2) * WITHIN

    ground = replace(squares[0], x=0, y=0, width=side, height=side, radius=0)
    return [
        ground,
        *(
            replace(
                square,
                x=inward(square.x),
                y=inward(square.y),
                width=square.width * WITHIN,
                height=square.height * WITHIN,
                radius=square.radius * WITHIN,
            )
            for square in squares[1:]
        ),
    ]


def draw(squares: list[Square], side: float, pixels: int) -> Iterator[bytearray]:
    """Yield each row of the drawing, RGBA."""
    heights = [
        [(row + (subrow + 0.5) / SUBROWS) * side / pixels for subrow in range(SUBROWS)]
        for row in range(pixels)
    ]
    for ys in heights:
        line = bytearray(4 * pixels)
        for square in squares:
            spans = [[at * pixels / side for at in square.span(y)] for y in ys]
            _cover(line, spans, square.fill)
        yield line


def _cover(line: bytearray, spans: list[list[float]], fill: Color) -> None:
    """Lay a colour over what the spans of a row's subrows cover, each pixel by its share."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    inner = math.ceil(max(start for start, _ in spans)), math.floor(min(end for _, end in spans))
    if inner[0] < inner[1]:
        line[4 * inner[0] : 4 * inner[1]] = bytes((*fill, 255)) * (inner[1] - inner[0])
    else:
        inner = math.ceil(last), math.ceil(last)
    for at in (*range(math.floor(first), inner[0]), *range(inner[1], math.ceil(last))):
        covered = (min(at + 1, end) - max(at, start) for start, end in spans)
        _blend(line, 4 * at, fill, sum(max(0, each) for each in covered) / SUBROWS)


def _blend(line: bytearray, at: int, fill: Color, share: float) -> None:
    """Lay a colour over a pixel; alpha is not premultiplied."""
    below = line[at + 3] / 255 * (1 - share)
    alpha = share + below
    for channel, value in enumerate(fill):
        line[at + channel] = round((value * share + line[at + channel] * below) / (alpha or 1))
    line[at + 3] = round(255 * alpha)


def png(pixels: int, rows: Iterator[bytearray]) -> bytes:
    """Return a square RGBA picture as a PNG file."""
    raw = b"".join(b"\0" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", pixels, pixels, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
