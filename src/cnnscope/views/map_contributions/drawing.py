"""What each map adds to a logit, drawn: bars that add up, and the picture under one map's part.

``stage`` gives the structure, ``stage_pose`` all that a picture or a rival changes in it,
``window_pose`` what marking a map changes. Bars stand in an order that follows the numbers, so a
bar is known by its place, from the first, and the pose says whose it is.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION, Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.heatmap import heatmap_over
from cnnscope.drawing.lengths import drawing_size, size_style
from cnnscope.drawing.scale import Domain
from cnnscope.nn.map_alignment import map_alignment
from cnnscope.state.state import Node
from cnnscope.views.dense.logit import (
    bar_and_posed_ticks,
    onward_button,
    posed_ticks,
    rival_choice,
    sum_line,
)
from cnnscope.views.map_contributions.layout import MapContributionsLayout
from cnnscope.views.map_contributions.numbers import (
    LogitNumbers,
    Step,
    levels,
    marked_map,
    waterfall,
    weighed,
)
from cnnscope.views.map_contributions.sentence import sentence, title, words
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.links import led_into, link
from cnnscope.views.shared.model import Model, canvas, node_title, placed
from cnnscope.views.shared.painting import pixels, ramp_of
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.sliding_window import merged, signed, ways_out, written

SECTION = "flatten"
"""Of the article."""

SWITCH = "stage.every"
"""Key of the button that leads on to every number."""

BAR = "bar/"
"""What the key of a bar begins with; its number in the order of the bars follows."""

AWAY = 6  # px from the classes to the line that leads to one


def stage(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Element:
    """The explanation in the network's coordinates."""
    text = model.text
    name = text("stage.name", title=node_title(model, numbers.node))
    return element(
        "div",
        {"class": "stage why", "data-key": "stage", "role": "group", "aria-label": name,
         "data-narrow": plan.is_narrow, "style": size_style(plan.width, plan.height)},
        element("svg", {"class": "wires", "aria-hidden": "true",
                        **drawing_size(plan.width, plan.height)},
                element("path", {"class": "onward", "data-key": "why.onward", "d": ""})),
        element("p", {"class": "title", "style": placed(plan.title), "data-key": "why.title"}),
        element("p", {"class": "words", "style": placed(plan.words), "data-key": "why.words"}),
        head(plan),
        bars(model, numbers, plan),
        element("p", {"class": "sum", "style": placed(plan.sum), "data-key": "why.sum"}),
        *over(model, numbers, plan),
        rival_choice(model, numbers, plan.choose),
        onward_button(model, plan.onward),
        element("button", {"type": "button", "class": "leave every", "data-on": "every-number",
                           "data-key": SWITCH, "style": placed(plan.switch)},
                text("why.every"), element("span", {"aria-hidden": "true"}, "›")),
        *ways_out(model, SECTION, plan.close),
    )  # fmt: skip


def head(plan: MapContributionsLayout) -> Element:
    """What the two colours of the bars say."""
    return element(
        "p", {"class": "signs", "style": placed(plan.head), "aria-hidden": "true"},
        *(element("span", {"data-sign": sign, "data-key": f"why.{sign}"})
          for sign in ("below", "above")),
    )  # fmt: skip


def bars(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Element:
    """A bar for each map, one for the bias, one for the logit."""
    first = plan.bars[0]
    frame = first.union(plan.bars[-1])
    channels = len(numbers.maps)
    return element(
        "div",
        {"class": "bars", "role": "radiogroup", "tabindex": -1, "data-key": OUTPUT,
         "data-keys": True, "data-quiet-focus": True,
         "aria-label": model.text("why.bars"), "style": placed(frame)},
        *(bar(numbers, place, box.moved(-frame.x, -frame.y), channels)
          for place, box in enumerate(plan.bars)),
    )  # fmt: skip


def bar(numbers: LogitNumbers, place: int, box: Box, channels: int) -> Element:
    """One bar with its map, its name and its number; the bias has no map to be marked."""
    key = f"{BAR}{place}"
    _, rows, cols = numbers.maps.shape
    is_bias, is_map = place == channels, place < channels
    taken: Attributes = {"type": "button", "role": "radio", "data-on": "map", "data-keys": True,
                         "data-focus-acts": True}  # fmt: skip
    return element(
        "div" if is_bias else "button",
        {"class": "map-bar", "data-key": key, "style": placed(box), **({} if is_bias else taken),
         "data-part": "map" if is_map else "bias" if is_bias else "logit"},
        element("span", {"class": "thumb"}, *([canvas(key, rows, cols)] if is_map else [])),
        element("span", {"class": "map-name", "data-key": f"{key}.name"}),
        element("span", {"class": "track", "data-key": f"{key}.track"},
                element("span", {"class": "from"}), element("span", {"class": "extent"}),
                element("span", {"class": "to"})),
        element("span", {"class": "value", "data-key": f"{key}.value", **LITERAL}),
    )  # fmt: skip


def over(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Iterator[Element]:
    """The picture under what one map adds, or all together, and the colours of that."""
    _, rows, cols = model.network.input_shape
    yield element("p", {"class": "over-picture", "style": placed(plan.caption),
                        "data-key": "why.caption"})  # fmt: skip
    yield element(
        "span", {"class": "heat", "style": placed(plan.over)},
        *(element("span", {"data-key": f"over/{k}"}, canvas(f"over/{k}", rows, cols))
          for k in range(len(numbers.maps) + 1)),
    )  # fmt: skip
    yield element("div", {"data-key": "stage.legends", "class": "over-legend",
                          "style": placed(plan.legends)},
                  *stage_legends(model, numbers))  # fmt: skip


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
    for place, step in enumerate(waterfall(numbers)[:-1]):
        channel = step.channel or 0
        ramp = ramp_of(model, Node(source, channel))
        yield f"{BAR}{place}", ramp.paint(numbers.maps[channel], model.domains[source])
    for channel, given in enumerate((*numbers.contributions, numbers.by_place)):
        domain = domain_over(numbers, channel)
        yield f"over/{channel}", heatmap_over(picture, given, spread, ACTIVATION, domain)


def domain_over(numbers: LogitNumbers, marked: int) -> Domain:
    """Of the colours over the picture: the same for every map, another for all together."""
    return numbers.domain if marked < len(numbers.maps) else numbers.place_domain


def stage_pose(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Pose:
    """All that depends on the picture, the rival and the map that is marked."""
    against = weighed(model, numbers)
    steps = waterfall(against)
    text = model.text
    name, rival = model.names[numbers.node.channel], against.contrast
    against_name = "ranking.against" if rival is None else "ranking.for"
    pose: dict[str, Attributes] = {
        "why.title": {"text": title(model, against)},
        "why.words": {"text": words(model, against)},
        "why.above": {"text": text("ranking.for", name=name)},
        "why.below": {"text": text(against_name, name=name if rival is None
                                   else model.names[rival])},
        "why.sum": {"text": sum_line(model, numbers)},
        "why.onward": {"d": onward_path(model, numbers, plan)},
        "stage.rival": {"value": "" if rival is None else rival},
    }  # fmt: skip
    total = Step(len(numbers.maps), against.sum.total, 0)
    for place, step in enumerate((*steps, total)):
        pose |= bar_pose(model, against, place, step)
    return merged(pose, window_pose(model, numbers, plan))


def bar_pose(model: Model, numbers: LogitNumbers, place: int, step: Step) -> Pose:
    """One bar: whose it is, from where to where it runs, its number."""
    key, reach = f"{BAR}{place}", levels(numbers)
    name, written_term = bar_name(model, numbers, step), signed(step.term)
    is_total = step.channel == len(numbers.maps)
    value = written(step.term) if is_total else written_term
    start, end = ((each - reach.low) / (reach.high - reach.low) for each in (step.start, step.end))
    zero = -reach.low / (reach.high - reach.low)
    own: Attributes = {}
    if step.channel is not None:
        said = model.text("why.bar", name=name, value=value)
        own = {"data-args": step.channel, "data-mark": step.channel, "aria-label": said}
    return {
        key: own,
        f"{key}.name": {"text": name},
        f"{key}.value": {"text": value},
        f"{key}.track": {
            "data-sign": "below" if step.term < 0 else "above",
            "style": f"--from:{end if is_total else start:.4f};--to:{end:.4f};--zero:{zero:.4f};"
                     f"--low:{min(start, end):.4f};--size:{abs(end - start):.4f}",
        },
    }  # fmt: skip


def bar_name(model: Model, numbers: LogitNumbers, step: Step) -> str:
    """What stands before a bar."""
    if step.channel is None:
        return model.text("stage.bias")
    if step.channel < len(numbers.maps):
        return model.text("why.map", map=step.channel + 1)
    return model.text("why.total" if numbers.contrast is None else "why.lead.name")


def window_pose(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> Pose:
    """All that marking a map changes."""
    numbers = weighed(model, numbers)
    marked, channels = marked_map(model, numbers), len(numbers.maps)
    pose: dict[str, Attributes] = {
        f"over/{k}": {"data-shown": k == marked} for k in range(channels + 1)
    }
    for place, channel in enumerate(order(numbers)):
        if channel is not None:
            pose[f"{BAR}{place}"] = {
                "aria-checked": pressed(channel == marked),
                "tabindex": 0 if channel == marked else -1,
            }
    caption = "why.all" if marked == channels else "why.map"
    pose |= posed_ticks(domain_over(numbers, marked))
    return {**pose, "why.caption": {"text": model.text(caption, map=marked + 1)}}


def order(numbers: LogitNumbers) -> tuple[int | None, ...]:
    """Whose bars stand one below the other: the maps', the bias, that of all together."""
    return (*(step.channel for step in waterfall(numbers)), len(numbers.maps))


def bar_reached(model: Model, numbers: LogitNumbers, key: str) -> tuple[int, int] | None:
    """The bar that a pressed key leads to from the marked one, and the map it is of."""
    numbers = weighed(model, numbers)
    places = [(place, each) for place, each in enumerate(order(numbers)) if each is not None]
    now = [each for _, each in places].index(marked_map(model, numbers))
    by = {"ArrowUp": -1, "ArrowLeft": -1, "ArrowDown": 1, "ArrowRight": 1}.get(key, 0)
    last = len(places) - 1
    target = {"Home": 0, "End": last}.get(key, max(0, min(now + by, last)))
    return places[target] if by or key in ("Home", "End") else None


def onward_path(model: Model, numbers: LogitNumbers, plan: MapContributionsLayout) -> str:
    """The line from the logit through softmax to the class; none for a lead, which is no logit."""
    if plan.is_narrow or model.explained.contrast is not None:
        return ""
    place = plan.transforms[numbers.node.layer].box(model.plan.boxes[numbers.node])
    return link(plan.bars[-1], plan.onward) + led_into(plan.onward, place, plan.over.right + AWAY)


def said(model: Model, numbers: LogitNumbers) -> str:
    """What a screen reader is told of another rival."""
    return sentence(model, weighed(model, numbers))
