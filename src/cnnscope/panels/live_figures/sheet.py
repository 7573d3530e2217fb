"""What the live figures share: a sheet, cells with numbers, a window that moves, the buttons.

Lengths are units of the sheet, of which a phone shows one as about one px, as with the still
figures beside them; what is drawn has the classes of ``figures.css``.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import Ramp, ink_on
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, Value, element
from cnnscope.drawing.rounding import UNIT
from cnnscope.drawing.scale import Domain
from cnnscope.drawing.timeline import STEPS_PER_SECOND, Place
from cnnscope.panels.playground.integer_conv import Integers
from cnnscope.panels.playground.messages import cell_line, place_of
from cnnscope.panels.playground.numbers import PlaygroundNumbers, numbers_for, plain
from cnnscope.state.playground import Playground
from cnnscope.state.state import Speed
from cnnscope.text import Text
from cnnscope.views.shared.player_controls import buttons, playing_pose

WIDTH = 360  # of a sheet
LIFT = 4  # from the middle of a line of letters to its foot
PACE = 0.5  # of the speed of the playground: there is a line to read at each step


def live_figure(text: Text, name: str, sheet: Element, *below: Element) -> Element:
    """A figure with the buttons that play it."""
    bar = element(
        "div",
        {"class": "playing", "role": "group", "aria-label": text("play.name")},
        *buttons(text, f"{name}."),
    )
    label = text(f"live.{name}")
    return element(
        "div", {"class": "live", "role": "group", "aria-label": label}, sheet, *below, bar
    )


def sheet(name: str, height: float, *children: Element) -> Element:
    """A picture of that height; what it shows is said by its pose."""
    box = {"viewBox": f"0 0 {WIDTH} {height:g}", "data-key": f"{name}.sheet"}
    return element("svg", {"class": "figure", "role": "img", **box}, *children)


def word(content: str, x: float, y: float, **more: Value) -> Element:
    """A line of letters whose middle is at this height."""
    attributes: Attributes = {"x": x, "y": y + LIFT, "text-anchor": "middle", **more}
    return element("text", attributes, content)


def number(content: str, x: float, y: float, **more: Value) -> Element:
    """A line of numbers and signs, which no translator may take for words."""
    return word(content, x, y, **LITERAL, **more)


def cell(x: float, y: float, side: float, fill: str | None, said: str = "") -> Iterator[Element]:
    """A square, and the number in it."""
    yield element(
        "rect", {"class": "cell", "x": x, "y": y, "width": side, "height": side, "fill": fill}
    )
    if said:
        style = f"fill:{ink_on(fill)}" if fill else None
        yield number(said, x + side / 2, y + side / 2, **{"class": "in-cell", "style": style})


def numbers(
    x: float, y: float, side: float, values: Integers, ramp: Ramp, domain: Domain
) -> Iterator[Iterator[Element]]:
    """A grid of numbers in thousandths, cell by cell, on their colours."""
    colors = iter(ramp.colors([value / UNIT for value in values.ravel().tolist()], domain))
    for row, line in enumerate(values.tolist()):
        for col, value in enumerate(line):
            yield cell(x + col * side, y + row * side, side, next(colors), plain(value))


def mover(name: str, part: str, x: float, y: float, *shapes: Element) -> Element:
    """What moves over a grid whose corner is there."""
    inner = element("g", {"class": "mover", "data-key": f"{name}.{part}"}, *shapes)
    return element("g", {"transform": f"translate({x:g} {y:g})"}, inner)


def outline(x: float, y: float, side: float) -> Iterator[Element]:
    """A square's outline, seen on any ground."""
    box: Attributes = {"x": x, "y": y, "width": side, "height": side}
    for ink in ("frame halo", "frame"):
        yield element("rect", {"class": ink, **box})


def moved(place: Place, by: float) -> Attributes:
    """Where a mover is that makes steps of a length."""
    row, col = place
    return {"style": f"transform:translate({col * by:g}px,{row * by:g}px)"}


def shown_so_far(shown: Playground, made: PlaygroundNumbers) -> int:
    """How many cells of the output are to be seen."""
    if shown.sweep.is_whole:
        return made.geometry.count**2
    return made.slide(1).index(max(shown.sweep.reached, place_of(shown))) + 1


def figure_pose(text: Text, name: str, shown: Playground) -> Pose:
    """What changes in every figure as its window moves: its name, its buttons."""
    made, sweep = numbers_for(shown), shown.sweep
    is_whole = not sweep.playing and place_of(shown) >= made.slide(1).last
    seen = shown_so_far(shown, made)
    return {
        f"{name}.sheet": {"aria-label": cell_line(text, shown)},
        **{
            key: attributes
            for key, attributes in playing_pose(
                text, "medium", is_playing=sweep.playing, is_whole=is_whole, prefix=f"{name}."
            ).items()
            if "aria-pressed" not in attributes
        },
        **{
            f"{name}.made/{at}": {"visibility": None if at < seen else "hidden"}
            for at in range(made.geometry.count**2)
        },
    }


def speed_of(speed: Speed) -> float:
    """Cells a second."""
    return PACE * STEPS_PER_SECOND[speed]
