"""The samples as they are shipped: sharp, light, and as the network reads them."""

import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from building.site.addresses import Contents
from cnnscope.pictures.resize import prepare
from cnnscope.pictures.samples import load_samples
from support.sites import ROOT, own_archive


def test_the_samples_are_sharp_and_light_and_one_a_class(contents: Contents) -> None:
    listed = json.loads(contents["samples/samples.json"])
    classes = [entry["name"] for entry in json.loads((ROOT / "weights/classes.json").read_text())]
    assert sorted(entry["class"] for entry in listed if entry["class"]) == sorted(classes)
    for entry in listed:
        assert entry["licence"] == "CC0-1.0"
        file = contents[f"samples/{entry['key']}.webp"]
        assert len(file) <= 40_000, entry["key"]
        assert min(Image.open(io.BytesIO(file)).size) >= 256, entry["key"]


def test_the_samples_travel_as_the_network_reads_them(contents: Contents, tmp_path: Path) -> None:
    with own_archive(contents).open("cnnscope/assets/samples.npz") as file:
        kept = tmp_path / "samples.npz"
        kept.write_bytes(file.read())
    listed = json.loads(contents["samples/samples.json"])
    pictures = load_samples(kept)
    assert sorted(pictures) == sorted(sample["key"] for sample in listed)
    for key, pixels in pictures.items():
        with Image.open(io.BytesIO(contents[f"samples/{key}.webp"])) as picture:
            np.testing.assert_array_equal(pixels, prepare(np.asarray(picture.convert("RGB"))))
