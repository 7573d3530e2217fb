import re

import numpy as np
import pytest

from cnnscope.app.app import App
from cnnscope.drawing.scale import number
from cnnscope.state.state import OWN_PICTURE, Card, Explained, Node, Overview, view_shown
from cnnscope.text import load_text
from support.app_on_fake_page import probabilities, started
from support.fake_page import FakePage
from support.networks import CLASSES, other_network, picture, sequential, tiny_vgg

NODE = Node("input", 1)


def painted_maps(page):
    """What is painted of the network."""
    return {key: rgba for key, rgba in page.painted.items() if not key.startswith("playground.")}


def test_the_first_picture_is_the_first_sample():
    app, page = started()
    assert app.model.picture == "espresso"
    assert page.regions["network"].count("data-node=") == 113
    assert len(painted_maps(page)) == 113 - 10 + 1
    np.testing.assert_array_equal(page.painted["picture"][..., :3], picture(tiny_vgg(), 1))


def test_the_picture_of_the_address_is_shown_at_once():
    _, page = started("picture=pizza")
    np.testing.assert_array_equal(page.painted["picture"][..., :3], picture(tiny_vgg(), 2))
    pressed = re.findall(r'data-sample="(\w+)"[^>]*aria-pressed="true"', page.regions["controls"])
    assert pressed == ["pizza"]


def test_another_picture_changes_every_map_and_every_probability_without_mounting_again():
    app, page = started()
    mounted = page.regions["network"]
    before, page.painted = painted_maps(page), {}
    app.act("picture", "pizza")
    assert set(page.painted) == set(before)
    assert all((page.painted[f"input/{i}"] != before[f"input/{i}"]).any() for i in range(3))
    assert page.regions["network"] is mounted
    assert probabilities(page) == pytest.approx(app.model.trace["output"], abs=1e-7)
    assert sum(probabilities(page)) == pytest.approx(1, abs=1e-5)
    assert page.addresses[-1] == "picture=pizza"
    assert "The network’s answer" in page.said[-1]


def test_choosing_the_picture_that_is_shown_does_nothing():
    app, page = started()
    app.act("picture", "pizza")
    page.painted.clear()
    app.act("picture", "pizza")
    assert page.painted == {}
    assert page.addresses == ["", "picture=pizza"]


def test_an_own_picture_gives_the_same_numbers_as_the_same_sample():
    app, page = started("picture=pizza")
    app.act("picture", "espresso")
    expected = probabilities(page)
    app.act("picture", "pizza")
    app.bring(picture(tiny_vgg(), 1))
    assert app.model.picture == OWN_PICTURE
    assert probabilities(page) == expected
    assert page.posed["sample/own"]["hidden"] is False


def test_a_second_own_picture_replaces_the_first():
    app, page = started()
    app.bring(picture(tiny_vgg(), 5))
    app.bring(picture(tiny_vgg(), 6))
    np.testing.assert_array_equal(page.painted["picture"][..., :3], picture(tiny_vgg(), 6))
    np.testing.assert_array_equal(page.painted["own"][..., :3], picture(tiny_vgg(), 6))
    expected = tiny_vgg()(app.model.trace["input"])["output"]
    assert probabilities(page) == pytest.approx(expected, abs=1e-7)


def test_an_own_picture_that_is_gone_after_a_reload_falls_back_to_the_first_sample():
    app, _ = started("picture=own")
    assert app.model.picture == "espresso"


def test_a_complaint_leaves_everything_on_screen():
    app, page = started()
    painted, regions = dict(page.painted), dict(page.regions)
    app.toolbar.show_error("picture.error.empty")
    assert page.message.startswith("This file is empty")
    assert (page.painted, page.regions) == (painted, regions)
    app.act("dismiss")
    assert page.message is None


def test_a_picture_that_can_be_read_takes_the_complaint_away():
    app, page = started()
    app.toolbar.show_error("picture.error.empty")
    app.bring(picture(tiny_vgg(), 5))
    assert page.message is None


def test_opening_moves_the_focus_into_the_card_and_escape_moves_it_back():
    app, page = started()
    app.act("open", "input/1")
    assert 'role="dialog"' in page.regions["card"]
    assert page.focuses[-1] == "card.map"
    assert app.press("Escape", "card.map")
    assert page.regions["card"] == ""
    assert page.focuses[-1] == "input/1"


def test_a_class_of_a_network_that_weighs_no_maps_opens_as_a_card_on_its_close_button():
    network = sequential(
        (3, 64, 64), [("conv2d", "conv", 2), ("flatten", "row"), ("dense", "one", 5),
                      ("relu", "bent"), ("dense", "two", 10), ("softmax", "output")],
    )  # fmt: skip
    page = FakePage("")
    app = App(page, network, CLASSES, {"espresso": picture(network)}, load_text())
    app.start()
    app.act("open", "output/6")
    assert page.focuses[-1] == "card.close"
    assert page.posed["card.rank"]["text"].endswith("of 10")


def test_back_and_forward_show_what_was_shown():
    app, page = started()
    app.act("open", "input/1")
    app.act("picture", "pizza")
    app.act("scale", "global")
    back_and_forth = [
        ("picture=pizza&node=input/1", Card(NODE), "pizza", "unit"),
        ("node=input/1", Card(NODE), "espresso", "unit"),
        ("", Overview(), "espresso", "unit"),
        ("picture=pizza&node=input/1&scale=global", Card(NODE), "pizza", "global"),
        ("node=input/2", Card(Node("input", 2)), "espresso", "unit"),
        ("picture=pizza&node=input/0", Card(Node("input", 0)), "pizza", "unit"),
        ("view=output/4&scale=module", Explained(Node("output", 4)), "espresso", "module"),
    ]
    for address, focus, key, scale in back_and_forth:
        page.addresses.append(address)
        app.navigate(address)
        assert (app.state.focus, app.model.picture, app.state.reading.scale) == (focus, key, scale)
        assert page.addresses[-1] == address  # nothing to correct, and no step added
    assert len(page.addresses) == 4 + len(back_and_forth)


def test_an_anchor_of_the_article_changes_nothing():
    app, _ = started("scale=global")
    app.navigate("pooling")
    assert app.state.reading.scale == "global"


def test_a_link_of_the_article_opens_a_view_and_keeps_the_rest():
    app, page = started("picture=pizza&scale=global")
    app.history.follow("view=relu_1_1/3")
    assert view_shown(app.state.focus) == Explained(Node("relu_1_1", 3))
    assert (app.state.picture, app.state.reading.scale) == ("pizza", "global")
    assert len(page.addresses) == 2
    assert page.read_hash() == "picture=pizza&view=relu_1_1/3&scale=global"
    assert page.focused() == "explained"
    app.navigate(page.addresses[0], is_step=True)
    assert view_shown(app.state.focus) == Overview()


def test_a_link_of_the_article_puts_the_focus_into_what_is_open_already():
    app, page = started("view=conv_1_1/2")
    page.focuses.clear()
    app.history.follow("view=conv_1_1/2")
    assert page.focused() == "explained"
    app.history.follow("view=overview")
    assert view_shown(app.state.focus) == Overview()
    assert page.focused() == "conv_1_1/2"
    assert page.read_hash() == ""
    assert page.noticed is None


def test_what_does_not_exist_cannot_be_opened():
    app, _ = started("node=conv_9_9/1")
    assert view_shown(app.state.focus) == Overview()
    for name in ("conv_1_1/99", "nonsense", "", "conv_1_1/x"):
        app.act("open", name)
        assert view_shown(app.state.focus) == Overview()


def test_a_node_stays_open_when_the_window_changes():
    app, page = started()
    app.act("open", "input/1")
    page.window = (1024, 768)
    app.resize()
    assert app.model.plan.node_size < 60
    assert 'role="dialog"' in page.regions["card"]
    assert page.focuses == ["card.map", "card.map"]  # what was mounted anew lost the focus


@pytest.mark.parametrize("window", [(1440, 900), (1440, 890)])
def test_a_resize_that_moves_nothing_draws_nothing(window):
    app, page = started()
    app.act("open", "input/1")
    mounted = dict(page.regions)
    page.window = window
    app.resize()
    assert all(page.regions[region] is markup for region, markup in mounted.items())
    assert page.focuses == ["card.map"]


def test_another_colour_scale_repaints_maps_and_legends_but_computes_nothing():
    app, page = started()
    trace, before = app.model.trace, dict(page.painted)
    app.act("scale", "global")
    assert app.model.trace is trace
    extents = {name: domain.high for name, domain in app.model.domains.items()}
    assert len(set(extents.values())) == 2  # the picture's, and one for all maps
    assert any((page.painted[key] != before[key]).any() for key in before)
    np.testing.assert_array_equal(page.painted["input/0"], before["input/0"])
    assert page.regions["legends"].count('class="legend"') == 2


def test_details_are_hidden_by_one_attribute():
    app, page = started()
    app.act("details")
    assert page.posed["network"]["data-details"] == "off"
    assert page.posed["details"]["aria-pressed"] == "false"


def test_pointing_lights_up_links_and_reads_out_the_value():
    app, page = started()
    app.dispatch("hover", Node("relu_1_1", 2), (5, 7))
    value = float(app.model.trace["relu_1_1"][2, 5, 7])
    assert page.posed["readout.value"]["text"] == f"row 6, column 8: {value:.4f}"
    assert page.posed["lit"]["d"].count("M") == 1
    assert page.posed["rings"]["d"].count("M") == 2
    app.dispatch("hover", None)
    assert page.posed["lit"]["d"] == ""
    assert page.posed["readout"]["hidden"] is True


def test_arrow_keys_move_between_nodes_and_enter_is_left_to_the_button():
    app, page = started()
    assert app.press("ArrowDown", "conv_1_1/3")
    assert page.focuses[-1] == "conv_1_1/4"
    assert app.press("ArrowUp", "conv_1_1/0")
    assert page.focuses[-1] == "label/conv_1_1"
    assert app.press("ArrowLeft", "label/conv_1_1")
    assert page.focuses[-1] == "label/input"
    assert app.press("ArrowDown", "label/conv_1_1")
    assert page.focuses[-1] == "conv_1_1/0"
    assert not app.press("ArrowDown", "label/nonsense")
    assert app.press("End", "conv_1_1/3")
    assert page.focuses[-1] == "output/9"
    assert app.press("Home", "label/relu_1_1")
    assert page.focuses[-1] == "label/input"
    assert not app.press("Enter", "conv_1_1/3")
    assert not app.press("Escape", "conv_1_1/3")  # nothing is open
    assert not app.press("ArrowDown", "")


def test_the_tab_stop_follows_the_keyboard():
    app, page = started()
    app.dispatch("focus", Node("conv_1_1", 3))
    assert page.posed["conv_1_1/3"]["tabindex"] == 0
    assert page.posed["input/0"]["tabindex"] == -1
    app.dispatch("focus", Node("output", 0))
    assert page.posed["conv_1_1/3"]["tabindex"] == -1


def test_arrow_keys_walk_over_the_enlarged_map_and_stop_at_its_edge():
    app, page = started()
    app.act("open", "input/0")
    for _ in range(40):
        assert app.press("ArrowRight", "card.map")
    assert app.state.focus.cell == (32, 63)
    assert page.said[-1] == page.posed["card.value"]["text"]
    value = app.model.trace["input"][0, 32, 63]
    assert page.posed["card.value"]["text"] == f"row 33, column 64: {value:.4f}"


def test_a_picture_changed_under_an_open_card_changes_the_card():
    app, page = started()
    app.act("open", "input/1")
    map_before, mean_before = page.painted["card"].copy(), page.posed["card.mean"]["text"]
    app.act("picture", "pizza")
    assert (page.painted["card"] != map_before).any()
    assert page.posed["card.mean"]["text"] != mean_before


def test_a_word_about_an_own_picture_is_shown_with_that_picture_only():
    app, page = started()
    app.bring(picture(tiny_vgg(), 5), "picture.notice.animated")
    assert page.noticed == "This picture moves; its first frame is used."
    app.act("picture", "espresso")
    assert page.noticed is None
    app.act("picture", OWN_PICTURE)
    assert page.noticed == "This picture moves; its first frame is used."


def test_the_first_sample_has_one_address_and_choosing_it_again_is_no_step():
    app, page = started()
    app.act("picture", "espresso")
    assert page.addresses == [""]
    app.act("picture", "pizza")
    app.act("picture", "espresso")
    assert page.addresses == ["", "picture=pizza", ""]


def test_an_address_that_says_more_than_is_here_is_corrected_in_place():
    _, page = started("picture=own&node=conv_9/1&scale=global")
    assert page.addresses == ["scale=global"]


def test_an_anchor_in_the_address_is_left_alone():
    _, page = started("pooling")
    assert page.addresses == ["pooling"]


def test_the_cursor_of_the_map_stays_when_the_pointer_wanders_or_the_picture_changes():
    app, page = started()
    app.act("open", "input/1")
    app.press("ArrowRight", "card.map")
    app.dispatch("hover", Node("conv_2_1", 0), (1, 1))
    app.dispatch("hover", None)
    app.act("picture", "pizza")
    assert app.state.focus.cell == (32, 33)
    value = app.model.trace["input"][1, 32, 33]
    assert page.posed["card.value"]["text"].endswith(f"{value:.4f}".replace("-", "−"))


def test_reading_a_picture_is_said_and_shown():
    app, page = started()
    app.toolbar.show_reading(True)
    assert page.posed["chooser.label"]["text"] == page.said[-1] == "Reading the picture…"
    app.toolbar.show_reading(False)
    assert page.posed["chooser.label"]["text"] == "Your picture"


def test_closing_a_message_leaves_the_focus_somewhere():
    app, page = started()
    app.toolbar.show_error("picture.error.empty")
    app.act("dismiss")
    assert page.focuses == ["chooser"]


def test_what_was_opened_by_pointer_is_where_tab_comes_back_to():
    app, page = started()
    app.act("open", "input/1")
    assert page.posed["input/1"]["tabindex"] == 0
    assert page.posed["input/0"]["tabindex"] == -1


VIEWS = {"input": "overview", "first": "convolution", "halved": "pooling",
         "second": "convolution", "bent": "relu", "answer": "flatten"}  # fmt: skip
"""What opens for a node of the other network, by its layer."""


def test_another_network_comes_up_and_opens_its_nodes():
    network = other_network()
    page = FakePage()
    app = App(page, network, CLASSES[:4], {"a picture": picture(network, 1)}, load_text())
    app.start()
    assert len(painted_maps(page)) == 1 + 6 + 6 + 14 + 14 + 1
    for node in app.model.plan.boxes:
        app.act("open", str(node))
        assert page.posed["explainer"]["data-view"] == VIEWS[node.layer]
        is_card = VIEWS[node.layer] == "overview"
        assert ('role="dialog"' in page.regions["card"]) == is_card
    brightness = picture(network, 1) @ [0.299, 0.587, 0.114] / 255
    np.testing.assert_allclose(app.model.trace["input"][0], brightness, atol=1e-6)


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("Home", (32, 0)),
        ("End", (32, 63)),
        ("PageUp", (22, 32)),
        ("PageDown", (42, 32)),
        ("a", None),
    ],
)
def test_keys_that_jump_on_the_enlarged_map(key, cell):
    app, _ = started()
    app.act("open", "input/0")
    assert app.press(key, "card.map") == (cell is not None)
    assert app.state.focus.cell == cell


def test_an_address_of_what_is_not_here_is_said_to_be_one():
    for address in (
        "picture=own", "node=foo/3", "picture=nope&scale=global", "view=conv_1_1/10",
        "view=conv_1_1/3&channel=3", "view=conv_1_1/3&cell=62,0", "view=input/1",
        "kernel=conv_1_1/0/3:0,0,0,0,1,0,0,0,0", "kernel=conv_1_1/0/0:1,2",
        "kernel=conv_1_1/0/0:0,0,0,0,1e30,0,0,0,0", "view=nonsense", "node=x", "view=output/6/6",
    ):  # fmt: skip
        _, page = started(address)
        assert "address" in page.noticed
        assert ("Pictures of your own" in page.noticed) == ("picture=" in address)
    for address in (
        "", "pooling", "view=picture", "picture=espresso", "picture=pizza&node=input/1",
        "view=conv_1_1/3",
        "view=conv_1_2/3&channel=9&cell=59,59&speed=slow&field=on",
        "kernel=conv_1_1/0/2:0,0,0,0,1,0,0,0,0.333333",
    ):  # fmt: skip
        _, page = started(address)
        assert page.noticed is None


def test_an_edited_address_of_what_is_not_here_is_said_to_be_one_until_another_view_is_shown():
    for opened in ("", "view=conv_1_1/3"):
        app, page = started(opened)
        page.addresses.append("view=nonsense/3")
        for _ in range(2):  # as popstate, as hashchange
            app.navigate(page.addresses[-1])
            assert "does not have" in page.noticed
            assert view_shown(app.state.focus) == Overview()
        page.addresses.append("view=conv_1_1/4")
        app.navigate(page.addresses[-1])
        assert page.noticed is None


def test_an_old_link_to_the_card_of_a_convolution_opens_its_explanation_without_complaint():
    app, page = started("node=conv_1_1/3")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_1", 3))
    assert page.addresses == ["view=conv_1_1/3"]
    assert page.noticed is None


def test_a_press_beside_the_card_closes_it_and_is_nothing_without_one():
    app, page = started()
    app.act("leave")
    app.act("open", "input/1")
    app.act("leave")
    assert view_shown(app.state.focus) == Overview()
    assert len(page.addresses) == 3


def test_escape_takes_a_complaint_away():
    app, page = started()
    app.toolbar.show_error("picture.error.empty")
    assert page.said[-1] == ""
    app.press("Escape", "")
    assert page.message is None


def test_on_a_phone_the_node_is_shown_above_the_sheet_about_it():
    app, page = started(window=(390, 844))
    app.act("open", "input/2")
    assert page.revealed == ["input/2"]


def test_the_cursor_is_marked_on_the_legend_where_its_value_lies():
    app, page = started()
    app.act("open", "input/1")
    app.press("Home", "card.map")
    domain = app.model.domains["input"]
    value = float(app.model.trace["input"][1, 32, 0])
    share = (value - domain.low) / (domain.high - domain.low)
    assert page.posed["card.mark"]["style"] == f"left:{100 * share:.2f}%"


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
        app.bring(picture(tiny_vgg(), seed))
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
            f"left:{box.x:.2f}px;top:{box.y:.2f}px;width:{box.width:.2f}px"
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


def test_the_picture_itself_opens_and_gives_the_focus_back():
    app, page = started()
    app.act("original")
    assert 'role="dialog"' in page.regions["card"]
    assert page.focuses[-1] == "card.close"
    assert page.addresses[-1] == "view=picture"
    np.testing.assert_array_equal(page.painted["original.seen"][..., :3], picture(tiny_vgg(), 1))
    app.act("picture", "pizza")
    np.testing.assert_array_equal(page.painted["original.seen"][..., :3], picture(tiny_vgg(), 2))
    assert "samples/pizza.webp" in page.regions["card"]
    app.press("Escape", "")
    assert (view_shown(app.state.focus), page.regions["card"], page.focuses[-1]) == (
        Overview(),
        "",
        "picture",
    )


def test_a_convolution_opened_beside_the_picture_itself_gets_the_focus():
    app, page = started("view=picture")
    app.act("open", "conv_1_2/8")
    assert page.focuses[-1] == "explained"
