import numpy as np
import pytest

from cnnscope.nn import ops
from support import naive


def drawn(rng: np.random.Generator, *shape: int) -> ops.Array:
    return rng.standard_normal(shape).astype(np.float32)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("kernel_size", [(1, 1), (3, 3), (2, 5)])
def test_conv2d_equals_plain_loops(stride, padding, kernel_size):
    rng = np.random.default_rng(stride * 100 + padding * 10 + sum(kernel_size))
    x, kernel = drawn(rng, 3, 9, 8), drawn(rng, 4, 3, *kernel_size)
    got = ops.conv2d(x, kernel, stride, padding)
    expected = naive.conv2d(x, kernel, np.zeros(4), stride, padding)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, expected, atol=1e-5)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("kernel_size", [(1, 1), (3, 3), (2, 5)])
def test_conv2d_channels_equals_plain_loops_over_each_channel_alone(stride, padding, kernel_size):
    rng = np.random.default_rng(stride * 100 + padding * 10 + sum(kernel_size))
    x, kernel = drawn(rng, 3, 9, 8), drawn(rng, 3, *kernel_size)
    got = ops.conv2d_channels(x, kernel, stride, padding)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, naive.contributions(x, kernel, stride, padding), atol=1e-5)


def test_padding_puts_zeros_on_all_four_sides_and_none_is_the_map_itself():
    x = drawn(np.random.default_rng(10), 2, 3, 4)
    got = ops.padded(x, 2)
    assert got.shape == (2, 7, 8)
    np.testing.assert_array_equal(got[:, 2:5, 2:6], x)
    assert np.abs(got).sum() == np.abs(x).sum()
    assert ops.padded(x, 0) is x


@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (2, 1), (1, 1), (4, 3)])
def test_max_pool2d_equals_plain_loops_also_where_a_window_is_left_over(size, stride):
    x = drawn(np.random.default_rng(7), 3, 9, 11)
    np.testing.assert_array_equal(
        ops.max_pool2d(x, size, stride), naive.max_pool2d(x, size, stride)
    )


def test_max_pool2d_does_not_change_its_input():
    x = drawn(np.random.default_rng(8), 1, 4, 4)
    before = x.copy()
    ops.max_pool2d(x, 1, 1)[:] = 0
    np.testing.assert_array_equal(x, before)


def test_relu_keeps_positive_values_and_cuts_the_rest_to_zero():
    got = ops.relu(np.array([-2.0, -0.0, 0.0, 0.5], np.float32))
    np.testing.assert_array_equal(got, [0, 0, 0, 0.5])


def test_flatten_orders_by_channel_then_row_then_col():
    x = np.arange(2 * 3 * 4, dtype=np.float32).reshape(2, 3, 4)
    assert ops.flatten(x)[1 * 12 + 2 * 4 + 3] == x[1, 2, 3]


def test_dense_weighs_every_feature_and_adds_the_bias():
    kernel = np.array([[1, 2], [3, 4], [5, 6]], np.float32)
    got = ops.dense(np.array([10, 100], np.float32), kernel, np.array([1, 2, 3], np.float32))
    np.testing.assert_array_equal(got, [211, 432, 653])


def test_softmax_equals_the_definition():
    logits = drawn(np.random.default_rng(9), 10) * 5
    np.testing.assert_allclose(ops.softmax(logits), naive.softmax(logits), rtol=1e-5)


@pytest.mark.parametrize("logits", [[1e4, 0.0], [-1e4, -2e4], [88.0, 88.0]])
def test_softmax_of_extreme_logits_is_finite_and_sums_to_one(logits):
    got = ops.softmax(np.array(logits, np.float32))
    assert np.isfinite(got).all()
    assert got.sum() == pytest.approx(1)
