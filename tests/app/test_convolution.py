"""A convolution explained in place: its channels, its keys, its picture, its window."""

import numpy as np
import pytest

from cnnscope.app.app import App
from cnnscope.drawing.lengths import rem
from cnnscope.drawing.scale import number
from cnnscope.state.state import Card, Explained, Node, view_shown
from cnnscope.text import load_text
from support.app_on_fake_page import started
from support.fake_page import FakePage
from support.networks import CLASSES, other_network, picture, tiny_vgg

EXPLAINED = Node("conv_1_2", 8)


def test_a_convolution_opens_in_place_and_the_focus_goes_one_level_up_at_a_time():
    app, page = started()
    app.act("open", "conv_1_2/8")
    assert view_shown(app.state.focus) == Explained(EXPLAINED)
    assert page.elements["explainer"]["data-view"] == "convolution"
    assert "inert" not in page.elements["stage.frame"]
    assert page.elements["conv_1_2/8"]["aria-expanded"] == "true"
    assert page.focuses[-1] == "explained"
    app.act("channel", "4")
    assert 'role="dialog"' in page.regions["card"]
    assert page.elements["channel/4"]["aria-expanded"] == "true"
    assert page.focuses[-1] == "card.input"
    assert app.press("Escape", "card.input")
    assert page.regions["card"] == ""
    assert page.elements["channel/4"]["aria-expanded"] == "false"
    assert page.focuses[-1] == "channel/4"
    assert app.press("Escape", "channel/4")
    assert page.elements["explainer"]["data-view"] == "overview"
    assert "inert" in page.elements["stage.frame"]
    assert page.elements["conv_1_2/8"]["aria-expanded"] == "false"
    assert page.focuses[-1] == "conv_1_2/8"
    assert not app.press("Escape", "conv_1_2/8")


def test_the_focus_goes_back_to_the_row_of_the_channel_that_was_looked_at_last():
    app, page = started("view=conv_1_2/8")
    app.act("channel", "9")
    app.act("neighbour", "1")
    assert view_shown(app.state.focus) == Explained(EXPLAINED, channel=0)
    app.act("neighbour", "-1")
    app.act("neighbour", "-1")
    assert view_shown(app.state.focus) == Explained(EXPLAINED, channel=8)
    app.act("close")
    assert page.focuses[-1] == "channel/8"


def test_going_through_channels_is_one_step_for_back():
    app, page = started()
    app.act("open", "conv_1_2/8")
    app.act("channel", "9")
    for _ in range(4):
        app.act("neighbour", "1")
    assert page.addresses == ["", "view=conv_1_2/8", "view=conv_1_2/8&channel=3"]


def test_pressing_a_map_that_is_summed_up_opens_its_channel_and_another_opens_as_ever():
    app, page = started("view=conv_1_2/8")
    app.act("open", "relu_1_1/5")
    assert view_shown(app.state.focus) == Explained(EXPLAINED, channel=5)
    app.act("open", "relu_1_1/5")
    assert view_shown(app.state.focus) == Explained(EXPLAINED)
    app.act("open", "conv_2_1/0")
    assert view_shown(app.state.focus) == Explained(Node("conv_2_1", 0))
    app.act("open", "input/2")
    assert view_shown(app.state.focus) == Card(Node("input", 2))
    assert page.elements["explainer"]["data-view"] == "overview"


def test_arrow_keys_go_from_row_to_row():
    app, page = started("view=conv_1_1/3")
    assert app.press("ArrowDown", "channel/0")
    assert page.focuses[-1] == "channel/1"
    assert app.press("End", "channel/1")
    assert page.focuses[-1] == "channel/2"
    assert app.press("ArrowDown", "channel/2")
    assert page.focuses[-1] == "channel/2"
    assert app.press("Home", "channel/2")
    assert page.focuses[-1] == "channel/0"
    assert app.press("ArrowUp", "channel/0")
    assert page.focuses[-1] == "channel/0"
    assert not app.press("Enter", "channel/0")
    assert not app.press(" ", "channel/0")


def test_another_picture_changes_what_is_explained_and_mounts_nothing_anew():
    app, page = started("view=conv_1_2/8&channel=4&cell=20,30")
    regions = {name: page.regions[name] for name in ("network", "stage", "card")}
    before = dict(page.painted)
    app.act("picture", "pizza")
    assert all(page.regions[name] is markup for name, markup in regions.items())
    for key in ("explained", "contribution/0", "card.input", "card.contribution"):
        assert (page.painted[key] != before[key]).any()
    np.testing.assert_array_equal(page.painted["kernel/0"], before["kernel/0"])
    value = f"{app.model.trace['conv_1_2'][8, 20, 30]:.3f}".replace("-", "−")
    assert page.elements["stage.value"]["text"] == f"row 21, column 31: {value}"


def test_an_own_picture_brought_twice_changes_what_is_explained():
    app, page = started("view=conv_1_2/8&cell=20,30")
    for seed in (5, 6):
        app.toolbar.bring(picture(tiny_vgg(), seed))
        value = f"{app.model.trace['conv_1_2'][8, 20, 30]:.3f}".replace("-", "−")
        assert page.elements["stage.value"]["text"].endswith(f": {value}")
        assert view_shown(app.state.focus) == Explained(EXPLAINED)


@pytest.mark.parametrize("key", ["r", "R"])
def test_one_key_draws_the_receptive_field_and_says_it(key):
    app, page = started("view=conv_1_2/8&cell=20,30")
    assert app.press(key, "explained")
    assert "hidden" not in page.elements["field/picture"]
    assert page.elements["picture.caption"]["text"] == "sees 5×5"
    assert page.elements["stage.field"]["aria-pressed"] == "true"
    assert page.said[-1].endswith("The value sees rows 21 to 25, columns 31 to 35 of the picture.")
    assert page.addresses == ["view=conv_1_2/8&cell=20,30&field=on"]
    app.dispatch("hover", Node("conv_2_2", 0), (0, 0))
    assert page.elements["picture.caption"]["text"] == "sees 14×14"
    app.dispatch("hover", None)
    assert app.press(key, "explained")
    assert "hidden" in page.elements["field/picture"]
    assert page.elements["picture.caption"]["text"] == "picture"


def test_a_resized_window_lays_the_explanation_out_again_and_keeps_what_is_open():
    app, page = started("view=conv_1_2/8&channel=4&cell=20,30")
    windows = ((1024, 768), (1024, 600), (390, 844), (1440, 900), (1280, 680), (1280, 690))
    for window in windows:
        page.window = window
        app.resize()
        box = app.model.detail.output
        assert (
            f"left:{rem(box.x)};top:{rem(box.y)};width:{rem(box.width)}"
            in (page.elements["explained"]["style"])
        )
        assert view_shown(app.state.focus) == Explained(EXPLAINED, channel=4)
        assert app.state.focus.sweep.place == (20, 30)


def test_a_resized_window_keeps_nothing_of_an_explanation_that_was_left():
    app, page = started("view=conv_1_2/8")
    app.act("overview")
    assert page.regions["stage"]  # it fades away
    page.window = (768, 1024)
    app.resize()
    assert not page.regions["stage"]


@pytest.mark.parametrize("network", [tiny_vgg(), other_network()], ids=["tiny_vgg", "other"])
def test_every_channel_of_every_convolution_can_be_explained(network):
    page = FakePage()
    last = network.layers[-1].name
    classes = CLASSES[: network.shapes[last][0]]
    app = App(page, network, classes, {"a picture": picture(network, 1)}, load_text())
    app.start()
    for node in app.model.plan.boxes:
        if app.model.plan.column_of[node.layer].kind == "conv" and node.channel in (0, 3):
            app.act("open", str(node))
            for channel in range(len(app.model.numbers.inputs)):
                app.act("channel", str(channel))
                assert view_shown(app.state.focus) == Explained(node, channel=channel)
                title = page.elements["card.title"]["text"]
                assert title.endswith(f"{node.layer} channel {node.channel + 1}")


def test_legends_beside_an_explanation_follow_the_picture_and_the_scale():
    app, page = started("view=conv_2_1/4")
    for action in (("picture", "pizza"), ("scale", "global"), ("picture", "espresso")):
        app.act(*action)
        for name in ("max_pool_1", "conv_2_1"):
            domain = app.model.domains[name]
            assert f"<span>{number(domain.high)}</span>" in page.regions["stage.legends"]


def test_a_convolution_opened_beside_the_picture_itself_gets_the_focus():
    app, page = started("view=picture")
    app.act("open", "conv_1_2/8")
    assert page.focuses[-1] == "explained"
