"""Top contributions to a sum, those that raise it and those that lower it, with their place."""

from collections.abc import Iterator, Mapping
from itertools import chain

from cnnscope.drawing.color import ACTIVATION
from cnnscope.drawing.element import LITERAL, Attributes, Element, Pose, element
from cnnscope.drawing.rounding import UNIT, thousandths
from cnnscope.views.dense.layout import RANKED, DenseLayout
from cnnscope.views.dense.names import signs
from cnnscope.views.dense.numbers import LogitNumbers, pointed_feature, weighed
from cnnscope.views.shared.aria import pressed
from cnnscope.views.shared.model import Model, placed
from cnnscope.views.shared.sliding_window import signed

SIDES: Mapping[str, int] = {"raising": 0, "lowering": RANKED}
"""Both lists, and the number of each one's first entry."""


def ranking(model: Model, plan: DenseLayout) -> Element:
    """Two lists, whose entries mark their element."""
    return element(
        "div", {"class": "ranking", "role": "group", "aria-label": model.text("ranking"),
                "style": f"{placed(plan.ranking)};--abreast:{plan.abreast}"},
        element("div", {"class": "top", "aria-hidden": "true"},
                element("strong", {}, model.text("ranking"))),
        *(
            element(
                "div", {},
                element("div", {"class": "side", "data-key": f"ranking.{side}",
                                "aria-hidden": "true"}),
                element("ol", {"data-key": f"ranking.{side}.list"}, *items(first)),
            )
            for side, first in SIDES.items()
        ),
    )  # fmt: skip


def items(first: int) -> Iterator[Element]:
    """The entries of a list, empty as yet; ``first`` is the number of its first."""
    for k in range(first, first + RANKED):
        yield element(
            "li", {},
            element(
                "button", {"type": "button", "data-on": "element", "data-key": f"rank/{k}",
                           "data-focus-acts": True},
                element("span", {"class": "swatch", "data-key": f"rank/{k}.swatch"}),
                element("span", {"data-key": f"rank/{k}.value", **LITERAL}),
                element("span", {"class": "place", "data-key": f"rank/{k}.place"}),
            ),
        )  # fmt: skip


def ranking_pose(model: Model, numbers: LogitNumbers) -> Pose:
    """What each entry says, and which of them is marked."""
    numbers = weighed(model, numbers)
    pointed = pointed_feature(model, numbers)
    pose: dict[str, Attributes] = {f"rank/{k}": {"hidden": True} for k in range(2 * RANKED)}
    for side, name in sides(model, numbers).items():
        pose[f"ranking.{side}"] = {"text": name}
        pose[f"ranking.{side}.list"] = {"aria-label": name}
    entries = chain(
        enumerate(numbers.raising, SIDES["raising"]),
        enumerate(numbers.lowering, SIDES["lowering"]),
    )
    for k, each in entries:
        channel, row, col = numbers.head.place(each)
        value = thousandths(float(numbers.contributions[channel, row, col]))
        (color,) = ACTIVATION.colors([value / UNIT], numbers.domain)
        place = {"channel": channel + 1, "row": row + 1, "col": col + 1}
        pose[f"rank/{k}"] = {
            "hidden": False,
            "data-args": each,
            "aria-pressed": pressed(each == pointed),
            "aria-label": model.text("ranking.entry", value=signed(value), **place),
        }
        pose[f"rank/{k}.swatch"] = {"style": f"background:{color}"}
        pose[f"rank/{k}.value"] = {"text": signed(value)}
        pose[f"rank/{k}.place"] = {"text": model.text("ranking.place", **place)}
    return pose


def sides(model: Model, numbers: LogitNumbers) -> Mapping[str, str]:
    """What heads each list: what its contributions do."""
    raising, lowering = signs(model, numbers)
    return {"raising": raising, "lowering": lowering}
