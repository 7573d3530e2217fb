"""Pictures of the visitor's for a network of theirs, in a real Chromium: made to fit as chosen."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from support.model_files.torch_files import saved
from support.state_dicts import state_dict

pytestmark = pytest.mark.browser

SHOWN = "() => document.querySelector('.explainer').dataset.network.startsWith('own')"
INPUT = "() => Array.from(cnnscope.trace('input'))"
IS_OTHER = f"sum => Math.abs(({INPUT})().reduce((a, b) => a + b) - sum) > 0.01"


def numbers(page: Page) -> Any:
    """What the network reads."""
    return np.array(page.evaluate(INPUT), np.float32)


def test_a_picture_is_squashed_or_cut_as_is_answered_without_being_brought_again(
    probed_page: Page,
) -> None:
    page = probed_page
    page.locator("input[data-on=network]").set_input_files(
        [{"name": "net.pth", "mimeType": "", "buffer": saved(dict(state_dict("cifar_net").arrays))}]
    )
    page.wait_for_function(SHOWN)
    rgb = np.random.default_rng(7).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    file, before = BytesIO(), numbers(page)
    Image.fromarray(rgb).save(file, "PNG")
    page.locator("#chooser").set_input_files(
        [{"name": "mine.png", "mimeType": "image/png", "buffer": file.getvalue()}]
    )
    page.wait_for_function(IS_OTHER, arg=float(before.sum()))
    squashed = Image.fromarray(rgb).resize((32, 32), Image.Resampling.BILINEAR)
    check_read(page, squashed)
    before = numbers(page)
    page.locator("[data-key='own.fold']").click()
    page.locator("[data-key='own.fit/square']").click()
    page.wait_for_function(IS_OTHER, arg=float(before.sum()))
    expect(page.locator("[data-key='own.fit/square']")).to_have_attribute("aria-pressed", "true")
    cut = Image.fromarray(rgb[:, 5:35]).resize((32, 32), Image.Resampling.BICUBIC)
    check_read(page, cut)


def check_read(page: Page, picture: Image.Image) -> None:
    """Compare what the network reads with a picture, 0 to 1, whatever normalises it since."""
    expected = np.array(picture, np.float32).transpose(2, 0, 1) / 255
    read = numbers(page).reshape(expected.shape)
    slope, offset = np.polyfit(expected.ravel(), read.ravel(), 1)
    np.testing.assert_allclose(read, slope * expected + offset, atol=1e-5)
