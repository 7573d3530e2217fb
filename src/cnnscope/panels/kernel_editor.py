"""Changing kernels: numbers typed, presets, and back to what training found."""

import numpy as np

from cnnscope.drawing.rounding import thousandths
from cnnscope.nn.kernels import LIMIT, presets
from cnnscope.nn.layers import Conv2d
from cnnscope.nn.network import Network
from cnnscope.panels.base import Explaining
from cnnscope.state.state import Edit, Expanded, Node
from cnnscope.state.url import canonical, read_number
from cnnscope.views.convolution.channel_card import MESSAGE
from cnnscope.views.overview.drawing import announcement

NUDGE = 0.1  # what an arrow key adds


class KernelEditor:
    """Edits the kernel whose arithmetic is open."""

    def __init__(self, app: Explaining) -> None:
        """Edit for an application."""
        self.app = app

    @property
    def kernel(self) -> tuple[Node, int] | None:
        """Which kernel is open: its node, and its input channel."""
        match self.app.state.focus:
            case Expanded(node, int(channel)):
                return node, channel
            case _:
                return None

    def weight(self, position: int, text: str, *, is_final: bool) -> None:
        """Put a typed number into the kernel; what is no number is told once it is final."""
        if self.kernel is None:
            return
        value = read_number(text)
        key = f"card.weight/{position}"
        if value is None or abs(value) > LIMIT:
            self.app.browser.pose({key: {"aria-invalid": "true"}})
            if is_final:
                reason = "weight.error" if value is None else "weight.error.size"
                reason = reason if text.strip() else "weight.error.empty"
                self.tell(self.app.text(reason, text=text, limit=f"{LIMIT:.0f}"))
            return
        self.app.browser.pose({key: {"aria-invalid": None}})
        self.tell("")
        _, channel = self.kernel
        values = self.app.explanation.kernels[channel].ravel().tolist()
        if thousandths(values[position]) != thousandths(value):  # else it is displayed already
            values[position] = value
            self.put(values)
        if is_final:
            self.app.browser.announce(announcement(self.app.context))

    def nudge(self, position: int, text: str, by: int) -> None:
        """Make a weight larger or smaller by a tenth for each ``by``."""
        value = read_number(text)
        if value is not None:
            changed = max(-LIMIT, min(LIMIT, value + by * NUDGE))
            self.weight(position, f"{changed:.3f}", is_final=True)
            self.app.fill_card()

    def preset(self, name: str) -> None:
        """Put a well-known kernel in, or what training found."""
        if self.kernel is None:
            return
        self.tell("")
        node, channel = self.kernel
        if name == "trained":
            self.app.dispatch("kernel-reset", node, channel)
            self.app.browser.announce(announcement(self.app.context))
            return
        rows, cols = self.app.explanation.kernels.shape[1:]
        found = presets(rows, cols).get(name)
        if found is not None:
            self.put(found.ravel().tolist())
            self.app.browser.announce(announcement(self.app.context))

    def put(self, values: list[float]) -> None:
        """Make these the kernel's numbers."""
        assert self.kernel is not None
        node, channel = self.kernel
        layer = self.app.trained.layer(node.layer)
        assert isinstance(layer, Conv2d)
        trained = layer.kernel[node.channel, channel].ravel()
        if np.array_equal(np.array(values, np.float32), trained):
            self.app.dispatch("kernel-reset", node, channel)
        else:
            self.app.dispatch("kernel", Edit(node, channel, tuple(map(canonical, values))))

    def tell(self, message: str) -> None:
        """Show a message below the kernel, or none; the same again is told again."""
        self.app.browser.pose({MESSAGE: {"text": ""}})
        self.app.browser.pose({MESSAGE: {"text": message}})


def first_changed(network: Network, old: tuple[Edit, ...], new: tuple[Edit, ...]) -> str:
    """The first layer that has another kernel."""
    changed = {edit.node.layer for edit in set(old) ^ set(new)}
    return next(layer.name for layer in network.layers if layer.name in changed)
