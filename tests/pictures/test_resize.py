import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from cnnscope.pictures import resize as image
from support import naive
from support.pictures.encoded import encoded, see_through, stored, upright

RNG_SIZES = [tuple(size) for size in np.random.default_rng(3).integers(1, 260, (24, 2)).tolist()]
SIZES = [(64, 64), (1, 1), (1, 300), (300, 1), (63, 65), (65, 64), (64, 200), *RNG_SIZES]


def noise(width: int, height: int, channels: int = 3) -> image.Pixels:
    rng = np.random.default_rng(width * 1000 + height)
    return rng.integers(0, 256, (height, width, channels), dtype=np.uint8)


def in_strips(pixels: image.Pixels, orientation: int, limit: int) -> image.Pixels:
    height, width = pixels.shape[:2]
    narrow = []
    for left, top, part_width, part_height in image.strips(width, height, orientation, limit):
        part = pixels[top : top + part_height, left : left + part_width]
        assert part.shape[:2] == (part_height, part_width)
        assert part_width * part_height <= max(limit, min(width, height))
        narrow.append(image.narrowed(image.upright(part, orientation)))
    return image.shortened(np.concatenate(narrow))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_prepare_is_pillows_resize_of_the_central_square(width, height):
    rgb = noise(width, height)
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    square = Image.fromarray(rgb).crop((left, top, left + side, top + side))
    expected = np.array(square.resize((64, 64), Image.Resampling.BICUBIC))
    np.testing.assert_array_equal(image.prepare(rgb), expected)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (5, 3), (40, 64), (97, 131), (200, 150)])
def test_prepare_follows_the_definition_of_antialiased_bicubic(width, height):
    rgb = noise(width, height)
    left, top, side, _ = image.central_square(width, height)
    square = rgb[top : top + side, left : left + side]
    np.testing.assert_array_equal(image.prepare(rgb), naive.bicubic(square, 64))


def test_prepare_leaves_a_picture_of_the_networks_size_as_it_is():
    rgb = noise(64, 64)
    np.testing.assert_array_equal(image.prepare(rgb), rgb)


@pytest.mark.parametrize("side", [1, 17, 32, 100])
def test_prepare_makes_any_size_asked_for(side):
    rgb = noise(90, 70)
    square = Image.fromarray(rgb[:, 10:80])
    expected = np.array(square.resize((side, side), Image.Resampling.BICUBIC))
    np.testing.assert_array_equal(image.prepare(rgb, side), expected)


def test_prepare_makes_an_input_of_other_rows_than_columns():
    rgb = noise(90, 70)
    square = Image.fromarray(rgb[:, 10:80])
    expected = np.array(square.resize((41, 37), Image.Resampling.BICUBIC))
    np.testing.assert_array_equal(image.prepare(rgb, (37, 41)), expected)


def test_prepare_spreads_a_single_pixel():
    rgb = np.array([[[1, 2, 3]]], np.uint8)
    np.testing.assert_array_equal(image.prepare(rgb), np.broadcast_to(rgb, (64, 64, 3)))


@pytest.mark.parametrize(
    ("size", "square"),
    [
        ((7, 4), (1, 0, 4, 4)),
        ((4, 7), (0, 1, 4, 4)),
        ((8, 4), (2, 0, 4, 4)),
        ((5, 5), (0, 0, 5, 5)),
    ],
)
def test_an_odd_margin_leaves_its_spare_pixel_right_or_below(size, square):
    assert image.central_square(*size) == square


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright_undoes_what_the_orientation_stored(orientation):
    rgb = noise(7, 4)
    np.testing.assert_array_equal(image.upright(stored(rgb, orientation), orientation), rgb)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("width", "height"), SIZES[:14])
def test_strips_give_the_bytes_of_the_whole_upright_picture(width, height, orientation):
    rgb = noise(width, height)
    padded = np.dstack([rgb, noise(width, height, 1)])
    for limit in (1, 500, 4001, 10**6):
        got = in_strips(stored(padded, orientation), orientation, limit)
        np.testing.assert_array_equal(got, image.prepare(rgb))


def test_strips_of_a_48_megapixel_photo_stay_small():
    parts = image.strips(8064, 6048, 6)
    assert max(part.width * part.height for part in parts) <= image.STRIP_PIXELS
    assert sum(part.width * part.height for part in parts) == 6048**2


def test_onto_white_is_exact_to_half_a_level():
    rgba = noise(50, 40, 4)
    share = rgba[..., 3:] / 255
    expected = rgba[..., :3] * share + 255 * (1 - share)
    assert np.abs(image.onto_white(rgba) - expected).max() <= 0.5 + 1e-9


def test_onto_white_keeps_what_is_opaque_and_hides_what_is_transparent():
    rgba, seen = see_through()
    np.testing.assert_array_equal(image.onto_white(rgba), seen)


def test_to_input_is_channel_first_and_between_zero_and_one():
    rgb = noise(64, 64)
    x = image.to_input(rgb)
    assert (x.shape, x.dtype, x.flags.c_contiguous) == ((3, 64, 64), np.float32, True)
    np.testing.assert_array_equal(x[2, 5, 9], np.float32(rgb[5, 9, 2]) / np.float32(255))


def test_pillow_stays_unloaded_until_something_is_resized():
    script = (
        "import sys, numpy; from cnnscope.pictures import resize as image;"
        "image.to_input(image.prepare(numpy.zeros((64, 64, 3), numpy.uint8)));"
        "sys.exit('PIL' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment).returncode == 0


def test_decoded_uses_only_the_decoder_it_is_told():
    png = encoded(upright(), "PNG")
    with pytest.raises(ValueError, match="QOI"):
        image.decoded(png, "QOI")


def test_decoded_reports_a_damaged_file_whatever_pillow_raises():
    whole = encoded(upright(), "QOI")
    for length in range(14, len(whole) - 8, 7):
        with pytest.raises(ValueError, match="QOI"):
            image.decoded(whole[:length], "QOI")
