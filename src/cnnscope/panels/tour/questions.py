"""The questions of the tour's stops, answered from the numbers of the picture they are about.

    question = ask(STOPS[4], network, trace, classes)
    question.values["percent"]   # '13.1', which the explanation names
    question.right               # (True, False, False): the first of the answers

Two answers that say the same, as may happen with a picture of one colour, are both right.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cnnscope.drawing.scale import NO_BREAK, count, number, percent, proportion
from cnnscope.nn.kernels import with_kernel, with_layers, without_relu
from cnnscope.nn.layers import Cell, Conv2d, Dense
from cnnscope.nn.network import INPUT, Network, Trace
from cnnscope.nn.ops import Array
from cnnscope.nn.receptive_field import receptive_field
from cnnscope.state.state import Explained, Node, Place, State
from cnnscope.state.tour import Stop, place_of

PLACES = 3  # decimals of the values of a map, as the views write them
SLOPE = 0.15  # of brightness, over two cells: less is even
BRIGHT = 0.5
FEW, MANY = 33, 67  # of a hundred cells
NUDGE = 0.01  # that a value grows by
FEW_TIMES, MANY_TIMES = 10, 100  # as probable
AHEAD = 2  # how many times as probable as in an even spread over the classes


@dataclass(frozen=True)
class Question:
    """A question's numbers, as its sentences name them, and which of its answers are right."""

    facts: Mapping[str, object]
    right: tuple[bool, ...]

    @property
    def values(self) -> Mapping[str, object]:
        """The numbers as they are written: counts in groups."""
        facts = self.facts.items()
        return {name: count(fact) if isinstance(fact, int) else fact for name, fact in facts}


@dataclass(frozen=True)
class Asked:
    """What a question is about."""

    stop: Stop
    network: Network  # as it was trained
    trace: Trace
    classes: Sequence[str]

    @property
    def node(self) -> Node:
        """The node that the stop explains before the answer."""
        return expanded(self.stop.screen)

    @property
    def place(self) -> Place:
        """Where the window stands before the answer."""
        place = place_of(self.stop.screen)
        assert place is not None
        return place


def ask(stop: Stop, network: Network, trace: Trace, classes: Sequence[str]) -> Question:
    """The question of a stop about the picture of a trace."""
    return QUESTIONS[stop.key](Asked(stop, network, trace, classes))


def expanded(screen: State) -> Node:
    """The node that a screen explains."""
    assert isinstance(screen.focus, Explained)
    return screen.focus.node


def pixels(asked: Asked) -> Question:
    """Which colour's grid is the brightest."""
    _, rows, cols = asked.network.input_shape
    means = [number(mean) for mean in asked.trace[INPUT].mean((1, 2))]
    values = dict(zip(("red", "green", "blue"), means, strict=True))
    most = max(means, key=float)
    return Question({**values, "rows": rows, "cols": cols}, tuple(mean == most for mean in means))


def kernel(asked: Asked) -> Question:
    """Which of window, kernel and sum stay as they are when the window moves on."""
    layer = asked.network.layer(asked.node.layer)
    assert isinstance(layer, Conv2d)
    source = channel_of(asked.stop.screen)
    read = asked.trace[asked.network.before(layer.name)]
    windows, sums = [], []
    for screen in (asked.stop.screen, asked.stop.shown):
        place = place_of(screen)
        assert place is not None
        _, rows, cols = layer.window(Cell(asked.node.channel, *place))
        windows.append(read[source, rows.start : rows.stop, cols.start : cols.stop])
        sums.append(number(layer.contributions(read, asked.node.channel)[source][place], PLACES))
    after = asked.network.shapes[layer.name][-1]
    values = {"size": layer.kernel.shape[-1], "after": after, "total": sums[0], "next": sums[1]}
    is_same_window = bool((windows[0] == windows[1]).all())
    return Question(values, (is_same_window, True, sums[0] == sums[1]))


def channel_of(screen: State) -> int:
    """The input channel whose arithmetic a screen shows."""
    assert isinstance(screen.focus, Explained)
    assert screen.focus.channel is not None
    return screen.focus.channel


def hundredths(percentage: str) -> str:
    """A percentage without its sign, which the sentence has."""
    return percentage.rstrip(f"{NO_BREAK}%")


def channels(asked: Asked) -> Question:
    """What a value becomes without one channel's contribution."""
    layer = asked.network.layer(asked.node.layer)
    assert isinstance(layer, Conv2d)
    (edit,) = asked.stop.shown.edits
    row, col = asked.place
    read = asked.trace[asked.network.before(layer.name)]
    changed = with_kernel(asked.network, *edit.node, edit.source, edit.values).layer(layer.name)
    parts = layer.contributions(read, asked.node.channel)[:, row, col]
    total = number(asked.trace[layer.name][asked.node.channel, row, col], PLACES)
    without = number(changed(read)[asked.node.channel, row, col], PLACES)
    values = dict(zip(("red", "green", "blue"), (number(each, PLACES) for each in parts),
                      strict=True))  # fmt: skip
    values |= {"bias": number(layer.bias[asked.node.channel], PLACES), "total": total,
               "without": without, "zero": number(0, PLACES)}  # fmt: skip
    return Question(values, tuple(each == without for each in (total, without, values["zero"])))


def maps(asked: Asked) -> Question:
    """Where a kernel that is negative on the left and positive on the right finds most."""
    node = expanded(asked.stop.shown)
    found = asked.trace[node.layer][node.channel]
    light = asked.trace[INPUT].mean(0)
    slope = light[1:-1, 2:] - light[1:-1, :-2]
    is_even = np.abs(slope) <= SLOPE
    means = [
        number(mean_where(found, slope > SLOPE)),
        number(mean_where(found, slope < -SLOPE)),
        number(mean_where(found, is_even & (light[1:-1, 1:-1] > BRIGHT))),
    ]
    values = {"channel": node.channel + 1, **dict(zip(("up", "down", "even"), means, strict=True))}
    most = max(means, key=value_of)
    return Question(values, tuple(mean == most for mean in means))


def mean_where(values: Array, chosen: np.ndarray) -> float:
    """The mean of the chosen values; zero where none is."""
    return float(values[chosen].mean()) if chosen.any() else 0.0


def value_of(text: str) -> float:
    """The value of a number as it is written here."""
    return float(text.replace("\N{MINUS SIGN}", "-"))


def relu(asked: Asked) -> Question:
    """How many cells of a map are still above zero after ReLU."""
    node = expanded(asked.stop.shown)
    after = asked.trace[node.layer][node.channel]
    kept, cells = int((after > 0).sum()), after.size
    share = 100 * kept / cells
    values = {"kept": kept, "cells": cells, "percent": hundredths(proportion(kept, cells)),
              "few": FEW, "many": MANY}  # fmt: skip
    return Question(values, (share < FEW, FEW <= share <= MANY, share > MANY))


def pooling(asked: Asked) -> Question:
    """Which change of four values changes what max pooling makes of them."""
    node, place = asked.node, asked.place
    _, rows, cols = asked.network.layer(node.layer).window(Cell(node.channel, *place))
    before = asked.trace[asked.network.before(node.layer)][node.channel]
    four = [number(value, PLACES) for value in before[rows.start : rows.stop,
                                                      cols.start : cols.stop].flat]  # fmt: skip
    least, _, second, most = sorted(four, key=value_of)
    zero, more = number(0, PLACES), number(value_of(most) + NUDGE, PLACES)
    changes = ((least, most), (second, zero), (most, more))
    values = dict(zip("abcd", four, strict=True))
    values |= {"least": least, "second": second, "most": most, "more": more, "zero": zero}
    return Question(
        {**values, "size": len(rows), "before": before.size,
         "after": asked.trace[node.layer][node.channel].size},
        tuple(largest_after(four, *change) != most for change in changes),
    )  # fmt: skip


def largest_after(values: Sequence[str], old: str, new: str) -> str:
    """The largest of some values after one became another."""
    changed = list(values)
    changed[changed.index(old)] = new
    return max(changed, key=value_of)


def field(asked: Asked) -> Question:
    """How much of the picture a value of a deeper layer depends on."""
    layer = asked.network.layer(asked.node.layer)
    seen = receptive_field(asked.network, layer.name, Cell(0, *asked.place))
    near = layer.window(Cell(0, *asked.place))
    _, rows, cols = asked.network.input_shape
    sizes = [(len(near.rows), len(near.cols)), (len(seen.rows), len(seen.cols)), (rows, cols)]
    values = {
        name: f"{high}\N{MULTIPLICATION SIGN}{wide}"
        for name, (high, wide) in zip(("near", "seen", "all"), sizes, strict=True)
    }
    return Question({**values, "layer": layer.name}, tuple(size == sizes[1] for size in sizes))


def flatten(asked: Asked) -> Question:
    """Which of three of the last maps speaks most for a class."""
    dense, name = asked.network.before(asked.node.layer), asked.classes[asked.node.channel]
    layer = asked.network.layer(dense)
    assert isinstance(layer, Dense)
    maps = asked.trace[asked.network.before(asked.network.before(dense))]  # (maps, rows, cols)
    weights = layer.kernel[asked.node.channel].reshape(maps.shape)
    votes = [number(vote, PLACES) for vote in (weights * maps).sum((1, 2))]
    ranked = sorted(range(len(votes)), key=lambda place: value_of(votes[place]))
    offered = sorted((ranked[0], *ranked[-2:]))  # most against it, and both most for it
    values = {"name": name, "elements": maps.size, "maps": len(votes),
              "first": ranked[-1] + 1, "most": votes[ranked[-1]],
              "last": ranked[0] + 1, "least": votes[ranked[0]],
              "bias": number(layer.bias[asked.node.channel], PLACES),
              "logit": number(asked.trace[dense][asked.node.channel], PLACES)}  # fmt: skip
    values |= dict(zip("abc", (place + 1 for place in offered), strict=True))
    return Question(values, tuple(votes[place] == values["most"] for place in offered))


def softmax(asked: Asked) -> Question:
    """How a difference of logits becomes a ratio of probabilities, within powers of ten."""
    logits = asked.trace[asked.network.before(asked.node.layer)]
    second, first = np.argsort(logits)[-2:]
    ahead = float(logits[first] - logits[second])
    ratio = math.exp(ahead)
    values = {
        "exact": number(ahead), "ratio": number(ratio, 0 if ratio >= FEW_TIMES else 1),
        "few": FEW_TIMES, "many": MANY_TIMES, "name": asked.classes[first],
        "rival": asked.classes[second], "moved": asked.classes[asked.node.channel],
    }  # fmt: skip
    return Question(
        values, (ratio < FEW_TIMES, FEW_TIMES <= ratio < MANY_TIMES, ratio >= MANY_TIMES)
    )


def limits(asked: Asked) -> Question:
    """What the network answers to a picture of none of its classes."""
    shares = asked.trace[asked.network.layers[-1].name]
    first = int(shares.argmax())
    values = {"name": asked.classes[first], "percent": hundredths(percent(float(shares[first]))),
              "classes": shares.size}  # fmt: skip
    is_ahead = bool(shares[first] >= AHEAD / shares.size)
    return Question(values, (False, not is_ahead, is_ahead))


def linear(asked: Asked) -> Question:
    """What the network answers once its ReLUs cut nothing."""
    name, idle = asked.network.layers[-1].name, without_relu(asked.network)
    before = int(asked.trace[name].argmax())
    shares = with_layers(asked.network, idle)(asked.trace[INPUT])[name]
    first = int(shares.argmax())
    values = {"count": len(idle), "name": asked.classes[before], "answer": asked.classes[first],
              "percent": hundredths(percent(float(shares[first])))}  # fmt: skip
    is_ahead = bool(shares[first] >= AHEAD / shares.size)
    return Question(values, (is_ahead and first == before, is_ahead and first != before,
                             not is_ahead))  # fmt: skip


QUESTIONS: Mapping[str, Callable[[Asked], Question]] = {
    "pixels": pixels,
    "kernel": kernel,
    "channels": channels,
    "maps": maps,
    "relu": relu,
    "pooling": pooling,
    "field": field,
    "flatten": flatten,
    "softmax": softmax,
    "limits": limits,
    "linear": linear,
    "end": lambda asked: Question({"classes": len(asked.classes)}, ()),
}
