"""The tour’s panel: its stops, its questions, and what is said of the answers."""

import pytest

from cnnscope.state.state import Explained, Node, Overview, view_shown
from cnnscope.state.tour import STOPS
from cnnscope.state.url import to_hash
from support.app_on_fake_page import started_trained as started


def test_the_tour_starts_at_its_first_stop_and_reads_it_out():
    app, page = started()
    assert page.elements["tour.start"]["aria-label"] == "Guided tour"
    app.act("tour")
    assert page.addresses[-1] == "tour=1"
    assert app.model.picture == "bell_pepper"
    assert page.focuses[-1] == "tour.title"
    assert page.said[-1].startswith("Stop 1 of 12. The network does not see things")
    assert page.elements["page"]["data-tour"] == ""


def test_the_network_makes_room_for_the_panel_and_takes_it_back():
    app, page = started()
    whole = app.model.plan.width
    app.act("tour")
    assert app.model.plan.width == whole - 340
    app.act("leave-tour")
    assert app.model.plan.width == whole
    assert "data-tour" not in page.elements["page"]
    assert page.regions["tour"] == ""


def test_who_finishes_the_tour_is_offered_it_from_the_start():
    app, page = started(f"tour={len(STOPS)}")
    assert 'data-on="finish-tour"' in page.regions["tour"]
    app.act("finish-tour")
    assert page.regions["tour"] == ""
    assert app.model.text("tour.start.long") in page.regions["tour-start"]


def test_a_picture_that_comes_during_a_stop_leaves_the_focus_in_the_panel():
    app, page = started("tour=2")
    page.focuses.append("tour.title")
    app.act("picture", "koala")
    assert page.focuses == ["tour.title", "tour.title"]


def test_what_a_stop_points_at_is_not_pointed_at_in_the_view_of_another_address():
    app, page = started("tour=1")
    assert not page.posed["readout"]["hidden"]
    app.navigate("view=conv_1_1/0")
    assert page.posed["readout"]["hidden"]


def test_above_a_panel_at_the_foot_the_page_scrolls_to_the_network():
    app, page = started(window=(1024, 768))
    app.act("tour")
    assert page.revealed == ["explainer"]
    assert app.model.plan.viewport.width == 1024


def test_an_answer_is_told_marked_and_seen():
    app, page = started("tour=6")
    app.act("guess", "0")
    assert page.said[-1].startswith("Not quite. Only the largest")
    assert page.elements["tour.answer/0"]["data-verdict"] == "wrong"
    assert page.elements["tour.answer/2"]["data-verdict"] == "right"
    assert "data-verdict" not in page.elements["tour.answer/1"]
    assert page.elements["explainer"]["data-view"] == "pooling"
    assert page.focuses == ["tour.answer/0"]  # and not the view that opened on the way
    assert page.addresses == ["tour=6"]
    app.act("guess", "2")
    assert page.said[-1].startswith("Right. ")
    assert "data-verdict" not in page.elements["tour.answer/0"]


def test_show_me_answers_without_a_verdict():
    app, page = started("tour=10")
    app.act("guess", "-1")
    assert app.model.picture == "house"
    assert page.said[-1].startswith("It answers ")
    assert "data-verdict" not in page.elements["tour.outcome"]
    assert page.elements["tour.answer/2"]["data-verdict"] == "right"


def test_straying_offers_the_way_back():
    app, page = started("tour=3")
    assert page.elements["tour.again"]["hidden"] == ""
    app.act("open", "conv_2_1/4")
    assert "hidden" not in page.elements["tour.again"]
    assert page.addresses[-1].startswith("tour=3&picture=bell_pepper&view=conv_2_1/4")
    app.act("again")
    assert page.addresses[-1] == "tour=3"
    assert page.elements["tour.again"]["hidden"] == ""


def test_escape_goes_on_leaving_views_and_not_the_tour():
    app, _ = started("tour=3")
    app.press("Escape", "tour.panel")
    assert view_shown(app.state.focus) == Overview()
    assert app.state.tour.stop == 3


def test_keys_in_the_panel_go_from_stop_to_stop_and_nowhere_else():
    app, _ = started("tour=2")
    assert app.press("n", "tour.panel")
    assert app.state.tour.stop == 3
    assert app.press("ArrowLeft", "tour.panel")
    assert app.press("p", "tour.panel")
    assert app.press("p", "tour.panel")  # at the first stop it has nowhere to go
    assert app.state.tour.stop == 1
    assert not app.press("r", "tour.panel")
    assert not app.press("n", "")
    assert app.state.tour.stop == 1


def test_the_tour_goes_on_where_it_was_left():
    app, page = started("tour=4")
    app.act("leave-tour")
    assert page.elements["tour.start"]["aria-label"] == "Resume the tour at stop 4"
    assert page.focuses[-1] == "tour.start"
    assert page.addresses[-1] == "picture=bell_pepper"
    app.act("tour")
    assert app.state.tour.stop == 4


def test_another_picture_asks_about_that_picture():
    app, page = started("tour=5")
    before = app.tour.question_of(app.model)
    app.act("picture", "koala")
    assert app.tour.question_of(app.model).values["kept"] != before.values["kept"]
    assert page.addresses[-1] == "tour=5&picture=koala"
    app.act("stop", "6")
    assert app.model.picture == "bell_pepper"


@pytest.mark.parametrize("number", range(1, len(STOPS) + 1))
def test_the_question_that_is_judged_is_the_one_that_was_asked(number):
    app, page = started(f"tour={number}")
    for key in app.gallery.samples:
        app.act("stop", str(number))
        app.act("picture", key)
        if not STOPS[number - 1].asks:
            continue
        asked = app.tour.question_of(app.model)
        app.act("guess", str(asked.right.index(True)))
        assert app.tour.question_of(app.model) == asked
        assert page.said[-1].startswith("Right. ")
        assert app.model.picture == ("house" if STOPS[number - 1].is_about_shown else key)


def test_changed_kernels_that_the_tour_leaves_out_are_told_of():
    kernel = "kernel=conv_1_1/0/0:1,2,3,4,5,6,7,8,9"
    app, page = started(kernel)
    app.act("tour")
    assert app.state.edits == ()
    assert page.noticed == (
        "The tour shows the network as training left it, without the kernels that you changed. "
        "Back, in the browser, returns to them."
    )
    page.addresses.pop()
    app.navigate(page.read_hash(), is_step=True)
    assert to_hash(app.state) == kernel
    app, page = started(f"tour=10&picture=bell_pepper&view=overview&{kernel}")
    app.act("guess", "0")
    assert page.noticed == (
        "The tour shows the network as training left it, without the kernels that you changed."
    )  # and that the house is none of the classes is what the panel says


def test_the_tour_says_nothing_of_kernels_that_it_changed_itself():
    app, page = started("tour=3")
    app.act("guess", "1")
    app.act("stop", "4")
    assert app.state.edits == ()
    assert page.noticed is None


def test_a_changed_kernel_leaves_the_question_about_the_trained_one():
    app, _ = started("tour=3")
    before = app.tour.question_of(app.model).values
    app.act("guess", "0")
    assert app.state.edits
    assert app.tour.question_of(app.model).values == before


def test_folding_shows_only_the_panels_head():
    app, page = started("tour=3", window=(390, 844))
    app.act("fold")
    assert page.elements["page"]["data-tour"] == "folded"
    assert page.elements["tour.fold"]["text"] == "Unfold"
    app.act("fold")
    assert page.elements["tour.fold"]["text"] == "Fold"
    app.act("fold")
    app.act("stop", "4")
    assert page.elements["page"]["data-tour"] == ""


def test_a_language_changes_the_panel_too():
    app, page = started("tour=3")
    app.dispatch("language", "zh")
    assert "第 3 站" in page.regions["tour"]
    assert page.addresses[-1] == "tour=3&lang=zh"
    app.act("stop", "4")
    place, text = app.model.text("tour.place", stop=4, stops=12), app.model.text("tour.maps.text")
    assert page.said[-1] == f"{place}。{text}"


def test_a_change_of_size_keeps_the_stop():
    app, page = started("tour=3")
    page.window = (390, 844)
    app.resize()
    assert view_shown(app.state.focus) == Explained(Node("conv_1_1", 9))
    assert app.state.tour.stop == 3
