"""The arithmetic of one output cell of the playground, written out row by row of the kernel."""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.rounding import UNIT
from cnnscope.drawing.scale import MINUS
from cnnscope.drawing.timeline import Place
from cnnscope.panels.playground.numbers import PlaygroundNumbers, grouped, plain
from cnnscope.text import Text

LINE = "playground.sum"


def sum_lines(made: PlaygroundNumbers) -> Iterator[Element]:
    """A line for each row of the kernel, one for their sum; the pose has the numbers."""
    if made.geometry.count == 0:
        return
    for k in range(made.geometry.kernel if made.geometry.kernel > 1 else 0):
        yield element("p", {"data-key": f"{LINE}/{k}", **LITERAL})
    yield element("p", {"class": "whole", "data-key": f"{LINE}.total"})


def sum_pose(text: Text, made: PlaygroundNumbers, place: Place) -> Pose:
    """The numbers where the window stands."""
    if made.geometry.count == 0:
        return {}
    rows = list(zip(made.patch(place).tolist(), made.kernel.tolist(), strict=True))
    totals = [sum(x * w for x, w in zip(*row, strict=True)) for row in rows]
    pose: dict[str, Attributes] = {}
    for k, (pair, total) in enumerate(zip(rows, totals, strict=True)):
        pose[f"{LINE}/{k}"] = {"text": f"{products(*pair)} = {plain(total)}"}
    terms = added(totals) if len(rows) > 1 else products(*rows[0])
    row, col = place
    pose[f"{LINE}.total"] = {
        "text": text(
            "playground.sum.total",
            row=row + 1,
            col=col + 1,
            terms=terms,
            total=plain(int(made.output[place])),
        )
    }
    return pose


def products(values: list[int], weights: list[int]) -> str:
    """``2 × 0.5 + 3 × (−1)``: a row of the input under a row of the kernel."""
    pairs = zip(values, weights, strict=True)
    return " + ".join(f"{plain(UNIT * value)} × {grouped(weight)}" for value, weight in pairs)


def added(totals: list[int]) -> str:
    """``5 − 3 + 0``: totals one after the other."""
    first, *others = totals
    signs = (f" {MINUS} " if total < 0 else " + " for total in others)
    rest = (f"{sign}{plain(abs(total))}" for sign, total in zip(signs, others, strict=True))
    return plain(first) + "".join(rest)
