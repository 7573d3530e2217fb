"""What each map adds to a sum, drawn: bars that add up, and the picture under one map's part.

``stage`` gives the structure, ``stage_pose`` all that a picture or a rival changes in it,
``window_pose`` what marking a map changes. Of many maps those that contribute most have bars, and
the others one together.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, Rgba
from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.heatmap import heatmap_over
from cnnscope.drawing.lengths import size_style
from cnnscope.drawing.scale import Domain, symmetric
from cnnscope.nn.map_alignment import map_alignment
from cnnscope.nn.ops import Array
from cnnscope.state.state import Node
from cnnscope.views.dense.logit import (
    bar_and_posed_ticks,
    onward_button,
    posed_ticks,
    rival_choice,
)
from cnnscope.views.dense.names import others_name, part_name
from cnnscope.views.map_contributions.bars import (
    BAR,
    bars_pose,
    marking_pose,
)
from cnnscope.views.map_contributions.layout import MapContributionsLayout
from cnnscope.views.map_contributions.numbers import (
    LogitNumbers,
    all_of,
    marked_map,
    others_of,
    waterfall,
    weighed,
)
from cnnscope.views.map_contributions.sentence import sentence
from cnnscope.views.map_contributions.story import added_up, story, story_pose
from cnnscope.views.shared.model import Model, canvas, node_title, placed
from cnnscope.views.shared.painting import pixels, ramp_of
from cnnscope.views.shared.sliding_window import merged, ways_out

SECTION = "flatten"
"""Of the article."""

SWITCH = "stage.every"
"""Key of the button that leads on to every number."""


def stage(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Element:
    """The explanation in the network's coordinates."""
    text, numbers = model.text, weighed(model, numbers)
    name = text("stage.name", title=node_title(model, numbers.node))
    kind = "why.bars" if numbers.is_of_class else "raise.bars"
    return element(
        "div",
        {"class": "stage why", "data-key": "stage", "role": "group", "aria-label": name,
         "data-narrow": plan.is_narrow, "style": size_style(plan.width, plan.height)},
        *story(model, numbers, plan, kind),
        added_up(plan),
        *over(model, numbers, plan),
        *rival_choice(model, numbers, plan.choose),
        *onward_button(model, numbers, plan.onward),
        element("button", {"type": "button", "class": "leave every", "data-on": "every-number",
                           "data-key": SWITCH, "style": placed(plan.switch)},
                text("why.every"), element("span", {"aria-hidden": "true"}, "›")),
        *ways_out(model, SECTION, plan.close),
    )  # fmt: skip


def over(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Iterator[Element]:
    """The picture under what one map adds, or several together, and the colours of that."""
    _, rows, cols = model.network.input_shape
    yield element("p", {"class": "over-picture", "style": placed(plan.caption),
                        "data-key": "why.caption"})  # fmt: skip
    yield element(
        "span", {"class": "heat", "style": placed(plan.over)},
        *(element("span", {"data-key": f"over/{k}"}, canvas(f"over/{k}", rows, cols))
          for k in range(len(heats(numbers)))),
    )  # fmt: skip
    yield element("div", {"data-key": "stage.legends", "class": "over-legend",
                          "style": placed(plan.legends)},
                  *stage_legends(model, numbers))  # fmt: skip


def heats(numbers: LogitNumbers) -> tuple[int, ...]:
    """Whose contributions can lie over the picture, by the number of their canvas."""
    others = (others_of(numbers),) if numbers.others else ()
    return (*numbers.shown, all_of(numbers), *others)


def stage_legends(model: Model, numbers: LogitNumbers) -> Iterator[Element]:
    """The bar of the colours over the picture; the pose has its ticks."""
    name = element("span", {"class": "legend-name"}, model.text("why.legend"))
    yield element("div", {"class": "legend"}, name, *bar_and_posed_ticks())


def stage_paintings(model: Model, numbers: LogitNumbers) -> Iterator[tuple[str, Rgba]]:
    """The maps in the order of their bars, and the picture under what each adds."""
    numbers = weighed(model, numbers)
    source = numbers.source
    spread = map_alignment(model.network, source)
    picture = pixels(model)
    for place, step in enumerate(waterfall(numbers)[: len(numbers.shown)]):
        channel = step.channel or 0
        ramp = ramp_of(model, Node(source, channel))
        yield f"{BAR}{place}", ramp.paint(numbers.maps[channel], model.domains[source])
    for k, channel in enumerate(heats(numbers)):
        given, domain = given_by(numbers, channel), domain_over(numbers, channel)
        yield f"over/{k}", heatmap_over(picture, given, spread, ACTIVATION, domain)


def given_by(numbers: LogitNumbers, channel: int) -> Array:
    """What a map adds at each place, or what several do together: (rows, cols)."""
    if channel < all_of(numbers):
        given: Array = numbers.contributions[channel]
        return given
    return numbers.by_place if channel == all_of(numbers) else numbers.by_others


def domain_over(numbers: LogitNumbers, marked: int) -> Domain:
    """Of the colours over the picture: the same for every map, others for several together."""
    if marked < all_of(numbers):
        return numbers.domain
    if marked == all_of(numbers):
        return numbers.place_domain
    return symmetric(max(float(abs(numbers.by_others).max()), numbers.domain.high))


def stage_pose(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Pose:
    """All that depends on the picture, the rival and the map that is marked."""
    pose: dict[str, Attributes] = {
        **story_pose(model, numbers, plan, plan.over.right),
        **bars_pose(model, numbers),
    }
    return merged(pose, window_pose(model, numbers, plan))


def window_pose(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Pose:
    """All that marking a map changes."""
    numbers = weighed(model, numbers)
    marked = marked_map(model, numbers)
    pose: dict[str, Attributes] = {
        f"over/{k}": {"data-shown": channel == marked} for k, channel in enumerate(heats(numbers))
    }
    return {
        **pose,
        **marking_pose(model, numbers),
        **posed_ticks(domain_over(numbers, marked)),
        "why.caption": {"text": caption(model, numbers, marked)},
    }


def caption(model: Model, numbers: LogitNumbers, marked: int) -> str:
    """What lies over the picture."""
    if marked < all_of(numbers):
        return part_name(model, numbers, marked)
    return model.text("why.all") if marked == all_of(numbers) else others_name(model, numbers)


def said(model: Model, numbers: LogitNumbers) -> str:
    """What a screen reader is told of another rival."""
    return sentence(model, weighed(model, numbers))
