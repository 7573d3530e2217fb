"""What the figures share: the sheet, words, lines, numbers in cells, boxes seen at an angle.

    sheet(text("figure.relu"), 200, line([(0, 0), (90, 40)]), word("max(0, x)", 90, 30))

Lengths are units of the sheet, ``WIDTH`` across: a phone shows a unit as about one px, a wide
window as more. Inks are classes of ``figures.css``, so that a figure suits the page's colours.
"""

from collections.abc import Iterable, Sequence

from cnnscope.drawing.element import Attributes, Child, Element, element

WIDTH = 360
LIFT = 4  # from the middle of a line of letters to its foot
HAN = "\u2e80"  # the first of the signs that are written in columns too, upright

Points = Iterable[tuple[float, float]]


def sheet(name: str, height: float, *children: Child) -> Element:
    """A picture of that height, named for those who do not see it."""
    return element(
        "svg",
        {
            "class": "figure",
            "role": "img",
            "aria-label": name,
            "viewBox": f"0 0 {WIDTH} {height:g}",
        },
        *children,
    )


def word(
    content: str, x: float, y: float, *, at: str = "middle", ink: str = "", turn: bool = False
) -> Element:
    """A line of text whose middle is at this height; ``turn`` reads upwards, Chinese downwards."""
    place: Attributes = {"y": y + LIFT, "text-anchor": at}
    if turn and all(sign >= HAN for sign in content):
        ends = {"start": "end", "end": "start"}
        place = {"y": y, "text-anchor": ends.get(at, at), "writing-mode": "vertical-rl"}
    elif turn:
        place = {**place, "transform": f"rotate(-90 {x:g} {y:g})"}
    return element("text", {"x": x, "class": ink or None, **place}, content)


def line(points: Points, ink: str = "line") -> Element:
    """Straight lines from point to point."""
    return element("polyline", {"class": ink, "points": joined(points)})


def shape(points: Points, ink: str = "face", fill: str | None = None) -> Element:
    """An area within straight lines."""
    attributes: Attributes = {"class": ink, "points": joined(points), "fill": fill}
    return element("polygon", attributes)


def rect(
    x: float, y: float, width: float, height: float, ink: str = "face", fill: str | None = None
) -> Element:
    """An upright rectangle."""
    attributes: Attributes = {
        "class": ink, "x": x, "y": y, "width": width, "height": height, "fill": fill,
    }  # fmt: skip
    return element("rect", attributes)


def arrow(start: tuple[float, float], end: tuple[float, float], ink: str = "arrow") -> Element:
    """A line with a head at its end."""
    (x, y), (to_x, to_y) = start, end
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    along_x, along_y = (to_x - x) / length * 6, (to_y - y) / length * 6
    left = to_x - along_x - along_y / 1.7, to_y - along_y + along_x / 1.7
    right = to_x - along_x + along_y / 1.7, to_y - along_y - along_x / 1.7
    head = shape([left, end, right], f"{ink}-head")
    return element("g", {}, line([start, (to_x - along_x, to_y - along_y)], ink), head)


def grid(
    x: float,
    y: float,
    side: float,
    fills: Sequence[Sequence[str]],
    texts: Sequence[Sequence[str]] | None = None,
    inks: Sequence[Sequence[str]] | None = None,
    *,
    high: float | None = None,
) -> Element:
    """Cells in rows, each with a colour and, where given, what is written in it and how.

    Cells are square unless they are told how ``high`` to be.
    """
    high = side if high is None else high
    parts: list[Element] = []
    for i, row in enumerate(fills):
        for j, fill in enumerate(row):
            parts.append(rect(x + j * side, y + i * high, side, high, "cell", fill))
            if texts is None or not texts[i][j]:
                continue
            attributes: Attributes = {
                "class": "in-cell",
                "x": x + (j + 0.5) * side,
                "y": y + (i + 0.5) * high + LIFT,
                "text-anchor": "middle",
                "style": f"fill:{inks[i][j]}" if inks else None,
            }
            parts.append(element("text", attributes, texts[i][j]))
    return element("g", {}, *parts)


def volume(x: float, y: float, side: float, depth: float, ink: str = "face") -> Element:
    """A box seen from the front, its depth going up to the right; (x, y) is its front's corner."""
    right, foot = x + side, y + side
    top = [(x, y), (x + depth, y - depth), (right + depth, y - depth), (right, y)]
    flank = [(right, y), (right + depth, y - depth), (right + depth, foot - depth), (right, foot)]
    return element(
        "g",
        {},
        rect(x, y, side, side, ink),
        shape(top, f"{ink} top"),
        shape(flank, f"{ink} flank"),
    )


def joined(points: Points) -> str:
    """Points as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
