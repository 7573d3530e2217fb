"""A logit's sum of contributions, or that of its lead over a rival; and the choices."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION
from cnnscope.drawing.element import LITERAL, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import MINUS, Domain, number, percent, ticks
from cnnscope.views.dense.layout import DenseLayout
from cnnscope.views.dense.numbers import LogitNumbers, weighed
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.player_controls import field_switch
from cnnscope.views.shared.sliding_window import signed, written

TICKS = 3
ONWARD = "stage.softmax"
"""Key of the button that leads on to softmax."""


def total(box: Box) -> Element:
    """The logit or the lead, and how it comes about."""
    return element(
        "p", {"class": "total", "style": placed(box)},
        element("span", {"data-key": "stage.value"}),
        element("span", {"data-key": "stage.sum"}),
    )  # fmt: skip


def tools(model: Model, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """The rival to compare with, the receptive field, the way on to the probability."""
    yield rival_choice(model, numbers, plan.choose)
    yield element("div", {"class": "tools", "style": placed(plan.switch)}, field_switch(model))
    yield onward_button(model, plan.onward)


def rival_choice(model: Model, numbers: LogitNumbers, box: Box) -> Element:
    """The choice of the class to compare with."""
    return element(
        "label", {"class": "tools", "style": placed(box)},
        element("span", {}, model.text("rival")),
        element("select", {"data-input": "rival", "data-key": "stage.rival"},
                *rivals(model, numbers)),
    )  # fmt: skip


def onward_button(model: Model, box: Box) -> Element:
    """The way on to the probability."""
    text = model.text
    return element(
        "div", {"class": "tools", "style": placed(box)},
        element("button", {"type": "button", "class": "switch onward", "data-on": "normalise",
                           "data-key": ONWARD, "title": text("flatten.softmax.hint")},
                text("flatten.softmax")),
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
    rival = model.explained.contrast
    return {
        "stage.value": {"text": value_line(model, numbers)},
        "stage.sum": {"text": sum_line(model, numbers)},
        "stage.rival": {"value": "" if rival is None else rival},
        "stage.field": {"aria-pressed": pressed(model.state.field)},
    }


def value_line(model: Model, numbers: LogitNumbers) -> str:
    """The logit and the probability; with a rival, one logit less the other."""
    node, rival = numbers.node, model.explained.contrast
    name, logit = model.names[node.channel], written(numbers.logit(node.channel))
    if rival is None:
        share = percent(float(model.values(node)))
        return model.text("flatten.logit", name=name, logit=logit, percent=share)
    other = written(numbers.logit(rival))
    total = written(weighed(model, numbers).sum.total)
    less = f"({other})" if other.startswith(MINUS) else other
    return model.text(
        "flatten.lead", name=name, rival=model.names[rival], logit=logit,
        less=less, total=total,
    )  # fmt: skip


def sum_line(model: Model, numbers: LogitNumbers) -> str:
    """How the maps and the bias add up to it, in numbers that add up as displayed."""
    added = weighed(model, numbers).sum
    return model.text(
        "why.sum.rounded" if added.rounding else "why.sum",
        given=written(sum(added.terms[:-1])), maps=len(added.terms) - 1,
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
