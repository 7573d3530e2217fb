"""Networks of courses and tutorials on the page: each comes up, and a view of each layer opens."""

import numpy as np
import pytest

from cnnscope.nn.limits import LimitError, check_limits, classes
from cnnscope.pictures.shipped import read_shipped
from cnnscope.state.state import Card, Explained, Node
from support.app_on_fake_page import started
from support.packing import file_of
from support.sampling import sampled_rows
from support.table_networks import network_of, table_classes, table_networks

NETWORKS = table_networks()


def within_limits():
    for name, network in NETWORKS.items():
        try:
            check_limits(network)
        except LimitError:
            continue
        yield name


@pytest.mark.parametrize("name", list(within_limits()))
def test_a_network_comes_back_from_its_file(name):
    network = NETWORKS[name]
    back = read_shipped(file_of(network, table_classes(name)))
    x = np.linspace(0, 1, int(np.prod(network.input_shape)))
    x = x.astype(np.float32).reshape(network.input_shape)
    last = network.layers[-1].name
    assert back.network.scale == network.scale
    assert back.network(x)[last] == pytest.approx(network(x)[last], abs=1e-6)


CASES = [(name, window) for name in within_limits() for window in ((1440, 900), (390, 844))]


@pytest.mark.parametrize(("name", "window"), sampled_rows(CASES, every=7))
def test_every_layer_is_drawn_and_opens(name, window):
    app, page = started("", window)
    app.act("network", "digits")
    page.fetches.pop()(file_of(NETWORKS[name], table_classes(name)))
    for column in app.model.plan.columns:
        node = Node(column.layer, column.total - 1)
        app.navigate(f"network=digits&view={node}")
        assert str(node) in page.elements, node
        assert isinstance(app.state.focus, Card | Explained)
        app.act("overview")


SMALL = {
    "no convolution": ((1, 9, 8), "f d6 r d3 softmax"),
    "nothing but one sum": ((1, 5, 5), "f d3 softmax"),
    "one map": ((1, 9, 9), "c1 r f d3 softmax"),
    "one map, one unit": ((1, 9, 9), "c1 f d1 sigmoid_classes"),
    "a map of one cell": ((3, 3, 3), "c2 r f d2 logits"),
    "one class": ((3, 8, 8), "c2 r g f d1 r d2 softmax"),
}


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("window", [(1440, 900), (390, 844)])
def test_every_layer_of_a_very_small_network_opens(name, window):
    network = network_of(*SMALL[name])
    app, page = started("", window)
    app.act("network", "digits")
    page.fetches.pop()(file_of(network, ["a", "b", "c"][: classes(network)]))
    for column in app.model.plan.columns:
        for channel in {0, column.total - 1}:
            node = Node(column.layer, channel)
            app.navigate(f"network=digits&view={node}")
            assert isinstance(app.state.focus, Card | Explained), node
            app.act("overview")
