"""Long random walks through all views in a real Chromium: what they leave is what the URL says."""

import random

import pytest
from playwright.sync_api import Page

from looking import FINISH
from watching import go, visit

pytestmark = pytest.mark.browser

ACTIONS = 200

CHANGE = """() => {
    const found = [...document.querySelectorAll('select, input[type=range]')].filter(each =>
        !each.disabled && !each.closest('[inert], [hidden]'));
    const chosen = found[Math.floor(random() * found.length)];
    if (!chosen) return '';
    const share = random();
    if (chosen.tagName === 'SELECT')
        chosen.selectedIndex = Math.floor(share * chosen.options.length);
    else
        chosen.value = +chosen.min + share * (chosen.max - chosen.min);
    for (const kind of ['input', 'change'])
        chosen.dispatchEvent(new Event(kind, {bubbles: true}));
    return chosen.outerHTML.slice(0, 120);
}"""
PRESS = """selector => {
    const found = [...document.querySelectorAll(selector)].filter(each =>
        !each.disabled && !each.closest('[inert], [hidden]'));
    const chosen = found[Math.floor(random() * found.length)];
    chosen?.click();
    return chosen?.outerHTML.slice(0, 120) ?? '';
}"""
PRESSED = [
    ".node", ".node", ".node[data-node^=conv]", ".node[data-node^=relu]", ".node[data-node^=max]",
    ".node[data-node^=output]", "[data-node^=input]", "[data-sample]", ".choice button",
    "[data-action]", "[data-on=field]", "[data-on=details]", "[data-on=channel]",
    "[data-on=neighbour]", "[data-on=preset]", "[data-on=reset]", "[data-on=close]",
    "[data-on=overview]", "[data-on=normalise]", "[data-on=original]", "[data-on=logits-reset]",
    "[data-on=logits-shift]", "[data-on=normalise]",
]  # fmt: skip
KEYS = ["Escape", "ArrowRight", "ArrowDown", "Home", "End", "PageDown", "r", " "]

SHOWN = """() => {
    const shown = {view: document.querySelector('.explainer').dataset.view};
    for (const dialog of document.querySelectorAll('[role=dialog]'))
        shown.dialog = dialog.getAttribute('aria-label');
    for (const node of document.querySelectorAll('[data-node]'))
        shown[node.dataset.node] = [node.dataset.probability, node.getAttribute('aria-expanded'),
            node.getAttribute('aria-label'), node.hasAttribute('data-edited')].join(' | ');
    for (const pressed of document.querySelectorAll('[data-key][aria-pressed]'))
        if (!pressed.closest('[inert]'))
            shown['pressed ' + pressed.dataset.key] = pressed.getAttribute('aria-pressed');
    for (const each of document.querySelectorAll('.column, .picture'))
        shown['place ' + each.dataset.key] = each.style.transform;
    for (const key of ['stage.value', 'stage.sum', 'edited.text', 'answer'])
        for (const each of document.querySelectorAll(`[data-key="${key}"]`))
            if (!each.closest('[inert], [hidden]')) shown[key] = each.textContent;
    for (const canvas of document.querySelectorAll('canvas[data-paint]'))
        if (!canvas.closest('[inert], [hidden]'))
            shown['canvas ' + canvas.dataset.paint] = canvas.toDataURL();
    return shown;
}"""


def walk(page: Page, seed: int) -> list[str]:
    """Do things at random; returns what was done."""
    rng = random.Random(seed)
    # The page's random numbers come from the seed, too, so that a walk can be repeated.
    page.evaluate(
        "seed => { globalThis.random = () => { seed = (seed * 16807) % 2147483647;"
        " return seed / 2147483647; } }",
        seed * 7919,
    )
    done = []
    for _ in range(ACTIONS):
        kind = rng.random()
        if kind < 0.68:
            selector = rng.choice(PRESSED)
            done.append(f"{selector}: {page.evaluate(PRESS, selector)}")
        elif kind < 0.78:
            done.append(page.evaluate(CHANGE))
        elif kind < 0.93:
            done.append(rng.choice(KEYS))
            page.keyboard.press(done[-1])
        elif page.evaluate("history.length") > 1 and "=" in page.url:
            done.append("back")
            page.go_back()
    return done


def test_a_long_walk_with_everything_moving_fails_nowhere(ready_page: Page) -> None:
    assert len(walk(ready_page, 3)) > ACTIONS / 2


@pytest.mark.parametrize("seed", [1, 2])
def test_a_long_walk_leaves_what_a_fresh_page_at_its_address_shows(
    still_page: Page, site_url: str, seed: int
) -> None:
    page = still_page
    walk(page, seed)
    other = "pizza" if "picture=koala" in page.url else "koala"
    page.evaluate(f"document.querySelector('[data-sample={other}]').click()")
    page.evaluate(FINISH)
    walked, address = page.evaluate(SHOWN), page.evaluate("location.hash")
    go(page, "about:blank")
    visit(page, site_url + address)
    page.evaluate(FINISH)
    fresh = page.evaluate(SHOWN)
    assert set(walked) == set(fresh), address
    differing = {key: (walked[key], fresh[key]) for key in walked if walked[key] != fresh[key]}
    assert {key: [str(each)[:200] for each in pair] for key, pair in differing.items()} == {}
