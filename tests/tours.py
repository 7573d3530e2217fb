"""The tour on the shipped network, with the sample pictures as a page has them."""

import json
from functools import cache

import numpy as np
from PIL import Image

from cnnscope.app import App
from cnnscope.text import load_text
from fake_page import FakePage
from networks import CLASSES, ROOT, trained

SAMPLES = ROOT / "public" / "samples"


@cache
def pictures():
    """Every sample: key -> (64, 64, 3) uint8. The page's own decoder differs by little."""
    keys = [entry["key"] for entry in json.loads((SAMPLES / "samples.json").read_text())]
    return {key: decoded(key) for key in keys}


def decoded(key):
    with Image.open(SAMPLES / f"{key}.webp") as picture:
        return np.asarray(picture.convert("RGB").resize((64, 64)))


@cache
def trace_of(key):
    """What the trained network computes for a sample."""
    return trained()(pictures()[key].transpose(2, 0, 1).astype(np.float32) / 255)


def started(address="", window=(1440, 900), *, still=True):
    page = FakePage(address, window, still=still)
    app = App(page, trained(), CLASSES, pictures(), load_text(), {"cat", "house"})
    app.start()
    return app, page
