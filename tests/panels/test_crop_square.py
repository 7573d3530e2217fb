"""The square of a picture that the network is given: always a square, always within the picture."""

import random

import numpy as np
import pytest

from cnnscope.panels.crop.drawing import STEPS, slid, zoom_at
from cnnscope.panels.crop.square import (
    Square,
    central,
    largest_zoom,
    moved,
    zoom_of,
    zoomed,
)
from cnnscope.pictures.resize import SIDE, central_square, prepare, strips, turn, upright
from cnnscope.pictures.resize import upright_size as size_of

SIZES = [
    (4000, 3000),
    (3000, 4000),
    (641, 640),
    (64, 64),
    (65, 64),
    (63, 200),
    (1, 300),
    (1, 1),
    (12000, 64),
]


def is_within(square, size):
    left, top, width, height = square.region
    return width == height >= 1 and 0 <= left <= size[0] - width and 0 <= top <= size[1] - height


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_begins_with_its_central_square(size):
    assert central(size).region == central_square(*size)
    assert zoom_of(central(size), size) == 1


@pytest.mark.parametrize("size", SIZES)
def test_whatever_is_done_to_the_square_it_stays_a_square_within_the_picture(size):
    rng = random.Random(size[0])
    square = central(size)
    for _ in range(300):
        if rng.random() < 0.5:
            square = moved(square, rng.uniform(-1, 1), rng.uniform(-1, 1), size)
        else:
            about = rng.random(), rng.random()
            square = zoomed(square, zoom_of(square, size) * rng.uniform(0.3, 3), size, about)
        assert is_within(square, size)
        assert 1 - 1e-9 <= zoom_of(square, size) <= largest_zoom(size) + 1e-9


def test_zooming_keeps_what_it_zooms_about_where_it_is():
    size = (4000, 3000)
    for about in ((0.5, 0.5), (0, 0), (1, 0.25)):
        before = Square(1000, 500, 1500)
        after = zoomed(before, 4, size, about)
        assert after.side == 750
        assert after.left + about[0] * 750 == pytest.approx(1000 + about[0] * 1500)
        assert after.top + about[1] * 750 == pytest.approx(500 + about[1] * 1500)


def test_a_picture_is_zoomed_into_as_far_as_the_network_has_pixels():
    assert zoomed(central((4000, 3000)), 1e9, (4000, 3000)).region[2:] == (SIDE, SIDE)
    assert largest_zoom((63, 200)) == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_slider_and_the_zoom_agree(size):
    assert zoom_at(0, size) == 1
    assert zoom_at(STEPS, size) == pytest.approx(largest_zoom(size))
    for step in range(0, STEPS + 1, 10):
        if largest_zoom(size) > 1:
            assert slid(zoom_at(step, size), size) == step


@pytest.mark.parametrize("orientation", range(1, 9))
def test_strips_of_a_square_make_up_the_same_part_of_the_upright_picture(orientation):
    rng = np.random.default_rng(orientation)
    stored = rng.integers(0, 256, (90, 130, 3), np.uint8)
    seen = upright(stored, orientation)
    part = Square(17, 5, 70).region
    rows = [
        upright(stored[top : top + height, left : left + width], orientation)
        for left, top, width, height in strips(130, 90, orientation, pixels=700, part=part)
    ]
    np.testing.assert_array_equal(np.concatenate(rows), seen[5:75, 17:87])
    np.testing.assert_array_equal(prepare(seen, part=part), prepare(seen[5:75, 17:87]))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_canvas_turns_a_picture_as_the_network_sees_it(orientation):
    stored = np.arange(12).reshape(3, 4)
    seen = upright(stored, orientation)
    a, b, c, d, e, f = turn(orientation, *size_of(4, 3, orientation))
    drawn = np.zeros_like(seen)
    for (row, col), value in np.ndenumerate(stored):
        x, y = col + 0.5, row + 0.5
        drawn[int(b * x + d * y + f), int(a * x + c * y + e)] = value
    np.testing.assert_array_equal(drawn, seen)
