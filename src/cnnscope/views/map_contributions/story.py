"""What every sum told in bars has: its question, its answer in words, the bars, the line onward.

``story`` gives the structure, ``story_pose`` all that a picture or a rival changes in it; a view of
maps and one of units add what they alone have.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size
from cnnscope.views.dense.logit import fold_button, rival_pose, sum_line
from cnnscope.views.dense.names import signs
from cnnscope.views.map_contributions.bars import bars
from cnnscope.views.map_contributions.layout import BarsLayout
from cnnscope.views.map_contributions.numbers import LogitNumbers, weighed
from cnnscope.views.map_contributions.sentence import title, words
from cnnscope.views.shared.links import led_into, link
from cnnscope.views.shared.model import Model, placed

AWAY = 6  # px from the classes to the line that leads to one


def story(model: Model, numbers: LogitNumbers, plan: BarsLayout, kind: str) -> Iterator[Element]:
    """All up to the bars, whose names are the text of ``kind``'s key."""
    line = element("path", {"class": "onward", "data-key": "why.onward", "d": ""})
    size = drawing_size(plan.width, plan.height)
    yield element("svg", {"class": "wires", "aria-hidden": "true", **size}, line)
    yield element("p", {"class": "title", "style": placed(plan.title), "data-key": "why.title"})
    yield element("p", {"class": "words", "style": placed(plan.words), "data-key": "why.words"})
    yield head(plan.head)
    yield from fold_button(model, numbers, plan.fold)
    yield bars(model, numbers, plan.bars, kind)


def head(box: Box) -> Element:
    """What the two colours of the bars say."""
    return element(
        "p", {"class": "signs", "style": placed(box), "aria-hidden": "true"},
        *(element("span", {"data-sign": sign, "data-key": f"why.{sign}"})
          for sign in ("below", "above")),
    )  # fmt: skip


def added_up(plan: BarsLayout) -> Element:
    """Where it is said how the bars add up."""
    return element("p", {"class": "sum", "style": placed(plan.sum), "data-key": "why.sum"})


def story_pose(model: Model, numbers: LogitNumbers, plan: BarsLayout, right: float) -> Pose:
    """The words and the line onward, which keeps clear of what ends at ``right``."""
    against = weighed(model, numbers)
    above, below = signs(model, against)
    pose: dict[str, Attributes] = {
        "why.title": {"text": title(model, against)},
        "why.words": {"text": words(model, against)},
        "why.above": {"text": above},
        "why.below": {"text": below},
        "why.sum": {"text": sum_line(model, numbers)},
        "why.onward": {"d": onward_path(model, numbers, plan, right)},
    }
    return {**pose, **rival_pose(model, numbers)}


def onward_path(model: Model, numbers: LogitNumbers, plan: BarsLayout, right: float) -> str:
    """The line from the logit through softmax to the class; none for a lead, which is no logit."""
    is_logit = numbers.is_of_class and model.explained.contrast is None
    if plan.is_narrow or not is_logit:
        return ""
    place = plan.transforms[numbers.node.layer].box(model.plan.boxes[numbers.node])
    return link(plan.bars[-1], plan.onward) + led_into(plan.onward, place, right + AWAY)
