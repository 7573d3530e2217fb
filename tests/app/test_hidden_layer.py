"""A network with a hidden dense layer, which cannot be drawn yet: the page says so."""

import pytest

from cnnscope.state.state import Card, Node, Overview, view_shown
from support.app_on_fake_page import started as started_on
from support.networks import hidden_network


def started(address="", embed=None):
    return started_on(address, network=hidden_network(), embed=embed)


def test_a_class_has_a_card_that_says_why_its_logit_is_not_explained():
    app, page = started()
    app.act("open", "answer/2")
    assert view_shown(app.state.focus) == Card(Node("answer", 2))
    assert app.model.text("card.about.hidden") in page.regions["card"]
    app.act("open", "bent/1")
    assert page.regions["card"] == ""


@pytest.mark.parametrize("embed", ["flatten", "softmax", "pooling"])
def test_a_frame_for_a_view_that_is_missing_shows_the_network_and_says_so(embed):
    app, page = started("", embed)
    assert view_shown(app.state.focus) == Overview()
    assert page.noticed == app.model.text("notice.embed")


@pytest.mark.parametrize("embed", [None, "overview", "playground", "relu", "convolution"])
def test_nothing_is_said_where_nothing_is_missing(embed):
    _, page = started("", embed)
    assert page.noticed is None
