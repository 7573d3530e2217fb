"""An address that came changed, or was typed: what opens, and what is said. A table."""

import pytest

from cnnscope.state.embed import TOUR, WHOLE
from cnnscope.state.state import view_shown
from cnnscope.state.url import from_hash
from cnnscope.text import load_text
from cnnscope.views.registry import embeddable
from support.app_on_fake_page import started_trained

VIEW = "view=conv_1_1/3"

READ = {
    "view%3Dconv_1_1%2F3%26scale%3Dglobal": "view=conv_1_1/3&scale=global",
    "view%253Dconv_1_1%252F3%2526scale%253Dglobal": "view=conv_1_1/3&scale=global",
    "view=conv_1_1/3&amp;scale=global": "view=conv_1_1/3&scale=global",
    "view=conv_1_1/3%26scale=global": "view=conv_1_1/3&scale=global",
    "view=conv_1_1/3&fbclid=abc": VIEW,
    "view=conv_1_1/3&utm_source=a&utm_medium=b&gclid=c": VIEW,
    "view=conv_1_1/3?utm_source=a": VIEW,
    "view=conv_1_1/3.": VIEW,
    "view=conv_1_1/3%3E": VIEW,
    "“view=conv_1_1/3”": VIEW,
    "VIEW=CONV_1_1/3": VIEW,
    "view＝conv_1_1／3": VIEW,
    "Picture=Koala&Scale=Global": "picture=koala&scale=global",
    "scale=Unit&details=ON&speed=medium": "",
    "view=overview": "",
    "view=Output/3&softmax=On&cell=0,9": "view=output/3&softmax=on&cell=0,9",
    "lang=ZH": "lang=zh",
    "lang=zh-CN": "lang=zh",
    "lang=en": "",
    "tour=４": "tour=4",
    "TOUR=4": "tour=4",
    "tour%3D4": "tour=4",
    "kernel=conv_1_1/3/0:1,1e+1,0,0,0,0,0,0,0": "kernel=conv_1_1/3/0:1,10,0,0,0,0,0,0,0",
}
"""What comes -> what the address then says; nothing is said of it."""

NAMED = {
    "tour=99": ("", "“tour=99”", "12 stops"),
    "tour=0": ("", "“tour=0”", "12 stops"),
    "tour=four&picture=koala": ("picture=koala", "“tour=four”", "12 stops"),
    "tour%3D13": ("", "“tour=13”", "12 stops"),
    "view=conv_9/1&scale=global": ("scale=global", "“view=conv_9/1”", "conv_1_1, relu_1_1"),
    "view=conv_1_1/10&lang=zh": ("lang=zh", "“view=conv_1_1/10”", "conv_1_1/0 到 conv_1_1/9"),
    "view=conv_1_1/10": ("", "“view=conv_1_1/10”", "conv_1_1/0 to conv_1_1/9"),
    "view=conv_1_1": ("", "“view=conv_1_1”", "conv_1_1/0 to conv_1_1/9"),
    "node=nonsense&cell=3,4": ("", "“node=nonsense”", "conv_1_1, relu_1_1"),
    "view=flatten/3": ("", "“view=flatten/3”", "conv_1_1, relu_1_1"),
    "picture=kola&view=conv_1_1/3": (VIEW, "“picture=kola”", "koala"),
    "picture=own&view=conv_1_1/3": (VIEW, "“picture=own”", "choose yours again"),
    "scale=galactic&view=conv_1_1/3": (VIEW, "“scale=galactic”", "unit, module, global"),
    "details=maybe": ("", "“details=maybe”", "on, off"),
    "speed=ludicrous": ("", "“speed=ludicrous”", "slow, medium, fast"),
    "lang=fr&view=conv_1_1/3": (VIEW, "“lang=fr”", "en, zh"),
    "viev=conv_1_1/3&scale=global": ("scale=global", "“viev=conv_1_1/3”"),
    "view=conv_1_1/3&global": (VIEW, "“global”"),
    "view=conv_1_1/3&cell=99,99": ("view=conv_1_1/3&cell=61,61", "“cell=99,99”"),
    "view=conv_1_1/3&cell=x": (VIEW, "“cell=x”"),
    "view=conv_1_1/3&channel=7": (VIEW, "“channel=7”"),
    "view=relu_1_1/3&softmax=on": ("view=relu_1_1/3", "“softmax=on”"),
    "view=output/3&logits=none": ("view=output/3", "“logits=none”"),
    "cell=1,1": ("", "“cell=1,1”"),
    "kernel=conv_1_1/3/0:1,2": ("", "“kernel=conv_1_1/3/0:1,2”"),
    "play=99,3,0,1,1": (None, "“play=99,3,0,1,1”"),
    "play-kernel=nothing": ("", "“play-kernel=nothing”"),
    "embed=relu&view=conv_1_1/3": (VIEW, "“embed=relu”"),
    "tour=99&scale=galactic&lang=fr&speed=no": ("", "“tour=99, scale=galactic, lang=fr, …”"),
    "tour=99&scale=galactic&lang=fr": ("", "“tour=99, scale=galactic, lang=fr”", "12 stops"),
}
"""What comes -> what the address then says, and what is said: the part, and what would be read."""


@pytest.mark.parametrize("typed", [False, True], ids=["opened", "typed"])
@pytest.mark.parametrize("address", READ)
def test_what_can_be_read_opens_and_nothing_is_said(address, typed):
    app, page = arrived(address, typed=typed)
    assert page.read_hash() == READ[address]
    assert app.state.focus == started_trained(READ[address])[0].state.focus
    notice = app.announcer.picture_notice
    assert page.noticed == notice


@pytest.mark.parametrize("typed", [False, True], ids=["opened", "typed"])
@pytest.mark.parametrize("address", NAMED)
def test_what_cannot_be_read_is_named_with_what_is_here_and_the_rest_opens(address, typed):
    then, *words = NAMED[address]
    _, page = arrived(address, typed=typed)
    if then is not None:
        assert page.read_hash() == then
    for word in words:
        assert word in page.noticed
    assert "”" in page.noticed


def arrived(address, *, typed):
    """The page that was opened at an address, or at which it was put into the bar."""
    app, page = started_trained("picture=pizza&view=relu_1_1/1" if typed else address)
    if typed:
        page.addresses.append(address)
        app.navigate(address)
        app.navigate(page.read_hash())  # as popstate, then as hashchange
    return app, page


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["maxpool", "", "Kernel view", "x" * 99, "overview2"])
def test_a_view_that_is_none_is_named_with_those_that_are(name, language):
    app, page = started_trained(f"lang={language}&view=conv_1_1/3", embed=name)
    assert app.embed is None
    assert view_shown(app.state.focus) == view_shown(from_hash(VIEW).focus)
    told = load_text(language).strings["notice.address.embed"].split("{")[0]
    if name:
        assert page.noticed.startswith(told)
        assert name[:40] in page.noticed
        assert all(each in page.noticed for each in (*WHOLE, *embeddable(), TOUR))
    else:
        assert page.noticed is None


OF_OTHERS = {"avg_pooling", "batch_norm", "activation", "dense", "sigmoid"}
"""Views of layers that the photos' network lacks."""


@pytest.mark.parametrize("name", [*WHOLE, *embeddable()])
def test_a_view_that_is_one_is_not_told_of(name):
    _, page = started_trained("", embed=name)
    assert page.noticed is None or name in OF_OTHERS


def test_a_view_that_is_none_is_told_together_with_what_else_is_wrong():
    _, page = started_trained("tour=99", embed="maxpool")
    assert "maxpool" in page.noticed
    assert "12 stops" in page.noticed
