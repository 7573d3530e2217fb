import numpy as np
import pytest

from cnnscope.drawing.color import (
    ACTIVATION,
    BLUE,
    GREEN,
    GREY,
    PROBABILITY,
    RED,
    WEIGHT,
    Ramp,
    channel_ramp,
)
from cnnscope.drawing.scale import Domain, symmetric


def test_ends_and_middle_of_a_domain_get_the_packed_colours():
    values = np.array([-2, 0, 2], np.float32)
    got = ACTIVATION.paint(values, symmetric(2))
    assert [bytes(color).hex() for color in got] == ["6b2101ff", "f7f6f2ff", "0b2f66ff"]


def test_values_outside_the_domain_get_the_colours_of_its_ends():
    got = ACTIVATION.paint(np.array([-99, 99], np.float32), symmetric(1))
    ends = ACTIVATION.paint(np.array([-1, 1], np.float32), symmetric(1))
    np.testing.assert_array_equal(got, ends)


def test_painting_does_not_change_the_values_and_keeps_their_shape():
    values = np.linspace(-3, 3, 24, dtype=np.float32).reshape(2, 3, 4)
    before = values.copy()
    assert ACTIVATION.paint(values, symmetric(1)).shape == (2, 3, 4, 4)
    np.testing.assert_array_equal(values, before)


def test_steps_between_two_colours_pass_through_oklabs_own_middle():
    # The Oklab mean of black (L = 0) and white (L = 1) is L = 0.5: linear 0.125, sRGB 0x63.
    middle = Ramp("000000ffffff").paint(np.array([0.5], np.float32), Domain(0, 1))
    assert bytes(middle[0]).hex() == "636363ff"


def test_lightness_rises_to_zero_and_falls_from_it():
    luminance = ACTIVATION.table.view(np.uint8).reshape(-1, 4)[:, :3] @ [0.2126, 0.7152, 0.0722]
    half = len(luminance) // 2
    assert (np.diff(luminance[: half + 1]) > -0.8).all()
    assert (np.diff(luminance[half:]) < 0.8).all()


def test_signs_differ_in_hue_for_the_usual_kinds_of_colour_vision():
    # Blue against red in each colour: told apart without green or red receptors.
    rgba = ACTIVATION.paint(np.array([-0.3, 0.3], np.float32), symmetric(1)).astype(int)
    assert rgba[0, 0] - rgba[0, 2] > 60
    assert rgba[1, 2] - rgba[1, 0] > 60


@pytest.mark.parametrize(("ramp", "bright"), [(RED, 0), (GREEN, 1), (BLUE, 2)])
def test_a_channel_is_black_at_zero_and_its_own_colour_at_one(ramp, bright):
    black, full = ramp.paint(np.array([0, 1], np.float32), Domain(0, 1)).astype(int)
    assert black.tolist() == [0, 0, 0, 255]
    assert full[:3].argmax() == bright


def test_a_single_input_channel_is_grey():
    assert channel_ramp(0, 1) is GREY


def test_the_gradient_runs_through_the_colours_that_paint():
    stops = ACTIVATION.gradient().removeprefix("linear-gradient(to right, ").rstrip(")").split(", ")
    values = np.linspace(-1, 1, len(stops), dtype=np.float32)
    painted = ACTIVATION.paint(values, symmetric(1))
    for stop, color in zip(stops, painted.astype(int), strict=True):
        expected = [int(stop[i : i + 2], 16) for i in (1, 3, 5)]
        assert np.abs(color[:3] - expected).max() <= 6


def luminance(color):
    linear = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in linear]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("ground", ["#fbfaf7", "#ffffff", "#12161d", "#1c222c"])
def test_probability_is_seen_on_the_light_page_and_on_the_dark_one(ground):
    brighter, darker = sorted((luminance(PROBABILITY), luminance(ground)), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 3


def test_no_ramp_of_activations_or_weights_has_the_colour_of_probability():
    own = np.array(list(bytes.fromhex(PROBABILITY[1:])), int)
    for ramp in (ACTIVATION, WEIGHT):
        colors = ramp.paint(np.linspace(-1, 1, 255, dtype=np.float32), symmetric(1))[:, :3]
        assert np.linalg.norm(colors.astype(int) - own, axis=1).min() > 40
