import re

import pytest

from cnnscope.drawing.geometry import Box
from cnnscope.drawing.lengths import REM, rem
from cnnscope.state.state import Node
from cnnscope.views.overview.drawing import column_style, overview
from cnnscope.views.overview.transition import is_many, transition
from cnnscope.views.shared.network_plan import Viewport
from support.fake_page import keyed
from support.networks import explained, model, other_network
from support.states import state_of

NODE = Node("conv_1_2", 3)


def moved(style, box):
    """Where a style's transform about the corner of the drawing puts a box."""
    found = re.search(r"translate\((.*)rem,(.*)rem\) scale\((.*)\)", style)
    x, y, k = map(float, found.groups()) if found else (0, 0, 1)
    x, y = x * REM, y * REM
    return Box(box.x * k + x, box.y * k + y, box.width * k, box.height * k)


@pytest.mark.parametrize("window", [(390, 844), (1440, 900)])
@pytest.mark.parametrize("network", [None, other_network()], ids=["tiny_vgg", "other"])
def test_columns_go_where_the_explanation_wants_them(network, window):
    node = NODE if network is None else Node("second", 9)  # on the first page, of a phone too
    focus = explained(node, network=network)[0].state
    here = model(network, focus, window)
    assert here.plan.viewport == Viewport(*window)
    pose = transition(here)
    for source, row in zip(here.detail.sources, here.detail.rows, strict=True):
        got = moved(pose[f"column/{source.layer}"]["style"], here.plan.boxes[source])
        expected = (row.source.x, row.source.y, row.source.width, row.source.height)
        assert (got.x, got.y, got.width, got.height) == pytest.approx(expected, abs=0.05)


def test_columns_that_stepped_aside_are_marked_and_those_that_did_not_are_not():
    here, _ = explained(NODE)
    pose = transition(here)
    marked = {key for key, attributes in pose.items() if attributes.get("data-aside")}
    whole = {"column/relu_1_1", "column/output"}
    assert marked == {f"column/{column.layer}" for column in here.plan.columns} - whole
    assert pose["network"]["data-stage"] is True


def test_at_the_overview_everything_stands_in_its_own_place():
    here = model(state=state_of())
    pose = transition(here)
    for place, column in enumerate(here.plan.columns):
        expected = {
            "style": f"{column_style(column, place)};",
            "data-aside": False,
            "data-many": is_many(here, column.layer),
        }
        assert pose[f"column/{column.layer}"] == expected
    assert "transform" not in pose["picture"]["style"]
    assert pose["network"]["data-stage"] is False
    assert f"height:{rem(here.plan.height)}" in pose["network"]["style"]


def test_all_that_steps_aside_is_in_the_drawing():
    here, _ = explained(NODE)
    assert set(transition(here)) <= set(keyed(str(overview(here))))
