import json
import re
from pathlib import Path

from cnnscope.nn.layers import KINDS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "cnnscope"
PRERENDER = ROOT / "src" / "prerender"
PUBLIC = ROOT / "public"
OF_THE_BUILD = {
    *("language.tag", "language.name", "page.licence", "page.locale", "page.made", "page.others"),
    *("page.preview", "page.source", "page.source.archive"),
}
STRINGS = json.loads((PACKAGE / "text" / "en.json").read_text(encoding="utf-8"))


def source() -> str:
    paths = (path for package in (PACKAGE, PRERENDER) for path in sorted(package.rglob("*.py")))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def asked_for() -> list[re.Pattern[str]]:
    """Keys that the code writes down, a placeholder standing for one part or more of a key."""
    written = re.findall(r"""["']([a-z_]+(?:\.[\w{}.\[\]]+)*)["']""", source())
    parts = (map(re.escape, re.split(r"\{.*?\}", key)) for key in written)
    return [re.compile("[a-z_.-]+".join(part)) for part in parts]


def test_every_string_is_used():
    patterns = asked_for()
    elsewhere = in_the_page() | said_while_starting() | OF_THE_BUILD
    unused = [
        key
        for key in STRINGS.keys() - elsewhere
        if not key.startswith("picture.error.") and not any(p.fullmatch(key) for p in patterns)
    ]
    assert unused == []


def in_the_page() -> set[str]:
    """Keys that the page's template asks for."""
    return set(re.findall(r"\{\{([\w.]+)\}\}", (PUBLIC / "index.html").read_text(encoding="utf-8")))


def said_while_starting() -> set[str]:
    """Keys that the scripts ask for that bring Python up."""
    scripts = [path for path in sorted(PUBLIC.rglob("*.js")) if path.name != "sw.js"]
    scripts.append(ROOT / "src" / "building" / "site" / "single.js")
    text = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    names = re.findall(r'"(\w+)"|\btext\.(\w+)|^const PERCENT = \{ (\w+): \d+, (\w+): \d+, (\w+)',
                       text, re.MULTILINE)  # fmt: skip
    found = {name for names in names for name in names if name}
    return {f"boot.{place}{name}" for name in found for place in ("", "offline.")}


def test_the_page_and_its_start_have_all_their_words():
    scripts = [PUBLIC / "boot.js", *(PUBLIC / "boot").glob("*.js")]
    text = "".join(path.read_text("utf-8") for path in scripts)
    asked = re.findall(r'(?:say|phrase)\("(\w+)"|fileError\(file, "(\w+)"', text)
    assert {f"boot.{one or other}" for one, other in asked} <= set(STRINGS)
    assert len(asked) >= 8
    assert in_the_page() <= set(STRINGS)


def test_every_kind_of_layer_that_is_drawn_has_its_words():
    drawn = [kind.kind for kind in KINDS if kind.draws != "vector"]
    assert {"conv", "max_pool", "output"} <= set(drawn)
    places = ("column", "column.short", "card.about")
    needed = {f"{place}.{kind}" for kind in drawn for place in places}
    assert sorted(needed - STRINGS.keys()) == []


def test_every_refusal_of_a_picture_has_its_words():
    codes = set(re.findall(r'PictureError\(\s*"(\w+)"', source()))
    assert codes
    assert {f"picture.error.{code}" for code in codes} <= set(STRINGS)


def test_no_string_is_empty_or_ends_in_a_space():
    assert [key for key, text in STRINGS.items() if not text or text != text.strip()] == []
