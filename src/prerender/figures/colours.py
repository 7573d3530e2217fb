"""The ramps of colour that the page uses, and what each stands for."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, BLUE, GREEN, PROBABILITY, RED, WEIGHT, Ramp
from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import MINUS, Domain
from prerender.figures.drawing import grid, sheet, word
from prerender.figures.subject import Subject

STEPS = 15
SIDE = 12
LEFT = 12
RIGHT = LEFT + STEPS * SIDE + 12
LINE = 46  # units from one ramp to the next

RAMPS = {
    "input": (RED, GREEN, BLUE),
    "activation": (ACTIVATION,),
    "weight": (WEIGHT,),
}


def colours(subject: Subject) -> Element:
    """A strip for each ramp, with its ends and its meaning."""
    parts = [part for at, name in enumerate(RAMPS) for part in strip(subject, name, at * LINE + 12)]
    y = len(RAMPS) * LINE + 12
    fills = [[PROBABILITY] * STEPS]
    parts += [
        grid(LEFT, y, SIDE, fills),
        label(subject, "probability", y),
        *ends(y, "0 %", "100 %"),
    ]
    return sheet(subject.text("figure.colours"), y + 34, *parts)


def strip(subject: Subject, name: str, y: float) -> Iterator[Element]:
    """The ramps of one meaning above each other."""
    ramps = RAMPS[name]
    low = 0.0 if name == "input" else -1.0
    values = [low + (1 - low) * i / (STEPS - 1) for i in range(STEPS)]
    high = SIDE / len(ramps)
    for at, ramp in enumerate(ramps):
        yield band(ramp, values, Domain(low, 1), y + at * high, high)
    yield label(subject, name, y)
    yield from ends(y, *(("0", "1") if name == "input" else (MINUS, "+")))


def band(ramp: Ramp, values: list[float], domain: Domain, y: float, high: float) -> Element:
    """One ramp in steps."""
    fills = [ramp.colors(values, domain)]
    return grid(LEFT, y, SIDE, fills, high=high)


def label(subject: Subject, name: str, y: float) -> Element:
    """What a ramp stands for."""
    return word(subject.text(f"figure.colours.{name}"), RIGHT, y + SIDE / 2, at="start")


def ends(y: float, low: str, high: str) -> Iterator[Element]:
    """What stands at the two ends of a ramp, and zero in the middle of one with two signs."""
    foot = y + SIDE + 9
    yield word(low, LEFT, foot, at="start", ink="soft")
    yield word(high, LEFT + STEPS * SIDE, foot, at="end", ink="soft")
    if low == MINUS:
        yield word("0", LEFT + STEPS * SIDE / 2, foot, ink="soft")
