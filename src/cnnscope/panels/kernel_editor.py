"""Editing kernels: numbers typed, presets, and back to what training found."""

from collections.abc import Mapping

import numpy as np

from cnnscope.drawing.rounding import thousandths
from cnnscope.nn.kernels import LIMIT, presets
from cnnscope.nn.layers import Conv2d
from cnnscope.panels.base import Desk
from cnnscope.state.codecs import canonical, read_number
from cnnscope.state.state import Edit, Node
from cnnscope.views.convolution.arithmetic import MESSAGE, arithmetic_pose, shown_channel
from cnnscope.views.overview.drawing import announcement

NUDGE = 0.1  # what an arrow key adds
ARROWS: Mapping[str, int] = {"ArrowUp": 1, "ArrowDown": -1}


class KernelEditor:
    """Edits the kernel whose arithmetic is open."""

    def __init__(self, desk: Desk) -> None:
        """Edit at a desk."""
        self.desk = desk

    @property
    def kernel(self) -> tuple[Node, int] | None:
        """Which kernel is shown: its node, and its input channel."""
        channel = shown_channel(self.desk.model)
        return None if channel is None else (self.desk.model.explained.node, channel)

    def weight(self, position: int, text: str, *, is_final: bool) -> None:
        """Put a typed number into the kernel; what is no number is told once it is final."""
        if self.kernel is None:
            return
        page, value = self.desk.page, read_number(text)
        key = f"card.weight/{position}"
        if value is None or abs(value) > LIMIT:
            page.pose({key: {"aria-invalid": "true"}})
            if is_final:
                self.refuse(text, is_number=value is not None)
            return
        page.pose({key: {"aria-invalid": None}})
        self.show_message("")
        _, channel = self.kernel
        values = self.desk.model.numbers.kernels[channel].ravel().tolist()
        if thousandths(values[position]) != thousandths(value):  # else it is displayed already
            values[position] = value
            self.put(values)
        if is_final:
            self.announce()

    def refuse(self, text: str, *, is_number: bool) -> None:
        """Say why what was typed cannot be used."""
        reason = "weight.error.size" if is_number else "weight.error"
        reason = reason if text.strip() else "weight.error.empty"
        self.show_message(self.desk.model.text(reason, text=text, limit=f"{LIMIT:.0f}"))

    def nudge(self, position: int, text: str, key: str) -> bool:
        """Make a weight larger or smaller by a tenth; whether the key does that."""
        value, by = read_number(text), ARROWS.get(key, 0)
        if by and value is not None:
            changed = max(-LIMIT, min(LIMIT, value + by * NUDGE))
            self.weight(position, f"{changed:.3f}", is_final=True)
            self.tidy()
        return bool(by)

    def preset(self, name: str) -> None:
        """Put a well-known kernel in, or what training found."""
        if self.kernel is None:
            return
        self.show_message("")
        node, channel = self.kernel
        if name == "trained":
            self.desk.dispatch("kernel-reset", node, channel)
            self.announce()
            return
        rows, cols = self.desk.model.numbers.kernels.shape[1:]
        found = presets(rows, cols).get(name)
        if found is not None:
            self.put(found.ravel().tolist())
            self.announce()

    def put(self, values: list[float]) -> None:
        """Make these the kernel's numbers."""
        assert self.kernel is not None
        node, channel = self.kernel
        if self.desk.model.explained.channel is None:  # else another might soon contribute most
            self.desk.dispatch("channel", channel)
        layer = self.desk.model.trained.layer(node.layer)
        assert isinstance(layer, Conv2d)
        trained = layer.kernel[node.channel, channel].ravel()
        if np.array_equal(np.array(values, np.float32), trained):
            self.desk.dispatch("kernel-reset", node, channel)
        else:
            self.desk.dispatch("kernel", Edit(node, channel, tuple(map(canonical, values))))

    def tidy(self) -> None:
        """Have the fields show how what was typed into them is read."""
        if self.kernel is not None:
            model, (_, channel) = self.desk.model, self.kernel
            self.desk.page.pose(arithmetic_pose(model, model.numbers, channel))
            count = model.numbers.kernels[channel].size
            self.desk.page.pose({f"card.weight/{i}": {"aria-invalid": None} for i in range(count)})

    def announce(self) -> None:
        """Say what the network answers now."""
        self.desk.announce(announcement(self.desk.model))

    def show_message(self, message: str) -> None:
        """Show a message below the kernel, or none; the same again is told again."""
        self.desk.page.pose({MESSAGE: {"text": ""}})
        self.desk.page.pose({MESSAGE: {"text": message}})
