import numpy as np
import pytest

from cnnscope.nn.layers import MaxPool2d
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.max_pooling.numbers import explain
from support import naive
from support.networks import model, trained


def pooled_of(values, size=2, stride=2):
    values = np.array(values, np.float32)
    network = Network((1, *values.shape), (MaxPool2d("pool", size, stride),))
    return explain(network, network(values[None]), Node("pool", 0))


@pytest.mark.parametrize("name", ["max_pool_1", "max_pool_2"])
def test_the_pooled_value_is_that_of_the_marked_cell_and_no_other_is_larger(name):
    here = model(trained())
    rng = np.random.default_rng(3)
    for channel in range(10):
        pooled = explain(here.network, here.trace, Node(name, channel))
        expected = naive.max_pool2d(pooled.given[None].astype(float), 2, 2)[0]
        np.testing.assert_allclose(pooled.output, expected)
        for _ in range(20):
            row, col = (int(rng.integers(n)) for n in pooled.rows_cols)
            cells = [(2 * row + i, 2 * col + j) for i in (0, 1) for j in (0, 1)]
            largest = max(pooled.given[cell] for cell in cells)
            tied = tuple(cell for cell in cells if pooled.given[cell] == largest)
            assert pooled.winners((row, col)) == tied
            assert pooled.output[row, col] == pooled.given[tied[0]]
            assert list(pooled.values((row, col))) == [
                round(float(pooled.given[cell]) * 1000) for cell in cells
            ]
            assert {pooled.place_over(*cell) for cell in cells} == {(row, col)}


def test_values_that_tie_all_win():
    pooled = pooled_of([[0, 3, 1, 1], [3, 2, 1, 1]])
    assert pooled.winners((0, 0)) == ((0, 1), (1, 0))
    assert pooled.winners((0, 1)) == ((0, 2), (0, 3), (1, 2), (1, 3))


def test_of_negative_values_too_the_largest_is_kept():
    pooled = pooled_of([[-4, -3], [-1, -2]])
    assert (pooled.output[0, 0], pooled.winners((0, 0))) == (-1, ((1, 0),))


@pytest.mark.parametrize(
    ("shape", "size", "stride", "left_over", "share"),
    [((4, 6), 2, 2, (0, 0), 0.25), ((5, 6), 2, 2, (1, 0), 6 / 30), ((7, 7), 3, 2, (0, 0), 9 / 49),
     ((8, 7), 3, 3, (2, 1), 4 / 56), ((13, 13), 2, 2, (1, 1), 36 / 169)],
)  # fmt: skip
def test_what_is_left_over_and_how_much_is_kept(shape, size, stride, left_over, share):
    values = np.arange(shape[0] * shape[1]).reshape(shape)
    pooled = pooled_of(values, size, stride)
    assert pooled.left_over == left_over
    assert pooled.share == pytest.approx(share)
    rows, cols = pooled.rows_cols
    for row, col in np.ndindex(shape):
        place = pooled.place_over(row, col)
        assert place[0] < rows
        assert place[1] < cols
        window = pooled.window(place)
        is_seen = row < shape[0] - left_over[0] and col < shape[1] - left_over[1]
        assert not is_seen or (row in window.rows and col in window.cols)


def test_another_layer_is_refused():
    here = model(trained())
    with pytest.raises(TypeError, match="relu_1_1: expected a max pooling, got Relu"):
        explain(here.network, here.trace, Node("relu_1_1", 0))
