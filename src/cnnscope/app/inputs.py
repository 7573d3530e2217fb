"""Form fields: what is typed, dragged or chosen in one is told to who made the field.

inputs.take("weight", "4", "0.5", is_final=False)   # the fifth number of a kernel
inputs.nudge("weight", "4", "0.5", "ArrowUp")       # True: a tenth more
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from cnnscope.panels.base import Action, Desk
from cnnscope.panels.crop.controller import CropPanel
from cnnscope.panels.kernel_editor import ARROWS, KernelEditor
from cnnscope.panels.player import Player
from cnnscope.panels.playground.controller import PlaygroundPanel
from cnnscope.views.convolution.arithmetic import CHOICE


class Take(Protocol):
    """Takes over what a field holds."""

    def __call__(self, argument: str, value: str, *, is_final: bool) -> None:
        """Take over a value; it is final once the field is left, or Enter pressed."""


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True)
class Input:
    """A kind of field."""

    take: Take
    is_nudge: Callable[[str, str], bool] = lambda argument, key: False
    nudge: Callable[[str, str, str], bool] = lambda argument, value, key: False
    restore: Callable[[str], bool] = lambda argument: False
    tidy: Callable[[], None] = nothing
    """Have the field show how it is read, once it is left."""


class Inputs:
    """The fields of one page, by their kind, which is an element's ``data-input``."""

    def __init__(
        self,
        desk: Desk,
        actions: Mapping[str, Action],
        editor: KernelEditor,
        playground: PlaygroundPanel,
        player: Player,
        crop: CropPanel,
    ) -> None:
        """Tell a desk and its panels what is typed."""
        self.desk = desk
        self.kinds: dict[str, Input] = {
            "weight": Input(
                lambda place, value, *, is_final: editor.weight(
                    int(place), value, is_final=is_final
                ),
                is_nudge=lambda _, key: key in ARROWS,
                nudge=lambda place, value, key: editor.nudge(int(place), value, key),
                tidy=editor.tidy,
            ),
            CHOICE: Input(lambda _, value, *, is_final: editor.preset(value) if is_final else None),
            "playground": Input(
                lambda field, value, *, is_final: playground.type(field, value),
                is_nudge=lambda field, key: bool(playground.steps(field, key)),
                nudge=playground.nudge,
                restore=playground.restore,
                tidy=playground.tidy,
            ),
            "logit": Input(
                lambda channel, value, *, is_final: desk.dispatch(
                    "logit", int(channel), float(value)
                )
            ),
            "rival": Input(
                lambda _, value, *, is_final: actions["rival"](value) if is_final else None
            ),
            "crop": Input(lambda _, value, *, is_final: crop.slide(value)),
            "scrub": Input(lambda _, value, *, is_final: player.scrub(value, is_final=is_final)),
        }

    def take(self, kind: str, argument: str, value: str, *, is_final: bool) -> None:
        """Take over what a field of a kind holds."""
        self.kinds[kind].take(argument, value, is_final=is_final)

    def is_nudge(self, kind: str, argument: str, key: str) -> bool:
        """Whether a key changes the number in a field."""
        return self.kinds[kind].is_nudge(argument, key)

    def nudge(self, kind: str, argument: str, value: str, key: str) -> None:
        """Change the number in a field by a key."""
        self.kinds[kind].nudge(argument, value, key)

    def restore(self, kind: str, argument: str) -> bool:
        """Forget what cannot be used in a field; whether there was such a thing."""
        return self.kinds[kind].restore(argument)

    def tidy(self, kind: str) -> None:
        """Have the fields of a kind show how they are read."""
        self.kinds[kind].tidy()
