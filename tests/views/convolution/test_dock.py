"""Where the arithmetic is docked, and how close its digits stand."""

import pytest

from cnnscope.state.state import Node
from cnnscope.views.convolution.layout import lay_out_convolution
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.networks import tiny_vgg
from support.table_networks import table_networks

WINDOWS = [(1128, 750), (1128, 900), (1440, 900)]


def planned(network, node, window):
    plan = lay_out(network, Viewport(*window))
    return plan, lay_out_convolution(network, plan, node)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_kernel_of_many_columns_is_docked_beside_its_rows_if_need_be_with_closer_digits(window):
    plan, expansion = planned(table_networks()["d2l_lenet"], Node("conv_2", 3), window)
    dock = expansion.dock
    assert dock.frame.y == pytest.approx(expansion.bar.bottom + 10)
    assert dock.size >= 11
    assert 3.7 < dock.wide <= 4.3  # em that a sign, a point and four digits take
    assert dock.patch.width == pytest.approx(5 * dock.wide * dock.size)
    assert expansion.height <= plan.height + 25


@pytest.mark.parametrize("window", [*WINDOWS, (960, 600)], ids=str)
def test_digits_of_a_small_kernel_stand_as_wide_as_ever(window):
    _, expansion = planned(tiny_vgg(), Node("conv_1_2", 3), window)
    assert expansion.dock.wide == 4.3
