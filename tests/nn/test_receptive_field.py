import numpy as np
import pytest

from cnnscope.nn.layers import Cell, Conv2d, Dense, Flatten, MaxPool2d, Relu, Softmax
from cnnscope.nn.network import INPUT, Network
from cnnscope.nn.receptive_field import receptive_field
from support.networks import tiny_vgg

RNG = np.random.default_rng(11)


def conv(name, out, channels, size=3, stride=1, padding=0):
    kernel = RNG.uniform(0.5, 1.5, (out, channels, size, size)).astype(np.float32)
    return Conv2d(name, kernel, np.zeros(out, np.float32), stride, padding)


def strided() -> Network:
    """Stride, padding, a pooling whose windows overlap, and one that leaves cells over."""
    return Network(
        (2, 17, 14),
        (
            conv("a", 3, 2, stride=2, padding=1), Relu("b"), MaxPool2d("c", 3, 2),
            conv("d", 2, 3, size=2, padding=2), MaxPool2d("e", 2, 3), Flatten("f", (2, 2, 2)),
            Dense("g", RNG.uniform(0.5, 1.5, (3, 8)).astype(np.float32), np.zeros(3, np.float32)),
            Softmax("h", 3),
        ),
    )  # fmt: skip


def all_positive(network: Network) -> Network:
    """The same layers with weights that hide nothing: no zero, and no sum that cancels out."""
    return Network(
        network.input_shape,
        tuple(
            Conv2d(layer.name, np.abs(layer.kernel) + 0.01, np.abs(layer.bias), layer.stride,
                   layer.padding)
            if isinstance(layer, Conv2d) else layer
            for layer in network.layers
        ),
    )  # fmt: skip


def marks(network: Network, name: str, pixel: tuple[int, int, int]):
    """Which cells of a layer can change with a pixel: those that no number there leaves alone."""
    x = np.ones(network.input_shape, np.float32)
    x[pixel] = np.nan
    return np.isnan(network(x)[name])


def fields(network: Network, name: str):
    """The claimed field of each cell: (channels, rows, cols, *input shape) bool."""
    shape = network.shapes[name]
    claimed = np.zeros((*shape, *network.input_shape), bool)
    for at in np.ndindex(*shape):
        field = receptive_field(network, name, Cell(*at))
        claimed[(*at, *np.ix_(*field))] = True
    return claimed


@pytest.mark.parametrize("name", list("abcdefg"))
def test_a_field_is_exactly_what_can_change_the_cell(name):
    network = strided()
    claimed = fields(network, name)
    seen = np.stack(
        [marks(network, name, pixel) for pixel in np.ndindex(*network.input_shape)], axis=-1
    ).reshape(claimed.shape)
    np.testing.assert_array_equal(claimed, seen)
    assert claimed.any()


@pytest.mark.parametrize("name", [layer.name for layer in tiny_vgg().layers[:10]])
def test_through_the_whole_network_a_pixel_changes_the_cells_that_claim_to_see_it(name):
    network = all_positive(tiny_vgg())
    _, rows, cols = network.shapes[name]
    for _ in range(4):
        pixel = (RNG.integers(3), *RNG.integers(0, 64, 2))
        seen = marks(network, name, pixel)
        for at in np.ndindex(rows, cols):
            field = receptive_field(network, name, Cell(4, *at))
            claimed = all(place in box for place, box in zip(pixel, field, strict=True))
            assert claimed == bool(seen[(4, *at)]), (name, pixel, at)


@pytest.mark.parametrize("pixel", [(0, 0, 0), (1, 63, 63), (2, 0, 63), (0, 61, 2)])
def test_a_pixel_at_the_edge_of_the_picture_is_seen_by_the_cells_that_claim_it(pixel):
    network = all_positive(tiny_vgg())
    seen = marks(network, "relu_2_2", pixel)
    for row, col in np.ndindex(*seen.shape[1:]):
        _, rows, cols = receptive_field(network, "relu_2_2", Cell(0, row, col))
        assert (pixel[1] in rows and pixel[2] in cols) == bool(seen[0, row, col])


def test_a_class_sees_the_pixels_that_reach_the_last_maps():
    field = receptive_field(tiny_vgg(), "output", Cell(3))
    assert (len(field.rows), len(field.cols)) == (64, 64)
    assert field.channels == range(3)


def test_a_pixel_sees_itself():
    assert receptive_field(tiny_vgg(), INPUT, Cell(1, 5, 63)) == (
        range(1, 2), range(5, 6), range(63, 64),
    )  # fmt: skip


def test_the_field_in_the_middle_of_the_tiny_network_has_the_sizes_of_the_textbook():
    sizes = {
        name: len(receptive_field(tiny_vgg(), name, Cell(0, 6, 6)).rows)
        for name in ("conv_1_1", "conv_1_2", "max_pool_1", "conv_2_1", "conv_2_2", "max_pool_2")
    }
    assert sizes == {"conv_1_1": 3, "conv_1_2": 5, "max_pool_1": 6, "conv_2_1": 10,
                     "conv_2_2": 14, "max_pool_2": 16}  # fmt: skip


def test_a_layer_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        receptive_field(tiny_vgg(), "conv_9", Cell(0))
