"""The article's figures: named, readable, and with the network's own numbers in them."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from cnnscope.nn.layers import Cell, Flatten
from prerender.figures import activations as bending
from prerender.figures import convolution as convolving
from prerender.figures import descent as descending
from prerender.figures import flatten as flattening
from prerender.figures import lenet as digits
from prerender.figures import pooling as pooled
from prerender.figures import relu as rectifying
from prerender.figures.drawing import WIDTH, word
from prerender.figures.registry import FIGURES, figures
from support.articles import DIGITS, MEASURED, NETWORK, subject

DRAWN = figures(subject())
each_figure = pytest.mark.parametrize("name", FIGURES)


def drawing(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(DRAWN[name])


def texts(name: str) -> list[str]:
    return [element.text or "" for element in drawing(name).iter("text")]


@each_figure
def test_a_figure_is_a_picture_with_a_name(name):
    svg = drawing(name)
    assert svg.get("role") == "img"
    assert len(svg.get("aria-label", "")) > 40
    assert "{" not in DRAWN[name]
    assert not [element for element in svg.iter() if "id" in element.attrib]  # may stand twice


@each_figure
def test_all_of_a_figure_lies_on_its_sheet(name):
    svg = drawing(name)
    left, top, width, height = map(float, svg.get("viewBox").split())
    assert (left, top, width) == (0, 0, WIDTH)
    for element in svg.iter("text"):
        assert 0 <= float(element.get("x")) <= WIDTH, element.text
        assert 6 < float(element.get("y")) < height, element.text
    for element in svg.iter("rect"):
        x, y, w, h = (float(element.get(key)) for key in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + w <= WIDTH + 0.1
        assert y >= 0
        assert y + h <= height + 0.1


def test_names_in_chinese_have_no_marks_of_english():
    named = [ElementTree.fromstring(each) for each in figures(subject("zh")).values()]
    names = [svg.get("aria-label", "") for svg in named]
    assert len(names) == len(FIGURES)
    assert [name for name in names if re.search(r"[,;:.] ", name)] == []


def test_a_figure_draws_the_same_again():
    assert figures(subject()) == DRAWN


def test_the_convolution_adds_up_to_the_network_s_value():
    value = float(subject().trace["conv_1_1"][convolving.CELL])
    exact = [t for t in texts("convolution") if re.fullmatch(r"[+−]? ?\d\.\d{3}", t)]
    *terms, total = (float(t.replace("−", "-").replace("+", "").replace(" ", "")) for t in exact)
    shares, added = terms[:3], terms[3:]
    assert added[:3] == shares
    assert len(added) == 4  # with the bias, and without a word of rounding
    assert sum(added) == pytest.approx(total, abs=1e-9)
    assert total == pytest.approx(value, abs=5e-4)


def test_the_windows_of_the_convolution_are_the_picture_s():
    channel, row, col = convolving.CELL
    patch = subject().trace["input"][:, row : row + 3, col : col + 3]
    kernel = NETWORK.layer("conv_1_1").kernel[channel]
    numbers = [t for t in texts("convolution") if re.fullmatch(r"−?\d\.\d\d", t)]
    expected = [
        f"{value:.2f}".replace("-", "−")
        for pair in zip(patch, kernel, strict=True)
        for grid in pair
        for value in grid.ravel()
    ]
    assert numbers == expected


def test_pooling_shows_what_the_network_pooled():
    channel, row, col = pooled.CELL
    after = subject().trace["max_pool_1"][channel, row : row + 2, col : col + 2]
    assert texts("pooling")[-4:] == [f"{value:.2f}" for value in after.ravel()]
    frames = [e for e in drawing("pooling").iter("rect") if e.get("class") == "frame"]
    assert len(frames) == 4


def test_the_tent_is_made_of_three_bends_and_the_line_of_none():
    tent = rectifying.sum_of_three(rectifying.rectified)
    line = rectifying.sum_of_three(lambda x: x)
    places = np.linspace(-2, 2, 41)
    assert [tent(x) for x in places] == pytest.approx([max(0, 1 - abs(x)) for x in places])
    assert [line(x) for x in places] == pytest.approx([0] * len(places))


def test_activation_functions_are_drawn_as_pytorch_computes_them():
    """Stored from ``torch.nn.functional`` at −1.5, 0.5 and 7; leaky ReLU with the slope drawn."""
    stored = {
        "ReLU": (0, 0.5, 7), "Leaky ReLU": (-0.15, 0.5, 7), "ReLU6": (0, 0.5, 6),
        "ELU": (-0.7768698, 0.5, 7), "GELU": (-0.1002108, 0.3457312, 7),
        "SiLU": (-0.2736383, 0.3112297, 6.9936226), "sigmoid": (0.1824255, 0.6224593, 0.9990889),
        "tanh": (-0.9051483, 0.4621172, 0.9999983),
    }  # fmt: skip
    drawn = {name: graph.function for name, graph in bending.GRAPHS.items()}
    assert drawn.keys() == stored.keys()
    for name, function in drawn.items():
        assert [function(x) for x in (-1.5, 0.5, 7)] == pytest.approx(stored[name], abs=1e-6), name


def test_graphs_of_activation_functions_have_room_and_relu_behind_them():
    graphs = [e for e in drawing("activations").iter("polyline") if "function" in e.get("class")]
    assert len(graphs) == 2 * len(bending.GRAPHS) - 1
    for graph in graphs:
        heights = [float(pair.split(",")[1]) for pair in graph.get("points").split()]
        row = int(heights[0] > bending.ROW)
        assert all(0 <= y - row * bending.ROW < bending.ROW - 8 for y in heights)


def test_the_digit_network_is_drawn_in_the_shapes_of_the_one_that_is_shipped():
    shapes = [shape for name, shape in DIGITS.network.shapes.items() if "relu" not in name]
    shapes.pop()  # softmax keeps the shape
    assert [shape for _, shape in digits.MADE] == shapes
    assert [t for t in texts("lenet") if re.fullmatch(r"[\d×]+", t)] == [
        "28×28×1", "28×28×6", "14×14×6", "10×10×16", "5×5×16", "400", "120", "84", "10",
    ]  # fmt: skip


def test_cells_are_numbered_as_the_network_flattens():
    shape = (flattening.CHANNELS, flattening.ROWS, flattening.COLS)
    layer = Flatten("flatten", shape)
    numbers = [int(text) for text in texts("flatten") if text.isdigit()]
    cells = list(np.ndindex(shape))
    for number, cell in zip(numbers, cells, strict=False):
        read = layer.window(Cell(number - 1))
        assert (read.channels[0], read.rows[0], read.cols[0]) == cell
    assert numbers[len(cells) :] == list(range(1, len(cells) + 1))


def test_softmax_s_shares_add_up_at_every_temperature():
    shares = [t for t in texts("softmax") if t.endswith("%")]
    for column in range(3):
        known = [float(t[:-2]) for t in shares[column::3] if "<" not in t]
        assert sum(known) == pytest.approx(100, abs=1)
    assert float(shares[0][:-2]) > float(shares[1][:-2]) > float(shares[2][:-2])


def test_each_step_goes_down_by_the_slope_there():
    rng = np.random.default_rng(1)
    logits, labels = rng.normal(size=(6, 4)).astype(np.float32), [0, 1, 2, 3, 1, 1]
    for bias in (-2.0, 0.5, 3.0):
        near = [descending.loss(logits, labels, 1, bias + d) for d in (-1e-4, 1e-4)]
        numeric = (near[1] - near[0]) / 2e-4
        assert descending.slope(logits, labels, 1, bias) == pytest.approx(numeric, abs=1e-6)
    losses = [descending.loss(logits, labels, 1, at) for at in descending.path(logits, labels, 1)]
    assert losses[0] > losses[-1]


def test_the_table_of_confusions_has_every_count():
    counts = [int(text) for text in texts("confusions") if text.isdigit()]
    assert counts == [count for row in MEASURED["confusions"] for count in row if count]
    assert "7 times" in drawing("confusions").get("aria-label", "")


def test_changes_are_ordered_from_harmless_to_harmful():
    shares = [int(text[:-2]) for text in texts("changes") if text.endswith("%")]
    assert shares == sorted(shares, reverse=True)
    counts = [MEASURED["right"], *MEASURED["changed"].values()]
    assert shares == sorted((round(100 * n / MEASURED["pictures"]) for n in counts), reverse=True)


def test_a_turned_word_reads_upwards_and_chinese_downwards_upright():
    latin, han = word("rows", 5, 40, at="start", turn=True), word("行数", 5, 40, turn=True)
    assert latin.attributes["transform"] == "rotate(-90 5 40)"
    assert "writing-mode" not in latin.attributes
    assert han.attributes["writing-mode"] == "vertical-rl"
    assert "transform" not in han.attributes
    assert word("行数", 5, 40, at="start", turn=True).attributes["text-anchor"] == "end"
