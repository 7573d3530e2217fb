"""Output size, padding, stride, dilation: how a square window slides over a square map.

    geometry = ConvGeometry(size=7, kernel=3, padding=1, stride=2, dilation=2)
    geometry.span          # 5: three rows read, two apart
    geometry.count         # 3: the output has 3 rows and 3 columns
    geometry.rows_read(1)  # range(2, 7, 2), counted from the first row of padding

Rows and columns are alike, so one number stands for both.
"""

from dataclasses import dataclass

from cnnscope.nn.sliding import positions, span


@dataclass(frozen=True)
class ConvGeometry:
    """The settings of a convolution of one map with one kernel."""

    size: int  # rows of the map, without padding
    kernel: int  # rows of the kernel
    padding: int = 0  # rows of zeros on each side
    stride: int = 1
    dilation: int = 1

    @property
    def span(self) -> int:
        """How many rows the window reaches over, those it does not read included."""
        return span(self.kernel, self.dilation)

    @property
    def padded(self) -> int:
        """Rows of the map with its padding."""
        return self.size + 2 * self.padding

    @property
    def count(self) -> int:
        """Rows of the output; none where the window is larger than the padded map."""
        return positions(self.padded, self.span, self.stride)

    def rows_read(self, at: int) -> range:
        """The rows of the padded map that the window reads to make row ``at`` of the output."""
        top = at * self.stride
        return range(top, top + self.span, self.dilation)

    def at(self, row: int) -> int:
        """The output row whose window has its middle nearest to a row of the padded map."""
        nearest = (2 * row - self.span + 1 + self.stride) // (2 * self.stride)
        return max(0, min(nearest, self.count - 1))

    @property
    def left_over(self) -> range:
        """The last rows of the padded map, which no window reaches."""
        if self.count == 0:
            return range(0)
        return range(self.rows_read(self.count - 1)[-1] + 1, self.padded)

    @property
    def passed_over(self) -> tuple[int, ...]:
        """The rows of the padded map that windows reach past and none reads."""
        read = {row for at in range(self.count) for row in self.rows_read(at)}
        return tuple(row for row in range(self.left_over.start) if row not in read)

    def is_padding(self, row: int) -> bool:
        """Whether a row of the padded map is of the padding."""
        return not self.padding <= row < self.padding + self.size


def same_padding(size: int, reach: int, stride: int) -> tuple[int, int]:
    """Rows that "same" adds before and after a map, so that the output has size / stride of them.

    What is over of an odd number comes after.
    Source: TensorFlow's guide to tf.nn, "SAME" padding; PyTorch does so for a stride of 1.
    """
    wanted = -(-size // stride)
    total = max(0, (wanted - 1) * stride + reach - size)
    return total // 2, total - total // 2
