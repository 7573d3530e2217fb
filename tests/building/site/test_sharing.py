"""What others show of the page where its address is shared."""

import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from PIL import Image

from building.errors import BuildError
from building.site.addresses import Contents
from building.site.compose import Sources
from building.site.sharing import SIZE, whole_address
from building.site.single import single_page
from building.site.site import linked_pages

ADDRESS = "https://example.org/cnnscope/"


class Tags(HTMLParser):
    """The meta elements of a page, by name or property."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("property") or given.get("name")
        if tag == "meta" and name:
            self.found[name] = given.get("content") or ""


@pytest.mark.parametrize(
    ("page", "own", "other"), [("index.html", "en_GB", "zh_CN"), ("zh.html", "zh_CN", "en_GB")]
)
def test_every_page_says_what_it_is_in_its_language(
    contents: Contents, page: str, own: str, other: str
) -> None:
    tags = Tags(contents[page]).found
    assert tags["og:type"] == "website"
    assert (tags["og:locale"], tags["og:locale:alternate"]) == (own, other)
    assert tags["og:description"] == tags["twitter:description"] == tags["description"]
    assert tags["og:title"] == tags["twitter:title"]
    assert f"<title>{tags['og:title']}</title>" in contents[page].decode()
    assert tags["og:image:alt"]
    assert tags["twitter:card"] == "summary_large_image"
    assert "og:url" not in tags  # where it will lie is not known


def test_the_picture_is_one_of_the_site_s_files_in_the_size_that_is_told(
    contents: Contents,
) -> None:
    tags = Tags(contents["index.html"]).found
    name = tags["og:image"].removeprefix("./").split("?")[0]
    with Image.open(io.BytesIO(contents[name])) as picture:
        assert picture.size == SIZE == (1200, 630)
        assert picture.get_format_mimetype() == tags["og:image:type"]
    told = tags["og:image:width"], tags["og:image:height"]
    assert told == tuple(map(str, SIZE))
    assert len(contents[name]) < 600_000  # the least that some who show links will load


def test_told_where_it_will_lie_a_page_names_whole_addresses(sources: Sources) -> None:
    pages = linked_pages(replace(sources, address=ADDRESS))
    tags = {name: Tags(page).found for name, page in pages.items()}
    assert tags["index.html"]["og:url"] == ADDRESS
    assert tags["zh.html"]["og:url"] == f"{ADDRESS}zh.html"
    for each in tags.values():
        assert each["og:image"].startswith(f"{ADDRESS}images/preview.png?v=")
        assert each["twitter:image"] == each["og:image"]


@pytest.mark.parametrize("typed", ["https://example.org/cnnscope", ADDRESS])
def test_the_address_of_a_folder_ends_in_a_slash(typed: str) -> None:
    assert whole_address(typed) == ADDRESS


@pytest.mark.parametrize("typed", ["example.org", "ftp://example.org/", "https://example.org/?a=b"])
def test_what_is_no_address_of_a_folder_is_refused(typed: str) -> None:
    with pytest.raises(BuildError, match="--address"):
        whole_address(typed)


def test_the_page_in_one_file_holds_neither_the_picture_nor_its_tags(sources: Sources) -> None:
    page = single_page(sources)
    assert b"og:" not in page
    assert b"preview.png" not in page
