"""Every figure by its name.

drawn = figures(subject)
drawn["shapes"]  # '<svg class="figure" role="img" ...'
"""

from collections.abc import Callable, Mapping

from cnnscope.figures.changes import changes
from cnnscope.figures.colours import colours
from cnnscope.figures.confusions import confusions
from cnnscope.figures.convolution import convolution
from cnnscope.figures.descent import descent
from cnnscope.figures.flatten import flatten
from cnnscope.figures.kernels import kernels
from cnnscope.figures.moves import moves
from cnnscope.figures.pooling import pooling
from cnnscope.figures.relu import relu
from cnnscope.figures.shapes import shapes
from cnnscope.figures.softmax import softmax
from cnnscope.figures.subject import Subject
from cnnscope.figures.tensor import tensor
from cnnscope.scene.element import Element

FIGURES: Mapping[str, Callable[[Subject], Element]] = {
    "shapes": shapes,
    "tensor": tensor,
    "colours": colours,
    "convolution": convolution,
    "kernels": kernels,
    "moves": moves,
    "relu": relu,
    "pooling": pooling,
    "flatten": flatten,
    "softmax": softmax,
    "descent": descent,
    "confusions": confusions,
    "changes": changes,
}
"""The pictures by the names under which the article asks for them."""


def figures(subject: Subject) -> dict[str, str]:
    """The markup of every figure."""
    return {name: str(figure(subject)) for name, figure in FIGURES.items()}
