"""How pictures are made to fit an opened network, and what is read again with another answer."""

import numpy as np
import pytest
from PIL import Image

from cnnscope.panels.crop.controller import Brought
from cnnscope.pictures import pillow_decoder
from cnnscope.pictures.pillow_decoder import decoded_square
from cnnscope.pictures.resize import CENTRAL, prepare
from cnnscope.state.state import OWN_PICTURE
from cnnscope_own.door import Door
from cnnscope_own.fitting import FITS, fit_of, fitted
from cnnscope_readers.registry import KINDS
from support.app_on_fake_page import started
from support.model_files.small_networks import one_file
from support.networks import picture
from support.pictures.encoded import encoded, stored, upright

SIZES = [(40, 30), (30, 40), (9, 200), (64, 48), (48, 64), (1, 1), (150, 190)]

SMALLER = [
    [[113.938, 103.875, 140.875], [97.0, 102.625, 139.625], [64.375, 101.375, 138.375],
     [63.125, 100.125, 137.125]],
    [[151.0, 93.875, 130.875], [87.0, 124.0, 129.625], [54.375, 91.375, 128.375],
     [53.125, 90.125, 127.125]],
    [[141.0, 83.875, 120.875], [77.0, 114.0, 119.625], [44.375, 81.375, 118.375],
     [121.562, 80.125, 117.125]],
]  # fmt: skip
"""``counted(6, 9)`` in 3 rows of 4, by PyTorch 2.13's ``interpolate(mode="bilinear")``."""

LARGER = [
    [[10.25, 47.25, 84.25], [26.107, 63.107, 95.625], [73.679, 110.679, 129.75],
     [121.25, 158.25, 163.875], [155.375, 98.25, 117.321], [189.5, 38.25, 70.768],
     [200.875, 18.25, 55.25]],
    [[112.75, 149.75, 186.75], [115.161, 152.161, 166.75], [122.393, 159.393, 106.75],
     [129.625, 166.625, 46.75], [109.964, 146.964, 94.321], [90.304, 127.304, 141.893],
     [83.75, 120.75, 157.75]],
]  # fmt: skip
"""The first two of 4 rows of 7 of ``counted(5, 3)``, by the same."""


def counted(rows, cols):
    """A picture whose values are counted off: (rows, cols, 3)."""
    return (np.arange(rows * cols * 3) * 37 % 251).reshape(rows, cols, 3).astype(np.uint8)


def noise(width, height):
    rng = np.random.default_rng(width * 1000 + height)
    return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("size", SIZES)
def test_a_squashed_picture_is_pillows_bilinear_resize_of_all_of_it(size):
    # What torchvision's Resize calls for Pillow's pictures (transforms/_functional_pil.py).
    rgb = noise(*size)
    expected = np.array(Image.fromarray(rgb).resize((64, 48), Image.Resampling.BILINEAR))
    np.testing.assert_array_equal(fitted(rgb, (48, 64), FITS["squash"]), expected)


def test_a_plainly_squashed_picture_has_the_numbers_of_half_pixel_centres():
    smaller = fitted(counted(6, 9), (3, 4), FITS["plain"])
    np.testing.assert_array_equal(smaller, np.floor(np.array(SMALLER) + 0.5))
    larger = fitted(counted(5, 3), (4, 7), FITS["plain"])
    np.testing.assert_array_equal(larger[:2], np.floor(np.array(LARGER) + 0.5))


def test_a_picture_of_the_size_stays_as_it_is():
    for fit in FITS.values():
        np.testing.assert_array_equal(fitted(noise(48, 48), (48, 48), fit), noise(48, 48))


@pytest.mark.parametrize("name", FITS)
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_file_in_strips_comes_out_the_same(name, orientation, monkeypatch):
    strips = pillow_decoder.image.strips
    monkeypatch.setattr(
        pillow_decoder.image, "strips", lambda *given, **more: strips(*given, pixels=999, **more)
    )
    rgb = stored(upright(), orientation)
    size = rgb.shape[1], rgb.shape[0]
    file = encoded(rgb, "PNG")
    found = decoded_square(file, "PNG", size, orientation, wanted=(20, 30), fit=FITS[name])
    np.testing.assert_array_equal(found, fitted(upright(), (20, 30), FITS[name]))


def test_the_central_square_is_what_the_shipped_networks_are_given():
    app, _ = started()
    assert app.toolbar.gallery.fit is CENTRAL
    np.testing.assert_array_equal(
        fitted(noise(90, 70), (64, 64), FITS["square"]), prepare(noise(90, 70))
    )


def test_each_kind_of_file_has_the_usual_way_of_its_framework():
    usual = {kind.name: fit_of(kind.name) for kind in KINDS if kind.name != "other"}
    assert usual == {
        "npz": "square", "keras": "plain", "h5": "plain", "tfjs": "plain", "pt2": "squash",
        "torchscript": "squash", "torch": "squash", "safetensors": "squash", "onnx": "squash",
    }  # fmt: skip


def opened(kind="torch"):
    """A network that was opened, with a picture brought to it, and what of that is read again."""
    app, page = started()
    door = Door(app.desk, app.networks, lambda: None, app.crop)
    app.join(door, door.inputs)
    door.open(one_file(kind))
    app.act("own.fold")
    read = []
    app.toolbar.bring(picture(app.model.trained, 5))
    app.crop.offer(Brought((400, 300), lambda _: None, read.append))
    return app, page, read


@pytest.mark.parametrize(("kind", "name"), [("torch", "squash"), ("keras", "plain")])
def test_the_way_that_is_taken_is_seen_and_pictures_are_read_by_it(kind, name):
    app, page, _ = opened(kind)
    assert app.toolbar.gallery.fit is FITS[name]
    for each in FITS:
        pressed = page.elements[f"own.fit/{each}"]["aria-pressed"]
        assert pressed == ("true" if each == name else "false")


def test_another_answer_has_the_visitors_picture_read_again():
    app, page, read = opened()
    app.act("own.fit", "plain")
    assert app.toolbar.gallery.fit is FITS["plain"]
    assert page.elements["own.fit/plain"]["aria-pressed"] == "true"
    assert app.state.picture == OWN_PICTURE
    assert read == [None]


@pytest.mark.parametrize("zoom", [1, 2])
def test_a_part_that_was_chosen_by_hand_stays_chosen(zoom):
    app, _, read = opened()
    app.act("crop.open")
    app.crop.zoom(zoom)
    app.act("crop.use")
    app.crop.take(read[0])
    app.act("own.fit", "plain")
    assert read[1] == read[0]
    app.crop.take(read[1])
    app.act("own.fit", "square")
    assert read[2] == read[0]


def test_an_answer_that_changes_no_picture_reads_none_and_it_can_still_be_cropped():
    app, _, read = opened()
    app.act("own.scale", "signed")
    assert read == []
    app.act("crop.open")
    assert app.crop.is_open


def test_what_was_drawn_or_is_an_array_is_not_replaced():
    app, _, read = opened()
    gallery = app.toolbar.gallery
    gallery.take_array(np.zeros(app.model.trained.input_shape, np.float32))
    app.act("own.fit", "plain")
    app.toolbar.gallery.take_up(picture(app.model.trained, 5), is_drawn=True)
    app.act("own.fit", "square")
    assert read == []


def test_in_another_size_the_visitors_picture_is_resized_until_its_file_is_read_again():
    app, _, read = opened()
    own = app.toolbar.gallery.own
    app.act("own.size", "28x28")
    np.testing.assert_array_equal(app.toolbar.gallery.own, fitted(own, (28, 28), FITS["squash"]))
    assert app.model.trace["input"].shape == (3, 28, 28)
    assert read == [None]


def test_an_array_stays_what_it_is_with_another_answer():
    app, _, _ = opened()
    array = np.random.default_rng(3).normal(size=app.model.trained.input_shape).astype(np.float32)
    app.toolbar.gallery.take_array(array)
    app.act("own.scale", "signed")
    np.testing.assert_array_equal(app.model.trace["input"], array)
    app.act("own.size", "28x28")
    assert app.model.trace["input"].shape == (3, 28, 28)
