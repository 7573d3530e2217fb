"""A visitor's picture stays in the page: it is in no state, no address and no code that stores."""

import re
from dataclasses import fields
from pathlib import Path

import numpy as np

from cnnscope.app.app import App
from cnnscope.state.state import OWN_PICTURE
from cnnscope.text import load_text
from support.fake_page import FakePage
from support.networks import CLASSES, picture, tiny_vgg

ROOT = Path(__file__).parents[2]


def brought(seed: int) -> tuple[App, FakePage]:
    """The page with a visitor's own picture, and a node opened on it."""
    page = FakePage("", (1440, 900), still=True)
    samples = {"espresso": picture(tiny_vgg(), 1), "pizza": picture(tiny_vgg(), 2)}
    app = App(page, tiny_vgg(), CLASSES, samples, load_text())
    app.start()
    app.toolbar.bring(picture(tiny_vgg(), seed))
    app.act("open", "conv_1_1/3")
    return app, page


def arrays(value: object) -> list[object]:
    """Arrays and bytes in a value and in all that it holds."""
    if isinstance(value, np.ndarray | bytes | bytearray | memoryview):
        return [value]
    if isinstance(value, tuple | list | set | frozenset):
        return [found for each in value for found in arrays(each)]
    if isinstance(value, dict):
        return arrays(list(value.items()))
    if hasattr(value, "__dataclass_fields__"):
        return arrays([getattr(value, field.name) for field in fields(value)])
    return []


def test_state_and_address_are_the_same_whatever_picture_is_brought():
    (first, one), (second, other) = brought(7), brought(8)
    assert first.model.picture == second.model.picture == OWN_PICTURE
    assert not np.array_equal(first.model.trace["input"], second.model.trace["input"])
    assert first.state == second.state
    assert arrays(first.state) == []
    assert one.addresses == other.addresses
    assert one.addresses[-1].split("&")[0] == f"picture={OWN_PICTURE}"


def test_arrays_are_found_wherever_they_are_held():
    assert len(arrays({"a": (1, [np.zeros(2)]), "b": b"bytes"})) == 2


def test_no_code_can_store_a_picture_send_it_or_save_it_to_a_file():
    code = [*(ROOT / "src" / "cnnscope" / "browser").glob("*.py"),
            ROOT / "src" / "cnnscope" / "main.py"]  # fmt: skip
    ways = re.compile(
        r"localStorage|sessionStorage|indexedDB|\bcaches\b|\.cookie|showSaveFilePicker|sendBeacon"
        r"|createObjectURL|toDataURL|toBlob|convertToBlob|XMLHttpRequest|WebSocket|\.download\b"
    )
    found = [(path.name, each) for path in code for each in ways.findall(path.read_text("utf-8"))]
    assert code
    assert found == []
