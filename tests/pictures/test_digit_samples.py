"""The sample digits: drawings that are kept as strokes."""

import json

import numpy as np

from cnnscope.nn.weights import load_network
from cnnscope.pictures.resize import to_input
from cnnscope.pictures.shipped import read_shipped
from support.sites import ROOT
from support.training import script

FILE = ROOT / "weights" / "digit_samples.json"
digit_pictures, load_digits = (
    getattr(script("digit_samples"), name) for name in ("digit_pictures", "load_digits")
)
KEYS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def test_there_is_one_of_each_digit_in_order():
    digits = load_digits(FILE)
    assert list(digits) == KEYS
    assert [digit.class_name for digit in digits.values()] == list("0123456789")


def test_the_stored_strokes_are_those_that_the_script_writes(tmp_path):
    script("strokes_drawn").write_samples(tmp_path / "digits.json")
    written, stored = (load_digits(file) for file in (tmp_path / "digits.json", FILE))
    assert list(written) == list(stored)
    for key, digit in stored.items():
        assert written[key].thickness == digit.thickness
        for ours, theirs in zip(digit.strokes, written[key].strokes, strict=True):
            # a step of a pointer, where another processor rounds otherwise
            np.testing.assert_allclose(ours, theirs, atol=1 / 400 + 1e-9)


def test_a_drawing_is_kept_with_its_strokes(tmp_path):
    entry = {"key": "bar", "class": "1", "thickness": 0.2, "strokes": [[[0.5, 0.1], [0.5, 0.9]]]}
    (tmp_path / "one.json").write_text(json.dumps([entry]), encoding="utf-8")
    digits = load_digits(tmp_path / "one.json")
    assert digits["bar"].strokes == (((0.5, 0.1), (0.5, 0.9)),)
    picture = digit_pictures(digits, 14, 21)["bar"]
    assert (picture.shape, picture.dtype) == ((14, 21, 3), np.uint8)
    assert (picture == picture[:, :, :1]).all()
    assert picture[7, 10].tolist() == [255] * 3
    assert picture[:, :7].max() == picture[:, 14:].max() == 0


def test_every_sample_is_read_rightly_and_surely():
    network = load_network(ROOT / "weights" / "lenet.npz")
    for key, picture in digit_pictures(load_digits(FILE)).items():
        output = network(to_input(picture, channels=1))["output"]
        assert KEYS[int(output.argmax())] == key
        assert output.max() > 0.95, key


def test_the_packed_file_holds_the_very_weights_and_the_samples():
    again = read_shipped(script("pack").digits())
    shipped = read_shipped((ROOT / "weights" / "digits.npz").read_bytes())
    assert shipped.classes == again.classes == tuple("0123456789")
    weights = load_network(ROOT / "weights" / "lenet.npz")
    for ours, theirs in zip(shipped.network.layers, weights.layers, strict=True):
        assert ours.name == theirs.name
        for role in ("kernel", "bias"):
            if hasattr(ours, role):
                np.testing.assert_array_equal(getattr(ours, role), getattr(theirs, role))
    for key, picture in again.samples.items():
        assert abs(shipped.samples[key].astype(int) - picture).max() <= 3, key
