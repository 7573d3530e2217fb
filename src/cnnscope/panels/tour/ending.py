"""The tour's last stop, which asks nothing: what was learnt, what to try, a link for others.

``ending`` gives what stands where other stops have their question.
"""

from cnnscope.drawing.element import Element, element
from cnnscope.panels.tour.questions import Question
from cnnscope.state.tour import TRIED
from cnnscope.state.url import to_hash
from cnnscope.views.shared.model import Model

LEARNT = ("numbers", "kernel", "layers", "votes", "classes")
"""What the catalogue calls the lines of what was learnt."""

ARTICLE = "what"
"""Id of the first section of the article."""


def ending(model: Model, question: Question) -> Element:
    """What was learnt, three things to try, and the ways to share the tour and to start again."""
    text = model.text
    return element(
        "div",
        {"class": "tour-ending"},
        element("ul", {}, *(element("li", {}, text(f"tour.end.{name}", **question.values))
                          for name in LEARNT)),
        element("h3", {"id": "tour-tries"}, text("tour.end.tries")),
        element(
            "ul", {"class": "tour-tries", "aria-labelledby": "tour-tries"},
            element("li", {}, element("button", {"type": "button", "data-on": "tour-picture",
                                                 "data-key": "tour.picture"},
                                      text("tour.end.picture"))),
            element("li", {}, way_to(to_hash(TRIED), text("tour.end.change"))),
            element("li", {}, way_to(ARTICLE, text("tour.end.article"))),
        ),
        element(
            "p", {"class": "tour-sharing"},
            element("button", {"type": "button", "data-on": "tour-link", "data-args": 1,
                               "data-key": "tour.share"}, text("tour.end.share")),
            element("button", {"type": "button", "data-on": "stop", "data-args": 1,
                               "data-key": "tour.restart"}, text("tour.end.restart")),
        ),
    )  # fmt: skip


def way_to(address: str, name: str) -> Element:
    """A link to what an address names."""
    return element("a", {"href": f"#{address}"}, name)
