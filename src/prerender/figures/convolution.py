"""One value of a convolution, with the numbers of this network: three windows, three kernels."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Ramp, channel_ramp, ink_on
from cnnscope.drawing.element import Element
from cnnscope.drawing.rounding import DECIMALS, UNIT, Sum
from cnnscope.drawing.scale import Domain, number, symmetric
from cnnscope.nn.layers import Cell, Conv2d
from cnnscope.nn.network import INPUT
from cnnscope.nn.ops import Array
from prerender.figures.drawing import grid, sheet, word
from prerender.figures.subject import Subject

CELL = Cell(3, 43, 54)
"""The value that is made: a channel, row and column of the first convolution.

Of those with much to see, one whose numbers add up as they are displayed.
"""

SIDE = 35
REACH = 4.0  # of the colours of the value
WINDOW, KERNEL, SHARE = 22, 154, 308  # left of windows, of kernels; middle of contributions
LINE = 3 * SIDE + 12
COLOURS = ("red", "green", "blue")


def convolution(subject: Subject) -> Element:
    """A line for each channel, and below them the sum that is the value."""
    layer = next(layer for layer in subject.network.layers if isinstance(layer, Conv2d))
    x = subject.trace[INPUT]
    patch, kernels = layer.patch(x, CELL), layer.kernel[CELL.channel]
    shares = [float((p * k).sum()) for p, k in zip(patch, kernels, strict=True)]
    made = float(subject.trace[layer.name][CELL])
    sum_ = Sum.of([*shares, float(layer.bias[CELL.channel])], made)
    text = subject.text
    parts = [part for at in range(len(patch)) for part in line(subject, at, patch, kernels, sum_)]
    heads = ((WINDOW, "window"), (KERNEL, "kernel"))
    return sheet(
        text("figure.convolution"),
        26 + len(patch) * LINE + 58,
        *(word(text(f"figure.convolution.{name}"), left + 1.5 * SIDE, 8) for left, name in heads),
        word(text("figure.convolution.share"), SHARE, 8),
        *parts,
        *total(subject, sum_, 26 + len(patch) * LINE),
    )


def line(
    subject: Subject, channel: int, patch: Array, kernels: Array, sum_: Sum
) -> Iterator[Element]:
    """A channel's window, its kernel, and what the two add to the sum."""
    y = 22 + channel * LINE
    middle = y + 1.5 * SIDE
    name = subject.text(f"channel.{COLOURS[channel]}")
    yield word(name, WINDOW - 12, middle, turn=True)
    yield cells(WINDOW, y, patch[channel], channel_ramp(channel, len(patch)), Domain(0, 1))
    yield word("×", (WINDOW + 3 * SIDE + KERNEL) / 2, middle)
    yield cells(KERNEL, y, kernels[channel], WEIGHT, symmetric(float(abs(kernels).max())))
    yield word("→", (KERNEL + 3 * SIDE + SHARE) / 2 - 8, middle)
    yield word(written(sum_.terms[channel]), SHARE, middle)


def cells(x: float, y: float, values: Array, ramp: Ramp, domain: Domain) -> Element:
    """A grid of values in the colours of a ramp."""
    fills = [ramp.colors(list(row), domain) for row in values]
    texts = [[number(float(value)) for value in row] for row in values]
    return grid(x, y, SIDE, fills, texts, [[ink_on(fill) for fill in row] for row in fills])


def total(subject: Subject, sum_: Sum, y: float) -> Iterator[Element]:
    """The contributions and the bias, added up."""
    *shares, bias = sum_.terms
    named = [(value, "") for value in shares] + [(bias, "bias")]
    places = [(22 + at * (SHARE - 30) / len(named), *term) for at, term in enumerate(named)]
    for at, (x, value, name) in enumerate(places):
        sign = "" if at == 0 else "− " if value < 0 else "+ "
        yield word(sign + written(abs(value) if at else value), x, y + 20, at="start")
        if name:
            yield word(subject.text(f"figure.convolution.{name}"), x + 12, y + 36,
                       at="start", ink="soft")  # fmt: skip
    color = ACTIVATION.colors([sum_.total / UNIT], symmetric(REACH))[0]
    yield word("=", SHARE - 14, y + 20)
    yield grid(SHARE - 4, y + 5, 50, [[color]], [[written(sum_.total)]], [[ink_on(color)]], high=30)
    yield word(subject.text("figure.convolution.value"), SHARE + 21, y + 48, ink="soft")


def written(value: int) -> str:
    """Thousandths as a decimal number."""
    return number(value / UNIT, DECIMALS)
