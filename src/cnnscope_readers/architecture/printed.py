"""Printed numbers: what a visitor's own notebook says of pictures that both sides can make.

    proof_lines((28, 28), 1)                # lines to copy, which print the answers of ``model``
    read_printed("28x28 [[[0.1, -2.5]], [[1.25, 0.5]]]").values     # (0.1, -2.5, 1.25, 0.5)

The pictures are made of whole numbers, the same to the last bit in PyTorch and in NumPy: a texture
in 0..1, and a slope from 99 to -99. This one tells functions apart that differ for large numbers
alone, or where all numbers of a window are a little less than zero.
"""

import re
from dataclasses import dataclass
from math import isfinite

import numpy as np

from cnnscope.nn.limits import SIDE
from cnnscope.nn.ops import Array
from cnnscope.nn.sliding import Pair

STEP, ROUND = 37, 101
"""Each pixel is so much more than the one before it, of so many levels."""

TOP = 99
"""The second picture falls from it to minus that, in reading order, slowly in the middle."""

SIZES = (
    28, 32, 64, 96, 128, 150, 160, 180, 224, 256, 48, 50, 60, 80, 100, 112, 120, 200, 227, 240,
)  # fmt: skip
"""Rows of square pictures that are tried first where nobody knows them."""

LEAST, MOST = 8, SIDE

EXACT = 7
"""Significant digits from which a number counts as printed in full."""

LONGEST, LONGEST_NUMBER = 200_000, 40
"""Characters of all, and of one number."""

LARGEST_PLACE = 300
"""Power of ten."""

REASONS = {
    "empty": (),
    "too_long": ("limit", "got"),
    "size": ("limit", "got"),
    "failed": ("message",),  # an error of Python was pasted
    "cut": (),  # the middle is left out, as frameworks do of long rows
    "not_a_number": ("word",),
    "not_finite": ("word",),
    "count": ("expected", "got"),
}
"""Why printed numbers are not read, and the names of the values that tell more."""


class PrintedError(ValueError):
    """Text that is not the printed answer: a reason out of ``REASONS`` and its values."""

    def __init__(self, reason: str, **values: object) -> None:
        """``values`` are those that ``REASONS`` lists for the reason."""
        assert sorted(values) == sorted(REASONS[reason]), (reason, values)
        super().__init__(f"{reason}: {values}" if values else reason)
        self.reason = reason
        self.values = {name: str(value)[:80] for name, value in values.items()}


@dataclass(frozen=True)
class Printed:
    """The numbers, how far each may be rounded, and the size of the pictures they answer."""

    values: tuple[float, ...]
    rounding: tuple[float, ...]  # half a unit of the last place; 0 where all of it was printed
    size: Pair | None = None


def pictures(channels: int, size: Pair) -> tuple[Array, Array]:
    """The two pictures: (channels, rows, cols) float32 each."""
    count = channels * size[0] * size[1]
    number = np.arange(count, dtype=np.int64)
    texture = (number * STEP % ROUND).astype(np.float32) / np.float32(ROUND)
    slope = np.float32(1) - (2 * number).astype(np.float32) / np.float32(count)
    bend = np.float32(TOP) * slope * slope * slope
    return texture.reshape(channels, *size), bend.reshape(channels, *size)


def proof_lines(size: Pair | None, channels: int) -> str:
    """Lines of Python that print the answers of ``model``, a PyTorch module, to both pictures.

    A copy of it answers, on the processor and in full precision. Where no size is given the lines
    try the usual ones and print the first that the model takes; what they print begins with it.
    """
    count = f"{channels} * h * w"
    number = f"t = torch.arange({count}).reshape(1, {channels}, h, w); s = 1 - 2 * t / ({count})"
    both = f"(t * {STEP} % {ROUND} / {ROUND}, {TOP} * s * s * s)"
    answer = f'print(f"{{h}}x{{w}}", [net(p).tolist() for p in {both}])'
    lines = ["import copy, torch", "net = copy.deepcopy(model).cpu().float().eval()"]
    if size is not None:
        return "\n".join([*lines, f"h, w = {size[0]}, {size[1]}", number, answer])
    tried = ", ".join(map(str, SIZES))
    return "\n".join(
        [
            *lines,
            f"for h in [{tried}, *range({LEAST}, {MOST + 1})]:",
            "    w = h",
            f"    {number}",
            f"    try: {answer}; break",
            "    except RuntimeError: pass",
        ]
    )


PROMPT = re.compile(r"^\s*(?:Out|In)\s*\[\d*\]:\s*", re.MULTILINE)
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
SAID_SIZE = re.compile(r"^\W{0,3}(\d{1,4})\s*[x×]\s*(\d{1,4})\W")
WRAPPERS = re.compile(r"\b(?:tensor|array|np\.float32|Parameter\s+containing:)")
TRAILERS = re.compile(r",?\s*(?:grad_fn|device|dtype|requires_grad)\s*=\s*[^,)\]]*")
FAILED = re.compile(r"^(\w*(?:Error|Exception)\b.*)$", re.MULTILINE)


def read_printed(text: str) -> Printed:
    """The numbers of a printed answer, whatever brackets and names stand around them.

    Raises PrintedError.
    """
    if len(text) > LONGEST:
        raise PrintedError("too_long", limit=LONGEST, got=len(text))
    text = PROMPT.sub("", text.replace("\N{MINUS SIGN}", "-"))
    if failed := FAILED.findall(text):
        raise PrintedError("failed", message=failed[-1].strip())
    size = None
    if said := SAID_SIZE.match(text):
        if not all(1 <= int(side) <= MOST for side in said.groups()):
            raise PrintedError("size", limit=MOST, got=said[0].strip())
        size, text = (int(said[1]), int(said[2])), text[said.end() - 1 :].lstrip(" :,;\"')")
    if "..." in text or "\N{HORIZONTAL ELLIPSIS}" in text:
        raise PrintedError("cut")
    words = re.split(r"[\s,;\[\](){}]+", TRAILERS.sub(" ", WRAPPERS.sub(" ", text)))
    words = [word for word in words if word]
    if not words:
        raise PrintedError("empty")
    values = tuple(map(_value, words))
    is_exact = any(len(_digits(word)) >= EXACT for word in words)
    rounding = tuple(0.0 if is_exact else _rounding(word) for word in words)
    return Printed(values, rounding, size)


def _value(word: str) -> float:
    """One number. Raises PrintedError: not_a_number, not_finite."""
    if len(word) > LONGEST_NUMBER or not NUMBER.fullmatch(word):
        is_finite = word.lower().lstrip("+-") not in ("nan", "inf", "infinity")
        raise PrintedError("not_a_number" if is_finite else "not_finite", word=word)
    value = float(word)
    if not isfinite(value):
        raise PrintedError("not_finite", word=word)
    return value


def _digits(word: str) -> str:
    """The significant digits of a number."""
    return re.sub(r"\D", "", re.split("[eE]", word)[0]).lstrip("0")


def _rounding(word: str) -> float:
    """Half a unit of its last place."""
    mantissa, _, exponent = word.lower().partition("e")
    place = int(exponent or 0) - len(mantissa.partition(".")[2])
    return float(0.5 * 10.0 ** min(place, LARGEST_PLACE))
