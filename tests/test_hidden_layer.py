"""A network with a hidden dense layer, which cannot be drawn yet: the page says so."""

import pytest

from cnnscope.app import App
from cnnscope.state import Detail, Node, Overview
from cnnscope.text import load_text
from fake_page import FakePage
from networks import CLASSES, hidden_network, picture


def started(address="", embed=None):
    page, network = FakePage(address), hidden_network()
    app = App(page, network, CLASSES[:5], {"pizza": picture(network)}, load_text(), (), embed)
    app.start()
    return app, page


def test_a_class_has_a_card_that_says_why_its_logit_is_not_explained():
    app, page = started()
    app.act("open", "answer/2")
    assert app.state.focus == Detail(Node("answer", 2))
    assert app.text("card.about.hidden") in page.regions["card"]
    app.act("open", "bent/1")
    assert page.regions["card"] == ""


@pytest.mark.parametrize("embed", ["flatten", "softmax", "pooling"])
def test_a_frame_for_a_view_that_is_missing_shows_the_network_and_says_so(embed):
    app, page = started("", embed)
    assert app.state.focus == Overview()
    assert page.noticed == app.text("notice.embed")


@pytest.mark.parametrize("embed", [None, "overview", "playground", "relu", "convolution"])
def test_nothing_is_said_where_nothing_is_missing(embed):
    _, page = started("", embed)
    assert page.noticed is None
