"""Unrolling the marked map: its rows travel, one after another, to their place in its strip.

The window of other views is here the row that travelled last; what is still to come is covered.

    unrolling(model, numbers, plan)   # the row on its way, and the covers
    unrolling_pose(model, numbers)    # which row that is, and what the buttons do
"""

from collections.abc import Iterator

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import count
from cnnscope.drawing.timeline import PACES
from cnnscope.nn.layers import Cell
from cnnscope.views.dense.layout import DenseLayout
from cnnscope.views.dense.numbers import LogitNumbers, pointed_feature, weighed
from cnnscope.views.dense.selection import marked_line
from cnnscope.views.dense.strips import STRIP, WHOLE
from cnnscope.views.shared.model import Model, canvas, placed
from cnnscope.views.shared.player_controls import bar_pose, short_bar

FLIGHT = 0.8  # of the time from row to row, that a row is on its way
COVERED = (0, 2)  # lines of a strip that come to be as its map is unrolled


def unroll_bar(model: Model, box: Box) -> Element:
    """The buttons that unroll the marked map."""
    return element(
        "div", {"class": "tools unroll", "style": placed(box)},
        element("span", {}, model.text("flatten.unroll")),
        short_bar(model.text, model.state.reading.speed, "flatten.unroll.name"),
    )  # fmt: skip


def unrolling(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """A row of each map, of which one is seen on its way, and what covers a strip so far."""
    _, rows, cols = numbers.maps.shape
    first, pitch = plan.lines[0], plan.pitch
    source, strip = first.source, first.strip
    high, line = source.height / rows, strip.height / WHOLE
    wide = strip.width / rows  # of a row's slice
    for k in COVERED:
        box = strip.moved(dy=k * sum(STRIP) * line).sized(height=STRIP[0] * line)
        yield element(
            "span", {"class": "covered", "style": f"{placed(box)};--pitch:{rem(pitch, 4)}"},
            element("span", {"data-key": f"flatten.covered/{k}", "hidden": True}),
        )  # fmt: skip
    style = (
        f"{placed(source.sized(height=high))};--pitch:{rem(pitch, 4)};--high:{rem(high, 4)};"
        f"--wide:{rem(wide, 4)};--dx:{rem(strip.x - source.x)};--dy:{rem(strip.y - source.y)};"
        f"--narrower:{wide / source.width:.4f};--flatter:{STRIP[0] * line / high:.4f}"
    )
    yield element(
        "span", {"class": "flight", "aria-hidden": "true", "style": style},
        element(
            "span", {"class": "flying", "data-key": "flatten.flying", "hidden": True},
            *(element("span", {"data-key": f"flatten.unroll/{k}"},
                      canvas(f"unroll/{k}", rows, cols)) for k in range(len(plan.lines))),
        ),
    )  # fmt: skip


def unrolling_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """Which row is on its way or has come last, and what is still covered."""
    sweep, rows = model.sweep, numbers.maps.shape[1]
    line, lines = marked_line(model, numbers), len(weighed(model, numbers).shown)
    row = 0 if sweep.place is None else sweep.place[1]
    is_unrolled = sweep.place is not None and line < lines
    is_covered = is_unrolled and not sweep.is_whole
    pace = numbers.slide(PACES[model.state.reading.speed]).speed
    pose: dict[str, Attributes] = {
        f"flatten.unroll/{k}": {"data-shown": k == line} for k in range(lines)
    }
    pose["flatten.flying"] = {
        "hidden": not is_unrolled,
        "data-flight": "odd" if row % 2 else "even",  # another name starts the motion anew
        "style": f"--unrolled:{row};--rows:{rows};--takes:{FLIGHT / pace:.3f}s",
    }
    for k in COVERED:
        begun = row if k == COVERED[0] else row + 1
        pose[f"flatten.covered/{k}"] = {
            "hidden": not is_covered,
            "style": f"inset-inline-start:{100 * begun / rows:.3f}%",
        }
    playing = dict(bar_pose(model, numbers))
    for key in ("play.place", "stage.field"):  # there is no map to slide over
        playing.pop(key)
    return {**pose, **playing}


def unrolled_line(model: Model, numbers: LogitNumbers) -> str:
    """The row that was unrolled last, in words; empty before any was."""
    if model.sweep.place is None:
        return ""
    _, row = model.sweep.place
    channel = numbers.head.place(pointed_feature(model, numbers)).channel
    cols = numbers.maps.shape[2]
    first = numbers.head.element(Cell(channel, row, 0))
    return model.text(
        "flatten.unroll.row", row=row + 1, map=channel + 1,
        first=count(first + 1), last=count(first + cols),
    )  # fmt: skip
