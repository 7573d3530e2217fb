"""A sum of contributions: a logit, its lead over a rival, or a unit's; and the choices."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION
from cnnscope.drawing.element import LITERAL, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import MINUS, Domain, number, percent, ticks
from cnnscope.views.dense.layout import DenseLayout
from cnnscope.views.dense.names import (
    count_name,
    following,
    following_line,
    is_single,
    rival_name,
    sum_name,
)
from cnnscope.views.dense.numbers import LogitNumbers, weighed
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.player_controls import field_switch
from cnnscope.views.shared.sliding_window import signed, written

TICKS = 3
ONWARD = "stage.softmax"
"""Key of the button that leads on to softmax."""

FOLD = "stage.fold"
"""Key of the button that lists all, or only those that contribute most."""


def total(box: Box) -> Element:
    """The logit or the lead, and how it comes about."""
    return element(
        "p", {"class": "total", "style": placed(box)},
        element("span", {"data-key": "stage.value"}),
        element("span", {"data-key": "stage.sum"}),
    )  # fmt: skip


def tools(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """The rival to compare with, the receptive field, the way on."""
    yield from rival_choice(model, numbers, plan.choose)
    yield element("div", {"class": "tools", "style": placed(plan.switch)}, field_switch(model))
    yield from onward_button(model, numbers, plan.onward)


def has_rivals(numbers: LogitNumbers) -> bool:
    """Whether there are other classes to compare with."""
    return numbers.is_of_class and not is_single(numbers)


def rival_choice(model: Model, numbers: LogitNumbers, box: Box) -> Iterator[Element]:
    """The choice of the class to compare with, where there is one."""
    if has_rivals(numbers):
        yield element(
            "label", {"class": "tools", "style": placed(box)},
            element("span", {}, model.text("rival")),
            element("select", {"data-input": "rival", "data-key": "stage.rival"},
                    *rivals(model, numbers)),
        )  # fmt: skip


def rival_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """The rival that is chosen."""
    rival = model.explained.contrast
    return {"stage.rival": {"value": "" if rival is None else rival}} if has_rivals(numbers) else {}


def onward_button(model: Model, numbers: LogitNumbers, box: Box) -> Iterator[Element]:
    """The way on: from a class's logit to its probability, from a unit to its activation."""
    text = model.text
    if numbers.is_of_class:
        names = {"data-on": "normalise", "title": text("flatten.softmax.hint")}
        words = text("flatten.sigmoid" if is_single(numbers) else "flatten.softmax")
    else:
        node = following(model.network, numbers.node)
        if node is None:
            return
        place = text("unit.name", unit=node.channel + 1, layer=node.layer)
        names = {"data-on": "open", "data-args": str(node), "title": place}
        words = text("unit.onward", layer=node.layer)
    yield element(
        "div", {"class": "tools", "style": placed(box)},
        element("button", {"type": "button", "class": "switch onward", "data-key": ONWARD, **names},
                words),
    )  # fmt: skip


def fold_button(model: Model, numbers: LogitNumbers, box: Box | None) -> Iterator[Element]:
    """What lists all that is weighed, or only those that contribute most."""
    if box is not None:
        words = "fold.top" if numbers.unfolded else "fold.all"
        yield element(
            "button",
            {"type": "button", "class": "fold", "data-on": "unfold", "data-key": FOLD,
             "style": placed(box)},
            model.text(words, count=len(numbers.maps)),
        )  # fmt: skip


def back_to_maps(model: Model, numbers: LogitNumbers, box: Box) -> Element:
    """The way back to what each map adds."""
    return element(
        "button", {"type": "button", "class": "leave every", "data-on": "maps",
                   "data-key": "stage.maps", "style": placed(box)},
        element("span", {"aria-hidden": "true"}, "‹"),
        model.text("why.maps", maps=len(numbers.maps)),
    )  # fmt: skip


def rivals(model: Model, numbers: LogitNumbers) -> Iterator[Element]:
    """No rival, and every other class."""
    chosen = model.explained.contrast
    yield element("option", {"value": "", "selected": chosen is None}, model.text("rival.none"))
    for channel, name in enumerate(model.names):
        if channel != numbers.node.channel:
            yield element("option", {"value": channel, "selected": channel == chosen}, name)


def total_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """The numbers, and what is chosen."""
    return {
        "stage.value": {"text": value_line(model, numbers)},
        "stage.sum": {"text": sum_line(model, numbers)},
        "stage.field": {"aria-pressed": pressed(model.state.field)},
        **rival_pose(model, numbers),
    }


def value_line(model: Model, numbers: LogitNumbers) -> str:
    """The logit and the probability; with a rival, one logit less the other; a unit's sum."""
    node, rival, name = numbers.node, model.explained.contrast, sum_name(model, numbers)
    logit = written(numbers.logit(node.channel))
    if not numbers.is_of_class:
        line = model.text("unit.value", name=name, value=logit)
        after = following_line(model, numbers)
        return model.text("said.of", what=line, line=after) if after else line
    if rival is None:
        share = percent(float(model.trace[node.layer][-1 if is_single(numbers) else node.channel]))
        return model.text("flatten.logit", name=name, logit=logit, percent=share)
    other = written(numbers.logit(rival))
    against = weighed(model, numbers)
    less = f"({other})" if other.startswith(MINUS) else other
    return model.text(
        "flatten.lead", name=name, rival=rival_name(model, against), logit=logit,
        less=less, total=written(against.sum.total),
    )  # fmt: skip


def sum_line(model: Model, numbers: LogitNumbers) -> str:
    """How the maps and the bias add up to it, in numbers that add up as displayed."""
    numbers = weighed(model, numbers)
    added = numbers.sum
    return model.text(
        "why.sum.rounded" if added.rounding else "why.sum",
        given=written(sum(added.terms[:-1])), parts=count_name(model, numbers),
        bias=signed(added.terms[-1]), rounding=signed(added.rounding),
        total=written(added.total),
    )  # fmt: skip


def picture_legend(box: Box) -> Element:
    """The bar of the colours over the pictures; the pose has its ticks."""
    return element(
        "div", {"class": "legend", "style": placed(box), "aria-hidden": "true"},
        *bar_and_posed_ticks(),
    )  # fmt: skip


def bar_and_posed_ticks() -> Iterator[Element]:
    """The colours over pictures, and room for what they mean."""
    gradient = element("span", {"style": f"background:{ACTIVATION.gradient()}"})
    values = (element("span", {"data-key": f"over.tick/{k}"}) for k in range(TICKS))
    yield element("div", {"class": "legend-bar"}, gradient)
    yield element("div", {"class": "legend-ticks", **LITERAL}, *values)


def posed_ticks(domain: Domain) -> Pose:
    """What the colours over pictures mean."""
    values = ticks(domain, TICKS)
    return {f"over.tick/{k}": {"text": number(value)} for k, value in enumerate(values)}
