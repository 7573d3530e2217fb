import re
from dataclasses import replace

import numpy as np
import pytest

from cnnscope.drawing.element import fragment
from cnnscope.drawing.scale import number
from cnnscope.nn.layers import Flatten, MaxPool2d, Softmax
from cnnscope.nn.network import Network
from cnnscope.state.state import Node
from cnnscope.views.max_pooling.numbers import MaxPoolNumbers
from cnnscope.views.registry import view_of
from support.channelwise import check_stage
from support.fake_page import keyed
from support.networks import explained, other_network, trained
from support.states import changed
from support.styles import lengths_of

CASES = [
    (None, Node("relu_1_1", 0)), (None, Node("relu_2_2", 9)), (None, Node("max_pool_1", 3)),
    (None, Node("max_pool_2", 9)), (other_network(), Node("halved", 5)),
    (other_network(), Node("bent", 13)),
]  # fmt: skip

every_case = pytest.mark.parametrize(
    ("network", "node"), CASES, ids=[str(case[1]) for case in CASES]
)


def drawn(here, numbers):
    return view_of(here.network, here.state.focus), str(
        view_of(here.network, here.state.focus).stage(here, numbers, here.detail)
    )


def at(here, place):
    return replace(here, state=changed(here.state, window=place))


def read(text):
    return float(text.replace("−", "-"))


@every_case
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)])
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(
    network, node, size
):
    here, numbers = explained(node, network=network, window=size)
    view, _ = drawn(here, numbers)
    check_stage(view, here, numbers)
    painted = dict(view.stage_paintings(here, numbers))
    assert painted.keys() - {"stage.cut", "stage.winners"} == {"stage.given", "explained"}


@every_case
def test_the_enlarged_maps_are_coloured_as_their_nodes_and_the_legend_says_how(network, node):
    here, numbers = explained(node, network=network)
    view, _ = drawn(here, numbers)
    legends = fragment(view.stage_legends(here, numbers))
    for layer in (numbers.source.layer, node.layer):
        assert layer in legends
        assert number(here.domains[layer].high) in legends


def test_maps_that_share_a_domain_share_a_legend():
    here, numbers = explained(Node("relu_1_1", 3))
    view, _ = drawn(here, numbers)
    assert len(list(view.stage_legends(here, numbers))) == 1


def test_a_cell_before_and_after_the_relu_stand_in_its_rule_and_on_its_graph():
    here, numbers = explained(Node("relu_1_2", 4), network=trained())
    largest = abs(here.trace["conv_1_2"][4]).max()  # of this map, not of those that share colours
    assert largest < 0.9 * here.domains["conv_1_2"].high
    seen = set()
    rng = np.random.default_rng(1)
    for _ in range(60):
        place = tuple(int(rng.integers(60)) for _ in range(2))
        view, _ = drawn(here, numbers)
        pose = view.window_pose(at(here, place), numbers, here.detail)
        x = float(here.trace["conv_1_2"][4][place])
        before, after = (read(pose[f"rule.{part}"]["text"]) for part in ("before", "after"))
        assert before == pytest.approx(x, abs=0.00051)
        assert after == max(0, before)
        how = pose["stage.sum"]["text"]
        assert (f"max(0, {pose['rule.before']['text']}) = {pose['rule.after']['text']}") in how
        assert ("below zero" in how) == (x < 0)
        seen.add(x < 0)
        plot = here.detail.graph
        across = float(pose["graph.point"]["cx"]) - plot.width / 2
        reach = min(plot.width / 2 - 18, plot.height - 62)
        assert across == pytest.approx(x / largest * reach, abs=0.06)
        up = 18 + reach - float(pose["graph.point"]["cy"])
        assert up == pytest.approx(max(0, across), abs=0.11)
    assert seen == {True, False}


def test_the_graph_is_symmetric_about_zero_and_its_axes_are_labelled():
    here, numbers = explained(Node("relu_1_1", 3))
    view, markup = drawn(here, numbers)
    pose = view.stage_pose(here, numbers, here.detail)
    assert read(pose["graph.low"]["text"]) == -read(pose["graph.high"]["text"])
    assert pose["graph.top"]["text"] == pose["graph.high"]["text"]
    assert "x, before" in markup
    assert ">after<" in markup


def test_how_many_cells_are_cut_is_counted():
    here, numbers = explained(Node("relu_1_1", 3), network=trained())
    view, _ = drawn(here, numbers)
    pose = view.stage_pose(here, numbers, here.detail)
    cut = int((here.trace["conv_1_1"][3] < 0).sum())
    assert pose["relu.count"]["text"] == f"{cut:,} of 3,844 cells cut"
    assert f"{100 * cut / 3844:.1f}" in pose["channelwise.figure"]["text"]


def cell_by_cell(rgba, shape):
    """Pixels by the cell that they lie on: (rows, cols, side, side, 4)."""
    side = rgba.shape[0] // shape[0]
    assert rgba.shape == (shape[0] * side, shape[1] * side, 4)
    return rgba.reshape(shape[0], side, shape[1], side, 4).swapaxes(1, 2)


@pytest.mark.parametrize("window", [(390, 844), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("layer", ["relu_1_1", "relu_2_2"])
def test_every_cell_that_was_cut_is_hatched_and_no_other(layer, window):
    here, numbers = explained(Node(layer, 5), network=trained(), window=window)
    view, markup = drawn(here, numbers)
    rgba = dict(view.stage_paintings(here, numbers))["stage.cut"]
    cells = cell_by_cell(rgba, numbers.given.shape)
    if cells.shape[2] >= 5:  # as far apart as lines are
        np.testing.assert_array_equal((cells[..., 3] > 0).any((2, 3)), numbers.given < 0)
    assert not cells[numbers.output > 0].any()  # nothing of what is above zero is hidden
    assert markup.index('data-paint="stage.cut"') < markup.index('class="curtain"')


@pytest.mark.parametrize("layer", ["max_pool_1", "max_pool_2"])
def test_each_window_dots_its_largest_value_and_fades_the_others(layer):
    here, numbers = explained(Node(layer, 3), network=trained(), window=(1920, 1080))
    view, _ = drawn(here, numbers)
    rgba = dict(view.stage_paintings(here, numbers))["stage.winners"]
    cells = cell_by_cell(rgba, numbers.given.shape)
    rows, cols = numbers.output.shape
    for row in range(rows):
        for col in range(cols):
            places = [(2 * row + i, 2 * col + j) for i in (0, 1) for j in (0, 1)]
            values = [float(numbers.given[place]) for place in places]
            for place, value in zip(places, values, strict=True):
                has_dot = (cells[place][..., 3] == 255).any()
                is_faded = cells[place][0, 0, 3] not in (0, 255)
                is_tied = len(set(values)) == 1
                assert has_dot == (value == max(values) and not is_tied)
                assert is_faded == (value < max(values))


def test_tiny_cells_have_neither_dots_nor_lines_between_windows():
    here, numbers = explained(Node("max_pool_1", 3), network=trained(), window=(390, 844))
    view, markup = drawn(here, numbers)
    assert "stage.winners" not in dict(view.stage_paintings(here, numbers))
    assert "window-grid" not in markup
    here, numbers = explained(Node("max_pool_2", 3), network=trained(), window=(390, 844))
    assert drawn(here, numbers)[1].count("window-grid") == 1


@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (3, 3), (2, 1)])
def test_a_cell_wins_where_it_is_the_largest_of_any_window_that_is_not_all_the_same(size, stride):
    rng = np.random.default_rng(size + 7 * stride)
    given = rng.integers(-2, 2, (13, 11)).astype(np.float32)
    layer = MaxPool2d("pooled", size, stride)
    output = layer(given[None])[0]
    numbers = MaxPoolNumbers(Node("pooled", 0), Node("before", 0), given, output, layer)
    won, lost = np.zeros((2, *given.shape), bool)
    for row in range(output.shape[0]):
        for col in range(output.shape[1]):
            window = given[row * stride : row * stride + size, col * stride : col * stride + size]
            if window.min() == window.max():
                continue
            for i in range(size):
                for j in range(size):
                    at = row * stride + i, col * stride + j
                    won[at] |= given[at] == window.max()
                    lost[at] = True
    has_won, has_lost = numbers.outcomes
    np.testing.assert_array_equal(has_won, won)
    np.testing.assert_array_equal(has_lost, lost & ~won)


def marks(pose):
    """Where the winners' marks stand, in px: their middles."""
    found = []
    for key, posed in pose.items():
        if key.startswith("winner/") and not posed["hidden"]:
            left, top, side = (
                lengths_of(posed["style"])[name] for name in ("left", "top", "width")
            )
            found.append((top + side / 2, left + side / 2))
    return found


@pytest.mark.parametrize("name", ["max_pool_1", "max_pool_2"])
def test_the_largest_value_is_marked_in_the_rule_and_on_the_map(name):
    here, numbers = explained(Node(name, 2), network=trained())
    view, _ = drawn(here, numbers)
    given, plan = numbers.given, here.detail
    cell = plan.given.width / given.shape[1]
    rng = np.random.default_rng(2)
    tied = 0
    for _ in range(60):
        row, col = (int(rng.integers(n)) for n in numbers.rows_cols)
        pose = view.window_pose(at(here, (row, col)), numbers, plan)
        cells = [(2 * row + i, 2 * col + j) for i in (0, 1) for j in (0, 1)]
        largest = max(given[each] for each in cells)
        winning = [each for each in cells if given[each] == largest]
        marked = [each for i, each in enumerate(cells) if pose[f"value.frame/{i}"]["data-winner"]]
        assert marked == winning
        middles = [((r + 0.5) * cell, (c + 0.5) * cell) for r, c in winning]
        assert marks(pose) == [pytest.approx(middle, abs=0.2) for middle in middles]
        values = [read(pose[f"value/{i}"]["text"]) for i in range(4)]
        assert read(pose["rule.after"]["text"]) == max(values)
        assert pose["stage.value"]["text"].endswith(pose["rule.after"]["text"])
        assert ("equal" in pose["stage.sum"]["text"]) == (len(winning) > 1)
        tied += len(winning) > 1
    assert tied > 0


def test_a_lead_too_small_to_be_shown_is_said_to_be():
    network = Network((1, 2, 2), (MaxPool2d("pool"), Flatten("row", (1, 1, 1)), Softmax("end", 1)))
    x = np.array([[[0.5001, 0.5002], [0.1, 0.2]]], np.float32)
    here, _ = explained(Node("pool", 0), network=network)
    here = replace(here, trace=network(x))
    view = view_of(network, here.state.focus)
    numbers = view.explain(network, here.trace, Node("pool", 0))
    told = view.window_pose(here, numbers, here.detail)["stage.sum"]["text"]
    assert "less than can be shown" in told
    assert "column 2" in told


def test_what_is_kept_and_what_is_thrown_away_add_up():
    for node in (Node("max_pool_1", 0), Node("max_pool_2", 0)):
        here, numbers = explained(node)
        view, _ = drawn(here, numbers)
        figure = view.stage_pose(here, numbers, here.detail)["channelwise.figure"]["text"]
        kept, cells, lost = (
            int(n.replace(",", "")) for n in re.findall(r"(?<![\d.])[\d,]+(?=[ ,])", figure)[:3]
        )  # fmt: skip
        assert kept + lost == cells == numbers.given.size
        shares = [float(share) for share in re.findall(r"([\d.]+)\N{NO-BREAK SPACE}%", figure)]
        assert shares == [25.0, 75.0]


def test_of_windows_that_overlap_nothing_is_said_to_be_thrown_away():
    for size, stride, side in ((3, 2, 3), (2, 2, 3), (2, 3, 2)):
        flat = Flatten("row", (1, side, side)), Softmax("end", side**2)
        layers = MaxPool2d("pool", size, stride), *flat
        here, numbers = explained(Node("pool", 0), network=Network((1, 7, 7), layers))
        view, _ = drawn(here, numbers)
        figure = view.stage_pose(here, numbers, here.detail)["channelwise.figure"]["text"]
        assert ("overlap" in figure, "Thrown away" in figure) == (stride < size, stride >= size)


def test_rows_that_fill_no_window_are_spoken_of_where_there_are_some():
    layers = MaxPool2d("pool"), Flatten("row", (1, 2, 3)), Softmax("end", 6)
    for rows, is_said in ((5, True), (4, False)):
        here, numbers = explained(Node("pool", 0), network=Network((1, rows, 6), layers))
        assert ("Rows: 1, columns: 0." in drawn(here, numbers)[1]) == is_said


@every_case
def test_buttons_lead_to_the_channels_beside(network, node):
    here, numbers = explained(node, network=network)
    _, markup = drawn(here, numbers)
    buttons = keyed(markup)
    assert (buttons["stage.next"]["data-on"], buttons["stage.next"]["data-args"]) == (
        "neighbour", "1",
    )  # fmt: skip
    assert buttons["stage.previous"]["data-args"] == "-1"
    channels = here.network.shapes[node.layer][0]
    assert f"{node.channel + 1} of {channels}" in markup
