"""Strokes of a pen as pictures, against distances worked out pixel by pixel."""

import math

import numpy as np
import pytest

from cnnscope.pictures.resize import to_input
from cnnscope.pictures.strokes import (
    centre_of_mass,
    centred,
    inked,
    middle,
    rasterised,
    to_pixels,
)

SEVEN = (((0.2, 0.15), (0.8, 0.2), (0.45, 0.9)), ((0.3, 0.5), (0.7, 0.52)))
HOOK = ((0.1, 0.1), (0.12, 0.4), (0.5, 0.45), (0.55, 0.2), (0.55, 0.2), (0.5, 0.1))


def distance(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    """From a point to the nearest one of a segment."""
    along = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    t = ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / along if along else 0.0
    t = min(1.0, max(0.0, t))
    return math.hypot(x - a[0] - t * (b[0] - a[0]), y - a[1] - t * (b[1] - a[1]))


def naive(strokes, thickness: float, rows: int, cols: int) -> np.ndarray:
    """What a pen covers, from the nearest segment of each pixel's middle."""
    side = min(rows, cols)
    left, top, width = (cols - side) / 2, (rows - side) / 2, thickness * side
    lines = [[(left + x * side, top + y * side) for x, y in stroke] for stroke in strokes]
    segments = [pair for line in lines for pair in zip(line, line[1:] or line, strict=False)]
    picture = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            nearest = min(distance(col + 0.5, row + 0.5, a, b) for a, b in segments)
            picture[row, col] = min(max(width / 2 + 0.5 - nearest, 0), width, 1)
    return picture


@pytest.mark.parametrize(("rows", "cols"), [(28, 28), (40, 31), (20, 64)])
@pytest.mark.parametrize("thickness", [0.02, 0.09, 0.3])
def test_a_pixel_is_as_bright_as_the_pen_is_near(rows, cols, thickness):
    for strokes in (SEVEN, (HOOK,)):
        picture = rasterised(strokes, thickness, rows, cols)
        assert picture.dtype == np.float32
        expected = naive(strokes, thickness, rows, cols)
        np.testing.assert_allclose(picture, expected, rtol=0, atol=0.02)


def test_points_that_come_close_or_far_make_the_same_line():
    ends = ((0.1, 0.3), (0.9, 0.6))
    x, y = (np.linspace(a, b, 500) for a, b in zip(*ends, strict=True))
    close = rasterised((tuple(zip(x, y, strict=True)),), 0.1, 28, 28)
    np.testing.assert_allclose(rasterised((ends,), 0.1, 28, 28), close, rtol=0, atol=0.02)


def test_one_point_is_a_dot_as_it_was_drawn_and_centred():
    dot = (((0.25, 0.75),),)
    picture = rasterised(dot, 4 / 28, 28, 28)
    np.testing.assert_allclose(picture, naive(dot, 4 / 28, 28, 28), rtol=0, atol=1e-6)
    assert picture.sum() == pytest.approx(math.pi * 2**2, rel=0.05)
    moved = centred(dot, 4 / 28, 28, 28)
    assert moved.sum() == pytest.approx(picture.sum(), rel=0.05)
    np.testing.assert_allclose(centre_of_mass(moved), (14.5, 14.5), atol=1e-4)


@pytest.mark.parametrize("strokes", [(), ((),), ((), ())])
def test_nothing_drawn_is_black(strokes):
    for picture in (rasterised(strokes, 0.1, 28, 30), centred(strokes, 0.1, 28, 30)):
        assert picture.shape == (28, 30)
        assert picture.dtype == np.float32
        assert not picture.any()


def ink_box(picture: np.ndarray) -> tuple[int, int]:
    """Rows and columns from the first with ink to the last."""
    rows, cols = (np.flatnonzero(picture.any(axis=axis)) for axis in (1, 0))
    return int(rows[-1] - rows[0] + 1), int(cols[-1] - cols[0] + 1)


def moved(strokes, scale: float, x: float, y: float):
    return tuple(tuple((x + scale * a, y + scale * b) for a, b in stroke) for stroke in strokes)


@pytest.mark.parametrize(("side", "box"), [(28, 20), (42, 30), (84, 60)])
@pytest.mark.parametrize("strokes", [SEVEN, (HOOK,), (((0.1, 0.5), (0.9, 0.5)),)])
def test_centred_ink_fills_its_box_and_balances_in_the_middle(side, box, strokes):
    picture = centred(strokes, 0.08, side, side)
    assert box - 1 <= max(ink_box(picture)) <= box + 1
    place = (np.arange(side) + 0.5) @ picture.sum(axis=0) / picture.sum()
    assert place == pytest.approx(side // 2 + 0.5, abs=0.03)
    np.testing.assert_allclose(centre_of_mass(picture), middle(side, side), atol=0.03)


def test_centred_keeps_proportions():
    points = [(a, b) for stroke in SEVEN for a, b in stroke]
    wide, high = (max(axis) - min(axis) for axis in zip(*points, strict=True))
    pen = 0.04 * 112 + 1
    rows, cols = ink_box(centred(SEVEN, 0.04, 112, 112))
    assert (cols - pen) / (rows - pen) == pytest.approx(wide / high, abs=0.03)


def test_where_and_how_large_it_was_drawn_makes_no_difference_when_centred():
    expected = centred(SEVEN, 0.08, 28, 28)
    for scale, x, y in ((0.3, 0.0, 0.0), (0.5, 0.4, 0.1), (1.0, -0.1, 0.05)):
        picture = centred(moved(SEVEN, scale, x, y), 0.08, 28, 28)
        np.testing.assert_allclose(picture, expected, rtol=0, atol=0.02)
    assert abs(rasterised(moved(SEVEN, 0.5, 0.4, 0.1), 0.08, 28, 28) - expected).max() == 1


def test_a_tiny_drawing_grows_to_five_times_its_size_and_no_further():
    tiny = moved(SEVEN, 0.04, 0.5, 0.5)
    expected = rasterised(moved(SEVEN, 0.2, 0.5, 0.5), 0.03, 112, 112)
    assert ink_box(centred(tiny, 0.03, 112, 112)) == pytest.approx(ink_box(expected), abs=1)


def test_a_picture_that_is_no_square_has_the_pad_in_its_middle():
    square, wide = (rasterised(SEVEN, 0.1, 28, cols) for cols in (28, 40))
    np.testing.assert_array_equal(wide[:, 6:34], square)
    assert not wide[:, :6].any()
    picture = centred(SEVEN, 0.1, 28, 40)
    np.testing.assert_allclose(centre_of_mass(picture), (20.5, 14.5), atol=0.03)


def test_ink_off_the_picture_is_lost_and_disturbs_nothing():
    inside = [np.array([[5.0, 5.0], [20.0, 9.0]])]
    far = [np.array([[-300.0, 5.0], [-9.0, 700.0]]), np.array([[60.0, -4.0], [29.6, 60.0]])]
    np.testing.assert_array_equal(inked(inside + far, 2.0, 28, 28), inked(inside, 2.0, 28, 28))
    edge = inked([np.array([[-3.0, 14.0], [3.0, 14.0]])], 4.0, 28, 28)
    assert edge[14, :3].tolist() == [1, 1, 1]
    assert edge[:, 8:].any() == np.False_


def test_the_network_reads_the_pixels_of_a_drawing_as_they_are():
    picture = rasterised(SEVEN, 0.09, 28, 28)
    pixels = to_pixels(picture)
    assert (pixels.shape, pixels.dtype) == ((28, 28, 3), np.uint8)
    read = to_input(pixels, channels=1)
    np.testing.assert_allclose(read, picture[None], rtol=0, atol=0.5 / 255 + 1e-6)
