"""Steps from one state to the next, pure, and the names that the page calls them by.

Each takes a state and gives another; none looks at the network, so what it makes may have to be
made to fit, see ``validation``.

    state = open_node(State(), Node("relu_1_1", 3))
    back(state)    # the overview
    ACTIONS["scale"](state, "module").reading.scale   # 'module'
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cnnscope.state.changes import CHANGE_STEPS, UNCHANGED, Changes
from cnnscope.state.explained import EXPLAINED_STEPS, reset_logits, whole
from cnnscope.state.figures import FIGURE_STEPS, Figures
from cnnscope.state.opening import (
    back,
    explain_node,
    open_channel,
    open_input,
    open_layer,
    open_node,
    show_every_number,
    show_maps,
    show_overview,
    show_softmax,
    show_sum,
    turn_to_node,
)
from cnnscope.state.playground import TRANSITIONS, Playground
from cnnscope.state.state import (
    OWN_PICTURE,
    SCALES,
    SPEEDS,
    Card,
    Edit,
    Explained,
    InputCard,
    Node,
    Pad,
    Place,
    State,
    own_network,
)
from cnnscope.state.tour import leave, with_taste


def choose_picture(state: State, key: str) -> State:
    """Show another picture; what is open stays open, a result that does not move is whole.

    Changed logits were changes of the other picture's, and so is what was changed in it; but
    where pictures are being changed, the same is done to this one, save for the paint.
    """
    is_changing = isinstance(state.focus, InputCard)
    changes = replace(state.changes, paint=()) if is_changing else UNCHANGED
    state = replace(state, picture=key, changes=changes, pad=rested(state))
    match state.focus:
        case Explained(sweep=sweep) as focus:
            focus = replace(focus, logits=())
            if not sweep.playing:
                focus = replace(focus, sweep=whole(focus))
            return replace(state, focus=focus)
        case _:
            return state


def bring(state: State) -> State:
    """Show the picture that the visitor has just brought, in place of the one brought before."""
    state = choose_picture(replace(state, brought=state.brought + 1), OWN_PICTURE)
    return replace(state, changes=UNCHANGED)


def open_pad(state: State, is_open: bool) -> State:
    """Lay the drawing pad beside the network, or take it away; what is drawn stays."""
    return replace(state, pad=replace(rested(state), is_open=is_open))


def rested(state: State) -> Pad:
    """The pad, with no pen on it."""
    return replace(state.pad, is_inking=False)


def ink(state: State, is_inking: bool, is_new: bool) -> State:
    """Show what is drawn on the pad, which is another now, as the visitor's own picture.

    A new drawing takes the place of a picture that was brought. What is open stays as it is, its
    window too: a line that is drawn is many such steps.
    """
    if is_new:
        state = bring(state)
    elif state.picture != OWN_PICTURE:
        state = choose_picture(state, OWN_PICTURE)
    else:
        state = in_explained(reset_logits)(state)
    pad = replace(state.pad, drawn=state.pad.drawn + 1, is_inking=is_inking)
    return replace(state, pad=pad)


def show_network(state: State, network: str) -> State:
    """Show another network from its start; how the visitor likes to read stays."""
    if network == state.network:
        return state
    kept = with_taste(State(network=network, opened=state.opened), state)
    return leave(replace(kept, brought=state.brought, pad=rested(state)))


def show_opened(state: State) -> State:
    """Show the network that the visitor has just opened, in place of the one opened before."""
    number = state.opened + 1
    return show_network(replace(state, opened=number), own_network(number))


def show_page(state: State, node: Node) -> State:
    """Draw the channels of a layer among which one is; a card about another is closed."""
    if isinstance(state.focus, Card):
        state = show_overview(state)
    others = (each for each in state.pages if each[0] != node.layer)
    return replace(state, pages=tuple(sorted((*others, (node.layer, node.channel)))))


def in_explained(step: Callable[..., Explained]) -> Callable[..., State]:
    """A step of what is explained as a step of the state; without it, none."""

    def changed(state: State, *arguments: Any) -> State:
        match state.focus:
            case Explained() as focus:
                return replace(state, focus=step(focus, *arguments))
            case _:
                return state

    return changed


def choose_scale(state: State, scale: str) -> State:
    """Share colours within units, modules or the whole network; others are ignored."""
    return read_as(state, scale=scale) if scale in SCALES else state


def choose_speed(state: State, speed: str) -> State:
    """Let windows slide faster or slower; others are ignored."""
    return read_as(state, speed=speed) if speed in SPEEDS else state


def choose_language(state: State, language: str) -> State:
    """Say everything in another language."""
    return read_as(state, language=language)


def toggle_details(state: State) -> State:
    """Show or hide full names, shapes and legends."""
    return read_as(state, details=not state.reading.details)


def toggle_parts(state: State) -> State:
    """Give what adds up to a result the result's scale, or its own again."""
    return read_as(state, parts="own" if state.reading.parts == "result" else "result")


def toggle_present(state: State) -> State:
    """Present the network to a class, or no longer."""
    return read_as(state, present=not state.reading.present)


def read_as(state: State, **reading: Any) -> State:
    """The state as somebody reads it who likes it so."""
    return replace(state, reading=replace(state.reading, **reading))


def toggle_field(state: State) -> State:
    """Draw receptive fields on the picture, or no longer."""
    return replace(state, field=not state.field)


def hover(state: State, node: Node | None, cell: Place | None = None) -> State:
    """Point at a node, and at a cell of its map where the place is known."""
    return replace(state, pointer=replace(state.pointer, node=node, cell=cell))


def focus_node(state: State, node: Node) -> State:
    """Point at a node by keyboard, which also remembers it."""
    state = hover(state, node)
    return replace(state, pointer=replace(state.pointer, tab_stop=node))


def mark_class(state: State, channel: int | None) -> State:
    """Point at a class among softmax's numbers, or at none."""
    return replace(state, pointer=replace(state.pointer, marked=channel))


def point_at_cell(state: State, row: int, col: int) -> State:
    """Put the cursor of the enlarged map on a cell."""
    match state.focus:
        case Card() as focus:
            return replace(hover(state, None), focus=replace(focus, cell=(row, col)))
        case _:
            return state


def edit_kernel(state: State, edit: Edit) -> State:
    """Change a kernel, whatever it was changed to before."""
    others = reset_kernel(state, edit.node, edit.source).edits
    return with_edits(state, tuple(sorted((*others, edit))))


def reset_kernel(state: State, node: Node, source: int) -> State:
    """Give a kernel back what training found."""
    kept = (edit for edit in state.edits if (edit.node, edit.source) != (node, source))
    return replace(state, edits=tuple(kept))


def reset_all(state: State) -> State:
    """Give every kernel back what training found, and have the ReLUs cut."""
    return with_edits(replace(state, relu=True), ())


def toggle_relu(state: State) -> State:
    """Have every ReLU of the network pass its input on as it is, or cut again."""
    return with_edits(replace(state, relu=not state.relu), state.edits)


def with_edits(state: State, edits: tuple[Edit, ...]) -> State:
    """Other kernels; changed logits were changes of what the others made."""
    return in_explained(reset_logits)(replace(state, edits=edits))


def of_changes(step: Callable[..., Changes]) -> Callable[..., State]:
    """A step of what is changed in the picture as a step of the state."""

    def changed(state: State, *arguments: Any) -> State:
        state = replace(state, changes=step(state.changes, *arguments))
        return in_explained(reset_logits)(state)  # which were of what the network made before

    return changed


def of_playground(transition: Callable[..., Playground]) -> Callable[..., State]:
    """A step of the playground as a step of the state."""

    def changed(state: State, *arguments: Any) -> State:
        return replace(state, playground=transition(state.playground, *arguments))

    return changed


def of_figures(step: Callable[..., Figures]) -> Callable[..., State]:
    """A step of the article's figures as a step of the state."""

    def changed(state: State, *arguments: Any) -> State:
        return replace(state, figures=step(state.figures, *arguments))

    return changed


ACTIONS: Mapping[str, Callable[..., State]] = {
    "network": show_network,
    "opened": show_opened,
    "page": show_page,
    "picture": choose_picture,
    "bring": bring,
    "pad": open_pad,
    "ink": ink,
    "open": open_node,
    "original": open_input,
    "layer": open_layer,
    "expand": explain_node,
    "turn": turn_to_node,
    "channel": open_channel,
    "close": back,
    "overview": show_overview,
    "language": choose_language,
    "scale": choose_scale,
    "details": toggle_details,
    "parts": toggle_parts,
    "present": toggle_present,
    "field": toggle_field,
    "hover": hover,
    "focus": focus_node,
    "mark": mark_class,
    "cell": point_at_cell,
    "speed": choose_speed,
    "kernel": edit_kernel,
    "kernel-reset": reset_kernel,
    "reset": reset_all,
    "relu": toggle_relu,
    "normalise": show_softmax,
    "sum": show_sum,
    "every-number": show_every_number,
    "maps": show_maps,
    **{name: in_explained(step) for name, step in EXPLAINED_STEPS.items()},
    **{name: of_changes(step) for name, step in CHANGE_STEPS.items()},
    **{f"playground.{name}": of_playground(step) for name, step in TRANSITIONS.items()},
    **{name: of_figures(step) for name, step in FIGURE_STEPS.items()},
}
