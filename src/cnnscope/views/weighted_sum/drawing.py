"""A sum of units, drawn: rows that add up, and the whole layer before as cells.

``stage`` gives the structure, ``stage_pose`` all that a picture or a rival changes in it,
``window_pose`` what marking a unit changes.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import Rgba
from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.lengths import size_style
from cnnscope.views.dense.logit import (
    onward_button,
    rival_choice,
)
from cnnscope.views.dense.names import part_name
from cnnscope.views.dense.selection import chip, point
from cnnscope.views.map_contributions.bars import BAR, FACTORS, bars_pose, marking_pose
from cnnscope.views.map_contributions.sentence import sentence
from cnnscope.views.map_contributions.story import added_up, story, story_pose
from cnnscope.views.shared.model import Model, node_title, placed
from cnnscope.views.shared.sliding_window import merged, ways_out
from cnnscope.views.weighted_sum.cells import (
    cell_style,
    grid_legends,
    grid_paintings,
    grids,
    grids_pose,
    scales,
    unit_pose,
)
from cnnscope.views.weighted_sum.layout import WeightedSumLayout
from cnnscope.views.weighted_sum.numbers import (
    LogitNumbers,
    marked_map,
    marked_unit,
    waterfall,
    weighed,
)

SECTION = "hidden-layers"
"""Of the article."""

OPEN = "unit/"
"""What the key of the way to a row's unit begins with; the number of the row follows."""


def stage(model: Model, numbers: LogitNumbers, plan: WeightedSumLayout) -> Element:
    """The explanation in the network's coordinates."""
    text, numbers = model.text, weighed(model, numbers)
    name = text("stage.name", title=node_title(model, numbers.node))
    return element(
        "div",
        {"class": "stage why units", "data-key": "stage", "role": "group", "aria-label": name,
         "data-narrow": plan.is_narrow, "style": stage_style(model, numbers, plan)},
        *story(model, numbers, plan, "unit.bars"),
        *opens(plan),
        added_up(plan),
        *grids(model, plan),
        element("div", {"data-key": "stage.legends", "class": "stage-legends",
                        "style": placed(plan.legends)}, *stage_legends(model, numbers)),
        point(model, plan.point, "unit.part.value"),
        *rival_choice(model, numbers, plan.choose),
        *onward_button(model, numbers, plan.onward),
        *ways_out(model, SECTION, plan.close),
    )  # fmt: skip


def stage_style(model: Model, numbers: LogitNumbers, plan: WeightedSumLayout) -> str:
    """The stage's size, and where the marked unit is in each grid."""
    return f"{size_style(plan.width, plan.height)};{cell_style(model, numbers, plan)}"


def opens(plan: WeightedSumLayout) -> Iterator[Element]:
    """The way to the unit of each row; only that of the marked one is a stop of Tab."""
    for place, box in enumerate(plan.opens):
        yield element(
            "button", {"type": "button", "class": "open-unit", "data-on": "open", "tabindex": -1,
                       "data-key": f"{OPEN}{place}", "style": placed(box)},
            element("span", {"aria-hidden": "true"}, "›"),
        )  # fmt: skip


def stage_legends(model: Model, numbers: LogitNumbers) -> Iterator[Element]:
    """The colours of the cells."""
    return grid_legends(model, numbers)


def stage_paintings(model: Model, numbers: LogitNumbers) -> Iterator[tuple[str, Rgba]]:
    """The layer before, its weights, their products."""
    assert isinstance(model.detail, WeightedSumLayout)
    return grid_paintings(model, numbers, model.detail)


def stage_pose(model: Model, numbers: LogitNumbers, plan: WeightedSumLayout) -> Pose:
    """All that depends on the picture, the rival and the unit that is marked."""
    pose: dict[str, Attributes] = {
        **story_pose(model, numbers, plan, plan.legends.right),
        **merged(bars_pose(model, numbers), factors_pose(model, numbers)),
        **grids_pose(model, numbers),
    }
    return merged(pose, window_pose(model, numbers, plan))


def factors_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """The value and the weight of each row's unit, and which unit it leads to."""
    numbers = weighed(model, numbers)
    colours = scales(model, numbers)
    pose: dict[str, Attributes] = {}
    for place, step in enumerate(waterfall(numbers)[: len(numbers.shown)]):
        unit = step.channel or 0
        found = numbers.product(unit)
        for key, name, value in zip(FACTORS, ("value", "weight"), (found.value, found.weight),
                                    strict=True):  # fmt: skip
            ramp, domain, _ = colours[name]
            pose[f"{BAR}{place}.{key}"] = chip(value, ramp, domain)
        said = model.text("unit.open", name=part_name(model, numbers, unit), layer=numbers.source)
        pose[f"{OPEN}{place}"] = {
            "data-args": f"{numbers.source}/{unit}", "aria-label": said, "title": said,
        }  # fmt: skip
    return pose


def window_pose(model: Model, numbers: LogitNumbers, plan: WeightedSumLayout) -> Pose:
    """All that marking a unit changes."""
    numbers = weighed(model, numbers)
    marked = marked_map(model, numbers)
    stops: dict[str, Attributes] = {
        f"{OPEN}{place}": {"tabindex": 0 if step.channel == marked else -1}
        for place, step in enumerate(waterfall(numbers)[: len(numbers.shown)])
    }
    return {
        "stage": {"style": stage_style(model, numbers, plan),
                  "data-others": marked_unit(model, numbers) is None},
        **stops,
        **marking_pose(model, numbers),
        **unit_pose(model, numbers),
    }  # fmt: skip


def said(model: Model, numbers: LogitNumbers) -> str:
    """What a screen reader is told of another rival, or of another picture."""
    return sentence(model, weighed(model, numbers))
