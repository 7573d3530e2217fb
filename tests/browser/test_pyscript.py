"""What each change of PyScript is for: with it all is well, and without it the page is in trouble.

Where a newer PyScript needs one no more, its test fails, and the patch can go.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from building.context import BuildContext
from building.site import pyscript
from building.site.compose import Sources
from building.site.single import single_page
from building.site.site import gather, linked_site, write_site
from cnnscope_notebook.frame import Frame
from support.browser.console_watch import SETTLED, SWITCH_OFF, go
from support.sampling import sampled
from support.sites import serving

pytestmark = pytest.mark.browser

LISTEN = """
    globalThis.evaluated = [];
    addEventListener("securitypolicyviolation", (event) => evaluated.push(event.blockedURI));
"""
FORBID = """
    const get = () => { throw new DOMException("forbidden", "SecurityError"); };
    Object.defineProperty(globalThis, "indexedDB", {get});
    globalThis.BroadcastChannel = class { constructor() { get(); } };
"""
RECORD = """
    globalThis.states = [];
    new MutationObserver(() => {
        const {state} = document.documentElement?.dataset ?? {};
        if (state && states.at(-1) !== state) states.push(state);
    }).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-state"]});
"""
SILENCE = "globalThis.cnnscopeSilence = 20;"  # seconds, until a start that hangs is given up
Trouble = Callable[[Page, Sources, Path], bool]


def is_up(page: Page, address: str) -> bool:
    """Whether the page is ready without having given up before: it may have gone on."""
    page.add_init_script(SWITCH_OFF + SILENCE + RECORD)
    go(page, address)
    page.wait_for_function(SETTLED)
    states = page.evaluate("states")
    assert set(states) & {"ready", "error"}
    return "error" not in states


def is_served(page: Page, sources: Sources, folder: Path) -> bool:
    write_site(linked_site(sources), folder)
    with serving(folder) as server:
        return is_up(page, server.url)


def evaluates(page: Page, sources: Sources, folder: Path) -> bool:
    page.add_init_script(LISTEN)
    was_up = is_served(page, sources, folder)
    return not was_up or "eval" in page.evaluate("evaluated")


def fetches_more(page: Page, sources: Sources, folder: Path) -> bool:
    fetched: list[str] = []

    def note(request: Request) -> None:
        fetched.append(request.url)

    page.on("request", note)
    was_up = is_served(page, sources, folder)
    known = [entry["url"] for entry in sources.manifest["files"].values()]
    asked = {f"./{url.split('/', 3)[3]}" for url in fetched if "/pyscript/" in url}
    return not was_up or not asked <= set(known)


def needs_an_address(page: Page, sources: Sources, folder: Path) -> bool:
    file = folder / "cnnscope.html"
    file.write_bytes(single_page(sources))
    return not is_up(page, file.as_uri())


def needs_a_frame_s_address(page: Page, sources: Sources, folder: Path) -> bool:
    """As a notebook shows the page, in a frame whose markup holds all of it."""
    frame = Frame(single_page(sources).decode())._repr_html_()
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{frame}", "utf-8")
    page.add_init_script(SWITCH_OFF + SILENCE + RECORD)
    with serving(folder) as server:
        go(page, server.url)
        inner = page.locator("iframe").element_handle().content_frame()
        assert inner is not None
        inner.wait_for_function(SETTLED)
        return "error" in inner.evaluate("states")


def needs_storage(page: Page, sources: Sources, folder: Path) -> bool:
    page.add_init_script(FORBID)
    return not is_served(page, sources, folder)


def carries_text(page: Page, sources: Sources, folder: Path) -> bool:
    return (
        not is_served(page, sources, folder) or b"class WebSocket" in sources.files[pyscript.CORE]
    )


TROUBLES: dict[str, Trouble] = {
    "text becomes code": evaluates,
    "an unused plug-in is fetched": fetches_more,
    "an interpreter of one file is not found": needs_an_address,
    "an address is relative to a frame's": needs_a_frame_s_address,
    "a database of packages is opened": needs_storage,
    "a database of folders is opened": needs_storage,
    "its modules come as text": carries_text,
    "a channel to workers is opened": needs_storage,
}


def test_each_patch_is_tried() -> None:
    assert TROUBLES.keys() == pyscript.PATCHES.keys()


@pytest.mark.parametrize(
    "trouble", sampled(dict.fromkeys(TROUBLES.values()), every=2), ids=lambda each: each.__name__
)
def test_the_page_is_not_in_trouble(
    trouble: Trouble, context: BrowserContext, sources: Sources, tmp_path: Path
) -> None:
    assert not trouble(context.new_page(), sources, tmp_path)


@pytest.mark.parametrize("name", sampled(TROUBLES, every=4))
def test_the_page_is_in_trouble_without_a_patch(
    name: str,
    context: BrowserContext,
    project: Path,
    build_context: BuildContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others = {each: patch for each, patch in pyscript.PATCHES.items() if each != name}
    monkeypatch.setattr(pyscript, "PATCHES", others)
    with build_context.cache.lock():
        sources = gather(project, build_context)
    assert TROUBLES[name](context.new_page(), sources, tmp_path)
