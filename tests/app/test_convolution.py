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


PHONE = (390, 844)


def test_on_a_phone_a_channel_opens_in_a_sheet_and_the_focus_goes_one_level_up_at_a_time():
    app, page = started(window=PHONE)
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


def test_on_a_phone_the_focus_goes_back_to_the_row_of_the_channel_that_was_looked_at_last():
    app, page = started("view=conv_1_2/8", PHONE)
    app.act("channel", "9")
    app.act("neighbour", "1")
    assert view_shown(app.state.focus) == Explained(EXPLAINED, channel=0)
    app.act("neighbour", "-1")
    app.act("neighbour", "-1")
    assert view_shown(app.state.focus) == Explained(EXPLAINED, channel=8)
    app.act("close")
    assert page.focuses[-1] == "channel/8"


def lit(page):
    """The rows whose arithmetic is shown."""
    rows = [f"channel/{channel}" for channel in range(10)]
    return [k for k, row in enumerate(rows) if page.elements[row]["aria-expanded"] == "true"]


def strongest(app, place=None):
    """The channel that contributes most, worked out anew, at a place or in the whole map."""
    size = np.abs(contributions(app))
    return int((size.sum(axis=(1, 2)) if place is None else size[:, *place]).argmax())


def contributions(app):
    """What each channel contributes to the node, by a loop over the kernel."""
    kernel = app.model.network.layer("conv_1_2").kernel[8].astype(float)
    x = app.model.trace["relu_1_1"].astype(float)
    rows, cols = app.model.trace["conv_1_2"].shape[1:]
    made = np.zeros((len(x), rows, cols))
    for i in range(3):
        for j in range(3):
            made += kernel[:, i, j, None, None] * x[:, i : i + rows, j : j + cols]
    return made


def test_docked_the_arithmetic_is_that_of_the_channel_that_contributes_most_at_the_window():
    app, page = started("view=conv_1_2/8")
    for place in ((0, 0), (20, 30), (59, 59), (31, 7)):
        app.dispatch("window", *place)
        assert lit(page) == [strongest(app, place)]
        assert page.regions["card"] == ""
        total = contributions(app)[strongest(app, place)][place]
        assert page.elements["card.sum"]["text"][2:] == number(float(total), 3)
        shown = app.model.trace["relu_1_1"][strongest(app, place)]
        assert float(page.elements["card.patch/0"]["text"]) == pytest.approx(
            float(shown[place]), abs=0.0005
        )


def test_docked_it_stays_with_one_channel_while_the_window_slides():
    app, page = started("view=conv_1_2/8")
    app.act("replay")
    shown = {tuple(lit(page))}
    for _ in range(20):
        page.tick(0.2)
        shown.add(tuple(lit(page)))
    assert shown == {(strongest(app),)}


def test_docked_it_stays_with_the_channel_chosen_last_until_that_is_pressed_again():
    app, page = started("view=conv_1_2/8")
    chosen = (strongest(app, (0, 0)) + 3) % 10
    app.act("channel", str(chosen))
    for place in ((20, 30), (59, 59)):
        app.dispatch("window", *place)
        assert lit(page) == [chosen]
    assert f"relu_1_1 channel {chosen + 1}" in page.elements["card.title"]["text"]
    app.act("neighbour", "1")
    assert lit(page) == [(chosen + 1) % 10]
    app.act("channel", str((chosen + 1) % 10))
    assert lit(page) == [strongest(app, (59, 59))]


def test_docked_it_is_no_level_of_its_own():
    app, page = started("view=conv_1_2/8")
    page.focus("channel/4")
    app.act("channel", "4")
    assert page.focuses[-1] == "channel/4"
    assert "relu_1_1 channel 5" in page.said[-1]
    assert app.press("Escape", "channel/4")
    assert page.elements["explainer"]["data-view"] == "overview"
    assert page.focuses[-1] == "conv_1_2/8"


def test_docked_a_changed_kernel_stays_on_screen():
    app, page = started("view=conv_1_2/8")
    weakest = int(np.abs(contributions(app)[:, 0, 0]).argmin())
    app.act("channel", str(weakest))
    app.act("channel", str(weakest))  # and with the one that contributes most again
    before = strongest(app, (0, 0))
    app.inputs.take("preset", "", "blur", is_final=True)
    app.dispatch("window", 30, 30)
    assert lit(page) == [before]
    assert page.elements["card.weight/0"]["value"] == "0.111"
    assert page.elements["card.preset"]["value"] == "blur"


def test_contributions_have_a_scale_of_their_own_or_that_of_the_result():
    app, page = started("view=conv_1_2/8")
    own = page.painted["contribution/0"].copy()
    assert page.elements["stage.parts"]["aria-pressed"] == "false"
    app.act("parts")
    assert page.elements["stage.parts"]["aria-pressed"] == "true"
    assert page.addresses[-1] == "view=conv_1_2/8&parts=result"
    assert (page.painted["contribution/0"] != own).any()
    app.act("parts")
    np.testing.assert_array_equal(page.painted["contribution/0"], own)


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
    for key in ("explained", "contribution/0", "card.input"):
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
                source = app.model.numbers.source
                assert f"of {source} " in page.elements["card.title"]["text"]


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
