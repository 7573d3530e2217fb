"""The same ten logits made into probabilities at three temperatures."""

from collections.abc import Iterator

import numpy as np

from cnnscope.drawing.color import PROBABILITY
from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import number, percent
from cnnscope.nn import ops
from prerender.figures.drawing import rect, sheet, word
from prerender.figures.subject import Subject

SAMPLE = "sports_car"  # of the samples of known class, the one whose answer is least certain
TEMPERATURES = (0.5, 1.0, 2.0)
LINE = 20
NAMES, LOGITS = 68, 110  # right of the classes' names, of the logits
BARS = (122, 203, 284)  # left of the bars of each temperature
LONG = 30  # of a bar of 100 %


def softmax(subject: Subject) -> Element:
    """A line for each class: its logit, and its probability three times."""
    logits = subject.traces[SAMPLE][subject.network.layers[-2].name]
    text = subject.text
    heads = [word(text("figure.softmax.logit"), LOGITS, 10, at="end", ink="soft")]
    heads += [
        word(text("figure.softmax.temperature", value=number(value, 1)), left, 10, at="start")
        for value, left in zip(TEMPERATURES, BARS, strict=True)
    ]
    spread = [ops.softmax(logits / np.float32(value)) for value in TEMPERATURES]
    lines = [
        part
        for at, channel in enumerate(np.argsort(logits)[::-1])
        for part in line(subject.names[channel], float(logits[channel]),
                         [float(each[channel]) for each in spread], 30 + at * LINE)
    ]  # fmt: skip
    first = int(logits.argmax())
    low, middle, high = (percent(float(each[first])) for each in spread)
    name = text("figure.softmax", name=subject.names[first], low=low, middle=middle, high=high)
    return sheet(name, 34 + len(logits) * LINE - 10, *heads, *lines)


def line(name: str, logit: float, shares: list[float], y: float) -> Iterator[Element]:
    """One class."""
    yield word(name, NAMES, y, at="end")
    yield word(number(logit), LOGITS, y, at="end", ink="soft")
    for left, share in zip(BARS, shares, strict=True):
        yield rect(left, y - 5, LONG, 10, "track")
        yield rect(left, y - 5, max(share * LONG, 0.3), 10, "bar", PROBABILITY)
        yield word(percent(share), left + LONG + 4, y, at="start")
