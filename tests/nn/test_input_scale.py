"""How pixels become the numbers that a network reads, and back; it goes with the network."""

import numpy as np
import pytest

from cnnscope.nn.input_scale import InputScale
from cnnscope.nn.kernels import with_kernel, with_layers
from cnnscope.nn.layers import ShapeError
from cnnscope.nn.network import Network
from cnnscope.pictures.gallery import Gallery
from support.networks import tiny_vgg

IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
SCALES = {
    "unit": (InputScale.unit(), 0.0, 1.0),
    "signed": (InputScale.signed(), -1.0, 1.0),
    "bytes": (InputScale.bytes(), 0.0, 255.0),
    "standardised": (InputScale.standardised((0.1307,), (0.3081,)), -0.42421, 2.82149),
}


def pixels(channels=3):
    levels = np.random.default_rng(3).integers(0, 256, (channels, 6, 5))
    return levels.astype(np.float32) / np.float32(255)


@pytest.mark.parametrize("name", SCALES)
def test_black_and_white_become_the_bounds(name):
    scale, low, high = SCALES[name]
    assert scale.name == name
    assert scale.bounds(0) == pytest.approx((low, high), abs=1e-4)
    ends = scale.numbers(np.array([0, 1], np.float32).reshape(1, 1, 2))
    assert ends.dtype == np.float32
    assert ends.ravel() == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("name", SCALES)
@pytest.mark.parametrize("is_inverted", [False, True])
def test_the_pixels_come_back(name, is_inverted):
    scale = InputScale(SCALES[name][0].mean, SCALES[name][0].std, is_inverted)
    there = scale.numbers(pixels())
    assert scale.name == name
    np.testing.assert_allclose(scale.pixels(there), pixels(), atol=1e-6)


def test_an_inverted_scale_reads_black_as_another_reads_white():
    plain, inverted = InputScale.signed(), InputScale.signed(is_inverted=True)
    np.testing.assert_allclose(inverted.numbers(pixels()), plain.numbers(1 - pixels()), atol=1e-6)
    assert inverted.bounds(0) == plain.bounds(0)
    assert not InputScale.unit(is_inverted=True).is_plain


def test_each_channel_has_its_own_mean_and_deviation():
    scale = InputScale.standardised(*IMAGENET)
    made = scale.numbers(pixels())
    for channel, (mean, std) in enumerate(zip(*IMAGENET, strict=True)):
        expected = (pixels()[channel].astype(float) - mean) / std
        np.testing.assert_allclose(made[channel], expected, atol=1e-6)
        assert scale.bounds(channel) == pytest.approx((-mean / std, (1 - mean) / std))


def test_bytes_are_whole_numbers_and_plain_pixels_the_very_same():
    made = InputScale.bytes().numbers(pixels())
    np.testing.assert_array_equal(made, np.rint(made))
    x = pixels()
    assert InputScale.unit().numbers(x) is x


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (((0,), (0,)), "scale std: expected more than zero, got 0"),
        (((0, 0), (1,)), "scale std: expected as many numbers as means, 2, got 1"),
        (((), ()), "scale mean: expected at least one number"),
        (((float("nan"),), (1,)), "scale mean: expected finite numbers"),
    ],
)
def test_what_cannot_be_is_refused_by_name(settings, said):
    with pytest.raises(ShapeError, match=said):
        InputScale(*settings)


def test_a_network_of_other_channels_refuses_a_scale():
    with pytest.raises(ShapeError, match="scale: expected one mean, or 1, got 3"):
        Network((1, 8, 8), (), InputScale.standardised(*IMAGENET))


def test_a_changed_network_reads_as_it_did():
    known = tiny_vgg()
    network = Network(known.input_shape, known.layers, InputScale.signed())
    changed = with_kernel(network, "conv_1_1", 0, 0, [0] * 9)
    assert changed.scale == with_layers(network, {}).scale == InputScale.signed()


def test_a_gallery_gives_its_network_numbers_of_its_scale():
    known, rgb = tiny_vgg(), np.full((64, 64, 3), 51, np.uint8)
    network = Network(known.input_shape, known.layers, InputScale.signed())
    gallery = Gallery(network, {"grey": rgb})
    assert gallery.input("grey")[0, 0, 0] == pytest.approx(0.2 * 2 - 1)
    assert gallery.trace("grey", ())["input"][2, 5, 5] == pytest.approx(-0.6)
