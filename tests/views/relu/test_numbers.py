import numpy as np
import pytest

from cnnscope.state.state import Node
from cnnscope.views.relu.numbers import explain
from support.networks import model, trained


@pytest.mark.parametrize("name", ["relu_1_1", "relu_1_2", "relu_2_1", "relu_2_2"])
def test_each_cell_is_max_of_zero_and_what_it_was(name):
    here = model(trained())
    for channel in range(10):
        rectified = explain(here.network, here.trace, Node(name, channel))
        expected = [value if value > 0 else 0.0 for value in rectified.given.ravel()]
        np.testing.assert_array_equal(rectified.output.ravel(), np.float32(expected))
        assert rectified.cut == sum(value < 0 for value in rectified.given.ravel())
        for place in [(0, 0), (5, 3), (11, 25)]:
            before, after = rectified.pair_at(place)
            assert after == max(0, before)  # also as displayed
            assert before == round(float(rectified.given[place]) * 1000)
            assert rectified.place_over(*place) == place


def test_it_reads_its_own_channel_of_the_layer_before():
    here = model(trained())
    rectified = explain(here.network, here.trace, Node("relu_2_1", 7))
    assert rectified.source == Node("conv_2_1", 7)
    assert (rectified.given == here.trace["conv_2_1"][7]).all()


def test_another_layer_is_refused():
    here = model(trained())
    with pytest.raises(TypeError, match="max_pool_1: expected a ReLU, got MaxPool2d"):
        explain(here.network, here.trace, Node("max_pool_1", 0))
