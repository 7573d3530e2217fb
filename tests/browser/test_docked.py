"""The docked arithmetic in a real Chromium, and the map that grows out of its tile."""

from typing import Any

import pytest
from playwright.sync_api import Page

from support.browser.page_probes import GO, resize

pytestmark = pytest.mark.browser

DOCKED = """() => {
    const box = key => document.querySelector(key).getBoundingClientRect();
    const dock = document.querySelector('.dock');
    const parts = [...dock.querySelectorAll('.cell-number, h2, figcaption, strong, select, .map')];
    const clear = [...document.querySelectorAll(
        '.row, .stage .total, .stage .playing, .stage .plus, .stage .bias, .stage .explained',
    )];
    const meets = (a, b) => a.left < b.right - 0.5 && a.right > b.left + 0.5
        && a.top < b.bottom - 0.5 && a.bottom > b.top + 0.5;
    const covered = clear.filter(one => parts.some(part =>
        meets(one.getBoundingClientRect(), part.getBoundingClientRect())));
    const cut = [...dock.querySelectorAll('.cell-number')].filter(
        each => each.scrollWidth > each.clientWidth + 1).map(each => each.value ?? each.innerText);
    return {
        covered: covered.map(each => each.className),
        cut,
        digits: parseFloat(getComputedStyle(dock.querySelector('.grid')).fontSize),
        bottom: box('.dock').bottom + scrollY,
    };
}"""


@pytest.mark.parametrize(
    ("size", "least"),
    [((1440, 900), 16), ((1366, 641), 13), ((1280, 720), 13), ((1920, 1080), 20),
     ((960, 600), 11), ((820, 1180), 14)],
)  # fmt: skip
def test_the_arithmetic_is_always_there_and_covers_nothing(
    still_page: Page, size: Any, least: float
) -> None:
    resize(still_page, size)
    for address in ("#view=conv_1_2/3&cell=20,30", "#view=conv_1_1/0&cell=61,61&lang=zh"):
        still_page.evaluate(GO, address)
        found = still_page.evaluate(DOCKED)
        assert found["covered"] == []
        assert found["cut"] == []
        assert least <= found["digits"] <= 28


GROWN = """() => {
    const {left, top, width} = document.querySelector('.explained').getBoundingClientRect();
    return [left, top, width];
}"""


def test_the_pressed_map_grows_into_the_large_one_and_is_painted_all_the_way(
    ready_page: Page,
) -> None:
    page = ready_page
    tile = page.locator("[data-node='conv_1_2/3']").bounding_box()
    assert tile is not None
    page.evaluate("""() => {
        window.seen = [];
        new MutationObserver(() => {
            const map = document.querySelector('#stage[data-open] .explained');
            if (!map || window.seen.length) return;
            const canvas = map.querySelector('canvas');
            const probe = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
            const frame = () => {
                const {left, top, width} = map.getBoundingClientRect();
                probe.clearRect(0, 0, 1, 1);
                probe.drawImage(canvas, 30, 30, 1, 1, 0, 0, 1, 1);
                const [, , , opacity] = probe.getImageData(0, 0, 1, 1).data;
                window.seen.push([left, top, width, opacity]);
                if (map.getAnimations().length) requestAnimationFrame(frame);
            };
            frame();
        }).observe(document.getElementById('stage'), {attributes: true});
    }""")
    page.locator("[data-node='conv_1_2/3']").click()
    page.wait_for_function("() => window.seen.length > 5")
    page.evaluate(
        "Promise.all(document.querySelector('.explained').getAnimations().map(a => a.finished))"
    )
    seen = page.evaluate("window.seen")
    assert seen[0][:3] == pytest.approx([tile["x"], tile["y"], tile["width"]], abs=3)
    assert {each[3] for each in seen} == {255}
    widths = [each[2] for each in seen]
    assert widths == sorted(widths)
    assert page.evaluate(GROWN)[2] > 3 * tile["width"]
