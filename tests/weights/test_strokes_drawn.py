"""The digits drawn for this project: ways to write them, and hands that vary them."""

import numpy as np
import pytest

from support.training import script

strokes_drawn = script("strokes_drawn")
PER_DIGIT = 24
PLAIN = strokes_drawn.Hand(slant=0.0)


@pytest.fixture(scope="module")
def drawings():
    return strokes_drawn.drawn(PER_DIGIT, seed=5)


def points(drawing) -> np.ndarray:
    return np.concatenate([np.array(stroke) for stroke in drawing.strokes])


def write(digit: int, way: int, **hand):
    by = strokes_drawn.Hand(**{"slant": 0.0, **hand})
    return strokes_drawn.written(digit, way, by, np.random.default_rng(3))


def test_every_digit_is_written_in_all_its_ways(drawings):
    assert [each.digit for each in drawings] == [digit for digit in range(10) for _ in range(24)]
    for digit, ways in strokes_drawn.WAYS.items():
        written = [each for each in drawings if each.digit == digit]
        assert {each.way for each in written} == set(range(len(ways)))
        assert 2 <= len(ways) <= 4
        assert all(len(each.strokes) == ways[each.way].count(";") + 1 for each in written)


def test_the_same_seed_draws_the_same(drawings):
    assert strokes_drawn.drawn(PER_DIGIT, seed=5) == drawings
    assert strokes_drawn.drawn(PER_DIGIT, seed=6) != drawings


def test_drawings_keep_to_the_pad_and_to_the_places_of_a_pointer(drawings):
    for each in drawings:
        on_pad = points(each)
        half = each.thickness / 2
        assert half < on_pad.min()
        assert on_pad.max() < 1 - half
        np.testing.assert_allclose(on_pad * 400, np.round(on_pad * 400), atol=1e-9)


def test_drawings_vary_in_size_place_thickness_and_haste(drawings):
    heights = [np.ptp(points(each)[:, 1]) for each in drawings]
    middles = np.array([(points(each).min(0) + points(each).max(0)) / 2 for each in drawings])
    counts = [len(points(each)) for each in drawings]
    assert min(heights) < 0.4
    assert max(heights) > 0.75
    assert (np.ptp(middles, axis=0) > 0.3).all()
    assert min(each.thickness for each in drawings) < 0.06
    assert max(each.thickness for each in drawings) > 0.12
    assert min(counts) < 20
    assert max(counts) > 200


def test_a_hand_slants_turns_and_widens():
    bar = points(write(1, 0))
    assert np.ptp(bar[:, 0]) == 0
    assert np.ptp(bar[:, 1]) == pytest.approx(0.72, abs=0.003)
    leaning = points(write(1, 0, slant=0.25))
    assert leaning[0, 0] - leaning[-1, 0] == pytest.approx(0.25 * 0.72, abs=0.005)
    turned = points(write(1, 0, turn=np.pi / 2))  # clockwise: what was on top is on the right
    assert turned[0, 0] - turned[-1, 0] == pytest.approx(0.72, abs=0.005)
    ring, wide = points(write(0, 0)), points(write(0, 0, width=1.3))
    assert np.ptp(wide[:, 0]) / np.ptp(ring[:, 0]) == pytest.approx(1.3, abs=0.02)


def test_a_curve_goes_through_its_places_smoothly():
    places = np.array([[0.0, 0.0], [0.2, 0.1], [0.3, 0.5], [0.1, 0.9]])
    line = strokes_drawn.curve(places)
    np.testing.assert_allclose(line[:: strokes_drawn.FINE], places, atol=1e-12)
    way = np.diff(line, axis=0)
    turns = np.unwrap(np.arctan2(way[:, 1], way[:, 0]))
    assert abs(np.diff(turns)).max() < 0.15
    straight = strokes_drawn.curve(places[:2])
    np.testing.assert_allclose(straight[:, 1], straight[:, 0] / 2, atol=1e-12)


def test_an_unsteady_hand_goes_astray_and_a_trembling_one_wavers():
    steady = points(write(8, 0, haste=0.01))
    for fault in ({"unsteadiness": 0.05}, {"tremor": 0.02}):
        other = points(write(8, 0, haste=0.01, **fault))
        nearest = np.hypot(*(other[:, None] - steady).transpose(2, 0, 1)).min(axis=1)
        assert 0.01 < nearest.max() < 0.15
