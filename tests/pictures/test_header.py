import json
import os
import re
import struct
from pathlib import Path

import numpy as np
import pytest

from cnnscope.pictures import resize as image
from cnnscope.pictures.formats import signature, source
from cnnscope.pictures.formats.source import Reading
from cnnscope.pictures.header import (
    FILE_BYTES,
    Header,
    PictureError,
    finish,
    is_decoded_size,
    read_header,
)
from cnnscope.text import load_text
from support.pictures.cases import DECODER_FINDS, REFUSED, USABLE
from support.pictures.encoded import (
    HEIGHT,
    WIDTH,
    chunk,
    encoded,
    exif,
    ico,
    many_scans,
    png,
    png_header,
    segment,
    upright,
    with_segment,
)


def header(file: bytes) -> Header:
    return finish(read_header(len(file)), file)


def outcome(file: bytes) -> Header | str:
    """The header, or the code of the error."""
    try:
        return header(file)
    except PictureError as error:
        return error.code


def edited(file: bytes, found: Header) -> bytes:
    """The file as a decoder is to see it."""
    parts, at = [], 0
    for edit in found.edits:
        parts += [file[at : edit.start], edit.replacement]
        at = edit.stop
    return b"".join([*parts, file[at:]])


@pytest.mark.parametrize("name", USABLE)
def test_header_of_a_usable_picture_tells_size_turn_and_movement(name):
    usable = USABLE[name]()
    found = header(usable.file)
    turned = found.orientation > 4
    assert is_decoded_size(found, *((HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT)))
    assert found.is_animated == usable.is_animated
    expected = name.rpartition("orientation ")[2]
    if expected.isdigit() and not name.startswith("avif"):
        assert found.orientation == int(expected)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_file_gets_the_error_that_says_why(name):
    make, code = REFUSED[name]
    if name in DECODER_FINDS:
        assert header(make()).format
        return
    with pytest.raises(PictureError) as caught:
        header(make())
    assert caught.value.code == code


@pytest.mark.parametrize("name", USABLE)
def test_a_picture_cut_anywhere_is_read_or_refused_and_nothing_else(name):
    file = USABLE[name]().file
    for length in range(0, len(file), max(1, len(file) // 60)):
        assert outcome(file[:length])


@pytest.mark.parametrize("name", [name for name in USABLE if "orientation" not in name])
def test_a_picture_with_wrong_bytes_is_read_or_refused_and_nothing_else(name):
    rng = np.random.default_rng(11)
    file = USABLE[name]().file
    for _ in range(60):
        wrong = bytearray(file)
        for at in rng.integers(0, min(len(file), 400), 4):
            wrong[at] = rng.integers(0, 256)
        assert outcome(bytes(wrong))


@pytest.mark.parametrize("name", [name for name in USABLE if "orientation" in name])
def test_no_decoder_sees_a_note_that_would_turn_the_picture_again(name):
    usable = USABLE[name]()
    found = header(usable.file)
    once_more = header(edited(usable.file, found))
    assert once_more.orientation == 1
    assert (once_more.width, once_more.height) == (found.width, found.height)


def test_edits_take_out_where_a_photo_was_made():
    note = exif(6) + b"PRIVATE-PLACE"
    jpeg = with_segment(encoded(upright(), "JPEG"), segment(0xE1, b"Exif\0\0" + note))
    assert b"PRIVATE-PLACE" not in edited(jpeg, header(jpeg))


def test_the_same_header_is_found_however_few_bytes_come_at_once(monkeypatch):
    files = [make().file for make in USABLE.values()]
    expected = [header(file) for file in files]
    monkeypatch.setattr(source, "BLOCK", 7)
    assert [header(file) for file in files] == expected


def test_a_reading_never_asks_for_more_than_it_needs():
    pixels = chunk(b"IDAT", bytes(10 * source.BLOCK))
    file = png(png_header(8000, 8000), pixels, chunk(b"IEND"))
    asked = 0

    def counted() -> Reading[Header]:
        nonlocal asked
        reading = read_header(len(file))
        span = next(reading)
        while True:
            asked += span.stop - span.start
            try:
                span = reading.send((yield span))
            except StopIteration as stop:
                return stop.value

    assert finish(counted(), file).width == 8000
    assert asked < 2 * source.BLOCK + 2**13


def test_a_file_that_shrinks_while_it_is_read_is_unreadable():
    file = USABLE["png"]().file
    with pytest.raises(PictureError) as caught:
        finish(read_header(len(file) + 10), file)
    assert caught.value.code == "unreadable"


def test_a_file_of_too_many_bytes_is_not_even_opened():
    with pytest.raises(PictureError) as caught:
        next(read_header(FILE_BYTES + 1))
    assert caught.value.code == "too_many_bytes"


@pytest.mark.parametrize("size", [(8192, 8192), (65535, 1024), (1, 65535)])
def test_the_largest_pictures_allowed_pass(size):
    file = png(png_header(*size, 1, 0), chunk(b"IDAT"), chunk(b"IEND"))
    assert (header(file).width, header(file).height) == size


def test_a_large_picture_says_its_size_and_the_limit():
    with pytest.raises(PictureError) as caught:
        header(png(png_header(9400, 9300)))
    assert caught.value.facts == {"width": 9400, "height": 9300, "limit": 67}


def test_a_progressive_jpeg_of_honest_length_passes():
    found = header(many_scans(1024, 1024, 60))
    assert (found.format, found.width, found.height) == ("JPEG", 1024, 1024)


def test_an_icon_tells_the_size_of_its_largest_picture():
    small, large = encoded(upright(16, 16), "PNG"), encoded(upright(48, 48), "PNG")
    found = header(ico(small, large))
    assert (found.width, found.height) == (48, 48)
    assert is_decoded_size(found, 16, 16)
    assert not is_decoded_size(found, 17, 16)


def test_a_webp_canvas_at_odds_with_its_picture_is_damaged():
    file = encoded(upright(), "WEBP", lossless=True, exif=exif(1))
    canvas = file.index(b"VP8X") + 12
    wrong = file[:canvas] + struct.pack("<I", 4000)[:3] + file[canvas + 3 :]
    with pytest.raises(PictureError) as caught:
        header(wrong)
    assert caught.value.code == "damaged"


def test_a_gif_frame_beyond_its_screen_counts_for_the_limit():
    file = bytearray(encoded(upright(), "GIF"))
    frame = file.index(b"\x2c", 13 + 3 * 4)
    file[frame + 1 : frame + 5] = struct.pack("<HH", 65000, 65000)
    with pytest.raises(PictureError) as caught:
        header(bytes(file))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("name", REFUSED)
def test_every_error_has_words_for_its_facts(name):
    make, code = REFUSED[name]
    if name not in DECODER_FINDS:
        with pytest.raises(PictureError) as caught:
            header(make())
        told = load_text()(f"picture.error.{code}", **caught.value.facts)
        assert "{" not in told


def test_every_error_that_the_code_can_raise_has_words():
    package = Path(image.__file__).parents[1]
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    codes = set(re.findall(r'PictureError\(\s*"(\w+)"', code))
    kinds = {name for _, name in (*signature._REFUSED, *signature._BRANDS)}
    codes |= {kind for kind in kinds | set(signature._RIFF.values()) if kind.islower()}
    assert {"damaged", "no_memory", "heic", "sound"} <= codes
    assert {f"picture.error.{code}" for code in codes} <= set(load_text().strings)


def shared_pictures() -> Path:
    beside = Path(__file__).parents[3] / "shared"
    return Path(os.environ.get("CNNSCOPE_SHARED", beside)) / "data" / "pictures"


def test_every_shared_picture_that_must_be_refused_for_its_size_or_kind_is():
    manifest = shared_pictures() / "manifest.json"
    if not manifest.exists():
        pytest.skip("no folder of shared pictures (CNNSCOPE_SHARED)")
    for entry in json.loads(manifest.read_text())["files"]:
        found = outcome((manifest.parent / entry["name"]).read_bytes())
        if isinstance(found, str):
            assert entry["expectation"] == "reject" or entry["optional"], (entry["name"], found)
        elif entry["expectation"] == "accept":
            size = [found.width, found.height]
            assert (size[::-1] if found.orientation > 4 else size) == entry["size"], entry["name"]
        else:  # what only a decoder can find out
            assert entry["error"] == "damaged", entry["name"]
