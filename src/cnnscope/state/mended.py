"""Mended addresses: chat programs, course systems and hands change them; the readable is read.

mended("view%3Dconv_1_1%2F3%26amp%3Bscale%3DGLOBAL)", names)   # 'view=conv_1_1/3&scale=global'
mended("view=conv_1_1/3", names)                               # the very same
moved("?embed=relu%23view=relu_1_1/3", "")                     # ('?embed=relu', 'view=relu_1_1/3')

An address that this page wrote comes back as it is, sign by sign.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote, unquote

from cnnscope.state.fields import FIELDS
from cnnscope.state.url import SAFE

KEYS = (*(field.key for field in FIELDS), "tour")
"""All that an address tells something by."""

NUMBERS = frozenset({"kernel", "logits", "play-kernel"})
"""Keys of numbers, in which a plus is a sign; elsewhere forms write it for a space."""

DEPTH = 8
"""How often an address is decoded: each program on its way may have encoded it once more."""

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
"""Signs as East Asian keyboards write them."""

UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
DASHES = dict.fromkeys(range(0x2010, 0x2016), "-")
PLAIN = str.maketrans({**FULL_WIDTH, **UNSEEN, **DASHES, "\\": None})

KNOWN = "|".join(sorted(KEYS, key=len, reverse=True))
STARTS = re.compile(rf"(?<![\w-])(?:{KNOWN})\s*=", re.IGNORECASE)
LAST = re.compile(rf"(?:^|[^\w-])({KNOWN})\W*$", re.IGNORECASE)
ENTITY = re.compile(r"(?:[&;]|%26)(?:(?:amp|%23x26|#x26|%2338|#38)(?:;|%3B))+", re.IGNORECASE)
BETWEEN = re.compile(r"[&?#;](?=[\w.-]+=)")
ENCODED = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
CUT = re.compile(r"%[0-9a-f]?\W*$", re.IGNORECASE)
MARKED_TEXT = ":~:"  # which browsers know and take away, and older ones leave
HASH = re.compile(r"%(?:25)*23|%(?:25)*EF%(?:25)*BC%(?:25)*83|\uff03", re.IGNORECASE)
OPENING = " \t\r\n\"'<([{*`“‘«「『"
Pairs = list[tuple[str, str]]


def mended(address: str, names: Collection[str] = ()) -> str:
    """A fragment as it was before it was changed on the way.

    ``names`` are those of layers, pictures and languages, which may be in any case.
    """
    pairs = pairs_of(address)
    if not any(key in KEYS for key, _ in pairs):
        return address  # an anchor, or nothing that can be mended
    cased = {name.casefold(): name for name in names}
    return "&".join(written(key, value, cased) for key, value in pairs)


def pairs_of(address: str) -> Pairs:
    """Keys and values of a fragment, whatever happened to their signs."""
    text = address.removeprefix("#")
    for _ in range(DEPTH):
        text = ENTITY.sub("&", text)
        if STARTS.search(text.translate(PLAIN)) or not ENCODED.search(text):
            break
        text = unquote(text)
    if any(ord(sign) in FULL_WIDTH for sign in unquote(text)):
        text = unquote(text).translate(PLAIN)
    return [pair for part in parts_of(text) for pair in found_in(part)]


def parts_of(text: str) -> list[str]:
    """The parts of a fragment, also where another sign than ``&`` stands between them."""
    return [part for each in BETWEEN.split(text) for part in each.split("&") if part]


def found_in(part: str) -> Iterator[tuple[str, str]]:
    """The pair that a part is; several where what stands between them was encoded."""
    key, equals, value = part.partition("=")
    key, value = named(key), decoded(key, value)
    first, *more = BETWEEN.split(value) if key != "picture" or STARTS.search(value) else [value]
    yield (key, trimmed(first) if key in KEYS else first) if equals else (part, "")
    for each in more:
        yield from found_in(each)


def named(key: str) -> str:
    """The key of a field that a key must be; another as it is."""
    found = LAST.search(unquoted(key).translate(PLAIN))
    return found[1].casefold() if found else key


def decoded(key: str, value: str) -> str:
    """A value as it reads: decoded as often as it was encoded, in plain signs."""
    if named(key) not in NUMBERS:
        value = value.replace("+", " ")
    value = ended(unquoted(ended(value)))
    return ENTITY.sub("&", value).translate(PLAIN)


def ended(value: str) -> str:
    """A value without half an encoded sign at its end, and what of the page a link marks."""
    return CUT.sub("", value.partition(MARKED_TEXT)[0])


def unquoted(text: str) -> str:
    """A text decoded as often as it was encoded."""
    for _ in range(DEPTH):
        if not ENCODED.search(text):
            break
        text = unquote(text)
    return text


def trimmed(value: str) -> str:
    """A value without what a sentence puts around an address; each ends in a letter or digit."""
    end = len(value)
    while end and not value[end - 1].isalnum():
        end -= 1
    return value[:end].lstrip(OPENING)


def written(key: str, value: str, cased: Mapping[str, str]) -> str:
    """A pair as an address holds it, names in the case in which they are known."""
    if key not in KEYS:
        key = quote(unquote(key), safe="")
        return f"{key}={quote(value, safe=SAFE)}" if value else key
    if key == "lang" and value.casefold() not in cased:
        value = trimmed(re.split(r"[-_]", value)[0])
    name, rest = (value, "") if value.casefold() in cased else divided(value)
    value = cased.get(name.casefold(), name) + rest
    return f"{key}={quote(value, safe=SAFE)}"


def divided(value: str) -> tuple[str, str]:
    """A layer's name, and what stands behind it."""
    name, slash, rest = value.partition("/")
    return name, slash + rest


def moved(query: str, fragment: str) -> tuple[str, str]:
    """A query and a fragment, with what of the query belongs into the fragment there.

    The fragment's own come last, where they count for more.
    """
    before, *behind = HASH.split(query, maxsplit=1)
    stays: list[str] = []
    goes: list[str] = []
    for part in parts_of(ENTITY.sub("&", before.removeprefix("?"))):
        key = named(part.partition("=")[0])
        (goes if key in KEYS else stays).append(part)
    if not goes and not behind:
        return query, fragment
    own = fragment if "=" in unquote(fragment) else ""  # an anchor has been scrolled to
    kept = "&".join(stays)
    return f"?{kept}" if kept else "", "&".join(part for part in (*goes, *behind, own) if part)


def asked(query: str, key: str) -> str | None:
    """What a query gives a key of its own, as ``embed``; None where it does not name it."""
    text = HASH.split(query)[0].removeprefix("?")
    for part in parts_of(ENTITY.sub("&", unquoted(text))):
        name, _, value = part.partition("=")
        if unquote(name).translate(PLAIN).casefold() == key:
            return trimmed(decoded(key, value))
    return None
