from itertools import combinations

import pytest

from cnnscope.state.state import Node
from cnnscope.views.dense.layout import RANKED
from cnnscope.views.dense.layouts import lay_out_all_dense, lay_out_dense
from cnnscope.views.shared.network_plan import Viewport, lay_out
from support.layouts import overlap
from support.networks import other_network, sequential, tiny_vgg

WINDOWS = [(390, 844), (768, 1024), (1024, 768), (1280, 720), (1440, 900), (1920, 1080),
           (2560, 1440)]  # fmt: skip
NETWORKS = [tiny_vgg(), other_network()]
PLAIN = sequential((1, 20, 12), [("conv2d", "first", 9), ("relu", "bent"), ("flatten", "row"),
                                 ("dense", "sums", 4), ("softmax", "answer")])  # fmt: skip
DIRECT = sequential((1, 12, 12), [("flatten", "row"), ("dense", "sums", 3), ("softmax", "answer")])

everywhere = pytest.mark.parametrize("size", WINDOWS)
every_network = pytest.mark.parametrize("network", NETWORKS, ids=["tiny", "other"])
every_plain_one = pytest.mark.parametrize("network", [tiny_vgg(), PLAIN], ids=["tiny", "plain"])


def planned(network, size, channel=1):
    plan = lay_out(network, Viewport(*size))
    return plan, lay_out_dense(network, plan, Node(network.layers[-1].name, channel))


def boxes(made):
    for line in made.lines:
        yield from (line.source, line.strip, line.heat, line.value)
        yield from [line.name] if line.name else []
    if made.others:
        yield from (made.others.name, made.others.heat, made.others.value)
    yield from [made.fold] if made.fold else []
    yield from (made.bias, made.plus, made.total, made.point, made.ranking)
    yield from (made.choose, made.switch, made.onward, made.playing, made.back)
    yield from (*made.pictures, made.picture_legend, made.hint, made.legends, made.close)


@every_network
@everywhere
def test_nothing_stands_on_anything_else_and_all_is_inside(network, size):
    plan, made = planned(network, size)
    found = list(boxes(made))
    classes = [made.transforms[plan.columns[-1].layer].box(plan.boxes[node])
               for node in plan.columns[-1].nodes]  # fmt: skip
    minis = [made.transforms[column.layer].box(plan.boxes[node])
             for column in plan.columns[:-2 if made.sources else -1]
             for node in column.nodes]  # fmt: skip
    for a, b in combinations([*found, *classes], 2):
        assert not overlap(a, b), (a, b)
    for a in found:
        assert not any(overlap(a, b) for b in minis), a
        assert a.x >= 0
        assert a.right <= made.width + 0.01
        assert a.bottom <= made.height + 0.01


@every_plain_one
@everywhere
def test_every_last_map_stands_beside_its_strip_its_heat_map_and_its_number(network, size):
    plan, made = planned(network, size)
    shift = made.transforms[plan.columns[-2].layer]
    assert len(made.lines) == len(made.sources) == len(plan.columns[-2].nodes)
    for k, (line, source) in enumerate(zip(made.lines, made.sources, strict=True)):
        moved = shift.box(plan.boxes[source])
        assert (line.source.x, line.source.y) == pytest.approx((moved.x, moved.y))
        middles = [each.middle for each in (line.source, line.strip, line.heat, line.value)]
        assert middles == pytest.approx([line.source.middle] * 4)
        assert line.source.right < line.strip.x < line.strip.right < line.heat.x
        assert line.source.y == pytest.approx(made.lines[0].source.y + k * made.pitch)


@every_plain_one
@everywhere
def test_each_element_of_a_strip_is_a_whole_number_of_pixels_wide(network, size):
    _, made = planned(network, size)
    _, rows, cols = network.shapes[made.sources[0].layer]
    share = made.lines[0].strip.width / (rows * cols)
    assert share == int(share) >= 1


def hidden_behind(maps, side=28):
    return sequential(
        (1, side, side),
        [
            ("conv2d", "first", 6), ("conv2d", "second", maps), ("max_pool2d", "p"),
            ("flatten", "row"), ("dense", "hidden", 120), ("relu", "bent"), ("dense", "sums", 10),
            ("softmax", "answer"),
        ],
    )  # fmt: skip


WIDE = [*(hidden_behind(maps) for maps in (8, 16, 64)), hidden_behind(16, side=70)]


@pytest.mark.parametrize("network", WIDE, ids=["8", "16", "64", "large"])
@pytest.mark.parametrize("lay_out_it", [lay_out_dense, lay_out_all_dense])
@everywhere
def test_maps_before_hidden_layers_are_drawn_anew_and_of_many_the_ten_largest(
    network, lay_out_it, size
):
    plan = lay_out(network, Viewport(*size))
    made = lay_out_it(network, plan, Node("hidden", 37))
    maps, is_all = network.shapes["p"][0], lay_out_it is lay_out_all_dense
    assert len(made.lines) == (maps if is_all or maps <= 12 else 10)
    assert (made.others is None) == (len(made.lines) == maps)
    assert (made.fold is None) == (maps <= 12)
    found = list(boxes(made))
    minis = [made.transforms[column.layer].box(plan.boxes[node])
             for column in plan.columns[:-1] for node in column.nodes]  # fmt: skip
    for a, b in combinations(found, 2):
        assert not overlap(a, b), (a, b)
    for a in found:
        assert not any(overlap(a, b) for b in minis), a
        assert a.x >= 0
        assert a.right <= made.width + 0.01
        assert a.bottom <= made.height + 0.01


def test_maps_too_large_for_a_pixel_each_still_have_a_strip():
    network = sequential((1, 64, 64), [("conv2d", "conv", 4), ("flatten", "row"),
                                       ("dense", "sums", 3), ("softmax", "answer")])  # fmt: skip
    for size in WINDOWS:
        _, made = planned(network, size)
        assert 90 <= made.lines[0].strip.width <= 520


@everywhere
def test_a_network_that_flattens_the_picture_itself_is_laid_out_too(size):
    plan, made = planned(DIRECT, size)
    assert [source.layer for source in made.sources] == ["input"]
    assert set(made.transforms) == {column.layer for column in plan.columns}
    assert made.pitch == 0


@everywhere
def test_the_list_has_room_for_all_that_is_ranked(size):
    _, made = planned(tiny_vgg(), size)
    lists = 2 / made.abreast
    assert made.ranking.height >= 24 + lists * (22 + 26 * RANKED)
