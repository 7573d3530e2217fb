"""What the page is measured against starts, too."""

import pytest
from playwright.sync_api import Page

from building.bench.baseline_no_snapshot import contents_without_snapshot
from building.bench.baseline_published import published_contents
from building.context import BuildContext
from building.site.compose import Sources
from support.browser.console_watch import visit
from support.browser.faults import FaultyHost
from support.sites import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.mark.parametrize("name", ["published", "no image"])
def test_it_comes_up(
    broken_page: Page, sources: Sources, build_context: BuildContext, name: str
) -> None:
    contents = (
        published_contents(ROOT, sources, build_context)
        if name == "published"
        else contents_without_snapshot(sources)
    )
    with FaultyHost(contents) as host:
        visit(broken_page, host.url)
        assert broken_page.locator("[data-node='output/3']").count() == 1
