"""How the contributions add up to a class's logit, or to its lead over a rival; and the choices."""

from collections.abc import Iterator

from cnnscope.drawing.color import ACTIVATION
from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import MINUS, number, percent, ticks
from cnnscope.views.dense.layout import DenseLayout
from cnnscope.views.dense.numbers import LogitNumbers, weighed
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.context import Context, placed
from cnnscope.views.shared.player_controls import field_switch
from cnnscope.views.shared.sliding_window import signed, written

TICKS = 3


def total(box: Box) -> Element:
    """The logit or the lead, and how it comes about."""
    return element(
        "p", {"class": "total", "style": placed(box)},
        element("span", {"data-key": "stage.value"}),
        element("span", {"data-key": "stage.sum"}),
    )  # fmt: skip


def tools(context: Context, numbers: LogitNumbers, plan: DenseLayout) -> Iterator[Element]:
    """The rival to compare with, the receptive field, the way on to the probability."""
    text = context.text
    yield element(
        "label", {"class": "tools", "style": placed(plan.choose)},
        element("span", {}, text("rival")),
        element("select", {"data-input": "rival", "data-key": "stage.rival"},
                *rivals(context, numbers)),
    )  # fmt: skip
    yield element("div", {"class": "tools", "style": placed(plan.switch)}, field_switch(context))
    yield element(
        "div", {"class": "tools", "style": placed(plan.onward)},
        element("button", {"type": "button", "class": "switch onward", "data-on": "normalise",
                           "data-key": "stage.softmax", "title": text("flatten.softmax.hint")},
                text("flatten.softmax")),
    )  # fmt: skip


def rivals(context: Context, numbers: LogitNumbers) -> Iterator[Element]:
    """No rival, and every other class."""
    chosen = context.state.rival
    yield element("option", {"value": "", "selected": chosen is None}, context.text("rival.none"))
    for channel, name in enumerate(context.names):
        if channel != numbers.node.channel:
            yield element("option", {"value": channel, "selected": channel == chosen}, name)


def total_pose(context: Context, numbers: LogitNumbers) -> Pose:
    """The numbers, and what is chosen."""
    rival = context.state.rival
    return {
        "stage.value": {"text": value_line(context, numbers)},
        "stage.sum": {"text": sum_line(context, numbers)},
        "stage.rival": {"value": "" if rival is None else rival},
        "stage.field": {"aria-pressed": pressed(context.state.field)},
    }


def value_line(context: Context, numbers: LogitNumbers) -> str:
    """The logit and the probability; with a rival, one logit less the other."""
    node, rival = numbers.node, context.state.rival
    name, logit = context.names[node.channel], written(numbers.logit(node.channel))
    if rival is None:
        share = percent(float(context.values(node)))
        return context.text("flatten.logit", name=name, logit=logit, percent=share)
    other = written(numbers.logit(rival))
    total = written(weighed(context, numbers).sum.total)
    less = f"({other})" if other.startswith(MINUS) else other
    return context.text(
        "flatten.lead", name=name, rival=context.names[rival], logit=logit,
        less=less, total=total,
    )  # fmt: skip


def sum_line(context: Context, numbers: LogitNumbers) -> str:
    """How the channels and the bias add up to it."""
    added = weighed(context, numbers).sum
    parts = {
        "given": written(sum(added.terms[:-1])),
        "bias": signed(added.terms[-1]),
        "total": written(added.total),
        "rounding": signed(added.rounding),
    }
    return context.text("stage.sum.rounded" if added.rounding else "stage.sum", **parts)


def picture_legend(box: Box) -> Element:
    """The bar of the colours over the pictures; the pose has its ticks."""
    return element(
        "div", {"class": "legend", "style": placed(box), "aria-hidden": "true"},
        element("div", {"class": "legend-bar"},
                element("span", {"style": f"background:{ACTIVATION.gradient()}"})),
        element("div", {"class": "legend-ticks"},
                *(element("span", {"data-key": f"over.tick/{k}"}) for k in range(TICKS))),
    )  # fmt: skip


def picture_legend_pose(numbers: LogitNumbers) -> Pose:
    """The ticks of the colours over the pictures."""
    values = ticks(numbers.place_domain, TICKS)
    return {f"over.tick/{k}": {"text": number(value)} for k, value in enumerate(values)}
