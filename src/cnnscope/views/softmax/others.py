"""The row of all classes that are not listed: their exponentials and their probabilities added up.

``others_row`` gives the structure, with what lists them all; ``others_row_pose`` the numbers.
"""

from collections.abc import Iterator

from cnnscope.drawing.color import PROBABILITY
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import percent
from cnnscope.views.dense.logit import FOLD
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.softmax.formula import OPEN, OTHERS
from cnnscope.views.softmax.numbers import SoftmaxNumbers, WeightedLogits
from cnnscope.views.softmax.progress import (
    exponential_written,
    has_others,
    is_whole,
    listed_of,
    weighted_of,
)

KEY = f"class/{OTHERS}"
EMPTY: Attributes = {"style": "transform:scaleX(0)"}
"""Of a bar, until its length is posed."""


def others_row(model: Model, numbers: SoftmaxNumbers, box: Box | None) -> Iterator[Element]:
    """How many there are, and in a line what they add up to."""
    if box is None:
        return
    count = len(numbers.logits) - len(listed_of(model))
    is_all = model.explained.unfolded
    words = "fold.top" if is_all else "fold.all"
    yield element(
        "div", {"class": "weights rest", "data-key": KEY, "style": placed(box)},
        element(
            "span", {"class": "weight"},
            element("span", {}, model.text("column.others", count=count)),
            element("button", {"type": "button", "class": "fold", "data-on": "unfold",
                               "data-key": FOLD}, model.text(words, count=len(numbers.logits))),
        ),
        part("exponential", "size"),
        part("probability", "share"),
    )  # fmt: skip


def part(value: str, bar: str) -> Element:
    """A number and a bar as long."""
    return element(
        "span", {"class": "weight part"},
        element("span", {"data-key": f"{KEY}.{value}", **LITERAL}),
        element("span", {"class": "bar"}, element("span", {"data-key": f"{KEY}.{bar}", **EMPTY})),
    )  # fmt: skip


def others_row_pose(model: Model, numbers: SoftmaxNumbers) -> Pose:
    """What the others add up to."""
    if not has_others(model):
        return {}
    weighted, listed = weighted_of(model, numbers), listed_of(model)
    added, share = weighted.of_others(listed), weighted.share_of_others(listed)
    whole = is_whole(model, numbers)
    size = added / longest(model, weighted)
    return {
        KEY: {"data-pending": not whole},
        f"{KEY}.exponential": {"text": exponential_written(added)},
        f"{KEY}.size": {"style": f"transform:scaleX({size:.5f})"},
        f"{KEY}.probability": {"text": percent(share) if whole else OPEN},
        f"{KEY}.share": {
            "style": f"transform:scaleX({share if whole else 0:.5f});background:{PROBABILITY}"
        },
    }


def longest(model: Model, weighted: WeightedLogits) -> float:
    """What the longest bar of the exponentials stands for."""
    most = max(weighted.exponentials)
    return max(most, weighted.of_others(listed_of(model))) if has_others(model) else most
