"""How the application takes up the page that stands there, and what of it can wait."""

import pytest

from cnnscope.app.app import App
from cnnscope.app.network_regions import CAN_WAIT
from cnnscope.drawing.element import fragment
from cnnscope.nn.network import Trace
from cnnscope.panels.toolbar.drawing import controls
from cnnscope.pictures.resize import to_input
from cnnscope.state.state import State
from cnnscope.text import load_text
from cnnscope.views.overview.tooltip import readout
from cnnscope.views.shared.model import Model
from cnnscope.views.shared.network_plan import Viewport, lay_out
from prerender import skeleton
from support.comparing import check_same
from support.fake_page import FakePage
from support.networks import CLASSES, picture, tiny_vgg

NETWORK = tiny_vgg()
SAMPLES = {"espresso": picture(NETWORK, 1), "pizza": picture(NETWORK, 2)}


def built_page(address="", language="en"):
    """A page as it was built, in a language."""
    trace: Trace = NETWORK(to_input(SAMPLES["espresso"]))
    plan = lay_out(NETWORK, Viewport(1440, 900))
    model = Model(NETWORK, CLASSES, load_text(language), State(), trace, plan)
    page = FakePage(address)
    page.mount("network", str(skeleton.drawing(model)) + str(readout()))
    tiles = controls(model.text, State(), tuple(SAMPLES), size=(64, 64), live=False)
    page.mount("controls", fragment(tiles))
    page.built = dict(page.regions)
    return page


def kept(page):
    """What of it was not mounted again."""
    return {name for name, markup in page.built.items() if page.regions[name] is markup}


def begun(page, embed=None):
    app = App(page, NETWORK, CLASSES, SAMPLES, load_text(), (), embed)
    app.begin()
    return app


def drawn(app):
    return set(app.renderer.drawn)


def settle(app):
    while app.settle():
        pass


def test_what_can_wait_is_drawn_region_by_region():
    """So that none keeps the visitor waiting for the others."""
    app = begun(built_page())
    waiting = list(app.waiting)
    assert waiting[: len(CAN_WAIT)] == list(CAN_WAIT)
    for number, name in enumerate(waiting, 1):
        assert name not in drawn(app)
        is_more = app.settle()
        assert drawn(app) & set(waiting) == set(waiting[:number])
        assert is_more == (number < len(waiting))
    assert app.settle() is False


def test_of_the_page_that_stands_there_nothing_is_mounted_again():
    page = built_page()
    app = begun(page)
    assert kept(page) == {"network", "controls"}
    assert "inert" not in page.elements["network"]
    assert "disabled" not in page.elements["sample/pizza"]
    assert page.painted == {}
    settle(app)
    assert kept(page) == {"network", "controls"}
    assert skeleton.STILL not in page.elements["network"]
    assert len([key for key in page.painted if "/" in key]) >= 103


@pytest.mark.parametrize("address", ["", "picture=pizza", "kernel=conv_1_1/0/0:1,1,1,1,1,1,1,1,1",
                                     "scale=global", "view=conv_1_1/3",
                                     "node=conv_1_2/3"])  # fmt: skip
def test_it_is_then_as_if_it_had_been_mounted(address):
    one, other = built_page(address), FakePage(address)
    first, second = begun(one), begun(other)
    for app in (first, second):
        settle(app)
    check_same((first, one), (second, other))


@pytest.mark.parametrize("address", ["picture=pizza", "scale=global", "view=conv_1_1/3",
                                     "kernel=conv_1_1/0/0:1,1,1,1,1,1,1,1,1"])  # fmt: skip
def test_what_does_not_stand_there_cannot_wait(address):
    page = built_page(address)
    assert drawn(begun(page)) >= set(CAN_WAIT)
    assert "picture" in page.painted


def test_in_another_language_it_is_mounted():
    page = built_page(language="zh")
    begun(page)
    assert kept(page) == set()


def test_a_frame_that_shows_one_view_alone_has_all_of_it_at_once():
    app = begun(built_page(), embed="playground")
    assert any(name.startswith("playground") for name in drawn(app))
    assert not any(name.startswith("playground") for name in drawn(begun(built_page())))


@pytest.mark.parametrize("action", [("picture", "pizza"), ("details",), ("scale", "global"),
                                    ("open", "conv_1_1/3"), ("open", "input/0")])  # fmt: skip
def test_what_is_done_before_all_is_drawn_comes_to_the_same(action):
    one, other = built_page(), FakePage()
    first, second = begun(one), begun(other)
    settle(second)
    for app in (first, second):
        app.act(*action)
        settle(app)
    check_same((first, one), (second, other))


@pytest.mark.parametrize("window", [(1024, 768), (390, 844)])
def test_a_window_that_is_resized_before_all_is_drawn_comes_to_the_same(window):
    one, other = built_page(), FakePage(window=window)
    first, second = begun(one), begun(other)
    one.window = window
    first.resize()
    for app in (first, second):
        settle(app)
    check_same((first, one), (second, other))


def test_whatever_is_done_first_finds_everything_drawn():
    app = begun(built_page())
    app.act("details")
    assert drawn(app) == {region.name for region in app.renderer.regions}
