"""A kernel slides over a small grid: the window, the sum it makes, the output that fills."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, GREY, WEIGHT
from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.rounding import UNIT
from cnnscope.drawing.scale import symmetric
from cnnscope.panels.live_figures.sheet import (
    cell,
    figure_pose,
    live_figure,
    moved,
    mover,
    number,
    numbers,
    outline,
    sheet,
    word,
)
from cnnscope.panels.playground.arithmetic import added, products
from cnnscope.panels.playground.grids import made_domain
from cnnscope.panels.playground.messages import place_of
from cnnscope.panels.playground.numbers import INPUT_DOMAIN, PlaygroundNumbers, numbers_for, plain
from cnnscope.state.playground import Playground
from cnnscope.text import Text

SIDE = 25  # of a cell
TOP = 18  # of the grids, below their names
KERNEL, MADE = 160, 260  # left of the kernel and of the output
LINE = 16
SUMS = TOP + 4 * SIDE + 18  # middle of the first line of the sum
MIDDLE = 258  # of the lines


def sliding(text: Text, shown: Playground) -> Element:
    """The figure, without what its window changes."""
    made = numbers_for(shown)
    return live_figure(text, "sliding", sheet("sliding", SUMS + 3 * LINE + 12, *parts(text, made)))


def parts(text: Text, made: PlaygroundNumbers) -> Iterator[Element]:
    """The three grids, the two frames that move, and the lines of the sum."""
    size, across, count = made.geometry.size, made.geometry.kernel, made.geometry.count
    top = TOP + (count - across) * SIDE / 2
    weights = symmetric(float(abs(made.kernel).max()) / UNIT)
    yield word(text("playground.given", size=size), size * SIDE / 2, 6)
    yield word(text("playground.weights", size=across), KERNEL + across * SIDE / 2, 6)
    yield word(text("playground.made", size=count), MADE + count * SIDE / 2, 6)
    for each in numbers(0, TOP, SIDE, made.given * UNIT, GREY, INPUT_DOMAIN):
        yield from each
    for each in numbers(KERNEL, top, SIDE, made.kernel, WEIGHT, weights):
        yield from each
    values = numbers(MADE, TOP, SIDE, made.output, ACTIVATION, made_domain(made))
    for at, each in enumerate(values):
        row, col = divmod(at, count)
        yield from cell(MADE + col * SIDE, TOP + row * SIDE, SIDE, None)
        yield element("g", {"data-key": f"sliding.made/{at}"}, *each)
    yield mover("sliding", "window", 0, TOP, *outline(0, 0, across * SIDE))
    yield mover("sliding", "mark", MADE, TOP, *outline(0, 0, SIDE))
    for at in range(across):
        yield number("", MIDDLE, SUMS + at * LINE, **{"data-key": f"sliding.sum/{at}"})
    yield number(
        "", MIDDLE, SUMS + across * LINE, **{"data-key": "sliding.total", "class": "whole"}
    )


def sliding_pose(text: Text, shown: Playground) -> Pose:
    """What changes as the window moves."""
    made, place = numbers_for(shown), place_of(shown)
    rows = list(zip(made.patch(place).tolist(), made.kernel.tolist(), strict=True))
    totals = [sum(x * w for x, w in zip(*row, strict=True)) for row in rows]
    return {
        **figure_pose(text, "sliding", shown),
        "sliding.window": moved(place, SIDE),
        "sliding.mark": moved(place, SIDE),
        **{
            f"sliding.sum/{at}": {"text": f"{products(*row)} = {plain(total)}"}
            for at, (row, total) in enumerate(zip(rows, totals, strict=True))
        },
        "sliding.total": {"text": f"{added(totals)} = {plain(int(made.output[place]))}"},
    }
