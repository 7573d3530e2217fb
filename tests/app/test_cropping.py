"""Cropping the own picture: the central square at once, another one where it is wanted."""

import pytest

from cnnscope.panels.crop.controller import OPENER, Brought
from cnnscope.panels.crop.drawing import FRAME, PREVIEW, ZOOM
from support.app_on_fake_page import started
from support.networks import picture, tiny_vgg

SIZE = (4000, 3000)


class Source:
    """Stands for what brought a picture."""

    def __init__(self):
        self.shown, self.read = [], []


def brought(size=SIZE, address=""):
    app, page = started(address)
    source = Source()
    app.toolbar.bring(picture(tiny_vgg(), 5))
    app.crop.offer(Brought(size, source.shown.append, source.read.append))
    return app, page, source


def opened(size=SIZE, address=""):
    app, page, source = brought(size, address)
    app.act("crop.open")
    return app, page, source


def middle(page):
    style = dict(part.split(":") for part in page.elements[FRAME]["style"].split(";"))
    left, top, across, down = (float(style[f"--{n}"]) for n in ("left", "top", "across", "down"))
    return left + across / 2, top + down / 2, across


def test_the_way_to_it_is_there_with_an_own_picture():
    app, page = started()
    assert page.posed[OPENER]["hidden"] is True
    app.toolbar.bring(picture(tiny_vgg(), 5))
    assert page.posed[OPENER]["hidden"] is False
    app.act("language", "zh")
    assert page.posed[OPENER]["hidden"] is False


def test_without_a_picture_nothing_opens():
    app, page = started()
    app.act("crop.open")
    assert page.regions.get("crop", "") == ""
    assert not app.press("+", FRAME)


def test_it_opens_with_the_central_square():
    _, page, source = opened()
    assert source.shown == [PREVIEW]
    assert middle(page) == pytest.approx((0.5, 0.5, 0.75))
    assert "50 % from the left" in page.elements[FRAME]["aria-label"]


@pytest.mark.parametrize(
    ("keys", "region"),
    [
        ([], (500, 0, 3000, 3000)),
        (["ArrowLeft"], (420, 0, 3000, 3000)),
        (["ArrowRight"] * 50, (1000, 0, 3000, 3000)),
        (["ArrowUp"], (500, 0, 3000, 3000)),  # as high as it can be
        (["+"] * 8, (1300, 800, 1400, 1400)),
        (["+"] * 8 + ["-"] * 20, (500, 0, 3000, 3000)),
        (["="] * 99, (1968, 1468, 64, 64)),
        (["+"] * 8 + ["ArrowDown"], (1300, 880, 1400, 1400)),
    ],
)
def test_keys_move_and_zoom_and_what_is_used_is_read_anew(keys, region):
    app, page, source = opened()
    for key in keys:
        assert app.press(key, FRAME)
        assert page.said[-1] == page.elements[FRAME]["aria-label"]
    app.act("crop.use")
    assert source.read == [pytest.approx(region, abs=1)]
    assert page.regions["crop"] == ""
    assert page.focused() == OPENER


def test_enter_uses_the_square():
    app, _, source = opened()
    assert app.press("Enter", FRAME)
    assert len(source.read) == 1


@pytest.mark.parametrize("way", ["Escape", "cancel"])
def test_cancelling_changes_nothing(way):
    app, page, source = opened(address="view=conv_1_1/3")
    focus = app.state.focus
    app.press("+", FRAME)
    app.press("Escape", FRAME) if way == "Escape" else app.act("crop.cancel")
    assert source.read == []
    assert page.regions["crop"] == ""
    assert app.state.focus == focus
    app.act("crop.open")
    assert middle(page) == pytest.approx((0.5, 0.5, 0.75))


def test_it_opens_again_with_the_square_that_is_used():
    app, page, source = opened()
    app.press("ArrowRight", FRAME)
    app.act("crop.use")
    app.crop.take(source.read[-1])
    app.act("crop.open")
    assert middle(page) == pytest.approx((0.52, 0.5, 0.75))


def test_a_square_that_could_not_be_read_is_not_the_one_that_is_used():
    app, page, _ = opened()
    app.press("ArrowRight", FRAME)
    app.act("crop.use")
    app.act("crop.open")
    assert middle(page) == pytest.approx((0.5, 0.5, 0.75))


def test_another_picture_begins_with_its_own_central_square():
    app, page, source = opened()
    app.press("ArrowRight", FRAME)
    app.crop.offer(Brought((300, 600), source.shown.append, source.read.append))
    assert page.regions["crop"] == ""
    app.act("crop.open")
    assert middle(page) == pytest.approx((0.5, 0.5, 1))


def test_a_drag_a_pinch_and_the_slider_move_it_too():
    app, page, _ = opened()
    app.crop.drag(-0.05, 0.3)
    assert middle(page) == pytest.approx((0.45, 0.5, 0.75))
    app.crop.zoom(2, (0, 0))
    assert middle(page) == pytest.approx((0.075 + 0.1875, 0.25, 0.375))
    app.inputs.take("crop", "", "0", is_final=False)
    assert middle(page)[2] == pytest.approx(0.75)
    app.inputs.take("crop", "", "100", is_final=True)
    assert middle(page)[2] == pytest.approx(64 / 4000)
    assert page.elements[ZOOM]["value"] == "100"


def test_a_picture_too_small_to_zoom_into_has_no_slider():
    _, page, _ = opened(size=(80, 60))
    assert "disabled" in page.elements[ZOOM]


def test_the_dialog_speaks_the_language_that_is_chosen_while_it_is_open():
    app, page, _ = opened()
    app.press("ArrowRight", FRAME)
    app.act("language", "zh")
    assert "方框" in page.regions["crop"]
    assert middle(page) == pytest.approx((0.52, 0.5, 0.75))


def test_nothing_of_it_is_in_the_address():
    app, page, _ = opened()
    app.press("ArrowRight", FRAME)
    app.act("crop.use")
    assert page.read_hash() == "picture=own"


@pytest.mark.parametrize("name", ["picture", "view", "address"])
def test_it_closes_where_something_else_is_shown(name):
    app, page, _ = opened()
    if name == "picture":
        app.act("picture", "espresso")
    elif name == "view":
        app.act("open", "conv_1_1/2")
    else:
        page.addresses.append("view=conv_1_1/2")
        app.navigate("view=conv_1_1/2", is_step=True)
    assert page.regions["crop"] == ""
    assert not app.crop.is_open


def test_it_stays_while_another_language_is_chosen():
    app, page, _ = opened()
    app.act("language", "zh")
    assert "dialog" in page.regions["crop"]
