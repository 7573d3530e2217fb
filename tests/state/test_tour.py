from dataclasses import replace

import pytest

from cnnscope.state.actions import expand_node, put_window
from cnnscope.state.state import Edit, Expanded, Node, Overview, State
from cnnscope.state.tour import (
    SHOWN,
    STOPS,
    again,
    finish,
    fold,
    go_to,
    guess,
    is_at_stop,
    is_same,
    leave,
    on_screen,
    strayed,
)
from cnnscope.state.url import from_hash, step, structure, to_hash
from cnnscope.state.validation import has_tour, validated
from support.app_on_fake_page import pictures
from support.networks import other_network, tiny_vgg, trained

NUMBERS = range(1, len(STOPS) + 1)
ELSEWHERE = State(
    picture="koala",
    focus=Expanded(Node("max_pool_2", 4)),
    window=(2, 3),
    scale="global",
    field=True,
    edits=(Edit(Node("conv_2_1", 0), 0, (1.0,) * 9),),
)


def changed(name, **settings):
    """The network with other settings of a layer."""
    network = tiny_vgg()
    layers = (replace(each, **settings) if each.name == name else each for each in network.layers)
    return replace(network, layers=tuple(layers))


def settle(state):
    return validated(state, trained(), tuple(pictures()))


def test_there_are_ten_stops_from_the_picture_to_the_answer():
    keys = [stop.key for stop in STOPS]
    assert len(set(keys)) == 10
    assert keys[0] == "pixels"
    assert keys[-1] == "limits"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stop_settles_to_itself(number):
    at_stop = go_to(State(), number)
    assert settle(at_stop) == at_stop
    answered = guess(at_stop, 0)
    assert replace(settle(answered), hover=None) == replace(answered, hover=None)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stop_is_its_number_in_the_address_before_and_after_its_answer(number):
    at_stop = go_to(State(), number)
    for state in (at_stop, guess(at_stop, 1), guess(at_stop, SHOWN)):
        assert to_hash(state) == f"tour={number}"
    assert structure(from_hash(f"#tour={number}")) == structure(at_stop)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stop_is_the_same_wherever_one_comes_from(number):
    for before in (State(), ELSEWHERE, guess(go_to(State(), 3), 0), go_to(ELSEWHERE, 10)):
        alike = replace(go_to(State(), number), scale=before.scale)
        assert structure(go_to(before, number)) == structure(alike)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "away",
    [
        lambda state: replace(state, focus=Overview(), window=None, picture="koala"),
        lambda state: replace(state, focus=Overview(), window=None, picture=None, field=True),
        lambda state: expand_node(state, Node("conv_1_1", 0)),
        lambda state: replace(state, picture="pizza"),
        lambda state: replace(state, picture=None),
        lambda state: replace(state, edits=ELSEWHERE.edits),
        lambda state: replace(ELSEWHERE, tour=state.tour),
    ],
)
def test_what_is_strayed_to_survives_the_address_and_the_way_back(number, away):
    state = settle(away(go_to(State(), number)))
    assert not is_at_stop(state)
    assert structure(from_hash(to_hash(state))) == structure(state)
    alike = replace(go_to(State(), number), scale=state.scale)
    assert structure(again(state)) == structure(alike)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_an_answer_would_show_survives_the_address_before_it_is_given(number):
    here = STOPS[number - 1]
    shown = here.shown
    if is_same(shown, here.screen):  # but for the window, which slides
        shown = here.screen
    state = settle(on_screen(go_to(State(), number), shown))
    assert structure(from_hash(to_hash(state))) == structure(state)


def test_where_a_sliding_window_was_put_survives_the_address():
    state = settle(put_window(go_to(State(), 2), 1, 1))
    assert structure(from_hash(to_hash(state))) == structure(state)
    assert from_hash(to_hash(state)).window == (1, 1)
    sliding = replace(state, playing=True)
    assert to_hash(sliding) == "tour=2"


def test_another_picture_at_a_stop_has_a_short_address():
    state = replace(go_to(State(), 5), picture="koala")
    assert to_hash(state) == "tour=5&picture=koala"
    assert from_hash("tour=5&picture=koala").focus == go_to(State(), 5).focus


def test_the_window_of_a_stop_is_strayed_from_only_where_the_stop_places_it():
    placed = go_to(State(), 3)
    assert is_at_stop(placed)
    assert not is_at_stop(put_window(placed, 1, 1))
    sliding = go_to(State(), 2)
    assert is_at_stop(put_window(sliding, 1, 1))


def test_what_is_set_for_reading_stays_and_is_in_the_address():
    state = go_to(State(details=False, scale="global", speed="fast", language="zh"), 2)
    assert (state.details, state.scale) == (False, "global")
    assert (state.speed, state.language) == ("fast", "zh")
    assert to_hash(state) == "tour=2&lang=zh&scale=global&speed=fast&details=off"
    assert to_hash(guess(state, 0)) == to_hash(state)
    assert is_at_stop(state)
    assert structure(from_hash(to_hash(state))) == structure(state)


def test_each_stop_is_a_step_for_back():
    steps = [step(go_to(State(), number)) for number in NUMBERS]
    assert len({*map(repr, steps), repr(step(State()))}) == len(STOPS) + 1


def test_answering_twice_leaves_the_screen_and_beyond_the_answers_there_are_none():
    state = go_to(State(), 6)
    first = guess(state, 0)
    assert first.focus == STOPS[5].shown.focus
    elsewhere = replace(first, focus=Overview(), window=None)
    assert guess(elsewhere, 1) == replace(elsewhere, guess=1)
    assert guess(state, 3) == state
    assert guess(state, -2) == state
    assert guess(State(), 0) == State()


def test_back_at_a_stop_is_where_its_question_stands():
    state = go_to(State(), 6)
    assert again(expand_node(state, Node("conv_1_1", 0))).focus == STOPS[5].screen.focus
    answered = guess(state, 2)
    assert again(expand_node(answered, Node("conv_1_1", 0))).focus == STOPS[5].shown.focus
    assert again(State()) == State()


def test_finishing_keeps_the_screen_and_the_next_tour_begins_at_the_start():
    state = finish(go_to(State(), len(STOPS)))
    assert (state.tour, state.guess, state.resume) == (None, None, 1)
    assert state.focus == STOPS[-1].screen.focus


def test_leaving_keeps_the_screen_and_the_place_to_go_on_from():
    state = leave(guess(go_to(State(), 4), 0))
    assert (state.tour, state.guess, state.resume) == (None, None, 4)
    assert state.focus == STOPS[3].shown.focus
    assert "tour" not in to_hash(state)


def test_beyond_the_ends_there_is_no_stop():
    assert go_to(State(), 0) == State()
    assert go_to(State(), 11) == State()
    for text in ("tour=0", "tour=11", "tour=-1", "tour=x", "tour="):
        assert from_hash(text) == State()


def test_a_fold_lasts_until_the_next_stop():
    state = fold(go_to(State(), 1))
    assert state.folded
    assert not fold(state).folded
    assert not go_to(state, 2).folded


def test_off_the_tour_nothing_strayed():
    assert strayed(ELSEWHERE) == ELSEWHERE
    assert not is_at_stop(State())


def test_a_network_or_page_without_what_the_stops_show_has_no_tour():
    assert has_tour(trained(), tuple(pictures()))
    assert not has_tour(other_network(), tuple(pictures()))
    assert not has_tour(tiny_vgg(), ("espresso", "pizza"))
    assert has_tour(tiny_vgg(), tuple(pictures()))
    assert not has_tour(changed("max_pool_1", size=1), tuple(pictures()))
    state = validated(go_to(State(), 3), other_network(), tuple(pictures()))
    assert (state.tour, state.focus) == (None, Overview())
