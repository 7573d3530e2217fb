"""The article as it is written: sound HTML, links that lead somewhere, numbers that are true."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cnnscope.panels.live_figures.registry import DRAWINGS
from cnnscope.state.state import Overview
from cnnscope.state.url import from_hash
from cnnscope.state.validation import validated
from cnnscope.text import load_text
from cnnscope.views.registry import view_facts
from prerender.figures.registry import FIGURES
from support.articles import (
    DIGITS,
    NETWORK,
    PICTURES,
    TEXTS,
    facts,
    ids,
    parameter_rows,
    stranger_rows,
    tree,
    words,
)

SECTIONS = [
    "what", "tensors", "input-layer", "convolution", "hyperparameters", "kernels", "relu",
    "activations", "pooling", "flatten", "hidden-layers", "softmax", "training",
    "batch-normalisation", "mistakes", "lenet", "own-network", "page", "references", "credits",
]  # fmt: skip
IN_WORDS: dict[str, dict[str, str]] = {"en": {}, "zh": {"a tenth": "十分之一"}}
"""Facts that a language does not write in digits, in English and in that language."""

SHIPPED = {
    "photos": (NETWORK, PICTURES),
    "digits": (DIGITS.network, list(DIGITS.samples)),
}
"""Networks and the samples that come with them, by the names that addresses have."""

OUTSIDE = {"article", "network"}  # ids of the page around it
each_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)


def links(article: ElementTree.Element, start: str) -> list[str]:
    found = (a.get("href", "") for a in article.iter("a"))
    return [href.removeprefix(start) for href in found if href.startswith(start)]


def test_there_is_an_article():
    assert [path.stem for path in TEXTS][:1] == ["en"]


@each_text
def test_ids_are_used_once(path: Path):
    assert [name for name, count in Counter(ids(tree(path))).items() if count > 1] == []


@each_text
def test_sections_are_those_that_the_page_links_to(path: Path):
    article = tree(path)
    assert [section.get("id") for section in article.iter("section")] == SECTIONS
    assert links(article.find("nav"), "#") == SECTIONS
    for section in article.iter("section"):
        heading = section.find("h3/a")
        assert heading is not None
        assert heading.get("href") == f"#{section.get('id')}"


@each_text
def test_headings_leave_no_level_out(path: Path):
    levels = [int(e.tag[1]) for e in tree(path).iter() if re.fullmatch(r"h\d", e.tag)]
    assert levels[0] == 2
    assert levels.count(2) == 1
    steps = pairwise(levels)
    assert [(a, b) for a, b in steps if b > a + 1 or b < 2] == []


@each_text
def test_every_link_within_the_page_leads_somewhere(path: Path):
    article = tree(path)
    anchors = [href for href in links(article, "#") if "=" not in href]
    assert set(anchors) - set(ids(article)) - OUTSIDE == set()


@each_text
def test_every_link_into_a_network_shows_what_it_names(path: Path):
    seen = [href for href in links(tree(path), "#") if "=" in href]
    assert len(seen) >= 10
    for href in seen:
        state = from_hash(href)
        network, pictures = SHIPPED[state.network]
        kept = validated(state, network, pictures, view_facts)
        assert kept.focus == state.focus, href
        assert state.picture in (None, *pictures), href
        is_whole = "view=overview" in href or href == f"network={state.network}"
        assert isinstance(state.focus, Overview) == is_whole, href


@each_text
def test_the_sections_on_its_layers_lead_to_the_digit_network(path: Path):
    leading = {
        section.get("id")
        for section in tree(path).iter("section")
        if any("network=digits" in href for href in links(section, "#"))
    }
    assert leading == {"hidden-layers", "lenet"}


@each_text
def test_every_section_about_a_layer_leads_into_the_network(path: Path):
    article = tree(path)
    shown = SECTIONS[: SECTIONS.index("softmax") + 1]
    for section in article.iter("section"):
        is_linked = any(a.get("class") == "see" for a in section.iter("a"))
        assert is_linked or section.get("id") not in shown or has_playground(section)


def has_playground(section: ElementTree.Element) -> bool:
    return any(element.get("id") == "playground" for element in section.iter("div"))


@each_text
def test_citations_and_references_belong_to_each_other(path: Path):
    article = tree(path)
    cited = [a for a in article.iter("a") if a.get("class") == "cite"]
    listed = [li.get("id") for li in article.iter("li") if (li.get("id") or "").startswith("ref-")]
    assert listed == [f"ref-{number}" for number in range(1, len(listed) + 1)]
    for a in cited:
        assert f"#ref-{words(a).strip('[]')}" == a.get("href")
    first_cited = list(dict.fromkeys(a.get("href", "")[1:] for a in cited))
    assert first_cited == listed  # in the order in which they are first cited


@each_text
def test_tables_say_what_their_cells_belong_to(path: Path):
    for table in tree(path).iter("table"):
        assert table.find("caption") is not None
        assert all(th.get("scope") in ("col", "row") for th in table.iter("th"))
        widths = {len(list(row)) for row in table.iter("tr")}
        assert len(widths) == 1


@each_text
def test_formulas_use_what_every_browser_draws(path: Path):
    core = {"mfrac", "mi", "mn", "mo", "mrow", "mspace", "msqrt", "msub", "msup", "munder"}
    for formula in tree(path).iter("math"):
        assert {element.tag for element in formula.iter()} - {"math"} <= core


@each_text
def test_a_function_s_name_stands_apart_from_what_it_is_applied_to(path: Path):
    """Browsers put no space between names: "ln p" would read as "lnp"."""
    named = 0
    for row in (each for formula in tree(path).iter("math") for each in formula.iter()):
        for name, after in pairwise(row):
            if name.tag == "mi" and len(words(name)) > 1:
                assert after.tag == "mspace" or words(after).startswith("("), words(row)
                named += 1
    assert named >= 3


@each_text
def test_a_letter_that_is_a_number_is_nothing_else(path: Path):
    """In formulas e is Euler's number, which softmax needs, and no index."""
    used = {
        section.get("id")
        for section in tree(path).iter("section")
        for name in section.iter("mi")
        if words(name) == "e"
    }
    assert used == {"softmax"}


@each_text
def test_figures_are_asked_for_once_each_and_have_captions(path: Path):
    text = path.read_text(encoding="utf-8")
    assert sorted(re.findall(r"<!-- figure: (\w+) -->", text)) == sorted([*FIGURES, *DRAWINGS])
    assert all(figure.find("figcaption") is not None for figure in tree(path).iter("figure"))


@each_text
def test_nothing_needs_a_script_or_another_host(path: Path):
    article = tree(path)
    assert not list(article.iter("script")) + list(article.iter("img")) + list(article.iter("link"))
    assert not [e for e in article.iter() if any(name.startswith("on") for name in e.attrib)]


@each_text
def test_numbers_are_those_that_the_network_gives(path: Path):
    told = [(e.get("data-fact"), words(e)) for e in tree(path).iter() if e.get("data-fact")]
    spelt = {name: IN_WORDS[path.stem].get(fact, fact) for name, fact in facts().items()}
    assert {name for name, _ in told} == set(facts())
    assert told == [(name, spelt[name or ""]) for name, _ in told]


@each_text
def test_the_table_of_parameters_is_the_network_s(path: Path):
    (table,) = (e for e in tree(path).iter("table") if e.get("data-table") == "parameters")
    rows = [[words(cell) for cell in row] for row in table.iter("tr")][1:]
    assert [row[1:] for row in rows] == [row[1:] for row in parameter_rows()]
    assert [row[0] for row in rows[:-1]] == [row[0] for row in parameter_rows()[:-1]]


@each_text
def test_the_table_of_strangers_is_what_the_network_answers(path: Path):
    (table,) = (e for e in tree(path).iter("table") if e.get("data-table") == "strangers")
    rows = [[words(cell) for cell in row] for row in table.iter("tr")][1:]
    assert len(rows) == len(stranger_rows())
    for (_, name, share), (answer, given) in zip(rows, stranger_rows(), strict=True):
        named = load_text(path.stem).named(answer)
        assert re.fullmatch(rf"{re.escape(named)}(\W.*)?", name)
        assert re.fullmatch(rf"{re.escape(given)}(\D.*)?", share)


@each_text
def test_the_table_of_activation_functions_is_what_pytorch_gives(path: Path):
    """Stored from ``torch.nn.functional`` at −2, 1 and 7."""
    stored = {
        "ReLU": (0, 1, 7), "Leaky ReLU": (-0.02, 1, 7), "ReLU6": (0, 1, 6),
        "ELU": (-0.8646647, 1, 7), "GELU": (-0.0455003, 0.8413447, 7),
        "SiLU": (-0.2384058, 0.7310586, 6.9936226),
        "sigmoid": (0.1192029, 0.7310586, 0.9990889),
        "tanh": (-0.9640276, 0.7615942, 0.9999983),
    }  # fmt: skip
    (table,) = (e for e in tree(path).iter("table") if e.get("data-table") == "activations")
    head, *rows = ([words(cell) for cell in row] for row in table.iter("tr"))
    assert head[2:] == ["−2", "1", "7"]
    assert [row[0].partition("[")[0].strip() for row in rows] == list(stored)
    for (name, *_), told in zip(stored.items(), (row[2:] for row in rows), strict=True):
        shown = [float(each.replace("−", "-")) for each in told]
        assert shown == pytest.approx(stored[name], abs=5.1e-3), name


@each_text
def test_arithmetic_that_is_written_out_is_right(path: Path):
    """Each "2 · 3 + 1 = 7" of the text, to as many decimals as its result has after "≈"."""
    blocks = [words(e) for e in tree(path).iter() if e.tag in ("p", "li", "td")]
    found = [sum_ for block in blocks for sum_ in WRITTEN_OUT.findall(block)]
    assert len(found) >= 25
    for sum_, sign, told in found:
        decimals = len(told.partition(".")[2])
        room = 0.5 * 10**-decimals if sign == "≈" else 1e-9
        assert value(sum_) == pytest.approx(value(told), abs=room), sum_


NUMBER = r"−?\d+(?:,\d{3})*(?:\.\d+)?"
WRITTEN_OUT = re.compile(rf"((?:\(*{NUMBER}\)*) (?:[+−·/] \(*{NUMBER}\)*\s?)+)([=≈]) ({NUMBER})")
"""Terms, what stands between them and their result, and that."""


def value(written: str) -> float:
    """What a sum of products in the signs of the article comes to."""
    for sign, plain in {"·": "*", "−": "-", ",": ""}.items():
        written = written.replace(sign, plain)
    return float(eval(written, {"__builtins__": {}}))  # digits, brackets and four signs
