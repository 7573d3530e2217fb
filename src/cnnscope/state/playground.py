"""The playground's hyper-parameters, as one frozen value, and the pure steps of it.

    playground = choose(Playground(), "stride", 2)
    refuse(playground, "kernel", "20")    # what was typed is kept beside what is shown

What cannot be used is a *draft*: the field shows it, with a word on why, and the picture stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cnnscope.state.sweep import START, STEPS, Sweep

PRESETS = ("edges", "blur", "sharpen", "identity")
"""Names of kernels that there are in every size; the first is there in the beginning."""


class Settings(NamedTuple):
    """The five hyper-parameters of a convolution."""

    size: int = 7  # of the input
    kernel: int = 3
    padding: int = 0
    stride: int = 1
    dilation: int = 1


USUAL = Settings()
"""What there is in the beginning."""

RANGES: Mapping[str, range] = {
    "size": range(1, 13),
    "kernel": range(1, 8),
    "padding": range(0, 7),
    "stride": range(1, 7),
    "dilation": range(1, 5),
}
"""What can be chosen. With the largest padding the input is 24 cells wide, whose numbers can
still be read on a phone; a kernel of 7 is the largest in common use; the padding keeps the size
of the input for kernels up to that, also when they are dilated by 2."""

Kernel = str | tuple[float, ...]
"""Name of a preset, or numbers row by row."""


@dataclass(frozen=True)
class Playground:
    """All that the playground is a function of, beside the speed."""

    settings: Settings = USUAL
    kernel: Kernel = PRESETS[0]
    sweep: Sweep = field(default_factory=Sweep)
    drafts: tuple[tuple[str, str], ...] = ()  # by name of a field: what cannot be used


UNTOUCHED = Playground()
"""The playground as it is in the beginning."""


def read_setting(name: str, text: str) -> int | None:
    """The value that is typed into a setting's field, or None if it cannot be used."""
    digits = text.strip()
    is_short = len(digits) < 6  # no more are needed, and reading a million takes its time
    if not (is_short and digits.isascii() and digits.isdecimal()):
        return None
    return int(digits) if int(digits) in RANGES[name] else None


def choose(playground: Playground, name: str, value: int) -> Playground:
    """Give a setting another value; an edited kernel keeps its middle in another size."""
    settings = playground.settings._replace(**{name: value})
    kernel = resized(playground.kernel, playground.settings.kernel, settings.kernel)
    playground = without_draft(playground, name)
    if name == "kernel":
        kept = tuple(draft for draft in playground.drafts if not draft[0].startswith("weight/"))
        playground = replace(playground, drafts=kept)
    return replace(playground, settings=settings, kernel=kernel)


def refuse(playground: Playground, field: str, text: str) -> Playground:
    """Keep what was typed into a field and cannot be used."""
    drafts = {**dict(playground.drafts), field: text}
    return replace(playground, drafts=tuple(sorted(drafts.items())))


def without_draft(playground: Playground, field: str) -> Playground:
    """Forget what was typed into a field and cannot be used."""
    return replace(
        playground, drafts=tuple(draft for draft in playground.drafts if draft[0] != field)
    )


def weigh(playground: Playground, position: int, values: tuple[float, ...]) -> Playground:
    """Give the kernel other numbers, of which one was typed."""
    return replace(without_draft(playground, f"weight/{position}"), kernel=values)


def put_in(playground: Playground, preset: str) -> Playground:
    """Put in a well-known kernel; others are ignored."""
    if preset not in PRESETS:
        return playground
    kept = tuple(draft for draft in playground.drafts if not draft[0].startswith("weight/"))
    return replace(playground, kernel=preset, drafts=kept)


def reset(_playground: Playground) -> Playground:
    """Everything as it was in the beginning."""
    return UNTOUCHED


def of_sweep(step: Callable[..., Sweep]) -> Callable[..., Playground]:
    """A step of the window as a step of the playground."""

    def changed(playground: Playground, *arguments: int) -> Playground:
        return replace(playground, sweep=step(playground.sweep, *arguments))

    return changed


TRANSITIONS: Mapping[str, Callable[..., Playground]] = {
    "choose": choose,
    "refuse": refuse,
    "forget": without_draft,
    "weigh": weigh,
    "preset": put_in,
    **{name: of_sweep(step) for name, step in STEPS.items()},
    "reset": reset,
}


def resized(kernel: Kernel, before: int, after: int) -> Kernel:
    """A kernel's numbers in another size, about the same middle, with zeros where there are none.

    A preset is there in every size.
    """
    if isinstance(kernel, str) or before == after:
        return kernel
    shift = before // 2 - after // 2
    return tuple(
        kernel[row * before + col] if 0 <= row < before and 0 <= col < before else 0.0
        for row in range(shift, shift + after)
        for col in range(shift, shift + after)
    )


def structure(playground: Playground) -> Playground:
    """Without what the address does not say: two equal structures have the same address."""
    sweep = playground.sweep
    is_told = not sweep.playing and sweep.place != START
    return replace(playground, sweep=Sweep(sweep.place if is_told else None), drafts=())


def in_range(settings: Settings) -> Settings:
    """Settings from elsewhere, each left at its default where it cannot be used."""
    kept = {name: value for name, value in settings._asdict().items() if value in RANGES[name]}
    return Settings(**kept)
