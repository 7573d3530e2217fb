"""Addresses as chat programs, course systems and hands make them, opened in a real browser."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from cnnscope.state.mended import asked
from support.browser.console_watch import go
from support.sampling import sampled, sampled_rows

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Row:
    """What comes behind the page's own address, and what the page then is."""

    comes: str
    address: str  # behind the page's own, once it is up
    embed: str | None = None
    language: str = "en"
    said: str = ""
    touring: bool = False


ROWS = [
    Row("#view%3Dconv_1_1%2F3%26scale%3Dglobal", "#view=conv_1_1/3&scale=global"),
    Row("?utm_source=a&amp;EMBED=Convolution%23view=conv_1_2/3&amp;scale=global",
        "?utm_source=a&EMBED=Convolution#view=conv_1_2/3&scale=global", embed="convolution"),
    Row("?lang=zh", "#lang=zh", language="zh-Hans"),
    Row("?lang=ZH&probe#VIEW=relu_1_1/2.", "?probe#view=relu_1_1/2&lang=zh", language="zh-Hans"),
    Row("?embed=maxpool#view=relu_1_1/2", "?embed=maxpool#view=relu_1_1/2", said="“maxpool”"),
    Row("#tour=99", "", said="12 stops"),
    Row("?tour=4", "#tour=4", touring=True),
]  # fmt: skip

IN_PATH = [
    Row("index.html%23view%3Drelu_1_1%2F2", "index.html#view=relu_1_1/2"),
    Row("%3Fembed=relu%23view=relu_1_1/2", "?embed=relu#view=relu_1_1/2", embed="relu"),
]
"""What a host that knows no such path answers with its first page, from a folder that is none."""


@pytest.mark.parametrize("row", sampled(ROWS, every=3), ids=lambda row: row.comes)
def test_a_changed_address_opens_what_it_meant(page: Page, site_url: str, row: Row) -> None:
    check(page, site_url, row)


@pytest.mark.parametrize("row", sampled(IN_PATH, every=2), ids=lambda row: row.comes)
def test_so_does_one_whose_signs_became_part_of_the_path(
    faulty_page: Page, site_url: str, row: Row
) -> None:
    def fall_back(route: Route) -> None:
        is_known = "%" not in urlsplit(route.request.url).path
        route.continue_() if is_known else route.fulfill(response=route.fetch(url=site_url))

    faulty_page.route("**/*", fall_back)
    check(faulty_page, site_url, row)


@pytest.mark.parametrize(
    ("comes", "address"),
    sampled_rows(
        [
            ("?lang=zh", "#lang=zh"),
            ("%23view=relu_1_1/2", "#view=relu_1_1/2"),
            ("elsewhere.example/%23view=relu_1_1/2", "elsewhere.example/#view=relu_1_1/2"),
        ],
        every=2,
    ),
)
def test_a_path_that_begins_with_two_slashes_is_none_of_another_host(
    faulty_page: Page, site_url: str, comes: str, address: str
) -> None:
    """Many hosts take two slashes for one, and a script that follows such a path for a host."""
    origin, home = site_url.removesuffix(urlsplit(site_url).path), urlsplit(site_url).path

    def merge(route: Route) -> None:
        path = urlsplit(route.request.url).path
        name = path.lstrip("/").removeprefix(home.strip("/")).lstrip("/")
        is_page = route.request.is_navigation_request()
        name = "" if is_page else name.removeprefix("elsewhere.example/")
        route.fulfill(response=route.fetch(url=site_url + name))

    faulty_page.route("**/*", merge)
    go(faulty_page, f"{origin}/{home}{comes}")
    faulty_page.wait_for_function(
        """whole => document.documentElement?.dataset.state === 'ready'
            && location.href === whole""",
        arg=f"{origin}/{home}{address}",
    )


ASKED = [
    "?embed=relu", "?embed=%22relu%22", "?embed=%20relu", "?embed=“relu”", "?embed=(relu)",
    "?embed=Relu.", "?EMBED=ReLU", "?a=1&amp;embed=relu", "?a=1%26embed%3Drelu", "?embed=relu;x=1",
    "?embed=", "?embed", "?embedded=relu", "", "?embed=maxpool#embed=relu", "?embed=%2522relu%2522",
]  # fmt: skip


@pytest.mark.parametrize("query", ASKED)
def test_what_is_asked_for_before_python_is_up_is_what_python_reads(
    still_page: Page, query: str
) -> None:
    found = still_page.evaluate("query => cnnscopeAsked('embed', query) ?? null", query)
    assert (found or "") == (asked(query, "embed") or "").casefold()


def check(page: Page, site_url: str, row: Row) -> None:
    """Open an address, and look at what is there then."""
    go(page, site_url + row.comes)
    home = urlsplit(site_url).path
    page.wait_for_function(
        """([home, address]) => document.documentElement?.dataset.state === 'ready'
            && location.href.endsWith(home + address)""",
        arg=[home, row.address],
    )
    root = page.locator("html")
    assert root.get_attribute("lang") == row.language
    assert root.get_attribute("data-embed") == row.embed
    assert page.locator(".tour").is_visible() == row.touring
    assert (root.get_attribute("data-tour") is not None) == row.touring
    notice = page.locator("#notice:visible")
    if row.said:
        assert row.said in notice.inner_text()
    else:
        assert notice.count() == 0
