"""The chain of layers that a graph turns out to be, and where its one value stands.

    chain = Chain((1, 28, 28, 1), 1)      # batch, then sizes in whatever order they come
    chain.turn((0, 3, 1, 2))
    chain.add(node, "conv2d", {"stride": 2}, {"kernel": kernel})

A value's axes have labels. Which of the first is the channel is known when a layer first reads
maps; a vector made of maps keeps the order in which it was laid out, and what reads it is turned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnscope_readers.arrays import finite
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry
from cnnscope_readers.onnx.messages import Node
from cnnscope_readers.onnx.tensors import Numbers

MAPS = ("c", "h", "w")

ENDS = ("softmax", "sigmoid_classes")
"""Types of layer that nothing follows."""


@dataclass(frozen=True)
class Axis:
    """One axis of a value: ``c``, ``h``, ``w``, ``f`` of a vector, or a number of the input's."""

    label: str
    size: int | None  # None where the file leaves it open


@dataclass(frozen=True)
class Padding:
    """Rows and columns that were put around maps, and not yet given to a layer."""

    node: Node
    around: Mapping[str, tuple[int, int]]  # by label
    value: float  # 0, or minus infinity where no largest value may lie there


class Chain:
    """Layers so far, and the axes of the value that they end in; the batch is no axis."""

    def __init__(self, sizes: Sequence[int | None], batch: int) -> None:
        """``sizes`` of a picture as the file has them; ``batch``: how many it says there are."""
        self.axes = tuple(Axis(str(place), size) for place, size in enumerate(sizes))
        self.input = self.axes
        self.batch = batch
        self.layers: list[LayerEntry] = []
        self.order: tuple[Axis, ...] = ()  # of the maps in a vector
        self.padding: Padding | None = None
        self.reduced: tuple[str, str] | None = None  # kind and label, of half a global pooling
        self.is_front = True  # nothing but lines so far
        self.slope: Numbers = np.ones(1)  # of those lines, with an axis for each of ``front``
        self.offset: Numbers = np.zeros(1)
        self.front: tuple[str, ...] = ()

    @property
    def sizes(self) -> tuple[int | None, ...]:
        """All sizes as the file sees them, the batch first."""
        return (self.batch, *(axis.size for axis in self.axes))

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of all axes but the batch."""
        return tuple(axis.label for axis in self.axes)

    @property
    def is_flat(self) -> bool:
        """Whether the value is a vector."""
        return self.labels == ("f",)

    @property
    def is_resolved(self) -> bool:
        """Whether it is known which axis is which."""
        return not all(label.isdigit() for label in self.labels)

    def add(
        self,
        node: Node,
        kind: str,
        settings: Mapping[str, Any] | None = None,
        arrays: Mapping[str, Numbers] | None = None,
    ) -> None:
        """One layer more. Raises RefusedError: not_finite, layer, setting."""
        self.expect_settled(node)
        if self.layers and self.layers[-1].type in ENDS:
            raise RefusedError("layer", layer=node.called, kind=node.kind)
        made = {
            role: finite(f"{node.called} {role}", values) for role, values in (arrays or {}).items()
        }
        self.is_front = self.is_front and kind == "flatten"
        self.layers.append(LayerEntry(kind, node.called, settings or {}, made))

    def expect_settled(self, node: Node) -> None:
        """Raise RefusedError where padding, or half a pooling, is not followed by its layer."""
        if self.padding is not None:
            left = self.padding.node
            raise RefusedError("layer", layer=left.called, kind=left.kind)
        if self.reduced is not None:
            raise RefusedError("setting", layer=node.called, setting="axes", value=self.reduced[1])

    def maps(self, node: Node) -> None:
        """Have the value be maps, (c, h, w). Raises RefusedError: setting, shapes."""
        if not self.is_resolved and len(self.axes) == 3:
            self.resolve(dict(zip(self.labels, MAPS, strict=True)))
        if self.labels != MAPS:
            got = "x".join(self.labels)
            raise RefusedError("shapes", layer=node.called, expected="c, h, w", got=got)

    def resolve(self, names: Mapping[str, str]) -> None:
        """Call axes what they are, wherever they are spoken of."""
        self.axes, self.input = (
            tuple(replace(axis, label=names.get(axis.label, axis.label)) for axis in axes)
            for axes in (self.axes, self.input)
        )
        self.front = tuple(names.get(label, label) for label in self.front)
        if self.padding is not None:
            around = {names.get(label, label): pair for label, pair in self.padding.around.items()}
            self.padding = replace(self.padding, around=around)

    def guess(self) -> None:
        """Tell which axis is the channel by its size, where no layer has said it."""
        if self.is_resolved:
            return
        labels, sizes = self.labels, [axis.size for axis in self.axes]
        names: tuple[str, ...] = ("h", "w") if len(labels) == 2 else MAPS
        if len(labels) == 3 and sizes[2] in (1, 3) and sizes[0] not in (1, 3):
            names = ("h", "w", "c")
        self.resolve(dict(zip(labels, names, strict=False)))

    def turn(self, places: Sequence[int]) -> None:
        """Have the axes stand in another order; the batch stays first."""
        self.axes = tuple(self.axes[place - 1] for place in places[1:])

    def become_maps(self, sizes: Sequence[int | None]) -> None:
        """Go on with maps of these sizes."""
        self.axes = tuple(map(Axis, MAPS, sizes))
        self.order = ()

    def become_vector(self, size: int | None, order: tuple[Axis, ...] = ()) -> None:
        """Go on with a vector, laid out in this order if it was maps."""
        self.axes, self.order = (Axis("f", size),), order

    def flatten(self, node: Node) -> None:
        """Lay maps out in one row, in the order in which the file has them."""
        self.guess()
        order = self.axes
        if not set(self.labels) <= set(MAPS):
            got = "x".join(self.labels)
            raise RefusedError("shapes", layer=node.called, expected="c, h, w", got=got)
        sizes = [axis.size for axis in order]
        total: int | None = 1
        for size in sizes:
            total = None if total is None or size is None else total * size
        self.add(node, "flatten")
        self.become_vector(total, order)

    @property
    def is_in_order(self) -> bool:
        """Whether a vector made of maps is laid out as the page does it: (channel, row, col)."""
        places = [MAPS.index(axis.label) for axis in self.order if axis.size != 1]
        return places == sorted(places)

    def by_channel(self, node: Node, values: Numbers) -> Numbers:
        """Numbers along the last axis, a feature each, as (channel, row, col) has them.

        Raises RefusedError: shapes, input_size.
        """
        if self.is_in_order:
            return values
        labels = [axis.label for axis in self.order]
        wanted = [labels.index(label) for label in MAPS if label in labels]
        sizes = [axis.size for axis in self.order]
        if any(size is None for size in sizes):
            raise RefusedError("input_size", shape=self.sizes)
        try:
            apart = values.reshape(*values.shape[:-1], *(size or 0 for size in sizes))
        except ValueError as error:
            raise RefusedError(
                "shapes", layer=node.called, expected=self.sizes[-1], got=values.shape[-1]
            ) from error
        kept = values.ndim - 1
        turned = apart.transpose(*range(kept), *(kept + place for place in wanted))
        return turned.reshape(values.shape)
