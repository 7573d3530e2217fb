"""An article in another language is the English one: same parts, same links, same numbers."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.articles import TEXTS, tree, words
from support.chinese_terms import CHINESE

ENGLISH = next(path for path in TEXTS if path.stem == "en")
CHINESE_TEXT = ENGLISH.with_name("zh.html")
each_translation = pytest.mark.parametrize(
    "path", [path for path in TEXTS if path != ENGLISH], ids=lambda path: path.stem
)

NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")
COUNTED_OTHERWISE = {"zh": {"5.6": "560"}}  # millions in units of ten thousand
EXPLAINED = {"特征图", "滤波器", "稠密层"}
"""Other words for an idea that the article names once, as a reader will meet them elsewhere."""

UNNAMED = {("hyperparameters", "rounding")}
"""Section and term where English means something else: there, rounding down."""


def attributes(path: Path, name: str) -> list[str]:
    return [element.attrib[name] for element in tree(path).iter() if name in element.attrib]


def headings(path: Path) -> list[str]:
    return [element.tag for element in tree(path).iter() if re.fullmatch(r"h\d", element.tag)]


def figures(path: Path) -> list[str]:
    return re.findall(r"<!-- figure: (\w+) -->", path.read_text(encoding="utf-8"))


def tables(path: Path) -> list[list[int]]:
    return [[len(list(row)) for row in table.iter("tr")] for table in tree(path).iter("table")]


def formulas(path: Path) -> list[str]:
    return [ElementTree.tostring(each, encoding="unicode").strip() for each in formulas_of(path)]


def formulas_of(path: Path) -> list[ElementTree.Element]:
    found = list(tree(path).iter("math"))
    for each in found:
        each.tail = None
    return found


def sections(path: Path) -> dict[str, ElementTree.Element]:
    return {section.attrib["id"]: section for section in tree(path).iter("section")}


@each_translation
@pytest.mark.parametrize("name", ["id", "href", "aria-labelledby", "data-table", "data-key"])
def test_its_parts_and_links_are_the_same(path: Path, name: str):
    assert attributes(path, name) == attributes(ENGLISH, name)


@each_translation
@pytest.mark.parametrize("part", [headings, figures, tables, formulas])
def test_its_structure_is_the_same(path: Path, part):
    assert part(ENGLISH)
    assert part(path) == part(ENGLISH)


@each_translation
@pytest.mark.parametrize("tag", ["p", "li", "dt", "dd", "th", "td", "figcaption", "b", "code"])
def test_nothing_is_left_out(path: Path, tag: str):
    """Section by section, it has as many paragraphs, items, terms and cells."""
    here, there = (
        {name: len(list(section.iter(tag))) for name, section in sections(each).items()}
        for each in (path, ENGLISH)
    )
    assert here == there


@each_translation
def test_its_numbers_are_the_same(path: Path):
    otherwise = COUNTED_OTHERWISE.get(path.stem, {})
    for name, section in sections(path).items():
        english = NUMBER.findall(words(sections(ENGLISH)[name]))
        wanted = Counter(otherwise.get(number, number) for number in english)
        assert Counter(NUMBER.findall(words(section))) == wanted, name


@each_translation
def test_its_claims_are_marked_as_those_in_english(path: Path):
    here, there = (
        {
            name: Counter(e.get("data-fact") for e in section.iter() if e.get("data-fact"))
            for name, section in sections(each).items()
        }
        for each in (path, ENGLISH)
    )
    assert here == there


def test_chinese_uses_the_words_of_the_glossary():
    text = words(tree(CHINESE_TEXT))
    avoided = [word for _, others in CHINESE.values() for word in others.split()]
    assert [word for word in avoided if word in text and word not in EXPLAINED] == []
    assert {word: text.count(word) for word in EXPLAINED} == dict.fromkeys(EXPLAINED, 1)


def test_chinese_names_in_each_section_what_english_names():
    lacking = {
        (name, term)
        for term, (word, _) in CHINESE.items()
        for name, section in sections(ENGLISH).items()
        if name != "references"
        and re.search(rf"\b{term}(s|es)?\b", words(section), re.IGNORECASE)
        and word not in words(sections(CHINESE_TEXT)[name]).lower()
    }
    assert lacking == UNNAMED
