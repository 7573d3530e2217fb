"""Cards lie inside the window, whatever they are about and however far they would hang down."""

import re

import pytest

from cnnscope.state.state import Node
from cnnscope.views.overview.card_place import within
from cnnscope.views.overview.input_card import original_card
from cnnscope.views.overview.layer_card import layer_card
from cnnscope.views.overview.node_card import card
from cnnscope.views.registry import view_facts
from cnnscope.views.shared.network_plan import CARD_EDGE, CHROME, STORY, Viewport, lay_out
from support.networks import lenet, model, tiny_vgg
from support.styles import lengths_of

WINDOWS = [(1024, 768), (1280, 720), (1366, 641), (1440, 900), (1920, 1080)]
TALL = {"node": 454, "layer": 189, "picture": 454}
"""How high the lowest of such cards are, px."""


def place(markup):
    return lengths_of(re.search(r'style="([^"]*)"', str(markup))[1])


def cards(here):
    """What kind of card, and its markup."""
    yield "picture", original_card(here, None)
    for column in here.plan.columns:
        yield "layer", layer_card(here, column.layer)
        for node in column.nodes:
            if not view_facts(here.network, node):
                yield "node", card(here, node)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("network", [tiny_vgg(), lenet()], ids=["tiny_vgg", "lenet"])
def test_every_card_ends_in_the_window_and_has_room(network, window):
    here = model(network, window=window)
    for kind, markup in cards(here):
        style = place(markup)
        assert style["top"] >= -STORY
        assert style["top"] + style["--most"] <= window[1] - CHROME
        assert style["--most"] >= TALL[kind]
        assert style["left"] >= 0
        assert style["left"] + style["width"] <= window[0]


def test_a_card_that_hangs_down_moves_up_and_another_stays():
    plan = lay_out(lenet(), Viewport(1366, 641))
    low = plan.card(Node("input", 0)).at(y=300)
    moved = within(plan, low, 400)
    assert moved.y == 641 - CHROME - CARD_EDGE - 400
    assert within(plan, low.at(y=20), 400).y == 20


def test_in_a_drawing_higher_than_the_window_a_card_stays_with_its_node():
    plan = lay_out(lenet(), Viewport(1280, 400))
    low = plan.card(Node("input", 0)).at(y=300)
    assert within(plan, low, 500).y == 300
