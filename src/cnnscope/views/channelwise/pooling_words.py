"""What both kinds of pooling say of the edges of a map, and of a window that is the whole map."""

from collections.abc import Iterator

from cnnscope.drawing.element import Element, element
from cnnscope.views.channelwise.numbers import PoolNumbers
from cnnscope.views.shared.model import Model


def explained(model: Model, numbers: PoolNumbers, kind: str) -> Element:
    """What a pooling, ``pool`` or ``avg``, does; of one window that is the whole map, that it is.

    The words are those of ``pool.explain`` and ``avg.explain``.
    """
    key = "global" if numbers.is_global else "explain"
    words = f"pool.{key}" if kind == "pool" else f"avg.{key}"
    return element("p", {}, model.text(words, **numbers.layer.facts))


def at_the_edges(model: Model, numbers: PoolNumbers, padded: str) -> Iterator[Element]:
    """What becomes of padding, in the words of a key; and that last windows reach beyond the map.

    Of either nothing is said where there is none.
    """
    if numbers.layer.sliding.is_padded:
        yield element("p", {}, model.text(padded))
    if numbers.is_cut_short:
        yield element("p", {}, model.text("pool.cut_short"))
