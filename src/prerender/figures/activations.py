"""The graphs of eight activation functions, with ReLU behind each of the others."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import MINUS
from prerender.figures.drawing import WIDTH, arrow, line, sheet, word
from prerender.figures.relu import rectified
from prerender.figures.subject import Subject

IN_A_ROW = 4
SLOT = WIDTH / IN_A_ROW  # units from one graph to the next
ROW = 98
FOOT = 66  # where the horizontal axis of the first row runs
REACH = 38  # units of the horizontal axis to each side, and of the vertical one upwards
UNIT = 13.0  # of length for one
SIX = 5.0  # of length for one where a graph has to show a six
STEP = 0.25  # from one drawn place of a curve to the next
LEAK = 0.1  # slope below zero that can be seen; the usual 0.01 cannot

Function = Callable[[float], float]


def leaky(x: float) -> float:
    """ReLU with a slope below zero, here a large one."""
    return x if x > 0 else LEAK * x


def relu6(x: float) -> float:
    """ReLU that is never more than 6."""
    return min(rectified(x), 6.0)


def elu(x: float) -> float:
    """``x``, or ``exp(x) - 1`` below zero."""
    return x if x > 0 else math.expm1(x)


def gelu(x: float) -> float:
    """``x`` times the share of a normal distribution that lies below it."""
    return x * 0.5 * (1 + math.erf(x / math.sqrt(2)))


def silu(x: float) -> float:
    """``x`` times its sigmoid."""
    return x * sigmoid(x)


def sigmoid(x: float) -> float:
    """``1 / (1 + exp(-x))``."""
    return 1 / (1 + math.exp(-x))


@dataclass(frozen=True)
class Graph:
    """A function, where it bends, and how it is drawn."""

    function: Function
    bends: tuple[float, ...] = ()  # of one made of straight lines; none for a curve
    unit: float = UNIT
    tick: int = 1
    has_floor: bool = False  # whether it comes close to minus one

    @property
    def places(self) -> list[float]:
        """From where to where lines are drawn."""
        end = REACH / self.unit
        if self.bends:
            return [-end, *self.bends, end]
        steps = int(end / STEP)
        return [-end, *(k * STEP for k in range(-steps, steps + 1)), end]


GRAPHS: Mapping[str, Graph] = {
    "ReLU": Graph(rectified, (0.0,)),
    "Leaky ReLU": Graph(leaky, (0.0,)),
    "ReLU6": Graph(relu6, (0.0, 6.0), SIX, 6),
    "ELU": Graph(elu, has_floor=True),
    "GELU": Graph(gelu),
    "SiLU": Graph(silu),
    "sigmoid": Graph(sigmoid),
    "tanh": Graph(math.tanh, has_floor=True),
}
"""By the names that they have in every language."""


def activations(subject: Subject) -> Element:
    """Two rows of graphs."""
    parts = [
        part
        for place, (name, graph) in enumerate(GRAPHS.items())
        for part in panel(name, graph, *middle(place))
    ]
    rows = -(-len(GRAPHS) // IN_A_ROW)
    return sheet(subject.text("figure.activations"), rows * ROW - 4, *parts)


def middle(place: int) -> tuple[float, float]:
    """Where the axes of a graph cross."""
    row, slot = divmod(place, IN_A_ROW)
    return SLOT * (slot + 0.5), FOOT + ROW * row


def panel(name: str, graph: Graph, x: float, y: float) -> Iterator[Element]:
    """A graph under its name, with its axes."""
    yield word(name, x, y - REACH - 19)
    yield from axes(graph, x, y)
    if graph.function is not rectified:
        behind = Graph(rectified, (0.0,), graph.unit)
        yield line(drawn(behind, x, y), "function dashed")
    yield line(drawn(graph, x, y), "function")


def axes(graph: Graph, x: float, y: float) -> Iterator[Element]:
    """Two axes of one unit that cross at zero, with what the upright one's ticks stand for."""
    yield arrow((x - REACH - 2, y), (x + REACH + 4, y))
    yield arrow((x, y + UNIT + 4), (x, y - REACH - 6))
    far, label = graph.tick * graph.unit, str(graph.tick)
    yield line([(x + far, y - 2), (x + far, y + 2)])
    yield line([(x - 2, y - far), (x + 2, y - far)])
    yield word(label, x - 8, y - far, ink="soft")
    if graph.has_floor:
        yield line([(x - 2, y + far), (x + 2, y + far)])
        yield word(MINUS + label, x + 10, y + far + 3, ink="soft")


def drawn(graph: Graph, x: float, y: float) -> list[tuple[float, float]]:
    """A function's graph, as far as there is room for it."""
    return [(x + each * graph.unit, y - graph.function(each) * graph.unit) for each in graph.places]
