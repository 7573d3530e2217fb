"""Batch normalisation against PyTorch's own output, stored and live, and value by value."""

import math

import numpy as np
import pytest

from cnnscope.nn.layers import BatchNorm2d, Conv2d, ShapeError
from support.torch_oracle import is_storing, store, stored

SHAPE = (4, 7, 5)
SETTINGS = [(seed, epsilon) for seed in (1, 2, 3) for epsilon in (1e-5, 1e-3, 0.5)]
ROLES = ("gamma", "beta", "mean", "variance")


def picture(seed):
    return np.random.default_rng(seed).standard_normal(SHAPE).astype(np.float32)


def parameters(seed):
    rng = np.random.default_rng(seed + 100)
    drawn = {role: rng.standard_normal(SHAPE[0]).astype(np.float32) for role in ROLES}
    return drawn | {"variance": drawn["variance"] ** 2}


def layer_of(settings):
    seed, epsilon = settings
    return BatchNorm2d("norm", **parameters(seed), epsilon=epsilon)


def key(settings):
    return "-".join(map(str, settings))


def by_torch(settings):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    seed, epsilon = settings
    layer = torch.nn.BatchNorm2d(SHAPE[0], eps=epsilon).eval()
    names = {"weight": "gamma", "bias": "beta", "running_mean": "mean", "running_var": "variance"}
    drawn = parameters(seed)
    state = {name: torch.from_numpy(drawn[role]) for name, role in names.items()}
    layer.load_state_dict(state, strict=False)
    with torch.no_grad():
        return layer(torch.from_numpy(picture(seed))[None])[0].numpy()


def test_the_stored_results_are_of_every_setting():
    if is_storing():
        store("batch_norm2d", {key(each): by_torch(each) for each in SETTINGS})
    assert set(stored("batch_norm2d")) == {"torch", *map(key, SETTINGS)}


@pytest.mark.parametrize("settings", SETTINGS, ids=key)
def test_it_is_what_pytorch_computed(settings):
    made = layer_of(settings)(picture(settings[0]))
    assert made.dtype == np.float32
    np.testing.assert_allclose(made, stored("batch_norm2d")[key(settings)], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("settings", SETTINGS, ids=key)
def test_it_is_what_pytorch_computes(settings):
    made = layer_of(settings)(picture(settings[0]))
    np.testing.assert_allclose(made, by_torch(settings), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("settings", SETTINGS[::2], ids=key)
def test_every_value_is_normalised_by_its_own_channel(settings):
    layer, x = layer_of(settings), picture(settings[0])
    made = layer(x)
    for channel, row, col in np.ndindex(*SHAPE):
        gamma, beta, mean, variance = (float(getattr(layer, role)[channel]) for role in ROLES)
        normal = (float(x[channel, row, col]) - mean) / math.sqrt(variance + layer.epsilon)
        by_hand = pytest.approx(normal * gamma + beta, abs=1e-4, rel=1e-4)
        assert float(made[channel, row, col]) == by_hand


def test_parameters_of_another_length_are_refused_by_name():
    with pytest.raises(ShapeError, match="norm mean: expected"):
        BatchNorm2d("norm", **parameters(1) | {"mean": np.zeros(3, np.float32)})


def test_a_variance_below_zero_is_refused():
    with pytest.raises(ShapeError, match="norm variance: expected more than zero"):
        BatchNorm2d("norm", **parameters(1) | {"variance": -np.ones(4, np.float32)})


def test_a_map_of_other_channels_is_refused():
    with pytest.raises(ShapeError, match="norm gamma: expected"):
        layer_of(SETTINGS[0]).output_shape((3, 7, 5))


def test_of_a_vector_each_feature_is_a_channel():
    layer, x = layer_of(SETTINGS[1]), picture(3)[:, 0, 0]
    assert layer.output_shape((4,)) == layer(x).shape == (4,)
    np.testing.assert_array_equal(layer(x), layer(x[:, None, None])[:, 0, 0])
    with pytest.raises(ShapeError, match="norm input: expected"):
        layer.output_shape((4, 7))


@pytest.mark.parametrize("groups", [1, 2])
def test_folded_into_the_convolution_before_it_there_is_one_that_does_the_same(groups):
    rng, norm = np.random.default_rng(8), layer_of(SETTINGS[4])
    kernel = rng.standard_normal((4, 4 // groups, 3, 2)).astype(np.float32)
    bias = np.zeros(4, np.float32) if groups > 1 else rng.standard_normal(4).astype(np.float32)
    settings = 2, ((0, 1), (1, 0)), 1, groups
    conv = Conv2d("conv", kernel, bias, *settings, has_bias=bool(bias.any()))
    x = picture(2)
    folded = norm.folded_into(conv)
    np.testing.assert_allclose(folded(x), norm(conv(x)), atol=1e-5, rtol=1e-5)
    assert (folded.name, folded.has_bias, folded.parameters) == ("conv", True, kernel.size + 4)


def test_it_is_folded_into_no_convolution_of_other_channels():
    conv = Conv2d("conv", np.zeros((3, 4, 1, 1), np.float32), np.zeros(3, np.float32))
    with pytest.raises(ShapeError, match="norm gamma: expected"):
        layer_of(SETTINGS[0]).folded_into(conv)
