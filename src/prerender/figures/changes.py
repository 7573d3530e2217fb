"""How many of the pictures kept back are still answered rightly once they are changed."""

from collections.abc import Iterator, Mapping

from cnnscope.drawing.color import PROBABILITY
from cnnscope.drawing.element import Element
from prerender.figures.drawing import line, rect, sheet, word
from prerender.figures.subject import Subject

LEFT, LONG = 146, 164  # left of the bars, length of 100 %
LINE = 26
PLAIN = "unchanged"


def changes(subject: Subject) -> Element:
    """A bar for each change, the most harmless first, over the share that guessing gives."""
    found = subject.evaluation
    right = {PLAIN: found["right"], **found["changed"]}
    listed = sorted(right, key=lambda name: -right[name])
    parts = [
        part
        for at, name in enumerate(listed)
        for part in bar(subject, name, right[name] / found["pictures"], 14 + at * LINE)
    ]
    guess = LEFT + LONG / len(subject.classes)
    foot = len(listed) * LINE + 6
    return sheet(
        described(subject, {name: right[name] / found["pictures"] for name in listed}),
        foot + 18,
        *parts,
        line([(guess, 2), (guess, foot)], "line dashed"),
        word(subject.text("figure.changes.guessing"), guess, foot + 9, ink="soft"),
    )


def described(subject: Subject, shares: Mapping[str, float]) -> str:
    """What the bars say, in a sentence for each."""
    text = subject.text
    lines = (
        text("figure.changes.line", name=named(subject, name), share=percentage(share))
        for name, share in shares.items()
    )
    return text("figure.changes", shares=text.joined("said.lines", lines))


def bar(subject: Subject, name: str, share: float, y: float) -> Iterator[Element]:
    """What was done, and how often the answer is right after it."""
    yield word(named(subject, name), LEFT - 8, y, at="end")
    yield rect(LEFT, y - 8, LONG, 16, "track")
    yield rect(LEFT, y - 8, share * LONG, 16, "bar", PROBABILITY)
    yield word(subject.text("figure.changes.share", share=percentage(share)),
               LEFT + LONG + 6, y, at="start")  # fmt: skip


def named(subject: Subject, change: str) -> str:
    """What was done to the pictures."""
    key = change.replace(" ", "_")
    return subject.text(f"figure.changes.{key}")


def percentage(share: float) -> int:
    """A share in whole percent."""
    return round(100 * share)
