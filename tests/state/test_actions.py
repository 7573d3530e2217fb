import pytest

from cnnscope.state.actions import (
    ACTIONS,
    back,
    choose_picture,
    choose_scale,
    choose_speed,
    edit_kernel,
    expand_node,
    hover,
    open_channel,
    open_node,
    open_original,
    pause,
    play,
    point_at_cell,
    put_window,
    replay,
    reset_all,
    reset_kernel,
    reveal,
    show_overview,
    slide_to,
)
from cnnscope.state.playground import TRANSITIONS
from cnnscope.state.state import (
    END,
    START,
    Detail,
    Edit,
    Expanded,
    Node,
    Original,
    Overview,
    State,
)

NODE = Node("conv_1_1", 3)
OTHER = Node("conv_1_2", 0)
NINE = tuple(float(i) for i in range(9))


def test_opening_a_node_twice_closes_it():
    opened = open_node(State(), NODE)
    assert opened.focus == Detail(NODE)
    assert open_node(opened, NODE).focus == Overview()


def test_opening_another_node_switches_to_it():
    assert open_node(open_node(State(), NODE), Node("output", 0)).focus == Detail(Node("output", 0))


def test_expanding_a_node_twice_closes_it():
    expanded = expand_node(State(), NODE)
    assert expanded.focus == Expanded(NODE)
    assert expand_node(expanded, NODE).focus == Overview()
    assert expand_node(open_channel(expanded, 1), NODE).focus == Overview()


def test_expanding_another_node_switches_to_it_and_to_none_of_its_channels():
    state = open_channel(expand_node(State(), NODE), 2)
    assert expand_node(state, OTHER).focus == Expanded(OTHER)


def test_opening_a_channel_twice_closes_it_and_another_takes_its_place():
    state = open_channel(expand_node(State(), NODE), 2)
    assert state.focus == Expanded(NODE, 2)
    assert open_channel(state, 0).focus == Expanded(NODE, 0)
    assert open_channel(state, 2).focus == Expanded(NODE)


@pytest.mark.parametrize("state", [State(), open_node(State(), NODE)])
def test_without_an_explanation_there_is_no_channel_to_open(state):
    assert open_channel(state, 0) == state


def test_the_picture_itself_is_opened_and_closed_and_leaves_the_tab_stop_where_it_is():
    state = open_original(expand_node(State(), NODE))
    assert (state.focus, state.cursor) == (Original(), NODE)
    assert open_original(state).focus == back(state).focus == Overview()
    assert open_original(state).cursor == back(state).cursor == NODE


def test_back_at_the_overview_does_nothing():
    assert back(State()) == State()


def test_back_goes_one_level_up_at_a_time():
    state = put_window(open_channel(expand_node(State(), NODE), 2), 4, 5)
    once = back(state)
    assert (once.focus, once.window) == (Expanded(NODE), (4, 5))
    assert (back(once).focus, back(once).window) == (Overview(), None)


def test_the_overview_is_reached_from_any_depth_at_once():
    deep = open_channel(expand_node(State(), NODE), 2)
    assert show_overview(deep).focus == Overview()
    assert show_overview(deep).cursor == NODE
    assert show_overview(State()) == State()


def test_another_picture_leaves_open_what_is_open_and_the_cursor_in_it():
    state = point_at_cell(open_node(State(), NODE), 1, 2)
    chosen = choose_picture(state, "pizza")
    assert (chosen.picture, chosen.focus, chosen.map_cell) == ("pizza", Detail(NODE), (1, 2))


def test_another_picture_leaves_the_window_and_its_motion_as_they_are():
    state = play(put_window(expand_node(State(), NODE), 3, 4))
    chosen = choose_picture(state, "pizza")
    assert (chosen.focus, chosen.window, chosen.playing) == (Expanded(NODE), (3, 4), True)


def test_another_node_forgets_where_the_cursor_was():
    state = point_at_cell(open_node(State(), NODE), 1, 2)
    assert open_node(state, Node("relu_1_1", 0)).map_cell is None


def test_another_view_begins_with_no_window_nothing_revealed_and_nothing_playing():
    state = reveal(put_window(expand_node(State(), NODE), 3, 4))
    for entered in (expand_node(play(state), OTHER), back(play(state)), show_overview(play(state))):
        assert (entered.window, entered.reached, entered.playing) == (None, START, False)
    assert expand_node(hover(State(), NODE, (1, 1)), NODE).hover is None


def test_the_window_reveals_what_it_passes_and_never_covers_it_again():
    state = slide_to(expand_node(State(), NODE), 2, 7)
    assert (state.window, state.reached) == ((2, 7), (2, 7))
    state = slide_to(state, 1, 30)
    assert (state.window, state.reached) == ((1, 30), (2, 7))
    assert slide_to(state, 2, 8).reached == (2, 8)


def test_sliding_goes_on_playing_and_pointing_stops_it():
    state = play(expand_node(State(), NODE))
    assert slide_to(state, 1, 1).playing
    assert not put_window(state, 1, 1).playing
    assert put_window(state, 1, 1).window == (1, 1)


def test_play_and_pause_leave_the_window_where_it_is():
    state = put_window(expand_node(State(), NODE), 5, 6)
    assert (play(state).window, play(state).playing) == ((5, 6), True)
    assert pause(play(state)) == state


def test_replay_covers_everything_and_begins_at_the_first_place():
    state = replay(reveal(put_window(expand_node(State(), NODE), 5, 6)))
    assert (state.window, state.reached, state.playing) == (START, START, True)


def test_to_reveal_shows_everything_and_leaves_the_window_where_it_is():
    state = reveal(play(put_window(expand_node(State(), NODE), 5, 6)))
    assert (state.window, state.reached, state.playing) == ((5, 6), END, False)


def test_an_unknown_colour_scale_changes_nothing():
    assert choose_scale(State(), "galactic") == State()


def test_an_unknown_speed_changes_nothing():
    assert choose_speed(State(), "ludicrous") == State()
    assert choose_speed(State(), "slow").speed == "slow"


def test_an_edit_replaces_the_one_before_of_the_same_kernel_only():
    first, other = Edit(NODE, 0, NINE), Edit(NODE, 1, NINE)
    again = Edit(NODE, 0, NINE[::-1])
    state = edit_kernel(edit_kernel(edit_kernel(State(), other), first), again)
    assert state.edits == (again, other)
    assert reset_kernel(state, NODE, 0).edits == (other,)
    assert reset_kernel(state, OTHER, 1) == state
    assert reset_all(state) == State()


def test_the_order_in_which_kernels_were_changed_makes_no_other_state():
    one, other = Edit(OTHER, 4, NINE), Edit(NODE, 2, NINE)
    there = edit_kernel(edit_kernel(State(), one), other)
    assert there == edit_kernel(edit_kernel(State(), other), one)


def test_what_the_page_can_ask_for_is_what_the_views_offer():
    assert set(ACTIONS) == {
        "picture", "open", "original", "expand", "channel", "close", "overview", "scale", "details",
        "field", "hover", "focus", "cell", "window", "slide", "play", "pause", "replay", "reveal",
        "speed", "kernel", "kernel-reset", "reset", "normalise", "rival", "element", "logit",
        "logits", "logits-reset", "turn", "language", "bring",
        *(f"playground.{name}" for name in TRANSITIONS),
    }  # fmt: skip
