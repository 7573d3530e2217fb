"""What is marked on the map that a convolution reads: its window, and the padding around the map.

kernel_window(numbers, box)   # the frame, over the whole reach of a dilated kernel
padding_rim(numbers, box)     # hatched, as wide as the padding on each side; or None
"""

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import rem
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.convolution.row_layout import around_padding
from cnnscope.views.shared.model import placed
from cnnscope.views.shared.sliding_window import window_mark

DOT = 0.3  # of a cell that is read: the radius of its mark
DOT_LEAST = 1.0  # px


def kernel_window(numbers: ConvNumbers, box: Box) -> Element:
    """The kernel's window on a map drawn in a box: as many cells as the kernel reaches over."""
    sliding = numbers.layer.sliding
    mark = window_mark(
        box, map_shape(numbers), sliding.span, stride=sliding.stride, padding=sliding.start
    )
    if max(sliding.dilation) == 1:
        return mark
    return element(mark.tag, mark.attributes, cells_read(numbers, box))


def cells_read(numbers: ConvNumbers, box: Box) -> Element:
    """A dot in each cell that a dilated kernel reads; between them are those it leaves out."""
    (down, across), (high, wide) = numbers.layer.sliding.dilation, numbers.layer.sliding.span
    rows, cols = map_shape(numbers)
    dot = max(DOT_LEAST, DOT * min(box.width / cols, box.height / rows))
    style = (
        f"--wide:{100 * across / wide:.3f}%;--high:{100 * down / high:.3f}%;"
        f"--x:{50 / across:.3f}%;--y:{50 / down:.3f}%;--dot:{rem(dot)}"
    )
    return element("span", {"class": "cells-read", "style": style})


def padding_rim(numbers: ConvNumbers, box: Box) -> Element | None:
    """The zeros around a map drawn in a box, as far as a window reaches into them."""
    sliding = numbers.layer.sliding
    if not sliding.is_padded:
        return None
    whole = around_padding(box, sliding.padding, map_shape(numbers))
    style = (
        f"{placed(whole)};--top:{rem(box.y - whole.y)};--left:{rem(box.x - whole.x)};"
        f"--bottom:{rem(box.bottom - whole.y)};--right:{rem(box.right - whole.x)}"
    )
    return element("span", {"class": "padding", "style": style})


def margins(numbers: ConvNumbers, box: Box) -> str:
    """A style, after others, that keeps room for the padding around a map."""
    sliding = numbers.layer.sliding
    if not sliding.is_padded:
        return ""
    whole = around_padding(box, sliding.padding, map_shape(numbers))
    sides = (
        box.y - whole.y, whole.right - box.right, whole.bottom - box.bottom, box.x - whole.x
    )  # fmt: skip
    return f";margin:{' '.join(map(rem, sides))}"


def map_shape(numbers: ConvNumbers) -> tuple[int, int]:
    """Rows and columns of the maps that are read."""
    _, rows, cols = numbers.inputs.shape
    return rows, cols
