"""Putting a page together from its template, its words and its parts."""

import re
from dataclasses import replace

import pytest

from building.errors import BuildError
from building.site.addresses import Contents, addressed
from building.site.compose import Sources, compose, linked, put


def test_each_part_goes_where_the_template_asks_for_it() -> None:
    assert put("<p><!-- a --></p><!-- b -->", {"a": "1", "b": "2"}) == "<p>1</p>2"


@pytest.mark.parametrize("template", ["", "<!-- a --><!-- a -->"])
def test_a_template_that_asks_for_a_part_never_or_twice_is_refused(template: str) -> None:
    with pytest.raises(BuildError, match="<!-- a --> once"):
        put(template, {"a": "1"})


def test_an_address_is_replaced_whole_and_only_where_it_is_a_file_s() -> None:
    text = """<a href="./a.png?v=12"> url("../../a.png") url(../a.png) "./b.html" ./a.png"""

    def address(name: str) -> str | None:
        return "./new" if name == "a.png" else None

    assert addressed(text, address) == (
        """<a href="./new"> url("./new") url(./new) "./b.html" ./a.png"""
    )


def test_every_page_is_another_by_its_words_alone(sources: Sources) -> None:
    mode = linked(sources)
    pages = {language: compose(sources, language, mode) for language in sources.catalogues}
    assert len(set(pages.values())) == len(pages) >= 2
    for page in pages.values():
        assert "{{" not in page
        assert "".join(mode.head.values()) in page
        assert mode.python in page
        assert page.index(mode.policy) < page.index("<title>")


def test_a_script_within_an_attribute_is_refused(sources: Sources) -> None:
    """No policy could name it."""
    template = sources.template.replace("</main>", '<p class="a" onclick="go()"></p></main>')
    with pytest.raises(BuildError, match="onclick"):
        compose(replace(sources, template=template), "en", linked(sources))


def test_the_watch_over_the_start_runs_before_all_that_it_watches(contents: Contents) -> None:
    page = contents["index.html"].decode()
    (watch,) = re.findall(r'<script src="\./early\.js\?v=\w+"></script>', page)  # asks for no hash
    for later in ('rel="stylesheet"', "/boot.js", "/offline.js", "<body>"):
        assert page.index(watch) < page.index(later)
    assert "cnnscopeGuard" in contents["early.js"].decode()
    assert not [name for name in contents if name.startswith("early/")]


def test_where_the_first_script_does_not_come_the_page_says_so_itself(contents: Contents) -> None:
    for name in ("index.html", "zh.html"):
        (said,) = re.findall(r'<p id="unstarted"[^>]*>([^<]+)</p>', contents[name].decode())
        assert "Content-Security-Policy" in said


def test_the_skeleton_is_in_the_page(contents: Contents) -> None:
    page = contents["index.html"].decode()
    assert "<!-- skeleton -->" not in page
    assert "data-sample=" in page
    assert contents["images/skeleton.webp"][8:16] == b"WEBPVP8L"  # nothing of it is lost
