"""The graph of ReLU, and what adding three lines gives with it and without it."""

from collections.abc import Callable, Iterator

from cnnscope.drawing.element import Element
from prerender.figures.drawing import arrow, line, sheet, word
from prerender.figures.subject import Subject

REACH = 2.0  # of the axes, from zero
UNIT = 34  # of length for one
PANELS = (88, 272)  # middles of the two graphs
FOOT = 118  # where the horizontal axis runs

Function = Callable[[float], float]


def rectified(x: float) -> float:
    """``max(0, x)``."""
    return max(0.0, x)


def sum_of_three(bend: Function) -> Function:
    """``f(x + 1) − 2 f(x) + f(x − 1)``: a straight line where f is one."""
    return lambda x: bend(x + 1) - 2 * bend(x) + bend(x - 1)


def relu(subject: Subject) -> Element:
    """Two graphs beside each other, of the same unit."""
    text = subject.text
    left, right = PANELS
    return sheet(
        text("figure.relu"),
        192,
        word(text("figure.relu.one"), left, 10),
        *axes(left),
        line(graph(rectified, left), "function"),
        word(text("figure.relu.formula"), left - 10, FOOT - 46, at="end", ink="accent"),
        word(text("figure.relu.three"), right, 10),
        *axes(right),
        line(graph(sum_of_three(lambda x: x), right), "function dashed"),
        line(graph(sum_of_three(rectified), right), "function"),
        word(text("figure.relu.with"), right, FOOT + 36, ink="accent"),
        word(text("figure.relu.without"), right, FOOT + 54, ink="warm"),
    )


def axes(middle: float) -> Iterator[Element]:
    """Two axes that cross at zero, with ticks at whole numbers."""
    long = REACH * UNIT + 6
    yield arrow((middle - long, FOOT), (middle + long, FOOT))
    yield arrow((middle, FOOT + 8), (middle, FOOT - REACH * UNIT - 14))
    for tick in (-1, 1):
        yield line([(middle + tick * UNIT, FOOT - 3), (middle + tick * UNIT, FOOT + 3)])
        yield word(str(tick).replace("-", "−"), middle + tick * UNIT, FOOT + 14, ink="soft")
    yield line([(middle - 3, FOOT - UNIT), (middle + 3, FOOT - UNIT)])
    yield word("1", middle - 9, FOOT - UNIT, ink="soft")


def graph(function: Function, middle: float) -> list[tuple[float, float]]:
    """A function's graph, whose bends are at whole numbers."""
    places = [-REACH, -1.0, 0.0, 1.0, REACH]
    return [(middle + x * UNIT, FOOT - function(x) * UNIT) for x in places]
