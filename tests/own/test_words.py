"""The door's strings: every language has them all, and everything that may be said has one."""

import re
from pathlib import Path
from string import Formatter

import pytest

from cnnscope_own.case import FUNCTIONS, POOLINGS
from cnnscope_own.fitting import FITS
from cnnscope_own.opened import SCALES
from cnnscope_own.words import FOLDER, words
from cnnscope_readers.architecture.printed import REASONS as PRINTED
from cnnscope_readers.errors import REASONS
from cnnscope_readers.registry import KINDS

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
SOURCE = Path(__file__).parents[2] / "src" / "cnnscope_own"
STANDINGS = ("told", "preset", "proved", "guess")
LIMITED = (
    "side",
    "layers",
    "channels",
    "classes",
    "parameters",
    "values",
    "flop",
    "bytes",
    "members",
)
SAID = {
    *(f"own.refused.{reason}" for reason in REASONS),
    *(f"own.printed.{reason}" for reason in PRINTED),
    *(f"own.kind.{kind.name}" for kind in KINDS if kind.name != "other"),
    *(f"own.function.{name}" for name in FUNCTIONS),
    *(f"own.pooling.{name}" for name in POOLINGS),
    *(f"own.fit.{name}" for name in FITS),
    *(f"own.scale.{name}" for name in SCALES),
    *(f"own.standing.{name}{end}" for name in STANDINGS for end in ("", ".hint")),
    *(f"own.what.{what}" for what in LIMITED),
    *(f"own.proof.{verdict}" for verdict in ("proved", "ambiguous", "none")),
    *(f"own.box.{name}" for name in ("input", "conv2d", "max_pool2d", "avg_pool2d", "dense",
                                     "global_avg_pool2d", "global_max_pool2d", "size", "stride",
                                     "padding")),
}  # fmt: skip


def filled(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_a_language_has_the_keys_of_english_in_their_order():
    assert LANGUAGES == ["en", "zh"]
    assert list(words("zh").strings) == list(words("en").strings)


def test_a_language_fills_in_what_english_fills_in():
    english = words("en").strings
    for key, text in words("zh").strings.items():
        assert filled(text) == filled(english[key]), key


def test_every_string_is_used_and_every_key_has_one():
    code = "".join(path.read_text("utf-8") for path in SOURCE.glob("*.py"))
    named = set(re.findall(r'"(own\.[\w.]+)"', code))
    keys = set(words("en").strings)
    assert keys >= SAID
    assert keys - SAID <= named


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_can_be_filled_with_the_values_of_its_reason(language):
    for group, reasons in (("refused", REASONS), ("printed", PRINTED)):
        for reason, names in reasons.items():
            said = words(language)(f"own.{group}.{reason}", **dict.fromkeys(names, "<value>"))
            assert said.strip()
            assert said.count("<value>") >= len(names) or group == "refused", reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_is_empty_or_ends_in_a_space(language):
    assert [key for key, text in words(language).strings.items() if text != text.strip()] == []
    assert all(words(language).strings.values())
