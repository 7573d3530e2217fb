import re
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from cnnscope.drawing.color import ACTIVATION, WEIGHT
from cnnscope.drawing.element import fragment
from cnnscope.drawing.scale import number
from cnnscope.nn.layers import Cell
from cnnscope.state.state import EVERY_NUMBER, Node
from cnnscope.views.dense.drawing import (
    ALL,
    said,
    stage,
    stage_legends,
    stage_paintings,
    stage_pose,
    window_pose,
)
from cnnscope.views.dense.numbers import weighed
from cnnscope.views.dense.selection import feature_reached, feature_under
from support import networks
from support.displayed import read
from support.fake_page import keyed
from support.networks import other_network, tiny_vgg, trained
from support.stages import check_stage
from support.states import changed

explained = partial(networks.explained, view=EVERY_NUMBER)

CASES = [(trained(), Node("output", 6), None), (trained(), Node("output", 0), 9),
         (other_network(), Node("answer", 3), 1)]  # fmt: skip
WINDOWS = [(390, 844), (768, 1024), (1024, 768), (1440, 900), (2560, 1440)]
every_case = pytest.mark.parametrize(("network", "node", "rival"), CASES)


def numbers_in(text):
    """Every number of a line, in thousandths, with the sign that stands before it."""
    found = re.findall(r"([+−] ?)?\(?(−?\d+\.\d{3})\)?", text)
    return [read(sign + value) if not value.startswith("−") else read(value)
            for sign, value in found]  # fmt: skip


@every_case
@pytest.mark.parametrize("size", WINDOWS)
def test_all_that_is_posed_is_on_the_stage_and_all_that_is_painted_has_its_canvas(
    network, node, rival, size
):
    here, numbers = explained(node, network=network, window=size, contrast=rival)
    markup = str(stage(here, numbers, here.detail))
    pose, paintings = stage_pose(here, numbers, here.detail), stage_paintings(here, numbers)
    painted = check_stage(markup, pose, paintings)
    against = weighed(here, numbers)
    each = 4 + here.detail.is_spread
    assert len(painted) == each * len(against.shown) + 1 + 2 * bool(against.others)


@every_case
def test_a_strip_holds_every_element_its_weight_and_its_contribution(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    against = weighed(here, numbers)
    painted = dict(stage_paintings(here, numbers))
    count = numbers.maps[0].size
    total = count * len(against.others)
    for k, channel in enumerate(against.shown):
        strip = painted[f"strip/{k}"]
        assert strip.shape == (11, count, 4)
        total += strip.shape[1]
        for row, ramp, values, domain in (
            (1, ACTIVATION, numbers.maps, here.domains[numbers.source]),
            (5, WEIGHT, against.weights, against.weight_domain),
            (9, ACTIVATION, against.contributions, against.domain),
        ):
            expected = ramp.paint(values[channel].reshape(-1), domain)
            np.testing.assert_array_equal(strip[row], expected)
        assert (strip[[3, 7]] == 0).all()
        np.testing.assert_array_equal(painted[f"heat/{k}"].reshape(-1, 4), strip[9])
    assert total == here.network.shapes[numbers.head.flatten.name][0]


@every_case
def test_the_numbers_shown_add_up_to_the_logit_shown(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    pose = stage_pose(here, numbers, here.detail)
    against = weighed(here, numbers)
    lines = [*range(len(against.shown)), *(["others"] if against.others else [])]
    given = sum(read(pose[f"channel/{k}.value"]["text"]) for k in lines)
    from_maps, bias, total, *beside = numbers_in(pose["stage.sum"]["text"])
    assert from_maps == given
    assert bias == read(pose["stage.bias"]["text"])
    assert from_maps + bias + sum(beside) == total
    shown = numbers_in(pose["stage.value"]["text"])
    logits = here.trace[numbers.head.dense.name]
    if rival is None:
        assert shown == [total]
        assert total == round(1000 * float(logits[node.channel]))
    else:
        first, second = (round(1000 * float(logits[k])) for k in (node.channel, rival))
        assert abs(shown[0]) == abs(first)
        assert abs(shown[1]) == abs(second)
        assert shown[-1] == total == first - second


@every_case
def test_legends_say_the_domains_and_show_the_ramps_that_paint(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    markup = fragment(stage_legends(here, numbers))
    against = weighed(here, numbers)
    for domain in (here.domains[numbers.source], against.weight_domain, against.domain):
        assert f"<span>{number(domain.low)}</span>" in markup
        assert f"<span>{number(domain.high)}</span>" in markup
    assert (markup.count(ACTIVATION.gradient()), markup.count(WEIGHT.gradient())) == (2, 1)
    pose = stage_pose(here, numbers, here.detail)
    assert pose["over.tick/2"]["text"] == number(against.place_domain.high)


def test_the_pictures_lie_under_heat_maps_of_all_channels_and_of_the_one_pointed_at():
    here, numbers = explained(Node("output", 6), network=trained())
    painted = dict(stage_paintings(here, numbers))
    rim = painted[ALL][:6]
    np.testing.assert_array_equal(rim, painted["over/3"][:6])  # no map lies over the rim
    for k in (0, 9):
        element = numbers.head.element(numbers.head.place(169 * k + 5))
        moved = replace(here, state=changed(here.state, feature=element))
        pose = window_pose(moved, numbers, here.detail)
        shown = [pose[f"over/{channel}"]["data-shown"] for channel in range(10)]
        assert shown == [channel == k for channel in range(10)]
        assert pose["flatten.one"]["text"] == f"map {k + 1}"


@every_case
def test_at_first_what_adds_most_is_marked_and_then_the_one_pointed_at(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    first = weighed(here, numbers).strongest
    _, rows, cols = numbers.maps.shape
    for element in (None, 0, numbers.maps.size - 1, 200):
        moved = replace(here, state=changed(here.state, feature=element))
        pose = window_pose(moved, numbers, here.detail)
        channel, row, col = np.unravel_index(
            first if element is None else element, numbers.maps.shape
        )
        style = pose["stage"]["style"]
        shown = weighed(here, numbers).shown
        line = shown.index(channel) if channel in shown else len(shown)
        assert pose["stage"]["data-others"] == (channel not in shown)
        for name, value in (("channel", line), ("row", row), ("col", col),
                            ("at", row * cols + col)):  # fmt: skip
            assert re.search(rf"--{name}:(\d+)", style)[1] == str(value)
        values = [read(pose[f"point.{name}"]["text"]) for name in ("value", "weight", "product")]
        against = weighed(here, numbers)
        exact = [each[channel, row, col]
                 for each in (numbers.maps, against.weights, against.contributions)]  # fmt: skip
        np.testing.assert_allclose(values, 1000 * np.array(exact), atol=0.51)
        place = f"map {channel + 1}, row {row + 1}, column {col + 1}"
        assert place in pose["point.place"]["text"]
        assert place in said(moved, numbers)
        assert rows == numbers.maps.shape[1]


@every_case
def test_the_largest_are_buttons_that_name_their_place_and_mark_their_element(network, node, rival):
    here, numbers = explained(node, network=network, contrast=rival)
    against = weighed(here, numbers)
    pose = stage_pose(here, numbers, here.detail)
    markup = keyed(str(stage(here, numbers, here.detail)))
    names = [here.classes[node.channel], here.classes[node.channel if rival is None else rival]]
    words = ["for", "against" if rival is None else "for"]
    for side, word, name in zip(("raising", "lowering"), words, names, strict=True):
        assert pose[f"ranking.{side}"]["text"] == f"{word} {name}"
    for k, element in enumerate((*against.raising, *against.lowering)):
        channel, row, col = np.unravel_index(element, numbers.maps.shape)
        entry = pose[f"rank/{k}"]
        assert markup[f"rank/{k}"]["data-on"] == "element"
        assert entry["data-args"] == element
        place = f"map {channel + 1}, row {row + 1}, col"
        assert f"{place}umn {col + 1}" in entry["aria-label"]
        assert pose[f"rank/{k}.place"]["text"] == f"{place} {col + 1}"
        exact = against.contributions[channel, row, col]
        assert abs(read(pose[f"rank/{k}.value"]["text"]) - 1000 * exact) <= 0.51
        assert (exact > 0) == (k < 5)
        assert entry["aria-pressed"] == ("true" if element == against.strongest else "false")


@pytest.mark.parametrize("channel", range(10))
def test_an_arrow_leads_from_the_sum_through_softmax_to_the_class(channel):
    node = Node("output", channel)
    here, numbers = explained(node, network=trained())
    plan = here.detail
    path = window_pose(here, numbers, plan)["flatten.onward"]["d"]
    assert path.startswith(f"M{plan.plus.centre:.1f} {plan.plus.bottom:.1f}")
    middle = plan.onward.middle
    assert f"H{plan.onward.right:.1f}M{plan.onward.x:.1f} {middle:.1f}H" in path  # with no gap
    end = re.search(r"V([\d.]+)q0 (\S+) \d+ (\S+)H([\d.]+)m-5 -4l5 4l-5 4$", path)
    assert end[2] == end[3]
    box = here.plan.boxes[node]
    assert float(end[1]) + float(end[3]) == pytest.approx(box.middle, abs=0.2)
    assert 0 < box.x - float(end[4]) < 10


@pytest.mark.parametrize("size", [(390, 844), (1280, 720)])
def test_one_line_leads_from_the_cell_to_its_element_to_its_product_to_the_sum(size):
    here, numbers = explained(Node("output", 6), network=trained(), window=size)
    plan = here.detail
    for element in (0, 700, 1689):
        channel, row, col = (int(i) for i in np.unravel_index(element, numbers.maps.shape))
        moved = replace(here, state=changed(here.state, feature=element))
        pose = window_pose(moved, numbers, plan)
        d = pose["flatten.trace.way"]["d"]
        assert pose["flatten.trace.halo"]["d"] == d
        line = plan.lines[channel]
        right, middle, _, _, x, foot, *_ = (float(each) for each in re.findall(r"-?[\d.]+", d))
        assert right == pytest.approx(line.source.x + (col + 1) / 13 * line.source.width, abs=0.1)
        assert middle == pytest.approx(
            line.source.y + (row + 0.5) / 13 * line.source.height, abs=0.1
        )
        share = (x - line.strip.x) / line.strip.width
        assert share * 169 == pytest.approx(13 * row + col + 0.5, abs=0.1)
        assert foot > line.strip.bottom
        ends = f"{plan.plus.start.x:.1f} {plan.plus.middle:.1f}"
        assert d.endswith(ends) is not plan.is_narrow


def test_the_lines_of_a_strip_are_named_over_the_first():
    here, numbers = explained(Node("output", 6), network=trained())
    markup = str(stage(here, numbers, here.detail))
    named = re.findall(r'class="strip-name"[^>]*--down:([\d.]+)rem"><span>([^<]+)', markup)
    assert [name for _, name in named] == ["elements", "weights", "products"]
    strip = here.detail.lines[0].strip
    for (down, _), row in zip(named, (1.5, 5.5, 9.5), strict=True):  # middles, in eleventh parts
        assert 16 * float(down) == pytest.approx(strip.height * row / 11 + 1, abs=0.1)


def test_no_arrow_leads_on_from_a_lead_which_is_no_logit():
    here, numbers = explained(Node("output", 6), network=trained(), contrast=2)
    assert window_pose(here, numbers, here.detail)["flatten.onward"]["d"] == ""


def test_every_other_class_can_be_chosen_as_rival():
    here, numbers = explained(Node("output", 6), network=trained(), contrast=2)
    markup = str(stage(here, numbers, here.detail))
    options = re.findall(r'<option value="(\d*)"( selected)?>([^<]+)', markup)
    assert [value for value, _, _ in options] == ["", *(str(k) for k in range(10) if k != 6)]
    assert [name for _, selected, name in options if selected] == ["pizza"]


@pytest.mark.parametrize("network", [tiny_vgg(), other_network()])
def test_a_cell_of_any_frame_is_the_element_that_is_drawn_there(network):
    _, numbers = explained(Node(network.layers[-1].name, 2), network=network)
    assert feature_under(network, numbers, "heat/14", (0, 0), 0) is None
    numbers = numbers.listing(unfolded=True)
    channels, rows, cols = numbers.maps.shape
    for element in range(0, numbers.maps.size, 13):
        channel, row, col = (int(i) for i in np.unravel_index(element, numbers.maps.shape))
        for frame, place in ((f"map/{channel}", (row, col)), (f"heat/{channel}", (row, col)),
                             (f"strip/{channel}", (4, row * cols + col))):  # fmt: skip
            assert feature_under(network, numbers, frame, place, 0) == element
    for frame in ("output", "input", f"heat/{channels}", "strip/x", ""):
        assert feature_under(network, numbers, frame, (0, 0), 0) is None
    now = numbers.head.element(numbers.head.place(numbers.maps.size - 1))
    found = numbers.head.place(feature_under(network, numbers, "picture/one", (0, 0), now))
    assert found == (channels - 1, 0, 0)
    strongest = feature_under(network, numbers, "picture/all", (0, 0), now)
    assert strongest == numbers.strongest_at(0, 0)
    assert rows > 1


def test_keys_walk_over_a_map_and_from_map_to_map_and_stop_at_the_ends():
    _, numbers = explained(Node("answer", 0), network=other_network())
    numbers = numbers.listing(unfolded=True)  # 14 maps of 11 by 7
    head = numbers.head
    steps = [("ArrowRight", (0, 0, 1)), ("ArrowDown", (0, 1, 1)), ("End", (0, 1, 6)),
             ("ArrowRight", (0, 1, 6)), ("PageDown", (1, 1, 6)), ("Home", (1, 1, 0)),
             ("ArrowUp", (1, 0, 0)), ("ArrowUp", (1, 0, 0)), ("PageUp", (0, 0, 0)),
             ("PageUp", (0, 0, 0)), ("ArrowLeft", (0, 0, 0))]  # fmt: skip
    element = 0
    for key, place in steps:
        element = feature_reached(numbers, key, element)
        assert head.place(element) == place
    assert feature_reached(numbers, "x", element) is None
    folded = numbers.listing(unfolded=False)
    first = folded.shown[0]
    element = head.element(Cell(first, 2, 3))
    assert head.place(feature_reached(folded, "PageDown", element)) == (folded.shown[1], 2, 3)
    assert head.place(feature_reached(folded, "PageUp", element)) == (first, 2, 3)
    other = head.element(Cell(folded.others[0], 2, 3))
    assert head.place(feature_reached(folded, "PageUp", other)) == (folded.shown[-1], 2, 3)
