"""The article's live figures: drawn when near, played while seen, stepped by hand."""

import pytest

from support.app_on_fake_page import started

FIGURES = ["sliding", "landing"]
each_figure = pytest.mark.parametrize("name", FIGURES)


def near(name, **options):
    app, page = started(**options)
    app.act(f"{name}.near")
    return app, page


def sweep(app, name):
    return getattr(app.state.figures, name).sweep


@each_figure
def test_a_figure_is_drawn_when_it_comes_near_and_not_before(name):
    app, page = started()
    assert name not in page.regions
    app.act(f"{name}.near")
    assert name in page.regions
    assert not set(FIGURES) - {name} & page.regions.keys()
    assert page.elements[f"{name}.sheet"]["aria-label"].startswith("Output row 1, column 1: ")


@each_figure
def test_it_plays_for_as_long_as_it_is_seen(name):
    app, page = near(name, still=False)
    assert name not in page.clocks
    app.act(f"{name}.seen")
    assert sweep(app, name).playing
    page.clocks[name](0.0)
    page.clocks[name](2.1)
    assert sweep(app, name).place == (1, 0) if name == "landing" else (0, 3)
    place = sweep(app, name).place
    app.act(f"{name}.gone")
    assert name not in page.clocks
    app.act(f"{name}.seen")
    assert name in page.clocks
    assert sweep(app, name).place == place


@each_figure
def test_it_ends_with_its_whole_result_and_does_not_begin_again_by_itself(name):
    app, page = near(name, still=False)
    app.act(f"{name}.seen")
    page.clocks[name](0.0)
    page.clocks[name](60.0)
    assert sweep(app, name).is_whole
    assert name not in page.clocks
    app.act(f"{name}.gone")
    app.act(f"{name}.seen")
    assert name not in page.clocks
    app.act(f"{name}.play")
    assert sweep(app, name).place == (0, 0)
    assert not sweep(app, name).is_whole


@each_figure
def test_paused_by_hand_it_stays_so(name):
    app, page = near(name, still=False)
    app.act(f"{name}.seen")
    app.act(f"{name}.pause")
    app.act(f"{name}.gone")
    app.act(f"{name}.seen")
    assert name not in page.clocks


@each_figure
def test_where_motion_is_unwelcome_it_moves_by_its_buttons_alone(name):
    app, page = near(name)
    app.act(f"{name}.seen")
    assert name not in page.clocks
    app.act(f"{name}.step")
    assert sweep(app, name).place == (0, 1)
    assert page.said[-1].startswith("Output row 1, column 2: ")
    assert page.elements[f"{name}.sheet"]["aria-label"] == page.said[-1]
    app.act(f"{name}.back")
    assert sweep(app, name).place == (0, 0)
    app.act(f"{name}.play")
    assert name in page.clocks


@each_figure
def test_back_and_another_address_leave_it_as_it_is(name):
    app, page = near(name)
    app.act(f"{name}.step")
    before = app.state.figures
    app.navigate("view=relu_1_1/3", is_step=True)
    assert app.state.figures == before
    assert page.read_hash() == "view=relu_1_1/3"


def test_in_another_language_it_is_drawn_again_where_it_was_drawn():
    app, page = near("sliding")
    english = page.regions["sliding"]
    app.act("language", "zh")
    page.forget("sliding")
    app.draw_article()
    assert page.regions["sliding"] != english
    assert "landing" not in page.regions


def test_the_output_is_covered_as_far_as_the_window_has_not_come():
    app, page = near("sliding")
    app.act("sliding.replay")
    app.act("sliding.pause")
    app.act("sliding.step")
    shown = [page.elements[f"sliding.made/{at}"].get("visibility") for at in range(16)]
    assert shown == [None] * 2 + ["hidden"] * 14


@pytest.mark.parametrize("argument", ["stride,9", "stride,0", "size,3", "kernel,1", "", "stride,x"])
def test_what_cannot_be_chosen_changes_nothing(argument):
    app, _ = near("landing")
    before = app.state
    app.act("landing.choose", argument)
    assert app.state == before


def test_a_choice_shows_all_windows_and_says_the_size():
    app, page = near("landing")
    app.act("landing.choose", "stride,1")
    assert page.said[-1] == "The output has 6 by 6 cells."
    assert page.focused() == "landing.stride/1"
    assert page.elements["landing.stride/1"]["aria-pressed"] == "true"
    assert page.elements["landing.stride/2"]["aria-pressed"] == "false"
    assert sweep(app, "landing").is_whole
    assert len([key for key in page.elements if key.startswith("landing.made/")]) == 36
