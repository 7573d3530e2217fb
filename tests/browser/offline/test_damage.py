"""Damaged files: healed from the network, and refused where there is none."""

import pytest
from playwright.sync_api import BrowserContext

from building.site.addresses import Contents
from support.browser.kept_site import DAMAGE, EMPTY, FETCH, files, kept, right
from support.browser.static_host import Host

pytestmark = pytest.mark.browser


@pytest.mark.long
def test_what_was_damaged_in_the_store_is_fetched_anew(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    page = kept(visitor, host, first)
    page.evaluate(DAMAGE)
    assert page.evaluate(FETCH, list(files(first))) == right(first)
    host.stop()
    assert page.evaluate(FETCH, list(files(first))) == right(first)


def test_what_was_damaged_in_the_store_is_refused_without_a_server(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    page = kept(visitor, host, first)
    page.evaluate(DAMAGE)
    host.stop()
    found = page.evaluate(FETCH, list(files(first)))
    whole = {address: each for address, each in found.items() if each[0] != 0}
    assert all(".wasm" in address for address in whole)  # the browser's own copy
    assert whole == {address: right(first)[address] for address in whole}


def test_what_is_damaged_on_the_server_is_refused(
    visitor: BrowserContext, host: Host, first: Contents
) -> None:
    page = kept(visitor, host, first)
    page.evaluate(EMPTY)
    names = [name for name in files(first) if ".html" not in name]
    for name in names:
        file = host.folder / name[2:].split("?")[0]
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    found = page.evaluate(FETCH, names)
    for name, (status, text, digest) in found.items():
        if ".wasm" in name and status == 200:  # the browser's own copy
            assert digest == right(first)[name][2]
        else:
            assert (status, text) == (502, "damaged"), name
