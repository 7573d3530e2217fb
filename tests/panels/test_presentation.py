"""A page presented to a class: larger, with keys that walk through the columns."""

import pytest

from cnnscope.state.state import Explained, Node, Overview, view_shown
from cnnscope.views.shared.network_plan import CHROME, LABELS, LEGENDS
from support.app_on_fake_page import started, started_trained


def test_a_key_presents_and_ends_it_and_says_so():
    app, page = started()
    assert "data-present" not in page.elements["page"]
    assert page.regions.get("presentation", "") == ""
    assert app.press("p", "")
    assert "data-present" in page.elements["page"]
    assert 'data-on="present"' in page.regions["presentation"]
    assert "Page Down" in page.said[-1]
    assert app.press("P", "")
    assert "data-present" not in page.elements["page"]
    assert page.regions["presentation"] == ""


def test_escape_goes_up_to_the_network_and_then_out():
    app, _ = started("view=conv_1_2/3&present=on")
    assert app.press("Escape", "")
    assert (app.state.focus, app.state.reading.present) == (Overview(), True)
    assert app.press("Escape", "")
    assert not app.state.reading.present
    assert not app.press("Escape", "")


def test_what_has_the_focus_keeps_it():
    app, page = started()
    page.focus("conv_1_1/3")
    app.press("p", "")
    assert page.focuses == ["conv_1_1/3", "conv_1_1/3"]


def test_an_address_presents_and_going_back_keeps_presenting():
    app, page = started("present=on")
    assert "data-present" in page.elements["page"]
    app.act("open", "conv_1_2/3")
    assert page.addresses[-1] == "view=conv_1_2/3&present=on"
    app.navigate("", is_step=True)
    assert app.state.reading.present


def test_presented_the_network_has_the_room_of_what_stood_around_it():
    app, _ = started(window=(1200, 600))
    before = app.model.plan.node_size
    app.act("present")
    plan = app.model.plan
    assert plan.node_size > before
    assert plan.height <= 600 + CHROME
    assert plan.band <= 600 - LABELS - LEGENDS


@pytest.mark.parametrize("key", ["PageDown", "ArrowRight"])
def test_in_the_overview_keys_walk_from_column_to_column(key):
    app, page = started_trained("present=on")
    seen = []
    for _ in range(4):
        assert app.press(key, "")
        seen.append(page.focuses[-1])
    assert [each.split("/")[0] for each in seen] == ["input", "conv_1_1", "relu_1_1", "conv_1_2"]
    back = {"PageDown": "PageUp", "ArrowRight": "ArrowLeft"}[key]
    app.press(back, "")
    assert page.focuses[-1] == seen[-2]


def test_in_a_view_keys_walk_to_the_same_channel_of_the_next_layer_and_stop_at_the_ends():
    app, _ = started_trained("view=conv_2_2/4&present=on")
    walked = []
    for _ in range(4):
        assert app.press("PageDown", "explained")
        walked.append(view_shown(app.state.focus).node)
    assert walked == [
        Node("relu_2_2", 4), Node("max_pool_2", 4), Node("output", 4), Node("output", 4)
    ]  # fmt: skip
    for _ in range(12):
        app.press("PageUp", "explained")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_1", 4))


def test_what_is_not_presented_keeps_its_keys():
    app, _ = started("view=conv_1_2/3&cell=20,30")
    assert app.press("PageDown", "explained")
    assert view_shown(app.state.focus).node == Node("conv_1_2", 3)
    assert app.model.sweep.place == (30, 30)
    app.act("present")
    assert app.press("ArrowRight", "explained")
    assert app.model.sweep.place == (30, 31)
