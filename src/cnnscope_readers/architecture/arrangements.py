"""Arrangements: the sizes, strides, paddings and poolings that fit weights, plainest first.

    arrangements(blocks, (32, 32))[0]     # Arrangement((32, 32), (Place(...), ...), (16, 5, 5))
    fits(blocks)                          # how many there are

The first dense layer reads as many numbers as the last maps have, and without one these have a
cell each; that leaves few. There may still be hundreds of thousands, so they are found one after
another, best first: no way is begun that cannot end.
"""

import heapq
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count, islice
from math import inf, prod
from typing import NamedTuple

from cnnscope.nn.limits import SIDE
from cnnscope.nn.sliding import Pair
from cnnscope_readers.architecture.answers import Arrangement, Place
from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.architecture.options import Option, options
from cnnscope_readers.architecture.stages import features, stages

USUAL = {
    1: {28: 0, 32: 0.6, 64: 1.2, 48: 2, 96: 2, 128: 2, 224: 2.2},
    3: {32: 0, 64: 0.2, 224: 0.6, 28: 1, 128: 1, 150: 1.2, 180: 1.4, 256: 1.4, 96: 1.5, 100: 1.5,
        160: 1.6, 48: 2, 200: 2, 227: 2, 50: 2.5, 60: 2.5},
}  # fmt: skip
"""Rows of square pictures that people use, by channels, and how far each is from the usual one."""

UNUSUAL = 4.0
LEAST_SIDE = 8

STEPS = 20_000
"""Ways that are gone on with at most, so that no network takes long."""

LONG = 6
"""Convolutions up to which the order is strict."""

HASTE = 0.5
"""What each convolution counts of a longer network, so that its ways come to an end."""

OTHER_PADS = 1.0
OTHER_STRIDE = 0.6
OTHER_RUN = 0.7
"""For a convolution that is not like the one before it, and runs up to a pooling of two lengths."""

FIRST_STRIDE = 0.6
"""For a first convolution that passes over rows."""

NO_POOL = 1.0
LEFT_RUN = 0.4
"""For maps that nothing makes smaller, and convolutions after the last pooling."""


class Style(NamedTuple):
    """What a next convolution is compared with."""

    pads: str = "any"
    stride: object = None
    run: int = 0  # convolutions since a pooling
    last_run: int = 0  # and up to it


class Way(NamedTuple):
    """The beginning of an arrangement, in the order of a heap."""

    bound: float  # of the cost of all of it
    number: int
    cost: float
    start: Pair
    size: Pair
    style: Style
    places: tuple[Place, ...]


def arrangements(
    blocks: Sequence[Block], size: Pair | None = None, limit: int = 200
) -> list[Arrangement]:
    """What fits, plainest first; of any square picture where no size is given.

    Raises RefusedError: setting.
    """
    return list(islice(arranged(blocks, size), limit))


def arranged(blocks: Sequence[Block], size: Pair | None = None) -> Iterator[Arrangement]:
    """The same, as many as are asked for. Raises RefusedError: setting."""
    search = _Search(blocks)
    haste = HASTE if len(search.options) > LONG else 0.0
    numbers = count(0, -1)  # of those that are as plain, the last first, which are longest
    heap: list[Way] = []
    starts = sorted(_starts(blocks, size), key=lambda start: start[1], reverse=True)
    for _ in range(STEPS):
        while starts and (not heap or starts[-1][1] <= heap[0].bound):
            start, cost = starts.pop()
            bound = cost + search.bound(0, start)
            if bound < inf:
                heapq.heappush(heap, Way(bound, next(numbers), cost, start, start, Style(), ()))
        if not heap:
            return
        way = heapq.heappop(heap)
        if len(way.places) == len(search.options):
            maps = (search.channels, *way.size)
            yield Arrangement(way.start, way.places, maps, way.cost)
            continue
        for further in search.further(way):
            bound = further.bound - haste * len(further.places)
            heapq.heappush(heap, further._replace(bound=bound, number=next(numbers)))


def fits(blocks: Sequence[Block], size: Pair | None = None) -> int:
    """How many arrangements there are. Raises RefusedError: setting."""
    search = _Search(blocks)
    return sum(search.ways(0, start) for start, _ in _starts(blocks, size))


def _starts(blocks: Sequence[Block], size: Pair | None) -> Iterator[tuple[Pair, float]]:
    """Sizes of pictures and their cost."""
    if size is not None:
        yield size, 0
        return
    channels = next(block.reads for block in blocks if block.kind == "conv2d")
    usual = USUAL.get(channels, USUAL[3])
    for side in range(LEAST_SIDE, SIDE + 1):
        yield (side, side), usual.get(side, UNUSUAL)


class _Search:
    """The ways through the options of each convolution."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.options = options(blocks)
        last = stages(blocks).convs[-1]
        self.channels = blocks[last.layer].gives
        self._features = features(blocks) or self.channels
        self._after = cache(self._after_uncached)
        self.bound = cache(self._bound_uncached)
        self.ways = cache(self._ways_uncached)

    def _after_uncached(self, at: int, size: Pair) -> list[tuple[Option, Pair]]:
        """What can follow on maps of a size, with the size behind each."""
        able = ((option, option.after(size)) for option in self.options[at])
        return [(option, after) for option, after in able if after is not None]

    def _is_end(self, size: Pair) -> bool:
        return self.channels * prod(size) == self._features

    def _bound_uncached(self, at: int, size: Pair) -> float:
        """The least that the rest can cost; infinite where it cannot end."""
        if at == len(self.options):
            return 0 if self._is_end(size) else inf
        after = self._after(at, size)
        return min((option.cost + self.bound(at + 1, left) for option, left in after), default=inf)

    def _ways_uncached(self, at: int, size: Pair) -> int:
        if at == len(self.options):
            return int(self._is_end(size))
        return sum(self.ways(at + 1, left) for _, left in self._after(at, size))

    def further(self, way: Way) -> Iterator[Way]:
        """A way with one more convolution, in all ways that can end."""
        at = len(way.places)
        is_last = at + 1 == len(self.options)
        for option, size in self._after(at, way.size):
            rest = self.bound(at + 1, size)
            if rest == inf:
                continue
            more, style = _styled(option, way.style, is_last=is_last)
            cost = way.cost + option.cost + more
            places = (*way.places, option.place)
            yield Way(cost + rest, 0, cost, way.start, size, style, places)


def _styled(option: Option, style: Style, *, is_last: bool) -> tuple[float, Style]:
    """What a convolution costs for being unlike those before it, and what is next compared."""
    pads = style.pads if option.pads == "any" else option.pads
    cost = OTHER_PADS * (style.pads not in ("any", pads))
    if style.stride is None:
        cost += FIRST_STRIDE * (option.place.stride != 1)
    else:
        cost += OTHER_STRIDE * (style.stride != option.place.stride)
    run, last_run = style.run + 1, style.last_run
    is_judged = not option.is_told
    if option.is_pooled:
        cost += OTHER_RUN * (is_judged and last_run not in (0, run))
        run, last_run = 0, run
    elif is_last and is_judged:
        cost += LEFT_RUN if last_run else NO_POOL * (option.place.stride == 1)
    return cost, Style(pads, option.place.stride, run, last_run)
