"""The sliding window, by its buttons, keys, pointer and clock, over a page without a browser."""

import pytest

from cnnscope.drawing.timeline import CELLS_PER_SECOND
from cnnscope.state.state import SPEEDS, START, Card, Explained, Node, Overview, view_shown
from support.app_on_fake_page import shown_window, started

NODE = Node("conv_1_1", 3)  # 62 by 62
LAST = (61, 61)


def opened(*, still=False, node="conv_1_1/3", address=""):
    app, page = started(address, still=still)
    if node:
        app.act("open", node)
    return app, page


def slid(place, cells, cols=62):
    """The place so many cells on, by counting."""
    row, col = place
    for _ in range(cells):
        row, col = (row, col + 1) if col + 1 < cols else (row + 1, 0)
    return row, col


def test_it_starts_by_itself_at_the_first_cell():
    app, page = opened()
    assert app.state.focus.sweep.playing
    assert page.tick is not None
    page.tick(100.0)
    assert app.state.focus.sweep.place == START
    assert page.elements["play.play"]["data-action"] == "pause"


def test_where_motion_is_unwelcome_everything_is_shown_and_nothing_plays():
    app, page = opened(still=True)
    sweep = app.state.focus.sweep
    assert (sweep.playing, sweep.is_whole, page.tick) == (False, True, None)
    assert shown_window(page) == (0, 0, 62, 0)
    assert page.elements["play.play"]["data-action"] == "play"


def test_where_motion_is_unwelcome_play_can_still_be_asked_for():
    app, page = opened(still=True)
    app.act("play")
    page.tick(5.0)
    page.tick(5.5)
    assert app.state.focus.sweep.place == (0, 30)


@pytest.mark.parametrize("speed", list(CELLS_PER_SECOND))
@pytest.mark.parametrize("seconds", [0.0, 1 / 256, 17 / 64, 65 / 64, 159 / 64, 321 / 64])
def test_the_clock_puts_the_window_so_many_cells_on(speed, seconds):
    app, page = opened()
    app.act("speed", speed)
    began = 1024.25
    page.tick(began)
    page.tick(began + seconds)
    cells = int(seconds * {"slow": 4, "medium": 60, "fast": 600}[speed])
    assert app.state.focus.sweep.place == slid(START, cells)
    assert shown_window(page) == (*slid(START, cells), *slid(START, cells))


def test_it_ends_at_the_last_cell_with_everything_shown_and_the_clock_stopped():
    app, page = opened()
    page.tick(0.0)
    page.tick(1e6)
    assert (
        app.state.focus.sweep.place,
        app.state.focus.sweep.is_whole,
        app.state.focus.sweep.playing,
    ) == (LAST, True, False)
    assert page.tick is None
    assert page.elements["play.skip"]["data-action"] == "replay"


def test_play_at_the_end_begins_anew():
    app, page = opened()
    app.act("skip")
    assert (app.state.focus.sweep.place, app.state.focus.sweep.is_whole) == (LAST, True)
    app.act("play")
    assert (
        app.state.focus.sweep.place,
        app.state.focus.sweep.reached,
        app.state.focus.sweep.playing,
    ) == (START, START, True)
    page.tick(7.0)
    page.tick(8.0)
    assert app.state.focus.sweep.place == (0, 60)


def test_play_goes_on_from_where_the_window_was_put():
    app, page = opened()
    page.tick(0.0)
    app.point("output", 20, 60)
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing, page.tick) == (
        (20, 60),
        False,
        None,
    )
    app.act("play")
    page.tick(50.0)
    assert app.state.focus.sweep.place == (20, 60)
    page.tick(50.06)
    assert app.state.focus.sweep.place == (21, 1)


def test_a_frame_that_comes_after_the_pause_moves_nothing():
    app, page = opened()
    tick = page.tick
    tick(0.0)
    app.act("pause")
    tick(9.0)
    assert app.state.focus.sweep.place == START
    assert not app.state.focus.sweep.playing


def test_pause_and_play_do_not_skip_the_time_between():
    app, page = opened()
    page.tick(0.0)
    page.tick(0.5)
    app.act("pause")
    app.act("play")
    page.tick(60.0)
    page.tick(60.5)
    assert app.state.focus.sweep.place == slid(START, 60)


def test_another_speed_goes_on_from_where_the_window_is():
    app, page = opened()
    page.tick(0.0)
    page.tick(1.0)
    app.act("speed", "slow")
    page.tick(1.1)
    page.tick(2.1)
    assert app.state.focus.sweep.place == slid(START, 64)
    assert page.elements["play.slow"]["aria-pressed"] == "true"
    assert page.elements["play.medium"]["aria-pressed"] == "false"
    assert page.addresses[-1].endswith("speed=slow")


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


def test_replay_covers_the_result_and_slides_from_the_first_cell():
    app, page = opened()
    app.act("skip")
    app.act("replay")
    assert shown_window(page) == (0, 0, 0, 0)
    page.tick(3.0)
    page.tick(3.5)
    assert shown_window(page) == (0, 30, 0, 30)


def test_replay_while_it_slides_slides_from_the_first_cell_too():
    app, page = opened()
    page.tick(0.0)
    page.tick(2.0)
    app.act("replay")
    page.tick(2.0625)
    page.tick(2.5625)
    assert app.state.focus.sweep.place == (0, 30)


def test_what_was_revealed_stays_when_the_window_goes_back():
    app, page = opened()
    page.tick(0.0)
    page.tick(10.0)
    place = app.state.focus.sweep.place
    app.point("output", 1, 1)
    assert shown_window(page) == (1, 1, *place)


def test_pointing_at_an_input_puts_the_window_about_the_cell():
    app, _ = opened()
    app.hover(Node("input", 2), (30, 40))
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == ((29, 39), False)
    app.point("input", 0, 63)
    assert app.state.focus.sweep.place == (0, 61)
    app.point("contribution", 7, 8)
    assert app.state.focus.sweep.place == (7, 8)


def test_pointing_at_a_map_that_is_not_explained_moves_nothing():
    app, page = opened()
    page.tick(0.0)
    app.hover(Node("relu_1_2", 2), (30, 40))
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == (START, True)


@pytest.mark.parametrize("place", ["explained", "card.input", "card.contribution"])
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


def test_leaving_stops_the_clock_and_coming_back_starts_anew():
    app, page = opened()
    page.tick(0.0)
    page.tick(1.0)
    app.press("Escape", "explained")
    assert (view_shown(app.state.focus), page.tick) == (Overview(), None)
    app.act("open", "conv_1_1/3")
    assert (
        app.state.focus.sweep.place,
        app.state.focus.sweep.reached,
        app.state.focus.sweep.playing,
    ) == (None, START, True)


def test_another_node_starts_anew():
    app, page = opened()
    page.tick(0.0)
    page.tick(1.0)
    app.act("open", "conv_2_2/0")
    assert view_shown(app.state.focus) == Explained(Node("conv_2_2", 0))
    page.tick(1.1)
    page.tick(1.6)
    assert app.state.focus.sweep.place == slid(START, 30, cols=26)


def test_a_card_opens_and_closes_without_stopping_the_slide():
    app, page = opened()
    page.tick(0.0)
    page.tick(0.5)
    app.act("channel", "1")
    page.tick(0.5625)
    page.tick(1.0625)
    assert (app.state.focus.sweep.playing, app.state.focus.sweep.place) == (True, (0, 60))
    app.act("close")
    assert app.state.focus.sweep.playing
    assert page.tick is not None


def test_another_picture_goes_on_sliding_where_the_window_is():
    app, page = opened()
    page.tick(0.0)
    page.tick(0.5)
    app.act("picture", "pizza")
    page.tick(1.0)
    assert (app.state.focus.sweep.playing, app.state.focus.sweep.place) == (True, (0, 60))


def test_a_place_in_the_address_is_shown_and_nothing_plays():
    app, page = opened(node="", address="view=conv_1_1/3&cell=4,5")
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing, page.tick) == (
        (4, 5),
        False,
        None,
    )
    assert shown_window(page) == (4, 5, 62, 0)


def test_an_address_without_a_place_starts_by_itself():
    app, page = opened(node="", address="view=conv_1_1/3")
    assert app.state.focus.sweep.playing
    page.tick(0.0)
    page.tick(1.0)
    assert app.state.focus.sweep.place == (0, 60)


def test_back_to_another_picture_of_the_same_view_leaves_something_to_see():
    app, page = opened()
    page.tick(0.0)
    app.act("picture", "pizza")
    page.addresses.pop()
    app.navigate(page.addresses[-1])
    assert (app.model.picture, view_shown(app.state.focus)) == ("espresso", Explained(NODE))
    assert app.state.focus.sweep.playing or app.state.focus.sweep.is_whole


def test_back_from_a_card_puts_the_window_where_the_address_says():
    app, page = opened(still=True)
    app.dispatch("window", 1, 1)
    app.act("channel", "2")
    app.dispatch("window", 5, 6)
    page.addresses.pop()
    app.navigate(page.addresses[-1])
    assert (view_shown(app.state.focus), app.state.focus.sweep.place) == (Explained(NODE), (1, 1))
    assert shown_window(page)[:2] == (1, 1)
    assert page.elements["stage.value"]["text"].startswith("row 2, column 2: ")


def test_a_slide_of_a_card_of_another_kind_is_none():
    app, page = opened(node="input/1")
    assert (view_shown(app.state.focus), page.tick) == (Card(Node("input", 1)), None)


def test_a_page_that_was_hidden_goes_on_where_the_window_was():
    app, page = opened()
    page.tick(0.0)
    page.tick(1.0)
    place = app.player.place
    page.frames["explainer"](60.0)
    assert app.player.place == place
    page.frames["explainer"](60.1)
    assert place < app.player.place < app.player.slide.last


def test_back_within_a_view_does_not_lift_the_curtain():
    app, page = opened()
    page.tick(0.0)
    page.tick(0.5)
    app.act("pause")
    seen = app.state.focus.sweep.reached
    app.act("channel", "1")
    page.addresses.pop()
    app.navigate(page.addresses[-1], is_step=True)
    assert app.state.focus.sweep.reached == seen
    assert not app.state.focus.sweep.is_whole


def test_a_step_back_keeps_kernels_speed_and_fields():
    app, page = opened(still=True)
    app.act("channel", "1")
    app.act("preset", "edges")
    app.act("speed", "fast")
    app.act("field")
    kept = app.state
    page.addresses.pop()
    app.navigate(page.addresses[-1], is_step=True)
    assert view_shown(app.state.focus) == Explained(NODE)
    assert (app.state.edits, app.state.reading.speed, app.state.field) == (kept.edits, "fast", True)
    assert "kernel=" in page.addresses[-1]
    assert "hidden" not in page.elements["edited"]


def test_every_speed_that_can_be_chosen_has_its_pace():
    assert set(CELLS_PER_SECOND) == set(SPEEDS)
