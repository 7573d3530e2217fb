"""An activation function, drawn: a cell before, the function, the cell after, and the graph.

``stage`` gives the structure, ``stage_pose`` all that a picture changes in it, ``window_pose`` what
the sliding window changes, ``stage_paintings`` the maps.
"""

from math import exp

from cnnscope.drawing.element import LITERAL, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.rounding import DECIMALS
from cnnscope.drawing.scale import count, number, proportion, ten_to
from cnnscope.views.activation.numbers import GATES, ActivationNumbers
from cnnscope.views.channelwise.drawing import (
    channelwise_pose,
    channelwise_stage,
    given_window,
    grounded,
    rule_box,
    said_of_place,
    share_bar,
    share_style,
    stage_legends,
    stage_paintings,
)
from cnnscope.views.channelwise.graph import graph, graph_pose
from cnnscope.views.channelwise.layout import ChannelwiseLayout
from cnnscope.views.channelwise.units import dots_of, sum_button
from cnnscope.views.channelwise.value_grid import window_box
from cnnscope.views.channelwise.wires import zoom_path
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import place_of, signed, written

__all__ = ["said", "stage", "stage_legends", "stage_paintings", "stage_pose", "window_pose"]

SECTION = "activations"
"""Of the article."""

RULE = (122, 108)  # px: the function's name, `(x)`, `= y`, a line each
POWER_MOST = 700.0  # beyond it an exponential is larger than any float
LARGE = 1e5  # from here on a number is written with a power of ten
NAMES = {
    "relu6": "ReLU6", "leaky_relu": "LeakyReLU", "elu": "ELU", "gelu": "GELU", "gelu_tanh": "GELU",
    "silu": "SiLU", "sigmoid": "sigmoid", "tanh": "tanh",
}  # fmt: skip
"""What the functions are called, in every language."""


def stage(model: Model, numbers: ActivationNumbers, plan: ChannelwiseLayout) -> Element:
    """The numbers in the network's coordinates."""
    assert plan.graph is not None
    marks = [given_window(numbers, plan, (1, 1), (1, 1))]
    name = model.text("activation.graph", function=NAMES[numbers.layer.function])
    below = [
        graph(model, plan.graph, name, is_signed=numbers.is_signed),
        note(model, numbers, plan),
    ]
    return channelwise_stage(model, numbers, plan, SECTION, marks, rule(numbers, plan), below)


def rule(numbers: ActivationNumbers, plan: ChannelwiseLayout) -> Element:
    """The function with its number, and what it makes of it."""
    return element(
        "p", {"class": "rule", "style": placed(place_of_rule(plan))},
        element("span", LITERAL, NAMES[numbers.layer.function]),
        element("span", {}, "(", element("output", {"data-key": "rule.before", **LITERAL}), ")"),
        element("span", {}, "= ", element("output", {"data-key": "rule.after", **LITERAL})),
    )  # fmt: skip


def place_of_rule(plan: ChannelwiseLayout) -> Box:
    """Where the rule stands between the maps."""
    return rule_box(plan, *RULE)


def note(model: Model, numbers: ActivationNumbers, plan: ChannelwiseLayout) -> Element:
    """In words, what the function does, and how many values it is flat for, or changes most."""
    called = word(numbers.layer.function)
    return element(
        "div", {"class": "note", "style": placed(plan.note)},
        element("p", {}, model.text(f"activation.explain.{called}", alpha=alpha_of(numbers))),
        share_bar(share(numbers)),
        element("p", {"data-key": "channelwise.figure"}),
        sum_button(model, numbers),
    )  # fmt: skip


def word(function: str) -> str:
    """A function's name as a part of the keys of texts, which are without digits."""
    return function.replace("6", "_six")


def alpha_of(numbers: ActivationNumbers) -> str:
    """The number that a function bends by, as it is written; empty without one."""
    return "" if numbers.layer.alpha is None else f"{numbers.layer.alpha:g}"


def share(numbers: ActivationNumbers) -> float:
    """How many values lie where the curve is flat, or below zero, of all."""
    return numbers.apart / numbers.all_given.size


def stage_pose(model: Model, numbers: ActivationNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that depends on the picture, the kernels and the window."""
    return {
        "channelwise.figure": {"text": figure(model, numbers)},
        "channelwise.share": {"style": share_style(share(numbers))},
        **window_pose(model, numbers, plan),
    }


def figure(model: Model, numbers: ActivationNumbers) -> str:
    """How many values lie where the curve is flat, or below zero."""
    key = "activation.flat" if numbers.ends else "activation.below"
    low, high = numbers.ends or (0.0, 0.0)
    return model.text(
        "activation.ends" if numbers.layer.function == "relu6" else key,
        part=count(numbers.apart), whole=count(numbers.all_given.size),
        percent=proportion(numbers.apart, numbers.all_given.size),
        low=number(low, 0), high=number(high, 0),
    )  # fmt: skip


def window_pose(model: Model, numbers: ActivationNumbers, plan: ChannelwiseLayout) -> Pose:
    """All that moves with the window: its places, the numbers there, the point on the graph."""
    assert plan.graph is not None
    place = place_of(model)
    before, after = numbers.pair_at(place)
    cell = window_box(numbers, plan, numbers.window(place))
    at = float(numbers.given[place]), float(numbers.output[place])
    return {
        **channelwise_pose(model, numbers, plan, how_line(model, numbers)),
        "rule.before": grounded(model, numbers.source, before),
        "rule.after": grounded(model, numbers.node, after),
        "stage.zoom": {"d": zoom_path(plan, numbers, cell, place_of_rule(plan), place)},
        **graph_pose(
            plan.graph, numbers.reach, numbers.curve, at, is_signed=numbers.is_signed,
            up=numbers.up, others=dots_of(numbers), asymptotes=numbers.asymptotes,
        ),
    }  # fmt: skip


def how_line(model: Model, numbers: ActivationNumbers) -> str:
    """The function's formula with the number in it."""
    place, function = place_of(model), numbers.layer.function
    before, after = numbers.pair_at(place)
    told = {"before": written(before), "after": written(after), "minus": written(-before)}
    if function in GATES:
        gate, made = numbers.gated_at(place)
        rounded = ".rounded" if made.rounding else ""
        told |= {"gate": written(gate), "rounding": signed(made.rounding)}
        return model.text(f"activation.how.{function}{rounded}", **told)
    if numbers.layer.alpha is not None and float(numbers.given[place]) >= 0:
        return model.text("activation.how.kept", **told)
    called = word(function)
    power = exp(min(POWER_MOST, -float(numbers.given[place])))
    return model.text(
        f"activation.how.{called}", alpha=alpha_of(numbers), power=short(power), **told
    )


def short(value: float) -> str:
    """A number of any size in few signs: ``12.182``, ``4.85 × 10⁸``."""
    if value < LARGE:
        return number(value, DECIMALS)
    figures, _, power = f"{value:.2e}".partition("e")
    return f"{figures} × {ten_to(int(power))}"


def said(model: Model, numbers: ActivationNumbers) -> str:
    """What a screen reader is told of the window's place."""
    return said_of_place(model, numbers, how_line(model, numbers))
