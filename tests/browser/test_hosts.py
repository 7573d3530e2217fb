"""Any static host: what it calls a file, adds to it or forbids, the page starts or says why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from building.site.addresses import Contents
from building.site.server import TYPES
from building.site.site import write_site
from support.browser.console_watch import (
    go,
    visit,
    wait_until_given_up,
    wait_until_ready,
    watched,
)
from support.browser.hosts import PLACE, Habits, habitual, has_nginx, nginx, standard_server
from support.browser.page_probes import UNSTARTED
from support.sampling import sampled

pytestmark = pytest.mark.browser

COMMON = {name: TYPES[name] for name in (".html", ".css", ".js", ".png", ".txt")}
SNIFFED_BY_NOBODY = {"X-Content-Type-Options": "nosniff"}
SECURE = {
    **SNIFFED_BY_NOBODY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": "camera=(), clipboard-write=(), fullscreen=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Frame-Options": "DENY",
}

STARTING = [
    Habits("binary by default", COMMON, headers=SNIFFED_BY_NOBODY),
    Habits("text by default", COMMON, "text/plain", SNIFFED_BY_NOBODY),
    Habits("old names of scripts", {**COMMON, ".js": "application/x-javascript"}),
    Habits("pretty addresses", is_pretty=True),
    Habits("archives unpacked on the way", unpacks=True),
    Habits("every header of security", headers=SECURE),
]

WASM = "script-src 'self' 'wasm-unsafe-eval'"
FORBIDDING = {
    "default-src 'self'": WASM,
    "script-src 'self' 'unsafe-inline'": WASM,
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'":
        "connect-src 'self'",
    "require-trusted-types-for 'script'; trusted-types 'none'": "trusted-types default",
    "sandbox allow-scripts": "allow-same-origin",
}  # fmt: skip
"""A host's policy -> the rule that the page says is lacking."""

SUFFICIENT = [
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self'; img-src 'self';"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'",
    "require-trusted-types-for 'script'",
]
UNSIGHTLY = {
    "img-src 'none'": "img-src 'self'",
    "style-src 'none'": "style-src 'self'",
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'none'": "img-src 'self'",
}
"""A policy with which the page works and looks wrong -> the rule that it says is lacking."""

SIZES = """() => ['.network .node', '#stage', '.masthead']
    .map(each => document.querySelector(each).getBoundingClientRect())
    .map(({x, y, width, height}) => [x, y, width, height].map(Math.round))"""


def under(policy: str) -> Habits:
    """A host that sends a policy of its own."""
    return Habits(policy, headers={"Content-Security-Policy": policy})


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A visitor's first page. What its browser says of a host is no fault of the page."""
    page, watch = watched(context, "http://127.0.0.1")
    yield page
    page.close()
    assert not [each for each in watch.problems if each.startswith("exception")]


@pytest.fixture
def kept_page(context: BrowserContext) -> Iterator[Page]:
    """A page that is saved for use without a network."""
    page, watch = watched(context, "http://127.0.0.1", is_kept=True)
    yield page
    page.close()
    assert watch.problems == []


def check_kept(page: Page, address: str) -> None:
    """It starts, and is ready for use without a network."""
    visit(page, address)
    page.locator("#offline").get_by_text("Ready for use without a network").wait_for()


@pytest.mark.parametrize("habits", sampled(STARTING, every=6), ids=str)
def test_the_page_starts_and_is_kept(kept_page: Page, contents: Contents, habits: Habits) -> None:
    with habitual(habits, contents) as address:
        check_kept(kept_page, address)


def test_the_page_starts_on_python_s_own_server(
    kept_page: Page, contents: Contents, tmp_path: Path
) -> None:
    with standard_server(contents, tmp_path) as address:
        check_kept(kept_page, address)


@pytest.mark.skipif(not has_nginx(), reason="no nginx here (apt-get install nginx-light)")
def test_the_page_starts_on_a_stock_nginx(
    kept_page: Page, contents: Contents, tmp_path: Path
) -> None:
    with nginx(contents, tmp_path) as address:
        check_kept(kept_page, address)
        for name in ("LICENSE.txt", "runtime/licenses.txt"):
            shown = kept_page.request.get(address + name)
            assert shown.headers["content-type"].startswith("text/plain"), name


def test_every_file_has_an_ending_that_hosts_know(contents: Contents) -> None:
    known = {*TYPES} - {".mjs"}
    for name in contents:
        assert Path(name).suffix in known or name == ".nojekyll", name


@pytest.mark.parametrize(("path", "asked"), [(PLACE, "#view=conv_1_1/3"), (f"{PLACE}/zh/", "")])
def test_a_slash_too_few_or_too_many_is_mended(
    page: Page, contents: Contents, path: str, asked: str
) -> None:
    habits = Habits("slashless", {**TYPES, "": TYPES[".html"]}, is_slashless=True)
    served = {**contents, "zh/": contents["zh.html"]}
    with habitual(habits, served) as address:
        go(page, address.removesuffix(f"{PLACE}/") + path + asked)
        wait_until_ready(page)
        assert page.url.endswith(asked)


@pytest.mark.parametrize("policy", sampled(FORBIDDING, every=4))
def test_what_a_host_s_policy_forbids_is_told(
    broken_page: Page, contents: Contents, policy: str
) -> None:
    with habitual(under(policy), contents) as address:
        go(broken_page, address)
        said = wait_until_given_up(broken_page)
        assert FORBIDDING[policy] in said
        assert "damaged" not in said


@pytest.mark.parametrize("policy", sampled(SUFFICIENT, every=6))
def test_a_policy_that_allows_what_is_asked_for_lets_all_be_seen(
    page: Page, contents: Contents, policy: str
) -> None:
    page.emulate_media(reduced_motion="reduce")  # nothing moves while it is measured
    with habitual(Habits("free"), contents) as address:
        visit(page, f"{address}#view=conv_1_2/3")
        free = page.evaluate(SIZES)
    with habitual(under(policy), contents) as address:
        visit(page, f"{address}#view=conv_1_2/3")
        assert page.evaluate(SIZES) == free


@pytest.mark.parametrize("policy", sampled(UNSIGHTLY, every=4))
def test_what_a_policy_keeps_from_being_seen_is_told(
    broken_page: Page, contents: Contents, policy: str
) -> None:
    with habitual(under(policy), contents) as address:
        go(broken_page, address)
        broken_page.locator("#boot-error").get_by_text(UNSIGHTLY[policy]).wait_for()
        wait_until_ready(broken_page)


@pytest.mark.parametrize(
    "policy",
    sampled(
        ["default-src 'none'", "script-src 'none'", "script-src https://cdn.example.org"], every=3
    ),
)
def test_where_no_script_may_run_the_page_says_so_without_one(
    page: Page, contents: Contents, policy: str
) -> None:
    with habitual(under(policy), contents) as address:
        go(page, address)
        page.wait_for_function(UNSTARTED)
        assert "'wasm-unsafe-eval'" in page.locator("#unstarted").inner_text()


@pytest.mark.parametrize("name", ["boot.js", "pyodide.js", "core.js", "numpy.zip.gz",
                                  "pyodide.asm.wasm"])  # fmt: skip
def test_a_page_to_log_in_is_told_from_damage(
    broken_page: Page, contents: Contents, name: str
) -> None:
    with habitual(Habits(name, logs_in=f"/{name}"), contents) as address:
        go(broken_page, address)
        said = wait_until_given_up(broken_page)
        assert name in said
        assert "a web page came in its place" in said


@pytest.mark.parametrize("name", ["boot.js", "pyodide.js", "numpy.zip.gz"])
def test_so_it_is_where_no_hash_can_be_worked_out(
    broken_page: Page, contents: Contents, name: str
) -> None:
    """As over plain http: browsers hash for secure pages alone."""
    broken_page.add_init_script("delete Crypto.prototype.subtle")
    with habitual(Habits(name, logs_in=f"/{name}"), contents) as address:
        go(broken_page, address)
        assert "a web page came in its place" in wait_until_given_up(broken_page)


@pytest.mark.long
def test_a_page_to_log_in_in_place_of_the_first_script_is_told(
    broken_page: Page, contents: Contents
) -> None:
    with habitual(Habits("login", logs_in="early.js"), contents) as address:
        go(broken_page, address)
        broken_page.wait_for_function(UNSTARTED)


def test_a_folder_on_a_disk_says_what_to_open_instead(
    broken_page: Page, contents: Contents, tmp_path: Path
) -> None:
    write_site(contents, tmp_path / "site")
    go(broken_page, (tmp_path / "site" / "index.html").as_uri())
    said = wait_until_given_up(broken_page)
    assert "opened from a disk" in said
    assert "cnnscope.html" in said
    broken_page.wait_for_function(
        "() => getComputedStyle(document.querySelector('.banner')).borderRadius"
    )


def framed(address: str, attributes: str = "") -> str:
    return f'<!DOCTYPE html><iframe src="{address}" {attributes} width=960 height=600></iframe>'


def test_a_sandboxed_frame_says_what_its_sandbox_lacks(
    broken_page: Page, contents: Contents
) -> None:
    with habitual(Habits("course"), contents) as address:
        outer = {**contents, "course.html": framed(address, 'sandbox="allow-scripts"').encode()}
        with habitual(Habits("outer"), outer) as course:
            go(broken_page, f"{course}course.html")
            frame = broken_page.frame_locator("iframe")
            frame.locator("#boot-error").get_by_text("allow-same-origin").wait_for()
            box = frame.locator("#boot-error").evaluate("box => getComputedStyle(box).display")
            assert box == "flex"  # its style sheet has come


def test_a_sandboxed_frame_starts_where_the_host_lets_others_read(
    page: Page, contents: Contents
) -> None:
    shared = Habits("shared", headers={"Access-Control-Allow-Origin": "*"})
    with habitual(shared, contents) as address:
        outer = {**contents, "course.html": framed(address, 'sandbox="allow-scripts"').encode()}
        with habitual(Habits("outer"), outer) as course:
            go(page, f"{course}course.html")
            frame = page.frame_locator("iframe")
            frame.locator("html[data-state=ready]").wait_for()
            assert "Ready for use" not in frame.locator("#offline").inner_text()


@pytest.mark.long
def test_many_frames_on_one_page_all_start(page: Page, contents: Contents) -> None:
    views = ("overview", "convolution", "relu", "pooling", "flatten", "softmax")
    with habitual(Habits("course"), contents) as address:
        frames = "".join(framed(f"{address}?embed={view}") for view in views)
        with habitual(Habits("outer"), {**contents, "course.html": frames.encode()}) as course:
            go(page, f"{course}course.html")
            for number in range(len(views)):
                page.frame_locator("iframe").nth(number).locator(
                    "html[data-state=ready]"
                ).wait_for()
