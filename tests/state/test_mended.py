"""Addresses that were changed on the way, and what of them is read."""

import random
from urllib.parse import parse_qsl, quote

import pytest

from cnnscope.state.mended import KEYS, asked, mended, moved
from cnnscope.state.url import from_hash, to_hash
from state.test_url import any_state
from support.monkey.addresses import HASHES

NAMES = {"conv_1_1", "relu_1_1", "output", "Block1_Conv", "koala", "global", "on", "en", "zh"}

ADDRESS = "picture=koala&view=conv_1_1/3&cell=12,7&kernel=conv_1_1/3/0:-0.25,1e%2B10,1&scale=global"

ON_THE_WAY = {
    "encoded whole": lambda text: quote(text, safe=""),
    "encoded twice": lambda text: quote(quote(text, safe=""), safe=""),
    "encoded three times": lambda text: quote(quote(quote(text, safe=""), safe=""), safe=""),
    "values encoded once more": lambda text: text.replace("%", "%25").replace("/", "%2F"),
    "decoded": lambda text: text.replace("%2B", "+"),
    "in small hexadecimal": lambda text: quote(text, safe="").replace("%2F", "%2f"),
    "written as HTML": lambda text: text.replace("&", "&amp;"),
    "written as HTML twice": lambda text: text.replace("&", "&amp;amp;"),
    "written as HTML by number": lambda text: text.replace("&", "&#38;"),
    "as HTML and encoded": lambda text: quote(text.replace("&", "&amp;"), safe=""),
    "signs between encoded": lambda text: text.replace("&", "%26"),
    "signs between and equals encoded": lambda text: text.replace("&", "%26").replace("=", "%3D"),
    "another sign between": lambda text: text.replace("&", ";"),
    "a second hash": lambda text: text.replace("&scale", "#scale"),
    "a hash too many": lambda text: f"#{text}",
    "a question mark before": lambda text: f"?{text}",
    "upper case": lambda text: text.upper(),
    "full width": lambda text: text.translate({ord("="): "＝", ord("&"): "＆", ord("/"): "／"}),
    "full width, encoded": lambda text: quote(text.replace("=", "＝"), safe="%,"),
    "ends a sentence": lambda text: f"{text}.",
    "ends a Chinese sentence": lambda text: f"{text}。",
    "in brackets": lambda text: f"{text})",
    "in angle brackets": lambda text: f"{text}%3E",
    "in quotes": lambda text: f"%22{text}%22",
    "in curly quotes": lambda text: f"“{text}”,",
    "in Markdown": lambda text: text.replace("_", "\\_") + "**",
    "a line's end within": lambda text: text.replace("&", "%0A&"),
    "spaces around": lambda text: f"%20{text}%20",
    "an unseen sign": lambda text: text.replace("/", "\u200b/"),
    "a soft hyphen": lambda text: text.replace("conv", "con\u00adv"),
    "cut within a sign": lambda text: f"{text}%2",
    "followed": lambda text: f"{text}&fbclid=IwAR0x_y",
    "followed from the front": lambda text: f"utm_source=a&{text}",
    "followed by a query": lambda text: f"{text}?utm_source=news&utm_medium=mail",
    "marked text": lambda text: f"{text}:~:text=a%20kernel",
}  # fmt: skip


@pytest.mark.parametrize("change", ON_THE_WAY.values(), ids=list(ON_THE_WAY))
def test_nothing_of_an_address_is_lost_that_was_changed_on_the_way(change):
    read = mended(change(ADDRESS), NAMES)
    assert from_hash(read) == from_hash(ADDRESS)
    assert [key for key, _ in parse_qsl(read) if key in KEYS] == [
        key for key, _ in parse_qsl(ADDRESS)
    ]


@pytest.mark.parametrize("one", ON_THE_WAY.values(), ids=list(ON_THE_WAY))
def test_nor_where_it_was_changed_twice(one):
    address = "view=conv_1_1/3&scale=global"
    for other in ON_THE_WAY.values():
        came = other(one(address))
        assert from_hash(mended(came, NAMES)) == from_hash(address), came


def test_an_address_of_the_page_stays_as_it_is():
    for _ in range(1000):
        address = to_hash(any_state())
        assert mended(address, NAMES) == address


@pytest.mark.parametrize("address", ["", "pooling", "no-such-anchor", "%", "=&=&", "viev=a", "a=b"])
def test_what_names_nothing_of_the_page_stays_as_it_is(address):
    assert mended(address, NAMES) == address


def test_whatever_an_address_is_it_is_read_once():
    rng = random.Random(3)
    signs = "view=conv_1_1/3&%25#?;:amp+＝＆．。\u200b\"')%ZZlang"
    for _ in range(500):
        once = mended(rng.choice(HASHES)[:200] + "".join(rng.choices(signs, k=12)), NAMES)
        assert from_hash(mended(once, NAMES)) == from_hash(once), once


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("TOUR=4", "tour=4"),
        ("View=block1_conv/2", "view=Block1_Conv/2"),
        ("view=Unknown/2", "view=Unknown/2"),
        ("lang=zh-CN", "lang=zh"),
        ("lang=zh_Hans", "lang=zh"),
        ("LANG=EN", "lang=en"),
        ("tour=４", "tour=4"),
        ("play–kernel=blur", "play-kernel=blur"),
        ("view=conv_1_1/3&global", "view=conv_1_1/3&global"),
        ("kernel=conv_1_1/0/0:-1,+2", "kernel=conv_1_1/0/0:-1,%2B2"),
    ],
)
def test_what_people_type_is_read(said, read):
    assert mended(said, NAMES) == read


@pytest.mark.parametrize(
    ("query", "fragment", "then"),
    [
        ("", "view=conv_1_1/3", ("", "view=conv_1_1/3")),
        ("?probe", "", ("?probe", "")),
        ("?embed=relu", "pooling", ("?embed=relu", "pooling")),
        ("?worker=off&utm_source=a%20b", "", ("?worker=off&utm_source=a%20b", "")),
        ("?lang=zh", "", ("", "lang=zh")),
        ("?LANG=zh&probe", "view=conv_1_1/3", ("?probe", "LANG=zh&view=conv_1_1/3")),
        ("?lang=zh", "lang=en", ("", "lang=zh&lang=en")),
        ("?lang=zh", "pooling", ("", "lang=zh")),
        ("?tour=4", "", ("", "tour=4")),
        ("?utm_source=a&view=relu_1_1/3", "", ("?utm_source=a", "view=relu_1_1/3")),
        ("?embed=relu%23view=relu_1_1/3", "", ("?embed=relu", "view=relu_1_1/3")),
        ("?embed=relu%2523view%253Drelu_1_1/3", "", ("?embed=relu", "view%253Drelu_1_1/3")),
        ("?embed=relu%EF%BC%83view=relu_1_1/3", "", ("?embed=relu", "view=relu_1_1/3")),
        ("?embed=relu＃view=relu_1_1/3", "", ("?embed=relu", "view=relu_1_1/3")),
        ("?embed=relu&amp;lang=zh", "", ("?embed=relu", "lang=zh")),
        ("?%23view=relu_1_1/3", "", ("", "view=relu_1_1/3")),
    ],
)  # fmt: skip
def test_what_of_a_query_belongs_behind_the_hash_goes_there(query, fragment, then):
    assert moved(query, fragment) == then


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?embed=convolution", "convolution"),
        ("?embed=Convolution", "Convolution"),
        ("?EMBED=relu", "relu"),
        ("?utm_source=a&embed=relu", "relu"),
        ("?utm_source=a&amp;embed=relu", "relu"),
        ("?utm_source=a?embed=relu", "relu"),
        ("?embed%3Drelu", "relu"),
        ("?embed=relu%22", "relu"),
        ("?embed=relu%23view=relu_1_1/3", "relu"),
        ("?embed=max%20pool", "max pool"),
        ("?embed=", ""),
        ("?probe", None),
        ("", None),
    ],
)
def test_the_view_that_a_query_asks_for_is_read(query, name):
    assert asked(query, "embed") == name
