"""Channelwise views of networks that people have: every layer, first and last channel."""

import pytest

from cnnscope.nn.layers import Activation, AvgPool2d, BatchNorm2d, MaxPool2d, Relu
from cnnscope.state.state import Node
from cnnscope.views.channelwise.layout import lay_out_channelwise
from cnnscope.views.registry import view_of
from cnnscope.views.shared.network_plan import Shown, Viewport, lay_out
from support.channelwise import check_stage
from support.layouts import classes, overlapping
from support.networks import explained
from support.sampling import sampled
from support.table_networks import table_networks

KINDS = Relu | MaxPool2d | AvgPool2d | BatchNorm2d | Activation
WINDOWS = [(390, 844), (960, 600), (1280, 720), (1440, 900)]
PARTS = ("given", "output", "readout", "bar", "units", "note", "legends", "turn", "close", "graph")

some_networks = pytest.mark.parametrize("name", sampled(tuple(table_networks()), every=4))


def nodes(network):
    for layer in network.layers:
        if isinstance(layer, KINDS):
            yield Node(layer.name, network.shapes[layer.name][0] - 1)


@some_networks
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_nothing_overlaps_and_all_stands_inside_the_drawing(name, window):
    network = table_networks()[name]
    for node in nodes(network):
        plan = lay_out(network, Viewport(*window), Shown(((node.layer, node.channel),)))
        made = lay_out_channelwise(network, plan, node)
        found = {part: getattr(made, part) for part in PARTS if getattr(made, part) is not None}
        found |= {"picture": made.picture.box(plan.picture), "classes": classes(plan, made)}
        assert overlapping(found) == [], node
        aside = {
            str(each): made.transforms[column.layer].box(plan.boxes[each])
            for column in plan.columns[:-1]
            for each in (column.nodes[0], column.nodes[-1])
        }
        if plan.columns.index(plan.column_of[node.layer]) == 1:
            del found["picture"]
        del found["classes"]
        hidden = [pair for pair in overlapping(found | aside) if len(set(pair) & set(aside)) == 1]
        assert hidden == [], node
        for box in found.values():
            assert box.x >= -0.01, node
            assert box.right <= made.width + 0.01, node
            assert box.bottom <= made.height + 0.01, node


@pytest.mark.parametrize("name", sampled(tuple(table_networks()), every=6))
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(name):
    network = table_networks()[name]
    for node in nodes(network):
        here, numbers = explained(node, network=network)
        check_stage(view_of(here.network, here.state.focus), here, numbers)
