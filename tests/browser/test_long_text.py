"""The page in a real browser where a language needs more room than English: nothing lies over
anything else, nothing is cut off, nothing scrolls sideways."""

import json
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from building.context import BuildContext
from building.site.site import site_contents, write_site
from support.browser.console_watch import visit, watched
from support.browser.lines import ADDRESSES, GIVES_WAY, LINES, overlaps
from support.browser.page_probes import DRAWN, FINISH, GO, resize
from support.browser.pseudo_localisation import all_lengthened
from support.sampling import sampled_rows
from support.sites import serving

pytestmark = [pytest.mark.browser, pytest.mark.long]  # it builds a page of its own

LONGER = 0.4
SIZES = [(1440, 900), (1024, 768), (390, 844)]


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


@pytest.mark.parametrize(("address", "size"), sampled_rows(product(ADDRESSES, SIZES), every=8))
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
