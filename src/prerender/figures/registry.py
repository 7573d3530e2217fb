"""Every figure by its name.

drawn = figures(subject)
drawn["shapes"]  # '<svg class="figure" role="img" ...'
"""

from collections.abc import Callable, Mapping

from cnnscope.drawing.element import Element
from prerender.figures.activations import activations
from prerender.figures.changes import changes
from prerender.figures.colours import colours
from prerender.figures.confusions import confusions
from prerender.figures.convolution import convolution
from prerender.figures.descent import descent
from prerender.figures.flatten import flatten
from prerender.figures.kernels import kernels
from prerender.figures.lenet import lenet
from prerender.figures.pooling import pooling
from prerender.figures.relu import relu
from prerender.figures.shapes import shapes
from prerender.figures.softmax import softmax
from prerender.figures.subject import Subject
from prerender.figures.tensor import tensor

FIGURES: Mapping[str, Callable[[Subject], Element]] = {
    "shapes": shapes,
    "tensor": tensor,
    "colours": colours,
    "convolution": convolution,
    "kernels": kernels,
    "relu": relu,
    "activations": activations,
    "pooling": pooling,
    "flatten": flatten,
    "softmax": softmax,
    "descent": descent,
    "confusions": confusions,
    "changes": changes,
    "lenet": lenet,
}
"""The pictures by the names under which the article asks for them."""


def figures(subject: Subject) -> dict[str, str]:
    """The markup of every figure."""
    return {name: str(figure(subject)) for name, figure in FIGURES.items()}
