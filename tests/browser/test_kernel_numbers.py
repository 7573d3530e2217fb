"""A kernel's numbers, shown where it is pointed at or reached: whole, and clear of their row."""

from itertools import product

import pytest
from playwright.sync_api import Page

from support.browser.page_probes import GO, resize
from support.sampling import sampled_rows

pytestmark = pytest.mark.browser

ADDRESSES = ["#view=conv_1_1/1", "#view=conv_1_2/3&lang=zh", "#view=conv_2_2/9"]
SIZES = [(1440, 900), (390, 844), (1366, 641), (1280, 720), (960, 600)]

SEEN = """channel => {
    const row = document.querySelector(`[data-key="channel/${channel}"]`);
    const bubble = row.querySelector('.numbers');
    const box = bubble.getBoundingClientRect();
    const meets = other => {
        const {left, right, top, bottom} = other.getBoundingClientRect();
        return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
    };
    const around = document.querySelector('.scroller').getBoundingClientRect();
    return {
        shown: bubble.checkVisibility(),
        lines: bubble.innerText.split('\\n').length,
        cut: bubble.scrollWidth > bubble.clientWidth || bubble.scrollHeight > bubble.clientHeight,
        covers: [...row.querySelectorAll('.kernel, .contribution, .number')]
            .filter(meets).map(each => each.className),
        outside: box.left < around.left || box.right > around.right || box.top < around.top
            || box.bottom > around.bottom,
        ground: getComputedStyle(bubble).backgroundColor,
    };
}"""


@pytest.mark.parametrize(("size", "address"), sampled_rows(product(SIZES, ADDRESSES), every=4))
def test_the_numbers_of_a_kernel_are_whole_and_cover_nothing_of_their_row(
    still_page: Page, size: tuple[int, int], address: str
) -> None:
    page = still_page
    resize(page, size)
    page.evaluate(GO, address)
    last = page.locator(".row").count() - 1
    for channel in (0, last // 2, last):
        row = page.locator(f"[data-key='channel/{channel}']")
        if row.get_attribute("aria-expanded") == "true":
            continue  # they are in its arithmetic
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        assert not page.evaluate(SEEN, channel)["shown"]
        row.locator(".kernel").hover()
        pointed = page.evaluate(SEEN, channel)
        page.mouse.move(0, 0)
        row.focus()
        page.keyboard.press("Shift")  # from now on the focus is seen
        for seen in (pointed, page.evaluate(SEEN, channel)):
            assert seen == {
                "shown": True, "lines": 3, "cut": False, "covers": [], "outside": False,
                "ground": "rgb(255, 255, 255)",
            }  # fmt: skip
