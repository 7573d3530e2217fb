"""How tests in a real browser look at the page: where things stand, what can be read."""

from playwright.sync_api import Page

SIZES = [(390, 844), (768, 1024), (1024, 768), (1280, 720), (1440, 900), (1920, 1080)]

FOCUSED = "() => document.activeElement.dataset.key"
GO = """hash => new Promise(done => {
    if (location.hash === hash) return done();
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));
    addEventListener('hashchange', drawn, {once: true});
    location.hash = hash;
})"""
"""Follows an address within the page, which costs no new start."""

FINISH = "() => document.getAnimations().forEach(each => each.finish())"

PLACES = """selector => {
    const origin = document.querySelector('.network').getBoundingClientRect();
    return [...document.querySelectorAll(selector)].map(each => {
        const box = each.getBoundingClientRect();
        return [box.x - origin.x, box.y - origin.y, box.width, box.height];
    });
}"""
"""Left, top, width and height of elements, from the network's own corner."""

TEXTS = """() => {
    const walker = document.createTreeWalker(
        document.querySelector('.explainer'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.closest('svg, .readout, [inert]') || !parent.checkVisibility(
            {opacityProperty: true, visibilityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        for (const {x, y, right, bottom} of range.getClientRects())
            if (right > x + 1) found.push([walker.currentNode.data, x, y, right, bottom]);
    }
    return found;
}"""
"""Every line of text that can be seen, with its left, top, right and bottom."""

PICTURE = """() => {
    const canvas = document.querySelector('[data-paint="picture"]');
    return [...canvas.getContext('2d').getImageData(0, 0, 64, 64).data];
}"""
"""RGBA of the picture that the network sees, byte by byte."""


def view(page: Page) -> str:
    return page.locator(".explainer").get_attribute("data-view") or ""
