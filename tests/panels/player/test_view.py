"""The sliding window as views open, close and come back from an address."""

import pytest

from cnnscope.state.state import START, Card, Explained, Node, Overview, view_shown
from support.app_on_fake_page import shown_window
from support.sliding import opened, slid

NODE = Node("conv_1_1", 3)  # 62 by 62


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
    page.tick(2.0)
    page.tick(3.5)
    assert app.state.focus.sweep.place == slid(START, 2, cols=26)


def test_a_card_opens_and_closes_without_stopping_the_slide():
    app, page = opened()
    page.tick(0.0)
    page.tick(0.5)
    app.act("channel", "1")
    page.tick(0.5625)
    page.tick(2.0)
    assert (app.state.focus.sweep.playing, app.state.focus.sweep.place) == (True, (0, 2))
    app.act("channel", "1")
    assert app.state.focus.sweep.playing
    assert page.tick is not None


def test_another_picture_goes_on_sliding_where_the_window_is():
    app, page = opened()
    page.tick(0.0)
    page.tick(0.5)
    app.act("picture", "pizza")
    page.tick(2.0)
    assert (app.state.focus.sweep.playing, app.state.focus.sweep.place) == (True, (0, 3))


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
    page.tick(2.0)
    assert app.state.focus.sweep.place == (0, 3)


@pytest.mark.parametrize("node", ["relu_1_1/3", "max_pool_1/0", "output/6"])
@pytest.mark.parametrize("still", [True, False])
def test_only_a_convolution_plays_by_itself(node, still):
    app, page = opened(node=node, still=still)
    assert not app.state.focus.sweep.playing
    assert page.tick is None
    if app.model.is_swept:
        assert app.state.focus.sweep.is_whole


def test_softmax_opens_with_the_whole_sum():
    app, page = opened(node="output/6")
    app.act("normalise")
    assert (app.state.focus.sweep.place, app.state.focus.sweep.is_whole, page.tick) == (
        (0, 9),
        True,
        None,
    )


def test_what_opened_whole_is_covered_and_played_from_the_start():
    app, page = opened(node="relu_1_1/3")
    app.act("play")
    assert shown_window(page) == (0, 0, 0, 0)
    assert page.tick is not None


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
    app.inputs.take("preset", "", "edges", is_final=True)
    app.act("speed", "fast")
    app.act("field")
    kept = app.state
    page.addresses.pop()
    app.navigate(page.addresses[-1], is_step=True)
    assert view_shown(app.state.focus) == Explained(NODE)
    assert (app.state.edits, app.state.reading.speed, app.state.field) == (kept.edits, "fast", True)
    assert "kernel=" in page.addresses[-1]
    assert "hidden" not in page.elements["edited"]
