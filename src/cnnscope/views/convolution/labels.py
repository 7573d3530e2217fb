"""Labels of a convolution at what they name: kernels, contributions, sum, result.

A line leads from each to that, and over maps and their numbers there is a bracket. They are part
of the details, with which they are left out.
"""

from collections.abc import Iterator

from cnnscope.drawing.element import Element, element
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import drawing_size
from cnnscope.views.convolution.layout_parts import SUM_HEADING, ConvolutionLayout
from cnnscope.views.convolution.numbers import ConvNumbers
from cnnscope.views.convolution.window_marks import map_shape
from cnnscope.views.shared.model import Model, node_title
from cnnscope.views.shared.sliding_window import heading

OVER_ROW, NARROW_HIGH = 30, 26  # px: of a label in a narrow window, from the first row up
NEAR = 24  # px: from the labels of the columns down to the first row, at most, to stand with them
KERNEL = 84  # width of the label over the kernels
MAPS = 96  # width of the label over maps that rows have, at most
LEAD = 5  # from a label's foot up to where its line begins, px
CLEAR = 1  # from a line to what it leads to
BRACKET = 4  # height of its ends


def labels(model: Model, numbers: ConvNumbers, expansion: ConvolutionLayout) -> Iterator[Element]:
    """What stands above the kernels, the contributions, the sum and the enlarged output."""
    text, over = model.text, label_boxes(expansion)
    rows, cols = numbers.rows_cols
    kh, kw = numbers.kernels.shape[1:]
    shape = text("column.shape", rows=rows, cols=cols)
    yield leaders(expansion, over)
    if "maps" in over:
        high, wide = map_shape(numbers)
        given = text("column.shape", rows=high, cols=wide)
        yield heading(numbers.source, given, over["maps"], can_break=True)
    yield heading(text("stage.kernels"), text("column.shape", rows=kh, cols=kw), over["kernels"])
    yield heading(text("stage.contributions"), shape, over["contributions"])
    if "sum" in over:
        yield heading(text("stage.sum.name"), "", over["sum"])
    yield heading(node_title(model, numbers.node), shape, over["result"], can_break=True)


def label_boxes(expansion: ConvolutionLayout) -> dict[str, Box]:
    """Where the labels stand, by what they name; in a narrow window the sum has none."""
    first, result = expansion.rows[0], expansion.heading
    high = NARROW_HIGH if expansion.is_narrow else result.height
    if expansion.is_narrow:
        top = first.contribution.y - OVER_ROW
    elif first.contribution.y - result.bottom > NEAR:
        top = first.contribution.y - high
    else:
        top = result.y
    kernels = Box(first.kernel.centre - KERNEL / 2, top, KERNEL, high)
    given = kernels.right_of(0, first.value.right + 10 - kernels.right)
    boxes = {"kernels": kernels, "contributions": given, "result": result}
    if expansion.is_gathered:
        left = max(0.0, first.source.centre - MAPS / 2)
        boxes["maps"] = kernels.at(x=left).reaching(right=kernels.x)
    if not expansion.is_narrow:
        boxes["sum"] = result.sized(width=SUM_HEADING).centred_on(x=expansion.plus.centre)
    return boxes


def leaders(expansion: ConvolutionLayout, over: dict[str, Box]) -> Element:
    """A line from each label to what it names; a bracket over maps and their numbers."""
    first = expansion.rows[0]
    below = min(box.y for box in (expansion.bias, expansion.plus) if box is not None)
    lines = [
        bracket(over["contributions"], first.contribution.x, first.value.right),
        *(
            line(over[name], target)
            for name, target in (
                ("kernels", first.kernel),
                ("sum", expansion.plus.at(y=below)),
                ("result", expansion.output),
            )
            if name in over
        ),
    ]
    size = drawing_size(expansion.width, expansion.height)
    return element(
        "svg",
        {"class": "leaders", "aria-hidden": "true", **size},
        element("path", {"d": "".join(lines)}),
    )


def line(label: Box, target: Box) -> str:
    """Path data of the way straight down from a label to what stands below it."""
    return f"M{target.centre:.1f} {label.bottom - LEAD:.1f}V{target.y - CLEAR:.1f}"


def bracket(label: Box, left: float, right: float) -> str:
    """Path data of a line below a label, over all that it names."""
    y = label.bottom - LEAD
    return f"M{left:.1f} {y + BRACKET:.1f}V{y:.1f}H{right:.1f}v{BRACKET}"
