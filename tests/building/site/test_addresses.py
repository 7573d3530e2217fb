"""The addresses in the site: of files that are there, never from elsewhere."""

import re

from building.site.addresses import Contents

OWN_TEXT = (".html", ".css", ".js", ".json")

ADDRESS = re.compile(
    r"""(?:\b(?:src|href|action|poster)\s*=\s*|url\(|import\s*\(?\s*|from\s+)["']?([^"'\s)>]+)"""
)


def own_texts(contents: Contents) -> dict[str, str]:
    """The files that this project wrote, as text."""
    return {
        name: content.decode()
        for name, content in contents.items()
        if name.endswith(OWN_TEXT) and not name.startswith(("runtime/", "pyscript/"))
    }


def test_nothing_is_loaded_from_an_absolute_address(contents: Contents) -> None:
    for name, text in own_texts(contents).items():
        without_links = re.sub(r"<a\b[^>]*>|<!--.*?-->", "", text, flags=re.DOTALL)
        for found in ADDRESS.findall(without_links):
            assert not found.startswith(("/", "http:", "https:", "//")), f"{name}: {found}"


def test_every_address_in_the_page_leads_to_a_file(contents: Contents) -> None:
    page = re.sub(r"<script>.*?</script>", "", contents["index.html"].decode(), flags=re.DOTALL)
    for found in re.findall(r'(?:src|href)="([^"#]+)"', page):
        if not found.startswith(("https://", "http://", "data:", "mailto:")):
            assert found.split("?")[0].removeprefix("./").split("#")[0] in contents, found
