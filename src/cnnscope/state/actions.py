"""The pure steps from one state to the next, and the names that the page calls them by.

Each takes a state and gives another; none looks at the network, so what it makes may have to be
made to fit, see ``validation``.

    state = open_node(State(), Node("relu_1_1", 3))
    back(state)    # the overview
    ACTIONS["scale"](state, "module").scale   # 'module'
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cnnscope.state.playground import TRANSITIONS, Playground
from cnnscope.state.state import (
    END,
    OWN_PICTURE,
    SCALES,
    SPEEDS,
    START,
    Detail,
    Edit,
    Expanded,
    Focus,
    Node,
    Original,
    Overview,
    Place,
    State,
)


def choose_picture(state: State, key: str) -> State:
    """Show another picture; what is open stays open, a result that does not move is whole.

    Changed logits were changes of the other picture's.
    """
    state = replace(state, picture=key, logits=())
    if state.playing:
        return state
    match state.focus:
        case Expanded(is_normalised=True):
            state = replace(state, window=None)  # the class that joined last: let it be the last
    return replace(state, reached=END)


def bring(state: State) -> State:
    """Show the picture that the visitor has just brought, in place of the one brought before."""
    return choose_picture(replace(state, brought=state.brought + 1), OWN_PICTURE)


def open_node(state: State, node: Node) -> State:
    """Enlarge a node; the one that is enlarged already is closed."""
    if state.focus == Detail(node):
        return back(state)
    return enter(state, Detail(node), node)


def open_original(state: State) -> State:
    """Show the picture itself; where it is shown already, close it."""
    focus = Overview() if state.focus == Original() else Original()
    return replace(enter(state, focus, Node("", 0)), cursor=state.cursor)


def expand_node(state: State, node: Node) -> State:
    """Show how a node is computed; the one that is shown already is closed."""
    match state.focus:
        case Expanded(open_already) if open_already == node:
            return enter(state, Overview(), node)
        case Expanded(Node(layer), is_normalised=True) if layer == node.layer:
            return replace(state, focus=replace(state.focus, node=node), cursor=node)
    return enter(state, Expanded(node), node)


def turn_to_node(state: State, node: Node) -> State:
    """Explain another node of the layer that is explained; the window stays where it is."""
    turned = expand_node(state, node)
    if turned.focus == Overview():
        return turned
    return replace(turned, window=state.window, reached=state.reached, playing=state.playing)


def enter(state: State, focus: Focus, cursor: Node) -> State:
    """Another view, with nothing pointed at and no window placed in it."""
    return replace(
        state,
        focus=focus,
        hover=None,
        cell=None,
        map_cell=None,
        cursor=cursor,
        window=None,
        reached=START,
        playing=False,
        rival=None,
        logits=(),
        element=None,
    )


def open_channel(state: State, channel: int) -> State:
    """Show the arithmetic of one input channel; that which is shown already is closed."""
    match state.focus:
        case Expanded(node, channel=already):
            wanted = None if already == channel else channel
            return replace(state, focus=Expanded(node, wanted), hover=None, cell=None)
        case _:
            return state


def normalise(state: State) -> State:
    """Go on from a class's logit to its probability."""
    match state.focus:
        case Expanded(node):
            focus = Expanded(node, is_normalised=True)
            return replace(enter(state, focus, node), rival=state.rival)
        case _:
            return state


def compare(state: State, rival: int) -> State:
    """Compare the class that is explained with another; with the one it is compared with, stop."""
    return replace(state, rival=None if state.rival == rival else rival)


def point_at_element(state: State, element: int | None) -> State:
    """Point at an element of the flattened maps, or at none."""
    return replace(state, element=element)


def change_logit(state: State, channel: int, logit: float) -> State:
    """See what the probabilities would be with another logit."""
    return change_logits(state, dict(state.logits) | {channel: logit})


def change_logits(state: State, logits: Mapping[int, float]) -> State:
    """See what the probabilities would be with other logits; the build-up is over."""
    changed = tuple(sorted(logits.items()))
    return replace(state, logits=changed, window=None, reached=END, playing=False)


def reset_logits(state: State) -> State:
    """Give the logits back what the network computed."""
    return replace(state, logits=())


def back(state: State) -> State:
    """Leave the innermost view; at the overview, do nothing."""
    match state.focus:
        case Expanded(node, int()):
            return replace(state, focus=Expanded(node))
        case Expanded(node, is_normalised=True):
            return replace(enter(state, Expanded(node), node), rival=state.rival)
        case _:
            return show_overview(state)


def choose_scale(state: State, scale: str) -> State:
    """Share colours within units, modules or the whole network; others are ignored."""
    return replace(state, scale=scale) if scale in SCALES else state


def choose_language(state: State, language: str) -> State:
    """Say everything in another language."""
    return replace(state, language=language)


def toggle_details(state: State) -> State:
    """Show or hide full names, shapes and legends."""
    return replace(state, details=not state.details)


def toggle_field(state: State) -> State:
    """Draw receptive fields on the picture, or no longer."""
    return replace(state, field=not state.field)


def hover(state: State, node: Node | None, cell: Place | None = None) -> State:
    """Point at a node, and at a cell of its map where the place is known."""
    return replace(state, hover=node, cell=cell)


def focus_node(state: State, node: Node) -> State:
    """Point at a node by keyboard, which also remembers it."""
    return replace(hover(state, node), cursor=node)


def point_at_cell(state: State, row: int, col: int) -> State:
    """Put the cursor of the enlarged map on a cell."""
    return replace(state, map_cell=(row, col), hover=None, cell=None)


def put_window(state: State, row: int, col: int) -> State:
    """Put the window of the expanded node where it makes an output cell, and stop it there."""
    return replace(slide_to(state, row, col), playing=False)


def slide_to(state: State, row: int, col: int) -> State:
    """Slide the window to an output cell; what it passed on its way is revealed."""
    place = (row, col)
    return replace(state, window=place, reached=max(state.reached, place))


def play(state: State) -> State:
    """Let the window slide on from where it is."""
    return replace(state, playing=True)


def pause(state: State) -> State:
    """Stop the window where it is."""
    return replace(state, playing=False)


def replay(state: State) -> State:
    """Cover the result and let the window slide from its first place."""
    return replace(state, window=START, reached=START, playing=True)


def reveal(state: State) -> State:
    """Show the whole result; the window stays where it is and stops."""
    return replace(state, reached=END, playing=False)


def choose_speed(state: State, speed: str) -> State:
    """Let the window slide faster or slower; others are ignored."""
    return replace(state, speed=speed) if speed in SPEEDS else state


def edit_kernel(state: State, edit: Edit) -> State:
    """Change a kernel, whatever it was changed to before."""
    others = reset_kernel(state, edit.node, edit.source).edits
    return replace(state, edits=tuple(sorted((*others, edit))), logits=())


def reset_kernel(state: State, node: Node, source: int) -> State:
    """Give a kernel back what training found."""
    kept = (edit for edit in state.edits if (edit.node, edit.source) != (node, source))
    return replace(state, edits=tuple(kept))


def reset_all(state: State) -> State:
    """Give every kernel back what training found."""
    return replace(state, edits=(), logits=())


def show_overview(state: State) -> State:
    """Leave whatever is open."""
    match state.focus:
        case Expanded(node) | Detail(node):
            return enter(state, Overview(), node)
        case Original():
            return open_original(state)
        case _:
            return state


def of_playground(transition: Callable[..., Playground]) -> Callable[..., State]:
    """A step of the playground as a step of the state."""

    def changed(state: State, *arguments: Any) -> State:
        return replace(state, playground=transition(state.playground, *arguments))

    return changed


ACTIONS: Mapping[str, Callable[..., State]] = {
    "picture": choose_picture,
    "bring": bring,
    "open": open_node,
    "original": open_original,
    "expand": expand_node,
    "turn": turn_to_node,
    "channel": open_channel,
    "close": back,
    "overview": show_overview,
    "language": choose_language,
    "scale": choose_scale,
    "details": toggle_details,
    "field": toggle_field,
    "hover": hover,
    "focus": focus_node,
    "cell": point_at_cell,
    "window": put_window,
    "slide": slide_to,
    "play": play,
    "pause": pause,
    "replay": replay,
    "reveal": reveal,
    "speed": choose_speed,
    "kernel": edit_kernel,
    "kernel-reset": reset_kernel,
    "reset": reset_all,
    "normalise": normalise,
    "rival": compare,
    "element": point_at_element,
    "logit": change_logit,
    "logits": change_logits,
    "logits-reset": reset_logits,
    **{f"playground.{name}": of_playground(transition) for name, transition in TRANSITIONS.items()},
}
