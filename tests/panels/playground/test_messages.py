"""What the playground says, held against a plain count of what its windows read."""

import re
from collections.abc import Iterator
from itertools import product

from cnnscope.nn.conv_geometry import ConvGeometry
from cnnscope.panels.playground.messages import same_line, unread_line
from cnnscope.state.playground import RANGES, Settings
from cnnscope.text import load_text

TEXT = load_text("en")


def everything() -> Iterator[tuple[Settings, ConvGeometry]]:
    """Every combination that can be chosen and has an output."""
    for values in product(*RANGES.values()):
        settings = Settings(*values)
        geometry = ConvGeometry(*settings)
        if geometry.count:
            yield settings, geometry


def rows_read(settings: Settings) -> set[int]:
    """Rows that some window reads, counted from the first row of padding; window by window."""
    size, kernel, padding, stride, dilation = settings
    read: set[int] = set()
    top = 0
    while top + dilation * (kernel - 1) < size + 2 * padding:
        read |= {top + dilation * k for k in range(kernel)}
        top += stride
    return read


def test_what_is_said_to_be_unused_holds_in_every_combination():
    """No row of the input is said to be used that is not, nor padding where there is none."""
    seen = set()
    for settings, geometry in everything():
        line = unread_line(TEXT, geometry)
        size, padding = settings.size, settings.padding
        read = rows_read(settings)
        inside = set(range(padding, padding + size))
        after = set(range(max(read) + 1, size + 2 * padding))
        between = set(range(max(read))) - read
        told = [int(n) for n in re.findall(r"(\d+) rows? (?:at the bottom|between)", line)]
        assert told == [len(rows) for rows in (after, between) if rows], settings
        if "nothing of the input" in line or "Every row" in line:
            assert inside <= read, settings
        if "They are padding" in line:
            assert not after & inside, settings
        of_padding = re.search(r"(\d+) of each are padding", line)
        if of_padding:
            assert int(of_padding[1]) == len(after - inside), settings
        seen.add(re.sub(r"\d+", "n", line))
    assert len(seen) > 8


def test_same_says_of_a_library_only_what_it_takes():
    """With a stride and a dilation above 1 TensorFlow pads nothing: it refuses."""
    for settings, geometry in everything():
        line = same_line(TEXT, geometry)
        is_refused = settings.stride > 1 and settings.dilation > 1
        assert ("does not take a stride and a dilation" in line) == is_refused, settings
        assert bool(re.search("TensorFlow (wants|both pad|do the same)", line)) <= (not is_refused)
