"""Where the build-up of softmax stands, and its numbers as they are written.

The classes join the sum one after another: the window of other views is here the class that
joined last.
"""

from cnnscope.drawing.rounding import DECIMALS, UNIT
from cnnscope.drawing.scale import NO_BREAK, number
from cnnscope.views.shared.context import Context
from cnnscope.views.shared.sliding_window import written
from cnnscope.views.softmax.numbers import Explanation, Weighed

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def weighed_of(context: Context, explanation: Explanation) -> Weighed:
    """The logits as the visitor has them."""
    return explanation.weighed(context.state.logits)


def joined_of(context: Context, explanation: Explanation) -> int:
    """How many classes are in the sum."""
    window = context.state.window
    return 0 if window is None else explanation.slide(1).index(window) + 1


def is_whole(context: Context, explanation: Explanation) -> bool:
    """Whether all classes are in the sum, so that it can be divided by."""
    return joined_of(context, explanation) == len(explanation.logits)


def is_changed(context: Context, explanation: Explanation) -> bool:
    """Whether the probabilities shown are of other logits than the network's."""
    return weighed_of(context, explanation).logits != explanation.own.logits


def logit(value: float) -> str:
    """A logit as it is written."""
    return number(value, DECIMALS)


def exponential(weighed: Weighed, channel: int) -> str:
    """An exponential as it is written: never as zero, which it cannot be."""
    term = weighed.added.terms[channel]
    return written(term) if term else f"<{written(1)}"


def power(weighed: Weighed) -> str:
    """The power of ten in which exponentials are counted; empty for one."""
    return f"10{str(weighed.power).translate(SUPERSCRIPTS)}" if weighed.power else ""


def tenths(thousandths: int) -> str:
    """A share of thousandths as a percentage."""
    return f"{number(100 * thousandths / UNIT, 1)}{NO_BREAK}%"


def pointed(context: Context) -> int | None:
    """The class that is pointed at, in a row or in the formula."""
    element = context.state.element
    return element if element is not None and element < len(context.classes) else None
