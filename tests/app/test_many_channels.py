"""A convolution that reads many channels, explained in place: its ten largest, the others, keys."""

import numpy as np
import pytest

from cnnscope.state.state import Explained, Node
from support.app_on_fake_page import started
from support.convolutions import odd_network
from support.packing import file_of
from support.table_networks import table_classes, table_networks

OTHERS = "channel/others"
KERAS = table_networks()["keras_mnist"]


def opened(view, window=(1440, 900), network=KERAS, classes=None):
    """(app, page) with a node of another network explained, its window at rest."""
    app, page = started("", window)
    app.act("network", "digits")
    page.fetches.pop()(file_of(network, classes or table_classes("keras_mnist")))
    app.navigate(f"network=digits&view={view}")
    return app, page


def odd(view, window=(1440, 900)):
    return opened(view, window, odd_network(), list("abcde"))


def rows(page):
    """The channels in the rows, as these are on the page."""
    shown = [key for key in page.elements if key.startswith("channel/") and "." not in key]
    slots = sorted(int(key.split("/")[1]) for key in shown if key != OTHERS)
    return [int(page.elements[f"channel/{slot}"]["data-args"]) for slot in slots]


def sizes(app, place):
    """How much each channel contributes at a place, by a sum over the window."""
    layer = app.model.network.layer("conv_2")
    x = app.model.trace["pool_1"].astype(float)
    seen = x[:, place[0] : place[0] + 3, place[1] : place[1] + 3]
    return abs((layer.kernel[40].astype(float) * seen).sum((1, 2)))


@pytest.mark.parametrize("window", [(1440, 900), (390, 844)], ids=str)
def test_the_others_unfold_and_fold_again_and_the_keyboard_follows(window):
    app, page = opened("conv_2/40", window)
    assert len(rows(page)) == 10
    assert page.elements[OTHERS]["data-on"] == "unfold"
    app.act("unfold")
    assert "list=all" in page.read_hash()
    assert sorted(rows(page)) == list(range(32))
    assert page.focuses[-1] == "channel/10"
    app.act("unfold")
    assert "list=all" not in page.read_hash()
    assert len(rows(page)) == 10
    assert page.focuses[-1] == OTHERS


def test_wherever_the_window_comes_to_rest_the_largest_stand_first_and_are_painted():
    app, page = opened("conv_2/40")
    for place in ((0, 0), (4, 7), (10, 10)):
        app.dispatch("window", *place)
        given = sizes(app, place)
        np.testing.assert_allclose(given[rows(page)], np.sort(given)[::-1][:10], atol=1e-5)
        x = app.model.trace["pool_1"]
        for slot, channel in enumerate(rows(page)):
            assert page.painted[f"source/{slot}"].shape[:2] == x[channel].shape
            darkest = page.painted[f"source/{slot}"][..., 0].argmin()
            assert x[channel].ravel()[darkest] == pytest.approx(x[channel].max(), abs=0.1)


def test_while_it_plays_rows_keep_their_places():
    app, page = opened("conv_2/40")
    app.act("replay")
    before = rows(page)
    for _ in range(8):
        page.tick(0.4)
        assert rows(page) == before


def test_arrow_keys_go_from_row_to_row_down_to_the_others():
    app, page = opened("conv_2/40")
    for key, place, reached in (
        ("ArrowDown", "channel/8", "channel/9"), ("ArrowDown", "channel/9", OTHERS),
        ("ArrowDown", OTHERS, OTHERS), ("ArrowUp", OTHERS, "channel/9"),
        ("End", "channel/2", OTHERS), ("Home", OTHERS, "channel/0"),
    ):  # fmt: skip
        assert app.press(key, place)
        assert page.focuses[-1] == reached
    assert not app.press("ArrowRight", OTHERS)


def test_the_arithmetic_goes_through_all_channels_and_the_row_that_has_it_says_so():
    app, page = opened("conv_2/40")
    seen = []
    for _ in range(32):
        app.act("neighbour", "1")
        channel = app.state.focus.channel
        seen.append(channel)
        assert f"channel {channel + 1}" in page.elements["card.title"]["text"]
        lit = [key for key, row in page.elements.items()
               if key.startswith("channel/") and row.get("aria-expanded") == "true"]  # fmt: skip
        shown = rows(page)
        assert lit == ([f"channel/{shown.index(channel)}"] if channel in shown else [])
    assert sorted(seen) == list(range(32))


def test_a_row_opens_the_arithmetic_of_the_channel_that_stands_there_and_its_kernel_is_edited():
    app, page = opened("conv_2/40")
    channel = rows(page)[3]
    app.act("channel", page.elements["channel/3"]["data-args"])
    app.editor.weight(4, "-2.5", is_final=True)
    (edit,) = app.state.edits
    assert (edit.node, edit.source) == (Node("conv_2", 40), channel)
    assert edit.values[4] == -2.5
    assert app.model.network.layer("conv_2").kernel[40, channel, 1, 1] == -2.5
    slot = rows(page).index(channel)
    assert page.elements[f"channel/{slot}"]["data-changed"] is not None


@pytest.mark.parametrize(
    ("layer", "count"),
    [("uneven", 121), ("dilated", 9), ("depthwise", 9), ("flat", 7), ("pointwise", 1),
     ("halves", 9), ("wide", 49)],
)  # fmt: skip
def test_a_kernel_of_any_size_is_edited_and_the_address_brings_it_back(layer, count):
    app, page = odd(f"{layer}/5")
    app.editor.weight(count - 1, "1.5", is_final=True)
    (edit,) = app.state.edits
    assert len(edit.values) == count
    address = page.read_hash()
    again, _ = odd("uneven/0")
    again.navigate(address)
    assert again.state.edits == app.state.edits
    kernel = again.model.network.layer(layer).kernel[5, edit.source]
    np.testing.assert_allclose(kernel.ravel(), edit.values, atol=1e-6)


@pytest.mark.parametrize("window", [(1440, 900), (960, 600), (390, 844)], ids=str)
def test_every_convolution_of_any_setting_opens_and_plays(window):
    for layer in ("uneven", "dilated", "depthwise", "flat", "pointwise", "halves", "wide"):
        app, page = odd(f"{layer}/4", window)
        assert isinstance(app.state.focus, Explained)
        assert page.elements["explainer"]["data-view"] == "convolution"
        app.act("replay")
        page.tick(1.3)
        app.act("skip")
        app.act("channel", "0")
        assert "card.title" in page.elements


@pytest.mark.parametrize(
    ("layer", "maps", "has_bias"),
    [("uneven", "all 3 maps", True), ("depthwise", "in one map", False),
     ("halves", "10 of the maps", True)],
)  # fmt: skip
def test_the_line_above_says_how_many_maps_are_read_and_whether_a_bias_is_added(
    layer, maps, has_bias
):
    _, page = odd(f"{layer}/4")
    said = page.elements["story.how"]["text"]
    assert maps in said
    assert ("bias" in said) == has_bias


def test_a_kernel_of_one_number_is_offered_no_presets_that_are_alike():
    _, page = odd("pointwise/4")
    assert page.content("card.preset").count("<option") == 3
    _, page = odd("wide/4")
    assert page.content("card.preset").count("<option") == 6
