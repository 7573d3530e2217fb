import numpy as np
import pytest

from cnnscope.nn.layers import Cell, Conv2d
from cnnscope.nn.map_alignment import Axis, map_alignment
from cnnscope.nn.network import Network
from cnnscope.nn.receptive_field import receptive_field
from support.networks import other_network, tiny_vgg


@pytest.mark.parametrize(
    ("network", "layer"), [(tiny_vgg(), "max_pool_2"), (other_network(), "bent"),
                           (tiny_vgg(), "conv_1_1"), (tiny_vgg(), "input")]
)  # fmt: skip
def test_each_cell_lies_in_the_middle_of_what_it_sees(network, layer):
    rows, cols = map_alignment(network, layer)
    for row, col in np.ndindex(rows.count, cols.count):
        field = receptive_field(network, layer, Cell(0, row, col))
        for axis, at, seen in ((rows, row, field.rows), (cols, col, field.cols)):
            middle = axis.start + (at + 0.5) * axis.step
            assert middle == pytest.approx((seen.start + seen.stop) / 2)


def test_the_last_maps_of_the_network_lie_on_all_but_the_rim_of_the_picture():
    assert map_alignment(tiny_vgg(), "max_pool_2") == (Axis(6.0, 4.0, 13), Axis(6.0, 4.0, 13))


def test_a_map_of_one_cell_lies_on_all_that_it_sees():
    kernel = np.ones((1, 1, 5, 3), np.float32)
    network = Network((1, 5, 3), (Conv2d("conv", kernel, np.zeros(1, np.float32)),))
    assert map_alignment(network, "conv") == (Axis(0.0, 5.0, 1), Axis(0.0, 3.0, 1))


def test_the_cell_over_a_pixel_is_found_and_beside_the_map_the_nearest():
    axis = Axis(6.0, 4.0, 13)
    assert [axis.at(pixel) for pixel in (0, 6, 9, 10, 57, 63)] == [0, 0, 0, 1, 12, 12]
