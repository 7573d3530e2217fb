"""The card that a column's heading opens: what the layer does, its numbers, the ways on."""

import re

import pytest

from cnnscope.state.state import Explained, LayerCard, Node, Overview
from cnnscope.state.url import from_hash, to_hash
from cnnscope.views.shared.try_link import tried
from support.app_on_fake_page import started, started_trained
from support.networks import other_network, trained

LEARNT = {
    "conv_1_1": 3 * 10 * 9 + 10, "conv_1_2": 10 * 10 * 9 + 10, "conv_2_2": 10 * 10 * 9 + 10,
    "output": 13 * 13 * 10 * 10 + 10,
}  # fmt: skip
"""Weights and biases, counted by hand."""


def opened(layer, **how):
    app, page = started_trained(**how)
    app.act("layer", layer)
    return app, page


def facts(page):
    return dict(re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", page.regions["card"]))


@pytest.mark.parametrize(("layer", "learnt"), LEARNT.items())
def test_it_says_how_many_numbers_the_layer_has_learnt(layer, learnt):
    _, page = opened(layer)
    assert facts(page)["learnt numbers"] == f"{learnt:,}"


def test_all_that_is_learnt_adds_up_to_the_whole_network():
    app, page = started_trained()
    total = 0
    for column in app.model.plan.columns[1:]:
        app.act("layer", column.layer)
        told = facts(page)["learnt numbers"].replace(",", "")
        total += 0 if told == "none" else int(told)
    assert total == trained().parameters


def test_it_says_what_goes_in_and_what_comes_out():
    _, page = opened("max_pool_1")
    assert facts(page)["shape"] == "60×60×10 → 30×30×10"
    _, page = opened("input")
    assert facts(page)["shape"] == "64×64×3"
    assert "learnt numbers" not in facts(page)


def test_a_newcomer_reads_what_conv_stands_for():
    _, page = opened("conv_1_1")
    assert "<h2>convolution</h2>" in page.regions["card"]
    assert "small patterns" in page.regions["card"]
    assert page.elements["label/conv_1_1"]["title"].startswith("convolution")


def test_it_is_a_dialog_that_the_keyboard_opens_and_leaves():
    app, page = opened("conv_1_2")
    assert 'role="dialog"' in page.regions["card"]
    assert page.focuses[-1] == "card.close"
    assert app.press("Escape", "card.close")
    assert page.regions["card"] == ""
    assert page.focuses[-1] == "label/conv_1_2"
    app.act("layer", "conv_1_2")
    app.act("leave")  # a press beside it
    assert app.state.focus == Overview()
    app.act("layer", "conv_1_2")
    app.act("layer", "conv_1_2")  # its heading again
    assert app.state.focus == Overview()


def test_it_has_an_address_and_is_a_step_for_back():
    app, page = opened("relu_2_1")
    assert page.addresses == ["", "layer=relu_2_1"]
    assert to_hash(from_hash("layer=relu_2_1")) == "layer=relu_2_1"
    app.navigate("", is_step=True)
    assert page.regions["card"] == ""


def test_a_view_that_an_address_names_too_counts_before_it():
    assert from_hash("layer=relu_2_1&view=conv_1_1/3").focus == Explained(Node("conv_1_1", 3))


def test_an_address_of_a_layer_that_is_not_here_says_which_are():
    app, page = started("layer=conv_9")
    assert app.state.focus == Overview()
    assert "layer=conv_9" in page.noticed
    assert "conv_1_1" in page.noticed


@pytest.mark.parametrize("window", [(700, 900), (1024, 768), (1440, 900), (1920, 1080)])
def test_it_stays_within_the_drawing(window):
    app, page = started(window=window)
    for column in app.model.plan.columns:
        app.act("layer", column.layer)
        left, width = (
            float(re.search(rf"{side}:([\d.]+)rem", page.regions["card"])[1]) * 16
            for side in ("left", "width")
        )
        assert left >= 0
        assert left + width <= app.model.plan.width


def test_the_small_grid_is_set_as_the_layer_is():
    app, page = opened("max_pool_2")
    app.history.follow(page.elements["card.try"]["href"].removeprefix("#"))
    settings = app.state.playground.settings
    assert (settings.kernel, settings.stride, settings.padding) == (2, 2, 0)
    assert settings.size % 2 == 0
    assert app.state.focus == Overview()
    assert "section=playground" in page.addresses[-1]


def test_only_layers_with_a_window_can_be_tried():
    network = trained()
    named = {name for name in network.shapes if tried(network, name) is not None}
    assert named == {"conv_1_1", "conv_1_2", "conv_2_1", "conv_2_2", "max_pool_1", "max_pool_2"}
    _, page = opened("relu_1_1")
    assert "card.try" not in page.elements


def test_every_column_of_another_network_has_one():
    app, page = started(network=other_network(), samples=None)
    for column in app.model.plan.columns:
        assert app.state.focus != LayerCard(column.layer)
        app.act("layer", column.layer)
        assert column.layer in page.regions["card"]
