"""Going down a loss: the mean loss of the samples as one number of the network is turned."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cnnscope.drawing.element import Attributes, Element, element
from prerender.figures.drawing import arrow, line, sheet, word
from prerender.figures.subject import Subject

CLASS = "sports car"  # whose bias is turned
LOW, HIGH = -5.0, 9.0  # by how much
START = 8.0
RATE = 6.0  # the learning rate
STEPS = 4
LEFT, RIGHT, TOP, FOOT = 40, 346, 30, 190  # of the axes

Logits = NDArray[np.float32]


def loss(logits: Logits, labels: Sequence[int], channel: int, bias: float) -> float:
    """The mean cross-entropy of pictures, (n, classes), with a number added to one logit."""
    turned = logits.astype(np.float64)
    turned[:, channel] += bias
    total = np.log(np.exp(turned).sum(1))
    return float((total - turned[range(len(labels)), labels]).mean())


def slope(logits: Logits, labels: Sequence[int], channel: int, bias: float) -> float:
    """How steeply that loss rises: the mean of probability less truth."""
    turned = logits.astype(np.float64)
    turned[:, channel] += bias
    probability = np.exp(turned[:, channel]) / np.exp(turned).sum(1)
    truth = np.array([label == channel for label in labels], np.float64)
    return float((probability - truth).mean())


def path(logits: Logits, labels: Sequence[int], channel: int) -> list[float]:
    """The places that gradient descent comes to, the start first."""
    places = [START]
    for _ in range(STEPS):
        at = places[-1]
        places.append(at - RATE * slope(logits, labels, channel, at))
    return places


def descent(subject: Subject) -> Element:
    """The curve, and the steps down it."""
    name = subject.network.layers[-2].name
    known = {key: label for key, label in subject.labels.items() if label is not None}
    logits = np.array([subject.traces[key][name] for key in known])
    labels, channel = list(known.values()), subject.classes.index(CLASS)
    top = loss(logits, labels, channel, HIGH)

    def place(bias: float) -> tuple[float, float]:
        across = LEFT + (bias - LOW) / (HIGH - LOW) * (RIGHT - LEFT)
        return across, FOOT - loss(logits, labels, channel, bias) / top * (FOOT - TOP)

    curve = [place(float(bias)) for bias in np.linspace(LOW, HIGH, 71)]
    steps = [place(bias) for bias in path(logits, labels, channel)]
    text = subject.text
    return sheet(
        text("figure.descent"),
        FOOT + 26,
        arrow((LEFT, FOOT), (RIGHT + 10, FOOT)),
        arrow((LEFT, FOOT), (LEFT, TOP - 22)),
        word(text("figure.descent.loss"), LEFT + 10, TOP - 18, at="start"),
        word(text("figure.descent.parameter"), RIGHT + 10, FOOT + 14, at="end"),
        line(curve, "function"),
        *(arrow(start, end, "step") for start, end in pairwise(steps)),
        *(dot(step) for step in steps),
        word(text("figure.descent.start"), steps[0][0] - 10, steps[0][1] - 6, at="end"),
        word(text("figure.descent.step", number=1), steps[1][0] - 10, steps[1][1] - 8, at="end"),
    )


def dot(place: tuple[float, float]) -> Element:
    """A place that was come to."""
    attributes: Attributes = {"class": "dot", "cx": place[0], "cy": place[1], "r": 4}
    return element("circle", attributes)
