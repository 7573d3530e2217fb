"""The article's live figures: two small convolutions, each with a window, as one frozen value.

    figures = FIGURE_STEPS["sliding.replay"](Figures())
    figures.sliding.sweep.playing      # True

Each is a playground of its own, with less to set. Before its window was ever moved, all of its
result is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cnnscope.state.playground import TRANSITIONS, Playground, Settings, choose
from cnnscope.state.sweep import Sweep

UPRIGHT = (1.0, 0.0, -1.0) * 3
"""A kernel that finds upright edges: bright on the left, dark on the right."""

FIRST = Sweep(is_whole=True)
SLIDING = Playground(Settings(size=6, kernel=3), UPRIGHT, FIRST)
LANDING = Playground(Settings(size=6, kernel=3, padding=1, stride=2), UPRIGHT, FIRST)
CHOICES: Mapping[str, range] = {
    "stride": range(1, 4),
    "padding": range(3),
    "dilation": range(1, 3),
}
"""What can be chosen where windows land."""


@dataclass(frozen=True)
class Figures:
    """Where their windows are, what is chosen, and which of them are drawn."""

    sliding: Playground = SLIDING
    landing: Playground = LANDING
    near: tuple[str, ...] = ()  # those that have come near what is to be seen


NAMES = ("sliding", "landing")

FIGURE_PATHS = (
    "near",
    *(
        f"{name}.{field}"
        for name in NAMES
        for field in ("settings", "kernel", "drafts", *(f"sweep.{part}" for part in vars(FIRST)))
    ),
)
"""The fields of all this: no address tells them."""


def come_near(figures: Figures, name: str) -> Figures:
    """A figure comes near what is to be seen, and is drawn from then on."""
    is_new = name in NAMES and name not in figures.near
    return replace(figures, near=(*figures.near, name)) if is_new else figures


def settle(playground: Playground, name: str, value: int) -> Playground:
    """Choose another value of a hyper-parameter: all of its result is shown."""
    return replace(choose(playground, name, value), sweep=FIRST)


def of_figure(name: str, step: Callable[..., Playground]) -> Callable[..., Figures]:
    """A step of a playground as one of a figure."""

    def changed(figures: Figures, *arguments: object) -> Figures:
        changes: dict[str, Any] = {name: step(getattr(figures, name), *arguments)}
        return replace(figures, **changes)

    return changed


FIGURE_STEPS: Mapping[str, Callable[..., Figures]] = {
    "near": come_near,
    **{
        f"{name}.{step}": of_figure(name, change)
        for name in NAMES
        for step, change in {**TRANSITIONS, "choose": settle}.items()
    },
}
"""By the names that the page calls them by."""
