"""Photos too large to be decoded whole: read at reduced size where that can be done."""

import io

import numpy as np
import pytest
from PIL import Image

from cnnscope.pictures.header import PictureError, finish, is_reduced, read_header
from cnnscope.pictures.pillow_decoder import decoded_square
from cnnscope.pictures.resize import Region, decoded, prepare, upright

PHONES = [(12000, 9000), (9000, 12000), (16320, 12240)]
"""What phones of 108 and 200 megapixels write."""


def jpeg(width, height, **options):
    """A JPEG that says that it has such a size."""
    file = io.BytesIO()
    Image.new("RGB", (16, 16), (200, 90, 30)).save(file, "JPEG", **options)
    content = bytearray(file.getvalue())
    frame = next(
        at for at in range(len(content)) if content[at : at + 2] in (b"\xff\xc0", b"\xff\xc2")
    )
    content[frame + 5 : frame + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(content)


def header_of(file):
    return finish(read_header(len(file)), file)


@pytest.mark.parametrize(("width", "height"), PHONES)
def test_the_largest_photos_of_phones_are_read_at_reduced_size(width, height):
    header = header_of(jpeg(width, height))
    assert (header.width, header.height) == (width, height)
    assert is_reduced(header)


@pytest.mark.parametrize(("width", "height"), [(8064, 6048), (8192, 8192), (64, 64)])
def test_what_can_be_decoded_whole_is(width, height):
    assert not is_reduced(header_of(jpeg(width, height)))
    assert not is_reduced(header_of(jpeg(width, height, progressive=True)))


@pytest.mark.parametrize(
    ("file", "code", "limit"),
    [
        (jpeg(12000, 9000, progressive=True), "too_large_unless_jpeg", 67),
        (jpeg(17000, 16000), "too_large", 268),
        (jpeg(65535, 65535), "too_large", 268),
    ],
    ids=["progressive", "more than phones take", "the most a JPEG can say"],
)
def test_what_would_take_the_memory_of_the_whole_is_refused_with_a_way(file, code, limit):
    with pytest.raises(PictureError) as caught:
        header_of(file)
    assert (caught.value.code, caught.value.facts["limit"]) == (code, limit)


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize("part", [None, Region(100, 200, 640, 640)])
def test_a_square_of_a_photo_at_reduced_size_is_the_same_picture(part, orientation):
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 256, (24, 32, 3), np.uint8)
    whole = Image.fromarray(coarse).resize((1600, 1200), Image.Resampling.BICUBIC)
    file = io.BytesIO()
    whole.save(file, "JPEG", quality=95)
    given = (file.getvalue(), "JPEG", (1600, 1200), orientation)
    reduced = decoded_square(*given, pixels=150_000, part=part)
    expected = prepare(upright(decoded(file.getvalue(), "JPEG"), orientation), part=part)
    off = np.abs(reduced.astype(int) - expected)
    assert off.mean() < 2
    assert off.max() <= 20
    np.testing.assert_array_equal(decoded_square(*given, part=part), expected)
