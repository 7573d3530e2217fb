"""The label over a column: a layer's name and shape, which opens the card about it."""

from collections.abc import Iterator

from cnnscope.drawing.element import LITERAL, Element, element
from cnnscope.views.shared.key_targets import label_key
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_columns import Column


def column_label(model: Model, column: Column, size: tuple[int, int, int]) -> Element:
    """A layer's name and shape, which opens the card about it."""
    title = model.text(f"layer.title.{column.kind}")
    return element(
        "button",
        {
            "type": "button",
            "class": "label",
            "title": model.text("layer.hint", title=title),
            "data-on": "layer",
            "data-args": column.layer,
            "aria-haspopup": "dialog",
            "data-key": label_key(column.layer),
            "data-keys": True,
            "tabindex": -1,  # arrow keys lead here, from the first node
        },
        element("span", {"class": "label-full", **LITERAL}, *breakable(column.layer)),
        element("span", {"class": "label-short"}, model.text(f"column.short.{column.kind}")),
        element(
            "span",
            {"class": "shape", **({} if column.is_classes or column.is_cells else LITERAL)},
            *shape_parts(model, column, size),
        ),
    )


def shape_parts(
    model: Model, column: Column, size: tuple[int, int, int]
) -> Iterator[Element | str]:
    """A layer's shape; the channels, which can be counted, may be left out where it is narrow."""
    rows, cols, channels = size
    if column.is_classes or column.is_cells:
        key = "column.shape.output" if column.is_classes else "column.shape.units"
        yield model.text(key, channels=channels)
        return
    yield model.text("column.shape", rows=rows, cols=cols)
    yield element("span", {"class": "channels"}, model.text("column.channels", count=channels))


def breakable(name: str) -> Iterator[Element | str]:
    """A layer's name that may break after an underscore where columns stand close."""
    *heads, tail = name.split("_")
    for head in heads:
        yield f"{head}_"
        yield element("wbr", {})
    yield tail
