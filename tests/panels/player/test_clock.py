"""The sliding window by its clock: when it starts, how fast it goes, where it ends."""

import pytest

from cnnscope.drawing.timeline import PACES
from cnnscope.state.state import SPEEDS, START
from support.app_on_fake_page import shown_window
from support.sliding import opened, passed, slid

LAST = (61, 61)


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
    assert shown_window(page) == (0, 0, 0, 0)
    page.tick(5.0)
    page.tick(10.0)
    assert app.state.focus.sweep.place == slid(START, passed(5.0))


@pytest.mark.parametrize("speed", list(PACES))
@pytest.mark.parametrize("seconds", [0.0, 1 / 256, 17 / 64, 65 / 64, 159 / 64, 321 / 64, 11.5])
def test_the_clock_puts_the_window_so_many_cells_on(speed, seconds):
    app, page = opened()
    app.act("speed", speed)
    began = 1024.25
    page.tick(began)
    page.tick(began + seconds)
    cells = passed(seconds, {"slow": 1 / 4, "medium": 1, "fast": 4}[speed])
    assert app.state.focus.sweep.place == slid(START, cells)
    seen = (62, 0) if slid(START, cells) == LAST else slid(START, cells)
    assert shown_window(page) == (*slid(START, cells), *seen)


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
    assert app.state.focus.sweep.place == (0, 1)


def test_play_goes_on_from_where_the_window_was_put():
    app, page = opened()
    page.tick(0.0)
    app.pointer.point("output", 20, 60)
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing, page.tick) == (
        (20, 60),
        False,
        None,
    )
    app.act("play")
    page.tick(50.0)
    assert app.state.focus.sweep.place == (20, 60)
    page.tick(50.0625)
    cell = 20 * 62 + 60
    there = next(k / 1000 for k in range(12_000) if passed(k / 1000) >= cell)
    moved = passed(there + 0.0625) - cell
    assert moved > 20
    assert app.state.focus.sweep.place in [slid((20, 60), moved + off) for off in (-1, 0, 1)]


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
    page.tick(1.25)
    app.act("pause")
    app.act("play")
    page.tick(60.0)
    page.tick(61.25)
    assert app.state.focus.sweep.place == slid(START, 4)


def test_another_speed_goes_on_from_where_the_window_is():
    app, page = opened()
    page.tick(0.0)
    page.tick(2.0)
    app.act("speed", "slow")
    page.tick(2.0)
    page.tick(5.0)
    assert app.state.focus.sweep.place == slid(START, 4)
    assert page.elements["play.slow"]["aria-pressed"] == "true"
    assert page.elements["play.medium"]["aria-pressed"] == "false"
    assert page.addresses[-1].endswith("speed=slow")


def test_replay_covers_the_result_and_slides_from_the_first_cell():
    app, page = opened()
    app.act("skip")
    app.act("replay")
    assert shown_window(page) == (0, 0, 0, 0)
    page.tick(3.0)
    page.tick(5.0)
    assert shown_window(page) == (0, 3, 0, 3)


def test_replay_while_it_slides_slides_from_the_first_cell_too():
    app, page = opened()
    page.tick(0.0)
    page.tick(2.0)
    app.act("replay")
    page.tick(2.0625)
    page.tick(3.3125)
    assert app.state.focus.sweep.place == (0, 2)


def test_a_page_that_was_hidden_goes_on_where_the_window_was():
    app, page = opened()
    page.tick(0.0)
    page.tick(6.0)
    place = app.player.place
    page.frames["explainer"](60.0)
    assert app.player.place == place
    page.frames["explainer"](60.1)
    assert place < app.player.place < app.player.slide.last


def test_every_speed_that_can_be_chosen_has_its_pace():
    assert set(PACES) == set(SPEEDS)
