from dataclasses import replace

import numpy as np
import pytest

from cnnscope.drawing.color import ACTIVATION, WEIGHT
from cnnscope.drawing.element import fragment
from cnnscope.drawing.geometry import Box
from cnnscope.drawing.scale import number
from cnnscope.nn.kernels import with_kernel
from cnnscope.nn.layers import Conv2d
from cnnscope.nn.network import Network
from cnnscope.state.state import Edit, Node
from cnnscope.text import load_text
from cnnscope.views.convolution.drawing import (
    stage,
    stage_legends,
    stage_paintings,
    stage_pose,
    window_pose,
)
from cnnscope.views.convolution.numbers import explain
from cnnscope.views.convolution.scales import contribution_domain, result_domain
from cnnscope.views.convolution.window_marks import kernel_window
from cnnscope.views.shared.sliding_window import cell_mark
from support.convolutions import odd_network
from support.fake_page import keyed
from support.networks import explained, other_network, tiny_vgg
from support.stages import check_stage
from support.states import changed
from support.styles import lengths_of
from support.table_networks import table_networks

CASES = [
    (None, Node("conv_1_1", 0)), (None, Node("conv_1_1", 9)), (None, Node("conv_1_2", 3)),
    (None, Node("conv_2_2", 9)), (other_network(), Node("first", 5)),
    (other_network(), Node("second", 13)), (table_networks()["keras_mnist"], Node("conv_2", 40)),
    *((odd_network(), Node(layer.name, 4)) for layer in odd_network().layers
      if isinstance(layer, Conv2d)),
]  # fmt: skip
WINDOWS = [(390, 844), (768, 1024), (1440, 900), (2560, 1440)]

every_case = pytest.mark.parametrize(
    ("network", "node"), CASES, ids=[str(case[1]) for case in CASES]
)


def markup_of(here, numbers):
    return str(stage(here, numbers, here.detail))


@every_case
@pytest.mark.parametrize("size", WINDOWS)
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(
    network, node, size
):
    here, numbers = explained(node, network=network, window=size)
    markup = markup_of(here, numbers)
    pose, paintings = stage_pose(here, numbers, here.detail), stage_paintings(here, numbers)
    painted = check_stage(markup, pose, paintings)
    rows = len(here.detail.rows)
    assert len(painted) == (3 if here.detail.is_gathered else 2) * rows + 1


@every_case
def test_each_input_channel_has_a_row_to_press_that_says_what_it_contributes(network, node):
    here, numbers = explained(node, network=network)
    rows = keyed(markup_of(here, numbers))
    pose = stage_pose(here, numbers, here.detail)
    for slot in range(len(here.detail.rows)):
        row, key = rows[f"channel/{slot}"], f"channel/{slot}"
        channel = int(row["data-args"])
        assert row["data-on"] == "channel"
        assert pose[key]["data-args"] == str(channel)
        assert channel == slot or len(numbers.kernels) > 11
        value = number(float(numbers.contributions[channel, 0, 0]), 3)
        assert pose[f"{key}.value"]["text"] == value
        assert value in pose[key]["aria-label"]
    assert f"channel/{len(here.detail.rows)}" not in rows
    assert ("channel/others" in rows) == (len(numbers.kernels) > 11)


def test_exactly_one_row_is_a_tab_stop():
    _, numbers = explained(Node("conv_1_2", 3))
    strongest = abs(numbers.contributions[:, 0, 0]).argmax()
    for channel, expected in ((None, strongest), (4, 4)):
        here, numbers = explained(Node("conv_1_2", 3), channel=channel)
        rows = keyed(markup_of(here, numbers))
        stops = [key for key, row in rows.items()
                 if key.startswith("channel/") and row.get("tabindex") == "0"]  # fmt: skip
        assert stops == [f"channel/{expected}"]


@every_case
def test_the_kernels_and_the_bias_can_be_read(network, node):
    here, numbers = explained(node, network=network)
    pose = stage_pose(here, numbers, here.detail)
    layer = here.network.layer(node.layer)
    for slot in range(len(here.detail.rows)):
        channel = int(pose[f"channel/{slot}"]["data-args"])
        if max(layer.kernel.shape[2:]) > 7:
            assert f"channel/{slot}.numbers" not in pose
            continue
        lines = pose[f"channel/{slot}.numbers"]["text"].split("\n")
        read = [[float(one.replace("−", "-")) for one in line.split()] for line in lines]
        np.testing.assert_allclose(read, layer.kernel[node.channel, channel], atol=0.0005001)
    parts = keyed(markup_of(here, numbers))
    assert ("stage.bias" in parts) == ("carrying/bias" in parts) == layer.has_bias
    if layer.has_bias:
        assert parts["stage.bias"]["text"] == number(float(layer.bias[node.channel]), 3)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_frame_on_the_input_covers_the_cells_of_the_window_wherever_it_is(
    stride, padding, size
):
    kernel = np.ones((1, 2, size, size), np.float32)
    layer = Conv2d("conv", kernel, np.zeros(1, np.float32), stride, padding)
    network = Network((2, 9, 12), (layer,))
    numbers = explain(network, network(np.ones((2, 9, 12), np.float32)), Node("conv", 0))
    box = Box(30, 100, 144, 144)  # cells 12 px wide and 16 px high
    style = lengths_of(kernel_window(numbers, box).attributes["style"])
    for row, col in np.ndindex(*numbers.rows_cols):
        seen = numbers.window((row, col))
        left = style["left"] + col * style["--across"]
        top = style["top"] + row * style["--down"]
        assert (left, top) == (30 + 12 * seen.cols.start, 100 + 16 * seen.rows.start)
        assert (style["width"], style["height"]) == (12 * len(seen.cols), 16 * len(seen.rows))


def test_the_frame_of_a_small_window_is_large_enough_to_be_seen_and_stays_centred_on_it():
    _, numbers = explained(Node("conv_1_2", 3))
    style = lengths_of(kernel_window(numbers, Box(0, 0, 62, 62)).attributes["style"])
    assert (style["width"], style["height"]) == (7, 7)
    assert (style["left"], style["top"]) == (1.5 - 3.5, 1.5 - 3.5)
    assert (style["--across"], style["--down"]) == (1, 1)


def test_the_frame_on_the_output_covers_exactly_one_cell():
    _, numbers = explained(Node("first", 5), network=other_network())
    rows, cols = numbers.rows_cols
    style = lengths_of(cell_mark(numbers, Box(7, 9, 8 * cols, 9 * rows)).attributes["style"])
    assert (style["left"], style["top"]) == (0, 0)
    assert (style["width"], style["height"]) == (style["--across"], style["--down"]) == (8, 9)


def test_where_the_window_stands_and_what_it_revealed_is_said_in_cells():
    node = Node("conv_1_2", 3)
    here, numbers = explained(node, window=(1440, 900))
    moved = replace(here, state=changed(here.state, window=(7, 11), reached=(20, 5)))
    style = lengths_of(window_pose(moved, numbers, here.detail)["stage"]["style"])
    assert (style["--row"], style["--col"]) == (7, 11)
    assert (style["--seen-row"], style["--seen-col"]) == (20, 5)
    whole = replace(here, state=changed(here.state, reached=(1_000_000, 0)))
    style = lengths_of(window_pose(whole, numbers, here.detail)["stage"]["style"])
    assert style["--seen-row"] == 60


def with_shared_scale(here):
    reading = replace(here.state.reading, parts="result")
    return replace(here, state=replace(here.state, reading=reading))


@every_case
def test_contributions_have_a_scale_of_their_own_which_they_fill(network, node):
    here, numbers = explained(node, network=network)
    domain = contribution_domain(here, numbers)
    assert domain.high == -domain.low == abs(numbers.contributions).max()
    assert result_domain(here, numbers) == here.domains[node.layer]


@every_case
def test_a_shared_scale_holds_contributions_and_the_layers_own(network, node):
    here, numbers = explained(node, network=network)
    shared = with_shared_scale(here)
    domain = contribution_domain(shared, numbers)
    assert domain == result_domain(shared, numbers)
    assert domain.low == -domain.high
    assert domain.high >= abs(numbers.contributions).max()
    assert domain.high >= here.domains[node.layer].high


def test_contributions_that_cancel_out_are_still_within_a_shared_scale():
    node = Node("conv_1_1", 3)
    network = with_kernel(tiny_vgg(), *node, 0, [50.0] * 9)
    network = with_kernel(network, *node, 1, [-50.0] * 9)
    here, _ = explained(node, network=network)
    grey = here.trace["input"][:1].repeat(3, axis=0)
    here = with_shared_scale(replace(here, trace=network(grey)))
    numbers = explain(network, here.trace, node)
    assert abs(numbers.contributions).max() > here.domains["conv_1_1"].high
    assert result_domain(here, numbers).high >= abs(numbers.contributions).max()


@every_case
def test_legends_say_the_domains_and_show_the_ramps_that_paint(network, node):
    here, numbers = explained(node, network=network)
    painted = dict(stage_paintings(here, numbers))
    markup = fragment(stage_legends(here, numbers))
    for domain in (
        here.domains[numbers.source],
        contribution_domain(here, numbers),
        result_domain(here, numbers),
        numbers.weight_domain,
    ):
        assert f"<span>{number(domain.low)}</span>" in markup
        assert f"<span>{number(domain.high)}</span>" in markup
    assert markup.count(WEIGHT.gradient()) == 1
    assert markup.count(ACTIVATION.gradient()) == (1 if numbers.source == "input" else 2)
    assert markup.count(ACTIVATION.gradient().replace("right", "top")) == 1
    shown = [int(row["data-args"]) for key, row in keyed(markup_of(here, numbers)).items()
             if key.startswith("channel/") and "data-args" in row]  # fmt: skip
    largest = np.unravel_index(abs(numbers.kernels).argmax(), numbers.kernels.shape)
    if largest[0] in shown:
        end = "3d1160" if numbers.kernels[largest] < 0 else "0f5223"
        kernel = painted[f"kernel/{shown.index(largest[0])}"]
        assert bytes(kernel[largest[1:]][:3]).hex() == end


@pytest.mark.parametrize("scale", ["unit", "module", "global"])
def test_the_enlarged_output_is_painted_as_its_legend_says_under_every_scale(scale):
    here, numbers = explained(Node("conv_2_1", 4), scale=scale)
    domain = result_domain(here, numbers)
    assert domain.high >= here.domains["conv_2_1"].high
    painted = dict(stage_paintings(here, numbers))["explained"]
    zero = ACTIVATION.paint(np.zeros(1, np.float32), domain)[0]
    signs = np.sign(painted[..., 2].astype(int) - painted[..., 0].astype(int))
    far = abs(numbers.output) > 0.1 * domain.high  # plainly blue or orange
    assert far.any()
    np.testing.assert_array_equal(signs[far], np.sign(numbers.output)[far])
    assert bytes(zero).hex() == "f7f6f2ff"


def test_the_rows_of_a_kernel_are_parted_by_the_language_s_own_mark():
    here, numbers = explained(Node("conv_1_1", 3))
    for language, mark in (("en", "; "), ("zh", "；")):
        spoken = replace(here, text=load_text(language))
        pose = stage_pose(spoken, numbers, here.detail)
        said = str(pose["channel/0"]["aria-description"])
        assert said.count(mark) == len(numbers.kernels[0]) - 1
        assert (";" in said) == (language == "en")


def test_a_changed_kernel_is_marked():
    node = Node("conv_1_1", 3)
    edits = (Edit(node, 1, (0.0,) * 9), Edit(Node("conv_1_1", 4), 0, (0.0,) * 9))
    here, numbers = explained(node, edits=edits)
    pose = stage_pose(here, numbers, here.detail)
    marks = [pose[f"channel/{channel}"]["data-changed"] for channel in range(3)]
    assert marks == [False, True, False]


def test_while_it_slides_no_row_is_renamed_and_once_it_stops_every_row_is():
    node = Node("conv_1_1", 3)
    for playing in (True, False):
        here, numbers = explained(node, playing=playing, window=(1440, 900))
        pose = window_pose(here, numbers, here.detail)
        assert any("aria-label" in pose.get(f"channel/{k}", {}) for k in range(3)) != playing
