import numpy as np
import pytest

from cnnscope.nn.layers import Conv2d
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.convolution.numbers import ConvNumbers, explain
from support import naive
from support.networks import explained, other_network

NODE = Node("second", 13)


@pytest.mark.parametrize("node", [NODE, Node("second", 0), Node("first", 5)])
def test_contributions_equal_plain_loops_and_with_the_bias_add_up_to_the_output(node):
    here, numbers = explained(node, network=other_network())
    layer = here.network.layer(node.layer)
    x = here.trace[numbers.source].astype(float)
    expected = naive.contributions(x, layer.kernel[node.channel].astype(float))
    np.testing.assert_allclose(numbers.contributions, expected, atol=1e-5)
    summed = expected.sum(0) + float(layer.bias[node.channel])
    np.testing.assert_allclose(numbers.output, summed, atol=1e-5)
    np.testing.assert_array_equal(numbers.output, here.trace[node.layer][node.channel])


def test_the_extent_reaches_the_largest_contribution_and_the_largest_output():
    _, numbers = explained(NODE, network=other_network())
    assert numbers.extent == max(abs(numbers.contributions).max(), abs(numbers.output).max())


@pytest.mark.parametrize("layer", ["bent", "halved"])
def test_only_a_convolution_is_explained(layer):
    here, _ = explained(NODE, network=other_network())
    with pytest.raises(TypeError, match=f"{layer}: expected a convolution"):
        explain(here.network, here.trace, Node(layer, 0))


def alone(size, stride, padding, shape=(1, 11, 9)):
    """A network of one convolution, explained."""
    rng = np.random.default_rng(size + 10 * stride + 100 * padding)
    kernel = rng.standard_normal((2, 1, size, size)).astype(np.float32)
    layer = Conv2d("conv", kernel, np.ones(2, np.float32), stride, padding)
    network = Network(shape, (layer,))
    trace = network(rng.standard_normal(shape).astype(np.float32))
    return explain(network, trace, Node("conv", 1))


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (1, 1), (2, 0), (2, 1), (3, 2)])
def test_pointing_at_an_input_cell_puts_the_window_as_near_about_it_as_there_is_one(
    size, stride, padding
):
    numbers: ConvNumbers = alone(size, stride, padding)

    def off_centre(at, box):
        return abs(at - (box.start + len(box) // 2))

    rows, cols = numbers.rows_cols
    windows = [[numbers.window((r, c)) for c in range(cols)] for r in range(rows)]
    for row, col in np.ndindex(11, 9):
        r, c = numbers.place_over(row, col)
        chosen = numbers.window((r, c))
        nearest_row = min(off_centre(row, line[0].rows) for line in windows)
        nearest_col = min(off_centre(col, window.cols) for window in windows[0])
        assert off_centre(row, chosen.rows) <= max(nearest_row, stride - 1)
        assert off_centre(col, chosen.cols) <= max(nearest_col, stride - 1)
        if stride == 1 and 0 < r < rows - 1 and 0 < c < cols - 1:
            assert off_centre(row, chosen.rows) == off_centre(col, chosen.cols) == 0


@pytest.mark.parametrize(("size", "stride", "padding"), [(3, 1, 0), (3, 2, 1), (2, 3, 2)])
def test_numbers_of_a_patch_are_those_in_the_window_and_the_padding_is_zero(size, stride, padding):
    numbers = alone(size, stride, padding)
    x = numbers.inputs[0]
    for place in np.ndindex(*numbers.rows_cols):
        window = numbers.window(place)
        expected = [
            round(1000 * float(x[i, j])) if 0 <= i < 11 and 0 <= j < 9 else 0
            for i in window.rows
            for j in window.cols
        ]
        assert list(numbers.products_at(place, 0).patch) == expected
