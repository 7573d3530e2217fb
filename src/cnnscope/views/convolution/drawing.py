"""Convolution, drawn: inputs, kernels, contributions, their sum, the output.

``stage`` gives the structure, ``stage_pose`` all that a picture or a changed kernel changes in
it, ``window_pose`` what the sliding window changes, ``stage_paintings`` the maps.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem, size_style
from cnnscope.drawing.rounding import DECIMALS
from cnnscope.drawing.scale import number
from cnnscope.views.convolution.arithmetic import (
    changed_sources,
    kernel_window,
    rounding_line,
    shown_channel,
)
from cnnscope.views.convolution.channel_card import SECTION
from cnnscope.views.convolution.docked import arithmetic_dock, dock_pose
from cnnscope.views.convolution.labels import labels
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.convolution.row_layout import Row
from cnnscope.views.convolution.scales import (
    SWITCH,
    contribution_domain,
    is_shared,
    result_domain,
    scale_switch,
    stage_legends,
)
from cnnscope.views.convolution.wires import wires, wires_pose
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, canvas, node_title, placed
from cnnscope.views.shared.player_controls import OUTPUT, bar, bar_pose
from cnnscope.views.shared.sliding_window import (
    cell_mark,
    curtain,
    equality,
    grown_from,
    merged,
    place_of,
    signed,
    ways_out,
    window_style,
    within,
    written,
)

__all__ = ["SECTION", "stage_legends"]


def stage(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Element:
    """The numbers in the network's coordinates."""
    text = model.text
    title = node_title(model, numbers.node)
    return element(
        "div",
        {
            "class": "stage",
            "data-key": "stage",
            "role": "group",
            "aria-label": text("stage.name", title=title),
            "style": stage_style(model, numbers, expansion),
        },
        wires(expansion),
        *labels(model, numbers, expansion),
        *sum_parts(model, numbers, expansion),
        output_map(model, numbers, expansion),
        bar(model, numbers, expansion.bar),
        *(
            part
            for channel, row in enumerate(expansion.rows)
            for part in row_parts(model, numbers, row, channel)
        ),
        None if expansion.dock is None else arithmetic_dock(model, numbers, expansion.dock),
        None if expansion.hint is None else element(
            "p", {"class": "hint", "data-ground": True, "style": placed(expansion.hint)},
            text("stage.hint")),
        scale_switch(model, expansion.switch),
        element("div", {"data-key": "stage.legends", "class": "stage-legends",
                        "style": placed(expansion.legends)},
                *stage_legends(model, numbers)),
        *ways_out(model, SECTION, expansion.close),
    )  # fmt: skip


def sum_parts(
    model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout
) -> Iterator[Element]:
    """The sign of the sum, the bias, and what all adds up to."""
    yield element("span", {"class": "plus", "style": placed(expansion.plus),
                           "aria-hidden": "true"}, "+")  # fmt: skip
    yield element(
        "p", {"class": "bias", "style": placed(expansion.bias)},
        element("span", {}, model.text("stage.bias")),
        element("output", {"data-key": "stage.bias", **LITERAL}, number(numbers.bias, DECIMALS)),
    )  # fmt: skip
    yield element(
        "p", {"class": "total", "style": placed(expansion.readout)},
        element("span", {"data-key": "stage.value"}),
        element("span", {}, element("span", {"data-key": "stage.sum"}),
                element("small", {"data-key": "stage.rounding"})),
    )  # fmt: skip


def stage_style(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> str:
    """The stage's size, and where the window stands."""
    size = size_style(expansion.width, expansion.height)
    return f"{size};{window_style(model, numbers)}"


def row_parts(model: Model, numbers: ConvNumbers, row: Row, channel: int) -> Iterator[Element]:
    """The window on an input channel's map; its kernel, contribution and number to press."""
    kh, kw = numbers.kernels.shape[1:]
    rows, cols = numbers.rows_cols
    frame = Box(row.kernel.x - 4, row.source.y, row.value.right - row.kernel.x + 4,
                row.source.height)  # fmt: skip
    yield kernel_window(numbers, row.source)
    key, opened = f"channel/{channel}", shown_channel(model)
    is_tab_stop = channel == (opened or 0)
    yield element(
        "button",
        {"type": "button", "class": "row", "data-on": "channel", "data-args": str(channel),
         "data-keys": True, "data-roving": True, "data-key": key,
         "tabindex": 0 if is_tab_stop else -1, "aria-expanded": str(channel == opened).lower(),
         "style": placed(frame)},
        element("span", {"class": "kernel", "style": within(row.kernel, frame)},
                canvas(f"kernel/{channel}", kh, kw)),
        element("span", {"class": "numbers", "data-key": f"{key}.numbers", "aria-hidden": "true",
                         "data-above": channel > len(numbers.kernels) // 2, **LITERAL,
                         "style": f"left:{rem(row.kernel.x - frame.x)}"}),
        element("span", {"class": "contribution", "data-map": "contribution",
                         "style": within(row.contribution, frame)},
                canvas(f"contribution/{channel}", rows, cols),
                curtain(numbers, row.contribution),
                cell_mark(numbers, row.contribution)),
        element("span", {"class": "number", "data-key": f"{key}.value", **LITERAL,
                         "style": within(row.value, frame)}),
    )  # fmt: skip


def output_map(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Element:
    """The output enlarged, with the window's cell."""
    rows, cols = numbers.rows_cols
    return element(
        "div",
        {"class": "explained", "data-map": "output", "tabindex": 0, "data-key": OUTPUT,
         "data-keys": True, "data-quiet-focus": True, "data-grows": True,
         "role": "application", "aria-roledescription": model.text("card.map.role"),
         "aria-label": model.text("stage.output", rows=rows, cols=cols),
         "style": grown_from(model, numbers.node, expansion.output)},
        canvas(OUTPUT, rows, cols),
        curtain(numbers, expansion.output),
        cell_mark(numbers, expansion.output),
    )  # fmt: skip


def stage_paintings(model: Model, numbers: ConvNumbers) -> Iterator[tuple[str, Rgba]]:
    """Output, kernels and contributions in colours."""
    yield OUTPUT, ACTIVATION.paint(numbers.output, result_domain(model, numbers))
    kernels = WEIGHT.paint(numbers.kernels, numbers.weight_domain)
    contributions = ACTIVATION.paint(numbers.contributions, contribution_domain(model, numbers))
    for channel in range(len(kernels)):
        yield f"kernel/{channel}", kernels[channel]
        yield f"contribution/{channel}", contributions[channel]


def stage_pose(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Pose:
    """All that depends on the picture, the kernels and the window."""
    changed = changed_sources(model, numbers.node)
    pose: dict[str, Attributes] = {}
    for channel, kernel in enumerate(numbers.kernels):
        lines = ["  ".join(f"{number(value, DECIMALS):>6}" for value in line) for line in kernel]
        pose[f"channel/{channel}.numbers"] = {"text": "\n".join(lines)}
        said = model.text("stage.row.kernel", numbers=model.text.joined("said.lines", lines))
        pose[f"channel/{channel}"] = {"data-changed": channel in changed, "aria-description": said}
    pose[SWITCH] = {"aria-pressed": pressed(is_shared(model))}
    moving = window_pose(model, numbers, expansion)
    return merged(merged(pose, row_names(model, numbers)), moving)


def row_names(model: Model, numbers: ConvNumbers) -> Pose:
    """What a screen reader calls each channel's row, with the number that stands there."""
    terms = numbers.sum_at(place_of(model)).terms[:-1]
    return {
        f"channel/{channel}": {
            "aria-label": model.text(
                "stage.row", channel=channel + 1, channels=len(terms), value=written(term)
            )
        }
        for channel, term in enumerate(terms)
    }


def window_pose(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Pose:
    """All that moves with the window: its places, the numbers there, how they add up."""
    added = numbers.sum_at(place_of(model))
    pose: dict[str, Attributes] = {"stage": {"style": stage_style(model, numbers, expansion)}}
    for channel, term in enumerate(added.terms[:-1]):
        pose[f"channel/{channel}.value"] = {"text": written(term)}
    pose["stage.value"] = {"text": value_line(model, numbers)}
    pose["stage.sum"] = {"text": sum_line(model, numbers)}
    pose["stage.rounding"] = {"text": rounding_line(model, added.rounding)}
    if not model.sweep.playing:
        pose = {**pose, **row_names(model, numbers)}
    docked = merged(pose, dock_pose(model, numbers, expansion))
    return {
        **docked,
        **wires_pose(added, is_playing=model.sweep.playing),
        **bar_pose(model, numbers),
    }


def value_line(model: Model, numbers: ConvNumbers) -> str:
    """The output's place and value."""
    row, col = place_of(model)
    value = written(numbers.sum_at((row, col)).total)
    return model.text("readout.cell", row=row + 1, col=col + 1, value=value)


def sum_line(model: Model, numbers: ConvNumbers) -> str:
    """How the contributions and the bias add up to the value."""
    added = numbers.sum_at(place_of(model))
    return model.text(
        "convolution.sum", given=written(sum(added.terms[:-1])), bias=signed(added.terms[-1]),
        total=written(added.total), equals=equality(added),
    )  # fmt: skip


def said(model: Model, numbers: ConvNumbers) -> str:
    """What a screen reader is told of the window's place."""
    place, how = value_line(model, numbers), sum_line(model, numbers)
    return model.text("said.of", what=place, line=how)
