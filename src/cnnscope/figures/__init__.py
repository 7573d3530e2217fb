"""The figures of the article, drawn while the page is built: one picture a file, pure.

drawn = figures(subject)
drawn["shapes"]  # '<svg role="img" ...'
"""

from collections.abc import Callable, Mapping

from cnnscope.figures.shapes import shapes
from cnnscope.figures.subject import Subject
from cnnscope.scene.element import Element

FIGURES: Mapping[str, Callable[[Subject], Element]] = {
    "shapes": shapes,
}
"""The pictures by the names under which the article asks for them."""


def figures(subject: Subject) -> dict[str, str]:
    """The markup of every figure."""
    return {name: str(figure(subject)) for name, figure in FIGURES.items()}
