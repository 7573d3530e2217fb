import io

import numpy as np
import pytest
from PIL import Image

from cnnscope.pictures import pillow_decoder
from cnnscope.pictures.formats.source import PictureError
from cnnscope.pictures.pillow_decoder import SAFE, decoded_square
from cnnscope.pictures.resize import prepare
from support.pictures.cases import USABLE
from support.pictures.encoded import HEIGHT, WIDTH, encoded, see_through, stored, upright

SIZE = (WIDTH, HEIGHT)


@pytest.mark.parametrize("format", sorted(SAFE - {"JPEG"}))
def test_a_format_that_keeps_every_value_comes_out_as_it_is(format: str) -> None:
    file = encoded(upright(), format)
    expected = np.array(Image.open(io.BytesIO(file)).convert("RGB"))  # GIF has a palette
    np.testing.assert_array_equal(decoded_square(file, format, SIZE), prepare(expected))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation: int) -> None:
    rgb = stored(upright(), orientation)
    size = (rgb.shape[1], rgb.shape[0])
    found = decoded_square(encoded(rgb, "PNG"), "PNG", size, orientation)
    np.testing.assert_array_equal(found, prepare(upright()))


@pytest.mark.parametrize("wanted", [28, (37, 41)])
def test_a_picture_comes_in_the_size_of_the_networks_input(wanted) -> None:
    found = decoded_square(encoded(upright(), "PNG"), "PNG", SIZE, wanted=wanted)
    np.testing.assert_array_equal(found, prepare(upright(), wanted))
    assert found.shape[:2] == ((28, 28) if wanted == 28 else wanted)


def test_what_is_transparent_is_seen_on_white() -> None:
    rgba, seen = see_through()
    found = decoded_square(encoded(rgba, "PNG"), "PNG", SIZE)
    assert np.abs(found.astype(int) - prepare(seen)).max() <= 1


def test_a_frame_that_is_smaller_than_its_screen_stands_on_white() -> None:
    usable = USABLE["gif, frame smaller than its screen"]()
    np.testing.assert_array_equal(decoded_square(usable.file, "GIF", SIZE), prepare(usable.rgb))


def test_a_picture_in_strips_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = np.random.default_rng(5).integers(0, 256, (150, 190, 3), dtype=np.uint8)
    strips = pillow_decoder.image.strips
    monkeypatch.setattr(
        pillow_decoder.image,
        "strips",
        lambda *given, **more: strips(*given, pixels=150 * 7, **more),
    )
    found = decoded_square(encoded(rgb, "PNG"), "PNG", (190, 150))
    np.testing.assert_array_equal(found, prepare(rgb))


@pytest.mark.parametrize("part", [2, 4, 8])
def test_a_large_jpeg_is_decoded_smaller(part: int) -> None:
    coarse = np.random.default_rng(part).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    rgb = coarse.repeat(128, axis=0).repeat(128, axis=1)
    file = encoded(rgb, "JPEG", quality=95, subsampling=0)
    side = 1024 // part
    assert pillow_decoder.image.opened(file, "JPEG", (1024, 1024), side * side).size == (side, side)
    found = decoded_square(file, "JPEG", (1024, 1024), pixels=side * side)
    assert np.abs(found.astype(int) - prepare(rgb)).mean() < 4


@pytest.mark.parametrize(
    ("format", "pixels", "code"),
    [("PNG", WIDTH * HEIGHT - 1, "too_large_unless_jpeg"), ("JPEG", 1, "too_large")],
)
def test_a_picture_that_stays_too_large_is_refused(format: str, pixels: int, code: str) -> None:
    with pytest.raises(PictureError) as caught:
        decoded_square(encoded(upright(), format), format, SIZE, pixels=pixels)
    assert caught.value.code == code


def test_a_file_of_another_size_than_its_header_s_is_not_decoded() -> None:
    with pytest.raises(ValueError, match="PNG file"):
        decoded_square(encoded(upright(), "PNG"), "PNG", (WIDTH, HEIGHT + 1))


def test_memory_that_cannot_be_had_is_not_called_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Image.Image, "load", fail)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", fail)
    with pytest.raises(MemoryError):
        decoded_square(encoded(upright(), "PNG"), "PNG", SIZE)
