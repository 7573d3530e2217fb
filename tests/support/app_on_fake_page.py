"""The whole application on a page without a browser.

app, page = started("view=conv_1_1/3")
"""

import json
from functools import cache

import numpy as np
from PIL import Image

from cnnscope.app.app import App
from cnnscope.text import load_text
from support.fake_page import FakePage
from support.networks import CLASSES, ROOT, picture, tiny_vgg, trained

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


def started(
    address="",
    window=(1440, 900),
    *,
    still=True,
    network=None,
    samples=None,
    text=None,
    out_of_distribution=(),
    embed=None,
    others=None,
    classes=None,
):
    """(app, page) at an address: on the shipped architecture with weights that never change."""
    network = network or tiny_vgg()
    page = FakePage(address, window, still=still)
    classes = classes or CLASSES[: network.shapes[network.layers[-1].name][0]]
    samples = samples or {"espresso": picture(network, 1), "pizza": picture(network, 2)}
    app = App(
        page, network, classes, samples, text or load_text(), out_of_distribution, embed, others
    )
    app.start()
    return app, page


def started_trained(address="", window=(1440, 900), *, still=True, embed=None):
    """(app, page) at an address: the page as it is shipped."""
    return started(
        address, window, still=still, network=trained(), samples=pictures(),
        out_of_distribution={"cat", "house"}, embed=embed,
    )  # fmt: skip


def probabilities(page):
    """What the page says of each class."""
    return [float(page.elements[f"output/{i}"]["data-probability"]) for i in range(10)]


def shown_window(page):
    """Where the page says that the window is, and how far it has come."""
    style = dict(part.split(":") for part in page.elements["stage"]["style"].split(";"))
    return tuple(int(style[name]) for name in ("--row", "--col", "--seen-row", "--seen-col"))


def painted_maps(page):
    """What is painted of the network."""
    return {key: rgba for key, rgba in page.painted.items() if not key.startswith("playground.")}
