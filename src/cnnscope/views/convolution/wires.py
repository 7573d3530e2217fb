"""Wires of a convolution: from each map to its contribution, and from that to the sum.

The latter carry numbers: blue for what is added, orange for what is taken away, the wider the more.

    wires(expansion)                                     # the lines
    wires_pose(numbers.sum_at(place), is_playing=True)   # what they carry there
"""

from collections.abc import Sequence

from cnnscope.drawing.element import Attributes, Element, Pose, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size
from cnnscope.drawing.rounding import Sum
from cnnscope.views.convolution.layout_parts import ConvolutionLayout
from cnnscope.views.shared.links import link

KEY = "wires"
BIAS = "bias"
OTHERS = "others"
ENLARGED = "wires.enlarged"
"""Key of the ground that leads from a channel's row to its arithmetic, behind the wires."""

CLEAR = 5  # px from a number to its wire


def carrying(name: int | str) -> str:
    """Key of the wire that carries what stands in a row, or the bias."""
    return f"carrying/{name}"


def wires(expansion: ConvolutionLayout) -> Element:
    """Lines from each map through its kernel to its contribution, and on to the sum."""
    plus, output = expansion.plus, expansion.output
    paths = [element("path", {"class": "enlarged", "data-key": ENLARGED})]
    paths += [element("path", {"d": link(row.source, row.contribution)}) for row in expansion.rows]
    if not expansion.is_narrow:
        result = Box(output.x, plus.y, 0, plus.height)
        paths.append(element("path", {"d": link(plus, result)}))
    for slot, row in enumerate(expansion.rows):
        number = row.value.sized(width=row.value.width + CLEAR)
        paths.append(carrier(slot, link(number, plus)))
    if expansion.others is not None and not expansion.is_unfolded:
        number = expansion.others.reaching(right=expansion.others.right + CLEAR)
        paths.append(carrier(OTHERS, link(number, plus)))
    if expansion.bias is not None:
        paths.append(carrier(BIAS, bias_line(expansion.bias, plus)))
    size = drawing_size(expansion.width, expansion.height)
    return element(
        "svg", {"class": "wires", "data-key": KEY, "aria-hidden": "true", **size}, *paths
    )


def carrier(name: int | str, d: str) -> Element:
    """A wire that carries a number."""
    return element("path", {"class": "carrying", "data-key": carrying(name), "d": d})


def carried(expansion: ConvolutionLayout) -> list[int | str]:
    """What wires carry, from the first row on: by their names."""
    names: list[int | str] = [*range(len(expansion.rows))]
    if expansion.others is not None and not expansion.is_unfolded:
        names.append(OTHERS)
    return names if expansion.bias is None else [*names, BIAS]


def bias_line(bias: Box, plus: Box) -> str:
    """Path data of the way from the bias to the sum, down or up."""
    start, end = (bias.bottom - 4, plus.y) if bias.y < plus.y else (bias.y + 2, plus.bottom)
    return f"M{plus.centre:.1f} {start:.1f}L{plus.centre:.1f} {end:.1f}"


def wires_pose(added: Sum, names: Sequence[int | str] | None = None, *, is_playing: bool) -> Pose:
    """What the wires carry: the terms of a sum, whose last one is the bias.

    The names are those of the wires; without them each term but the last is a row's.
    """
    largest = max(map(abs, added.terms)) or 1
    shown = [*range(len(added.terms) - 1), BIAS] if names is None else names
    pose: dict[str, Attributes] = {KEY: {"data-playing": is_playing}}
    for name, term in zip(shown, added.terms, strict=False):
        pose[carrying(name)] = {
            "style": f"--share:{abs(term) / largest:.3f}",
            "data-sign": "below" if term < 0 else "above" if term else "none",
        }
    return pose
