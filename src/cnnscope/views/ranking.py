"""The largest contributions to a class's logit, named with their place."""

from collections.abc import Iterator

from cnnscope.flattening import RANKED, Flattening
from cnnscope.scene.color import ACTIVATION
from cnnscope.scene.element import Attributes, Element, Pose, element
from cnnscope.scene.rounding import UNIT, thousandths
from cnnscope.views.controls import pressed
from cnnscope.views.flattened import Weighing, pointed_element, weighed
from cnnscope.views.parts import Context, placed
from cnnscope.views.windowed import signed


def ranking(context: Context, plan: Flattening) -> Element:
    """The list, whose entries mark their element."""
    return element(
        "div", {"class": "ranking", "role": "group", "aria-label": context.text("ranking"),
                "style": f"{placed(plan.ranking)};--abreast:{plan.items}"},
        element("p", {"aria-hidden": "true"},
                element("strong", {}, context.text("ranking")),
                element("span", {}, context.text("ranking.places"))),
        element("ol", {}, *items()),
    )  # fmt: skip


def items() -> Iterator[Element]:
    """The entries, empty as yet."""
    for k in range(RANKED):
        yield element(
            "li", {},
            element(
                "button", {"type": "button", "data-on": "element", "data-key": f"rank/{k}"},
                element("span", {"class": "swatch", "data-key": f"rank/{k}.swatch"}),
                element("span", {"data-key": f"rank/{k}.value"}),
                element("span", {"class": "place", "data-key": f"rank/{k}.place"}),
            ),
        )  # fmt: skip


def ranking_pose(context: Context, weighing: Weighing) -> Pose:
    """What each entry says, and which of them is marked."""
    weighing = weighed(context, weighing)
    pointed = pointed_element(context, weighing)
    pose: dict[str, Attributes] = {
        f"rank/{k}": {"hidden": True} for k in range(len(weighing.ranking), RANKED)
    }
    for k, each in enumerate(weighing.ranking):
        channel, row, col = weighing.head.place(each)
        value = thousandths(float(weighing.contributions[channel, row, col]))
        (color,) = ACTIVATION.colors([value / UNIT], weighing.domain)
        place = {"channel": channel + 1, "row": row + 1, "col": col + 1}
        pose[f"rank/{k}"] = {
            "hidden": False,
            "data-args": each,
            "aria-pressed": pressed(each == pointed),
            "aria-label": context.text("ranking.entry", value=signed(value), **place),
        }
        pose[f"rank/{k}.swatch"] = {"style": f"background:{color}"}
        pose[f"rank/{k}.value"] = {"text": signed(value)}
        pose[f"rank/{k}.place"] = {"text": context.text("ranking.place", **place)}
    return pose
