"""A chain of layers in the making: what was made so far, and what the next layer reads.

making = Making((1, 28, 28), arrays_of)
making.add(step, "relu")

Keras puts channels last. Shapes here are (channel, row, col) all along; what stands flattened in
Keras's order is remembered until a layer with weights has read it, whose weights are reordered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnscope.nn.conv_geometry import same_padding
from cnnscope.nn.ops import Array
from cnnscope.nn.sliding import Pair, Sides, positions
from cnnscope_readers.errors import RefusedError
from cnnscope_readers.found import LayerEntry
from cnnscope_readers.keras.told import Step, refuse

Sizes = tuple[int | None, ...]
"""A shape; None for rows or columns that the file leaves open."""

ArraysOf = Callable[[Step], list[Callable[[], Array]]]
"""What reads each of a layer's arrays, in the order in which Keras makes them."""

Numbers = NDArray[np.float64]

NONE: Sides = ((0, 0), (0, 0))


@dataclass
class Making:
    """What was made of the layers so far."""

    shape: Sizes
    arrays_of: ArraysOf
    is_plane: bool = False  # a picture without an axis of channels
    entries: list[LayerEntry] = field(default_factory=list)
    flat: tuple[int, int, int] | None = None  # (row, col, channel), flattened in this order
    padding: Sides = NONE  # zeros that the next layer reads, too
    padded_by: Step | None = None
    lines: list[tuple[Numbers, Numbers]] = field(default_factory=list)  # slopes, offsets of pixels

    @property
    def is_front(self) -> bool:
        """Whether no layer was made yet."""
        return not self.entries and self.padded_by is None

    def add(
        self,
        step: Step,
        type: str,
        settings: Mapping[str, Any] | None = None,
        arrays: Mapping[str, Array] | None = None,
    ) -> None:
        """Make one more layer."""
        made = {role: np.ascontiguousarray(array) for role, array in (arrays or {}).items()}
        self.entries.append(LayerEntry(type, step.name, dict(settings or {}), made))

    def take(self, step: Step, *axes: int) -> list[Array]:
        """A layer's arrays, of so many axes each. Raises RefusedError: damaged, shapes."""
        held = self.arrays_of(step)
        if len(held) != len(axes):
            raise RefusedError(
                "shapes", layer=step.name, expected=f"{len(axes)} arrays", got=len(held)
            )
        arrays = [read() for read in held]
        for array, count in zip(arrays, axes, strict=True):
            if array.ndim != count or array.size == 0:
                raise RefusedError(
                    "shapes", layer=step.name, expected=f"{count} axes", got=array.shape
                )
        return arrays

    def expect_maps(self, step: Step) -> None:
        """Raise RefusedError unless the layer reads maps, whose channels come last in Keras."""
        if step.config.get("data_format", "channels_last") not in ("channels_last", None):
            raise refuse(step, "data_format")
        if len(self.shape) != 3 or self.is_plane:
            got = self.shape[1:] if self.is_plane else self.shape
            raise RefusedError(
                "shapes", layer=step.name, expected="(rows, cols, channels)", got=got
            )

    def expect_unpadded(self) -> None:
        """Raise RefusedError where zeros were added that the next layer cannot read as its own."""
        if self.padded_by is not None and self.padding != NONE:
            raise RefusedError("layer", layer=self.padded_by.name, kind=self.padded_by.kind)

    def slide(self, step: Step, channels: int | None, reach: Pair, stride: Pair) -> Sides:
        """The padding of a window that reaches so far; and pass on, to so many channels.

        It is what ``padding`` says, as TensorFlow computes it, and zeros that were added before.
        Raises RefusedError: setting, shapes, input_size.
        """
        word = step.config.get("padding", "valid")
        if word not in ("valid", "same"):
            raise refuse(step, "padding")
        made, sizes = [], []
        for size, zeros, far, apart in zip(
            self.shape[1:], self.padding, reach, stride, strict=True
        ):
            whole = None if size is None else size + sum(zeros)
            if word == "same" and whole is None and apart > 1:
                raise RefusedError("input_size", shape=self.shape)
            added = same_padding(whole or far, far, apart) if word == "same" else (0, 0)
            made.append((zeros[0] + added[0], zeros[1] + added[1]))
            sizes.append(None if whole is None else positions(whole + sum(added), far, apart))
            if sizes[-1] == 0:
                raise RefusedError("shapes", layer=step.name, expected=f"at least {far}", got=whole)
        self.shape = (channels, *sizes)
        self.padding, self.padded_by = NONE, None
        return made[0], made[1]
