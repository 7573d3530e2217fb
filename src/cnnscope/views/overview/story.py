"""The line above the network: what goes in, what comes out, and what to press.

While a node is explained, it says in a sentence what such a node computes.

    story_pose(model)["answer"]   # {'text': 'Its answer: espresso, 99.97 %.'}
"""

from math import prod

from cnnscope.drawing.element import Element, Pose, element
from cnnscope.drawing.scale import count, percent
from cnnscope.state.state import Explained
from cnnscope.views.overview.node_card import about
from cnnscope.views.shared.model import Model, node_title

DECIMALS_TOLD = 2
"""Of the answer's percentage, which is one number and not a column of them."""

ANSWER = "answer"
"""Key of the part in bold: the network's answer, or what is explained."""

PARTS = ("story.in", ANSWER, "story.how")
"""Keys of the line's parts, in their order."""


def story(model: Model) -> Element:
    """The line, with what it says of a model."""
    pose = story_pose(model)
    before, told, after = (
        element("strong" if key == ANSWER else "span", {"data-key": key}, str(pose[key]["text"]))
        for key in PARTS
    )
    return element("p", {}, before, " ", told, " ", after)


def story_pose(model: Model) -> Pose:
    """What each part of the line says."""
    said = said_of_view(model) if isinstance(model.state.focus, Explained) else said_of_all(model)
    return {key: {"text": part} for key, part in zip(PARTS, said, strict=True)}


def said_of_all(model: Model) -> tuple[str, str, str]:
    """What the whole network makes of the picture."""
    text, probabilities = model.text, model.trace[model.plan.columns[-1].layer]
    first = int(probabilities.argmax())
    share = percent(float(probabilities[first]), DECIMALS_TOLD)
    return (
        text("story.in", count=count(prod(model.network.input_shape)), classes=len(probabilities)),
        text("story.answer", name=model.names[first], percent=share),
        text("story.how"),
    )


def said_of_view(model: Model) -> tuple[str, str, str]:
    """Which node is explained, and what a node of its layer computes."""
    node = model.explained.node
    title = model.text("story.view", title=node_title(model, node))
    return "", title, about(model, node)
