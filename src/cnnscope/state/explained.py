"""Steps within an explanation, pure: its window, what is compared, marked and changed in it.

focus = compare(Explained(Node("output", 6)), 2)
focus.contrast    # 2
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from cnnscope.state.state import SOFTMAX, Explained
from cnnscope.state.sweep import STEPS, Sweep, reveal


def compare(focus: Explained, contrast: int) -> Explained:
    """Compare the class that is explained with another; with the one it is compared with, stop."""
    return replace(focus, contrast=None if focus.contrast == contrast else contrast)


def mark_map(focus: Explained, marked_map: int) -> Explained:
    """Mark one of the last maps, or after the last of them all together."""
    return replace(focus, marked_map=marked_map)


def mark_feature(focus: Explained, feature: int | None) -> Explained:
    """Mark a feature of the flattened maps, or none."""
    return replace(focus, feature=feature)


def unfold(focus: Explained) -> Explained:
    """List those too that contribute little, or only their sum again."""
    return replace(focus, unfolded=not focus.unfolded)


def change_logit(focus: Explained, channel: int, logit: float) -> Explained:
    """See what the probabilities would be with another logit."""
    return change_logits(focus, dict(focus.logits) | {channel: logit})


def change_logits(focus: Explained, logits: Mapping[int, float]) -> Explained:
    """See what the probabilities would be with other logits; the build-up is over."""
    return replace(focus, logits=tuple(sorted(logits.items())), sweep=whole(focus))


def reset_logits(focus: Explained) -> Explained:
    """Give the logits back what the network computed."""
    return replace(focus, logits=())


def whole(focus: Explained) -> Sweep:
    """The window of a view once its whole result is shown; a sum of classes, with the last."""
    return Sweep(is_whole=True) if focus.view == SOFTMAX else reveal(focus.sweep)


def of_sweep(step: Callable[..., Sweep]) -> Callable[..., Explained]:
    """A step of the window as a step of what is explained."""

    def changed(focus: Explained, *arguments: int) -> Explained:
        return replace(focus, sweep=step(focus.sweep, *arguments))

    return changed


EXPLAINED_STEPS: Mapping[str, Callable[..., Explained]] = {
    "rival": compare,
    "map": mark_map,
    "element": mark_feature,
    "unfold": unfold,
    "logit": change_logit,
    "logits": change_logits,
    "logits-reset": reset_logits,
    **{name: of_sweep(step) for name, step in STEPS.items()},
}
"""By the names that the page calls them by."""
