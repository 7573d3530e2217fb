"""Values in a URL, written and read; what cannot be understood reads as None.

write_place((12, 7))     # '12,7'
read_place("12,7")       # (12, 7)
read_number("−0,5")      # -0.5
"""

import math
import re
from collections.abc import Sequence

from cnnscope.state.changes import CHANGES, PALETTE, Changes, Paint
from cnnscope.state.playground import Kernel
from cnnscope.state.state import Edit, parse_count, parse_node
from cnnscope.state.sweep import Place

DIGITS = 9  # significant ones of a number: float32 survives them
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

Logits = tuple[tuple[int, float], ...]
Pages = tuple[tuple[str, int], ...]
PATCH = "patch:"
"""What an address puts before the grey patch's place."""


def read_number(text: str) -> float | None:
    """A finite number as people write one, with a comma or a real minus sign; or None."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".")
    if not NUMBER.fullmatch(plain):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def write_number(value: float) -> str:
    """A number with as many digits as float32 needs."""
    return f"{value:.{DIGITS}g}"


def canonical(value: float) -> float:
    """A number as it comes back from an address: one that reads the same is the same."""
    return float(write_number(value))


def read_numbers(text: str) -> tuple[float, ...] | None:
    """Numbers with commas between them, or None where one is none."""
    values = [read_number(number) for number in text.split(",")]
    kept = tuple(value for value in values if value is not None)
    return kept if len(kept) == len(values) else None


def write_numbers(values: Sequence[float]) -> str:
    """Numbers with commas between them."""
    return ",".join(map(write_number, values))


def read_place(text: str) -> Place | None:
    """The place that ``12,7`` names, or None."""
    row, _, col = text.partition(",")
    place = parse_count(row), parse_count(col)
    return None if place[0] is None or place[1] is None else (place[0], place[1])


def write_place(place: Place) -> str:
    """A place as ``12,7``."""
    return f"{place[0]},{place[1]}"


def read_pages(text: str) -> Pages | None:
    """By layer, a channel of the page that is drawn, as ``conv_3/32,conv_4/0`` names them."""
    nodes = [parse_node(part) for part in text.split(",")]
    known = {node.layer: node.channel for node in nodes if node is not None}
    return tuple(sorted(known.items())) or None


def write_pages(pages: Pages) -> str:
    """The pages that are drawn, as ``conv_3/32,conv_4/0``."""
    return ",".join(f"{layer}/{channel}" for layer, channel in pages)


def read_edit(text: str) -> Edit | None:
    """The changed kernel that ``conv_1_1/3/0:1,0,-1,...`` names, or None."""
    kernel, _, numbers = text.partition(":")
    name, _, source = kernel.rpartition("/")
    node, channel, values = parse_node(name), parse_count(source), read_numbers(numbers)
    if node is None or channel is None or values is None:
        return None
    return Edit(node, channel, values)


def write_edit(edit: Edit) -> str:
    """A changed kernel as ``conv_1_1/3/0:1,0,-1,...``."""
    return f"{edit.node}/{edit.source}:{write_numbers(edit.values)}"


def read_logits(text: str) -> Logits:
    """The changed logits that ``0:3.5,4:-2`` names, by class."""
    found = {}
    for part in text.split(","):
        name, _, number = part.partition(":")
        channel, value = parse_count(name), read_number(number)
        if channel is not None and value is not None:
            found[channel] = value
    return tuple(sorted(found.items()))


def write_logits(logits: Logits) -> str:
    """Changed logits as ``0:3.5,4:-2``."""
    return ",".join(f"{channel}:{write_number(value)}" for channel, value in logits)


def read_kernel(text: str) -> Kernel:
    """A kernel of the playground: numbers, or the name of a preset."""
    return read_numbers(text) or text


def write_kernel(kernel: Kernel) -> str:
    """A kernel of the playground."""
    return kernel if isinstance(kernel, str) else write_numbers(kernel)


def read_changes(text: str) -> Changes | None:
    """The changes that ``grey,blur,patch:20-14`` names, or None where one is none."""
    named: set[str] = set()
    patch: Place | None = None
    for word in text.split(","):
        place = read_counts(word.removeprefix(PATCH), 2) if word.startswith(PATCH) else None
        if place is not None:
            patch = place[0], place[1]
        elif word in CHANGES:
            named.add(word)
        else:
            return None
    return Changes(tuple(each for each in CHANGES if each in named), patch=patch)


def write_changes(changes: Changes) -> str:
    """Changes of the picture but for the paint, as ``grey,blur,patch:20-14``."""
    patch = [] if changes.patch is None else [f"{PATCH}{changes.patch[0]}-{changes.patch[1]}"]
    return ",".join([*changes.named, *patch])


def read_paint(text: str) -> tuple[Paint, ...] | None:
    """The rectangles that ``r20-14-5-3,...`` names: colour, row, column, rows, columns; or None."""
    found = []
    for part in text.split(","):
        counts = read_counts(part[1:], 4)
        if counts is None or part[:1] not in PALETTE:
            return None
        row, col, rows, cols = counts
        found.append(Paint(row, col, rows, cols, part[0]))
    return tuple(found)


def write_paint(paint: Sequence[Paint]) -> str:
    """Painted rectangles as ``r20-14-5-3,...``."""
    return ",".join(f"{each.colour}{each.row}-{each.col}-{each.rows}-{each.cols}" for each in paint)


def read_counts(text: str, many: int) -> list[int] | None:
    """So many counts with hyphens between them, or None."""
    counts = [parse_count(each) for each in text.split("-")]
    known = [each for each in counts if each is not None]
    return known if len(known) == len(counts) == many else None
