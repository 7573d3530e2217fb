"""Every language says all that English says, and Chinese says it in the field's own words."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from support.chinese_terms import CHINESE

FOLDER = Path(__file__).parents[2] / "src" / "cnnscope" / "text"


def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """A catalogue none of whose keys is written twice."""
    keys = [key for key, _ in pairs]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []
    return dict(pairs)


CATALOGUES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)
    for path in FOLDER.glob("*.json")
}
ENGLISH = CATALOGUES["en"]
OTHERS = sorted(CATALOGUES.keys() - {"en"})
ZH = CATALOGUES["zh"]

WORDLESS = {
    "activation.how.relu_six", "activation.how.sigmoid", "activation.how.tanh",
    "card.logit", "card.rank.value", "column.short.relu", "figure.pooling.after",
    "figure.relu.formula", "figure.softmax.logit", "figure.softmax.temperature", "flatten.softmax",
    "flatten.sigmoid", "layer.title.relu", "flatten.span", "language.tag", "page.locale",
    "channelwise.channel.of", "softmax.head.exponential", "softmax.head.logit",
    "playground.code.keras", "playground.code.numpy", "playground.code.torch",
    "playground.preset.same", "playground.preset.valid", "why.total",
}  # fmt: skip
"""Strings of names, numbers and formulas that need no Chinese word."""

UNNAMED = {("class", "rival.none")}
"""Term and key where Chinese has no need to name what English names."""

HAN = "\u3400-\u9fff"
MARKS = "，。：；？！、（）“”《》…"


def placeholders(text: str) -> set[str]:
    """What is filled in; a language may have to say a number twice."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def unfilled(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_keys_of_english_in_their_order(language):
    strings = CATALOGUES[language]
    assert sorted(ENGLISH.keys() - strings.keys()) == []
    assert sorted(strings.keys() - ENGLISH.keys()) == []
    assert list(strings) == list(ENGLISH)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_fills_in_what_english_fills_in(language):
    strings = CATALOGUES[language]
    assert [k for k in ENGLISH if placeholders(ENGLISH[k]) != placeholders(strings[k])] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_string_is_empty_or_ends_in_a_space(language):
    strings = CATALOGUES[language]
    assert [key for key, text in strings.items() if not text or text != text.strip()] == []


def test_every_sentence_is_in_chinese():
    in_words = {k for k, text in ENGLISH.items() if re.search("[A-Za-z]", unfilled(text))}
    assert {key for key in in_words if not re.search(f"[{HAN}]", ZH[key])} == WORDLESS


def test_an_idea_has_one_word():
    """Where English uses a term, Chinese uses the word for it."""
    lacking = []
    for term, (word, _) in CHINESE.items():
        pattern = re.compile(rf"\b{term}(s|es)?\b", re.IGNORECASE)
        lacking += [
            (term, key)
            for key, text in ENGLISH.items()
            if pattern.search(unfilled(text)) and word not in ZH[key].lower()
        ]
    assert set(lacking) == UNNAMED


def test_no_other_word_is_used_for_an_idea():
    avoided = {word for _, words in CHINESE.values() for word in words.split()}
    assert [(k, word) for k, text in ZH.items() for word in avoided if word in text] == []


SETTING = [
    f"[{HAN}][A-Za-z0-9]",
    f"[A-Za-z0-9][{HAN}]",
    f"[{HAN}][,;:?!]",
    f" [{MARKS}]",
    f"[{MARKS}] (?![=+])",
    f"[{HAN}] [{HAN}]",
]
"""What is not written: no space between Han and Latin, marks of half width, spaces beside marks."""


IN_HAN = (
    "against", "answer", "colour", "moved", "name", "none", "noun", "nouns", "now", "opposed",
    "parts", "rival", "title", "true", "was",
)  # fmt: skip
"""Placeholders of words, which are Chinese; others are of numbers and of names."""


def test_chinese_is_set_with_one_convention():
    wrong = []
    for key, text in ZH.items():
        plain = re.sub(rf"\{{({'|'.join(IN_HAN)})\}}", "字", text)
        plain = re.sub(r"\{\w+\}", "8", plain)
        wrong += [(key, found) for each in SETTING for found in re.findall(each, plain)]
    assert wrong == []
