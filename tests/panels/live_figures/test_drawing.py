"""What the live figures draw: numbers of a naive convolution, every window, all on the sheet."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest

from cnnscope.panels.live_figures.landing import landing
from cnnscope.panels.live_figures.registry import DRAWINGS
from cnnscope.panels.live_figures.sheet import WIDTH
from cnnscope.panels.live_figures.sliding import sliding, sliding_pose
from cnnscope.panels.playground.integer_conv import ball
from cnnscope.state.figures import CHOICES, LANDING, SLIDING, UPRIGHT, settle
from cnnscope.state.sweep import Sweep
from cnnscope.text import load_text
from prerender.live_figures import live_figures

TEXT = load_text()
GIVEN = ball(6)
PLACES = list(product(range(4), range(4)))


def number(said: str) -> float:
    return float(said.replace("−", "-").strip("()"))


def product_sum(row: int, col: int) -> float:
    """One output cell, by loops."""
    total = 0.0
    for i in range(3):
        for j in range(3):
            total += float(GIVEN[row + i][col + j]) * UPRIGHT[3 * i + j]
    return total


@pytest.mark.parametrize("place", PLACES)
def test_the_written_sum_is_that_of_the_nine_products(place):
    shown = SLIDING.__class__(SLIDING.settings, SLIDING.kernel, Sweep(place))
    pose = sliding_pose(TEXT, shown)
    row_totals = []
    for at in range(3):
        terms, said = pose[f"sliding.sum/{at}"]["text"].split(" = ")
        pairs = [tuple(map(number, pair.split(" × "))) for pair in terms.split(" + ")]
        assert [x for x, _ in pairs] == GIVEN[place[0] + at][place[1] : place[1] + 3].tolist()
        assert tuple(w for _, w in pairs) == UPRIGHT[3 * at : 3 * at + 3]
        assert sum(x * w for x, w in pairs) == number(said)
        row_totals.append(number(said))
    terms, said = pose["sliding.total"]["text"].split(" = ")
    signed = [number(each.replace(" ", "")) for each in re.findall(r"(?:[+−] )?−?\d+", terms)]
    assert signed == row_totals
    assert number(said) == sum(row_totals) == product_sum(*place)


def test_every_cell_of_the_output_is_written_in_it():
    tree = ElementTree.fromstring(str(sliding(TEXT, SLIDING)))
    made = [each for each in tree.iter("g") if "sliding.made/" in each.get("data-key", "")]
    written = [number(each.find("text").text) for each in made]
    assert written == [product_sum(*place) for place in PLACES]


@pytest.mark.parametrize("stride", CHOICES["stride"])
@pytest.mark.parametrize("padding", CHOICES["padding"])
@pytest.mark.parametrize("dilation", CHOICES["dilation"])
def test_a_dot_stands_where_each_window_has_its_middle(stride, padding, dilation):
    shown = LANDING
    for name, value in (("stride", stride), ("padding", padding), ("dilation", dilation)):
        shown = settle(shown, name, value)
    tree = ElementTree.fromstring(str(landing(TEXT, shown)))
    whole, span = 6 + 2 * padding, 2 * dilation + 1
    starts = [at for at in range(whole) if at % stride == 0 and at + span <= whole]
    cells = [each for each in tree.iter("rect") if each.get("class", "").startswith("cell")]
    left, top, side = (float(cells[0].get(name)) for name in ("x", "y", "width"))
    dots = [
        ((float(dot.get("cy")) - top) / side - span / 2,
         (float(dot.get("cx")) - left) / side - span / 2)
        for dot in tree.iter("circle")
    ]  # fmt: skip
    assert [(round(row, 3), round(col, 3)) for row, col in dots] == list(product(starts, starts))
    said = [each.text for each in tree.iter("text") if each.text and "⌋" in each.text]
    assert said[0].endswith(f"= {len(starts)}")
    for each in tree.iter("rect"):
        assert float(each.get("x")) + float(each.get("width")) <= WIDTH


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_before_python_is_up_a_figure_stands_there_whole_and_cannot_be_pressed(name, language):
    tree = ElementTree.fromstring(
        live_figures(language)[name].replace("<div inert ", "<div ").replace(" inert", "")
    )
    assert " inert" in live_figures(language)[name].split(">")[0]
    (svg,) = tree.findall("svg")
    assert svg.get("role") == "img"
    assert len(svg.get("aria-label", "")) > 10
    assert not [each for each in tree.iter() if each.get("visibility")]
    assert "{" not in live_figures(language)[name]
