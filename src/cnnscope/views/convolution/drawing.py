"""Convolution, drawn: inputs, kernels, contributions, their sum, the output.

``stage`` gives the structure, ``stage_pose`` all that a picture or a changed kernel changes in
it, ``window_pose`` what the sliding window changes, ``stage_paintings`` the maps.
"""

from collections.abc import Iterator, Sequence

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.lengths import size_style
from cnnscope.drawing.rounding import DECIMALS, thousandths
from cnnscope.drawing.scale import number
from cnnscope.views.convolution.arithmetic import rounding_line
from cnnscope.views.convolution.channel_card import SECTION
from cnnscope.views.convolution.docked import arithmetic_dock, dock_pose
from cnnscope.views.convolution.labels import labels
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.convolution.rows import (
    channels_shown,
    row_names,
    rows,
    rows_pose,
    sum_shown,
    values_pose,
)
from cnnscope.views.convolution.scales import (
    SWITCH,
    contribution_domain,
    is_shared,
    result_domain,
    scale_switch,
    stage_legends,
)
from cnnscope.views.convolution.wires import carried, wires, wires_pose
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, canvas, node_title, placed
from cnnscope.views.shared.painting import painted
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
        *rows(model, numbers, expansion),
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
    if expansion.bias is not None:
        value = number(numbers.bias, DECIMALS)
        yield element(
            "p", {"class": "bias", "style": placed(expansion.bias)},
            element("span", {}, model.text("stage.bias")),
            element("output", {"data-key": "stage.bias", **LITERAL}, value),
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


def output_map(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Element:
    """The output enlarged, with the window's cell."""
    high, wide = numbers.rows_cols
    return element(
        "div",
        {"class": "explained", "data-map": "output", "tabindex": 0, "data-key": OUTPUT,
         "data-keys": True, "data-quiet-focus": True, "data-grows": True,
         "role": "application", "aria-roledescription": model.text("card.map.role"),
         "aria-label": model.text("stage.output", rows=high, cols=wide),
         "style": grown_from(model, numbers.node, expansion.output)},
        canvas(OUTPUT, high, wide),
        curtain(numbers, expansion.output),
        cell_mark(numbers, expansion.output),
    )  # fmt: skip


def stage_paintings(model: Model, numbers: ConvNumbers) -> Iterator[tuple[str, Rgba]]:
    """Output, kernels and contributions in colours, and the maps that rows have."""
    yield OUTPUT, ACTIVATION.paint(numbers.output, result_domain(model, numbers))
    kernels = WEIGHT.paint(numbers.kernels, numbers.weight_domain)
    shown = list(channels_shown(model, numbers))
    domain = contribution_domain(model, numbers)
    contributions = ACTIVATION.paint(numbers.contributions[shown], domain)
    is_gathered = isinstance(model.detail, ConvolutionLayout) and model.detail.is_gathered
    for slot, channel in enumerate(shown):
        if is_gathered:
            yield f"source/{slot}", painted(model, numbers.source_node(channel))
        yield f"kernel/{slot}", kernels[channel]
        yield f"contribution/{slot}", contributions[slot]


def arrangement(model: Model, numbers: ConvNumbers) -> Sequence[int]:
    """What of the paintings follows the window: which channels stand in the rows."""
    return channels_shown(model, numbers)


def stage_pose(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Pose:
    """All that depends on the picture, the kernels and the window."""
    pose = {**rows_pose(model, numbers), SWITCH: {"aria-pressed": pressed(is_shared(model))}}
    moving = window_pose(model, numbers, expansion)
    return merged(merged(pose, row_names(model, numbers)), moving)


def window_pose(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Pose:
    """All that moves with the window: its places, the numbers there, how they add up."""
    added = sum_shown(model, numbers)
    pose: dict[str, Attributes] = {"stage": {"style": stage_style(model, numbers, expansion)}}
    pose |= values_pose(model, numbers, added)
    pose["stage.value"] = {"text": value_line(model, numbers)}
    pose["stage.sum"] = {"text": sum_line(model, numbers)}
    pose["stage.rounding"] = {"text": rounding_line(model, added.rounding)}
    if not model.sweep.playing:
        pose = {**pose, **row_names(model, numbers)}
    docked = merged(pose, dock_pose(model, numbers, expansion))
    return {
        **docked,
        **wires_pose(added, carried(expansion), is_playing=model.sweep.playing),
        **bar_pose(model, numbers),
    }


def value_line(model: Model, numbers: ConvNumbers) -> str:
    """The output's place and value."""
    row, col = place_of(model)
    value = written(thousandths(float(numbers.output[row, col])))
    return model.text("readout.cell", row=row + 1, col=col + 1, value=value)


def sum_line(model: Model, numbers: ConvNumbers) -> str:
    """How the contributions and the bias add up to the value."""
    added = sum_shown(model, numbers)
    given = written(sum(added.terms[:-1]))
    total = {"total": written(added.total), "equals": equality(added)}
    if not numbers.layer.has_bias:
        return model.text("convolution.sum.unbiased", given=given, **total)
    return model.text("convolution.sum", given=given, bias=signed(added.terms[-1]), **total)


def said(model: Model, numbers: ConvNumbers) -> str:
    """What a screen reader is told of the window's place."""
    place, how = value_line(model, numbers), sum_line(model, numbers)
    return model.text("said.of", what=place, line=how)
