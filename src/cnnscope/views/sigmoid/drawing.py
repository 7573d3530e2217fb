"""The sigmoid of one logit, drawn: its formula with numbers, its graph, and both classes.

``stage`` gives the structure, ``stage_pose`` its numbers; nothing moves in it.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import PROBABILITY, Rgba
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.lengths import size_style
from cnnscope.drawing.rounding import DECIMALS
from cnnscope.drawing.scale import NO_BREAK, number, percent
from cnnscope.views.channelwise.graph import graph, graph_pose
from cnnscope.views.shared.model import Model, node_title, placed
from cnnscope.views.shared.player_controls import OUTPUT
from cnnscope.views.shared.sliding_window import signed, ways_out
from cnnscope.views.sigmoid.layout import SigmoidLayout
from cnnscope.views.sigmoid.numbers import SigmoidNumbers
from cnnscope.views.softmax.progress import tenths

SECTION = "softmax"
"""Of the article."""

TOP = 1.0  # where the sigmoid ends
PLAIN_MOST = 1e6  # a larger exponential is not written out


def stage(model: Model, numbers: SigmoidNumbers, plan: SigmoidLayout) -> Element:
    """The explanation in the network's coordinates."""
    text = model.text
    title = node_title(model, numbers.node)
    return element(
        "div",
        {"class": "stage why sigmoid", "data-key": "stage", "role": "group",
         "aria-label": text("stage.name", title=title), "data-narrow": plan.is_narrow,
         "style": size_style(plan.width, plan.height)},
        element("p", {"class": "title", "style": placed(plan.title)},
                text("why.title.rival", name=model.names[-1], rival=model.names[0])),
        element("p", {"class": "words", "style": placed(plan.words), "data-key": "why.words"}),
        element("p", {"class": "sigmoid-formula", "role": "math", "tabindex": -1,
                      "data-key": OUTPUT, "data-quiet-focus": True, "style": placed(plan.formula),
                      **LITERAL}),
        graph(model, plan.graph, text("sigmoid.graph")),
        element("div", {"class": "sigmoid-shares", "style": placed(plan.shares)},
                *(share(model, k) for k in (1, 0)),
                element("p", {"data-key": "sigmoid.total"}),
                element("div", {"data-key": "stage.legends"})),
        element("button", {"type": "button", "class": "leave", "data-on": "close",
                           "data-key": "stage.back", "style": placed(plan.back)},
                element("span", {"aria-hidden": "true"}, "‹"), text("softmax.back")),
        *ways_out(model, SECTION, plan.close),
    )  # fmt: skip


def share(model: Model, channel: int) -> Element:
    """What a class gets, as a number and as a bar."""
    key = f"sigmoid/{channel}"
    what = "σ(x)" if channel else "1 − σ(x)"
    return element(
        "div", {"class": "sigmoid-share", "data-key": key},
        element("span", {}, model.names[channel]),
        element("span", LITERAL, what),
        element("span", {"data-key": f"{key}.probability", **LITERAL}),
        element("span", {"class": "bar"}, element("span", {"data-key": f"{key}.size"})),
    )  # fmt: skip


def stage_legends(model: Model, numbers: SigmoidNumbers) -> Iterator[Element]:
    """None: nothing is coloured by its value."""
    return iter(())


def stage_paintings(model: Model, numbers: SigmoidNumbers) -> Iterator[tuple[str, Rgba]]:
    """None: there are no maps."""
    return iter(())


def stage_pose(model: Model, numbers: SigmoidNumbers, plan: SigmoidLayout) -> Pose:
    """All that depends on the picture."""
    pose: dict[str, Attributes] = {
        "why.words": {"text": words(model, numbers)},
        OUTPUT: {"text": formula_line(numbers)},
        "sigmoid.total": {"text": total_line(model, numbers)},
    }
    for channel, probability in enumerate(numbers.probabilities):
        key = f"sigmoid/{channel}"
        pose[key] = {"data-chosen": channel == numbers.node.channel}
        pose[f"{key}.probability"] = {"text": percent(probability)}
        style = f"transform:scaleX({probability:.5f});background:{PROBABILITY}"
        pose[f"{key}.size"] = {"style": style}
    at = numbers.logit, numbers.probabilities[1]
    return {**pose, **graph_pose(plan.graph, numbers.reach, numbers.curve, at, up=TOP)}


def window_pose(model: Model, numbers: SigmoidNumbers, plan: SigmoidLayout) -> Pose:
    """Nothing: no window moves."""
    return {}


def words(model: Model, numbers: SigmoidNumbers) -> str:
    """What the sigmoid makes of the logit, and for which class that is."""
    return model.text(
        "sigmoid.words", logit=number(numbers.logit, DECIMALS), name=model.names[-1],
        rival=model.names[0],
    )  # fmt: skip


def formula_line(numbers: SigmoidNumbers) -> str:
    """The formula with its numbers."""
    x, against = (number(each, DECIMALS) for each in (numbers.logit, -numbers.logit))
    power = f"exp({against})"
    share = percent(numbers.probabilities[1])
    if numbers.power >= PLAIN_MOST:
        return f"σ({x}) = 1 ÷ (1 + {power}) ≈ {share}"
    return f"σ({x}) = 1 ÷ (1 + {power}) ≈ 1 ÷ (1 + {number(numbers.power, DECIMALS)}) ≈ {share}"


def total_line(model: Model, numbers: SigmoidNumbers) -> str:
    """What both percentages displayed add up to."""
    added = numbers.shares
    sign, size = signed(added.rounding)[:1], tenths(abs(added.rounding))
    key = "softmax.total.rounded" if added.rounding else "softmax.total"
    return model.text(key, total=tenths(added.total), rounding=f"{sign}{NO_BREAK}{size}")


def said(model: Model, numbers: SigmoidNumbers) -> str:
    """What a screen reader is told."""
    return words(model, numbers)
