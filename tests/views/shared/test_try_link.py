"""From views of windows a link leads to the playground, set to the layer's own."""

from itertools import pairwise
from types import SimpleNamespace

import pytest

from cnnscope.app.app import App
from cnnscope.nn.layers import MaxPool2d
from cnnscope.state.playground import Settings
from cnnscope.state.state import Node
from cnnscope.state.url import from_hash
from cnnscope.text import load_text
from cnnscope.views.shared.try_link import tried
from support.app_on_fake_page import started
from support.fake_page import FakePage
from support.networks import CLASSES, picture, tiny_vgg

SET = {
    "view=conv_1_1/3": Settings(7, 3, 0, 1, 1),
    "view=conv_2_2/0": Settings(7, 3, 0, 1, 1),
    "view=max_pool_1/3": Settings(8, 2, 0, 2, 1),
}
NOTHING_TO_TRY = ["view=relu_1_1/3", "view=output/6", "view=output/6&softmax=on"]
WINDOWS = [(1440, 900), (1366, 641), (1280, 720), (390, 844)]


def shown(address, window=(1440, 900)):
    page = FakePage(address, window)
    App(page, tiny_vgg(), CLASSES, {"waves": picture(tiny_vgg(), 1)}, load_text()).start()
    return page


def box(element):
    style = dict(part.split(":") for part in element["style"].split(";"))
    left, top, width, height = (
        float(style[name].removesuffix("rem")) for name in ("left", "top", "width", "height")
    )
    return left, top, left + width, top + height


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(("address", "settings"), SET.items(), ids=list(SET))
def test_a_view_of_windows_leads_to_the_playground_set_to_its_layer(address, settings, window):
    link = shown(address, window).elements["stage.try"]
    assert from_hash(link["href"]).playground.settings == settings
    assert link["href"].endswith("&section=playground")


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("address", SET)
def test_the_ways_out_stand_beside_each_other(address, window):
    elements = shown(address, window).elements
    boxes = [box(elements[f"stage.{name}"]) for name in ("try", "close")]
    boxes.insert(1, box(elements["about.stage"]))
    assert all(here[2] <= there[0] for here, there in pairwise(boxes))
    assert len({top for _, top, _, _ in boxes}) == 1


@pytest.mark.parametrize("address", NOTHING_TO_TRY)
def test_where_there_is_no_window_there_is_no_such_link(address):
    assert "stage.try" not in shown(address).elements


def test_followed_it_sets_the_playground_and_leaves_open_what_is_open():
    app, page = started("picture=pizza&view=max_pool_1/3&cell=4,5")
    link = page.elements["stage.try"]["href"].removeprefix("#")
    app.history.follow(link)
    assert app.state.focus.node == Node("max_pool_1", 3)
    assert app.state.focus.sweep.place == (4, 5)
    assert app.state.picture == "pizza"
    assert app.state.playground.settings == Settings(8, 2, 0, 2, 1)
    assert app.state.playground.kernel == "blur"
    assert "section=playground" in page.addresses[-1]


def test_a_small_input_is_tried_as_it_is():
    layer = MaxPool2d("pool", size=3, stride=2)
    small = SimpleNamespace(
        layer=lambda _: layer, before=lambda _: "input", shapes={"input": (1, 6, 6)}
    )
    assert tried(small, "pool") == Settings(6, 3, 0, 2, 1)
