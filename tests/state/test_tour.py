from dataclasses import replace

import pytest

from cnnscope.state.figures import FIGURE_STEPS, come_near
from cnnscope.state.opening import (
    explain_node,
)
from cnnscope.state.state import SOFTMAX, Edit, Explained, Node, Overview
from cnnscope.state.sweep import Sweep
from cnnscope.state.tour import (
    SHOWN,
    STOPS,
    TRIED,
    again,
    covered,
    finish,
    fold,
    go_to,
    guess,
    is_at_stop,
    is_same,
    leave,
    on_screen,
)
from cnnscope.state.url import from_hash, resumed, step, strayed, structure, to_hash
from cnnscope.state.validation import has_tour, validated
from cnnscope.views.registry import view_facts
from support.app_on_fake_page import pictures
from support.networks import other_network, tiny_vgg, trained
from support.states import changed, flat, put_window, state_of

NUMBERS = range(1, len(STOPS) + 1)
ELSEWHERE = state_of(
    picture="koala",
    focus=Explained(Node("max_pool_2", 4)),
    window=(2, 3),
    scale="global",
    field=True,
    edits=(Edit(Node("conv_2_1", 0), 0, (1.0,) * 9),),
)


def with_layer(name, **settings):
    """The network with other settings of a layer."""
    network = tiny_vgg()
    layers = (replace(each, **settings) if each.name == name else each for each in network.layers)
    return replace(network, layers=tuple(layers))


def settle(state):
    return validated(state, trained(), tuple(pictures()), view_facts)


PUBLISHED = ("pixels", "kernel", "channels", "maps", "relu", "pooling", "field", "flatten",
             "softmax", "limits")  # fmt: skip
"""What the first ten numbers stand for in addresses that are out."""


def test_a_published_number_goes_on_meaning_the_same_stop():
    keys = [stop.key for stop in STOPS]
    assert tuple(keys[:10]) == PUBLISHED
    assert keys[10:] == ["linear", "end"]


def test_all_stops_but_the_last_ask_something():
    assert [stop.asks for stop in STOPS] == [True] * 11 + [False]
    last = go_to(state_of(), len(STOPS))
    assert guess(last, 0) == guess(last, SHOWN) == last


def test_a_covered_map_is_covered_until_the_answer_and_nowhere_else():
    asked = go_to(state_of(), 4)
    assert covered(asked) == (Node("conv_1_1", 5), Node("relu_1_1", 5))
    assert covered(guess(asked, 1)) == covered(leave(asked)) == ()
    assert asked.pointer.node == covered(asked)[0]
    others = (go_to(state_of(), number) for number in NUMBERS if number != 4)
    assert not any(map(covered, others))


def test_all_relus_are_off_only_once_it_is_asked_what_that_does():
    asked = go_to(state_of(), 11)
    assert asked.relu
    assert not guess(asked, SHOWN).relu
    assert go_to(guess(asked, SHOWN), 12).relu


def test_the_last_stop_s_kernel_to_change_is_the_one_of_the_second():
    assert settle(TRIED) == TRIED
    assert go_to(state_of(), 2).focus == TRIED.focus


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stop_settles_to_itself(number):
    at_stop = go_to(state_of(), number)
    assert settle(at_stop) == at_stop
    answered = guess(at_stop, 0)
    assert changed(settle(answered), hover=None) == changed(answered, hover=None)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stop_is_its_number_in_the_address_before_and_after_its_answer(number):
    at_stop = go_to(state_of(), number)
    for state in (at_stop, guess(at_stop, 1), guess(at_stop, SHOWN)):
        assert to_hash(state) == f"tour={number}"
    assert structure(from_hash(f"#tour={number}")) == structure(at_stop)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stop_is_the_same_wherever_one_comes_from(number):
    for before in (state_of(), ELSEWHERE, guess(go_to(state_of(), 3), 0), go_to(ELSEWHERE, 10)):
        alike = changed(go_to(state_of(), number), scale=flat(before).scale)
        assert structure(go_to(before, number)) == structure(alike)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "away",
    [
        lambda state: changed(state, focus=Overview(), window=None, picture="koala"),
        lambda state: changed(state, focus=Overview(), window=None, picture=None, field=True),
        lambda state: explain_node(state, Node("conv_1_1", 0)),
        lambda state: changed(state, picture="pizza"),
        lambda state: changed(state, picture=None),
        lambda state: changed(state, edits=ELSEWHERE.edits),
        lambda state: changed(ELSEWHERE, tour=state.tour.stop),
    ],
)
def test_what_is_strayed_to_survives_the_address_and_the_way_back(number, away):
    state = settle(away(go_to(state_of(), number)))
    assert not is_at_stop(state)
    assert structure(from_hash(to_hash(state))) == structure(state)
    alike = changed(go_to(state_of(), number), scale=flat(state).scale)
    assert structure(again(state)) == structure(alike)


VARIATIONS = {
    "feature": lambda focus: replace(focus, feature=1098),
    "place": lambda focus: replace(focus, sweep=Sweep((1, 2), is_whole=True)),
    "rival": lambda focus: replace(focus, contrast=5),
    "channel": lambda focus: replace(focus, channel=2),
    "view": lambda focus: replace(focus, view=SOFTMAX),
    "reached": lambda focus: replace(focus, sweep=Sweep((1, 2), playing=True)),
}
"""What a visitor may change in a view, without leaving it."""


WITH_VIEW = [n for n in NUMBERS if isinstance(go_to(state_of(), n).focus, Explained)]
"""The stops that open a view."""


def varied(state, name):
    return settle(replace(state, focus=VARIATIONS[name](state.focus)))


@pytest.mark.parametrize("name", VARIATIONS)
@pytest.mark.parametrize("number", WITH_VIEW)
def test_what_is_changed_in_a_stop_s_view_survives_the_address(number, name):
    state = varied(go_to(state_of(), number), name)
    assert structure(from_hash(to_hash(state))) == structure(state)


ANSWERED = [
    (number, name)
    for number in WITH_VIEW
    for name in VARIATIONS
    # else the answer shows what is told by the number
    if to_hash(varied(guess(go_to(state_of(), number), 0), name)) != f"tour={number}"
]
"""Where a change is in the address after the answer."""


@pytest.mark.parametrize(("number", "name"), ANSWERED)
def test_what_is_changed_after_an_answer_survives_the_way_back(number, name):
    state = varied(guess(go_to(state_of(), number), 0), name)
    assert structure(settle(resumed(from_hash(to_hash(state)), state))) == structure(state)


def test_many_changes_after_an_answer_are_in_the_address():
    assert len(ANSWERED) > len(WITH_VIEW) * len(VARIATIONS) / 3


@pytest.mark.parametrize("number", NUMBERS)
def test_what_an_answer_would_show_survives_the_address_before_it_is_given(number):
    here = STOPS[number - 1]
    shown = here.shown
    if is_same(shown, here.screen):  # but for the window, which slides
        shown = here.screen
    state = settle(on_screen(go_to(state_of(), number), shown))
    assert structure(from_hash(to_hash(state))) == structure(state)


def test_where_a_sliding_window_was_put_survives_the_address():
    state = settle(put_window(go_to(state_of(), 2), 1, 1))
    assert structure(from_hash(to_hash(state))) == structure(state)
    assert flat(from_hash(to_hash(state))).window == (1, 1)


def test_another_picture_at_a_stop_has_a_short_address():
    state = replace(go_to(state_of(), 5), picture="koala")
    assert to_hash(state) == "tour=5&picture=koala"
    assert from_hash("tour=5&picture=koala").focus == go_to(state_of(), 5).focus


@pytest.mark.parametrize("number", [2, 3, 6])
def test_a_window_moved_from_where_a_stop_places_it_is_strayed(number):
    placed = go_to(state_of(), number)
    assert is_at_stop(placed)
    assert not is_at_stop(put_window(placed, 1, 1))


def test_a_window_that_no_stop_places_may_stand_anywhere():
    vote = go_to(state_of(), 8)
    assert is_at_stop(replace(vote, focus=replace(vote.focus, feature=3)))


def test_what_is_set_for_reading_stays_and_is_in_the_address():
    state = go_to(state_of(details=False, scale="global", speed="fast", language="zh"), 2)
    assert (flat(state).details, flat(state).scale) == (False, "global")
    assert (flat(state).speed, flat(state).language) == ("fast", "zh")
    assert to_hash(state) == "tour=2&lang=zh&scale=global&speed=fast&details=off"
    assert to_hash(guess(state, 0)) == to_hash(state)
    assert is_at_stop(state)
    assert structure(from_hash(to_hash(state))) == structure(state)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_live_figure_that_is_seen_goes_on(number):
    near = come_near(state_of().figures, "sliding")
    seen = replace(state_of(), figures=FIGURE_STEPS["sliding.replay"](near))
    assert seen.figures.sliding.sweep.playing
    there = go_to(seen, number)
    assert there.figures == seen.figures
    assert guess(there, 0).figures == again(there).figures == seen.figures


def test_each_stop_is_a_step_for_back():
    steps = [step(go_to(state_of(), number)) for number in NUMBERS]
    assert len({*map(repr, steps), repr(step(state_of()))}) == len(STOPS) + 1


def test_answering_twice_leaves_the_screen_and_beyond_the_answers_there_are_none():
    state = go_to(state_of(), 6)
    first = guess(state, 0)
    assert first.focus == STOPS[5].shown.focus
    elsewhere = changed(first, focus=Overview())
    assert guess(elsewhere, 1) == changed(elsewhere, guess=1)
    assert guess(state, 3) == state
    assert guess(state, -2) == state
    assert guess(state_of(), 0) == state_of()


def test_back_at_a_stop_is_where_its_question_stands():
    state = go_to(state_of(), 6)
    assert again(explain_node(state, Node("conv_1_1", 0))).focus == STOPS[5].screen.focus
    answered = guess(state, 2)
    assert again(explain_node(answered, Node("conv_1_1", 0))).focus == STOPS[5].shown.focus
    assert again(state_of()) == state_of()


def test_finishing_keeps_the_screen_and_the_next_tour_begins_at_the_start():
    state = finish(go_to(state_of(), len(STOPS)))
    assert (state.tour.stop, flat(state).guess, flat(state).resume) == (None, None, 1)
    assert state.focus == STOPS[-1].screen.focus


def test_leaving_keeps_the_screen_and_the_place_to_go_on_from():
    state = leave(guess(go_to(state_of(), 4), 0))
    assert (state.tour.stop, flat(state).guess, flat(state).resume) == (None, None, 4)
    assert state.focus == STOPS[3].shown.focus
    assert "tour" not in to_hash(state)


def test_beyond_the_ends_there_is_no_stop():
    assert go_to(state_of(), 0) == state_of()
    assert go_to(state_of(), 13) == state_of()
    for text in ("tour=0", "tour=13", "tour=-1", "tour=x", "tour="):
        assert from_hash(text) == state_of()


def test_a_fold_lasts_until_the_next_stop():
    state = fold(go_to(state_of(), 1))
    assert flat(state).folded
    assert not flat(fold(state)).folded
    assert not flat(go_to(state, 2)).folded


def test_off_the_tour_nothing_strayed():
    assert strayed(ELSEWHERE) == ELSEWHERE
    assert not is_at_stop(state_of())


def test_a_network_or_page_without_what_the_stops_show_has_no_tour():
    assert has_tour(trained(), tuple(pictures()), view_facts)
    assert not has_tour(other_network(), tuple(pictures()), view_facts)
    assert not has_tour(tiny_vgg(), ("espresso", "pizza"), view_facts)
    assert has_tour(tiny_vgg(), tuple(pictures()), view_facts)
    assert not has_tour(with_layer("max_pool_1", size=1), tuple(pictures()), view_facts)
    state = validated(go_to(state_of(), 3), other_network(), tuple(pictures()), view_facts)
    assert (state.tour.stop, state.focus) == (None, Overview())
