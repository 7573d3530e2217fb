"""The dense layer, drawn: maps flattened, weighed element by element, added up.

``stage`` gives the structure, ``stage_pose`` all that a picture or a rival changes in it,
``window_pose`` what pointing at an element changes, ``stage_paintings`` the maps and strips.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, WEIGHT, Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element, literal
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.heatmap import heatmap_over, striped
from cnnscope.drawing.lengths import drawing_size, size_style
from cnnscope.drawing.scale import count, number, ticks
from cnnscope.nn.map_alignment import map_alignment
from cnnscope.state.state import Node
from cnnscope.views.dense.layout import AWAY, DenseLayout
from cnnscope.views.dense.lines import line_parts, lines_pose, others_parts
from cnnscope.views.dense.logit import (
    back_to_maps,
    fold_button,
    picture_legend,
    posed_ticks,
    tools,
    total,
    total_pose,
)
from cnnscope.views.dense.names import is_single, others_name, part_name, rival_name, sum_name
from cnnscope.views.dense.numbers import LogitNumbers, weighed
from cnnscope.views.dense.selection import (
    OTHERS,
    marked_line,
    marks,
    marks_style,
    point,
    point_line,
    point_pose,
)
from cnnscope.views.dense.strips import STRIP, strip_names, trace, trace_pose, vector
from cnnscope.views.dense.top_contributions import ranking, ranking_pose
from cnnscope.views.dense.unrolling import (
    unroll_bar,
    unrolled_line,
    unrolling,
    unrolling_pose,
)
from cnnscope.views.shared.field_mark import ENLARGED, field_mark
from cnnscope.views.shared.legend import bar_and_ticks
from cnnscope.views.shared.links import led_on, link
from cnnscope.views.shared.model import Model, canvas, node_title, placed
from cnnscope.views.shared.painting import pixels, ramp_of
from cnnscope.views.shared.sliding_window import heading, ways_out, written

SECTION = "flatten"
"""Of the article."""

THICK, THIN = STRIP  # of a strip's canvas: rows of each line, rows between
ALL = "heat/all"
"""What the picture with all channels' heat map is painted under."""


def stage(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Element:
    """The explanation in the network's coordinates."""
    text, numbers = model.text, weighed(model, numbers)
    title = node_title(model, numbers.node)
    return element(
        "div",
        {"class": "stage weighing", "data-key": "stage", "role": "group",
         "aria-label": text("stage.name", title=title),
         "style": stage_style(model, numbers, plan)},
        wires(plan),
        *headings(model, numbers, plan),
        vector(model, numbers, plan),
        *(part for k, each in enumerate(plan.lines)
          for part in line_parts(model, numbers, each, k)),
        *others_parts(model, numbers, plan),
        *fold_button(model, numbers, plan.fold),
        element("span", {"class": "plus", "style": placed(plan.plus), "aria-hidden": "true"}, "+"),
        element("p", {"class": "bias-line", "style": placed(plan.bias)},
                element("span", {}, text("stage.bias")),
                element("output", {"data-key": "stage.bias", **LITERAL})),
        total(plan.total),
        *tools(model, numbers, plan),
        unroll_bar(model, plan.playing),
        point(model, plan.point),
        ranking(model, plan),
        *pictures(model, numbers, plan),
        *strip_names(model, plan),
        *unrolling(model, numbers, plan),
        *marks(model, numbers, plan),
        trace(plan),
        element("p", {"class": "hint", "style": placed(plan.hint), "data-key": "stage.hint"},
                hint(model, numbers)),
        element("div", {"data-key": "stage.legends", "class": "stage-legends",
                        "style": placed(plan.legends)}, *stage_legends(model, numbers)),
        back_to_maps(model, numbers, plan.back),
        *ways_out(model, SECTION, plan.close),
    )  # fmt: skip


def hint(model: Model, numbers: LogitNumbers) -> str:
    """What is shown and what can be done, in words."""
    numbers = weighed(model, numbers)
    if not numbers.is_of_class:
        key = "flatten.hint.unit"
    elif is_single(numbers):
        key = "flatten.hint.single"
    else:
        key = "flatten.hint" if numbers.contrast is None else "flatten.hint.rival"
    return model.text(
        key,
        elements=count(numbers.maps.size),
        maps=len(numbers.maps),
        name=sum_name(model, numbers),
        rival=rival_name(model, numbers),
    )


def stage_style(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> str:
    """The stage's size, and which element is marked."""
    size = size_style(plan.width, plan.height)
    return f"{size};{marks_style(model, numbers)}"


def stage_attributes(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Attributes:
    """What of the stage changes with the element that is marked."""
    is_other = marked_line(model, numbers) >= len(plan.lines)
    return {"style": stage_style(model, numbers, plan), "data-others": is_other}


def wires(plan: DenseLayout) -> Element:
    """Lines from each map through its strip to what it contributes, and on to the sum."""
    paths = []
    for each in plan.lines:
        d = link(each.source, each.strip) + link(each.strip, each.heat)
        paths.append(d if plan.is_narrow else d + link(each.value, plan.plus))
    if not plan.is_narrow:
        paths += [link(plan.others.value, plan.plus)] if plan.others else []
        paths.append(link(plan.bias, plan.plus))
    size = drawing_size(plan.width, plan.height)
    onward = element("path", {"class": "onward", "data-key": "flatten.onward", "d": ""})
    return element("svg", {"class": "wires", "aria-hidden": "true", **size},
                   *(element("path", {"d": d}) for d in paths), onward)  # fmt: skip


def onward_path(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> str:
    """The line from the sum to softmax and on to the class; none for a lead, which is no logit."""
    is_logit = numbers.is_of_class and model.explained.contrast is None
    if plan.is_narrow or not is_logit:
        return ""
    place = plan.transforms[numbers.node.layer].box(model.plan.boxes[numbers.node])
    return led_on(plan.plus, plan.onward, place, plan.total.right + AWAY)


def headings(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """What stands above the strips and above what they contribute."""
    text, first = model.text, plan.lines[0]
    _, rows, cols = numbers.maps.shape
    high = 40.0
    top = first.source.y - high - (2 if plan.is_narrow else 3)
    flat = text("flatten.elements", elements=count(numbers.maps.size))
    strip = Box(first.strip.x, top, first.strip.width, high)
    if plan.is_narrow:
        strip = Box(first.strip.x, top, first.strip.width - 24, high)
    flatten = numbers.head.flatten
    yield heading("" if flatten is None else flatten.name, flat, strip)
    heat = Box(first.heat.centre - 48, top, 96, high)
    yield heading(text("flatten.contributions"), text("column.shape", rows=rows, cols=cols), heat)
    for box, key in zip(plan.pictures, ("why.all", None), strict=True):
        place = Box(box.x, box.y - 22, box.width, 20)
        yield element(
            "p", {"class": "over-picture", "style": placed(place),
                  "data-key": None if key else "flatten.one"},
            text(key) if key else "",
        )  # fmt: skip


def pictures(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """The picture under the heat map of all channels, and under that of each."""
    _, rows, cols = model.network.input_shape
    both, one = plan.pictures
    yield element("span", {"class": "heat", "data-map": "picture/all", "style": placed(both)},
                  canvas(ALL, rows, cols), field_mark(ENLARGED[0]))  # fmt: skip
    yield element(
        "span", {"class": "heat", "data-map": "picture/one", "style": placed(one)},
        *(element("span", {"data-key": f"over/{k}"}, canvas(f"over/{k}", rows, cols))
          for k in range(len(numbers.shown) + bool(numbers.others))),
        field_mark(ENLARGED[1]),
    )  # fmt: skip
    yield picture_legend(plan.picture_legend)


def stage_legends(model: Model, numbers: LogitNumbers) -> Iterator[Element]:
    """The bars of the very colours drawn: of the maps, the weights, the contributions."""
    assert isinstance(model.detail, DenseLayout)
    numbers = weighed(model, numbers)
    shown = 3 if model.detail.legends.width >= 360 else 2
    weights = "flatten.weights" if model.explained.contrast is None else "flatten.weights.rival"
    text, source = model.text, numbers.source
    for name, gradient, domain in (
        (source, ramp_of(model, Node(source, 0)).gradient(), model.domains[source]),
        (
            text(weights),
            WEIGHT.gradient(),
            numbers.weight_domain,
        ),
        (text("flatten.contributions"), ACTIVATION.gradient(), numbers.domain),
    ):
        values = [number(value) for value in ticks(domain, shown)]
        yield element("div", {"class": "legend"},
                      element("span", {"class": "legend-name", **literal(name)}, name),
                      *bar_and_ticks([gradient], values))  # fmt: skip


def stage_paintings(model: Model, numbers: LogitNumbers) -> Iterator[tuple[str, Rgba]]:
    """Strips, heat maps, and heat maps over the picture."""
    numbers = weighed(model, numbers)
    source = numbers.source
    spread = map_alignment(model.network, source)
    picture, domain = pixels(model), numbers.place_domain
    heats = ACTIVATION.paint(numbers.contributions, numbers.domain)
    weights = WEIGHT.paint(numbers.weights, numbers.weight_domain)
    yield ALL, heatmap_over(picture, numbers.by_place, spread, ACTIVATION, domain)
    for k, channel in enumerate(numbers.shown):
        ramp = ramp_of(model, Node(source, channel))
        values = ramp.paint(numbers.maps[channel], model.domains[source])
        lines = [each.reshape(-1, 4) for each in (values, weights[channel], heats[channel])]
        yield f"strip/{k}", striped(lines, THICK, THIN)
        yield f"unroll/{k}", values
        yield f"heat/{k}", heats[channel]
        if is_spread(model):
            yield f"map/{k}", values
        given = numbers.contributions[channel]
        yield f"over/{k}", heatmap_over(picture, given, spread, ACTIVATION, domain)
    if numbers.others:
        given = numbers.by_others
        yield f"heat/{OTHERS}", ACTIVATION.paint(given, numbers.domain)
        key = f"over/{len(numbers.shown)}"
        yield key, heatmap_over(picture, given, spread, ACTIVATION, domain)


def is_spread(model: Model) -> bool:
    """Whether the maps are drawn anew at the heads of their lines."""
    return isinstance(model.detail, DenseLayout) and model.detail.is_spread


def stage_pose(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Pose:
    """All that depends on the picture, the rival and the element pointed at."""
    against = weighed(model, numbers)
    pose: dict[str, Attributes] = dict(lines_pose(model, against, plan))
    pose["stage.bias"] = {"text": written(against.sum.terms[-1])}
    pose["stage.hint"] = {"text": hint(model, numbers)}
    return {**pose, **posed_ticks(against.place_domain), **window_pose(model, numbers, plan)}


def window_pose(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Pose:
    """All that pointing at an element changes."""
    against, marked = weighed(model, numbers), marked_line(model, numbers)
    lines = len(against.shown)
    pose: dict[str, Attributes] = {
        f"over/{k}": {"data-shown": k == marked} for k in range(lines + bool(against.others))
    }
    pose["stage"] = stage_attributes(model, numbers, plan)
    pose["flatten.one"] = {
        "text": part_name(model, against, against.shown[marked]) if marked < lines
        else others_name(model, against)
    }  # fmt: skip
    return {
        **pose,
        **total_pose(model, numbers),
        "flatten.onward": {"d": onward_path(model, numbers, plan)},
        **trace_pose(model, numbers, plan),
        **unrolling_pose(model, numbers),
        **point_pose(model, numbers),
        **ranking_pose(model, numbers),
    }


def said(model: Model, numbers: LogitNumbers) -> str:
    """What a screen reader is told of the row unrolled last, of the element pointed at."""
    row, point_ = unrolled_line(model, numbers), point_line(model, numbers)
    return model.text.together((row, point_))
