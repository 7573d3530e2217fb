"""How tests in a real browser look at the page: where things stand, what can be read."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cnnscope.drawing.geometry import Box
from cnnscope.views.shared.network_plan import GROWN, Plan, Viewport, lay_out
from support.networks import trained

SIZES = [(390, 844), (768, 1024), (1024, 768), (1280, 720), (1440, 900), (1920, 1080)]

MAX_TABS = 30
FOCUSED = "() => document.activeElement.dataset.key"
BEFORE_ARTICLE = {"exclude": [["#article"]]}
GO = """hash => new Promise(done => {
    if (location.hash === hash) return done();
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));
    addEventListener('hashchange', drawn, {once: true});
    location.hash = hash;
})"""
"""Follows an address within the page, which costs no new start."""

DRAWN = """() => new Promise(done => {
    const wait = left => left ? requestAnimationFrame(() => wait(left - 1)) : done();
    wait(3);
})"""
"""Waits until another size of the window is drawn."""

FINISH = """() => document.getAnimations()
    .filter(each => each.effect.getTiming().iterations !== Infinity)
    .forEach(each => each.finish())"""
"""Ends what moves, but for what goes on as long as something plays."""

UNSTARTED = (
    "() => document.getElementById('unstarted')?.checkVisibility({visibilityProperty: true})"
)
"""Whether the page says that nothing of it could be started."""

PLACES = """selector => {
    const origin = document.querySelector('.network').getBoundingClientRect();
    return [...document.querySelectorAll(selector)].map(each => {
        const box = each.getBoundingClientRect();
        return [box.x - origin.x, box.y - origin.y, box.width, box.height];
    });
}"""
"""Left, top, width and height of elements, from the network's own corner."""

INK = """
const pen = new OffscreenCanvas(1, 1).getContext('2d');
function ink(text, parent, {x, y, right, bottom}) {
    const {fontStyle, fontWeight, fontSize, fontFamily} = getComputedStyle(parent);
    pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const size = pen.measureText(text);
    const line = y + Math.round(size.fontBoundingBoxAscent);
    return {x, right, y: Math.max(y, line - size.actualBoundingBoxAscent),
            bottom: Math.min(bottom, line + size.actualBoundingBoxDescent)};
}
"""
"""Where the letters of a line stand: its own box is as high as a font says, which is up to half as
much again, and lies over that of the next line where nothing else does."""

TEXTS = (
    """() => {"""
    + INK
    + """
    const walker = document.createTreeWalker(
        document.querySelector('.explainer'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.closest('svg, .readout, [inert]') || !parent.checkVisibility(
            {opacityProperty: true, visibilityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        for (const line of range.getClientRects()) {
            const {x, y, right, bottom} = ink(walker.currentNode.data, parent, line);
            if (right > x + 1) found.push([walker.currentNode.data, x, y, right, bottom]);
        }
    }
    return found;
}"""
)
"""Every line of text that can be seen, with its left, top, right and bottom."""

NODES = """() => {
    const origin = document.querySelector('.network').getBoundingClientRect();
    return Object.fromEntries([...document.querySelectorAll('[data-node]')].map(each => {
        const box = each.getBoundingClientRect();
        return [each.dataset.node, [box.x - origin.x, box.y - origin.y, box.width, box.height]];
    }));
}"""
"""The places of all nodes by their names."""

WIDE = "width => Math.abs(document.querySelector('.network').offsetWidth - width) < 1"

PICTURE = """() => {
    const canvas = document.querySelector('[data-paint="picture"]');
    return [...canvas.getContext('2d').getImageData(0, 0, 64, 64).data];
}"""
"""RGBA of the picture that the network sees, byte by byte."""

PROBABILITIES = """
    () => [...document.querySelectorAll('[data-class]')].map(node => node.dataset.probability)
"""


def follow(page: Page, address: str) -> None:
    """Have the page be as an address says, everything at its end."""
    page.evaluate(GO, f"#{address}")
    page.evaluate(DRAWN)
    page.evaluate(FINISH)


def open_node(page: Page, node: object, view: str) -> None:
    """Click a node and wait until its explanation is there."""
    page.locator(f"[data-node='{node}']").click()
    page.locator(f"[data-view='{view}']").wait_for()
    page.evaluate(FINISH)


def tab_to(page: Page, key: str) -> None:
    """Press Tab until an element of this key has the focus."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == key:
            return
    pytest.fail(f"{key}: expected the focus within {MAX_TABS} times Tab")


def written(page: Page, key: str) -> str:
    """The text of an element; numbers of a view that is opening come with its next frame."""
    place = page.locator(f"[data-key='{key}']")
    expect(place).not_to_be_empty()
    return place.inner_text()


def number(text: str) -> float:
    """A displayed number."""
    return float(text.strip("<>% \N{NO-BREAK SPACE}").replace("\N{MINUS SIGN}", "-"))


def grown(size: Any) -> float:
    """How many times as large as usual everything is in a window of (width, height)."""
    return max(1.0, min(size[0] / GROWN.width, size[1] / GROWN.height))


def planned_for(size: Any) -> Plan:
    """The plan of the trained network for a window of (width, height)."""
    scale = grown(size)
    return lay_out(trained(), Viewport(size[0] / scale, size[1] / scale))


def scale_of(page: Page) -> float:
    """How many times as large as usual everything is on a page."""
    return (
        float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")) / 16
    )


def planned(page: Page) -> Plan:
    """The plan of the trained network for the window as it is."""
    width, scale = page.evaluate("document.documentElement.clientWidth"), scale_of(page)
    return lay_out(trained(), Viewport(width / scale, page.viewport_size["height"] / scale))


def probabilities(page: Page) -> list[str]:
    """The probability of every class, as the page has it."""
    return page.evaluate(PROBABILITIES)


def view(page: Page) -> str:
    return page.locator(".explainer").get_attribute("data-view") or ""


def resize(page: Page, size: tuple[int, int]) -> None:
    """Another size of the window, drawn."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(DRAWN)


def check_nodes(page: Page, plan: Plan, aside: Any) -> None:
    """Fail unless every node stands where the plan says, moved aside for an explanation."""
    scale = scale_of(page)
    page.wait_for_function(WIDE, arg=aside.width * scale)
    found: Mapping[str, list[float]] = page.evaluate(NODES)
    assert set(found) == {str(node) for node in plan.boxes}
    for node, box in plan.boxes.items():
        moved = aside.transforms[node.layer].box(box)
        expected = [moved.x, moved.y, moved.width, moved.height]
        place = [length / scale for length in found[str(node)]]
        assert place == pytest.approx(expected, abs=0.6), node


def check_places(page: Page, selector: str, boxes: Iterable[Box]) -> None:
    """Fail unless elements stand in these boxes of the network."""
    expected = [[box.x, box.y, box.width, box.height] for box in boxes]
    scale = scale_of(page)
    found = [[length / scale for length in each] for each in page.evaluate(PLACES, selector)]
    assert found == [pytest.approx(each, abs=0.6) for each in expected], selector


def check_texts(page: Page, *, more_than: int) -> None:
    """Fail where one text overlaps another, or where fewer are seen than there should be."""
    texts = page.evaluate(TEXTS)
    assert len(texts) > more_than, len(texts)
    for k, (text, x, y, right, bottom) in enumerate(texts):
        for other, left, top, far, low in texts[k + 1 :]:
            is_apart = right <= left + 0.5 or far <= x + 0.5 or bottom <= top + 1 or low <= y + 1
            assert is_apart, f"{page.url}: {text!r} overlaps {other!r}"


def check_access(page: Page, scheme: Any, *, within: Any = BEFORE_ARTICLE) -> None:
    """Fail on anything that axe objects to, on a desktop and on a phone.

    The article, most of the page's elements, is the same everywhere; its own tests look at it.
    """
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for size in [(1440, 900), (390, 844)]:
        resize(page, size)
        check_axe(page, within=within, more_than=20)


def check_axe(page: Page, *, within: Any = None, more_than: int = 0) -> None:
    """Fail on what axe objects to now, or unless more rules than these pass.

    Of what passes, one element a rule is asked for: all would take three times as long.
    """
    options = {"resultTypes": ["violations"]}
    found = Axe().run(page, context=within, options=options).response
    assert len(found["passes"]) > more_than
    objections = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
    assert not objections, objections
