"""The sample digits: drawings that are kept as strokes."""

import json

import numpy as np

from cnnscope.nn.weights import load_network
from cnnscope.pictures.digit_samples import digit_pictures, load_digits
from cnnscope.pictures.resize import to_input
from support.sites import ROOT
from support.training import script

FILE = ROOT / "public" / "samples" / "digits.json"
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
