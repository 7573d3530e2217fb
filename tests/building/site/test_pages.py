import json
import re

import pytest

from building.errors import BuildError
from building.site.pages import fill, head_markup, language_links, page_name, read_catalogues

ENGLISH = {"language.tag": "en", "language.name": "English", "title": "A & <b>", "boot.start": "Go"}
OTHER = {
    "language.tag": "eo",
    "language.name": "Esperanto",
    "title": "Ĝi",
    "boot.start": "</script>",
}
BOTH = {"en": ENGLISH, "eo": OTHER}


def test_a_string_cannot_be_taken_for_markup():
    page = fill('<p title="{{title}}">{{title}}</p>', {"title": '"<i>&'})
    assert page == '<p title="&quot;&lt;i&gt;&amp;">&quot;&lt;i&gt;&amp;</p>'


def test_a_string_that_is_not_there_is_named():
    with pytest.raises(BuildError, match=r"page\.nothing"):
        fill("{{page.nothing}}", ENGLISH)


def test_every_page_leads_to_the_others_each_named_in_its_own_language():
    links = {own: language_links(own, BOTH, lambda language: f"#{language}") for own in BOTH}
    assert 'href="#eo" hreflang="eo" lang="eo"' in links["en"]
    assert ">Esperanto</a>" in links["en"]
    assert ">English</a>" not in links["en"]
    assert 'href="#en" hreflang="en" lang="en"' in links["eo"]


def test_what_is_said_before_python_is_up_is_whole_and_ends_no_script():
    markup = head_markup(OTHER, BOTH)
    assert markup.count("</script>") == 1
    said = re.search(r'id="boot-text"[^>]*>(.*?)</script>', markup)
    assert said
    assert json.loads(said[1]) == {"start": "</script>"}
    assert re.findall(r'hreflang="(\w+)" href="\./([\w.]+)"', markup) == [
        ("en", "index.html"),
        ("eo", "eo.html"),
    ]


def test_the_first_language_comes_first_whatever_its_name(tmp_path):
    folder = tmp_path / "src" / "cnnscope" / "text"
    folder.mkdir(parents=True)
    for language in ("aa", "en", "zh"):
        (folder / f"{language}.json").write_text(json.dumps({"language.tag": language}))
    assert list(read_catalogues(tmp_path)) == ["en", "aa", "zh"]
    assert [page_name(language) for language in ("en", "aa")] == ["index.html", "aa.html"]
