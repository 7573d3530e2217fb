"""Options: how one convolution may slide and what may be pooled behind it, and how plain each is.

    options(blocks)[0]     # Option(Place(1, 1, Pool(2, 2)), ..., cost=0.0), ...

Costs order what fits: courses use windows of 2 that touch, stride 1, and padding that keeps the
size or none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal

from cnnscope.nn.shapes import ShapeError
from cnnscope.nn.sliding import Pair, Sliding
from cnnscope_readers.architecture.answers import GLOBAL, Place, Pool
from cnnscope_readers.architecture.blocks import Block
from cnnscope_readers.architecture.gaps import POOLS
from cnnscope_readers.architecture.plan import place_of
from cnnscope_readers.architecture.stages import Stage, features, is_known, is_pooled, stages
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry

PADS = Literal["same", "none", "other", "any"]

Slide = tuple[Place, float, PADS]

Step = tuple[int, int, int] | Sliding | None
"""Padding, reach and stride along an axis; a window that may reach beyond; or whole maps."""

POOL_COSTS: dict[Pool | None, float] = {
    None: 0, Pool(2, 2): 0, Pool(3, 2): 1.5, Pool(3, 3): 2, Pool(3, 2, 1): 2, Pool(4, 4): 2.5,
}  # fmt: skip

GLOBAL_COST = 0.5
STRIDE_COSTS = {1: 0.0, 2: 0.3, 4: 1.8}
PASSED_OVER = 1.5
"""For cells that no kernel reads."""

LONG_KERNEL = 7
"""Rows from which a stride of 4 is tried."""

STRIDE_AND_POOL = 1.0
DEPTHWISE_AND_POOL = 2.0
"""Networks with depthwise convolutions take larger steps where others pool."""

AGAINST_NAMES = 3.0
"""Where the numbers in names leave room for a pooling, or none, and there is none, or one."""

ODD_PADDING = 1.5
WIDE_PADDING = 2.5


@dataclass(frozen=True, eq=False)
class Option:
    """A place of one convolution, its windows in order, and its cost."""

    place: Place
    windows: tuple[Sliding | None, ...]  # None: a pooling of whole maps
    cost: float
    pads: PADS  # in which way the maps are padded
    is_told: bool  # whether names or modules say if there is a pooling

    @property
    def is_pooled(self) -> bool:
        """Whether anything is pooled."""
        return len(self.windows) > 1

    def after(self, size: Pair) -> Pair | None:
        """The size of maps behind it; None where a window does not fit."""
        rows, cols = self._along
        after = _after(rows, 0, size[0]), _after(cols, 1, size[1])
        return after if min(after) else None

    @cached_property
    def _along(self) -> tuple[list[Step], list[Step]]:
        """For rows and for columns, what decides how many windows stand in a row."""
        rows, cols = ([_step(window, axis) for window in self.windows] for axis in (0, 1))
        return rows, cols


def _after(steps: Sequence[Step], axis: int, size: int) -> int:
    """Rows, or columns, behind windows of a row of so many; none where one does not fit."""
    for step in steps:
        if step is None:
            size = min(size, 1)
        elif isinstance(step, Sliding):
            size = step.along(axis, size)
        else:
            around, reach, stride = step
            size = (size + around - reach) // stride + 1 if size + around >= reach else 0
        if size < 1:
            return 0
    return size


def _step(window: Sliding | None, axis: int) -> Step:
    if window is None or window.is_ceil:
        return window
    return sum(window.padding[axis]), window.span[axis], window.stride[axis]


def options(blocks: Sequence[Block]) -> list[list[Option]]:
    """For each convolution what is tried, plainest first. Raises RefusedError: setting."""
    convs = stages(blocks).convs
    return [
        sorted(_options(blocks, stage, is_last=stage is convs[-1]), key=lambda option: option.cost)
        for stage in convs
    ]


def _options(blocks: Sequence[Block], stage: Stage, *, is_last: bool) -> Iterator[Option]:
    block = blocks[stage.layer]
    kernel: Pair = (block.shape[2], block.shape[3])
    known = place_of(block)
    slides: list[Slide] = [(known, 0.0, "any")] if known else list(_slides(kernel))
    if is_known(blocks, stage):
        windows = tuple(_windows(blocks, stage))
        for place, cost, pads in slides:
            sliding = _sliding(block, place)
            yield Option(place, (sliding, *windows), cost, pads, True)
        return
    told = is_pooled(blocks, stage, is_last=is_last)
    is_depthwise = any(each.groups > 1 for each in blocks)
    for (place, cost, pads), (pool, more) in product(slides, _pools(blocks, is_last=is_last)):
        sliding = _sliding(block, place)
        if pool not in (None, GLOBAL):
            more += STRIDE_AND_POOL * (place.stride != 1) + DEPTHWISE_AND_POOL * is_depthwise
        if told is not None and told != (pool is not None):
            more += AGAINST_NAMES
        windows = () if pool is None else (_window(pool),)
        yield Option(
            place._replace(pool=pool), (sliding, *windows), cost + more, pads, told is not None
        )


def _slides(kernel: Pair) -> Iterator[Slide]:
    """Strides and paddings that are tried for a kernel, each with its cost."""
    strides = STRIDE_COSTS if max(kernel) >= LONG_KERNEL else (1, 2)
    for stride in strides:
        for padding, cost, pads in _paddings(kernel, stride):
            passed = PASSED_OVER * (stride > max(kernel))
            yield Place(stride, padding), STRIDE_COSTS[stride] + cost + passed, pads


def _paddings(kernel: Pair, stride: int) -> Iterator[tuple[int | Pair, float, PADS]]:
    rows, cols = kernel
    if rows != cols:
        yield 0, 0, "none"
        yield (rows // 2, cols // 2), 0, "same"
        return
    if rows == 1:
        yield 0, 0, "any"
        return
    yield 0, 0, "none"
    same = (rows - 1) // 2
    if rows % 2:
        yield same, 0, "same"
    for padding in range(1, min(rows, same + 2)):
        if rows % 2 == 0 and padding == rows // 2 - (stride > 1 and rows > 2):
            yield padding, 0.5, "same"
        elif rows % 2 == 0 or padding != same:
            yield padding, ODD_PADDING if padding < same else WIDE_PADDING, "other"


def _pools(blocks: Sequence[Block], *, is_last: bool) -> Iterator[tuple[Pool | None, float]]:
    """Poolings that are tried, each with its cost; of whole maps where as many numbers are read."""
    yield from POOL_COSTS.items()
    if is_last and features(blocks) in (None, _maps(blocks)):
        yield GLOBAL, GLOBAL_COST


def _maps(blocks: Sequence[Block]) -> int:
    return [block.gives for block in blocks if block.kind == "conv2d"][-1]


def _sliding(block: Block, place: Place) -> Sliding:
    size = block.shape[2:]
    try:
        return Sliding.of(block.source, size, place.stride, place.padding, place.dilation)
    except ShapeError as error:
        raise RefusedError(
            "setting", layer=block.source, setting="stride, padding", value=place
        ) from error


def _window(pool: Pool) -> Sliding | None:
    return None if pool == GLOBAL else Sliding.of("pool", pool.size, pool.stride, pool.padding)


def _windows(blocks: Sequence[Block], stage: Stage) -> Iterator[Sliding | None]:
    """The poolings that the file says to follow a stage. Raises RefusedError: setting."""
    for at in (stage.layer, *stage.norms):
        for entry in blocks[at].after or ():
            if entry.type in POOLS:
                yield _told_window(entry)


def _told_window(entry: LayerEntry) -> Sliding | None:
    if entry.type.startswith("global"):
        return None
    said = entry.settings
    size = said.get("size", 2)
    try:
        return Sliding.of(
            entry.source, size, said.get("stride", size), said.get("padding", 0),
            is_ceil=bool(said.get("ceil_mode", False)),
        )  # fmt: skip
    except ShapeError as error:
        raise RefusedError(
            "setting", layer=entry.source, setting="size, stride", value=dict(said)
        ) from error
