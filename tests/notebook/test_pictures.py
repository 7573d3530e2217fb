from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from cnnscope.nn.input_scale import InputScale
from cnnscope_notebook.errors import ModelError
from cnnscope_notebook.pictures import named, taken
from cnnscope_own.opened import Opened
from cnnscope_readers.found import Found, LayerEntry

COLOURS = np.random.default_rng(4).integers(0, 256, (6, 6, 3), np.uint8)
GREY = COLOURS[..., 0]


def opened(channels=3, **told):
    """A network that reads pictures of 6 x 6."""
    numbers = np.random.default_rng(5).random((2, channels * 36), np.float32)
    dense = LayerEntry("dense", "fc", {}, {"kernel": numbers, "bias": np.zeros(2, np.float32)})
    return Opened("net", "npz", Found((channels, 6, 6), (dense,), **told))


def pixels(picture, channels=3, **told):
    samples, arrays = taken({"one": picture}, opened(channels), exact=False, **told)
    assert not arrays
    return samples["one"]


@pytest.mark.parametrize(
    "picture",
    [
        COLOURS,
        COLOURS.transpose(2, 0, 1),
        COLOURS[np.newaxis],
        COLOURS / 255,
        COLOURS.transpose(2, 0, 1).astype(np.float32) / np.float32(255),
        Image.fromarray(COLOURS),
        SimpleNamespace(detach=lambda: SimpleNamespace(numpy=lambda: COLOURS)),
    ],
    ids=["last", "first", "batch", "0..1", "float32", "Pillow", "tensor"],
)
def test_pixels_are_the_same_however_they_are_given(picture):
    assert np.array_equal(pixels(picture), COLOURS)


@pytest.mark.parametrize("picture", [GREY, GREY[np.newaxis], GREY[..., np.newaxis], GREY / 255])
def test_one_channel_is_grey(picture):
    assert np.array_equal(pixels(picture, 1), np.repeat(GREY[..., None], 3, axis=2))


def test_a_file_is_upright_and_its_central_square_is_taken(tmp_path):
    wide = np.zeros((6, 10, 3), np.uint8)
    wide[:, 2:8] = COLOURS
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    turned = Image.fromarray(np.ascontiguousarray(np.rot90(wide)))
    turned.save(tmp_path / "turned.png", exif=exif)
    assert np.array_equal(pixels(tmp_path / "turned.png"), COLOURS)


def test_transparency_is_seen_on_white():
    clear = np.dstack([COLOURS, np.zeros((6, 6), np.uint8)])
    assert (pixels(clear) == 255).all()


def test_exact_arrays_are_read_as_they_are_and_shown_by_the_scale(tmp_path):
    values = np.random.default_rng(6).standard_normal((3, 6, 6)).astype(np.float32)
    np.save(tmp_path / "x.npy", values)
    net = opened(scale=InputScale.signed())
    samples, arrays = taken({"file": tmp_path / "x.npy", "pixels": COLOURS}, net, exact=False)
    assert list(samples) == ["file", "pixels"]
    assert list(arrays) == ["file"]
    assert np.array_equal(arrays["file"], values)
    expected = np.clip((values * 0.5 + 0.5) * 255 + 0.5, 0, 255).astype(np.uint8)
    assert np.array_equal(samples["file"], expected.transpose(1, 2, 0))
    _, given = taken({"one": values.transpose(1, 2, 0)[None]}, net, exact=True)
    assert np.array_equal(given["one"], values)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (COLOURS * 2.0, "expected pixels, bytes or 0..1, got .* exact=True"),
        (np.full((6, 6), np.nan), "expected pixels"),
        (np.zeros((6, 6, 2)), r"one or three channels, got an array of the shape \(6, 6, 2\)"),
        (np.zeros(36), "one or three channels"),
    ],
)
def test_what_is_no_picture_is_named(picture, said):
    with pytest.raises(ModelError, match=f"^one: .*{said}"):
        pixels(picture)


def test_an_exact_array_of_another_shape_is_refused():
    with pytest.raises(ModelError, match=r"shape \(3, 6, 6\).*float64 of \(6, 7, 3\)"):
        taken({"one": np.zeros((6, 7, 3))}, opened(), exact=True)


def test_a_file_that_is_no_picture_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("words")
    with pytest.raises(ModelError, match=r"notes\.txt"):
        pixels(tmp_path / "notes.txt")


def test_pictures_have_names_that_differ_and_that_an_address_can_hold():
    assert [*named(["a/cat.jpg", "b/cat.png", COLOURS])] == ["cat", "cat_2", "picture_3"]
    assert [*named({"own": 1, "The cat & I=2": 2, "猫": 3})] == ["own_2", "The_cat_I_2", "猫"]
    assert [*named(COLOURS)] == ["picture_1"]
