"""What a page may do: nothing by its policy's leave, and nothing is kept of a visitor's picture."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sites import ROOT
from watching import visit, watched

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
    "#view=conv_1_1/3", "#view=relu_1_1/2", "#view=max_pool_1/1", "#view=output/6",
    "#view=picture", "#picture=koala&view=conv_2_2/1", "#",
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
        open_page.locator("input[type=file]").set_input_files([file])
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
