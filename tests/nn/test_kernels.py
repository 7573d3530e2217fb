import numpy as np
import pytest

from cnnscope.nn.kernels import presets, with_kernel
from cnnscope.nn.layers import ShapeError
from support import naive
from support.networks import tiny_vgg

NINE = [0.5, -1, 0, 2, 0.25, 0, 0, 0, 3]


def test_one_kernel_is_replaced_row_by_row_and_no_other():
    network = tiny_vgg()
    changed = with_kernel(network, "conv_1_2", 3, 7, NINE)
    kernel, before = changed.layer("conv_1_2").kernel, network.layer("conv_1_2").kernel
    assert kernel[3, 7].tolist() == [[0.5, -1, 0], [2, 0.25, 0], [0, 0, 3]]
    differs = kernel != before
    differs[3, 7] = False
    assert not differs.any()
    assert all(
        one is other or one.name == "conv_1_2"
        for one, other in zip(changed.layers, network.layers, strict=True)
    )


def test_the_network_itself_stays_as_it_is():
    network = tiny_vgg()
    before = network.layer("conv_1_1").kernel.copy()
    with_kernel(network, "conv_1_1", 0, 0, NINE)
    np.testing.assert_array_equal(network.layer("conv_1_1").kernel, before)


def test_the_changed_network_computes_with_the_changed_kernel():
    network = with_kernel(tiny_vgg(), "conv_1_1", 2, 1, NINE)
    x = np.random.default_rng(1).random((3, 64, 64), np.float32)
    layer = tiny_vgg().layer("conv_1_1")
    kernel = layer.kernel[2].astype(float)
    kernel[1] = np.reshape(NINE, (3, 3))
    small = x[:, :6, :6].astype(float)
    expected = naive.conv2d(small, kernel[None], layer.bias[2:3].astype(float))[0]
    np.testing.assert_allclose(network(x)["conv_1_1"][2, :4, :4], expected, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "channel", "source", "values"),
    [("conv_1_1", 10, 0, NINE), ("conv_1_1", 0, 3, NINE), ("conv_1_1", -1, 0, NINE),
     ("conv_1_1", 0, -1, NINE), ("conv_1_1", 0, 0, NINE[:8]), ("relu_1_1", 0, 0, NINE)],
)  # fmt: skip
def test_a_kernel_that_is_not_there_is_refused_by_name(name, channel, source, values):
    with pytest.raises(ShapeError, match=name):
        with_kernel(tiny_vgg(), name, channel, source, values)


SIZES = [(1, 1), (3, 3), (5, 5), (3, 5)]


def applied(kernel, x):
    """A map convolved, with as much zero padding as keeps its size."""
    rows, cols = kernel.shape
    padded = np.pad(x.astype(float), ((rows // 2,) * 2, (cols // 2,) * 2))
    return naive.conv2d(padded[None], kernel[None, None].astype(float), np.zeros(1))[0]


@pytest.mark.parametrize("size", SIZES)
def test_identity_leaves_a_map_as_it_is(size):
    x = np.random.default_rng(2).random((7, 8))
    np.testing.assert_allclose(applied(presets(*size)["identity"], x), x)


@pytest.mark.parametrize("size", SIZES)
def test_blur_averages_a_window(size):
    x = np.random.default_rng(3).random((9, 9))
    half_rows, half_cols = size[0] // 2, size[1] // 2
    window = x[4 - half_rows : 5 + half_rows, 4 - half_cols : 5 + half_cols]
    assert applied(presets(*size)["blur"], x)[4, 4] == pytest.approx(window.mean())


@pytest.mark.parametrize("size", SIZES)
def test_edges_answers_nothing_to_an_even_map_and_something_to_a_step(size):
    kernel = presets(*size)["edges"]
    assert applied(kernel, np.full((9, 9), 0.7))[4, 4] == pytest.approx(0, abs=1e-5)
    step = np.zeros((9, 9))
    step[:, 5:] = 1
    if size[1] > 1:
        assert abs(applied(kernel, step)[4, 4]) > 0.5


@pytest.mark.parametrize("size", SIZES)
def test_sharpen_leaves_an_even_map_and_makes_a_step_larger(size):
    kernel = presets(*size)["sharpen"]
    assert applied(kernel, np.full((9, 9), 0.7))[4, 4] == pytest.approx(0.7, abs=1e-5)
    step = np.zeros((9, 9))
    step[:, 5:] = 1
    made = applied(kernel, step)[4]
    if size[1] > 1:
        assert made[5] - made[4] > 1


@pytest.mark.parametrize("size", SIZES)
def test_presets_have_the_size_asked_for_and_can_be_put_in(size):
    for name, kernel in presets(*size).items():
        assert (kernel.shape, kernel.dtype) == (size, np.float32), name
