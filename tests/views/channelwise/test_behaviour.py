"""ReLU and max pooling explained, as the whole page does it."""

import pytest

from cnnscope.state.state import Card, Explained, Node, Overview, view_shown
from support.app_on_fake_page import started
from support.networks import sequential


@pytest.mark.parametrize(
    ("node", "view"), [("relu_1_1/3", "relu"), ("max_pool_2/9", "pooling"), ("input/0", "overview")]
)
def test_a_node_opens_as_its_layer_is_explained_and_closes_again(node, view):
    app, page = started()
    app.act("open", node)
    assert page.elements["explainer"]["data-view"] == view
    assert isinstance(app.state.focus, Card if view == "overview" else Explained)
    app.act("open", node)
    assert view_shown(app.state.focus) == Overview()
    assert page.elements["explainer"]["data-view"] == "overview"


@pytest.mark.parametrize("key", ["explained", "stage.given"])
def test_arrow_keys_on_either_map_move_the_window_and_stop_it(key):
    app, page = started(still=False)
    app.act("open", "max_pool_1/3")
    app.act("play")
    assert app.state.focus.sweep.playing
    for pressed in ("ArrowDown", "ArrowRight", "ArrowRight"):
        assert app.press(pressed, key)
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == ((1, 2), False)
    value = app.model.trace["max_pool_1"][3, 1, 2]
    assert page.elements["stage.value"]["text"] == f"row 2, column 3: {value:.3f}"
    assert page.said[-1].startswith("row 2, column 3")


def test_pointing_at_the_map_that_is_read_puts_the_window_over_that_cell():
    app, _ = started("view=max_pool_1/3")
    app.pointer.point("input", 21, 40)
    assert app.state.focus.sweep.place == (10, 20)
    app.pointer.point("output", 21, 29)
    assert app.state.focus.sweep.place == (21, 29)
    app.act("open", "relu_1_1/0")
    app.pointer.point("input", 61, 5)
    assert app.state.focus.sweep.place == (61, 5)


def test_another_channel_of_the_layer_keeps_the_window_where_it_is():
    app, page = started("view=relu_1_1/3&cell=5,6")
    app.act("open", "relu_1_1/7")
    assert (view_shown(app.state.focus), app.state.focus.sweep.place) == (
        Explained(Node("relu_1_1", 7)),
        (5, 6),
    )
    value = app.model.trace["relu_1_1"][7, 5, 6]
    assert page.elements["stage.value"]["text"] == f"row 6, column 7: {value:.3f}"
    app.act("open", "relu_1_2/7")
    assert app.state.focus.sweep.place is None


def test_the_buttons_go_round_all_channels_and_keep_the_focus():
    app, page = started("view=max_pool_2/9&cell=1,2")
    app.act("neighbour", "1")
    assert view_shown(app.state.focus) == Explained(Node("max_pool_2", 0))
    assert page.focuses[-1] == "stage.next"
    assert page.said[-1].startswith("max_pool_2, channel 1 of 10")
    app.act("neighbour", "-1")
    assert view_shown(app.state.focus) == Explained(Node("max_pool_2", 9))
    assert page.focuses[-1] == "stage.previous"
    assert app.state.focus.sweep.place == (1, 2)


def test_the_buttons_go_through_all_channels_also_those_of_another_page():
    network = sequential(
        (3, 14, 14),
        [("conv2d", "first", 70), ("relu", "bent"), ("flatten", "row"), ("dense", "sums", 4),
         ("softmax", "answer")],
    )  # fmt: skip
    app, page = started("view=bent/0", (390, 844), network=network)
    seen = []
    for _ in range(70):
        node = app.state.focus.node
        seen.append(node.channel)
        assert node in app.model.plan.boxes
        assert page.elements["stage.next"]["data-args"] == "1"
        app.act("neighbour", "1")
    assert seen == list(range(70))
    assert app.state.focus.node == Node("bent", 0)


def test_a_slide_goes_on_in_another_channel():
    app, page = started(still=False)
    app.act("open", "relu_1_1/3")
    app.act("play")
    page.tick(0.0)
    page.tick(1.0)
    place = app.state.focus.sweep.place
    app.act("neighbour", "1")
    assert (app.state.focus.sweep.place, app.state.focus.sweep.playing) == (place, True)
    page.tick(2.0)
    page.tick(3.0)
    assert app.state.focus.sweep.place > place


def test_the_node_that_is_read_opens_its_own_explanation():
    app, page = started("view=relu_1_1/3")
    app.act("open", "conv_1_1/3")
    assert view_shown(app.state.focus) == Explained(Node("conv_1_1", 3))
    assert page.elements["explainer"]["data-view"] == "convolution"


def test_the_receptive_field_follows_the_window():
    app, page = started("view=max_pool_2/0&cell=12,0")
    assert "hidden" in page.elements["field/picture"]
    app.act("field")
    assert "hidden" not in page.elements["field/picture"]
    before = page.elements["field/picture"]["style"]
    app.press("ArrowUp", "explained")
    assert page.elements["field/picture"]["style"] != before
    assert "16" in page.elements["picture.caption"]["text"]


def test_another_picture_inside_the_view_is_followed():
    app, page = started("view=relu_2_1/2&cell=3,4")
    before = page.painted["stage.given"]
    app.act("picture", "pizza")
    assert (page.painted["stage.given"] != before).any()
    value = app.model.trace["relu_2_1"][2, 3, 4]
    assert page.elements["stage.value"]["text"].endswith(f"{value:.3f}")
    cut = int((app.model.trace["conv_2_1"][2] < 0).sum())
    assert page.elements["relu.count"]["text"] == f"{cut:,} of 784 cells cut"
