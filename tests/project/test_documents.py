"""What is written for people: the files that it names are there, so are the words it explains."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from support.sites import ROOT

CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
GLOSSARY = ROOT / ".github" / "GLOSSARY.md"
README = ROOT / "README.md"
DOCUMENTS = [README, ROOT / "CHANGELOG.md", CONTRIBUTING, GLOSSARY,
             ROOT / "src" / "scenes" / "README.md", ROOT / "weights" / "README.md"]  # fmt: skip
BASES = (ROOT, ROOT / "src", ROOT / "src" / "cnnscope")
NO_PATHS = {"application/wasm", "conv_1_1/3"}
MADE = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()}
ENDINGS = "css|html|js|json|md|mjs|npz|py|svg|toml|webp"
PATH = re.compile(rf"[\w.-]+(?:/[\w.-]+)+/?|[\w.-]+(?:/|\.(?:{ENDINGS}))")
PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b")
ENTRY = re.compile(r"- \*\*([\w ]+)\*\*: .+ `([^`]+)`")
MAP_LINE = re.compile(r"( *)([\w./-]+) {2,}\S")
LONGEST = 120  # lines of the guide: two pages

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def prose(path: Path) -> str:
    """A document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def named_paths(path: Path) -> set[str]:
    """What a document names in code type that looks like a file or a folder."""
    spans = set(re.findall(r"`([^`\n]+)`", prose(path))) - NO_PATHS
    return {span for span in spans if PATH.fullmatch(span) and span.split("/")[0] not in MADE}


@cache
def names_of_files() -> frozenset[str]:
    """Names of the files that lie anywhere in the project's folders."""
    folders = ("src", "public", "weights", "tests", ".github")
    found = (file.name for folder in folders for file in (ROOT / folder).rglob("*.*"))
    return frozenset(found) | {file.name for file in ROOT.iterdir()}


def is_there(name: str, beside: Path) -> bool:
    """Whether there is such a file or folder; a word in capitals stands for any name."""
    pattern = PLACEHOLDER.sub("*", name.rstrip("/"))
    return (
        any((base / name).exists() for base in (beside, *BASES))
        or (pattern != name and any(any(base.glob(pattern)) for base in BASES))
        or name in names_of_files()
    )


@each_document
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    assert [name for name in sorted(named_paths(path)) if not is_there(name, path.parent)] == []


@each_document
def test_every_link_to_a_file_leads_to_one(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(path))
    local = [link.split("#")[0] for link in links if not re.match(r"\w+:|#", link)]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_the_check_sees_what_is_named_and_what_is_not_there() -> None:
    assert {"nn/layers/__init__.py", "views/NAME", "state/state.py"} <= named_paths(CONTRIBUTING)
    assert not is_there("nn/layers/conv9d.py", ROOT)
    assert not is_there("scene/NAME.py", ROOT)
    assert is_there("text/LANGUAGE.json", ROOT)


def test_the_readme_leads_to_the_guide_and_the_guide_to_the_glossary() -> None:
    assert "(.github/CONTRIBUTING.md)" in prose(README)
    assert "(.github/GLOSSARY.md)" in prose(README)
    assert "(GLOSSARY.md)" in prose(CONTRIBUTING)
    assert "(house.svg)" in prose(CONTRIBUTING)


def test_the_guide_can_be_read_at_one_sitting() -> None:
    assert len(CONTRIBUTING.read_text("utf-8").splitlines()) <= LONGEST


def test_every_python_file_that_a_style_sheet_or_a_script_names_is_there() -> None:
    public = ROOT / "public"
    for path in [*public.rglob("*.css"), *public.rglob("*.js")]:
        named = re.findall(r"[\w/-]+\.py\b", path.read_text("utf-8"))
        assert [name for name in named if not is_there(name, path.parent)] == [], path


def test_what_the_workflows_call_is_there() -> None:
    for path in (ROOT / ".github" / "workflows").iterdir():
        named = re.findall(r"(?:src|tests)/[\w/.-]+|\.ci/\w+|\b\w+\.py\b", path.read_text("utf-8"))
        assert {".ci/run", "build.py"} <= set(named)
        assert [name for name in named if not (ROOT / name).exists()] == []


def mapped() -> Iterator[str]:
    """The paths that the README's map has a line for; what is set in lies in the one above."""
    (drawn,) = re.findall(r"^## Map\n+```\n(.*?)^```$", README.read_text("utf-8"),
                          flags=re.DOTALL | re.MULTILINE)  # fmt: skip
    above = ""
    for line in drawn.splitlines():
        found = MAP_LINE.match(line)
        assert found, line
        above = above if found[1] else found[2]
        yield above + found[2] if found[1] else found[2]


def test_the_map_has_a_line_for_every_folder_and_none_for_what_is_not_there() -> None:
    lines = list(mapped())
    assert [line for line in lines if not (ROOT / line).exists()] == []
    assert len(set(lines)) == len(lines)
    folders = {
        f"{path.relative_to(ROOT).as_posix()}/"
        for above in ("src", "src/cnnscope", "src/building", "public")
        for path in (ROOT / above).iterdir()
        if path.is_dir() and not path.name.startswith(("_", "."))
    }
    assert folders - set(lines) == {"public/images/"}


def entries() -> list[tuple[str, str]]:
    """The glossary's words, each with where it lives."""
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("- ")]
    found = [ENTRY.fullmatch(line) for line in lines]
    assert [line for line, each in zip(lines, found, strict=True) if each is None] == []
    return [(each[1], each[2]) for each in found if each]


def spaced(text: str) -> str:
    """Words as they are spoken: ``OWN_PICTURE`` and ``OwnPicture`` are an own picture."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.sub(r"[_-]", " ", apart).lower()


@pytest.mark.parametrize(("word", "place"), entries(), ids=lambda each: each)
def test_every_word_of_the_glossary_is_in_the_file_where_it_lives(word: str, place: str) -> None:
    path = next(base / place for base in BASES if (base / place).is_file())
    assert re.search(rf"\b{spaced(word)}\b", spaced(path.read_text("utf-8")))


def test_the_glossary_has_each_word_once_and_in_order() -> None:
    words = [word.lower() for word, _ in entries()]
    assert len(words) > 50
    assert words == sorted(set(words))
