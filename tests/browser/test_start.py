"""How the page comes up, and what it says when it cannot."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from building.site.addresses import Contents
from building.site.site import write_site
from support.browser.console_watch import (
    READY,
    go,
    visit,
    wait_until_given_up,
    wait_until_ready,
    watched,
)
from support.sites import serving

pytestmark = pytest.mark.browser

TYPES = {".js": "text/javascript", ".wasm": "application/wasm"}
REMEMBERED = """
    document.getElementById("boot-manifest").textContent
        .includes(`"${localStorage.getItem("cnnscope-program")}"`)
"""


def address(part: str) -> re.Pattern[str]:
    return re.compile(rf"/{re.escape(part)}(\?|$)")


def content(site: Path, part: str) -> bytes:
    return next(site.rglob(part)).read_bytes()


def instead(body: bytes, part: str) -> Callable[[Route], None]:
    kind = TYPES.get(Path(part).suffix, "application/octet-stream")
    return lambda route: route.fulfill(body=body, content_type=kind)


@pytest.fixture
def ready_page(page: Page, site_url: str) -> Page:
    """The page, up, for a visitor who was never here."""
    visit(page, site_url)
    return page


def test_the_page_comes_up_without_an_error_or_a_request_elsewhere(ready_page: Page) -> None:
    assert not ready_page.locator("#boot-error").is_visible()


def test_the_page_works_below_any_path(
    context: BrowserContext, contents: Contents, tmp_path: Path
) -> None:
    write_site(contents, tmp_path / "some where" / "deep")
    with serving(tmp_path) as server:
        page, watch = watched(context, server.url)
        visit(page, f"{server.url}some%20where/deep/")
        page.close()
        assert watch.problems == []
        assert watch.foreign == []


def test_progress_is_told_in_megabytes_and_then_in_steps(page: Page, site_url: str) -> None:
    page.add_init_script("""
        globalThis.said = [];
        new MutationObserver(() => {
          const bar = document.getElementById("progress");
          const text = document.getElementById("progress-text")?.textContent;
          if (text && said.at(-1)?.[0] !== text) said.push([text, Number(bar.ariaValueNow)]);
        }).observe(document, {subtree: true, childList: true});
    """)
    visit(page, site_url)
    said = page.evaluate("said")
    texts = [text for text, _ in said]
    values = [value for text, value in said if text != texts[0]]
    assert any(re.fullmatch(r"Loading, \d+\.\d of \d+\.\d MB", text) for text in texts)
    assert [text for text in texts if text in ("Loading NumPy", "Computing the network")]
    assert values == sorted(values)


def test_damage_that_still_compiles_is_told(faulty_page: Page, site_url: str, site: Path) -> None:
    part = "pyodide.asm.wasm"
    whole = content(site, part)
    body = whole.replace(b"SyntaxError", b"SyntaxErr0r")  # a text among the program's data
    assert body != whole
    faulty_page.route(address(part), instead(body, part))
    go(faulty_page, site_url)
    assert f"{part} could not be loaded: its content is damaged" in wait_until_given_up(faulty_page)


@pytest.mark.parametrize("part", ["core.js", "cnnscope.zip.gz", "pyodide.asm.wasm"])
def test_a_file_that_never_comes_is_named(faulty_page: Page, site_url: str, part: str) -> None:
    faulty_page.add_init_script("globalThis.cnnscopeSilence = 2")
    held: list[Route] = []
    faulty_page.route(address(part), lambda route: held.append(route))
    go(faulty_page, site_url)
    found = re.search(r"Still missing: (.+?)\. Check", wait_until_given_up(faulty_page))
    assert found
    assert part in found[1].split(", ")  # a busy machine may owe others, too
    for route in held:
        route.abort()


def test_it_is_told_when_the_boot_script_never_comes(faulty_page: Page, site_url: str) -> None:
    faulty_page.add_init_script("globalThis.cnnscopeSilence = 2")
    held: list[Route] = []
    faulty_page.route(address("boot.js"), lambda route: held.append(route))
    go(faulty_page, site_url, wait_until="commit")
    assert "boot.js" in wait_until_given_up(faulty_page)
    for route in held:
        route.abort()


def test_it_is_told_when_the_boot_script_cannot_be_read(faulty_page: Page, site_url: str) -> None:
    faulty_page.route(address("boot.js"), instead(b"const = damaged", "boot.js"))
    go(faulty_page, site_url)
    assert "boot.js could not be loaded: its content is damaged" in wait_until_given_up(faulty_page)


def test_a_browser_too_old_for_the_boot_script_is_told(
    faulty_page: Page, site_url: str, site: Path
) -> None:
    """What it cannot read came whole: its hash is that of its address."""
    page = (site / "index.html").read_text(encoding="utf-8")
    too_new = "const = newer than this browser"
    version = hashlib.sha256(too_new.encode()).hexdigest()[:10]
    page = re.sub(r"boot\.js\?v=\w+", f"boot.js?v={version}", page)
    page = re.sub(r'<script type="importmap">.*?</script>', "", page)
    faulty_page.route(site_url, lambda route: route.fulfill(body=page, content_type="text/html"))
    faulty_page.route(address("boot.js"), instead(too_new.encode(), "boot.js"))
    go(faulty_page, site_url)
    assert "this browser cannot run boot.js" in wait_until_given_up(faulty_page)


def test_a_second_visit_hands_the_program_on_untouched(ready_page: Page) -> None:
    """The browser then keeps its compiled code; progress and the end are the same."""
    ready_page.reload()
    wait_until_ready(ready_page)
    assert ready_page.evaluate(REMEMBERED)


@pytest.mark.long
def test_a_server_that_does_not_know_the_program_s_type_will_do(
    page: Page, site_url: str, site: Path
) -> None:
    part = "pyodide.asm.wasm"
    body = content(site, part)
    kind = "application/octet-stream"
    page.route(address(part), lambda route: route.fulfill(body=body, content_type=kind))
    for _ in range(2):  # the second visit knows the program
        visit(page, site_url)
        assert page.evaluate(REMEMBERED)


def test_a_program_that_failed_is_looked_at_again(faulty_page: Page, site_url: str) -> None:
    visit(faulty_page, site_url)
    assert faulty_page.evaluate(REMEMBERED)
    faulty_page.route(address("pyodide.asm.wasm"), lambda route: route.abort())
    go(faulty_page, site_url)
    wait_until_given_up(faulty_page)
    assert not faulty_page.evaluate(REMEMBERED)


def test_an_older_browser_is_told_what_failed(faulty_page: Page, site_url: str) -> None:
    faulty_page.add_init_script(
        "delete Array.prototype.findLast; delete DecompressionStream; delete Worker"
    )
    go(faulty_page, site_url)
    assert "DecompressionStream" in wait_until_given_up(faulty_page)


@pytest.mark.long
def test_a_slow_line_is_no_error(page: Page, site_url: str) -> None:
    page.add_init_script("globalThis.cnnscopeSilence = 8")
    line = {"offline": False, "latency": 50, "downloadThroughput": 8e5, "uploadThroughput": 8e5}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    visit(page, site_url)


def test_what_an_extension_of_the_browser_does_wrong_is_taken_back(
    faulty_page: Page, site_url: str
) -> None:
    faulty_page.add_init_script("""
        const early = setInterval(() => {
            if (!globalThis.cnnscopeBoot) return;
            clearInterval(early);
            Promise.reject(new Error("a wallet"));
        }, 10);
    """)
    go(faulty_page, site_url)
    faulty_page.get_by_role("alert").get_by_text("a wallet").wait_for()
    faulty_page.wait_for_function(READY)
    faulty_page.locator("#boot-error").wait_for(state="hidden")


def test_no_step_of_python_runs_on_a_stack_of_its_own(ready_page: Page) -> None:
    """A first visit, as later ones."""
    assert not ready_page.evaluate("""async () => {
        const { loadPyodide } = await import(document.querySelector("[src*='/boot.js']").src);
        return (await loadPyodide())._module.jspiSupported;
    }""")


def test_a_browser_without_webassembly_is_told(page: Page, site_url: str) -> None:
    page.add_init_script("delete globalThis.WebAssembly")
    go(page, site_url)
    assert "WebAssembly" in wait_until_given_up(page)


def test_an_exception_in_the_page_s_own_code_is_told(
    faulty_page: Page, site_url: str, site: Path
) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    broken = page.replace("await start()", 'raise ValueError("broken")')
    assert broken != page
    faulty_page.route(site_url, lambda route: route.fulfill(body=broken, content_type="text/html"))
    go(faulty_page, site_url)
    assert "own code failed" in wait_until_given_up(faulty_page)


def test_pillow_is_loaded_from_the_site_when_it_is_asked_for(ready_page: Page) -> None:
    def archives() -> list[str]:
        script = "performance.getEntriesByType('resource').map(entry => entry.name)"
        return [name for name in ready_page.evaluate(script) if "pillow" in name]

    assert archives() == []
    version = ready_page.evaluate("""async () => {
        const { loadPyodide } = await import(document.querySelector("[src*='boot.js']").src);
        const pyodide = await loadPyodide();
        await pyodide.loadPackage("pillow", { messageCallback() {} });
        return pyodide.runPython("import PIL.Image; PIL.__version__");
    }""")
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert len(archives()) == 1
