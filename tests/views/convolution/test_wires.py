"""The wires to the sum: how wide they are, and in which colour."""

import pytest

from cnnscope.drawing.rounding import Sum
from cnnscope.state.state import Node
from cnnscope.views.convolution.drawing import stage, window_pose
from cnnscope.views.convolution.wires import wires_pose
from support.fake_page import keyed
from support.networks import explained


@pytest.mark.parametrize("node", ["conv_1_1/3", "conv_2_2/9"])
@pytest.mark.parametrize("place", [(0, 0), (5, 7), (9, 9)])
def test_each_is_as_wide_as_its_share_of_the_largest_and_tells_the_sign(node, place):
    layer, channel = node.split("/")
    here, numbers = explained(Node(layer, int(channel)))
    pose = wires_pose(numbers.sum_at(place), is_playing=False)
    convolution = here.network.layer(layer)
    window = here.trace[here.network.before(layer)][:, place[0] : place[0] + 3,
                                                   place[1] : place[1] + 3]  # fmt: skip
    terms = [
        float((kernel * values).sum())
        for kernel, values in zip(convolution.kernel[int(channel)], window, strict=True)
    ]
    terms.append(float(convolution.bias[int(channel)]))
    largest = max(map(abs, terms))
    for name, term in zip([*range(len(terms) - 1), "bias"], terms, strict=True):
        wire = pose[f"carrying/{name}"]
        share = float(wire["style"].removeprefix("--share:"))
        assert share == pytest.approx(abs(term) / largest, abs=0.002 / largest + 0.001)
        if abs(term) > 0.001:
            assert wire["data-sign"] == ("above" if term > 0 else "below")


def test_where_nothing_is_carried_nothing_is_drawn_wide():
    nothing = Sum((0,) * 11, 0)
    pose = wires_pose(nothing, is_playing=False)
    assert {wire["data-sign"] for key, wire in pose.items() if key != "wires"} == {"none"}
    assert {wire["style"] for key, wire in pose.items() if key != "wires"} == {"--share:0.000"}


def test_they_are_on_the_stage_and_drift_only_while_it_plays():
    here, numbers = explained(Node("conv_1_2", 3))
    drawn = keyed(str(stage(here, numbers, here.detail)))
    pose = window_pose(here, numbers, here.detail)
    assert {f"carrying/{name}" for name in [*range(10), "bias"]} <= set(drawn) & set(pose)
    assert pose["wires"]["data-playing"] is False
    assert wires_pose(numbers.sum_at((0, 0)), is_playing=True)["wires"]["data-playing"] is True
