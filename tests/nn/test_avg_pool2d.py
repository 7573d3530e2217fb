"""Average pooling against PyTorch's own output, stored and live, and against a naive loop."""

import itertools

import numpy as np
import pytest

from cnnscope.nn.layers import AvgPool2d, Cell, ShapeError
from support.torch_oracle import is_storing, store, stored

SHAPE = (3, 11, 8)
SETTINGS = [
    (size, stride, padding, counted)
    for size, stride, padding, counted in itertools.product(
        (1, 2, 3, 5), (1, 2, 3), (0, 1, 2), (True, False)
    )
    if padding <= size // 2
]


def picture():
    return np.random.default_rng(4).standard_normal(SHAPE).astype(np.float32)


def key(settings):
    return "-".join(map(str, map(int, settings)))


def layer_of(settings):
    *sliding, counted = settings
    return AvgPool2d("pool", *sliding, count_include_pad=counted)


def by_torch(settings):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    size, stride, padding, counted = settings
    layer = torch.nn.AvgPool2d(size, stride, padding, count_include_pad=counted)
    return layer(torch.from_numpy(picture())[None])[0].numpy()


def by_hand(layer, x):
    """The mean of every window, value by value in float64."""
    shape = layer.output_shape(x.shape)
    made = np.zeros(shape)
    for channel, row, col in np.ndindex(*shape):
        _, rows, cols = layer.window(Cell(channel, row, col))
        inside = [
            float(x[channel, r, c])
            for r in rows
            for c in cols
            if 0 <= r < x.shape[1] and 0 <= c < x.shape[2]
        ]
        count = len(rows) * len(cols) if layer.count_include_pad else len(inside)
        made[channel, row, col] = sum(inside) / count
    return made


def test_the_stored_results_are_of_every_setting():
    if is_storing():
        store("avg_pool2d", {key(each): by_torch(each) for each in SETTINGS})
    assert set(stored("avg_pool2d")) == {"torch", *map(key, SETTINGS)}


@pytest.mark.parametrize("settings", SETTINGS, ids=key)
def test_it_is_what_pytorch_computed(settings):
    layer = layer_of(settings)
    expected = stored("avg_pool2d")[key(settings)]
    assert layer.output_shape(SHAPE) == expected.shape
    np.testing.assert_allclose(layer(picture()), expected, atol=1e-5)


@pytest.mark.parametrize("settings", SETTINGS, ids=key)
def test_it_is_what_pytorch_computes(settings):
    expected = by_torch(settings)
    np.testing.assert_allclose(layer_of(settings)(picture()), expected, atol=1e-5)


@pytest.mark.parametrize("settings", SETTINGS[::3], ids=key)
def test_it_is_the_mean_of_its_own_window(settings):
    layer = layer_of(settings)
    made = layer(picture())
    assert made.dtype == np.float32
    np.testing.assert_allclose(made, by_hand(layer, picture()), atol=1e-6)
    last = tuple(n - 1 for n in made.shape)
    patch = layer.patch(picture(), Cell(*last))
    mean = patch.sum(dtype="float64") / layer.divisor(Cell(*last), SHAPE)
    assert mean == pytest.approx(float(made[last]), abs=1e-6)


@pytest.mark.parametrize(
    ("settings", "said"),
    [((0,), "size"), ((2, 0), "stride"), ((2, 2, 2), "padding"), ((3, 1, -1), "padding")],
)
def test_settings_that_cannot_be_are_refused_by_name(settings, said):
    with pytest.raises(ShapeError, match=f"pool {said}: expected"):
        AvgPool2d("pool", *settings)


def test_a_map_smaller_than_the_window_is_refused():
    with pytest.raises(ShapeError, match="at least 5x5"):
        AvgPool2d("pool", 5).output_shape((1, 4, 4))
