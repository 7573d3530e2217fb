"""The explanation of a class as the application shows it, on a page without a browser."""

import re

import pytest

from cnnscope.state.state import EVERY_NUMBER, Explained, Node, Overview, view_shown
from support.app_on_fake_page import started
from support.networks import picture, tiny_vgg

PICTURES = {key: picture(tiny_vgg(), seed) for seed, key in enumerate(("espresso", "pizza"), 1)}


def test_every_number_is_one_level_on_and_is_left_by_escape_to_where_it_was_opened():
    app, page = started()
    app.act("open", "output/6")
    app.act("every-number")
    assert view_shown(app.state.focus) == Explained(Node("output", 6), EVERY_NUMBER)
    assert page.elements["explainer"]["data-view"] == "flatten"
    assert page.focuses[-1] == "explained"
    assert app.press("Escape", "explained")
    assert (view_shown(app.state.focus), page.focuses[-1]) == (
        Explained(Node("output", 6)), "stage.every"
    )  # fmt: skip
    app.act("every-number")
    app.act("maps")
    assert page.addresses[-1] == "view=output/6"
    assert app.press("Escape", "stage.every")
    assert (view_shown(app.state.focus), page.focuses[-1]) == (Overview(), "output/6")


@pytest.mark.parametrize(
    ("frame", "cell", "element"),
    [
        ("heat/3", (2, 5), 169 * 3 + 13 * 2 + 5),
        ("strip/9", (10, 168), 1689),
        ("strip/0", (0, 0), 0),
    ],
)
def test_pointing_anywhere_marks_the_element_that_is_there(frame, cell, element):
    app, page = started("view=output/6&numbers=all")
    app.pointer.point(frame, *cell)
    assert app.state.focus.feature == element
    assert f"element {element + 1:,} of 1,690" in page.elements["point.place"]["text"]


def test_the_element_is_in_the_address_and_comes_back_from_it_without_being_a_step():
    app, page = started("view=output/6&numbers=all")
    app.pointer.point("strip/2", 0, 7)
    assert page.addresses == ["view=output/6&element=345"]
    other, shown = started(page.addresses[-1])
    assert other.state.focus.feature == 345
    assert shown.elements["point.place"] == page.elements["point.place"]
    app.act("normalise")
    assert page.addresses[1:] == ["view=output/6&softmax=on&cell=0,9"]


def test_an_element_that_is_not_there_is_left_out_and_said_to_be():
    _, page = started("view=output/6&element=1690")
    assert page.addresses[-1] == "view=output/6&numbers=all"
    assert "does not have" in page.noticed


def test_pointing_at_a_last_map_of_the_network_marks_its_element():
    app, _ = started("view=output/6&numbers=all")
    app.pointer.hover(Node("max_pool_2", 4), (1, 2))
    assert app.state.focus.feature == 169 * 4 + 13 + 2
    app.pointer.hover(Node("conv_1_1", 4), (40, 40))  # is no part of the sum
    assert app.state.focus.feature == 169 * 4 + 13 + 2


def test_keys_move_the_mark_and_what_it_marks_is_said():
    app, page = started("view=output/6&numbers=all")
    app.act("element", "0")
    assert app.press("ArrowRight", "explained")
    assert app.press("PageDown", "explained")
    assert app.state.focus.feature == 170
    assert "map 2, row 1, column 2: element 171" in page.said[-1]
    assert not app.press("x", "explained")


def test_a_rival_repaints_renumbers_and_is_in_the_address_and_can_be_dropped():
    app, page = started("view=output/6&numbers=all")
    alone = page.painted["heat/2"].copy(), page.elements["channel/2.value"]["text"]
    app.act("rival", "3")
    assert page.addresses[-1] == "view=output/6&numbers=all&rival=3"
    assert (page.painted["heat/2"] != alone[0]).any()
    assert page.elements["channel/2.value"]["text"] != alone[1]
    app.act("rival", "")
    assert page.addresses[-1] == "view=output/6&numbers=all"
    assert (page.painted["heat/2"] == alone[0]).all()
    assert page.elements["channel/2.value"]["text"] == alone[1]
    app.act("rival", "")
    assert app.state.focus.contrast is None


def test_another_picture_and_another_class_are_followed():
    app, page = started("view=output/6&numbers=all")
    app.act("element", "7")
    before = page.elements["stage.value"]["text"], page.painted["heat/all"].copy()
    app.act("picture", "pizza")
    assert page.elements["stage.value"]["text"] != before[0]
    assert (page.painted["heat/all"] != before[1]).any()
    app.act("open", "output/2")
    assert view_shown(app.state.focus) == Explained(Node("output", 2), EVERY_NUMBER)
    assert app.state.focus.feature == 7
    assert page.elements["explainer"]["data-view"] == "flatten"


def unrolled(page):
    """The row that came last, and from which on a strip is still covered."""
    style = page.elements["flatten.flying"]["style"]
    covered = page.elements["flatten.covered/0"]
    return int(re.search(r"--unrolled:(\d+)", style)[1]), "hidden" not in covered


@pytest.mark.parametrize("still", [True, False])
def test_a_map_is_unrolled_row_by_row_when_that_is_asked_for_and_not_before(still):
    app, page = started("view=output/6&numbers=all&element=345", still=still)
    assert not app.state.focus.sweep.playing
    assert "hidden" in page.elements["flatten.flying"]
    assert "hidden" in page.elements["flatten.covered/0"]
    app.act("play")
    assert app.state.focus.sweep.playing
    assert unrolled(page) == (0, True)
    for seconds, row in ((10.0, 0), (10.4, 1), (10.7, 2), (10.75, 2)):  # three rows a second
        app.player.tick(seconds)
        assert unrolled(page) == (row, True)
    app.act("pause")
    assert page.addresses[-1] == "view=output/6&cell=0,2&element=345"
    for seconds in (20.0, 20.4, 20.8, 21.2, 21.6, 22.0, 22.4, 22.8, 23.2, 23.6):
        app.act("play") if seconds == 20.0 else None
        app.player.tick(seconds)
    assert not app.state.focus.sweep.playing
    assert unrolled(page) == (12, False)


def test_a_map_is_unrolled_by_steps_from_its_first_row_and_what_came_is_said():
    app, page = started("view=output/6&numbers=all")
    app.act("element", str(169 * 3 + 5))
    app.act("step")
    assert app.state.focus.sweep.place == (0, 0)
    assert "Row 1 of map 4 becomes elements 508 to 520." in page.said[-1]
    app.act("step")
    assert "Row 2 of map 4 becomes elements 521 to 533." in page.said[-1]
    app.act("back")
    assert app.state.focus.sweep.place == (0, 0)
    app.act("skip")
    assert app.state.focus.sweep.place == (0, 12)
    assert "data-shown" in page.elements["flatten.unroll/3"]
    assert "data-shown" not in page.elements["flatten.unroll/2"]


def test_pointing_and_arrow_keys_mark_elements_while_a_map_can_be_unrolled():
    app, _ = started("view=output/6&numbers=all")
    app.pointer.point("output", 3, 3)
    app.act("element", "0")
    app.press("ArrowRight", "explained")
    assert (app.state.focus.feature, app.state.focus.sweep.place) == (1, None)


def test_the_receptive_field_is_that_of_the_marked_cell():
    app, page = started("view=output/6&numbers=all")
    app.act("element", str(169 * 2))
    app.act("field")
    for key in ("picture", "all", "one"):
        assert "hidden" not in page.elements[f"field/{key}"]
        style = page.elements[f"field/{key}"]["style"]
        assert style.startswith("left:0.000%;top:0.000%;width:25.000%;height:25.000%")


@pytest.mark.parametrize("bring", [lambda app: app.act("picture", "pizza"),
                                   lambda app: app.toolbar.bring(PICTURES["pizza"])])  # fmt: skip
@pytest.mark.parametrize("shown", ["espresso", "own"])
def test_a_sum_of_softmax_that_was_left_open_is_whole_for_another_picture(bring, shown):
    app, page = started("view=output/2&softmax=on")
    if shown == "own":
        app.toolbar.bring(PICTURES["espresso"])
    app.act("skip")
    app.act("back")
    app.act("back")
    assert page.elements["class/2.probability"]["text"] == "…"
    bring(app)
    assert page.elements["class/2.probability"]["text"] != "…"
    assert page.addresses[-1].endswith("&cell=0,9")
