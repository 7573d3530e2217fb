"""Limits are said with the figure; every network of courses and tutorials is within them."""

from dataclasses import replace

import numpy as np
import pytest

from cnnscope.nn.layers import Conv2d, Dense, Flatten, MaxPool2d, Relu, Softmax
from cnnscope.nn.limits import LimitError, check_limits, flop
from cnnscope.nn.network import Network
from support.table_networks import SPECS, table_networks

TABLE = table_networks()

MFLOP = {
    "tiny_vgg": 11, "learnpytorch_04": 13, "learnpytorch_03": 2.3, "cifar_net": 1.3,
    "d2l_lenet": 0.8, "tfjs_mnist": 0.6, "pytorch_mnist": 24, "tf_flowers": 185,
    "jovian_cifar": 276, "moroney_hands": 701,
}  # fmt: skip
"""Counted elsewhere, with a multiplication and its addition as two."""


def conv(out, channels, size=3, name="conv"):
    kernel = np.zeros((out, channels, size, size), np.float32)
    return Conv2d(name, kernel, np.zeros(out, np.float32), 1, size // 2)


def dense(out, read):
    return Dense("dense", np.zeros((out, read), np.float32), np.zeros(out, np.float32))


TOO_LARGE = {
    ("side", 256, 257): lambda: Network((1, 257, 8), (conv(1, 1),)),
    ("channels", 256, 257): lambda: Network((1, 8, 8), (conv(257, 1),)),
    ("layers", 40, 41): lambda: Network((1, 8, 8), tuple(Relu(f"relu_{i}") for i in range(41))),
    ("classes", 1000, 1001): lambda: Network(
        (1, 8, 8), (Flatten("f", (1, 8, 8)), dense(1001, 64), Softmax("s", 1001))
    ),
    ("parameters", 8_000_000, 8_001_000): lambda: Network(
        (8, 100, 10), (Flatten("f", (8, 100, 10)), dense(1000, 8000))
    ),
    ("values", 5_000_000, 5_046_272): lambda: Network(
        (1, 256, 256), (conv(38, 1), Relu("relu"))
    ),
    ("flop", 1_000_000_000, 1_061_683_200): lambda: Network(
        (64, 120, 120), (conv(64, 64),)
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", TOO_LARGE, ids=lambda said: said[0])
def test_what_is_too_large_is_refused_with_the_figure(said):
    with pytest.raises(LimitError) as caught:
        check_limits(TOO_LARGE[said]())
    assert (caught.value.subject, caught.value.limit, caught.value.got) == said
    assert str(caught.value) == f"{said[0]}: expected at most {said[1]:,}, got {said[2]:,}"


@pytest.mark.parametrize("name", SPECS)
def test_networks_of_courses_have_their_published_size_and_are_within_the_limits(name):
    network = TABLE[name]
    check_limits(network)
    assert network.parameters == SPECS[name][3]


@pytest.mark.parametrize("name", MFLOP)
def test_a_network_needs_as_many_operations_as_were_counted(name):
    assert flop(TABLE[name]) / 1e6 == pytest.approx(MFLOP[name], rel=0.03, abs=0.05)


def test_groups_need_so_many_times_fewer_operations():
    apart = replace(conv(8, 8), kernel=np.zeros((8, 2, 3, 3), np.float32), groups=4)
    whole, parted = Network((8, 9, 9), (conv(8, 8),)), Network((8, 9, 9), (apart,))
    assert flop(whole) == 4 * flop(parted) > 0


def test_a_flattening_is_not_counted_as_drawn():
    layers = *(Relu(f"relu_{i}") for i in range(39)), Flatten("f", (1, 2, 2)), Softmax("s", 4)
    check_limits(Network((1, 2, 2), layers))
    with pytest.raises(LimitError, match="layers: expected at most 40, got 41"):
        check_limits(Network((1, 2, 2), (MaxPool2d("same", 1, 1), *layers)))
