"""The overview: its nodes under pointer and keys, its colours, and another network."""

import numpy as np
import pytest

from cnnscope.app.app import App
from cnnscope.state.state import Node
from cnnscope.text import load_text
from support.app_on_fake_page import painted_maps, started
from support.fake_page import FakePage
from support.networks import CLASSES, other_network, picture, trained


@pytest.mark.parametrize("window", [(1440, 900), (1440, 890)])
def test_a_resize_that_moves_nothing_draws_nothing(window):
    app, page = started()
    app.act("open", "input/1")
    mounted = dict(page.regions)
    page.window = window
    app.resize()
    assert all(page.regions[region] is markup for region, markup in mounted.items())
    assert page.focuses == ["card.map"]


def test_another_colour_scale_repaints_maps_and_legends_but_computes_nothing():
    app, page = started()
    trace, before = app.model.trace, dict(page.painted)
    app.act("scale", "global")
    assert app.model.trace is trace
    extents = {name: domain.high for name, domain in app.model.domains.items()}
    assert len(set(extents.values())) == 2  # the picture's, and one for all maps
    assert any((page.painted[key] != before[key]).any() for key in before)
    np.testing.assert_array_equal(page.painted["input/0"], before["input/0"])
    assert page.regions["legends"].count('class="legend"') == 2


def test_details_are_hidden_by_one_attribute():
    app, page = started()
    app.act("details")
    assert page.posed["network"]["data-details"] == "off"
    assert page.posed["details"]["aria-pressed"] == "false"


def test_pointing_lights_up_links_and_reads_out_the_value():
    app, page = started()
    app.dispatch("hover", Node("relu_1_1", 2), (5, 7))
    value = float(app.model.trace["relu_1_1"][2, 5, 7])
    assert page.posed["readout.value"]["text"] == f"row 6, column 8: {value:.4f}"
    assert page.posed["lit"]["d"].count("M") == 1
    assert page.posed["rings"]["d"].count("M") == 2
    fed = [node for node, sources in app.model.plan.sources.items()
           if Node("relu_1_1", 2) in sources]  # fmt: skip
    assert [node.layer for node in fed] == ["conv_1_2"] * 10
    assert page.posed["fed"]["d"].count("M") == 10
    app.dispatch("hover", Node("conv_1_1", 2))
    assert page.posed["fed"]["d"].count("M") == 1
    app.dispatch("hover", Node("output", 2))
    assert page.posed["fed"]["d"] == ""
    app.dispatch("hover", None)
    assert page.posed["lit"]["d"] == page.posed["fed"]["d"] == ""
    assert page.posed["readout"]["hidden"] is True


def test_a_tiny_probability_is_told_as_one_in_so_many():
    page = FakePage()
    app = App(page, trained(), CLASSES, {"one": picture(trained())}, load_text("en"))
    app.start()
    probabilities = app.model.trace["output"]
    tiny = int(np.argmin(probabilities))
    assert 0 < probabilities[tiny] < 0.0005
    app.dispatch("hover", Node("output", tiny))
    told = page.posed["readout.value"]["text"]
    assert told.startswith("probability 1 in ")
    many = int(told.split()[-1].replace(",", ""))
    assert many * probabilities[tiny] == pytest.approx(1, rel=0.005)
    likely = int(np.argmax(probabilities))
    app.dispatch("hover", Node("output", likely))
    value = page.posed["readout.value"]["text"].removeprefix("probability ")
    assert float(value) == pytest.approx(probabilities[likely], abs=5e-5)
    assert float(value) < 1
    assert page.posed["readout.range"]["text"] == "rank 1 of 10"


def test_arrow_keys_move_between_nodes_and_enter_is_left_to_the_button():
    app, page = started()
    assert app.press("ArrowDown", "conv_1_1/3")
    assert page.focuses[-1] == "conv_1_1/4"
    assert app.press("ArrowUp", "conv_1_1/0")
    assert page.focuses[-1] == "label/conv_1_1"
    assert app.press("ArrowLeft", "label/conv_1_1")
    assert page.focuses[-1] == "label/input"
    assert app.press("ArrowDown", "label/conv_1_1")
    assert page.focuses[-1] == "conv_1_1/0"
    assert not app.press("ArrowDown", "label/nonsense")
    for key, reached in (
        ("ArrowUp", "label/input"),
        ("ArrowDown", "input/0"),
        ("ArrowRight", "conv_1_1/1"),
        ("End", "output/9"),
        ("Home", "input/0"),
    ):
        assert app.press(key, "picture")
        assert page.focuses[-1] == reached
    assert app.press("ArrowUp", "input/0")
    assert app.press("ArrowDown", "label/input")
    assert page.focuses[-2:] == ["picture", "picture"]
    assert not app.press("ArrowLeft", "picture")
    assert app.press("End", "conv_1_1/3")
    assert page.focuses[-1] == "output/9"
    assert app.press("Home", "label/relu_1_1")
    assert page.focuses[-1] == "label/input"
    assert not app.press("Enter", "conv_1_1/3")
    assert not app.press("Escape", "conv_1_1/3")  # nothing is open
    assert not app.press("ArrowDown", "")


def test_the_tab_stop_follows_the_keyboard():
    app, page = started()
    app.dispatch("focus", Node("conv_1_1", 3))
    assert page.posed["conv_1_1/3"]["tabindex"] == 0
    assert page.posed["input/0"]["tabindex"] == -1
    app.dispatch("focus", Node("output", 0))
    assert page.posed["conv_1_1/3"]["tabindex"] == -1


def test_what_was_opened_by_pointer_is_where_tab_comes_back_to():
    app, page = started()
    app.act("open", "input/1")
    assert page.posed["input/1"]["tabindex"] == 0
    assert page.posed["input/0"]["tabindex"] == -1


VIEWS = {"input": "overview", "first": "convolution", "halved": "pooling",
         "second": "convolution", "bent": "relu", "answer": "flatten"}  # fmt: skip
"""What opens for a node of the other network, by its layer."""


def test_another_network_comes_up_and_opens_its_nodes():
    network = other_network()
    page = FakePage()
    app = App(page, network, CLASSES[:4], {"a picture": picture(network, 1)}, load_text())
    app.start()
    assert len(painted_maps(page)) == 1 + 6 + 6 + 14 + 14 + 1
    for node in app.model.plan.boxes:
        app.act("open", str(node))
        assert page.posed["explainer"]["data-view"] == VIEWS[node.layer]
        is_card = VIEWS[node.layer] == "overview"
        assert ('role="dialog"' in page.regions["card"]) == is_card
    brightness = picture(network, 1) @ [0.299, 0.587, 0.114] / 255
    np.testing.assert_allclose(app.model.trace["input"][0], brightness, atol=1e-6)
