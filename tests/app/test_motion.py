"""The network steps aside and comes back: what is read waits until nothing flies any more."""

import pytest

from cnnscope.app.motion import STEP_ASIDE
from support.app_on_fake_page import started
from support.networks import ROOT

CLOCK = "network.transition"
SHEET = ROOT / "public" / "css" / "base" / "page.css"


def returning(page):
    return "data-returning" in page.elements["network"]


def entering(page):
    return "data-entering" in page.elements["stage.frame"]


def test_on_its_way_back_the_network_is_marked_until_it_is_there():
    app, page = started("view=relu_1_1/3", still=False)
    assert not returning(page)
    app.act("overview")
    assert returning(page)
    page.clocks[CLOCK](10.0)
    page.clocks[CLOCK](10.0 + STEP_ASIDE - 0.05)
    assert returning(page)
    page.clocks[CLOCK](10.0 + STEP_ASIDE)
    assert not returning(page)
    assert CLOCK not in page.clocks


def test_what_opens_meanwhile_ends_the_way_back():
    app, page = started("view=relu_1_1/3", still=False)
    app.act("overview")
    app.act("open", "max_pool_1/2")
    assert not returning(page)
    assert CLOCK not in page.clocks


def test_who_wants_no_motion_waits_for_nothing():
    app, page = started("view=relu_1_1/3")
    app.act("overview")
    assert not returning(page)


@pytest.mark.parametrize(
    ("action", "moves"),
    [(("normalise",), True), (("open", "relu_1_2/3"), True), (("open", "output/4"), False)],
)
def test_an_explanation_waits_only_where_the_network_moves_to_make_room(action, moves):
    app, page = started("view=output/3", still=False)
    assert entering(page)
    app.act(*action)
    assert entering(page) == moves


def test_another_channel_of_a_layer_is_there_at_once():
    app, page = started("view=relu_1_1/3", still=False)
    app.act("neighbour", "1")
    assert not entering(page)


def test_the_clock_runs_as_long_as_the_style_sheet_moves():
    assert f"--step-aside: {STEP_ASIDE * 1000:.0f}ms;" in SHEET.read_text()
