"""Hidden dense layers, many classes and a single logit explained in a real Chromium."""

import base64

import pytest
from playwright.sync_api import Page, expect

from support.browser.page_probes import (
    FOCUSED,
    SIZES,
    check_access,
    check_texts,
    follow,
    resize,
)
from support.networks import sequential
from support.packing import file_of
from support.sampling import sampled_rows
from support.table_networks import table_classes, table_networks

pytestmark = pytest.mark.browser

SHOWN = ".explainer[data-network=digits]"
TAKE = "file => cnnscope.network(Uint8Array.from(atob(file), sign => sign.charCodeAt(0)))"
HUNDRED = sequential((3, 32, 32), [("conv2d", "first", 16), ("max_pool2d", "halved"),
                                   ("flatten", "row"), ("dense", "sums", 100),
                                   ("softmax", "output")])  # fmt: skip
VIEWS = {
    "digits": ("view=dense_1/37", "view=dense_1/37&numbers=all", "view=output/3",
               "view=dense_2/5&list=all"),
    "hundred": ("view=output/57", "view=output/57&softmax=on&list=all"),
    "yes_or_no": ("view=output/1", "view=output/0&softmax=on"),
    "nn_tutorial": ("view=output/1",),
}  # fmt: skip
ADDRESSES = [(name, address) for name, each in VIEWS.items() for address in each]


def opened(page: Page, name: str, address: str) -> None:
    """A network, taken in as one that is chosen, and a view of it, at which nothing moves."""
    page.emulate_media(reduced_motion="reduce")
    if name == "digits":
        follow(page, f"network=digits&{address}")
        page.locator(SHOWN).wait_for()
        return
    network = HUNDRED if name == "hundred" else table_networks()[name]
    names = [f"kind {k}" for k in range(100)] if name == "hundred" else table_classes(name)
    page.evaluate(TAKE, base64.b64encode(file_of(network, names)).decode())
    shown = page.evaluate("location.hash").removeprefix("#")
    follow(page, f"{shown}&{address}" if shown else address)


def test_a_sum_of_units_is_read_by_keyboard_and_by_touch(still_page: Page) -> None:
    opened(still_page, "digits", "view=output/3")
    still_page.locator("[data-view='dense']").wait_for()
    still_page.locator("[data-key='bar/0']").focus()
    still_page.keyboard.press("ArrowDown")
    assert still_page.evaluate(FOCUSED) == "bar/1"
    expect(still_page.locator("[data-key='bar/1']")).to_have_attribute("aria-checked", "true")
    name = still_page.locator("[data-key='bar/1.name']").inner_text()
    expect(still_page.locator("[data-key='point.place']")).to_contain_text(name)
    still_page.locator("[data-map='cells/weight'] canvas").click(position={"x": 3, "y": 3})
    expect(still_page.locator("[data-key='point.place']")).to_contain_text("unit 1 of 84")
    still_page.locator("[data-key='unit/0']").click()
    expect(still_page.locator(SHOWN)).not_to_have_attribute("data-view", "dense")
    assert "view=relu_4/" in still_page.evaluate("location.hash")


@pytest.mark.parametrize(("name", "address"), sampled_rows(ADDRESSES, every=6))
def test_no_text_overlaps_another_and_nothing_is_wider_than_the_window(
    probed_page: Page, name: str, address: str
) -> None:
    opened(probed_page, name, address)
    for size in SIZES:
        resize(probed_page, size)
        check_texts(probed_page, more_than=6)
        assert probed_page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize(("name", "address"), sampled_rows(ADDRESSES[2:], every=8))
def test_axe_finds_nothing(probed_page: Page, name: str, address: str) -> None:
    opened(probed_page, name, address)
    check_access(probed_page, "dark")
