"""Sliding windows: size, stride, padding and dilation of a convolution or a pooling, by axis.

    sliding = Sliding.of("conv", size=(3, 3), stride=2, padding=((0, 1), (0, 1)))
    sliding.count((28, 28))     # (14, 14): so many windows stand below and beside each other
    sliding.read((0, 13))       # (range(0, 3), range(26, 29)); row 28 would lie in the padding

Rows come first in every pair. What is said once stands for both axes, or for all four sides.
Source of the sizes: PyTorch's ``torch.nn.Conv2d`` and ``torch.nn.MaxPool2d``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from cnnscope.nn.shapes import ShapeError, expect

Pair = tuple[int, int]
"""Of rows and of columns."""

Sides = tuple[Pair, Pair]
"""((top, bottom), (left, right))."""

Along = int | Sequence[int]
"""One number for both axes, or one for each."""

Around = int | Sequence[int] | Sequence[Sequence[int]]
"""One number for all sides, one for each axis, or two for each axis."""


def pair(value: Along, subject: str = "pair") -> Pair:
    """A number for rows and one for columns. Raises ShapeError."""
    match [value, value] if isinstance(value, int) else value:
        case [int(rows), int(cols)]:
            return rows, cols
    raise ShapeError(subject, "a whole number, or one for each axis", value)


def sides(value: Around, subject: str = "padding") -> Sides:
    """Rows above and below, columns before and after. Raises ShapeError."""
    match value:
        case [[int(), int()] as rows, [int(), int()] as cols]:
            return pair(rows, subject), pair(cols, subject)
        case int() | [int(), int()]:
            rows_cols = pair(value, subject)
            return (rows_cols[0], rows_cols[0]), (rows_cols[1], rows_cols[1])
    expected = "a whole number, one for each axis, or two for each"
    raise ShapeError(subject, expected, value)


def span(size: int, dilation: int) -> int:
    """How many rows a window reaches over that reads ``size`` of them, each so far apart."""
    return dilation * (size - 1) + 1


def positions(size: int, reach: int, stride: int) -> int:
    """How many whole windows that reach over so many of ``size`` rows stand below each other."""
    return max(0, (size - reach) // stride + 1)


@dataclass(frozen=True)
class Sliding:
    """How a window slides over a map. ``is_ceil``: a last one may reach beyond the padding."""

    size: Pair
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)
    is_ceil: bool = False

    @classmethod
    def of(
        cls,
        subject: str,
        size: Along,
        stride: Along = 1,
        padding: Around = 0,
        dilation: Along = 1,
        *,
        is_ceil: bool = False,
    ) -> Self:
        """One from what a layer was given. Raises ShapeError that names the layer and setting."""
        made = cls(
            pair(size, f"{subject} size"), pair(stride, f"{subject} stride"),
            sides(padding, f"{subject} padding"), pair(dilation, f"{subject} dilation"), is_ceil,
        )  # fmt: skip
        for name in ("size", "stride", "dilation"):
            numbers = getattr(made, name)
            expect(min(numbers) >= 1, f"{subject} {name}", "at least 1", plain(numbers))
        least = min(map(min, made.padding))
        expect(least >= 0, f"{subject} padding", "at least 0", least)
        return made

    @property
    def span(self) -> Pair:
        """How many rows and columns a window reaches over, those it does not read included."""
        return span(self.size[0], self.dilation[0]), span(self.size[1], self.dilation[1])

    @property
    def start(self) -> Pair:
        """Rows of padding above a map, and columns before it."""
        return self.padding[0][0], self.padding[1][0]

    @property
    def is_padded(self) -> bool:
        """Whether there is padding on any side."""
        return any(map(any, self.padding))

    def padded(self, rows_cols: Sequence[int]) -> Pair:
        """Rows and columns of a map with its padding."""
        (rows, cols), (above, beside) = rows_cols, self.padding
        return rows + sum(above), cols + sum(beside)

    def count(self, rows_cols: Sequence[int]) -> Pair:
        """How many windows stand below and beside each other; none where a map is too small."""
        rows, cols = (self.along(axis, rows_cols[axis]) for axis in (0, 1))
        return rows, cols

    def along(self, axis: int, size: int) -> int:
        """How many windows stand in a row on one axis of a map."""
        stride, (before, after) = self.stride[axis], self.padding[axis]
        if not self.is_ceil:
            return positions(size + before + after, self.span[axis], stride)
        count = positions(size + before + after + stride - 1, self.span[axis], stride)
        # Source: PyTorch, "Sliding windows that would start in the right padded region are ignored"
        return count - 1 if (count - 1) * stride >= size + before else count

    def read(self, place: Sequence[int]) -> tuple[range, range]:
        """Rows and columns that the window of an output place reads; beyond the map is padding."""
        rows, cols = (self.read_along(axis, place[axis]) for axis in (0, 1))
        return rows, cols

    def read_along(self, axis: int, at: int) -> range:
        """The rows, or columns, that a window reads which stands at one of the places."""
        start = at * self.stride[axis] - self.padding[axis][0]
        apart = self.dilation[axis]
        return range(start, start + self.size[axis] * apart, apart)

    def expect_fits(self, name: str, rows_cols: Sequence[int]) -> None:
        """Raise ShapeError where not one window fits into a map."""
        rows, cols = self.span
        with_padding = " with padding" if self.is_padded else ""
        padded = self.padded(rows_cols)
        fits = min(self.count(rows_cols)) >= 1
        expect(fits, f"{name} input", f"at least {rows}x{cols}{with_padding}", padded)


def plain(numbers: Pair) -> int | Pair:
    """One number where both are the same, as it is most often given."""
    return numbers[0] if numbers[0] == numbers[1] else numbers
