"""Batch normalisation explained: a kind of layer and of view like any other."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cnnscope.nn.layers import BatchNorm2d, Flatten, Softmax
from cnnscope.nn.network import Network
from cnnscope.state.embed import framed
from cnnscope.state.state import Explained, Node, State, view_shown
from cnnscope.text import LANGUAGES
from cnnscope.views.registry import view_facts, view_of
from support.channelwise import check_stage, network_with, numbers_in, opened
from support.networks import explained, sequential

ENTRY = {"type": "batch_norm2d", "name": "norm", "epsilon": 1e-3}
PARAMETERS = {
    "gamma": [1.5, -0.75, 0.25, 0.0], "beta": [0.5, -1.25, 0.0, 2.0],
    "mean": [0.25, -0.5, 1.0, 0.0], "variance": [1.0, 0.25, 4.0, 0.0],
}  # fmt: skip
CHANNELS = range(4)


def network(**changed):
    parameters = PARAMETERS | changed
    arrays = {f"norm.{role}": np.float32(given) for role, given in parameters.items()}
    return network_with(ENTRY, arrays)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)])
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(channel, size):
    here, numbers = explained(Node("norm", channel), network=network(), window=size)
    check_stage(view_of(here.network, here.state.focus), here, numbers)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("place", [(0, 0), (5, 7), (14, 12)])
def test_the_numbers_shown_add_up_to_the_value_that_was_computed(channel, place):
    app, page = opened(network(), Node("norm", channel))
    app.dispatch("window", *place)
    shown = {name: page.elements[f"rule.{name}"]["text"] for name in
             ("before", "slope", "offset", "after")}  # fmt: skip
    before, slope, offset, after = (numbers_in(each)[0] for each in shown.values())
    line = numbers_in(page.elements["stage.sum"]["text"])
    rounding = line[-1] if len(line) == 5 else 0.0
    scaled = app.model.numbers.sum_at(place).terms[0] / 1000
    assert scaled == pytest.approx(before * slope, abs=5.1e-4)
    assert scaled + offset + rounding == pytest.approx(after, abs=1e-9)
    assert after == pytest.approx(float(app.model.trace["norm"][(channel, *place)]), abs=5.1e-4)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_column_its_label_its_node_and_its_view_have_words(language):
    app, page = opened(network(), f"{Node('norm', 1)}&lang={language}")
    text = app.model.text
    assert page.elements["column/norm"]["data-kind"] == "batch_norm"
    assert text("column.short.batch_norm") in page.regions["network"]
    assert page.elements["explainer"]["data-view"] == "batch_norm"
    assert text("norm.explain") in page.regions["stage"]
    assert page.elements["about.stage"]["href"] == "#batch-normalisation"


def test_the_note_names_what_was_learnt_and_the_line_that_follows_from_it():
    _, page = opened(network(), Node("norm", 1))
    stage = page.regions["stage"]
    for written in ("−0.750", "−1.250", "−0.500", "0.501", "−1.497", "−1.999"):
        assert written in stage, written


def computed(line):
    """What the numbers of an equation make of each other, and what is said to come out."""
    found = re.match(
        r"= \((\S+) ([+−]) (\S+)\) ÷ (\S+) × \(?([^ )]+)\)? ([+−]) (\S+) [=≈] (\S+)"
        r"(?: \(rounding ([+−]) (\S+)\))?$", line,
    )  # fmt: skip
    x, sign, mean, deviation, gamma, plus, beta, after, rounds, rounding = found.groups()
    value = (number(x) + signed(sign, mean)) / number(deviation) * number(gamma)
    return value + signed(plus, beta) + signed(rounds or "+", rounding or "0"), number(after)


def number(text):
    return float(text.replace("−", "-"))


def signed(sign, text):
    return -number(text) if sign == "−" else number(text)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("variance", [None, 3e-4])
def test_the_equation_with_the_channel_s_numbers_comes_to_the_value_shown(channel, variance):
    variances = PARAMETERS["variance"] if variance is None else [variance] * 4
    app, page = opened(network(variance=variances), Node("norm", channel))
    for place in [(0, 0), (5, 7), (14, 12)]:
        app.dispatch("window", *place)
        made, after = computed(page.elements["norm.equation"]["text"])
        assert made == pytest.approx(after, abs=5.1e-4)
        assert after == pytest.approx(float(app.model.trace["norm"][(channel, *place)]), abs=5.1e-4)


@pytest.mark.parametrize("channel", CHANNELS)
def test_folded_into_the_convolution_before_it_the_same_map_comes_out(channel):
    app, page = opened(network(), Node("norm", channel))
    words = re.search(r"kernels of this channel times \(?(\S+?)\)?, and the bias .*? [=≈] (\S+)",
                      page.regions["stage"])  # fmt: skip
    slope, bias = (number(word.rstrip(".")) for word in words.groups())
    conv = app.model.network.layer("first")
    folded = replace(conv, kernel=conv.kernel * np.float32(slope), bias=conv.bias * 0)
    made = folded(app.model.trace["input"])[channel] + bias
    np.testing.assert_allclose(made, app.model.trace["norm"][channel], atol=5e-3)


def test_nothing_is_folded_where_no_convolution_stands_right_before():
    x = np.ones(4, np.float32)
    entries = [("conv2d", "first", 4), ("relu", "bent")]
    layers = (*sequential((3, 9, 9), entries).layers, BatchNorm2d("norm", x, x, x, x),
              Flatten("row", (4, 7, 7)), Softmax("answer", 196))  # fmt: skip
    here, numbers = explained(Node("norm", 1), network=Network((3, 9, 9), layers))
    assert numbers.folded is None
    markup = str(view_of(here.network, here.state.focus).stage(here, numbers, here.detail))
    assert "Folded" not in markup


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)])
def test_the_window_s_value_is_a_point_on_the_line_within_the_graph(channel, size):
    app, page = opened(network(), Node("norm", channel), window=size)
    (x1, y1), (x2, y2) = (map(float, each.split()) for each in
                          page.elements["graph.function"]["d"][1:].split("L"))  # fmt: skip
    width, height = app.model.detail.graph.width, app.model.detail.graph.height
    assert all(0 <= x <= width for x in (x1, x2))
    assert all(0 <= y <= height for y in (y1, y2))
    places = set()
    for place in [(0, 0), (7, 3), (14, 12)]:
        app.dispatch("window", *place)
        point = page.elements["graph.point"]
        x, y = float(point["cx"]), float(point["cy"])
        assert abs((y - y1) * (x2 - x1) - (x - x1) * (y2 - y1)) <= 0.25 * (abs(x2 - x1) + 1)
        places.add(x)
    assert len(places) == 3


def test_it_opens_turns_and_closes_as_every_channelwise_layer():
    app, _ = opened(network(), Node("norm", 2))
    app.act("neighbour", "1")
    assert view_shown(app.state.focus) == Explained(Node("norm", 3))
    app.press("Escape", "")
    assert view_shown(app.state.focus) != Explained(Node("norm", 3))


def test_a_frame_can_show_it_alone():
    focus = framed(State(), "batch_norm", network(), view_facts).focus
    assert focus == Explained(Node("norm", 0))
