import base64
import gzip
import json
import re
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from building.errors import BuildError
from building.site import pyscript
from building.site.addresses import Contents
from building.site.compose import Sources
from building.site.single import END, single_page


@pytest.fixture(scope="module")
def page(sources: Sources) -> str:
    return single_page(sources).decode()


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = [("", {}, "")]
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes), ""))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("", {}, ""))

    def handle_data(self, text: str) -> None:
        tag, attributes, before = self.found[-1]
        self.found[-1] = (tag, attributes, before + text)


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def blocks(page: str) -> dict[str, bytes]:
    """What a page holds for its own requests."""
    held = {}
    for _, attributes, text in Elements(page).found:
        if (name := attributes.get("data-file")) and name != "end":
            content = base64.b64decode(text, validate=True)
            held[name] = gzip.decompress(content) if "data-gzipped" in attributes else content
    return held


def test_every_file_that_the_page_fetches_is_in_it(page: str, contents: Contents) -> None:
    held = blocks(page)
    found = re.search(r'id="boot-manifest">(.*?)</script>', page)
    assert found
    manifest = json.loads(found[1])
    urls = [file["url"] for file in manifest["files"].values()] + [*manifest["samples"].values()]
    names = {re.sub(r"^\./|\?.*", "", url) for url in urls}
    assert names <= held.keys()
    assert len(names) > 15
    for name in names - {pyscript.ENTRY}:
        assert held[name] == contents[name]
    assert held[pyscript.ENTRY] == contents[pyscript.CORE]


def test_nothing_is_left_that_a_browser_would_fetch(page: str) -> None:
    for tag, attributes, _ in Elements(page).found:
        if tag == "link":
            assert attributes["rel"] in ("icon", "alternate"), attributes
        for name in ("src", "href", "srcset", "poster", "data", "action"):
            address = attributes.get(name) or ""
            if tag == "a":
                assert not address.startswith("."), address
            elif attributes.get("rel") != "alternate":
                assert address.startswith("data:") or not address, address
    styles = "".join(text for tag, _, text in Elements(page).found if tag == "style")
    assert len(styles) > 50_000
    assert set(re.findall(r"url\(\"?(\w+:)", styles)) == {"data:"}
    assert styles.count("url(") == len(re.findall(r"url\(\"?data:", styles))


def test_its_policy_lets_it_ask_nobody_for_anything(page: str) -> None:
    found = re.findall(r'<meta http-equiv="Content-Security-Policy"[^>]*>', page)
    assert len(found) == 1
    text = re.search(r'content="([^"]*)"', found[0])
    assert text
    allowed = dict(each.split(" ", 1) for each in text[1].split("; "))
    plain = {
        name: " ".join(source for source in sources.split() if "sha256" not in source)
        for name, sources in allowed.items()
    }
    assert plain == {
        "default-src": "'none'",
        "script-src": "blob: 'wasm-unsafe-eval'",
        "style-src": "'unsafe-inline'",
        "style-src-elem": "",
        "img-src": "blob: data:",
        "font-src": "data:",
        "connect-src": "'none'",
        "worker-src": "'none'",
        "manifest-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    written: dict[str, set[str]] = {"script": set(), "style": set()}
    for tag, attributes, text in Elements(page).found:
        if tag in written and not attributes:
            written[tag].add(hashed(text))
    for tag, directive in (("script", "script-src"), ("style", "style-src-elem")):
        assert written[tag] == set(re.findall(r"'sha256-[^']+'", allowed[directive]))


def test_every_language_and_licence_is_in_it(page: str, contents: Contents) -> None:
    held = blocks(page)
    assert b'lang="zh-Hans"' in held["zh.html"]
    assert b'lang="en"' in held["index.html"]
    for each in (page, held["zh.html"].decode()):
        assert "Apache License" in each
        assert "Mozilla Public License" in each
        texts = re.findall(r'<details id="(licence-\w+)">', each)
        assert len(texts) == 2
        assert set(re.findall(r'href="#(licence-\w+)"', each)) == set(texts)  # the article's


def test_it_ends_with_the_mark_that_nothing_was_cut_off(page: str) -> None:
    assert END in page[-200:]
    assert page.count('data-file="end"') == 1


def test_the_same_site_makes_the_same_file(page: str, sources: Sources) -> None:
    assert single_page(sources).decode() == page


def test_its_pages_are_of_one_version_so_that_languages_mix(page: str) -> None:
    found = re.search(r'<html [^>]*data-version="(\w{16})"', page)
    assert found
    for name in ("index.html", "zh.html"):
        assert f'data-version="{found[1]}"'.encode() in blocks(page)[name]


def test_another_language_is_kept_without_what_only_starts_a_page(page: str) -> None:
    for name in ("index.html", "zh.html"):
        tags = [
            (tag, attributes.get("id"))
            for tag, attributes, _ in Elements(blocks(page)[name].decode()).found
        ]
        assert ("script", "boot-text") in tags
        assert ("script", "boot-manifest") not in tags
        assert len(blocks(page)[name]) < len(page) / 20


@pytest.mark.parametrize(
    "markup", ['<img src="./images/new.png">', '<video poster="./a.webp"></video>']
)
def test_a_page_that_would_ask_for_more_is_refused(sources: Sources, markup: str) -> None:
    template = sources.template.replace("</main>", f"{markup}</main>")
    with pytest.raises(BuildError, match=r"new\.png|a\.webp"):
        single_page(replace(sources, template=template))
