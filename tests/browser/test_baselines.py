"""What the page is measured against starts, too."""

import pytest
from playwright.sync_api import Page

from building.bench.baseline_published import published_contents
from building.context import BuildContext
from building.site.compose import Sources
from support.browser.console_watch import visit
from support.browser.faults import FaultyHost
from support.sites import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_it_comes_up(broken_page: Page, sources: Sources, build_context: BuildContext) -> None:
    with FaultyHost(published_contents(ROOT, sources, build_context)) as host:
        visit(broken_page, host.url)
        assert broken_page.locator("[data-node='output/3']").count() == 1
