"""The labels of a convolution: each stands at what it names, with a line to that."""

import re

import pytest

from cnnscope.state.state import Node
from cnnscope.views.convolution.labels import label_boxes, labels
from cnnscope.views.convolution.layout import lay_out_convolution
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.app_on_fake_page import started_trained
from support.networks import trained

WINDOWS = [(1440, 900), (1366, 641), (1280, 720), (1024, 768), (390, 844)]
NODES = [Node("conv_1_1", 3), Node("conv_1_2", 3), Node("conv_2_2", 9)]


def laid_out(node, window):
    network = trained()
    return lay_out_convolution(network, lay_out(network, Viewport(*window)), node)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("node", NODES, ids=str)
def test_a_label_stands_right_above_what_it_names(node, window):
    expansion = laid_out(node, window)
    over, first = label_boxes(expansion), expansion.rows[0]
    for name, target in (("kernels", first.kernel), ("contributions", first.contribution),
                         ("result", expansion.output)):  # fmt: skip
        assert 0 <= target.y - over[name].bottom <= 30, name
        assert over[name].x <= target.centre <= over[name].right, name
    assert ("sum" in over) != expansion.is_narrow
    assert over["kernels"].right <= over["contributions"].x


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("node", NODES, ids=str)
def test_lines_lead_from_labels_down_to_what_they_name(node, window):
    app, _ = started_trained(f"view={node}", window=window)
    model = app.model
    drawn = "".join(map(str, labels(model, model.numbers, model.detail)))
    (path,) = re.findall(r'class="leaders".*? d="([^"]*)"', drawn)
    assert path.count("M") == (3 if model.detail.is_narrow else 4)
    for x, start, end in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)(?=M|$)", path):
        assert float(start) < float(end), x
