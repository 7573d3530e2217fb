import pytest

from cnnscope.state.actions import (
    ACTIONS,
    choose_picture,
    choose_scale,
    choose_speed,
    edit_kernel,
    hover,
    point_at_cell,
    reset_all,
    reset_kernel,
)
from cnnscope.state.figures import FIGURE_STEPS
from cnnscope.state.opening import (
    back,
    explain_node,
    open_channel,
    open_input,
    open_node,
    show_overview,
)
from cnnscope.state.playground import TRANSITIONS
from cnnscope.state.state import (
    START,
    Card,
    Edit,
    Explained,
    InputCard,
    Node,
    Overview,
    view_shown,
)
from support.states import (
    flat,
    pause,
    play,
    put_window,
    replay,
    reveal,
    slide_to,
    state_of,
)

NODE = Node("conv_1_1", 3)
OTHER = Node("conv_1_2", 0)
NINE = tuple(float(i) for i in range(9))


def test_opening_a_node_twice_closes_it():
    opened = open_node(state_of(), NODE)
    assert view_shown(opened.focus) == Card(NODE)
    assert view_shown(open_node(opened, NODE).focus) == Overview()


def test_opening_another_node_switches_to_it():
    assert view_shown(open_node(open_node(state_of(), NODE), Node("output", 0)).focus) == Card(
        Node("output", 0)
    )


def test_expanding_a_node_twice_closes_it():
    expanded = explain_node(state_of(), NODE)
    assert view_shown(expanded.focus) == Explained(NODE)
    assert view_shown(explain_node(expanded, NODE).focus) == Overview()
    assert view_shown(explain_node(open_channel(expanded, 1), NODE).focus) == Overview()


def test_expanding_another_node_switches_to_it_and_to_none_of_its_channels():
    state = open_channel(explain_node(state_of(), NODE), 2)
    assert view_shown(explain_node(state, OTHER).focus) == Explained(OTHER)


def test_opening_a_channel_twice_closes_it_and_another_takes_its_place():
    state = open_channel(explain_node(state_of(), NODE), 2)
    assert view_shown(state.focus) == Explained(NODE, channel=2)
    assert view_shown(open_channel(state, 0).focus) == Explained(NODE, channel=0)
    assert view_shown(open_channel(state, 2).focus) == Explained(NODE)


@pytest.mark.parametrize("state", [state_of(), open_node(state_of(), NODE)])
def test_without_an_explanation_there_is_no_channel_to_open(state):
    assert open_channel(state, 0) == state


def test_the_picture_itself_is_opened_and_closed_and_leaves_the_tab_stop_where_it_is():
    state = open_input(explain_node(state_of(), NODE))
    assert (state.focus, flat(state).tab_stop) == (InputCard(), NODE)
    assert view_shown(open_input(state).focus) == view_shown(back(state).focus) == Overview()
    assert flat(open_input(state)).tab_stop == flat(back(state)).tab_stop == NODE


def test_back_at_the_overview_does_nothing():
    assert back(state_of()) == state_of()


def test_back_goes_one_level_up_at_a_time():
    state = put_window(open_channel(explain_node(state_of(), NODE), 2), 4, 5)
    once = back(state)
    assert (view_shown(once.focus), flat(once).window) == (Explained(NODE), (4, 5))
    assert (back(once).focus, flat(back(once)).window) == (Overview(), None)


def test_the_overview_is_reached_from_any_depth_at_once():
    deep = open_channel(explain_node(state_of(), NODE), 2)
    assert view_shown(show_overview(deep).focus) == Overview()
    assert flat(show_overview(deep)).tab_stop == NODE
    assert show_overview(state_of()) == state_of()


def test_another_picture_leaves_open_what_is_open_and_the_cursor_in_it():
    state = point_at_cell(open_node(state_of(), NODE), 1, 2)
    chosen = choose_picture(state, "pizza")
    assert (chosen.picture, view_shown(chosen.focus), flat(chosen).map_cell) == (
        "pizza",
        Card(NODE),
        (1, 2),
    )


def test_another_picture_leaves_the_window_and_its_motion_as_they_are():
    state = play(put_window(explain_node(state_of(), NODE), 3, 4))
    chosen = choose_picture(state, "pizza")
    assert (view_shown(chosen.focus), flat(chosen).window, flat(chosen).playing) == (
        Explained(NODE),
        (3, 4),
        True,
    )


def test_another_node_forgets_where_the_cursor_was():
    state = point_at_cell(open_node(state_of(), NODE), 1, 2)
    assert flat(open_node(state, Node("relu_1_1", 0))).map_cell is None


def test_another_view_begins_with_no_window_nothing_revealed_and_nothing_playing():
    state = reveal(put_window(explain_node(state_of(), NODE), 3, 4))
    assert explain_node(play(state), OTHER).focus == Explained(OTHER)
    assert back(play(state)).focus == show_overview(play(state)).focus == Overview()
    assert flat(explain_node(hover(state_of(), NODE, (1, 1)), NODE)).hover is None


def test_the_window_reveals_what_it_passes_and_never_covers_it_again():
    state = slide_to(explain_node(state_of(), NODE), 2, 7)
    assert (flat(state).window, flat(state).reached) == ((2, 7), (2, 7))
    state = slide_to(state, 1, 30)
    assert (flat(state).window, flat(state).reached) == ((1, 30), (2, 7))
    assert flat(slide_to(state, 2, 8)).reached == (2, 8)


def test_sliding_goes_on_playing_and_pointing_stops_it():
    state = play(explain_node(state_of(), NODE))
    assert flat(slide_to(state, 1, 1)).playing
    assert not flat(put_window(state, 1, 1)).playing
    assert flat(put_window(state, 1, 1)).window == (1, 1)


def test_play_and_pause_leave_the_window_where_it_is():
    state = put_window(explain_node(state_of(), NODE), 5, 6)
    assert (flat(play(state)).window, flat(play(state)).playing) == ((5, 6), True)
    assert pause(play(state)) == state


def test_replay_covers_everything_and_begins_at_the_first_place():
    state = replay(reveal(put_window(explain_node(state_of(), NODE), 5, 6)))
    assert (flat(state).window, flat(state).reached, flat(state).playing) == (START, START, True)


def test_to_reveal_shows_everything_and_leaves_the_window_where_it_is():
    state = reveal(play(put_window(explain_node(state_of(), NODE), 5, 6)))
    assert (flat(state).window, flat(state).is_whole, flat(state).playing) == ((5, 6), True, False)


def test_an_unknown_colour_scale_changes_nothing():
    assert choose_scale(state_of(), "galactic") == state_of()


def test_an_unknown_speed_changes_nothing():
    assert choose_speed(state_of(), "ludicrous") == state_of()
    assert flat(choose_speed(state_of(), "slow")).speed == "slow"


def test_an_edit_replaces_the_one_before_of_the_same_kernel_only():
    first, other = Edit(NODE, 0, NINE), Edit(NODE, 1, NINE)
    again = Edit(NODE, 0, NINE[::-1])
    state = edit_kernel(edit_kernel(edit_kernel(state_of(), other), first), again)
    assert state.edits == (again, other)
    assert reset_kernel(state, NODE, 0).edits == (other,)
    assert reset_kernel(state, OTHER, 1) == state
    assert reset_all(state) == state_of()


def test_the_order_in_which_kernels_were_changed_makes_no_other_state():
    one, other = Edit(OTHER, 4, NINE), Edit(NODE, 2, NINE)
    there = edit_kernel(edit_kernel(state_of(), one), other)
    assert there == edit_kernel(edit_kernel(state_of(), other), one)


def test_what_the_page_can_ask_for_is_what_the_views_offer():
    assert set(ACTIONS) == {
        "picture", "open", "original", "expand", "channel", "close", "overview", "scale", "details",
        "parts", "present", "field", "hover", "focus", "cell", "window", "slide", "play", "pause",
        "replay", "reveal", "speed", "kernel", "kernel-reset", "reset", "normalise", "rival",
        "element", "logit", "logits", "logits-reset", "turn", "language", "bring", "mark", "relu",
        "sum", "every-number", "maps", "map", "change", "patch", "brush", "unchange", "layer",
        "network", "opened", "page", "unfold", "pad", "ink",
        *(f"playground.{name}" for name in TRANSITIONS), *FIGURE_STEPS,
    }  # fmt: skip
