"""Values in a URL, written and read; what cannot be understood reads as None.

write_place((12, 7))     # '12,7'
read_place("12,7")       # (12, 7)
read_number("−0,5")      # -0.5
"""

import math
import re
from collections.abc import Sequence

from cnnscope.state.playground import Kernel
from cnnscope.state.state import Edit, parse_count, parse_node
from cnnscope.state.sweep import Place

DIGITS = 9  # significant ones of a number: float32 survives them
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)

Logits = tuple[tuple[int, float], ...]


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
