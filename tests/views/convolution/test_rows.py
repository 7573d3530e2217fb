"""Rows of a convolution that reads many channels: their order, the others, and that all adds up."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from cnnscope.drawing.color import ACTIVATION
from cnnscope.nn.layers import Conv2d
from cnnscope.state.state import Node
from cnnscope.views.convolution.drawing import (
    arrangement,
    stage,
    stage_paintings,
    stage_pose,
    window_pose,
)
from cnnscope.views.convolution.rows import row_keys, row_of
from support import convolutions
from support.convolutions import odd_network
from support.fake_page import keyed
from support.networks import explained
from support.states import changed
from support.table_networks import table_networks

NETWORKS = {"odd": odd_network(), "keras": table_networks()["keras_mnist"]}
MANY = [("keras", Node("conv_2", 40)), ("odd", Node("pointwise", 7)), ("odd", Node("wide", 3))]
ALL = [*MANY, *(("odd", Node(layer.name, 5)) for layer in odd_network().layers
                if isinstance(layer, Conv2d))]  # fmt: skip
PLACES = [(0, 0), (3, 2), (5, 6)]

every_many = pytest.mark.parametrize(("name", "node"), MANY, ids=str)
folded_or_not = pytest.mark.parametrize("unfolded", [False, True])


@cache
def truth(name, node):
    """What each channel contributes, by plain loops, of the picture that all tests have."""
    here, _ = explained(node, network=NETWORKS[name])
    return convolutions.contributions(here.network, here.trace, node)


def thousandths(text):
    sign, figures = (-1, text[1:]) if text.startswith("−") else (1, text)
    return sign * round(1000 * float(figures))


def rounding(pose):
    """What is told of rounding beside the sum, in thousandths."""
    told = pose["stage.rounding"]["text"]
    sign, figures = told.split()[-2:] if told else ("+", "0")
    return round(1000 * float(figures)) * (-1 if sign == "−" else 1)


@folded_or_not
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "node"), ALL, ids=str)
def test_what_stands_in_the_rows_the_others_bias_and_rounding_add_up_to_the_result(
    name, node, place, unfolded
):
    here, numbers = explained(node, network=NETWORKS[name], window=(1440, 900), unfolded=unfolded)
    here = replace(here, state=changed(here.state, window=place))
    pose, given = stage_pose(here, numbers, here.detail), truth(name, node)[:, *place]
    terms = []
    for key in row_keys(here):
        if key != "channel/others":
            channel = int(pose[key]["data-args"])
            terms.append(thousandths(pose[f"{key}.value"]["text"]))
            assert abs(terms[-1] / 1000 - given[channel]) < 0.00051
    if not unfolded and len(given) > 11:
        shown = [int(pose[key]["data-args"]) for key in row_keys(here)[:-1]]
        others = given.sum() - given[shown].sum()
        terms.append(thousandths(pose["channel/others.value"]["text"]))
        assert abs(terms[-1] / 1000 - others) < 0.00051
        assert str(len(given) - 10) in pose["channel/others"]["aria-label"]
    layer = here.network.layer(node.layer)
    bias = round(1000 * float(layer.bias[node.channel]))
    total = thousandths(pose["stage.value"]["text"].split(": ")[-1])
    assert abs(total / 1000 - given.sum() - layer.bias[node.channel]) < 0.00052
    assert sum(terms) + bias + rounding(pose) == total
    assert abs(rounding(pose)) <= len(terms) / 2 + 1


@folded_or_not
@every_many
def test_at_rest_rows_are_in_order_of_what_they_contribute_at_the_window(name, node, unfolded):
    here, numbers = explained(node, network=NETWORKS[name], window=(1440, 900), unfolded=unfolded)
    for place in PLACES:
        moved = replace(here, state=changed(here.state, window=place))
        sizes = abs(truth(name, node)[:, *place])
        pose = stage_pose(moved, numbers, here.detail)
        rows = [int(pose[f"channel/{slot}"]["data-args"]) for slot in range(len(here.detail.rows))]
        assert list(arrangement(moved, numbers)) == rows
        assert len(set(rows)) == len(rows) == (len(sizes) if unfolded else 10)
        np.testing.assert_allclose(sizes[rows], np.sort(sizes)[::-1][: len(rows)], atol=1e-5)


@every_many
def test_while_the_window_slides_no_row_takes_another_place(name, node):
    here, numbers = explained(node, network=NETWORKS[name], window=(1440, 900), playing=True)
    sizes = abs(truth(name, node)).sum((1, 2))
    for place in PLACES:
        moved = replace(here, state=changed(here.state, window=place))
        rows = arrangement(moved, numbers)
        assert rows == arrangement(here, numbers)
        np.testing.assert_allclose(sizes[list(rows)], np.sort(sizes)[::-1][:10], rtol=1e-4)
        pose = window_pose(moved, numbers, here.detail)
        for slot, channel in enumerate(rows):
            shown = thousandths(pose[f"channel/{slot}.value"]["text"]) / 1000
            assert abs(shown - truth(name, node)[channel, *place]) < 0.00051


@every_many
def test_each_row_is_painted_with_the_maps_and_the_kernel_of_its_channel(name, node):
    here, numbers = explained(node, network=NETWORKS[name], window=(1440, 900))
    moved = replace(here, state=changed(here.state, window=(3, 2)))
    painted, source = dict(stage_paintings(moved, numbers)), here.network.before(node.layer)
    for slot, channel in enumerate(arrangement(moved, numbers)):
        given = ACTIVATION.paint(here.trace[source][channel], here.domains[source])
        np.testing.assert_array_equal(painted[f"source/{slot}"], given)
        signs = np.sign(painted[f"contribution/{slot}"][..., 2].astype(int)
                        - painted[f"contribution/{slot}"][..., 0].astype(int))  # fmt: skip
        made = truth(name, node)[channel]
        far = abs(made) > 0.1 * abs(truth(name, node)).max()
        np.testing.assert_array_equal(signs[far], np.sign(made)[far])


def test_a_channel_that_is_chosen_keeps_its_arithmetic_where_it_is_among_the_others():
    node = Node("conv_2", 40)
    _, numbers = explained(node, network=NETWORKS["keras"])
    least = numbers.order((0, 0))[-1]
    here, numbers = explained(node, network=NETWORKS["keras"], channel=least)
    assert row_of(here, least) is None
    pose = stage_pose(here, numbers, here.detail)
    assert f"channel {least + 1}" in pose["card.title"]["text"]
    tall = here.detail.others
    assert pose["wires.enlarged"]["d"].startswith(f"M{tall.right:.1f} {tall.y:.1f}L")
    stops = [key for key, row in keyed(str(stage(here, numbers, here.detail))).items()
             if key.startswith("channel/") and row.get("tabindex") == "0"]  # fmt: skip
    assert stops == ["channel/0"]


def test_wires_carry_what_stands_in_their_rows_that_of_the_others_too():
    here, numbers = explained(Node("conv_2", 40), network=NETWORKS["keras"])
    pose = stage_pose(here, numbers, here.detail)
    terms = [thousandths(pose[f"{key}.value"]["text"]) for key in row_keys(here)]
    bias = round(1000 * numbers.bias)
    largest = max(map(abs, (*terms, bias)))
    for name, term in zip([*range(10), "others", "bias"], [*terms, bias], strict=True):
        wire = pose[f"carrying/{name}"]
        assert wire["style"] == f"--share:{abs(term) / largest:.3f}"
        assert wire["data-sign"] == ("above" if term > 0 else "below" if term else "none")
    all_of_them, numbers = explained(Node("conv_2", 40), network=NETWORKS["keras"], unfolded=True)
    assert "carrying/others" not in stage_pose(all_of_them, numbers, all_of_them.detail)


@pytest.mark.parametrize("channel", range(8))
def test_a_depthwise_convolution_has_one_row_of_the_channel_of_its_number(channel):
    here, numbers = explained(Node("depthwise", channel), network=NETWORKS["odd"])
    pose = stage_pose(here, numbers, here.detail)
    assert [key for key in pose if key.startswith("channel/") and "." not in key] == ["channel/0"]
    assert f"channel {channel + 1} of 8" in pose["channel/0"]["aria-label"]
    assert f"channel {channel + 1}" in pose["card.title"]["text"]
    painted, source = dict(stage_paintings(here, numbers)), here.network.before("depthwise")
    given = ACTIVATION.paint(here.trace[source][channel], here.domains[source])
    np.testing.assert_array_equal(painted["source/0"], given)


def test_a_group_s_rows_are_the_channels_that_it_reads():
    here, numbers = explained(Node("halves", 12), network=NETWORKS["odd"])
    pose = stage_pose(here, numbers, here.detail)
    for slot in range(10):
        assert f"channel {slot + 11} of 20" in pose[f"channel/{slot}"]["aria-label"]


def test_without_a_bias_none_is_drawn_nor_told():
    for name, is_there in (("depthwise", False), ("wide", True)):
        here, numbers = explained(Node(name, 1), network=NETWORKS["odd"])
        drawn = keyed(str(stage(here, numbers, here.detail)))
        assert ("stage.bias" in drawn) == is_there
        said = stage_pose(here, numbers, here.detail)["stage.sum"]["text"]
        assert ("bias" in said) == is_there
