"""Networks with one channelwise layer of any kind between two convolutions, and their pages."""

import json
import re

import numpy as np

from cnnscope.nn.weights import build_network
from support.app_on_fake_page import started
from support.fake_page import keyed
from support.networks import drawn


def network_with(entry, arrays=None, side=17):
    """Three colours, a convolution, the layer that an entry describes, and a classifier."""
    rng = np.random.default_rng(7)
    layers = [
        {"type": "conv2d", "name": "first"},
        entry,
        {"type": "conv2d", "name": "second"},
        {"type": "flatten", "name": "row"},
        {"type": "dense", "name": "sums"},
        {"type": "softmax", "name": "answer"},
    ]
    given = {
        "first.kernel": drawn(rng, 4, 3, 3, 3), "first.bias": drawn(rng, 4),
        "second.kernel": drawn(rng, 5, 4, 3, 3), "second.bias": drawn(rng, 5), **(arrays or {}),
    }  # fmt: skip
    described = json.dumps({"input": [3, side, side - 2], "layers": layers[:3]})
    maps = build_network({"architecture": np.array(described), **given})
    features = int(np.prod(maps.shapes["second"]))
    given |= {"sums.kernel": drawn(rng, 4, features), "sums.bias": drawn(rng, 4)}
    described = json.dumps({"input": [3, side, side - 2], "layers": layers})
    return build_network({"architecture": np.array(described), **given})


def opened(network, node, **named):
    """(app, page) with a node of the network explained."""
    return started(f"view={node}", network=network, **named)


def check_stage(view, here, numbers):
    """Fail unless all that is posed is on the stage, and all that is painted has its canvas."""
    markup = str(view.stage(here, numbers, here.detail))
    posed = view.stage_pose(here, numbers, here.detail)
    assert set(posed) <= set(keyed(markup))
    assert set(view.window_pose(here, numbers, here.detail)) <= set(posed)
    for key, rgba in view.stage_paintings(here, numbers):
        assert f'data-paint="{key}" width="{rgba.shape[1]}" height="{rgba.shape[0]}"' in markup


def numbers_in(text):
    """All numbers that a line of English writes."""
    found = re.findall(r"[−-]? ?\d+\.\d{3}", text)
    return [float(each.replace("−", "-").replace(" ", "")) for each in found]
