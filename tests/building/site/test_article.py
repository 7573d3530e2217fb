"""Putting the article together from its text and its figures."""

from pathlib import Path

import pytest

from building.compile.application import article_languages
from building.errors import BuildError
from building.site.article import article_markup


@pytest.fixture
def root(tmp_path: Path) -> Path:
    text = tmp_path / "public" / "article" / "en.html"
    text.parent.mkdir(parents=True)
    text.write_text("<h2>Nets</h2>\n<figure><!-- figure: relu --></figure>\n", encoding="utf-8")
    return tmp_path


def test_a_figure_goes_where_the_text_asks_for_it(root: Path) -> None:
    (root / "made" / "en").mkdir(parents=True)
    (root / "made" / "en" / "relu.svg").write_text("<svg></svg>", encoding="utf-8")
    markup = article_markup(root, "en", root / "made")
    assert markup == "<h2>Nets</h2>\n<figure><svg></svg></figure>"


def test_a_figure_that_nobody_draws_is_named(root: Path) -> None:
    with pytest.raises(BuildError, match=r"en\.html: expected a figure 'relu'"):
        article_markup(root, "en", root / "made")


def test_what_languages_share_goes_where_each_text_asks_for_it(root: Path) -> None:
    folder = root / "public" / "article"
    (folder / "zh.html").write_text("<h2></h2>\n<!-- part: books -->\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"zh\.html: expected a part 'books'"):
        article_markup(root, "zh", root)
    (folder / "parts").mkdir()
    (folder / "parts" / "books.html").write_text("<ol></ol>\n", encoding="utf-8")
    assert article_markup(root, "zh", root) == "<h2></h2>\n<ol></ol>"
    assert article_languages(root) == ["en", "zh"]


def test_languages_are_those_of_the_texts(root: Path) -> None:
    (root / "public" / "article" / "zh.html").write_text("<h2></h2>", encoding="utf-8")
    assert article_languages(root) == ["en", "zh"]
    assert article_markup(root, "fr", root) == ""
