"""The rows of a convolution: which channel stands in which, and what is drawn and said of it.

Up to a few channels stand in their own order. Of more, those that contribute most at the window
stand first, or in all of the map while the window slides, so that nothing jumps on the way; the
others are one row together, until they are unfolded.

    channels_shown(model, numbers)   # (17, 3, 60, ...)
    sum_shown(model, numbers)        # their terms, the others', and the bias
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.rounding import DECIMALS, Sum
from cnnscope.drawing.scale import number
from cnnscope.views.convolution.arithmetic import changed_sources, shown_channel
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.convolution.row_layout import Row, around_padding
from cnnscope.views.convolution.window_marks import kernel_window, map_shape, padding_rim
from cnnscope.views.shared.folding import folds
from cnnscope.views.shared.model import Model, canvas, placed
from cnnscope.views.shared.sliding_window import cell_mark, curtain, place_of, within, written

ROW = "channel/"
"""What the key of a row begins with."""

OTHERS = f"{ROW}others"
"""Key of the row of all channels that have none."""

EDGE = 4  # px of a row before what stands in it


def channels_shown(model: Model, numbers: ConvNumbers) -> Sequence[int]:
    """The channels that have a row, from top to bottom."""
    assert isinstance(model.detail, ConvolutionLayout)
    if not folds(len(numbers.kernels)):
        return range(len(numbers.kernels))
    order = numbers.order(None if model.sweep.playing else place_of(model))
    return tuple(order[: len(model.detail.rows)])


def has_others(model: Model) -> bool:
    """Whether channels without a row are one row together."""
    detail = model.detail
    return isinstance(detail, ConvolutionLayout) and detail.others is not None


def sum_shown(model: Model, numbers: ConvNumbers) -> Sum:
    """The terms as they stand in the rows, then the bias, adding up to the result."""
    return numbers.sum_at(place_of(model), channels_shown(model, numbers))


def row_keys(model: Model) -> Sequence[str]:
    """The keys of all rows, from top to bottom."""
    return keys_of(model, model.numbers)


def keys_of(model: Model, numbers: ConvNumbers) -> Sequence[str]:
    """The keys of the rows that such numbers have, from top to bottom."""
    keys = [f"{ROW}{slot}" for slot in range(len(channels_shown(model, numbers)))]
    return [*keys, OTHERS] if has_others(model) else keys


def row_of(model: Model, channel: int) -> str | None:
    """Key of a channel's row; None where it is among the others."""
    shown = list(channels_shown(model, model.numbers))
    return f"{ROW}{shown.index(channel)}" if channel in shown else None


def opened_row(model: Model) -> str | None:
    """Key of the row whose arithmetic is shown, if there is one."""
    channel = shown_channel(model)
    return None if channel is None else row_of(model, channel)


def rows(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Iterator[Element]:
    """All rows, and that of the others."""
    opened = shown_channel(model)
    channels = list(channels_shown(model, numbers))
    stop = channels.index(opened) if opened in channels else 0
    for slot, (row, channel) in enumerate(zip(expansion.rows, channels, strict=True)):
        if not expansion.is_gathered:
            rim = padding_rim(numbers, row.source)
            yield from () if rim is None else (rim,)
            yield kernel_window(numbers, row.source)
        is_low = slot > len(expansion.rows) // 2
        yield row_button(model, numbers, row, slot, {
            "data-args": str(channel), "tabindex": 0 if slot == stop else -1,
            "aria-expanded": str(channel == opened).lower(),
        }, is_low=is_low)  # fmt: skip
    if expansion.others is not None:
        yield others_row(model, numbers, expansion, expansion.others)


def row_button(
    model: Model, numbers: ConvNumbers, row: Row, slot: int, attributes: Attributes, *,
    is_low: bool,
) -> Element:  # fmt: skip
    """A channel's row to press: its kernel, contribution and number; where needed its map."""
    assert isinstance(model.detail, ConvolutionLayout)
    (kh, kw), (high, wide) = numbers.kernels.shape[1:], numbers.rows_cols
    is_gathered, key = model.detail.is_gathered, f"{ROW}{slot}"
    left = row_left(numbers, row) if is_gathered else row.kernel.x
    tall = row.contribution
    frame = Box(left - EDGE, tall.y, row.value.right - left + EDGE, tall.height)
    return element(
        "button",
        {"type": "button", "class": "row", "data-on": "channel", "data-keys": True,
         "data-roving": True, "data-key": key, **attributes, "style": placed(frame)},
        source_map(numbers, row.source, frame, slot) if is_gathered else None,
        element("span", {"class": "kernel", "style": within(row.kernel, frame)},
                canvas(f"kernel/{slot}", kh, kw)),
        None if numbers.is_coloured else element(
            "span", {"class": "numbers", "data-key": f"{key}.numbers", "aria-hidden": "true",
                     "data-above": is_low, **LITERAL,
                     "style": f"left:{rem(row.kernel.x - frame.x)}"}),
        element("span", {"class": "contribution", "data-map": "contribution",
                         "style": within(row.contribution, frame)},
                canvas(f"contribution/{slot}", high, wide),
                curtain(numbers, row.contribution),
                cell_mark(numbers, row.contribution)),
        element("span", {"class": "number", "data-key": f"{key}.value", **LITERAL,
                         "style": within(row.value, frame)}),
    )  # fmt: skip


def row_left(numbers: ConvNumbers, row: Row) -> float:
    """Where a row with its own map begins: with the padding around that."""
    return around_padding(row.source, numbers.layer.padding, map_shape(numbers)).x


def source_map(numbers: ConvNumbers, box: Box, frame: Box, slot: int) -> Element:
    """A channel's map in its row, with the window and the padding."""
    high, wide = map_shape(numbers)
    inner = Box(0, 0, box.width, box.height)
    return element(
        "span", {"class": "source", "data-map": "input", "style": within(box, frame)},
        canvas(f"source/{slot}", high, wide, box.width),
        padding_rim(numbers, inner), kernel_window(numbers, inner),
    )  # fmt: skip


def others_row(
    model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout, box: Box
) -> Element:
    """What the channels without a row contribute together; pressed, it gives them rows or none."""
    text, frame = model.text, box.reaching(left=box.x - EDGE)
    value = expansion.rows[0].value.centred_on(y=box.middle)
    is_all = expansion.is_unfolded
    name = (
        text("stage.fold") if is_all else text("stage.others", count=others_count(model, numbers))
    )
    return element(
        "button",
        {"type": "button", "class": "row together", "data-on": "unfold", "data-keys": True,
         "data-roving": True, "data-key": OTHERS, "tabindex": -1, "style": placed(frame)},
        element("span", {"class": "name"}, name),
        None if is_all else element("span", {"class": "number", "data-key": f"{OTHERS}.value",
                                             **LITERAL, "style": within(value, frame)}),
    )  # fmt: skip


def others_count(model: Model, numbers: ConvNumbers) -> int:
    """How many channels have no row."""
    return len(numbers.kernels) - len(channels_shown(model, numbers))


def rows_pose(model: Model, numbers: ConvNumbers) -> Pose:
    """Which channel stands in each row: its kernel's numbers, and whether it was changed."""
    changed = changed_sources(model, numbers.node)
    pose: dict[str, Attributes] = {}
    for slot, channel in enumerate(channels_shown(model, numbers)):
        key, kernel = f"{ROW}{slot}", numbers.kernels[channel]
        said: Attributes = {}
        if not numbers.is_coloured:
            lines = ["  ".join(f"{number(each, DECIMALS):>6}" for each in line) for line in kernel]
            pose[f"{key}.numbers"] = {"text": "\n".join(lines)}
            told = model.text.joined("said.lines", lines)
            said = {"aria-description": model.text("stage.row.kernel", numbers=told)}
        pose[key] = {"data-args": str(channel), "data-changed": channel in changed, **said}
    return pose


def row_names(model: Model, numbers: ConvNumbers) -> Pose:
    """What a screen reader calls each row, with the number that stands there."""
    channels, terms = channels_shown(model, numbers), sum_shown(model, numbers).terms
    pose: dict[str, Attributes] = {}
    for slot, (channel, term) in enumerate(zip(channels, terms, strict=False)):
        given = numbers.source_node(channel).channel + 1
        name = model.text(
            "stage.row", channel=given, channels=len(numbers.inputs), value=written(term)
        )
        pose[f"{ROW}{slot}"] = {"aria-label": name}
    if others := others_count(model, numbers):
        value = written(terms[len(channels)])
        name = model.text("stage.others.name", count=others, value=value)
        pose[OTHERS] = {"aria-label": name}
    return pose


def values_pose(model: Model, numbers: ConvNumbers, added: Sum) -> Pose:
    """The numbers that stand in the rows."""
    return {
        f"{key}.value": {"text": written(term)}
        for key, term in zip(keys_of(model, numbers), added.terms[:-1], strict=False)
    }
