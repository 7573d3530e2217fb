import json
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "cnnscope"
STRINGS = json.loads((PACKAGE / "text" / "en.json").read_text(encoding="utf-8"))


def source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))


def asked_for() -> list[re.Pattern[str]]:
    """Keys that the code writes down, a placeholder standing for one part or more of a key."""
    written = re.findall(r"""["']([a-z_]+(?:\.[\w{}.\[\]]+)*)["']""", source())
    parts = (map(re.escape, re.split(r"\{.*?\}", key)) for key in written)
    return [re.compile("[a-z_.]+".join(part)) for part in parts]


def test_every_string_is_used():
    patterns = asked_for()
    unused = [
        key
        for key in STRINGS
        if not key.startswith("picture.error.") and not any(p.fullmatch(key) for p in patterns)
    ]
    assert unused == []


def test_every_refusal_of_a_picture_has_its_words():
    codes = set(re.findall(r'PictureError\(\s*"(\w+)"', source()))
    assert codes
    assert {f"picture.error.{code}" for code in codes} <= set(STRINGS)


def test_no_string_is_empty_or_ends_in_a_space():
    assert [key for key, text in STRINGS.items() if not text or text != text.strip()] == []
