"""States as tests write them: every field by one name, whatever part of the state it is in.

state = state_of(focus=Explained(node), window=(3, 4), scale="module")
changed(state, contrast=2)
"""

from dataclasses import replace
from types import SimpleNamespace

from cnnscope.state.actions import ACTIONS
from cnnscope.state.fields import get, put
from cnnscope.state.state import State

PATHS = {
    "scale": "reading.scale",
    "details": "reading.details",
    "speed": "reading.speed",
    "language": "reading.language",
    "tour": "tour.stop",
    "guess": "tour.guess",
    "resume": "tour.resume",
    "folded": "tour.folded",
    "hover": "pointer.node",
    "cell": "pointer.cell",
    "tab_stop": "pointer.tab_stop",
    "marked": "pointer.marked",
    "map_cell": "focus.cell",
    "window": "focus.sweep.place",
    "reached": "focus.sweep.reached",
    "is_whole": "focus.sweep.is_whole",
    "playing": "focus.sweep.playing",
    "marked_map": "focus.marked_map",
    "feature": "focus.feature",
    "contrast": "focus.contrast",
    "logits": "focus.logits",
}


def state_of(**named):
    """A state with some fields that are not at their defaults; a focus comes first."""
    return changed(State(), **named)


def changed(state, **named):
    """A state with other fields; those of another view are passed over."""
    if "focus" in named:
        state = replace(state, focus=named.pop("focus"))
    for name, value in named.items():
        path = PATHS.get(name, name)
        parent, _, last = path.rpartition(".")
        if not parent or hasattr(get(state, parent), last):
            state = put(state, path, value)
    return state


def flat(state):
    """The fields of a state by one name each; None where the view has none."""
    return SimpleNamespace(**{name: get(state, path) for name, path in PATHS.items()})


def step(name):
    """A step of the state by the name that the page calls it by."""
    return ACTIONS[name]


play, pause, replay, reveal = map(step, ("play", "pause", "replay", "reveal"))
put_window, slide_to = step("window"), step("slide")
