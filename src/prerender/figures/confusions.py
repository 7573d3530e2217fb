"""The table of confusions: what the pictures kept back show, against what was answered."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, ink_on
from cnnscope.drawing.element import Element
from cnnscope.drawing.scale import symmetric
from prerender.figures.drawing import grid, sheet, word
from prerender.figures.subject import Subject

LEFT, TOP = 104, 92
SIDE = 25.6


def confusions(subject: Subject) -> Element:
    """A row for each true class, a column for each answer; the more pictures, the bluer."""
    counts = subject.evaluation["confusions"]
    # The root keeps the rare confusions in sight beside the many right answers.
    reach = symmetric(max(max(row) for row in counts) ** 0.5)
    fills = [ACTIVATION.colors([count**0.5 for count in row], reach) for row in counts]
    texts = [[str(count) if count else "" for count in row] for row in counts]
    inks = [[ink_on(fill) for fill in row] for row in fills]
    return sheet(
        described(subject),
        TOP + len(counts) * SIDE + 4,
        *names(subject),
        grid(LEFT, TOP, SIDE, fills, texts, inks),
    )


def described(subject: Subject) -> str:
    """What the table says, in a sentence or two."""
    counts, classes, text = subject.evaluation["confusions"], subject.names, subject.text
    right = text.joined(
        "said.list",
        (
            text("figure.confusions.right", name=name, count=counts[at][at])
            for at, name in enumerate(classes)
        ),
    )
    wrong = {
        (true, answer): count
        for true, row in enumerate(counts)
        for answer, count in enumerate(row)
        if true != answer
    }
    true, answer = max(wrong, key=lambda pair: wrong[pair])
    return text("figure.confusions", right=right, true=classes[true], answer=classes[answer],
                count=wrong[true, answer])  # fmt: skip


def names(subject: Subject) -> Iterator[Element]:
    """The classes at both sides, and which side is which."""
    for at, name in enumerate(subject.names):
        middle = (at + 0.5) * SIDE
        yield word(name, LEFT - 6, TOP + middle, at="end")
        yield word(name, LEFT + middle, TOP - 6, at="start", turn=True)
    yield word(subject.text("figure.confusions.true"), LEFT - 6, TOP - 26, at="end", ink="soft")
    yield word(subject.text("figure.confusions.answer"), LEFT - 6, TOP - 44, at="end", ink="soft")
