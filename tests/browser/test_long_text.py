"""The page in a real browser where a language needs more room than English: nothing lies over
anything else, nothing is cut off, nothing scrolls sideways."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from building.context import BuildContext
from building.site.site import site_contents, write_site
from support.browser.pseudo_localisation import all_lengthened
from support.browser.page_probes import DRAWN, FINISH, GO, resize
from support.sites import serving
from support.browser.console_watch import visit, watched

LONGER = 0.4
SIZES = [(1440, 900), (1024, 768), (390, 844)]
ADDRESSES = [
    "#view=overview",
    "#node=input/0",
    "#view=picture",
    "#picture=cat&view=overview",
    "#view=conv_1_1/3&cell=5,5&field=on",
    "#view=conv_1_2/3&channel=2&cell=5,5",
    "#view=relu_1_1/2&cell=3,3",
    "#view=max_pool_1/2&cell=9,8",
    "#view=output/6",
    "#view=output/3&rival=8",
    "#view=output/3&softmax=on",
    "#view=output/3&softmax=on&logits=3:5",
    "#tour=1",
    "#tour=5",
    "#tour=8",
]
GIVES_WAY = {"cnnscope"}  # the name beside its mark, where the links need the room

LINES = """() => {
    const found = [];
    const skipped = 'article, svg, .readout, .unseen, .skip, [inert], noscript, option, script, '
        + 'style';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement;
        if (!node.data.trim() || parent.closest(skipped) || !parent.checkVisibility(
            {opacityProperty: true, visibilityProperty: true})) continue;
        const layer = parent.closest('[role=dialog], .tour, .edited')?.className ?? '';
        const boxes = [];
        for (let box = parent; box !== document.documentElement; box = box.parentElement)
            boxes.push([box, getComputedStyle(box), box.getBoundingClientRect()]);
        const isScrolled = boxes.some(([, {overflowX, overflowY}]) =>
            [overflowX, overflowY].includes('auto'));
        const isShortened = boxes.some(([, {textOverflow}]) => textOverflow === 'ellipsis');
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const whole of range.getClientRects()) {
            let {x, y, right, bottom} = whole, isOut = false;
            for (const [box, {overflowX, overflowY}, edge] of boxes) {
                if (overflowX !== 'visible')
                    [x, right] = [Math.max(x, edge.x), Math.min(right, edge.right)];
                if (overflowY !== 'visible')
                    [y, bottom] = [Math.max(y, edge.y), Math.min(bottom, edge.bottom)];
                if (box.matches('button:not(.node, .picture), select, .card, .tour, .chip'))
                    isOut ||= whole.x < edge.x - 1 || whole.right > edge.right + 1;
            }
            const isCut = isOut || x > whole.x + 1 || right < whole.right - 1;
            if (right > x + 1 && bottom > y + 2) found.push({
                node: found.length && found.at(-1).of === node ? found.at(-1).node : found.length,
                of: node, text: node.data, layer, box: [x, y, right, bottom],
                isCut: isCut && !isScrolled && !isShortened,
            });
        }
    }
    return found.map(({of, ...each}) => each);
}"""
"""Every line of text as far as it is seen: its text node, what it lies in, whether it is cut."""


@pytest.fixture(scope="module")
def long_site(
    project: Path, build_context: BuildContext, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a site whose English needs more room, and which has no other language."""
    copy = tmp_path_factory.mktemp("project") / "long"
    shutil.copytree(project, copy)
    text = copy / "src" / "cnnscope" / "text"
    for path in text.glob("[!e]*.json"):
        path.unlink()
        (copy / "public" / "article" / f"{path.stem}.html").unlink()
    english = json.loads((text / "en.json").read_text(encoding="utf-8"))
    (text / "en.json").write_text(json.dumps(all_lengthened(english, LONGER)), encoding="utf-8")
    folder = tmp_path_factory.mktemp("site") / "long"
    write_site(site_contents(copy, build_context), folder)
    with serving(folder) as server:
        yield server.url


@pytest.fixture(scope="module")
def long_page(browser: Browser, long_site: str) -> Iterator[Page]:
    """The page in the longer language, up."""
    context = browser.new_context(reduced_motion="reduce")
    page, watch = watched(context, long_site)
    visit(page, long_site)
    yield page
    context.close()
    watch.check()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_longer_words_have_room(long_page: Page, address: str, size: tuple[int, int]) -> None:
    resize(long_page, size)
    long_page.evaluate(GO, address)
    long_page.evaluate(DRAWN)
    long_page.evaluate(FINISH)
    assert long_page.evaluate("document.documentElement.scrollWidth") <= size[0]
    lines = long_page.evaluate(LINES)
    assert len(lines) > 30
    assert [line["text"] for line in lines if line["isCut"]] in ([], [*GIVES_WAY])
    assert overlaps(lines) == []


def overlaps(lines: list[dict[str, object]]) -> list[tuple[object, object]]:
    """Pairs of lines of which one lies over the other, but for those of one text or of a dialog."""
    found = []
    for k, line in enumerate(lines):
        x, y, right, bottom = line["box"]  # type: ignore[misc]
        for other in lines[k + 1 :]:
            left, top, far, low = other["box"]  # type: ignore[misc]
            is_apart = right <= left + 0.5 or far <= x + 0.5 or bottom <= top + 2 or low <= y + 2
            if not is_apart and line["layer"] == other["layer"] and line["node"] != other["node"]:
                found.append((line["text"], other["text"]))
    return found
