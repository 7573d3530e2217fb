"""Classes whose logits are explained, of several networks and pictures, alone and with a rival."""

import numpy as np
import pytest

from cnnscope.state.state import Node
from cnnscope.views.dense.numbers import explain
from support.networks import other_network, picture, tiny_vgg, trained

CASES = [
    (network, seed, channel, rival)
    for network, last in ((trained(), 10), (tiny_vgg(), 10), (other_network(), 4))
    for seed, channel, rival in ((0, 0, None), (1, 3, None), (2, 2, 1), (3, last - 1, 0))
]
every_case = pytest.mark.parametrize(("network", "seed", "channel", "rival"), CASES)


def numbers_of(network, seed, channel, rival=None):
    """(trace, numbers) of a class for a random picture, compared with a rival if there is one."""
    pixels = picture(network, seed).transpose(2, 0, 1)[: network.input_shape[0]]
    trace = network(pixels.astype(np.float32) / 255)
    return trace, explain(network, trace, Node(network.layers[-1].name, channel)).against(rival)
