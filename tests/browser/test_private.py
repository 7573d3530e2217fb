"""What a page may do: nothing by its policy's leave, and nothing is kept of a visitor's picture."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from support.browser.console_watch import visit, watched
from support.sites import ROOT

pytestmark = pytest.mark.browser

LISTEN = """
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", (event) => {
        violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
"""
STORED = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state,
    (await indexedDB.databases()).map(each => each.name), await caches.keys(),
])"""
"""All that a page can keep: names and values."""

MARKUP = "<img src=x onerror='globalThis.injected=1'><script>injected=1</script>"
INJECTED = """() => [
    globalThis.injected === 1,
    document.querySelectorAll("img[src='x'], [onerror], body script:not([type])").length,
]"""
FOLLOW = """async hash => {
    location.hash = hash;
    await new Promise(done => setTimeout(done));
    await new Promise(requestAnimationFrame);
}"""
"""Goes to an address that the page may put right at once."""

PRESS = """() => {
    const pressed = [];
    for (const each of document.querySelectorAll("button, summary, select, input[type=range]")) {
        if (!each.isConnected || each.disabled) continue;
        pressed.push(each.dataset.key || each.textContent);
        each.click();
    }
    return pressed;
}"""
PLACES = [
    "picture",
    "view",
    "lang",
    "kernel",
    "scale",
    "details",
    "tour",
    "play",
    "logits",
    "hyper",
]
WALK = [
    "#view=conv_1_1/3", "#view=conv_1_1/3&channel=1&field=on", "#view=relu_1_1/2",
    "#view=max_pool_1/1", "#view=output/6", "#view=output/6&rival=2",
    "#view=output/6&softmax=on&logits=6:4.5", "#view=picture", "#node=output/2&details=off",
    "#picture=koala&view=conv_2_2/1&scale=global", "#kernel=conv_1_1/3/0:1,0,-1,1,0,-1,1,0,-1",
    *(f"#tour={stop}" for stop in range(1, 11)), "#play=7,3,1,3,2&play-kernel=blur", "#training",
    "#lang=zh&view=conv_1_2/3", "#lang=en", "#",
]  # fmt: skip


@pytest.fixture(scope="module")
def open_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """A page, up, that writes down what its policy forbade."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, watch = watched(context, site_url)
    page.add_init_script(LISTEN)
    visit(page, site_url)
    yield page
    assert page.evaluate("violations") == []
    context.close()
    watch.check()


def test_a_walk_breaks_no_rule_and_asks_nobody_else(open_page: Page) -> None:
    """What is asked of others, or forbidden, fails the page's fixture at its end."""
    for place in WALK:
        open_page.evaluate(FOLLOW, place)
    assert open_page.evaluate("violations") == []


def test_the_offers_of_the_page_ask_nobody_else(open_page: Page) -> None:
    """Everything that a visitor can press, once: also what copies, saves and plays."""
    open_page.evaluate(FOLLOW, "#view=conv_1_1/3&channel=1")
    pressed = open_page.evaluate(PRESS)
    open_page.evaluate(FOLLOW, "#")
    assert len(pressed) > 40
    assert open_page.evaluate("violations") == []


@pytest.mark.parametrize("place", ["?embed=convolution", "?embed=playground", "zh.html"])
def test_other_ways_to_the_page_ask_nobody_else(page: Page, site_url: str, place: str) -> None:
    page.add_init_script(LISTEN)
    visit(page, f"{site_url}{place}")
    assert page.evaluate("violations") == []


def test_an_address_cannot_bring_elements(open_page: Page) -> None:
    for place in PLACES:
        for value in (f'"{MARKUP}', f"conv_1_1/3{MARKUP}"):
            script = "value => new URLSearchParams(value).toString()"
            hash = open_page.evaluate(script, {place: value})
            open_page.evaluate(FOLLOW, f"#{hash}")
            assert open_page.evaluate(INJECTED) == [False, 0], (place, value)
    open_page.evaluate(FOLLOW, "#")


def test_a_file_s_name_cannot_bring_elements_and_nothing_of_a_picture_is_kept(
    open_page: Page,
) -> None:
    def own() -> str:
        return open_page.evaluate(STORED)

    open_page.evaluate(FOLLOW, "#")
    before = json.loads(own())
    sample = (ROOT / "public" / "samples" / "pizza.webp").read_bytes()
    for content in (sample, b"no picture"):
        file = {"name": f"secret{MARKUP}.webp", "mimeType": "image/webp", "buffer": content}
        open_page.locator("#chooser").set_input_files([file])
        open_page.wait_for_function("() => !document.documentElement.dataset.reading")
        assert open_page.evaluate(INJECTED) == [False, 0]
        assert "secret" not in open_page.evaluate("document.documentElement.outerHTML")
        after = json.loads(own())
        assert "secret" not in str(after)
        assert [*after[:3], *after[5:]] == [*before[:3], *before[5:]]
        assert len(after[3]) < len(before[3]) + 20  # at most, that it is the visitor's own


def test_the_policy_stops_what_should_slip_through(faulty_page: Page, site_url: str) -> None:
    """The rules are in force: what breaks them is stopped and told."""
    faulty_page.add_init_script(LISTEN)
    faulty_page.goto(site_url, wait_until="domcontentloaded")
    faulty_page.evaluate("""async () => {
        document.body.insertAdjacentHTML("beforeend", "<b id=x onclick='globalThis.injected=1'>");
        document.getElementById("x").click();
        document.getElementById("x").remove();
        const script = document.createElement("script");
        script.textContent = "globalThis.injected = 1";
        document.body.append(script);
        script.remove();
        await fetch("https://example.org/").catch(() => {});
        await new Promise(requestAnimationFrame);
    }""")
    assert faulty_page.evaluate(INJECTED) == [False, 0]
    stopped = set(faulty_page.evaluate("violations.splice(0)"))
    assert {each.split()[0] for each in stopped} == {
        "script-src-attr", "script-src-elem", "connect-src"
    }  # fmt: skip
