"""The sliding window put somewhere: by steps, slider, pointer and keys."""

import pytest

from cnnscope.state.state import START, Node
from support.app_on_fake_page import shown_window
from support.sliding import opened

LAST = (61, 61)


def test_steps_go_cell_by_cell_in_reading_order_and_stop_the_slide():
    app, page = opened()
    page.tick(0.0)
    app.act("step")
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing, page.tick) == (
        (0, 1),
        False,
        None,
    )
    app.act("back")
    app.act("back")
    assert app.state.focus.sweep.place == START
    app.dispatch("window", 0, 61)
    app.act("step")
    assert app.state.focus.sweep.place == (1, 0)
    app.act("back")
    assert app.state.focus.sweep.place == (0, 61)
    app.dispatch("window", *LAST)
    app.act("step")
    assert app.state.focus.sweep.place == LAST


def test_a_step_says_the_value_that_stands_there():
    app, page = opened(still=True)
    app.act("step")
    value = f"{app.model.trace['conv_1_1'][3, 0, 1]:.3f}".replace("-", "−")
    assert page.said[-1].startswith(f"row 1, column 2: {value}. ")
    assert page.elements["stage.value"]["text"] == f"row 1, column 2: {value}"


def test_the_slider_puts_the_window_anywhere_and_stops_the_slide():
    app, page = opened()
    app.player.scrub(str(62 * 3 + 5), is_final=False)
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == ((3, 5), False)
    assert page.elements["play.place"]["value"] == str(62 * 3 + 5)
    for text in ("", "x", "-3", "1.5"):
        app.player.scrub(text, is_final=False)
        assert app.state.focus.sweep.place == (3, 5)
    app.player.scrub("99999", is_final=False)
    assert app.state.focus.sweep.place == LAST


def test_what_was_revealed_stays_when_the_window_goes_back():
    app, page = opened()
    page.tick(0.0)
    page.tick(10.0)
    place = app.state.focus.sweep.place
    app.pointer.point("output", 1, 1)
    assert shown_window(page) == (1, 1, *place)


def test_pointing_at_an_input_puts_the_window_about_the_cell():
    app, _ = opened()
    app.pointer.hover(Node("input", 2), (30, 40))
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == ((29, 39), False)
    app.pointer.point("input", 0, 63)
    assert app.state.focus.sweep.place == (0, 61)
    app.pointer.point("contribution", 7, 8)
    assert app.state.focus.sweep.place == (7, 8)


def test_pointing_at_a_map_that_is_not_explained_moves_nothing():
    app, page = opened()
    page.tick(0.0)
    app.pointer.hover(Node("relu_1_2", 2), (30, 40))
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == (START, True)


@pytest.mark.parametrize("place", ["explained", "card.input"])
def test_arrow_keys_over_a_map_move_the_window_and_space_plays(place):
    app, page = opened()
    app.act("channel", "0")
    assert app.press("ArrowDown", place)
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == ((1, 0), False)
    assert app.press("ArrowRight", place)
    assert app.press("End", place)
    assert app.press("PageDown", place)
    assert app.state.focus.sweep.place == (11, 61)
    assert page.said[-1].startswith("row 12, column 62: ")
    assert app.press(" ", place)
    assert app.state.focus.sweep.playing
    assert app.press(" ", place)
    assert not app.state.focus.sweep.playing
    assert not app.press("x", place)


def test_without_an_explanation_there_is_nothing_to_play():
    for node in ("", "input/1"):
        app, page = opened(node=node)
        before = app.state
        for action in ("play", "pause", "step", "back", "skip", "replay"):
            app.act(action)
        assert app.state == before
        assert page.tick is None
